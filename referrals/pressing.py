"""How one presses for letters from the list of clocks (时限监控): what this room puts into `registry.clock_presses`."""

import datetime as dt
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

from core.refusals import WrongState
from core.registry import ClockPress
from deadlines.models import Deadline
from departments.enums import Function
from departments.models import User
from referrals import receiving_rules, rules, rules_above, rules_comparison
from referrals.actions.above_closing import chase_task
from referrals.actions.follow_ups import draft_supervision
from referrals.actions.list_supervision import draft_list_supervision
from referrals.actions.reminders import chase_referral
from referrals.enums import COMPARISON_WAITING
from referrals.models import Chase, Comparison, ListSupervision, Referral, Supervision, Task, TaskChase

SUPERVISION = "supervision"  # the clock of the reply to a 督办函


def _number(rows: QuerySet[Any], by: str) -> Subquery:
    return Subquery(rows.order_by().values(by).annotate(n=Count("pk")).values("n"))


def _letter(deadline: Deadline, user: User) -> Referral | None:
    """The letter whose receiver owes by this clock, where the person may know of it."""
    if deadline.rule_code == SUPERVISION:
        return None
    at = {"criminal_transfer" if deadline.target_kind == "crime" else "pk": deadline.target_id}
    letters = Referral.objects.visible_to(user).for_list()
    return letters.filter(receiver=deadline.department_id, **at).first()


def chase_letter(deadline: Deadline, *, by: User, at: dt.datetime) -> str | None:
    """催办 by the sender, or by the office of the region; counted together, at most once a working day."""
    letter = _letter(deadline, by)
    if letter is None or not (rules.may_chase(by, letter) or receiving_rules.is_coordinator(by, letter)):
        return None
    return _("Chased, reminder no. %(n)d.") % {"n": chase_referral(referral=letter, by=by, at=at).number}


def supervise_letter(
    deadline: Deadline, *, demand: str, reply_on: dt.date, by: User, at: dt.datetime
) -> tuple[str, str]:
    """督办: a draft of the coordinator's, signed by somebody else."""
    letter = _letter(deadline, by)
    if letter is None:
        raise WrongState(_("The receiver is not late: there is nothing to supervise."))
    if not receiving_rules.is_coordinator(by, letter):
        raise WrongState(_("Letters of supervision are drafted by the coordinator of the office."))
    draft = draft_supervision(referral=letter, demand=demand, reply_on=reply_on, by=by, at=at)
    return _("Drafted. Somebody else of the office signs it."), draft.get_absolute_url()


def supervise_comparison(
    deadline: Deadline, *, demand: str, reply_on: dt.date, by: User, at: dt.datetime
) -> tuple[str, str]:
    """督办 of a data comparison, of which the office knows no more than that it is under way."""
    known = Comparison.objects.known_to_office(by).filter(status__in=COMPARISON_WAITING)
    comparison = known.for_list().filter(pk=deadline.target_id).first()
    if comparison is None or not rules_comparison.supervises(by):
        raise WrongState(_("Letters of supervision are drafted by the coordinator of the office."))
    draft = draft_list_supervision(comparison=comparison, demand=demand, reply_on=reply_on, by=by, at=at)
    return _("Drafted. Somebody else of the office signs it."), draft.get_absolute_url()


def chase_from_above(deadline: Deadline, *, by: User, at: dt.datetime) -> str | None:
    """催办 of a task from above by whoever may chase it on its own page."""
    task = Task.objects.visible_to(by).for_list().filter(pk=deadline.target_id).first()
    if task is None or not rules_above.can_chase(by, task):
        return None
    return _("Chased, reminder no. %(n)d.") % {"n": chase_task(task=task, by=by, at=at).number}


def watched_comparisons(user: User) -> Any:
    """Ids: the office knows that they are under way, no more."""
    office = user.department is not None and user.department.function == Function.OFFICE
    found = Comparison.objects.known_to_office(user) if office else Comparison.objects.visible_to(user)
    return found.values("pk")


def _of(model: Any, path: str, by: str = "referral", **more: Any) -> Any:
    return lambda: _number(model.objects.filter(**{path: OuterRef("target_id")}, **more), by)


PRESSES = {
    "referral": ClockPress(
        chased=_of(Chase, "referral"), supervised=_of(Supervision, "referral"), chase=chase_letter,
        supervise=supervise_letter,
    ),
    "crime": ClockPress(
        chased=_of(Chase, "referral__criminal_transfer"), supervised=_of(Supervision, "referral__criminal_transfer"),
        chase=chase_letter, supervise=supervise_letter,
    ),
    "comparison": ClockPress(
        supervised=_of(ListSupervision, "comparison", "comparison", issued_at__isnull=False),
        supervise=supervise_comparison,
    ),
    "task": ClockPress(chased=_of(TaskChase, "task", "task"), chase=chase_from_above),
}  # fmt: skip
