"""What the papers of a transfer of suspected crime say: plain data, frozen with each issued document.

Always Chinese, whatever language the person works in. `letters_crime` and `letters_police` turn a context into a paper.
"""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.utils.translation import override

from cases.models import Evidence
from core.dates import SHANGHAI, local_date
from deadlines.actions.clocks import open_clock, rule_in_force
from deadlines.enums import Unit
from departments.models import Department, User
from referrals.contexts import addressed, word
from referrals.crime_enums import AttachmentKind, StepKind
from referrals.models import CriminalTransfer


def subject_line(transfer: CriminalTransfer) -> str:
    """陈某涉嫌诈骗罪案移送书; several suspects: 陈某等."""
    names = [person.name for person in transfer.persons.order_by("pk")] or [transfer.others]
    who = names[0] + ("等" if len(names) > 1 or (transfer.others and transfer.persons.exists()) else "")
    return f"{who}涉嫌{transfer.crime}案移送书"[:100]


def copy_to(transfer: CriminalTransfer) -> str:
    """To whom the copy goes (FACTS §3: 抄送检察院)."""
    return transfer.procuratorate.name if transfer.procuratorate else f"{transfer.department.region.name}人民检察院"


def _minute(at: dt.datetime) -> str:
    local = at.astimezone(SHANGHAI)
    return f"{local.year}年{local.month}月{local.day}日{local.hour}时{local.minute:02d}分"


_UNITS = {Unit.HOUR: "小时", Unit.DAY: "日", Unit.WORKING_DAY: "个工作日", Unit.MONTH: "个月"}


def limit(transfer: CriminalTransfer, code: str, *, at: dt.datetime) -> str:
    """Amount and unit of a clock as printed, `3个工作日`: of the one that runs, else of the rule in force, for the
    unit is the province's to set (FACTS T3)."""
    clock = open_clock(transfer, code) or rule_in_force(code, local_date(at))
    return f"{clock.amount}{_UNITS[Unit(clock.unit)]}"


def _contact(transfer: CriminalTransfer) -> str:
    officers = "、".join(officer.user.name for officer in transfer.officers.select_related("user"))
    phone = transfer.department.hotline
    return f"承办人：{officers}" + (f"，电话：{phone}" if phone else "")


def _base(transfer: CriminalTransfer, issuer: Department, to: Department, *, at: dt.datetime) -> dict[str, Any]:
    return {
        "issuer": issuer.name,
        # 县公安局 is said within a county only: a file may have been forwarded to another one
        "receiver": addressed(to) if to.region_id == issuer.region_id else to.name,
        "receiver_word": word(to.name),
        "date": local_date(at).isoformat(),
        "case_number": transfer.case.number,
        "case_title": transfer.case.title,
        "crime": transfer.crime,
        "article": transfer.article,
        "about": subject_line(transfer).removesuffix("移送书"),
        "asked_number": transfer.referral.number if transfer.referral else "",
        "suspects": [
            {"name": person.name, "uscc": person.uscc or "", "address": person.address}
            for person in transfer.persons.order_by("pk")
        ],
        "others": transfer.others,
    }


def _steps(transfer: CriminalTransfer) -> dict[str, str]:
    """The instants of the inner procedure, as printed."""
    return {step.kind: _minute(step.happened_at) for step in transfer.steps.order_by("pk")}


def _attachments(transfer: CriminalTransfer) -> list[list[Any]]:
    """[kind in words, name or "无", pages, hash or "", reason] of each."""
    rows: list[list[Any]] = []
    for row in transfer.attachments.select_related("evidence"):
        if row.evidence is None:
            rows.append([ATTACHED[row.kind], "无", None, "", row.none_reason])
        else:
            rows.append([ATTACHED[row.kind], row.evidence.name, row.evidence.pages, row.evidence.sha256, ""])
    return rows


ATTACHED = {
    AttachmentKind.REPORT: "调查报告", AttachmentKind.ITEMS: "涉案物品清单", AttachmentKind.EXPERT: "检验报告或者鉴定结论",
    AttachmentKind.OTHER: "其他有关涉嫌犯罪的材料", AttachmentKind.CORRECTION: "补正材料",
}  # fmt: skip


def _items(transfer: CriminalTransfer) -> list[list[Any]]:
    return [
        [item.name, item.specification, item.quantity, item.pages, item.source, item.remark]
        for item in transfer.items.all()
    ]


def _team(transfer: CriminalTransfer) -> list[list[str]]:
    return [[officer.user.name, officer.certificate] for officer in transfer.officers.select_related("user")]


