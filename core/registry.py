"""How a room offers something upward or sideways without importing it: filled in each room's `apps.py: ready()`.

Everything here is a plain list or dictionary of callables; order is given by `order`, never by import.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from core.tally import Countable

# --- kinds of thing: what a (target_kind, target_id) pair means -----------------------------------


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

    ids: Callable[[Any, bool], Any] | None = None  # (user, only whole) -> expression, where composing it is kept

    def readable_by(self, user: Any) -> Any:
        return (self.readable or self.visible)(user)

    def visible_ids(self, user: Any, *, whole: bool = False) -> Any:
        """What stands behind `__in`: the ids of the rows the user may see, or read whole."""
        if self.ids is not None:
            return self.ids(user, whole)
        return (self.readable_by(user) if whole else self.visible(user)).values("pk")


kinds: dict[str, Kind] = {}


def register_kind(kind: Kind) -> None:
    kinds[kind.code] = kind


# --- verbs: how an event is said when it is read --------------------------------------------------


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


verbs: dict[str, Verb] = {}


def register_verbs(*new: Verb) -> None:
    for verb in new:
        verbs[verb.code] = verb


# what the journal gives the rooms below it: "record", "notify" (see journal.actions)
journal: dict[str, Callable[..., Any]] = {}

class _Once(dict[str, Callable[[Any], Any]]):
    """A name is given once: a second room would silently take the first one's words away."""

    def __setitem__(self, name: str, say: Callable[[Any], Any]) -> None:
        if name in self:
            raise ValueError(f"the words of {name!r} are given already")
        super().__setitem__(name, say)


# param name -> callable(value) giving the words in which an event or notice says it ("kind", "role" …)
param_words: dict[str, Callable[[Any], Any]] = _Once()


# --- navigation, tasks, panels, vetoes, contributions ---------------------------------------------


@dataclass(frozen=True)
class NavEntry:
    """A line of the side navigation. group: mine | cases | steering | files.

    `count(user)` -> what is counted beside it, best a queryset (core.tally: all lines cost one statement);
    `hot` marks counts of things only I must do (red).
    """

    group: str
    order: int
    label: Any
    url_name: str
    icon: str
    allowed: Callable[[Any], bool] = lambda user: True
    count: Callable[[Any], Countable] | None = None
    hot: bool = False


nav: list[NavEntry] = []

# what may be begun from the workbench's head, as NavEntry (its group is not read); the last is the primary button
workbench_actions: list[NavEntry] = []


@dataclass(frozen=True)
class TaskRow:
    """One row of a workbench tab, with its one commonest action.

    due: date of law or None; lamp: "g" | "y" | "r" | "n"; days: working days left (negative: late) or None.
    method: "get" leads to a page, "post" does it at once (with the row's version and a form key).
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


@dataclass(frozen=True)
class TaskSource:
    """What a room adds to a workbench tab: todo | sign | read | done | started | drafts.

    rows(user, limit) -> iterable of TaskRow; count(user) -> what is counted (core.tally). The tabs todo, sign and read are
    ordered by due date; done, started and drafts by `TaskRow.sort`, an aware instant, newest first.
    """

    tab: str
    order: int
    rows: Callable[[Any, int], Iterable[TaskRow]]
    count: Callable[[Any], Countable]


task_sources: list[TaskSource] = []

# target kind -> (user, target ids) -> {id: (label, url)}: what its owner does next about a thing whose clock runs
clock_actions: dict[str, Callable[[Any, Iterable[int]], dict[int, tuple[str, str]]]] = {}

# target kind -> (user, target ids) -> {id: words}: what a thing whose clock runs is about, where the case alone
# would not tell
clock_objects: dict[str, Callable[[Any, Iterable[int]], dict[int, str]]] = {}

# target kinds whose rooms give tasks of their own for what is owed: deadlines adds no row for their clocks
own_tasks: set[str] = set()


@dataclass(frozen=True)
class Panel:
    """A panel of the case page. place: main | rail. load(case, user) -> context dict, or None to leave it out."""

    place: str
    order: int
    code: str
    template: str
    load: Callable[[Any, Any], dict | None]


case_panels: list[Panel] = []

# panels of a subject's page; `load(subject, user)` gives the context, or None to leave it out
subject_panels: list[Panel] = []

# panels of the page of a case of which somebody sees metadata and status only (the leading group's office)
summary_panels: list[Panel] = []

# (case, user) -> the NextStep dict {text, why, url, label, due, lamp, order} or None; the most urgent is shown
next_steps: list[Callable[[Any, Any], dict | None]] = []

# stage of the case page ("transferred", "inspected", "sanctioned") -> (case) -> (state, text): state is "done",
# "now" or "" (not begun); a stage nobody speaks for is not begun
case_stages: dict[str, Callable[[Any], tuple[str, str]]] = {}

# (case) -> the days on which what a case is about was discovered before it was registered, such as by an inspection,
# the earliest first: what a department owes from discovery on (C14) is proposed to run from there
discoveries: list[Callable[[Any], list[dt.date]]] = []

# (case) -> sentences naming what is still open; a case closes only when there are none (DESIGN §2 cases)
close_vetoes: list[Callable[[Any], list[str]]] = []

# (issued document) -> sentences naming what has to happen instead of declaring the paper void
void_vetoes: list[Callable[[Any], list[str]]] = []

# (strand) -> sentences to be known before a penalty is decided on it (a transfer of suspected crime is under way)
penalty_notes: list[Callable[[Any], list[str]]] = []

# (post) -> sentences naming what a leaving person still has to hand over (DESIGN §3)
leave_vetoes: list[Callable[[Any], list[str]]] = []

# code -> callable(user, **period) for the desks. The workbench asks for these (a missing one is left out):
#   cases_by_lamp(user) -> {"g": 35, "y": 5, "r": 2}: open cases the user may see
#   recovered_by_month(user, months=[first days]) -> {first day of month: Decimal yuan}
#   due_soon(user, limit=…) -> [{"on": date, "text": short, "title": the same at length, "url", "case_title",
#     "case_url"}], earliest first
#   clock_record(user, since=date, until=date) -> [(department name, in time, late but done, overdue)]
figures: dict[str, Callable[..., Any]] = {}


@dataclass(frozen=True)
class Seal:
    """A function's seal 医卫市财发公: `always` ones show faintly where the department takes no part."""

    character: str
    name: Any
    always: bool = True


