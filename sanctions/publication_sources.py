"""What a publication is about: a penalty, a bar or a list entry by (kind, id), and whether it still stands.

Read by the job that finds what is owed to the public, and what has fallen and must be withdrawn.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Concat

from cases.enums import Disposition, StrandStatus
from cases.models import Case, Strand, Subject
from core.dates import local_date
from departments.models import Department
from journal.models import Event
from sanctions.enums import BarGround, BarStatus, EntryStatus, ListKind, RepairStatus
from sanctions.enums_credit import InfoKind, PublicationStatus, WithdrawalCause
from sanctions.models import Bar, ListEntry, Publication, PublicationStart, Repair
from sanctions.publication_masking import answering, scrubbed

DECIDED = (StrandStatus.DECIDED, StrandStatus.PERFORMED)


@dataclass(frozen=True)
class Source:
    """What is owed to the public: whose, of whom, formed on which day, with the words a person starts from.

    stamp: by which decision and for which days it stands; a publication with another one says what stands no more.
    """

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
    stamp: str = ""

    @property
    def fields(self) -> dict[str, Any]:
        words = scrubbed(self.words, self.subject, answering(self.subject))
        return {
            "number": self.number, "basis": self.basis[:300], "words": words[:500],
            "since": self.since, "until": self.until, "stamp": self.stamp,
        }  # fmt: skip


def _strands() -> QuerySet[Any]:
    """Decided penalties. stamp: which decision, so that one decided anew is another; decided_at: when."""
    last = Event.objects.filter(verb="strand.decided", target_kind="strand", target_id=OuterRef("pk")).order_by("-pk")
    return Strand.objects.filter(disposition=Disposition.PENALTY, status__in=DECIDED).annotate(
        decided_at=Subquery(last.values("at")[:1]),
        stamp=Concat(
            Cast(Subquery(last.values("pk")[:1]), CharField()), Value("/"), "decision_number", output_field=CharField()
        ),
    )  # fmt: skip


def _stamped(rows: QuerySet[Any], *numbers: str) -> QuerySet[Any]:
    """stamp: by which decision and for which days, so that a change of either is seen."""
    parts: list[Any] = []
    for part in (*numbers, Cast("since", CharField()), Cast("until", CharField())):
        parts += [part, Value("/")]
    return rows.annotate(stamp=Concat(*parts, output_field=CharField()))


def _bars() -> QuerySet[Any]:
    return _stamped(Bar.objects.filter(status=BarStatus.IN_FORCE), "decision_number")


def _entries() -> QuerySet[Any]:
    return _stamped(ListEntry.objects.filter(status=EntryStatus.LISTED), "judgment_number", "decision_number")


# what stands, by kind of source
STANDING: dict[str, Callable[[], QuerySet[Any]]] = {"strand": _strands, "bar": _bars, "list_entry": _entries}


def unpublished(kind: str) -> QuerySet[Any]:
    """What stands and has no publication. What a person dropped stays dropped, and what left the public because its credit
    was repaired or its term was over stays withdrawn, as long as it is the same decision; what the job dropped while its
    ground was reviewed is owed again. Penalties from before the register began are not owed."""
    rows = Publication.objects.filter(source_kind=kind, source_id=OuterRef("pk"))
    over = (PublicationStatus.WITHDRAWN, PublicationStatus.DROPPED)
    same = Q(stamp="") | Q(stamp=OuterRef("stamp"))
    done = Q(status=PublicationStatus.DROPPED, dropped_at__isnull=False) | Q(
        status=PublicationStatus.WITHDRAWN, cause__in=(WithdrawalCause.REPAIRED, WithdrawalCause.EXPIRED)
    )
    settled = ~Q(status__in=over) | (done & same)
    found = STANDING[kind]().filter(~Exists(rows.filter(settled))).order_by("pk")
    if kind != "strand":
        return found.select_related("subject", "sanction__case", *_WITH[kind])
    begun = PublicationStart.objects.filter(region=OuterRef("case__region"), since__lte=OuterRef("decided_at"))
    return found.filter(Exists(begun) | Exists(rows)).select_related("case", "department")


_WITH = {"bar": ("sanction__authority", "applied__measure"), "list_entry": ("department",)}


def source_of(kind: str, thing: Any) -> Source | None:
    """What is owed to the public about a row of `unpublished`; None where nobody is named."""
    return {"strand": of_strand, "bar": _of_bar, "list_entry": _of_entry}[kind](thing)


def owed() -> Iterator[Source]:
    """Decided penalties, bars in force and listed entries nobody has a publication for."""
    for kind in STANDING:
        for thing in unpublished(kind):
            source = source_of(kind, thing)
            if source is not None:
                yield source


def _of_bar(bar: Any) -> Source:
    """A cancellation is information on agreements; what bars a person is a measure of its own (条例 art. 43)."""
    info, words = InfoKind.AGREEMENT, "解除医保协议，限制期内不得重新申请"
    if bar.ground == BarGround.RESPONSIBLE_PERSON:
        info, words = InfoKind.SANCTION, "限制期内禁止从事定点医药机构管理活动"
    elif not bar.subject.is_body:
        info, words = InfoKind.SANCTION, f"{bar.applied.measure.name}，限制期内不得重新申请"
    return Source(
        "bar", bar.pk, info, bar.sanction.authority, bar.subject, bar.since, bar.sanction.case, bar.decision_number,
        bar.basis, words, bar.since, bar.until, bar.stamp,
    )  # fmt: skip


def _of_entry(entry: Any) -> Source:
    info = InfoKind.RED if entry.kind == ListKind.RED else InfoKind.BLACK
    return Source(
        "list_entry", entry.pk, info, entry.department, entry.subject, entry.since,
        entry.sanction.case if entry.sanction else None, entry.judgment_number or entry.decision_number, entry.basis,
        entry.reason, entry.since, entry.until, entry.stamp,
    )  # fmt: skip


def of_strand(strand: Any) -> Source | None:
    """A decided penalty (a row of `STANDING`), against the principal of its case; None where the case names nobody."""
    party = strand.case.case_subjects.select_related("subject").order_by("-principal", "pk").first()
    if party is None:
        return None
    formed = local_date(strand.decided_at or strand.opened_at)
    return Source(
        "strand", strand.pk, InfoKind.PENALTY, strand.department, party.subject, formed, strand.case,
        strand.decision_number, strand.decision_basis, "", formed, None, strand.stamp,
    )  # fmt: skip


@dataclass(frozen=True)
class Fallen:
    """Why what was published does not stand any more, and since which day."""

    cause: str
    on: dt.date
    reason: str = ""


def fallen(row: Publication, at: dt.datetime) -> Fallen | None:
    """None while what it says stands as it says it, or where it says no row of ours."""
    if row.source_kind not in STANDING:
        return None
    stamp = STANDING[row.source_kind]().filter(pk=row.source_id).values_list("stamp", flat=True).first()
    if stamp is not None and row.stamp in ("", stamp):
        return None
    return {"strand": _strand_fell, "bar": _bar_fell, "list_entry": _entry_fell}[row.source_kind](row, at)


def no_longer_standing(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Those of these publications whose source does not stand any more, or not as they say it."""
    gone = Q(pk__in=())
    for kind, standing in STANDING.items():
        there = standing().filter(pk=OuterRef("source_id"))
        changed = ~Q(stamp="") & ~Exists(there.filter(stamp=OuterRef("stamp")))
        gone |= Q(source_kind=kind) & (~Exists(there) | changed)
    return rows.filter(gone)


