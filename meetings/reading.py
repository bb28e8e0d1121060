"""What the pages of a meeting show: the lamp of a quarter, the agenda with what changed since, what waits."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cases.models import Case
from core import registry
from core.dates import local_date
from core.forms import new_form_key
from core.wording import day
from deadlines.calendar import Calendar
from deadlines.explain import explain
from deadlines.lamps import Lamp, lamp_of
from deadlines.models import Deadline
from departments.models import User
from journal.models import Event
from journal.render import timeline
from meetings import rules, rules_on_paper
from meetings.actions.quarter import CLOCK
from meetings.actions.resolutions import CLOCK as TASK
from meetings.actions.resolutions import DEPLOYED
from meetings.discretion import unsaid
from meetings.enums import ItemStatus, MeetingStatus
from meetings.models import AgendaItem, Attendance, Material, Meeting, Minutes, Resolution
from meetings.querysets import in_office
from meetings.quorum import quorum_of
from meetings.sources import version_of

# what only the office and who proposed a topic hears of
INSIDE = ("meeting.item_proposed", "meeting.item_dropped", "meeting.item_edited", "meeting.material_added")


@dataclass(frozen=True)
class Offer:
    """One button. `post`: it does its step at once."""

    label: Any
    url: str
    danger: bool = False
    post: bool = False
    icon: str = ""
    key: str = field(default_factory=new_form_key)


@dataclass
class Row:
    """An item as the agenda shows it. case_url: where the reader sees the case; changed: what is newer than pinned.

    thing_url: likewise of what else it is about, such as the resolution it follows up.
    """

    item: AgendaItem
    number: int | None
    case_title: str = ""
    case_url: str = ""
    thing_title: str = ""
    thing_url: str = ""
    materials: list[Material] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    offers: list[Offer] = field(default_factory=list)
    moves: list[Offer] = field(default_factory=list)
    merged: list[AgendaItem] = field(default_factory=list)


def offer(
    rule: Any, user: User, thing: Any, label: Any, step: str, *, danger=False, post=False
) -> list[Offer]:
    """The button of a step, if this person may do it now."""
    if not rule(user, thing):
        return []
    return [Offer(label, reverse(f"meetings:{step}", args=[thing.pk]), danger, post)]


def lamps(meetings: Iterable[Meeting]) -> dict[int, Lamp]:
    """The lamp of each quarter's meeting, by id: amber before the quarter passes, red once it has without one."""
    ids = [meeting.pk for meeting in meetings]
    rows = Deadline.objects.filter(
        target_kind=Meeting.kind_code, target_id__in=ids, rule_code=CLOCK
    ).order_by("pk")
    calendar, today = Calendar.current(), local_date(timezone.now())
    return {row.target_id: lamp_of(row, today, calendar) for row in rows}


def task_clocks(tasks: Iterable[Resolution]) -> QuerySet[Deadline]:
    """The clocks of these resolutions; that of an answer to a supervision stands beside it."""
    rows = Deadline.objects.filter(
        target_kind=Resolution.kind_code, target_id__in=[task.pk for task in tasks], rule_code__in=(TASK, DEPLOYED)
    )
    return rows.order_by("pk").select_related("rule")


def task_lamps(tasks: Iterable[Resolution], known: Iterable[Deadline] | None = None) -> list[Lamp | None]:
    """The lamp of each resolution, in three colours, by its clock; None for what is drafted. known: `task_clocks`, where
    they were asked for."""
    calendar, on = Calendar.current(), local_date(timezone.now())
    rows = task_clocks(tasks) if known is None else known
    held = {row.target_id: lamp_of(row, on, calendar) for row in rows}
    return [held.get(task.pk) for task in tasks]


@dataclass(frozen=True)
class Clock:
    """A clock as the rail draws it."""

    label: str
    lamp: str
    days: int | None
    lamp_words: Any
    explanation: Any
    meta: str


