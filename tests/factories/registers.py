"""Rows of the finance department's registers, entered through its actions."""

import datetime as dt
from decimal import Decimal
from types import SimpleNamespace

from finance.actions.funds import open_fund
from finance.actions.reviews import enter_appraisal, enter_budget

DAY = dt.date(2026, 11, 12)


def make_fund(department, *, by, at, **more):
    given = {
        "year": 2026, "use": "监督检查", "amount": Decimal("200000.00"),
        "basis_number": "青财社〔2026〕18号", "basis_on": DAY,
    }  # fmt: skip
    return open_fund(department=department, by=by, at=at, **(given | more))


def make_budget(department, *, by, at, **more):
    given = {
        "year": 2026, "kind": "budget", "submitted": Decimal("320000.00"), "reviewed": Decimal("300000.00"),
        "opinion": "核减会议费。", "reviewed_on": DAY,
    }  # fmt: skip
    return enter_budget(department=department, by=by, at=at, **(given | more))


def make_appraisal(department, *, by, at, **more):
    given = {
        "year": 2026, "score": Decimal("92.5"), "grade": "excellent", "basis": "2026年度绩效考核办法", "decided_on": DAY,
    }  # fmt: skip
    return enter_appraisal(department=department, by=by, at=at, **(given | more))


def registers(department, *, by, at):
    """One row of each about a department: the fund with its budget, the others waiting."""
    fund = make_fund(department, by=by, at=at)
    return SimpleNamespace(
        fund=fund, fund_entry=fund.entries.get(), budget_review=make_budget(department, by=by, at=at),
        appraisal=make_appraisal(department, by=by, at=at),
    )  # fmt: skip
