"""The quarter: its one meeting is opened, departments are asked for topics and reminded, or it is not held."""

import datetime as dt

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from core.dates import local_date, start_of
from core.refusals import AlreadyDone, BadInput, WrongState
from core.states import move
from deadlines.actions.clocks import cancel_clock, open_clock, start_clock
from deadlines.calendar import Calendar
from departments.enums import Function
from departments.models import Department, Region, User
from meetings import notices
from meetings.actions.common import lock_meeting, needed
from meetings.enums import OPEN_MEETING, MeetingKind, MeetingStatus, Outcome
from meetings.models import Attendance, Meeting, MeetingRule
from meetings.quarters import ORDINALS, first_day, held_by, last_day, quarter_of

CLOCK = "quarterly_meeting"
# C2: the six member departments; the office convenes
MEMBERS = (
    Function.INSURANCE,
    Function.HEALTH,
    Function.MARKET,
    Function.FINANCE,
    Function.REFORM,
    Function.POLICE,
)


def rule_of(region: Region) -> MeetingRule:
    """The region's rule of meetings, else the shipped one."""
    rule = MeetingRule.objects.of(region).first()
    if rule is None:
        raise LookupError("the shipped rule of meetings is missing: load the seeds")
    return rule


def ask_members(meeting: Meeting, at: dt.datetime) -> int:
    """Ask the members (C2) that are not asked yet, those without an account too; how many. The caller holds the meeting.

    Run again until the notice goes out: a department entered after the meeting was opened is a member all the same.
    """
    members = Department.objects.active().filter(region=meeting.region, function__in=MEMBERS)
    wanting = members.exclude(pk__in=meeting.attendances.values("department")).order_by("pk")
    for department in wanting:
        Attendance.objects.create(meeting=meeting, department=department, created_at=at, updated_at=at)
        if meeting.topics_by is not None:
            notices.tell_department(department, meeting, "topics_wanted", at=at, topics_by=meeting.topics_by)
    return len(wanting)


@transaction.atomic
def open_quarter(
    *,
    office: Department,
    year: int,
    quarter: int,
    late: bool = False,
    by: User | None = None,
    at: dt.datetime,
) -> Meeting:
    """Open the meeting of a quarter: ask the members for topics, and start the clock that ends with the quarter.

    late: it should have been opened earlier (after an outage), and is marked so.

    :raises AlreadyDone: the quarter has its meeting
    :raises BadInput: the quarter has not begun
    """
    today = local_date(at)
    if first_day(year, quarter) > today:
        raise BadInput(_("This quarter has not begun."), field="quarter")
    rule = rule_of(office.region)
    wanted = Calendar.current().add_working_days(today, rule.topics_days)
    end = last_day(year, quarter)
    try:
        with transaction.atomic():
            meeting = Meeting.objects.create(
                region=office.region, office=office, kind=MeetingKind.QUARTERLY, year=year, quarter=quarter,
                title=f"{office.region.name}医疗保障协作联动{year}年第{ORDINALS[quarter]}季度联席会议",
                caught_up=late, topics_by=wanted if end < today else min(wanted, end), opened_by=by,
                created_at=at, updated_at=at,
            )  # fmt: skip
    except IntegrityError as clash:
        if "meeting_once_a_quarter" not in str(clash):
            raise
        raise AlreadyDone(_("This quarter has its meeting already.")) from clash
    start_clock(
        code=CLOCK, target=meeting, department=office, started_at=start_of(first_day(year, quarter)),
        due_on=held_by(year, quarter, rule.month), by=by, at=at,
    )  # fmt: skip
    notices.note("caught_up" if late else "opened", meeting, by=by, at=at, title=meeting.title)
    ask_members(meeting, at)
    return meeting


@transaction.atomic
def open_ad_hoc(
    *, office: Department, occasion: str, urgent: bool = False, by: User, at: dt.datetime
) -> Meeting:
    """A meeting beside the quarter's (可随时召开), with its reason; no topics are asked for.

    :raises BadInput: no reason
    """
    occasion = needed(occasion, "occasion")
    Department.objects.select_for_update().get(
        pk=office.pk
    )  # numbers the year's meetings one after the other
    year, quarter = quarter_of(local_date(at))
    before = Meeting.objects.filter(region=office.region, year=year, kind=MeetingKind.AD_HOC).count()
    meeting = Meeting.objects.create(
        region=office.region, office=office, kind=MeetingKind.AD_HOC, year=year, quarter=quarter,
        title=f"{office.region.name}医疗保障协作联动{year}年第{before + 1}次临时联席会议", urgent=urgent,
        occasion=occasion, opened_by=by, created_at=at, updated_at=at,
    )  # fmt: skip
    notices.note("called_ad_hoc", meeting, by=by, at=at, title=meeting.title, reason=occasion)
    ask_members(meeting, at)
    return meeting


@transaction.atomic
def set_topics_by(*, meeting: Meeting, topics_by: dt.date, by: User, at: dt.datetime) -> Meeting:
    """Give the departments another last day for their topics; who has not answered is reminded of it anew.

    :raises BadInput: it lies in the past, or after the meeting
    :raises WrongState: the notice has gone out
    """
    lock_meeting(meeting)
    if meeting.status != MeetingStatus.PLANNED:
        raise AlreadyDone(_("The notice has gone out: topics are settled."))
    if topics_by < local_date(at):
        raise BadInput(_("This day has passed."), field="topics_by")
    meeting.topics_by, meeting.updated_at, meeting.version = topics_by, at, meeting.version + 1
    meeting.topics_letter = None  # the letter names the day before
    meeting.save(update_fields=["topics_by", "topics_letter", "updated_at", "version"])
    waiting = meeting.attendances.filter(member=True, topics_answered_at=None)
    waiting.update(reminded_at=None)
    for attendance in waiting.select_related("department").order_by("pk"):
        notices.tell_department(attendance.department, meeting, "topics_wanted", at=at, topics_by=topics_by)
    notices.note("topics_set", meeting, by=by, at=at, topics_by=topics_by)
    return meeting


@transaction.atomic
def give_up(*, meeting: Meeting, reason: str, by: User, at: dt.datetime) -> Meeting:
    """Not held, with its reason on the record: a quarter without a meeting (原则上), or an ad-hoc one nobody needs any more.

    What departments proposed for it, and what it would have approved or taken up again, comes next time.

    :raises BadInput: no reason
    :raises WrongState, MovedOn: it was held, or given up, or has decided something
    """
    reason = needed(reason)
    lock_meeting(meeting)
    if meeting.status in OPEN_MEETING and meeting.items.exclude(outcome=Outcome.OPEN).exists():
        raise WrongState(_("The meeting has dealt with topics. Close it, or take their outcomes back first."))
    move(meeting, MeetingStatus.SKIPPED, at=at, skipped_by=by, skipped_at=at, skip_reason=reason)
    clock = open_clock(meeting, CLOCK)
    if clock is not None:
        cancel_clock(deadline=clock, at=at, reason=reason, by=by)
    notices.note("skipped", meeting, by=by, at=at, title=meeting.title, reason=reason)
    for attendance in meeting.attendances.select_related("department").order_by("pk"):
        notices.tell_department(attendance.department, meeting, "was_skipped", at=at, tone="n", reason=reason)
    return meeting
