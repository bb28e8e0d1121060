"""时限监控: clocks over departments, filtered, counted and paged; nothing here writes.

The door is `DeadlineQuerySet.watched_by`; every number is counted by the database over the same rows as its list.
"""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Case, Count, IntegerField, Max, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core import registry
from core.dates import end_of, local_date, start_of
from core.seeded import seeded
from deadlines.calendar import Calendar
from deadlines.enums import DeadlineStatus, Stage
from deadlines.lamps import Lamp, lamp_of
from deadlines.models import Deadline, Reminder
from deadlines.outages import excused
from deadlines.panels import cases_of, url_of

PAGE = 50
NOBODY = 0  # as a filter: owed to nobody in particular, by law
OUTAGES = {"out": _("without what our outages excuse"), "only": _("only what our outages excuse")}
AGES = (30, 90, 180)  # natural days since the start
STATES = {"open": _("open"), "done": _("done")}
_START = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_MICRO = dt.timedelta(microseconds=1)


@dataclass(frozen=True)
class Watch:
    """What the list is narrowed to. owing, to: ids of departments (`NOBODY`: to none); lamp: g y r n; clock: the code of a
    rule; age: at least so many days since the start; since, until: local dates between which it was done; outages:
    one of `OUTAGES`."""

    state: str = "open"
    owing: int | None = None
    to: int | None = None
    lamp: str = ""
    clock: str = ""
    age: int | None = None
    since: dt.date | None = None
    until: dt.date | None = None
    outages: str | None = None

    def rows(self, user: Any, at: dt.datetime) -> QuerySet[Deadline]:
        """The clocks of the list with their `lamp`, in no order."""
        found = Deadline.objects.watched_by(user).with_lamps(at)
        if self.state == "done":
            found = found.filter(status=DeadlineStatus.MET)
            if self.since is not None:
                found = found.filter(ended_at__gte=start_of(self.since))
            if self.until is not None:
                found = found.filter(ended_at__lt=end_of(self.until))
        else:
            found = found.open()
        if self.owing is not None:
            found = found.filter(department=self.owing)
        if self.to is not None:
            found = found.filter(to_department=None) if self.to == NOBODY else found.filter(to_department=self.to)
        if self.lamp:
            found = found.with_lamp(self.lamp, at)
        if self.clock:
            found = found.filter(rule_code=self.clock)
        if self.age is not None:
            found = found.filter(started_on__lte=local_date(at) - dt.timedelta(days=self.age))
        if self.outages:
            out = excused(user, at)
            found = found.filter(out if self.outages == "only" else ~out)
        return found


@dataclass(frozen=True)
class Tally:
    """How many clocks each choice of one filter leaves while the others stand: by department, lamp and rule; names: of the
    rules that run here, in the reader's language."""

    total: int
    departments: Counter[int]
    lamps: Counter[str]
    clocks: Counter[str]
    names: dict[str, str]


def tally(user: Any, watch: Watch, at: dt.datetime) -> Tally:
    """One statement: the rows without the three filters, grouped by all three."""
    base: Any = replace(watch, owing=None, lamp="", clock="").rows(user, at)
    groups = base.order_by().values_list("department_id", "lamp", "rule_code")
    total, found = 0, Tally(0, Counter(), Counter(), Counter(), {})
    for department, lamp, clock, number, name in groups.annotate(n=Count("pk"), said=Max("rule__name")):
        found.names[clock] = seeded(name)
        own = watch.owing is None or watch.owing == department
        lit = not watch.lamp or watch.lamp == lamp
        kind = not watch.clock or watch.clock == clock
        if lit and kind:
            found.departments[department] += number
        if own and kind:
            found.lamps[lamp] += number
        if own and lit:
            found.clocks[clock] += number
        if own and lit and kind:
            total += number
    return replace(found, total=total)


@dataclass(frozen=True)
class Cursor:
    """A place in the list, in the order of `due_at` and id; before: the page that ends there."""

    before: bool
    due_at: dt.datetime
    pk: int

    def __str__(self) -> str:
        return f"{'b' if self.before else 'a'}.{(self.due_at - _START) // _MICRO}.{self.pk}"

    @classmethod
    def read(cls, text: str) -> "Cursor | None":
        """What `str` made; None for anything else."""
        way, *numbers = text.split(".")
        if way not in ("a", "b") or len(numbers) != 2:
            return None
        if not all(each.isascii() and each.isdecimal() and len(each) < 19 for each in numbers):
            return None
        try:
            return cls(way == "b", _START + int(numbers[0]) * _MICRO, int(numbers[1]))
        except OverflowError:
            return None


@dataclass(frozen=True)
class Page:
    rows: list[Deadline]
    previous: Cursor | None
    next: Cursor | None


