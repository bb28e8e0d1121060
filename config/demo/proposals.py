"""The demo county's proposals: one deployed and being worked, one the departments are asked about now."""

import datetime as dt

from django.db import transaction

from config.demo.world import World
from core.dates import SHANGHAI, local_date
from deadlines.calendar import Calendar
from departments.enums import Function, Role
from meetings.actions.deployments import add_task, deploy, sign_deployment
from meetings.actions.proposals import (
    adopt_by_circulation,
    consult,
    draft_proposal,
    edit_proposal,
    give_opinion,
    members,
    revise,
)
from meetings.actions.resolutions import add_progress, confirm_done, report_done
from meetings.models import Proposal, Resolution

DAY = dt.timedelta(days=1)
FIRST = {
    "title": "定点零售药店串换药品专项核查",
    "analysis": "一季度以来，三家定点零售药店进销存数据与医保结算数据不符，涉嫌以保健食品串换药品结算。\n"
                "其中两家在县城中心城区，一家在乡镇，均已由县医保局列入疑点清单。",
    "measures": "（一）县医保局汇总结算疑点，按药店形成清单。\n"
                "（二）县市场监管局对照清单核查药品购销存台账和追溯码。\n"
                "（三）查实的，由各单位依职权处理，涉嫌犯罪的移送县公安局。",
}  # fmt: skip
# what the departments said in the first round, by function; the others agreed
SAID = {
    Function.MARKET: ("objected", "乡镇药店台账不全，建议先核查中心城区两家，再视情况扩大。"),
    Function.FINANCE: ("remarks", "追回资金请及时缴入基金财政专户。"),
}
# what is to be done, whose, how many days it has, how far it has come
TASKS = (
    ("汇总中心城区两家药店结算疑点清单并移交", Function.INSURANCE, 12, "done"),
    ("核查药品购销存台账和追溯码，反馈核查结果", Function.MARKET, 45, "under_way"),
)
SECOND = {
    "title": "基层医疗机构挂床住院联合排查",
    "analysis": "本季度两家乡镇卫生院住院率明显高于全县平均水平，夜间在院人数与结算人数不符。\n"
                "群众举报中反映挂床住院的线索2件，均已登记。",
    "measures": "（一）县医保局提取住院结算和费用清单。\n（二）县卫生健康局组织病历抽查，出具专业意见。\n"
                "（三）县公安局协助核对同期活动轨迹，依法提前介入。",
}  # fmt: skip


class Proposals:
    """The people who act, and the present."""

    def __init__(self, world: World, now: dt.datetime) -> None:
        self.world, self.now = world, now
        self.office = world.departments[Function.OFFICE]
        self.coordinator = world.one(Function.OFFICE, Role.COORDINATOR)

    def ago(self, days: int) -> dt.datetime:
        """Ten in the morning of the working day that many days ago, or the next one."""
        day = Calendar.current().next_working_day(local_date(self.now) - days * DAY)
        return min(dt.datetime.combine(day, dt.time(10), SHANGHAI), self.now)

    def drafted(self, words: dict[str, str], at: dt.datetime) -> Proposal:
        return draft_proposal(office=self.office, by=self.coordinator, at=at, **words)

    def answer(self, proposal: Proposal, functions: list[Function], said: dict, at: dt.datetime) -> None:
        for department in members(proposal):
            function = Function(department.function)
            if function in functions:
                kind, words = said.get(function, ("agreed", ""))
                by = self.world.one(function, Role.DEPUTY_HEAD)
                give_opinion(proposal=proposal, department=department, kind=kind, words=words, by=by, at=at)

    def deployed(self) -> None:
        """Objected to, narrowed, agreed to by all, signed by the head of the lead department, and under way."""
        everybody = [Function(each.function) for each in members(Proposal(region=self.world.county))]
        proposal = self.drafted(FIRST, self.ago(40))
        consult(
            proposal=proposal,
            until=local_date(self.ago(34)),
            by=self.coordinator,
            at=self.ago(40),
        )
        self.answer(proposal, everybody, SAID, self.ago(37))
        revise(
            proposal=proposal,
            reason="采纳县市场监管局意见，缩小首批核查范围。",
            by=self.coordinator,
            at=self.ago(36),
        )
        narrower = FIRST | {
            "measures": FIRST["measures"] + "\n（四）首批核查中心城区两家药店，视情况扩大到乡镇。"
        }
        edit_proposal(
            proposal=proposal,
            expected_version=proposal.version,
            by=self.coordinator,
            at=self.ago(36),
            **narrower,
        )
        consult(proposal=proposal, until=local_date(self.ago(29)), by=self.coordinator, at=self.ago(36))
        self.answer(proposal, everybody, {Function.FINANCE: SAID[Function.FINANCE]}, self.ago(33))
        adopt_by_circulation(proposal=proposal, by=self.coordinator, at=self.ago(32))
        for text, function, days, _end in TASKS:
            person = self.world.one(function, Role.HANDLER)
            add_task(
                proposal=proposal, text=text, department=self.world.departments[function], person=person,
                due_on=local_date(self.ago(30)) + days * DAY, by=self.coordinator, at=self.ago(32),
            )  # fmt: skip
        sign_deployment(proposal=proposal, by=self.world.one(Function.INSURANCE, Role.HEAD), at=self.ago(31))
        deploy(proposal=proposal, by=self.coordinator, at=self.ago(30))
        rows = Resolution.objects.filter(deployment=proposal).order_by("number")
        found = rows.select_related("department", "person", "office", "deployment", "meeting")
        for task, (_text, _function, _days, end) in zip(found, TASKS, strict=True):
            add_progress(task=task, text="已调取数据，正在核对。", by=task.person, at=self.ago(25))
            if end == "done":
                report_done(task=task, text="清单已移交县市场监管局。", by=task.person, at=self.ago(22))
                confirm_done(task=task, text="情况属实。", by=self.coordinator, at=self.ago(21))

    def asked(self) -> None:
        """Three have answered, three still owe their opinion."""
        proposal = self.drafted(SECOND, self.ago(4))
        until = Calendar.current().add_working_days(local_date(self.now), 3)
        consult(proposal=proposal, until=until, by=self.coordinator, at=self.ago(4))
        remarks = {Function.HEALTH: ("remarks", "建议抽查病历以近三个月为限，人员由县卫健局统一安排。")}
        self.answer(proposal, [Function.INSURANCE, Function.HEALTH, Function.POLICE], remarks, self.ago(1))


@transaction.atomic
def tell_proposals(world: World, now: dt.datetime) -> None:
    """Told once."""
    if not Proposal.objects.exists():
        told = Proposals(world, now)
        told.deployed()
        told.asked()
