"""信息互通: the duty to tell the cooperating departments of a lead, and how it ends (C10)."""

import datetime as dt

from django.db import transaction

from cases.actions.locking import lock_case
from cases.enums import CaseStatus, SubjectKind
from cases.models import Case
from core.dates import local_date
from core.states import move
from deadlines.actions.clocks import cancel_clock, meet_clock, open_clock, start_clock
from departments.enums import Function, ReferralKind
from departments.models import Department, Route, User
from journal.actions import record
from referrals import notices
from referrals.actions.papers import needed
from referrals.enums import DutyStatus, ReferralStatus
from referrals.models import BulletinDuty, Dispatch, DutyReceiver, Referral

DESIGNATED = (SubjectKind.INSTITUTION, SubjectKind.PHARMACY)  # 两定医药机构


def must_be_told(case: Case) -> bool:
    """Whether the owner has to tell others of this lead (seed 三（一）).

    医保: suspected fraud by a designated institution. Everybody else who has default recipients, such as 卫健 and
    市监 towards 医保: every lead.
    """
    if case.owner.function != Function.INSURANCE:
        return True
    return case.categories.filter(fraud=True).exists() and case.subjects.filter(kind__in=DESIGNATED).exists()


def default_recipients(department: Department) -> list[Department]:
    """The departments of its region to whom its bulletins go by default, as the routes say."""
    functions = Route.objects.filter(
        kind=ReferralKind.BULLETIN, sender=department.function, proposed=True
    ).values("receiver")
    found = Department.objects.active().filter(region=department.region_id, function__in=functions)
    return list(found.exclude(pk=department.pk).order_by("pk"))


@transaction.atomic
def owe_bulletin(*, case: Case, by: User, at: dt.datetime) -> BulletinDuty | None:
    """Start the owner's duty to send a bulletin, where the lead is of that kind; once a case.

    Called when a lead is registered or its categories change. None where nothing has to be told.
    """
    if case.status == CaseStatus.CLOSED or not must_be_told(case):
        return None
    if BulletinDuty.objects.filter(case=case, department=case.owner).exists():
        return None
    proposed = default_recipients(case.owner)
    if not proposed:
        return None
    duty = BulletinDuty.objects.create(case=case, department=case.owner, created_at=at, updated_at=at)
    DutyReceiver.objects.bulk_create(
        DutyReceiver(duty=duty, department=department) for department in proposed
    )
    deadline = start_clock(
        code="bulletin",
        target=duty,
        department=case.owner,
        person=_who_owes(case, at),
        case=case,
        by=by,
        at=at,
    )
    record(
        "bulletin.owed", target=duty, by=by, at=at, case=case, due_on=deadline.due_on,
        receivers="、".join(str(department) for department in proposed),
    )  # fmt: skip
    return duty


def _who_owes(case: Case, at: dt.datetime) -> User | None:
    """The handler, where they act for the owner."""
    on = local_date(at)
    if (
        case.handler is None
        or not User.objects.acting_for(case.owner, on=on).filter(pk=case.handler_id).exists()
    ):
        return None
    return case.handler


def tell_by(
    dispatch: Dispatch, referrals: list[Referral], *, by: User, at: dt.datetime, late_reason: str
) -> None:
    """A bulletin was sent: who is told by it, who is left out and why; a running duty is met.

    Belongs to `send_dispatch`, which holds the case.
    """
    duty = BulletinDuty.objects.filter(case=dispatch.case_id, department=dispatch.department_id).first()
    if dispatch.kind != ReferralKind.BULLETIN or duty is None:
        return
    told = {referral.receiver_id: referral for referral in referrals}
    left_out = []
    for row in duty.proposed.filter(referral=None).select_related("department"):
        row.referral = told.get(row.department_id)
        if row.referral is None:
            if duty.status != DutyStatus.DUE or row.left_out_at is not None:
                continue
            row.left_out_reason, row.left_out_by, row.left_out_at = dispatch.left_out, by, at
            left_out.append(str(row.department))
        row.save(update_fields=["referral", "left_out_reason", "left_out_by", "left_out_at"])
    if duty.status != DutyStatus.DUE:
        return
    move(duty, DutyStatus.MET, at=at, met_by=by, met_at=at)
    deadline = open_clock(duty, "bulletin")
    if deadline is not None:
        meet_clock(deadline=deadline, at=at, by=by, late_reason=late_reason)
    if left_out:
        record("bulletin.left_out", target=duty, by=by, at=at, case=dispatch.case,
               receivers="、".join(left_out), reason=dispatch.left_out)  # fmt: skip


def reopen_bulletin(referral: Referral, *, by: User, at: dt.datetime) -> None:
    """The last letter of a bulletin was withdrawn: it is owed again, by a clock that began when the first one did.

    Belongs to the withdrawal, which holds the case. The clock that was met stays on the record beside the new one.
    """
    case = referral.case
    duty = BulletinDuty.objects.filter(case=case, department=referral.sender_id, status=DutyStatus.MET).first()
    if referral.kind != ReferralKind.BULLETIN or duty is None or case.status == CaseStatus.CLOSED:
        return
    bulletins = Referral.objects.filter(case=case, sender=referral.sender_id, kind=ReferralKind.BULLETIN)
    if bulletins.exclude(status=ReferralStatus.WITHDRAWN).exists():
        return
    duty.proposed.update(referral=None)
    move(duty, DutyStatus.DUE, at=at, met_by=None, met_at=None)
    deadline = start_clock(
        code="bulletin", target=duty, department=duty.department, person=_who_owes(case, at), case=case,
        started_at=duty.created_at, by=by, at=at,
    )  # fmt: skip
    record("bulletin.owed_again", target=duty, by=by, at=at, case=case, due_on=deadline.due_on, number=referral.number)


@transaction.atomic
def waive_bulletin(*, duty: BulletinDuty, reason: str, by: User, at: dt.datetime) -> BulletinDuty:
    """不需通报: a leader says why nobody has to be told; the clock ends, the reason stays.

    :raises BadInput: no reason
    :raises WrongState, MovedOn: the bulletin was sent, or waived before
    """
    lock_case(duty.case)
    reason = needed(reason)
    move(duty, DutyStatus.WAIVED, at=at, waived_by=by, waived_at=at, waive_reason=reason)
    deadline = open_clock(duty, "bulletin")
    if deadline is not None:
        cancel_clock(deadline=deadline, at=at, by=by, reason=reason)
    record("bulletin.waived", target=duty, by=by, at=at, case=duty.case, reason=reason)
    notices.bulletin_waived(duty, by, at=at)
    return duty
