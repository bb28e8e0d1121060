"""What a room offers upward or sideways, each kind of offer as a plain value; `core.registry` holds those that were made."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

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


@dataclass(frozen=True)
class Panel:
    """A panel of the case page. place: main | rail. load(case, user) -> context dict, or None to leave it out."""

    place: str
    order: int
    code: str
    template: str
    load: Callable[[Any, Any], dict | None]


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


@dataclass(frozen=True)
class DemoStep:
    """A room's part of the demo county, built through its own actions in this order."""

    order: int
    build: Callable[..., None]
