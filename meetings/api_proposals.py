"""`/api/v1/proposals/`: the office's proposals and their deployment, by the doors, rules and actions of the pages."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.exceptions import PermissionDenied

from core.api import asked_of
from core.parsers import MultiPartParser
from departments.models import Department
from meetings import rules, rules_proposals
from meetings.actions import bringing, deployments, paper_opinions, proposals
from meetings.actions.common import LONGEST_NAME
from meetings.api_base import STEP, Steps, one_of, person_of
from meetings.api_files import ProposalFiles
from meetings.api_shapes import MeetingNothing, MeetingReason
from meetings.enums import LONGEST_WORDS, OpinionKind
from meetings.models import Meeting, Proposal, Resolution
from workspace.once import KEY


class ProposalSerializer(serializers.ModelSerializer):
    """`opinions`: every round's. The tasks are read at `/api/v1/resolutions/`."""

    opinions = serializers.SerializerMethodField()

    class Meta:
        model = Proposal
        fields = (
            "id", "version", "title", "analysis", "measures", "status", "round", "consult_until", "adopted_at",
            "adopted_in", "signed_at", "returned_at", "return_reason", "deployed_at", "withdrawn_in", "reason",
            "letter", "document", "opinions",
        )  # fmt: skip
        read_only_fields = fields

    def get_opinions(self, row: Proposal) -> list[dict[str, Any]]:
        return [
            {"id": each.pk, "department": each.department_id, "round": each.round, "kind": each.kind, "words": each.words,
             "scan": each.sha256, "paper_on": each.paper_on}
            for each in row.opinions.all()
        ]  # fmt: skip


class ProposalText(serializers.Serializer):
    title = serializers.CharField(max_length=120)
    analysis = serializers.CharField(max_length=LONGEST_WORDS)
    measures = serializers.CharField(max_length=LONGEST_WORDS)


class ProposalConsultation(serializers.Serializer):
    until = serializers.DateField()


class ProposalOpinion(serializers.Serializer):
    kind = serializers.ChoiceField(choices=OpinionKind.choices)
    words = serializers.CharField(max_length=500, required=False, allow_blank=True, default="")


class ProposalPaperOpinion(ProposalOpinion):
    """`department`: a member without an account; `scan`: its written reply, of the day `on`."""

    department = serializers.IntegerField()
    on = serializers.DateField()
    scan = serializers.FileField()


class ProposalMeeting(serializers.Serializer):
    meeting = serializers.IntegerField()


class ProposalWithdrawal(ProposalMeeting):
    reason = serializers.CharField(max_length=300)


class ProposalTask(serializers.Serializer):
    """Who does what until when; ids of a department of the region and a person of it.

    `name`: in place of `person`, who does it in a department without an account.
    """

    text = serializers.CharField(max_length=500)
    department = serializers.IntegerField()
    person = serializers.IntegerField(required=False, allow_null=True, default=None)
    name = serializers.CharField(max_length=LONGEST_NAME, required=False, allow_blank=True, default="")
    due_on = serializers.DateField()


class ProposalTaskId(serializers.Serializer):
    task = serializers.IntegerField()


