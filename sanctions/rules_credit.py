"""Who looks up, publishes, scores. Loading through `visible_to` comes first; every second hand is asked in the action."""

from cases.querysets import may_hold_cases
from departments.enums import LEADERS, Function, Role
from departments.models import User
from departments.rules import can_keep_dictionaries
from sanctions.enums_credit import (
    Confirmation,
    ConsequenceKind,
    ConsequenceStatus,
    PublicationStatus,
    Receipt,
)
from sanctions.models import AnnualScore, Consequence, PointEntry, PointImport, Publication, PublicationExport
from sanctions.querysets_credit import scores

MEMBERS = (
    Function.INSURANCE, Function.HEALTH, Function.MARKET, Function.FINANCE, Function.REFORM, Function.POLICE,
    Function.AGENCY,
)  # fmt: skip
S = PublicationStatus


def can_look_up(user: User) -> bool:
    """Whoever works in a department of the region: handlers, leaders, registrars, the office."""
    return may_hold_cases(user) and user.has_role(Role.HANDLER, Role.REGISTRAR, Role.COORDINATOR, *LEADERS)


def can_look_up_person(user: User) -> bool:
    """Personal data: handlers and leaders of a member department, for its work."""
    return (
        may_hold_cases(user) and user.department.function in MEMBERS and user.has_role(Role.HANDLER, *LEADERS)
    )


def can_list_publications(user: User) -> bool:
    return may_hold_cases(user)


def can_prepare_any(user: User) -> bool:
    """Handlers and leaders of a member department prepare what it decided."""
    return (
        may_hold_cases(user) and user.department.function in MEMBERS and user.has_role(Role.HANDLER, *LEADERS)
    )


def _own(user: User, thing: Publication | PublicationExport) -> bool:
    return may_hold_cases(user) and user.department.pk == thing.department_id


def can_prepare(user: User, row: Publication) -> bool:
    """Fill in what is owed, or mend what was sent back or rejected; what is prepared may still be changed."""
    mendable = (S.OWED, S.PREPARED, S.RETURNED, S.REJECTED)
    return row.status in mendable and _own(user, row) and can_prepare_any(user)


def can_release(user: User, row: Publication) -> bool:
    """A leader of the department; the action refuses who prepared it."""
    return row.status == S.PREPARED and _own(user, row) and user.has_role(*LEADERS)


can_send_back = can_release


def can_drop(user: User, row: Publication) -> bool:
    """Say that it is not published."""
    if row.status == S.OWED:
        return _own(user, row) and user.has_role(*LEADERS)
    return (
        row.status in (S.PREPARED, S.RETURNED, S.RELEASED, S.REJECTED)
        and _own(user, row)
        and can_prepare_any(user)
    )


def is_exporter(user: User) -> bool:
    """The keeper of the platform (发改), and the medical-insurance department where it sends itself."""
    exporting = (Function.REFORM, Function.INSURANCE)
    roles = (Role.HANDLER, Role.REGISTRAR, *LEADERS)
    return may_hold_cases(user) and user.department.function in exporting and user.has_role(*roles)


def can_export(user: User) -> bool:
    return is_exporter(user)


def can_receive(user: User, export: PublicationExport) -> bool:
    """Enter what the platform said."""
    return is_exporter(user) and _own(user, export) and export.lines.filter(receipt=Receipt.WAITING).exists()


def can_start_withdrawal(user: User, row: Publication) -> bool:
    """The department that published it. What is not published is refused by the action, which says what to do."""
    with_it = (S.PUBLISHED, S.RELEASED, S.REJECTED, S.PREPARED)
    return row.status in with_it and _own(user, row) and can_prepare_any(user)


def can_prove_withdrawal(user: User, row: Publication) -> bool:
    """The department that published it, or the keeper of the platform."""
    if row.status != S.WITHDRAWING or not may_hold_cases(user) or user.region.pk != row.region_id:
        return False
    return (_own(user, row) and can_prepare_any(user)) or (
        user.department.function == Function.REFORM and is_exporter(user)
    )


def can_keep_mapping(user: User) -> bool:
    """The system administrator, or a leader of the department that keeps the platform."""
    keeper = is_exporter(user) and user.has_role(*LEADERS)
    return user.is_authenticated and user.region is not None and (keeper or can_keep_dictionaries(user))


def can_list_points(user: User) -> bool:
    return scores(user)


def can_enter_points(user: User) -> bool:
    """Handlers and leaders of the medical-insurance department and its agency."""
    return scores(user) and user.has_role(Role.HANDLER, *LEADERS)


def can_confirm(user: User, row: PointEntry | AnnualScore) -> bool:
    """A leader of the department that entered it; the action refuses who entered it."""
    return row.status == Confirmation.ENTERED and _of(user, row.department_id) and user.has_role(*LEADERS)


can_reject = can_confirm


def can_confirm_list(user: User, source: PointImport) -> bool:
    """As one entry of it."""
    return _of(user, source.department_id) and user.has_role(*LEADERS)


def can_revoke(user: User, row: PointEntry | AnnualScore) -> bool:
    """Deputy head or head, on review."""
    heads = (Role.DEPUTY_HEAD, Role.HEAD)
    return row.status == Confirmation.CONFIRMED and _of(user, row.department_id) and user.has_role(*heads)


def can_settle(user: User, row: Consequence) -> bool:
    """A leader of the department the task is with says that it is done, or why not."""
    return (
        row.status == ConsequenceStatus.PROPOSED and _of(user, row.department_id) and user.has_role(*LEADERS)
    )


def can_lift(user: User, row: Consequence) -> bool:
    """A leader of the department that did it; the action refuses who entered that. A talk is over when it was held."""
    done = row.status == ConsequenceStatus.DONE and row.kind != ConsequenceKind.TALK
    return done and _of(user, row.department_id) and user.has_role(*LEADERS)


def _of(user: User, department_id: int) -> bool:
    return scores(user) and user.department.pk == department_id
