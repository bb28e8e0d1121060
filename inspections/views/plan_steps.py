"""The steps of the plan and of the whole inspection, from the draft to the closing."""

from django.contrib import messages
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from inspections import choices, rules, rules_work
from inspections.actions import approval, changes, closing, planning, team
from inspections.forms import (
    ApproveForm,
    EditPlanForm,
    ExpertForm,
    PartnerForm,
    PostponeForm,
    ReasonForm,
    RewriteForm,
    SummaryForm,
    TargetForm,
    plan_of,
)
from inspections.frequency import visits_in_year, warnings
from inspections.views.base import InspectionStep, today


class Edit(InspectionStep):
    rule, verb, form_class = rules.can_edit, "inspection.edited", EditPlanForm
    title = label = _("Change the plan")
    done = _("Changed. Departments that were asked are asked anew.")

    @staticmethod
    def initial_of(thing, user):
        return plan_of(thing)

    @staticmethod
    def do(thing, given, by, at):
        plan = {name: given[name] for name in planning.PLAN}
        planning.edit_plan(inspection=thing, version=given["expected_version"], by=by, at=at, **plan)


class AddPartner(InspectionStep):
    rule, verb, form_class, tab = rules.can_edit, "inspection.partner_added", PartnerForm, "team"
    title = label = _("Add a department")
    done = _("It takes part; once the departments are asked, it is asked too.")

    @staticmethod
    def keywords(thing, user):
        return {"departments": choices.departments(thing)}

    @staticmethod
    def do(thing, given, by, at):
        said = {name: given[name] for name in ("department", "role", "task")}
        planning.add_partner(inspection=thing, by=by, at=at, **said)


class AddTarget(InspectionStep):
    rule, verb, form_class, tab = rules.can_add_target, "inspection.target_added", TargetForm, "visits"
    title = label = _("Add a target")
    done = _("It is on the plan.")

    @staticmethod
    def keywords(thing, user):
        return {"subjects": choices.subjects(thing, user)}

    @staticmethod
    def do(thing, given, by, at):
        planning.add_target(inspection=thing, subject=given["subject"], reason=given["reason"], by=by, at=at)
        return given["subject"]

    def after(self, thing, result):
        """频次核对: said at once where one more visit goes beyond the yearly cap."""
        found = visits_in_year([result], thing.starts_on.year, self.request.user)
        for row in warnings(found.values(), exempt=thing.exempt):
            said = {"name": row.subject.name, "n": row.counted, "most": row.most}
            messages.warning(
                self.request, _("%(name)s was visited %(n)d times this year: its cap is %(most)d.") % said
            )
        return super().after(thing, result)


class Ask(InspectionStep):
    rule, verb, template = rules.can_ask, "inspection.put_to_partners", "partials/confirm.html"
    title = label = _("Put it to the departments")
    effect = _("Every department is asked to take part and to name its people; its clock runs.")
    done = _("Asked: the page shows who has not answered.")

    @staticmethod
    def do(thing, given, by, at):
        planning.ask_partners(inspection=thing, by=by, at=at)


class AddExpert(InspectionStep):
    rule, verb, form_class, tab = rules.can_add_expert, "inspection.expert_named", ExpertForm, "team"
    title = label = _("Name an expert")
    done = _("Named: an expert assists and never signs as an inspector.")

    @staticmethod
    def keywords(thing, user):
        return {"experts": choices.experts(thing, today())}

    @staticmethod
    def do(thing, given, by, at):
        said = {name: given[name] for name in ("user", "name", "unit", "declared")}
        team.add_expert(inspection=thing, by=by, at=at, **said)


class Submit(InspectionStep):
    rule, verb, template = rules.can_submit, "inspection.submitted", "partials/confirm.html"
    title = label = _("Submit for approval")
    effect = _("The plan goes to the deputy head to be signed; it does not change any more.")
    done = _("Submitted: another leader signs it.")

    @staticmethod
    def do(thing, given, by, at):
        approval.submit_inspection(inspection=thing, by=by, at=at)


class Approve(InspectionStep):
    rule, verb, form_class, versioned = rules.can_approve, "inspection.approved", ApproveForm, True
    title = label = _("Sign the plan")
    done = _("Signed: the approval form is numbered.")

    @staticmethod
    def do(thing, given, by, at):
        approval.approve_inspection(inspection=thing, opinion=given["opinion"], by=by, at=at)


