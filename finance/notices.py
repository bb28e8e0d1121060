"""Whom to tell of a confirmed or returned row. Called by the actions, inside their transaction."""

import datetime as dt
from typing import Any

from core.dates import local_date
from departments.enums import LEADERS
from departments.models import User
from finance.models import Appraisal, BudgetReview
from journal.actions import notify


def words(row: BudgetReview | Appraisal) -> dict[str, Any]:
    """The params by which events and notices speak of a row."""
    if isinstance(row, BudgetReview):
        return {
            "year": row.year, "about_department": row.department_id, "budget_kind": row.kind,
            "submitted": str(row.submitted), "reviewed": str(row.reviewed),
        }  # fmt: skip
    return {"year": row.year, "appraised": row.whom, "score": str(row.score), "grade": row.grade}


def confirmed(row: BudgetReview | Appraisal, *, at: dt.datetime) -> None:
    """Who entered it, and the leaders of the department it is about."""
    verb = f"{row.kind_code}.was_confirmed"
    notify([row.by], verb, target=row, at=at, tone="g", **words(row))
    if row.department is not None and row.department.has_account:
        people = User.objects.acting_for(row.department, *LEADERS, on=local_date(at)).exclude(pk=row.by_id)
        notify(people, verb, target=row, at=at, department=row.department, **words(row))


def returned(row: BudgetReview | Appraisal, *, at: dt.datetime) -> None:
    verb = f"{row.kind_code}.was_returned"
    notify([row.by], verb, target=row, at=at, tone="r", reason=row.return_reason, **words(row))
