"""Departments without an account: asked by letter, answering on paper. The office enters it with its day and its scan."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cases.uploads import check_upload
from core.dates import local_date
from core.refusals import AlreadyDone, BadInput, WrongState
from departments.models import Department, User
from documents import storage
from documents.actions import issue_document
from documents.models import IssuedDocument
from meetings import contexts, notices
from meetings.actions.attendance import asked, write_answer
from meetings.actions.common import LONGEST_NAME, fitting, lock_meeting, lock_open, needed
from meetings.actions.minutes import missing, sign_minutes
from meetings.actions.topics import no_topic, propose_item
from meetings.enums import Answer, MeetingStatus, PaperKind
from meetings.models import Attendance, Meeting, Minutes, PaperProof, Signature

TOPICS_LETTER = "meeting_topics"


def silent(meeting: Meeting) -> list[Department]:
    """The members without an account that have said neither a topic nor that they have none."""
    rows = meeting.attendances.filter(member=True, topics_answered_at=None, department__has_account=False)
    return [row.department for row in rows.select_related("department").order_by("pk")]


def untold(meeting: Meeting) -> list[Department]:
    """The departments without an account nobody has told yet that a called meeting was given up."""
    rows = meeting.attendances.untold().select_related("department").order_by("pk")
    return [row.department for row in rows]


def unsigned(minutes: Minutes) -> list[Department]:
    """The members without an account that have not countersigned the present version."""
    return [each for each in missing(minutes) if not each.has_account]


@transaction.atomic
def ask_on_paper(*, meeting: Meeting, by: User, at: dt.datetime) -> IssuedDocument:
    """征集议题函: number the letter that asks the members without an account for their topics, once for each day set.

    :raises AlreadyDone: it has gone out for this day
    :raises WrongState: no topics are asked for, or nobody is to be asked on paper
    """
    lock_meeting(meeting)
    if meeting.status != MeetingStatus.PLANNED or meeting.topics_by is None:
        raise WrongState(_("No topics are asked for at present."))
    if (letter := meeting.topics_letter) is not None:
        raise AlreadyDone(
            _("The letter asking for topics has gone out: %(number)s.") % {"number": letter.number}
        )
    names = [each.name for each in silent(meeting)]
    if not names:
        raise WrongState(_("Every member has an account, or has answered."))
    document = issue_document(
        kind=TOPICS_LETTER, department=meeting.office, target=meeting, case=None,
        context=contexts.of_topics(meeting, to=names, by=by, at=at), by=by, at=at,
    )  # fmt: skip
    Meeting.objects.filter(pk=meeting.pk).update(topics_letter=document)
    meeting.topics_letter = document
    notices.note("topics_letter", meeting, by=by, at=at, number=document.number)
    return document


@transaction.atomic
def enter_notice(*, attendance: Attendance, on: dt.date, scan: Any, by: User, at: dt.datetime) -> PaperProof:
    """The notice was served on paper: the day, and the scan of the signed proof of service.

    Of a called meeting that was given up: that the department was told of it, since that day.

    :raises BadInput: the department answers here itself, or see `_keep`
    :raises WrongState: the meeting was not called, or is over
    """
    meeting = attendance.meeting
    lock_meeting(meeting)
    if meeting.status not in (MeetingStatus.CALLED, MeetingStatus.SKIPPED) or meeting.notice is None:
        raise WrongState(_("This meeting asks nobody at present."))
    since = meeting.skipped_at or meeting.notice.issued_at
    return _keep(attendance, PaperKind.NOTICE, on, scan, since=since, by=by, at=at)


@transaction.atomic
def enter_topics(
    *, attendance: Attendance, kind: str = "", title: str = "", text: str = "", on: dt.date, scan: Any, by: User,
    at: dt.datetime,
) -> PaperProof:  # fmt: skip
    """The topic a department names in writing, or (no `kind`) that it has none; a further one is entered likewise.

    :raises BadInput: the department answers here itself, see `_keep` and `propose_item`
    :raises WrongState: the meeting is over
    """
    meeting = attendance.meeting
    lock_open(meeting)
    proof = _keep(attendance, PaperKind.TOPICS, on, scan, since=meeting.created_at, by=by, at=at)
    department = attendance.department
    if kind:
        propose_item(meeting=meeting, department=department, kind=kind, title=title, text=text, by=by, at=at)
    else:
        no_topic(meeting=meeting, department=department, by=by, at=at)
    return proof


@transaction.atomic
def enter_answer(
    *, attendance: Attendance, answer: str, person_name: str = "", job_title: str = "", reason: str = "", on: dt.date,
    scan: Any, by: User, at: dt.datetime,
) -> PaperProof:  # fmt: skip
    """Who comes, or the leave that is asked for, as the department wrote it.

    :raises BadInput: nobody named who comes, leave without a reason, the department answers here itself, or see `_keep`
    :raises WrongState: the meeting was not called, or is over
    """
    coming = asked(attendance, answer)
    name = (
        needed(fitting(person_name, LONGEST_NAME, "person_name"), "person_name", _("Name who comes."))
        if coming
        else ""
    )
    meeting = attendance.meeting
    assert meeting.notice is not None  # it is called; an answer is to the last notice, not to one before
    proof = _keep(attendance, PaperKind.ANSWER, on, scan, since=meeting.notice.issued_at, by=by, at=at)
    write_answer(
        attendance,
        Answer(answer),
        person=None,
        person_name=name,
        job_title=job_title,
        reason=reason,
        by=by,
        at=at,
    )
    return proof


@transaction.atomic
def enter_signature(
    *, minutes: Minutes, department: Department, kind: str, words: str = "", text_version: int, on: dt.date, scan: Any,
    by: User, at: dt.datetime,
) -> Signature:  # fmt: skip
    """会签 on paper: the version a member without an account signed or objects to, with the scan of what it signed.

    :raises Stale: the text is another one by now
    :raises BadInput: no member without an account (field `department`), see `_keep` and `sign_minutes`
    :raises WrongState: they are not being countersigned
    """
    meeting = minutes.meeting
    lock_meeting(meeting)
    asked_one = (
        meeting.attendances.filter(department=department, member=True).select_related("department").first()
    )
    if asked_one is None:
        raise BadInput(_("Choose a member that was asked to the meeting."), field="department")
    signature = sign_minutes(
        minutes=minutes,
        department=department,
        kind=kind,
        words=words,
        text_version=text_version,
        by=by,
        at=at,
    )
    assert meeting.circulated_at is not None  # by the state
    _keep(
        asked_one, PaperKind.MINUTES, on, scan, since=meeting.circulated_at, signature=signature, by=by, at=at
    )
    return signature


def _keep(
    attendance: Attendance, kind: str, on: dt.date, scan: Any, *, since: dt.datetime, by: User, at: dt.datetime,
    signature: Signature | None = None,
) -> PaperProof:  # fmt: skip
    """One paper with its day and its scan.

    :raises BadInput: the department has an account (field `department`), a day before what it is about or after today
        (field `on`), no scan or one that cannot be filed (field `scan`)
    """
    if attendance.department.has_account:
        raise BadInput(
            _(
                "Only papers of a department without an account are entered; the others answer here themselves."
            ),
            field="department",
        )
    if not local_date(since) <= on <= local_date(at):
        raise BadInput(
            _("The paper is of a day from %(first)s to today.") % {"first": local_date(since).isoformat()},
            field="on",
        )
    if scan is None:
        raise BadInput(_("Add the scan of the paper."), field="scan")
    checked = check_upload(scan, field="scan")
    name, digest = storage.keep(checked.content, "." + checked.name.rpartition(".")[2].lower())
    notices.note(
        "paper_entered",
        attendance.meeting,
        by=by,
        at=at,
        department=attendance.department_id,
        paper_kind=kind,
        on=on,
    )
    return PaperProof.objects.create(
        attendance=attendance, kind=kind, on=on, signature=signature, name=checked.name, file=name,
        media_type=checked.media_type, sha256=digest, by=by, at=at,
    )  # fmt: skip
