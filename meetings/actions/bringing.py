"""A proposal before a meeting: put on its agenda with the words it has, and adopted only with those words."""

import datetime as dt

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from core.refusals import AlreadyDone, WrongState
from core.states import move
from departments.models import User
from meetings import notices
from meetings.actions.agenda import next_position
from meetings.actions.common import lock_open, needed
from meetings.actions.proposals import give_up, lock_in, stop_clocks
from meetings.discretion import said_title
from meetings.enums import ItemKind, Outcome, ProposalStatus
from meetings.models import AgendaItem, Meeting, Proposal

ADOPTED = (ProposalStatus.ADOPTED, ProposalStatus.RETURNED)


@transaction.atomic
def bring_before(*, proposal: Proposal, meeting: Meeting, by: User, at: dt.datetime) -> AgendaItem:
    """Put it on the agenda of a meeting; decided there, it is adopted when the meeting is closed.

    :raises AlreadyDone: it stands on that agenda, or was taken off it
    :raises WrongState: it is not being consulted on, or the meeting is over
    """
    lock_open(meeting)
    lock_in(proposal, ProposalStatus.CONSULTING)
    key = f"proposal:{proposal.pk}"
    same = Q(key=key) | Q(target_kind=proposal.kind_code, target_id=proposal.pk)
    if meeting.items.filter(same).exists():
        raise AlreadyDone(_("This meeting has it already: see its agenda, and what was taken off it."))
    title, text = proposal.as_topic
    item = AgendaItem.objects.create(
        meeting=meeting, kind=ItemKind.PROBLEM, key=key, title=title, text=text, position=next_position(meeting),
        edited_by=by, edited_at=at, target_kind=proposal.kind_code, target_id=proposal.pk,
        pinned_version=proposal.version, late=meeting.called_at is not None, created_at=at, updated_at=at,
    )  # fmt: skip
    notices.note("item_added", meeting, by=by, at=at, topic=said_title(item))
    notices.of_proposal("proposal_brought", proposal, by=by, at=at, meeting_title=meeting.title)
    return item


@transaction.atomic
def bring_withdrawal(
    *, proposal: Proposal, meeting: Meeting, reason: str, by: User, at: dt.datetime
) -> AgendaItem:
    """Ask a meeting to withdraw an adopted proposal that is not deployed yet; decided so, it is when that is closed.

    :raises BadInput: no reason
    :raises AlreadyDone: that meeting has it on its agenda, or it was taken off it
    :raises WrongState: it is not adopted, or deployed; or the meeting is over
    """
    reason = needed(reason)
    lock_open(meeting)
    lock_in(proposal, *ADOPTED)
    if meeting.items.filter(target_kind=proposal.kind_code, target_id=proposal.pk).exists():
        raise AlreadyDone(_("This meeting has it already: see its agenda, and what was taken off it."))
    item = AgendaItem.objects.create(
        meeting=meeting, kind=ItemKind.PROBLEM, key=f"withdrawal:{proposal.pk}", title=f"审议撤回{proposal.title}"[:200],
        text=reason, position=next_position(meeting), edited_by=by, edited_at=at, target_kind=proposal.kind_code,
        target_id=proposal.pk, pinned_version=proposal.version, late=meeting.called_at is not None, created_at=at,
        updated_at=at,
    )  # fmt: skip
    notices.note("item_added", meeting, by=by, at=at, topic=said_title(item))
    notices.of_proposal("proposal_brought", proposal, by=by, at=at, meeting_title=meeting.title)
    return item


def about_adopted(item: AgendaItem) -> bool:
    """Whether a decision on the topic may withdraw what it is about: an adopted proposal that is not deployed."""
    about = item.target_kind == Proposal.kind_code
    return about and Proposal.objects.filter(pk__in=[item.target_id], status__in=ADOPTED).exists()


def withdraw_decided(meeting: Meeting, *, by: User, at: dt.datetime) -> None:
    """Adopted proposals the meeting decided to withdraw; part of closing it. What was deployed since stays."""
    decided = meeting.items.listed().filter(withdraws=True, target_kind=Proposal.kind_code)
    for item in decided.order_by("pk"):
        assert item.target_id is not None  # by the database
        proposal = Proposal.objects.select_related("office", "region").get(pk=item.target_id)
        try:
            lock_in(proposal, *ADOPTED)
        except WrongState:
            continue
        give_up(proposal, item.outcome_text[:300], by, at, withdrawn_in=item)


def as_brought(item: AgendaItem) -> Proposal | None:
    """The proposal a topic is about, locked, with the very words the topic was pinned with.

    None: there is nothing to adopt any more, it was adopted by circulation or withdrawn since.

    :raises WrongState: it is being revised, or its words are others by now
    """
    assert item.target_id is not None
    proposal = Proposal.objects.select_related("office", "region").get(pk=item.target_id)
    try:
        lock_in(proposal, ProposalStatus.DRAFT, ProposalStatus.CONSULTING)
    except WrongState:
        return None
    if proposal.status == ProposalStatus.DRAFT:
        raise WrongState(
            _("“%(title)s” is being revised: no meeting can decide it now. Defer it, or take it off the agenda.")
            % {"title": proposal}
        )  # fmt: skip
    if proposal.version != item.pinned_version:
        raise WrongState(
            _("“%(title)s” was changed after it was put on the agenda. Take its present state and decide that, or "
              "defer it.")
            % {"title": proposal}
        )  # fmt: skip
    return proposal


def adopt_decided(meeting: Meeting, *, by: User, at: dt.datetime) -> None:
    """What the meeting decided of proposals is adopted, also of merged ones; part of closing it.

    Noted or deferred, a proposal stays as it is.

    :raises WrongState: see `as_brought`
    """
    decided = meeting.items.dealt_with().filter(outcome=Outcome.DECIDED, target_kind=Proposal.kind_code)
    for item in decided.order_by("pk"):
        proposal = as_brought(item)
        if proposal is None:
            continue
        move(proposal, ProposalStatus.ADOPTED, at=at, adopted_by=by, adopted_at=at, adopted_in=item)
        stop_clocks(proposal, meeting.title, by, at)
        notices.of_proposal("proposal_adopted", proposal, by=by, at=at, reason=item.outcome_text[:300])
