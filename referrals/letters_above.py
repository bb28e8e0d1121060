"""The letters to the body of a task: 报告 or 复函, 延期报告的请示函, 提级移交函 (FACTS §3)."""

import datetime as dt

from documents.letter import Annex, Letter, Para, Table
from referrals.enums_above import TaskKind
from referrals.letters import _annexes, _numbered, _on, _paragraphs, _we


def _asked(context: dict) -> str:
    return f"《{context['asked_subject']}》（{context['asked_number']}）"


def _letter(context: dict, body: tuple[Para, ...], annexes: tuple[Annex, ...] = ()) -> Letter:
    return Letter(
        issuer=context["issuer"],
        title=context["title"],
        date=dt.date.fromisoformat(context["date"]),
        number=context.get("number", ""),
        recipients=(context["receiver"],),
        body=body,
        annexes=annexes,
        contact=context["contact"],
    )


def _case_list(context: dict) -> tuple[Annex, ...]:
    if not context["cases"]:
        return ()
    rows = tuple(
        (str(number), *case) for number, case in enumerate((tuple(line) for line in context["cases"]), 1)
    )
    table = Table(
        head=("序号", "案件编号", "案件名称", "核查结论", "说明"), rows=rows, widths=(0.08, 0.2, 0.34, 0.14, 0.24)
    )
    return (Annex(title="有关案件办理情况表", table=table),)


def report_letter(context: dict) -> Letter:
    """办理情况报告 to a higher level, 复函 to another place."""
    you, we = "你" + context["receiver_word"], _we(context)
    if context["task_kind"] == TaskKind.ASSIST:
        opening = Para(f"{you}{_asked(context)}收悉。经协查，现将有关情况函复如下：")
        closing = Para("专此函复。")
    else:
        opening = Para(
            f"{_asked(context)}收悉，{we}于{_on(context['received_on'])}收到后即组织办理。现将办理情况报告如下："
        )
        closing = Para("特此报告。")
    summed = _cases_in_words(context)
    body = (opening, *_numbered([("办理情况", _paragraphs(context["text"])), ("有关案件", summed)]), closing)
    return _letter(context, body, _case_list(context))


def _cases_in_words(context: dict) -> tuple[Para, ...]:
    if not context["cases"]:
        return ()
    return (Para(f"本事项涉及案件{len(context['cases'])}件，逐件情况见附件。"),)


def delay_letter(context: dict) -> Letter:
    """延期报告的请示: asks the body for a later date; the old one holds until it agrees."""
    you, we = "你" + context["receiver_word"], _we(context)
    body = (
        Para(f"{_asked(context)}要求于{_on(context['due_on'])}前报告办理情况。{we}办理中遇有以下情况："),
        *_paragraphs(context["text"]),
        Para(f"为此，申请将报告时限延至{_on(context['new_on'])}。妥否，请{you}函复。"),
    )
    return _letter(context, body)


def handover_letter(context: dict) -> Letter:
    """提级移交函: hands a case that the higher level takes up over, with the list of its files."""
    you, we = "你" + context["receiver_word"], _we(context)
    numbers = "、".join(case[0] for case in context["cases"])
    effect = "终止办理" if context["ended"] else "中止办理"
    body = (
        Para(f"根据{_asked(context)}，{numbers}由{you}提级办理。现将案件及有关材料移交{you}。"),
        *_numbered(
            [
                ("案件办理情况", _paragraphs(context["text"])),
                ("本级办理", (Para(f"自本函发出之日起，{we}对上述案件{effect}，有关时限相应处理。"),)),
            ]
        ),
        Para("请核对材料清单后签收。"),
    )
    return _letter(context, body, _annexes(context))


BUILDERS = {"task_report": report_letter, "task_delay": delay_letter, "task_hand": handover_letter}
