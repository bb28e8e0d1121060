"""The only doors to papers, referrals and replies (DESIGN §3).

A draft belongs to the department that writes it. What was sent is read by its two sides; the office of the
region sees that it exists and where it stands.
"""

from django.apps import apps
from django.db.models import Exists, OuterRef, Q, QuerySet

from cases.querysets import may_hold_cases
from departments.enums import LEADERS, Function, Role

HEADS = (Role.DEPUTY_HEAD, Role.HEAD)  # who answers for what is seen by named persons only (FACTS §4)


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
        """Papers of one's own department in cases one may read; those to a named-only body by named persons."""
        if not may_hold_cases(user):
            return self.none()
        found = self.filter(department=user.department, case__in=_readable_cases(user))
        if user.has_role(*HEADS):
            return found
        sealed = apps.get_model("departments", "Department").objects.filter(
            incoming_dispatches=OuterRef("pk"), named_only=True
        )
        mine = Q(drafted_by=user) | Q(sent_by=user)
        if user.has_role(Role.REGISTRAR):
            mine |= Q(status="approved")  # to be numbered and sent
        return found.filter(mine | ~Exists(sealed))

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

        A receiver who returned it lost the case but keeps the letter in its register; so does who forwarded it,
        with the letter that passed it on. What was withdrawn before receipt is the sender's alone.
        In a restricted case the receiver's registrar and leaders may take the letter in before a person is named.
        """
        if not may_hold_cases(user):
            return self.none()
        cases = _readable_cases(user)
        mine = Q(case__in=cases)
        takes_in = user.has_role(Role.REGISTRAR, *LEADERS)
        incoming = (
            Q() if takes_in else mine | Q(case__restricted=False) | Q(handler=user) | asked_to_read(user)
        )
        named = Q()
        if not user.has_role(*HEADS):
            named = Q(receiver__named_only=False) | Q(author=user) | Q(sent_by=user)
        return self.filter(
            Q(mine, named, sender=user.department)
            | Q(incoming, ~Q(status="withdrawn", received_at=None), receiver=user.department)
            | Q(incoming, dispatch__department=user.department, dispatch__forwards__isnull=False)
        )

    def visible_to(self, user):
        """What one may read, and for the office what happens in the cases of its region."""
        if not may_hold_cases(user):
            return self.none()
        readable = self.readable_by(user)
        if _is_office(user):
            case = apps.get_model("cases", "Case")
            return self.filter(
                Q(pk__in=readable.values("pk"))
                | Q(case__in=case.objects.visible_to(user), receiver__named_only=False)
            )
        return readable

    def sealed_for(self, user):
        """Open letters to a named-only body that are one's department's, or the office's region's, but not one's own
        to see: only ever counted."""
        if not may_hold_cases(user):
            return self.none()
        here = Q(case__region=user.region) if _is_office(user) else Q(sender=user.department)
        seen = self.readable_by(user).values("pk")
        return self.open().filter(here, receiver__named_only=True).exclude(pk__in=seen)

    def sent_by_department(self, department):
        """What it asked, and what it forwarded for somebody else."""
        return self.filter(Q(sender=department) | Q(dispatch__department=department))

    def open(self):
        return self.exclude(status__in=("closed", "withdrawn", "forwarded"))

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
            "case", "sender", "receiver", "handler", "dispatch__department", "sent_by", "received_by", "document",
            "delivery_proof",
        )


class ReplyQuerySet(QuerySet):
    def visible_to(self, user):
        """The author's department reads its drafts; both sides read what was sent."""
        if not may_hold_cases(user):
            return self.none()
        referral = apps.get_model("referrals", "Referral")
        return self.filter(
            Q(department=user.department)
            | Q(status="sent", referral__sender=user.department)
            | Q(status="sent", referral__receiver=user.department),
            referral__in=referral.objects.readable_by(user),
        )

    def open(self):
        """Not yet sent and not discarded."""
        return self.filter(status__in=("draft", "submitted", "reviewed", "approved"))


def asked_to_read(user) -> Q:
    """Papers circulated to this person in the department they act for."""
    reading = apps.get_model("referrals", "Reading")
    return Q(dispatch__in=reading.objects.filter(person=user, department=user.department).values("dispatch"))


class CopyQuerySet(QuerySet):
    def readable_by(self, user):
        """The sender's people who read the case; the copied department's, in a restricted case those asked to read.

        Its registrar and leaders see every copy that came in.
        """
        if not may_hold_cases(user):
            return self.none()
        takes_in = user.has_role(Role.REGISTRAR, *LEADERS)
        incoming = Q() if takes_in else Q(case__restricted=False) | asked_to_read(user)
        return self.filter(
            Q(sender=user.department, case__in=_readable_cases(user))
            | Q(incoming, department=user.department)
        )

    visible_to = readable_by

    def for_list(self):
        return self.select_related("dispatch", "case", "sender", "department")


class ReadingQuerySet(QuerySet):
    def visible_to(self, user):
        """The sender's people who read the case, and one's own department's readers."""
        if not may_hold_cases(user):
            return self.none()
        dispatch = apps.get_model("referrals", "Dispatch")
        return self.filter(Q(dispatch__in=dispatch.objects.visible_to(user)) | Q(department=user.department))

    def waiting_for(self, user):
        """What this person was asked to read and has not."""
        if not may_hold_cases(user):
            return self.none()
        return self.filter(person=user, department=user.department, read_at=None)


class DutyQuerySet(QuerySet):
    def visible_to(self, user):
        """The department that owes it; the office of the region sees that it is owed."""
        if not may_hold_cases(user):
            return self.none()
        mine = Q(department=user.department, case__in=_readable_cases(user))
        if _is_office(user):
            mine |= Q(case__in=apps.get_model("cases", "Case").objects.visible_to(user))
        return self.filter(mine)


class DutyReceiverQuerySet(QuerySet):
    def visible_to(self, user):
        duty = apps.get_model("referrals", "BulletinDuty")
        return self.filter(duty__in=duty.objects.visible_to(user))


class TeamQuerySet(QuerySet):
    def readable_by(self, user):
        """The departments of the team, where they read the case."""
        if not may_hold_cases(user):
            return self.none()
        member = apps.get_model("referrals", "TeamMember")
        mine = Q(department=user.department) | Q(
            pk__in=member.objects.filter(department=user.department).values("team")
        )
        return self.filter(mine, case__in=_readable_cases(user))

    def visible_to(self, user):
        """What one may read; the office of the region sees that a team works and how it ended."""
        readable = self.readable_by(user)
        if may_hold_cases(user) and _is_office(user):
            case = apps.get_model("cases", "Case")
            return self.filter(Q(pk__in=readable.values("pk")) | Q(case__in=case.objects.visible_to(user)))
        return readable

    def open(self):
        return self.filter(status__in=("forming", "working"))

    def for_list(self):
        return self.select_related("case", "department")


class OfTeamQuerySet(QuerySet):
    def visible_to(self, user):
        """What a team works with is read by its departments only."""
        team = apps.get_model("referrals", "JointTeam")
        return self.filter(team__in=team.objects.readable_by(user))

    def now(self):
        """Members who are on the team today."""
        return self.filter(ended_at=None)


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
