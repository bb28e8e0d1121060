"""The only doors to papers, referrals and replies (DESIGN §3).

A draft belongs to the department that writes it. What was sent is read by its two sides; the office of the
region sees that it exists and where it stands.
"""

from django.apps import apps
from django.db.models import Q, QuerySet

from cases.querysets import may_hold_cases
from departments.enums import LEADERS, Function, Role


def _readable_cases(user):
    return apps.get_model("cases", "Case").objects.readable_by(user)


def _is_office(user) -> bool:
    return user.department.function == Function.OFFICE


class SigningRuleQuerySet(QuerySet):
    def visible_to(self, user):
        """A dictionary: everybody signed in."""
        return self if user.is_authenticated else self.none()


class DispatchQuerySet(QuerySet):
    def visible_to(self, user):
        """Papers of one's own department in cases one may read."""
        if not may_hold_cases(user):
            return self.none()
        return self.filter(department=user.department, case__in=_readable_cases(user))

    def open(self):
        """Not yet sent and not discarded."""
        return self.filter(status__in=("draft", "submitted", "reviewed", "approved"))

    def ordinary(self):
        """Without the letters of suspected crime, which stand on their transfer's page."""
        return self.exclude(kind="criminal")

    def for_list(self):
        """With everything a list row or a page head shows."""
        return self.select_related("case", "department", "drafted_by")


class ReferralQuerySet(QuerySet):
    def readable_by(self, user):
        """The whole letter: its two sides.

        A receiver who returned it lost the case but keeps the letter in its register; what was withdrawn is
        the sender's alone. In a restricted case the receiver's registrar and leaders may take the letter in
        before a person is named.
        """
        if not may_hold_cases(user):
            return self.none()
        cases = _readable_cases(user)
        mine = Q(case__in=cases)
        takes_in = user.has_role(Role.REGISTRAR, *LEADERS)
        incoming = Q() if takes_in else mine | Q(case__restricted=False) | Q(handler=user)
        return self.filter(
            Q(mine, sender=user.department)
            | Q(incoming, ~Q(status="withdrawn"), receiver=user.department)
        )

    def visible_to(self, user):
        """What one may read, and for the office what happens in the cases of its region."""
        if not may_hold_cases(user):
            return self.none()
        readable = self.readable_by(user)
        if _is_office(user):
            case = apps.get_model("cases", "Case")
            return self.filter(
                Q(pk__in=readable.values("pk")) | Q(case__in=case.objects.visible_to(user))
            )
        return readable

    def open(self):
        return self.exclude(status__in=("closed", "withdrawn"))

    def support(self):
        """Requests for technical support."""
        return self.filter(kind="support")

    def ordinary(self):
        """Without the letters of suspected crime, which stand on their transfer's page."""
        return self.exclude(kind="criminal")

    def transfers(self):
        """Everything but technical support, which has pages of its own."""
        return self.exclude(kind="support")

    def for_list(self):
        """With everything a list row shows."""
        return self.select_related(
            "case", "sender", "receiver", "handler", "dispatch", "sent_by", "received_by", "document"
        )


class ReplyQuerySet(QuerySet):
    def visible_to(self, user):
        """The author's department reads its drafts; both sides read what was sent."""
        if not may_hold_cases(user):
            return self.none()
        referral = apps.get_model("referrals", "Referral")
        return self.filter(
            Q(department=user.department) | Q(status="sent"),
            referral__in=referral.objects.readable_by(user),
        )

    def open(self):
        """Not yet sent and not discarded."""
        return self.filter(status__in=("draft", "submitted", "reviewed", "approved"))


class OfDispatchQuerySet(QuerySet):
    def visible_to(self, user):
        """Lines of papers one may read: the writer's department, and the receivers of what was sent."""
        dispatch = apps.get_model("referrals", "Dispatch")
        referral = apps.get_model("referrals", "Referral")
        return self.filter(
            Q(dispatch__in=dispatch.objects.visible_to(user))
            | Q(dispatch__in=referral.objects.readable_by(user).values("dispatch"))
        )


class OfReferralQuerySet(QuerySet):
    def visible_to(self, user):
        referral = apps.get_model("referrals", "Referral")
        return self.filter(referral__in=referral.objects.readable_by(user))


class OfReplyQuerySet(QuerySet):
    def visible_to(self, user):
        reply = apps.get_model("referrals", "Reply")
        return self.filter(reply__in=reply.objects.visible_to(user))
