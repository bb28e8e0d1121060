"""At the meeting: every topic is decided, deferred or noted; then the meeting is closed and what it resolved begins."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Max, Q
from django.utils.translation import gettext as _

from core.dates import local_date, too_far
from core.refusals import BadInput, StillOpen, WrongState
from core.states import move
from deadlines.actions.clocks import meet_clock, open_clock
from departments.models import Department, User
from meetings import notices
from meetings.actions.agenda import reports
from meetings.actions.bringing import about_adopted, adopt_decided, as_brought, withdraw_decided
from meetings.actions.common import in_charge, lock_item, lock_meeting, named, needed
from meetings.actions.merged import group_of, own_words, shared, spread, take_back
from meetings.actions.quarter import CLOCK
from meetings.actions.resolutions import begin, change_by_meeting
from meetings.discretion import said_title
from meetings.enums import ItemKind, ItemStatus, MeetingStatus, Outcome, Presence, ResolutionStatus
from meetings.models import AgendaItem, Meeting, Proposal, Resolution
from meetings.quorum import quorum_of


@dataclass(frozen=True)
class Line:
    """A resolution as it is taken: what, by which department, by whom, until which local day.

    topic: the merged topic it comes of; else the one it was merged into. name: who does it in a department without an
    account.
    """

    text: str
    department: Department | None
    person: User | None
    due_on: dt.date | None
    topic: AgendaItem | None = None
    name: str = ""


def _at_table(item: AgendaItem, at: dt.datetime) -> Meeting:
    """The item's meeting, which has begun; the item waits for its outcome.

    :raises WrongState: the meeting was not called, has not begun or is over; the topic is off, or has its outcome
    """
    lock_item(item)
    meeting = item.meeting
    if meeting.status != MeetingStatus.CALLED or meeting.begins > at:
        raise WrongState(_("The meeting has not begun."))
    if item.status != ItemStatus.LISTED:
        raise WrongState(_("This topic is not on the agenda."))
    return meeting


def check_lines(
    meeting: Meeting, lines: Sequence[Line], at: dt.datetime
) -> list[tuple[str, Department, User | None, str, dt.date]]:
    """Every resolution names what, who and until when (C33).

    :raises BadInput: something is left out, the person has left, or the last day is not after the meeting
    """
    whole = []
    for n, line in enumerate(lines):
        if not line.text.strip():
            raise BadInput(_("Say what is to be done."), field=f"line{n}_text")
        if line.department is None or line.department.region_id != meeting.region_id:
            raise BadInput(_("Name the responsible department."), field=f"line{n}_department")
        person, name = named(line.department, line.person, line.name, at, f"line{n}_person")
        if line.due_on is None or line.due_on <= meeting.day:
            raise BadInput(_("Set a last day after the meeting."), field=f"line{n}_due_on")
        if too_far(line.due_on, local_date(at)):
            raise BadInput(_("No limit lies more than five years ahead."), field=f"line{n}_due_on")
        whole.append((line.text.strip(), line.department, person, name, line.due_on))
    return whole


def _topics(group: list[AgendaItem], lines: Sequence[Line]) -> list[AgendaItem]:
    """The topic each resolution comes of.

    :raises BadInput: one that is not dealt with here (field `line<n>_topic`)
    """
    known, found = {each.pk: each for each in group}, []
    for n, line in enumerate(lines):
        topic = known.get(line.topic.pk) if line.topic is not None else group[0]
        if topic is None:
            raise BadInput(_("Choose one of the topics dealt with here."), field=f"line{n}_topic")
        found.append(topic)
    return found


def _settle(item: AgendaItem, outcome: str, text: str, by: User, at: dt.datetime, **more: Any) -> None:
    move(item, outcome, field="outcome", at=at, outcome_text=text, outcome_by=by, outcome_at=at, **more)


def _check_change(item: AgendaItem, withdraws: bool, new_due_on: dt.date | None, at: dt.datetime) -> None:
    """:raises BadInput: the topic is about nothing that can be changed, both at once, or a day not later than the old one"""
    if item.target_kind == Proposal.kind_code and new_due_on is None:
        if not about_adopted(item):
            raise BadInput(_("Only an adopted proposal that is not deployed is withdrawn."), field="withdraws")
        return
    if item.kind != ItemKind.FOLLOW_UP:
        raise BadInput(_("Only the follow-up of a resolution changes one."), field="withdraws")
    if withdraws and new_due_on is not None:
        raise BadInput(_("Either withdraw the resolution, or give it another last day."), field="new_due_on")
    assert item.target_id is not None
    old = Resolution.objects.get(pk=item.target_id).due_on
    if new_due_on is not None and (
        new_due_on <= max(old, local_date(at)) or too_far(new_due_on, local_date(at))
    ):
        raise BadInput(
            _("The new last day must be later than the old one and than today."), field="new_due_on"
        )


@transaction.atomic
def decide_item(
    *, item: AgendaItem, text: str, lines: Sequence[Line] = (), merged: Mapping[int, str] | None = None,
    withdraws: bool = False, new_due_on: dt.date | None = None, by: User, at: dt.datetime,
) -> AgendaItem:  # fmt: skip
    """议定: the decision in words, and who does what until when. The tasks begin when the meeting is closed.

    merged: of the topics merged into it, by id, what was decided about each.
    withdraws, new_due_on: what becomes of the resolution a follow-up is about, or (withdraws) of an adopted proposal,
    likewise when the meeting is closed.

    :raises WrongState: see `_at_table` and `as_brought`; it has its outcome, or the meeting has no quorum
    :raises BadInput: no words, or see `own_words`, `check_lines`
    """
    meeting = _at_table(item, at)
    quorum = quorum_of(meeting)
    if not quorum.reached:
        raise WrongState(
            _("Only %(present)d of %(members)d members are recorded as present; a decision needs the lead department and "
              "%(needed)d. Record the attendance, defer the topic, or note it.")
            % {"present": quorum.present, "members": quorum.members, "needed": quorum.needed}
        )  # fmt: skip
    group = group_of(item)
    for each in group:
        if each.target_kind == Proposal.kind_code:
            as_brought(each)
    text = needed(text, "outcome_text", _("Say what was decided."))
    words = own_words(group, text, merged or {})
    tasks = zip(check_lines(meeting, lines, at), _topics(group, lines), strict=True)
    if withdraws or new_due_on is not None:
        _check_change(item, withdraws, new_due_on, at)
    _settle(item, Outcome.DECIDED, text, by, at, withdraws=withdraws, new_due_on=new_due_on)
    spread(group, Outcome.DECIDED, words, by=by, at=at)
    last = meeting.resolutions.aggregate(last=Max("number"))["last"] or 0
    for number, ((what, department, person, name, due_on), topic) in enumerate(tasks, last + 1):
        Resolution.objects.create(
            region=meeting.region, office=meeting.office, meeting=meeting, item=topic, number=number, text=what,
            department=department, person=person, person_name=name, due_on=due_on, created_at=at, updated_at=at,
        )  # fmt: skip
    notices.note("item_decided", meeting, by=by, at=at, topic=said_title(item), count=len(lines))
    return item


@transaction.atomic
def defer_item(*, item: AgendaItem, until: dt.date, reason: str, by: User, at: dt.datetime) -> AgendaItem:
    """Put it off: the first agenda collected on that day or later has it again.

    :raises WrongState: see `_at_table`, or it has its outcome
    :raises BadInput: no reason, or a day that is not after the meeting or years ahead
    """
    meeting = _at_table(item, at)
    reason = needed(reason)
    if until <= meeting.day:
        raise BadInput(_("Choose a day after the meeting."), field="until")
    if too_far(until, local_date(at)):
        raise BadInput(_("No limit lies more than five years ahead."), field="until")
    group = group_of(item)
    _settle(item, Outcome.DEFERRED, reason, by, at, deferred_to=until)
    spread(group, Outcome.DEFERRED, shared(group, reason), by=by, at=at, deferred_to=until)
    notices.note("item_deferred", meeting, by=by, at=at, topic=said_title(item), until=until, reason=reason)
    return item


@transaction.atomic
def note_item(*, item: AgendaItem, text: str = "", by: User, at: dt.datetime) -> AgendaItem:
    """听取, 知悉: taken note of, without a decision.

    :raises WrongState: see `_at_table`, or it has its outcome
    """
    meeting = _at_table(item, at)
    group = group_of(item)
    _settle(item, Outcome.NOTED, text.strip(), by, at)
    spread(group, Outcome.NOTED, shared(group, text.strip()), by=by, at=at)
    notices.note("item_noted", meeting, by=by, at=at, topic=said_title(item))
    return item


@transaction.atomic
def reopen_item(*, item: AgendaItem, by: User, at: dt.datetime) -> AgendaItem:
    """Take the outcome back while the meeting lasts; tasks that came with it never begin.

    :raises WrongState: see `_at_table`, or it has no outcome
    """
    meeting = _at_table(item, at)
    group = group_of(item)
    take_back(group, at)
    for task in Resolution.objects.filter(item__in=group, status=ResolutionStatus.DRAFT).order_by("pk"):
        move(task, ResolutionStatus.DROPPED, at=at)
    notices.note("item_reopened", meeting, by=by, at=at, topic=said_title(item))
    return item


def _check_decided(meeting: Meeting) -> None:
    """The attendance may have been corrected since something was decided.

    :raises WrongState: topics were decided, and those recorded as present are no quorum
    """
    quorum = quorum_of(meeting)
    if quorum.reached or not meeting.items.listed().filter(outcome=Outcome.DECIDED).exists():
        return
    raise WrongState(
        _("Topics were decided, but only %(present)d of %(members)d members are recorded as present; a decision needs the "
          "lead department and %(needed)d. Correct the attendance, or take the decisions back.")
        % {"present": quorum.present, "members": quorum.members, "needed": quorum.needed}
    )  # fmt: skip


@transaction.atomic
def close_meeting(*, meeting: Meeting, by: User, at: dt.datetime) -> Meeting:
    """Close it: the figures are frozen, the quarter has had its meeting, and every task begins with its clock.

    :raises StillOpen: topics are undecided or proposed, or the attendance is not recorded (`items` names them)
    :raises BadInput: a responsible person has left since (field `person`)
    :raises WrongState, MovedOn: it was not called, has not begun, or is closed; something was decided and the attendance
        as it is recorded by now is no quorum; see `as_brought`
    """
    lock_meeting(meeting)
    if meeting.status != MeetingStatus.CALLED or meeting.begins > at:
        raise WrongState(_("The meeting has not begun."))
    open_ones = [str(title) for title in meeting.items.undecided().values_list("title", flat=True)]
    open_ones += [
        str(title)
        for title in meeting.items.filter(status=ItemStatus.PROPOSED).values_list("title", flat=True)
    ]
    if open_ones:
        raise StillOpen(
            _("%(n)d topics have no outcome: %(titles)s. Decide, defer or note each.")
            % {"n": len(open_ones), "titles": "；".join(open_ones[:3])},
            items=open_ones,
        )
    if meeting.attendances.filter(presence=Presence.UNKNOWN).exists():
        raise StillOpen(_("Record first who came."), items=[])
    _check_decided(meeting)
    adopt_decided(meeting, by=by, at=at)
    withdraw_decided(meeting, by=by, at=at)
    frozen = [
        {"key": topic.key, "title": topic.title, "text": topic.text}
        for topic in reports(meeting, today=local_date(at))
    ]
    move(meeting, MeetingStatus.HELD, at=at, closed_by=by, closed_at=at, figures=frozen)
    clock = open_clock(meeting, CLOCK)
    if clock is not None:
        meet_clock(deadline=clock, at=at, done_at=max(meeting.begins, clock.started_at))
    tasks = list(
        meeting.resolutions.filter(status=ResolutionStatus.DRAFT).select_related("department", "person")
    )
    for task in tasks:
        if task.person is not None:
            in_charge(task.department, task.person, at)
        begin(task, by=by, at=at)
    changed = Q(withdraws=True) | Q(new_due_on__isnull=False)
    for item in meeting.items.listed().filter(changed, kind=ItemKind.FOLLOW_UP):
        change_by_meeting(item, by=by, at=at)
    notices.note("closed", meeting, by=by, at=at, items=meeting.items.listed().count(), count=len(tasks))
    return meeting
