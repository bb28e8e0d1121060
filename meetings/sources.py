"""What this room itself puts on an agenda: what earlier meetings left to be done, the last minutes, what was deferred.

The words are those of the paper.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from core.dates import chinese_date
from meetings.enums import ItemKind, ItemStatus, MeetingStatus, Outcome, ProposalStatus
from meetings.models import AgendaItem, Meeting, Minutes, Proposal, Resolution

PAST = (MeetingStatus.HELD, MeetingStatus.DRAFTED, MeetingStatus.CIRCULATED, MeetingStatus.ISSUED)


@dataclass(frozen=True)
class Own:
    """A topic of our own: `first` ones stand before everything."""

    key: str
    kind: str
    title: str
    text: str = ""
    first: bool = False
    case_id: int | None = None
    department_id: int | None = None
    target_kind: str = ""
    target_id: int | None = None
    version: int | None = None


def own_topics(meeting: Meeting, today: dt.date) -> Iterator[Own]:
    """In their order: unfinished resolutions, the last minutes, what was deferred to now, what a skipped quarter left."""
    yield from _unfinished(meeting, today)
    yield from _last_minutes(meeting)
    yield from _deferred(meeting, today)
    yield from _left_over(meeting)


def _unfinished(meeting: Meeting, today: dt.date) -> Iterator[Own]:
    found = Resolution.objects.unfinished().filter(region=meeting.region).exclude(meeting=meeting)
    for task in found.select_related("department", "person", "meeting", "deployment").order_by(
        "due_on", "pk"
    ):
        ours = task.meeting is not None
        origin = f"{task.meeting.title}议定" if ours else f"{task.deployment.title}部署"
        late = "，已超期" if task.due_on < today else ""
        late += f"，已督办{task.pressed}次" if task.pressed else ""
        late += "，督办函逾期未回复" if task.answer_by is not None and task.answer_by < today else ""
        yield Own(
            key=f"resolution:{task.pk}", kind=ItemKind.FOLLOW_UP, first=True,
            title=f"{'议定事项' if ours else '部署任务'}办理情况：{task.text}"[:200],
            text=f"{origin}。责任单位：{task.department.name}，责任人：{task.who}，"
                 f"期限：{chinese_date(task.due_on)}{late}。",
            department_id=task.department_id, target_kind=task.kind_code, target_id=task.pk, version=task.version,
        )  # fmt: skip


def _last_minutes(meeting: Meeting) -> Iterator[Own]:
    """Of every meeting since whose minutes no other agenda has: two may be closed between two agendas."""
    before = Meeting.objects.filter(region=meeting.region, status__in=PAST).exclude(pk=meeting.pk)
    held = list(before.order_by("closed_at", "pk"))
    taken = _taken(meeting, [f"minutes:{each.pk}" for each in held])
    found = {minutes.meeting_id: minutes for minutes in Minutes.objects.filter(meeting__in=held)}
    for last in held:
        if f"minutes:{last.pk}" in taken:
            continue
        minutes = found.get(last.pk)
        about = minutes or last  # the job drafts them within minutes
        yield Own(
            key=f"minutes:{last.pk}", kind=ItemKind.MINUTES, title=f"审议通过{last.title}纪要",
            target_kind=about.kind_code, target_id=about.pk, version=version_of(minutes) if minutes else None,
        )  # fmt: skip


def version_of(thing: Any) -> int | None:
    """The version an agenda pins: of the text, where a thing counts that by itself; None of what has none."""
    return getattr(thing, "text_version", None) or getattr(thing, "version", None)


def _deferred(meeting: Meeting, today: dt.date) -> Iterator[Own]:
    found = AgendaItem.objects.filter(
        meeting__region=meeting.region,
        meeting__status__in=PAST,
        outcome=Outcome.DEFERRED,
        deferred_to__lte=today,
    ).exclude(meeting=meeting)
    # an unfinished resolution is there by itself until it is done
    yield from _again(meeting, found.exclude(kind=ItemKind.FOLLOW_UP), "deferred")


def _left_over(meeting: Meeting) -> Iterator[Own]:
    found = AgendaItem.objects.filter(
        meeting__region=meeting.region, meeting__status=MeetingStatus.SKIPPED, department__isnull=False, first=False,
        status__in=(ItemStatus.PROPOSED, ItemStatus.LISTED, ItemStatus.MERGED),
    )  # fmt: skip
    yield from _again(meeting, found, "carried")


def _again(meeting, found, word: str) -> Iterator[Own]:
    """The topics that no other meeting has by now, about their things as they are today."""
    rows = list(found.select_related("meeting", "case").order_by("pk"))
    taken = _taken(meeting, [f"{word}:{item.pk}" for item in rows])
    ids = [item.target_id for item in rows if item.target_kind == Proposal.kind_code]
    open_ones = (ProposalStatus.CONSULTING, ProposalStatus.ADOPTED, ProposalStatus.RETURNED)
    asked = Proposal.objects.filter(pk__in=ids, status__in=open_ones).in_bulk()
    for item in rows:
        if (key := f"{word}:{item.pk}") in taken:
            continue
        title, text, version = item.title, item.text, item.case.version if item.case else None
        if item.target_kind == Proposal.kind_code:
            proposal = asked.get(item.target_id)
            # being revised, adopted or withdrawn: nothing to decide; or the office has brought it anew itself
            if proposal is None or _brought_anew(proposal, item, meeting, key):
                continue
            withdrawal = _about_withdrawal(item, proposal)
            if not withdrawal and proposal.status != ProposalStatus.CONSULTING:
                continue
            version = proposal.version
            title, text = (title, text) if withdrawal else proposal.as_topic
        yield Own(
            key=key, kind=item.kind, title=title, text=text, case_id=item.case_id, department_id=item.department_id,
            target_kind=item.target_kind, target_id=item.target_id, version=version,
        )  # fmt: skip


def _about_withdrawal(item: AgendaItem, proposal: Proposal) -> bool:
    """Whether a topic asks to withdraw a proposal: it was brought after that was adopted."""
    return proposal.adopted_at is not None and item.created_at >= proposal.adopted_at


def _brought_anew(proposal: Proposal, item: AgendaItem, meeting: Meeting, key: str) -> bool:
    """Another topic about it since: on this agenda (also taken off it), or on that of a meeting not given up."""
    since = AgendaItem.objects.filter(
        target_kind=proposal.kind_code, target_id=proposal.pk, pk__gt=item.pk
    ).exclude(meeting=meeting, key=key)
    on_others = ~Q(status=ItemStatus.DROPPED) & ~Q(meeting__status=MeetingStatus.SKIPPED)
    return since.filter(Q(meeting=meeting) | on_others).exists()


def _taken(meeting: Meeting, keys: list[str]) -> set[str]:
    """Which of these another meeting that was not given up has on its agenda."""
    others = AgendaItem.objects.filter(meeting__region=meeting.region, key__in=keys).exclude(meeting=meeting)
    return set(others.exclude(meeting__status=MeetingStatus.SKIPPED).values_list("key", flat=True))
