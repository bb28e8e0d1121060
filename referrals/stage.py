"""What letters say of the stage “informed and transferred” in the bar of the case page."""

from typing import Any

from django.utils.translation import gettext as _

from core.memory import remembered
from referrals.enums import ReferralStatus
from referrals.models import Referral

_WITH_SENDER = (ReferralStatus.RETURNED, ReferralStatus.CLOSED)


def asks(case: Any, _user: Any) -> dict[str, Any]:
    """The states of the letters that count."""
    counted = Referral.objects.filter(case=case, receiver__named_only=False)  # door: a count of what all its readers see
    states = counted.exclude(status=ReferralStatus.WITHDRAWN).values_list("status", flat=True)
    return {"referrals.states": states}


def transferred(case: Any) -> tuple[str, str]:
    """("done" | "now" | "", words): how many of the letters of a case were signed for. One query.

    Without letters seen by named persons only: everybody of the case reads the bar, and would count them by it.
    """
    ((key, counted),) = asks(case, None).items()
    states = remembered(case, key, lambda: list(counted))
    if not states:
        return "", ""
    signed = sum(state != ReferralStatus.SENT for state in states)
    over = all(state in _WITH_SENDER for state in states)
    return "done" if over else "now", _("%(n)s of %(all)s signed for") % {"n": signed, "all": len(states)}
