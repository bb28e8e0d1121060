"""The doors to data comparisons: the two departments, and of the list only who has to do with it."""

from django.apps import apps
from django.db.models import Q, QuerySet

from cases.querysets import may_hold_cases
from departments.enums import Function


class ComparisonQuerySet(QuerySet):
    def visible_to(self, user):
        """What one's department writes, and what was sent to it; never the list itself."""
        if not may_hold_cases(user):
            return self.none()
        return self.filter(Q(sender=user.department) | Q(receiver=user.department, sent_at__isnull=False))

    def known_to_office(self, user):
        """What was sent by or to a department of the region of this person's office: that it is under way, no more."""
        if user.department is None or user.department.function != Function.OFFICE or not may_hold_cases(user):
            return self.none()
        here = user.department.region_id
        return self.filter(Q(sender__region=here) | Q(receiver__region=here), sent_at__isnull=False)

    def open(self):
        return self.exclude(status__in=("closed", "discarded", "withdrawn", "returned", "expired"))

    def for_list(self):
        return self.select_related("sender", "receiver", "drafted_by", "document", "result_document")


class ListSupervisionQuerySet(QuerySet):
    def visible_to(self, user):
        """The office that writes it; once it is issued, both sides of the comparison."""
        if not may_hold_cases(user):
            return self.none()
        sides = apps.get_model("referrals", "Comparison").objects.visible_to(user)
        mine = Q(office=user.department) | Q(comparison__in=sides, issued_at__isnull=False)
        return self.filter(mine)

    def open(self):
        """Being drafted, or waiting for a reply."""
        return self.filter(status__in=("draft", "reviewed", "issued"))

    def unproved(self):
        """Issued to a body without an account, and nothing proves yet that it was served."""
        return self.filter(issued_at__isnull=False, delivered_at=None, comparison__receiver__has_account=False)

    def for_list(self):
        return self.select_related(
            "comparison__sender", "comparison__receiver", "office", "drafted_by", "reviewed_by", "issued_by", "replied_by",
            "document",
        )  # fmt: skip


class OfComparisonQuerySet(QuerySet):
    def visible_to(self, user):
        """Rows of comparisons one may see; names and numbers stay sealed in them."""
        return self.filter(comparison__in=apps.get_model("referrals", "Comparison").objects.visible_to(user))
