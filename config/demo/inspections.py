"""The demo county's inspections: one closed with a case and a rectification, one under way, one waiting for answers."""

import datetime as dt

from django.db import transaction

from cases.models import Subject
from config.demo.world import World, scan
from core.dates import SHANGHAI, local_date
from deadlines.calendar import Calendar
from departments.enums import Function, Role
from departments.models import Category, Department, User
from inspections.actions import (
    approval,
    certificates,
    closing,
    findings,
    outcomes,
    planning,
    records,
    rectification,
    team,
    visits,
)
from inspections.models import EnforcementCertificate, Inspection, Target, Visit

DAY = dt.timedelta(days=1)
HOUR = dt.timedelta(hours=1)
LEAD, WITH, SUPPORT = Function.INSURANCE, Function.HEALTH, Function.MARKET
BASIS = "《医疗保障基金使用监督管理条例》第二十六条，《医疗保障领域协作联动机制》联合检查"


class Inspections:
    """The people who act, and the present."""

    def __init__(self, world: World, now: dt.datetime) -> None:
        self.world, self.now = world, now
        self.handler = world.one(LEAD, Role.HANDLER)
        self.bodies = list(Subject.objects.filter(region=world.county, kind="institution").order_by("pk"))

    def department(self, function: str) -> Department:
        return self.world.departments[function]

    def desk(self, function: str) -> User:
        return self.world.one(function, Role.SECTION_HEAD)

    def morning(self, ago: int) -> dt.datetime:
        """Nine o'clock of the working day `ago` days before today or the next one."""
        day = Calendar.current().next_working_day(local_date(self.now) - ago * DAY)
        return min(dt.datetime.combine(day, dt.time(9), SHANGHAI), self.now)

    def tell(self) -> None:
        self.certificates(self.morning(200))
        self.closed()
        self.under_way()
        self.waiting()

    def certificates(self, at: dt.datetime) -> None:
        """Handlers and section heads of the departments that inspect, by the numbers of their posts."""
        for function in (LEAD, WITH, SUPPORT):
            for role in (Role.HANDLER, Role.SECTION_HEAD):
                for user in self.world.posts[(function, role)]:
                    post = user.posts.get(department=self.department(function), role=role)
                    certificates.enter_certificate(
                        department=self.department(function), user=user, number=post.certificate,
                        valid_until=local_date(self.now) + 700 * DAY, by=self.desk(function), at=at,
                    )  # fmt: skip

    def officers(self, function: str, n: int = 2) -> list[EnforcementCertificate]:
        found = EnforcementCertificate.objects.filter(department=self.department(function), withdrawn_at=None)
        return list(found.order_by("pk")[:n])

    def plan(
        self,
        at: dt.datetime,
        title: str,
        *,
        days: int,
        bodies: int,
        start: dt.date | None = None,
        **more: str,
    ) -> Inspection:
        first = start or local_date(at) + DAY
        given = {
            "kind": "joint", "source": "plan", "basis": BASIS, "start_condition": "列入年度联合检查计划",
            "key_areas": "住院、检查检验、药品耗材使用环节",
            "content": "医保基金结算数据与病历、费用清单是否一致。\n诊疗行为和收费是否规范。\n药品、耗材购销存是否相符。",
            "division": "县医保局核查结算数据，县卫健局核查诊疗行为，县市监局协助核查药品耗材。",
        } | more  # fmt: skip
        made = planning.draft_inspection(
            lead=self.department(LEAD), title=title, starts_on=first, ends_on=first + days * DAY, by=self.handler, at=at,
            **given,
        )  # fmt: skip
        for subject in self.bodies[:bodies]:
            planning.add_target(inspection=made, subject=subject, reason="年度全覆盖", by=self.handler, at=at)
        for function, role, task in (
            (WITH, "inspecting", "核查诊疗行为和病历"), (SUPPORT, "supporting", "协助核查药品耗材购销存"),
        ):  # fmt: skip
            planning.add_partner(
                inspection=made,
                department=self.department(function),
                role=role,
                task=task,
                by=self.handler,
                at=at,
            )
        self.confirm(made, LEAD, at)
        return planning.ask_partners(inspection=made, by=self.handler, at=min(at + HOUR, self.now))

    def confirm(self, made: Inspection, function: str, at: dt.datetime) -> None:
        row = made.partners.select_related("inspection", "department").get(
            department=self.department(function)
        )
        supports = not row.inspects
        team.confirm_part(
            partner=row, officers=[] if supports else self.officers(function),
            assistants=[self.world.one(function, Role.HANDLER)] if supports else [], declared=True,
            by=self.handler if row.leads else self.desk(function), at=at,
        )  # fmt: skip

    def signed(self, made: Inspection, at: dt.datetime) -> None:
        """Confirmed, submitted, signed, announced and begun on its first day."""
        for function in (WITH, SUPPORT):
            self.confirm(made, function, at + 2 * HOUR)
        approval.submit_inspection(inspection=made, by=self.handler, at=at + 3 * HOUR)
        approval.approve_inspection(
            inspection=made, by=self.world.one(LEAD, Role.DEPUTY_HEAD), at=at + 4 * HOUR
        )
        if made.announced:
            approval.send_notices(inspection=made, by=self.world.one(LEAD, Role.REGISTRAR), at=at + 5 * HOUR)
        begins = dt.datetime.combine(made.starts_on, dt.time(8, 30), SHANGHAI)
        approval.begin_inspection(inspection=made, by=self.handler, at=begins)

    def visit(self, target: Target, at: dt.datetime) -> Visit:
        people = target.inspection.members.filter(role="inspector", left_at=None)
        made = visits.open_visit(
            target=target, visited_on=local_date(at), begins=dt.time(9, 30), place=target.subject.address or "院内",
            officers=list(people.select_related("partner", "certificate")), by=self.handler, at=at,
        )  # fmt: skip
        first = made.items.order_by("pk").first()
        lines = {item.pk: ("fine", "") for item in made.items.all()}
        if first is not None:
            lines[first.pk] = ("problem", "发现同一患者15日内两次住院，两次住院间隔无出院医嘱变化")
        visits.check_items(visit=made, results=lines, by=self.handler, at=at + HOUR)
        visits.write_record(
            visit=made, version=made.version, begins=dt.time(9, 30), ends=dt.time(11, 40), place=made.place,
            situation="抽查近三个月住院病历20份、费用清单20份，查看药房药品出入库记录，询问当班医师2人。",
            told_recusal=True, party_name="院方负责人", party_title="分管副院长", party_words="情况属实，将立即整改。",
            by=self.handler, at=at + HOUR,
        )  # fmt: skip
        return made

    def find(
        self, visit: Visit, code: str, text: str, amount: str | None, at: dt.datetime, *, photo: bool = False
    ):
        return findings.add_finding(
            visit=visit, category=Category.objects.get(code=code), text=text, amount=amount, evidence="病历和费用清单复印件",
            files=[scan(self.world, "病历首页照片")] if photo else [], by=self.handler, at=at,
        )  # fmt: skip

    def closed(self) -> None:
        """Two bodies; one finding became a case, one was rectified, one stayed a remark."""
        at = self.morning(75)
        made = self.plan(at, "住院服务规范联合检查", days=20, bodies=2)
        self.signed(made, at)
        day = dt.datetime.combine(made.starts_on, dt.time(10), SHANGHAI)
        for place, target in enumerate(made.targets.select_related("subject", "inspection").order_by("pk")):
            visit = self.visit(target, day + place * DAY)
            moment = day + place * DAY + HOUR
            if place == 0:
                case = self.find(visit, "split-admission", "抽查病历中4例患者15日内分解住院，涉及重复结算住院费用。",
                                 "18640.50", moment, photo=True)  # fmt: skip
                put_right = self.find(visit, "agreement-breach", "住院患者身份核验登记不完整。", None, moment)
            else:
                small = self.find(visit, "overcharging", "收费公示栏更新不及时。", None, moment)
            records.print_record(visit=visit, by=self.handler, at=moment + HOUR)
            if place == 0:
                records.sign_record(
                    visit=visit, upload=scan(self.world, "现场检查笔录"), by=self.handler, at=moment + HOUR
                )
            else:
                records.refuse_record(
                    visit=visit, reason="被检查单位负责人称需上级同意，拒绝签名", witness="所在社区居委会工作人员",
                    by=self.handler, at=moment + HOUR,
                )  # fmt: skip
        later = day + 5 * DAY
        outcomes.open_case(finding=case, duplicates_known=True, by=self.handler, at=later)
        outcomes.have_rectified(
            finding=put_right, text="完善住院患者身份核验登记，补录缺失信息。", due_on=local_date(later) + 15 * DAY,
            person=self.handler, by=self.handler, at=later,
        )  # fmt: skip
        outcomes.remark(finding=small, text="已当场更新公示，予以提示。", by=self.handler, at=later)
        task = put_right.rectification
        rectification.report_rectified(
            task=task, text="已补录并建立核验台账。", by=self.handler, at=later + 8 * DAY
        )
        rectification.confirm_rectified(task=task, by=self.desk(LEAD), at=later + 9 * DAY)
        closing.report_inspection(
            inspection=made, text="共检查定点医疗机构2家，发现问题3个：1个转为案件线索，1个责令整改并已完成，1个予以提示。",
            by=self.handler, at=later + 10 * DAY,
        )  # fmt: skip
        summary = closing.newest(made)
        for row in made.partners.select_related("department", "inspection"):
            closing.sign_summary(
                partner=row, number=summary.number, by=self.desk(row.department.function), at=later + 11 * DAY
            )
        closing.close_inspection(inspection=made, by=self.handler, at=later + 12 * DAY)

    def under_way(self) -> None:
        """四不两直: nobody was told; a visit is being recorded, a finding waits to be decided on."""
        at = self.morning(9)
        made = self.plan(
            at, "医养结合机构“四不两直”检查", days=21, bodies=2, kind="unannounced", source="above",
            source_number="沧医保监〔2026〕18号", start_condition="上级交办",
        )  # fmt: skip
        self.signed(made, at)
        day = max(dt.datetime.combine(made.starts_on, dt.time(10), SHANGHAI), self.morning(3))
        visit = self.visit(made.targets.select_related("subject", "inspection").order_by("pk").first(), day)
        self.find(
            visit,
            "bed-hanging",
            "2名登记在院患者不在病房，无请假记录。",
            "6320.00",
            min(day + HOUR, self.now),
            photo=True,
        )

    def waiting(self) -> None:
        """Asked yesterday; health has answered, market regulation has not."""
        at = self.morning(2)
        made = self.plan(
            at, "零售药店联合检查", days=20, bodies=3, start=local_date(self.now) + 10 * DAY, kind="special",
            key_areas="药品追溯码、处方药销售环节",
        )  # fmt: skip
        self.confirm(made, WITH, min(at + 3 * HOUR, self.now))


@transaction.atomic
def tell_inspections(world: World, now: dt.datetime) -> None:
    """Told once."""
    if not Inspection.objects.exists():
        Inspections(world, now).tell()
