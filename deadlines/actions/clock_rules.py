"""Clock rules change by new versions with an effective date; clocks that run keep the version they began with."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.dates import local_date
from core.refusals import BadInput, Stale
from deadlines.enums import Unit
from deadlines.models import ClockRule
from departments.models import User
from journal.actions import record

MOST = {Unit.HOUR: 24 * 60, Unit.DAY: 3660, Unit.WORKING_DAY: 2500, Unit.MONTH: 120}


@transaction.atomic
def change_rule(
    *,
    rule: ClockRule,
    amount: int | None,
    unit: str,
    warn_days: int,
    escalate_days: int,
    roll_over: bool,
    asks_reason: bool,
    basis: str,
    effective_from: dt.date,
    by: User,
    at: dt.datetime,
    version: int | None = None,
) -> ClockRule:
    """A new version of a rule, in force from a day that has not passed; a version not yet in force is replaced.

    rule: the version the person started from, `version` its row version then. Running clocks are not touched:
    what was promised under the old limit stays promised.

    :raises BadInput: beside the field it is about
    :raises Stale: the version was edited meanwhile, or a newer one is there
    """
    if effective_from < local_date(at):
        raise BadInput(_("A rule cannot change for days that have passed."), field="effective_from")
    if (unit == Unit.DATE) != (amount is None):
        sentence = (
            _("A fixed date has no amount.") if unit == Unit.DATE else _("State how long the limit is.")
        )
        raise BadInput(sentence, field="amount")
    if amount is not None and not 1 <= amount <= MOST[Unit(unit)]:
        raise BadInput(_("This limit is out of range."), field="amount")
    versions = list(ClockRule.objects.select_for_update().filter(code=rule.code).order_by("-effective_from"))
    newest = versions[0]
    if newest.pk != rule.pk or (version is not None and newest.version != version):
        raise Stale
    if newest.effective_from > local_date(at) and newest.effective_from != effective_from:
        raise BadInput(
            _("A version from %s is already waiting; change that one.") % newest.effective_from.isoformat(),
            field="effective_from",
        )
    same_day = newest if newest.effective_from == effective_from else None
    if same_day and same_day.deadlines.exists():
        raise BadInput(
            _("Clocks already count by the version of this day, and keep it: choose a later day."), field="effective_from"
        )
    new = same_day or ClockRule(
        code=rule.code,
        name=rule.name,
        internal=rule.internal,
        start_text=rule.start_text,
        end_text=rule.end_text,
        created_at=at,
        version=0,
    )
    old = {"amount": newest.amount, "unit": newest.unit, "basis": newest.basis}
    new.amount, new.unit, new.warn_days, new.escalate_days = amount, unit, warn_days, escalate_days
    new.roll_over, new.asks_reason, new.basis = roll_over, asks_reason, basis.strip()
    new.effective_from, new.updated_at, new.version = effective_from, at, new.version + 1
    new.save()
    record(
        "clock_rule.changed",
        target=new,
        by=by,
        at=at,
        code=new.code,
        name=new.name,
        effective_from=effective_from,
        old=old,
        new={"amount": amount, "unit": unit, "basis": new.basis},
    )
    return new
