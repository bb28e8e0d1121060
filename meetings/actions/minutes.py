"""Minutes: drafted by the job, edited part by part, countersigned by version, signed for issue, numbered."""

import datetime as dt
import logging

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from core.dates import local_date
from core.refusals import FourEyes, Stale, StillOpen, WrongState
from core.states import move
from deadlines.calendar import Calendar
from departments.enums import Function, Role
from departments.models import Department, User
from documents.actions import issue_document
from journal.models import Event
from meetings import drafting, minutes_paper, notices
from meetings.actions.common import fitting, lock_meeting, needed
from meetings.actions.extracts import number_extracts
from meetings.actions.quarter import rule_of
from meetings.discretion import said_heading
from meetings.enums import LONGEST_PART, MeetingStatus, SignKind
from meetings.models import Meeting, Minutes, MinutesEdit, MinutesPart, Signature

log = logging.getLogger(__name__)
MINUTES = "meeting_minutes"
EDITABLE = (MeetingStatus.DRAFTED, MeetingStatus.CIRCULATED)
SIGNERS = (Role.DEPUTY_HEAD, Role.HEAD)


@transaction.atomic
def draft_minutes(*, meeting: Meeting, at: dt.datetime) -> Minutes:
    """Draft the minutes of a meeting that was held: attendance, topics in order, figures as frozen, resolutions.

    :raises WrongState, MovedOn: it was not held, or they are drafted
    """
    lock_meeting(meeting)
    move(meeting, MeetingStatus.DRAFTED, at=at, drafted_at=at)
    minutes = Minutes.objects.create(meeting=meeting, created_at=at, updated_at=at)
    stamps = {"minutes": minutes, "created_at": at, "updated_at": at}
    MinutesPart.objects.create(position=0, text=drafting.head(meeting), **stamps)
    for position, (item, heading, text) in enumerate(drafting.parts(meeting), 1):
        MinutesPart.objects.create(position=position, item=item, heading=heading[:200], text=text, **stamps)
    notices.note("minutes_drafted", meeting, by=None, at=at)
    notices.tell_office(meeting, "minutes_ready", at=at)
    return minutes


def draft_due(*, at: dt.datetime) -> int:
    """The job: draft the minutes of every meeting that was held; how many. May run twice, late, or in two processes.

    One that cannot be drafted is written down and left for the next run; the others do not wait for it.
    """
    drafted = 0
    for meeting in Meeting.objects.filter(status=MeetingStatus.HELD).order_by("pk"):
        try:
            draft_minutes(meeting=meeting, at=at)
        except WrongState:  # another process was first
            continue
        except Exception:
            log.exception("the minutes of meeting %s cannot be drafted", meeting.pk)
            continue
        drafted += 1
    return drafted


def lock_editable(minutes: Minutes) -> None:
    """The meeting's row for this transaction, and `minutes` as they are now.

    :raises WrongState: they are issued
    """
    lock_meeting(minutes.meeting)
    minutes.refresh_from_db()
    if minutes.meeting.status not in EDITABLE:
        raise WrongState(_("Issued minutes never change. A correction is a new document."))


@transaction.atomic
def edit_part(
    *, part: MinutesPart, text: str, expected_version: int, by: User, at: dt.datetime
) -> MinutesPart:
    """Another text for one part. The old one is kept; every countersignature in force is void, and says by which edit.

    :raises Stale: somebody edited this part since it was opened
    :raises BadInput: nothing is left of it, or it is too long
    :raises WrongState: they are issued
    """
    minutes = part.minutes
    lock_editable(minutes)
    part.refresh_from_db()
    if part.version != expected_version:
        raise Stale
    text = needed(fitting(text, LONGEST_PART), "text", _("Write what the minutes say here."))
    if text == part.text:
        return part
    minutes.text_version, minutes.updated_at, minutes.version = (
        minutes.text_version + 1,
        at,
        minutes.version + 1,
    )
    minutes.approved_by, minutes.approved_at = None, None
    minutes.save(update_fields=["text_version", "updated_at", "version", "approved_by", "approved_at"])
    edit = MinutesEdit.objects.create(
        part=part, text_version=minutes.text_version, old_text=part.text, new_text=text, by=by, at=at
    )
    part.text, part.updated_at, part.version = text, at, part.version + 1
    part.save(update_fields=["text", "updated_at", "version"])
    voided = list(minutes.signatures.filter(voided_at=None).select_related("department").order_by("pk"))
    minutes.signatures.filter(voided_at=None).update(voided_at=at, voided_edit=edit)
    meeting = minutes.meeting
    notices.note(
        "part_edited", meeting, by=by, at=at, part=said_heading(part), number=minutes.text_version,
        departments=[each.department_id for each in voided],
    )  # fmt: skip
    for each in voided:
        notices.tell_department(each.department, meeting, "signature_voided", at=at, part=said_heading(part))
    return part


