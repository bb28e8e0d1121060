"""A department's own work on a determination: it takes it in, decides by its own powers or refuses, executes, feeds back."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cases.enums import BODIES
from cases.models import Subject
from core.dates import local_date
from core.refusals import BadInput, FourEyes, WrongState
from core.states import move
from deadlines.actions.clocks import reassign_clock, start_clock
from deadlines.models import Deadline
from departments.enums import OUTSIDE_CASES
from departments.models import Post, User
from documents.actions import issue_document
from sanctions import contexts, notices
from sanctions.actions.common import (
    DECISION,
    EXECUTION,
    FEEDBACK,
    RECEIPT,
    check_heard_out,
    check_law,
    end_clock,
    keep,
    lock_task,
    needed,
    on_or_before,
    term_of,
    wrote,
)
from sanctions.actions.praise import praise_ends
from sanctions.actions.weights import DRAFTING, follow, settle
from sanctions.enums import TO_FEED_BACK, AppliedStatus, Effect, HearingStatus, MeasureTaskStatus
from sanctions.models import AppliedMeasure, Measure, MeasureTask

# what is done once and ends by what follows from it
WITHOUT_TERM = (Effect.BAR, Effect.PERMANENT)


def _clock(code: str, task: MeasureTask, by: User, at: dt.datetime) -> None:
    start_clock(
        code=code, target=task, department=task.department, to_department=task.sanction.authority,
        person=task.person if task.department.has_account else None,
        region_id=task.sanction.region_id, at=at, by=by,
    )  # fmt: skip


@transaction.atomic
def acknowledge(*, task: MeasureTask, person: User | None = None, by: User, at: dt.datetime) -> MeasureTask:
    """The department takes the determination in, and names who does it (C33); left out, who takes it in.

    :raises BadInput: the person holds no business post in the department (field `person`)
    :raises WrongState: it was taken in, or is not wanted any more
    """
    lock_task(task, MeasureTaskStatus.ISSUED)
    chosen = person or by
    _at_home(task, chosen, at)
    end_clock(task, RECEIPT, by, at)
    move(task, MeasureTaskStatus.ACKNOWLEDGED, at=at, person=chosen, acknowledged_by=by, acknowledged_at=at)
    _clock(DECISION, task, by, at)
    notices.of_department("task_acknowledged", task, by=by, at=at, new_user=chosen.pk)
    if chosen.pk != by.pk:
        notices.tell([chosen], "task_is_yours", task, at=at, department=task.department)
    return task


def _at_home(task: MeasureTask, person: User, at: dt.datetime) -> None:
    """:raises BadInput: the person holds no business post in the department, or, of one without an account, in the
    authority, which enters what it answered (field `person`)"""
    held = Post.objects.current(local_date(at)).filter(user=person).exclude(role__in=OUTSIDE_CASES)
    here = task.department if task.department.has_account else task.sanction.authority
    if not person.is_active or not held.filter(department=here).exists():
        raise BadInput(_("Choose somebody of the department."), field="person")


@transaction.atomic
def reassign_task(*, task: MeasureTask, person: User, by: User, at: dt.datetime) -> MeasureTask:
    """Another person of the department does it now.

    :raises BadInput: see `_at_home`
    :raises WrongState: nobody has taken it in, or it is over
    """
    lock_task(task, MeasureTaskStatus.ACKNOWLEDGED, MeasureTaskStatus.DECIDED, *TO_FEED_BACK)
    _at_home(task, person, at)
    task.person, task.updated_at, task.version = person, at, task.version + 1
    task.save(update_fields=["person", "updated_at", "version"])
    for clock in Deadline.objects.open().of(task.kind_code, task.pk).order_by("pk"):
        reassign_clock(deadline=clock, person=person if task.department.has_account else None, at=at, by=by)
    notices.of_department("task_reassigned", task, by=by, at=at, new_user=person.pk)
    if person.pk != by.pk:
        notices.tell([person], "task_is_yours", task, at=at, department=task.department)
    return task


def _allowed(task: MeasureTask, measure: Measure, subject: Subject) -> None:
    """:raises BadInput: not a measure of this department, for this subject, or on this ground"""
    sanction = task.sanction
    if measure.function != task.department.function:
        raise BadInput(_("This is not a measure of your department."), field="measure")
    if not measure.active or sanction.subject.kind not in measure.kinds:
        raise BadInput(_("This measure is not in use, or not for this kind of subject."), field="measure")
    if measure.effect == Effect.PERMANENT and not sanction.convicting:
        raise BadInput(
            _("The permanent blacklist needs an effective judgment that convicts."), field="measure"
        )
    if measure.effect == Effect.SERIOUS and not sanction.serious:
        raise BadInput(_("The authority has not determined a serious breach of trust."), field="measure")
    if measure.effect != Effect.PERSON_BAR:
        if subject != sanction.subject:
            raise BadInput(_("This measure is taken against the subject of the sanction."), field="subject")
    elif subject.kind in BODIES or not sanction.case.case_subjects.filter(subject=subject).exists():
        raise BadInput(
            _("Choose the responsible person, who has to be a subject of the case."), field="subject"
        )


@transaction.atomic
def add_measure(
    *, task: MeasureTask, measure: Measure, subject: Subject | None = None, extent: str = "", since: dt.date | None = None,
    amount: int | None = None, unit: str = "", until: dt.date | None = None, by: User, at: dt.datetime,
) -> AppliedMeasure:  # fmt: skip
    """Draft one measure. since: its first day, the day of the decision where it is left out or lies before that.

    subject: whom it is taken against; the responsible person where the measure bars one.

    :raises BadInput: not a measure of the department or for such a subject, twice, or days out of order
    :raises WrongState: the department has decided, or has not taken the task in
    """
    lock_task(task, MeasureTaskStatus.ACKNOWLEDGED)
    subject = subject or task.sanction.subject
    _allowed(task, measure, subject)
    if task.applied.filter(measure=measure, subject=subject).exclude(status=AppliedStatus.DROPPED).exists():
        raise BadInput(_("This measure stands in the draft already."), field="measure")
    today = local_date(at)
    if measure.effect in WITHOUT_TERM:
        if amount is not None or unit or until is not None:
            raise BadInput(
                _("This measure has no term of its own: what follows from it is computed."), field="amount"
            )
    elif (measure.amount is not None or measure.effect == Effect.PERSON_BAR) and amount is None and until is None:
        raise BadInput(_("Say how long: a term, or the last day."), field="amount")
    if since is not None and since < task.sanction.decided_on:
        raise BadInput(_("No measure begins before the decision the sanction rests on."), field="since")
    applied = AppliedMeasure.objects.create(
        task=task, sanction=task.sanction, department=task.department, measure=measure, subject=subject,
        extent=extent.strip(), basis=measure.basis, created_at=at, updated_at=at,
        **check_law(measure, term_of(since or today, amount, unit, until, today)),
    )  # fmt: skip
    _drafted(task, by, at)
    notices.of_department("measure_drafted", task, by=by, at=at, measure=measure.name)
    return applied


def _drafted(task: MeasureTask, by: User, at: dt.datetime) -> None:
    task.drafted_by, task.drafted_at, task.updated_at, task.version = by, at, at, task.version + 1
    task.save(update_fields=["drafted_by", "drafted_at", "updated_at", "version"])


@transaction.atomic
def drop_measure(*, applied: AppliedMeasure, by: User, at: dt.datetime) -> AppliedMeasure:
    """Take a measure out of the draft.

    :raises WrongState: it is decided
    """
    task = applied.task
    lock_task(task, MeasureTaskStatus.ACKNOWLEDGED)
    applied.refresh_from_db()
    move(applied, AppliedStatus.DROPPED, at=at)
    _drafted(task, by, at)
    notices.of_department("measure_dropped", task, by=by, at=at, measure=applied.measure.name)
    return applied


def wants_hearing(task: MeasureTask) -> list[str]:
    """The drafted measures before which the law asks the department to hear the subject, and it was not heard about.

    A hearing is about what stood in the draft when its notice was written.
    """
    found = task.applied.filter(status=AppliedStatus.DRAFT, measure__own_hearing=True)
    heard = task.hearings.filter(status=HearingStatus.ANSWERED).order_by("-drafted_at").first()
    if heard is not None:
        found = found.filter(created_at__gt=heard.drafted_at)
    return [str(name) for name in found.order_by("pk").values_list("measure__name", flat=True)]


def _decided_on(task: MeasureTask, number: str, given: dt.date | None, today: dt.date) -> dt.date:
    """The day of the decision: of one issued elsewhere its own, else today.

    :raises BadInput: see `decide_measures` (field `decided_on`)
    """
    if not number:
        if given is not None:
            raise BadInput(_("What is printed here is decided today: give the number too."), field="decided_on")
        return today
    if given is None:
        raise BadInput(_("Give the day of that decision: the measures run from it."), field="decided_on")
    on_or_before(given, today, "decided_on")
    if given < task.sanction.decided_on:
        raise BadInput(
            _("The sanction rests on a decision of %(day)s: no measure was decided before that.")
            % {"day": task.sanction.decided_on.isoformat()},
            field="decided_on",
        )
    return given


@transaction.atomic
def decide_measures(
    *, task: MeasureTask, decision_number: str = "", decided_on: dt.date | None = None, by: User, at: dt.datetime
) -> MeasureTask:  # fmt: skip
    """The department decides what was drafted, by a paper of its own.

    decision_number, decided_on: of a decision it has issued elsewhere, from whose day the measures run and bars are counted
    (C19); left out, the house prints and numbers it (决定书) today.

    :raises BadInput: nothing is drafted, a department without an account gave no number, or the decision issued elsewhere
        has no day, one ahead, or one before what the sanction rests on
    :raises FourEyes: the same person drafted it
    :raises WrongState: a measure needs a hearing of its own, and the subject was not heard, or may still speak
    """
    lock_task(task, MeasureTaskStatus.ACKNOWLEDGED)
    drafted = list(
        task.applied.filter(status=AppliedStatus.DRAFT).select_related("measure", "subject").order_by("pk")
    )
    if not drafted:
        raise BadInput(_("Draft a measure first, or say why none is taken."))
    if task.drafted_by_id == by.pk or wrote(by, task, *DRAFTING):
        raise FourEyes(_("Who drafted the measures does not decide them."))
    if wanting := wants_hearing(task):
        raise WrongState(
            _("The subject has to be heard by your department before: %(names)s")
            % {"names": "、".join(wanting)}
        )
    if any(each.measure.own_hearing for each in drafted):
        check_heard_out(task.hearings.filter(status=HearingStatus.ANSWERED).latest("drafted_at"), at)
    number, today = decision_number.strip()[:60], local_date(at)
    if not number and not task.department.has_account:
        raise BadInput(_("Give the number of its decision."), field="decision_number")
    day = _decided_on(task, number, decided_on, today)
    for each in drafted:  # no measure begins before it is decided; where no day was drafted, on that day
        drafted_on = local_date(each.created_at)
        since = day if each.since in (None, drafted_on) else max(each.since, day)
        given = term_of(since, each.amount, each.unit, None if each.amount else each.until, today)
        given = check_law(each.measure, given)
        for name, value in given.items():
            setattr(each, name, value)
    end_clock(task, DECISION, by, at)
    document = None
    if not number:
        document = issue_document(
            kind="sanction_measures", department=task.department, target=task, case=None,
            context=contexts.of_decision(task, drafted, by=by, at=at), by=by, at=at,
        )  # fmt: skip
        number = document.number
    move(
        task,
        MeasureTaskStatus.DECIDED,
        at=at,
        decided_by=by,
        decided_at=at,
        decision_number=number,
        decision_document=document,
    )
    for each in drafted:
        days = {name: getattr(each, name) for name in ("since", "amount", "unit", "until")}
        move(each, AppliedStatus.DECIDED, at=at, decision_number=number, decided_on=day, **days)
        follow(each, by=by, at=at)
        if each.measure.effect == Effect.PERSON_BAR:  # of the sanction's own subject it ended with the determination
            praise_ends(each.subject, by, at)
    _clock(EXECUTION, task, by, at)
    notices.of_department("measures_decided", task, by=by, at=at, number=number, count=len(drafted))
    notices.tell_authority("was_decided", task.sanction, at=at, tone="b", from_department=task.department_id)
    return task


@transaction.atomic
def refuse_measures(*, task: MeasureTask, reason: str, by: User, at: dt.datetime) -> MeasureTask:
    """The department takes no measure, with its reason.

    :raises BadInput: no reason
    :raises FourEyes: the same person drafted measures
    """
    reason = needed(reason)
    lock_task(task, MeasureTaskStatus.ACKNOWLEDGED)
    if task.drafted_by_id == by.pk or wrote(by, task, *DRAFTING):
        raise FourEyes(_("Who drafted the measures does not decide them."))
    for each in task.applied.filter(status=AppliedStatus.DRAFT).order_by("pk"):
        move(each, AppliedStatus.DROPPED, at=at)
    end_clock(task, DECISION, by, at)
    move(task, MeasureTaskStatus.REFUSED, at=at, refused_by=by, refused_at=at, reason=reason)
    notices.of_department("measures_refused", task, by=by, at=at, reason=reason)
    told: dict[str, Any] = {"at": at, "tone": "r", "from_department": task.department_id, "reason": reason}
    notices.tell_authority("was_refused", task.sanction, **told)
    notices.tell_office("was_refused", task.sanction, **told)
    return task


@transaction.atomic
def execute_measure(
    *, applied: AppliedMeasure, executed_on: dt.date, execution: str, proof: Any, by: User, at: dt.datetime
) -> AppliedMeasure:
    """One measure is executed, with its proof. After the last one the department feeds back.

    :raises BadInput: no proof, no word on how, a day ahead or before the decision (field `executed_on`)
    :raises WrongState: it is not decided, executed already, or suspended
    """
    execution = needed(execution, "execution", 300)
    if proof is None:
        raise BadInput(_("Add the proof: %(proof)s.") % {"proof": applied.measure.proof}, field="proof")
    task = applied.task
    lock_task(task, MeasureTaskStatus.DECIDED)
    applied.refresh_from_db()
    assert applied.decided_on is not None  # by the state of its task
    on_or_before(executed_on, local_date(at), "executed_on")
    if executed_on < applied.decided_on:
        raise BadInput(_("It was not decided yet on that day."), field="executed_on")
    if applied.status != AppliedStatus.DECIDED:
        raise WrongState(state=applied.status)
    filed = keep(proof, "proof")
    move(
        applied, AppliedStatus.EXECUTED, at=at, executed_on=executed_on, execution=execution, executed_by=by,
        executed_at=at, **filed,
    )  # fmt: skip
    notices.of_department("measure_executed", task, by=by, at=at, measure=applied.measure.name)
    settle(task, by, at)
    return applied


@transaction.atomic
def feed_back(*, task: MeasureTask, feedback: str, by: User, at: dt.datetime) -> MeasureTask:
    """Say what came of it, on a numbered form (惩戒反馈表); of a measure that ran out unexecuted, why.

    :raises BadInput: nothing said
    :raises WrongState: a measure is not executed yet
    """
    feedback = needed(feedback, "feedback")
    lock_task(task, MeasureTaskStatus.DECIDED, *TO_FEED_BACK)
    if task.status == MeasureTaskStatus.DECIDED:
        raise WrongState(_("Execute every measure first, each with its proof."))
    end_clock(task, FEEDBACK, by, at)
    notices.tell_authority("was_fed_back", task.sanction, at=at, tone="g", from_department=task.department_id)
    task.feedback = feedback
    document = issue_document(
        kind="sanction_feedback", department=task.department, target=task, case=None,
        context=contexts.of_feedback(task, by=by, at=at), by=by, at=at,
    )  # fmt: skip
    move(
        task,
        MeasureTaskStatus.FED_BACK,
        at=at,
        feedback=feedback,
        fed_back_by=by,
        fed_back_at=at,
        feedback_document=document,
    )
    notices.of_department("task_fed_back", task, by=by, at=at, number=document.number)
    return task
