"""The steps of a finding and of a rectification."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from inspections import choices, rules_work
from inspections.actions import findings, more_time, outcomes, rectification
from inspections.forms import ReasonForm
from inspections.forms_work import (
    DoneForm,
    EditFindingForm,
    FilesForm,
    JoinCaseForm,
    MoreTimeDecisionForm,
    MoreTimeForm,
    OpenCaseForm,
    ReassignForm,
    RectifyForm,
    RemarkForm,
)
from inspections.views.base import FindingStep, RectificationStep, today


class EditFinding(FindingStep):
    rule, verb, form_class = rules_work.can_edit_finding, "inspection.finding_edited", EditFindingForm
    title = label = _("Correct the finding")
    done = _("Corrected.")

    @staticmethod
    def keywords(thing, user):
        return {"categories": choices.categories()}

    @staticmethod
    def initial_of(thing, user):
        names = ("text", "found_on", "evidence", "amount")
        return {"category": thing.category_id} | {name: getattr(thing, name) for name in names}

    @staticmethod
    def do(thing, given, by, at):
        said = {name: given[name] for name in ("category", "text", "found_on", "evidence", "amount")}
        findings.edit_finding(finding=thing, version=given["expected_version"], by=by, at=at, **said)


class AddFiles(FindingStep):
    rule, verb, form_class = rules_work.can_add_evidence, "inspection.finding_file_added", FilesForm
    title = label = _("Add evidence")
    done = _("Filed.")

    @staticmethod
    def do(thing, given, by, at):
        findings.add_finding_files(finding=thing, files=given["files"], by=by, at=at)


class OpenCase(FindingStep):
    rule, verb, form_class = rules_work.can_open_case, "inspection.finding_became_case", OpenCaseForm
    title = label = _("Register a case")
    done = _("Registered: its day is the day of the finding.")

    @staticmethod
    def do(thing, given, by, at):
        said = {name: given[name] for name in ("title", "major", "restricted", "duplicates_known")}
        outcomes.open_case(finding=thing, by=by, at=at, **said)


class JoinCase(FindingStep):
    rule, verb, form_class = rules_work.can_join_case, "inspection.finding_joined_case", JoinCaseForm
    title = label = _("Join a case")
    done = _("It is in the case, with its evidence.")

    @staticmethod
    def keywords(thing, user):
        return {"cases": choices.cases(thing, user)}

    @staticmethod
    def do(thing, given, by, at):
        outcomes.join_case(finding=thing, case=given["case"], by=by, at=at)


class Rectify(FindingStep):
    rule, verb, form_class = rules_work.can_have_rectified, "inspection.finding_rectified", RectifyForm
    title = label = _("Have it rectified")
    done = _("Its clock runs.")

    @staticmethod
    def keywords(thing, user):
        return {"people": choices.people(thing.department, today())}

    @staticmethod
    def initial_of(thing, user):
        return {"person": user.pk}

    @staticmethod
    def do(thing, given, by, at):
        said = {name: given[name] for name in ("text", "due_on", "person")}
        outcomes.have_rectified(finding=thing, by=by, at=at, **said)


class Remark(FindingStep):
    rule, verb, form_class = rules_work.can_remark, "inspection.finding_remarked", RemarkForm
    title = label = _("Leave it a remark")
    done = _("It stays a remark.")

    @staticmethod
    def do(thing, given, by, at):
        outcomes.remark(finding=thing, text=given["text"], by=by, at=at)


FINDING_STEPS = {
    "edit_finding": EditFinding, "finding_files": AddFiles, "open_case": OpenCase, "join_case": JoinCase,
    "rectify": Rectify, "remark": Remark,
}  # fmt: skip


class Rectified(RectificationStep):
    rule, verb, form_class = rules_work.can_report_rectified, "inspection.rectified", DoneForm
    title = label = _("Report as rectified")
    done = _("Reported: another leader confirms it.")

    @staticmethod
    def do(thing, given, by, at):
        rectification.report_rectified(task=thing, text=given["text"], by=by, at=at)


class Confirm(RectificationStep):
    rule, verb = rules_work.can_confirm_rectified, "inspection.rectification_confirmed"
    title = label = _("Confirm the rectification")
    template = "partials/confirm.html"
    effect = _("It was put right when it was reported; its clock ends with that day.")
    done = _("Confirmed.")

    @staticmethod
    def do(thing, given, by, at):
        rectification.confirm_rectified(task=thing, by=by, at=at)


class SendBack(RectificationStep):
    rule, verb, form_class, danger = (
        rules_work.can_send_back,
        "inspection.rectification_sent_back",
        ReasonForm,
        True,
    )
    title = label = _("Not rectified yet")
    done = _("Sent back.")

    @staticmethod
    def do(thing, given, by, at):
        rectification.send_back(task=thing, reason=given["reason"], by=by, at=at)


class Reassign(RectificationStep):
    rule, verb, form_class = rules_work.can_reassign, "inspection.rectification_reassigned", ReassignForm
    title = label = pgettext_lazy("rectification", "Name another person")
    done = _("Named.")

    @staticmethod
    def keywords(thing, user):
        return {"people": choices.people(thing.department, today())}

    @staticmethod
    def do(thing, given, by, at):
        rectification.reassign_rectification(
            task=thing, person=given["person"], reason=given["reason"], by=by, at=at
        )


class AskMoreTime(RectificationStep):
    rule, verb, form_class = rules_work.can_ask_more_time, "inspection.more_time_asked", MoreTimeForm
    title = label = _("Ask for more time")
    done = _("Asked: another leader of the department decides.")

    @staticmethod
    def do(thing, given, by, at):
        more_time.ask_more_time(task=thing, new_on=given["new_on"], reason=given["reason"], by=by, at=at)


class DecideMoreTime(RectificationStep):
    rule, verb, form_class = (
        rules_work.can_decide_more_time, "inspection.more_time_agreed", MoreTimeDecisionForm,
    )  # fmt: skip
    title = label = _("Decide on more time")
    done = _("Decided. The old day stays on the record.")

    @staticmethod
    def do(thing, given, by, at):
        more_time.decide_more_time(
            task=thing, agreed=given["agreed"] == "yes", remark=given["remark"], by=by, at=at
        )


RECTIFICATION_STEPS = {
    "rectified": Rectified, "confirm_rectified": Confirm, "send_back": SendBack, "reassign": Reassign,
    "ask_more_time": AskMoreTime, "decide_more_time": DecideMoreTime,
}  # fmt: skip
