"""The office's own: what it found in its analysis, what it proposes (拟定建议和措施), whom it asks, how it is adopted."""

import datetime as dt

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from core.dates import local_date, too_far
from core.refusals import AlreadyDone, BadInput, Stale, StillOpen, WrongState
from core.states import move
from deadlines.actions.clocks import cancel_clock, meet_clock, start_clock
from deadlines.models import Deadline
from departments.models import Department, User
from documents.actions import issue_document
from meetings import contexts_proposals, notices
from meetings.actions.common import fitting, needed, said_at
from meetings.actions.quarter import MEMBERS
from meetings.enums import LONGEST_WORDS, OpinionKind, ProposalStatus, ResolutionStatus
from meetings.models import AgendaItem, Opinion, Proposal, ProposalText

CLOCK, LETTER = "consultation", "meeting_consultation"
BEFORE_DEPLOYED = (
    ProposalStatus.DRAFT, ProposalStatus.CONSULTING, ProposalStatus.ADOPTED, ProposalStatus.RETURNED,
)  # fmt: skip
WORDS = ("title", "analysis", "measures")


def members(proposal: Proposal) -> list[Department]:
    """The departments that are consulted: the members of the mechanism (C2); those without an account answer on paper."""
    here = Department.objects.active().filter(region=proposal.region, function__in=MEMBERS)
    return list(here.order_by("pk"))


def lock_in(proposal: Proposal, *allowed: str) -> None:
    """The proposal's row for this transaction, as it is now.

    :raises WrongState: it is in none of these states
    """
    Proposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
    proposal.refresh_from_db()
    if proposal.status not in allowed:
        raise WrongState(state=proposal.status)


def off_agendas(proposal: Proposal) -> None:
    """What a meeting is about to decide keeps the words it was brought with.

    :raises WrongState: it stands on the agenda of a meeting that is not closed
    """
    standing = AgendaItem.objects.standing_for(proposal).select_related("meeting").order_by("pk").first()
    if standing is not None:
        raise WrongState(
            _("It stands on the agenda of %(meeting)s. Take it off that agenda first, or wait until the meeting is closed.")
            % {"meeting": standing.meeting.title}
        )  # fmt: skip


def _words(title: str, analysis: str, measures: str) -> dict[str, str]:
    """:raises BadInput: a field is empty, or longer than an agenda takes"""
    given = {
        "title": title.strip(), "analysis": fitting(analysis, LONGEST_WORDS, "analysis"),
        "measures": fitting(measures, LONGEST_WORDS, "measures"),
    }  # fmt: skip
    faults = {name: _("Fill this in.") for name, value in given.items() if not value}
    if faults:
        raise BadInput.several(faults)
    return given


def _keep(proposal: Proposal, by: User, at: dt.datetime) -> None:
    last = proposal.texts.aggregate(last=Max("number"))["last"] or 0
    given = {name: getattr(proposal, name) for name in WORDS}
    ProposalText.objects.create(proposal=proposal, number=last + 1, by=by, at=at, **given)


def stop_clocks(proposal: Proposal, reason: str, by: User, at: dt.datetime) -> None:
    """Nobody owes an opinion any more."""
    running = Deadline.objects.open().of(proposal.kind_code, proposal.pk).filter(rule_code=CLOCK)
    for deadline in running.order_by("pk"):
        cancel_clock(deadline=deadline, at=at, reason=reason, by=by)


@transaction.atomic
def draft_proposal(
    *, office: Department, title: str, analysis: str, measures: str, by: User, at: dt.datetime
) -> Proposal:
    """The office writes down what it found and what it proposes.

    :raises BadInput: see `_words`
    """
    proposal = Proposal.objects.create(
        region=office.region, office=office, drafted_by=by, drafted_at=at, created_at=at, updated_at=at,
        **_words(title, analysis, measures),
    )  # fmt: skip
    _keep(proposal, by, at)
    notices.of_proposal("proposal_drafted", proposal, by=by, at=at)
    return proposal


@transaction.atomic
def edit_proposal(
    *, proposal: Proposal, title: str, analysis: str, measures: str, expected_version: int, by: User, at: dt.datetime
) -> Proposal:
    """Change a draft; the text it had is kept. What the departments are being asked about is taken back first.

    :raises Stale: somebody changed it since
    :raises BadInput: see `_words`
    :raises WrongState: it is no draft
    """
    lock_in(proposal, ProposalStatus.DRAFT)
    if proposal.version != expected_version:
        raise Stale
    given = _words(title, analysis, measures)
    for name, value in given.items():
        setattr(proposal, name, value)
    proposal.updated_at, proposal.version = at, proposal.version + 1
    proposal.save(update_fields=[*given, "updated_at", "version"])
    _keep(proposal, by, at)
    notices.of_proposal("proposal_edited", proposal, by=by, at=at)
    return proposal


