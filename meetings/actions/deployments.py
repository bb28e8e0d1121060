"""统一部署: who does what until when, signed for issue by another than who wrote it, numbered, and begun."""

import datetime as dt

from django.db import transaction
from django.db.models import F, Max, QuerySet
from django.utils.translation import gettext as _

from core.dates import local_date, too_far
from core.refusals import BadInput, FourEyes, WrongState
from core.states import move
from departments.models import Department, User
from documents.actions import issue_document
from journal.models import Event
from meetings import contexts_proposals, notices
from meetings.actions.common import in_charge, named, needed
from meetings.actions.proposals import BEFORE_DEPLOYED, lock_in, off_agendas
from meetings.actions.resolutions import begin
from meetings.enums import ProposalStatus, ResolutionStatus
from meetings.models import Proposal, Resolution

DEPLOYMENT = "meeting_deployment"
TASK_VERBS = ("meeting.task_added", "meeting.task_dropped")
UNDER_WAY = BEFORE_DEPLOYED


def _unsign(proposal: Proposal, at: dt.datetime) -> None:
    """What is signed for issue is the whole: another task, and it is signed anew.

    While it is consulted on, its version is that of its words: a meeting may have pinned them.
    """
    changed = {} if proposal.status == ProposalStatus.CONSULTING else {"version": F("version") + 1}
    Proposal.objects.filter(pk=proposal.pk).update(signed_by=None, signed_at=None, updated_at=at, **changed)
    proposal.refresh_from_db()


def _later(due_on: dt.date, at: dt.datetime) -> None:
    today = local_date(at)
    if due_on <= today or too_far(due_on, today):
        raise BadInput(_("Choose a later day."), field="due_on")


@transaction.atomic
def add_task(
    *, proposal: Proposal, text: str, department: Department | None, person: User | None, name: str = "", due_on: dt.date,
    by: User, at: dt.datetime,
) -> Resolution:  # fmt: skip
    """A task of the deployment, drafted until it is deployed (C33: to a named person, with its last day).

    name: who does it in a department without an account.

    :raises BadInput: nothing to do, a department elsewhere or a person who holds no post there (field `person`), or a
        day that has passed or lies years ahead (field `due_on`)
    :raises WrongState: it is deployed or withdrawn
    """
    lock_in(proposal, *UNDER_WAY)
    text = needed(text, "text", _("Say what is to be done."))
    if department is None or department.region_id != proposal.region_id:
        raise BadInput(_("Name a department of this region."), field="person")
    person, name = named(department, person, name, at)
    _later(due_on, at)
    number = (proposal.tasks.aggregate(last=Max("number"))["last"] or 0) + 1
    task = Resolution.objects.create(
        region=proposal.region, office=proposal.office, deployment=proposal, number=number, text=text,
        department=department, person=person, person_name=name, due_on=due_on, created_at=at, updated_at=at,
    )  # fmt: skip
    _unsign(proposal, at)
    notices.of_proposal("task_added", proposal, by=by, at=at, department=department.pk, task=text[:60])
    return task


@transaction.atomic
def drop_task(*, task: Resolution, by: User, at: dt.datetime) -> Resolution:
    """Take a drafted task out of the deployment.

    :raises WrongState, MovedOn: it is a meeting's, or no draft any more
    """
    if task.deployment is None:
        raise WrongState(_("This task is a meeting's."))
    lock_in(task.deployment, *UNDER_WAY)
    task.refresh_from_db()
    move(task, ResolutionStatus.DROPPED, at=at)
    _unsign(task.deployment, at)
    notices.of_proposal("task_dropped", task.deployment, by=by, at=at, task=task.text[:60])
    return task


def hand_in_tasks(person: User) -> QuerySet[Event]:
    """On record: the tasks this person added to deployments or took out; `target_id` names the proposal."""
    return Event.objects.filter(actor_id=person.pk, target_kind=Proposal.kind_code, verb__in=TASK_VERBS)


