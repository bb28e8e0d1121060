"""`/api/v1/meetings/`, agenda items, minutes and resolutions: the same doors, rules and actions as the pages."""

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.exceptions import PermissionDenied

from core.api import asked_of, unknown
from core.parsers import JSONParser, MultiPartParser
from departments.models import Department
from meetings import choices, rules, rules_resolutions
from meetings.actions import agenda, attendance, calling, holding, quarter, resolutions, topics
from meetings.api_agenda import router_entries as agenda_entries
from meetings.api_base import STEP, Steps, one_of, person_of
from meetings.api_files import MeetingFiles, TaskFiles
from meetings.api_minutes import router_entries as minutes_entries
from meetings.api_on_paper import MeetingOnPaper
from meetings.api_proposals import router_entries as proposal_entries
from meetings.api_rule import router_entries as rule_entries
from meetings.api_shapes import (
    ItemNote,
    MeetingCall,
    MeetingCallAgain,
    MeetingGuest,
    MeetingNothing,
    MeetingOccasion,
    MeetingPresences,
    MeetingReason,
    MeetingSerializer,
    MeetingTopic,
    MeetingTopicsBy,
    ResolutionEvidence,
    ResolutionPerson,
    ResolutionPress,
    ResolutionReport,
    ResolutionSerializer,
)
from meetings.models import Meeting, Resolution
from workspace.once import KEY


def _case(user, given):
    """`given` with the case itself in place of its id: one of those a form would offer.

    :raises ValidationError: there is none (under `case`)
    """
    if given["case"] is None:
        return given
    found = choices.cases(user).filter(pk=given["case"]).first()
    if found is None:
        raise unknown("case")
    return given | {"case": found}