def clocks(thing: Any) -> list[Clock]:
    """The clocks on a meeting or a resolution, with the reason for every day."""
    today, calendar = local_date(timezone.now()), Calendar.current()
    rows = Deadline.objects.filter(target_kind=thing.kind_code, target_id=thing.pk).order_by("pk")
    shown = []
    for row in rows.select_related("department", "rule").prefetch_related("changes"):
        lamp = lamp_of(row, today, calendar)
        shown.append(
            Clock(
                row.label, lamp.color, lamp.days, lamp.words,
                explain(row, today, calendar=calendar, changes=row.changes.all()),
                _("due on %(day)s") % {"day": row.due_on.isoformat()},
            )
        )  # fmt: skip
    return shown


def _seen_cases(user: User, items: list[AgendaItem]) -> dict[int, Case]:
    wanted = {item.case_id for item in items if item.case_id}
    return {case.pk: case for case in Case.objects.visible_to(user).filter(pk__in=wanted)} if wanted else {}


def _things(user: User, items: list[AgendaItem]) -> dict[tuple[str, int | None], Any]:
    """The things the items are about as they are now, as far as this person sees them."""
    wanted: dict[str, set[int | None]] = {}
    for item in items:
        if item.target_kind:
            wanted.setdefault(item.target_kind, set()).add(item.target_id)
    found = {}
    for code, ids in wanted.items():
        kind = registry.kinds.get(code)
        for thing in kind.visible(user).filter(pk__in=ids) if kind else ():
            found[code, thing.pk] = thing
    return found


def agenda(items: list[AgendaItem], user: User, *, numbers: bool = True) -> list[Row]:
    """The items with their material, their case where the reader sees it, and what changed since."""
    cases, things, rows, number = _seen_cases(user, items), _things(user, items), [], 0
    materials: dict[int, list[Material]] = {}
    for material in Material.objects.filter(item__in=items).select_related("by", "item__meeting"):
        materials.setdefault(material.item_id, []).append(material)
    for item in items:
        listed = item.status == ItemStatus.LISTED
        number += listed
        row = Row(
            item=item, number=number if listed and numbers else None, materials=materials.get(item.pk, [])
        )
        if (case := cases.get(item.case_id)) is not None:
            row.case_title, row.case_url = case.title, registry.kinds["case"].url(case)
        thing = things.get((item.target_kind, item.target_id))
        if thing is not None and item.target_kind != Case.kind_code:
            kind = registry.kinds[item.target_kind]
            row.thing_title, row.thing_url = kind.title(thing), kind.url(thing)
        if thing is not None and item.pinned_version not in (None, version_of(thing)):
            row.changed.append(_("changed since it was put on the agenda"))
        pinned = {material.name: material.number for material in row.materials if material.pinned}
        newest = {material.name: material.number for material in row.materials}
        row.changed += [
            _("%(name)s: version %(new)d was handed in since version %(old)d")
            % {"name": name, "new": newest[name], "old": old}
            for name, old in pinned.items()
            if newest[name] > old
        ]
        rows.append(row)
    return rows


def item_offers(user: User, item: AgendaItem) -> list[Offer]:
    """What this person may do with one topic, the likeliest first."""
    table = (
        (rules.can_decide, pgettext("agenda item", "Decide"), "decide", False, False),
        (rules.can_decide, _("Note"), "note", False, False),
        (rules.can_decide, _("Defer"), "defer", False, False),
        (rules.can_take, _("Put on the agenda"), "take", False, True),
        (rules.can_hand_in, _("Hand in material"), "hand_in", False, False),
        (rules.can_pin_thing, _("Take its present state"), "pin_thing", False, True),
        (rules.can_edit, _("Edit"), "edit_item", False, False),
        (rules.can_merge, _("Merge"), "merge", False, False),
        (rules.can_reopen, _("Take the outcome back"), "reopen", True, False),
        (rules.can_drop, _("Take off"), "drop", True, False),
    )
    return [
        found
        for rule, label, step, danger, post in table
        for found in offer(rule, user, item, label, step, danger=danger, post=post)
    ]


