"""The subject's right to be heard: the notice (告知书), its service, what was said, and the answer.

Before the determination the authority hears; before a measure whose law asks for it, the department that takes it.
"""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core.dates import local_date
from core.refusals import AlreadyDone, BadInput, FourEyes, WrongState
from core.states import move
from deadlines.actions.clocks import start_clock
from deadlines.calendar import Calendar
from departments.models import Department, User
from documents.actions import issue_document
from documents.models import IssuedDocument
from sanctions import contexts, notices
from sanctions.actions.common import (
    DETERMINATION,
    check_running,
    keep,
    lock_sanction,
    lock_task,
    needed,
    on_or_before,
)
from sanctions.actions.measures import wants_hearing
from sanctions.enums import HearingStatus, MeasureTaskStatus, Said, SanctionStatus
from sanctions.models import Hearing, MeasureTask, Sanction

LEAST_DAYS, MOST_DAYS = (
    5,
    60,
)  # 行政处罚法 art. 64 (1): five days to ask for a hearing; working days by art. 85


def _ready(sanction: Sanction, task: MeasureTask | None) -> Department:
    """Lock what is heard about; the department that hears.

    :raises WrongState: nothing is to be heard about now
    """
    if task is not None:
        lock_task(task, MeasureTaskStatus.ACKNOWLEDGED)
        return task.department
    lock_sanction(sanction, SanctionStatus.PROPOSED)
    if sanction.reviewed_at is None:
        raise WrongState(_("The proposal has to be reviewed first."))
    return sanction.authority


@transaction.atomic
def draft_notice(
    *,
    sanction: Sanction,
    intended: str,
    days: int,
    task: MeasureTask | None = None,
    by: User,
    at: dt.datetime,
) -> Hearing:
    """Write the notice: what is intended and why, and how many working days the subject has to speak.

    :raises BadInput: nothing intended, or fewer days than the law leaves (field `days`)
    :raises AlreadyDone: there is a notice
    :raises WrongState: see `_ready`
    """
    intended = needed(intended, "intended")
    if not LEAST_DAYS <= days <= MOST_DAYS:
        raise BadInput(
            _("Between %(least)d and %(most)d working days.") % {"least": LEAST_DAYS, "most": MOST_DAYS},
            field="days",
        )
    department = _ready(sanction, task)
    begun = Hearing.objects.filter(sanction=sanction, task=task).exclude(status=HearingStatus.DISCARDED)
    if task is not None and wants_hearing(task):  # what came into the draft after the last notice needs another
        begun = begun.open()
    if begun.exists():
        raise AlreadyDone(_("There is a notice already."))
    hearing = Hearing.objects.create(
        sanction=sanction, task=task, department=department, intended=intended, days=days, drafted_by=by, drafted_at=at,
        created_at=at, updated_at=at,
    )  # fmt: skip
    _note("notice_drafted", hearing, by, at)
    return hearing


def _note(verb: str, hearing: Hearing, by: User, at: dt.datetime, **params: Any) -> None:
    if hearing.task is None:
        notices.note(verb, hearing.sanction, by=by, at=at, **params)
    else:
        notices.of_department(verb, hearing.task, by=by, at=at, **params)


def _lock(hearing: Hearing, *allowed: str) -> None:
    """:raises WrongState: the hearing has gone on, or what it is about is over or suspended"""
    lock_sanction(hearing.sanction)
    Hearing.objects.select_for_update(of=("self",), no_key=True).get(pk=hearing.pk)
    hearing.refresh_from_db()
    if hearing.status not in allowed:
        raise WrongState(state=hearing.status)
    if hearing.task is None:
        if hearing.sanction.status != SanctionStatus.PROPOSED:
            raise WrongState(state=hearing.sanction.status)
    else:
        lock_task(hearing.task, MeasureTaskStatus.ACKNOWLEDGED)
    check_running(hearing.sanction)


@transaction.atomic
def sign_notice(*, hearing: Hearing, by: User, at: dt.datetime) -> IssuedDocument:
    """Another person signs, and the notice is numbered.

    :raises FourEyes: the same person wrote it
    """
    _lock(hearing, HearingStatus.DRAFTED)
    if hearing.drafted_by_id == by.pk:
        raise FourEyes(_("Who wrote the notice does not sign it."))
    move(hearing, HearingStatus.SIGNED, at=at, signed_by=by, signed_at=at)
    document = issue_document(
        kind="sanction_notice", department=hearing.department, target=hearing.task or hearing.sanction,
        case=hearing.sanction.case if hearing.task is None else None,
        context=contexts.of_notice(hearing, at=at), by=by, at=at,
    )  # fmt: skip
    Hearing.objects.filter(pk=hearing.pk).update(document=document)
    hearing.document = document
    _note("notice_signed", hearing, by, at, number=document.number)
    return document


