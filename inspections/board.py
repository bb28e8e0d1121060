"""What inspections put on the dashboard: how many, whom they visited, the coverage of the year, what is to be rectified.

The office sees the plan and counts (`querysets`): the rows behind a rectification say the inspection, who answers for it and
by when, not what was found.
"""

from collections.abc import Iterator
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from core.boards import Asked, Block, Cell, Column, FigureList, Row, Tile
from inspections.coverage import Line, institutions, years
from inspections.enums import InspectionStatus, RectificationStatus
from inspections.models import Inspection, Partner, Rectification, Visit
from inspections.pools_rules import can_see_coverage

R = RectificationStatus
COUNTED = (InspectionStatus.DRAFT, InspectionStatus.CANCELLED)  # not these
STANDS = {
    "open": ((R.OPEN,), gettext_lazy("To be done")),
    "late": ((R.OPEN,), gettext_lazy("Of these overdue")),
    "done": ((R.DONE,), gettext_lazy("Reported as done, not confirmed")),
    "confirmed": ((R.CONFIRMED,), gettext_lazy("Confirmed")),
}


def _seen(user: Any, asked: Asked) -> QuerySet[Inspection]:
    found = Inspection.objects.visible_to(user).exclude(status=InspectionStatus.DRAFT)
    if asked.region is not None:
        found = found.filter(region=asked.region)
    if asked.department is not None:
        part = Partner.objects.filter(  # door: of inspections one sees
            inspection=OuterRef("pk"), department=asked.department, dropped_at=None
        )
        found = found.filter(Q(lead=asked.department) | Exists(part))
    return found


def under(user: Any, asked: Asked) -> QuerySet[Inspection]:
    """Inspections of the period: any of their days lies in it; not what is only planned or was given up."""
    return _seen(user, asked).exclude(status__in=COUNTED).filter(
        starts_on__lte=asked.until, ends_on__gte=asked.since
    )  # fmt: skip


def visited(user: Any, asked: Asked) -> QuerySet[Visit]:
    """Visits of the period that stand, of inspections the reader sees."""
    days = (asked.since, asked.until)
    found = Visit.objects.standing().filter(visited_on__range=days)  # door: of inspections one sees; they are counted
    return found.filter(inspection__in=_seen(user, asked).values("pk"))


def rectifications(user: Any, asked: Asked, stand: str) -> QuerySet[Rectification]:
    """Those of a stand as it is today, of inspections the reader sees."""
    found = Rectification.objects.filter(  # door: of inspections one sees; rows say no finding
        status__in=STANDS[stand][0], finding__inspection__in=_seen(user, asked).values("pk")
    )
    return found.filter(due_on__lt=asked.today) if stand == "late" else found


def figures(user: Any, asked: Asked) -> Iterator[Block | Tile]:
    """Counted with the rest of the page; nothing is asked here."""
    held = under(user, asked)
    yield Tile(
        30, _("Inspections"), Cell(url=asked.behind("inspections", "all"), wants=(held,)), note=_("in the period")
    )
    if can_see_coverage(user):
        yield _coverage(user, asked)
    visits = visited(user, asked)
    yield Block(
        "inspections", _("Joint inspections"), _("What"), (Column(pgettext("figure", "Number")),),
        [
            Row(_("Inspections"), (Cell(url=asked.behind("inspections", "all"), wants=(held,)),)),
            Row(_("Visits"), (Cell(url=asked.behind("visits", "all"), wants=(visits,)),)),
        ],
        "", _("Days of the period; coverage counts the calendar year and the whole county."),
    )  # fmt: skip
    rows = [
        Row(str(words), (Cell(url=asked.behind("rectifications", stand), wants=(rectifications(user, asked, stand),)),))
        for stand, (_states, words) in STANDS.items()
    ]
    yield Block(
        "rectification", _("Rectification"), _("How it stands"), (Column(pgettext("figure", "Number")),), rows, "hbar",
        _("As it is today."),
    )  # fmt: skip


def _coverage(user: Any, asked: Asked) -> Tile:
    """Of the year in which the period ends (E35), of the reader's own county; its page shows some years only."""
    year = asked.until.year
    place = f"{reverse('inspections:coverage')}?year={year}" if year in years(asked.today) else ""
    bodies = institutions(user.region, year)
    return Tile(
        32, _("Inspection coverage"),
        Cell(
            url=place, wants=(bodies, bodies.filter(visited=True)),
            say=lambda total, seen: Line(total, seen).share,
        ),
        "percent", _("year %(year)d, whole county") % {"year": year},
    )  # fmt: skip


# -- what is behind the figures ----------------------------------------------------------------------------------
def _find(user: Any, asked: Asked, what: str, of: int | None) -> tuple[Any, QuerySet[Inspection]] | None:
    if what != "all":
        return None
    return _("Inspections of the period"), under(user, asked).select_related("lead").order_by("-starts_on", "-pk")


def _rows(user: Any, things: list[Inspection]) -> list[list[tuple[Any, str]]]:
    return [
        [
            (each.number, each.get_absolute_url()), (each.title, ""), (str(each.lead), ""),
            (each.starts_on.isoformat(), ""), (each.ends_on.isoformat(), ""), (each.get_status_display(), ""),
        ]
        for each in things
    ]  # fmt: skip


def _find_visits(user: Any, asked: Asked, what: str, of: int | None) -> tuple[Any, QuerySet[Visit]] | None:
    if what != "all":
        return None
    found = visited(user, asked).select_related("inspection__lead", "target__subject")
    return _("Visits of the period"), found.order_by("-visited_on", "-pk")


def _rows_of_visits(user: Any, things: list[Visit]) -> list[list[tuple[Any, str]]]:
    return [
        [
            (each.inspection.number, each.inspection.get_absolute_url()), (each.target.subject.name, ""),
            (str(each.inspection.lead), ""), (each.visited_on.isoformat(), ""), (each.get_status_display(), ""),
        ]
        for each in things
    ]  # fmt: skip


def _find_tasks(user: Any, asked: Asked, what: str, of: int | None) -> tuple[Any, QuerySet[Rectification]] | None:
    if what not in STANDS:
        return None
    found = rectifications(user, asked, what).select_related("finding__inspection", "department")
    return STANDS[what][1], found.order_by("due_on", "pk")


def _rows_of_tasks(user: Any, things: list[Rectification]) -> list[list[tuple[Any, str]]]:
    return [
        [
            (each.finding.inspection.number, each.finding.inspection.get_absolute_url()),
            (each.finding.inspection.title, ""), (str(each.department), ""), (each.due_on.isoformat(), ""),
            (each.get_status_display(), ""),
        ]
        for each in things
    ]  # fmt: skip


_INSPECTION = (gettext_lazy("Inspection"), gettext_lazy("Name of the inspection"))
LISTS = (
    FigureList(
        "inspections",
        (
            *_INSPECTION, gettext_lazy("Lead department"), pgettext_lazy("period", "From"),
            pgettext_lazy("period", "Until"), gettext_lazy("Status"),
        ),
        _find, _rows,
    ),
    FigureList(
        "visits",
        (
            _INSPECTION[0], gettext_lazy("Institution"), gettext_lazy("Lead department"), gettext_lazy("Visited on"),
            gettext_lazy("Record"),
        ),
        _find_visits, _rows_of_visits,
    ),
    FigureList(
        "rectifications",
        (*_INSPECTION, gettext_lazy("Department"), gettext_lazy("To be done by"), gettext_lazy("Status")),
        _find_tasks, _rows_of_tasks,
    ),
)  # fmt: skip
