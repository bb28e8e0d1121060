"""The words of minutes as they are drafted: who met, each topic in its order, what was resolved. Nothing is decided here."""

from collections.abc import Iterator

from core.dates import SHANGHAI, chinese_date
from meetings.actions.merged import group_of
from meetings.discretion import one_case
from meetings.enums import ItemKind, Outcome, Presence, ResolutionStatus
from meetings.letters import numeral
from meetings.models import AgendaItem, Meeting, Resolution

OPENING = {
    ItemKind.FOLLOW_UP: "会议听取了议定事项办理情况。",
    ItemKind.MINUTES: "会议审议了上次会议纪要。",
    ItemKind.REPORT: "会议听取了有关情况通报。",
    ItemKind.PROBLEM: "会议研究了有关问题。",
    ItemKind.CASE: "会议会商了有关案件。",
    ItemKind.CAMPAIGN: "会议研究了专项行动有关事项。",
}


def head(meeting: Meeting) -> str:
    """Who met when and where, under whom; in numbers who came."""
    when = f"{chinese_date(meeting.day)}{meeting.begins.astimezone(SHANGHAI):%H:%M}"
    chair = f"，由{meeting.chair}主持召开" if meeting.chair else "召开"
    rows = list(meeting.attendances.values_list("member", "presence"))
    present = sum(member and presence == Presence.PRESENT for member, presence in rows)
    members = sum(member for member, _presence in rows)
    why = f"因{meeting.occasion.rstrip('。')}，" if meeting.occasion else ""
    listed = meeting.items.listed().count()
    return (
        f"{why}{when}，在{meeting.place}{chair}{meeting.title}，成员单位到会{present}家（共{members}家），"
        f"研究议题{listed}项。现纪要如下："
    )


def parts(meeting: Meeting) -> Iterator[tuple[AgendaItem, str, str]]:
    """(item, heading, text) of every topic on the agenda, in its order; what was merged into one follows it."""
    frozen = {each["key"]: each["text"] for each in meeting.figures}
    tasks: dict[int, list[Resolution]] = {}
    found = meeting.resolutions.exclude(status=ResolutionStatus.DROPPED).select_related(
        "department", "person"
    )
    for task in found.order_by("number"):
        tasks.setdefault(task.item_id or 0, []).append(task)
    for number, item in enumerate(meeting.items.listed(), 1):
        group, own = group_of(item), tasks.get(item.pk, [])
        yield item, f"{numeral(number)}、{item.title}", _text(item, frozen.get(item.key), own)
        for nth, each in enumerate(group[1:], len(own) + 1):  # goes on where the topic's own tasks end
            told = one_case(group) and each.outcome_text == item.outcome_text
            text = _text(each, frozen.get(each.key), tasks.get(each.pk, []), told=told, below=True)
            yield each, f"（{numeral(nth)}）{each.title}（并入本项）", text


def _text(
    item: AgendaItem, figures: str | None, tasks: list[Resolution], *, told: bool = False, below: bool = False
) -> str:
    """told: it was said already of the topic this one was merged into; below: that topic's heading stands above it.

    Tasks are （一） under 一、 and 1. under （一） (GB/T 9704-2012 7.3.3).
    """
    lines = [OPENING[ItemKind(item.kind)] + (figures or "")]
    said = item.outcome_text.strip()
    if told:
        lines.append("与本项一并研究，会议意见同上。")
    elif item.outcome == Outcome.DECIDED:
        lines.append(f"会议议定：{said}")
    elif item.outcome == Outcome.DEFERRED and item.deferred_to is not None:
        why = f"理由：{said}" if said else ""
        lines.append(f"会议决定缓议，{chinese_date(item.deferred_to)}后再行研究。{why}")
    elif said:
        lines.append(said)
    for number, task in enumerate(tasks, 1):
        mark = f"{number}. " if below else f"（{numeral(number)}）"
        lines.append(
            f"{mark}{task.text.rstrip('。')}。责任单位：{task.department.name}；责任人：{task.who}；"
            f"期限：{chinese_date(task.due_on)}。"
        )
    return "\n".join(line for line in lines if line)


def people(meeting: Meeting) -> dict[str, list[str]]:
    """出席, 请假, 列席 as “unit name”; who was absent without leave is not among them."""
    found: dict[str, list[str]] = {"present": [], "leave": [], "observing": []}
    for row in meeting.attendances.select_related("department").order_by("-member", "pk"):
        if row.presence in found:
            name = f"{row.department.name}　{row.person_name}" if row.person_name else row.department.name
            found[row.presence].append(name)
    return found
