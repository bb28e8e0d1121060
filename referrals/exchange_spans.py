"""Who held a letter from when to when: the spans of the exchange picture (往来图)."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from core.dates import local_date, start_of
from deadlines.calendar import Calendar
from departments.enums import ReferralKind
from departments.models import Department
from referrals.models import AssistLetter, Completion, FollowUp, Referral
from referrals.receiving_enums import SaidKind

Holder = Department | str  # a body outside this county is a name
Step = tuple[str, str, Holder, dt.datetime | None, dt.datetime | None]


@dataclass(frozen=True)
class Span:
    """How long one department held a letter: from, until (None: still), and the working days that were."""

    code: str  # drafting | signing | deciding | completing | working | closing
    label: str
    department: Holder
    start: dt.datetime
    end: dt.datetime | None
    days: int
    x: int = 0
    width: int = 0

    @property
    def running(self) -> bool:
        return self.end is None


def noon(day: dt.date, first: dt.datetime, last: dt.datetime) -> dt.datetime:
    """Noon of the day a paper names, not before `first` nor after `last`, the instant of its entry: the day on the paper
    counts, not that of entry (FACTS §2.8)."""
    return max(first, min(last, start_of(day) + dt.timedelta(hours=12)))


def of_letter(
    letter: Referral, redone: list[dt.datetime], now: dt.datetime, calendar: Calendar
) -> list[Span]:
    """The letter's way: drafted, waiting for receipt, for acceptance, being worked, with the sender again.

    redone: when it was sent back to be done again, oldest first; each round is worked and answered anew.
    """
    sent = letter.sent_at
    assert sent is not None  # set when it was sent
    over = letter.closed_at or letter.withdrawn_at or letter.forwarded_at
    steps: list[Step] = [
        ("drafting", _("drafting"), letter.dispatch.department, letter.dispatch.drafted_at, sent),
        ("signing", _("waiting to be signed for"), letter.receiver, sent, letter.received_at or letter.withdrawn_at),
    ]
    received = letter.received_at
    if received is not None and _asks_nothing(letter):
        steps.append(("closing", _("with the sender"), letter.sender, received, over))
    elif received is not None:
        steps += _until_decided(letter, received, letter.accepted_at or letter.returned_at or over)
    steps += _rounds(letter, redone, over)
    back = letter.answered_at or letter.returned_at
    if back is not None:
        steps.append(("closing", _("with the sender"), letter.sender, back, over))
    return spans(steps, now, calendar)


def of_assist(letter: AssistLetter, now: dt.datetime, calendar: Calendar) -> list[Span]:
    """A request to another place: drafted here, on its way, with the bureau there, with us again."""
    sent, ours = letter.sent_at, letter.department
    assert sent is not None  # only what was sent is drawn
    over = letter.closed_at or letter.withdrawn_at
    served = noon(letter.delivered_on, sent, letter.delivered_at or now) if letter.delivered_on else None
    answered = noon(letter.answer_on, served or sent, letter.answered_at or now) if letter.answer_on else None
    steps: list[Step] = [
        ("drafting", _("drafting"), ours, letter.drafted_at, sent),
        ("signing", _("waiting to be signed for"), letter.body_name, sent, served or over),
    ]
    if served is not None:
        steps.append(("working", _("being worked"), letter.body_name, served, answered or over))
    if answered is not None:
        steps.append(("closing", _("with the sender"), ours, answered, over))
    return spans(steps, now, calendar)


def of_follow_up(letter: FollowUp, to: Department, now: dt.datetime, calendar: Calendar) -> list[Span]:
    """A letter about a letter: drafted, and on paper on its way; what it brings about is drawn with that letter."""
    steps: list[Step] = [("drafting", _("drafting"), letter.department, letter.drafted_at, letter.sent_at)]
    if letter.served_on_paper:
        proof = getattr(letter, "delivery", None)
        served = None if proof is None else noon(proof.delivered_on, letter.sent_at or now, proof.at)
        steps.append(("signing", _("waiting to be signed for"), to, letter.sent_at, served))
    return spans(steps, now, calendar)


def _asks_nothing(letter: Referral) -> bool:
    """A bulletin without a date: once it was signed for, its sender closes it."""
    return letter.kind == ReferralKind.BULLETIN and letter.limit_on is None and letter.accepted_at is None


def _until_decided(letter: Referral, start: dt.datetime, decided: dt.datetime | None) -> list[Step]:
    """The receiver's days until it decides; while 补正 stands open the letter is with its sender again."""
    steps: list[Step] = []
    for asked in sorted(letter.completions.all(), key=lambda each: each.asked_at):
        ended = asked.supplied_at or asked.dropped_at
        since = _asked_since(letter, asked, start)
        steps += [
            ("deciding", _("waiting for acceptance"), letter.receiver, start, since),
            ("completing", _("being completed"), letter.sender, since, ended or decided),
        ]
        if ended is None or ended == decided:
            return steps
        start = ended
    return [*steps, ("deciding", _("waiting for acceptance"), letter.receiver, start, decided)]


def _asked_since(letter: Referral, asked: Completion, start: dt.datetime) -> dt.datetime:
    """Since when something is missing: a body on paper says it by the date of its letter, written down together."""
    missing = (said for said in letter.sayings.all() if said.kind == SaidKind.MISSING and said.at == asked.asked_at)
    said = next(missing, None)
    return asked.asked_at if said is None else noon(said.dated_on, start, said.at)


def _rounds(letter: Referral, redone: list[dt.datetime], over: dt.datetime | None) -> list[Step]:
    start = letter.accepted_at
    if start is None:
        return []
    answers = sorted(
        [reply.sent_at for reply in letter.replies.all() if reply.sent_at is not None]
        + [
            noon(said.dated_on, letter.received_at or said.at, said.at)
            for said in letter.sayings.all()
            if said.kind == SaidKind.ANSWERED
        ]
    )
    steps: list[Step] = []
    for back in redone[-letter.redo_count :] if letter.redo_count else ():
        answered = max((each for each in answers if each <= back), default=back)
        steps += [
            ("working", _("being worked"), letter.receiver, start, answered),
            ("closing", _("with the sender"), letter.sender, answered, back),
        ]
        start = back
    return [*steps, ("working", _("being worked"), letter.receiver, start, letter.answered_at or over)]


def spans(steps: list[Step], now: dt.datetime, calendar: Calendar) -> list[Span]:
    """With the working days of each, up to `now` where it still lasts; a step that did not begin is none."""
    return [
        Span(code, label, who, start, end, _days(start, end or now, calendar))
        for code, label, who, start, end in steps
        if start is not None
    ]


def _days(start: dt.datetime, end: dt.datetime, calendar: Calendar) -> int:
    return max(0, calendar.working_days_between(local_date(start), local_date(end)))
