"""What everybody asked to a meeting reads of a topic. A case that goes by named persons only is said by its number."""

import re

from meetings.models import AgendaItem, Meeting, MinutesPart
from meetings.querysets import in_office

SEALED = "（本项内容限定知悉范围，议定意见见该案摘录。）"
NUMBERED = re.compile(r"(?:（[^）]+）|[^、]{1,4}、)?")  # 一、 or （一） before a heading


def closed(item: AgendaItem | None) -> bool:
    """Whether the topic is about a restricted case."""
    return item is not None and item.case is not None and item.case.restricted


def said_title(item: AgendaItem) -> str:
    """The title as papers and the record say it to all."""
    return f"会商案件（{item.case.number}）" if item.case is not None and item.case.restricted else item.title


def said_heading(part: MinutesPart) -> str:
    """The heading of a part of minutes, likewise."""
    if part.item is None or not closed(part.item):
        return part.heading
    found = NUMBERED.match(part.heading)
    return (found[0] if found else "") + said_title(part.item)


def for_reader(user, parts: list[MinutesPart]) -> list[MinutesPart]:
    """The parts as this person may read them; unsaved copies in place of those about cases closed to the reader."""
    if in_office(user) or not any(closed(part.item) for part in parts):
        return parts
    wanted = [part.item_id for part in parts if closed(part.item)]
    seen = set(AgendaItem.objects.visible_to(user).filter(pk__in=wanted).values_list("pk", flat=True))
    for part in parts:
        if closed(part.item) and part.item_id not in seen:
            part.heading, part.text = said_heading(part), SEALED
    return parts


def unsaid(user, meeting: Meeting) -> set[str]:
    """Titles and headings this person does not read: of topics about cases that were restricted since they were written."""
    closed_ones = AgendaItem.objects.filter(meeting=meeting, case__restricted=True)
    if in_office(user) or not closed_ones.exists():
        return set()
    hidden = closed_ones.exclude(pk__in=AgendaItem.objects.visible_to(user).values("pk"))
    headings = MinutesPart.objects.filter(item__in=hidden).values_list("heading", flat=True)
    return {*hidden.values_list("title", flat=True), *headings}


def one_case(group: list[AgendaItem]) -> bool:
    """Whether topics dealt with together are all about the same case, or none about any."""
    return len({item.case_id for item in group}) == 1
