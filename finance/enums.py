"""The fixed words of the finance department's registers and how a review goes on (FACTS §1A C7, ADR 0072)."""

from decimal import Decimal

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy

LARGEST = Decimal("9999999999.99")  # yuan: twelve digits, two of them after the point

# kinds of use a county commonly writes; any other may be written
USES = ("监督检查", "第三方审核", "信息化建设", "宣传培训", "办案装备", "举报奖励")


class EntryKind(TextChoices):
    BUDGETED = "budgeted", pgettext_lazy("fund", "budgeted")
    GRANTED = "granted", pgettext_lazy("fund", "granted")
    SPENT = "spent", pgettext_lazy("fund", "spent")


class BudgetKind(TextChoices):
    BUDGET = "budget", pgettext_lazy("register", "budget")
    FINAL = "final", pgettext_lazy("register", "final accounts")


class Grade(TextChoices):
    EXCELLENT = "excellent", pgettext_lazy("appraisal", "excellent")
    GOOD = "good", pgettext_lazy("appraisal", "good")
    FAIR = "fair", pgettext_lazy("appraisal", "fair")
    POOR = "poor", pgettext_lazy("appraisal", "poor")


class Status(TextChoices):
    """A row waits for a second person; what was confirmed stays until a corrected version is confirmed."""

    WAITING = "waiting", pgettext_lazy("register", "to be confirmed")
    CONFIRMED = "confirmed", pgettext_lazy("register", "confirmed")
    RETURNED = "returned", pgettext_lazy("register", "sent back")
    REPLACED = "replaced", pgettext_lazy("register", "replaced by a newer version")


MOVES = {
    Status.WAITING: {Status.CONFIRMED, Status.RETURNED},
    Status.CONFIRMED: {Status.REPLACED},
    Status.RETURNED: set(),
    Status.REPLACED: set(),
}
DECIDED = (Status.CONFIRMED, Status.REPLACED)
