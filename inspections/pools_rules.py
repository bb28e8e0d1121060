"""Who keeps pools, caps and the figures of coverage."""

from departments.enums import LEADERS, Function, Role
from departments.models import User
from departments.rules import can_keep_dictionaries
from inspections.models import Pool
from inspections.querysets import in_office, may_inspect

KEEPING = (Role.HANDLER, *LEADERS)


def can_list(user: User) -> bool:
    """Whoever meets business data; which pools they see is asked of these."""
    return may_inspect(user)


def can_make(user: User) -> bool:
    """A handler or leader of a department that may inspect: the leading group's office never does (T4)."""
    return may_inspect(user) and user.has_role(*KEEPING) and user.department.function != Function.OFFICE


def can_keep(user: User, pool: Pool) -> bool:
    """Of the department whose pool it is, while it is in use."""
    return pool.retired_at is None and can_make(user) and user.department.pk == pool.department_id


def can_see_coverage(user: User) -> bool:
    """Counts of the region, and the bodies not yet visited: everybody there in a business post."""
    return may_inspect(user)


def can_exempt(user: User) -> bool:
    """That a body does not count towards full coverage is said by the leaders of the medical insurance department."""
    return may_inspect(user) and user.has_role(*LEADERS) and user.department.function == Function.INSURANCE


def can_keep_caps(user: User) -> bool:
    """How often a body is visited at most: the county's system administrator, or the head of the office."""
    if not user.is_authenticated or user.region is None:
        return False
    return can_keep_dictionaries(user) or (in_office(user) and user.has_role(Role.HEAD))
