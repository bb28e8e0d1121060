"""What this room prints: the letters between departments, as an official writes them (FACTS §3)."""

import datetime as dt
from decimal import Decimal

from core.dates import chinese_date
from core.money import in_capitals
from departments.enums import ReferralKind
from documents.letter import Annex, Form, Letter, Para, Table
from referrals.contexts import word

_NUMERALS = "一二三四五六七八九十"


def numeral(number: int) -> str:
    """一 … 十, 十一 …, 二十 … (1–99)."""
    tens, ones = divmod(number, 10)
    if not tens:
        return _NUMERALS[ones - 1]
    return ("" if tens == 1 else _NUMERALS[tens - 1]) + "十" + (_NUMERALS[ones - 1] if ones else "")


def _on(text: str | None) -> str:
    """A date in words; in the preview of a draft that lacks it, the room for it."""
    return chinese_date(dt.date.fromisoformat(text)) if text else "　　年　月　日"


def _paragraphs(text: str) -> tuple[Para, ...]:
    return tuple(Para(line.strip()) for line in text.splitlines() if line.strip())


def _numbered(sections: list[tuple[str, tuple[Para, ...]]]) -> tuple[Para, ...]:
    """一、heading, then its paragraphs, for each section that has any."""
    body: list[Para] = []
    filled = [(heading, paras) for heading, paras in sections if paras]
    for number, (heading, paras) in enumerate(filled, 1):
        body += [Para(heading=f"{numeral(number)}、{heading}"), *paras]
    return tuple(body)


def _objects(context: dict) -> tuple[Para, ...]:
    lines = []
    for subject in context["subjects"]:
        known = [f"统一社会信用代码：{subject['uscc']}"] if subject["uscc"] else []
        known += [f"地址：{subject['address']}"] if subject["address"] else []
        lines.append(Para(subject["name"] + (f"（{'，'.join(known)}）" if known else "") + "。"))
    return tuple(lines)


def _amount(context: dict) -> tuple[Para, ...]:
    if context["amount"] is None:
        return ()
    amount = Decimal(context["amount"])
    return (Para(f"{amount:,.2f}元（{in_capitals(amount)}）。"),)


def _annexes(context: dict) -> tuple[Annex, ...]:
    if not context["manifest"]:
        return ()
    head = ["序号", "材料名称", "份数", "页数", "来源", "校验码（前16位）", "备注"]
    widths = [0.08, 0.28, 0.08, 0.08, 0.14, 0.22, 0.12]
    rows = [
        [str(number), name, str(quantity), "" if pages is None else str(pages), *(origin or [""]), sha256[:16], remark]
        for number, (name, quantity, pages, sha256, remark, *origin) in enumerate(context["manifest"], 1)
    ]
    if not any(row[4] for row in rows):  # where nobody said where the files come from, there is no such column
        head, widths = [*head[:4], *head[5:]], [0.08, 0.36, 0.09, 0.09, 0.24, 0.14]
        rows = [[*row[:4], *row[5:]] for row in rows]
    table = Table(head=tuple(head), rows=tuple(map(tuple, rows)), widths=tuple(widths), right=(2, 3))
    return (Annex(title="证据材料清单", table=table),)


def _we(context: dict) -> str:
    return "我" + word(context["issuer"])


def _dispatch(context: dict, body: tuple[Para, ...]) -> Letter:
    return Letter(
        issuer=context["issuer"],
        title=context["title"],
        date=dt.date.fromisoformat(context["date"]),
        number=context.get("number", ""),
        recipients=(context["receiver"],),
        body=body,
        annexes=_annexes(context),
        contact=context["contact"],
        copies=tuple(context.get("copies", ())),
        keep=tuple(subject["name"] for subject in context["subjects"]),
    )


def _about(context: dict) -> str:
    return f"“{context['case_title']}”（{context['case_number']}）"


def _requirement(context: dict, answer: str) -> tuple[Para, ...]:
    you, we = "你" + context["receiver_word"], _we(context)
    text = f"请{you}收到本函后核对材料并签收，于{_on(context['limit_on'])}前将{answer}书面函复{we}。"
    return (Para(text), *_paragraphs(context["request"]))


def transfer_letter(context: dict) -> Letter:
    """案件线索移交函."""
    you, we = "你" + context["receiver_word"], _we(context)
    opening = Para(
        f"{we}在办理{_about(context)}过程中，发现有关问题属{you}职责范围。"
        f"根据{context['mechanism']}规定，现将线索及证据材料移交{you}，请依法处理。"
    )
    sections = [
        ("线索来源", (Para(f"{context['source']}。"),)),
        ("被反映对象", _objects(context)),
        ("涉嫌问题类别", (Para("、".join(context["categories"]) + "。"),) if context["categories"] else ()),
        ("主要事实", _paragraphs(context["facts"])),
        ("涉及金额", _amount(context)),
        ("办理要求", _requirement(context, "受理情况和办理结果")),
    ]
    return _dispatch(context, (opening, *_numbered(sections)))


