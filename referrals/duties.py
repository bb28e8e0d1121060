"""By what a receiver is late."""

import datetime as dt

from django.db.models import Q
from django.utils.translation import gettext as _

from core.refusals import WrongState
from deadlines.models import Deadline
from departments.enums import ReferralKind
from referrals.crime_enums import POLICE_OWE, CrimeStatus
from referrals.models import Comparison, Referral


def overdue_duty(referral: Referral, at: dt.datetime) -> Deadline | None:
    """The running clock of a letter, or of the suspected crime it handed over, by which its receiver is late at the
    instant `at`, or None."""
    of_letter = Q(target_kind="referral", target_id=referral.pk)
    if referral.kind == ReferralKind.CRIMINAL and police_owe(referral):
        of_letter |= Q(target_kind="crime", target_id=referral.crime.pk)
    late = Deadline.objects.filter(of_letter).with_lamp("r", at).filter(status="running")
    return late.filter(department=referral.receiver).exclude(rule_code="supervision").order_by("due_at").first()


def police_owe(referral: Referral) -> bool:
    """Whether the next step of a letter of suspected crime is up to the body that has it; else that of somebody else,
    such as completing the file."""
    return referral.crime.status in POLICE_OWE


def owed_by_police(referral: Referral) -> None:
    """:raises WrongState: a letter of suspected crime whose next step is not the receiver's, naming who owes it"""
    if referral.kind != ReferralKind.CRIMINAL or referral.over or police_owe(referral):
        return
    crime = referral.crime
    watched = crime.status == CrimeStatus.SUPERVISING and crime.procuratorate is not None
    raise WrongState(
        _("The next step is owed by %(department)s (%(state)s): %(police)s is not pressed for it.")
        % {
            "department": crime.procuratorate if watched else crime.department,
            "state": crime.get_status_display(),
            "police": crime.police,
        }
    )


def overdue_list(comparison: Comparison, at: dt.datetime) -> Deadline | None:
    """The running clock by which the receiver of a data comparison is late at the instant `at`, or None."""
    own = Deadline.objects.filter(target_kind=Comparison.kind_code, target_id=comparison.pk)
    late = own.with_lamp("r", at).filter(status="running", department=comparison.receiver)
    return late.exclude(rule_code="supervision").order_by("due_at").first()


def owed_duty(referral: Referral, at: dt.datetime) -> Deadline:
    """:raises WrongState: the receiver is not late, or the next step is not its"""
    owed_by_police(referral)
    duty = overdue_duty(referral, at)
    if duty is None:
        raise WrongState(_("The receiver is not late: there is nothing to supervise."))
    return duty
