"""The agenda: collected from the rooms, ordered, merged, dropped and added to by the office."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _

from cases.models import Case
from core import registry
from core.dates import local_date
from core.refusals import BadInput, Stale, WrongState
from core.states import move
from departments.models import User
from meetings import notices
from meetings.actions.common import fitting, lock_item, lock_meeting, lock_open, needed
from meetings.discretion import said_title
from meetings.enums import (
    LONGEST_TOPIC,
    TOPIC_KINDS,
    ItemKind,
    ItemStatus,
    MeetingKind,
    MeetingStatus,
    Outcome,
)
from meetings.models import AgendaItem, Meeting, Proposal
from meetings.quarters import first_day, last_day
from meetings.sources import own_topics


def _topics(meeting: Meeting, today: dt.date) -> list[tuple[Any, bool, int | None]]:
    """(topic, first, department) of this room, then for a quarter's meeting those of the others, in their order."""
    found: list[tuple[Any, bool, int | None]] = [
        (topic, topic.first, topic.department_id) for topic in own_topics(meeting, today)
    ]
    if meeting.kind == MeetingKind.QUARTERLY:
        found += [(topic, False, None) for topic in reports(meeting, today=today)]
    return found


def reports(meeting: Meeting, *, today: dt.date) -> list[registry.Topic]:
    """What the rooms have to say about the meeting's quarter, as far as it has come, at the local day `today`."""
    since = first_day(meeting.year, meeting.quarter)
    until = min(today, last_day(meeting.year, meeting.quarter))
    sources = sorted(registry.agenda_sources, key=lambda source: source[0])
    return [
        topic
        for _order, source in sources
        for topic in source(region=meeting.region, since=since, until=until)
    ]


def next_position(meeting: Meeting) -> int:
    return (meeting.items.aggregate(last=Max("position"))["last"] or 0) + 1


@transaction.atomic
def collect_agenda(*, meeting: Meeting, by: User | None = None, at: dt.datetime) -> Meeting:
    """Put on the agenda what the rooms have, once each; what nobody has edited says what holds today.

    What the office dropped or merged stays so. Run as often as one likes.

    :raises WrongState: the notice has gone out: the agenda is pinned
    """
    lock_meeting(meeting)
    if meeting.status != MeetingStatus.PLANNED:
        raise WrongState(_("The notice has gone out: what is on the agenda is pinned."))
    today = local_date(at)
    held = {item.key: item for item in meeting.items.exclude(key="")}
    position, added, renewed = next_position(meeting), 0, 0
    for topic, first, department_id in _topics(meeting, today):
        item = held.get(topic.key)
        if item is None:
            _put(meeting, topic, position, at, first=first, department_id=department_id)
            position, added = position + 1, added + 1
        elif item.status == ItemStatus.LISTED and item.edited_at is None:
            now = {
                "title": topic.title[:200], "text": topic.text, "pinned_version": topic.version,
                "target_kind": topic.target_kind, "target_id": topic.target_id,
            }  # fmt: skip
            if any(getattr(item, name) != value for name, value in now.items()):
                for name, value in now.items():
                    setattr(item, name, value)
                item.updated_at, item.version = at, item.version + 1
                item.save(update_fields=[*now, "updated_at", "version"])
                renewed += 1
    Meeting.objects.filter(pk=meeting.pk).update(collected_on=today)
    meeting.collected_on = today
    if added or renewed:
        notices.note("agenda_collected", meeting, by=by, at=at, added=added, renewed=renewed)
    return meeting


def _put(meeting: Meeting, topic: Any, position: int, at: dt.datetime, **more: Any) -> None:
    AgendaItem.objects.create(
        meeting=meeting, kind=topic.kind, position=position, key=topic.key, title=topic.title[:200], text=topic.text,
        case_id=topic.case_id, target_kind=topic.target_kind, target_id=topic.target_id, pinned_version=topic.version,
        created_at=at, updated_at=at, **more,
    )  # fmt: skip


