"""`/api/v1/draws/`, `/pools/`, `/coverage/` and `/visits-in-year/`: the doors, rules and actions of the pages."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import PermissionDenied
from rest_framework.response import Response

from cases.enums import BODIES
from cases.models import Subject
from core.api import InPost, asked_of, unknown
from core.dates import local_date
from core.parsers import MultiPartParser
from inspections import coverage as figures
from inspections import draw_rules, pools_lists, pools_rules
from inspections.actions import draw as actions
from inspections.actions import pools, pools_officers
from inspections.actions.draw_ends import ask_leave_out
from inspections.actions.pools_reading import record_taken
from inspections.api_draw_base import STEP, Kept, one_of
from inspections.api_draw_shapes import (
    CoverageShape,
    DrawAnswer,
    DrawCommit,
    DrawLeaveOut,
    DrawNumber,
    DrawReason,
    DrawRecordShape,
    DrawSerializer,
    FrequencyShape,
    PoolChange,
    PoolNew,
    PoolNothing,
    PoolOfficerLeaves,
    PoolOfficerNew,
    PoolRecusalEnds,
    PoolRecusalNew,
    PoolSerializer,
    PoolTargetLeaves,
    PoolTargetNew,
    PoolUpload,
)
from inspections.draw_check import agrees, check
from inspections.draw_enums import DrawStatus
from inspections.draw_record import published
from inspections.frequency import visits_in_year
from inspections.models import (
    Draw,
    DrawnTarget,
    EnforcementCertificate,
    Inspection,
    Pool,
    PoolOfficer,
    PoolRecusal,
    PoolTarget,
)
from workspace.once import KEY

YEAR = OpenApiParameter("year", int, description="a calendar year; this one if left out")

SUBJECTS = OpenApiParameter(
    "subject", int, many=True, required=True, description="ids of bodies, at most 200"
)


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


class PoolViewSet(Kept):
    """Pools of one's department; the office reads those of the region."""

    queryset = Pool.objects.none()  # door: get_queryset
    serializer_class = PoolSerializer

    def get_queryset(self):
        if getattr(self, "swagger_fake_view", False):
            return Pool.objects.none()  # door: the schema only
        return Pool.objects.visible_to(self.request.user).select_related("department")

    @extend_schema(request=PoolNew, responses={201: PoolSerializer}, parameters=[KEY])
    def create(self, request):
        """An empty pool of one's department."""
        if not pools_rules.can_make(request.user):
            raise PermissionDenied
        return self.made(
            request, PoolNew, lambda at, **given: pools.make_pool(by=request.user, at=at, **given)
        )

    def _kept(self, request, verb, form, act):
        return self.step(request, verb, pools_rules.can_keep, form, act)

    def _body(self, pk: int) -> Subject:
        """:raises ValidationError: no body of this id (under `subject`)"""
        return one_of(Subject.objects.visible_to(self.request.user), "subject", pk=pk)

    @extend_schema(request=PoolNothing, responses=PoolSerializer, parameters=STEP)
    @action(detail=True, methods=["post"])
    def retire(self, request, pk=None):
        """Out of use."""
        return self._kept(
            request,
            "pool.retired",
            PoolNothing,
            lambda thing, at: pools.retire_pool(pool=thing, by=request.user, at=at),
        )

    @extend_schema(request=PoolTargetNew, responses=PoolSerializer, parameters=STEP)
    @action(detail=True, methods=["post"], url_path="add-target")
    def add_target(self, request, pk=None):
        """A body with its weight and the reason of one above 1."""
        return self._kept(
            request, "pool.target_added", PoolTargetNew,
            lambda thing, at, subject, **given: pools.add_target(
                pool=thing, subject=self._body(subject), by=request.user, at=at, **given
            ),
        )  # fmt: skip

    def _target(self, pool: Pool, pk: int) -> PoolTarget:
        found = PoolTarget.objects.visible_to(self.request.user).select_related("pool", "subject")
        return one_of(found, "target", pk=pk, pool=pool)

    @extend_schema(request=PoolChange, responses=PoolSerializer, parameters=STEP)
    @action(detail=True, methods=["post"], url_path="change-target")
    def change_target(self, request, pk=None):
        """Another weight, class or area."""
        return self._kept(
            request, "pool.target_changed", PoolChange,
            lambda thing, at, target, **given: pools.change_target(
                target=self._target(thing, target), by=request.user, at=at, **given
            ),
        )  # fmt: skip

    @extend_schema(request=PoolTargetLeaves, responses=PoolSerializer, parameters=STEP)
    @action(detail=True, methods=["post"], url_path="remove-target")
    def remove_target(self, request, pk=None):
        """Out of the pool, with the reason."""
        return self._kept(
            request, "pool.target_removed", PoolTargetLeaves,
            lambda thing, at, target, **given: pools.remove_target(
                target=self._target(thing, target), by=request.user, at=at, **given
            ),
        )  # fmt: skip

    @extend_schema(request={"multipart/form-data": PoolUpload}, responses=PoolSerializer, parameters=STEP)
    @action(detail=True, methods=["post"], url_path="import", parser_classes=[MultiPartParser])
    def import_targets(self, request, pk=None):
        """A list of targets, all of it or nothing."""

        def act(thing, at, upload):
            rows = pools_lists.read_targets(upload)
            return pools.import_targets(pool=thing, rows=rows, by=request.user, at=at)

        return self._kept(request, "pool.imported", PoolUpload, act)

    def _officer(self, pool: Pool, pk: int) -> PoolOfficer:
        found = PoolOfficer.objects.visible_to(self.request.user).select_related("pool", "certificate__user")
        return one_of(found, "officer", pk=pk, pool=pool)

    @extend_schema(request=PoolOfficerNew, responses=PoolSerializer, parameters=STEP)
    @action(detail=True, methods=["post"], url_path="add-officer")
    def add_officer(self, request, pk=None):
        """An officer by a certificate in force."""

        def act(thing, at, certificate):
            found = EnforcementCertificate.objects.visible_to(request.user).select_related(
                "user", "department"
            )
            chosen = one_of(found, "certificate", pk=certificate)
            return pools_officers.add_officer(pool=thing, certificate=chosen, by=request.user, at=at)

        return self._kept(request, "pool.officer_added", PoolOfficerNew, act)

    @extend_schema(request=PoolOfficerLeaves, responses=PoolSerializer, parameters=STEP)
    @action(detail=True, methods=["post"], url_path="remove-officer")
    def remove_officer(self, request, pk=None):
        """Out of the pool, with the reason."""
        return self._kept(
            request, "pool.officer_removed", PoolOfficerLeaves,
            lambda thing, at, officer, **given: pools_officers.remove_officer(
                officer=self._officer(thing, officer), by=request.user, at=at, **given
            ),
        )  # fmt: skip

    @extend_schema(request=PoolRecusalNew, responses=PoolSerializer, parameters=STEP)
    @action(detail=True, methods=["post"])
    def recuse(self, request, pk=None):
        """An officer stands aside: for one body, or for all without `subject`."""

        def act(thing, at, officer, subject, **given):
            chosen = self._officer(thing, officer)
            body = None if subject is None else self._body(subject)
            return pools_officers.declare_recusal(
                officer=chosen, subject=body, by=request.user, at=at, **given
            )

        return self._kept(request, "pool.recused", PoolRecusalNew, act)

    @extend_schema(request=PoolRecusalEnds, responses=PoolSerializer, parameters=STEP)
    @action(detail=True, methods=["post"], url_path="end-recusal")
    def end_recusal(self, request, pk=None):
        """The ground is gone."""

        def act(thing, at, recusal):
            seen = PoolRecusal.objects.visible_to(request.user).select_related(
                "officer__pool", "officer__certificate"
            )
            found = one_of(seen, "recusal", pk=recusal, officer__pool=thing)
            return pools_officers.end_recusal(recusal=found, by=request.user, at=at)

        return self._kept(request, "pool.recusal_ended", PoolRecusalEnds, act)


