"""What publication, points and scores start with: the clocks of each kind of information, and the shipped mapping.

Loaded by a migration and again after a test flush. What a county has edited stays edited.
"""

from collections.abc import Callable
from typing import Any

from deadlines.seeds import IN_FORCE, LONG_AGO

_PUBLIC = {
    "amount": 20, "unit": "working_day", "warn_days": 3, "escalate_days": 1, "roll_over": True, "internal": False,
    "asks_reason": False, "basis": "政府信息公开条例第二十六条", "start_text": "信息形成或者变更", "end_text": "向社会公开",
}  # fmt: skip
# `publication` (20 working days) and `penalty_publication` (7) are deadlines' own (FACTS §2.11)
CLOCKS = {
    "publication_agreement": {**_PUBLIC, "name": "协议管理信息公开"},
    "publication_red": {**_PUBLIC, "name": "红名单信息公开"},
    "publication_black": {**_PUBLIC, "name": "失信名单信息公开"},
    "publication_sanction": {**_PUBLIC, "name": "联合惩戒信息公开"},
    "publication_withdrawal": {
        **_PUBLIC, "name": "撤下公开信息", "amount": 3, "warn_days": 1, "basis": "行政处罚法第四十八条、第八十五条",
        "start_text": "决定被撤销、变更，或移出名单、信用修复", "end_text": "从平台撤下",
    },
    "credit_consequence": {
        **_PUBLIC, "name": "记分和考核结果处理", "amount": 15, "internal": True, "basis": "内部时限",
        "start_text": "记分或考核得分达到处理标准", "end_text": "作出处理或说明理由",
    },
}  # fmt: skip

# the fields of the national platform's interface (FACTS §2.7), then what a table for people wants beside them
COLUMNS = [
    ["uscc", "code"], ["主体名称", "name"], ["主体类型", "subject_kind"], ["信息类别", "kind"], ["奖惩说明", "words"],
    ["依据", "basis"], ["文书号", "number"], ["生效日期", "since"], ["截止日期", "until"], ["执行状态", "execution"],
    ["执行意见", "opinion"], ["认定机关", "department"], ["信息编号", "id"],
]  # fmt: skip

# for readers of English; the rows are Chinese
ENGLISH = {
    "协议管理信息公开": "Publishing information on agreements",
    "红名单信息公开": "Publishing the red list",
    "失信名单信息公开": "Publishing lists of breaches of trust",
    "联合惩戒信息公开": "Publishing joint sanctions",
    "撤下公开信息": "Withdrawing published information",
    "行政处罚法第四十八条、第八十五条": "Law on Administrative Penalties, articles 48 and 85",
    "决定被撤销、变更，或移出名单、信用修复": "the decision is annulled, the entry removed or the credit repaired",
    "从平台撤下": "it is withdrawn from the platform",
    "记分和考核结果处理": "Dealing with points and scores",
    "记分或考核得分达到处理标准": "points or a score call for it",
    "作出处理或说明理由": "it is done, or the reason why not is given",
}  # fmt: skip


def load(model: Callable[[str, str], Any] | None = None) -> None:
    """Add what is missing; idempotent."""
    if model is None:
        from django.apps import apps

        model = apps.get_model
    stamps = {"created_at": LONG_AGO, "updated_at": LONG_AGO}
    clock = model("deadlines", "ClockRule").objects
    known = set(clock.filter(code__in=CLOCKS).values_list("code", flat=True))
    for code, given in CLOCKS.items():
        if code not in known:
            clock.create(code=code, effective_from=IN_FORCE, **given, **stamps)
    model("sanctions", "PublicationMapping").objects.get_or_create(
        region=None, defaults={"columns": COLUMNS, **stamps}
    )
