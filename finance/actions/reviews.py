"""预决算审核 and 绩效考核: entered by one, confirmed by another, corrected by a new version (FACTS §1A C7)."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from core.money import CENT
from core.refusals import BadInput, FourEyes
from core.states import move
from departments.models import Department, User
from finance import notices
from finance.actions.common import (
    check,
    exact_amount,
    lock_register,
    missing,
    wrong_day,
    wrong_department,
    wrong_year,
)
from finance.enums import LARGEST, Status
from finance.models import Appraisal, BudgetReview
from journal.actions import record

Row = BudgetReview | Appraisal


def _following(rows: QuerySet[Any], corrects: Row | None, remark: str, field: str) -> dict[str, Any]:
    """What ties a new row to the one that stands for the same year and body.

    :raises BadInput: one waits or stands already, or a correction without its reason
    """
    if rows.waiting().exists():  # type: ignore[attr-defined]
        raise BadInput(_("One for this year waits to be confirmed."), field=field)
    standing = rows.standing().first()  # type: ignore[attr-defined]
    if standing is not None and corrects is None:
        raise BadInput(_("One for this year is confirmed: correct it there."), field=field)
    if standing is not None:
        check({"remark": missing(remark)})
    return {"replaces": standing, "number": standing.number + 1 if standing else 1, "remark": remark.strip()}


@transaction.atomic
def enter_budget(
    *,
    year: int,
    department: Department,
    kind: str,
    submitted: Decimal,
    reviewed: Decimal,
    opinion: str,
    reviewed_on: dt.date,
    remark: str = "",
    corrects: BudgetReview | None = None,
    by: User,
    at: dt.datetime,
) -> BudgetReview:
    """Enter what a department submitted and what the review left of it. `corrects`: the row this is a version of.

    :raises BadInput: an entry cannot be right; one for this year waits, or stands and is not corrected
    """
    region = by.post.department.region
    lock_register(region)
    if corrects is not None:
        year, department, kind = corrects.year, corrects.department, corrects.kind
    submitted, reviewed = exact_amount(submitted, "submitted"), Decimal(reviewed)
    whole = 0 <= reviewed <= LARGEST and reviewed == reviewed.quantize(CENT)
    check({
        "year": wrong_year(year, at), "department": wrong_department(department, region), "opinion": missing(opinion),
        "reviewed": "" if whole else _("Enter an amount in yuan such as 86240.00."),
        "reviewed_on": wrong_day(reviewed_on, at),
    })  # fmt: skip
    same = BudgetReview.objects.filter(region=region, year=year, department=department, kind=kind)
    row = BudgetReview.objects.create(
        region=region, year=year, department=department, kind=kind, submitted=submitted, reviewed=reviewed,
        opinion=opinion.strip(), reviewed_on=reviewed_on, by=by, at=at, **_following(same, corrects, remark, "year"),
    )  # fmt: skip
    _note(row, "entered", by=by, at=at)
    return row


@transaction.atomic
def enter_appraisal(
    *,
    year: int,
    department: Department | None = None,
    body: str = "",
    score: Decimal,
    grade: str,
    basis: str,
    decided_on: dt.date,
    remark: str = "",
    corrects: Appraisal | None = None,
    by: User,
    at: dt.datetime,
) -> Appraisal:
    """Enter the appraisal of a department, or of a body that is none. score: 0 to 100, one decimal.

    :raises BadInput: an entry cannot be right; one for this year waits, or stands and is not corrected
    """
    region = by.post.department.region
    lock_register(region)
    if corrects is not None:
        year, department, body = corrects.year, corrects.department, corrects.body
    score, body = Decimal(score), body.strip()
    whole = 0 <= score <= 100 and score == score.quantize(Decimal("0.1"))
    one = (department is None) != (not body)
    check({
        "year": wrong_year(year, at),
        "department": wrong_department(department, region) if one else _("Choose a department or name a body, not both."),
        "score": "" if whole else _("A score lies between 0 and 100, with one decimal."),
        "basis": missing(basis), "decided_on": wrong_day(decided_on, at),
    })  # fmt: skip
    same = Appraisal.objects.filter(region=region, year=year, department=department, body=body)
    row = Appraisal.objects.create(
        region=region, year=year, department=department, body=body, score=score, grade=grade, basis=basis.strip(),
        decided_on=decided_on, by=by, at=at, **_following(same, corrects, remark, "year"),
    )  # fmt: skip
    _note(row, "entered", by=by, at=at)
    return row


@transaction.atomic
def confirm(*, row: Row, by: User, at: dt.datetime) -> Row:
    """The second person confirms; a version that stood until now is replaced.

    :raises FourEyes: by who entered it
    :raises WrongState, MovedOn: it does not wait any more
    """
    if by.pk == row.by_id:
        raise FourEyes
    lock_register(row.region)
    if row.replaces is not None:
        move(row.replaces, Status.REPLACED, at=at)
    move(row, Status.CONFIRMED, at=at, confirmed_by=by, confirmed_at=at)
    _note(row, "confirmed", by=by, at=at)
    notices.confirmed(row, at=at)
    return row


@transaction.atomic
def send_back(*, row: Row, reason: str, by: User, at: dt.datetime) -> Row:
    """Not confirmed, or taken back by who entered it: it stays on record with the reason and counts nowhere.

    :raises BadInput: no reason
    :raises WrongState, MovedOn: it does not wait any more
    """
    check({"reason": missing(reason)})
    move(row, Status.RETURNED, at=at, returned_by=by, returned_at=at, return_reason=reason.strip())
    _note(row, "returned", by=by, at=at, reason=reason.strip())
    if by.pk != row.by_id:
        notices.returned(row, at=at)
    return row


def _note(row: Row, verb: str, **more: Any) -> None:
    record(f"{row.kind_code}.{verb}", target=row, **notices.words(row), version=row.number, **more)


@transaction.atomic
def note_taken(*, register: str, rows: int, by: User, at: dt.datetime) -> None:
    """Write down that somebody took a register along as a file."""
    record("registers.exported", target=None, by=by, at=at, register=register, rows=rows)
