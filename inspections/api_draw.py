"""`/api/v1/draws/`: the doors, rules and actions of the pages."""

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.exceptions import PermissionDenied
from rest_framework.response import Response

from core.api import asked_of
from inspections import draw_rules, pools_rules
from inspections.actions import draw as actions
from inspections.actions.draw_ends import ask_leave_out
from inspections.actions.pools_reading import record_taken
from inspections.api_draw_base import STEP, Kept, one_of
from inspections.api_draw_shapes import (
    DrawAnswer,
    DrawCommit,
    DrawLeaveOut,
    DrawNumber,
    DrawReason,
    DrawRecordShape,
    DrawSerializer,
)
from inspections.draw_check import agrees, check
from inspections.draw_enums import DrawStatus
from inspections.draw_record import published
from inspections.models import (
    Draw,
    DrawnTarget,
    Inspection,
    Pool,
)
from workspace.once import KEY


class DrawViewSet(Kept):
    """Draws of the inspections one sees. Filter by `status` or `inspection`."""

    queryset = Draw.objects.none()  # door: get_queryset
    serializer_class = DrawSerializer

    def get_queryset(self):
        if getattr(self, "swagger_fake_view", False):
            return Draw.objects.none()  # door: the schema only
        found = Draw.objects.visible_to(self.request.user).for_list()
        asked = asked_of(self)
        if asked.get("status") in DrawStatus.values:
            found = found.filter(status=asked["status"])
        inspection = asked.get("inspection", "")
        return (
            found.filter(inspection=int(inspection))
            if inspection.isdecimal() and len(inspection) < 19
            else found
        )

    @extend_schema(request=DrawCommit, responses={201: DrawSerializer}, parameters=[KEY])
    def create(self, request):
        """Commit: freeze both pools and publish the commitment. The versions are those read of the pools."""
        user = request.user
        if not pools_rules.can_make(user):
            raise PermissionDenied

        def act(at, *, inspection, target_pool, officer_pool, **given):
            found = one_of(Inspection.objects.visible_to(user), "inspection", pk=inspection)
            if not draw_rules.can_commit(user, found):
                raise PermissionDenied
            kept = Pool.objects.visible_to(user).filter(department=user.department)
            return actions.commit_draw(
                inspection=found, target_pool=one_of(kept, "target_pool", pk=target_pool),
                officer_pool=one_of(kept, "officer_pool", pk=officer_pool), by=user, at=at, **given,
            )  # fmt: skip

        return self.made(request, DrawCommit, act)

    @extend_schema(request=DrawNumber, responses=DrawSerializer, parameters=STEP)
    @action(detail=True, methods=["post"])
    def make(self, request, pk=None):
        """Draw with the number as published; by another department than who committed."""
        return self.step(
            request, "draw.drawn", draw_rules.can_draw, DrawNumber,
            lambda thing, at, **given: actions.make_draw(draw=thing, by=request.user, at=at, **given),
        )  # fmt: skip

    @extend_schema(request=DrawReason, responses=DrawSerializer, parameters=STEP)
    @action(detail=True, methods=["post"])
    def annul(self, request, pk=None):
        """Ask that it be annulled or given up."""
        return self.step(
            request, "draw.annulment_asked", draw_rules.can_ask_annulment, DrawReason,
            lambda thing, at, **given: actions.ask_annulment(draw=thing, by=request.user, at=at, **given),
        )  # fmt: skip

    @extend_schema(request=DrawLeaveOut, responses=DrawSerializer, parameters=STEP)
    @action(detail=True, methods=["post"], url_path="leave-out")
    def leave_out(self, request, pk=None):
        """Ask that one drawn target be left out."""

        def act(thing, at, code, reason):
            seen = DrawnTarget.objects.visible_to(request.user)
            target = one_of(seen, "code", draw=thing, code=code)
            return ask_leave_out(draw=thing, target=target, reason=reason, by=request.user, at=at)

        return self.step(request, "draw.leave_out_asked", draw_rules.can_ask_leave_out, DrawLeaveOut, act)

    @extend_schema(request=DrawAnswer, responses=DrawSerializer, parameters=STEP)
    @action(detail=True, methods=["post"])
    def answer(self, request, pk=None):
        """The second person's word."""
        return self.step(
            request, "draw.annulled", draw_rules.can_answer_annulment, DrawAnswer,
            lambda thing, at, **given: actions.answer_annulment(draw=thing, by=request.user, at=at, **given),
        )  # fmt: skip

    @extend_schema(responses=DrawRecordShape)
    @action(detail=True, methods=["get"])
    def record(self, request, pk=None):
        """The published record, and whether it agrees when it is worked out again (docs/draw.md)."""
        draw = self.get_object()
        record_taken(draw=draw, by=request.user, at=timezone.now())
        said = published(draw)
        checks = check(said)
        answer = {
            "record": said, "agrees": agrees(checks),
            "checks": [{"what": str(each.what), "agrees": each.agrees, "said": each.said} for each in checks],
        }  # fmt: skip
        return Response(DrawRecordShape(answer).data)


router_entries = [("draws", DrawViewSet)]
