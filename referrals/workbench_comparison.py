"""What data comparisons put on the workbench, and what keeps a person from leaving."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from core.gathering import Gathering, Steps, stepwise
from core.registry import TaskRow
from core.tally import Countable
from departments.enums import LEADERS, Role
from departments.models import Post, User
from referrals import offers, reading
from referrals.enums import ComparisonStatus, LetterKind
from referrals.models import Comparison
from referrals.rules import WORKERS, at_least, signing_rules
from referrals.rules_writing import changed_by


def to_do(user: User) -> QuerySet[Comparison]:
    """Comparisons whose next step is this person's, receipt excepted (it has a tab of its own)."""
    if user.department is None:
        return Comparison.objects.none()
    here = user.department
    mine = Q(status=ComparisonStatus.DRAFT, drafted_by=user)
    if user.has_role(Role.REGISTRAR):
        mine |= Q(status=ComparisonStatus.APPROVED, sender=here)
        mine |= Q(status=ComparisonStatus.RECEIVED, sender=here, receiver__has_account=False)
    if user.has_role(*WORKERS):
        mine |= Q(status=ComparisonStatus.RECEIVED, receiver=here)
        mine |= Q(status=ComparisonStatus.ANSWERED, sender=here, drafted_by=user, unasked=False)
        mine |= Q(status=ComparisonStatus.ANSWERED, receiver=here, unasked=True)
    if user.has_role(*LEADERS):
        mine |= Q(status=ComparisonStatus.PREPARED, receiver=here) & ~Q(prepared_by=user)
        if at_least(user, signing_rules(user)[LetterKind.COMPARISON].signer):
            written = Q(drafted_by=user) | Q(pk__in=changed_by(user, Comparison))
            mine |= Q(status=ComparisonStatus.SUBMITTED, sender=here) & ~written
    return Comparison.objects.visible_to(user).filter(mine)


def to_sign_for(user: User) -> QuerySet[Comparison]:
    """Comparisons the registrar has to sign for."""
    if user.department is None or not user.has_role(Role.REGISTRAR):
        return Comparison.objects.none()
    here = Q(receiver=user.department) | Q(sender=user.department, receiver__has_account=False)
    return Comparison.objects.visible_to(user).filter(here, status=ComparisonStatus.SENT)


def _rows(found: QuerySet[Comparison], user: User, limit: int, asked: Gathering) -> Steps:
    comparisons = asked.rows(found.for_list().order_by("pk")[:limit])
    yield
    clocks = yield from reading.lit.steps(comparisons, Comparison.kind_code, None, asked)
    return [_row(comparison, user, clocks.get(comparison.pk)) for comparison in comparisons]


def _row(comparison: Comparison, user: User, clock: Any) -> TaskRow:
    offered = offers.of_comparison(user, comparison)
    label = str(offered[0].label) if offered else str(comparison.get_status_display())
    direct = not offered or offered[0].direct
    outgoing = user.department is not None and comparison.sender_id == user.department.pk
    return TaskRow(
        phrase=f"{label}：{comparison}",
        url=comparison.get_absolute_url(),
        source=str(comparison.receiver if outgoing else comparison.sender),
        action_label=label if offered else "",
        action_url=comparison.get_absolute_url() if direct else offered[0].url,
        sort=comparison.updated_at,
        target=(comparison.kind_code, comparison.pk),
        **reading.lamp_row(clock),
    )


@stepwise
def todo_rows(user: User, limit: int, asked: Gathering) -> Steps:
    return (yield from _rows(to_do(user), user, limit, asked))


def todo_count(user: User) -> Countable:
    return to_do(user)


@stepwise
def sign_rows(user: User, limit: int, asked: Gathering) -> Steps:
    return (yield from _rows(to_sign_for(user), user, limit, asked))


def sign_count(user: User) -> Countable:
    return to_sign_for(user)


def waiting(user: User) -> Countable:
    """What the side navigation counts: only what this person must do."""
    return [to_do(user), to_sign_for(user)]


def in_hand(post: Post) -> list[str]:
    """What a leaving drafter still has to hand over."""
    open_ones = Comparison.objects.filter(  # door: the person's own, asked for by the house
        drafted_by=post.user, sender=post.department, status__in=(ComparisonStatus.DRAFT, ComparisonStatus.ANSWERED)
    )
    return [_("Finish or give up the data comparison “%(title)s”.") % {"title": each} for each in open_ones]
