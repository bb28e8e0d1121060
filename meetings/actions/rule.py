"""How a county meets: its own rule in place of the shipped one, kept by the system administrator or the office's head."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core.dictionaries import check_version, one_at_a_time
from core.refusals import BadInput
from departments.models import Region, User
from journal.actions import record
from meetings.actions.quarter import MEMBERS, rule_of
from meetings.models import MeetingRule

FIELDS = ("lead", "more_than", "month", "notice_days", "topics_days", "remind_days", "sign_days")
# the least and the most of each number
BOUNDS = {
    "more_than": (0, 99), "month": (1, 3), "notice_days": (0, 30), "topics_days": (1, 60), "remind_days": (0, 30),
    "sign_days": (1, 30),
}  # fmt: skip


def values_of(rule: MeetingRule) -> dict[str, Any]:
    """What may be edited of a rule."""
    return {name: getattr(rule, name) for name in FIELDS}


@transaction.atomic
def change_rule(
    *, region: Region, version: int, lead: str, by: User, at: dt.datetime, **numbers: int
) -> MeetingRule:
    """Say anew how the region meets. It holds for what is opened, called and circulated from now on.

    numbers: `BOUNDS`; percent, month of the quarter, working days. version: of the values as the form showed them
    (`core.dictionaries`).

    :raises Stale: somebody changed it meanwhile
    :raises BadInput: a lead department that is no member, or a number out of its bounds (by its field)
    """
    one_at_a_time()
    rule = rule_of(region)
    old, new = values_of(rule), {"lead": lead, **numbers}
    check_version(version, old)
    faults = {}
    if lead not in MEMBERS:
        faults["lead"] = _("Choose one of the six member departments.")
    for name, (least, most) in BOUNDS.items():
        if not least <= numbers[name] <= most:
            faults[name] = _("From %(least)d to %(most)d.") % {"least": least, "most": most}
    if faults:
        raise BadInput.several(faults)
    if new == old:
        return rule
    if rule.region_id is None:  # the shipped rule stays as it is, for the other counties
        rule = MeetingRule(region=region, created_at=at)
    else:
        rule.version += 1
    for name, value in new.items():
        setattr(rule, name, value)
    rule.updated_at = at
    rule.save()
    changed = [name for name in FIELDS if new[name] != old[name]]
    record(
        "meeting.rule_changed", target=rule, by=by, at=at,
        rule_changes=[[name, old[name], new[name]] for name in changed],
    )  # fmt: skip
    return rule
