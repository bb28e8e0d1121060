"""Who steers: sees the dashboard and the risks."""

from departments.enums import LEADERS, Role
from departments.models import User


def can_steer(user: User) -> bool:
    """The office's coordinator, the county leader, and the leaders of a department, each as far as they see."""
    return user.is_authenticated and user.has_role(Role.COORDINATOR, Role.OBSERVER, *LEADERS)
