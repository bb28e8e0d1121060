"""协查函: the request to the bureau of another place (令4号 art. 34; E45)."""

import datetime as dt
from decimal import Decimal

from documents.letter import Letter, Para
from referrals.letters import _annexes, _numbered, _on, _paragraphs, _we


def _stay(context: dict) -> tuple[Para, ...]:
    stay = context["stay"]
    if stay is None:
        return ()
    until = f"至{_on(stay['discharged_on'])}" if stay["discharged_on"] else "起"
    cost = Decimal(stay["cost"])
    who = f"参保人员{stay['patient_name']}（公民身份号码：{stay['patient_number']}），" if stay.get("patient_name") else ""
    return (
        Para(f"{who}{stay['place']}{stay['hospital']}，住院时间为{_on(stay['admitted_on'])}{until}，住院总费用{cost:,.2f}元。"),
    )


def assist_letter(context: dict) -> Letter:
    """协查函."""
    you, we = "你" + context["receiver_word"], _we(context)
    sections = [
        ("住院情况", _stay(context)),
        ("基本情况", _paragraphs(context["facts"])),
        ("协查事项", _paragraphs(context["request"])),
    ]
    body = (
        Para(f"{we}在办理医疗保障基金监管案件过程中，需{you}协助核查有关异地就医情况，现函商如下："),
        *_numbered(sections),
        Para(f"请{you}自收到本函之日起15日内将协查结果函复{we}；不能按期完成的，请及时告知并说明原因。"),
        Para("涉及参保人员身份信息的材料请妥善保管，仅用于本次协查。"),
    )
    return Letter(
        issuer=context["issuer"],
        title=context["title"],
        date=dt.date.fromisoformat(context["date"]),
        number=context.get("number", ""),
        recipients=(context["receiver"],),
        body=body,
        annexes=_annexes(context),
        contact=context["contact"],
        keep=(context["stay"]["hospital"],) if context["stay"] else (),
    )


BUILDERS = {"assist": assist_letter}
