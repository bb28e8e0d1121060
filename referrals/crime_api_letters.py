"""`/api/v1/criminal-transfers/…`: the steps that are letters, of the police and of who transferred.

Written here they are drafts (`follow-ups`) and hold from the day they are sent; what comes on paper from a body without
an account is sent as multipart, with number, moment and scan of the paper.
"""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action

from referrals.actions.crime_drafts import (
    draft_correction,
    draft_filing,
    draft_forward,
    draft_incomplete,
    draft_reconsider,
    draft_reconsidered,
    draft_revoke,
    draft_supervise,
)
from referrals.actions.crime_forwarding import forward_file
from referrals.actions.crime_intake import ask_completion
from referrals.actions.crime_police import decide_filing, revoke_case
from referrals.actions.crime_remedies import answer_reconsideration, answer_supervision
from referrals.actions.drafting import Line
from referrals.api_steps import Made
from referrals.crime_shapes import (
    CrimeCompletion,
    CrimeFiling,
    CrimeForward,
    CrimeMissing,
    CrimeReason,
    CrimeRevoked,
    CrimeSupervised,
    CriminalTransferDetailSerializer,
)
from referrals.models import FollowUp

# a letter of a body that works here: its draft; what came on paper: the file, moved on
WRITTEN = {200: CriminalTransferDetailSerializer, 201: Made}


def _written(drafted: Any, entered: Any) -> Any:
    """The draft where the body works here; else what its paper says, entered."""

    def act(transfer: Any, values: dict, common: dict) -> Any:
        if transfer.on_paper:
            return entered(**common, **values)
        return drafted(
            **common, **{name: said for name, said in values.items() if name not in ("paper", "late_reason")}
        )

    return act


class LetterSteps:
    """Mixin of `CriminalTransferViewSet`, which gives `_step` and `_evidence`."""

    _step: Any
    _evidence: Any

    @extend_schema(request=CrimeMissing, responses=WRITTEN)
    @action(detail=True, methods=["post"])
    def incomplete(self, request: Any, pk: Any = None) -> Any:
        """材料不全 within 24 hours: on paper as it came; here the draft of the notice."""
        return self._step(request, "incomplete", CrimeMissing, _written(draft_incomplete, ask_completion))

    @extend_schema(request=CrimeForward, responses=WRITTEN)
    @action(detail=True, methods=["post"])
    def forward(self, request: Any, pk: Any = None) -> Any:
        """转送 to the body with jurisdiction within 24 hours: on paper as it came; here the draft of the notice."""
        return self._step(request, "forward", CrimeForward, _written(draft_forward, forward_file))

    @extend_schema(request=CrimeFiling, responses=WRITTEN)
    @action(detail=True, methods=["post"])
    def filing(self, request: Any, pk: Any = None) -> Any:
        """立案 or 不予立案 within 3 days, with reasons: on paper as it came; here the draft of the notice."""
        return self._step(request, "filing", CrimeFiling, _written(draft_filing, decide_filing))

    @extend_schema(request=CrimeFiling, responses=WRITTEN)
    @action(detail=True, methods=["post"])
    def reconsidered(self, request: Any, pk: Any = None) -> Any:
        """复议决定 within 3 days: on paper as it came; here the draft of the decision."""
        return self._step(
            request, "reconsidered", CrimeFiling, _written(draft_reconsidered, answer_reconsideration)
        )

    @extend_schema(request=CrimeRevoked, responses=WRITTEN)
    @action(detail=True, methods=["post"])
    def revoke(self, request: Any, pk: Any = None) -> Any:
        """撤销案件, with reasons: on paper as it came; here the draft of the notice."""
        return self._step(request, "revoke", CrimeRevoked, _written(draft_revoke, revoke_case))

    @extend_schema(request=CrimeCompletion, responses={201: Made})
    @action(detail=True, methods=["post"])
    def complete(self, request: Any, pk: Any = None) -> Any:
        """补正 within 3 days: the draft of the letter that goes with the files."""

        def act(transfer: Any, values: dict, common: dict) -> FollowUp:
            lines = [Line(evidence=piece) for piece in self._evidence(transfer, values.pop("files"), "files")]
            return draft_correction(**common, lines=lines, **values)

        return self._step(request, "complete", CrimeCompletion, act)

    @extend_schema(request=CrimeReason, responses={201: Made})
    @action(detail=True, methods=["post"])
    def reconsider(self, request: Any, pk: Any = None) -> Any:
        """提请复议 within 3 days: the draft of the letter."""
        return self._step(
            request,
            "reconsider",
            CrimeReason,
            lambda transfer, values, common: draft_reconsider(**common, **values),
        )

    @extend_schema(request=CrimeReason, responses={201: Made})
    @action(detail=True, methods=["post"])
    def supervise(self, request: Any, pk: Any = None) -> Any:
        """建议立案监督 within 3 days: the draft of the letter."""
        return self._step(
            request,
            "supervise",
            CrimeReason,
            lambda transfer, values, common: draft_supervise(**common, **values),
        )

    @extend_schema(request=CrimeSupervised, responses=CriminalTransferDetailSerializer)
    @action(detail=True, methods=["post"])
    def supervised(self, request: Any, pk: Any = None) -> Any:
        """What came of the supervision, from the paper of the procuratorate."""
        return self._step(
            request,
            "supervised",
            CrimeSupervised,
            lambda transfer, values, common: answer_supervision(**common, **values),
        )
