"""Who may do what with clocks, calendar and rules."""

from typing import Any

from deadlines.enums import ChangeKind, DeadlineStatus
from deadlines.watchers import HEADS, may_watch, watches_county
from departments.enums import LEADERS, Role

__all__ = ["may_watch", "watches_county"]  # who sees the list of clocks at all

EXTENDABLE = frozenset({"strand"})  # referrals ask and agree their extensions between two departments


def can_view(user: Any, deadline: Any) -> bool:
    """Whoever sees the case, or owes it."""
    return type(deadline).objects.visible_to(user).filter(pk=deadline.pk).exists()


def reads_words(user: Any, deadline: Any) -> bool:
    """What people wrote about a clock: whoever owes it, and whoever reads its case whole. The leading group's office,
    which sees cases as summaries, sees dates and lamps (DESIGN: metadata and status only)."""
    if deadline.case_id is None or deadline.department_id == user.department.pk:
        return True
    return not user.has_role(Role.COORDINATOR, Role.OBSERVER)


def _owing(user: Any, deadline: Any, *roles: Role) -> bool:
    return user.has_role(*roles) and user.department == deadline.department and can_view(user, deadline)


def can_extend(user: Any, deadline: Any) -> bool:
    """FACTS §4, row Extension: the section head or a leader above agrees to the first, a leader to any further."""
    if deadline.status != DeadlineStatus.RUNNING or deadline.target_kind not in EXTENDABLE:
        return False
    extended = any(change.kind == ChangeKind.EXTEND for change in deadline.changes.all())
    roles = (Role.DEPUTY_HEAD, Role.HEAD) if extended else tuple(LEADERS)
    return _owing(user, deadline, *roles)


def can_explain_lateness(user: Any, deadline: Any) -> bool:
    """Those who owed it say why it was late, once."""
    if not deadline.late or deadline.late_reason:
        return False
    return _owing(user, deadline, Role.HANDLER, *LEADERS)


def can_reassign(user: Any, deadline: Any) -> bool:
    """The section head hands open clocks of the department to another of its people."""
    return deadline.ended_at is None and _owing(user, deadline, Role.SECTION_HEAD)


def supervises(user: Any) -> bool:
    """Who drafts letters of supervision (督办): the coordinator of the office."""
    return user.has_role(Role.COORDINATOR) and watches_county(user)


def presses(user: Any) -> bool:
    """Who reminds others from the list of clocks at all: the coordinator of the office, and who leads a department."""
    return user.has_role(*HEADS) or supervises(user)


def can_remind(user: Any, deadline: Any) -> bool:
    """催办: the coordinator in the region; a leader where the own department owes it or waits for it."""
    if deadline.status != DeadlineStatus.RUNNING or not presses(user):
        return False
    if user.has_role(Role.COORDINATOR):
        return bool(user.region.pk == deadline.region_id)
    return user.department.pk in (deadline.department_id, deadline.to_department_id)


def can_see_dictionaries(user: Any) -> bool:
    """Calendar and rules are open to everybody who acts in a post."""
    return bool(user.is_authenticated and user.is_active and user.post is not None)


def can_edit_calendar(user: Any) -> bool:
    """Dictionaries are the system administrator's; the office enters the yearly notice as well."""
    return user.has_role(Role.SYSTEM_ADMIN, Role.COORDINATOR)


def can_edit_rules(user: Any) -> bool:
    """Limits bind every department of the county: the office coordinates them, the administrator enters them."""
    return user.has_role(Role.SYSTEM_ADMIN, Role.COORDINATOR)


def notes_outages(user: Any) -> bool:
    """Who notes when the house was not usable: whoever keeps it running."""
    return user.has_role(Role.SYSTEM_ADMIN)


def can_take_back_outage(user: Any, outage: Any) -> bool:
    """The same, of the own region or of the whole installation, while it stands."""
    here = outage.region_id is None or outage.region_id == user.region.pk
    return notes_outages(user) and here and outage.taken_back_at is None
