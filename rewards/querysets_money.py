"""The doors to rewards and their money: the department of the report, and of the finance department what is approved.

A reward names a number and an amount. Who reads the case does not see it; who pays it reads the number of the case on the
approval form, and does not see the case.
"""

from django.apps import apps
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from departments.enums import LEADERS, Function, Role
from rewards.enums_money import FOR_FINANCE, BankFileStatus, RewardStatus
from rewards.refusals_opening import FOR_GOOD

# who has to do with rewards in the department that received the report, and in the finance department
STAFF = (Role.REPORT_OFFICER, Role.FINANCE, Role.REGISTRAR, *LEADERS)
PAYING = (Role.FINANCE, *LEADERS)
# what `Reward.to_recover` and `Reward.to_return` are above zero for, as the database says it
TO_RECOVER = Q(status=RewardStatus.PAID, entitled__lt=F("amount") - F("recovered"))
TO_RETURN = Q(
    status=RewardStatus.PAID,
    recovered__gt=0,
    recovered__lt=F("amount"),
    entitled__gt=F("amount") - F("recovered"),
)


def in_finance(user) -> bool:
    """A finance clerk or leader of the county's finance department (财政)."""
    return user.is_authenticated and user.has_role(*PAYING) and user.department.function == Function.FINANCE


class RewardQuerySet(QuerySet):
    def visible_to(self, user):
        """Rewards of one's department; the finance department sees what was approved or asks for its care."""
        if not user.is_authenticated or not user.has_role(*STAFF):
            return self.none()
        seen = Q(department=user.department)
        if in_finance(user):
            paid_for = Q(status__in=FOR_FINANCE) | Q(funded_at__isnull=False) | Q(payments__isnull=False)
            seen |= Q(pk__in=self.model.objects.filter(paid_for, region=user.region).values("pk"))
        return self.filter(seen)

    def for_list(self):
        return self.select_related("department", "rule", "reporter")


class OfRewardQuerySet(QuerySet):
    def visible_to(self, user):
        return self.filter(reward__in=apps.get_model("rewards", "Reward").objects.visible_to(user))


class BudgetQuerySet(QuerySet):
    def visible_to(self, user):
        """The budget of the county: the finance department, and who proposes and approves rewards."""
        if not user.is_authenticated or not user.has_role(*STAFF, Role.COORDINATOR, Role.OBSERVER):
            return self.none()
        if user.department.function not in (Function.FINANCE, Function.INSURANCE, Function.OFFICE):
            return self.none()
        return self.filter(region=user.region)


class OfBudgetQuerySet(QuerySet):
    def visible_to(self, user):
        return self.filter(budget__in=apps.get_model("rewards", "RewardBudget").objects.visible_to(user))


class RewardRuleQuerySet(QuerySet):
    def visible_to(self, user):
        """The rules of one's region and those shipped with the house."""
        if not user.is_authenticated or user.region is None:
            return self.none()
        return self.filter(Q(region=user.region) | Q(region=None))

    def in_force(self, region, day):
        """The rule of a region on a day, its own before the shipped one; the first row is the answer."""
        held = self.filter(Q(region=region) | Q(region=None), effective_from__lte=day)
        held = held.filter(Q(effective_until=None) | Q(effective_until__gt=day))
        return held.order_by("region_id", "pk")  # PostgreSQL puts NULL last


class BankFileQuerySet(QuerySet):
    def visible_to(self, user):
        """The payer's department alone."""
        if not in_finance(user):
            return self.none()
        return self.filter(department=user.department)

    def to_agree(self, user, *, given=False):
        """Files that wait for the keys of a custodian of the region; never one's own request. `given`: also those to
        which the person has given a key already."""
        if not user.is_authenticated or user.region is None:
            return self.none()
        held = apps.get_model("rewards", "Custodian").objects.keeping()
        keeps = held.filter(user=user.pk, region=OuterRef("department__region"))
        waiting = self.filter(Exists(keeps), department__region=user.region, status="requested")
        waiting = waiting.exclude(requested_by=user).exclude(self._refused_for_good())
        if given:
            return waiting
        keys = apps.get_model("rewards", "PayeeKey").objects.filter(user=user.pk, until__gt=timezone.now())
        return waiting.exclude(Exists(keys.filter(file=OuterRef("pk"))))


    @staticmethod
    def _refused_for_good():
        """Whether the opener wrote down that rows of the file cannot be opened."""
        told = apps.get_model("journal", "Event").objects.filter(
            target_kind="bank_file", target_id=OuterRef("pk"), verb__in=("payees.failed", "payees.rows_failed"),
            params__attempt_reason__in=FOR_GOOD,
        )  # fmt: skip
        return Exists(told)

    def next_steps(self, user):
        """What a payer does next, with `refused`: own files two custodians have agreed to are made; of the department,
        what is made is taken and closed, and what cannot be made is closed."""
        keys = apps.get_model("rewards", "PayeeKey").objects.filter(until__gt=timezone.now())
        given = keys.filter(file=OuterRef("pk")).order_by().values("file").annotate(n=Count("pk")).values("n")
        found = self.visible_to(user).annotate(refused=self._refused_for_good()).alias(given=Subquery(given))
        agreed = Q(status=BankFileStatus.REQUESTED, requested_by=user.pk, given__gte=2)
        over = Q(status=BankFileStatus.MADE) | Q(status=BankFileStatus.REQUESTED, refused=True)
        return found.filter(agreed | over)


class OfBankFileQuerySet(QuerySet):
    def visible_to(self, user):
        return self.filter(file__in=apps.get_model("rewards", "BankFile").objects.visible_to(user))


class OfReporterQuerySet(QuerySet):
    def visible_to(self, user):
        """What was asked about a reporter: for who may see the report."""
        return self.filter(reporter__in=apps.get_model("rewards", "Reporter").objects.visible_to(user))
