"""Who may do what with a data comparison. The list itself is opened by a recorded download only."""

from django.utils import timezone

from departments.enums import LEADERS, Function, ReferralKind, Role
from departments.models import Department, Route, User
from referrals.duties import overdue_list
from referrals.enums import COMPARISON_WAITING, ComparisonStatus, LetterKind
from referrals.models import Comparison, ListSupervision
from referrals.receiving_enums import ListSupervisionStatus
from referrals.rules import WORKERS, at_least, of, signing_rules
from referrals.rules_writing import has_written


def partners(user: User) -> list[Department]:
    """The departments of the region with which the user's may compare lists, in either direction."""
    if user.department is None or not user.has_role(*WORKERS):
        return []
    function = user.department.function
    routes = Route.objects.filter(kind=ReferralKind.COMPARISON)
    functions = {route.receiver for route in routes if route.sender == function}
    functions |= {route.sender for route in routes if route.receiver == function}
    found = Department.objects.visible_to(user).active().filter(region=user.region, function__in=functions)
    return list(found.exclude(pk=user.department.pk))


def can_draft(user: User) -> bool:
    return bool(partners(user))


def can_submit(user: User, comparison: Comparison) -> bool:
    return (
        comparison.status == ComparisonStatus.DRAFT
        and of(user, comparison.sender_id)
        and user.has_role(*WORKERS)
    )


can_discard = can_submit
can_edit = can_submit


def can_withdraw(user: User, comparison: Comparison) -> bool:
    """Before the result: the drafter, or a leader of the sender."""
    return (
        comparison.status in COMPARISON_WAITING
        and of(user, comparison.sender_id)
        and (user.has_role(*LEADERS) or (user.pk == comparison.drafted_by_id and user.has_role(*WORKERS)))
    )


def can_approve(user: User, comparison: Comparison) -> bool:
    """The signer of the signing rule or a leader above, never the drafter nor who changed the draft."""
    return (
        comparison.status == ComparisonStatus.SUBMITTED
        and of(user, comparison.sender_id)
        and not has_written(user, comparison)
        and at_least(user, signing_rules(user)[LetterKind.COMPARISON].signer)
    )


def can_send(user: User, comparison: Comparison) -> bool:
    return (
        comparison.status == ComparisonStatus.APPROVED
        and of(user, comparison.sender_id)
        and user.has_role(Role.REGISTRAR)
    )


def can_send_back(user: User, comparison: Comparison) -> bool:
    return can_approve(user, comparison) or can_send(user, comparison)


def can_receive(user: User, comparison: Comparison) -> bool:
    """The receiver's registrar; for a body without an account the sender's."""
    side = comparison.receiver_id if comparison.receiver.has_account else comparison.sender_id
    return comparison.status == ComparisonStatus.SENT and of(user, side) and user.has_role(Role.REGISTRAR)


def can_prepare(user: User, comparison: Comparison) -> bool:
    return (
        comparison.status == ComparisonStatus.RECEIVED
        and comparison.receiver.has_account
        and of(user, comparison.receiver_id)
        and user.has_role(*WORKERS)
    )


def can_record_result(user: User, comparison: Comparison) -> bool:
    """What came on paper from a body without an account."""
    return (
        comparison.status == ComparisonStatus.RECEIVED
        and not comparison.receiver.has_account
        and of(user, comparison.sender_id)
        and user.has_role(Role.REGISTRAR)
    )


def can_return(user: User, comparison: Comparison) -> bool:
    """Instead of comparing it: who would compare; of a body without an account who enters its papers."""
    return can_prepare(user, comparison) or can_record_result(user, comparison)


def can_answer(user: User, comparison: Comparison) -> bool:
    """A leader of the receiver, never the person who wrote the result down."""
    return (
        comparison.status == ComparisonStatus.PREPARED
        and of(user, comparison.receiver_id)
        and user.has_role(*LEADERS)
        and user.pk != comparison.prepared_by_id
    )


can_send_back_result = can_answer


def asker_id(comparison: Comparison) -> int:
    """The department that works with the result: the sender, or the receiver of a list sent without being asked."""
    return comparison.receiver_id if comparison.unasked else comparison.sender_id


