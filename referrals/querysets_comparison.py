"""The doors to data comparisons: the two departments, and of the list only who has to do with it."""

from django.apps import apps
from django.db.models import Q, QuerySet

from cases.querysets import may_hold_cases


class ComparisonQuerySet(QuerySet):
    def visible_to(self, user):
        """What one's department writes, and what was sent to it; never the list itself."""
        if not may_hold_cases(user):
            return self.none()
        return self.filter(Q(sender=user.department) | Q(receiver=user.department, sent_at__isnull=False))

    def open(self):
        return self.exclude(status__in=("closed", "discarded", "withdrawn", "returned", "expired"))

    def for_list(self):
        return self.select_related("sender", "receiver", "drafted_by", "document", "result_document")


class OfComparisonQuerySet(QuerySet):
    def visible_to(self, user):
        """Rows of comparisons one may see; names and numbers stay sealed in them."""
        return self.filter(comparison__in=apps.get_model("referrals", "Comparison").objects.visible_to(user))
