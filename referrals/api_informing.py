"""`/api/v1/`: bulletins owed, and many letters at once — the doors, rules and actions of the pages."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.exceptions import PermissionDenied
from rest_framework.response import Response

from core.api import unknown
from departments.enums import LEADERS, Role
from departments.models import User
from referrals import rules_informing
from referrals.actions.circulation import circulate, confirm_read
from referrals.actions.handling import accept_referral, return_referral
from referrals.actions.informing import waive_bulletin
from referrals.api_steps import Stepping, some_ids
from referrals.batches import MOST, chase_many, sign_many
from referrals.enums import ReturnCategory
from referrals.models import (
    BulletinDuty,
    DutyReceiver,
    Reading,
)


class LetterBatch(serializers.Serializer):
    ids = serializers.ListField(child=serializers.IntegerField(min_value=1), min_length=1, max_length=MOST)


class LetterLine(serializers.Serializer):
    """What became of one letter of a batch."""

    id = serializers.IntegerField()
    number = serializers.CharField(allow_blank=True)
    done = serializers.BooleanField()
    sentence = serializers.CharField()


class LetterPeople(serializers.Serializer):
    people = some_ids(default=list)


class LetterDecline(serializers.Serializer):
    reason = serializers.CharField(max_length=300)


class LetterReadBy(serializers.Serializer):
    pass


def reading_of(user: User, letter: Any) -> Reading | None:
    """What this person was asked to read in the department they act for, while they have not confirmed it."""
    return Reading.objects.visible_to(user).waiting_for(user).filter(dispatch=letter.dispatch_id).first()


def reads(user: User, letter: Any) -> bool:
    return reading_of(user, letter) is not None


def people_of(request: Any, ids: list[int]) -> list[User]:
    found = list(User.objects.visible_to(request.user).filter(pk__in=ids))
    if len(found) != len(set(ids)):
        raise unknown("people")
    return found


class InformingSteps:
    """What `ReferralViewSet` offers besides: circulation, invitations, batches."""

    def _batch(self, request, allowed, act):
        if not allowed:
            raise PermissionDenied
        values = LetterBatch(data=request.data)
        values.is_valid(raise_exception=True)
        lines = act(values.validated_data["ids"], by=request.user, at=timezone.now())
        rows = [
            {"id": line.pk, "number": line.referral.number if line.referral else "", "done": line.done,
             "sentence": str(line.sentence)}
            for line in lines
        ]  # fmt: skip
        return Response(LetterLine(rows, many=True).data)

    @extend_schema(request=LetterBatch, responses=LetterLine(many=True), filters=False)
    @action(detail=False, methods=["post"], url_path="batch-sign", pagination_class=None)
    def batch_sign(self, request):
        """批量签收 by the registrar; every letter commits by itself and answers with a line."""
        return self._batch(request, request.user.has_role(Role.REGISTRAR), sign_many)

    @extend_schema(request=LetterBatch, responses=LetterLine(many=True), filters=False)
    @action(detail=False, methods=["post"], url_path="batch-chase", pagination_class=None)
    def batch_chase(self, request):
        """批量催办, each letter at most once a working day."""
        return self._batch(request, request.user.has_role(Role.HANDLER, *LEADERS), chase_many)

    @extend_schema(request=LetterPeople)
    @action(detail=True, methods=["post"])
    def circulate(self, request, pk=None):
        """传阅 to persons of the receiving department."""
        return self._step(request, rules_informing.can_circulate, LetterPeople, lambda thing, values, at: circulate(
            letter=thing, people=people_of(request, values["people"]), by=request.user, at=at))  # fmt: skip

    @extend_schema(request=LetterReadBy)
    @action(detail=True, methods=["post"], url_path="confirm-read", url_name="confirm-read")
    def confirm_read(self, request, pk=None):
        """已阅, by the person who was asked."""
        return self._step(request, reads, LetterReadBy, lambda thing, values, at: confirm_read(
            reading=reading_of(request.user, thing), by=request.user, at=at))  # fmt: skip

    @extend_schema(request=LetterPeople)
    @action(detail=True, methods=["post"])
    def join(self, request, pk=None):
        """介入 with these persons besides oneself."""
        return self._step(request, rules_informing.can_join, LetterPeople, lambda thing, values, at: accept_referral(
            referral=thing, people=people_of(request, values["people"]), by=request.user, at=at))  # fmt: skip

    @extend_schema(request=LetterDecline)
    @action(detail=True, methods=["post"])
    def decline(self, request, pk=None):
        """不介入, with the reason."""
        return self._step(request, rules_informing.can_decline, LetterDecline, lambda thing, values, at: return_referral(
            referral=thing, category=ReturnCategory.OTHER, by=request.user, at=at, **values))  # fmt: skip


class DutyReceiverSerializer(serializers.ModelSerializer):
    class Meta:
        model = DutyReceiver
        fields = ("department", "referral", "left_out_at")


class BulletinDutySerializer(serializers.ModelSerializer):
    """Why somebody was left out, or nobody told, stays on the pages of the department that owes it."""

    proposed = DutyReceiverSerializer(many=True, read_only=True)

    class Meta:
        model = BulletinDuty
        fields = ("id", "version", "case", "department", "status", "created_at", "met_at", "waived_at", "proposed")
        read_only_fields = fields


class BulletinReason(serializers.Serializer):
    reason = serializers.CharField(max_length=300)


class BulletinDutyViewSet(Stepping):
    """Bulletins that are owed (C10)."""

    queryset = BulletinDuty.objects.none()  # door: get_queryset
    serializer_class = BulletinDutySerializer

    def get_queryset(self):
        if getattr(self, "swagger_fake_view", False):
            return BulletinDuty.objects.none()  # door: the schema only
        return BulletinDuty.objects.visible_to(self.request.user).select_related("case").prefetch_related("proposed")

    @extend_schema(request=BulletinReason, responses=BulletinDutySerializer)
    @action(detail=True, methods=["post"])
    def waive(self, request, pk=None):
        """No bulletin is needed: a leader says why."""
        return self._step(request, rules_informing.can_waive, BulletinReason, lambda thing, values, at: waive_bulletin(
            duty=thing, by=request.user, at=at, **values))  # fmt: skip


router_entries = [("bulletins", BulletinDutyViewSet)]
