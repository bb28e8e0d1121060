"""`/api/v1/meetings/`, agenda items, minutes and resolutions: the same doors, rules and actions as the pages."""

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action

from core.api import asked_of
from departments.models import User
from meetings import rules, rules_minutes, rules_resolutions
from meetings.actions import agenda, attendance, calling, holding, minutes, quarter, resolutions, topics
from meetings.api_agenda import router_entries as agenda_entries
from meetings.api_base import Steps, one_of
from meetings.api_proposals import router_entries as proposal_entries
from meetings.api_shapes import (
    ItemNote,
    MeetingCall,
    MeetingNothing,
    MeetingPresences,
    MeetingReason,
    MeetingSerializer,
    MeetingTopic,
    MinutesApproval,
    MinutesSerializer,
    MinutesSignature,
    ResolutionPerson,
    ResolutionPress,
    ResolutionSerializer,
    ResolutionText,
)
from meetings.models import Meeting, Minutes, Resolution


class MeetingViewSet(Steps):
    """Meetings one's department was asked to. Filter by `year`."""

    queryset = Meeting.objects.none()  # door: get_queryset
    serializer_class = MeetingSerializer

    def get_queryset(self):
        if getattr(self, "swagger_fake_view", False):
            return Meeting.objects.none()  # door: the schema only
        found = Meeting.objects.visible_to(self.request.user).select_related("office", "region", "notice")
        year = asked_of(self).get("year", "")
        return found.filter(year=int(year)) if year.isdecimal() and len(year) == 4 else found

    @extend_schema(request=MeetingNothing, responses=MeetingSerializer)
    @action(detail=True, methods=["post"])
    def collect(self, request, pk=None):
        """The agenda as the rooms have it now."""
        return self.step(
            request, "agenda_collected", rules.can_collect, MeetingNothing,
            lambda thing, at: agenda.collect_agenda(meeting=thing, by=request.user, at=at),
        )  # fmt: skip

    @extend_schema(request=MeetingTopic, responses=MeetingSerializer)
    @action(detail=True, methods=["post"], url_path="add-item")
    def add_item(self, request, pk=None):
        """A topic of the office."""
        return self.step(
            request, "item_added", rules.can_add, MeetingTopic,
            lambda thing, at, **given: agenda.add_item(meeting=thing, by=request.user, at=at, **given),
        )  # fmt: skip

    @extend_schema(request=MeetingCall, responses=MeetingSerializer)
    @action(detail=True, methods=["post"])
    def call(self, request, pk=None):
        """Numbered notice to everybody asked."""
        return self.step(
            request, "called", rules.can_call, MeetingCall,
            lambda thing, at, **given: calling.call_meeting(meeting=thing, by=request.user, at=at, **given),
        )  # fmt: skip

    @extend_schema(request=MeetingReason, responses=MeetingSerializer)
    @action(detail=True, methods=["post"])
    def skip(self, request, pk=None):
        """A quarter without a meeting, with its reason."""
        return self.step(
            request, "skipped", rules.can_skip, MeetingReason,
            lambda thing, at, reason: quarter.skip_quarter(meeting=thing, reason=reason, by=request.user, at=at),
        )  # fmt: skip

    @extend_schema(request=MeetingTopic, responses=MeetingSerializer)
    @action(detail=True, methods=["post"])
    def propose(self, request, pk=None):
        """A topic of one's department; its material is handed in at the topic."""
        return self.step(
            request, "item_proposed", rules.can_propose, MeetingTopic,
            lambda thing, at, **given: topics.propose_item(
                meeting=thing, department=request.user.department, by=request.user, at=at, **given
            ),
        )  # fmt: skip

    @extend_schema(request=MeetingNothing, responses=MeetingSerializer)
    @action(detail=True, methods=["post"], url_path="no-topic")
    def no_topic(self, request, pk=None):
        """One's department has nothing to bring up."""
        return self.step(
            request, "topics_none", rules.can_propose, MeetingNothing,
            lambda thing, at: topics.no_topic(
                meeting=thing, department=request.user.department, by=request.user, at=at
            ),
        )  # fmt: skip

    @extend_schema(request=MeetingPresences, responses=MeetingSerializer)
    @action(detail=True, methods=["post"])
    def record(self, request, pk=None):
        """Who came: everybody asked, by the ids of `/api/v1/attendances/`."""

        def act(thing, at, presences):
            said = {each["attendance"]: each["presence"] for each in presences}
            attendance.record_attendance(meeting=thing, presences=said, by=request.user, at=at)

        return self.step(request, "attendance_recorded", rules.can_record, MeetingPresences, act)

    @extend_schema(request=MeetingNothing, responses=MeetingSerializer)
    @action(detail=True, methods=["post"])
    def close(self, request, pk=None):
        """Refused while a topic is undecided."""
        return self.step(
            request, "closed", rules.can_close, MeetingNothing,
            lambda thing, at: holding.close_meeting(meeting=thing, by=request.user, at=at),
        )  # fmt: skip


