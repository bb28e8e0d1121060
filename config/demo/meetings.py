"""The demo county's meetings: the last quarter's issued, with what it resolved; the present one called."""

import datetime as dt

from django.db import transaction

from config.demo.world import World
from core.dates import SHANGHAI, local_date
from deadlines.calendar import Calendar
from departments.enums import Function, Role
from meetings.actions.agenda import add_item, list_item
from meetings.actions.attendance import answer_invitation, record_attendance
from meetings.actions.bulk_quarters import collect_due
from meetings.actions.calling import call_meeting
from meetings.actions.holding import Line, close_meeting, decide_item, note_item
from meetings.actions.minutes import (
    approve_minutes,
    circulate_minutes,
    draft_minutes,
    edit_part,
    issue_minutes,
    sign_minutes,
)
from meetings.actions.quarter import open_quarter
from meetings.actions.resolutions import add_progress, confirm_done, report_done
from meetings.actions.topics import no_topic, propose_item
from meetings.models import Meeting, Resolution
from meetings.quarters import first_day, last_day, quarter_of

DAY = dt.timedelta(days=1)
PLACE, CHAIR = "县政府三楼会议室", "县政府分管负责同志"
# what is to be done, whose, and how far it has come
TASKS = (
    ("汇总全县定点医疗机构分解住院疑点清单并移交", Function.INSURANCE, "done"),
    ("对照清单开展病历抽查并反馈认定意见", Function.HEALTH, "under_way"),
    ("核查定点药店药品购销存台账", Function.MARKET, "open"),
)


