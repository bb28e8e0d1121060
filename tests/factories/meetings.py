"""Meetings at every stage, through the actions of the room; a called one for the doors without printing anything."""

import datetime as dt
from types import SimpleNamespace

from core.dates import local_date
from departments.enums import Function, Role
from departments.models import Department, User
from meetings.actions.attendance import record_attendance
from meetings.actions.calling import call_meeting
from meetings.actions.holding import Line, close_meeting, note_item
from meetings.actions.quarter import open_ad_hoc, open_quarter
from meetings.models import (
    AgendaItem,
    Material,
    Meeting,
    Minutes,
    MinutesPart,
    Opinion,
    PaperProof,
    Proposal,
    Resolution,
    ResolutionStep,
)
from meetings.quarters import quarter_of
from tests.factories.cases import PDF

LATER = dt.timedelta(hours=3)


def coordinator(region):
    office = Department.objects.of(region, Function.OFFICE).get()
    return User.objects.acting_for(office, Role.COORDINATOR).order_by("pk").first()


def quarter(office, *, at, **more):
    """The meeting of the quarter in which `at` lies."""
    year, number = quarter_of(local_date(at))
    return open_quarter(office=office, **({"year": year, "quarter": number, "at": at} | more))


def ad_hoc(office, *, at, occasion="会商某重大案件"):
    return open_ad_hoc(office=office, occasion=occasion, by=coordinator(office.region), at=at)


def called(office, *, at, starts_at=None, meeting=None, title="会商大要案件"):
    """A meeting that was called, with one topic beside what was collected."""
    from meetings.actions.agenda import add_item

    by = coordinator(office.region)
    meeting = meeting or ad_hoc(office, at=at)
    add_item(meeting=meeting, kind="problem", title=title, by=by, at=at)
    return call_meeting(
        meeting=meeting, starts_at=starts_at or at + LATER, place="县政府三楼会议室", by=by, at=at
    )


def came(meeting, *, at, presence="present", **others):
    """Everybody came, but for departments named otherwise by function."""
    rows = meeting.attendances.select_related("department")
    said = {
        row.pk: others.get(row.department.function, presence if row.member else "observing") for row in rows
    }
    return record_attendance(meeting=meeting, presences=said, by=coordinator(meeting.region), at=at)


def line(person, text="完成清单核对", *, due_on, department=None):
    return Line(text=text, department=department or person.department, person=person, due_on=due_on)


def note_all(meeting, *, at):
    for item in meeting.items.undecided().select_related("meeting"):
        note_item(item=item, by=coordinator(meeting.region), at=at)


def closed(meeting, *, at):
    """Everybody came, what is left is noted, and the meeting closed."""
    came(meeting, at=at)
    note_all(meeting, at=at)
    return close_meeting(meeting=meeting, by=coordinator(meeting.region), at=at)


def resolution(meeting, person, *, due_on, at, text="完成清单核对", **more):
    """A task of a meeting as it stands in the middle of its life: rows only."""
    item = meeting.items.order_by("pk").first()
    last = meeting.resolutions.count()
    given = {
        "region": meeting.region, "office": meeting.office, "meeting": meeting, "item": item, "number": last + 1,
        "text": text, "department": person.department, "person": person, "due_on": due_on, "status": "open",
        "created_at": at, "updated_at": at,
    }  # fmt: skip
    return Resolution.objects.create(**(given | more))


