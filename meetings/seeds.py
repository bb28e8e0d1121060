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

# for readers of English; the row itself is Chinese, as letters print it (core.seeded)
ENGLISH = {
    "议定事项办理": "Carrying out a resolution",
    "会议议定": "the meeting resolves it",
    "领导小组办公室确认办结": "the office confirms that it is done",
    "《医疗保障领域协作联动机制》联席会议（期限以会议纪要载明为准）":
        "Mechanism of coordination in medical insurance, joint meetings (the limit is the one the minutes state)",
}  # fmt: skip


def load(model: Callable[[str, str], Any] | None = None) -> None:
    """Add what is missing; idempotent."""
    if model is None:
        from django.apps import apps

        model = apps.get_model
    stamps = {"created_at": LONG_AGO, "updated_at": LONG_AGO}
    model("meetings", "MeetingRule").objects.get_or_create(region=None, defaults={**RULE, **stamps})
    clock = model("deadlines", "ClockRule").objects
    if not clock.filter(code="resolution").exists():
        clock.create(code="resolution", effective_from=IN_FORCE, **CLOCK, **stamps)