@transaction.atomic
def sign_deployment(*, proposal: Proposal, by: User, at: dt.datetime) -> Proposal:
    """签发: by another than who wrote any of its texts or tasks, once it is adopted and says who does what.

    :raises FourEyes: by who wrote it, added a task or took one out
    :raises BadInput: no task in it
    :raises WrongState: it is not adopted, or signed
    """
    lock_in(proposal, ProposalStatus.ADOPTED)
    if proposal.signed_at is not None:
        raise WrongState(_("It is signed already."))
    if proposal.drafted_by_id == by.pk or proposal.texts.filter(by=by).exists():
        raise FourEyes(_("You wrote this: somebody else has to sign it for issue."))
    if hand_in_tasks(by).filter(target_id=proposal.pk).exists():
        raise FourEyes(_("You wrote its tasks: somebody else has to sign it for issue."))
    if not proposal.tasks.filter(status=ResolutionStatus.DRAFT).exists():
        raise BadInput(_("Say first who does what: the deployment has no task."))
    proposal.signed_by, proposal.signed_at, proposal.updated_at = by, at, at
    proposal.version += 1
    proposal.save(update_fields=["signed_by", "signed_at", "updated_at", "version"])
    notices.of_proposal("deployment_signed", proposal, by=by, at=at)
    notices.tell_office(proposal, "deployment_to_number", at=at, tone="g")
    return proposal


@transaction.atomic
def return_deployment(*, proposal: Proposal, reason: str, by: User, at: dt.datetime) -> Proposal:
    """退回修改: the signer (签发人) does not sign, or takes the signature back, and says what is to be changed.

    :raises BadInput: no reason
    :raises WrongState, MovedOn: it is not adopted, sent back already, or deployed
    """
    reason = needed(reason)
    lock_in(proposal, ProposalStatus.ADOPTED)
    move(
        proposal, ProposalStatus.RETURNED, at=at, returned_by=by, returned_at=at, return_reason=reason, signed_by=None,
        signed_at=None,
    )  # fmt: skip
    notices.of_proposal("deployment_returned", proposal, by=by, at=at, reason=reason)
    notices.tell_office(proposal, "deployment_was_returned", at=at, tone="r", reason=reason)
    return proposal


@transaction.atomic
def submit_anew(*, proposal: Proposal, by: User, at: dt.datetime) -> Proposal:
    """The office has mended what the signer sent back: it waits to be signed again.

    :raises BadInput: no task in it
    :raises WrongState, MovedOn: it was not sent back
    """
    lock_in(proposal, ProposalStatus.RETURNED)
    if not proposal.tasks.filter(status=ResolutionStatus.DRAFT).exists():
        raise BadInput(_("Say first who does what: the deployment has no task."))
    assert proposal.returned_by is not None  # by the database
    move(proposal, ProposalStatus.ADOPTED, at=at)
    notices.of_proposal("deployment_submitted", proposal, by=by, at=at)
    notices.tell([proposal.returned_by], proposal, "deployment_to_sign", at=at, department=proposal.office)
    return proposal


@transaction.atomic
def deploy(*, proposal: Proposal, by: User, at: dt.datetime) -> Proposal:
    """Every task begins with its clock, and the departments get the numbered notice.

    :raises BadInput: a person has left since (field `person`), or a last day has come (field `due_on`)
    :raises WrongState, MovedOn: it is not adopted, nobody has signed it, or a meeting is about to decide on it
    """
    lock_in(proposal, ProposalStatus.ADOPTED)
    off_agendas(proposal)
    if proposal.signed_at is None:
        raise WrongState(_("Somebody has to sign the deployment first."))
    found = proposal.tasks.filter(status=ResolutionStatus.DRAFT)
    tasks = list(found.select_related("department", "person", "office", "deployment").order_by("number"))
    for task in tasks:
        if task.person is not None:
            in_charge(task.department, task.person, at)
        if task.due_on <= local_date(at):
            raise BadInput(
                _("The last day of “%(task)s” has come: take it out, and add it with a later one.")
                % {"task": task},
                field="due_on",
            )
    move(proposal, ProposalStatus.DEPLOYED, at=at, deployed_by=by, deployed_at=at)
    for task in tasks:
        begin(task, by=by, at=at)
    for department in {task.department_id: task.department for task in tasks}.values():
        notices.tell_department(department, proposal, "was_deployed", at=at)
    document = issue_document(
        kind=DEPLOYMENT, department=proposal.office, target=proposal, case=None,
        context=contexts_proposals.of_deployment(proposal, by=by, at=at), by=by, at=at,
    )  # fmt: skip
    Proposal.objects.filter(pk=proposal.pk).update(document=document)
    proposal.document = document
    notices.of_proposal("deployed", proposal, by=by, at=at, number=document.number, count=len(tasks))
    return proposal
