"""一案多查: a department's line is opened, and a person named who handles it."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cases.actions.access import grant_department, name_person, unname_person
from cases.actions.locking import lock_case
from cases.actions.strands.common import PROCEDURE, VERIFICATION, check_open, check_running
from cases.enums import GrantCause
from cases.models import Case, Strand
from core.dates import local_date
from core.refusals import AlreadyDone, BadInput
from deadlines.actions.clocks import open_clock, reassign_clock, start_clock
from departments.enums import Role
from departments.models import Department, User
from journal.actions import notify, record


@transaction.atomic
def open_strand(
    *, case: Case, department: Department, handler: User | None = None, by: User, at: dt.datetime
) -> Strand:
    """Open a department's line in the case: its verification clock runs (15 working days, 令4号 art. 14).

    The department is granted the case. Without a handler its section heads are told to name one.

    :raises AlreadyDone: the department has its line
    :raises WrongState: the case is closed
    :raises BadInput: the department is of another region or has no account
    """
    lock_case(case)
    check_open(case)
    if department.region_id != case.region_id or not department.active:
        raise BadInput(_("This department is not part of the county's mechanism."), field="department")
    if Strand.objects.filter(case=case, department=department).exists():
        raise AlreadyDone(_("This department works in the case already."))
    strand = Strand.objects.create(
        case=case, department=department, opened_at=at, created_at=at, updated_at=at
    )
    grant_department(
        case=case, department=department, cause=GrantCause.STRAND, cause_target=strand, by=by, at=at
    )
    start_clock(
        code=VERIFICATION, target=strand, department=department, case=case, person=handler, at=at, by=by
    )
    record("strand.opened", target=strand, case=case, by=by, at=at, department=department.pk)
    if handler is not None:
        assign_strand(strand=strand, handler=handler, by=by, at=at)
    else:
        heads = User.objects.acting_for(department, Role.SECTION_HEAD, on=local_date(at))
        notify(
            heads.exclude(pk=by.pk), "strand.opened", target=strand, case=case, department=department, at=at,
            tone="b",
        )  # fmt: skip
    return strand


@transaction.atomic
def assign_strand(*, strand: Strand, handler: User, by: User, at: dt.datetime) -> Strand:
    """Name who handles the strand; they may write in the case from now on.

    :raises BadInput: the person holds no post in the strand's department
    :raises WrongState: the strand is over
    """
    lock_case(strand.case)
    strand.refresh_from_db()
    check_running(strand)
    if not User.objects.acting_for(strand.department, on=local_date(at)).filter(pk=handler.pk).exists():
        raise BadInput(_("Choose somebody of this department."), field="handler")
    old = strand.handler_id
    strand.handler, strand.updated_at, strand.version = handler, at, strand.version + 1
    strand.save(update_fields=["handler", "updated_at", "version"])
    if before := User.objects.filter(pk=old).exclude(pk=handler.pk).first():
        unname_person(
            case=strand.case, user=before, cause=GrantCause.ASSIGNED, cause_target=strand, by=by, at=at
        )
    name_person(case=strand.case, user=handler, cause=GrantCause.ASSIGNED, cause_target=strand, by=by, at=at)
    for code in (VERIFICATION, PROCEDURE):
        clock = open_clock(strand, code)
        if clock is not None and clock.person_id != handler.pk:
            reassign_clock(deadline=clock, person=handler, by=by, at=at)
    record(
        "strand.assigned",
        target=strand,
        case=strand.case,
        by=by,
        at=at,
        old_user=old,
        handler=handler.pk,
        department=strand.department_id,
    )
    if handler.pk != by.pk:
        notify(
            [handler], "strand.assigned", target=strand, case=strand.case, department=strand.department, at=at,
            tone="b", handler=handler.pk,
        )  # fmt: skip
    return strand
