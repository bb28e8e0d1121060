"""往来图: every letter of a case as one picture — who sent what to whom, where it stands, who held it how long.

Letters here, requests to other places, tasks from above and beside and what was written back.

Nothing here writes. What a person sees is what `visible_to` gives; the number of queries does not grow with the case.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from cases.models import Case
from core.dates import local_date, start_of
from core.gathering import Gathering
from core.wording import short_day
from deadlines.calendar import Calendar
from deadlines.models import Deadline
from departments.models import Department, User
from referrals import crime_contexts, exchange_above, reading, reading_above, reading_follow_up
from referrals.actions.completion import REPLY_CLOCKS
from referrals.enums import CRIME_LETTERS, ReferralStatus
from referrals.exchange_crime import CrimeWay, of_crime, ways
from referrals.exchange_spans import Holder, Span, of_assist, of_follow_up, of_letter
from referrals.models import AssistLetter, Completion, Copy, FollowUp, Referral, Reply, Said, Task, TaskLetter

WIDTH, LEFT, ROW, TOP = 960, 8, 46, 30  # of the drawing, in its own units
TICKS = 6


@dataclass
class Line:
    """One letter with its spans, where it stands now, and the copies of its paper.

    letter: a referral, a letter about one, a request to another place, a task from above or a letter written back.
    at: when it left, or came in. url: where it is read, "" where it is not.
    """

    letter: Referral | FollowUp | AssistLetter | Task | TaskLetter
    at: dt.datetime
    origin: Holder
    to: Holder
    kind: str
    number: str
    state: str
    spans: list[Span]
    lamp: Any = None
    url: str = ""
    copied: list[Department | str] = field(default_factory=list)
    y: int = 0

    @property
    def holder(self) -> Holder | None:
        """Who holds it now; None once it is over."""
        return next((span.department for span in self.spans if span.running), None)

    @property
    def bar_y(self) -> int:
        return self.y + 20


@dataclass(frozen=True)
class Held:
    """A department's share: letters it held, working days with at least one of them, those it holds now."""

    department: Holder
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
    """The exchange of a case as this person may see it, oldest first; a fixed number of queries."""
    calendar, asked = Calendar.current(), _ask(case, user)
    lines = [
        *_letters(asked, now, calendar), *_follow_ups(asked, now, calendar), *_assists(asked, now, calendar),
        *_tasks(asked, now, calendar), *_task_letters(asked, now, calendar),
    ]  # fmt: skip
    # of one moment the letter comes before the letters about it
    about = (FollowUp.kind_code, TaskLetter.kind_code)
    lines.sort(key=lambda line: (line.at, line.letter.kind_code in about, line.letter.pk))
    ticks = _place(lines, now)
    return Picture(lines, _held(lines, now, calendar), len(asked.sealed), ticks, TOP + ROW * len(lines) + 8)


@dataclass(frozen=True)
class Asked:
    """Everything that passed about a case as far as this person sees it, asked in one statement."""

    letters: QuerySet
    copies: QuerySet
    follow_ups: QuerySet
    assists: QuerySet
    tasks: QuerySet
    task_letters: QuerySet
    sealed: QuerySet

    @property
    def readable(self) -> set[int]:
        """The letters one reads whole, by id."""
        return {letter.pk for letter in self.letters if letter.is_readable}


def _ask(case: Case, user: User) -> Asked:
    gathering = Gathering()
    seen = Referral.objects.visible_to(user).filter(case=case)
    ids = seen.order_by().values("pk")
    letters = seen.annotate(is_readable=Exists(Referral.objects.readable_by(user).filter(pk=OuterRef("pk"))))
    gathering.rows(
        letters := letters.select_related("sender", "receiver", "dispatch__department", "handler", "delivery_proof")
    )
    for name, rows in (("completions", Completion), ("replies", Reply), ("sayings", Said)):
        gathering.hang_each(letters, name, rows.objects.filter(referral__in=ids))  # door: of letters one sees
    # Letters about a letter that went out; drafts are nobody else's
    follow_ups = FollowUp.objects.filter(status="sent", referral__in=ids).for_list()  # door: of letters one sees
    tasks = gathering.rows(Task.objects.visible_to(user).filter(links__case=case).for_list())
    of_tasks = TaskLetter.objects.filter(task__in=tasks.order_by().values("pk"))  # door: of tasks one sees
    gathering.hang_each(tasks, "letters", of_tasks)
    task_letters = TaskLetter.objects.visible_to(user).filter(task__links__case=case, status="sent")
    asked = Asked(
        letters=letters,
        copies=gathering.rows(
            Copy.objects.filter(dispatch__in=seen.order_by().values("dispatch")).select_related("department")
        ),
        follow_ups=gathering.rows(follow_ups),
        assists=gathering.rows(AssistLetter.objects.visible_to(user).filter(case=case, status="sent").for_list()),
        tasks=tasks,
        task_letters=gathering.rows(task_letters.select_related("task", "department", "document", "extension")),
        sealed=gathering.rows(Referral.objects.sealed_for(user).filter(case=case).values_list("pk", flat=True)),
    )
    gathering.ask()
    return asked


