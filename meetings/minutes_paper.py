"""Minutes on paper: the whole of them, and what concerns one department or one case."""

import datetime as dt
from typing import Any

from cases.models import Case
from core.dates import local_date
from departments.models import Department
from documents.letter import MinutesPaper, Para
from meetings import drafting
from meetings.enums import ResolutionStatus
from meetings.models import Minutes, MinutesPart


def context(minutes: Minutes, *, at: dt.datetime) -> dict[str, Any]:
    """What the paper is made of, frozen: parts, people, who signed for issue."""
    meeting = minutes.meeting
    return {
        "issuer": meeting.office.name,
        "mark": f"{meeting.region.name}医疗保障协作联动联席会议纪要",
        "title": f"{meeting.title}纪要",
        "date": local_date(at).isoformat(),
        "signer": minutes.approved_by.name if minutes.approved_by else "",
        "parts": [[part.heading, part.text] for part in minutes.parts.order_by("position")],
        "people": drafting.people(meeting),
        "copies": [
            row.department.name for row in meeting.attendances.select_related("department").order_by("pk")
        ],
        "unsigned": minutes.unsigned_reason,
    }


def paper(given: dict[str, Any]) -> MinutesPaper:
    """纪要 of GB/T 9704-2012 10.3."""
    body: list[Para] = []
    for heading, text in given["parts"]:
        first, *others = text.split("\n")
        if heading:
            body.append(Para(heading=heading, level=1))
        body.append(Para(first))
        body += [Para(line) for line in others]
    if given.get("unsigned"):
        body.append(Para(f"（会签说明：{given['unsigned'].rstrip('。')}。）"))
    return MinutesPaper(
        issuer=given["issuer"], mark=given["mark"], title=given["title"], date=dt.date.fromisoformat(given["date"]),
        number=given.get("number", ""), signer=given["signer"], body=tuple(body),
        present=tuple(given["people"]["present"]), leave=tuple(given["people"]["leave"]),
        observing=tuple(given["people"]["observing"]), copies=tuple(given["copies"]), keep=(given["title"],),
    )  # fmt: skip


def parts_of(
    minutes: Minutes, *, department: Department | None = None, case: Case | None = None
) -> list[MinutesPart]:
    """The parts that concern one case, or one department: its own topics, and those it owes a task of."""
    parts = minutes.parts.exclude(item=None).select_related("item").order_by("position")
    if case is not None:
        return [part for part in parts if part.item.case_id == case.pk]
    assert department is not None
    tasks = minutes.meeting.resolutions.exclude(status=ResolutionStatus.DROPPED)
    owed = set(tasks.filter(department=department).values_list("item_id", flat=True))
    return [part for part in parts if part.item_id in owed or part.item.department_id == department.pk]


def extract_context(
    minutes: Minutes, parts: list[MinutesPart], *, whose: str, at: dt.datetime
) -> dict[str, Any]:
    """摘录: the head and these parts, for one department or case; it names the minutes it is taken from."""
    given = context(minutes, at=at)
    head = minutes.parts.order_by("position").first()
    rows = [[head.heading, head.text]] if head is not None else []
    rows += [[part.heading, part.text] for part in parts]
    if minutes.document:
        rows.append(["", f"（本件摘自{minutes.document.number}《{given['title']}》，以纪要为准。）"])
    return given | {
        "title": f"{minutes.meeting.title}纪要（摘录：{whose}）", "parts": rows, "unsigned": "", "copies": [whose],
    }  # fmt: skip
