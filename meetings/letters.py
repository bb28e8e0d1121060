"""What this room prints: 征集议题函, 联席会议通知 (信函) and 签到表 (FACTS §3). 纪要 stands in `minutes_paper`."""

import datetime as dt
from typing import Any

from core.dates import chinese_date
from documents.letter import Form, Letter, Para, Table

NUMERALS = "零一二三四五六七八九"


def numeral(number: int) -> str:
    """1 → 一, 12 → 十二, 40 → 四十, 101 → 一百零一, 110 → 一百一十; from 1 to 999."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    said = f"{NUMERALS[hundreds]}百" if hundreds else ""
    if tens:
        said += ("" if tens == 1 and not hundreds else NUMERALS[tens]) + "十"
    elif hundreds and ones:
        said += "零"
    return said + (NUMERALS[ones] if ones else "")


def _topic(number: int, topic: dict[str, Any]) -> Para:
    by = f"（{topic['department']}）" if topic["department"] else ""
    merged = f"（并入研究：{'；'.join(topic['merged'])}）" if topic["merged"] else ""
    return Para(f"{topic['title']}{by}{merged}。", heading=f"{number}. ", level=3)


def notice_letter(context: dict[str, Any]) -> Letter:
    """联席会议通知: when, where, what, who, what to bring (FACTS §3)."""
    opening = "根据医疗保障领域协作联动工作机制，"
    if context["again"]:
        opening = f"因{context['reason'].rstrip('。')}，{context['before']}通知的会议时间、地点调整。"
    elif context["occasion"]:
        opening += f"因{context['occasion'].rstrip('。')}，"
    body = [
        Para(f"{opening}定于{context['when']}召开{context['title']}。现将有关事项通知如下："),
        Para(heading="一、会议时间", level=1), Para(f"{context['when']}。"),
        Para(heading="二、会议地点", level=1), Para(f"{context['place']}。"),
        Para(heading="三、会议议题", level=1),
        *(_topic(number, topic) for number, topic in enumerate(context["topics"], 1)),
        Para(heading="四、参会人员", level=1),
        Para(f"{'、'.join(context['members'])}分管负责同志。"),
    ]  # fmt: skip
    if context["observers"]:
        body.append(Para(f"请{'、'.join(context['observers'])}派员列席。"))
    if context["chair"]:
        body.append(Para(f"会议由{context['chair']}主持。"))
    body += [
        Para(heading="五、有关要求", level=1),
        Para(
            "请各单位在收到通知后确认参会人员；因故不能参会的，应当说明理由请假，并可委派其他负责同志参会。"
        ),
    ]
    if context["requirements"]:
        body.append(Para(f"{context['requirements'].rstrip('。')}。"))
    phone = f"，电话：{context['phone']}" if context["phone"] else ""
    return Letter(
        issuer=context["issuer"], title=f"关于召开{context['title']}的通知", date=dt.date.fromisoformat(context["date"]),
        recipients=(*context["members"], *context["observers"]), body=tuple(body),
        contact=f"联系人：{context['contact']}{phone}", urgency="特急" if context["urgent"] else "",
        keep=(context["title"],),
    )  # fmt: skip


def topics_letter(context: dict[str, Any]) -> Letter:
    """征集议题函 to the members that do not work here; the others are asked on their pages."""
    until = chinese_date(dt.date.fromisoformat(context["until"]))
    phone = f"，电话：{context['phone']}" if context["phone"] else ""
    return Letter(
        issuer=context["issuer"], title=f"关于征集{context['title']}议题的函",
        date=dt.date.fromisoformat(context["date"]), recipients=tuple(context["to"]), keep=(context["title"],),
        body=(
            Para(
                f"根据医疗保障领域协作联动机制，拟召开{context['title']}。请围绕通报总结、研究问题、会商大要案、专项行动四类事项"
                f"提出议题，于{until}前书面报送，并附议题材料；没有议题的，请书面说明。"
            ),
            Para("专此函达。"),
        ),
        contact=f"联系人：{context['contact']}{phone}",
    )  # fmt: skip


def sign_in_sheet(context: dict[str, Any]) -> Form:
    """签到表: 单位, 姓名, 职务, 签名, 电话; blank lines for who came unannounced."""
    rows = [(unit, name, job, "", "", kind) for unit, name, job, kind in context["rows"]]
    rows += [("　", "", "", "", "", "")] * 3
    return Form(
        issuer=context["issuer"], title=f"{context['title']}签到表", date=dt.date.fromisoformat(context["date"]),
        fields=(("时间", context["when"]), ("地点", context["place"]), ("主持人", context["chair"])),
        tables=(
            Table(
                head=("单位", "姓名", "职务", "签名", "电话", "备注"), rows=tuple(rows),
                widths=(34, 12, 16, 16, 14, 8),
            ),
        ),
    )  # fmt: skip


def booklet(context: dict[str, Any]) -> Form:
    """会议材料: the agenda in its order, who brings each topic, and the material that lies on the table for it."""
    rows = [
        (str(number), f"{topic['title']}{merged}", topic["department"], "；".join(topic["materials"]) or "—")
        for number, topic in enumerate(context["topics"], 1)
        for merged in [f"（并入研究：{'；'.join(topic['merged'])}）" if topic["merged"] else ""]
    ]
    return Form(
        issuer=context["issuer"], title=f"{context['title']}材料", date=dt.date.fromisoformat(context["date"]),
        fields=(
            ("时间", context["when"]), ("地点", context["place"]), ("主持人", context["chair"]),
            ("参会单位", "、".join(context["units"])),
        ),
        tables=(Table(head=("序号", "议题", "提交单位", "材料"), rows=tuple(rows), widths=(8, 42, 22, 28)),),
    )  # fmt: skip


BUILDERS = {"meeting_notice": notice_letter}
