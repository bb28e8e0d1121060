"""Who reads the record as such. A case's own timeline follows the case and is asked there."""

from __future__ import annotations

from departments.enums import Role
from departments.models import User


def can_read_record(user: User) -> bool:
    """Only the audit administrator, of the own region, and nothing but the record (三员分立, FACTS §4)."""
    return user.is_authenticated and user.has_role(Role.AUDIT_ADMIN)
