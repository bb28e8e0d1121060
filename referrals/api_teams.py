"""`/api/v1/teams/`: 提前介入, with the doors, rules and actions of its pages."""

from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.exceptions import PermissionDenied
from rest_framework.response import Response

from core.api import unknown
from core.parsers import MultiPartParser
from referrals import rules_informing
from referrals.actions.team_papers import TheirPaper, bodies_on_paper, name_on_paper
from referrals.actions.teams import (
    add_members,
    conclude_team,
    dissolve_team,
    give_view,
    remove_member,
    share_finding,
)
from referrals.api_informing import BulletinReason, LetterPeople, people_of
from referrals.api_steps import Stepping, some_ids
from referrals.enums import Nature
from referrals.models import JointTeam, TeamFinding, TeamMember, TeamPaper, TeamView


class TeamMemberSerializer(serializers.ModelSerializer):
    class Meta:
        model = TeamMember
        fields = ("id", "department", "user", "name", "paper", "joined_at", "ended_at")


class TeamFindingSerializer(serializers.ModelSerializer):
    class Meta:
        model = TeamFinding
        fields = ("id", "department", "said_by", "paper", "by", "at", "text", "evidence")


class TeamViewSerializer(serializers.ModelSerializer):
    dissents = serializers.BooleanField(read_only=True)

    class Meta:
        model = TeamView
        fields = ("department", "nature", "text", "said_by", "paper", "by", "at", "dissents")


class TeamPaperSerializer(serializers.ModelSerializer):
    """A paper of a body without an account: `url` is where its scan is fetched, on the same terms as on the page."""

    url = serializers.SerializerMethodField()

    class Meta:
        model = TeamPaper
        fields = ("id", "department", "person", "number", "dated_on", "name", "sha256", "url", "by", "at")

    def get_url(self, paper) -> str:
        return reverse("referrals:team_paper_scan", args=[paper.pk])


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
    papers = TeamPaperSerializer(many=True, read_only=True)

    class Meta(TeamSummarySerializer.Meta):
        fields = (
            *TeamSummarySerializer.Meta.fields, "unclear", "reasons", "document", "dissolve_reason", "members",
            "findings", "views", "papers",
        )  # fmt: skip
        read_only_fields = fields


class TeamFindingInput(serializers.Serializer):
    text = serializers.CharField(max_length=4000)
    evidence = some_ids(default=list)


class TeamViewInput(serializers.Serializer):
    nature = serializers.ChoiceField(choices=Nature.choices)
    text = serializers.CharField(max_length=2000)


class OnPaperInput(serializers.Serializer):
    """Whose paper it is, who signed it there, its date and number, and its scan."""

    department = serializers.IntegerField(min_value=1)
    said_by = serializers.CharField(max_length=40)
    number = serializers.CharField(required=False, allow_blank=True, default="", max_length=40)
    dated_on = serializers.DateField()
    upload = serializers.FileField()


class TeamPaperFinding(OnPaperInput, TeamFindingInput):
    pass


class TeamPaperView(OnPaperInput, TeamViewInput):
    pass


class TeamPaperNames(OnPaperInput):
    """Persons of the body, as its paper names them."""

    names = serializers.ListField(child=serializers.CharField(max_length=40), min_length=1, max_length=50)


class TeamOpinionInput(serializers.Serializer):
    outcome = serializers.ChoiceField(choices=Nature.choices)
    reasons = serializers.CharField(max_length=4000)


class TeamLeaving(serializers.Serializer):
    member = serializers.IntegerField()


def _evidence(team, values):
    """Files of the team's case, by their ids.

    :raises BadInput: one that is not there
    """
    found = list(team.case.evidence.filter(pk__in=values["evidence"]))
    if len(found) != len(set(values["evidence"])):
        raise unknown("evidence")
    return found


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
        return found.prefetch_related("members", "findings__evidence", "views__team", "papers")

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
        """A person of one's own department leaves the team; of a body on paper by who enters its papers."""

        def act(thing, values, at):
            found = TeamMember.objects.visible_to(request.user).select_related("team", "department", "user")
            member = found.filter(team=thing, pk=values["member"]).first()
            if member is None:
                raise unknown("member")
            if not rules_informing.can_remove_member(request.user, member):
                raise PermissionDenied
            remove_member(member=member, by=request.user, at=at)

        return self._step(request, rules_informing.can_remove_members, TeamLeaving, act)

    @extend_schema(request=TeamFindingInput, responses=TeamSerializer)
    @action(detail=True, methods=["post"])
    def share(self, request, pk=None):
        """Share what was found with the departments of the team."""

        def act(thing, values, at):
            share_finding(
                team=thing, text=values["text"], evidence=_evidence(thing, values), by=request.user, at=at
            )

        return self._step(request, rules_informing.can_share, TeamFindingInput, act)

    @extend_schema(request=TeamViewInput, responses=TeamSerializer)
    @action(detail=True, methods=["post"])
    def view(self, request, pk=None):
        """The view of one's department on the nature of the case."""
        return self._step(request, rules_informing.can_give_view, TeamViewInput, lambda thing, values, at: give_view(
            team=thing, by=request.user, at=at, **values))  # fmt: skip

    @extend_schema(request=TeamPaperFinding, responses=TeamSerializer)
    @action(
        detail=True, methods=["post"], url_path="paper-share", url_name="paper-share", parser_classes=[MultiPartParser]
    )
    def paper_share(self, request, pk=None):
        """What a body without an account found, entered by the department that leads."""

        def act(thing, values, at):
            share_finding(
                team=thing, text=values["text"], evidence=_evidence(thing, values), paper=self._paper(thing, values),
                by=request.user, at=at,
            )  # fmt: skip

        return self._step(request, rules_informing.can_enter_paper, TeamPaperFinding, act)

    @extend_schema(request=TeamPaperView, responses=TeamSerializer)
    @action(
        detail=True, methods=["post"], url_path="paper-view", url_name="paper-view", parser_classes=[MultiPartParser]
    )
    def paper_view(self, request, pk=None):
        """The view of a body without an account, entered by the department that leads."""
        return self._step(request, rules_informing.can_enter_paper, TeamPaperView, lambda thing, values, at: give_view(
            team=thing, nature=values["nature"], text=values["text"], paper=self._paper(thing, values),
            by=request.user, at=at))  # fmt: skip

    @extend_schema(request=TeamPaperNames, responses=TeamSerializer)
    @action(
        detail=True, methods=["post"], url_path="paper-members", url_name="paper-members",
        parser_classes=[MultiPartParser],
    )  # fmt: skip
    def paper_members(self, request, pk=None):
        """More persons of a body without an account, entered by the department that leads."""
        return self._step(request, rules_informing.can_enter_paper, TeamPaperNames, lambda thing, values, at: name_on_paper(
            team=thing, names=values["names"], paper=self._paper(thing, values), by=request.user, at=at))  # fmt: skip

    @staticmethod
    def _paper(team, values):
        """The paper of the body named by its id.

        :raises ValidationError: it is not on the team by paper
        """
        body = bodies_on_paper(team).filter(pk=values["department"]).first()
        if body is None:
            raise unknown("department")
        names = ("number", "dated_on", "upload")
        return TheirPaper(department=body, person=values["said_by"], **{name: values[name] for name in names})

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


router_entries = [("teams", JointTeamViewSet)]
