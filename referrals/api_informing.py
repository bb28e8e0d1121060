"""`/api/v1/`: bulletins owed, joint teams, and many letters at once — the doors, rules and actions of the pages."""

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
from referrals.actions.teams import (
    add_members,
    conclude_team,
    dissolve_team,
    give_view,
    remove_member,
    share_finding,
)
from referrals.api_steps import Stepping
from referrals.batches import MOST, chase_many, sign_many
from referrals.enums import Nature, ReturnCategory
from referrals.models import (
    BulletinDuty,
    DutyReceiver,
    JointTeam,
    Reading,
    TeamFinding,
    TeamMember,
    TeamView,
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
    people = serializers.ListField(child=serializers.IntegerField(min_value=1), max_length=100, default=list)


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


class TeamMemberSerializer(serializers.ModelSerializer):
    class Meta:
        model = TeamMember
        fields = ("id", "department", "user", "joined_at", "ended_at")


class TeamFindingSerializer(serializers.ModelSerializer):
    class Meta:
        model = TeamFinding
        fields = ("id", "department", "by", "at", "text", "evidence")


class TeamViewSerializer(serializers.ModelSerializer):
    dissents = serializers.BooleanField(read_only=True)

    class Meta:
        model = TeamView
        fields = ("department", "nature", "text", "by", "at", "dissents")


class TeamSummarySerializer(serializers.ModelSerializer):
    """That a team works and how it ended: what lists and the office see."""

    class Meta:
        model = JointTeam
        fields = (
            "id", "version", "case", "department", "status", "formed_at", "outcome", "concluded_at", "dissolved_at",
        )  # fmt: skip
        read_only_fields = fields


class TeamSerializer(TeamSummarySerializer):
    """The whole team, for its departments."""

    members = TeamMemberSerializer(many=True, read_only=True)
    findings = TeamFindingSerializer(many=True, read_only=True)
    views = TeamViewSerializer(many=True, read_only=True)

    class Meta(TeamSummarySerializer.Meta):
        fields = (
            *TeamSummarySerializer.Meta.fields, "unclear", "reasons", "document", "dissolve_reason", "members",
            "findings", "views",
        )  # fmt: skip
        read_only_fields = fields


class TeamFindingInput(serializers.Serializer):
    text = serializers.CharField(max_length=4000)
    evidence = serializers.ListField(child=serializers.IntegerField(min_value=1), max_length=100, default=list)


class TeamViewInput(serializers.Serializer):
    nature = serializers.ChoiceField(choices=Nature.choices)
    text = serializers.CharField(max_length=2000)


class TeamOpinionInput(serializers.Serializer):
    outcome = serializers.ChoiceField(choices=Nature.choices)
    reasons = serializers.CharField(max_length=4000)


class TeamLeaving(serializers.Serializer):
    member = serializers.IntegerField()


class JointTeamViewSet(Stepping):
    """提前介入: joint teams (C11)."""

    queryset = JointTeam.objects.none()  # door: get_queryset
    serializer_class = TeamSerializer

    def get_queryset(self):
        if getattr(self, "swagger_fake_view", False):
            return JointTeam.objects.none()  # door: the schema only
        found = JointTeam.objects.visible_to(self.request.user).for_list()
        if self.action == "list":
            return found
        return found.prefetch_related("members", "findings__evidence", "views__team")

    def get_serializer_class(self):
        return TeamSummarySerializer if self.action == "list" else self.serializer_class

    @extend_schema(responses=TeamSerializer)
    def retrieve(self, request, *args, **kwargs):
        """The whole team for its departments; the summary for the office."""
        team = self.get_object()
        whole = JointTeam.objects.readable_by(request.user).filter(pk=team.pk).exists()  # door: visible_to, whole
        shape = TeamSerializer if whole else TeamSummarySerializer
        return Response(shape(team, context=self.get_serializer_context()).data)

    @extend_schema(request=LetterPeople, responses=TeamSerializer)
    @action(detail=True, methods=["post"])
    def members(self, request, pk=None):
        """Name more persons of one's own department."""
        return self._step(request, rules_informing.can_name_members, LetterPeople, lambda thing, values, at: add_members(
            team=thing, department=request.user.department, people=people_of(request, values["people"]),
            by=request.user, at=at))  # fmt: skip

    @extend_schema(request=TeamLeaving, responses=TeamSerializer)
    @action(detail=True, methods=["post"], url_path="remove-member", url_name="remove-member")
    def remove_member(self, request, pk=None):
        """A person of one's own department leaves the team."""

        def act(thing, values, at):
            found = TeamMember.objects.visible_to(request.user).select_related("team", "department", "user")
            member = found.filter(team=thing, pk=values["member"]).first()
            if member is None:
                raise unknown("member")
            if not rules_informing.can_remove_member(request.user, member):
                raise PermissionDenied
            remove_member(member=member, by=request.user, at=at)

        return self._step(request, rules_informing.can_name_members, TeamLeaving, act)

    @extend_schema(request=TeamFindingInput, responses=TeamSerializer)
    @action(detail=True, methods=["post"])
    def share(self, request, pk=None):
        """Share what was found with the departments of the team."""

        def act(thing, values, at):
            evidence = list(thing.case.evidence.filter(pk__in=values["evidence"]))
            if len(evidence) != len(set(values["evidence"])):
                raise unknown("evidence")
            share_finding(team=thing, text=values["text"], evidence=evidence, by=request.user, at=at)

        return self._step(request, rules_informing.can_share, TeamFindingInput, act)

    @extend_schema(request=TeamViewInput, responses=TeamSerializer)
    @action(detail=True, methods=["post"])
    def view(self, request, pk=None):
        """The view of one's department on the nature of the case."""
        return self._step(request, rules_informing.can_give_view, TeamViewInput, lambda thing, values, at: give_view(
            team=thing, by=request.user, at=at, **values))  # fmt: skip

    @extend_schema(request=TeamOpinionInput, responses=TeamSerializer)
    @action(detail=True, methods=["post"])
    def conclude(self, request, pk=None):
        """定性意见: recorded and issued by the lead department."""
        return self._step(request, rules_informing.can_conclude, TeamOpinionInput, lambda thing, values, at: conclude_team(
            team=thing, by=request.user, at=at, **values))  # fmt: skip

    @extend_schema(request=BulletinReason, responses=TeamSerializer)
    @action(detail=True, methods=["post"])
    def dissolve(self, request, pk=None):
        """The team ends without an opinion."""
        return self._step(request, rules_informing.can_dissolve, BulletinReason, lambda thing, values, at: dissolve_team(
            team=thing, by=request.user, at=at, **values))  # fmt: skip


router_entries = [("bulletins", BulletinDutyViewSet), ("teams", JointTeamViewSet)]
