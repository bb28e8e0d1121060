"""What the 督办函 of a resolution says, frozen with the paper (FACTS §3: 事项, 原期限, 超期天数, 要求, 回复期限, 次数)."""

import datetime as dt
from typing import Any

from core.dates import chinese_date, local_date
from departments.models import User
from documents.letter import Letter, Para
from meetings.models import Resolution


def origin(task: Resolution) -> str:
    """Where the task comes from: a meeting, or a deployment."""
    if task.deployment is not None:
        return f"{task.office.name}关于部署{task.deployment.title}的通知"
    return str(task.meeting)


def of_supervision(
    task: Resolution, *, demand: str, reply_on: dt.date, late: int, by: User, at: dt.datetime
) -> dict[str, Any]:
    return {
        "issuer": task.office.name, "date": local_date(at).isoformat(), "to": task.department.name,
        "origin": origin(task), "text": task.text, "person": task.who, "due_on": task.due_on.isoformat(),
        "late": late, "demand": demand, "reply_on": reply_on.isoformat(), "times": task.pressed,
        "contact": by.name, "phone": by.phone or task.office.hotline,
    }  # fmt: skip


def supervision_letter(context: dict[str, Any]) -> Letter:
    """督办函 to the department that owes the task."""
    due, reply = (chinese_date(dt.date.fromisoformat(context[name])) for name in ("due_on", "reply_on"))
    phone = f"，电话：{context['phone']}" if context["phone"] else ""
    body = (
        Para(f"{context['origin']}确定由你单位办理的下列事项已超过期限，现予第{context['times']}次督办："),
        Para(heading="一、督办事项", level=1), Para(f"{context['text'].rstrip('。')}（责任人：{context['person']}）。"),
        Para(heading="二、原定期限", level=1), Para(f"{due}，已超期{context['late']}个工作日。"),
        Para(heading="三、办理要求", level=1), Para(f"{context['demand'].rstrip('。')}。"),
        Para(heading="四、回复期限", level=1), Para(f"请于{reply}前书面回复办理情况。"),
    )  # fmt: skip
    return Letter(
        issuer=context["issuer"], title="关于议定事项办理情况的督办函", date=dt.date.fromisoformat(context["date"]),
        recipients=(context["to"],), body=body, contact=f"联系人：{context['contact']}{phone}",
    )  # fmt: skip