@transaction.atomic
def consult(*, proposal: Proposal, until: dt.date, by: User, at: dt.datetime) -> Proposal:
    """Ask every member department for its opinion by a day: a new round each time, with a clock for each of them.

    The numbered letter (征求意见函) goes to all of them, those without an account too. The sweep reminds shortly before
    that day and says when it has passed.

    :raises BadInput: a day that is not later than today, or years ahead (field `until`)
    :raises WrongState, MovedOn: it is no draft, or see `off_agendas`
    """
    lock_in(proposal, ProposalStatus.DRAFT)
    off_agendas(proposal)
    today = local_date(at)
    if until <= today or too_far(until, today):
        raise BadInput(_("Choose a later day."), field="until")
    move(proposal, ProposalStatus.CONSULTING, at=at, round=proposal.round + 1, consult_until=until)
    notices.of_proposal("proposal_consulted", proposal, by=by, at=at, until=until, number=proposal.round)
    asked = members(proposal)
    for department in asked:
        start_clock(
            code=CLOCK, target=proposal, department=department, to_department=proposal.office,
            region_id=proposal.region_id, due_on=until, by=by, at=at,
        )  # fmt: skip
        notices.tell_department(department, proposal, "opinion_wanted", at=at, until=until)
    if asked:
        context = contexts_proposals.of_consultation(proposal, to=[each.name for each in asked], by=by, at=at)
        proposal.letter = issue_document(
            kind=LETTER, department=proposal.office, target=proposal, case=None, context=context, by=by, at=at
        )
        Proposal.objects.filter(pk=proposal.pk).update(letter=proposal.letter)
    return proposal


@transaction.atomic
def give_opinion(
    *, proposal: Proposal, department: Department, kind: str, words: str = "", by: User, at: dt.datetime
) -> Opinion:
    """A department agrees, agrees with remarks, or objects with words; once a round.

    :raises BadInput: remarks or an objection without words, words of a mere agreement (field `words`), no such kind
    :raises AlreadyDone: it has given its opinion in this round
    :raises WrongState: nobody is asked at present
    """
    lock_in(proposal, ProposalStatus.CONSULTING)
    return write_opinion(proposal, department, kind, words, by, at)


def write_opinion(
    proposal: Proposal, department: Department, kind: str, words: str, by: User, at: dt.datetime,
    paper_on: dt.date | None = None, **scan: str,
) -> Opinion:  # fmt: skip
    """What a department says, its clock met. scan: the kept file of a written reply, of the day `paper_on`.

    :raises BadInput, AlreadyDone: see `give_opinion`
    """
    if kind not in OpinionKind.values:
        raise BadInput(_("Choose one of the three."), field="kind")
    if kind == OpinionKind.AGREED and words.strip():
        raise BadInput(_("You wrote remarks: choose “agrees, with remarks”."), field="kind")
    if kind != OpinionKind.AGREED:
        words = needed(words, "words", _("Say it in words."))
    if proposal.opinions.filter(round=proposal.round, department=department).exists():
        raise AlreadyDone(_("This department has given its opinion in this round."))
    opinion = Opinion.objects.create(
        proposal=proposal, department=department, round=proposal.round, kind=kind, words=words.strip(), by=by, at=at,
        paper_on=paper_on, **scan,
    )  # fmt: skip
    owed = Deadline.objects.open().of(proposal.kind_code, proposal.pk)
    for clock in owed.filter(rule_code=CLOCK, department=department):  # none for who joined since
        meet_clock(deadline=clock, at=at, done_at=max(said_at(paper_on, at), clock.started_at), by=by)
    notices.of_proposal(
        "opinion_entered" if scan else "opinion_given", proposal, by=by, at=at, department=department.pk, opinion=kind,
        reason=opinion.words,
    )  # fmt: skip
    if not unanswered(proposal):
        notices.tell_office(proposal, "opinions_in", at=at, tone="g")
    return opinion


