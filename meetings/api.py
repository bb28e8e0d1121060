"""`/api/v1/meetings/`, agenda items, minutes and resolutions: the same doors, rules and actions as the pages."""

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action

from departments.models import Department, User
from meetings import rules, rules_minutes, rules_resolutions
from meetings.actions import agenda, calling, holding, minutes, quarter, resolutions
from meetings.api_base import Steps, one_of
from meetings.api_proposals import router_entries as proposal_entries
from meetings.api_shapes import (
    AgendaItemSerializer,
    ItemDecision,
    ItemDeferral,
    ItemNote,
    MeetingCall,
    MeetingNothing,
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
from meetings.models import AgendaItem, Meeting, Minutes, Resolution


class MeetingViewSet(Steps):
    """Meetings one's department was asked to. Filter by `year`."""

    queryset = Meeting.objects.none()  # door: get_queryset
    serializer_class = MeetingSerializer

    def get_queryset(self):
        if getattr(self, "swagger_fake_view", False):
            return Meeting.objects.none()  # door: the schema only
        found = Meeting.objects.visible_to(self.request.user).select_related("office", "region", "notice")
        year = self.request.query_params.get("year", "")
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

    @extend_schema(request=MeetingNothing, responses=MeetingSerializer)
    @action(detail=True, methods=["post"])
    def close(self, request, pk=None):
        """Refused while a topic is undecided."""
        return self.step(
            request, "closed", rules.can_close, MeetingNothing,
            lambda thing, at: holding.close_meeting(meeting=thing, by=request.user, at=at),
        )  # fmt: skip


class AgendaItemViewSet(Steps):
    """Topics. Filter by `meeting`."""

    queryset = AgendaItem.objects.none()  # door: get_queryset
    serializer_class = AgendaItemSerializer

    def get_queryset(self):
        if getattr(self, "swagger_fake_view", False):
            return AgendaItem.objects.none()  # door: the schema only
        found = AgendaItem.objects.visible_to(self.request.user)
        found = found.select_related("meeting__office", "meeting__region", "case")
        asked = self.request.query_params.get("meeting", "")
        return found.filter(meeting=int(asked)) if asked.isdecimal() else found

    @extend_schema(request=ItemDecision, responses=AgendaItemSerializer)
    @action(detail=True, methods=["post"])
    def decide(self, request, pk=None):
        """With the tasks it means."""

        def act(thing, at, text, lines, withdraws, new_due_on):
            user = request.user
            whole = [
                holding.Line(
                    text=given["text"], department=one_of(Department, user, "department", given["department"]),
                    person=one_of(User, user, "person", given["person"]), due_on=given["due_on"],
                )
                for given in lines
            ]  # fmt: skip
            holding.decide_item(
                item=thing, text=text, lines=whole, withdraws=withdraws, new_due_on=new_due_on, by=user, at=at
            )

        return self.step(request, "item_decided", rules.can_decide, ItemDecision, act)

    @extend_schema(request=ItemDeferral, responses=AgendaItemSerializer)
    @action(detail=True, methods=["post"])
    def defer(self, request, pk=None):
        return self.step(
            request, "item_deferred", rules.can_decide, ItemDeferral,
            lambda thing, at, **given: holding.defer_item(item=thing, by=request.user, at=at, **given),
        )  # fmt: skip

    @extend_schema(request=ItemNote, responses=AgendaItemSerializer)
    @action(detail=True, methods=["post"])
    def note(self, request, pk=None):
        return self.step(
            request, "item_noted", rules.can_decide, ItemNote,
            lambda thing, at, **given: holding.note_item(item=thing, by=request.user, at=at, **given),
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
        asked = self.request.query_params.get("status")
        of = self.request.query_params.get("deployment", "")
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
    ("agenda-items", AgendaItemViewSet),
    ("minutes", MinutesViewSet),
    ("resolutions", ResolutionViewSet),
    *proposal_entries,
]
