"""`/api/v1/replies/`: what a receiver writes back, as on the pages."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action

from core.api import UNKNOWN, asked_of
from referrals import rules
from referrals.actions.replies import edit_reply, send_reply
from referrals.api_steps import PaperSending, PaperSteps, Stepping, optional
from referrals.models import Reply


class ReplySerializer(serializers.ModelSerializer):
    class Meta:
        model = Reply
        fields = (
            "id", "version", "kind", "status", "referral", "case", "department", "drafted_by", "drafted_at",
            "submitted_at", "reviewed_at", "approved_at", "sent_at", "sent_back_reason", "text", "basis",
            "reservation", "experts", "document",
        )  # fmt: skip
        read_only_fields = fields


class ReplyEdit(serializers.Serializer):
    """`answers`: the id of each question and its answer."""

    text = serializers.CharField(max_length=6000)
    answers = serializers.DictField(child=serializers.CharField(max_length=2000, allow_blank=True), default=dict)
    basis = optional(500)
    reservation = optional(500)
    experts = optional(200)

    def validate_answers(self, value):
        try:
            return {int(key): text for key, text in value.items()}
        except ValueError:
            raise serializers.ValidationError(UNKNOWN) from None


class ReplyViewSet(PaperSteps, Stepping):
    """Answers to letters: drafts of one's own department, sent ones of both sides. Filter by `status`, `referral`."""

    queryset = Reply.objects.none()  # door: get_queryset
    serializer_class = ReplySerializer

    def get_queryset(self):
        if getattr(self, "swagger_fake_view", False):
            return Reply.objects.none()  # door: the schema only
        found = Reply.objects.visible_to(self.request.user).select_related("referral__dispatch", "case", "department")
        asked = asked_of(self)
        if asked.get("status"):
            found = found.filter(status=asked["status"])
        return found.filter(referral=int(asked["referral"])) if asked.get("referral", "").isdecimal() else found

    @extend_schema(request=ReplyEdit, responses=ReplySerializer)
    @action(detail=True, methods=["post"])
    def edit(self, request, pk=None):
        """Change a draft that is still at the version named."""
        return self._step(request, rules.can_edit, ReplyEdit, lambda thing, values, at: edit_reply(
            reply=thing, version=self.expected_version(), by=request.user, at=at, **values))  # fmt: skip

    @extend_schema(request=PaperSending, responses=ReplySerializer)
    @action(detail=True, methods=["post"])
    def send(self, request, pk=None):
        """编号、发出, by the registrar; the letter is answered with it."""
        return self._step(request, rules.can_send, PaperSending, lambda thing, values, at: send_reply(
            reply=thing, by=request.user, at=at, **values))  # fmt: skip


router_entries = [("replies", ReplyViewSet)]
