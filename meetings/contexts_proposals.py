"""What the letter of a consultation (征求意见函) and the notice of a deployment (统一部署) say, frozen with the paper."""

import datetime as dt
from typing import Any

from core.dates import chinese_date, local_date
from departments.models import User
from documents.letter import Annex, Letter, Para, Table
from meetings.enums import ResolutionStatus
from meetings.models import Proposal


def of_deployment(proposal: Proposal, *, by: User, at: dt.datetime) -> dict[str, Any]:
    """The measures, and every task with its department, person and last day."""
    tasks = list(
        proposal.tasks.exclude(status=ResolutionStatus.DROPPED)
        .select_related("department", "person")
        .order_by("number")
    )
    names = list(dict.fromkeys(task.department.name for task in tasks))
    adopted = proposal.adopted_in
    return {
        "issuer": proposal.office.name, "date": local_date(at).isoformat(), "title": proposal.title, "to": names,
        "how": f"经{adopted.meeting.title}研究同意" if adopted is not None else "经各成员单位会商一致",
        "analysis": proposal.analysis, "measures": proposal.measures,
        "contact": by.name,
        "phone": by.phone or proposal.office.hotline,
        "tasks": [[task.text, task.department.name, task.who, chinese_date(task.due_on)] for task in tasks],
    }  # fmt: skip


def of_consultation(proposal: Proposal, *, to: list[str], by: User, at: dt.datetime) -> dict[str, Any]:
    """The analysis and the measures of one round, and by when the departments answer in writing."""
    assert proposal.consult_until is not None
    return {
        "issuer": proposal.office.name, "date": local_date(at).isoformat(), "title": proposal.title, "to": to,
        "analysis": proposal.analysis, "measures": proposal.measures, "until": proposal.consult_until.isoformat(),
        "round": proposal.round, "contact": by.name, "phone": by.phone or proposal.office.hotline,
    }  # fmt: skip


def consultation_letter(context: dict[str, Any]) -> Letter:
    """征求意见函 to the member departments; the text they are asked about is its annex."""
    until = chinese_date(dt.date.fromisoformat(context["until"]))
    phone = f"，电话：{context['phone']}" if context["phone"] else ""
    again = f"（第{context['round']}次征求意见）" if context["round"] > 1 else ""
    body = (
        Para(f"根据医疗保障领域协作联动机制，我办研究起草了《{context['title']}》，现征求你单位意见{again}。"),
        Para(
            f"请于{until}前反馈书面意见，注明“同意”“同意并附修改意见”或者“不同意”；有修改意见或者不同意的，请说明具体意见和理由，"
            "由单位负责人签字并加盖公章。"
        ),
        Para("专此函达。"),
    )  # fmt: skip
    text = (
        Para(heading="一、基本情况", level=1), *_paras(context["analysis"]),
        Para(heading="二、工作措施", level=1), *_paras(context["measures"]),
    )  # fmt: skip
    return Letter(
        issuer=context["issuer"], title=f"关于征求《{context['title']}》意见的函",
        date=dt.date.fromisoformat(context["date"]), recipients=tuple(context["to"]), body=body,
        keep=(context["title"],), contact=f"联系人：{context['contact']}{phone}",
        annexes=(Annex(title=f"{context['title']}（征求意见稿）", body=text),),
    )  # fmt: skip


def _paras(text: str) -> tuple[Para, ...]:
    return tuple(Para(line.strip()) for line in text.splitlines() if line.strip())


def deployment_letter(context: dict[str, Any]) -> Letter:
    """通知 to the departments that have a task, with the tasks in an annex."""
    phone = f"，电话：{context['phone']}" if context["phone"] else ""
    rows = tuple((str(number), *task) for number, task in enumerate(context["tasks"], 1))
    body = (
        Para(f"{context['how']}，现将有关工作部署如下，请按任务清单抓好落实。"),
        Para(heading="一、基本情况", level=1), *_paras(context["analysis"]),
        Para(heading="二、工作措施", level=1), *_paras(context["measures"]),
        Para(heading="三、工作要求", level=1),
        Para("各单位应当明确责任到人，按期办结并报领导小组办公室确认；逾期未办结的，由领导小组办公室督办。"),
    )  # fmt: skip
    return Letter(
        issuer=context["issuer"], title=f"关于部署{context['title']}的通知", date=dt.date.fromisoformat(context["date"]),
        recipients=tuple(context["to"]), body=body, keep=(context["title"],), contact=f"联系人：{context['contact']}{phone}",
        annexes=(
            Annex(
                title="任务清单",
                table=Table(
                    head=("序号", "任务", "责任单位", "责任人", "完成时限"), rows=rows, widths=(8, 32, 24, 13, 23)
                ),
            ),
        ),
    )  # fmt: skip
