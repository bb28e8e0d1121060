"""The steps of a transfer of suspected crime: one form page for each."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.dates import local_date
from referrals import crime_contexts, crime_forms
from referrals.actions.crime_handover import hand_over, record_receipt, serve_copy, sign_receipt
from referrals.actions.crime_proposal import assign_officers, discard_transfer
from referrals.actions.crime_remedies import (
    answer_supervision,
    hand_over_property,
    note_duty_crime,
    resume_administrative,
)
from referrals.actions.crime_report import decide_transfer, report_transfer
from referrals.actions.receipt import check_manifest, report_mismatch
from referrals.crime_reading import certified
from referrals.forms import ReasonForm
from referrals.refusals import HashMismatch
from referrals.views.crime_base import CrimeStepView, PaperStep
from referrals.views.crime_letters import (
    Complete,
    Filing,
    Forward,
    Incomplete,
    Reconsider,
    Reconsidered,
    Revoke,
    Supervise,
)


class Assign(CrimeStepView):
    code, form_class = "assign", crime_forms.OfficersForm
    done = _("Named. They verify and report to the head in writing.")

    def options(self, thing):
        return {"people": certified(thing.department, local_date(timezone.now()))}

    def act(self, thing, form, at):
        return assign_officers(transfer=thing, officers=list(form.cleaned_data["officers"]), by=self.request.user, at=at)


class Discard(CrimeStepView):
    code, form_class, danger = "discard", ReasonForm, True
    template = "partials/confirm.html"
    effect = _("The proposal ends here, with its reason on the record. A new one may be made later.")
    done = _("Given up.")

    def act(self, thing, form, at):
        return discard_transfer(transfer=thing, reason=form.cleaned_data["reason"], by=self.request.user, at=at)


class Report(CrimeStepView):
    code, form_class = "report", crime_forms.ReportForm
    template = "referrals/crime_report.html"
    done = _("Reported. The head decides within the limit.")

    def options(self, thing):
        return {"evidence": thing.case.evidence.filter(voided_at=None)}

    def context(self, thing):
        return {"evidence_url": reverse("cases:add_evidence", args=[thing.case_id])}

    def act(self, thing, form, at):
        return report_transfer(
            transfer=thing, report=form.cleaned_data["report"], attachments=form.attachments(), by=self.request.user, at=at
        )


class Decide(CrimeStepView):
    code, form_class = "decide", crime_forms.DecideForm
    template = "referrals/crime_decide.html"
    done = _("Decided. The approval form is on the file.")

    def act(self, thing, form, at):
        given = form.cleaned_data
        return decide_transfer(
            transfer=thing, approved=given["approved"] == "yes", reason=given["reason"],
            late_reason=given["late_reason"], by=self.request.user, at=at,
        )  # fmt: skip


class HandOver(CrimeStepView):
    code, form_class = "hand_over", crime_forms.HandOverForm
    done = _("Handed over. Letter and list are numbered; the procuratorate is on the copy.")

    def act(self, thing, form, at):
        return hand_over(transfer=thing, late_reason=form.cleaned_data["late_reason"], by=self.request.user, at=at)


class Sign(PaperStep):
    """回执: on the page every file with its hash and whether it matches now."""

    code, form_class = "sign", crime_forms.ReceiptForm
    template = "referrals/crime_sign.html"
    done = _("Signed for. The limit of the decision runs.")

    def context(self, thing):
        items = check_manifest(thing.referral)
        return {"items": items, "broken": [item for item, matches in items if not matches]}

    def act(self, thing, form, at):
        paper = form.paper()
        if paper is not None:
            return record_receipt(transfer=thing, paper=paper, by=self.request.user, at=at)
        return sign_receipt(transfer=thing, late_reason=form.cleaned_data["late_reason"], by=self.request.user, at=at)

    def refused(self, thing, refusal, at):
        if isinstance(refusal, HashMismatch):
            report_mismatch(referral=thing.referral, evidence=refusal.evidence, by=self.request.user, at=at)


class Supervised(PaperStep):
    code, form_class = "supervised", crime_forms.SupervisedForm
    done = _("Entered.")

    def on_paper(self, thing):
        return True

    def act(self, thing, form, at):
        given = form.cleaned_data
        return answer_supervision(
            transfer=thing, filed=given["filed"] == "yes", reason=given["reason"], paper=form.paper(),
            by=self.request.user, at=at,
        )  # fmt: skip


class Property(CrimeStepView):
    code, form_class = "property", crime_forms.PropertyForm
    done = _("Handed over. The list was issued; the transfer is closed.")

    def act(self, thing, form, at):
        names = ("taken_by", "none_reason", "late_reason")
        given = {name: form.cleaned_data[name] for name in names}
        return hand_over_property(transfer=thing, by=self.request.user, at=at, **given)


class Resume(CrimeStepView):
    code, form_class = "resume", ReasonForm
    template = "partials/confirm.html"
    effect = _("The transfer ends here. A suspended investigation of your department runs on, and its clock with it.")
    done = _("Resumed.")

    def act(self, thing, form, at):
        return resume_administrative(transfer=thing, reason=form.cleaned_data["reason"], by=self.request.user, at=at)


class Copy(CrimeStepView):
    code, form_class = "copy", crime_forms.CopyServedForm
    done = _("Recorded. The proof of service is on the file.")

    def context(self, thing):
        return {"lead": crime_contexts.copy_to(thing)}

    def act(self, thing, form, at):
        given = {name: form.cleaned_data[name] for name in ("served_on", "signed_name", "upload")}
        return serve_copy(transfer=thing, by=self.request.user, at=at, **given)


class Duty(CrimeStepView):
    code, form_class = "duty", crime_forms.DutyForm
    done = _("Noted. Only your department sees it.")

    def act(self, thing, form, at):
        given = form.cleaned_data
        return note_duty_crime(
            transfer=thing, number=given["number"], sent_on=given["sent_on"], by=self.request.user, at=at
        )


STEPS = {
    view.code: view
    for view in (
        Assign, Discard, Report, Decide, HandOver, Sign, Incomplete, Complete, Forward, Filing, Reconsider,
        Reconsidered, Supervise, Supervised, Property, Revoke, Resume, Copy, Duty,
    )
}  # fmt: skip