class MinutesViewSet(Steps):
    """Minutes with their parts."""

    queryset = Minutes.objects.none()  # door: get_queryset
    serializer_class = MinutesSerializer

    def get_queryset(self):
        if getattr(self, "swagger_fake_view", False):
            return Minutes.objects.none()  # door: the schema only
        found = Minutes.objects.visible_to(self.request.user)
        return found.select_related("meeting__office", "meeting__region", "document").prefetch_related(
            "parts"
        )

    @extend_schema(request=MeetingNothing, responses=MinutesSerializer)
    @action(detail=True, methods=["post"])
    def circulate(self, request, pk=None):
        return self.step(
            request, "minutes_circulated", rules_minutes.can_circulate, MeetingNothing,
            lambda thing, at: minutes.circulate_minutes(minutes=thing, by=request.user, at=at),
        )  # fmt: skip

    @extend_schema(request=MinutesSignature, responses=MinutesSerializer)
    @action(detail=True, methods=["post"])
    def sign(self, request, pk=None):
        """Countersign a version, or object with words."""
        return self.step(
            request, "minutes_signed", rules_minutes.can_sign, MinutesSignature,
            lambda thing, at, **given: minutes.sign_minutes(
                minutes=thing, department=request.user.department, by=request.user, at=at, **given
            ),
        )  # fmt: skip

    @extend_schema(request=MinutesApproval, responses=MinutesSerializer)
    @action(detail=True, methods=["post"])
    def approve(self, request, pk=None):
        return self.step(
            request, "minutes_approved", rules_minutes.can_approve, MinutesApproval,
            lambda thing, at, **given: minutes.approve_minutes(minutes=thing, by=request.user, at=at, **given),
        )  # fmt: skip

    @extend_schema(request=MeetingNothing, responses=MinutesSerializer)
    @action(detail=True, methods=["post"])
    def issue(self, request, pk=None):
        return self.step(
            request, "minutes_numbered", rules_minutes.can_issue, MeetingNothing,
            lambda thing, at: minutes.issue_minutes(minutes=thing, by=request.user, at=at),
        )  # fmt: skip


class ResolutionViewSet(Steps):
    """Resolutions and tasks of deployments. Filter by `status` and `deployment`."""

    queryset = Resolution.objects.none()  # door: get_queryset
    serializer_class = ResolutionSerializer

    def get_queryset(self):
        if getattr(self, "swagger_fake_view", False):
            return Resolution.objects.none()  # door: the schema only
        found = Resolution.objects.visible_to(self.request.user)
        found = found.select_related("department", "person", "office", "meeting", "deployment")
        asked = asked_of(self).get("status")
        of = asked_of(self).get("deployment", "")
        found = found.filter(deployment=int(of)) if of.isdecimal() else found
        return found.filter(status=asked) if asked else found

    @extend_schema(request=ResolutionText, responses=ResolutionSerializer)
    @action(detail=True, methods=["post"])
    def progress(self, request, pk=None):
        return self.step(
            request, "task_progress", rules_resolutions.can_add_progress, ResolutionText,
            lambda thing, at, **given: resolutions.add_progress(task=thing, by=request.user, at=at, **given),
        )  # fmt: skip

    @extend_schema(request=ResolutionText, responses=ResolutionSerializer)
    @action(detail=True, methods=["post"])
    def report(self, request, pk=None):
        """Done; the office confirms it."""
        return self.step(
            request, "task_reported", rules_resolutions.can_report, ResolutionText,
            lambda thing, at, **given: resolutions.report_done(task=thing, by=request.user, at=at, **given),
        )  # fmt: skip

    @extend_schema(request=ItemNote, responses=ResolutionSerializer)
    @action(detail=True, methods=["post"])
    def confirm(self, request, pk=None):
        return self.step(
            request, "task_done", rules_resolutions.can_confirm, ItemNote,
            lambda thing, at, **given: resolutions.confirm_done(task=thing, by=request.user, at=at, **given),
        )  # fmt: skip

    @extend_schema(request=MeetingReason, responses=ResolutionSerializer)
    @action(detail=True, methods=["post"], url_path="send-back")
    def send_back(self, request, pk=None):
        return self.step(
            request, "task_sent_back", rules_resolutions.can_send_back, MeetingReason,
            lambda thing, at, **given: resolutions.send_back(task=thing, by=request.user, at=at, **given),
        )  # fmt: skip

    @extend_schema(request=ResolutionPerson, responses=ResolutionSerializer)
    @action(detail=True, methods=["post"])
    def reassign(self, request, pk=None):
        return self.step(
            request, "task_reassigned", rules_resolutions.can_reassign, ResolutionPerson,
            lambda thing, at, person, reason: resolutions.reassign(
                task=thing, person=one_of(User, request.user, "person", person), reason=reason, by=request.user, at=at
            ),
        )  # fmt: skip

    @extend_schema(request=ResolutionPress, responses=ResolutionSerializer)
    @action(detail=True, methods=["post"])
    def press(self, request, pk=None):
        """督办, once a working day, while it is late."""
        return self.step(
            request, "task_pressed", rules_resolutions.can_press, ResolutionPress,
            lambda thing, at, **given: resolutions.press(task=thing, by=request.user, at=at, **given),
        )  # fmt: skip


router_entries = [
    ("meetings", MeetingViewSet),
    *agenda_entries,
    ("minutes", MinutesViewSet),
    ("resolutions", ResolutionViewSet),
    *proposal_entries,
]
