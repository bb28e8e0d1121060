"""The demo county's joint sanctions: one carried out by every department, one being heard, one proposed; lists and a bar."""

import datetime as dt

from django.db import transaction

from cases.enums import CaseStatus, Disposition, StrandStatus
from cases.models import Strand, Subject
from config.demo.world import World, scan
from core.dates import local_date
from departments.enums import Function, Role
from departments.models import User
from sanctions.actions.bulk_sending import send_out
from sanctions.actions.determining import determine
from sanctions.actions.hearing import (
    answer_statement,
    draft_notice,
    record_statement,
    serve_notice,
    sign_notice,
)
from sanctions.actions.lists import approve_entry, propose_entry
from sanctions.actions.measures import (
    acknowledge,
    add_measure,
    decide_measures,
    execute_measure,
    feed_back,
    refuse_measures,
)
from sanctions.actions.proposing import CRITERIA, propose_sanction, review_proposal
from sanctions.enums import STANDING
from sanctions.models import Measure, MeasureTask, Sanction

DAY, HOUR = dt.timedelta(days=1), dt.timedelta(hours=1)
# what each department decides in the sanction that is carried out, and how far it has come
MEASURES = {
    Function.INSURANCE: (("cancel-designation", "more-inspections"), "executed"),
    Function.HEALTH: (("health-grading", "health-excellence"), "fed_back"),
    Function.MARKET: (("market-quality",), "decided"),
    Function.REFORM: (("publish-penalty",), "acknowledged"),
    Function.FINANCE: ((), "refused"),
}