def can_download(user: User, comparison: Comparison) -> bool:
    """Those who have to work with the list: the side that wrote it, and the side that has signed for it here."""
    if comparison.destroyed_at is not None or not user.has_role(*WORKERS, Role.REGISTRAR):
        return False
    if of(user, comparison.sender_id):
        return True
    return (
        of(user, comparison.receiver_id)
        and comparison.received_at is not None
        and comparison.receiver.has_account
    )


# --- 督办 ------------------------------------------------------------------------------------------------------
def supervises(user: User) -> bool:
    """The coordinator of an office."""
    return user.has_role(Role.COORDINATOR) and user.department.function == Function.OFFICE


def can_supervise(user: User, comparison: Comparison) -> bool:
    """The coordinator, when the receiver is late and owes the office no reply already."""
    return (
        comparison.status in COMPARISON_WAITING
        and supervises(user)
        and user.region.pk in (comparison.sender.region_id, comparison.receiver.region_id)
        and overdue_list(comparison, timezone.now()) is not None
        and not comparison.supervisions.open().exists()
    )


def can_review_supervision(user: User, supervision: ListSupervision) -> bool:
    """The reviewer the rule of the office names, if any, or a leader above, never the drafter."""
    rule = signing_rules(user)[LetterKind.SUPERVISION] if of(user, supervision.office_id) else None
    return (
        supervision.status == ListSupervisionStatus.DRAFT
        and rule is not None
        and bool(rule.reviewer)
        and user.pk != supervision.drafted_by_id
        and at_least(user, rule.reviewer)
    )


def can_issue_supervision(user: User, supervision: ListSupervision) -> bool:
    """The signer the rule of the office names, or a leader above, never the drafter nor who reviewed it."""
    if not of(user, supervision.office_id):
        return False
    rule = signing_rules(user)[LetterKind.SUPERVISION]
    ready = ListSupervisionStatus.REVIEWED if rule.reviewer else ListSupervisionStatus.DRAFT
    return (
        supervision.status in (ready, ListSupervisionStatus.REVIEWED)
        and user.pk not in (supervision.drafted_by_id, supervision.reviewed_by_id)
        and at_least(user, rule.signer)
    )


def can_discard_supervision(user: User, supervision: ListSupervision) -> bool:
    """The coordinator, and whoever takes the next step."""
    if supervision.status not in (ListSupervisionStatus.DRAFT, ListSupervisionStatus.REVIEWED):
        return False
    return (
        (of(user, supervision.office_id) and user.has_role(Role.COORDINATOR))
        or can_review_supervision(user, supervision)
        or can_issue_supervision(user, supervision)
    )


def can_prove_supervision(user: User, supervision: ListSupervision) -> bool:
    """送达回证, once: the coordinator of the office that sent it, where the receiver does not work here."""
    return (
        supervision.issued_at is not None
        and supervision.delivered_at is None
        and not supervision.comparison.receiver.has_account
        and of(user, supervision.office_id)
        and user.has_role(Role.COORDINATOR)
    )


def can_reply_to_supervision(user: User, supervision: ListSupervision) -> bool:
    """Who works with lists at the receiver; for a body without an account the sender's registrar notes its reply."""
    if supervision.status != ListSupervisionStatus.ISSUED:
        return False
    comparison = supervision.comparison
    if comparison.receiver.has_account:
        return of(user, comparison.receiver_id) and user.has_role(*WORKERS)
    return of(user, comparison.sender_id) and user.has_role(Role.REGISTRAR)


def can_open_leads(user: User, comparison: Comparison) -> bool:
    return (
        comparison.status == ComparisonStatus.ANSWERED
        and comparison.destroyed_at is None
        and bool(comparison.hits)
        and of(user, asker_id(comparison))
        and user.has_role(*WORKERS)
    )


def can_close(user: User, comparison: Comparison) -> bool:
    return (
        comparison.status == ComparisonStatus.ANSWERED
        and of(user, asker_id(comparison))
        and user.has_role(*WORKERS)
    )
