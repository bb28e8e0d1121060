"""The doors to stays outside, to requests to other places, and to the amount from which one is proposed."""

from django.apps import apps
from django.db.models import QuerySet

from cases.querysets import OfCaseQuerySet, may_hold_cases


class AssistThresholdQuerySet(QuerySet):
    def visible_to(self, user):
        """A dictionary: everybody signed in."""
        return self if user.is_authenticated else self.none()

    def in_force(self, day):
        """The amount that holds on a day; None where there is none yet."""
        return self.filter(effective_from__lte=day).order_by("-effective_from").first()


class AssistQuerySet(OfCaseQuerySet):
    def visible_to(self, user):
        """Requests of one's own department in cases one may read; those that were sent, to all who read the case."""
        if not may_hold_cases(user):
            return self.none()
        mine = super().visible_to(user)
        return mine.filter(department=user.department) | mine.filter(status="sent")

    def unsettled(self):
        """In draft, or sent and not over."""
        return self.exclude(status="discarded").exclude(stage__in=("closed", "withdrawn"))

    def for_list(self):
        return self.select_related("case", "department", "drafted_by", "document", "stay__patient")


class OfAssistQuerySet(QuerySet):
    def visible_to(self, user):
        assist = apps.get_model("referrals", "AssistLetter")
        return self.filter(letter__in=assist.objects.visible_to(user))
