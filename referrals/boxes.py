"""收 / 发 / 抄送: what the lists of letters show, narrowed by what stands in the address. Nothing here writes."""

import datetime as dt
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from deadlines.models import Deadline
from deadlines.querysets import DeadlineQuerySet
from departments.enums import ReferralKind
from departments.models import User
from referrals import rules
from referrals.actions.reminders import OWING
from referrals.box_lamps import clocked
from referrals.enums import ReferralStatus
from referrals.models import Copy, Reading, Referral

PAGE = 50
LAMPS = (("r", _("late")), ("y", _("soon")), ("g", _("in time")), ("n", _("no clock")))
BOXES = {"in": _("Letters received"), "out": _("Sent letters"), "copied": _("Copies received")}


def letters(user: User, box: str, chosen: dict[str, Any], *, at: dt.datetime) -> QuerySet[Referral]:
    """Letters this person's department received ("in") or sent ("out"), newest first.

    chosen: the cleaned values of `forms_informing.BoxForm`; empty ones do not narrow. at: the instant of the lamps.
    """
    found = Referral.objects.readable_by(user).for_list()
    here, other = user.department, "dispatch__department" if box == "in" else "receiver"
    found = found.filter(receiver=here) if box == "in" else found.sent_by_department(here)
    # whoever owes a completion, or the next step of a suspected crime, is not chased
    found = found.select_related("dispatch__criminal_transfer").prefetch_related("completions")
    if chosen.get("kind") in ReferralKind.values:
        found = found.filter(kind=chosen["kind"])
    if chosen.get("status") in ReferralStatus.values:
        found = found.filter(status=chosen["status"])
    if chosen.get("department"):
        found = found.filter(**{other: chosen["department"]})
    if chosen.get("open") == "1":
        found = found.open()
    if chosen.get("q"):
        found = found.filter(Q(number__icontains=chosen["q"]) | Q(dispatch__subject__icontains=chosen["q"]))
    return with_lamp(found, chosen.get("lamp") or "", at=at).order_by("-sent_at", "-pk")


def with_lamp(found: QuerySet[Any], colour: str, *, at: dt.datetime) -> QuerySet[Any]:
    """Letters (or lists, or requests) whose most urgent running clock shows this lamp; "n": nothing runs."""
    clocks = Deadline.objects.open()
    lit = {code: clocked(found, clocks.filter(DeadlineQuerySet.lamp_condition(code, at))) for code in "ryg"}
    return {
        "r": lambda: found.filter(lit["r"]),
        "y": lambda: found.filter(lit["y"], ~lit["r"]),
        "g": lambda: found.filter(lit["g"], ~lit["y"], ~lit["r"]),
        "n": lambda: found.filter(~lit["g"], ~lit["y"], ~lit["r"]),
    }.get(colour, lambda: found)()


def copies(user: User, chosen: dict[str, Any]) -> QuerySet[Copy]:
    """Copies this person's department received, newest first, with how many were asked to read and have."""
    found = Copy.objects.visible_to(user).filter(department=user.department).for_list()
    if chosen.get("kind") in ReferralKind.values:
        found = found.filter(dispatch__kind=chosen["kind"])
    if chosen.get("department"):
        found = found.filter(sender=chosen["department"])
    if chosen.get("q"):
        found = found.filter(Q(number__icontains=chosen["q"]) | Q(dispatch__subject__icontains=chosen["q"]))
    if (chosen.get("before") or "").isdecimal():
        found = found.filter(pk__lt=min(int(chosen["before"]), 2**63 - 1))
    if chosen.get("open") == "1":
        found = found.exclude(
            Exists(Reading.objects.filter(
                dispatch=OuterRef("dispatch"), department=user.department, read_at__isnull=False
            ))
        )  # fmt: skip
    return found.order_by("-pk")


def read_counts(found: list[Copy], user: User) -> dict[int, tuple[int, int]]:
    """dispatch → (have read, were asked) in this person's department. One query."""
    rows = (
        Reading.objects.filter(dispatch__in=[copy.dispatch_id for copy in found], department=user.department)
        .order_by()
        .values_list("dispatch")
        .annotate(read=Count("pk", filter=Q(read_at__isnull=False)), asked=Count("pk"))
    )
    return {dispatch: (read, asked) for dispatch, read, asked in rows}


def may_tick(user: User, box: str, referral: Referral) -> bool:
    """Whether the row can be dealt with in bulk: signed for in the inbox, chased in the outbox."""
    if box == "in":
        return rules.can_sign_for(user, referral)
    return referral.status in OWING and rules.can_chase(user, referral)