def bulletin_letter(context: dict) -> Letter:
    """案情通报."""
    you = "你" + context["receiver_word"]
    opening = Para(f"根据{context['mechanism']}规定，现将{_about(context)}有关情况通报{you}。")
    asked = (
        _requirement(context, "办理情况")
        if context["limit_on"]
        else _paragraphs(context["request"]) or (Para(f"请{you}结合职责予以关注。"),)
    )
    sections = [
        ("涉及对象", _objects(context)),
        ("基本案情", _paragraphs(context["facts"])),
        ("涉及金额", _amount(context)),
        ("已查处情况", _paragraphs(context.get("handled", ""))),
        ("需协作事项", asked),
        ("知悉范围", _paragraphs(context.get("circle", ""))),
    ]
    return _dispatch(context, (opening, *_numbered(sections)))


def early_letter(context: dict) -> Letter:
    """提前介入商请函."""
    you, we = "你" + context["receiver_word"], _we(context)
    opening = Para(
        f"{we}正在办理{_about(context)}，案件性质一时难以界定。根据{context['mechanism']}规定，"
        f"商请{you}提前介入，共同组织调查处理。"
    )
    sections = [
        ("涉及对象", _objects(context)),
        ("基本案情", _paragraphs(context["facts"])),
        ("涉及金额", _amount(context)),
        ("性质难以界定之处", _paragraphs(context.get("unclear", ""))),
        ("商请事项", _requirement(context, "是否介入及人员安排")),
    ]
    return _dispatch(context, (opening, *_numbered(sections)))


def support_letter(context: dict) -> Letter:
    """技术支持告知函: the written notice within three working days of discovery, with its limit for the opinion."""
    you, we = "你" + context["receiver_word"], _we(context)
    opening = Para(
        f"{we}在办理{_about(context)}过程中，于{_on(context['discovered_on'])}发现认定相关违法事项需"
        f"{you}提供技术支持。根据{context['mechanism']}规定，现书面告知{you}，商请就以下事项出具书面意见："
    )
    last = len(context["questions"])
    questions = tuple(
        Para(f"{numeral(number)}、{text.rstrip('；;。.')}{'。' if number == last else '；'}")
        for number, text in enumerate(context["questions"], 1)
    )
    closing = (
        Para("有关情况如下："),
        *_paragraphs(context["facts"]),
        Para(f"请于{_on(context['limit_on'])}前出具书面意见或结论并函复{we}，作为依法处理的依据。"),
    )
    return _dispatch(context, (opening, *questions, *closing))


def _matter(context: dict) -> str:
    """关于移交…线索的函 → …线索: what the other letter was about, without what it did."""
    said = context["asked_title"].removeprefix("关于").removesuffix("函").removesuffix("的")
    for verb in ("移交", "转送", "商请", "请"):
        said = said.removeprefix(verb)
    return said


def _reply(context: dict, title: str, body: tuple[Para, ...]) -> Letter:
    return Letter(
        issuer=context["issuer"],
        title=title,
        date=dt.date.fromisoformat(context["date"]),
        number=context.get("number", ""),
        recipients=(context["receiver"],),
        body=body,
        contact=context["contact"],
    )


def answer_letter(context: dict) -> Letter:
    """复函."""
    you = "你" + context["receiver_word"]
    opening = Para(f"{you}《{context['asked_title']}》（{context['asked_number']}）收悉。经办理，现将结果函复如下：")
    body = (opening, *_paragraphs(context["text"]))
    if context["basis"]:
        body += (Para(f"处理依据：{context['basis'].rstrip('。')}。"),)
    if context["reservation"]:
        body += (Para(f"需说明的事项：{context['reservation'].rstrip('。')}。"),)
    return _reply(context, f"关于{_matter(context)}办理情况的复函", (*body, Para("专此函复。")))


