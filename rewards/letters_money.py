"""What this room prints of rewards (FACTS §3): 奖励审批表, 奖励通知书, 领取凭证, 荣誉证书. A number, never a person."""

import datetime as dt
from decimal import Decimal
from typing import Any

from core.dates import chinese_date
from core.money import in_capitals
from documents.letter import Certificate, Form, Letter, Para


def _on(text: str | None) -> str:
    return chinese_date(dt.date.fromisoformat(text)) if text else ""


def _yuan(text: str | None) -> str:
    return f"{Decimal(text):,.2f}元" if text is not None else "无"


def _date(context: dict[str, Any]) -> dt.date:
    return dt.date.fromisoformat(context["date"])


def approval_form(context: dict[str, Any]) -> Form:
    """奖励审批表: the reporter is the number of the report."""
    rule = context["rule"]
    limits = f"精神奖励：低于{_yuan(rule['honorary_below'])}" if rule["honorary_below"] else "不设精神奖励线"
    limits += f"；下限：{_yuan(rule['floor'])}；上限：{_yuan(rule['cap'])}"
    amount = "精神奖励（荣誉证书）" if context["honorary"] else _yuan(context["amount"])
    fields = [
        ("奖励编号", context["reward"]),
        ("举报编号", context["report"]),
        ("案件编号", context["case"]),
        ("决定生效日期", _on(context["effective_on"]) or "以处理决定为准"),
        ("查实金额", _yuan(context["base"])),
        ("奖励比例", f"{rule['percent']}%"),
        ("计算金额", _yuan(context["gross"])),
        ("联名举报", f"{context['joint']}人" if context["joint"] > 1 else "否"),
        ("适用规则", rule["basis"]),
        ("封顶及下限", limits),
    ]
    if context["joint"] > 1:
        fields.append(("本案奖励总额", _yuan(context["total"])))
    fields += [
        ("拟奖励金额（小写）", amount),
        ("拟奖励金额（大写）", "—" if context["honorary"] else in_capitals(Decimal(context["amount"]))),
        ("承办意见", f"拟同意奖励。{context['proposed_by']}　{_on(context['proposed_on'])}"),
        ("审批意见", f"同意。{context['approved_by']}　{_on(context['approved_on'])}"),
    ]
    return Form(
        issuer=context["issuer"], title="举报奖励审批表", date=_date(context), fields=tuple(fields),
        signatures=("承办人", "科室负责人", "分管领导", "财务", "财政部门"),
    )  # fmt: skip


def notice_letter(context: dict[str, Any]) -> Letter:
    """奖励通知书: handed to the reporter of a number, with the claim code apart from it."""
    amount = Decimal(context["amount"])
    months = context["rule"]["months"]
    limit = (
        f"请自收到本通知书之日起{months}个月内领取，逾期未领取的，视为放弃。"
        if months
        else "请于收到本通知书后及时领取。"
    )
    at = f"地点：{context['address']}。" if context["address"] else ""
    body = (
        Para(f"您提供的举报线索（举报编号：{context['report']}）经查证属实。根据{context['rule']['basis']}，"
             f"决定给予奖励{amount:,.2f}元（{in_capitals(amount)}）。"),
        Para(f"{limit}{at}"),
        Para("领取时请出示本通知书编号和16位领取码，签署领取凭证；经手人员不核对姓名。领取码由举报专员当面或按约定方式单独告知，"
             "请妥善保管，不向他人透露。"),
        Para("放弃领取的，可书面告知举报专员。"),
    )  # fmt: skip
    if context["text"]:
        body += (Para(context["text"]),)
    return Letter(
        issuer=context["issuer"], title="举报奖励通知书", date=_date(context),
        recipients=(f"{context['reward']}号举报人",), body=body, contact=context["contact"],
    )  # fmt: skip


def voucher_form(context: dict[str, Any]) -> Form:
    """领取凭证: checked by the claim code, signed with the number or a mark, kept by who pays.

    The house prints no account, which the opener alone knows: who wants it transferred writes it by hand.
    """
    amount = Decimal(context["amount"])
    if context.get("by_bank"):
        how = (
            ("领取方式", "经银行转账"),
            ("收款账户", "由银行按加密代发文件入账，本凭证不载户名、账号。"),
        )
        remark = "经银行转账的，不登记姓名、证件号码；付款以银行回单为凭。"
    else:
        how = (
            ("领取码核验", "□ 已核验"),
            ("领取方式", "□ 现金　□ 转账"),
            ("收款户名", "　"),
            ("开户银行", "　"),
            ("收款账号", "　"),
        )
        remark = (
            "凭领取码领取，不登记姓名、证件号码；领取人以编号或指印确认。"
            "收款户名、开户银行、账号限转账时由领取人本人填写。"
        )
    return Form(
        issuer=context["issuer"], title="举报奖励领取凭证", date=_date(context),
        fields=(
            ("奖励编号", context["reward"]),
            ("奖励依据", context["rule"]["basis"]),
            ("金额（小写）", f"{amount:,.2f}元"),
            ("金额（大写）", in_capitals(amount)),
            *how,
            ("付款凭证号", "　"),
            ("领取日期", "　　年　　月　　日"),
            ("放弃声明", "□ 本人自愿放弃领取上述奖励。"),
            ("说明", remark),
        ),
        signatures=("领取人确认", "付款人"),
    )  # fmt: skip


def certificate(context: dict[str, Any]) -> Certificate:
    """荣誉证书: 精神奖励 where the money would be below the threshold (C27)."""
    return Certificate(
        issuer=context["issuer"], title="荣誉证书", date=_date(context), recipient=f"{context['reward']}号举报人",
        body=(
            f"您举报的线索（编号：{context['report']}）经查证属实，为维护医疗保障基金安全作出了贡献。"
            f"根据{context['rule']['basis']}，给予精神奖励。",
        ),
    )  # fmt: skip


BUILDERS = {
    "reward_approval": approval_form,
    "reward_notice": notice_letter,
    "reward_voucher": voucher_form,
    "reward_certificate": certificate,
}
