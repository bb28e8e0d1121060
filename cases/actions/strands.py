"""一案多查: each department's own handling line and its procedure (FACTS §2.5)."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cases.actions.access import grant_department, name_person, unname_person
from cases.actions.locking import lock_case
from cases.enums import CaseStatus, Disposition, GrantCause, StrandStatus
from cases.models import Case, Strand
from core import registry
from core.dates import local_date
from core.refusals import AlreadyDone, BadInput, WrongState
from core.states import move
from deadlines.actions.changes import pause_clock, resume_clock
from deadlines.actions.clocks import cancel_clock, meet_clock, open_clock, reassign_clock, start_clock
from departments.enums import Role
from departments.models import Department, User
from documents.models import IssuedDocument
from journal.actions import notify, record

VERIFICATION = "verification"
PROCEDURE = "case_90"


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
    _check_case(case)
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
    _check_running(strand)
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


def _check_case(case: Case) -> None:
    if case.status == CaseStatus.CLOSED:
        raise WrongState(_("The case is closed. Reopen it first."))


def _start(strand: Strand, code: str, by: User, at: dt.datetime) -> None:
    start_clock(
        code=code, target=strand, department=strand.department, case=strand.case, person=strand.handler,
        at=at, by=by,
    )  # fmt: skip


def _check_running(strand: Strand) -> None:
    if strand.over:
        raise WrongState(_("This strand is over."))


def _advance(
    strand: Strand, new: str, verb: str, by: User, at: dt.datetime, params: dict, **fields: Any
) -> str:
    """Lock, move, record: what every step of the procedure has in common. Returns the old state."""
    lock_case(strand.case)
    strand.refresh_from_db()
    old = move(strand, new, at=at, **fields)
    record(
        verb, target=strand, case=strand.case, by=by, at=at, old=old, new=str(new),
        department=strand.department_id, **params,
    )  # fmt: skip
    return old


def _end_clock(strand: Strand, code: str, by: User, at: dt.datetime, late_reason: str = "") -> None:
    clock = open_clock(strand, code)
    if clock is not None:
        meet_clock(deadline=clock, by=by, at=at, late_reason=late_reason)


@transaction.atomic
def file_strand(*, strand: Strand, filing_number: str, by: User, at: dt.datetime) -> Strand:
    """立案: verification ends, the 90-day clock starts (处罚法 art. 60), the lead becomes a case.

    :raises BadInput: no filing number
    """
    if not filing_number.strip():
        raise BadInput(_("Enter the filing number."), field="filing_number")
    _advance(
        strand, StrandStatus.FILED, "strand.filed", by, at, {"number": filing_number.strip()},
        filed_on=local_date(at), filing_number=filing_number.strip(),
    )  # fmt: skip
    _end_clock(strand, VERIFICATION, by, at)
    _start(strand, PROCEDURE, by, at)
    case = strand.case
    if not case.filed:
        case.filed, case.updated_at, case.version = True, at, case.version + 1
        case.save(update_fields=["filed", "updated_at", "version"])
    return strand


@transaction.atomic
def decline_strand(
    *, strand: Strand, reason: str, disposition: str = Disposition.NONE, by: User, at: dt.datetime
) -> Strand:
    """不予立案, with its reason; it may go on as 协议处理.

    :raises BadInput: no reason, or a disposition that needs a filed case
    """
    if not reason.strip():
        raise BadInput(_("Give a reason."), field="reason")
    if disposition not in (Disposition.NONE, Disposition.AGREEMENT, Disposition.JUDICIAL):
        raise BadInput(_("Without filing there is no penalty."), field="disposition")
    _advance(
        strand, StrandStatus.NOT_FILED, "strand.declined", by, at,
        {"disposition": str(disposition), "reason": reason.strip()},
        reason=reason.strip(), disposition=disposition, ended_at=at,
    )  # fmt: skip
    _end_clock(strand, VERIFICATION, by, at)
    return strand


@transaction.atomic
def investigate(*, strand: Strand, by: User, at: dt.datetime) -> Strand:
    """Begin the investigation of a filed strand.

    :raises WrongState: it is not filed (a suspended one is resumed, a decided one redone)
    """
    lock_case(strand.case)
    strand.refresh_from_db()
    if strand.status != StrandStatus.FILED:
        raise WrongState(state=strand.status)
    _advance(strand, StrandStatus.INVESTIGATING, "strand.investigating", by, at, {})
    return strand


@transaction.atomic
def redo(*, strand: Strand, reason: str, by: User, at: dt.datetime) -> Strand:
    """Take a decided strand up again, on review or by a court: the 90 days run anew.

    :raises BadInput: no reason
    :raises WrongState: it is not decided, or performed already
    """
    if not reason.strip():
        raise BadInput(_("Give a reason."), field="reason")
    lock_case(strand.case)
    strand.refresh_from_db()
    if strand.status != StrandStatus.DECIDED:
        raise WrongState(state=strand.status)
    _advance(strand, StrandStatus.INVESTIGATING, "strand.redone", by, at, {"reason": reason.strip()})
    _start(strand, PROCEDURE, by, at)
    case = strand.case
    if case.status == CaseStatus.DECIDED:  # the case has an undecided strand again
        old = move(case, CaseStatus.WORKING, at=at)
        record("case.begun", target=case, case=case, by=by, at=at, old=old, new=case.status)
    return strand


@transaction.atomic
def verify_again(*, strand: Strand, reason: str, by: User, at: dt.datetime) -> Strand:
    """Take up a strand that was not filed: new facts. Verification runs anew.

    :raises BadInput: no reason
    :raises WrongState: it was filed, or the case is closed
    """
    if not reason.strip():
        raise BadInput(_("Give a reason."), field="reason")
    lock_case(strand.case)
    _check_case(strand.case)
    _advance(
        strand, StrandStatus.VERIFYING, "strand.verified_again", by, at, {"reason": reason.strip()},
        ended_at=None, disposition=Disposition.NONE, reason="",
    )  # fmt: skip
    _start(strand, VERIFICATION, by, at)
    return strand


@transaction.atomic
def suspend(*, strand: Strand, reason: str, by: User, at: dt.datetime) -> Strand:
    """Suspend the investigation; the 90-day clock pauses (tests, hearings, expert time: 令4号 art. 45).

    :raises BadInput: no reason
    """
    if not reason.strip():
        raise BadInput(_("Give a reason."), field="reason")
    _advance(
        strand,
        StrandStatus.SUSPENDED,
        "strand.suspended",
        by,
        at,
        {"reason": reason.strip()},
        reason=reason.strip(),
    )
    clock = open_clock(strand, PROCEDURE)
    if clock is not None:
        pause_clock(deadline=clock, by=by, at=at, reason=reason.strip())
    return strand


@transaction.atomic
def resume(*, strand: Strand, reason: str, by: User, at: dt.datetime) -> Strand:
    """Take a suspended investigation up again; the clock runs on.

    :raises BadInput: no reason
    """
    if not reason.strip():
        raise BadInput(_("Give a reason."), field="reason")
    lock_case(strand.case)
    strand.refresh_from_db()
    if strand.status != StrandStatus.SUSPENDED:
        raise WrongState(state=strand.status)
    _advance(strand, StrandStatus.INVESTIGATING, "strand.resumed", by, at, {"reason": reason.strip()})
    clock = open_clock(strand, PROCEDURE)
    if clock is not None:
        resume_clock(deadline=clock, by=by, at=at, reason=reason.strip())
    return strand


@transaction.atomic
def decide_strand(
    *,
    strand: Strand,
    disposition: str,
    basis: str,
    findings: str,
    decision_number: str = "",
    documents: Iterable[int] = (),
    late_reason: str = "",
    known: bool = False,
    by: User,
    at: dt.datetime,
) -> Strand:
    """Decide: what was found, what follows and on which basis. `documents`: ids of issued documents of the
    case — a written opinion among them is what the penalty rests on (C15). `known`: the sentences of
    `penalty_notes` were read; a penalty does not replace a transfer of suspected crime (310号令 art. 11).

    :raises BadInput: no findings, no basis, no number where a penalty needs one, a document of another case,
        late without a reason, or a penalty while something speaks against it and was not confirmed as known
    """
    if not findings.strip():
        raise BadInput(_("Write down what was found."), field="findings")
    if not basis.strip():
        raise BadInput(_("Name the legal basis."), field="basis")
    if disposition == Disposition.PENALTY and not decision_number.strip():
        raise BadInput(_("A penalty has a decision number."), field="decision_number")
    if disposition == Disposition.PENALTY and not known and (notes := penalty_notes(strand)):
        raise BadInput(" ".join(notes), field="known")
    chosen = _documents_of(strand.case, documents)
    _advance(
        strand, StrandStatus.DECIDED, "strand.decided", by, at,
        {"disposition": str(disposition), "documents": chosen, "findings": findings.strip()},
        disposition=disposition, decision_basis=basis.strip(), findings=findings.strip(),
        decision_number=decision_number.strip(),
    )  # fmt: skip
    strand.basis_documents.set(chosen)
    _end_clock(strand, PROCEDURE, by, at, late_reason)
    return strand


def penalty_notes(strand: Strand) -> list[str]:
    """What the other rooms say to a penalty on this strand."""
    return [sentence for say in registry.penalty_notes for sentence in say(strand)]


def _documents_of(case: Case, documents: Iterable[int]) -> list[int]:
    wanted = sorted(set(documents))
    known = sorted(
        IssuedDocument.objects.filter(pk__in=wanted, case_id=case.pk, voided_at=None).values_list(
            "pk", flat=True
        )
    )
    if known != wanted:
        raise BadInput(_("Choose documents of this case."), field="documents")
    return known


@transaction.atomic
def perform(*, strand: Strand, remark: str, by: User, at: dt.datetime) -> Strand:
    """What was decided has been carried out: paid, performed, transferred.

    :raises BadInput: no word on how
    """
    if not remark.strip():
        raise BadInput(_("Say how it was performed."), field="remark")
    _advance(
        strand, StrandStatus.PERFORMED, "strand.performed", by, at, {"reason": remark.strip()},
        reason=remark.strip(), ended_at=at,
    )  # fmt: skip
    return strand


@transaction.atomic
def terminate(*, strand: Strand, reason: str, by: User, at: dt.datetime) -> Strand:
    """Terminate the investigation, with its reason.

    :raises BadInput: no reason
    """
    _stop(strand, StrandStatus.TERMINATED, "strand.terminated", reason, by, at)
    return strand


@transaction.atomic
def withdraw(*, strand: Strand, reason: str, by: User, at: dt.datetime) -> Strand:
    """Withdraw the strand before it was decided, with its reason.

    :raises BadInput: no reason
    """
    _stop(strand, StrandStatus.WITHDRAWN, "strand.withdrawn", reason, by, at)
    return strand


def _stop(strand: Strand, new: str, verb: str, reason: str, by: User, at: dt.datetime) -> None:
    if not reason.strip():
        raise BadInput(_("Give a reason."), field="reason")
    _advance(strand, new, verb, by, at, {"reason": reason.strip()}, reason=reason.strip(), ended_at=at)
    for code in (VERIFICATION, PROCEDURE):
        clock = open_clock(strand, code)
        if clock is not None:
            cancel_clock(deadline=clock, by=by, at=at, reason=reason.strip())
