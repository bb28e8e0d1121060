"""What clocks offer to the floors above: the rail of the case page, vetoes, figures, tasks, the words of a day."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import registry
from core.dates import local_date
from core.gathering import Gathering, Steps, begun, side_by_side, stepwise
from core.memory import remembered
from deadlines.calendar import Calendar
from deadlines.enums import DeadlineStatus
from deadlines.explain import Explanation, explain, limit_words
from deadlines.lamps import Lamp, lamp_of
from deadlines.models import Deadline
from deadlines.querysets import DeadlineQuerySet
from departments.enums import Role

OPEN = (DeadlineStatus.RUNNING, DeadlineStatus.PAUSED)
MOST_DONE = 5


def today() -> dt.date:
    return local_date(timezone.now())


def url_of(deadline: Any) -> str:
    return reverse("deadlines:detail", args=[deadline.pk])


@dataclass(frozen=True)
class ClockRow:
    """One clock in the rail, for `deadlines/strip.html`."""

    deadline: Deadline
    lamp: Lamp
    meta: str
    url: str
    explanation: Explanation | None = None

    @classmethod
    def of(cls, deadline: Deadline, on: dt.date, calendar: Calendar, *, strip: bool = True) -> "ClockRow":
        return cls(
            deadline=deadline,
            lamp=lamp_of(deadline, on, calendar),
            meta=meta(deadline),
            url=url_of(deadline),
            explanation=explain(deadline, on, calendar=calendar) if strip else None,
        )


def meta(deadline: Deadline) -> str:
    """“县医保局告知县卫健局 · 3 个工作日”: who owes, to whom, the limit."""
    limit = (
        _("last day %s") % deadline.due_on.isoformat()
        if deadline.amount is None
        else limit_words(deadline.amount, deadline.unit)
    )
    who = str(deadline.department)
    if deadline.to_department is not None:
        who = _("%(owing)s to %(waiting)s") % {"owing": who, "waiting": deadline.to_department}
    internal = [_("internal limit")] if deadline.rule.internal else []
    return " · ".join([who, limit, *internal])


def asks(case: Any, user: Any) -> dict[str, Any]:
    """The clocks of the rail, with their changes."""
    clocks = Deadline.objects.visible_to(user).filter(case_id=case.pk).order_by("due_at", "id")
    found = clocks.select_related("department", "to_department", "rule").prefetch_related("changes")
    return {f"deadlines.of_case.{case.pk}": found}


def clocks_panel(case: Any, user: Any) -> dict[str, Any] | None:
    """The rail “办理时限”: open clocks with their strips, the last finished ones as a line. Two or three queries."""
    ((key, clocks),) = asks(case, user).items()
    on, calendar = today(), Calendar.current()
    found = remembered(user, key, lambda: list(clocks))
    running = [ClockRow.of(each, on, calendar) for each in found if each.status in OPEN]
    over = sorted(
        (each for each in found if each.status == DeadlineStatus.MET),
        key=lambda each: each.ended_at,
        reverse=True,
    )
    done = [ClockRow.of(each, on, calendar, strip=False) for each in over if each.late]
    done += [ClockRow.of(each, on, calendar, strip=False) for each in over[:MOST_DONE] if not each.late]
    if not running and not done:
        return None
    return {"running": running, "done": done}


def close_veto(case: Any) -> list[str]:
    """A case stays open while a clock in it is; each is named."""
    clocks = (
        Deadline.objects.open().filter(case_id=case.pk).select_related("department").order_by("due_at", "id")
    )
    return [
        _("Clock “%(name)s” of %(department)s is open, due %(due)s.")
        % {"name": each.label, "department": each.department, "due": each.due_on.isoformat()}
        for each in clocks
    ]


def leave_veto(post: Any) -> list[str]:
    """A leaving person first hands over the clocks they owe in that department."""
    clocks = Deadline.objects.open().filter(person_id=post.user_id, department_id=post.department_id)
    return [
        _("Clock “%(name)s” is owed personally, due %(due)s.")
        % {"name": each.label, "due": each.due_on.isoformat()}
        for each in clocks.order_by("due_at", "id")
    ]


# -- figures of the desks ------------------------------------------------------------------------------------
def lamps_figure(user: Any, **_period: Any) -> dict[str, int]:
    """Open clocks the user may see, by lamp: {"g": 35, "y": 5, "r": 2, "n": 1 (paused)}."""
    now, clocks = timezone.now(), Deadline.objects.visible_to(user).open()
    # One query: each lamp's condition as a filtered count over the open clocks.
    return dict(
        clocks.aggregate(
            **{colour: Count("pk", filter=DeadlineQuerySet.lamp_condition(colour, now)) for colour in "gyrn"}
        )
    )


@stepwise
def due_soon(user: Any, asked: Gathering, *, limit: int = 6, **_period: Any) -> Steps:
    """The next last days the user's department owes or waits for: dictionaries on, text, title, url, case_title,
    case_url; `text` is short, `title` says it whole."""
    department = user.department
    clocks = asked.rows(
        Deadline.objects.visible_to(user)
        .filter(Q(department=department) | Q(to_department=department), status=DeadlineStatus.RUNNING)
        .filter(due_on__gte=today())
        .select_related("department")
        .order_by("due_at", "id")[:limit]
    )
    yield
    kind, cases = registry.kinds.get("case"), (yield from cases_of.steps(user, clocks, asked))

    def entry(each: Deadline) -> dict[str, Any]:
        owed = each.label if each.department == department else f"{each.department} {each.label}"
        case = cases.get(each.case_id)
        title, short = (kind.title(case), kind.short) if kind and case else ("", None)
        return {
            "on": each.due_on,
            "text": _("%(clock)s (%(case)s)") % {"clock": owed, "case": short(case)} if short else owed,
            "title": " · ".join(part for part in (owed, title) if part),
            "url": url_of(each),
            "case_title": title,
            "case_url": kind.url(case) if kind and case else "",
        }

    return [entry(each) for each in clocks]


@stepwise
def cases_of(user: Any, clocks: Iterable[Deadline], asked: Gathering) -> Steps:
    """The cases of these clocks, as far as the person sees them, by id. One query."""
    kind = registry.kinds.get("case")
    wanted = {each.case_id for each in clocks if each.case_id}
    if kind is None or not wanted:
        return {}
    cases = asked.rows(kind.visible(user).filter(pk__in=wanted))
    yield
    return {case.pk: case for case in cases}


@stepwise
def clock_record(user: Any, asked: Gathering, *, since: dt.date, until: dt.date, **_period: Any) -> Steps:
    """By department: (name, done in time, done late, open and overdue) of clocks started from since to until."""
    now = timezone.now()
    rows = asked.rows(
        Deadline.objects.visible_to(user)
        .filter(started_on__range=(since, until))
        .values("department__short_name", "department_id")
        .annotate(
            good=Count("pk", filter=Q(status=DeadlineStatus.MET, late=False)),
            late=Count("pk", filter=Q(status=DeadlineStatus.MET, late=True)),
            open_=Count("pk", filter=Q(status=DeadlineStatus.RUNNING, due_at__lte=now)),
        )
        .order_by("department_id")
    )
    yield
    return [
        (row["department__short_name"], row["good"], row["late"], row["open_"])
        for row in rows
        if row["good"] or row["late"] or row["open_"]
    ]


def day_words(day: dt.date) -> str:
    """What the foot of every page says of today: 工作日, 国庆节 …"""
    calendar = Calendar.current()
    kind = calendar.kind(day)
    if kind == "holiday":
        return calendar.name(day).split("（")[0]
    return {"working": _("working day"), "makeup": _("make-up workday"), "weekend": _("weekend")}[kind]


# -- tasks of the workbench ----------------------------------------------------------------------------------
def _owed(user: Any) -> Any:
    """Open clocks this person owes: by name, or as handler or section head where nobody is named.

    Kinds whose rooms give better tasks of their own (`registry.own_tasks`) are left to them.
    """
    mine = Q(person=user, department=user.department)
    if user.has_role(Role.HANDLER, Role.SECTION_HEAD):
        mine |= Q(person=None, department=user.department)
    return (
        Deadline.objects.visible_to(user)
        .filter(mine, status=DeadlineStatus.RUNNING)
        .exclude(target_kind__in=registry.own_tasks)
    )


def _told(offers: Any, user: Any, clocks: Iterable[Deadline], asked: Gathering) -> Steps:
    """What the rooms tell about the things these clocks hang on, by kind and id."""
    owed: dict[str, set[int]] = {}
    for each in clocks:
        owed.setdefault(each.target_kind, set()).add(each.target_id)
    codes = [code for code in offers if code in owed]
    told = yield from side_by_side([begun(offers[code], user, owed[code]) for code in codes], asked)
    return {(code, pk): said for code, each in zip(codes, told, strict=True) for pk, said in each.items()}


@stepwise
def task_rows(user: Any, limit: int, asked: Gathering) -> Steps:
    """What one owes by a clock, most urgent first, with what is to do about it. A fixed number of queries."""
    on, calendar = today(), Calendar.current()
    clocks = asked.rows(_owed(user).select_related("to_department").order_by("due_at", "id")[:limit])
    yield
    cases, actions, objects = yield from side_by_side(
        [
            begun(cases_of, user, clocks),
            partial(_told, registry.clock_actions, user, clocks),
            partial(_told, registry.clock_objects, user, clocks),
        ],
        asked,
    )
    kind, rows = registry.kinds.get("case"), []
    for each in clocks:
        lamp, case = lamp_of(each, on, calendar), cases.get(each.case_id)
        label, url = actions.get((each.target_kind, each.target_id), (_("Open"), url_of(each)))
        about = objects.get((each.target_kind, each.target_id), "")
        rows.append(registry.TaskRow(
            phrase=_("%(clock)s: %(about)s") % {"clock": each.label, "about": about} if about else each.label,
            url=url_of(each),
            case_title=kind.title(case) if kind and case else "",
            case_url=kind.url(case) if kind and case else "",
            source=str(each.to_department or ""),
            lamp=lamp.color,
            days=lamp.days,
            due=each.due_on,
            action_label=label,
            action_url=url,
            target=(each.kind_code, each.pk),
        ))  # fmt: skip
    return rows


def task_count(user: Any) -> Any:
    return _owed(user)


def register() -> None:
    """Everything this room offers, called once from `apps.py`."""
    registry.register_kind(
        registry.Kind(
            code="deadline",
            visible=lambda user: Deadline.objects.visible_to(user),
            title=lambda deadline: deadline.label,
            url=url_of,
            label=gettext_lazy("deadline"),
        )
    )
    registry.case_panels.append(registry.Panel("rail", 10, "clocks", "deadlines/panel.html", clocks_panel))
    registry.foreseen.append(registry.Foreseen(("overview",), asks))
    registry.close_vetoes.append(close_veto)
    registry.leave_vetoes.append(leave_veto)
    registry.figures.update(lamps=lamps_figure, due_soon=due_soon, clock_record=clock_record)
    registry.shell["day_words"] = day_words
    registry.task_sources.append(registry.TaskSource("todo", 80, task_rows, task_count))
    from deadlines.rules import can_see_dictionaries

    for order, label, name, icon in (
        (30, gettext_lazy("Working calendar"), "deadlines:calendar", "calendar3"),
        (31, gettext_lazy("Clock rules"), "deadlines:rules", "stopwatch"),
    ):
        registry.nav.append(
            registry.NavEntry("files", order, label, name, icon, allowed=can_see_dictionaries)
        )