class Meetings:
    """The people who act, and the present."""

    def __init__(self, world: World, now: dt.datetime) -> None:
        self.world, self.now = world, now
        self.office = world.departments[Function.OFFICE]
        self.coordinator = world.one(Function.OFFICE, Role.COORDINATOR)

    def moment(self, day: dt.date, hour: int) -> dt.datetime:
        return dt.datetime.combine(day, dt.time(hour), SHANGHAI)

    def working(self, day: dt.date) -> dt.date:
        return Calendar.current().next_working_day(day)

    def tell(self) -> None:
        year, quarter = quarter_of(local_date(self.now))
        past = (year, quarter - 1) if quarter > 1 else (year - 1, 4)
        self.past(*past)
        self.present(year, quarter)

    def past(self, year: int, quarter: int) -> None:
        """Held in the last month of its quarter, its minutes issued a fortnight later."""
        opened = self.moment(first_day(year, quarter), 9)
        meeting = open_quarter(office=self.office, year=year, quarter=quarter, at=opened)
        self.topics(meeting, opened + 5 * DAY)
        called = self.moment(self.working(first_day(year, quarter) + 62 * DAY), 10)
        held = self.moment(self.working(local_date(called) + 5 * DAY), 15)
        call_meeting(
            meeting=meeting, starts_at=held, place=PLACE, chair=CHAIR, requirements="请携带本单位季度工作小结",
            by=self.coordinator, at=called,
        )  # fmt: skip
        self.answers(meeting, called + DAY)
        ended = held + dt.timedelta(hours=2)
        rows = {row.pk: "present" for row in meeting.attendances.all()}
        record_attendance(meeting=meeting, presences=rows, by=self.coordinator, at=ended)
        lines = [
            Line(
                text=text, department=self.world.departments[function], person=self.world.one(function, Role.HANDLER),
                due_on=local_date(held) + (20 + 45 * place) * DAY,
            )
            for place, (text, function, _end) in enumerate(TASKS)
        ]  # fmt: skip
        for place, item in enumerate(meeting.items.undecided().select_related("meeting")):
            if place == 0:
                decide_item(
                    item=item, text="同意开展分解住院专项核查，由县医保局牵头，有关单位配合。", lines=lines,
                    by=self.coordinator, at=ended,
                )  # fmt: skip
            else:
                note_item(
                    item=item, text="听取汇报，请有关单位按职责抓好落实。", by=self.coordinator, at=ended
                )
        close_meeting(meeting=meeting, by=self.coordinator, at=ended)
        self.minutes(meeting, ended)
        self.tasks(meeting, ended)

    def topics(self, meeting: Meeting, at: dt.datetime) -> None:
        """Health proposes a topic, the others have none; the office adds one."""
        for row in meeting.attendances.select_related("department").order_by("pk"):
            registrar = self.world.one(row.department.function, Role.REGISTRAR)
            if row.department.function == Function.HEALTH:
                item = propose_item(
                    meeting=meeting, department=row.department, kind="problem", title="研究住院病历抽查协作方式",
                    text="近期分解住院疑点较多，提请明确抽查范围和时限。", by=registrar, at=at,
                )  # fmt: skip
            else:
                no_topic(meeting=meeting, department=row.department, by=registrar, at=at)
        list_item(item=item, by=self.coordinator, at=at + DAY)
        add_item(
            meeting=meeting, kind="campaign", title="部署定点医药机构专项检查", text="拟于下季度开展联合检查。",
            by=self.coordinator, at=at + DAY,
        )  # fmt: skip

    def answers(self, meeting: Meeting, at: dt.datetime) -> None:
        found = meeting.attendances.select_related("department", "meeting__office")
        for row in found.order_by("pk"):
            function = row.department.function
            answer_invitation(
                attendance=row, answer="accepted", person=self.world.one(function, Role.DEPUTY_HEAD),
                by=self.world.one(function, Role.REGISTRAR), at=at,
            )  # fmt: skip

    def minutes(self, meeting: Meeting, at: dt.datetime) -> None:
        minutes = draft_minutes(meeting=meeting, at=at + dt.timedelta(minutes=1))
        part = minutes.parts.select_related("minutes__meeting").get(position=1)
        edit_part(
            part=part, text=part.text + "\n会议强调，各单位要加强信息互通，及时移交证据材料。", expected_version=1,
            by=self.coordinator, at=at + DAY,
        )  # fmt: skip
        minutes.refresh_from_db()
        circulate_minutes(minutes=minutes, by=self.coordinator, at=at + DAY)
        for row in meeting.attendances.select_related("department").order_by("pk"):
            sign_minutes(
                minutes=minutes, department=row.department, kind="signed", text_version=minutes.text_version,
                by=self.world.one(row.department.function, Role.DEPUTY_HEAD), at=at + 4 * DAY,
            )  # fmt: skip
        approve_minutes(minutes=minutes, by=self.world.one(Function.INSURANCE, Role.HEAD), at=at + 5 * DAY)
        issue_minutes(minutes=minutes, by=self.coordinator, at=at + 6 * DAY)

    def tasks(self, meeting: Meeting, at: dt.datetime) -> None:
        rows = Resolution.objects.filter(meeting=meeting).select_related(
            "department", "person", "office", "meeting"
        )
        for task, (_text, _function, end) in zip(rows.order_by("number"), TASKS, strict=True):
            if end == "open":
                continue
            add_progress(task=task, text="已列出清单，正在核对。", by=task.person, at=at + 8 * DAY)
            if end == "done":
                report_done(task=task, text="清单已移交县卫健局。", by=task.person, at=at + 10 * DAY)
                confirm_done(task=task, text="情况属实。", by=self.coordinator, at=at + 11 * DAY)

    def present(self, year: int, quarter: int) -> None:
        """Opened on the first day; called, where the quarter still has a day for it."""
        opened = min(self.moment(first_day(year, quarter), 9), self.now)
        meeting = open_quarter(office=self.office, year=year, quarter=quarter, at=opened)
        self.topics(
            meeting, min(opened + 5 * DAY, self.now - 2 * DAY) if opened < self.now - 2 * DAY else self.now
        )
        day = self.working(local_date(self.now) + 3 * DAY)
        if day > last_day(year, quarter):
            collect_due(at=self.now)
            return
        call_meeting(
            meeting=meeting,
            starts_at=self.moment(day, 15),
            place=PLACE,
            chair=CHAIR,
            by=self.coordinator,
            at=self.now,
        )


@transaction.atomic
def tell_meetings(world: World, now: dt.datetime) -> None:
    """Told once."""
    if not Meeting.objects.exists():
        Meetings(world, now).tell()
