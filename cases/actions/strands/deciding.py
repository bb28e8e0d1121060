"""The decision of a strand, taken, taken up again, and performed."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from cases.actions.locking import lock_case
from cases.actions.money import reverse_entry
from cases.actions.strands.common import (
    AFTER,
    PROCEDURE,
    SERVICE,
    advance,
    cancel_clocks,
    end_clock,
    start,
    tell,
)
from cases.actions.strands.legal import check_gate, drop_open, keep_nature, rely_on
from cases.enums import CaseStatus, Disposition, MoneyKind, StrandStatus
from cases.models import Case, MoneyEntry, Strand
from cases.rules_legal import fresh_gate
from core import registry
from core.refusals import BadInput, WrongState
from core.states import move
from core.wording import for_the_record
from departments.models import User
from documents.models import IssuedDocument
from journal.actions import record

TAKEN_UP = gettext_noop("The decision was taken up again; its fine no longer stands.")


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
    grounds: Iterable[str] = (),
    grave: bool = False,
    by: User,
    at: dt.datetime,
) -> Strand:
    """Decide: what was found, what follows and on which basis. `documents`: ids of issued documents of the
    case — a written opinion among them is what the penalty rests on (C15). `known`: the sentences of
    `penalty_notes` were read; a penalty does not replace a transfer of suspected crime (310号令 art. 11).
    `grounds`, `grave`: of what kind the penalty is (处罚法 57, 58), beside what is marked already; marks are never
    taken away here.

    :raises BadInput: no findings, no basis, no number where a penalty needs one, a document of another case,
        or late without a reason, or a penalty while something speaks against it and was not confirmed as known
    :raises WrongState: a penalty whose legal review is missing or did not pass, or a grave one that was not discussed
    :raises FourEyes: who gave the legal review decides
    """
    lock_case(strand.case)
    strand.refresh_from_db()
    if not findings.strip():
        raise BadInput(_("Write down what was found."), field="findings")
    if not basis.strip():
        raise BadInput(_("Name the legal basis."), field="basis")
    if disposition == Disposition.PENALTY and not decision_number.strip():
        raise BadInput(_("A penalty has a decision number."), field="decision_number")
    if disposition == Disposition.PENALTY and not known and (notes := penalty_notes(strand)):
        raise BadInput(" ".join(notes), field="known")
    chosen = _documents_of(strand.case, documents)
    gate = None
    if disposition == Disposition.PENALTY and strand.status == StrandStatus.INVESTIGATING:
        marked = fresh_gate(strand)
        if grave > marked.grave or not set(grounds) <= set(marked.grounds):
            keep_nature(strand, {*marked.grounds, *grounds}, grave or marked.grave, by, at)
        gate = check_gate(strand, by)
    advance(
        strand, StrandStatus.DECIDED, "strand.decided", by, at,
        {"disposition": str(disposition), "documents": chosen, "findings": findings.strip()},
        disposition=disposition, decision_basis=basis.strip(), findings=findings.strip(),
        decision_number=decision_number.strip(),
    )  # fmt: skip
    strand.basis_documents.set(chosen)
    drop_open(strand, by, at)
    if gate is not None:
        rely_on(gate, by, at)
    end_clock(strand, PROCEDURE, by, at, late_reason)
    if disposition == Disposition.PENALTY:
        start(strand, SERVICE, by, at)  # 处罚法 art. 61
    tell(strand, by, at)
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
    take_up(strand, reason.strip(), by, at)
    return strand


def standing_entries(strand: Strand, kind: str) -> list[MoneyEntry]:
    """What the ledger has of this kind for the strand and was not reversed, the oldest first."""
    own = Q(strand=strand) | Q(strand=None, department=strand.department)
    return list(MoneyEntry.objects.filter(own, case=strand.case, kind=kind, reverses=None, reversal=None).order_by("id"))


def take_up(strand: Strand, reason: str, by: User, at: dt.datetime) -> None:
    """The decision does not stand, nor its fine: the investigation goes on, and with it the case; what follows the next
    decision is a round of its own. What was paid stays and counts towards the next fine; what was verified are facts, which
    only a ruling reverses. The caller has locked the case and read the strand under that lock."""
    for entry in standing_entries(strand, MoneyKind.FINED):
        reverse_entry(entry=entry, remark=for_the_record(TAKEN_UP), by=by, at=at)
    cancel_clocks(strand, AFTER, reason, by, at)
    advance(
        strand, StrandStatus.INVESTIGATING, "strand.redone", by, at, {"reason": reason}, ended_at=None,
        round=strand.round + 1,
    )  # fmt: skip
    start(strand, PROCEDURE, by, at)
    case = strand.case
    if case.status == CaseStatus.DECIDED:  # the case has an undecided strand again
        old = move(case, CaseStatus.WORKING, at=at)
        record("case.begun", target=case, case=case, by=by, at=at, old=old, new=case.status)
    tell(strand, by, at)


@transaction.atomic
def perform(*, strand: Strand, remark: str, by: User, at: dt.datetime) -> Strand:
    """What was decided has been carried out: paid, performed, transferred.

    :raises BadInput: no word on how
    """
    if not remark.strip():
        raise BadInput(_("Say how it was performed."), field="remark")
    advance(
        strand, StrandStatus.PERFORMED, "strand.performed", by, at, {"reason": remark.strip()},
        reason=remark.strip(), ended_at=at,
    )  # fmt: skip
    cancel_clocks(strand, AFTER, remark.strip(), by, at)
    return strand