def _strand_fell(row: Publication, at: dt.datetime) -> Fallen:
    """Taken up again, ended, or decided anew: the last of these."""
    verbs = ("strand.redone", "strand.withdrawn", "strand.terminated", "strand.decided")
    event = (
        Event.objects.filter(verb__in=verbs, target_kind="strand", target_id=row.source_id).order_by("pk").last()
    )
    return Fallen(WithdrawalCause.ANNULLED, local_date(event.at if event else at))


def _bar_fell(row: Publication, at: dt.datetime) -> Fallen:
    bar = Bar.objects.get(pk=row.source_id)
    if bar.status == BarStatus.EXPIRED:
        return Fallen(WithdrawalCause.EXPIRED, _day(bar.ended_at, at))
    if bar.status in (BarStatus.SUSPENDED, BarStatus.IN_FORCE):  # in force, but by another decision or for other days
        return Fallen(WithdrawalCause.ANNULLED, local_date(bar.updated_at))
    return Fallen(WithdrawalCause.REMOVED, _day(bar.ended_at, at), bar.end_reason)


def _entry_fell(row: Publication, at: dt.datetime) -> Fallen:
    entry = ListEntry.objects.get(pk=row.source_id)
    if entry.status == EntryStatus.EXPIRED:
        return Fallen(WithdrawalCause.EXPIRED, _day(entry.ended_at, at))
    if entry.status in (EntryStatus.SUSPENDED, EntryStatus.LISTED):
        return Fallen(WithdrawalCause.ANNULLED, local_date(entry.updated_at))
    repaired = Repair.objects.filter(entry=entry, status=RepairStatus.GRANTED).exists()
    cause = WithdrawalCause.REPAIRED if repaired else WithdrawalCause.REMOVED
    return Fallen(cause, _day(entry.ended_at, at), entry.end_reason)


def _day(ended: dt.datetime | None, at: dt.datetime) -> dt.date:
    return local_date(ended or at)
