"""What this room prints (FACTS §3): 联合惩戒建议书, 告知书, 认定书, 决定书, 反馈表, 名单公示表."""

import datetime as dt
from typing import Any

from documents.letter import Annex, Form, Letter, Para, Table

OUTCOMES = {
    "statement": "你（单位）在规定期限内提出了陈述申辩", "waived": "你（单位）书面放弃陈述申辩",
    "silent": "你（单位）在规定期限内未提出陈述申辩",
}  # fmt: skip
# 行政复议法 art. 20, 行政诉讼法 art. 46; a decision names both ways with their terms (行政处罚法 art. 59)
REMEDY = (
    "如不服本决定，可以自收到本决定之日起六十日内依法申请行政复议，或者六个月内依法向人民法院提起行政诉讼。"
    "复议、诉讼期间本决定不停止执行，法律另有规定的除外。"
)


def _date(context: dict[str, Any]) -> dt.date:
    return dt.date.fromisoformat(context["date"])


def _paras(text: str) -> tuple[Para, ...]:
    return tuple(Para(line.strip()) for line in text.splitlines() if line.strip())


def _contact(context: dict[str, Any]) -> str:
    phone = f"，电话：{context['phone']}" if context["phone"] else ""
    return f"联系人：{context['contact']}{phone}"


def _rests_on(context: dict[str, Any]) -> str:
    effective = f"，{context['effective_on']}生效" if context["effective_on"] else ""
    return f"{context['decision_authority']}{context['decision_number']}（{context['decided_on']}作出{effective}）"


def proposal_form(context: dict[str, Any]) -> Form:
    """联合惩戒建议书: the subject with its code, the facts with the number of the decision, the measures by department."""
    fields = (
        ("惩戒对象", context["subject"]), ("代码", context["code"]),
        ("对象类别", context["subject_kind"]), ("案件编号", context["case"]),
        ("依据文书", f"{context['ground']}：{_rests_on(context)}"),
        ("失信事实", context["facts"]),
        ("法律依据", context["basis"]),
        ("严重失信情形", "、".join(context["criteria"]) or "无"),
        *((("情形说明", context["criteria_reason"]),) if context["criteria_reason"] else ()),
        ("认定机关", context["authority"]),
        ("承办意见", f"建议实施联合惩戒。{context['proposed_by']}　{context['proposed_on']}"),
        ("审核意见", f"同意。{context['reviewed_by']}　{context['reviewed_on']}"),
    )  # fmt: skip
    rows = tuple((str(number), *row) for number, row in enumerate(context["measures"], 1))
    return Form(
        issuer=context["issuer"], title="联合惩戒建议书", date=_date(context), fields=fields,
        tables=(Table(head=("序号", "部门", "建议措施", "依据", "期限"), rows=rows, widths=(7, 20, 26, 33, 14)),),
        signatures=("承办人", "审核人", "认定机关意见"),
    )  # fmt: skip


def notice_letter(context: dict[str, Any]) -> Letter:
    """告知书: what is intended and why, and how long the subject may speak (行政处罚法 art. 44–45)."""
    before = f"根据失信认定书（{context['determination']}），" if context["determination"] else ""
    place = f"（地址：{context['place']}）" if context["place"] else ""
    body = (
        Para(f"经查，{context['subject']}（{context['code']}）存在以下失信事实，有{_rests_on(context)}为证："),
        *_paras(context["facts"]),
        Para(f"{before}依据{context['basis'].rstrip('。')}，我单位拟作如下处理："),
        *_paras(context["intended"]),
        Para(f"你（单位）有权进行陈述和申辩。请自收到本告知书之日起{context['days']}个工作日内，以书面或者口头方式"
             f"向我单位提出{place}；符合听证条件的，可以在同一期限内要求听证。逾期未提出的，视为放弃。"),
    )  # fmt: skip
    what = "拟采取惩戒措施" if context["determination"] else "拟认定失信并实施联合惩戒"
    return Letter(
        issuer=context["issuer"], title=f"{what}告知书", date=_date(context), recipients=(context["subject"],), body=body,
        contact=_contact(context),
    )  # fmt: skip