# function code -> Seal, in the order of the seals on screen
seals: dict[str, Seal] = {}

# what the header and the foot of every page ask of rooms above core (a missing one is left out)
#   unread(user) -> what is counted; day_words(date) -> str (工作日 …); posts(user) -> the person's other posts
shell: dict[str, Callable[..., Any]] = {}

# document kind -> builder(context: dict) -> documents.rendering.Letter
letters: dict[str, Callable[[dict], Any]] = {}
# kinds of papers in which a department says what it found, the weightiest first: offered before other papers
opinions: list[str] = []
# document kind -> its name, such as 线索移交函, for lists and for the public verification page
letter_names: dict[str, Any] = {}

# (user) -> Q: events a person who sees the case does not see all the same (letters to named persons only)
hidden_events: list[Callable[[Any], Any]] = []

# target kind -> (user) -> ids of such things this person is not to learn of, even where a row of a lower room that
# hangs on one (a clock, a line of custody) stands in a case or department of theirs
hidden_targets: dict[str, Callable[[Any], Any]] = {}

# (target_kind) -> callable(deadline, stage, at) returning the users to tell beside owner and owner's heads
deadline_listeners: dict[str, Callable[..., Iterable[Any]]] = {}

# (case=, by=, at=): told when a lead was registered or its categories changed, inside the action's transaction
case_listeners: list[Callable[..., None]] = []

# (entry=, at=): told when an entry was made in a case's ledger or reversed, inside the action's transaction
money_listeners: list[Callable[..., None]] = []


@dataclass(frozen=True)
class Clue:
    """What a verified amount of a case may be attributed to: a thing of a room above, by plain columns."""

    kind_code: str
    pk: int
    label: str


# (case) -> the clues its verified amounts may be attributed to (reports, by number)
clues: list[Callable[[Any], Iterable[Clue]]] = []


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


# (order, (region=, since=, until=) -> the topics of the local days since … until). The rooms in their order: 10 cases,
# 20 clocks and who owes them, 30 referrals, 35 inspections, 36 coverage, 40 rewards unpaid, 50 sanctions under way
agenda_sources: list[tuple[int, Callable[..., Iterable[Topic]]]] = []

# (strand=, by=, at=): told when a department filed its strand (立案), inside the action's transaction
filing_listeners: list[Callable[..., None]] = []

# (strand=, by=, at=): told when a department did not file its strand (不予立案), inside the action's transaction
decline_listeners: list[Callable[..., None]] = []

# (strand=, by=, at=): told when a department decided its strand, took a decided one up again (review, court), or ended
# it without a decision; inside the action's transaction, the case locked
strand_listeners: list[Callable[..., None]] = []

# (case=, by=, at=): told when a case was decided or closed, inside the action's transaction
result_listeners: list[Callable[..., None]] = []

# (case_ids, at): told after clocks of these cases changed, so that cases keep their copy of lamp and due date
lamp_listeners: list[Callable[[Iterable[int], dt.datetime], None]] = []

# kind -> callable(ids): locks these rows FOR UPDATE in order of id, so that a lower room can keep to the order
# case → referral → deadline without knowing cases
lockers: dict[str, Callable[[Iterable[int]], None]] = {}

# kind of dictionary row -> callable(ids) giving those that something refers to: they are switched off, never removed
in_use: dict[str, Callable[[Iterable[int]], set[int]]] = {}


@dataclass(frozen=True)
class SettingsPage:
    """A page on which the system administrator keeps what the house goes by.

    state(user) -> (whether nothing is left to do there, how it stands in words); computed from the rows.
    step: part of setting up an empty county, so that the administrator's workbench asks for it.
    """

    order: int
    label: Any
    about: Any
    url_name: str
    icon: str
    state: Callable[[Any], tuple[bool, str]]
    step: bool = True


settings_pages: list[SettingsPage] = []

# dictionaries loaded by migrations and again after a test flush: (order, callable())
seeds: list[tuple[int, Callable[[], None]]] = []


def load_seeds() -> None:
    """Fill every seeded dictionary; each loader is idempotent."""
    for _order, loader in sorted(seeds, key=lambda pair: pair[0]):
        loader()


@dataclass(frozen=True)
class DemoStep:
    """A room's part of the demo county, built through its own actions in this order."""

    order: int
    build: Callable[..., None]


demo_steps: list[DemoStep] = []