def _letters(asked: Asked, now: dt.datetime, calendar: Calendar) -> list[Line]:
    found, readable = list(asked.letters), asked.readable
    lamps, ids = reading.lamps(found), [letter.pk for letter in found]
    copied: dict[int, list[Department | str]] = defaultdict(list)
    for copy in asked.copies:
        copied[copy.dispatch_id].append(copy.department)
    crimes = ways(found)
    redone = _redone(ids)
    return [
        Line(
            letter=letter,
            at=letter.sent_at or now,
            origin=_origin(letter, crimes.get(letter.pk)),
            to=letter.receiver,
            kind=str(letter.get_kind_display()),
            number=letter.number,
            state=state_words(letter),
            spans=of_crime(letter, crimes[letter.pk], now, calendar)
            if letter.pk in crimes
            else of_letter(letter, redone[letter.pk], now, calendar),
            lamp=lamps.get(letter.pk, (None, None))[0],
            url=letter.get_absolute_url() if letter.pk in readable else "",
            copied=_copied(copied[letter.dispatch_id], crimes.get(letter.pk)),
        )
        for letter in found
    ]


def _origin(letter: Referral, way: CrimeWay | None) -> Department:
    """A letter passed on comes from who forwarded it, though the answer goes to the first sender."""
    return way.forwarder if way is not None and way.forwarder is not None else letter.dispatch.department


def _copied(copies: list[Department | str], way: CrimeWay | None) -> list[Department | str]:
    """The copy of a suspected crime is a step of its own, and goes out with the first letter."""
    return [*copies, crime_contexts.copy_to(way.transfer)] if way is not None and way.forwarder is None else copies


def _redone(ids: list[int]) -> dict[int, list[dt.datetime]]:
    """When each letter was sent back to be done again: every round has a reply clock of its own, oldest first."""
    found: dict[int, list[dt.datetime]] = defaultdict(list)
    clocks = Deadline.objects.filter(target_kind="referral", target_id__in=ids, rule_code__in=REPLY_CLOCKS)
    for target, started in clocks.order_by("started_at", "pk").values_list("target_id", "started_at"):
        found[target].append(started)
    return found


def _follow_ups(asked: Asked, now: dt.datetime, calendar: Calendar) -> list[Line]:
    """Letters about a letter that went out; drafts are nobody else's.

    What police and sender write each other about a suspected crime is not named to who does not read the file."""
    found, readable = asked.follow_ups, asked.readable
    return [
        Line(
            letter=letter,
            at=letter.sent_at or now,
            origin=letter.department,
            to=reading_follow_up.sent_to(letter),
            kind=_kind(letter, letter.referral_id in readable),
            number=letter.document.number if letter.document is not None else "",
            state=str(reading_follow_up.state(letter)),
            spans=of_follow_up(letter, reading_follow_up.sent_to(letter), now, calendar),
            url=reading_follow_up.about_url(letter) if letter.referral_id in readable else "",
        )
        for letter in found
    ]


def _kind(letter: FollowUp, read: bool) -> str:
    named = read or letter.kind not in CRIME_LETTERS
    return str(letter.get_kind_display() if named else FollowUp._meta.verbose_name)


def _assists(asked: Asked, now: dt.datetime, calendar: Calendar) -> list[Line]:
    """Requests to bureaus of other places; the office of the region does not read them."""
    found = list(asked.assists)
    clocks = reading_above.lamps(found, "assist_letter") if found else {}
    return [
        Line(
            letter=letter,
            at=letter.sent_at or now,
            origin=letter.department,
            to=letter.body_name,
            kind=_("Request to another place"),
            number=letter.document.number if letter.document is not None else "",
            state=str(letter.get_stage_display()),
            spans=of_assist(letter, now, calendar),
            lamp=clocks.get(letter.pk, (None, None))[0],
            url=letter.get_absolute_url(),
        )
        for letter in found
    ]


def _tasks(asked: Asked, now: dt.datetime, calendar: Calendar) -> list[Line]:
    """What bodies above and beside asked about the case, as far as this person sees the task."""
    tasks = list(asked.tasks)
    lamps = reading_above.lamps(tasks) if tasks else {}
    back = exchange_above.redone(tasks)
    return [
        Line(
            letter=task,
            at=start_of(task.received_on),
            origin=task.body_name,
            to=task.department or task.registered_in,
            kind=str(task.get_kind_display()),
            number=task.number,
            state=str(task.get_status_display()),
            spans=exchange_above.of_task(task, back.get(task.pk, []), now, calendar),
            lamp=lamps.get(task.pk, (None, None))[0],
            url=task.get_absolute_url(),
        )
        for task in tasks
    ]


def _task_letters(asked: Asked, now: dt.datetime, calendar: Calendar) -> list[Line]:
    """What was written back to them: reports, requests for a later date, hand-overs."""
    return [
        Line(
            letter=letter,
            at=letter.sent_at or now,
            origin=letter.department,
            to=letter.task.body_name,
            kind=str(letter.kind.label),
            number=letter.document.number if letter.document is not None else "",
            state=str(letter.get_status_display()),
            spans=exchange_above.of_task_letter(letter, now, calendar),
            url=letter.get_absolute_url(),
        )
        for letter in asked.task_letters
    ]


def _held(lines: Iterable[Line], now: dt.datetime, calendar: Calendar) -> list[Held]:
    """Each department's own days: overlapping letters count once."""
    parts: dict[Holder, list[tuple[dt.date, dt.date]]] = defaultdict(list)
    letters: dict[Holder, set[tuple[str, int]]] = defaultdict(set)
    holding: dict[Holder, int] = defaultdict(int)
    for line in lines:
        for span in line.spans:
            parts[span.department].append((local_date(span.start), local_date(span.end or now)))
            letters[span.department].add((line.letter.kind_code, line.letter.pk))
            holding[span.department] += span.running
    return [
        Held(who, len(letters[who]), sum(calendar.working_days_between(*part) for part in _merged(parts[who])), holding[who])
        for who in sorted(parts, key=lambda who: (isinstance(who, str), getattr(who, "pk", 0), str(who)))
    ]


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
            placed.append(replace(span, x=x, width=width))
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
