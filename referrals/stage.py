"""What letters say of the stage “informed and transferred” in the bar of the case page."""

from typing import Any

from django.utils.translation import gettext as _

from referrals.enums import ReferralStatus
from referrals.models import Referral

_WITH_SENDER = (ReferralStatus.RETURNED, ReferralStatus.CLOSED)


def transferred(case: Any) -> tuple[str, str]:
    """("done" | "now" | "", words): how many of the letters of a case were signed for. One query."""
    states = list(
        Referral.objects.filter(case=case).exclude(status=ReferralStatus.WITHDRAWN).values_list("status", flat=True)
    )
    if not states:
        return "", ""
    signed = sum(state != ReferralStatus.SENT for state in states)
    over = all(state in _WITH_SENDER for state in states)
    return "done" if over else "now", _("%(n)s of %(all)s signed for") % {"n": signed, "all": len(states)}