@transaction.atomic
def revise(*, proposal: Proposal, reason: str, by: User, at: dt.datetime) -> Proposal:
    """Back to a draft, to take the opinions in; they stay on the record with their round.

    :raises BadInput: no reason
    :raises WrongState, MovedOn: it is not being consulted on, or see `off_agendas`
    """
    reason = needed(reason)
    lock_in(proposal, ProposalStatus.CONSULTING)
    off_agendas(proposal)
    move(proposal, ProposalStatus.DRAFT, at=at, consult_until=None)
    stop_clocks(proposal, reason, by, at)
    notices.of_proposal("proposal_revised", proposal, by=by, at=at, reason=reason)
    return proposal


def unanswered(proposal: Proposal) -> list[str]:
    """The members that have said nothing in this round, by name."""
    said = set(proposal.opinions.filter(round=proposal.round).values_list("department_id", flat=True))
    return [department.name for department in members(proposal) if department.pk not in said]


def by_letter(proposal: Proposal, names: list[str]) -> list[str]:
    """Those of these members that have no account, and can only answer on paper."""
    return [each.name for each in members(proposal) if not each.has_account and each.name in names]


def objecting(proposal: Proposal) -> list[str]:
    """The departments that object in this round, by name."""
    found = proposal.opinions.filter(round=proposal.round, kind=OpinionKind.OBJECTED)
    return [str(name) for name in found.order_by("pk").values_list("department__name", flat=True)]


@transaction.atomic
def adopt_by_circulation(*, proposal: Proposal, by: User, at: dt.datetime) -> Proposal:
    """Adopted without a meeting: every member has answered in this round, and none objects.

    :raises StillOpen: there is no member to agree, members have not answered, or object (`items` names them)
    :raises WrongState, MovedOn: it is not being consulted on
    """
    lock_in(proposal, ProposalStatus.CONSULTING)
    if not members(proposal):
        raise StillOpen(
            _("The county has no member department on its list, so nobody can agree: bring it before a meeting, or have "
              "the departments entered first."),
            items=[],
        )  # fmt: skip
    if left := unanswered(proposal):
        sentence = _("Not answered yet: %(names)s. Wait for them, or bring it before a meeting.")
        if by_letter(proposal, left):
            sentence = _(
                "Not answered yet: %(names)s. Enter the written replies of those without an account with their scans, "
                "wait for the others, or bring it before a meeting."
            )
        raise StillOpen(sentence % {"names": "、".join(left)}, items=left)
    if against := objecting(proposal):
        raise StillOpen(
            _("They object: %(names)s. Revise it, or bring it before a meeting.")
            % {"names": "、".join(against)},
            items=against,
        )
    move(proposal, ProposalStatus.ADOPTED, at=at, adopted_by=by, adopted_at=at)
    notices.of_proposal("proposal_adopted", proposal, by=by, at=at)
    return proposal


@transaction.atomic
def withdraw_proposal(*, proposal: Proposal, reason: str, by: User, at: dt.datetime) -> Proposal:
    """Given up before it is deployed, with a reason; the members that were asked or had agreed are told.

    :raises BadInput: no reason
    :raises WrongState, MovedOn: it is deployed, or withdrawn
    """
    reason = needed(reason)
    lock_in(proposal, *BEFORE_DEPLOYED)
    give_up(proposal, reason, by, at)
    return proposal


def give_up(
    proposal: Proposal, reason: str, by: User, at: dt.datetime, *, withdrawn_in: AgendaItem | None = None
) -> None:
    """Withdraw a locked one that is not deployed. withdrawn_in: the topic of the meeting that decided it."""
    asked, adopted = proposal.status == ProposalStatus.CONSULTING, proposal.adopted_at is not None
    move(
        proposal, ProposalStatus.WITHDRAWN, at=at, withdrawn_by=by, withdrawn_at=at, reason=reason,
        withdrawn_in=withdrawn_in, signed_by=None, signed_at=None,
    )  # fmt: skip
    stop_clocks(proposal, reason, by, at)
    for task in proposal.tasks.filter(status=ResolutionStatus.DRAFT):
        move(task, ResolutionStatus.DROPPED, at=at)
    notices.of_proposal("proposal_withdrawn", proposal, by=by, at=at, reason=reason)
    verb = "adoption_withdrawn" if adopted else "opinion_not_wanted"
    for department in members(proposal) if asked or adopted else ():
        notices.tell_department(department, proposal, verb, at=at, tone="r" if adopted else "n", reason=reason)
