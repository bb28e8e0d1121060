"""How a room offers something upward or sideways without importing it: filled in each room's `apps.py: ready()`.

Everything here is a plain list or dictionary of callables; order is given by `order`, never by import. What an offer looks
like stands in `core.offers`; rooms take those names from here.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

from core.boards import Figure, FigureList
from core.offers import (
    ClockPress,
    Clue,
    DemoStep,
    DraftForm,
    Foreseen,
    Kind,
    LongWork,
    NavEntry,
    Panel,
    Seal,
    SearchSource,
    SettingsPage,
    Statistics,
    TaskRow,
    TaskSource,
    Topic,
    Verb,
)

__all__ = ["TaskRow"]  # which stands in no list here


# --- kinds of thing: what a (target_kind, target_id) pair means -----------------------------------

kinds: dict[str, Kind] = {}

# kinds of which an outside expert's post opens what the expert was named on; nothing else is open to it
expert_kinds: set[str] = set()


def register_kind(kind: Kind) -> None:
    kinds[kind.code] = kind


# --- verbs: how an event is said when it is read --------------------------------------------------

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

nav: list[NavEntry] = []

# what may be begun from the workbench's head, as NavEntry (its group is not read); the last is the primary button
workbench_actions: list[NavEntry] = []

task_sources: list[TaskSource] = []

# verbs of notices that people have to take note of: the desk shows those unread as 待阅
to_read: set[str] = set()

# what the search over everything asks, in order of `order`
search_sources: list[SearchSource] = []

# kinds of papers that a room finds as its letters: the search over papers leaves them out
searched_papers: set[str] = set()
# name of a page's address -> the long form on it that keeps drafts
draft_forms: dict[str, DraftForm] = {}

# target kind -> (user, target ids) -> {id: (label, url)}: what its owner does next about a thing whose clock runs
clock_actions: dict[str, Callable[[Any, Iterable[int]], dict[int, tuple[str, str]]]] = {}

# target kind -> (user, target ids) -> {id: words}: what a thing whose clock runs is about, where the case alone
# would not tell
clock_objects: dict[str, Callable[[Any, Iterable[int]], dict[int, str]]] = {}

# target kind -> (user) -> ids of such things whose clocks the person watches (时限监控) though their pages are not open to
# them; else those they see
watched_targets: dict[str, Callable[[Any], Any]] = {}

# target kind -> how one presses for such a thing from the list of clocks; a kind without one is reminded by its clock
clock_presses: dict[str, ClockPress] = {}

# target kinds whose rooms give tasks of their own for what is owed: deadlines adds no row for their clocks
own_tasks: set[str] = set()

case_panels: list[Panel] = []

# names of addresses, of pages and of the API, at which a sign-in of the last minutes is asked for (ADR 0080)
fresh_addresses: set[str] = set()

# what is asked for the case page in one statement (core/together.py)
foreseen: list[Foreseen] = []

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

# (case) -> what still keeps a closed case from the archive: (sentence, address where it is mended)
archive_checks: list[Callable[[Any], list[tuple[str, str]]]] = []

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

# what rooms put on the steering pages, in the order of `Figure.order`
boards: list[Figure] = []

# code -> the things behind figures whose room has no list of its own
board_lists: dict[str, FigureList] = {}
# what the rooms count for the statistics report; each code stands in one of them
statistics: list[Statistics] = []

# function code -> Seal, in the order of the seals on screen
seals: dict[str, Seal] = {}

# what the header and the foot of every page ask of rooms above core (a missing one is left out)
#   unread(user) -> what is counted; day_words(date) -> str (工作日 …); posts(user) -> the person's other posts
#   first_use(user) -> names of the pages in `first_use` whose help the person has not put away
#   keep_display(user=, values=, at=) and kept_display(user) -> how a person wants the pages (core.display)
shell: dict[str, Callable[..., Any]] = {}

# (user ids) -> {id: words}: what the pages of people say of somebody beside their post (away until …)
people_notes: list[Callable[[Iterable[int]], dict[int, str]]] = []
# name of an address -> what to know about the page when one first comes to it, in a sentence or two
first_use: dict[str, Any] = {}

# document kind -> builder(context: dict) -> documents.rendering.Letter
letters: dict[str, Callable[[dict], Any]] = {}
# kinds of papers in which a department says what it found, the weightiest first: offered before other papers
opinions: list[str] = []
# document kind -> its name, such as 线索移交函, for lists and for the public verification page
letter_names: dict[str, Any] = {}

# what a paper is about -> (document, user) -> rows of who took it there: (unit, how, by whom, when, what proves it)
deliveries: dict[str, Callable[[Any, Any], list[tuple[str, str, str, str, str]]]] = {}
# kind of paper -> {kind of a later paper about the same thing: "withdrawn" | "replaced"}: what the later one makes of it;
# or a callable (document) -> (that word, since when), or None while it stands
overtaken_by: dict[str, dict[str, str] | Callable[[Any], tuple[str, Any] | None]] = {}

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

# (case) -> the clues its verified amounts may be attributed to (reports, by number)
clues: list[Callable[[Any], Iterable[Clue]]] = []

# (order, (region=, since=, until=) -> the topics of the local days since … until). The rooms in their order: 10 cases,
# 20 clocks and who owes them, 30 referrals, 35 sanctions under way, 36 inspections, 37 their coverage of the year,
# 40 rewards unpaid
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

settings_pages: list[SettingsPage] = []

# dictionaries loaded by migrations and again after a test flush: (order, callable())
seeds: list[tuple[int, Callable[[], None]]] = []


def load_seeds() -> None:
    """Fill every seeded dictionary; each loader is idempotent."""
    for _order, loader in sorted(seeds, key=lambda pair: pair[0]):
        loader()


demo_steps: list[DemoStep] = []

# code -> work too long for a page, such as an export of a hundred thousand rows (workspace.LongJob)
long_works: dict[str, LongWork] = {}


def register_long_work(work: LongWork) -> None:
    long_works[work.code] = work


# page of saved views -> (query string, user, since) -> its numbers now, by name, for a digest: {"total": 12, …}
digests: dict[str, Callable[..., dict[str, int]]] = {}

# "is_working": (local date) -> whether it is a working day
working_days: dict[str, Callable[[dt.date], bool]] = {}
