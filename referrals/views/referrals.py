"""A letter between two departments: signed for, assigned, accepted or returned, answered, closed."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_GET, require_POST

from core.gathering import Gathering
from core.refusals import Refused
from departments.enums import ReferralKind
from departments.models import User
from documents import storage
from documents.downloads import attachment
from journal.actions import note_refusal
from journal.render import timeline
from referrals import offers, reading, reading_informing, receiving_reading, rules, rules_informing
from referrals.actions.closing import close_referral, redo_referral, withdraw_referral
from referrals.actions.extensions import ask_extension, decide_extension
from referrals.actions.handling import accept_referral, assign_referral, return_referral
from referrals.actions.proof import note_proof_download
from referrals.actions.receipt import check_manifest, prove_delivery, report_mismatch, sign_for
from referrals.actions.reminders import chase_referral
from referrals.actions.verdicts import points_of
from referrals.forms import (
    AssignForm,
    DecideForm,
    DeliveryForm,
    ExtensionForm,
    ReasonForm,
    RedoForm,
    RemarkForm,
    ReturnForm,
    SendForm,
)
from referrals.models import DeliveryProof, Extension, ManifestItem, Question, Referral
from referrals.refusals import HashMismatch
from referrals.rules import WORKERS
from referrals.views.steps import Step


@require_GET
@login_required
def detail(request, pk):
    """The whole letter for its two sides; for the office, that it exists and where it stands."""
    user = request.user
    readable = Referral.objects.readable_by(user).filter(pk=OuterRef("pk"))  # door: visible_to, below
    found = Referral.objects.visible_to(user).annotate(is_readable=Exists(readable)).for_list()
    found = found.select_related("receipt", "return_letter", "dispatch__criminal_transfer")
    referral = get_object_or_404(found, pk=pk)
    gathering = Gathering()
    context = {"referral": referral, "steps": reading.track(referral)}
    context |= receiving_reading.of_everybody(gathering, referral, user)
    if not referral.is_readable:
        clocks = reading.clocks_asked(gathering, referral)
        gathering.ask()
        context |= {"clocks": reading.clocks_shown(clocks), "offers": offers.of_referral(user, referral)}
        return render(request, "referrals/summary.html", context)
    if referral.kind == ReferralKind.CRIMINAL:
        return redirect(referral.crime)
    mine = referral.sender_id == user.department.pk
    replies = gathering.rows(reading.replies_asked(referral, user))
    clocks = reading.clocks_asked(gathering, *([referral, referral.dispatch] if mine else [referral]))
    events = gathering.rows(
        reading.events_of(referral, Q(target_kind="reply", target_id__in=replies.order_by().values("pk")))
    )
    context |= {
        "manifest": gathering.hang(referral.dispatch, "manifest", ManifestItem.objects.all()),  # door: of this letter
        "questions": gathering.hang(referral.dispatch, "questions", Question.objects.all()),  # door: of this letter
        "replies": replies,
        "proof": getattr(referral, "delivery_proof", None),
        "mine": mine,
    }
    context |= receiving_reading.of_letter(gathering, referral, context, user)
    signed_for = reading_informing.signed_for_asked(gathering, referral.dispatch) if mine else None
    circulated = reading_informing.circulated_asked(gathering, referral, user)
    gathering.ask()
    url = reverse("referrals:referral_circulate", args=[referral.pk])
    may_circulate = rules_informing.can_circulate(user, referral)
    context |= {
        "clocks": reading.clocks_shown(clocks),
        "offers": offers.of_referral(user, referral),
        "chases": len(referral.chases.all()),
        "days": timeline(events, user),
        "chain": receiving_reading.chain_shown(context["chain"], referral),
        "signed_for": signed_for() if signed_for else [],
        "circulated": reading_informing.circulated(referral, user, may_circulate, url, circulated),
    }
    return render(request, "referrals/referral.html", context)


@require_POST
@login_required
def proof(request, pk):
    """The proof of delivery as it was handed in; written into the record, never kept by a browser or a proxy."""
    referral = get_object_or_404(Referral.objects.visible_to(request.user).select_related("case"), pk=pk)
    if not rules.can_read(request.user, referral):
        raise PermissionDenied
    found = get_object_or_404(DeliveryProof.objects.visible_to(request.user), referral=referral)
    found.referral, now = referral, timezone.now()
    try:
        data = storage.fetch(found.file.name, found.sha256)
    except Refused as refusal:
        note_refusal(
            user=request.user, verb="referral.proof_downloaded", target=referral, case=referral.case,
            sentence=refusal, at=now,
        )  # fmt: skip
        messages.error(request, str(refusal))
        return redirect(referral)
    note_proof_download(proof=found, by=request.user, at=now)
    return attachment(data, name=found.name, content_type="application/octet-stream")


class ReferralStep(Step):
    model = Referral

    def load(self, pk):
        return get_object_or_404(
            Referral.objects.visible_to(self.request.user).select_related("case", "sender", "receiver", "dispatch"), pk=pk
        )


class Sign(ReferralStep):
    """签收: the page lists every file with its hash and whether it matches now."""

    rule, verb, form_class = rules.can_sign_for, "referral.sign_for", SendForm
    template, title, label = "referrals/sign.html", _("Sign for the letter"), _("Sign for")
    done = _("Signed for. Both sides stand in the custody record.")

    def form(self, thing, data=None, files=None):
        form = super().form(thing, data, files)
        if not reading.asks_why_late(thing):
            del form.fields["late_reason"]
        return form

    def context(self, thing):
        items = check_manifest(thing)
        return {"items": items, "broken": [item for item, matches in items if not matches]}

    def act(self, thing, form, at):
        return sign_for(referral=thing, late_reason=form.cleaned_data.get("late_reason", ""), by=self.request.user, at=at)

    def refused(self, thing, refusal, at):
        if isinstance(refusal, HashMismatch):
            report_mismatch(referral=thing, evidence=refusal.evidence, by=self.request.user, at=at)


class Deliver(ReferralStep):
    rule, verb, form_class = rules.can_prove_delivery, "referral.prove_delivery", DeliveryForm
    title = _("Prove that the letter was delivered")
    label = _("Record the delivery")
    done = _("Recorded: the letter counts as received.")

    def act(self, thing, form, at):
        names = ("delivered_on", "received_by_name", "method", "upload")
        return prove_delivery(
            referral=thing, by=self.request.user, at=at, **{name: form.cleaned_data[name] for name in names}
        )


class Assign(ReferralStep):
    rule, verb = rules.can_assign, "referral.assign"
    title, label, done = _("Assign the letter to a person"), _("Assign"), _("Assigned.")

    def form(self, thing, data=None, files=None):
        people = User.objects.acting_for(thing.receiver, *WORKERS)  # door: colleagues in one's own department
        return AssignForm(data, people=people, initial={"seen": thing.status})

    def act(self, thing, form, at):
        return assign_referral(referral=thing, person=form.cleaned_data["person"], by=self.request.user, at=at)


class Accept(ReferralStep):
    rule, verb, direct = rules.can_accept, "referral.accept", True
    done = _("Accepted. The receipt was issued to the sender.")

    def act(self, thing, form, at):
        return accept_referral(referral=thing, by=self.request.user, at=at)


class Return(ReferralStep):
    rule, verb, form_class = rules.can_return, "referral.return", ReturnForm
    title, label = _("Return the letter"), _("Return")
    done = _("Returned. The access this letter gave to the case has ended.")
    danger = True

    def act(self, thing, form, at):
        return return_referral(
            referral=thing, category=form.cleaned_data["category"], reason=form.cleaned_data["reason"],
            by=self.request.user, at=at,
        )  # fmt: skip


class Close(ReferralStep):
    rule, verb, form_class = rules.can_close, "referral.close", RemarkForm
    template, title, label = "partials/confirm.html", _("Close the letter"), _("Close")
    effect = _("The matter ends here for both departments. What was answered stays in the case.")
    done = _("Closed.")

    def act(self, thing, form, at):
        return close_referral(referral=thing, remark=form.cleaned_data["remark"], by=self.request.user, at=at)


class Redo(ReferralStep):
    rule, verb, form_class = rules.can_redo, "referral.redo", RedoForm
    title = label = _("Send back to be done again")

    def form(self, thing, data=None, files=None):
        return RedoForm(data, points=points_of(thing), initial={"seen": thing.status})

    done = _("Sent back. The same person works it again until the new date.")

    def act(self, thing, form, at):
        return redo_referral(
            referral=thing, reason=form.cleaned_data["reason"], limit_on=form.cleaned_data["limit_on"],
            points=form.cleaned_data["points"], by=self.request.user, at=at,
        )  # fmt: skip


class Withdraw(ReferralStep):
    rule, verb, form_class = rules.can_withdraw, "referral.withdraw", ReasonForm
    template, danger = "partials/confirm.html", True
    title, label = _("Withdraw the letter"), pgettext_lazy("letter", "Withdraw")
    effect = _("The receiver loses access, the clocks stop and the letter is declared void. Its number stays used.")
    done = _("Withdrawn.")

    def act(self, thing, form, at):
        return withdraw_referral(referral=thing, reason=form.cleaned_data["reason"], by=self.request.user, at=at)


class Chase(ReferralStep):
    rule, verb, direct = rules.may_chase, "referral.chase", True
    done = _("Chased. The receiver and its leaders have been told.")

    def act(self, thing, form, at):
        if not thing.receiver.has_account:
            self.done = _("Chased. Your registrar was told to remind the body, which does not work here.")
        return chase_referral(referral=thing, by=self.request.user, at=at)


class Extend(ReferralStep):
    rule, verb, form_class = rules.can_ask_extension, "referral.extend", ExtensionForm
    title = label = _("Ask for a longer limit")
    done = _("Asked. The old limit holds until the sender agrees.")

    def context(self, thing):
        return {"lead": _("%(number)s, limit %(day)s") % {"number": thing.number, "day": thing.limit_on.isoformat()}}

    def act(self, thing, form, at):
        return ask_extension(
            referral=thing, new_on=form.cleaned_data["new_on"], reason=form.cleaned_data["reason"],
            by=self.request.user, at=at,
        )  # fmt: skip


class Decide(Step):
    """The sender decides on a longer limit."""

    model, rule, verb, form_class = Extension, rules.can_decide_extension, "extension.decide", DecideForm
    title, label, done = _("Decide on the extension"), _("Decide"), _("Decided. The old date stays on the record.")

    def load(self, pk):
        found = Extension.objects.visible_to(self.request.user).select_related("referral__case", "referral__sender")
        return get_object_or_404(found, pk=pk)

    def context(self, thing):
        said = {"number": thing.referral.number, "old": thing.old_on, "new": thing.new_on, "reason": thing.reason}
        return {"lead": _("%(number)s: from %(old)s to %(new)s, because %(reason)s") % said}

    def back_url(self, thing):
        return thing.referral.get_absolute_url()

    def act(self, thing, form, at):
        return decide_extension(
            extension=thing, agreed=form.cleaned_data["agreed"] == "yes", remark=form.cleaned_data["remark"],
            by=self.request.user, at=at,
        )  # fmt: skip
