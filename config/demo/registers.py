"""The finance department's registers of the demo county: funds with their entries, reviews and appraisals."""

import datetime as dt
from decimal import Decimal

from django.db import transaction

from config.demo.world import World
from core.dates import local_date
from departments.enums import Function, Role
from finance.actions.funds import enter_amount, open_fund
from finance.actions.reviews import confirm, enter_appraisal, enter_budget
from finance.models import SupervisionFund

# function, kind of use, yuan budgeted, granted, spent
FUNDS = (
    (Function.INSURANCE, "监督检查", "420000.00", "300000.00", "186420.50"),
    (Function.INSURANCE, "第三方审核", "260000.00", "260000.00", "130000.00"),
    (Function.HEALTH, "监督检查", "150000.00", "90000.00", "41260.80"),
    (Function.MARKET, "办案装备", "98000.00", "98000.00", "97350.00"),
    (Function.POLICE, "办案装备", "180000.00", "60000.00", ""),
)
# function, submitted, reviewed, opinion
BUDGETS = (
    (Function.INSURANCE, "760000.00", "680000.00", "核减会议费、培训费8万元，其余同意安排。"),
    (Function.HEALTH, "150000.00", "150000.00", "同意安排。"),
    (Function.MARKET, "120000.00", "98000.00", "装备采购按实际缺口核定。"),
)
APPRAISALS = (
    (Function.INSURANCE, "93.5", "excellent"), (Function.HEALTH, "88.0", "good"), (Function.MARKET, "84.5", "good"),
)  # fmt: skip


@transaction.atomic
def tell_registers(world: World, now: dt.datetime) -> None:
    """The last of the reviews and appraisals wait for the second person."""
    if SupervisionFund.objects.exists():
        return
    clerk, chief = world.one(Function.FINANCE, Role.HANDLER), world.one(Function.FINANCE, Role.DEPUTY_HEAD)
    at = now - dt.timedelta(days=40)
    day, year = local_date(at), local_date(now).year
    for place, (function, use, budgeted, granted, spent) in enumerate(FUNDS, 1):
        fund = open_fund(
            year=year, department=world.departments[function], use=use, amount=Decimal(budgeted),
            basis_number=f"青财预〔{year}〕{place}号", basis_on=day, by=clerk, at=at,
        )  # fmt: skip
        for kind, amount, paper in (("granted", granted, "青财拨"), ("spent", spent, "支付凭证")):
            if amount:
                enter_amount(
                    fund=fund, kind=kind, amount=Decimal(amount), document=f"{paper}〔{year}〕{place}号", happened_on=day,
                    by=clerk, at=at,
                )  # fmt: skip
    for place, (function, submitted, reviewed, opinion) in enumerate(BUDGETS, 1):
        row = enter_budget(
            year=year, department=world.departments[function], kind="budget", submitted=Decimal(submitted),
            reviewed=Decimal(reviewed), opinion=opinion, reviewed_on=day, by=clerk, at=at,
        )  # fmt: skip
        if place < len(BUDGETS):
            confirm(row=row, by=chief, at=at)
    for place, (function, score, grade) in enumerate(APPRAISALS, 1):
        mark = enter_appraisal(
            year=year - 1, department=world.departments[function], score=Decimal(score), grade=grade,
            basis="医疗保障基金监管绩效考核办法", decided_on=day, by=clerk, at=at,
        )  # fmt: skip
        if place < len(APPRAISALS):
            confirm(row=mark, by=chief, at=at)