@transaction.atomic
def discard_notice(*, hearing: Hearing, reason: str, by: User, at: dt.datetime) -> Hearing:
    """Give a notice up that was not served; another is written instead.

    :raises BadInput: no reason
    """
    reason = needed(reason)
    _lock(hearing, HearingStatus.DRAFTED, HearingStatus.SIGNED)
    move(hearing, HearingStatus.DISCARDED, at=at)
    _note("notice_discarded", hearing, by, at, reason=reason)
    return hearing


@transaction.atomic
def serve_notice(
    *, hearing: Hearing, served_on: dt.date, served_how: str, by: User, at: dt.datetime
) -> Hearing:
    """The notice reached the subject: from that day it has the working days the notice names.

    :raises BadInput: a day ahead or before the notice was signed (field `served_on`), no word on how
    """
    served_how = needed(served_how, "served_how", 100)
    _lock(hearing, HearingStatus.SIGNED)
    assert hearing.signed_at is not None  # by the state
    on_or_before(served_on, local_date(at), "served_on")
    if served_on < local_date(hearing.signed_at):
        raise BadInput(_("It was not signed yet on that day."), field="served_on")
    due_on = Calendar.fresh().add_working_days(served_on, hearing.days)
    move(
        hearing, HearingStatus.SERVED, at=at, served_on=served_on, served_how=served_how, due_on=due_on, served_by=by,
        served_at=at,
    )  # fmt: skip
    _note("notice_served", hearing, by, at, until=due_on)
    return hearing


@transaction.atomic
def record_statement(
    *, hearing: Hearing, outcome: str, said_on: dt.date | None = None, said: str = "", final: bool = False,
    scan: Any = None, by: User, at: dt.datetime,
) -> Hearing:  # fmt: skip
    """What the subject did: made a statement, waived it in writing, or let the time pass.

    final: it said that nothing more comes; else nothing is decided before its time to speak is over.

    :raises BadInput: a statement without words or day, a waiver without its scan, silence before the time is over, a day
        before the service or ahead, “nothing more comes” of another than a statement (field `final`)
    """
    _lock(hearing, HearingStatus.SERVED)
    assert hearing.served_on is not None and hearing.due_on is not None  # by the state
    today, faults = local_date(at), {}
    if outcome not in Said.values:
        raise BadInput(_("Choose one of the three."), field="outcome")
    if outcome == Said.SILENT:
        if today <= hearing.due_on:
            faults["outcome"] = _("The subject may speak until %(day)s.") % {
                "day": hearing.due_on.isoformat()
            }
        if said.strip() or scan is not None:
            faults["outcome"] = _("Something was handed in: record it as a statement or a waiver.")
        said_on = None
    elif said_on is None:
        faults["said_on"] = _("Fill this in.")
    elif not hearing.served_on <= said_on <= today:
        faults["said_on"] = _("It was said between the service of the notice and today.")
    if final and outcome != Said.STATEMENT:
        faults["final"] = _("Only of a statement.")
    if outcome == Said.STATEMENT and not said.strip():
        faults["said"] = _("Write down what was said.")
    if outcome == Said.WAIVED and scan is None:
        faults["scan"] = _("A waiver is in writing: add its scan.")
    if faults:
        raise BadInput.several(faults)
    words = needed(said, "said") if said.strip() else ""
    filed = keep(scan, "scan") if scan is not None else {}
    move(
        hearing, HearingStatus.SAID, at=at, outcome=outcome, said_on=said_on, said=words, final=final, recorded_by=by,
        recorded_at=at, **filed,
    )  # fmt: skip
    _note("statement_recorded", hearing, by, at, heard=outcome)
    return hearing


@transaction.atomic
def answer_statement(*, hearing: Hearing, answer: str, by: User, at: dt.datetime) -> Hearing:
    """Say what was made of it. With this the subject is heard; of a determination its clock begins.

    :raises BadInput: no answer
    """
    answer = needed(answer, "answer")
    _lock(hearing, HearingStatus.SAID)
    move(hearing, HearingStatus.ANSWERED, at=at, answer=answer, answered_by=by, answered_at=at)
    _note("statement_answered", hearing, by, at)
    if hearing.task is not None:
        return hearing
    sanction = hearing.sanction
    move(sanction, SanctionStatus.HEARD, at=at)
    start_clock(
        code=DETERMINATION,
        target=sanction,
        department=sanction.authority,
        region_id=sanction.region_id,
        at=at,
        by=by,
    )
    notices.tell_authority("to_determine", sanction, at=at, roles=notices.SIGNING)
    return hearing
