"""`/api/v1/agenda-items/` and `/api/v1/attendances/`: what is on the agenda, its material, and who comes."""

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action

from core.api import asked_of
from core.parsers import MultiPartParser
from departments.models import Department
from meetings import rules
from meetings.actions import agenda, attendance, holding, topics
from meetings.api_base import STEP, Steps, one_of, person_of
from meetings.api_files import ItemFiles
from meetings.api_on_paper import AttendanceOnPaper
from meetings.api_shapes import (
    AgendaItemSerializer,
    AttendanceSerializer,
    ItemDecision,
    ItemDeferral,
    ItemMaterial,
    ItemMerge,
    ItemMove,
    ItemNote,
    ItemPin,
    ItemText,
    MeetingAnswer,
    MeetingNothing,
    MeetingReason,
)
from meetings.models import AgendaItem, Attendance, Material


class AgendaItemViewSet(ItemFiles, Steps):
    """Topics. Filter by `meeting`."""

    queryset = AgendaItem.objects.none()  # door: get_queryset
    serializer_class = AgendaItemSerializer

    def get_queryset(self):
        if getattr(self, "swagger_fake_view", False):
            return AgendaItem.objects.none()  # door: the schema only
        found = AgendaItem.objects.visible_to(self.request.user)
        found = found.select_related("meeting__office", "meeting__region", "case").prefetch_related(
            "materials"
        )
        asked = asked_of(self).get("meeting", "")
        return found.filter(meeting=int(asked)) if asked.isdecimal() else found

    @extend_schema(request=ItemText, responses=AgendaItemSerializer, parameters=STEP)
    @action(detail=True, methods=["post"])
    def edit(self, request, pk=None):
        """Other words for it."""
        return self.step(
            request, "item_edited", rules.can_edit, ItemText,
            lambda thing, at, **given: agenda.edit_item(
                item=thing, expected_version=thing.version, by=request.user, at=at, **given
            ),
        )  # fmt: skip

    @extend_schema(request=ItemMove, responses=AgendaItemSerializer, parameters=STEP)
    @action(detail=True, methods=["post"])
    def move(self, request, pk=None):
        """One place up or down among its like."""
        return self.step(
            request, "item_moved", rules.can_move, ItemMove,
            lambda thing, at, up: agenda.move_item(item=thing, up=up, by=request.user, at=at),
        )  # fmt: skip

    @extend_schema(request=ItemMerge, responses=AgendaItemSerializer, parameters=STEP)
    @action(detail=True, methods=["post"])
    def merge(self, request, pk=None):
        """Into another topic of the meeting."""
        return self.step(
            request, "item_merged", rules.can_merge, ItemMerge,
            lambda thing, at, into, reason: agenda.merge_item(
                item=thing, into=one_of(AgendaItem, request.user, "into", into), reason=reason, by=request.user, at=at
            ),
        )  # fmt: skip

    @extend_schema(request=MeetingReason, responses=AgendaItemSerializer, parameters=STEP)
    @action(detail=True, methods=["post"])
    def drop(self, request, pk=None):
        """Off the agenda, or a proposed one refused."""
        return self.step(
            request, "item_dropped", rules.can_drop, MeetingReason,
            lambda thing, at, reason: agenda.drop_item(item=thing, reason=reason, by=request.user, at=at),
        )  # fmt: skip

    @extend_schema(request=MeetingNothing, responses=AgendaItemSerializer, parameters=STEP)
    @action(detail=True, methods=["post"])
    def take(self, request, pk=None):
        """Onto the agenda, or back."""
        return self.step(
            request, "item_listed", rules.can_take, MeetingNothing,
            lambda thing, at: agenda.list_item(item=thing, by=request.user, at=at),
        )  # fmt: skip

    @extend_schema(request=ItemMaterial, responses=AgendaItemSerializer, parameters=STEP)
    @action(detail=True, methods=["post"], url_path="hand-in", parser_classes=[MultiPartParser])
    def hand_in(self, request, pk=None):
        """A file for it; one of the same name is a newer version."""
        return self.step(
            request, "material_added", rules.can_hand_in, ItemMaterial,
            lambda thing, at, upload: topics.add_material(item=thing, upload=upload, by=request.user, at=at),
        )  # fmt: skip

    @extend_schema(request=ItemPin, responses=AgendaItemSerializer, parameters=STEP)
    @action(detail=True, methods=["post"])
    def pin(self, request, pk=None):
        """Lay this version of a file on the table."""

        def act(thing, at, material):
            row = one_of(Material, request.user, "material", material, item=thing)
            row.item = thing
            topics.pin_material(material=row, by=request.user, at=at)

        return self.step(request, "material_pinned", rules.can_pin_file, ItemPin, act)

    @extend_schema(request=MeetingNothing, responses=AgendaItemSerializer, parameters=STEP)
    @action(detail=True, methods=["post"], url_path="pin-thing")
    def pin_thing(self, request, pk=None):
        """The topic is about the present state of its thing, such as the words of a proposal."""
        return self.step(
            request, "thing_pinned", rules.can_pin_thing, MeetingNothing,
            lambda thing, at: topics.pin_thing(item=thing, by=request.user, at=at),
        )  # fmt: skip

    @extend_schema(request=ItemDecision, responses=AgendaItemSerializer, parameters=STEP)
    @action(detail=True, methods=["post"])
    def decide(self, request, pk=None):
        """With the tasks it means."""

        def act(thing, at, text, lines, merged, withdraws, new_due_on):
            user = request.user
            whole = [
                holding.Line(
                    text=given["text"], department=one_of(Department, user, "department", given["department"]),
                    person=person_of(user, given["person"]), name=given["name"], due_on=given["due_on"],
                    topic=given["topic"] and one_of(AgendaItem, user, "topic", given["topic"]),
                )
                for given in lines
            ]  # fmt: skip
            words = {each["item"]: each["text"] for each in merged}
            holding.decide_item(
                item=thing, text=text, lines=whole, merged=words, withdraws=withdraws, new_due_on=new_due_on,
                by=user, at=at,
            )  # fmt: skip

        return self.step(request, "item_decided", rules.can_decide, ItemDecision, act)

    @extend_schema(request=ItemDeferral, responses=AgendaItemSerializer, parameters=STEP)
    @action(detail=True, methods=["post"])
    def defer(self, request, pk=None):
        return self.step(
            request, "item_deferred", rules.can_decide, ItemDeferral,
            lambda thing, at, **given: holding.defer_item(item=thing, by=request.user, at=at, **given),
        )  # fmt: skip

    @extend_schema(request=ItemNote, responses=AgendaItemSerializer, parameters=STEP)
    @action(detail=True, methods=["post"])
    def note(self, request, pk=None):
        return self.step(
            request, "item_noted", rules.can_decide, ItemNote,
            lambda thing, at, **given: holding.note_item(item=thing, by=request.user, at=at, **given),
        )  # fmt: skip

    @extend_schema(request=MeetingNothing, responses=AgendaItemSerializer, parameters=STEP)
    @action(detail=True, methods=["post"])
    def reopen(self, request, pk=None):
        """Take the outcome back while the meeting lasts; tasks that came with it never begin."""
        return self.step(
            request, "item_reopened", rules.can_reopen, MeetingNothing,
            lambda thing, at: holding.reopen_item(item=thing, by=request.user, at=at),
        )  # fmt: skip


class AttendanceViewSet(AttendanceOnPaper, Steps):
    """Who is asked to a meeting, what they answered and who came. Filter by `meeting`."""

    queryset = Attendance.objects.none()  # door: get_queryset
    serializer_class = AttendanceSerializer

    def get_queryset(self):
        if getattr(self, "swagger_fake_view", False):
            return Attendance.objects.none()  # door: the schema only
        found = Attendance.objects.visible_to(self.request.user)
        found = found.select_related("meeting__office", "meeting__region", "department").prefetch_related("proofs")
        asked = asked_of(self).get("meeting", "")
        return found.filter(meeting=int(asked)) if asked.isdecimal() else found

    @extend_schema(request=MeetingAnswer, responses=AttendanceSerializer, parameters=STEP)
    @action(detail=True, methods=["post"])
    def answer(self, request, pk=None):
        """Somebody comes, a substitute comes, or leave is asked for with its reason."""

        def act(thing, at, person, **given):
            who = person_of(request.user, person)
            attendance.answer_invitation(attendance=thing, person=who, by=request.user, at=at, **given)

        return self.step(request, "answered", rules.can_answer, MeetingAnswer, act)


router_entries = [("agenda-items", AgendaItemViewSet), ("attendances", AttendanceViewSet)]
