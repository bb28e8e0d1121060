"""`/api/v1/coverage/` and `/visits-in-year/`: the counts of the pages."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import viewsets
from rest_framework.exceptions import PermissionDenied
from rest_framework.response import Response

from cases.enums import BODIES
from cases.models import Subject
from core.api import InPost, unknown
from core.dates import local_date
from inspections import coverage as figures
from inspections import pools_rules
from inspections.api_draw_shapes import (
    CoverageShape,
    FrequencyShape,
)
from inspections.frequency import visits_in_year

YEAR = OpenApiParameter("year", int, description="a calendar year; this one if left out")

SUBJECTS = OpenApiParameter(
    "subject", int, many=True, required=True, description="ids of bodies, at most 200"
)


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
    ("coverage", CoverageViewSet, "coverage"),
    ("visits-in-year", FrequencyViewSet, "visitsinyear"),
]
