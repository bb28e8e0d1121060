"""Who held a letter from when to when: the spans of the exchange picture (往来图)."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from core.dates import local_date, start_of
from deadlines.calendar import Calendar
from departments.enums import ReferralKind
from departments.models import Department
from referrals.models import AssistLetter, FollowUp, Referral
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
    steps: list[Step] = [
        ("drafting", _("drafting"), ours, letter.drafted_at, sent),
        ("signing", _("waiting to be signed for"), letter.body_name, sent, letter.delivered_at or over),
    ]
    if letter.delivered_at is not None:
        answered = letter.answered_at or over
        steps.append(("working", _("being worked"), letter.body_name, letter.delivered_at, answered))
    if letter.answered_at is not None:
        steps.append(("closing", _("with the sender"), ours, letter.answered_at, over))
    return spans(steps, now, calendar)


def of_follow_up(letter: FollowUp, to: Department, now: dt.datetime, calendar: Calendar) -> list[Span]:
    """A letter about a letter: drafted, and on paper on its way; what it brings about is drawn with that letter."""
    steps: list[Step] = [("drafting", _("drafting"), letter.department, letter.drafted_at, letter.sent_at)]
    if letter.served_on_paper:
        proof = getattr(letter, "delivery", None)
        served = None if proof is None else min(max(letter.sent_at or now, start_of(proof.delivered_on)), now)
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
        steps += [
            ("deciding", _("waiting for acceptance"), letter.receiver, start, asked.asked_at),
            ("completing", _("being completed"), letter.sender, asked.asked_at, ended or decided),
        ]
        if ended is None or ended == decided:
            return steps
        start = ended
    return [*steps, ("deciding", _("waiting for acceptance"), letter.receiver, start, decided)]


def _rounds(letter: Referral, redone: list[dt.datetime], over: dt.datetime | None) -> list[Step]:
    start = letter.accepted_at
    if start is None:
        return []
    answers = sorted(
        [reply.sent_at for reply in letter.replies.all() if reply.sent_at is not None]
        + [said.at for said in letter.sayings.all() if said.kind == SaidKind.ANSWERED]
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