def opinion_letter(context: dict) -> Letter:
    """书面意见: answers question by question, with basis, experts and reservations."""
    you, we = "你" + context["receiver_word"], _we(context)
    opening = Para(
        f"{you}《{context['asked_title']}》（{context['asked_number']}）收悉。经{we}组织研究，提出书面意见如下："
    )
    answers = [(question.rstrip("；;。."), _paragraphs(answer)) for question, answer in context["answers"]]
    sections = [*answers, ("综合意见", _paragraphs(context["text"]))]
    for heading, text in (
        ("意见依据", context["basis"]),
        ("参与研究的专家", context["experts"]),
        ("保留意见", context["reservation"]),
    ):
        sections.append((heading, _paragraphs(text)))
    return _reply(context, f"关于{_matter(context)}的书面意见", (opening, *_numbered(sections)))


def _result(context: dict) -> str:
    if context.get("kind") == ReferralKind.EARLY:
        return "同意介入" if context["accepted"] else "不介入"
    if not context["accepted"]:
        return f"不受理（{context['category']}）"
    return "部分受理，其余事项、材料退还来函机关（见下表）" if context.get("refused") else "受理"


def receipt(context: dict) -> Form:
    """移交回执."""
    checked = (
        "以送达证明确认收到"
        if context["proved"]
        else f"随函材料{context['items']}件，经逐件校验与清单一致"
        if context["items"]
        else "本函未附材料"
    )
    early = context.get("kind") == ReferralKind.EARLY
    fields = [
        ("来函机关", context["sender"]),
        ("来函文号", context["asked_number"]),
        ("来函标题", context["asked_title"]),
        ("收到日期", _on(context["received_on"])),
        ("接收人", context["received_by"]),
        *([("签收时间", f"{context['received_at']}（系统签收）")] if context.get("received_at") else []),
        *([("送达方式", context["received_how"])] if context.get("received_how") else []),
        ("材料核对", checked),
        ("处理结果", _result(context)),
    ]
    if context.get("supplied"):
        fields.insert(len(fields) - 1, ("补充材料", f"补充{context['supplied']}件，经逐件校验与清单一致"))
    if context["accepted"]:
        if context.get("number"):  # 受理文号: the receiver's own number of this receipt
            fields.append(("受理文号", context["number"]))
        fields.append(("承办人", context["handler"]))
        if context["limit_on"] and not early:
            fields.append(("办理期限", _on(context["limit_on"])))
    else:
        fields.append(("理由", context["reason"]))
    rest = tuple((str(number), *row) for number, row in enumerate(context.get("refused", ()), 1))
    tables = (Table(head=("序号", "不予受理的事项、材料", "理由"), rows=rest, widths=(0.1, 0.45, 0.45)),) if rest else ()
    return Form(
        issuer=context["issuer"],
        title="提前介入回执" if early else "移交回执",
        date=dt.date.fromisoformat(context["date"]),
        number=context.get("number", ""),
        fields=tuple(fields),
        tables=tables,
        signatures=("接收单位（盖章）",),
    )


def nature_opinion(context: dict) -> Letter:
    """定性意见: who took part, every department's view, what was recorded; dissent stands in it."""
    opening = Para(
        f"根据{context['mechanism']}规定，{_we(context)}商请有关部门提前介入{_about(context)}，共同组织调查。"
        f"现将案件定性意见通知如下。"
    )
    people = tuple(Para(f"{name}：{'、'.join(names)}。") for name, names in context["members"])
    views = tuple(
        Para(f"{name}认为，{text.rstrip('。')}。建议：{nature}。")
        for name, nature, text, _dissents in context["views"]
    )
    dissent = tuple(
        Para(f"{name}保留意见，认为应{nature}。" if nature != "不成立" else f"{name}保留意见，认为不成立。")
        for name, nature, _text, dissents in context["views"]
        if dissents
    )
    sections = [
        ("涉及对象", _objects(context)),
        ("需界定的问题", _paragraphs(context["unclear"])),
        ("参与部门及人员", people),
        ("各部门意见", views),
        ("定性意见", (*_paragraphs(context["reasons"]), Para(f"综上，本案按“{context['outcome']}”办理。"))),
        ("保留意见", dissent),
    ]
    return Letter(
        issuer=context["issuer"],
        title=f"关于{context['case_title'].removesuffix('线索').removesuffix('案')}案件定性的意见",
        date=dt.date.fromisoformat(context["date"]),
        number=context.get("number", ""),
        recipients=tuple(context["receivers"]),
        body=(opening, *_numbered(sections)),
        contact=context["contact"],
        keep=tuple(subject["name"] for subject in context["subjects"]),
    )


BUILDERS = {
    "transfer_letter": transfer_letter,
    "bulletin_letter": bulletin_letter,
    "early_letter": early_letter,
    "support_letter": support_letter,
    "answer": answer_letter,
    "opinion": opinion_letter,
    "referral_receipt": receipt,
    "nature_opinion": nature_opinion,
}
