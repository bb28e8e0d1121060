"""Between receipt and decision: accepted in part, completed."""

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.wording import long_day
from referrals import receiving_rules as rules
from referrals.actions.completion import drop_completion, take_completion
from referrals.actions.drafting import Line
from referrals.actions.follow_ups import draft_completion, draft_supervision, draft_supply
from referrals.actions.forwarding import draft_forward
from referrals.actions.handling import accept_referral
from referrals.actions.receipt import report_mismatch
from referrals.actions.supervision import reply_to_supervision
from referrals.actions.verdicts import Refusal, points_of
from referrals.actions.withdrawal import ask_withdrawal, decide_withdrawal
from referrals.duties import overdue_duty
from referrals.forms import ReasonForm
from referrals.forms_receiving import (
    CompletionForm,
    ForwardForm,
    PartForm,
    SuperviseForm,
    SupplyForm,
    WithdrawalForm,
    reply_form,
)
from referrals.models import Completion, Supervision, Withdrawal
from referrals.proposals import departments_for, proposed_limit
from referrals.reading_follow_up import files_to_supply
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


class _Drafts(ReferralStep):
    """Drafts a letter about this one; it takes effect when it was signed and goes out."""

    label = _("Save the draft")
    done = _("The draft was saved. It takes effect when it is signed and sent.")

    def after(self, thing, result):
        return result.get_absolute_url()


class AskCompletion(_Drafts):
    rule, verb, form_class = rules.can_ask_completion, "completion.ask", CompletionForm
    title = _("Ask for completion")

    def act(self, thing, form, at):
        return draft_completion(
            referral=thing, missing=form.cleaned_data["missing"], due_on=form.cleaned_data["due_on"],
            by=self.request.user, at=at,
        )  # fmt: skip


class Supply(_Drafts, _OfCompletion):
    rule, verb = rules.can_supply, "completion.supply"
    title = _("Supply what is missing")

    def form(self, thing, data=None, files=None):
        free = files_to_supply(thing, self.request.user)
        return SupplyForm(data, files=free, initial={"seen": thing.status})

    def context(self, thing):
        asked = self.completion(thing)
        return {
            "lead": _("%(missing)s (by %(day)s)") % {"missing": asked.missing, "day": long_day(asked.due_on)}
        }

    def act(self, thing, form, at):
        lines = [Line(evidence=piece) for piece in form.cleaned_data["lines"]]
        return draft_supply(
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


class Forward(ReferralStep):
    """转送: drafts the letter to the department with power; it is reviewed, signed and sent like any paper."""

    rule, verb = rules.can_forward, "referral.forward"
    title, label = _("Forward to the department with power"), _("Save the draft")
    done = _("The draft was saved.")

    def form(self, thing, data=None, files=None):
        user = self.request.user
        departments = departments_for(user, thing.kind).exclude(pk=thing.sender_id)
        limit = thing.limit_on
        if limit is None or limit <= timezone.localdate():
            limit = proposed_limit(timezone.localdate())
        return ForwardForm(data, departments=departments, initial={"seen": thing.status, "limit_on": limit})

    def act(self, thing, form, at):
        names = ("receiver", "reason", "limit_on")
        return draft_forward(
            referral=thing, by=self.request.user, at=at, **{name: form.cleaned_data[name] for name in names}
        )

    def answer_refusal(self, thing, form, refusal, at):
        form.refused(refusal)
        return self.show(thing, form)

    def after(self, thing, result):
        return result.get_absolute_url()


class AskWithdrawal(ReferralStep):
    rule, verb, form_class = rules.can_ask_withdrawal, "withdrawal.ask", ReasonForm
    title = label = _("Ask to withdraw")
    done = _("Asked. The letter stands until the receiver agrees.")

    def act(self, thing, form, at):
        return ask_withdrawal(referral=thing, reason=form.cleaned_data["reason"], by=self.request.user, at=at)


class DecideWithdrawal(ReferralStep):
    rule, verb, form_class = rules.can_decide_withdrawal, "withdrawal.decide", WithdrawalForm
    title, label, done = _("Decide on the withdrawal"), _("Decide"), _("Decided.")

    def _asked(self, thing):
        return get_object_or_404(Withdrawal.objects.visible_to(self.request.user), referral=thing, status="asked")

    def context(self, thing):
        return {"lead": f"{thing.number}：{self._asked(thing).reason}"}

    def act(self, thing, form, at):
        return decide_withdrawal(
            withdrawal=self._asked(thing), agreed=form.cleaned_data["agreed"] == "yes",
            remark=form.cleaned_data["remark"], by=self.request.user, at=at,
        )  # fmt: skip


class Supervise(_Drafts):
    rule, verb, form_class = rules.can_supervise, "supervision.issue", SuperviseForm
    title = _("Supervise an overdue letter")

    def context(self, thing):
        duty = overdue_duty(thing, timezone.now())
        return {"lead": f"{thing.number} {duty.name} {duty.due_on.isoformat()}" if duty else thing.number}

    def act(self, thing, form, at):
        return draft_supervision(
            referral=thing, demand=form.cleaned_data["demand"], reply_on=form.cleaned_data["reply_on"],
            by=self.request.user, at=at,
        )  # fmt: skip


class ReplySupervision(ReferralStep):
    rule, verb = rules.can_reply_to_supervision, "supervision.reply"
    title = label = _("Reply to the office")
    done = _("Replied. The office has been told.")

    def form(self, thing, data=None, files=None):
        return reply_form(thing.receiver)(data, files, initial={"seen": thing.status})

    def _open(self, thing):
        return get_object_or_404(Supervision.objects.visible_to(self.request.user).open(), referral=thing)

    def context(self, thing):
        return {"lead": f"{thing.number}：{self._open(thing).demand}"}

    def act(self, thing, form, at):
        return reply_to_supervision(
            supervision=self._open(thing), text=form.cleaned_data["text"], paper=form.their_reply(),
            late_reason=form.cleaned_data["late_reason"], by=self.request.user, at=at,
        )  # fmt: skip


STEPS = {
    "forward": Forward,
    "ask_withdrawal": AskWithdrawal,
    "decide_withdrawal": DecideWithdrawal,
    "supervise": Supervise,
    "reply_supervision": ReplySupervision,
    "accept_in_part": AcceptInPart,
    "ask_completion": AskCompletion,
    "supply": Supply,
    "take_completion": TakeCompletion,
    "drop_completion": DropCompletion,
}
