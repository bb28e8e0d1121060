"""What is printed between receipt and decision: 补正函 and what answers it."""

import datetime as dt

from core.dates import chinese_date
from documents.letter import Annex, Letter, Para
from referrals.contexts import word
from referrals.letters import _annexes as annexes
from referrals.letters import _matter as matter
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
    return letter(context, f"关于请补充{matter(context)}有关材料的函", body)


def supply_letter(context: dict) -> Letter:
    """补充材料函, with the added lines."""
    we, you = we_and_you(context)
    what = "，现将补充材料随函移交，请查收" if context["manifest"] else "，现说明如下"
    body = (
        Para(
            f"{you}关于补充材料的函（{context['completion_number']}）收悉。"
            f"{we}《{context['asked_title']}》（{context['asked_number']}）有关材料已补充完善{what}。"
        ),
        *paragraphs(context["note"]),
    )
    return letter(context, f"关于补充{matter(context)}有关材料的复函", body, more=annexes(context))


BUILDERS = {"completion_letter": completion_letter, "supply_letter": supply_letter}
