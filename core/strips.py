"""The working-day strip: at most a dozen cells that show why a due date is that date."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext, pgettext

from core.wording import weekday

MOST_CELLS = 9  # days; days off between them come on top


@dataclass(frozen=True)
class StripDay:
    """One calendar day of a clock.

    index: its number among the counted days (1 …), 0 for the day the clock starts, None for a day that
    is not counted. why: the sentence for the person (“weekend”, “国庆节”, “counted”). provisional: the
    year's calendar is not published yet.
    """

    date: dt.date
    index: int | None
    why: str = ""
    provisional: bool = False

    @property
    def off(self) -> bool:
        return self.index is None


@dataclass(frozen=True)
class Strip:
    """What `{% strip %}` draws. days: in order, without gaps, from the start to the due date or beyond."""

    days: Sequence[StripDay]
    started_on: dt.date
    due_on: dt.date
    today: dt.date
    lamp: str = "g"


@dataclass(frozen=True)
class Cell:
    """One cell: CSS classes, number over a word; a rest ("h") and a gap have no number."""

    css: str
    number: str
    word: str
    title: str = ""


_DUE = {"g": "e gg", "y": "e", "r": "e rr", "n": "e nn"}


def _cell(day: StripDay, strip: Strip) -> Cell:
    number, css = str(day.date.day), ""
    if day.date == strip.due_on:
        css, word = _DUE[strip.lamp], pgettext("strip", "due")
    elif day.date == strip.today:
        css, word = "t", pgettext("strip", "today")
    elif day.date == strip.started_on:
        css, word = "p", pgettext("strip", "start")
    elif strip.due_on < day.date < strip.today:
        css, word = "over", pgettext("strip", "late")
    elif day.date < strip.today:
        css, word = "p", pgettext("strip", "day %(n)d") % {"n": day.index or 0}
    else:
        word = weekday(day.date)
    if day.provisional:
        css = f"{css} prov".strip()
    return Cell(css, number, word, f"{day.date.isoformat()} {day.why}".strip())


def _marked(day: StripDay, strip: Strip) -> bool:
    return day.date in (strip.started_on, strip.today, strip.due_on)


def _shown(days: list[StripDay], strip: Strip) -> list[StripDay | None]:
    """The days worth a cell: all where they fit; else those nearest to the marked ones, None for a gap."""
    if len(days) <= MOST_CELLS:
        return list(days)
    marked = [index for index, day in enumerate(days) if _marked(day, strip)]
    near = sorted(range(len(days)), key=lambda index: min(abs(index - mark) for mark in marked))
    kept = sorted(near[: MOST_CELLS - 3])
    shown: list[StripDay | None] = []
    last = -1
    for index in kept:
        if index != last + 1:
            shown.append(None)
        shown.append(days[index])
        last = index
    return shown


def cells(strip: Strip) -> list[Cell]:
    """The cells of a strip: marked days and their neighbours; days off together, long stretches as a gap."""
    days = [day for day in strip.days if not day.off or _marked(day, strip)]
    if not days:
        return []  # a clock that is over before it began has no day to draw
    off_after: dict[dt.date | None, list[StripDay]] = {}
    previous: dt.date | None = None
    for day in strip.days:
        if day.off and not _marked(day, strip):
            off_after.setdefault(previous, []).append(day)
        else:
            previous = day.date
    made = []
    shown = _shown(days, strip)
    for each, following in zip(shown, [*shown[1:], None], strict=True):
        if each is None:
            made.append(Cell("gap", "", "…"))
            continue
        made.append(_cell(each, strip))
        rest = off_after.get(each.date)
        if rest and following is not None:
            reasons = "; ".join(f"{day.date.isoformat()} {day.why}".strip() for day in rest)
            made.append(Cell("h", "", pgettext("strip", "off"), reasons))
    return made


def sentence(strip: Strip) -> str:
    """The strip in one sentence, for those who do not see it."""
    return gettext("Runs from %(start)s, due %(due)s, today is %(today)s") % {
        "start": strip.started_on.isoformat(),
        "due": strip.due_on.isoformat(),
        "today": strip.today.isoformat(),
    }


def reasons(strip: Strip) -> Iterable[str]:
    """Every day in words: “2026-11-18 day 1”, “2026-11-21 weekend”."""
    for day in strip.days:
        if day.date > strip.due_on:
            return
        counted = "" if not day.index else pgettext("strip", "day %(n)d") % {"n": day.index}
        yield " ".join(part for part in (day.date.isoformat(), counted, str(day.why)) if part)
