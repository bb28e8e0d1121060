"""Between receipt and decision: accepted in part, completed."""

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from cases.models import Evidence
from core.wording import long_day
from referrals import receiving_rules as rules
from referrals.actions.completion import ask_completion, drop_completion, supply_completion, take_completion
from referrals.actions.drafting import Line
from referrals.actions.handling import accept_referral
from referrals.actions.receipt import report_mismatch
from referrals.actions.verdicts import Refusal, points_of
from referrals.forms import ReasonForm
from referrals.forms_receiving import CompletionForm, PartForm, SupplyForm
from referrals.models import Completion
from referrals.refusals import HashMismatch
from referrals.views.referrals import ReferralStep


class AcceptInPart(ReferralStep):
    """部分受理: item by item, each with the reason why it is not taken on."""

    rule, verb = rules.can_accept_in_part, "referral.accept"
    template, title = "referrals/accept_in_part.html", _("Accept in part")
    label = _("Accept the rest")
    done = _("Accepted in part. The receipt names what stays with the sender.")

    def form(self, thing, data=None, files=None):
        return PartForm(data, points=points_of(thing), initial={"seen": thing.status})

    def act(self, thing, form, at):
        refused = [Refusal(key, reason) for key, reason in form.refused_points()]
        return accept_referral(referral=thing, refused=refused, by=self.request.user, at=at)


class _OfCompletion(ReferralStep):
    def completion(self, thing):
        """The open request of a letter this person may see; the rule has asked for it."""
        return get_object_or_404(Completion.objects.visible_to(self.request.user).open(), referral=thing)


class AskCompletion(ReferralStep):
    rule, verb, form_class = rules.can_ask_completion, "completion.ask", CompletionForm
    title = label = _("Ask for completion")
    done = _("Asked. Your clock stands until it comes, and the sender has been told.")

    def act(self, thing, form, at):
        return ask_completion(
            referral=thing, missing=form.cleaned_data["missing"], due_on=form.cleaned_data["due_on"],
            by=self.request.user, at=at,
        )  # fmt: skip


class Supply(_OfCompletion):
    rule, verb = rules.can_supply, "completion.supply"
    title = label = _("Supply what is missing")
    done = _("Handed over. The receiver's clock runs again.")

    def form(self, thing, data=None, files=None):
        free = Evidence.objects.visible_to(self.request.user).filter(case=thing.case, voided_at=None)
        free = free.exclude(manifest_items__dispatch=thing.dispatch)
        free = free.exclude(supplied_items__completion__referral=thing)
        return SupplyForm(data, files=free, initial={"seen": thing.status})

    def context(self, thing):
        asked = self.completion(thing)
        return {
            "lead": _("%(missing)s (by %(day)s)") % {"missing": asked.missing, "day": long_day(asked.due_on)}
        }

    def act(self, thing, form, at):
        lines = [Line(evidence=piece) for piece in form.cleaned_data["lines"]]
        return supply_completion(
            completion=self.completion(thing),
            lines=lines,
            note=form.cleaned_data["note"],
            by=self.request.user,
            at=at,
        )


class TakeCompletion(_OfCompletion):
    rule, verb, direct = rules.can_take_completion, "completion.take", True
    done = _("Taken in. Both sides stand in the custody record.")

    def act(self, thing, form, at):
        return take_completion(completion=self.completion(thing), by=self.request.user, at=at)

    def refused(self, thing, refusal, at):
        if isinstance(refusal, HashMismatch):
            report_mismatch(referral=thing, evidence=refusal.evidence, by=self.request.user, at=at)


class DropCompletion(_OfCompletion):
    rule, verb, form_class = rules.can_drop_completion, "completion.drop", ReasonForm
    title = label = _("Wait for completion no longer")
    done = _("Dropped. Your clock runs again.")

    def act(self, thing, form, at):
        return drop_completion(
            completion=self.completion(thing), reason=form.cleaned_data["reason"], by=self.request.user, at=at
        )


STEPS = {
    "accept_in_part": AcceptInPart,
    "ask_completion": AskCompletion,
    "supply": Supply,
    "take_completion": TakeCompletion,
    "drop_completion": DropCompletion,
}