def page(user: Any, watch: Watch, at: dt.datetime, cursor: Cursor | None = None, size: int = PAGE) -> Page:
    """One page, the earliest last day first. Two statements: the places, then the rows with what they show."""
    found = watch.rows(user, at)
    backwards = cursor is not None and cursor.before
    if cursor is not None:
        beyond = "lt" if backwards else "gt"
        found = found.filter(  # the first condition stops the walk of the index, the second is exact
            Q(**{f"due_at__{beyond}": cursor.due_at}) | Q(**{"due_at": cursor.due_at, f"pk__{beyond}": cursor.pk}),
            **{f"due_at__{beyond}e": cursor.due_at},
        )
    order = ("-due_at", "-pk") if backwards else ("due_at", "pk")
    places = list(found.order_by(*order).values_list("pk", "due_at")[: size + 1])
    more, places = len(places) > size, places[:size]
    if backwards:
        places.reverse()
    before = after = None
    if places and (more if backwards else cursor is not None):
        before = Cursor(True, places[0][1], places[0][0])
    if places and (backwards or more):
        after = Cursor(False, places[-1][1], places[-1][0])
    return Page(rows_of([pk for pk, _due in places]), before, after)


def rows_of(ids: Sequence[int]) -> list[Deadline]:
    """These clocks in this order with their departments, person, and how often they were `chased` and `supervised`.

    The ids come through the door (`Watch.rows`)."""
    if not ids:
        return []
    own = Reminder.objects.filter(deadline=OuterRef("pk")).order_by().values("deadline")
    found = (
        Deadline.objects.filter(pk__in=ids)
        .select_related("department", "to_department", "person")
        .annotate(
            chased=Coalesce(Subquery(own.annotate(n=Count("pk")).values("n")), 0)
            + _counted(lambda press: press.chased),
            supervised=_counted(lambda press: press.supervised),
        )
    )
    known = {row.pk: row for row in found}
    return [known[pk] for pk in ids]


def _counted(side: Callable[[registry.ClockPress], Any]) -> Any:
    """What the rooms count about the thing of a clock; 0 where none counts."""
    whens = [
        When(target_kind=code, then=Coalesce(counted(), 0))
        for code, press in sorted(registry.clock_presses.items())
        if (counted := side(press)) is not None
    ]
    return Case(*whens, default=Value(0), output_field=IntegerField())


# -- what a row says -----------------------------------------------------------------------------------------
STEPS = {
    "remind": pgettext_lazy("stage", "reminder"),
    "warn": pgettext_lazy("stage", "warning"),
    "late": pgettext_lazy("stage", "overdue"),
    "up": pgettext_lazy("stage", "overdue, escalated"),
}


def step_of(deadline: Deadline, at: dt.datetime) -> str:
    """How far a running clock has come on 提醒 → 警示 → 逾期: amber, its last day, late (and told to the superiors)."""
    if deadline.status != DeadlineStatus.RUNNING:
        return ""
    if deadline.due_at <= at or deadline.stage in (Stage.OVERDUE, Stage.ESCALATED):
        return "up" if deadline.stage == Stage.ESCALATED or deadline.escalate_at <= at else "late"
    if deadline.due_on <= local_date(at):
        return "warn"
    return "remind" if deadline.warn_at <= at or deadline.stage == Stage.WARNED else ""


@dataclass(frozen=True)
class Row:
    """One clock as the list shows it. about: what it hangs on, with its address where that is open to the person; age:
    working days since the start, until it was done where it is."""

    deadline: Deadline
    lamp: Lamp
    step: str
    about: str
    url: str
    age: int

    @property
    def step_words(self) -> Any:
        return STEPS.get(self.step, "")


def shown(user: Any, clocks: Sequence[Deadline], at: dt.datetime) -> list[Row]:
    """The rows of these clocks: one query for the cases, one for each kind of thing outside cases among them."""
    on, calendar = local_date(at), Calendar.current()
    case_kind, cases = registry.kinds.get("case"), cases_of(user, clocks)
    things = _things(user, [each for each in clocks if each.case_id is None])
    rows = []
    for each in clocks:
        about, url = things.get((each.target_kind, each.target_id), ("", ""))
        if (case := cases.get(each.case_id or 0)) is not None and case_kind is not None:
            about, url = case_kind.title(case), case_kind.url(case)
        if not about and (kind := registry.kinds.get(each.target_kind)) is not None:
            about = str(kind.label)
        ended = on if each.ended_at is None else local_date(each.ended_at)
        age = calendar.working_days_between(each.started_on, ended)
        rows.append(Row(each, lamp_of(each, on, calendar), step_of(each, at), about, url, age))
    return rows


def _things(user: Any, clocks: Iterable[Deadline]) -> dict[tuple[str, int], tuple[str, str]]:
    """(title, address) of what clocks outside cases hang on, as far as the person may open it."""
    wanted: dict[str, set[int]] = {}
    for each in clocks:
        wanted.setdefault(each.target_kind, set()).add(each.target_id)
    found: dict[tuple[str, int], tuple[str, str]] = {}
    for code, ids in wanted.items():
        kind = registry.kinds.get(code)
        for thing in kind.visible(user).filter(pk__in=ids) if kind is not None else ():
            found[code, thing.pk] = (kind.title(thing), kind.url(thing))  # type: ignore[union-attr]
    return found


def clock_url(user: Any, deadline: Deadline) -> str:
    """The page of the clock, for whoever it is open to: those of cases, and the own department's."""
    if deadline.case_id is not None or deadline.department_id == user.department.pk:
        return url_of(deadline)
    return ""
