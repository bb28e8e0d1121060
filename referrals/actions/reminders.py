"""催办: at most once a working day, counted."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from cases.actions.locking import lock_case
from core.dates import local_date
from core.refusals import AlreadyDone, WrongState
from deadlines.calendar import Calendar
from departments.models import User
from journal.actions import record
from referrals import notices
from referrals.duties import owed_by_police
from referrals.enums import ReferralStatus
from referrals.models import Chase, Completion, Referral
from referrals.receiving_enums import CompletionStatus

OWING = (ReferralStatus.SENT, ReferralStatus.RECEIVED, ReferralStatus.ACCEPTED)


@transaction.atomic
def chase_referral(*, referral: Referral, remark: str = "", by: User, at: dt.datetime) -> Chase:
    """Remind the receiver. A reminder on a day off counts for the next working day.

    :raises AlreadyDone: it was already chased for this working day
    :raises WrongState: nothing is owed any more, or the sender owes the next step itself
    """
    lock_case(referral.case)
    locked = Referral.objects.select_for_update().get(pk=referral.pk)
    if locked.status not in OWING:
        raise WrongState
    owed_by_police(locked)
    if Completion.objects.filter(referral=locked, status=CompletionStatus.ASKED).exists():
        raise WrongState(_("The receiver waits for you: supply what is missing first."))
    on = Calendar.current().next_working_day(local_date(at))
    if Chase.objects.filter(referral=locked, on=on).exists():
        raise AlreadyDone(_("It was already chased today: at most one reminder a working day."))
    number = Chase.objects.filter(referral=locked).count() + 1
    chase = Chase.objects.create(referral=locked, on=on, number=number, remark=remark.strip(), by=by, at=at)
    record("referral.chased", target=locked, by=by, at=at, case=locked.case, number=locked.number,
           receiver=locked.receiver.short_name, times=number, remark=chase.remark)  # fmt: skip
    notices.referral_chased(locked, number, at=at)
    return chase