class MeetingViewSet(MeetingFiles, MeetingOnPaper, Steps):
    """Meetings one's department was asked to. Filter by `year`."""

    queryset = Meeting.objects.none()  # door: get_queryset
    serializer_class = MeetingSerializer

    def get_queryset(self):
        if getattr(self, "swagger_fake_view", False):
            return Meeting.objects.none()  # door: the schema only
        found = Meeting.objects.visible_to(self.request.user).select_related("office", "region", "notice", "topics_letter")
        year = asked_of(self).get("year", "")
        return found.filter(year=int(year)) if year.isdecimal() and len(year) == 4 else found

    @extend_schema(request=MeetingOccasion, responses={201: MeetingSerializer}, parameters=[KEY])
    def create(self, request):
        """An ad-hoc meeting with its reason; quarters are opened by the job."""
        user = request.user
        if not rules.can_open(user):
            raise PermissionDenied
        return self.made(request, MeetingOccasion, lambda at, **given: quarter.open_ad_hoc(
            office=user.department, by=user, at=at, **given
        ))  # fmt: skip

    @extend_schema(request=MeetingNothing, responses=MeetingSerializer, parameters=STEP)
    @action(detail=True, methods=["post"])
    def collect(self, request, pk=None):
        """The agenda as the rooms have it now."""
        return self.step(
            request, "agenda_collected", rules.can_collect, MeetingNothing,
            lambda thing, at: agenda.collect_agenda(meeting=thing, by=request.user, at=at),
        )  # fmt: skip

    @extend_schema(request=MeetingTopic, responses=MeetingSerializer, parameters=STEP)
    @action(detail=True, methods=["post"], url_path="add-item")
    def add_item(self, request, pk=None):
        """A topic of the office."""
        return self.step(
            request, "item_added", rules.can_add, MeetingTopic,
            lambda thing, at, **given: agenda.add_item(
                meeting=thing, by=request.user, at=at, **_case(request.user, given)
            ),
        )  # fmt: skip

    @extend_schema(request=MeetingCall, responses=MeetingSerializer, parameters=STEP)
    @action(detail=True, methods=["post"])
    def call(self, request, pk=None):
        """Numbered notice to everybody asked."""
        return self.step(
            request, "called", rules.can_call, MeetingCall,
            lambda thing, at, **given: calling.call_meeting(meeting=thing, by=request.user, at=at, **given),
        )  # fmt: skip

    @extend_schema(request=MeetingCallAgain, responses=MeetingSerializer, parameters=STEP)
    @action(detail=True, methods=["post"], url_path="call-again")
    def call_again(self, request, pk=None):
        """Another day or place, such as where too few came to decide: a new notice, everybody is asked anew."""
        return self.step(
            request, "called_again", rules.can_call_again, MeetingCallAgain,
            lambda thing, at, **given: calling.call_again(meeting=thing, by=request.user, at=at, **given),
        )  # fmt: skip

    @extend_schema(request=MeetingGuest, responses=MeetingSerializer, parameters=STEP)
    @action(detail=True, methods=["post"])
    def invite(self, request, pk=None):
        """A further department, without vote."""
        return self.step(
            request, "invited", rules.can_invite, MeetingGuest,
            lambda thing, at, department: calling.invite(
                meeting=thing, department=one_of(Department, request.user, "department", department), by=request.user,
                at=at,
            ),
        )  # fmt: skip

    @extend_schema(request=MeetingTopicsBy, responses=MeetingSerializer, parameters=STEP)
    @action(detail=True, methods=["post"], url_path="topics-by")
    def topics_by(self, request, pk=None):
        """Ask for topics by a day; who has not answered is told."""
        return self.step(
            request, "topics_set", rules.can_set_topics, MeetingTopicsBy,
            lambda thing, at, topics_by: quarter.set_topics_by(
                meeting=thing, topics_by=topics_by, by=request.user, at=at
            ),
        )  # fmt: skip

    @extend_schema(request=MeetingReason, responses=MeetingSerializer, parameters=STEP)
    @action(detail=True, methods=["post"])
    def skip(self, request, pk=None):
        """Not held, with its reason: a quarter, or an ad-hoc meeting."""
        return self.step(
            request, "skipped", rules.can_skip, MeetingReason,
            lambda thing, at, reason: quarter.give_up(meeting=thing, reason=reason, by=request.user, at=at),
        )  # fmt: skip

    @extend_schema(request=MeetingTopic, responses=MeetingSerializer, parameters=STEP)
    @action(detail=True, methods=["post"])
    def propose(self, request, pk=None):
        """A topic of one's department; its material is handed in at the topic."""
        return self.step(
            request, "item_proposed", rules.can_propose, MeetingTopic,
            lambda thing, at, **given: topics.propose_item(
                meeting=thing, department=request.user.department, by=request.user, at=at,
                **_case(request.user, given),
            ),
        )  # fmt: skip

    @extend_schema(request=MeetingNothing, responses=MeetingSerializer, parameters=STEP)
    @action(detail=True, methods=["post"], url_path="no-topic")
    def no_topic(self, request, pk=None):
        """One's department has nothing to bring up."""
        return self.step(
            request, "topics_none", rules.can_propose, MeetingNothing,
            lambda thing, at: topics.no_topic(
                meeting=thing, department=request.user.department, by=request.user, at=at
            ),
        )  # fmt: skip

    @extend_schema(request=MeetingPresences, responses=MeetingSerializer, parameters=STEP)
    @action(detail=True, methods=["post"])
    def record(self, request, pk=None):
        """Who came: everybody asked, by the ids of `/api/v1/attendances/`."""

        def act(thing, at, presences):
            said = {each["attendance"]: each["presence"] for each in presences}
            attendance.record_attendance(meeting=thing, presences=said, by=request.user, at=at)

        return self.step(request, "attendance_recorded", rules.can_record, MeetingPresences, act)

    @extend_schema(request=MeetingNothing, responses=MeetingSerializer, parameters=STEP)
    @action(detail=True, methods=["post"])
    def close(self, request, pk=None):
        """Refused while a topic is undecided."""
        return self.step(
            request, "closed", rules.can_close, MeetingNothing,
            lambda thing, at: holding.close_meeting(meeting=thing, by=request.user, at=at),
        )  # fmt: skip


