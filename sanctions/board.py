"""What sanctions put on the dashboard: the measures in force today, by the department that took them."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from core.boards import Asked, Block, Cell, Column, FigureList, Row, Tile
from core.wording import NOTHING
from sanctions.enums import APPLIED_LIVE
from sanctions.masking import names_for
from sanctions.models import AppliedMeasure


def in_force(user: Any, asked: Asked) -> QuerySet[AppliedMeasure]:
    """Measures that weigh on a subject today, as far as the reader sees them."""
    held = Q(since__lte=asked.today) & (Q(until=None) | Q(until__gte=asked.today))
    found = AppliedMeasure.objects.visible_to(user).filter(held, status__in=APPLIED_LIVE)
    if asked.region is not None:
        found = found.filter(sanction__region=asked.region)
    return found if asked.department is None else found.filter(department=asked.department)


def figures(user: Any, asked: Asked) -> Iterator[Block | Tile]:
    """Counted with the rest of the page; nothing is asked here."""
    found = in_force(user, asked)
    yield Tile(31, _("Sanctions in force"), Cell(url=asked.behind("measures", "all"), wants=(found,)), note=_("today"))
    rows = [
        Row(name, (Cell(url=asked.behind("measures", "all", pk), wants=(found.filter(department=pk),)),))
        for pk, name in asked.departments.items()
        if asked.department in (None, pk)
    ]
    yield Block(
        "sanctions", _("Measures in force, by department"), _("Department"), (Column(_("Measures")),), rows, "hbar",
        _("Decided measures whose days comprise today."),
    )  # fmt: skip


def _find(user: Any, asked: Asked, what: str, of: int | None) -> tuple[Any, QuerySet[AppliedMeasure]] | None:
    if what != "all":
        return None
    found = in_force(user, asked)
    if of is not None:
        found = found.filter(department=of)
    rows = found.select_related("measure", "subject", "department", "sanction")
    return gettext_lazy("Measures in force"), rows.order_by("-since", "-pk")


def _rows(user: Any, things: list[AppliedMeasure]) -> list[list[tuple[Any, str]]]:
    names = names_for(user, things)
    return [
        [
            (str(each.measure), each.sanction.get_absolute_url()), (names[each.subject_id], ""),
            (str(each.department), ""), (each.since.isoformat() if each.since else NOTHING, ""),
            (each.until.isoformat() if each.until else NOTHING, ""), (each.get_status_display(), ""),
        ]
        for each in things
    ]  # fmt: skip


MEASURES = FigureList(
    "measures",
    (
        gettext_lazy("Measure"), gettext_lazy("Subject"), gettext_lazy("Department"), pgettext_lazy("period", "From"),
        gettext_lazy("Last day"), gettext_lazy("Status"),
    ),
    _find, _rows,
)  # fmt: skip
