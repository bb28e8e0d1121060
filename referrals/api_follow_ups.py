"""`/api/v1/follow-ups/`: 补正函, 补充材料函, 督办函 and letters about a suspected crime, as on the pages.

They are drafted by the step of what they are about (`referrals/…/ask-completion`, `supply`, `supervise`,
`criminal-transfers/…/filing`, `incomplete`, `complete`, `forward`, `reconsider`, `reconsidered`, `supervise`) and
take effect when they are sent.
"""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.response import Response

from core.api import asked_of
from core.parsers import MultiPartParser
from core.refusals import BadInput
from referrals import rules
from referrals.actions.drafting import Line
from referrals.actions.follow_ups import TEXT, date_field, edit_follow_up, send_follow_up, submit_follow_up
from referrals.actions.serving import prove_service
from referrals.api_receiving import LetterDelivery, supplied
from referrals.api_steps import PaperNothing, PaperSending, PaperSteps, Stepping, some_ids
from referrals.enums import LetterKind
from referrals.models import FollowUp, FollowUpDelivery, FollowUpItem


class FollowUpItemSerializer(serializers.ModelSerializer):
    class Meta:
        model = FollowUpItem
        fields = ("position", "evidence", "name", "quantity", "pages", "sha256", "remark")


class FollowUpDeliverySerializer(serializers.ModelSerializer):
    class Meta:
        model = FollowUpDelivery
        fields = ("delivered_on", "received_by_name", "method", "name", "sha256")


class FollowUpSerializer(serializers.ModelSerializer):
    manifest = FollowUpItemSerializer(many=True, read_only=True)
    delivery = FollowUpDeliverySerializer(read_only=True, allow_null=True, default=None)

    class Meta:
        model = FollowUp
        fields = (
            "id", "version", "kind", "status", "referral", "case", "department", "text", "due_on", "filed", "to", "manifest",
            "drafted_by", "drafted_at", "submitted_at", "reviewed_at", "approved_at", "sent_at", "sent_back_reason",
            "document", "delivery",
        )  # fmt: skip
        read_only_fields = fields


class FollowUpReceivedSerializer(serializers.ModelSerializer):
    """A letter of another department, as it was issued: nothing of how it was drafted and signed there."""

    manifest = FollowUpItemSerializer(many=True, read_only=True)
    number = serializers.CharField(source="document.number", read_only=True)

    class Meta:
        model = FollowUp
        fields = (
            "id", "kind", "referral", "department", "number", "text", "due_on", "filed", "to", "manifest", "sent_at",
            "document",
        )  # fmt: skip
        read_only_fields = fields


class FollowUpEdit(serializers.Serializer):
    """`due_on` goes with a 补正函 or 督办函, `evidence` with what is supplied or completed, `filed` with a decision of the
    police, `to` with a notice of forwarding."""

    text = serializers.CharField(required=False, allow_blank=True, default="", max_length=2000)
    due_on = serializers.DateField(required=False, allow_null=True, default=None)
    filed = serializers.BooleanField(required=False, allow_null=True, default=None)
    to = serializers.CharField(required=False, allow_blank=True, default="", max_length=60)
    evidence = some_ids(required=False, default=list)


class FollowUpViewSet(PaperSteps, Stepping):
    """Letters of one's own department about a letter. Filter by `status`, `kind`, `referral`; `box=out`: those that went
    out; `box=in`: those other departments sent to one's own, as they were issued."""

    queryset = FollowUp.objects.none()  # door: get_queryset
    serializer_class = FollowUpSerializer

    def get_queryset(self):
        if getattr(self, "swagger_fake_view", False):
            return FollowUp.objects.none()  # door: the schema only
        found, asked = FollowUp.objects.visible_to(self.request.user), asked_of(self)
        if self._received():
            found = FollowUp.objects.received_by(self.request.user)  # door: what others sent, about letters one reads
        elif asked.get("box") == "out":
            found = found.filter(status="sent")
        found = found.for_list().prefetch_related("manifest")
        for name in ("status", "kind"):
            if asked.get(name):
                found = found.filter(**{name: asked[name]})
        return found.filter(referral=int(asked["referral"])) if asked.get("referral", "").isdecimal() else found

    def _received(self) -> bool:
        """Whether the list of what came in is asked for; steps are taken on one's own letters only."""
        return not getattr(self, "swagger_fake_view", False) and asked_of(self).get("box") == "in"

    def get_serializer_class(self) -> Any:
        return FollowUpReceivedSerializer if self._received() else self.serializer_class

    @extend_schema(request=FollowUpEdit, responses=FollowUpSerializer)
    @action(detail=True, methods=["post"])
    def edit(self, request: Any, pk: Any = None) -> Response:
        """Change a draft that is still at the version named."""

        def act(thing: FollowUp, values: dict, at: Any) -> None:
            pieces = supplied(request.user, thing.referral, values.pop("evidence"))
            try:
                edit_follow_up(
                    letter=thing, version=self.expected_version(), lines=[Line(evidence=piece) for piece in pieces],
                    by=request.user, at=at, **values,
                )  # fmt: skip
            except BadInput as refusal:  # the page's names of the fields
                names = {TEXT[LetterKind(thing.kind)]: "text", date_field(thing): "due_on"}
                names |= {"lines": "evidence", "files": "evidence"}
                faults = {names.get(field or "", field): said for field, said in refusal.faults.items()}
                raise BadInput.several(faults) from None

        return self._step(request, rules.can_edit, FollowUpEdit, act)

    @extend_schema(request=PaperNothing, responses=FollowUpSerializer)
    @action(detail=True, methods=["post"])
    def submit(self, request: Any, pk: Any = None) -> Response:
        """Hand the draft to its reviewer or signer."""
        return self._step(request, rules.can_submit, PaperNothing, lambda thing, values, at: submit_follow_up(
            letter=thing, by=request.user, at=at))  # fmt: skip

    @extend_schema(request=PaperSending, responses=FollowUpSerializer)
    @action(detail=True, methods=["post"])
    def send(self, request: Any, pk: Any = None) -> Response:
        """编号、发出, by the registrar; for the office by its coordinator. What it says holds from now on."""
        return self._step(request, rules.can_send, PaperSending, lambda thing, values, at: send_follow_up(
            letter=thing, by=request.user, at=at, **values))  # fmt: skip


    @extend_schema(request=LetterDelivery, responses=FollowUpSerializer)
    @action(detail=True, methods=["post"], parser_classes=[MultiPartParser])
    def deliver(self, request: Any, pk: Any = None) -> Response:
        """送达回证, where whom it is for does not work here; the scan is fetched on the page."""
        return self._step(request, rules.can_prove_service, LetterDelivery, lambda thing, values, at: prove_service(
            letter=thing, by=request.user, at=at, **values))  # fmt: skip


router_entries = [("follow-ups", FollowUpViewSet)]