class Sanctions:
    """The people who act, and the present."""

    def __init__(self, world: World, now: dt.datetime) -> None:
        self.world, self.now = world, now
        self.insurance = world.departments[Function.INSURANCE]

    def one(self, role: Role, function: Function = Function.INSURANCE) -> User:
        return self.world.one(function, role)

    def tell(self) -> None:
        found = Strand.objects.filter(
            department=self.insurance, status__in=(StrandStatus.DECIDED, StrandStatus.PERFORMED),
            disposition__in=(Disposition.PENALTY, Disposition.AGREEMENT), updated_at__lt=self.now - 3 * DAY,
        ).exclude(case__status=CaseStatus.CLOSED)  # fmt: skip
        strands = []
        for strand in found.filter(case__restricted=False).select_related("case__region").order_by("pk"):
            subject = strand.case.subjects.order_by("pk").first()
            taken = {each.pk for _strand, each in strands}
            if subject is not None and subject.kind == "institution" and subject.pk not in taken:
                strands.append((strand, subject))
        for place, (strand, subject) in enumerate(strands[:3]):
            at = max(strand.updated_at, self.now - 20 * DAY) + HOUR
            sanction = self.propose(strand, subject, at)
            if place < 2:
                self.heard(sanction, at + 2 * HOUR, whole=place == 0)
            if place == 0:
                self.carry_out(sanction, at + 8 * HOUR)
        self.lists()

    def propose(self, strand: Strand, subject: Subject, at: dt.datetime) -> Sanction:
        codes = (
            "cancel-designation",
            "more-inspections",
            "health-grading",
            "market-quality",
            "publish-penalty",
        )
        return propose_sanction(
            case=strand.case, subject=subject, department=self.insurance, ground="decision", strand=strand, document=None,
            measures=Measure.objects.filter(code__in=codes), decision_number="青医保处〔2026〕12号", decision_authority="",
            decided_on=local_date(strand.updated_at), effective_on=None, convicting=False,
            facts=f"{subject.name}违规使用医疗保障基金，经查证属实，情节较重。",
            basis="医疗保障基金使用监督管理条例第三十三条、第三十八条、第四十条", **dict.fromkeys(CRITERIA, False),
            criteria_reason="", by=self.one(Role.HANDLER), at=at,
        )  # fmt: skip

    def heard(self, sanction: Sanction, at: dt.datetime, *, whole: bool) -> None:
        """The notice served; where the story goes on, also what was said, the answer and the determination."""
        handler, chief = self.one(Role.HANDLER), self.one(Role.SECTION_HEAD)
        review_proposal(sanction=sanction, by=chief, at=at)
        hearing = draft_notice(
            sanction=sanction, intended="拟认定失信，取消医保定点资格，三年内不得重新申请，并实施联合惩戒。", days=5,
            by=handler, at=at + HOUR,
        )  # fmt: skip
        sign_notice(hearing=hearing, by=chief, at=at + HOUR)
        serve_notice(
            hearing=hearing, served_on=local_date(at + HOUR), served_how="直接送达，单位负责人签收", by=handler,
            at=at + 2 * HOUR,
        )  # fmt: skip
        if not whole:
            return
        record_statement(
            hearing=hearing, outcome="statement", said_on=local_date(at + 2 * HOUR), said="请求考虑主动退回基金的情节。",
            final=True, scan=scan(self.world, "陈述申辩书"), by=handler, at=at + 3 * HOUR,
        )  # fmt: skip
        answer_statement(
            hearing=hearing, answer="退回基金情况已在处理决定中考虑，失信事实清楚，不影响认定。", by=handler,
            at=at + 4 * HOUR,
        )  # fmt: skip
        sanction.refresh_from_db()
        determine(
            sanction=sanction, findings="上述行为违反医疗保障基金使用监督管理规定，应当认定为失信。",
            by=self.one(Role.DEPUTY_HEAD), at=at + 5 * HOUR,
        )  # fmt: skip
        send_out(at + 6 * HOUR)

    def carry_out(self, sanction: Sanction, at: dt.datetime) -> None:
        found = MeasureTask.objects.filter(sanction=sanction, department__function__in=list(MEASURES))
        for task in found.select_related(
            "department", "sanction__case", "sanction__subject", "sanction__authority"
        ):
            codes, end = MEASURES[Function(task.department.function)]
            self.department(task, codes, end, at)

    def department(self, task: MeasureTask, codes: tuple[str, ...], end: str, at: dt.datetime) -> None:
        function = Function(task.department.function)
        handler, deputy = self.one(Role.HANDLER, function), self.one(Role.DEPUTY_HEAD, function)
        acknowledge(task=task, by=handler, at=at)
        if end == "refused":
            refuse_measures(
                task=task, reason="该机构无财政专项资金，暂无可采取的措施。", by=deputy, at=at + HOUR
            )
        if end in ("refused", "acknowledged"):
            return
        for code in codes:
            row = Measure.objects.get(code=code)
            add_measure(task=task, measure=row, amount=row.amount, unit=row.unit, by=handler, at=at + HOUR)
        if task.applied.filter(measure__own_hearing=True).exists():
            self.own_hearing(task, function, at + HOUR)
        decide_measures(task=task, by=deputy, at=at + 4 * HOUR)
        if end == "decided":
            return
        for applied in task.applied.select_related("measure", "task"):
            execute_measure(
                applied=applied, executed_on=local_date(at + 5 * HOUR), execution="已按决定执行。",
                proof=scan(self.world, applied.measure.proof), by=handler, at=at + 5 * HOUR,
            )  # fmt: skip
        task.refresh_from_db()
        if end == "fed_back":
            feed_back(
                task=task,
                feedback="惩戒措施已执行，评级和评优资格已作相应处理。",
                by=handler,
                at=at + 6 * HOUR,
            )

    def own_hearing(self, task: MeasureTask, function: Function, at: dt.datetime) -> None:
        handler, chief = self.one(Role.HANDLER, function), self.one(Role.SECTION_HEAD, function)
        hearing = draft_notice(
            sanction=task.sanction, task=task, intended="拟解除医疗保障服务协议，取消医保定点资格。", days=5, by=handler,
            at=at,
        )  # fmt: skip
        sign_notice(hearing=hearing, by=chief, at=at)
        serve_notice(
            hearing=hearing, served_on=local_date(at), served_how="直接送达", by=handler, at=at + HOUR
        )
        record_statement(
            hearing=hearing, outcome="waived", said_on=local_date(at), scan=scan(self.world, "放弃陈述申辩声明"), by=handler,
            at=at + HOUR,
        )  # fmt: skip
        answer_statement(hearing=hearing, answer="当事人书面放弃陈述申辩。", by=handler, at=at + HOUR)

    def lists(self) -> None:
        """One on the red list, one on the blacklist that waits for its approval, by its determination."""
        given = {
            "department": self.insurance, "amount": 1, "unit": "year", "by": self.one(Role.HANDLER),
            "at": self.now - 2 * DAY,
        }  # fmt: skip
        free = Subject.objects.filter(region=self.world.county, kind="pharmacy", sanctions=None).order_by("pk")
        for subject in free[:1]:
            entry = propose_entry(
                subject=subject, kind="red", reason="连续两年考核优秀，无违规记录",
                basis="医疗保障信用评价和积分管理办法", **given,
            )  # fmt: skip
            approve_entry(entry=entry, by=self.one(Role.DEPUTY_HEAD), at=self.now - DAY)
        determined = Sanction.objects.filter(status__in=STANDING).select_related("case", "subject")
        for sanction in determined.order_by("pk")[:1]:
            propose_entry(
                subject=sanction.subject, kind="black", sanction=sanction, reason="违规使用医保基金，经认定失信",
                basis="《医疗保障领域协作联动工作机制》联合惩戒机制", **given,
            )  # fmt: skip


def tell_sanctions(world: World, now: dt.datetime) -> None:
    """The whole story or none: an interrupted start tells it anew."""
    with transaction.atomic():
        if not Sanction.objects.exists():
            Sanctions(world, now).tell()