class Return(InspectionStep):
    rule, verb, form_class, danger = rules.can_return, "inspection.returned", ReasonForm, True
    title = label = pgettext_lazy("inspection", "Send back")
    done = _("Sent back: who drafted it was told.")

    @staticmethod
    def do(thing, given, by, at):
        approval.return_inspection(inspection=thing, reason=given["reason"], by=by, at=at)


class Notices(InspectionStep):
    rule, verb, template, tab = (
        rules.can_send_notices,
        "inspection.noticed",
        "partials/confirm.html",
        "visits",
    )
    title = label = _("Issue the notices")
    effect = _("Each target without one gets a numbered notice, to be printed, sealed and served.")
    done = _("The notices are numbered.")

    @staticmethod
    def do(thing, given, by, at):
        approval.send_notices(inspection=thing, by=by, at=at)


class Begin(InspectionStep):
    rule, verb, template, tab = rules.can_begin, "inspection.begun", "partials/confirm.html", "visits"
    title = label = _("Begin the inspection")
    effect = _("Everybody who goes is told; visits can be recorded.")
    done = _("It has begun.")

    @staticmethod
    def do(thing, given, by, at):
        approval.begin_inspection(inspection=thing, by=by, at=at)


class Postpone(InspectionStep):
    rule, verb, form_class = rules.can_postpone, "inspection.postponed", PostponeForm
    title = label = _("Postpone")
    done = _("Postponed: everybody was told; notices are to be issued anew.")

    @staticmethod
    def initial_of(thing, user):
        return {"starts_on": thing.starts_on, "ends_on": thing.ends_on}

    @staticmethod
    def do(thing, given, by, at):
        said = {name: given[name] for name in ("starts_on", "ends_on", "reason")}
        changes.postpone_inspection(inspection=thing, by=by, at=at, **said)


class Cancel(InspectionStep):
    rule, verb, form_class, danger = rules.can_cancel, "inspection.cancelled", ReasonForm, True
    title = label = _("Cancel the inspection")
    done = _("Cancelled: everybody was told.")

    @staticmethod
    def do(thing, given, by, at):
        changes.cancel_inspection(inspection=thing, reason=given["reason"], by=by, at=at)


class Report(InspectionStep):
    rule, verb, form_class, tab = rules_work.can_report, "inspection.reported", SummaryForm, "summary"
    title = label = _("Write the summary")
    done = _("Every department was asked to sign it.")

    @staticmethod
    def initial_of(thing, user):
        summary = closing.newest(thing)
        return {"text": summary.text if summary else ""}

    @staticmethod
    def do(thing, given, by, at):
        closing.report_inspection(inspection=thing, text=given["text"], by=by, at=at)


class Rewrite(InspectionStep):
    rule, verb, form_class, tab = (
        rules_work.can_rewrite,
        "inspection.summary_rewritten",
        RewriteForm,
        "summary",
    )
    title = label = _("Rewrite the summary")
    done = _("A new version: every department signs anew.")

    @staticmethod
    def initial_of(thing, user):
        summary = closing.newest(thing)
        return {"text": summary.text, "number": summary.number} if summary else {}

    @staticmethod
    def do(thing, given, by, at):
        closing.rewrite_summary(inspection=thing, text=given["text"], number=given["number"], by=by, at=at)


class GoBack(InspectionStep):
    rule, verb, form_class, danger = rules_work.can_go_back, "inspection.gone_back", ReasonForm, True
    title = label = _("Take it up again")
    done = _("It is under way again; its summary is written anew afterwards.")

    @staticmethod
    def do(thing, given, by, at):
        closing.go_back(inspection=thing, reason=given["reason"], by=by, at=at)


class Close(InspectionStep):
    rule, verb, template, tab = rules_work.can_close, "inspection.closed", "partials/confirm.html", "summary"
    title = label = _("Close the inspection")
    effect = _("Every finding has gone somewhere and every department has signed: the summary is numbered.")
    done = _("Closed.")

    @staticmethod
    def do(thing, given, by, at):
        closing.close_inspection(inspection=thing, by=by, at=at)


STEPS = {
    "edit": Edit, "add_partner": AddPartner, "add_target": AddTarget, "ask": Ask, "add_expert": AddExpert,
    "submit": Submit, "approve": Approve, "return": Return, "notices": Notices, "begin": Begin, "postpone": Postpone,
    "cancel": Cancel, "report": Report, "rewrite": Rewrite, "go_back": GoBack, "close": Close,
}  # fmt: skip
