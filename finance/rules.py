"""Who keeps the registers: the finance department writes, its leaders confirm, never the same person."""

from departments.enums import Role
from departments.models import User
from finance.enums import Status
from finance.models import Appraisal, BudgetReview, FundEntry
from finance.querysets import in_finance, reads_all

WRITING = (Role.HANDLER, Role.SECTION_HEAD, Role.FINANCE)
CONFIRMING = (Role.DEPUTY_HEAD, Role.HEAD)


def can_list(user: User) -> bool:
    """Whom the navigation leads here; who else has rows reads them by their notices."""
    return in_finance(user) or reads_all(user) or user.has_role(Role.FINANCE, Role.SECTION_HEAD, *CONFIRMING)


def can_write(user: User) -> bool:
    """The finance department's handlers, clerks and section heads."""
    return in_finance(user) and user.has_role(*WRITING)


def can_reverse(user: User, entry: FundEntry) -> bool:
    """An entry nobody reversed, that is no reversal itself."""
    return can_write(user) and entry.reverses_id is None and not hasattr(entry, "reversal")


def confirms(user: User) -> bool:
    return in_finance(user) and user.has_role(*CONFIRMING)


def can_confirm(user: User, row: BudgetReview | Appraisal) -> bool:
    """A leader of the finance department, never who entered it."""
    return row.status == Status.WAITING and confirms(user) and row.by_id != user.pk


def can_send_back(user: User, row: BudgetReview | Appraisal) -> bool:
    """Who confirms; and who entered it, before anybody confirmed."""
    return row.status == Status.WAITING and (confirms(user) or (can_write(user) and row.by_id == user.pk))


def can_correct(user: User, row: BudgetReview | Appraisal) -> bool:
    """What was confirmed, or was sent back."""
    return can_write(user) and row.status in (Status.CONFIRMED, Status.RETURNED)