def doors(office, document, department, *, at, file, sha256, by):
    """A meeting under way and one being prepared, with a topic and material, for the doors.

    Nothing is printed but the letters of the consultations.
    """
    planned = quarter(office, at=at)
    under_way = ad_hoc(office, at=at)
    Meeting.objects.filter(pk=under_way.pk).update(
        status="called", starts_at=at, place="县政府三楼会议室", called_by=by, called_at=at, notice=document
    )
    under_way.refresh_from_db()
    item = AgendaItem.objects.create(
        meeting=under_way, kind="problem", title="研究协作事项", department=department, position=1, created_at=at,
        updated_at=at,
    )  # fmt: skip
    material = Material.objects.create(
        item=item, name="汇报材料.pdf", number=1, file=file, media_type="application/pdf", size=len(PDF),
        sha256=sha256, by=by, at=at,
    )  # fmt: skip
    minuted = ad_hoc(office, at=at)
    Meeting.objects.filter(pk=minuted.pk).update(
        status="circulated", starts_at=at, place="县政府三楼会议室", called_by=by, called_at=at, closed_by=by, closed_at=at,
        drafted_at=at, circulated_by=by, circulated_at=at,
    )  # fmt: skip
    told = AgendaItem.objects.create(
        meeting=minuted, kind="problem", title="研究协作事项", department=department, position=1, outcome="noted",
        outcome_by=by, outcome_at=at, created_at=at, updated_at=at,
    )  # fmt: skip
    minutes = Minutes.objects.create(meeting=minuted, created_at=at, updated_at=at)
    part = MinutesPart.objects.create(
        minutes=minutes, item=told, position=1, heading="一、研究协作事项", text="会议研究了有关问题。", created_at=at,
        updated_at=at,
    )  # fmt: skip
    person = User.objects.acting_for(department, Role.HANDLER).order_by("pk").first()
    task = resolution(under_way, person, due_on=local_date(at) + dt.timedelta(days=60), at=at)
    step = ResolutionStep.objects.create(
        resolution=task, kind="progress", text="已开始", name="佐证.pdf", file=file, media_type="application/pdf",
        sha256=sha256, by=person, at=at,
    )  # fmt: skip
    paper = PaperProof.objects.create(
        attendance=planned.attendances.get(department=department), kind="topics", on=local_date(at), name="复函.pdf",
        file=file, media_type="application/pdf", sha256=sha256, by=by, at=at,
    )  # fmt: skip
    consulted = with_task(asked(office, at=at), person, at=at)
    agreed = with_task(asked(office, at=at), person, at=at)
    Proposal.objects.filter(pk=agreed.pk).update(status="adopted", adopted_by=by, adopted_at=at)
    agreed.refresh_from_db()
    consulted.refresh_from_db()
    scan = Opinion.objects.create(
        proposal=consulted, department=department, round=0, kind="agreed", by=by, at=at, name="复函.pdf", file=file,
        media_type="application/pdf", sha256=sha256,
    )  # fmt: skip
    return SimpleNamespace(
        proposal=consulted,
        opinion_scan=scan,
        paper_proof=paper,
        proposal_adopted=agreed,
        drafted_task=consulted.tasks.get(),
        task=task,
        step=step,
        planned=planned,
        under_way=under_way,
        topic=item,
        material=material,
        minutes=minutes,
        part=part,
    )


ANALYSIS, MEASURES = (
    "一季度分解住院疑点较多。\n涉及三家医院。",
    "（一）各单位按职责核查疑点。\n（二）卫健部门开展病历抽查。",
)


def proposal(office, *, at, title="分解住院专项核查", **more):
    """A proposal the office has drafted."""
    from meetings.actions.proposals import draft_proposal

    given = {"analysis": ANALYSIS, "measures": MEASURES, "by": coordinator(office.region)} | more
    return draft_proposal(office=office, title=title, at=at, **given)


def asked(office, *, at, until=None, **more):
    """A proposal the departments are asked about, until in a week."""
    from meetings.actions.proposals import consult

    made = proposal(office, at=at, **more)
    until = until or local_date(at) + dt.timedelta(days=7)
    return consult(proposal=made, until=until, by=coordinator(office.region), at=at)


def adopted(office, *, at, by=None, **more):
    """A proposal every member has agreed to, adopted by circulation."""
    from meetings.actions.proposals import adopt_by_circulation, give_opinion, members

    made, by = asked(office, at=at, **more), by or coordinator(office.region)
    for department in members(made):
        give_opinion(proposal=made, department=department, kind="agreed", by=by, at=at)
    return adopt_by_circulation(proposal=made, by=coordinator(office.region), at=at)


def with_task(made, person, *, at, due_on=None, text="移交疑点清单", by=None):
    """The same with one task more."""
    from meetings.actions.deployments import add_task

    add_task(
        proposal=made, text=text, department=person.department, person=person,
        due_on=due_on or local_date(at) + dt.timedelta(days=30), by=by or coordinator(made.region), at=at,
    )  # fmt: skip
    return made
