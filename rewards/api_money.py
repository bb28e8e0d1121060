"""`/api/v1/rewards/`: numbers, amounts and states; the same rules and actions as the pages."""

from django.db import transaction
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import PermissionDenied
from rest_framework.response import Response

from core.api import InPost, NewestFirst, Versions, asked_of
from core.refusals import Refused
from journal.actions import note_refusal
from rewards import rules
from rewards.actions import approval, budgets, payments
from rewards.models import Reward


class RewardSerializer(serializers.ModelSerializer):
    """Never a person, never the digest of a code."""

    class Meta:
        model = Reward
        fields = (
            "id", "version", "number", "department", "rule", "status", "base", "gross", "total", "amount", "entitled",
            "recovered", "honorary", "computed_at", "proposed_at", "approved_at", "funded_at", "paid_at", "honoured_at",
            "waived_at", "notified_on", "reason",
        )  # fmt: skip
        read_only_fields = fields


class RewardProposal(serializers.Serializer):
    """`effective_on`: the day a penalty decision took effect."""

    effective_on = serializers.DateField(required=False, allow_null=True, default=None)


class RewardNothing(serializers.Serializer):
    pass


class RewardReason(serializers.Serializer):
    reason = serializers.CharField(max_length=300)


class RewardPayment(serializers.Serializer):
    """`code`: the 16 digits the person brings."""

    code = serializers.CharField(max_length=40)
    voucher = serializers.CharField(max_length=40)
    paid_on = serializers.DateField()
    remark = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")


class RewardViewSet(Versions, mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet):
    """Rewards one has to do with. Filter by `status`."""

    queryset = Reward.objects.none()  # door: get_queryset
    permission_classes = [InPost]
    pagination_class = NewestFirst
    serializer_class = RewardSerializer

    def get_queryset(self):
        if getattr(self, "swagger_fake_view", False):
            return Reward.objects.none()  # door: the schema only
        found = Reward.objects.visible_to(self.request.user)
        found = found.select_related("case", "report", "department", "region", "rule").defer("report__facts")
        asked = asked_of(self).get("status")
        return found.filter(status=asked) if asked else found

    def _step(self, request, verb, rule, form, act):
        reward, at = self.get_object(), timezone.now()
        try:
            with transaction.atomic():
                self.check_version(reward)
                if not rule(request.user, reward):
                    raise PermissionDenied
                values = form(data=request.data)
                values.is_valid(raise_exception=True)
                act(reward=reward, by=request.user, at=at, **values.validated_data)
        except Refused as refusal:
            if refusal.record:
                note_refusal(user=request.user, verb=verb, target=reward, sentence=refusal, at=at)
            raise
        return Response(RewardSerializer(reward).data)

    @extend_schema(request=RewardProposal, responses=RewardSerializer)
    @action(detail=True, methods=["post"])
    def propose(self, request, pk=None):
        """By the report officer, once the decision is effective."""
        return self._step(
            request, "reward.proposed", rules.can_propose, RewardProposal, approval.propose_reward
        )

    @extend_schema(request=RewardNothing, responses=RewardSerializer)
    @action(detail=True, methods=["post"])
    def approve(self, request, pk=None):
        """By another than who proposed it."""
        return self._step(
            request, "reward.approved", rules.can_approve, RewardNothing, approval.approve_reward
        )

    @extend_schema(request=RewardReason, responses=RewardSerializer)
    @action(detail=True, methods=["post"], url_path="send-back")
    def send_back(self, request, pk=None):
        """To who proposed it, with a reason."""
        return self._step(
            request, "reward.sent_back", rules.can_send_back, RewardReason, approval.send_back_reward
        )

    @extend_schema(request=RewardReason, responses=RewardSerializer)
    @action(detail=True, methods=["post"])
    def waive(self, request, pk=None):
        """The reporter gives it up."""
        return self._step(request, "reward.waived", rules.can_waive, RewardReason, approval.waive_reward)

    @extend_schema(request=RewardNothing, responses=RewardSerializer)
    @action(detail=True, methods=["post"])
    def fund(self, request, pk=None):
        """From this year's budget."""
        return self._step(request, "reward.funded", rules.can_fund, RewardNothing, budgets.fund_reward)

    @extend_schema(request=RewardPayment, responses=RewardSerializer)
    @action(detail=False, methods=["post"])
    def pay(self, request):
        """Against a claim code: the code finds the reward."""
        if not rules.can_pay(request.user):
            raise PermissionDenied
        values = RewardPayment(data=request.data)
        values.is_valid(raise_exception=True)
        at = timezone.now()
        try:
            payment = payments.pay_against_code(by=request.user, at=at, **values.validated_data)
        except Refused as refusal:
            if refusal.record:
                note_refusal(user=request.user, verb="reward.paid", target=None, sentence=refusal, at=at)
            raise
        payment.reward.refresh_from_db()
        return Response(RewardSerializer(payment.reward).data)


router_entries = [("rewards", RewardViewSet)]