def approval(transfer: CriminalTransfer, *, approved: bool, by: User, at: dt.datetime) -> dict[str, Any]:
    """涉嫌犯罪案件移送审批表."""
    with override("zh-hans"):
        steps = _steps(transfer)
        return {
            **_base(transfer, transfer.department, transfer.police, at=at),
            "found_on": transfer.found_on.isoformat(),
            "facts": transfer.facts,
            "amount": str(transfer.amount),
            "amount_verified": transfer.amount_verified,
            "measures": transfer.measures,
            "officers": _team(transfer),
            "report": transfer.report,
            "reported_at": steps[StepKind.REPORTED],
            "approved": approved,
            "decision": transfer.decision,
            "decided_by": by.name,
            "decided_at": _minute(at),
            "attachments": _attachments(transfer),
        }


def letter(transfer: CriminalTransfer, *, at: dt.datetime) -> dict[str, Any]:
    """涉嫌犯罪案件移送书 with its annexes; also for the preview before it is handed over."""
    with override("zh-hans"):
        steps = transfer.steps.order_by("pk").select_related("by")
        approved = next((step for step in steps if step.kind == StepKind.APPROVED), None)
        return {
            **_base(transfer, transfer.department, transfer.police, at=at),
            "found_on": transfer.found_on.isoformat(),
            "facts": transfer.facts,
            "amount": str(transfer.amount),
            "amount_verified": transfer.amount_verified,
            "measures": transfer.measures,
            "officers": _team(transfer),
            "approved_by": approved.by.name if approved else "",
            "approved_at": _minute(approved.happened_at) if approved else "",
            "attachments": _attachments(transfer),
            "items": _items(transfer),
            "copy_to": copy_to(transfer),
            "limit": limit(transfer, "police_decision", at=at),
            "contact": _contact(transfer),
        }


def list_of_all(transfer: CriminalTransfer, *, number: str, at: dt.datetime) -> dict[str, Any]:
    """涉案物品、材料清单: what both sides tick off."""
    with override("zh-hans"):
        return {
            **_base(transfer, transfer.department, transfer.police, at=at),
            "asked_number": number,
            "officers": _team(transfer),
            "attachments": _attachments(transfer),
            "items": _items(transfer),
        }


def receipt(transfer: CriminalTransfer, *, signed_name: str, at: dt.datetime) -> dict[str, Any]:
    """涉嫌犯罪案件移送书（回执）."""
    with override("zh-hans"):
        return {
            **_base(transfer, transfer.police, transfer.department, at=at),
            "sender": transfer.department.name,
            "signed_name": signed_name,
            "signed_at": _minute(at),
            "files": transfer.attachments.exclude(evidence=None).count(),
        }


def from_police(
    transfer: CriminalTransfer, *, text: str, at: dt.datetime, to: str = "", filed: bool | None = None, limited: str = ""
) -> dict[str, Any]:
    """Notice of completion, of forwarding, of filing or not filing, answer to reconsideration.

    limited: the clock of what the sender owes or may do next."""
    with override("zh-hans"):
        return {
            **_base(transfer, transfer.police, transfer.department, at=at),
            "text": text,
            "to": to,
            "filed": filed,
            "limit": limit(transfer, limited, at=at) if limited else "",
            "files": transfer.attachments.exclude(evidence=None).count(),
        }


def completion(
    transfer: CriminalTransfer, files: Iterable[Evidence], *, remark: str, at: dt.datetime
) -> dict[str, Any]:
    """补正材料函."""
    with override("zh-hans"):
        asked = transfer.steps.filter(kind=StepKind.INCOMPLETE).latest("pk")
        return {
            **_base(transfer, transfer.department, transfer.police, at=at),
            "notice": asked.number,
            "missing": asked.text,
            "remark": remark,
            "files": [[ATTACHED[AttachmentKind.CORRECTION], piece.name, piece.pages, piece.sha256, ""] for piece in files],
            "contact": _contact(transfer),
        }


def request(transfer: CriminalTransfer, *, reason: str, to: Department, at: dt.datetime) -> dict[str, Any]:
    """提请复议书 and 立案监督建议: the decision asked against, when it came, why."""
    with override("zh-hans"):
        refusals = transfer.steps.filter(kind__in=(StepKind.REFUSED, StepKind.UPHELD)).order_by("-pk")
        against = refusals[0]
        return {
            **_base(transfer, transfer.department, to, at=at),
            "police": transfer.police.name,
            "against_number": against.number,
            "against_on": local_date(against.happened_at).isoformat(),
            "against_upheld": against.kind == StepKind.UPHELD,
            "reason": reason,
            "limit": limit(transfer, "police_reply", at=at),
            "contact": _contact(transfer),
        }


def property_list(transfer: CriminalTransfer, *, taken_by: str, none_reason: str, at: dt.datetime) -> dict[str, Any]:
    """涉案物品移交清单."""
    with override("zh-hans"):
        return {
            **_base(transfer, transfer.department, transfer.police, at=at),
            "officers": _team(transfer),
            "items": _items(transfer),
            "none_reason": none_reason,
            "taken_by": taken_by,
            "attachments": _attachments(transfer),
        }
