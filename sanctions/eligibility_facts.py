"""What the record says about a subject and whoever bears on it: read row by row, judged by `eligibility_rules`.

The verdict is the same for everybody. Which numbers and departments are named depends on who asks: bars and lists are
decided acts of the region; a penalty is named to who reads its case, to others only that there is one, and so to
everybody where the case is restricted: an answer about a body is its department's.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, Q, Sum

from cases.enums import Disposition, MoneyKind, StrandStatus
from cases.models import Case, CaseSubject, MoneyEntry, Strand, Subject, SubjectChange, SubjectRelation
from core.dates import local_date
from journal.models import Event
from sanctions.eligibility_rules import BAR, DAY, PENALTY, PERSON_BAR, POINTS, SUSPENSION, Facts, Hold, Tie
from sanctions.eligibility_rules import Event as Ending
from sanctions.enums import AGAINST, BarGround, BarStatus, EntryStatus, TermUnit
from sanctions.enums_credit import ConsequenceKind, ConsequenceStatus
from sanctions.models import Bar, Consequence, ListEntry
from sanctions.terms import last_day


@dataclass(frozen=True)
class Record:
    """The facts, the subjects they name, and what stands on record but does not count now.

    suspended: numbers. terminated: (number, day) of agreements terminated for a score. alongside: cases with a penalty not
    performed in which the subject takes part and another is the principal.
    """

    facts: Facts
    people: dict[int, Subject]
    suspended: tuple[str, ...] = ()
    terminated: tuple[tuple[str, dt.date], ...] = ()
    alongside: tuple[int, ...] = ()


def collect(subject: Subject, user: Any) -> Record:
    """Everything on record around the subject, as `user` may be told of it."""
    ties, events, known = _around(subject)
    holds, suspended = _lists_and_bars(known)
    penalties, alongside = _penalties(known, user)
    holds += _ended_by_points(known) + penalties
    named = {row.pk: row for row in Subject.objects.filter(pk__in=known)}
    facts = Facts(subject.pk, tuple(holds), tuple(ties), tuple(events))
    own = tuple(sorted(case for case, who in alongside if who == subject.pk))
    return Record(facts, named, tuple(sorted(suspended)), _terminated(subject), own)


def _terminated(subject: Subject) -> tuple[tuple[str, dt.date], ...]:
    """Agreements terminated for a yearly score (E44): that bars nobody by itself, a cancellation does (ADR 0061)."""
    rows = Consequence.objects.filter(
        subject=subject, kind=ConsequenceKind.TERMINATE, status=ConsequenceStatus.DONE
    ).order_by("pk")
    return tuple((row.number, row.done_on) for row in rows if row.done_on is not None)


def _around(subject: Subject) -> tuple[list[Tie], list[Ending], set[int]]:
    """Relations and changes of the subject, of its parents and of whoever went into one of them."""
    ties: dict[int, Tie] = {}
    events: dict[int, Ending] = {}
    known, fresh = {subject.pk}, {subject.pk}
    static: list[Tie] = []
    while fresh:  # what is known grows, and the record is finite
        kinds = Q(subject__in=fresh, kind="parent") | Q(subject=subject.pk)
        for row in SubjectRelation.objects.filter(kinds):
            ties[row.pk] = Tie(row.subject_id, row.kind, row.other_id, row.from_on, row.until_on)
        for pk, parent in Subject.objects.filter(pk__in=fresh, parent__isnull=False).values_list(
            "pk", "parent"
        ):
            assert parent is not None
            static.append(Tie(pk, "parent", parent, dt.date.min))
        changes = SubjectChange.objects.in_force().filter(Q(subject__in=fresh) | Q(successor__in=fresh))
        for change in changes.exclude(kind="renamed"):
            events[change.pk] = Ending(
                change.subject_id, change.kind, change.happened_on, change.successor_id
            )
        # persons and successors are told of, but not followed further
        onward = {tie.other for tie in (*ties.values(), *static) if tie.kind == "parent"}
        onward |= {event.subject for event in events.values() if event.successor in known}
        fresh, known = onward - known, known | onward
    known |= {tie.other for tie in ties.values()} | {
        e.successor for e in events.values() if e.successor is not None
    }
    return [*ties.values(), *static], list(events.values()), known


def _until(last: dt.date | None, ended_at: dt.datetime | None, *, early: bool) -> dt.date | None:
    """The last day something held: what was lifted held through the day before."""
    if not early or ended_at is None:
        return last
    lifted = local_date(ended_at) - DAY
    return lifted if last is None else min(last, lifted)


def _lists_and_bars(known: Iterable[int]) -> tuple[list[Hold], list[str]]:
    holds, suspended = [], []
    for bar in Bar.objects.filter(subject__in=known).select_related("sanction__authority"):
        if bar.status == BarStatus.SUSPENDED:
            suspended.append(bar.decision_number)
            continue
        last = _until(bar.until, bar.ended_at, early=bar.status == BarStatus.LIFTED)
        kind = BAR if bar.ground == BarGround.CANCELLATION else PERSON_BAR
        department = bar.sanction.authority.short_name
        assert bar.since is not None
        holds.append(Hold(bar.subject_id, kind, bar.since, last, bar.decision_number, department, bar.basis))
    counted = (EntryStatus.LISTED, EntryStatus.EXPIRED, EntryStatus.REMOVED, EntryStatus.SUSPENDED)
    entries = ListEntry.objects.filter(subject__in=known, kind__in=AGAINST, status__in=counted)
    for entry in entries.select_related("department"):
        number = entry.judgment_number or entry.decision_number
        if entry.status == EntryStatus.SUSPENDED:
            suspended.append(number)
            continue
        last = _until(entry.until, entry.ended_at, early=entry.status == EntryStatus.REMOVED)
        assert entry.since is not None
        holds.append(
            Hold(
                entry.subject_id,
                entry.kind,
                entry.since,
                last,
                number,
                entry.department.short_name,
                entry.basis,
            )
        )
    return [hold for hold in holds if hold.last is None or hold.last >= hold.first], suspended


def _ended_by_points(known: Iterable[int]) -> list[Hold]:
    """Eligibilities for payment suspended for points, or ended at twelve for a year or three; what was lifted held through
    the day before."""
    rows = Consequence.objects.filter(
        subject__in=known, kind__in=(ConsequenceKind.SUSPEND, ConsequenceKind.END),
        status__in=(ConsequenceStatus.DONE, ConsequenceStatus.LIFTED),
    )  # fmt: skip
    holds = []
    for row in rows.select_related("department"):
        assert (
            row.done_on is not None and row.months is not None
        )  # the database says it of every one that is done
        last = last_day(row.done_on, row.months, TermUnit.MONTH)
        if row.lifted_on is not None:
            last = min(last, row.lifted_on - DAY)
        if last < row.done_on:
            continue
        holds.append(
            Hold(
                row.subject_id,
                POINTS if row.kind == ConsequenceKind.END else SUSPENSION,
                row.done_on,
                last,
                row.number,
                row.department.short_name,
                "医保发〔2024〕23号",
            )
        )
    return holds


def _penalties(known: Iterable[int], user: Any) -> tuple[list[Hold], list[tuple[int, int]]]:
    """Penalties decided in a case against its principal, until they are performed and the fine is paid; against every
    subject where the case names no principal. Whom a strand was decided against is not on record beside: for the other
    subjects it is only said (case, subject) that there is one."""
    strands = Strand.objects.filter(
        case__case_subjects__subject__in=known, disposition=Disposition.PENALTY,
        status__in=(StrandStatus.DECIDED, StrandStatus.PERFORMED),
    ).annotate(headed=Exists(CaseSubject.objects.filter(case=OuterRef("case"), principal=True)))
    rows = list(
        strands.select_related("department").values_list(
            "pk", "case", "case__case_subjects__subject", "status", "ended_at", "opened_at", "decision_number",
            "department__short_name", "department", "case__case_subjects__principal", "headed",
        )
    )  # fmt: skip
    if not rows:
        return [], []
    told = set(
        Case.objects.readable_by(user)
        .filter(pk__in={row[1] for row in rows}, restricted=False)  # the asker's colleagues read the answer too
        .values_list("pk", flat=True)
    )
    decided = dict(
        Event.objects.filter(verb="strand.decided", target_kind="strand", target_id__in={row[0] for row in rows})
        .order_by("pk").values_list("target_id", "at")
    )  # fmt: skip
    owed = _unpaid({row[1] for row in rows})
    holds, alongside = [], []
    for pk, case, subject, status, ended_at, opened_at, number, department, department_id, principal, headed in rows:
        first = local_date(decided.get(pk) or opened_at)
        last = None
        if status == StrandStatus.PERFORMED and not owed.get((case, department_id)):
            last = local_date(ended_at or opened_at) - DAY
        if headed and not principal:
            alongside += [(case, subject)] if last is None else []
        elif last is None or last >= first:
            named = (number, department) if case in told else ("", "")
            holds.append(Hold(subject, PENALTY, first, last, *named, case=case))
    return holds, alongside


def _unpaid(cases: set[int]) -> dict[tuple[int, int], Decimal]:
    """(case, department) -> the part of its fines that was not paid, in yuan."""
    found = MoneyEntry.objects.filter(case__in=cases, kind__in=(MoneyKind.FINED, MoneyKind.FINE_PAID))
    sums = found.order_by().values("case", "department").annotate(
        fined=Sum("amount", filter=Q(kind=MoneyKind.FINED)), paid=Sum("amount", filter=Q(kind=MoneyKind.FINE_PAID))
    )  # fmt: skip
    left = {(row["case"], row["department"]): (row["fined"] or 0) - (row["paid"] or 0) for row in sums}
    return {key: Decimal(amount) for key, amount in left.items() if amount > 0}
