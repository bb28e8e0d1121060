"""Who merges a case, archives it, and opens it again (ADR 0075)."""

from cases import rules
from cases.enums import CaseStatus
from cases.models import Case, CaseMerge
from departments.enums import Role
from departments.models import User

HEADS = (Role.DEPUTY_HEAD, Role.HEAD)


def _leads(user: User, case: Case, *roles: Role) -> bool:
    return rules.is_owner(user, case) and user.has_role(*roles) and rules.can_read(user, case)


def can_propose_merge(user: User, case: Case) -> bool:
    """Ask that the case go on in another: the lead department's handler or leaders."""
    return rules.can_decide(user, case)


def can_merge(user: User, case: Case) -> bool:
    """Confirm that, turn it down, and take a merge back: the lead department's deputy head or head."""
    return _leads(user, case, *HEADS)


def can_confirm_merge(user: User, merge: CaseMerge) -> bool:
    """Who confirms it reads both cases."""
    return can_merge(user, merge.case) and rules.can_read(user, merge.main)


def can_turn_down_merge(user: User, merge: CaseMerge) -> bool:
    """Who would confirm it, and who proposed it."""
    return can_merge(user, merge.case) or (merge.proposed_by_id == user.pk and rules.can_read(user, merge.case))


def can_archive(user: User, case: Case) -> bool:
    """Put a closed case together for the archive: the lead department's handler or leaders."""
    return case.status == CaseStatus.CLOSED and rules.can_decide(user, case)


def can_confirm_archive(user: User, case: Case) -> bool:
    """Take it into the archive or send it back: the lead department's registrar, deputy head or head."""
    return case.status == CaseStatus.CLOSED and _leads(user, case, Role.REGISTRAR, *HEADS)


def can_reopen(user: User, case: Case) -> bool:
    """Open a closed case again, archived or not: the lead department's deputy head or head."""
    return _leads(user, case, *HEADS)
