"""What a publication is about: a penalty, a bar or a list entry by (kind, id), and whether it still stands.

Read by the job that finds what is owed to the public, and what has fallen and must be withdrawn.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef

from cases.enums import Disposition, StrandStatus
from cases.models import Case, Strand, Subject
from core.dates import local_date
from departments.models import Department
from journal.models import Event
from sanctions.enums import BarStatus, EntryStatus, ListKind, RepairStatus
from sanctions.enums_credit import InfoKind, PublicationStatus, WithdrawalCause
from sanctions.models import Bar, ListEntry, Publication, Repair
from sanctions.publication_masking import scrubbed

DECIDED = (StrandStatus.DECIDED, StrandStatus.PERFORMED)


@dataclass(frozen=True)
class Source:
    """What is owed to the public: whose, of whom, formed on which day, with the words a person starts from."""

    kind: str
    pk: int
    info: str
    department: Department
    subject: Subject
    formed_on: dt.date
    case: Case | None = None
    number: str = ""
    basis: str = ""
    words: str = ""
    since: dt.date | None = None
    until: dt.date | None = None

    @property
    def fields(self) -> dict[str, Any]:
        return {
            "number": self.number, "basis": self.basis[:300], "words": scrubbed(self.words, self.subject)[:500],
            "since": self.since, "until": self.until,
        }  # fmt: skip


def _published(kind: str) -> Exists:
    rows = Publication.objects.filter(source_kind=kind, source_id=OuterRef("pk"))
    return Exists(rows.exclude(status=PublicationStatus.WITHDRAWN))


def owed() -> Iterator[Source]:
    """Decided penalties, bars in force and listed entries nobody has a publication for; dropped ones stay dropped."""
    strands = Strand.objects.filter(
        ~_published("strand"), disposition=Disposition.PENALTY, status__in=DECIDED
    )
    for strand in strands.select_related("case", "department").order_by("pk"):
        source = of_strand(strand)
        if source is not None:
            yield source
    bars = Bar.objects.filter(~_published("bar"), status=BarStatus.IN_FORCE)
    for bar in bars.select_related("subject", "sanction__authority", "sanction__case").order_by("pk"):
        yield Source(
            "bar", bar.pk, InfoKind.AGREEMENT, bar.sanction.authority, bar.subject, bar.since or local_date(bar.created_at),
            bar.sanction.case, bar.decision_number, bar.basis, "解除医保协议，限制期内不得重新申请", bar.since, bar.until,
        )  # fmt: skip
    entries = ListEntry.objects.filter(~_published("list_entry"), status=EntryStatus.LISTED)
    for entry in entries.select_related("subject", "department", "sanction__case").order_by("pk"):
        info = InfoKind.RED if entry.kind == ListKind.RED else InfoKind.BLACK
        assert entry.since is not None
        yield Source(
            "list_entry", entry.pk, info, entry.department, entry.subject, entry.since,
            entry.sanction.case if entry.sanction else None, entry.judgment_number or entry.decision_number, entry.basis,
            entry.reason, entry.since, entry.until,
        )  # fmt: skip


def of_strand(strand: Strand) -> Source | None:
    """A decided penalty, against the principal of its case; None where the case names nobody."""
    party = strand.case.case_subjects.select_related("subject").order_by("-principal", "pk").first()
    if party is None:
        return None
    decided = (
        Event.objects.filter(verb="strand.decided", target_kind="strand", target_id=strand.pk)
        .order_by("pk")
        .last()
    )
    formed = local_date(decided.at if decided else strand.opened_at)
    return Source(
        "strand", strand.pk, InfoKind.PENALTY, strand.department, party.subject, formed, strand.case,
        strand.decision_number, strand.decision_basis, "", formed, None,
    )  # fmt: skip


@dataclass(frozen=True)
class Fallen:
    """Why what was published does not stand any more, and since which day."""

    cause: str
    on: dt.date
    reason: str = ""


def fallen(row: Publication, at: dt.datetime) -> Fallen | None:
    """None while what it says stands, or where it says no row of ours."""
    check = {"strand": _strand_fell, "bar": _bar_fell, "list_entry": _entry_fell}.get(row.source_kind)
    return check(row, at) if check else None


def _strand_fell(row: Publication, at: dt.datetime) -> Fallen | None:
    strand = Strand.objects.get(pk=row.source_id)
    if strand.status in DECIDED and strand.disposition == Disposition.PENALTY:
        return None
    verbs = ("strand.redone", "strand.withdrawn", "strand.terminated", "strand.decided")
    event = (
        Event.objects.filter(verb__in=verbs, target_kind="strand", target_id=strand.pk).order_by("pk").last()
    )
    return Fallen(WithdrawalCause.ANNULLED, local_date(event.at if event else at))


def _bar_fell(row: Publication, at: dt.datetime) -> Fallen | None:
    bar = Bar.objects.get(pk=row.source_id)
    if bar.status == BarStatus.IN_FORCE:
        return None
    if bar.status == BarStatus.EXPIRED:
        return Fallen(WithdrawalCause.EXPIRED, _day(bar.ended_at, at))
    if bar.status == BarStatus.SUSPENDED:
        return Fallen(WithdrawalCause.ANNULLED, local_date(bar.updated_at))
    return Fallen(WithdrawalCause.REMOVED, _day(bar.ended_at, at), bar.end_reason)


def _entry_fell(row: Publication, at: dt.datetime) -> Fallen | None:
    entry = ListEntry.objects.get(pk=row.source_id)
    if entry.status == EntryStatus.LISTED:
        return None
    if entry.status == EntryStatus.EXPIRED:
        return Fallen(WithdrawalCause.EXPIRED, _day(entry.ended_at, at))
    if entry.status == EntryStatus.SUSPENDED:
        return Fallen(WithdrawalCause.ANNULLED, local_date(entry.updated_at))
    repaired = Repair.objects.filter(entry=entry, status=RepairStatus.GRANTED).exists()
    cause = WithdrawalCause.REPAIRED if repaired else WithdrawalCause.REMOVED
    return Fallen(cause, _day(entry.ended_at, at), entry.end_reason)


def _day(ended: dt.datetime | None, at: dt.datetime) -> dt.date:
    return local_date(ended or at)
