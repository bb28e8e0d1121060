"""Minutes on paper: the whole of them, and what concerns one department or one case."""

import datetime as dt
from typing import Any

from django.db.models import QuerySet

from cases.models import Case
from core.dates import local_date
from departments.models import Department
from documents.letter import MinutesPaper, Para
from meetings import drafting
from meetings.discretion import SEALED, closed, one_case, said_heading
from meetings.enums import ResolutionStatus
from meetings.models import AgendaItem, Minutes, MinutesPart


def context(minutes: Minutes, *, at: dt.datetime) -> dict[str, Any]:
    """What the paper is made of, frozen: parts, people, who signed for issue."""
    meeting = minutes.meeting
    return {
        "issuer": meeting.office.name,
        "mark": f"{meeting.region.name}医疗保障协作联动联席会议纪要",
        "title": f"{meeting.title}纪要",
        "date": local_date(at).isoformat(),
        "signer": minutes.approved_by.name if minutes.approved_by else "",
        "parts": [_row(part) for part in _parts(minutes)],
        "people": drafting.people(meeting),
        "copies": [
            row.department.name for row in meeting.attendances.select_related("department").order_by("pk")
        ],
        "unsigned": minutes.unsigned_reason,
    }


def _parts(minutes: Minutes) -> QuerySet[MinutesPart]:
    return minutes.parts.select_related("item__case").order_by("position")


def _row(part: MinutesPart) -> list[str]:
    """[heading, text] as everybody asked to the meeting reads them."""
    return [said_heading(part), SEALED if closed(part.item) else part.text]


def paper(given: dict[str, Any]) -> MinutesPaper:
    """纪要 of GB/T 9704-2012 10.3."""
    body: list[Para] = []
    for heading, text in given["parts"]:
        first, *others = text.split("\n")
        if heading:
            body.append(Para(heading=heading, level=2 if heading.startswith("（") else 1))
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
    """The parts that concern one case, or one department: its own topics, and those it owes a task of.

    A topic merged into another stands for itself; where the decision was one for all, that of the whole comes along.
    """
    parts = [part for part in _parts(minutes) if part.item is not None]
    if case is not None:
        return [part for part in parts if part.item is not None and part.item.case_id == case.pk]
    assert department is not None
    tasks = minutes.meeting.resolutions.exclude(status=ResolutionStatus.DROPPED)
    owed = set(tasks.filter(department=department).values_list("item_id", flat=True))
    own = {
        part.item_id for part in parts
        if part.item is not None and (part.item_id in owed or part.item.department_id == department.pk)
    }  # fmt: skip
    own |= _wholes([part.item for part in parts if part.item is not None], own)
    return [part for part in parts if part.item_id in own]


def _wholes(items: list[AgendaItem], own: set[int | None]) -> set[int | None]:
    """What topics of one's own were merged into, where all that was dealt with together is about one case or none."""
    groups: dict[int, list[AgendaItem]] = {}
    for item in items:
        groups.setdefault(item.merged_into_id or item.pk, []).append(item)
    return {
        whole for whole, group in groups.items() if one_case(group) and any(each.pk in own for each in group)
    }


def extract_context(
    minutes: Minutes, parts: list[MinutesPart], *, whose: str, of_case: bool, at: dt.datetime
) -> dict[str, Any]:
    """摘录: the head and these parts, for one department or case; it names the minutes it is taken from.

    of_case: who reads it sees the case, so that it says all of a restricted one too.
    """
    given = context(minutes, at=at)
    head = minutes.parts.order_by("position").first()
    rows = [[head.heading, head.text]] if head is not None else []
    rows += [[part.heading, part.text] if of_case else _row(part) for part in parts]
    if minutes.document:
        rows.append(["", f"（本件摘自{minutes.document.number}《{given['title']}》，以纪要为准。）"])
    return given | {
        "title": f"{minutes.meeting.title}纪要（摘录：{whose}）", "parts": rows, "unsigned": "", "copies": [whose],
    }  # fmt: skip