class ProposalViewSet(ProposalFiles, Steps):
    """What the office proposes, consults on and deploys. Filter by `status`."""

    queryset = Proposal.objects.none()  # door: get_queryset
    serializer_class = ProposalSerializer

    def get_queryset(self):
        if getattr(self, "swagger_fake_view", False):
            return Proposal.objects.none()  # door: the schema only
        found = Proposal.objects.visible_to(self.request.user).prefetch_related("opinions")
        found = found.select_related("office", "region", "document", "letter", "adopted_in__meeting", "signed_by")
        asked = asked_of(self).get("status")
        return found.filter(status=asked) if asked else found

    @extend_schema(request=ProposalText, responses={201: ProposalSerializer}, parameters=[KEY])
    def create(self, request):
        """A draft of the office."""
        user = request.user
        if not rules.convenes(user):
            raise PermissionDenied
        return self.made(request, ProposalText, lambda at, **given: proposals.draft_proposal(
            office=user.department, by=user, at=at, **given
        ))  # fmt: skip

    @extend_schema(request=ProposalText, responses=ProposalSerializer, parameters=STEP)
    @action(detail=True, methods=["post"])
    def edit(self, request, pk=None):
        return self.step(
            request, "proposal_edited", rules_proposals.can_edit, ProposalText,
            lambda thing, at, **given: proposals.edit_proposal(
                proposal=thing, expected_version=thing.version, by=request.user, at=at, **given
            ),
        )  # fmt: skip

    @extend_schema(request=ProposalConsultation, responses=ProposalSerializer, parameters=STEP)
    @action(detail=True, methods=["post"])
    def consult(self, request, pk=None):
        """Ask every member by a day."""
        return self.step(
            request, "proposal_consulted", rules_proposals.can_consult, ProposalConsultation,
            lambda thing, at, **given: proposals.consult(proposal=thing, by=request.user, at=at, **given),
        )  # fmt: skip

    @extend_schema(request=ProposalOpinion, responses=ProposalSerializer, parameters=STEP)
    @action(detail=True, methods=["post"])
    def opinion(self, request, pk=None):
        """One's department's, once a round."""
        return self.step(
            request, "opinion_given", rules_proposals.can_give_opinion, ProposalOpinion,
            lambda thing, at, **given: proposals.give_opinion(
                proposal=thing, department=request.user.department, by=request.user, at=at, **given
            ),
        )  # fmt: skip

    @extend_schema(request=ProposalPaperOpinion, responses=ProposalSerializer, parameters=STEP)
    @action(detail=True, methods=["post"], url_path="enter-opinion", parser_classes=[MultiPartParser])
    def enter_opinion(self, request, pk=None):
        """The written reply of a member without an account, with its scan."""

        def act(thing, at, department, **given):
            row = one_of(Department, request.user, "department", department)
            paper_opinions.enter_opinion(proposal=thing, department=row, by=request.user, at=at, **given)

        return self.step(
            request, "opinion_entered", rules_proposals.can_enter_opinion, ProposalPaperOpinion, act
        )

    @extend_schema(request=MeetingReason, responses=ProposalSerializer, parameters=STEP)
    @action(detail=True, methods=["post"])
    def revise(self, request, pk=None):
        return self.step(
            request, "proposal_revised", rules_proposals.can_revise, MeetingReason,
            lambda thing, at, **given: proposals.revise(proposal=thing, by=request.user, at=at, **given),
        )  # fmt: skip

    @extend_schema(request=MeetingNothing, responses=ProposalSerializer, parameters=STEP)
    @action(detail=True, methods=["post"])
    def adopt(self, request, pk=None):
        """By circulation; refused while somebody has not answered, or objects."""
        return self.step(
            request, "proposal_adopted", rules_proposals.can_adopt, MeetingNothing,
            lambda thing, at: proposals.adopt_by_circulation(proposal=thing, by=request.user, at=at),
        )  # fmt: skip

    @extend_schema(request=ProposalMeeting, responses=ProposalSerializer, parameters=STEP)
    @action(detail=True, methods=["post"])
    def bring(self, request, pk=None):
        """Onto the agenda of a meeting."""
        return self.step(
            request, "proposal_brought", rules_proposals.can_bring, ProposalMeeting,
            lambda thing, at, meeting: bringing.bring_before(
                proposal=thing, meeting=one_of(Meeting, request.user, "meeting", meeting), by=request.user, at=at
            ),
        )  # fmt: skip

    @extend_schema(request=ProposalTask, responses=ProposalSerializer, parameters=STEP)
    @action(detail=True, methods=["post"], url_path="add-task")
    def add_task(self, request, pk=None):
        """A task that begins with the deployment."""

        def act(thing, at, department, person, **given):
            deployments.add_task(
                proposal=thing, department=one_of(Department, request.user, "department", department),
                person=person_of(request.user, person), by=request.user, at=at, **given,
            )  # fmt: skip

        return self.step(request, "task_added", rules_proposals.can_add_task, ProposalTask, act)

    @extend_schema(request=ProposalTaskId, responses=ProposalSerializer, parameters=STEP)
    @action(detail=True, methods=["post"], url_path="drop-task")
    def drop_task(self, request, pk=None):
        """Take a drafted task out."""

        def act(thing, at, task):
            row = one_of(Resolution, request.user, "task", task, deployment=thing)
            deployments.drop_task(task=row, by=request.user, at=at)

        return self.step(request, "task_dropped", rules_proposals.can_add_task, ProposalTaskId, act)

    @extend_schema(request=MeetingNothing, responses=ProposalSerializer, parameters=STEP)
    @action(detail=True, methods=["post"])
    def sign(self, request, pk=None):
        """签发, by another than who wrote it."""
        return self.step(
            request, "deployment_signed", rules_proposals.can_sign, MeetingNothing,
            lambda thing, at: deployments.sign_deployment(proposal=thing, by=request.user, at=at),
        )  # fmt: skip

    @extend_schema(request=MeetingReason, responses=ProposalSerializer, parameters=STEP)
    @action(detail=True, methods=["post"], url_path="return")
    def send_back(self, request, pk=None):
        """The signer does not sign, and says what is to be changed."""
        return self.step(
            request, "deployment_returned", rules_proposals.can_return, MeetingReason,
            lambda thing, at, **given: deployments.return_deployment(
                proposal=thing, by=request.user, at=at, **given
            ),
        )  # fmt: skip

    @extend_schema(request=MeetingNothing, responses=ProposalSerializer, parameters=STEP)
    @action(detail=True, methods=["post"])
    def submit(self, request, pk=None):
        """Mended after it was sent back: it waits to be signed again."""
        return self.step(
            request, "deployment_submitted", rules_proposals.can_submit, MeetingNothing,
            lambda thing, at: deployments.submit_anew(proposal=thing, by=request.user, at=at),
        )  # fmt: skip

    @extend_schema(request=ProposalWithdrawal, responses=ProposalSerializer, parameters=STEP)
    @action(detail=True, methods=["post"], url_path="bring-withdrawal")
    def bring_withdrawal(self, request, pk=None):
        """Have a meeting decide whether the adopted proposal is withdrawn."""
        return self.step(
            request, "proposal_brought", rules_proposals.can_bring_withdrawal, ProposalWithdrawal,
            lambda thing, at, meeting, reason: bringing.bring_withdrawal(
                proposal=thing, meeting=one_of(Meeting, request.user, "meeting", meeting), reason=reason,
                by=request.user, at=at,
            ),
        )  # fmt: skip

    @extend_schema(request=MeetingNothing, responses=ProposalSerializer, parameters=STEP)
    @action(detail=True, methods=["post"])
    def deploy(self, request, pk=None):
        """Number the notice and begin every task."""
        return self.step(
            request, "deployed", rules_proposals.can_deploy, MeetingNothing,
            lambda thing, at: deployments.deploy(proposal=thing, by=request.user, at=at),
        )  # fmt: skip

    @extend_schema(request=MeetingReason, responses=ProposalSerializer, parameters=STEP)
    @action(detail=True, methods=["post"])
    def withdraw(self, request, pk=None):
        return self.step(
            request, "proposal_withdrawn", rules_proposals.can_withdraw, MeetingReason,
            lambda thing, at, **given: proposals.withdraw_proposal(proposal=thing, by=request.user, at=at, **given),
        )  # fmt: skip


router_entries = [("proposals", ProposalViewSet)]