@transaction.atomic
def circulate_minutes(*, minutes: Minutes, by: User, at: dt.datetime) -> Minutes:
    """Send them to every member for countersigning; sent anew, to those that have not countersigned this very text.

    :raises WrongState, MovedOn: they are not a draft
    """
    meeting = minutes.meeting
    lock_meeting(meeting)
    move(meeting, MeetingStatus.CIRCULATED, at=at, circulated_by=by, circulated_at=at)
    days = rule_of(meeting.region).sign_days
    minutes.sign_by = Calendar.current().add_working_days(local_date(at), days)
    minutes.updated_at, minutes.version = at, minutes.version + 1
    minutes.save(update_fields=["sign_by", "updated_at", "version"])
    notices.note("minutes_circulated", meeting, by=by, at=at, until=minutes.sign_by)
    for department in missing(minutes):
        notices.tell_department(department, meeting, "minutes_to_sign", at=at, until=minutes.sign_by)
    if not missing(minutes):  # sent back over something else than the text
        _tell_signers(minutes, at)
    return minutes


@transaction.atomic
def sign_minutes(
    *,
    minutes: Minutes,
    department: Department,
    kind: str,
    words: str = "",
    text_version: int,
    by: User,
    at: dt.datetime,
) -> Signature:
    """会签: a member countersigns this version, or objects with words. A later word of it replaces an earlier one.

    An objection after the minutes were signed for issue takes that signature back: whoever gave it decides anew.

    :raises Stale: the text is another one than was read (field `text_version`)
    :raises BadInput: an objection without words
    :raises WrongState: they are not being countersigned
    """
    lock_editable(minutes)
    meeting = minutes.meeting
    if meeting.status != MeetingStatus.CIRCULATED:
        raise WrongState(_("The minutes are not being countersigned at present."))
    if text_version != minutes.text_version:
        raise Stale(
            _(
                "You read version %(old)d; the minutes are version %(new)d by now. Read them again and sign that version."
            )
            % {"old": text_version, "new": minutes.text_version}
        )
    words = needed(words, "words", _("Say what you object to.")) if kind == SignKind.OBJECTED else ""
    minutes.signatures.filter(department=department, voided_at=None).update(voided_at=at)
    signature = Signature.objects.create(
        minutes=minutes,
        department=department,
        text_version=text_version,
        kind=kind,
        words=words,
        by=by,
        at=at,
    )
    notices.note(
        "minutes_objected" if words else "minutes_signed", meeting, by=by, at=at, department=department.pk,
        number=text_version, reason=words,
    )  # fmt: skip
    if words:
        notices.tell_office(meeting, "objection", at=at, from_department=department.pk, reason=words)
        _unapprove(minutes, at)
    elif minutes.approved_at is None and not missing(minutes):
        _tell_signers(minutes, at)
    return signature


def _unapprove(minutes: Minutes, at: dt.datetime) -> None:
    signer = minutes.approved_by
    if signer is None:
        return
    minutes.approved_by, minutes.approved_at, minutes.unsigned_reason = None, None, ""
    minutes.updated_at, minutes.version = at, minutes.version + 1
    minutes.save(update_fields=["approved_by", "approved_at", "unsigned_reason", "updated_at", "version"])
    notices.tell([signer], minutes.meeting, "approval_void", at=at, department=minutes.meeting.office, tone="r")


