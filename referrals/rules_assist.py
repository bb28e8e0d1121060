"""Who may do what with stays in other places and requests to the bureaus there."""

from cases.models import Case
from departments.enums import Role
from departments.models import User
from referrals import rules
from referrals.enums_assist import AssistStage
from referrals.models import AssistLetter, OutsideStay


def can_register_stay(user: User, case: Case) -> bool:
    return case.status != "closed" and rules.can_draft(user, case)


can_ask = can_register_stay


def can_ask_about(user: User, stay: OutsideStay) -> bool:
    """The department that entered the stay asks, while no request about it is under way."""
    return (
        rules.of(user, stay.department_id)
        and can_ask(user, stay.case)
        and not stay.letters.unsettled().exclude(stage=AssistStage.ANSWERED).exists()
    )


def can_waive(user: User, stay: OutsideStay) -> bool:
    return (
        stay.proposed
        and stay.waived_at is None
        and rules.of(user, stay.department_id)
        and can_ask(user, stay.case)
        and not stay.letters.exclude(status="discarded").exists()
    )


def _writes(user: User, letter: AssistLetter) -> bool:
    return rules.of(user, letter.department_id) and user.has_role(*rules.WORKERS)


def _takes_in(user: User, letter: AssistLetter) -> bool:
    """The registrar of the asking department; its handler where the paper reached them."""
    return rules.of(user, letter.department_id) and (
        user.has_role(Role.REGISTRAR) or user.pk == letter.drafted_by_id
    )


def can_record_delivery(user: User, letter: AssistLetter) -> bool:
    return letter.stage == AssistStage.POSTED and _takes_in(user, letter)


def can_record_answer(user: User, letter: AssistLetter) -> bool:
    return letter.stage == AssistStage.DELIVERED and _takes_in(user, letter)


def can_close(user: User, letter: AssistLetter) -> bool:
    return letter.stage == AssistStage.ANSWERED and _writes(user, letter)


def can_withdraw(user: User, letter: AssistLetter) -> bool:
    return letter.stage in (AssistStage.POSTED, AssistStage.DELIVERED) and _writes(user, letter)


def can_set_threshold(user: User) -> bool:
    """The dictionary is the system administrator's; the office coordinates the amount."""
    return user.has_role(Role.SYSTEM_ADMIN, Role.COORDINATOR)
