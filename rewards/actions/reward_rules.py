"""The county's own version of the reward rule, from a day on."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core.money import CENT
from core.refusals import BadInput
from departments.models import Region, User
from journal.actions import record
from rewards.models import RewardRule

LEAST = Decimal("0.1")  # percent; no document rewards less: whoever writes 0.05 means five percent
FIELDS = (
    "name", "basis_number", "basis_title", "percent", "honorary_below", "floor", "cap", "natural_only", "claim_months",
)  # fmt: skip


def faults_of(given: dict[str, Any]) -> dict[str, str]:
    """What cannot be right about a rule, by field."""
    faults: dict[str, str] = {}
    for name in ("name", "basis_number", "basis_title"):
        if not given[name].strip():
            faults[name] = _("Fill this in.")
    percent, low, floor, cap = (given[name] for name in ("percent", "honorary_below", "floor", "cap"))
    if not 0 < percent <= 100 or percent != percent.quantize(CENT):
        faults["percent"] = _("Above 0 and at most 100, with at most two places.")
    elif percent < LEAST:
        faults["percent"] = _(
            "%(typed)s would be %(typed)s percent. Five percent is written 5, not 0.05."
        ) % {"typed": f"{percent.normalize():f}"}
    for name in ("honorary_below", "floor", "cap"):
        value = given[name]
        if value is not None and (value < 1 or value != value.quantize(CENT)):
            faults[name] = _("At least 1 yuan, with at most two places.")
    if low is None and floor is None:
        faults.setdefault(
            "floor", _("Say from which amount on money is paid: a floor, or an honorary threshold.")
        )
    if cap is not None and cap < max(low or Decimal(0), floor or Decimal(0)):
        faults.setdefault("cap", _("The most lies below the least."))
    if given["claim_months"] is not None and not 1 <= given["claim_months"] <= 120:
        faults["claim_months"] = _("Between 1 and 120 months, or nothing.")
    return faults


@transaction.atomic
def adopt_rule(
    *, region: Region, effective_from: dt.date, by: User, at: dt.datetime, **given: Any
) -> RewardRule:
    """The county's rule from a day on, by the day a report was received; its own before ends the day before.

    The day may lie back, as a county may notice late that a rule binds it: what nobody was paid follows with the
    next run of the job. given: every one of `FIELDS`; amounts in yuan.

    :raises BadInput: nothing that could be a rule, or not later than the county's last one
    """
    faults = faults_of(given)
    Region.objects.select_for_update().get(pk=region.pk)  # two who adopt at once come one after the other
    last = (
        RewardRule.objects.filter(region=region, effective_from__isnull=False)
        .order_by("-effective_from")
        .first()
    )
    if last is not None and last.effective_from is not None and effective_from <= last.effective_from:
        faults["effective_from"] = _("The county's last rule holds from %(day)s on: choose a later day.") % {
            "day": last.effective_from.isoformat()
        }
    if faults:
        raise BadInput.several(faults)
    if last is not None:
        last.effective_until, last.updated_at, last.version = effective_from, at, last.version + 1
        last.save(update_fields=["effective_until", "updated_at", "version"])
    rule = RewardRule.objects.create(
        region=region,
        effective_from=effective_from,
        created_at=at,
        updated_at=at,
        **{name: given[name] for name in FIELDS},
    )
    record(
        "reward.rule_adopted", target=rule, by=by, at=at, basis=rule.basis_number, percent=rule.percent,
        since=effective_from,
    )  # fmt: skip
    return rule
