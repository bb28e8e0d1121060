"""`/api/v1/referrals/`: the same doors, rules and actions as the pages; ETag on reading, If-Match on changing."""

from django.db.models import Q
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.response import Response

from core.api import UNKNOWN, asked_of, unknown
from departments.models import User
from referrals import api_scans, crime_api, rules
from referrals.actions.closing import close_referral, redo_referral, withdraw_referral
from referrals.actions.extensions import ask_extension
from referrals.actions.handling import accept_referral, assign_referral, return_referral
from referrals.actions.receipt import report_mismatch, sign_for
from referrals.actions.reminders import chase_referral
from referrals.actions.replies import draft_reply
from referrals.api_informing import InformingSteps
from referrals.api_informing import router_entries as informing_entries
from referrals.api_receiving import ReceivingSteps
from referrals.api_steps import MOST_IDS, Made, Stepping
from referrals.enums import ReturnCategory
from referrals.models import ManifestItem, Question, Referral
from referrals.refusals import HashMismatch


class ManifestSerializer(serializers.ModelSerializer):
    class Meta:
        model = ManifestItem
        fields = ("position", "evidence", "name", "quantity", "pages", "sha256", "remark")


class QuestionSerializer(serializers.ModelSerializer):
    class Meta:
        model = Question
        fields = ("id", "position", "text")


class ReferralSummarySerializer(serializers.ModelSerializer):
    """That a letter exists and where it stands: what lists and the office see."""

    class Meta:
        model = Referral
        fields = (
            "id", "version", "kind", "status", "number", "case", "sender", "receiver", "handler", "limit_on",
            "sent_at", "received_at", "accepted_at", "returned_at", "answered_at", "closed_at", "withdrawn_at",
        )  # fmt: skip
        read_only_fields = fields


class ReferralSerializer(ReferralSummarySerializer):
    """The whole letter, for its two sides."""

    subject = serializers.CharField(source="dispatch.subject", read_only=True)
    facts = serializers.CharField(source="dispatch.facts", read_only=True)
    amount = serializers.DecimalField(source="dispatch.amount", max_digits=14, decimal_places=2, read_only=True)
    manifest = ManifestSerializer(source="dispatch.manifest", many=True, read_only=True)
    questions = QuestionSerializer(source="dispatch.questions", many=True, read_only=True)
    scans = serializers.SerializerMethodField()

    class Meta(ReferralSummarySerializer.Meta):
        fields = (
            *ReferralSummarySerializer.Meta.fields, "document", "receipt", "return_letter", "return_category",
            "return_reason", "redo_count", "redo_reason", "withdraw_reason", "subject", "facts", "amount", "manifest",
            "questions", "scans",
        )  # fmt: skip
        read_only_fields = fields

    @extend_schema(responses=api_scans.ScanSerializer(many=True))
    def get_scans(self, letter) -> list:
        return api_scans.of_letter(letter)


class LetterStep(serializers.Serializer):
    pass


class LetterReceipt(serializers.Serializer):
    late_reason = serializers.CharField(required=False, allow_blank=True, default="", max_length=300)


class LetterAssignment(serializers.Serializer):
    person = serializers.IntegerField()


class LetterReason(serializers.Serializer):
    reason = serializers.CharField(max_length=300)


class LetterReturn(LetterReason):
    category = serializers.ChoiceField(choices=ReturnCategory.choices)


class LetterRedo(LetterReason):
    limit_on = serializers.DateField()
    points = serializers.ListField(child=serializers.CharField(max_length=20), max_length=MOST_IDS, default=list)


class LetterExtension(LetterReason):
    new_on = serializers.DateField()


class LetterRemark(serializers.Serializer):
    remark = serializers.CharField(required=False, allow_blank=True, default="", max_length=200)


class LetterAnswer(serializers.Serializer):
    text = serializers.CharField(max_length=6000)
    answers = serializers.DictField(child=serializers.CharField(max_length=2000, allow_blank=True), default=dict)
    basis = serializers.CharField(required=False, allow_blank=True, default="", max_length=500)
    reservation = serializers.CharField(required=False, allow_blank=True, default="", max_length=500)
    experts = serializers.CharField(required=False, allow_blank=True, default="", max_length=200)

    def validate_answers(self, value):
        try:
            return {int(key): text for key, text in value.items()}
        except ValueError:
            raise serializers.ValidationError(UNKNOWN) from None


