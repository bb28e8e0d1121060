"""What waits for the second person, on the workbench and beside the navigation."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.gathering import Gathering, Steps, stepwise
from core.registry import TaskRow
from departments.models import User
from finance import rules
from finance.models import Appraisal, BudgetReview


def _waiting(user: User, model: Any) -> QuerySet[Any]:
    if not rules.confirms(user):
        return model.objects.none()
    return model.objects.visible_to(user).waiting().exclude(by=user)


def budgets(user: User) -> QuerySet[BudgetReview]:
    return _waiting(user, BudgetReview)


def appraisals(user: User) -> QuerySet[Appraisal]:
    return _waiting(user, Appraisal)


def todo_count(user: User) -> list[QuerySet[Any]]:
    return [budgets(user), appraisals(user)]


@stepwise
def todo_rows(user: User, limit: int, asked: Gathering) -> Steps:
    """Rows to confirm, the oldest first."""
    said = {
        "budget_review": _("Confirm the review: %(row)s"),
        "appraisal": _("Confirm the appraisal: %(row)s"),
    }
    waiting = [asked.rows(rows.select_related("department", "by").order_by("pk")[:limit]) for rows in todo_count(user)]
    yield
    found = [row for rows in waiting for row in rows]
    return [
        TaskRow(
            phrase=said[row.kind_code] % {"row": row}, url=row.get_absolute_url(), source=str(row.by),
            action_label=pgettext("register", "Confirm"),
            action_url=reverse(f"finance:confirm_{row.kind_code}", args=[row.pk]), sort=row.at,
            target=(row.kind_code, row.pk),
        )
        for row in sorted(found, key=lambda row: row.at)[:limit]
    ]  # fmt: skip
