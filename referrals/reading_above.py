"""What pages and panels show of tasks from above and beside. Nothing here writes."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cases.models import Case
from core.dates import local_date
from core.gathering import Gathering, Steps, stepwise
from core.wording import moment
from deadlines.calendar import Calendar
from deadlines.lamps import lamp_of
from deadlines.models import Deadline
from journal.models import Event
from journal.render import timeline
from referrals.enums_above import TaskStatus
from referrals.models import Task
from referrals.reading import StepShown


def lamps(things: Iterable[Any], kind: str = "task") -> dict[int, Any]:
    """The running clock of each task (or thing of another kind) as a lamp with the clock, in one query."""
    return lit(things, kind)


@stepwise
def lit(things: Iterable[Any], kind: str, asked: Gathering) -> Steps:
    """The same in step with other readings."""
    today, calendar = local_date(timezone.now()), Calendar.current()
    found = Deadline.objects.open().filter(target_kind=kind, target_id__in=[thing.pk for thing in things])
    rows = asked.rows(found.order_by("due_at", "pk"))
    yield
    return {row.target_id: (lamp_of(row, today, calendar), row) for row in rows}


def is_late(task: Task) -> bool:
    """Whether the report is owed beyond its date: then it says why."""
    clock = Deadline.objects.open().of("task", task.pk).first()
    return clock is not None and (clock.late or clock.due_at <= timezone.now())


def track(task: Task) -> list[StepShown]:
    """登记 → 分办 → 受理 → 报告 → 办结, as far as it has come."""
    steps = [StepShown(_("Registered"), "ok", task.registered_by.name, moment(task.registered_at))]
    for label, stem, status in (
        (_("Assigned"), "assigned", TaskStatus.REGISTERED),
        (_("Accepted"), "accepted", TaskStatus.ASSIGNED),
        (_("Reported"), "reported", TaskStatus.ACCEPTED),
        (pgettext("task", "Closed"), "closed", TaskStatus.REPORTED),
    ):
        at, by = getattr(task, f"{stem}_at"), getattr(task, f"{stem}_by")
        if task.status == status:
            state = "wait" if stem in ("assigned", "accepted") else "blue"
            # what was reported is closed by whoever oversees it, never by the one who reported (rules_above.can_close)
            holder = task.registered_in if stem == "closed" else task.handler
            steps.append(StepShown(label, state, holder.name if holder else "", ""))
        else:
            steps.append(StepShown(label, "ok" if at else "", by.name if by else "", moment(at) if at else ""))
    if task.withdrawn_at:
        steps = [step for step in steps if step.state == "ok"]
        steps.append(StepShown(pgettext("task", "Withdrawn"), "bad", task.withdrawn_by.name, moment(task.withdrawn_at)))
    return steps


def history(user: Any, *things: Any) -> list[tuple[Any, list]]:
    """What happened to a task and its letters, by day. The caller may see them; of its cases not all, perhaps."""
    return timeline(events_of(user, *(Q(target_kind=thing.kind_code, target_id=thing.pk) for thing in things)), user)


def events_of(user: Any, *wanted: Q) -> QuerySet:
    """Those events, as far as this person sees their cases."""
    seen = Q(case_id=None) | Q(case_id__in=Case.objects.visible_to(user).values("pk"))
    any_of = Q(pk=None)
    for each in wanted:
        any_of |= each
    return Event.objects.filter(any_of & seen)
