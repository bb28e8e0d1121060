"""The doors to what stands before a penalty decision."""

from django.db.models import QuerySet

from cases.querysets import OfCaseQuerySet, may_hold_cases


class ReviewQuerySet(OfCaseQuerySet):
    """With the case."""

    def open(self):
        """Those put to somebody and not answered."""
        return self.filter(given_at=None, withdrawn_at=None)


class PolicyQuerySet(QuerySet):
    def visible_to(self, user):
        """One's own department's."""
        return self.filter(department=user.department) if may_hold_cases(user) else self.none()