def move_offers(user: User, item: AgendaItem) -> list[Offer]:
    """One place up, one place down."""
    if not rules.can_move(user, item):
        return []
    return [
        Offer(label, reverse(f"meetings:{step}", args=[item.pk]), post=True, icon=icon)
        for label, step, icon in ((_("Up"), "up", "chevron-up"), (_("Down"), "down", "chevron-down"))
    ]


def meeting_offers(user: User, meeting: Meeting, own: Attendance | None) -> list[Offer]:
    """What this person may do with the meeting, the likeliest first."""
    found: list[Offer] = []
    if own is not None:
        found += offer(rules.can_answer, user, own, _("Say who comes"), "answer")
    table = (
        (rules.can_call, _("Call the meeting"), "call", False, False),
        (rules.can_record, _("Record the attendance"), "record", False, False),
        (rules.can_close, _("Close the meeting"), "close", False, False),
        (rules.can_propose, _("Propose a topic"), "propose", False, False),
        (rules.can_add, _("Add a topic"), "add", False, False),
        (rules.can_invite, _("Invite without vote"), "invite", False, False),
        (rules.can_set_topics, _("Ask for topics"), "topics_by", False, False),
        (rules_on_paper.can_ask_on_paper, _("Ask for topics by letter"), "ask_on_paper", False, False),
        (rules.can_collect, _("Collect now"), "collect", False, True),
        (rules.can_call_again, _("Change day or place"), "call_again", False, False),
        (rules.can_skip, _("Not held"), "skip", True, False),
    )
    for rule, label, step, danger, post in table:
        found += offer(rule, user, meeting, label, step, danger=danger, post=post)
    return found


def waiting_for(meeting: Meeting, open_items: int) -> tuple[str, str]:
    """(what is next, why), in words."""
    status = meeting.status
    if status == MeetingStatus.PLANNED:
        said = (
            _("Topics are wanted by %(day)s.") % {"day": day(meeting.topics_by)} if meeting.topics_by else ""
        )
        return _("Prepare the agenda and call the meeting"), said
    if status == MeetingStatus.CALLED and meeting.begins > timezone.now():
        return _("Wait for the meeting"), _("Departments say who comes.")
    if status == MeetingStatus.CALLED:
        quorum = quorum_of(meeting)
        said = _("%(present)d of %(members)d members present, %(needed)d needed with the lead department.") % {
            "present": quorum.present, "members": quorum.members, "needed": quorum.needed,
        }  # fmt: skip
        return _("Deal with every topic, then close the meeting: %(n)d left") % {"n": open_items}, said
    words = {
        MeetingStatus.HELD: (_("The minutes are being drafted"), ""),
        MeetingStatus.DRAFTED: (_("Edit the minutes and send them to be countersigned"), _sent_back(meeting)),
        MeetingStatus.CIRCULATED: (
            _("Members countersign the minutes; then they are signed for issue and numbered"),
            _("An edit makes countersignatures void."),
        ),
    }
    if status in words:
        return words[MeetingStatus(status)]
    return "", ""


def _sent_back(meeting: Meeting) -> str:
    """Why the signer sent the minutes back; empty where nobody did."""
    reason = Minutes.objects.filter(meeting=meeting).values_list("return_reason", flat=True).first()
    return _("Sent back: %(reason)s") % {"reason": reason} if reason else ""


def story(thing: Any, user: User) -> list[tuple[Any, list]]:
    """What happened to a resolution or a proposal the caller has loaded through its door."""
    return timeline(Event.objects.filter(target_kind=thing.kind_code, target_id=thing.pk), user)


def history(meeting: Meeting, user: User) -> list[tuple[Any, list]]:
    """What happened to the meeting; proposals of others, and topics closed to the reader, only for the office."""
    events = Event.objects.filter(target_kind=meeting.kind_code, target_id=meeting.pk)
    if in_office(user):
        return timeline(events, user)
    events, hidden = events.exclude(verb__in=INSIDE), list(unsaid(user, meeting))
    for name in ("topic", "into", "part") if hidden else ():
        events = events.filter(Q(**{f"params__{name}__isnull": True}) | ~Q(**{f"params__{name}__in": hidden}))
    return timeline(events, user)
