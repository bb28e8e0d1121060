"""Rewards of the demo county at every stage, told through the actions."""

import datetime as dt
from decimal import Decimal

from django.db import transaction
from django.db.models import Exists, OuterRef

from cases.actions.money import enter_money
from cases.enums import CaseStatus, MoneyKind
from cases.models import Case, Strand
from config.demo.world import World
from core.dates import local_date
from core.registry import Clue
from departments.enums import Function, Role
from rewards.actions.approval import approve_reward, propose_reward, waive_reward
from rewards.actions.budgets import fund_reward, grant_budget
from rewards.actions.claims import issue_code, note_received
from rewards.actions.deciding import STANDS, bearers, decision_day
from rewards.actions.eligibility import record_eligibility
from rewards.actions.papers_money import draft_paper, number_paper, sign_paper
from rewards.actions.payments import pay_against_code
from rewards.actions.report_progress import join_report
from rewards.actions.reports import register_report
from rewards.enums import Channel, Naming
from rewards.models import Report, Reward

# verified of the report, and how far its reward has come
STORIES = (
    ("186420.60", "paid"), ("64000.00", "funded"), ("3180.00", "honoured"), ("28640.80", "approved"),
    ("9350.00", "proposed"), ("51200.00", "computed"), ("12000.00", "waived"), ("4000.00", "told"), ("8800.00", "asked"),
)  # fmt: skip


class Rewards:
    """The people who act, and the day on which the telling stands."""

    def __init__(self, world: World, now: dt.datetime) -> None:
        self.world, self.now = world, now
        self.department = world.departments[Function.INSURANCE]
        self.officer = world.one(Function.INSURANCE, Role.REPORT_OFFICER)
        self.deputy = world.one(Function.INSURANCE, Role.DEPUTY_HEAD)
        self.head = world.one(Function.INSURANCE, Role.SECTION_HEAD)
        self.registrar = world.one(Function.INSURANCE, Role.REGISTRAR)
        self.cashier = world.one(Function.FINANCE, Role.FINANCE)
        self.chief = world.one(Function.FINANCE, Role.SECTION_HEAD)
        self.serial = 0

    def tell(self) -> None:
        """Decided cases of medical insurance, newest first; each has one report, by a token."""
        day = self.now - dt.timedelta(days=60)
        grant_budget(
            region=self.world.county, year=local_date(self.now).year, amount=Decimal("200000.00"),
            document="青财社〔2026〕14号", remark="举报奖励资金", by=self.chief, at=day,
        )  # fmt: skip
        cases = Case.objects.filter(owner=self.department).exclude(status=CaseStatus.CLOSED)
        own = Strand.objects.filter(STANDS, case=OuterRef("pk"), department=self.department)
        found = list(cases.filter(Exists(own)).order_by("-opened_at", "-pk"))
        for place, (verified, end) in enumerate(STORIES if found else ()):
            self.one(found[place % len(found)], Decimal(verified), end)

    def one(self, case: Case, verified: Decimal, end: str) -> None:
        came, at = self.now - dt.timedelta(days=30), self.now - dt.timedelta(days=6)
        report = register_report(
            department=self.department, channel=Channel.PHONE, naming=Naming.TOKEN, token=f"标识码{case.pk}-{verified}",
            facts="他们每次都多收我一天床位钱，我手上有收据。", subject_name=str(case.subjects.first()), wants_answer=True,
            wants_reward=True, by=self.officer, at=came,
        ).report  # fmt: skip
        join_report(
            report=report, case=case, summary="群众反映定点医药机构多计费用。", by=self.officer,
            at=came + dt.timedelta(days=1),
        )  # fmt: skip
        enter_money(
            case=case, kind=MoneyKind.VERIFIED, amount=verified, happened_on=local_date(at),
            clue=Clue("report", report.pk, report.number), remark="举报线索查实", by=case.handler or self.head, at=at,
        )  # fmt: skip
        if end == "asked":
            return
        for reporter in report.reporters.all():
            record_eligibility(
                reporter=reporter, wants=True, known_before=False, duty=False, staff=False, identifiable=True,
                by=self.officer, at=at + dt.timedelta(hours=1),
            )  # fmt: skip
        reward = Reward.objects.select_related("case", "report", "department", "region", "rule").get(
            report=report
        )
        self.bring(reward, end, at + dt.timedelta(hours=2))

    def bring(self, reward: Reward, end: str, at: dt.datetime) -> None:
        day = dt.timedelta(days=1)
        if end == "waived":
            waive_reward(reward=reward, reason="举报人书面放弃奖励。", by=self.officer, at=at)
        if end in ("computed", "waived"):
            return
        effective_on = max(filter(None, map(decision_day, bearers(reward))), default=local_date(at))
        propose_reward(reward=reward, effective_on=effective_on, by=self.officer, at=at)
        if end == "proposed":
            return
        approve_reward(reward=reward, by=self.deputy, at=at + dt.timedelta(hours=2))
        if end == "honoured":
            self.paper(reward, "certificate", at + day)
        if end in ("approved", "honoured"):
            return
        fund_reward(reward=reward, by=self.cashier, at=at + day)
        if end == "funded":
            return
        self.paper(reward, "notice", at + 2 * day)
        self.paper(reward, "voucher", at + 2 * day)
        code = issue_code(reward=reward, by=self.officer, at=at + 3 * day)
        note_received(reward=reward, received_on=local_date(at + 3 * day), by=self.officer, at=at + 3 * day)
        if end == "paid":
            self.serial += 1
            pay_against_code(
                code=code, voucher=f"青财奖付{self.serial:04d}", paid_on=local_date(at + 4 * day), by=self.cashier,
                at=at + 4 * day,
            )  # fmt: skip

    def paper(self, reward: Reward, kind: str, at: dt.datetime) -> None:
        drafted = draft_paper(reward=reward, kind=kind, by=self.officer, at=at)
        sign_paper(paper=drafted, by=self.head, at=at + dt.timedelta(hours=1))
        number_paper(paper=drafted, by=self.registrar, at=at + dt.timedelta(hours=2))


@transaction.atomic
def tell_rewards(world: World, now: dt.datetime) -> None:
    """Rewards at every stage; told once, after the reports."""
    if Reward.objects.exists() or not Report.objects.exists():
        return
    Rewards(world, now).tell()
