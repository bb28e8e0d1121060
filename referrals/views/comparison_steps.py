"""The steps of a data comparison: signed, sent, signed for, compared, answered, closed."""


from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy

from core.refusals import Refused
from documents.downloads import attachment
from referrals import rules_comparison as rules
from referrals.actions import comparison_results, comparisons
from referrals.forms import ReasonForm, StepForm
from referrals.forms_comparison import (
    DownloadForm,
    LeadsForm,
    PaperResultForm,
    ResultForm,
    ServedForm,
)
from referrals.models import Comparison
from referrals.people_list import read_hits
from referrals.views.steps import Step
from workspace.actions import use_form_key


class ComparisonStep(Step):
    model = Comparison

    def load(self, pk):
        return get_object_or_404(Comparison.objects.visible_to(self.request.user).for_list(), pk=pk)


class Submit(ComparisonStep):
    rule, verb, direct = rules.can_submit, "comparison.submit", True
    done = gettext_lazy("Submitted for signature.")

    def act(self, thing, form, at):
        return comparisons.submit_comparison(comparison=thing, by=self.request.user, at=at)


class Approve(ComparisonStep):
    rule, verb, direct = rules.can_approve, "comparison.approve", True
    versioned = True
    done = gettext_lazy("Signed: the registrar numbers and sends it.")

    def act(self, thing, form, at):
        return comparisons.approve_comparison(comparison=thing, by=self.request.user, at=at)


class SendBack(ComparisonStep):
    rule, verb, form_class = rules.can_send_back, "comparison.send_back", ReasonForm
    title = label = gettext_lazy("Give back to be changed")
    done = gettext_lazy("Given back to the drafter.")

    def act(self, thing, form, at):
        return comparisons.send_back_comparison(
            comparison=thing, reason=form.cleaned_data["reason"], by=self.request.user, at=at
        )


class Discard(ComparisonStep):
    rule, verb, form_class = rules.can_discard, "comparison.discard", ReasonForm
    template, danger = "partials/confirm.html", True
    title = label = gettext_lazy("Give the draft up")
    effect = gettext_lazy("The draft ends here and its list is destroyed at once; the record stays.")
    done = gettext_lazy("The draft was given up.")

    def act(self, thing, form, at):
        return comparisons.discard_comparison(
            comparison=thing, reason=form.cleaned_data["reason"], by=self.request.user, at=at
        )


class Send(ComparisonStep):
    rule, verb = rules.can_send, "comparison.send"
    template = "partials/confirm.html"
    title = label = gettext_lazy("Number and send")
    effect = gettext_lazy(
        "The letter gets its number and names no person; the receiver is told and may then download the list."
    )
    done = gettext_lazy("Sent. Print the letter, seal it, and add the scan of the sealed copy.")

    def act(self, thing, form, at):
        return comparisons.send_comparison(comparison=thing, by=self.request.user, at=at)


class Receive(ComparisonStep):
    rule, verb = rules.can_receive, "comparison.receive"
    title = label = gettext_lazy("Sign for the letter")
    done = gettext_lazy("Signed for.")

    def form(self, thing, data=None, files=None):
        form_class = StepForm if thing.receiver.has_account else ServedForm
        return form_class(data, files, initial={"seen": thing.status})

    def act(self, thing, form, at):
        given = form.cleaned_data
        return comparison_results.receive_comparison(
            comparison=thing, delivered_on=given.get("delivered_on"), upload=given.get("upload"),
            by=self.request.user, at=at,
        )  # fmt: skip


class Prepare(ComparisonStep):
    rule, verb, form_class = rules.can_prepare, "comparison.prepare", ResultForm
    title = gettext_lazy("Enter the result")
    label = gettext_lazy("Save the result")
    done = gettext_lazy("The result was saved and waits for a signature.")

    def act(self, thing, form, at):
        given = form.cleaned_data
        hits = read_hits(upload=given["upload"], text=given["people"])
        return comparison_results.prepare_result(
            comparison=thing, hits=hits, note=given["note"], by=self.request.user, at=at
        )