@transaction.atomic
def add_follow_ups(*, meeting: Meeting, at: dt.datetime) -> int:
    """What was resolved or deployed since the notice and is unfinished comes before the meeting too, marked late; how many.

    Nothing once it has begun: the table is laid.
    """
    lock_meeting(meeting)
    if meeting.status != MeetingStatus.CALLED or meeting.begins <= at:
        return 0
    held = set(meeting.items.exclude(key="").values_list("key", flat=True))
    new = [topic for topic in own_topics(meeting, local_date(at)) if topic.first and topic.key not in held]
    for position, topic in enumerate(new, next_position(meeting)):
        _put(meeting, topic, position, at, first=True, late=True, department_id=topic.department_id)
    if new:
        notices.note("agenda_collected", meeting, by=None, at=at, added=len(new), renewed=0)
    return len(new)


def check_topic(kind: str, title: str) -> str:
    """:raises BadInput: no title, or a kind nobody proposes"""
    faults = {}
    if kind not in TOPIC_KINDS:
        faults["kind"] = _("Choose one of the four kinds of topic.")
    if not title.strip():
        faults["title"] = _("Say what the topic is.")
    if faults:
        raise BadInput.several(faults)
    return title.strip()


@transaction.atomic
def add_item(
    *,
    meeting: Meeting,
    kind: str,
    title: str,
    text: str = "",
    case: Case | None = None,
    by: User,
    at: dt.datetime,
) -> AgendaItem:
    """The office puts a topic on the agenda; after the notice it is marked as added late.

    :raises BadInput: see `check_topic` and `fitting`
    :raises WrongState: the meeting is over
    """
    lock_open(meeting)
    item = AgendaItem.objects.create(
        meeting=meeting, kind=kind, title=check_topic(kind, title), text=fitting(text, LONGEST_TOPIC), case=case,
        position=next_position(meeting), late=meeting.status == MeetingStatus.CALLED, edited_by=by, edited_at=at,
        target_kind=case.kind_code if case else "", target_id=case.pk if case else None,
        pinned_version=case.version if case else None, created_at=at, updated_at=at,
    )  # fmt: skip
    notices.note("item_added", meeting, by=by, at=at, topic=said_title(item))
    return item


@transaction.atomic
def edit_item(
    *, item: AgendaItem, title: str, text: str, expected_version: int, by: User, at: dt.datetime
) -> AgendaItem:
    """Change the words of a topic; collecting leaves it alone from then on.

    :raises Stale: it was changed since it was opened
    :raises BadInput: no title, too long, or other words for a proposal of the office (field `text`)
    :raises WrongState: the meeting is over, or the topic has its outcome
    """
    lock_item(item)
    if item.version != expected_version:
        raise Stale
    if item.outcome != Outcome.OPEN:
        raise WrongState(_("The meeting has dealt with this topic. Take its outcome back first."))
    if item.target_kind == Proposal.kind_code and text.split() != item.text.split():
        raise BadInput(
            _(
                "The meeting decides the words of the proposal itself: take it off the agenda and revise the proposal."
            ),
            field="text",
        )
    item.title, item.text = needed(title, "title", _("Say what the topic is.")), fitting(text, LONGEST_TOPIC)
    item.edited_by, item.edited_at, item.updated_at, item.version = by, at, at, item.version + 1
    item.save(update_fields=["title", "text", "edited_by", "edited_at", "updated_at", "version"])
    notices.note("item_edited", item.meeting, by=by, at=at, topic=said_title(item))
    return item


