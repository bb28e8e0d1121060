"""往来图: every letter of a case as one picture — who sent what to whom, where it stands, who held it how long.

Nothing here writes. What a person sees is what `visible_to` gives; the number of queries does not grow with the case.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from cases.models import Case
from core.dates import local_date
from core.wording import short_day
from deadlines.calendar import Calendar
from departments.models import Department, User
from referrals import crime_contexts, reading
from referrals.enums import ReferralStatus
from referrals.models import Copy, CriminalTransfer, Referral

WIDTH, LEFT, ROW, TOP = 960, 8, 46, 30  # of the drawing, in its own units
TICKS = 6
Step = tuple[str, str, Department, dt.datetime | None, dt.datetime | None]


@dataclass(frozen=True)
class Span:
    """How long one department held a letter: from, until (None: still), and the working days that were."""

    code: str  # drafting | signing | deciding | completing | working | closing
    label: str
    department: Department
    start: dt.datetime
    end: dt.datetime | None
    days: int
    x: int = 0
    width: int = 0

    @property
    def running(self) -> bool:
        return self.end is None


@dataclass
class Line:
    """One letter with its spans, where it stands now, and the copies of its paper."""

    referral: Referral
    spans: list[Span]
    lamp: Any = None
    copied: list[Department | str] = field(default_factory=list)
    y: int = 0

    @property
    def origin(self) -> Department:
        """Who sent it; a letter passed on comes from who forwarded it, though the answer goes to the first sender."""
        return self.referral.dispatch.department

    @property
    def holder(self) -> Department | None:
        """Who holds it now; None once it is over."""
        return next((span.department for span in self.spans if span.running), None)

    @property
    def bar_y(self) -> int:
        return self.y + 20


@dataclass(frozen=True)
class Held:
    """A department's share: letters it held, working days with at least one of them, those it holds now."""

    department: Department
    letters: int
    days: int
    now: int


@dataclass(frozen=True)
class Picture:
    lines: list[Line]
    held: list[Held]
    sealed: int  # open letters of the case that only named persons see
    ticks: list[tuple[int, str]]
    height: int
    width: int = WIDTH


def picture(case: Case, user: User, *, now: dt.datetime) -> Picture:
    """The exchange of a case as this person may see it, oldest first. Six queries."""
    found = list(
        Referral.objects.visible_to(user)
        .filter(case=case)
        .select_related("sender", "receiver", "dispatch__department", "handler", "delivery_proof")
        .prefetch_related("completions")
        .order_by("sent_at", "pk")
    )
    calendar, lamps = Calendar.current(), reading.lamps(found)
    copied: dict[int, list[Department | str]] = defaultdict(list)
    for copy in Copy.objects.filter(dispatch__in={letter.dispatch_id for letter in found}).select_related(
        "department"
    ):
        copied[copy.dispatch_id].append(copy.department)
    crimes = CriminalTransfer.objects.filter(referral__in=found).select_related("procuratorate", "department__region")
    for transfer in crimes:  # the copy of a suspected crime is a step of its own
        assert transfer.dispatch_id is not None  # what was handed over has its letter
        copied[transfer.dispatch_id].append(crime_contexts.copy_to(transfer))
    lines = [
        Line(
            letter,
            spans(letter, now, calendar),
            lamps.get(letter.pk, (None, None))[0],
            copied[letter.dispatch_id],
        )
        for letter in found
    ]
    ticks = _place(lines, now)
    sealed = Referral.objects.sealed_for(user).filter(case=case).count()
    return Picture(lines, _held(lines, now, calendar), sealed, ticks, TOP + ROW * len(lines) + 8)


