"""What the pages of sanctions show: what is next, the track of each department, lamps, and where a file may be taken."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.dates import local_date
from core.forms import new_form_key
from core.wording import day, short_day
from deadlines.calendar import Calendar
from deadlines.explain import explain
from deadlines.lamps import Lamp, lamp_of
from deadlines.models import Deadline
from departments.models import User
from journal.models import Event
from journal.render import timeline
from sanctions.enums import HearingStatus, MeasureTaskStatus, SanctionStatus
from sanctions.models import Hearing, MeasureTask, Sanction
from sanctions.steps import Spec


@dataclass(frozen=True)
class Offer:
    """One button."""

    label: Any
    url: str
    danger: bool = False
    key: str = field(default_factory=new_form_key)


def offers(specs: Iterable[Spec], user: User, thing: Any) -> list[Offer]:
    """What this person may do with it now, the likeliest first."""
    return [
        Offer(spec.label, reverse(f"sanctions:{spec.name}", args=[thing.pk]), spec.danger)
        for spec in specs
        if spec.rule(user, thing) and spec.second(user, thing)
    ]


@dataclass(frozen=True)
class Clock:
    """A clock as the rail draws it."""

    label: str
    lamp: str
    days: int | None
    lamp_words: Any
    explanation: Any
    meta: str


def clocks(thing: Any) -> list[Clock]:
    """The clocks on a thing, with the reason for every day."""
    today, calendar = local_date(timezone.now()), Calendar.current()
    rows = Deadline.objects.filter(target_kind=thing.kind_code, target_id=thing.pk).order_by("pk")
    shown = []
    for row in rows.select_related("department", "rule").prefetch_related("changes"):
        lamp = lamp_of(row, today, calendar)
        why = explain(row, today, calendar=calendar, changes=row.changes.all())
        due = _("due on %(day)s") % {"day": row.due_on.isoformat()}
        shown.append(Clock(row.label, lamp.color, lamp.days, lamp.words, why, due))
    return shown


def running(kind: str, ids: Iterable[int]) -> QuerySet[Deadline]:
    """The clocks that run on these things of a kind."""
    rows = Deadline.objects.open().filter(target_kind=kind, target_id__in=list(ids))
    return rows.order_by("pk").select_related("rule")


def lamps(kind: str, ids: Iterable[int], known: Iterable[Deadline] | None = None) -> dict[int, Lamp]:
    """The lamp of the clock that runs on each thing of a kind, by id. known: these clocks, where they were asked for."""
    calendar, today = Calendar.current(), local_date(timezone.now())
    rows = running(kind, ids) if known is None else known
    return {row.target_id: lamp_of(row, today, calendar) for row in rows}


def story(thing: Any, user: User, whole: bool = True) -> list[tuple[Any, list]]:
    """What happened to a thing the caller has loaded through its door; who only tracks it reads no reasons (whole)."""
    days = timeline(Event.objects.filter(target_kind=thing.kind_code, target_id=thing.pk), user)
    return days if whole else [(on, [replace(line, note="") for line in lines]) for on, lines in days]


def _when(at: dt.datetime | None) -> str:
    return short_day(at) if at else ""


def track(task: MeasureTask) -> list[dict[str, str]]:
    """A department's way: taken in, decided or refused, executed, fed back (partials/track.html)."""
    state = MeasureTaskStatus
    passed = {
        state.ISSUED: 0, state.ACKNOWLEDGED: 1, state.DECIDED: 2, state.EXECUTED: 3, state.LAPSED: 3, state.FED_BACK: 4,
        state.REFUSED: 2, state.CANCELLED: 0,
    }[state(task.status)]  # fmt: skip
    over = task.status in (MeasureTaskStatus.REFUSED, MeasureTaskStatus.CANCELLED)
    steps = [
        (pgettext("track", "Taken in"), task.person.name if task.person else "", task.acknowledged_at),
        (pgettext("track", "Decided"), task.decision_number, task.decided_at),
        (pgettext("track", "Executed"), "", task.executed_at),
        (pgettext("track", "Fed back"), "", task.fed_back_at),
    ]
    if task.status == MeasureTaskStatus.REFUSED:
        steps[1] = (pgettext("track", "No measure"), "", task.refused_at)
    if task.lapsed_at is not None:
        steps[2] = (pgettext("track", "Ran out unexecuted"), "", task.lapsed_at)
    found = []
    for number, (label, who, at) in enumerate(steps):
        state = "ok" if at is not None else "wait" if number == passed and not over else ""
        refused = task.status == MeasureTaskStatus.REFUSED and number == 1
        state = "bad" if refused or (task.lapsed_at is not None and number == 2) else state
        found.append({"label": label, "state": state, "who": who, "when_text": _when(at)})
    return found


def next_of(
    sanction: Sanction, hearing: Hearing | None, tasks: list[MeasureTask], whole: bool = True
) -> tuple[str, str]:
    """(what is next, why), in words; no reason for who only tracks it, and reads neither facts nor hearing (whole)."""
    if sanction.suspended_at is not None:
        return _("Wait until the review is over"), sanction.reason if whole else ""
    if sanction.status == SanctionStatus.PROPOSED:
        if sanction.returned_at is not None:
            said = _("Sent back: %(reason)s") % {"reason": sanction.reason} if whole else ""
            return _("Change the proposal"), said
        if sanction.reviewed_at is None:
            return _("Another person of the department reviews it"), ""
        return _hearing_next(hearing) if whole else (_("The subject is heard"), "")
    if sanction.status == SanctionStatus.HEARD:
        if hearing is not None and hearing.may_go_on(local_date(timezone.now())):
            return _("Wait until the subject's time to speak is over"), _("It may speak until %(day)s.") % {
                "day": day(hearing.due_on)
            }
        return (
            _("Determine the breach of trust, or do not"),
            _("Signed by the deputy head or head, who has neither proposed nor reviewed it."),
        )
    if sanction.status == SanctionStatus.DECIDED:
        return _("It goes to the departments"), _("Within a minute each of them has its task.")
    if sanction.status == SanctionStatus.IN_FORCE:
        left = [
            str(task.department) for task in tasks if task.status not in ("refused", "fed_back", "cancelled")
        ]
        if left:
            return _("The departments work on it"), _("Not fed back yet: %(names)s") % {
                "names": "、".join(left)
            }
        return _("Every department has fed back"), _("It ends when its last term is over.")
    return "", ""


def _hearing_next(hearing: Hearing | None) -> tuple[str, str]:
    if hearing is None:
        return _("Write the notice of what is intended"), _("Nobody is sanctioned unheard.")
    return hearing_next(hearing)


def hearing_next(hearing: Hearing) -> tuple[str, str]:
    """What is next of a hearing."""
    if hearing.status == HearingStatus.DRAFTED:
        return _("Sign the notice"), _("Whoever signs is another than who wrote it.")
    if hearing.status == HearingStatus.SIGNED:
        return _("Serve the notice and record the service"), ""
    if hearing.status == HearingStatus.SERVED:
        return _("Record what the subject says"), _("It may speak until %(day)s.") % {
            "day": day(hearing.due_on)
        }
    if hearing.status == HearingStatus.SAID:
        return _("Answer what was said"), ""
    return "", ""
