"""What this room prints (FACTS §3): 审批表, 通知书, 现场检查笔录 (also blank), 汇总."""

import datetime as dt
from typing import Any

from documents.letter import Annex, Form, Letter, Para, Table

TEAM = ("序号", "姓名", "单位", "职责", "执法证号")
TEAM_WIDTHS = (8, 14, 36, 16, 26)


def _numbered(rows: list[list[str]]) -> tuple[tuple[str, ...], ...]:
    return tuple((str(number), *row) for number, row in enumerate(rows, 1))


def _date(context: dict[str, Any]) -> dt.date:
    return dt.date.fromisoformat(context["date"])


def _source(context: dict[str, Any]) -> str:
    number = f"（{context['source_number']}）" if context["source_number"] else ""
    return context["source"] + number


def _over(context: dict[str, Any]) -> str:
    over = context.get("over")  # papers frozen before caps were kept have none
    return f"超过年度检查次数上限的：{'、'.join(over)}。" if over else "未超过年度检查次数上限。" if over == [] else ""


def approval_form(context: dict[str, Any]) -> Form:
    """联合检查审批表, signed in the system by another than who drafted it."""
    fields = [
        ("检查名称", context["name"]), ("检查编号", context["number_of_plan"]), ("检查类型", context["kind"]),
        ("任务来源", _source(context)), ("检查依据", context["basis"]), ("启动条件", context["start_condition"]),
        ("牵头单位", context["lead"]),
        ("联合检查", "、".join(context["inspecting"]) or "无"), ("配合单位", "、".join(context["supporting"]) or "无"),
        ("检查时间", context["days"]), ("重点环节", context["key_areas"]), ("检查内容", context["content"]),
        ("部门分工", context["division"] or "无"),
        ("通知方式", "提前送达检查通知书" if context["announced"] else "不发通知、不打招呼，直奔现场"),
        ("频次核对", f"本次检查{'计入' if context['counted'] else '不计入'}{context['year']}年度检查频次，"
                     "各对象本年已检查次数见下表。" + _over(context)),
        ("承办人", context["drafter"]), ("提请审批人", context["submitter"]),
        ("审批意见", f"{context['opinion']}\n批准人：{context['signer']}　{context['signer_title']}　{context['date']}"),
    ]  # fmt: skip
    targets = Table(
        head=("序号", "检查对象", "统一社会信用代码", "选取理由", "计入频次", "不计频次"),
        rows=_numbered(context["targets"]),
        widths=(8, 27, 31, 16, 9, 9), right=(4, 5),
    )  # fmt: skip
    team = Table(head=TEAM, rows=_numbered(context["team"]), widths=TEAM_WIDTHS)
    return Form(
        issuer=context["issuer"],
        title="联合检查审批表",
        date=_date(context),
        fields=tuple(fields),
        tables=(targets, team),
    )


def notice_letter(context: dict[str, Any]) -> Letter:
    """检查通知书 to one target, with the team in an annex."""
    phone = f"，电话：{context['phone']}" if context["phone"] else ""
    opening = "检查时间有调整，以本通知为准。" if context["put_off"] else ""  # why stays inside
    others = "、".join([*context["inspecting"], *context["supporting"]])
    body = (
        Para(f"{opening}根据{context['basis'].rstrip('。')}，我单位"
             f"{f'会同{others}' if others else ''}定于{context['days']}对你单位开展{context['kind']}。"
             "现将有关事项通知如下："),
        Para(heading="一、检查内容", level=1),
        *(Para(line.strip()) for line in context["content"].splitlines() if line.strip()),
        Para(f"重点环节：{context['key_areas'].rstrip('。')}。"),
        Para(heading="二、检查人员", level=1),
        Para("检查人员名单见附件。检查人员不少于两人，到场时将主动出示执法证件；未出示执法证件的，你单位有权拒绝检查。"),
        Para(heading="三、有关事项", level=1),
        Para("请安排熟悉情况的人员到场，如实提供有关资料，配合检查。认为检查人员与你单位有直接利害关系或者有其他关系可能影响公正"
             "执法的，可以申请回避。你单位对检查情况有陈述、申辩的权利。"),
    )  # fmt: skip
    annex = Annex(
        title="检查人员名单", table=Table(head=TEAM, rows=_numbered(context["team"]), widths=TEAM_WIDTHS)
    )
    return Letter(
        issuer=context["issuer"], title=f"关于开展{context['name']}的通知书", date=_date(context),
        recipients=(context["to"],), body=body, annexes=(annex,), contact=f"联系人：{context['contact']}{phone}",
        keep=(context["name"],),
    )  # fmt: skip


