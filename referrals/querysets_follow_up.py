"""The doors to letters about a letter: their drafts are the writing department's own.

What was sent is read by the other side as the issued letter and in what it brought about.
"""

from django.apps import apps
from django.db.models import Q, QuerySet

from cases.querysets import may_hold_cases
from departments.enums import Role
from referrals.enums import TO_RECEIVER, TO_SENDER


class FollowUpQuerySet(QuerySet):
    def visible_to(self, user):
        """Papers of one's own department about letters one may see; about a sealed one also the registrar who sends it."""
        if not may_hold_cases(user):
            return self.none()
        seen = Q(referral__in=apps.get_model("referrals", "Referral").objects.visible_to(user))
        if user.has_role(Role.REGISTRAR):
            cases = apps.get_model("cases", "Case").objects.readable_by(user)
            sealed = Q(referral__receiver__named_only=True, case__in=cases)
            seen |= sealed & (Q(status="approved") | Q(sent_by=user))
        return self.filter(seen, department=user.department)

    def received_by(self, user):
        """What other departments sent to one's own about letters one reads: as issued, never their draft."""
        if not may_hold_cases(user):
            return self.none()
        here = user.department
        to_us = Q(kind__in=TO_SENDER, referral__sender=here) | Q(kind__in=TO_RECEIVER, referral__receiver=here)
        letters = apps.get_model("referrals", "Referral").objects.readable_by(user)
        return self.filter(to_us, status="sent", referral__in=letters).exclude(department=here)

    def open(self):
        """Not yet sent and not discarded."""
        return self.filter(status__in=("draft", "submitted", "reviewed", "approved"))

    def unproved(self):
        """Sent to a body without an account, and nothing proves yet that it was served."""
        watched = "referral__dispatch__criminal_transfer__procuratorate__has_account"
        wanted = Q(kind="supervise", **{watched: False})
        wanted |= Q(
            kind__in=("complete", "reconsider", "supply", "supervision"), referral__receiver__has_account=False
        )
        return self.filter(wanted, status="sent", delivery=None)

    def for_list(self):
        """With everything a list row or a page head shows."""
        return self.select_related(
            "referral__case", "referral__dispatch", "referral__sender", "referral__receiver", "case", "department",
            "drafted_by", "document", "delivery", "referral__dispatch__criminal_transfer__police",
            "referral__dispatch__criminal_transfer__procuratorate",
        )  # fmt: skip


class OfFollowUpQuerySet(QuerySet):
    def visible_to(self, user):
        follow_up = apps.get_model("referrals", "FollowUp")
        return self.filter(letter__in=follow_up.objects.visible_to(user))