def spans(letter: Referral, now: dt.datetime, calendar: Calendar) -> list[Span]:
    """The letter's way: drafted, waiting for receipt, for acceptance, being worked, with the sender again."""
    sender, receiver, sent = letter.sender, letter.receiver, letter.sent_at
    assert sent is not None  # set when it was sent
    steps: list[Step] = [
        ("drafting", _("drafting"), letter.dispatch.department, letter.dispatch.drafted_at, sent),
        ("signing", _("waiting to be signed for"), receiver, sent,
         letter.received_at or letter.withdrawn_at),
    ]  # fmt: skip
    over = letter.closed_at or letter.withdrawn_at or letter.forwarded_at
    if letter.received_at is not None:
        decided = letter.accepted_at or letter.returned_at or over
        steps += _until_decided(letter, letter.received_at, decided)
    if letter.accepted_at is not None:
        steps.append(("working", _("being worked"), receiver, letter.accepted_at, letter.answered_at or over))
    back = letter.answered_at or letter.returned_at
    if back is not None:
        steps.append(("closing", _("with the sender"), sender, back, over))
    return [
        Span(code, label, who, start, end, _days(start, end or now, calendar))
        for code, label, who, start, end in steps
        if start is not None
    ]


def _until_decided(letter: Referral, start: dt.datetime, decided: dt.datetime | None) -> list[Step]:
    """The receiver's days until it decides; while 补正 stands open the letter is with its sender again."""
    steps: list[Step] = []
    for asked in sorted(letter.completions.all(), key=lambda each: each.asked_at):
        ended = asked.supplied_at or asked.dropped_at
        steps += [
            ("deciding", _("waiting for acceptance"), letter.receiver, start, asked.asked_at),
            ("completing", _("being completed"), letter.sender, asked.asked_at, ended or decided),
        ]
        if ended is None or ended == decided:
            return steps
        start = ended
    return [*steps, ("deciding", _("waiting for acceptance"), letter.receiver, start, decided)]


def _days(start: dt.datetime, end: dt.datetime, calendar: Calendar) -> int:
    return max(0, calendar.working_days_between(local_date(start), local_date(end)))


def _held(lines: Iterable[Line], now: dt.datetime, calendar: Calendar) -> list[Held]:
    """Each department's own days: overlapping letters count once."""
    parts: dict[int, list[tuple[dt.date, dt.date]]] = defaultdict(list)
    departments: dict[int, Department] = {}
    letters: dict[int, set[int]] = defaultdict(set)
    holding: dict[int, int] = defaultdict(int)
    for line in lines:
        for span in line.spans:
            pk = span.department.pk
            departments[pk] = span.department
            parts[pk].append((local_date(span.start), local_date(span.end or now)))
            letters[pk].add(line.referral.pk)
            holding[pk] += span.running
    return [
        Held(department, len(letters[pk]), sum(calendar.working_days_between(*part) for part in _merged(parts[pk])),
             holding[pk])
        for pk, department in sorted(departments.items())
    ]  # fmt: skip


def _merged(parts: list[tuple[dt.date, dt.date]]) -> list[tuple[dt.date, dt.date]]:
    merged: list[tuple[dt.date, dt.date]] = []
    for start, end in sorted(parts):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


def _place(lines: list[Line], now: dt.datetime) -> list[tuple[int, str]]:
    """Give every span its place on the time axis; returns the dates under it."""
    if not lines:
        return []
    first = min(span.start for line in lines for span in line.spans)
    running = any(span.running for line in lines for span in line.spans)
    last = now if running else max(span.end or now for line in lines for span in line.spans)
    whole = max((last - first).total_seconds(), 1.0)
    scale = (WIDTH - 2 * LEFT) / whole

    def at(moment: dt.datetime) -> int:
        return LEFT + round((moment - first).total_seconds() * scale)

    for number, line in enumerate(lines):
        line.y = TOP + ROW * number
        placed = []
        for span in line.spans:
            x = at(span.start)
            width = max(at(span.end or last) - x, 2)
            placed.append(
                Span(span.code, span.label, span.department, span.start, span.end, span.days, x, width)
            )
        line.spans = placed
    step = whole / (TICKS - 1)
    moments = [first + dt.timedelta(seconds=step * number) for number in range(TICKS)]
    return [(at(moment), short_day(moment)) for moment in moments]


def state_words(letter: Referral) -> str:
    """Where it stands, and for a paper body how it got there."""
    words = str(letter.get_status_display())
    if not letter.receiver.has_account:
        served = letter.status != ReferralStatus.SENT and hasattr(letter, "delivery_proof")
        words += "（" + (_("served on paper") if served else _("to be served on paper")) + "）"
    return words
