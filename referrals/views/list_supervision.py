"""督办 of a data comparison: the office drafts and signs it, who is late accounts for it."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from referrals import offers, reading
from referrals import rules_comparison as rules
from referrals.actions import list_supervision as actions
from referrals.duties import overdue_list
from referrals.forms import DeliveryForm, ReasonForm
from referrals.forms_receiving import SuperviseForm, reply_form
from referrals.models import Comparison, ListSupervision
from referrals.views.steps import Step


@require_GET
@login_required
def detail(request, pk):
    """The letter, its reply and what this person may do now; of the comparison only what the office knows."""
    found = ListSupervision.objects.visible_to(request.user).for_list()
    supervision = get_object_or_404(found, pk=pk)
    seen = Comparison.objects.visible_to(request.user).filter(pk=supervision.comparison_id).exists()
    context = {
        "supervision": supervision,
        "supervisions": [supervision],
        "seen": seen,
        "offers": offers.of_list_supervision(request.user, supervision),
        "days": reading.history(supervision, request.user),
    }
    return render(request, "referrals/list_supervision.html", context)


class Supervise(Step):
    """The coordinator drafts it from the workbench: the page of the comparison itself is not for the office."""

    rule, verb, form_class = rules.can_supervise, "list_supervision.draft", SuperviseForm
    title, label = _("Supervise an overdue data comparison"), _("Save the draft")
    done = _("Drafted. Somebody else of the office signs it.")

    def load(self, pk):
        found = Comparison.objects.known_to_office(self.request.user)  # door: the office, that it is under way
        return get_object_or_404(found.for_list(), pk=pk)

    def context(self, thing):
        duty = overdue_list(thing, timezone.now())
        late = f" {duty.name} {duty.due_on.isoformat()}" if duty else ""
        return {"lead": f"{thing.number} {thing.receiver}{late}", "object": thing.number}

    def back_url(self, thing):
        return reverse("desk:workbench")

    def after(self, thing, result):
        return result.get_absolute_url()

    def act(self, thing, form, at):
        return actions.draft_list_supervision(
            comparison=thing, demand=form.cleaned_data["demand"], reply_on=form.cleaned_data["reply_on"],
            by=self.request.user, at=at,
        )  # fmt: skip


class SupervisionStep(Step):
    model = ListSupervision

    def load(self, pk):
        return get_object_or_404(ListSupervision.objects.visible_to(self.request.user).for_list(), pk=pk)


class Issue(SupervisionStep):
    rule, verb, versioned = rules.can_issue_supervision, "list_supervision.issue", True
    template = "partials/confirm.html"
    title, label = _("Sign the supervision letter"), _("Sign and send")
    effect = _("It gets its number and goes out; the clock of the reply begins.")
    done = _("Sent. The reply is due on the day the letter names.")

    def act(self, thing, form, at):
        return actions.issue_list_supervision(supervision=thing, by=self.request.user, at=at)


class Review(SupervisionStep):
    rule, verb, direct = rules.can_review_supervision, "list_supervision.review", True
    done = _("Reviewed. Somebody else of the office signs it.")

    def act(self, thing, form, at):
        return actions.review_list_supervision(supervision=thing, by=self.request.user, at=at)


class Deliver(SupervisionStep):
    """送达回证, where the receiver does not work here."""

    rule, verb, form_class = rules.can_prove_supervision, "list_supervision.deliver", DeliveryForm
    title = _("Prove that the letter was delivered")
    label = _("Record the delivery")
    done = _("Recorded. The proof of service is on the file.")

    def act(self, thing, form, at):
        given = {name: form.cleaned_data[name] for name in ("delivered_on", "received_by_name", "method", "upload")}
        return actions.prove_list_supervision(supervision=thing, by=self.request.user, at=at, **given)


class Discard(SupervisionStep):
    rule, verb, form_class = rules.can_discard_supervision, "list_supervision.discard", ReasonForm
    template, danger = "partials/confirm.html", True
    title = label = _("Give up")
    effect = _("The draft is given up; nobody is told.")
    done = _("Given up.")

    def act(self, thing, form, at):
        return actions.discard_list_supervision(
            supervision=thing, reason=form.cleaned_data["reason"], by=self.request.user, at=at
        )


class Reply(SupervisionStep):
    rule, verb = rules.can_reply_to_supervision, "list_supervision.reply"
    title = label = _("Reply to the office")
    done = _("Replied. The office has been told.")

    def form(self, thing, data=None, files=None):
        return reply_form(thing.comparison.receiver)(data, files, initial={"seen": thing.status})

    def context(self, thing):
        return {"lead": f"{thing.comparison.number}：{thing.demand}"}

    def act(self, thing, form, at):
        return actions.reply_to_list_supervision(
            supervision=thing, text=form.cleaned_data["text"], late_reason=form.cleaned_data["late_reason"],
            paper=form.their_reply(), by=self.request.user, at=at,
        )  # fmt: skip


STEPS = {"review": Review, "deliver": Deliver, "issue": Issue, "discard": Discard, "reply": Reply}
