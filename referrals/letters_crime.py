"""What is printed of a transfer of suspected crime (310号令, FACTS §3): the letter with its annexes, the lists, and what
the sender writes afterwards. What the police write: `letters_police`."""

import datetime as dt
from decimal import Decimal

from core.dates import chinese_date
from core.money import in_capitals
from documents.letter import Annex, Form, Letter, Para, Table
from referrals.contexts import word
from referrals.letters import _numbered as numbered
from referrals.letters import _on as on_day
from referrals.letters import _paragraphs as paragraphs

RULES = "《行政执法机关移送涉嫌犯罪案件的规定》"
_ITEMS = ("序号", "名称", "规格", "数量", "页数", "来源", "备注")
_FILES = ("序号", "类别", "材料名称", "页数", "校验码（前16位）", "备注")


def paper_date(context: dict) -> dt.date:
    return dt.date.fromisoformat(context["date"])


def we(context: dict) -> str:
    return "我" + word(context["issuer"])


def you(context: dict) -> str:
    return "你" + context["receiver_word"]


def _pages(pages: int | None) -> str:
    return "" if pages is None else str(pages)


def _item_table(items: list) -> Table:
    rows = tuple(
        (str(number), name, specification, quantity, _pages(pages), source, remark)
        for number, (name, specification, quantity, pages, source, remark) in enumerate(items, 1)
    )
    return Table(head=_ITEMS, rows=rows, widths=(0.08, 0.22, 0.13, 0.12, 0.11, 0.18, 0.16), right=(4,))


def _file_table(files: list) -> Table:
    rows = tuple(
        (str(number), kind, name, _pages(pages), sha256[:16], remark)
        for number, (kind, name, pages, sha256, remark) in enumerate(files, 1)
    )
    return Table(head=_FILES, rows=rows, widths=(0.08, 0.2, 0.28, 0.09, 0.2, 0.15), right=(3,))


def _annexes(context: dict) -> tuple[Annex, ...]:
    found = [Annex(title="移送材料清单", table=_file_table(context["attachments"]))]
    if context["items"]:
        found.insert(0, Annex(title="涉案物品清单", table=_item_table(context["items"])))
    return tuple(found)


def _suspects(context: dict) -> tuple[Para, ...]:
    lines = []
    for suspect in context["suspects"]:
        known = [f"统一社会信用代码：{suspect['uscc']}"] if suspect["uscc"] else []
        known += [f"地址：{suspect['address']}"] if suspect["address"] else []
        lines.append(Para(suspect["name"] + (f"（{'，'.join(known)}）" if known else "") + "。"))
    if context["others"]:
        lines.append(Para(f"其他涉案人员：{context['others'].rstrip('。')}。"))
    return tuple(lines)


def _amount(context: dict) -> str:
    amount = Decimal(context["amount"])
    kind = "查实金额" if context["amount_verified"] else "涉嫌金额"
    return f"{kind}{amount:,.2f}元（{in_capitals(amount)}）"


def _officers(context: dict) -> str:
    return "、".join(f"{name}（执法证号：{certificate}）" for name, certificate in context["officers"])


def crime_letter(context: dict) -> Letter:
    """涉嫌犯罪案件移送书."""
    opening = Para(
        f"{we(context)}在查办“{context['case_title']}”（{context['case_number']}）过程中，于{on_day(context['found_on'])}"
        f"发现当事人的行为涉嫌构成{context['crime']}。根据{context['article']}和{RULES}第三条、第五条的规定，"
        f"现将该案移送{you(context)}依法处理。"
    )
    approval = (
        f"本案由{_officers(context)}核实情况并提出书面报告，经本机关主要负责人{context['approved_by']}于"
        f"{context['approved_at']}批准移送。"
        if context["approved_by"]
        else f"本案由{_officers(context)}核实情况并提出书面报告。"
    )
    asked = (
        f"请{you(context)}在移送书回执上签字，自接受之日起{context['limit']}内依法审查，作出立案或者不予立案的决定并书面通知"
        f"{we(context)}；决定不予立案的，请说明理由并退回案卷材料。"
    )
    sections = [
        ("当事人", _suspects(context)),
        ("案由", (Para(f"涉嫌{context['crime']}（{context['article']}）。"),)),
        ("违法事实", paragraphs(context["facts"])),
        ("涉案金额", (Para(_amount(context) + "。"),)),
        ("已采取的措施", paragraphs(context["measures"])),  # nothing entered, nothing said
        ("承办与批准", (Para(approval),)),
        ("移送要求", (Para(asked),)),
    ]
    return Letter(
        issuer=context["issuer"],
        title="涉嫌犯罪案件移送书",
        date=paper_date(context),
        number=context.get("number", ""),
        recipients=(context["receiver"],),
        body=(opening, *numbered(sections)),
        annexes=_annexes(context),
        contact=context["contact"],
        copies=(context["copy_to"],),
    )


