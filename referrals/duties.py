"""By what a receiver is late."""

import datetime as dt

from django.db.models import Q
from django.utils.translation import gettext as _

from core.refusals import WrongState
from deadlines.models import Deadline
from departments.enums import ReferralKind
from referrals.models import Comparison, Referral


def overdue_duty(referral: Referral, at: dt.datetime) -> Deadline | None:
    """The running clock of a letter, or of the suspected crime it handed over, by which its receiver is late at the
    instant `at`, or None."""
    of_letter = Q(target_kind="referral", target_id=referral.pk)
    if referral.kind == ReferralKind.CRIMINAL:
        of_letter |= Q(target_kind="crime", target_id=referral.criminal_transfer.pk)
    late = Deadline.objects.filter(of_letter).with_lamp("r", at).filter(status="running")
    return late.filter(department=referral.receiver).exclude(rule_code="supervision").order_by("due_at").first()


def overdue_list(comparison: Comparison, at: dt.datetime) -> Deadline | None:
    """The running clock by which the receiver of a data comparison is late at the instant `at`, or None."""
    own = Deadline.objects.filter(target_kind=Comparison.kind_code, target_id=comparison.pk)
    late = own.with_lamp("r", at).filter(status="running", department=comparison.receiver)
    return late.exclude(rule_code="supervision").order_by("due_at").first()


def owed_duty(referral: Referral, at: dt.datetime) -> Deadline:
    """:raises WrongState: the receiver is not late"""
    duty = overdue_duty(referral, at)
    if duty is None:
        raise WrongState(_("The receiver is not late: there is nothing to supervise."))
    return duty
