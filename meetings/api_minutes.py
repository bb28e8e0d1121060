"""`/api/v1/minutes/` and their parts: edited part by part, countersigned, signed for issue, numbered."""

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action

from core.api import asked_of
from meetings import rules_minutes
from meetings.actions import minutes, returning
from meetings.api_base import STEP, Steps
from meetings.api_files import MinutesFiles
from meetings.api_on_paper import MinutesOnPaper
from meetings.api_shapes import (
    MeetingNothing,
    MeetingReason,
    MinutesApproval,
    MinutesPartSerializer,
    MinutesPartText,
    MinutesSerializer,
    MinutesSignature,
)
from meetings.models import Minutes, MinutesPart


class MinutesViewSet(MinutesFiles, MinutesOnPaper, Steps):
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

    @extend_schema(request=MeetingNothing, responses=MinutesSerializer, parameters=STEP)
    @action(detail=True, methods=["post"])
    def circulate(self, request, pk=None):
        return self.step(
            request, "minutes_circulated", rules_minutes.can_circulate, MeetingNothing,
            lambda thing, at: minutes.circulate_minutes(minutes=thing, by=request.user, at=at),
        )  # fmt: skip

    @extend_schema(request=MinutesSignature, responses=MinutesSerializer, parameters=STEP)
    @action(detail=True, methods=["post"])
    def sign(self, request, pk=None):
        """Countersign a version, or object with words."""
        return self.step(
            request, "minutes_signed", rules_minutes.can_sign, MinutesSignature,
            lambda thing, at, **given: minutes.sign_minutes(
                minutes=thing, department=request.user.department, by=request.user, at=at, **given
            ),
        )  # fmt: skip

    @extend_schema(request=MinutesApproval, responses=MinutesSerializer, parameters=STEP)
    @action(detail=True, methods=["post"])
    def approve(self, request, pk=None):
        return self.step(
            request, "minutes_approved", rules_minutes.can_approve, MinutesApproval,
            lambda thing, at, **given: minutes.approve_minutes(minutes=thing, by=request.user, at=at, **given),
        )  # fmt: skip

    @extend_schema(request=MeetingReason, responses=MinutesSerializer, parameters=STEP)
    @action(detail=True, methods=["post"], url_path="send-back")
    def send_back(self, request, pk=None):
        """Back to a draft, with a reason, by who could sign them for issue."""
        return self.step(
            request, "minutes_returned", rules_minutes.can_return, MeetingReason,
            lambda thing, at, reason: returning.return_minutes(minutes=thing, reason=reason, by=request.user, at=at),
        )  # fmt: skip

    @extend_schema(request=MeetingNothing, responses=MinutesSerializer, parameters=STEP)
    @action(detail=True, methods=["post"])
    def issue(self, request, pk=None):
        return self.step(
            request, "minutes_numbered", rules_minutes.can_issue, MeetingNothing,
            lambda thing, at: minutes.issue_minutes(minutes=thing, by=request.user, at=at),
        )  # fmt: skip


class MinutesPartViewSet(Steps):
    """Parts of minutes; each has a version of its own. Filter by `minutes`."""

    queryset = MinutesPart.objects.none()  # door: get_queryset
    serializer_class = MinutesPartSerializer

    def get_queryset(self):
        if getattr(self, "swagger_fake_view", False):
            return MinutesPart.objects.none()  # door: the schema only
        found = MinutesPart.objects.visible_to(self.request.user)
        asked = asked_of(self).get("minutes", "")
        found = found.filter(minutes=int(asked)) if asked.isdecimal() else found
        return found.select_related("minutes__meeting__office", "minutes__meeting__region", "item__case")

    @extend_schema(request=MinutesPartText, responses=MinutesPartSerializer, parameters=STEP)
    @action(detail=True, methods=["post"])
    def edit(self, request, pk=None):
        """Another text; 412 where somebody edited the part since. Countersignatures in force are void."""
        return self.step(
            request, "part_edited", rules_minutes.can_edit_part, MinutesPartText,
            lambda thing, at, text: minutes.edit_part(
                part=thing, text=text, expected_version=thing.version, by=request.user, at=at
            ),
        )  # fmt: skip


router_entries = [("minutes", MinutesViewSet), ("minutes-parts", MinutesPartViewSet)]