@transaction.atomic
def move_item(*, item: AgendaItem, up: bool, by: User, at: dt.datetime) -> AgendaItem:
    """One place up or down among its like: what earlier meetings left to be done stays before everything else.

    :raises BadInput: there is no place to go to
    :raises WrongState: it is not on the agenda, or the meeting is over
    """
    lock_item(item)
    if item.status != ItemStatus.LISTED:
        raise WrongState(_("This topic is not on the agenda."))
    row = list(AgendaItem.objects.listed().filter(meeting=item.meeting, first=item.first))
    place = [each.pk for each in row].index(item.pk)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(row):
        raise BadInput(_("There is no place to move it to: unfinished resolutions come first."))
    row[place], row[other] = row[other], row[place]
    for position, each in enumerate(row, 1):
        AgendaItem.objects.filter(pk=each.pk).update(
            position=position, updated_at=at, version=F("version") + 1
        )
    item.refresh_from_db()
    notices.note("item_moved", item.meeting, by=by, at=at, topic=said_title(item))
    return item


def _stays(item: AgendaItem) -> None:
    if item.kind == ItemKind.FOLLOW_UP:
        raise BadInput(
            _("An unfinished resolution stays on the agenda until it is done, or a meeting withdraws it.")
        )
    if item.outcome != Outcome.OPEN:
        raise WrongState(_("The meeting has dealt with this topic. Take its outcome back first."))


@transaction.atomic
def merge_item(
    *, item: AgendaItem, into: AgendaItem, reason: str = "", by: User, at: dt.datetime
) -> AgendaItem:
    """Deal with a topic as part of another; its words, case, proposal and material stay its own (`actions.merged`).

    :raises BadInput: into itself, into another meeting's, an unfinished resolution, or the withdrawal of a proposal
    :raises WrongState: one of the two is not on the agenda or has its outcome, or the meeting is over
    """
    lock_item(item)
    into.refresh_from_db()
    _stays(item)
    if into.pk == item.pk or into.meeting_id != item.meeting_id:
        raise BadInput(_("Choose another topic of this meeting."), field="into")
    if into.status != ItemStatus.LISTED or into.outcome != Outcome.OPEN:
        raise WrongState(_("Choose a topic that is on the agenda and undecided."))
    if item.key.startswith("withdrawal:"):
        raise BadInput(_("Whether a proposal is withdrawn is decided as a topic of its own."), field="into")
    item.merged.update(merged_into=into)
    move(item, ItemStatus.MERGED, at=at, merged_into=into, reason=reason.strip())
    notices.note(
        "item_merged", item.meeting, by=by, at=at, topic=said_title(item), into=said_title(into), reason=reason.strip()
    )
    return item


@transaction.atomic
def drop_item(*, item: AgendaItem, reason: str, by: User, at: dt.datetime) -> AgendaItem:
    """Take a topic off the agenda, or refuse a proposed one, with a reason who proposed it reads.

    :raises BadInput: no reason, or an unfinished resolution
    :raises WrongState: it has its outcome, other topics were merged into it, or the meeting is over
    """
    reason = needed(reason)
    lock_item(item)
    _stays(item)
    if item.merged.exists():
        raise WrongState(_("Other topics were merged into this one. Put them back on the agenda first."))
    move(item, ItemStatus.DROPPED, at=at, reason=reason)
    notices.note("item_dropped", item.meeting, by=by, at=at, topic=said_title(item), reason=reason)
    return item


@transaction.atomic
def list_item(*, item: AgendaItem, by: User, at: dt.datetime) -> AgendaItem:
    """Take a proposed topic onto the agenda, or put one that was dropped or merged back; its material is pinned.

    :raises WrongState: it stands on the agenda, the meeting dealt with it as part of another, or the meeting is over
    """
    lock_item(item)
    if item.outcome != Outcome.OPEN:
        raise WrongState(_("The meeting has dealt with this topic. Take its outcome back first."))
    after = item.meeting.status == MeetingStatus.CALLED
    move(
        item, ItemStatus.LISTED, at=at, reason="", merged_into=None, position=next_position(item.meeting),
        late=item.late or after,
    )  # fmt: skip
    for name in set(item.materials.values_list("name", flat=True)):
        if not item.materials.filter(name=name, pinned=True).exists():
            item.materials.filter(pk=item.materials.filter(name=name).latest("number").pk).update(pinned=True)
    notices.note("item_listed", item.meeting, by=by, at=at, topic=said_title(item))
    return item
