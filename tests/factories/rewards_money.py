"""Accepted reports with reporters in a decided case, and rewards at every stage, through the actions of the room.

The reports here are rows without an identity: nobody's name is needed to compute and pay.
"""

import datetime as dt
import uuid
from decimal import Decimal
from itertools import count

from cases.actions.money import enter_money
from cases.actions.strands import decide_strand, file_strand, investigate
from cases.enums import Disposition, MoneyKind
from core.dates import local_date
from core.registry import Clue
from departments.enums import Function, Role
from departments.models import Department, User
from rewards.actions.approval import approve_reward, propose_reward
from rewards.actions.budgets import fund_reward, grant_budget
from rewards.actions.claims import issue_code
from rewards.actions.eligibility import record_eligibility
from rewards.actions.payments import pay_against_code
from rewards.enums import Channel, Naming, ReporterKind, ReportStatus
from rewards.models import Report, Reporter, Reward
from tests.cast import person

_serial = count(1)
ANSWERS = {"wants": True, "known_before": False, "duty": False, "staff": False, "identifiable": True}


def somebody(department, role, name="某某"):
    """The first person of a department with a role, engaged where there is none."""
    found = User.objects.acting_for(department, role, on=dt.date(2026, 11, 16)).order_by("pk").first()
    return found or person(f"rw{next(_serial):05d}", name, department, role)


def report_row(in_case, *, at, reporters=1, kind=ReporterKind.NATURAL, **more):
    """An accepted report of a case with its reporters."""
    officer = somebody(in_case.owner, Role.REPORT_OFFICER, "纪守言")
    given = {
        "region": in_case.region, "department": in_case.owner, "number": f"举报{next(_serial):06d}",
        "receipt_digest": uuid.uuid4().hex * 2, "channel": Channel.PHONE, "naming": Naming.REAL_NAME,
        "subject_name": "青禾县仁和医院", "facts": "重复收费", "wants_reward": True, "status": ReportStatus.ACCEPTED,
        "case": in_case, "received_at": at - dt.timedelta(days=60), "decided_by": officer, "decided_at": at,
        "created_at": at, "updated_at": at,
    }  # fmt: skip
    report = Report.objects.create(**(given | more))
    for position in range(1, reporters + 1):
        Reporter.objects.create(report=report, position=position, kind=kind)
    return report


def ask(report, *, at, weights=(), **answers):
    """Every reporter of a report was asked and may be rewarded, unless said otherwise."""
    officer = somebody(report.department, Role.REPORT_OFFICER)
    for place, reporter in enumerate(report.reporters.order_by("position")):
        weight = weights[place] if weights else 1
        record_eligibility(reporter=reporter, weight=weight, by=officer, at=at, **(ANSWERS | answers))
    return report


def verify(report, amount, *, by, at, kind=MoneyKind.VERIFIED):
    """An amount that was verified because of this report."""
    return enter_money(
        case=report.case, kind=kind, amount=Decimal(amount), happened_on=local_date(at),
        clue=Clue("report", report.pk, report.number), by=by, at=at,
    )  # fmt: skip


def decide(case, *, at, disposition=Disposition.AGREEMENT, **more):
    """The owner's strand filed, investigated and decided."""
    strand = case.strands.get(department=case.owner)
    deputy = somebody(case.owner, Role.DEPUTY_HEAD, "梁国栋")
    file_strand(strand=strand, filing_number=f"青医保立〔2026〕{next(_serial)}号", by=deputy, at=at)
    investigate(strand=strand, by=deputy, at=at)
    given = {"basis": "条例第三十八条", "findings": "查实。"} | more
    if disposition == Disposition.PENALTY:
        given.setdefault("decision_number", "青医保罚〔2026〕1号")
        given["known"] = True
    return decide_strand(strand=strand, disposition=disposition, by=deputy, at=at, **given)


def finance_of(region):
    return Department.objects.of(region, Function.FINANCE).get()


def payer(region):
    return somebody(finance_of(region), Role.FINANCE, "金满仓")


def bring_reward(reward, status, *, at, budget="1000000.00", code=False):
    """A computed reward of a decided case brought to `status`; with `code` its claim code comes along."""
    department, region = reward.department, reward.region
    officer = somebody(department, Role.REPORT_OFFICER)
    if status != "computed":
        propose_reward(reward=reward, effective_on=local_date(at), by=officer, at=at)
    if status in ("approved", "funded", "paid"):
        approve_reward(reward=reward, by=somebody(department, Role.DEPUTY_HEAD), at=at)
    if status in ("funded", "paid"):
        chief = somebody(finance_of(region), Role.SECTION_HEAD, "汪成业")
        grant_budget(
            region=region,
            year=local_date(at).year,
            amount=Decimal(budget),
            document="青财预〔2026〕1号",
            by=chief,
            at=at,
        )
        fund_reward(reward=reward, by=payer(region), at=at)
    secret = issue_code(reward=reward, by=officer, at=at) if code or status == "paid" else None
    if status == "paid":
        pay_against_code(
            code=secret, voucher=f"付{next(_serial):06d}", paid_on=local_date(at), by=payer(region), at=at
        )
        reward.refresh_from_db()
    return (reward, secret) if code else reward


def make_reward(case, *, at, by, verified="10000.00", status="computed", reporters=1, **more):
    """The reward of a new report in `case`, which is decided already where the status asks for it."""
    report = ask(report_row(case, at=at, reporters=reporters), at=at)
    verify(report, verified, by=by, at=at)
    reward = Reward.objects.filter(report=report).order_by("pk").first()
    return bring_reward(reward, status, at=at, **more)
