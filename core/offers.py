"""What a room offers upward or sideways, each kind of offer as a plain value; `core.registry` holds those that were made."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from core.finding import Wanted
from core.tally import Countable


@dataclass(frozen=True)
class Kind:
    """A kind of thing that rows of lower rooms may point to by plain columns.

    visible(user) -> queryset of the rows the user may see; title(obj) -> str; url(obj) -> str.
    readable(user) -> the rows whose content the user may read, where that is less (a summary is seen, not read).
    """

    code: str
    visible: Callable[[Any], Any]
    title: Callable[[Any], str]
    url: Callable[[Any], str]
    label: Any = ""
    readable: Callable[[Any], Any] | None = None
    short: Callable[[Any], str] | None = None  # as people call it among themselves: 126号

    # (user, only whole) -> expression, where composing it is kept
    ids: Callable[[Any, bool], Any] | None = None

    def readable_by(self, user: Any) -> Any:
        return (self.readable or self.visible)(user)

    def visible_ids(self, user: Any, *, whole: bool = False) -> Any:
        """What stands behind `__in`: the ids of the rows the user may see, or read whole."""
        if self.ids is not None:
            return self.ids(user, whole)
        return (self.readable_by(user) if whole else self.visible(user)).values("pk")


@dataclass(frozen=True)
class Verb:
    """One verb of the journal. `sentence(params, actor=…)` is rendered in the reader's language when read.

    sentence: a gettext_lazy pattern with {placeholders}, formatted with the event's params.
    tone: g (done), b (progress), y (waiting), r (late or refused), n (neutral) — the dot of the timeline.
    group: flow | material | money | comment | access | system — the timeline's filter.
    """

    code: str
    sentence: Any
    tone: str = "n"
    group: str = "flow"
    note: str = ""  # the name of a param shown as the boxed note under the line


@dataclass(frozen=True)
class NavEntry:
    """A line of the side navigation. group: mine | cases | steering | files.

    `count(user)` -> what is counted beside it, best a queryset (core.tally: all lines cost one statement);
    `hot` marks counts of things only I must do (red); `also`: names of pages beside it the line stands for too.
    """

    group: str
    order: int
    label: Any
    url_name: str
    icon: str
    allowed: Callable[[Any], bool] = lambda user: True
    count: Callable[[Any], Countable] | None = None
    hot: bool = False
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class TaskRow:
    """One row of a workbench tab, with its one commonest action.

    due: date of law or None; lamp: "g" | "y" | "r" | "n"; days: working days left (negative: late) or None.
    method: "get" leads to a page, "post" does it at once (with the row's version and a form key).
    target: (kind, id) of what it is about, in `core.registry.kinds`; a row without one is never shown to who stands in.
    behalf: the name of the colleague away for whom it waits.
    """

    phrase: str
    url: str
    case_title: str = ""
    case_url: str = ""
    source: str = ""
    lamp: str = "n"
    days: int | None = None
    due: dt.date | None = None
    action_label: str = ""
    action_url: str = ""
    method: str = "get"
    hidden: dict[str, str] = field(default_factory=dict)
    sort: Any = None
    target: tuple[str, int] | None = None
    behalf: str = ""


@dataclass(frozen=True)
class TaskSource:
    """What a room adds to a workbench tab: todo | sign | read | done | started | drafts.

    rows(user, limit) -> iterable of TaskRow, best `core.gathering.stepwise`: all rooms then go in step; count(user) -> what
    is counted (core.tally). The tabs todo, sign and read are ordered by due date; done, started and drafts by
    `TaskRow.sort`, an aware instant, newest first.
    """

    tab: str
    order: int
    rows: Callable[[Any, int], Iterable[TaskRow]]
    count: Callable[[Any], Countable]


@dataclass(frozen=True)
class SearchRow:
    """One thing found: its page, its number where it has one, its name, and what tells it from others of that name."""

    url: str
    title: str
    number: str = ""
    note: str = ""


@dataclass(frozen=True)
class SearchSource:
    """What a room adds to the search over everything.

    find(user, wanted, limit) -> at most `limit` rows, the best first, each through the room's own door; nothing
    for whom the room is not. address(user, text) -> where the room's own list shows all of it, "" where it has none.
    """

    code: str
    order: int
    label: Any
    find: Callable[[Any, Wanted, int], Iterable[SearchRow]]
    address: Callable[[Any, str], str] = lambda user, text: ""


@dataclass(frozen=True)
class Panel:
    """A panel of the case page. place: main | rail. load(case, user) -> context dict, or None to leave it out.

    tab: on which tab of the page it stands (cases/tabs.py); only the panels of the tab shown are loaded.
    count(case, user) -> what of it is counted beside the tab's name, as a queryset of what this person sees.
    """

    place: str
    order: int
    code: str
    template: str
    load: Callable[[Any, Any], dict | None]
    tab: str = "overview"
    count: Callable[[Any, Any], Countable] | None = None
    anchor: str = ""  # its id in the page, where that is not its code


@dataclass(frozen=True)
class Foreseen:
    """What a room will ask when the case page is drawn: the page asks it of the database with all the others at once.

    tabs: the tabs on which it is asked, none for all of them and for the summary. asks(case, user) -> {key: queryset}:
    `core.memory.remembered` gives the list under this key, be it asked of the case or of the user.
    """

    tabs: tuple[str, ...]
    asks: Callable[[Any, Any], dict[str, Any]]


@dataclass(frozen=True)
class Seal:
    """A function's seal 医卫市财发公: `always` ones show faintly where the department takes no part."""

    character: str
    name: Any
    always: bool = True


@dataclass(frozen=True)
class Clue:
    """What a verified amount of a case may be attributed to: a thing of a room above, by plain columns."""

    kind_code: str
    pk: int
    label: str


@dataclass(frozen=True)
class Topic:
    """What a room puts on the agenda of a region's joint meeting, in the words of the paper.

    key: the same thing collected again has the same one. kind: report | problem | case | campaign. Every department
    asked to the meeting reads title and text: counts, numbers and amounts, no name of an institution or a person.
    case_id, and (target_kind, target_id) with its version as collected, where it is about one thing.
    """

    key: str
    kind: str
    title: str
    text: str = ""
    case_id: int | None = None
    target_kind: str = ""
    target_id: int | None = None
    version: int | None = None


Span = tuple[dt.date, dt.date]  # the first and the last local day


@dataclass(frozen=True)
class Counted:
    """One row behind a number of the statistics: its cells in the order of the list's heads; a page that shows it."""

    cells: tuple[Any, ...]
    url: str = ""


@dataclass(frozen=True)
class Listed:
    """What a number of the statistics counts: heads of the columns, how many rows there are, and those of a page."""

    heads: tuple[Any, ...]
    total: int
    rows: list[Counted]


@dataclass(frozen=True)
class Statistics:
    """Figures of the statistics report (E48) a room counts. codes: those it answers for.

    numbers(region, spans) -> for each span {code: int, Decimal or None (nothing to divide by)}; amounts in yuan, coverage in
    percent. listed(code, region, span, user, start, stop) -> the rows behind a number, from start to stop.
    What only named persons may see is in neither, so that a number tells nobody of it.
    """

    codes: tuple[str, ...]
    numbers: Callable[[Any, list[Span]], list[dict[str, Any]]]
    listed: Callable[[str, Any, Span, Any, int, int], Listed]


@dataclass(frozen=True)
class ClockPress:
    """How one presses for a thing whose clock runs, from the list of clocks: 催办 and 督办.

    chased, supervised: () -> an expression that counts them for the thing `OuterRef("target_id")`.
    chase(deadline, by=, at=) -> the sentence of what was done; None where this clock is not the thing's own to be chased
    for, so that its owner is reminded by the clock. supervise(deadline, demand=, reply_on=, by=, at=) -> (the sentence,
    the address of the letter). Both raise `Refused`.
    """

    chased: Callable[[], Any] | None = None
    supervised: Callable[[], Any] | None = None
    chase: Callable[..., Any] | None = None
    supervise: Callable[..., tuple[Any, str]] | None = None


@dataclass(frozen=True)
class SettingsPage:
    """A page on which the system administrator keeps what the house goes by.

    state(user) -> (whether nothing is left to do there, how it stands in words); computed from the rows, best
    `core.gathering.stepwise`.
    step: part of setting up an empty county, so that the administrator's workbench asks for it.
    asks(user) -> {key: queryset}: what `state` takes from `core.memory.remembered` under these keys, asked for all pages
    in one statement.
    """

    order: int
    label: Any
    about: Any
    url_name: str
    icon: str
    state: Callable[[Any], tuple[bool, str]]
    step: bool = True
    asks: Callable[[Any], dict[str, Any]] | None = None


@dataclass(frozen=True)
class DemoStep:
    """A room's part of the demo county, built through its own actions in this order."""

    order: int
    build: Callable[..., None]


def _case_of(thing: Any) -> int | None:
    return getattr(thing, "case_id", None)


@dataclass(frozen=True)
class DraftForm:
    """A long form that keeps what somebody has begun, half-valid or not; under the name of its page's address.

    label: what is being written, in the row of the workbench. things(user) -> queryset of the things the form may
    be about, of which the address names one by `kwarg`; None where it begins something new.
    case(thing) -> the case it belongs to. query: parts of the address's query that the form goes by.
    never: fields that are not kept (identity numbers); passwords and files never are.
    """

    label: Any
    things: Callable[[Any], Any] | None = None
    kwarg: str = "pk"
    case: Callable[[Any], int | None] = _case_of
    query: tuple[str, ...] = ()
    never: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Made:
    """What a long work came to: a finished file on this machine (taken over, then gone), how many rows, and what it covers.

    covers: what the file holds, packed as its kind likes; `LongWork.lost` reads it.
    """

    path: str
    name: str
    media_type: str
    rows: int
    covers: bytes = b""


@dataclass(frozen=True)
class LongWork:
    """A kind of work too long for a page, done by a worker for one person (workspace.LongJob).

    run(job) -> Made, with job.parameters, job.person() (asked anew for each portion: rights may end meanwhile),
    job.step(done, total) after each portion, job.folder for its files, job.at. It writes no row of its own.
    ended(made, parameters, by, at): inside the transaction that ends the work, such as its line in the record.
    taken(made_rows, parameters, by, at): the file was downloaded.
    lost(covers, user) -> how many rows of the file the person may not see any more.
    """

    code: str
    label: Any
    run: Callable[[Any], Made]
    ended: Callable[..., None]
    taken: Callable[..., None]
    lost: Callable[[bytes, Any], int]
