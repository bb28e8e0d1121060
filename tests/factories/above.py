"""Tasks from above and beside for tests, brought to any state through the actions of the room."""

import datetime as dt
from itertools import count

from core.dates import local_date
from departments.enums import Role
from referrals.actions.above_cases import link_case, state_case
from referrals.actions.above_closing import close_task
from referrals.actions.above_intake import accept_task, assign_task, register_task, withdraw_task
from referrals.actions.above_letters import draft_task_letter, send_task_letter, submit_task_letter
from referrals.actions.papers import approve_paper, review_paper
from referrals.rules import signing_rule
from tests.factories.cases import pdf
from tests.factories.referrals import acting

_serial = count(1)


def make_task(*, by, at, status="registered", department=None, handler=None, cases=(), days=15, **more):
    """A task of 沧澜市医疗保障局, brought to `status` by the people of `department` (by default that of `by`)."""
    given = {
        "kind": "assigned",
        "body_name": "沧澜市医疗保障局",
        "number": f"沧医保函〔2026〕{next(_serial)}号",
        "subject": "关于核查仁和医院有关问题的通知",
        "request": "请核查所附线索，按期报告办理情况。",
        "received_on": local_date(at),
        "due_on": local_date(at) + dt.timedelta(days=days),
    } | more
    if given["kind"] == "designated":
        given.setdefault("scan", pdf("指定管辖通知.pdf"))
    task = register_task(by=by, at=at, **given)
    for case in cases:
        link_case(task=task, case=case, by=by, at=at)
    if status == "withdrawn":
        return withdraw_task(task=task, reason="来文单位撤销", by=by, at=at)
    if status == "registered":
        return task
    department = department or by.department
    handler = handler or acting(department, Role.HANDLER)
    assign_task(task=task, department=department, person=handler, by=by, at=at)
    if status == "assigned":
        return task
    accept_task(task=task, by=handler, at=at)
    if status == "accepted":
        return task
    answer_task(task, at=at)
    if status == "closed":
        close_task(task=task, remark="不涉及案件", by=by, at=at)
    return task


def make_letter(task, *, at, purpose=None, status="draft", **more):
    """A letter to the body of a task, brought to `status`; every case is stated first."""
    purpose = purpose or task.answer_purpose
    if purpose == "report":
        for link in task.links.filter(outcome="").select_related("task", "case"):
            state_case(link=link, outcome="confirmed", by=task.handler, at=at)
    given = {"title": "关于核查情况的报告", "text": "经核查属实。"}
    if purpose == "delay":
        given["new_on"] = task.due_on + dt.timedelta(days=10)
    if purpose == "handover":
        given["effect"] = "suspended"
    letter = draft_task_letter(task=task, purpose=purpose, by=task.handler, at=at, **(given | more))
    if status == "draft":
        return letter
    submit_task_letter(letter=letter, by=task.handler, at=at)
    rule = signing_rule(letter)
    if status in ("reviewed", "approved", "sent") and rule.reviewer:
        review_paper(paper=letter, by=acting(letter.department, rule.reviewer), at=at)
    if status in ("approved", "sent"):
        approve_paper(paper=letter, by=acting(letter.department, rule.signer), at=at)
    if status == "sent":
        send_task_letter(letter=letter, by=acting(letter.department, Role.REGISTRAR), at=at)
    task.refresh_from_db()
    return letter


def answer_task(task, *, at, **more):
    """The report (or hand-over) drafted, signed and sent."""
    return make_letter(task, at=at, status="sent", **more)
