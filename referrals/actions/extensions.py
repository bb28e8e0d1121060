"""延期: asked by who owes, agreed by who waits; the old date stays on the record."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from cases.actions.locking import lock_case
from core.refusals import BadInput, WrongState
from core.states import move
from deadlines.actions.clocks import extend_clock, open_clock
from departments.models import User
from journal.actions import record
from referrals import notices
from referrals.actions.drafting import check_limit
from referrals.actions.handling import REPLY_CLOCKS
from referrals.actions.overtaken import drop_stale
from referrals.actions.papers import needed
from referrals.enums import ExtensionStatus, ReferralStatus
from referrals.models import Extension, Referral


@transaction.atomic
def ask_extension(
    *, referral: Referral, new_on: dt.date, reason: str, by: User, at: dt.datetime
) -> Extension:
    """Ask the sender for a later limit.

    :raises BadInput: no reason, or a date that is not later than the limit and than today, or years ahead
    :raises WrongState: nothing is being worked, there is no limit, or a request is open
    """
    lock_case(referral.case)
    locked = Referral.objects.select_for_update().get(pk=referral.pk)
    if locked.status != ReferralStatus.ACCEPTED or locked.limit_on is None:
        raise WrongState
    if locked.extensions.filter(status=ExtensionStatus.ASKED).exists():
        raise WrongState(_("An extension was already asked for."))
    reason = needed(reason)
    if new_on <= locked.limit_on:
        raise BadInput(_("The new limit must be later than the old one."), field="new_on")
    check_limit(new_on, at=at, field="new_on")
    extension = Extension.objects.create(
        referral=locked, old_on=locked.limit_on, new_on=new_on, reason=reason, asked_by=by, asked_at=at,
        created_at=at, updated_at=at,
    )  # fmt: skip
    record("extension.asked", target=locked, by=by, at=at, case=locked.case, number=locked.number,
           receiver=locked.receiver.short_name, old=locked.limit_on, new=new_on, reason=reason)  # fmt: skip
    notices.extension_asked(extension, at=at)
    return extension


@transaction.atomic
def decide_extension(
    *, extension: Extension, agreed: bool, remark: str = "", by: User, at: dt.datetime
) -> Extension:
    """Agree to a later limit, or not (then with a reason).

    :raises BadInput: refused without a reason, or agreed to when the new limit has passed
    :raises WrongState, MovedOn: it was decided, or lapsed when the letter was answered or ended
    """
    referral = extension.referral
    lock_case(referral.case)
    locked = Referral.objects.select_for_update().get(pk=referral.pk)
    if agreed:
        check_limit(extension.new_on, at=at, field="agreed")
    else:
        remark = needed(remark, "remark")
    status = ExtensionStatus.AGREED if agreed else ExtensionStatus.REFUSED
    move(extension, status, at=at, decided_by=by, decided_at=at, decision=remark.strip())
    if agreed:
        for code in REPLY_CLOCKS:
            deadline = open_clock(locked, code)
            if deadline is not None:
                extend_clock(
                    deadline=deadline, at=at, by=by, reason=extension.reason, new_due_on=extension.new_on
                )
        locked.limit_on, locked.updated_at, locked.version = extension.new_on, at, locked.version + 1
        locked.save(update_fields=["limit_on", "updated_at", "version"])
    record(f"extension.{status}", target=locked, by=by, at=at, case=locked.case, number=locked.number,
           receiver=locked.receiver.short_name, old=extension.old_on, new=extension.new_on,
           reason=extension.decision)  # fmt: skip
    drop_stale(locked, by=by, at=at)
    notices.extension_decided(extension, at=at)
    return extension