def determination_letter(context: dict[str, Any]) -> Letter:
    """失信认定书, with the measures proposed to each department in an annex."""
    heard = OUTCOMES[context["outcome"]]
    serious = (
        [Para("经认定，属于医疗保障领域严重失信主体：" + "、".join(context["criteria"]) + "。")]
        if context["serious"]
        else []
    )
    said = _paras(context["said"]) if context["outcome"] == "statement" else ()
    body = (
        Para(f"经审查，现对{context['subject']}（{context['subject_kind']}，代码：{context['code']}）作出如下认定："),
        Para(heading="一、失信事实", level=1), *_paras(context["facts"]),
        Para(f"以上事实有{_rests_on(context)}为证。"),
        Para(heading="二、陈述申辩情况", level=1),
        Para(f"{context['notice']}告知书于{context['served_on']}送达。{heard}。"), *said,
        Para(f"处理意见：{context['answer']}"),
        Para(heading="三、认定结论", level=1), *_paras(context["findings"]), *serious,
        Para(f"依据{context['basis'].rstrip('。')}，认定{context['subject']}失信，实施联合惩戒。各部门依照法定职权分别决定"
             "惩戒措施，法律要求事先告知和听证的，由决定部门另行告知。"),
        Para(REMEDY),
    )  # fmt: skip
    rows = tuple((str(number), *row) for number, row in enumerate(context["measures"], 1))
    return Letter(
        issuer=context["issuer"], title="医疗保障领域失信认定书", date=_date(context), recipients=(context["subject"],),
        body=body, contact=_contact(context),
        annexes=(
            Annex(
                title="建议采取的惩戒措施",
                table=Table(head=("序号", "部门", "措施", "依据", "期限"), rows=rows, widths=(7, 20, 26, 33, 14)),
            ),
        ),
    )  # fmt: skip


def _measure(number: int, row: dict[str, str]) -> Para:
    days = f"，自{row['since']}起" + (f"至{row['until']}止" if row["until"] else "") if row["since"] else ""
    person = f"（对{row['person']}）" if row["person"] else ""
    extent = f"：{row['extent'].rstrip('。')}" if row["extent"] else ""
    bar = f"；{row['bar']}" if row["bar"] else ""
    return Para(
        f"{row['name']}{person}{extent}{days}{bar}。依据：{row['basis']}。", heading=f"{number}. ", level=3
    )


def decision_letter(context: dict[str, Any]) -> Letter:
    """惩戒措施决定书: every measure with its days and its basis; of a cancellation the last day of the bar."""
    heard = ""
    if context["heard"]:
        heard = f"我单位已依法告知拟采取的措施，{OUTCOMES[context['outcome']]}。{context['answer'].rstrip('。')}。"
    body = (
        Para(f"根据{context['authority']}失信认定书（{context['determination']}），{heard}我单位依照法定职权，决定对"
             f"{context['subject']}（{context['code']}）采取以下惩戒措施："),
        *(_measure(number, row) for number, row in enumerate(context["measures"], 1)),
        Para("措施期满自动解除。履行义务、纠正失信行为的，可以申请信用修复。"),
        Para(REMEDY),
    )  # fmt: skip
    return Letter(
        issuer=context["issuer"], title="惩戒措施决定书", date=_date(context), recipients=(context["subject"],), body=body,
        contact=_contact(context), copies=(context["authority"],) if context["authority"] != context["issuer"] else (),
    )  # fmt: skip


def feedback_form(context: dict[str, Any]) -> Form:
    """联合惩戒反馈表."""
    return Form(
        issuer=context["issuer"], title="联合惩戒措施执行情况反馈表", date=_date(context),
        fields=(
            ("惩戒对象", context["subject"]), ("代码", context["code"]),
            ("失信认定书", context["determination"]), ("惩戒决定", context["decision"]),
            ("反馈单位", context["issuer"]), ("主送", context["authority"]),
            ("执行情况", context["feedback"]),
        ),
        tables=(
            Table(
                head=("措施", "起始日", "终止日", "执行日期", "执行情况", "佐证"),
                rows=tuple(tuple(row) for row in context["rows"]), widths=(24, 14, 14, 14, 20, 14),
            ),
        ),
        signatures=("承办人", "负责人"),
    )  # fmt: skip


def list_form(context: dict[str, Any]) -> Form:
    """名单公示表; natural persons are masked."""
    rows = tuple((str(number), *row) for number, row in enumerate(context["rows"], context.get("first", 1)))
    repair = "，可依法申请信用修复" if context["list"] in ("黑名单", "严重失信名单") else ""
    ends = "" if context["list"] == "永久性黑名单" else f"；名单期满自动移出{repair}"
    return Form(
        issuer=context["issuer"], title=f"医疗保障领域{context['list']}公示表{context.get('part', '')}", date=_date(context),
        fields=(("说明", f"自然人姓名、证件号码已作隐去处理{ends}。"),),
        tables=(
            Table(
                head=("序号", "主体", "代码", "事由", "依据", "列入日期", "期限", "认定机关", "状态"), rows=rows,
                widths=(5, 13, 17, 16, 14, 9, 9, 10, 7),
            ),
        ),
    )  # fmt: skip


BUILDERS = {
    "sanction_proposal": proposal_form,
    "sanction_notice": notice_letter,
    "sanction_determination": determination_letter,
    "sanction_measures": decision_letter,
    "sanction_feedback": feedback_form,
}
