"""The report officer's steps on a report."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from cases.actions.subjects import add_subject
from cases.models import Case, Subject
from core.refusals import BadInput
from departments.models import Category
from rewards import rules_reports as rules
from rewards.actions import report_progress, reports
from rewards.forms_reports import AcceptForm, AnswerForm, JoinForm, OfficerAddForm, ReasonForm, TellForm
from rewards.models import Report
from workspace.steps import Step, StepForm


@method_decorator(never_cache, name="dispatch")
class ReportStep(Step):
    """A step on a report; nobody but report officers knows that it exists."""

    model = Report

    def load(self, pk):
        if not rules.works_on_reports(self.request.user):
            raise Http404
        found = Report.objects.visible_to(self.request.user).select_related("department", "region", "case")
        return get_object_or_404(found, pk=pk)


class Accept(ReportStep):
    rule, verb = rules.can_decide, "report.accept"
    title, label = _("Accept the report as a new lead"), _("Accept")
    done = _("Accepted: the lead is registered.")

    def form(self, thing, data=None, files=None):
        mine = Subject.objects.visible_to(self.request.user)
        text = thing.subject_code or thing.subject_name[:20]
        return AcceptForm(
            data, subjects=mine.matching(text)[:50] if data is None else mine,
            categories=Category.objects.filter(active=True).order_by("order", "code"),  # door: a dictionary
            initial={
                "seen": thing.status, "new_name": thing.subject_name, "new_uscc": thing.subject_code,
                "subject": mine.matching(text).first(),
            },
        )  # fmt: skip

    def act(self, thing, form, at):
        given, by = form.cleaned_data, self.request.user
        subject = given["subject"]
        if subject is None:
            if not given["new_name"].strip():
                raise BadInput(_("Choose the subject, or enter a new one."), field="subject")
            try:
                subject = add_subject(
                    region=thing.region, kind=given["new_kind"], name=given["new_name"], uscc=given["new_uscc"],
                    by=by, at=at,
                )  # fmt: skip
            except BadInput as wrong:
                raise BadInput.several(
                    {
                        {"name": "new_name", "uscc": "new_uscc"}.get(name, name): said
                        for name, said in wrong.faults.items()
                    }
                ) from None
        return report_progress.accept_report(
            report=thing, summary=given["summary"], subjects=[subject], categories=list(given["categories"]),
            suspected=given["suspected"] or 0, duplicates_known=given["duplicates_known"], by=by, at=at,
        )  # fmt: skip


class Join(ReportStep):
    rule, verb = rules.can_decide, "report.join"
    title, label = _("Join the report to a case"), _("Join")
    done = _("Accepted: it is verified in the case.")

    def form(self, thing, data=None, files=None):
        cases = Case.objects.visible_to(self.request.user).open().filter(region=thing.region).order_by("-pk")
        return JoinForm(data, cases=cases, initial={"seen": thing.status})

    def act(self, thing, form, at):
        return report_progress.join_report(
            report=thing, case=form.cleaned_data["case"], summary=form.cleaned_data["summary"],
            by=self.request.user, at=at,
        )  # fmt: skip


class Refuse(ReportStep):
    rule, verb, form_class, danger = rules.can_decide, "report.refuse", ReasonForm, True
    template = "partials/confirm.html"
    title = label = _("Do not accept the report")
    effect = _("The reporter reads your reason with the receipt code.")
    done = _("Recorded: not accepted.")

    def act(self, thing, form, at):
        return report_progress.refuse_report(
            report=thing, reason=form.cleaned_data["reason"], by=self.request.user, at=at
        )


class Tell(ReportStep):
    rule, verb, form_class = rules.can_tell, "report.tell", TellForm
    title, label = _("Record that the reporter was told whether the case was filed"), _("Record")
    done = _("Recorded. The clock is met.")

    def act(self, thing, form, at):
        given = form.cleaned_data
        return report_progress.tell_reporter(
            report=thing, via=given["via"], text=given["text"], late_reason=given["late_reason"],
            by=self.request.user, at=at,
        )  # fmt: skip


class Answer(ReportStep):
    rule, verb, form_class = rules.can_answer, "report.answer", AnswerForm
    title, label = _("Give the result back to the reporter"), _("Give it back")
    done = _("The reporter reads it with the receipt code.")

    def act(self, thing, form, at):
        return report_progress.answer_report(
            report=thing, text=form.cleaned_data["text"], by=self.request.user, at=at
        )


class Add(ReportStep):
    rule, verb, form_class = rules.can_work, "report.add", OfficerAddForm
    title, label = _("Add what the reporter says"), _("Add")
    done = _("Added.")

    def form(self, thing, data=None, files=None):
        return OfficerAddForm(data, files, initial={"seen": thing.status})

    def act(self, thing, form, at):
        return reports.add_to_report(
            report=thing, text=form.cleaned_data["text"], files=form.cleaned_data["files"],
            by=self.request.user, at=at,
        )  # fmt: skip


class Withdraw(ReportStep):
    rule, verb, form_class, danger = rules.can_withdraw, "report.withdraw", StepForm, True
    template = "partials/confirm.html"
    title = label = _("The reporter takes the report back")
    effect = _("What was reported is verified all the same.")
    done = _("Recorded. Verification goes on.")

    def act(self, thing, form, at):
        return reports.withdraw_report(report=thing, by=self.request.user, at=at)