def _year(request: Any) -> int:
    """:raises ValidationError: no year between 2000 and 2100 (under `year`)"""
    said = request.query_params.get("year", "")
    if not said:
        return local_date(timezone.now()).year
    if not (len(said) == 4 and said.isascii() and said.isdigit() and 2000 <= int(said) <= 2100):
        raise unknown("year")
    return int(said)


class CoverageViewSet(viewsets.GenericViewSet):
    """How many institutions and pharmacies of the region had a visit in a year (E48)."""

    permission_classes = [InPost]
    serializer_class = CoverageShape
    pagination_class = None

    @extend_schema(responses=CoverageShape, parameters=[YEAR])
    def list(self, request):
        """Counts and percent with two places; `left_ids` are the subjects without a visit."""
        user = request.user
        if not pools_rules.can_see_coverage(user):
            raise PermissionDenied
        year = _year(request)
        found = figures.coverage_of(user.region, year)
        said = {
            "year": year,
            "lines": [
                {
                    "name": name,
                    "total": line.total,
                    "visited": line.visited,
                    "left": line.left,
                    "share": line.share,
                }
                for name, line in figures.lines(found)
            ],
            "exempt": found.exempt,
            "left_ids": list(figures.not_yet(user.region, year).values_list("pk", flat=True)),
        }
        return Response(CoverageShape(said).data)


class FrequencyViewSet(viewsets.GenericViewSet):
    """频次核对: the visits of bodies in a year against the cap."""

    permission_classes = [InPost]
    serializer_class = FrequencyShape
    pagination_class = None

    @extend_schema(
        responses=FrequencyShape(many=True),
        parameters=[YEAR, SUBJECTS],
    )
    def list(self, request):
        """Those of the named bodies one sees."""
        user = request.user
        if not pools_rules.can_see_coverage(user):
            raise PermissionDenied
        asked = request.query_params.getlist("subject")[:200]
        wanted = [int(each) for each in asked if each.isascii() and each.isdigit() and len(each) < 19]
        bodies = Subject.objects.visible_to(user).filter(pk__in=wanted, kind__in=sorted(BODIES))
        found = visits_in_year(bodies, _year(request), user)
        said = [
            {
                "subject": row.subject.pk, "counted": row.counted, "exempt": row.exempt, "cap": row.most,
                "reached": row.reached, "inspections": [each.pk for each in row.seen],
            }
            for row in found.values()
        ]  # fmt: skip
        return Response(FrequencyShape(said, many=True).data)


router_entries = [
    ("draws", DrawViewSet),
    ("pools", PoolViewSet),
    ("coverage", CoverageViewSet, "coverage"),
    ("visits-in-year", FrequencyViewSet, "visitsinyear"),
]
