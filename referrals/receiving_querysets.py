"""Doors to what hangs on a letter beside its reply: read by whoever reads the letter."""

from django.apps import apps
from django.db.models import QuerySet

from referrals.querysets import OfReferralQuerySet
from referrals.receiving_enums import COMPLETION_OPEN


class CompletionQuerySet(OfReferralQuerySet):
    def open(self):
        """Asked for, or supplied and not yet taken in."""
        return self.filter(status__in=COMPLETION_OPEN)

    def of(self, referral):
        """The one open completion of a letter, or None."""
        return self.open().filter(referral=referral).first()


class OfCompletionQuerySet(QuerySet):
    def visible_to(self, user):
        completion = apps.get_model("referrals", "Completion")
        return self.filter(completion__in=completion.objects.visible_to(user))


class SupervisionQuerySet(QuerySet):
    def visible_to(self, user):
        """The two sides of the letter, and the office, which sees that the letter exists."""
        referral = apps.get_model("referrals", "Referral")
        return self.filter(referral__in=referral.objects.visible_to(user))

    def open(self):
        """Waiting for a reply."""
        return self.filter(status="issued")
