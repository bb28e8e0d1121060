"""By what a receiver is late."""

import datetime as dt

from django.utils.translation import gettext as _

from core.refusals import WrongState
from deadlines.models import Deadline
from referrals.models import Referral


def overdue_duty(referral: Referral, at: dt.datetime) -> Deadline | None:
    """The running clock of a letter by which its receiver is late at the instant `at`, or None."""
    late = Deadline.objects.of("referral", referral.pk).with_lamp("r", at).filter(status="running")
    return late.filter(department=referral.receiver).exclude(rule_code="supervision").order_by("due_at").first()


def owed_duty(referral: Referral, at: dt.datetime) -> Deadline:
    """:raises WrongState: the receiver is not late"""
    duty = overdue_duty(referral, at)
    if duty is None:
        raise WrongState(_("The receiver is not late: there is nothing to supervise."))
    return duty
