"""What the notice of a deployment (统一部署) says, frozen with the paper."""

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
        "tasks": [[task.text, task.department.name, task.person.name, chinese_date(task.due_on)] for task in tasks],
    }  # fmt: skip


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