class ResolutionViewSet(TaskFiles, Steps):
    """Resolutions and tasks of deployments. Filter by `status` and `deployment`."""

    queryset = Resolution.objects.none()  # door: get_queryset
    serializer_class = ResolutionSerializer

    def get_queryset(self):
        if getattr(self, "swagger_fake_view", False):
            return Resolution.objects.none()  # door: the schema only
        found = Resolution.objects.visible_to(self.request.user)
        found = found.select_related("department", "person", "office", "meeting", "deployment")
        found = found.prefetch_related("steps")
        asked = asked_of(self).get("status")
        of = asked_of(self).get("deployment", "")
        found = found.filter(deployment=int(of)) if of.isdecimal() else found
        return found.filter(status=asked) if asked else found

    @extend_schema(request=ResolutionEvidence, responses=ResolutionSerializer, parameters=STEP)
    @action(detail=True, methods=["post"], parser_classes=[JSONParser, MultiPartParser])
    def progress(self, request, pk=None):
        """How far it has come, with evidence (multipart) where there is some."""
        return self.step(
            request, "task_progress", rules_resolutions.can_add_progress, ResolutionEvidence,
            lambda thing, at, **given: resolutions.add_progress(task=thing, by=request.user, at=at, **given),
        )  # fmt: skip

    @extend_schema(request=ResolutionReport, responses=ResolutionSerializer, parameters=STEP)
    @action(
        detail=True, methods=["post"], url_path="reply-supervision", parser_classes=[JSONParser, MultiPartParser]
    )  # fmt: skip
    def reply_supervision(self, request, pk=None):
        """督办回复: how it stands; of a department without an account its paper (multipart)."""
        return self.step(
            request, "task_answered", rules_resolutions.can_reply, ResolutionReport,
            lambda thing, at, **given: resolutions.reply_to_supervision(task=thing, by=request.user, at=at, **given),
        )  # fmt: skip

    @extend_schema(request=ResolutionReport, responses=ResolutionSerializer, parameters=STEP)
    @action(detail=True, methods=["post"], parser_classes=[JSONParser, MultiPartParser])
    def report(self, request, pk=None):
        """Done, with evidence (multipart) where there is some; the office confirms it."""
        return self.step(
            request, "task_reported", rules_resolutions.can_report, ResolutionReport,
            lambda thing, at, **given: resolutions.report_done(task=thing, by=request.user, at=at, **given),
        )  # fmt: skip

    @extend_schema(request=ItemNote, responses=ResolutionSerializer, parameters=STEP)
    @action(detail=True, methods=["post"])
    def confirm(self, request, pk=None):
        return self.step(
            request, "task_done", rules_resolutions.can_confirm, ItemNote,
            lambda thing, at, **given: resolutions.confirm_done(task=thing, by=request.user, at=at, **given),
        )  # fmt: skip

    @extend_schema(request=MeetingReason, responses=ResolutionSerializer, parameters=STEP)
    @action(detail=True, methods=["post"], url_path="send-back")
    def send_back(self, request, pk=None):
        return self.step(
            request, "task_sent_back", rules_resolutions.can_send_back, MeetingReason,
            lambda thing, at, **given: resolutions.send_back(task=thing, by=request.user, at=at, **given),
        )  # fmt: skip

    @extend_schema(request=ResolutionPerson, responses=ResolutionSerializer, parameters=STEP)
    @action(detail=True, methods=["post"])
    def reassign(self, request, pk=None):
        return self.step(
            request, "task_reassigned", rules_resolutions.can_reassign, ResolutionPerson,
            lambda thing, at, person, **given: resolutions.reassign(
                task=thing, person=person_of(request.user, person), by=request.user, at=at, **given,
            ),
        )  # fmt: skip

    @extend_schema(request=ResolutionPress, responses=ResolutionSerializer, parameters=STEP)
    @action(detail=True, methods=["post"])
    def press(self, request, pk=None):
        """督办, while it is late and no earlier letter may still be answered in time."""
        return self.step(
            request, "task_pressed", rules_resolutions.can_press, ResolutionPress,
            lambda thing, at, **given: resolutions.press(task=thing, by=request.user, at=at, **given),
        )  # fmt: skip


router_entries = [
    ("meetings", MeetingViewSet),
    *agenda_entries,
    *minutes_entries,
    ("resolutions", ResolutionViewSet),
    *proposal_entries,
    *rule_entries,
]
