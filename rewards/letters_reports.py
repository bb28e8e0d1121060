"""举报登记表: the internal form of a report, marked 密. Who reported is not printed (FACTS §3)."""

import datetime as dt
from typing import Any

from django.utils import translation

from core.dates import chinese_date, local_date
from core.wording import clock
from documents.letter import Form
from rewards.models import Report

SECRET = "密"  # noqa: S105 (the mark printed on the form)


def _said(value: Any) -> str:
    with translation.override("zh-hans"):
        return str(value)


def _when(at: dt.datetime) -> str:
    return f"{chinese_date(local_date(at))} {clock(at)}"


def register_context(report: Report, *, at: dt.datetime) -> dict[str, Any]:
    """What the form says, as plain data."""
    period = "　至　".join(
        day.isoformat() if day else "不详" for day in (report.period_from, report.period_to)
    )
    told = (
        f"{_when(report.told_at)}　{_said(report.get_told_via_display())}" if report.told_at else "尚未告知"
    )
    decision = {
        "received": "待定", "accepted": "受理", "answered": "受理，已反馈结果", "refused": "不予受理",
    }[report.status]  # fmt: skip
    return {
        "issuer": report.department.name,
        "number": report.number,
        "date": local_date(at).isoformat(),
        "received": _when(report.received_at),
        "channel": _said(report.get_channel_display()),
        "naming": _said(report.get_naming_display()),
        "reporters": "、".join(
            f"{one.position}号（{_said(one.get_kind_display())}）" for one in report.reporters.all()
        )
        or "匿名",
        "subject": report.subject_name,
        "code": report.subject_code or "—",
        "period": period if report.period_from or report.period_to else "未写明",
        "summary": report.summary or "（受理时填写脱敏摘要；原文只在举报件页面查阅）",
        "files": f"{report.files.count()}份（密封保存）",
        "wants_reward": "要求" if report.wants_reward else "不要求",
        "wants_answer": "要求" if report.wants_answer else "不要求",
        "decision": decision,
        "reason": report.reason or "—",
        "case": report.case.number if report.case else "—",
        "told": told if report.naming == "real_name" else "非实名，不适用",
        "withdrawn": _when(report.withdrawn_at) if report.withdrawn_at else "未撤回",
    }


def register_form(context: dict[str, Any]) -> Form:
    """The printed form. Reporters are numbers; their particulars stay sealed, and so does the original text."""
    return Form(
        issuer=context["issuer"],
        title="举报登记表",
        number=f"{SECRET}　{context['number']}",
        date=dt.date.fromisoformat(context["date"]),
        fields=(
            ("收到时间", context["received"]),
            ("举报渠道", context["channel"]),
            ("署名方式", context["naming"]),
            ("举报人", f"{context['reporters']}　身份密封保存，不列姓名"),
            ("被举报对象", context["subject"]),
            ("信用代码", context["code"]),
            ("发生期间", context["period"]),
            ("内容摘要", context["summary"]),
            ("证据材料", context["files"]),
            ("要求奖励", context["wants_reward"]),
            ("要求答复", context["wants_answer"]),
            ("受理意见", context["decision"]),
            ("不受理理由", context["reason"]),
            ("案件编号", context["case"]),
            ("告知记录", context["told"]),
            ("撤回", context["withdrawn"]),
        ),
        signatures=("登记人", "受理意见", "负责人"),
    )
