"""By what a receiver is late."""

import datetime as dt

from deadlines.models import Deadline
from referrals.models import Referral


def overdue_duty(referral: Referral, at: dt.datetime) -> Deadline | None:
    """The running clock of a letter by which its receiver is late at the instant `at`, or None."""
    late = Deadline.objects.of("referral", referral.pk).with_lamp("r", at).filter(status="running")
    return late.filter(department=referral.receiver).exclude(rule_code="supervision").order_by("due_at").first()
