"""What is printed between receipt and decision: 补正函 and what answers it."""

import datetime as dt

from core.dates import chinese_date
from documents.letter import Annex, Letter, Para
from referrals.contexts import word
from referrals.letters import _amount as amount
from referrals.letters import _annexes as annexes
from referrals.letters import _matter as matter
from referrals.letters import _numbered as numbered
from referrals.letters import _objects as objects
from referrals.letters import _paragraphs as paragraphs


def on(text: str) -> str:
    """2026-11-19 as 2026年11月19日."""
    return chinese_date(dt.date.fromisoformat(text))


def we_and_you(context: dict) -> tuple[str, str]:
    return "我" + word(context["issuer"]), "你" + context["receiver_word"]


def letter(
    context: dict, title: str, body: tuple[Para, ...], *, more: tuple[Annex, ...] = (), copies=()
) -> Letter:
    return Letter(
        issuer=context["issuer"],
        title=title,
        date=dt.date.fromisoformat(context["date"]),
        number=context.get("number", ""),
        recipients=(context["receiver"],),
        body=body,
        annexes=more,
        contact=context["contact"],
        copies=tuple(copies),
    )


def return_letter(context: dict) -> Letter:
    """退回函: which letter, why, and what becomes of its material."""
    we, you = we_and_you(context)
    items = f"所附材料{context['items']}件一并退回，{we}不再查阅。" if context["items"] else ""
    body = (
        Para(
            f"{you}《{context['asked_title']}》（{context['asked_number']}）收悉。经审核，{we}不予受理"
            f"（{context['category']}），现予退回。{items}"
        ),
        Para("退回理由：" + context["reason"]),
        Para("专此函告。"),
    )
    return letter(context, f"关于退回{matter(context)}的函", body)


def completion_letter(context: dict) -> Letter:
    """补正函."""
    we, you = we_and_you(context)
    pause = f"补充材料期间，{we}办理期限暂停计算。" if context["paused"] else ""
    body = (
        Para(
            f"{you}《{context['asked_title']}》（{context['asked_number']}）收悉。经审核，尚需补充下列材料或者说明："
        ),
        *paragraphs(context["missing"]),
        Para(f"请{you}于{on(context['due_on'])}前补送{we}。{pause}"),
    )
    return letter(context, f"关于商请补充{matter(context)}有关材料的函", body)


def supply_letter(context: dict) -> Letter:
    """补充材料函, with the added lines."""
    we, you = we_and_you(context)
    asked = f"（{context['completion_number']}）" if context["completion_number"] else ""
    what = "，现将补充材料随函移交，请查收" if context["manifest"] else "，现说明如下"
    body = (
        Para(
            f"{you}关于补充材料的函{asked}收悉。"
            f"{we}《{context['asked_title']}》（{context['asked_number']}）有关材料已补充完善{what}。"
        ),
        *paragraphs(context["note"]),
    )
    return letter(context, f"关于补充{matter(context)}有关材料的复函", body, more=annexes(context))


def forward_letter(context: dict) -> Letter:
    """转送函, to the department with power; the sender of the letter has a copy and waits for the answer."""
    we, you = we_and_you(context)
    opening = Para(
        f"{context['asked_by']}《{context['asked_title']}》（{context['asked_number']}）移交{we}。经审核，所反映的问题"
        f"属{you}职责范围。根据{context['mechanism']}规定，现将线索及证据材料转送{you}，请依法处理。"
    )
    duty = (
        f"请{you}收到本函后核对材料并签收，于{on(context['limit_on'])}前将受理情况和办理结果书面函复"
        f"{context['asked_by']}。"
    )
    sections = [
        ("转送理由", paragraphs(context["request"])),
        ("被反映对象", objects(context)),
        ("主要事实", paragraphs(context["facts"])),
        ("涉及金额", amount(context)),
        ("办理要求", (Para(duty),)),
    ]
    return letter(
        context, context["title"], (opening, *numbered(sections)), more=annexes(context), copies=(context["asked_by"],)
    )


def supervision_letter(context: dict) -> Letter:
    """督办函."""
    you = "你" + context["receiver_word"]
    again = f"（第{context['times']}次督办）" if context["times"] > 1 else ""
    case = f"，案件编号{context['case_number']}" if context["case_number"] else ""  # a data comparison has none
    matter_ = f"{context['sender']}{context['kind']}函件（{context['asked_number']}{case}）"
    body = (
        Para(f"{matter_}应由{you}于{on(context['due_on'])}前完成{context['duty']}，"
             f"截至目前已超期{context['days_late']}个工作日。现予督办{again}。"),
        Para(heading="一、督办要求"),
        *paragraphs(context["demand"]),
        Para(heading="二、回复期限"),
        Para(f"请{you}于{on(context['reply_on'])}前将办理进展、超期原因和完成时间书面回复我办。"),
    )  # fmt: skip
    return letter(context, f"关于督办{context['kind']}办理事项的函", body)


BUILDERS = {
    "return_letter": return_letter,
    "completion_letter": completion_letter,
    "supply_letter": supply_letter,
    "forward_letter": forward_letter,
    "supervision_letter": supervision_letter,
}
