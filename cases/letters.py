"""What this room prints before a penalty is decided: 法制审核意见表, 集体讨论记录 (internal forms, FACTS §3)."""

import datetime as dt
from typing import Any

from django.utils import translation
from django.utils.translation import gettext_lazy

from cases.models import Discussion, LegalReview
from cases.rules_legal import Gate
from core.dates import local_date
from documents.letter import Form


def _person(user: Any) -> str:
    return user.name if user is not None else "—"


def of_review(review: LegalReview, gate: Gate) -> dict[str, Any]:
    """What the form of a review that was given says, frozen with it."""
    with translation.override("zh-hans"):
        grounds = [str(label) for label in gate.labels]
        result = str(review.get_result_display())
    if gate.every:
        grounds.append("本部门规定行政处罚决定均须法制审核")
    assert review.given_at is not None  # printed with the opinion
    return {
        "issuer": review.department.name, "date": local_date(review.given_at).isoformat(), "case": review.case.number,
        "title": review.case.title, "handler": _person(review.strand.handler), "asked_by": _person(review.asked_by),
        "asked_on": local_date(review.asked_at).isoformat(), "grounds": "；".join(grounds) or "承办机构送审",
        "proposal": review.proposal, "result": result, "opinion": review.opinion, "reviewer": _person(review.given_by),
    }  # fmt: skip


def review_form(context: dict[str, Any]) -> Form:
    """法制审核意见表."""
    return Form(
        issuer=context["issuer"], title="法制审核意见表", date=dt.date.fromisoformat(context["date"]),
        fields=(
            ("案件编号", context["case"]), ("案件名称", context["title"]),
            ("承办人", context["handler"]), ("送审人", context["asked_by"]),
            ("送审日期", context["asked_on"]), ("审核日期", context["date"]),
            ("审核事由", context["grounds"]), ("拟作决定", context["proposal"]),
            ("审核结果", context["result"]), ("审核意见", context["opinion"]),
            ("法制审核人员", context["reviewer"]),
        ),
        signatures=("法制审核机构", "承办机构", "分管负责人"),
    )  # fmt: skip


def of_discussion(row: Discussion) -> dict[str, Any]:
    """What the record of a discussion says, frozen with it."""
    return {
        "issuer": row.department.name, "date": local_date(row.at).isoformat(), "case": row.case.number,
        "title": row.case.title, "held_on": row.held_on.isoformat(), "place": row.place, "chair": row.chair,
        "present": row.present.splitlines(), "recorder": row.recorder, "opinions": row.opinions,
        "conclusion": row.conclusion,
    }  # fmt: skip


def discussion_form(context: dict[str, Any]) -> Form:
    """集体讨论记录: who was there, what each said, and what it came to."""
    return Form(
        issuer=context["issuer"], title="行政处罚案件集体讨论记录", date=dt.date.fromisoformat(context["date"]),
        fields=(
            ("案件编号", context["case"]), ("案件名称", context["title"]),
            ("讨论时间", context["held_on"]), ("讨论地点", context["place"]),
            ("主持人", context["chair"]), ("记录人", context["recorder"]),
            ("出席人员", "；".join(context["present"])), ("讨论意见", context["opinions"]),
            ("讨论结论", context["conclusion"]),
        ),
        signatures=("主持人签名", "出席人员签名", "记录人签名"),
    )  # fmt: skip


NAMES = {
    "legal_review": gettext_lazy("legal review, opinion"),
    "discussion_record": gettext_lazy("record of the leaders' discussion"),
}  # fmt: skip
BUILDERS = {"legal_review": review_form, "discussion_record": discussion_form}
