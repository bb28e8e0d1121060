"""`/api/v1/list-supervisions/`: 督办 of data comparisons, with the doors, rules and actions of the pages."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.exceptions import PermissionDenied

from core.api import asked_of, unknown
from core.parsers import JSONParser, MultiPartParser
from referrals import api_scans
from referrals import rules_comparison as rules
from referrals.actions import list_supervision as actions
from referrals.api_receiving import LetterAccount, LetterDelivery
from referrals.api_steps import PaperNothing, PaperReason, Stepping
from referrals.models import Comparison, ListSupervision


class ListSupervisionSerializer(serializers.ModelSerializer):
    """Of the comparison only its number and its two sides."""

    comparison_number = serializers.CharField(source="comparison.number", read_only=True)
    sender = serializers.PrimaryKeyRelatedField(source="comparison.sender", read_only=True)
    receiver = serializers.PrimaryKeyRelatedField(source="comparison.receiver", read_only=True)

    scan = serializers.SerializerMethodField()
    proof = serializers.SerializerMethodField()

    class Meta:
        model = ListSupervision
        fields = (
            "id", "version", "comparison", "comparison_number", "sender", "receiver", "office", "number", "status",
            "demand", "reply_on", "duty", "due_on", "days_late", "document", "drafted_by", "drafted_at", "reviewed_by",
            "reviewed_at", "issued_by", "issued_at", "delivered_on", "received_by_name", "delivery_method", "proof",
            "reply", "replied_by", "replied_at", "paper_person", "paper_number", "paper_on", "paper_sha256", "scan",
            "end_reason",
        )  # fmt: skip
        read_only_fields = fields

    @extend_schema(responses=api_scans.ScanSerializer(allow_null=True))
    def get_scan(self, press) -> dict | None:
        """The paper of a body without an account."""
        return api_scans.reply_of(press) if press.paper_on is not None else None

    @extend_schema(responses=api_scans.ScanSerializer(allow_null=True))
    def get_proof(self, press) -> dict | None:
        """送达回证."""
        return api_scans.proof_of(press) if press.delivered_at is not None else None


class ListSupervisionDraft(serializers.Serializer):
    """`comparison`: one whose receiver is late, by its id."""

    comparison = serializers.IntegerField(min_value=1)
    demand = serializers.CharField(max_length=1000)
    reply_on = serializers.DateField()


class ListSupervisionViewSet(Stepping):
    """督办 of data comparisons. Filter by `status`."""

    queryset = ListSupervision.objects.none()  # door: get_queryset
    serializer_class = ListSupervisionSerializer

    def get_queryset(self):
        if getattr(self, "swagger_fake_view", False):
            return ListSupervision.objects.none()  # door: the schema only
        found = ListSupervision.objects.visible_to(self.request.user).for_list()
        asked = asked_of(self)
        return found.filter(status=asked["status"]) if asked.get("status") else found

    @extend_schema(request=ListSupervisionDraft, responses={201: ListSupervisionSerializer})
    def create(self, request):
        """The coordinator drafts a 督办函 about a comparison that is late."""
        if not rules.supervises(request.user):
            raise PermissionDenied
        values = ListSupervisionDraft(data=request.data)
        values.is_valid(raise_exception=True)
        given = dict(values.validated_data)
        known = Comparison.objects.known_to_office(request.user)  # door: the office, that it is under way
        comparison = known.for_list().filter(pk=given.pop("comparison")).first()
        if comparison is None:
            raise unknown("comparison")

        def work(at):
            if not rules.can_supervise(request.user, comparison):
                raise PermissionDenied
            return actions.draft_list_supervision(comparison=comparison, by=request.user, at=at, **given)

        return self._made(request, work)

    @extend_schema(request=PaperNothing, responses=ListSupervisionSerializer)
    @action(detail=True, methods=["post"])
    def review(self, request, pk=None):
        """审核, where the signing rule knows a reviewer, never by its drafter."""
        return self._step(request, rules.can_review_supervision, PaperNothing, lambda thing, values, at:
            actions.review_list_supervision(supervision=thing, by=request.user, at=at))  # fmt: skip

    @extend_schema(request=LetterDelivery, responses=ListSupervisionSerializer)
    @action(detail=True, methods=["post"], parser_classes=[MultiPartParser])
    def deliver(self, request, pk=None):
        """送达回证 by the office, where the receiver does not work here."""
        return self._step(request, rules.can_prove_supervision, LetterDelivery, lambda thing, values, at:
            actions.prove_list_supervision(supervision=thing, by=request.user, at=at, **values))  # fmt: skip

    @extend_schema(request=PaperNothing, responses=ListSupervisionSerializer)
    @action(detail=True, methods=["post"])
    def issue(self, request, pk=None):
        """签发: it goes out with its number, never signed by its drafter."""
        return self._step(request, rules.can_issue_supervision, PaperNothing, lambda thing, values, at:
            actions.issue_list_supervision(supervision=thing, by=request.user, at=at))  # fmt: skip

    @extend_schema(request=PaperReason, responses=ListSupervisionSerializer)
    @action(detail=True, methods=["post"])
    def discard(self, request, pk=None):
        """Give the draft up, with a reason."""
        return self._step(request, rules.can_discard_supervision, PaperReason, lambda thing, values, at:
            actions.discard_list_supervision(supervision=thing, by=request.user, at=at, **values))  # fmt: skip

    @extend_schema(request=LetterAccount, responses=ListSupervisionSerializer)
    @action(detail=True, methods=["post"], parser_classes=[JSONParser, MultiPartParser])
    def reply(self, request, pk=None):
        """Who is late accounts for it; a body without an account by its paper, with the scan."""
        return self._step(request, rules.can_reply_to_supervision, LetterAccount, lambda thing, values, at:
            actions.reply_to_list_supervision(supervision=thing, by=request.user, at=at, **values))  # fmt: skip


router_entries = [("list-supervisions", ListSupervisionViewSet)]
