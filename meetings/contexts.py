"""What the papers of a meeting say, as plain data: frozen with the paper."""

import datetime as dt
from typing import Any

from django.utils.translation import override

from core.dates import SHANGHAI, chinese_date, local_date
from departments.models import User
from meetings.discretion import closed, said_title
from meetings.enums import ItemKind
from meetings.models import Material, Meeting


def when(moment: dt.datetime) -> str:
    """`2026年12月18日（星期五）15:00`, local, as the paper says it."""
    local = moment.astimezone(SHANGHAI)
    return f"{chinese_date(local.date())}（星期{'一二三四五六日'[local.weekday()]}）{local:%H:%M}"


def topics(meeting: Meeting) -> list[dict[str, Any]]:
    """The agenda in its order; what was merged stands under what it was merged into."""
    found = meeting.items.listed().select_related("department", "case").prefetch_related("merged__case")
    with override("zh-hans"):
        return [
            {
                "title": said_title(item), "kind": str(ItemKind(item.kind).label),
                "department": item.department.name if item.department else "",
                "merged": [said_title(each) for each in item.merged.all()],
            }
            for item in found
        ]  # fmt: skip


def of_topics(meeting: Meeting, *, to: list[str], by: User, at: dt.datetime) -> dict[str, Any]:
    """The letter that asks members without an account for their topics."""
    assert meeting.topics_by is not None
    return {
        "issuer": meeting.office.name, "date": local_date(at).isoformat(), "title": meeting.title, "to": to,
        "until": meeting.topics_by.isoformat(), "contact": by.name, "phone": by.phone or meeting.office.hotline,
    }  # fmt: skip


def of_notice(meeting: Meeting, *, again: bool, reason: str, by: User, at: dt.datetime) -> dict[str, Any]:
    """Everything the notice prints. `again`: it takes the place of an earlier one."""
    asked = list(meeting.attendances.select_related("department").order_by("-member", "pk"))
    office = meeting.office
    return {
        "issuer": office.name, "date": local_date(at).isoformat(), "title": meeting.title,
        "again": again, "reason": reason, "urgent": meeting.urgent, "occasion": meeting.occasion,
        "before": meeting.notice.number if again and meeting.notice else "",
        "when": when(meeting.starts_at), "place": meeting.place, "chair": meeting.chair,
        "requirements": meeting.requirements,
        "members": [each.department.name for each in asked if each.member],
        "observers": [each.department.name for each in asked if not each.member],
        "topics": topics(meeting), "contact": by.name, "phone": by.phone or office.hotline,
    }  # fmt: skip


def of_booklet(meeting: Meeting, *, at: dt.datetime) -> dict[str, Any]:
    """The agenda and, by topic with what was merged into it, the versions that lie on the table."""
    pinned: dict[int, list[str]] = {}
    found = Material.objects.filter(item__meeting=meeting, pinned=True).select_related("item__case")
    for material in found.order_by("item", "name"):
        if closed(material.item):  # who sees the case finds it on the page of the topic
            continue
        words = f"{material.name.rpartition('.')[0]}（第{material.number}版）"
        pinned.setdefault(material.item.merged_into_id or material.item_id, []).append(words)
    items = meeting.items.listed().values_list("pk", flat=True)
    given = of_sheet(meeting, at=at)
    return given | {
        "units": [unit for unit, *_others in given["rows"]],
        "topics": [
            topic | {"materials": pinned.get(pk, [])} for pk, topic in zip(items, topics(meeting), strict=True)
        ],
    }  # fmt: skip


def of_sheet(meeting: Meeting, *, at: dt.datetime) -> dict[str, Any]:
    """The sign-in sheet: who said they would come, and lines to sign on."""
    with override("zh-hans"):
        return {
            "issuer": meeting.office.name, "date": local_date(meeting.starts_at or at).isoformat(),
            "title": meeting.title, "when": when(meeting.starts_at) if meeting.starts_at else "",
            "place": meeting.place, "chair": meeting.chair,
            "rows": [
                [each.department.name, each.person_name, each.job_title, "出席" if each.member else "列席"]
                for each in meeting.attendances.select_related("department").order_by("-member", "pk")
            ],
        }  # fmt: skip