class ReferralViewSet(
    InformingSteps,
    ReceivingSteps,
    Stepping,
):
    """Letters between departments. Filter by `box` (in, out), `status`, `kind`, `case`."""

    queryset = Referral.objects.none()  # door: get_queryset
    serializer_class = ReferralSerializer
    once_apart = ("batch_sign", "batch_chase")
    told_once = ("issue_link",)  # of the token only the digest is kept

    def get_queryset(self):
        if getattr(self, "swagger_fake_view", False):
            return Referral.objects.none()  # door: the schema only
        found = Referral.objects.visible_to(self.request.user).for_list()
        asked = asked_of(self)
        box = asked.get("box")
        if box in ("in", "out"):
            here = self.request.user.department
            found = found.filter(receiver=here) if box == "in" else found.sent_by_department(here)
        wanted = Q()
        for name in ("status", "kind"):
            if asked.get(name):
                wanted &= Q(**{name: asked[name]})
        if asked.get("case", "").isdecimal():
            wanted &= Q(case=int(asked["case"]))
        return found.filter(wanted)

    def get_serializer_class(self):
        return ReferralSummarySerializer if self.action == "list" else self.serializer_class

    @extend_schema(responses=ReferralSerializer)
    def retrieve(self, request, *args, **kwargs):
        """The whole letter for its two sides; the summary for the office."""
        referral = self.get_object()
        whole = rules.can_read(request.user, referral)
        shape = ReferralSerializer if whole else ReferralSummarySerializer
        return Response(shape(referral, context=self.get_serializer_context()).data)

    def _step(self, request, rule, form, act, drafts=""):
        def checked(referral, values, at):
            try:
                return act(referral, values, at)
            except HashMismatch as refusal:
                mismatch = {"referral": referral, "evidence": refusal.evidence, "by": request.user, "at": at}
                self.afterwards(lambda: report_mismatch(**mismatch))
                raise

        return super()._step(request, rule, form, checked, drafts)

    def _now(self, referral):
        referral = self.get_queryset().get(pk=referral.pk)
        whole = rules.can_read(self.request.user, referral)
        shape = ReferralSerializer if whole else ReferralSummarySerializer
        return Response(shape(referral, context=self.get_serializer_context()).data)

    @extend_schema(request=LetterReceipt, responses=ReferralSerializer)
    @action(detail=True, methods=["post"])
    def sign(self, request, pk=None):
        """签收: hashes are verified again; a mismatch is refused and reported to the sender."""
        return self._step(request, rules.can_sign_for, LetterReceipt, lambda thing, values, at: sign_for(
            referral=thing, by=request.user, at=at, **values))  # fmt: skip

    @extend_schema(request=LetterAssignment, responses=ReferralSerializer)
    @action(detail=True, methods=["post"])
    def assign(self, request, pk=None):
        """分办 to a person of the receiving department."""

        def act(thing, values, at):
            person = User.objects.visible_to(request.user).filter(pk=values["person"]).first()
            if person is None:
                raise unknown("person")
            assign_referral(referral=thing, person=person, by=request.user, at=at)

        return self._step(request, rules.can_assign, LetterAssignment, act)

    @extend_schema(request=LetterStep, responses=ReferralSerializer)
    @action(detail=True, methods=["post"])
    def accept(self, request, pk=None):
        """受理, by the assigned person."""
        return self._step(request, rules.can_accept, LetterStep, lambda thing, values, at: accept_referral(
            referral=thing, by=request.user, at=at))  # fmt: skip

    @extend_schema(request=LetterReturn, responses=ReferralSerializer)
    @action(detail=True, methods=["post"], url_path="return", url_name="return")
    def send_return(self, request, pk=None):
        """退回 with a category and a reason."""
        return self._step(request, rules.can_return, LetterReturn, lambda thing, values, at: return_referral(
            referral=thing, by=request.user, at=at, **values))  # fmt: skip

    @extend_schema(request=LetterAnswer, responses={201: Made})
    @action(detail=True, methods=["post"])
    def answer(self, request, pk=None):
        """Draft the reply; others review, sign and send it (`/replies/`)."""
        return self._step(request, rules.can_reply, LetterAnswer, lambda thing, values, at: draft_reply(
            referral=thing, by=request.user, at=at, **values), "reply-detail")  # fmt: skip

    @extend_schema(request=LetterRemark, responses=ReferralSerializer)
    @action(detail=True, methods=["post"])
    def close(self, request, pk=None):
        """The sender closes."""
        return self._step(request, rules.can_close, LetterRemark, lambda thing, values, at: close_referral(
            referral=thing, by=request.user, at=at, **values))  # fmt: skip

    @extend_schema(request=LetterRedo, responses=ReferralSerializer)
    @action(detail=True, methods=["post"])
    def redo(self, request, pk=None):
        """The sender sends the answer back, with a new limit."""
        return self._step(request, rules.can_redo, LetterRedo, lambda thing, values, at: redo_referral(
            referral=thing, by=request.user, at=at, **values))  # fmt: skip

    @extend_schema(request=LetterReason, responses=ReferralSerializer)
    @action(detail=True, methods=["post"])
    def withdraw(self, request, pk=None):
        """Before receipt, by the sender."""
        return self._step(request, rules.can_withdraw, LetterReason, lambda thing, values, at: withdraw_referral(
            referral=thing, by=request.user, at=at, **values))  # fmt: skip

    @extend_schema(request=LetterRemark, responses=ReferralSerializer)
    @action(detail=True, methods=["post"])
    def chase(self, request, pk=None):
        """催办, at most once a working day."""
        return self._step(request, rules.may_chase, LetterRemark, lambda thing, values, at: chase_referral(
            referral=thing, by=request.user, at=at, **values))  # fmt: skip

    @extend_schema(request=LetterExtension, responses=ReferralSerializer)
    @action(detail=True, methods=["post"])
    def extend(self, request, pk=None):
        """Ask the sender for a longer limit."""
        return self._step(request, rules.can_ask_extension, LetterExtension, lambda thing, values, at: ask_extension(
            referral=thing, by=request.user, at=at, **values))  # fmt: skip


router_entries = [("referrals", ReferralViewSet), *informing_entries, *crime_api.router_entries]