def crime_approval(context: dict) -> Form:
    """涉嫌犯罪案件移送审批表: report and decision of the head, also where nothing is transferred."""
    names = [suspect["name"] for suspect in context["suspects"]] + [context["others"]]
    suspects = "；".join(name for name in names if name)
    fields = [
        ("案件编号", context["case_number"]),
        ("发现日期", on_day(context["found_on"])),
        ("案件名称", context["case_title"]),
        ("当事人", suspects),
        ("涉嫌罪名", context["crime"]),
        ("法律条款", context["article"]),
        ("涉案金额", _amount(context)),
        ("违法事实", context["facts"]),
        *([("已采取措施", context["measures"])] if context["measures"] else []),
        ("执法人员", _officers(context)),
        ("书面报告", context["report"]),
        ("报告时间", context["reported_at"]),
        ("决定时间", context["decided_at"]),
        ("主要负责人", context["decided_by"]),
        ("决定", "批准移送" if context["approved"] else "不批准移送"),
        ("理由", context["decision"]),
    ]
    return Form(
        issuer=context["issuer"],
        title="涉嫌犯罪案件移送审批表",
        date=paper_date(context),
        number=context.get("number", ""),
        fields=tuple(fields),
        tables=(_file_table(context["attachments"]),),
        signatures=("执法人员（签名）", "主要负责人（签名）"),
    )


def crime_list(context: dict) -> Form:
    """涉案物品、材料清单, handed over with the letter."""
    tables = [_file_table(context["attachments"])]
    if context["items"]:
        tables.insert(0, _item_table(context["items"]))
    return Form(
        issuer=context["issuer"],
        title="涉嫌犯罪案件移送物品、材料清单",
        date=paper_date(context),
        number=context.get("number", ""),
        fields=(("案由", context["about"]), ("移送书文号", context["asked_number"]), ("移送人", _officers(context))),
        tables=tuple(tables),
        signatures=("移送人（签名）", "接收人（签名）"),
    )


def reply(context: dict, title: str, *body: Para, **more: object) -> Letter:
    return Letter(
        issuer=context["issuer"],
        title=title,
        date=paper_date(context),
        number=context.get("number", ""),
        recipients=(context["receiver"],),
        body=body,
        **more,  # type: ignore[arg-type]  # names and types of Letter
    )


def received(context: dict) -> str:
    return f"{you(context)}移送的{context['about']}（{context['asked_number']}）收悉。"


def crime_completion(context: dict) -> Letter:
    """补正材料函."""
    return reply(
        context,
        f"关于补正{context['about']}移送材料的函",
        Para(f"{you(context)}《补正材料通知书》" + (f"（{context['notice']}）" if context["notice"] else "") + "收悉。"),
        Para("所列材料现已补正，随函移送，清单附后，请查收。"),
        *paragraphs(context["remark"]),
        annexes=(Annex(title="补正材料清单", table=_file_table(context["files"])),),
        contact=context["contact"],
    )


def _against(context: dict) -> str:
    paper = "复议决定" if context["against_upheld"] else "不予立案决定"
    number = f"（{context['against_number']}）" if context["against_number"] else ""
    return f"{paper}{number}，{we(context)}于{on_day(context['against_on'])}收到"


def crime_reconsider(context: dict) -> Letter:
    """提请复议书."""
    return reply(
        context,
        f"关于{context['about']}提请复议的函",
        Para(f"{you(context)}对{we(context)}移送的{context['about']}（{context['asked_number']}）作出{_against(context)}。"),
        Para(f"{we(context)}认为该案应当立案，理由如下："),
        *paragraphs(context["reason"]),
        Para(f"根据{RULES}第九条的规定，现提请{you(context)}复议，请自收到本函之日起{context['limit']}内作出复议决定并书面通知{we(context)}。"),
        contact=context["contact"],
    )


def crime_supervision(context: dict) -> Letter:
    """立案监督建议书."""
    return reply(
        context,
        f"关于{context['about']}建议立案监督的函",
        Para(
            f"{we(context)}向{context['police']}移送的{context['about']}（{context['asked_number']}），"
            f"该机关作出{_against(context)}。"
        ),
        Para(f"{we(context)}认为该案应当立案，理由如下："),
        *paragraphs(context["reason"]),
        Para(f"根据{RULES}第九条的规定，建议{you(context)}依法进行立案监督。"),
        contact=context["contact"],
    )


def crime_property(context: dict) -> Form:
    """涉案物品、材料移交清单 after filing."""
    tables = [_file_table(context["attachments"])]
    if context["items"]:
        tables.insert(0, _item_table(context["items"]))
    fields = [
        ("案由", context["about"]),
        ("移送书文号", context["asked_number"]),
        ("移交日期", chinese_date(paper_date(context))),
        ("移交人", _officers(context)),
        ("接收人", context["taken_by"]),
    ]
    if context["none_reason"]:
        fields.append(("无涉案物品的说明", context["none_reason"]))
    return Form(
        issuer=context["issuer"],
        title="涉案物品、材料移交清单",
        date=paper_date(context),
        number=context.get("number", ""),
        fields=tuple(fields),
        tables=tuple(tables),
        signatures=("移交人（签名）", "接收人（签名）"),
    )


BUILDERS = {
    "crime_letter": crime_letter,
    "crime_approval": crime_approval,
    "crime_list": crime_list,
    "crime_completion": crime_completion,
    "crime_reconsider": crime_reconsider,
    "crime_supervision": crime_supervision,
    "crime_property": crime_property,
}