def wrote(minutes: Minutes) -> Q:
    """Who edited or ever circulated them, as a condition on users: none of these signs for issue."""
    sent = Event.objects.filter(
        verb="meeting.minutes_circulated", target_kind=Meeting.kind_code, target_id=minutes.meeting_id
    )
    edits = MinutesEdit.objects.filter(part__minutes=minutes)
    last = Q(pk__in=[minutes.meeting.circulated_by_id or 0])
    return last | Q(pk__in=sent.values("actor_id")) | Q(pk__in=edits.values("by"))


def _tell_signers(minutes: Minutes, at: dt.datetime) -> None:
    """签发人: the leaders of the office and of the lead department, but for who edited or circulated the minutes."""
    meeting = minutes.meeting
    signing = Q(function__in=(Function.OFFICE, rule_of(meeting.region).lead))
    for department in Department.objects.active().filter(signing, region=meeting.region).order_by("pk"):
        people = User.objects.acting_for(department, *SIGNERS, on=local_date(at))
        others = people.exclude(wrote(minutes)).order_by("pk")
        notices.tell(others, meeting, "minutes_to_approve", at=at, department=department)


def missing(minutes: Minutes) -> list[Department]:
    """Members that were asked to the meeting and have not countersigned the present version."""
    signed = minutes.signatures.filter(
        voided_at=None, kind=SignKind.SIGNED, text_version=minutes.text_version
    )
    asked = minutes.meeting.attendances.filter(member=True).exclude(
        department__in=signed.values("department")
    )
    return [row.department for row in asked.select_related("department").order_by("pk")]


@transaction.atomic
def approve_minutes(*, minutes: Minutes, unsigned_reason: str = "", by: User, at: dt.datetime) -> Minutes:
    """签发: by another than who edited or circulated them, when all have countersigned or it is said why not.

    :raises FourEyes: by who edited or circulated them
    :raises StillOpen: members have not countersigned and no reason was given (field `unsigned_reason`)
    :raises WrongState: they are not being countersigned
    """
    lock_editable(minutes)
    meeting = minutes.meeting
    if meeting.status != MeetingStatus.CIRCULATED:
        raise WrongState(_("The minutes are not being countersigned at present."))
    if User.objects.filter(wrote(minutes), pk=by.pk).exists():
        raise FourEyes(_("You wrote or circulated these minutes: somebody else has to sign them for issue."))
    left = missing(minutes)
    if left and not unsigned_reason.strip():
        raise StillOpen(
            _("Not countersigned by: %(names)s. Wait for them, or say why the minutes are issued without.")
            % {"names": "、".join(each.name for each in left)},
            field="unsigned_reason", items=[each.name for each in left],
        )  # fmt: skip
    minutes.unsigned_reason = unsigned_reason.strip() if left else ""
    minutes.approved_by, minutes.approved_at = by, at
    minutes.updated_at, minutes.version = at, minutes.version + 1
    minutes.save(update_fields=["unsigned_reason", "approved_by", "approved_at", "updated_at", "version"])
    notices.note("minutes_approved", meeting, by=by, at=at, reason=minutes.unsigned_reason)
    notices.tell_office(meeting, "minutes_to_number", at=at, tone="g")
    return minutes


@transaction.atomic
def issue_minutes(*, minutes: Minutes, by: User, at: dt.datetime) -> Minutes:
    """编号、印发 as PDF/A in the 纪要 format; nothing of them changes afterwards. A job prints the extracts.

    :raises WrongState, MovedOn: nobody has signed them for issue, or they are issued
    """
    lock_editable(minutes)
    meeting = minutes.meeting
    if minutes.approved_at is None:
        raise WrongState(_("Somebody has to sign the minutes for issue first."))
    move(meeting, MeetingStatus.ISSUED, at=at, issued_by=by, issued_at=at)
    for row in meeting.attendances.select_related("department").order_by("pk"):
        notices.tell_department(row.department, meeting, "minutes_issued", at=at, tone="g")
    document = issue_document(
        kind=MINUTES, department=meeting.office, target=meeting, case=None,
        context=minutes_paper.context(minutes, at=at), by=by, at=at,
    )  # fmt: skip
    Minutes.objects.filter(pk=minutes.pk).update(document=document)
    minutes.document = document
    notices.note("minutes_numbered", meeting, by=by, at=at, number=document.number)
    number_extracts(minutes, at=at)
    return minutes
