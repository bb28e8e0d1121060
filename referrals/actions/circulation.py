"""抄送、传阅、已阅: who gets a copy, who is asked to read, and who says that they have."""

import datetime as dt
from collections.abc import Iterable, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from cases.actions.locking import lock_case
from core.dates import local_date
from core.refusals import AlreadyDone, BadInput, WrongState
from departments.enums import LEADERS, Role
from departments.models import Department, User
from journal.actions import record
from referrals import notices
from referrals.enums import ReferralStatus
from referrals.models import Copy, Dispatch, Reading, Referral
from referrals.rules import WORKERS

NOT_HERE = (ReferralStatus.SENT, ReferralStatus.WITHDRAWN)
READERS = (*WORKERS, Role.REGISTRAR, Role.LEGAL)


def send_copies(dispatch: Dispatch, number: str, *, by: User, at: dt.datetime) -> list[Copy]:
    """Give the departments under 抄送 their copy; its registrars and section heads are asked to read it.

    Belongs to `send_dispatch`. A body without an account is only named in the letter and here.
    """
    copies = [
        Copy.objects.create(
            dispatch=dispatch, case=dispatch.case, sender=dispatch.department, department=department,
            number=number, sent_by=by, sent_at=at,
        )
        for department in dispatch.copied.order_by("pk")
    ]  # fmt: skip
    for copy in copies:
        first = list(
            User.objects.acting_for(copy.department, Role.REGISTRAR, Role.SECTION_HEAD, on=local_date(at))
        )
        people = first or list(User.objects.acting_for(copy.department, *LEADERS, on=local_date(at)))
        _ask(dispatch, copy.department, people, by=by, at=at)
        record("referral.copied", target=copy, by=by, at=at, case=dispatch.case,
               receiver=copy.department.short_name, number=number)  # fmt: skip
        notices.to_read(copy, copy.sender, copy.department, people, at=at)
    return copies


def _ask(
    dispatch: Dispatch, department: Department, people: Iterable[User], *, by: User, at: dt.datetime
) -> None:
    Reading.objects.bulk_create(
        Reading(dispatch=dispatch, department=department, person=person, asked_by=by, asked_at=at)
        for person in people
    )


@transaction.atomic
def circulate(*, letter: Referral | Copy, people: Sequence[User], by: User, at: dt.datetime) -> list[Reading]:
    """传阅: ask persons of the receiving department to read a letter that was signed for, or a copy.

    Who was asked already is passed over.

    :raises BadInput: nobody new, or somebody who does not work in the department
    :raises WrongState: the letter was not signed for yet
    """
    lock_case(letter.case)
    department = letter.department if isinstance(letter, Copy) else letter.receiver
    if isinstance(letter, Referral) and letter.status in NOT_HERE:
        raise WrongState(_("Sign for the letter first."))
    allowed = set(
        User.objects.acting_for(department, *READERS, on=local_date(at)).values_list("pk", flat=True)
    )
    if not {person.pk for person in people} <= allowed:
        raise BadInput(_("Choose somebody who works in your department."), field="people")
    asked = set(
        Reading.objects.filter(dispatch=letter.dispatch_id, department=department).values_list(
            "person", flat=True
        )
    )
    new = [person for person in people if person.pk not in asked]
    if not new:
        raise BadInput(_("Choose at least one person who was not asked yet."), field="people")
    _ask(letter.dispatch, department, new, by=by, at=at)
    record("referral.circulated", target=letter, by=by, at=at, case=letter.case, number=letter.number,
           receiver=department.short_name, people=len(new))  # fmt: skip
    notices.to_read(letter, letter.sender, department, new, at=at)
    return list(Reading.objects.filter(dispatch=letter.dispatch_id, department=department, person__in=new))


@transaction.atomic
def confirm_read(*, reading: Reading, by: User, at: dt.datetime) -> Reading:
    """已阅: the person says they have read it.

    :raises BadInput: somebody else was asked
    :raises AlreadyDone: it was confirmed before
    """
    locked = Reading.objects.select_for_update().get(pk=reading.pk)
    if locked.person_id != by.pk:
        raise BadInput(_("Only the person who was asked confirms reading."))
    if locked.read_at is not None:
        raise AlreadyDone(_("You have confirmed it already."))
    locked.read_at = at
    locked.save(update_fields=["read_at"])
    record("referral.read", target=reading, by=by, at=at, case=locked.dispatch.case)
    return locked
