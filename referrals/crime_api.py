"""`/api/v1/criminal-transfers/`: the steps of both sides, by the same doors, rules and actions as the pages.

What comes on paper (a body without an account) is sent as multipart, with number, moment and scan of the paper.
"""

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import PermissionDenied
from rest_framework.response import Response

from core.api import InPost, NewestFirst, Versions, asked_of, unknown
from core.dates import local_date
from core.parsers import JSONParser, MultiPartParser
from referrals.actions.crime_handover import hand_over, record_receipt, serve_copy, sign_receipt
from referrals.actions.crime_proposal import (
    assign_officers,
    discard_transfer,
    propose_transfer,
    set_threshold,
)
from referrals.actions.crime_remedies import hand_over_property, note_duty_crime, resume_administrative
from referrals.actions.crime_report import Attachments, Item, decide_transfer, report_transfer
from referrals.actions.receipt import report_mismatch
from referrals.api_steps import case_of, made
from referrals.crime_api_letters import LetterSteps
from referrals.crime_reading import certified
from referrals.crime_rules import CAN, can_edit_thresholds, can_propose
from referrals.crime_shapes import (
    CrimeCopyServed,
    CrimeDecision,
    CrimeDutyNote,
    CrimeOfficers,
    CrimePlain,
    CrimeProperty,
    CrimeProposal,
    CrimeReason,
    CrimeReceipt,
    CrimeReport,
    CrimeThresholdSerializer,
    CriminalTransferDetailSerializer,
    CriminalTransferSerializer,
)
from referrals.models import CrimeThreshold, CriminalTransfer, FollowUp
from referrals.refusals import HashMismatch
from referrals.rules import WORKERS
from workspace.api_steps import Once
from workspace.once import KEY, once