def taking_back_letter(context: dict[str, Any]) -> Letter:
    """撤回检查通知的函: the inspection is put off, called off, or leaves this target out."""
    phone = f"，电话：{context['phone']}" if context["phone"] else ""
    number = f"（{context['notice']}）" if context["notice"] else ""
    said = {
        "postponed": f"现改于{context['days']}开展。原通知书自本通知送达之日起收回，具体安排以另行送达的检查通知书为准。",
        "cancelled": "现决定不再开展。原通知书自本通知送达之日起收回。",
        "left_out": "现不再对你单位开展。原通知书自本通知送达之日起收回。",
    }[context["why"]]
    verb = {"postponed": "调整", "cancelled": "取消", "left_out": "取消"}[context["why"]]
    title = f"关于{verb}{context['name']}{'时间' if verb == '调整' else ''}的通知"
    return Letter(
        issuer=context["issuer"], title=title, date=_date(context), recipients=(context["to"],),
        body=(
            Para(f"我单位此前以《关于开展{context['name']}的通知书》{number}通知你单位的检查，{said}"), Para("特此通知。"),
        ),
        contact=f"联系人：{context['contact']}{phone}", keep=(context["name"],),
    )  # fmt: skip


def record_form(context: dict[str, Any]) -> Form:
    """现场检查笔录, to be read out and signed on paper by both sides; blank ones leave room to write."""
    blank = context["blank"]
    fields = [
        ("检查名称", context["name"]), ("检查编号", context["number_of_plan"]),
        ("被检查单位", context["subject"]), ("信用代码", context["uscc"]), ("检查时间", context["when"]),
        ("检查地点", context["place"]), ("检查依据", context["basis"]),
        ("检查人员", "\n".join(context["officers"])), ("被检查单位在场人员", context["party"] or "　\n　"),
        ("告知事项", "检查人员已出示执法证件，说明来意，并告知被检查单位有权申请回避，有如实回答询问、协助检查的义务，"
                     "有陈述、申辩的权利。"),
        ("现场情况", context["situation"] or "\n".join("　" * 1 for _line in range(12))),
    ]  # fmt: skip
    if context["words"]:
        fields.append(("被检查单位意见", context["words"]))
    tables = []
    if context["items"]:
        tables.append(Table(
            head=("序号", "单位", "检查事项", "结果", "说明"), rows=_numbered(context["items"]), widths=(8, 16, 40, 16, 20)
        ))  # fmt: skip
    findings = [tuple(row) for row in context["findings"]]
    if blank:
        findings = [("　\n　", "", "", "", "")] * 4
    if findings:
        tables.append(Table(
            head=("问题", "类别", "事实", "证据", "金额（元）"), rows=tuple(findings), widths=(9, 17, 36, 20, 18), right=(4,)
        ))  # fmt: skip
    return Form(
        issuer=context["issuer"], title="现场检查笔录", date=_date(context), fields=tuple(fields), tables=tuple(tables),
        signatures=("被检查单位意见及签名", "检查人员", "拒绝签名的事由及见证人签名"),
    )  # fmt: skip


def summary_form(context: dict[str, Any]) -> Form:
    """联合检查情况汇总表, numbered when the inspection is closed."""
    fields = (
        ("检查名称", context["name"]), ("检查编号", context["number_of_plan"]), ("检查类型", context["kind"]),
        ("牵头单位", context["lead"]), ("联合检查", "、".join(context["inspecting"]) or "无"),
        ("配合单位", "、".join(context["supporting"]) or "无"), ("检查时间", context["days"]),
        ("检查情况", context["text"]),
    )  # fmt: skip
    tables = [
        Table(head=("序号", "检查对象", "检查日期", "笔录文号", "签名"), rows=_numbered(context["visits"]),
              widths=(8, 30, 18, 30, 14)),
    ]  # fmt: skip
    if context["findings"]:
        tables.append(Table(
            head=("问题", "对象", "类别", "事实", "金额（元）", "去向"),
            rows=tuple(tuple(row) for row in context["findings"]),
            widths=(8, 17, 13, 25, 18, 19), right=(4,),
        ))  # fmt: skip
    tables.append(Table(head=("序号", "签署单位", "签署人", "日期"), rows=_numbered(context["signatures"]),
                        widths=(8, 46, 22, 24)))  # fmt: skip
    return Form(
        issuer=context["issuer"],
        title="联合检查情况汇总表",
        date=_date(context),
        fields=fields,
        tables=tuple(tables),
    )


BUILDERS = {
    "inspection_approval": approval_form, "inspection_notice": notice_letter, "inspection_record": record_form,
    "inspection_summary": summary_form, "inspection_taken_back": taking_back_letter,
}  # fmt: skip
