"""Issuing the minutes of 40 cases: what the request takes, and what the job prints afterwards."""

import datetime as dt
import time

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cases.actions.registration import register_case
from cases.actions.subjects import add_subject
from core.dates import local_date
from core.identifiers import uscc_check
from departments.actions.people import engage, fill_post
from departments.actions.structure import create_department, create_region
from departments.enums import Function, Role
from departments.models import Category
from meetings.actions import agenda, attendance, calling, extracts, holding, minutes, quarter

TITLE = "Issuing the minutes of a meeting on 40 cases"
CASES = 40


def _people(at):
    county = create_region(code="439927", name="青禾县", short_name="青", by=None, at=at)
    stamp = {"region": county, "by": None, "at": at}
    office = create_department(
        function=Function.OFFICE,
        name="青禾县医疗保障协作联动工作领导小组办公室",
        short_name="联动办",
        mark="青联动办",
        **stamp,
    )
    insurance = create_department(
        function=Function.INSURANCE, name="青禾县医疗保障局", short_name="县医保局", mark="青医保", **stamp
    )
    people = []
    posts = ((office, Role.COORDINATOR), (insurance, Role.HANDLER), (insurance, Role.HEAD))
    for n, (department, role) in enumerate(posts):
        user = engage(staff_number=f"bm0{n}", name="陈晓岚", password="bench-4711-long", by=None, at=at)  # noqa: S106
        fill_post(user=user, department=department, role=role, by=None, at=at)
        people.append(user)
    return county, office, insurance, people


def _circulated(at):
    """(minutes of a closed meeting, signed for issue; the coordinator)."""
    county, office, insurance, (coordinator, handler, head) = _people(at)
    by = {"by": coordinator, "at": at}
    first = "52431026MJ0000001"
    subject = add_subject(
        region=county,
        kind="institution",
        name="青禾县仁和医院",
        uscc=first + uscc_check(first),
        by=handler,
        at=at,
    )
    meeting = quarter.open_ad_hoc(office=office, occasion="会商大要案件", **by)
    for n in range(CASES):
        case = register_case(
            source="monitoring", subjects=[subject], categories=list(Category.objects.all()[:1]),
            summary=f"第{n}批疑点。", found_on=at.date(), suspected="86240.00", duplicates_known=True, by=handler,
            at=at,
        )  # fmt: skip
        agenda.add_item(meeting=meeting, kind="case", title=f"会商大要案件（{case.number}）", case=case, **by)
    calling.call_meeting(meeting=meeting, starts_at=at + dt.timedelta(minutes=1), place="三楼会议室", **by)
    by["at"] = at = at + dt.timedelta(minutes=2)
    rows = {row.pk: "present" for row in meeting.attendances.all()}
    attendance.record_attendance(meeting=meeting, presences=rows, **by)
    task = holding.Line("移交疑点清单", insurance, handler, local_date(at) + dt.timedelta(days=30))
    for item in meeting.items.undecided().select_related("meeting__region", "meeting__office"):
        holding.decide_item(
            item=item, text="由医保部门牵头追回基金，有关部门核查病历。" * 3, lines=[task], **by
        )
    meeting.refresh_from_db()
    holding.close_meeting(meeting=meeting, **by)
    drafted = minutes.draft_minutes(meeting=meeting, at=at)
    minutes.circulate_minutes(minutes=drafted, **by)
    minutes.approve_minutes(minutes=drafted, unsigned_reason="口头同意", by=head, at=at)
    return drafted, coordinator


def measure() -> dict[str, object]:
    at = timezone.now() - dt.timedelta(hours=1)
    drafted, coordinator = _circulated(at)
    with CaptureQueriesContext(connection) as said:
        started = time.perf_counter()
        minutes.issue_minutes(minutes=drafted, by=coordinator, at=at)
        issued = time.perf_counter() - started
    started = time.perf_counter()
    printed = extracts.print_due(at=at)
    afterwards = time.perf_counter() - started
    return {
        "cases": CASES, "extracts": printed, "issuing, s": round(issued, 1), "issuing, queries": len(said),
        "printed by the job afterwards, s": round(afterwards, 1),
        "one extract, ms": round(afterwards / printed * 1000),
        "both together, as once in the one request, s": round(issued + afterwards, 1),
    }  # fmt: skip
