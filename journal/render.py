"""Saying events and notices in the reader's language, when they are read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from core.dates import local_date
from core.registry import param_words, verbs
from core.together import together
from departments.models import Department, Post, User

MISSING = "—"


def _is_department(key: str) -> bool:
    return key in {"department", "departments"} or key.endswith(("_department", "_departments"))


def _is_user(key: str) -> bool:
    return key in {"user", "users", "actor", "handler"} or key.endswith(("_user", "_users"))


class _Words(dict):
    """Formats a sentence without ever failing: a parameter an old event lacks is a dash."""

    def __missing__(self, key: str) -> str:
        return MISSING


def _ids(value: Any) -> list[int]:
    if isinstance(value, list):
        return [item for item in value if isinstance(item, int)]
    return [value] if isinstance(value, int) and not isinstance(value, bool) else []


def _known(things: Iterable[Any]) -> tuple[set[int], set[int]]:
    """The user and department ids these events and notices speak of."""
    users: set[int] = set()
    departments: set[int] = set()
    for thing in things:
        for actor in (getattr(thing, "actor_id", None), getattr(thing, "recipient_id", None)):
            if actor:
                users.add(actor)
        if thing.department_id:
            departments.add(thing.department_id)
        if thing.target_kind == "user" and thing.target_id:
            users.add(thing.target_id)
        if thing.target_kind == "department" and thing.target_id:
            departments.add(thing.target_id)
        for key, value in thing.params.items():
            if _is_user(key):
                users.update(_ids(value))
            elif _is_department(key):
                departments.update(_ids(value))
    return users, departments


@dataclass
class Names:
    """The names of people and departments some events speak of, loaded in one query."""

    users: Mapping[int, str] = field(default_factory=dict)
    departments: Mapping[int, str] = field(default_factory=dict)

    @classmethod
    def of(cls, things: Iterable[Any]) -> Names:
        return cls.with_sections(things, ())[0]

    @classmethod
    def with_sections(cls, things: Iterable[Any], posts: Iterable[int]) -> tuple[Names, dict[int, str]]:
        """The names, and the sections of these posts by their ids, in one statement."""
        users, departments = _known(things)
        people = User.objects.filter(pk__in=users).values_list("pk", "name")
        bodies = Department.objects.filter(pk__in=departments).values_list("pk", "short_name")
        sections = Post.objects.filter(pk__in=list(posts)).values_list("pk", "section")
        together([people, bodies, sections])
        return cls(dict(people), dict(bodies)), dict(sections)

    def _list(self, names: Mapping[int, str], value: Any) -> str:
        found = [names.get(pk, MISSING) for pk in _ids(value)]
        return _(", ").join(found) if found else (str(value) if isinstance(value, str) and value else MISSING)

    def words(self, params: Mapping[str, Any]) -> dict[str, Any]:
        """The params as words: ids of people and departments as names, codes as their labels."""
        said: dict[str, Any] = {}
        for key, value in params.items():
            if key in param_words:
                said[key] = param_words[key](value)
            elif _is_user(key):
                said[key] = self._list(self.users, value)
            elif _is_department(key):
                said[key] = self._list(self.departments, value)
            elif value is None or value == "":
                said[key] = MISSING
            elif isinstance(value, list):
                said[key] = _(", ").join(str(item) for item in value)
            else:
                said[key] = value
        return said


@dataclass(frozen=True)
class Saying:
    """One event or notice in words. tone: g b y r n; note: the boxed text under the line, or empty."""

    text: str
    tone: str = "n"
    group: str = "flow"
    note: str = ""

    @classmethod
    def of(cls, verb: str, params: Mapping[str, Any], names: Names | None = None, **extra: Any) -> Saying:
        """Say a verb with its params. A verb of a room that is gone is said by its code."""
        names = names or Names()
        known = verbs.get(verb)
        if known is None:
            return cls(text=verb)
        words = _Words({**names.words(params), **extra})
        return cls(
            text=str(known.sentence).format_map(words),
            tone=known.tone,
            group=known.group,
            note=str(params.get(known.note) or "") if known.note else "",
        )


def _actor(thing: Any, names: Names) -> str:
    """Who did it; somebody standing in, with the name of the one away."""
    actor_id = getattr(thing, "actor_id", None)
    if not actor_id:
        return _("the system")
    name = names.users.get(actor_id, MISSING)
    behalf = thing.params.get("behalf_user")
    if behalf is None:
        return name
    return _("%(name)s on behalf of %(away)s") % {"name": name, "away": names.users.get(behalf, MISSING)}


def _say(thing: Any, names: Names) -> Saying:
    """An event or a notification, with its own actor, department and target as words."""
    extra = {"actor": _actor(thing, names)}
    if thing.target_kind == "user":
        extra["target_user"] = names.users.get(thing.target_id, MISSING)
    if thing.target_kind == "department":
        extra["target_department"] = names.departments.get(thing.target_id, MISSING)
    if thing.department_id:
        extra["acting_department"] = names.departments.get(thing.department_id, MISSING)
    return Saying.of(thing.verb, thing.params, names, **extra)


def sentence(thing: Any) -> str:
    """One event or notification as a sentence in the reader's language (two queries at most)."""
    return _say(thing, Names.of([thing])).text


def sentences(things: Iterable[Any]) -> list[tuple[Any, Saying]]:
    """Many at once, in two queries: pairs of the event or notification and what it says."""
    things = list(things)
    names = Names.of(things)
    return [(thing, _say(thing, names)) for thing in things]


@dataclass(frozen=True)
class Line:
    """One line of a timeline, as `partials/timeline.html` shows it."""

    pk: int
    at: Any
    tone: str
    group: str
    text: str
    who: str
    note: str
    verb: str
    target_kind: str
    target_id: int | None
    files: tuple[tuple[str, str, str], ...] = ()


def timeline(events: Iterable[Any], user: Any) -> list[tuple[Any, list[Line]]]:
    """Events grouped by local day, newest first: pairs (date, lines). One query, whatever the number.

    `events` come from a queryset the caller has scoped (`visible_to`, or `of_case` of a visible case).
    """
    events = sorted(events, key=lambda event: (event.at, event.pk), reverse=True)
    names, sections = Names.with_sections(events, {event.post_id for event in events if event.post_id})
    days: dict[Any, list[Line]] = defaultdict(list)
    for event in events:
        said = _say(event, names)
        who = " · ".join(
            part
            for part in (
                names.departments.get(event.department_id, "") if event.actor_id else "",
                sections.get(event.post_id, ""),
                _actor(event, names),
            )
            if part
        )
        days[local_date(event.at)].append(
            Line(
                pk=event.pk,
                at=event.at,
                tone=said.tone,
                group=said.group,
                text=said.text,
                who=who,
                note=said.note,
                verb=event.verb,
                target_kind=event.target_kind,
                target_id=event.target_id,
            )
        )
    return list(days.items())