class RecordResult(ComparisonStep):
    rule, verb, form_class = rules.can_record_result, "comparison.record_result", PaperResultForm
    title = gettext_lazy("Enter the answer that came on paper")
    label = gettext_lazy("Save the result")
    done = gettext_lazy("The result was saved.")

    def act(self, thing, form, at):
        given = form.cleaned_data
        hits = read_hits(upload=given["upload"], text=given["people"])
        return comparison_results.record_paper_result(
            comparison=thing, hits=hits, received_on=given["received_on"], note=given["note"], upload=given["scan"],
            number=given["number"], by=self.request.user, at=at,
        )  # fmt: skip


class SendBackResult(ComparisonStep):
    rule, verb, form_class = rules.can_send_back_result, "comparison.send_back_result", ReasonForm
    title = label = gettext_lazy("Give the result back")
    done = gettext_lazy("Given back to be compared again.")

    def act(self, thing, form, at):
        return comparison_results.send_back_result(
            comparison=thing, reason=form.cleaned_data["reason"], by=self.request.user, at=at
        )


class Answer(ComparisonStep):
    rule, verb = rules.can_answer, "comparison.answer"
    template = "partials/confirm.html"
    title = label = gettext_lazy("Sign and answer")
    effect = gettext_lazy("The letter of answer is issued with its counts; the asker may open leads from the hits.")
    done = gettext_lazy("Answered.")

    def act(self, thing, form, at):
        return comparison_results.answer_comparison(comparison=thing, by=self.request.user, at=at)


class Leads(ComparisonStep):
    rule, verb = rules.can_open_leads, "comparison.open_leads"
    title = label = gettext_lazy("Open leads")
    done = gettext_lazy("The leads were opened.")

    def form(self, thing, data=None, files=None):
        rows = thing.rows.filter(hit=True, lead=None)
        return LeadsForm(data, rows=rows, initial={"seen": thing.status})

    def act(self, thing, form, at):
        given = form.cleaned_data
        return comparison_results.open_leads(
            comparison=thing, rows=given["rows"], category=given["category"], by=self.request.user, at=at
        )


class Close(ComparisonStep):
    rule, verb = rules.can_close, "comparison.close"
    template, danger = "partials/confirm.html", True
    title = label = gettext_lazy("Close and destroy the list")
    effect = gettext_lazy(
        "The matter ends and the list is destroyed now: nobody can download it or open leads from it any more."
    )
    done = gettext_lazy("Closed; the list was destroyed.")

    def act(self, thing, form, at):
        return comparison_results.close_comparison(comparison=thing, by=self.request.user, at=at)


class Download(ComparisonStep):
    """The answer is the file itself: the step cannot redirect."""

    rule, verb, form_class = rules.can_download, "comparison.download", DownloadForm
    title = gettext_lazy("Download the list")
    label = gettext_lazy("Encrypt and download")

    def post(self, request, pk):
        thing, at = self.load(pk), timezone.now()
        if not self.allowed(thing):
            raise PermissionDenied
        form = self.form(thing, request.POST)
        if not form.is_valid():
            return self.show(thing, form)
        try:
            with transaction.atomic():
                use_form_key(user=request.user, key=form.cleaned_data["form_key"], at=at)
                content = comparison_results.download_list(
                    comparison=thing, passphrase=form.cleaned_data["passphrase"],
                    reason=form.cleaned_data["reason"], by=request.user, at=at,
                )  # fmt: skip
        except Refused as refusal:
            return self.answer_refusal(thing, form, refusal, at)
        return attachment(content, name=f"comparison-{thing.pk}.zip", content_type="application/zip")


STEPS = {
    "submit": Submit, "approve": Approve, "send": Send, "send_back": SendBack, "discard": Discard,
    "receive": Receive, "prepare": Prepare, "record_result": RecordResult, "answer": Answer,
    "send_back_result": SendBackResult, "leads": Leads, "download": Download, "close": Close,
}  # fmt: skip
