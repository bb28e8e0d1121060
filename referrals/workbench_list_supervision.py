"""督办 of data comparisons on the workbench: what the office may press, signs, and who has to account for it."""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from core.gathering import Gathering, Steps, stepwise
from core.registry import TaskRow
from core.tally import Countable
from deadlines.models import Deadline
from deadlines.querysets import DeadlineQuerySet
from departments.enums import Role
from departments.models import User
from referrals import offers, reading
from referrals import rules_comparison as rules
from referrals.enums import COMPARISON_WAITING, LetterKind
from referrals.models import Comparison, ListSupervision, SigningRule
from referrals.receiving_enums import ListSupervisionStatus
from referrals.rules import WORKERS, at_least, signing_rules
from referrals.workbench import MOST


def to_press(user: User) -> QuerySet[Comparison]:
    """Comparisons in the office's region that are late at their receiver, and that nobody presses yet."""
    found = Comparison.objects.known_to_office(user).filter(status__in=COMPARISON_WAITING)
    if not rules.supervises(user):
        return found.none()
    owed = Deadline.objects.filter(
        DeadlineQuerySet.lamp_condition("r", timezone.now()), status="running", department=OuterRef("receiver"),
        target_kind=Comparison.kind_code, target_id=OuterRef("pk"),
    ).exclude(rule_code="supervision")  # fmt: skip
    pressed = ListSupervision.objects.open().filter(comparison=OuterRef("pk"))
    return found.filter(Exists(owed), ~Exists(pressed))


def waiting(user: User) -> QuerySet[ListSupervision]:
    """Those whose next step is this person's: to review, to sign, to prove the service, or to reply."""
    found = ListSupervision.objects.visible_to(user)
    if user.department is None:
        return found
    here, mine = user.department, Q(pk=None)
    if user.has_role(*WORKERS):
        mine |= Q(status=ListSupervisionStatus.ISSUED, comparison__receiver=here, comparison__receiver__has_account=True)
    if user.has_role(Role.REGISTRAR):
        mine |= Q(status=ListSupervisionStatus.ISSUED, comparison__sender=here, comparison__receiver__has_account=False)
    rule = signing_rules(user)[LetterKind.SUPERVISION]
    mine |= Q(office=here) & ~Q(drafted_by=user) & _on_the_way(user, rule)
    if user.has_role(Role.COORDINATOR):
        mine |= Q(office=here, pk__in=ListSupervision.objects.unproved().values("pk"))
    return found.filter(mine)


def _on_the_way(user: User, rule: SigningRule) -> Q:
    """Drafts whose review or signature is up to this post."""
    reviewed, draft = Q(status=ListSupervisionStatus.REVIEWED) & ~Q(reviewed_by=user), Q(status=ListSupervisionStatus.DRAFT)
    signs = at_least(user, rule.signer)
    found = reviewed if signs else Q(pk=None)
    if rule.reviewer:
        return found | draft if at_least(user, rule.reviewer) else found
    return found | draft if signs else found


@stepwise
def todo_rows(user: User, limit: int, asked: Gathering) -> Steps:
    late = asked.rows(to_press(user).for_list().order_by("pk")[: min(limit, MOST)])
    under_way = asked.rows(waiting(user).for_list().order_by("pk")[: min(limit, MOST)])
    yield
    clocks = yield from reading.lit.steps(late, Comparison.kind_code, None, asked)
    rows = []
    for comparison in late:
        rows.append(TaskRow(
            phrase=_("Supervise: %(kind)s %(number)s")
            % {"kind": comparison._meta.verbose_name, "number": comparison.number},
            url=reverse("referrals:comparison_supervise", args=[comparison.pk]),
            source=str(comparison.receiver),
            action_label=_("Supervise"),
            action_url=reverse("referrals:comparison_supervise", args=[comparison.pk]),
            sort=comparison.sent_at,
            target=(comparison.kind_code, comparison.pk),
            **reading.lamp_row(clocks.get(comparison.pk)),
        ))  # fmt: skip
    for each in under_way:
        first = offers.of_list_supervision(user, each)[0]
        rows.append(TaskRow(
            phrase=f"{first.label}：{LetterKind.SUPERVISION.label} {each.comparison.number}",
            url=each.get_absolute_url(),
            source=str(each.comparison.receiver if each.office_id == user.department.pk else each.office),
            action_label=str(first.label),
            action_url=first.url,
            sort=each.updated_at,
            target=(each.kind_code, each.pk),
        ))  # fmt: skip
    return rows


def todo_count(user: User) -> Countable:
    return [to_press(user), waiting(user)]
