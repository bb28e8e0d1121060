"""What inspections count for the statistics report (E48): who was visited, how many of all, by whom how often."""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from cases.enums import SubjectKind
from cases.models import Subject
from core.dates import local_date
from core.offers import Counted, Listed, Span
from core.together import together
from departments.models import Region
from inspections.coverage import KINDS, Line
from inspections.models import CoverageExemption, Inspection, Visit, VisitOfficer

CODES = ("checked", "coverage", "public", "private", "unknown", "teams", "person_times")
BODIES = ("checked", "coverage", "public", "private", "unknown")
OWNED = {"public": True, "private": False, "unknown": None}


def _visits(region: Region, since: dt.date, until: dt.date) -> QuerySet[Visit]:
    return Visit.objects.over().filter(inspection__region=region, visited_on__range=(since, until))


def _officers(region: Region, since: dt.date, until: dt.date) -> QuerySet[VisitOfficer]:
    return VisitOfficer.objects.filter(visit__in=_visits(region, since, until))


class _Register:
    """The region's institutions and pharmacies with the days of their visits, read once for all spans of a page.

    The same sets as `coverage.institutions`, of any span: who was entered by its end, without those exempt in its year
    unless they were visited in it.
    """

    def __init__(self, region: Region, spans: Iterable[Span], *beside: QuerySet) -> None:
        """beside: what else is fetched in the same statement."""
        spans = list(spans)
        since, until = min(span[0] for span in spans), max(span[1] for span in spans)
        bodies = Subject.objects.filter(region=region, kind__in=KINDS).values_list("pk", "kind", "public", "created_at")
        visits = _visits(region, since, until).values_list("visited_on", "inspection_id", "target__subject_id")
        exempt = CoverageExemption.objects.filter(region=region, from_year__lte=until.year).values_list(
            "subject_id", "from_year", "ended_at"
        )
        together((bodies, visits, exempt, *beside))
        self.bodies = [(pk, kind, public, local_date(at)) for pk, kind, public, at in bodies]
        self.visits = list(visits)
        self.exempt = [
            (subject, year, local_date(ended) if ended else None) for subject, year, ended in exempt
        ]

    def visited(self, span: Span) -> set[int]:
        return {subject for day, _inspection, subject in self.visits if span[0] <= day <= span[1]}

    def left_out(self, span: Span) -> set[int]:
        last = dt.date(span[1].year, 12, 31)
        return {
            subject
            for subject, year, ended in self.exempt
            if year <= span[1].year and (ended is None or ended > last)
        }

    def counted(self, span: Span) -> list[tuple[int, str, bool | None, bool]]:
        """(body, kind, public, visited) of everybody who counts for the coverage of a span."""
        seen, out = self.visited(span), self.left_out(span)
        return [
            (pk, kind, public, pk in seen)
            for pk, kind, public, entered in self.bodies
            if entered <= span[1] and (pk in seen or pk not in out)
        ]


def numbers(region: Region, spans: list[Span]) -> list[dict[str, Any]]:
    """One statement, however many spans."""
    since, until = min(span[0] for span in spans), max(span[1] for span in spans)
    officers = _officers(region, since, until).values_list(
        "visit__inspection_id", "visit__visited_on", "member__user_id"
    )
    register = _Register(region, spans, officers)
    went = set(officers)
    return [_numbers(register, went, span) for span in spans]


def _numbers(register: _Register, went: set[tuple[int, dt.date, int]], span: Span) -> dict[str, Any]:
    rows = register.counted(span)
    clinics = [public for _pk, kind, public, visited in rows if visited and kind == SubjectKind.INSTITUTION]
    line = Line(len(rows), sum(visited for *_rest, visited in rows))
    share: Decimal | None = line.share
    return {
        "checked": line.visited,
        "coverage": share,
        **{code: clinics.count(owned) for code, owned in OWNED.items()},
        "teams": len({each for day, each, _subject in register.visits if span[0] <= day <= span[1]}),
        "person_times": sum(span[0] <= day <= span[1] for _inspection, day, _user in went),
    }


def listed(code: str, region: Region, span: Span, user: Any, start: int, stop: int) -> Listed:
    """The bodies, the inspections, or who went on which day."""
    if code in BODIES:
        return _bodies(code, region, span, start, stop)
    return _teams(region, span, user, start, stop) if code == "teams" else _people(region, span, start, stop)


def _bodies(code: str, region: Region, span: Span, start: int, stop: int) -> Listed:
    register = _Register(region, [span])
    wanted = [
        pk
        for pk, kind, public, visited in register.counted(span)
        if (visited or code == "coverage")
        and (code not in OWNED or (kind == SubjectKind.INSTITUTION and public is OWNED[code]))
    ]
    days: dict[int, list[dt.date]] = {}
    for day, _inspection, subject in sorted(register.visits):
        days.setdefault(subject, []).append(day)
    owned = {True: _("public"), False: _("not public"), None: "—"}
    found = Subject.objects.filter(pk__in=wanted).order_by("kind", "name", "pk")[start:stop]
    return Listed(
        (_("Institution"), _("Code"), _("Kind"), _("Ownership"), _("Visited on")),
        len(wanted),
        [
            Counted(
                (
                    subject.name, subject.uscc or "—", subject.get_kind_display(), owned[subject.public],
                    ", ".join(dict.fromkeys(day.isoformat() for day in days.get(subject.pk, []))) or "—",
                ),
                reverse("cases:subject", args=[subject.pk]),
            )
            for subject in found
        ],
    )  # fmt: skip


def _teams(region: Region, span: Span, user: Any, start: int, stop: int) -> Listed:
    days: dict[int, list[dt.date]] = {}
    for pk, day in _visits(region, *span).values_list("inspection_id", "visited_on"):
        days.setdefault(pk, []).append(day)
    seen = set(Inspection.objects.visible_to(user).filter(pk__in=days).values_list("pk", flat=True))
    found = Inspection.objects.filter(pk__in=days).select_related("lead").order_by("starts_on", "pk")
    return Listed(
        (_("Inspection"), _("Lead department"), _("Days on site"), _("Visits")),
        len(days),
        [
            Counted(
                (each.title, each.lead.short_name, len(set(days[each.pk])), len(days[each.pk])),
                each.get_absolute_url() if each.pk in seen else "",
            )
            for each in found[start:stop]
        ],
    )


def _people(region: Region, span: Span, start: int, stop: int) -> Listed:
    rows = sorted(
        _officers(region, *span)
        .order_by()
        .values_list(
            "visit__visited_on", "visit__inspection__title", "member__partner__department__short_name",
            "member__name", "visit__inspection_id", "member__user_id",
        )
        .distinct()
    )  # fmt: skip
    once = {(day, inspection, person): (day, title, unit, name) for day, title, unit, name, inspection, person in rows}
    cells = list(once.values())
    return Listed(
        (_("Day"), _("Inspection"), _("Department"), _("Name")),
        len(cells),
        [Counted((day.isoformat(), title, unit, name)) for day, title, unit, name in cells[start:stop]],
    )
