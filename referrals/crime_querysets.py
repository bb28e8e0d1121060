"""The only doors to transfers of suspected crime: the sender's department from the proposal, the police from
the hand-over. The office sees the letter (a `Referral`) as it sees any other, never this file."""

from django.apps import apps
from django.db.models import OuterRef, Q, QuerySet, Subquery

from cases.querysets import may_hold_cases
from referrals.crime_enums import CRIME_OVER


class CriminalTransferQuerySet(QuerySet):
    def visible_to(self, user):
        if not may_hold_cases(user):
            return self.none()
        cases = apps.get_model("cases", "Case").objects.readable_by(user)
        letters = apps.get_model("referrals", "Referral").objects.readable_by(user)
        # who forwarded a file keeps its letter, and sees where the file is; of what is done there, nothing more
        mine = Q(dispatch__in=letters.values("dispatch"))
        return self.filter(Q(department=user.department, case__in=cases) | mine)

    def open(self):
        return self.exclude(status__in=CRIME_OVER)

    def for_list(self):
        """With everything a row, a rule and an offer ask of it, in four statements.

        `reconsider_until`: the end of the running limit of 提请复议, None where none runs.
        """
        clock = apps.get_model("deadlines", "Deadline").objects.open()
        clock = clock.filter(target_kind="crime", target_id=OuterRef("pk"), rule_code="police_reconsideration")
        return self.annotate(reconsider_until=Subquery(clock.values("due_at")[:1])).select_related(
            "case",
            "department",
            "police__region",
            "procuratorate",
            "referral__receiver",
            "referral__dispatch",
            "threshold",
            "proposed_by",
        ).prefetch_related("officers__user", "referral__follow_ups__delivery", "referral__supervisions")


class OfTransferQuerySet(QuerySet):
    def visible_to(self, user):
        model = apps.get_model("referrals", "CriminalTransfer")
        return self.filter(transfer__in=model.objects.visible_to(user))


class CrimeStepQuerySet(OfTransferQuerySet):
    def visible_to(self, user):
        """The steps both sides see; that a duty crime was passed on is the sender's own.

        A body that forwarded the file sees its steps until then.
        """
        found = super().visible_to(user)
        if not user.post:
            return found
        here = user.department
        forwarded = self.model.objects.filter(transfer=OuterRef("transfer"), kind="forwarded", department=here)
        until = Subquery(forwarded.order_by("-pk").values("pk")[:1])
        sides = Q(transfer__department=here) | Q(transfer__police=here) | Q(pk__lte=until)
        return found.filter(sides, ~Q(kind="duty") | Q(transfer__department=here))