class CriminalTransferViewSet(
    LetterSteps, Once, mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet
):
    """Transfers of suspected crime. Filter by `status`, `case`."""

    queryset = CriminalTransfer.objects.none()  # door: get_queryset
    permission_classes = [InPost]
    pagination_class = NewestFirst
    parser_classes = [JSONParser, MultiPartParser]
    serializer_class = CriminalTransferSerializer
    not_keyed = ("create",)  # keyed inside

    def get_queryset(self):
        if getattr(self, "swagger_fake_view", False):
            return CriminalTransfer.objects.none()  # door: the schema only
        found = CriminalTransfer.objects.visible_to(self.request.user).for_list().prefetch_related("persons")
        asked = asked_of(self)
        if asked.get("status"):
            found = found.filter(status=asked["status"])
        if asked.get("case", "").isdecimal():
            found = found.filter(case=int(asked["case"]))
        return found

    @extend_schema(responses=CriminalTransferDetailSerializer)
    def retrieve(self, request, *args, **kwargs):
        """The whole file with its dated steps and the hint."""
        return self._shown(self.get_object())

    def _shown(self, transfer):
        return Response(CriminalTransferDetailSerializer(transfer, context=self.get_serializer_context()).data)

    @extend_schema(request=CrimeProposal, responses={201: CriminalTransferDetailSerializer}, parameters=[KEY])
    def create(self, request):
        """提出移送: the amount is the ledger's."""
        if not request.user.has_role(*WORKERS):
            raise PermissionDenied
        sent = CrimeProposal(data=request.data)
        sent.is_valid(raise_exception=True)
        values = dict(sent.validated_data)
        case, crime = case_of(request, values.pop("case")), values.pop("threshold")
        if crime is not None:
            crime = CrimeThreshold.objects.visible_to(request.user).filter(pk=crime).first()
            if crime is None:
                raise unknown("threshold")
        persons = list(case.subjects.filter(pk__in=values["persons"]))
        if len(persons) != len(set(values["persons"])):
            raise unknown("persons")
        values["persons"] = persons

        def work(at):
            if not can_propose(request.user, case):  # inside: no second one is proposed while the first is under way
                raise PermissionDenied
            return propose_transfer(case=case, threshold=crime, by=request.user, at=at, **values)

        pk, before = once(request, work)
        shown = CriminalTransferDetailSerializer(
            self.get_queryset().get(pk=pk), context=self.get_serializer_context()
        )
        return Response(shown.data, status=200 if before else 201)

    def _step(self, request, code, form, act):
        """The file as it is now; 201 with where it is read, where `act` drafted a letter."""
        transfer = self.get_object()
        self.check_version(transfer)
        if not CAN[code](request.user, transfer):
            raise PermissionDenied
        values = form(data=request.data)
        values.is_valid(raise_exception=True)
        at = timezone.now()
        try:
            done = act(transfer, values.validated_data, {"transfer": transfer, "by": request.user, "at": at})
        except HashMismatch as refusal:
            mismatch = {"referral": transfer.referral, "evidence": refusal.evidence, "by": request.user, "at": at}
            self.afterwards(lambda: report_mismatch(**mismatch))
            raise
        if isinstance(done, FollowUp):
            return made(done, "followup-detail")
        return self._shown(self.get_queryset().get(pk=transfer.pk))

    @staticmethod
    def _evidence(transfer, ids, field):
        found = list(transfer.case.evidence.filter(pk__in=ids))
        if len(found) != len(set(ids)):
            raise unknown(field)
        return found

    @extend_schema(request=CrimeOfficers, responses=CriminalTransferDetailSerializer)
    @action(detail=True, methods=["post"])
    def assign(self, request, pk=None):
        """指定: at least two officers with certificates, by a leader."""

        def act(transfer, values, common):
            people = certified(transfer.department, local_date(common["at"])).filter(pk__in=values["officers"])
            if people.count() != len(set(values["officers"])):
                raise unknown("officers")
            assign_officers(**common, officers=list(people))

        return self._step(request, "assign", CrimeOfficers, act)

    @extend_schema(request=CrimeReason, responses=CriminalTransferDetailSerializer)
    @action(detail=True, methods=["post"])
    def discard(self, request, pk=None):
        """Give the proposal up."""
        return self._step(
            request, "discard", CrimeReason, lambda transfer, values, common: discard_transfer(**common, **values)
        )

    @extend_schema(request=CrimeReport, responses=CriminalTransferDetailSerializer)
    @action(detail=True, methods=["post"])
    def report(self, request, pk=None):
        """书面报告 by one of the officers, with the attachments of art. 6."""

        def act(transfer, values, common):
            names = ("report", "expert", "other")
            files = {name: self._evidence(transfer, values[f"{name}_files"], f"{name}_files") for name in names}
            attachments = Attachments(
                **files, items=[Item(**item) for item in values["items"]],
                **{name: values[name] for name in ("no_items", "no_expert", "no_other")},
            )  # fmt: skip
            report_transfer(**common, report=values["report"], attachments=attachments)

        return self._step(request, "report", CrimeReport, act)

    @extend_schema(request=CrimeDecision, responses=CriminalTransferDetailSerializer)
    @action(detail=True, methods=["post"])
    def decide(self, request, pk=None):
        """The head decides, with reasons."""
        return self._step(
            request, "decide", CrimeDecision, lambda transfer, values, common: decide_transfer(**common, **values)
        )

    @extend_schema(request=CrimePlain, responses=CriminalTransferDetailSerializer)
    @action(detail=True, methods=["post"], url_path="hand-over")
    def hand_over(self, request, pk=None):
        """移送 by the registrar, within 24 hours of the decision."""
        return self._step(
            request, "hand_over", CrimePlain, lambda transfer, values, common: hand_over(**common, **values)
        )

    @extend_schema(request=CrimeReceipt, responses=CriminalTransferDetailSerializer)
    @action(detail=True, methods=["post"])
    def sign(self, request, pk=None):
        """回执 by the registrar of police who work here, hashes verified again; else their paper, with its scan."""

        def act(transfer, values, common):
            paper = values.pop("paper")
            return sign_receipt(**common, **values) if paper is None else record_receipt(**common, paper=paper)

        return self._step(request, "sign", CrimeReceipt, act)

    @extend_schema(request=CrimeCopyServed, responses=CriminalTransferDetailSerializer)
    @action(detail=True, methods=["post"], url_path="copy", url_name="copy")
    def prove_copy(self, request, pk=None):
        """送达回证 of the copy to the procuratorate, with its scan."""
        return self._step(
            request, "copy", CrimeCopyServed, lambda transfer, values, common: serve_copy(**common, **values)
        )

    @extend_schema(request=CrimeDutyNote, responses=CriminalTransferDetailSerializer)
    @action(detail=True, methods=["post"])
    def duty(self, request, pk=None):
        """职务犯罪: that a suspicion was passed to the supervisory organ, by number and day only."""
        return self._step(
            request, "duty", CrimeDutyNote, lambda transfer, values, common: note_duty_crime(**common, **values)
        )

    @extend_schema(request=CrimeProperty, responses=CriminalTransferDetailSerializer)
    @action(detail=True, methods=["post"], url_path="property", url_name="property")
    def hand_over_property(self, request, pk=None):
        """移交涉案物品 within 3 days of filing."""
        return self._step(
            request, "property", CrimeProperty, lambda transfer, values, common: hand_over_property(**common, **values)
        )

    @extend_schema(request=CrimeReason, responses=CriminalTransferDetailSerializer)
    @action(detail=True, methods=["post"])
    def resume(self, request, pk=None):
        """恢复行政处理."""
        return self._step(
            request, "resume", CrimeReason, lambda transfer, values, common: resume_administrative(**common, **values)
        )


class CrimeThresholdViewSet(Versions, mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet):
    """Amounts of prosecution (yuan), as the province set them: a hint, never a decision."""

    queryset = CrimeThreshold.objects.none()  # door: get_queryset
    permission_classes = [InPost]
    pagination_class = NewestFirst
    serializer_class = CrimeThresholdSerializer

    def get_queryset(self):
        if getattr(self, "swagger_fake_view", False):
            return CrimeThreshold.objects.none()  # door: the schema only
        return CrimeThreshold.objects.visible_to(self.request.user)

    def _save(self, request, threshold, version, status):
        if not can_edit_thresholds(request.user):
            raise PermissionDenied
        sent = CrimeThresholdSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        pk, before = once(
            request,
            lambda at: set_threshold(
                threshold=threshold, version=version, by=request.user, at=at, **sent.validated_data
            ),
        )
        shown = CrimeThresholdSerializer(self.get_queryset().get(pk=pk)).data
        return Response(shown, status=200 if before else status)

    @extend_schema(responses={201: CrimeThresholdSerializer}, parameters=[KEY])
    def create(self, request):
        """A further crime."""
        return self._save(request, None, 0, 201)

    @extend_schema(responses=CrimeThresholdSerializer)
    @action(detail=True, methods=["post"])
    def edit(self, request, pk=None):
        """What the province set now; transfers keep what they named."""
        return self._save(request, self.get_object(), self.expected_version(), 200)


router_entries = [("criminal-transfers", CriminalTransferViewSet), ("crime-thresholds", CrimeThresholdViewSet)]
