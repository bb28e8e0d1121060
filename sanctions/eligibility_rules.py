"""May this subject apply on a day, and if not, why and until when. Pure functions over facts somebody collected.

What counts on a day D (mechanism part 3 (4), 条例 art. 43, 医疗机构医疗保障定点管理暂行办法 art. 12, E34):
- the subject's own holds: bars, list entries against it, penalties it has not performed;
- those of whoever went into it by D (merged, taken over in part): a bar follows the successor, and so on backwards;
- those of the institutions it belongs to on D, and of what went into these;
- those of the persons who answer for it on D (legal representative, person in charge): bars and list entries.
Who was merged away, was deregistered or died by D cannot apply. A renamed subject is the same subject.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

DAY = dt.timedelta(days=1)
FARTHEST = dt.date(9999, 12, 31)

# how a hold comes to bear on who applies
OWN, PREDECESSOR, PARENT, PERSON = "own", "predecessor", "parent", "person"
# what holds
BAR, PERSON_BAR, PENALTY, POINTS, SUSPENSION = "bar", "person_bar", "penalty", "points", "suspension"
LISTS = ("black", "serious", "permanent")
PERSONAL = (BAR, PERSON_BAR, *LISTS)  # what bears on a body through a person who answers for it
# why nobody can apply at all
ENDINGS = ("merged", "deregistered", "died")


@dataclass(frozen=True)
class Hold:
    """Something that keeps `subject` from applying from `first` through `last` (None: until it is over).

    number: of the decision or judgment, "" where the asker may not know it. department: whose, where it may be said.
    case: where a penalty was decided: who reads that case may know its number.
    """

    subject: int
    kind: str
    first: dt.date
    last: dt.date | None
    number: str = ""
    department: str = ""
    basis: str = ""
    case: int | None = None


@dataclass(frozen=True)
class Tie:
    """`subject` belongs to or is answered for by `other` from `first` through `last`. kind: parent, legal, responsible."""

    subject: int
    kind: str
    other: int
    first: dt.date
    last: dt.date | None = None


@dataclass(frozen=True)
class Event:
    """What became of `subject` on a day: merged, succeeded (in part), deregistered, died; `successor` took it over."""

    subject: int
    kind: str
    on: dt.date
    successor: int | None = None


@dataclass(frozen=True)
class Facts:
    """Everything the record says about a subject and what is tied to it."""

    subject: int
    holds: tuple[Hold, ...] = ()
    ties: tuple[Tie, ...] = ()
    events: tuple[Event, ...] = ()


@dataclass(frozen=True)
class Reason:
    """Why not. way: own, predecessor, parent or person; kind: of the hold or of the ending; who: whose hold it is.

    last: the last day it holds; None: until it is over, whenever that is. ended: the subject cannot apply any more.
    """

    way: str
    kind: str
    who: int
    first: dt.date
    last: dt.date | None = None
    number: str = ""
    department: str = ""
    basis: str = ""
    successor: int | None = None
    ended: bool = False
    case: int | None = None


@dataclass(frozen=True)
class Verdict:
    """Eligible on that day; else `reasons`, and the first day from which nothing on record holds (None: not known)."""

    on: dt.date
    reasons: tuple[Reason, ...] = field(default=())
    free_from: dt.date | None = None

    @property
    def eligible(self) -> bool:
        return not self.reasons


def _spans(first: dt.date, last: dt.date | None, day: dt.date) -> bool:
    return first <= day and (last is None or day <= last)


def _with_predecessors(facts: Facts, roots: Iterable[int], day: dt.date) -> set[int]:
    """These and whoever went into them by the day, back to the first."""
    found, waiting = set(roots), list(roots)
    while waiting:
        into = waiting.pop()
        for event in facts.events:
            if event.successor == into and event.on <= day and event.subject not in found:
                found.add(event.subject)
                waiting.append(event.subject)
    return found


def _parents(facts: Facts, day: dt.date) -> set[int]:
    """The institutions the subject belongs to on the day, and those these belong to."""
    found: set[int] = set()
    waiting = [facts.subject]
    while waiting:
        below = waiting.pop()
        for tie in facts.ties:
            if tie.kind == "parent" and tie.subject == below and _spans(tie.first, tie.last, day):
                if tie.other not in found and tie.other != facts.subject:
                    found.add(tie.other)
                    waiting.append(tie.other)
    return found


def bearing(facts: Facts, day: dt.date) -> dict[int, str]:
    """Whose holds bear on the subject that day, and by which way; the nearest way where there are several."""
    ways = {facts.subject: OWN}
    for who in sorted(_with_predecessors(facts, [facts.subject], day)):
        ways.setdefault(who, PREDECESSOR)
    for who in sorted(_with_predecessors(facts, _parents(facts, day), day)):
        ways.setdefault(who, PARENT)
    for tie in facts.ties:
        if tie.subject == facts.subject and tie.kind != "parent" and _spans(tie.first, tie.last, day):
            ways.setdefault(tie.other, PERSON)
    return ways


def _ending(facts: Facts, day: dt.date) -> Iterator[Reason]:
    for event in facts.events:
        if event.subject == facts.subject and event.kind in ENDINGS and event.on <= day:
            yield Reason(
                OWN, event.kind, facts.subject, first=event.on, successor=event.successor, ended=True
            )


def reasons_on(facts: Facts, day: dt.date) -> tuple[Reason, ...]:
    """Everything that keeps the subject from applying on the day: the endings first, then its own, the nearest first."""
    ways = bearing(facts, day)
    order = (OWN, PREDECESSOR, PARENT, PERSON)
    found = [
        Reason(
            ways[hold.subject], hold.kind, hold.subject, hold.first, hold.last, hold.number, hold.department, hold.basis,
            case=hold.case,
        )
        for hold in facts.holds
        if hold.subject in ways
        and _spans(hold.first, hold.last, day)
        and (ways[hold.subject] != PERSON or hold.kind in PERSONAL)
    ]  # fmt: skip
    found.sort(
        key=lambda reason: (order.index(reason.way), reason.first, reason.kind, reason.who, reason.number)
    )
    return (*_ending(facts, day), *found)


def judge(facts: Facts, on: dt.date) -> Verdict:
    """The verdict for one day, and the first later day on which nothing on record keeps the subject any more."""
    reasons = reasons_on(facts, on)
    return Verdict(on, reasons, free_from(facts, on, reasons) if reasons else None)


def free_from(facts: Facts, on: dt.date, reasons: tuple[Reason, ...]) -> dt.date | None:
    """The first day after `on` without a reason; None where one has no end, or who asks has ended.

    What bears changes only on the day after a hold or a tie ends; between two such days nothing is set free.
    """
    if any(reason.ended for reason in reasons):
        return None
    ends = [hold.last for hold in facts.holds] + [tie.last for tie in facts.ties]
    turns = {last + DAY for last in ends if last is not None and last < FARTHEST}
    for day in sorted(turn for turn in turns if turn > on):
        then = reasons_on(facts, day)
        if not then:
            return day
        if any(reason.ended for reason in then):
            return None
    return None
