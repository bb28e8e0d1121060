"""Who may do what with the lists and with credit repair."""

from cases.querysets import may_hold_cases
from departments.enums import Function, Role
from departments.models import User
from sanctions.actions.repairs import NOT_REPAIRED
from sanctions.enums import APPLIED_LIVE, EntryStatus, ListKind, RepairStatus
from sanctions.models import AppliedMeasure, ListEntry, Repair
from sanctions.rules import signs_for, works_for

# the department that determines, and the one that keeps the county's credit information (C8, C22)
LISTING = (Function.INSURANCE, Function.REFORM)


def can_propose_entry(user: User) -> bool:
    if not may_hold_cases(user) or user.department.function not in LISTING:
        return False
    return works_for(user, user.department)


def _decides(user: User, entry: ListEntry) -> bool:
    """Deputy head or head; the permanent list is the head's. The action refuses who proposed it."""
    if entry.kind == ListKind.PERMANENT and not user.has_role(Role.HEAD):
        return False
    return signs_for(user, entry.department)


def can_approve(user: User, entry: ListEntry) -> bool:
    return entry.status == EntryStatus.PROPOSED and _decides(user, entry)


def can_refuse(user: User, entry: ListEntry) -> bool:
    return can_approve(user, entry)


def can_remove(user: User, entry: ListEntry) -> bool:
    return entry.status in (EntryStatus.LISTED, EntryStatus.SUSPENDED) and _decides(user, entry)


def can_repair_entry(user: User, entry: ListEntry) -> bool:
    mendable = entry.status == EntryStatus.LISTED and entry.kind in (ListKind.BLACK, ListKind.SERIOUS)
    return mendable and works_for(user, entry.department) and not entry.repairs.open().exists()


def can_repair_measure(user: User, applied: AppliedMeasure) -> bool:
    mendable = applied.status in APPLIED_LIVE and applied.measure.effect not in NOT_REPAIRED
    return mendable and works_for(user, applied.department) and not applied.repairs.open().exists()


def can_decide_repair(user: User, repair: Repair) -> bool:
    return repair.status == RepairStatus.APPLIED and signs_for(user, repair.department)
