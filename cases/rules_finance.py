"""Who confirms money that came in: the finance department, never who entered it."""

from cases.models import MoneyConfirmation, MoneyEntry
from cases.querysets_finance import keeps_accounts
from departments.enums import LEADERS, Role
from departments.models import User


def can_see_accounts(user: User) -> bool:
    return keeps_accounts(user)


def keeps_vouchers(user: User) -> bool:
    """The finance department's clerks, handlers and leaders."""
    return keeps_accounts(user) and user.has_role(Role.FINANCE, Role.HANDLER, *LEADERS)


def can_confirm(user: User, entry: MoneyEntry) -> bool:
    """Loaded by `to_finance`: an amount another department and another person entered."""
    return keeps_vouchers(user) and entry.by_id != user.pk and entry.department_id != user.department.pk


def can_take_back(user: User, confirmation: MoneyConfirmation) -> bool:
    """One of the own department that nobody took back."""
    return (
        keeps_vouchers(user)
        and confirmation.department_id == user.department.pk
        and confirmation.voided_at is None
    )
