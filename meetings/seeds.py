"""What this room starts with: the shipped rule of meetings, and the clock of a resolution.

Loaded by a migration and again after a test flush. What a county has edited stays edited.
"""

from collections.abc import Callable
from typing import Any

from deadlines.seeds import IN_FORCE, LONG_AGO
from departments.enums import Function

RULE = {"lead": Function.INSURANCE, "more_than": 50, "topics_days": 15, "remind_days": 3, "sign_days": 5}
CLOCK = {
    "name": "议定事项办理", "amount": None, "unit": "date", "warn_days": 3, "escalate_days": 1, "roll_over": False,
    "internal": False, "asks_reason": True, "basis": "《医疗保障领域协作联动机制》联席会议（期限以会议纪要载明为准）",
    "start_text": "会议议定", "end_text": "领导小组办公室确认办结",
}  # fmt: skip

# a task of a deployment (统一部署), and what a department owes that is consulted on a proposal (拟定建议和措施)
DEPLOYED = {
    **CLOCK, "name": "部署任务办理", "basis": "《医疗保障领域协作联动机制》统一部署（期限以部署通知载明为准）",
    "start_text": "统一部署", "end_text": "领导小组办公室确认办结",
}  # fmt: skip
CONSULTED = {
    **CLOCK, "name": "征求意见答复", "warn_days": 2, "asks_reason": False,
    "basis": "《医疗保障领域协作联动机制》领导小组办公室职责（期限以征求意见载明为准）",
    "start_text": "征求意见", "end_text": "答复意见",
}  # fmt: skip
CLOCKS = {"resolution": CLOCK, "deployment": DEPLOYED, "consultation": CONSULTED}

# for readers of English; the row itself is Chinese, as letters print it (core.seeded)
ENGLISH = {
    "议定事项办理": "Carrying out a resolution",
    "会议议定": "the meeting resolves it",
    "领导小组办公室确认办结": "the office confirms that it is done",
    "《医疗保障领域协作联动机制》联席会议（期限以会议纪要载明为准）":
        "Mechanism of coordination in medical insurance, joint meetings (the limit is the one the minutes state)",
    "部署任务办理": "Carrying out a task of a deployment",
    "统一部署": "the office deploys it",
    "《医疗保障领域协作联动机制》统一部署（期限以部署通知载明为准）":
        "Mechanism of coordination in medical insurance, deployment (the limit is the one the notice states)",
    "征求意见答复": "Answering a consultation",
    "征求意见": "the office consults",
    "答复意见": "the department gives its opinion",
    "《医疗保障领域协作联动机制》领导小组办公室职责（期限以征求意见载明为准）":
        "Mechanism of coordination in medical insurance, the office (the limit is the one the consultation states)",
}  # fmt: skip


def load(model: Callable[[str, str], Any] | None = None) -> None:
    """Add what is missing; idempotent."""
    if model is None:
        from django.apps import apps

        model = apps.get_model
    stamps = {"created_at": LONG_AGO, "updated_at": LONG_AGO}
    model("meetings", "MeetingRule").objects.get_or_create(region=None, defaults={**RULE, **stamps})
    clock = model("deadlines", "ClockRule").objects
    for code, given in CLOCKS.items():
        if not clock.filter(code=code).exists():
            clock.create(code=code, effective_from=IN_FORCE, **given, **stamps)
