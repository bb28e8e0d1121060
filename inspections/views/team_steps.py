"""The steps of a department that takes part, of a person who goes, and of a target."""

from django.utils.translation import gettext_lazy as _

from inspections import choices, rules, rules_work
from inspections.actions import closing, planning, team, visits
from inspections.enums import PartRole
from inspections.forms import (
    ConfirmForm,
    DivisionForm,
    OfficerForm,
    ReasonForm,
    ShortReasonForm,
    SignSummaryForm,
)
from inspections.forms_work import VisitForm
from inspections.models import EnforcementCertificate
from inspections.views.base import MemberStep, PartnerStep, TargetStep, today


class Confirm(PartnerStep):
    rule, verb, form_class, versioned = rules.can_confirm, "inspection.confirmed", ConfirmForm, True
    title = label = _("Take part and name our people")
    done = _("Your people are named.")

    @staticmethod
    def keywords(thing, user):
        found, inspects = choices.certificates(thing), thing.role == PartRole.INSPECTING
        if not inspects:  # nobody of a supporting department signs as an inspector
            found = EnforcementCertificate.objects.none()  # door: nothing
        people = choices.people(thing.department, today())
        return {
            "certificates": found, "people": people, "inspects": inspects, "drawn": choices.drawn(thing.inspection),
        }  # fmt: skip

    @staticmethod
    def initial_of(thing, user):
        there = [each for each in thing.members.all() if each.left_at is None]
        return {
            "officers": [each.certificate_id for each in there if each.role == "inspector"],
            "assistants": [each.user_id for each in there if each.role == "assistant"],
        }

    @staticmethod
    def do(thing, given, by, at):
        team.confirm_part(
            partner=thing, officers=list(given["officers"]), assistants=list(given["assistants"]),
            declared=given["declared"], reason=given["reason"], by=by, at=at,
        )  # fmt: skip


class Decline(PartnerStep):
    rule, verb, form_class, danger, versioned = (
        rules.can_decline, "inspection.declined", ReasonForm, True, True,
    )  # fmt: skip
    title = label = _("Do not take part")
    done = _("The lead and the office were told.")

    @staticmethod
    def do(thing, given, by, at):
        team.decline_part(partner=thing, reason=given["reason"], by=by, at=at)


class NameOfficer(PartnerStep):
    rule, verb, form_class = rules.can_name_officer, "inspection.member_named", OfficerForm
    title = label = _("Name another officer")
    done = _("Named.")

    @staticmethod
    def keywords(thing, user):
        there = thing.inspection.members.filter(left_at=None, certificate__isnull=False).values("certificate")
        return {"certificates": choices.certificates(thing).exclude(pk__in=there)}

    @staticmethod
    def do(thing, given, by, at):
        team.name_officer(
            partner=thing, certificate=given["certificate"], declared=given["declared"], by=by, at=at
        )


class DropPartner(PartnerStep):
    rule, verb, template, danger = (
        rules.can_drop_partner,
        "inspection.partner_dropped",
        "partials/confirm.html",
        True,
    )
    title = label = _("Leave the department out")
    effect = _("It is not asked any more, and its people do not go.")
    done = _("Left out.")

    @staticmethod
    def do(thing, given, by, at):
        planning.drop_partner(partner=thing, by=by, at=at)


class EditPartner(PartnerStep):
    rule, verb, form_class = rules.can_edit_partner, "inspection.partner_edited", DivisionForm
    title = label = _("What the department does")
    done = _("Changed.")

    @staticmethod
    def initial_of(thing, user):
        return {"task": thing.task}

    @staticmethod
    def do(thing, given, by, at):
        team.edit_division(partner=thing, task=given["task"], version=given["expected_version"], by=by, at=at)


class SignSummary(PartnerStep):
    rule, verb, form_class = rules_work.can_sign_summary, "inspection.summary_signed", SignSummaryForm
    title = label = _("Sign the summary")
    done = _("Your department's word is on the record.")
    template, tab = "inspections/sign_summary.html", "summary"

    @staticmethod
    def initial_of(thing, user):
        summary = closing.newest(thing.inspection)
        return {"kind": "signed", "number": summary.number if summary else None}

    def context(self, thing):
        return {"summary": closing.newest(thing.inspection)}

    @staticmethod
    def do(thing, given, by, at):
        said = {name: given[name] for name in ("number", "kind", "words")}
        closing.sign_summary(partner=thing, by=by, at=at, **said)


class Leave(MemberStep):
    rule, verb, form_class, danger = rules.can_leave, "inspection.member_left", ShortReasonForm, True
    title = label = _("Does not go")
    done = _("Recorded.")

    @staticmethod
    def do(thing, given, by, at):
        team.leave(member=thing, reason=given["reason"], by=by, at=at)


class DropTarget(TargetStep):
    rule, verb, form_class, danger = rules.can_drop_target, "inspection.target_dropped", ShortReasonForm, True
    title = label = _("Leave the target out")
    done = _("Left out.")

    @staticmethod
    def do(thing, given, by, at):
        planning.drop_target(target=thing, reason=given["reason"], by=by, at=at)


class OpenVisit(TargetStep):
    rule, verb, form_class = rules_work.can_visit, "inspection.visited", VisitForm
    title = label = _("Record a visit")
    done = _("Begun: work the checklists, write the record, print it to sign.")

    @staticmethod
    def keywords(thing, user):
        return {"officers": choices.officers(thing), "drawn": choices.drawn(thing.inspection)}

    @staticmethod
    def initial_of(thing, user):
        return {"visited_on": today(), "place": thing.subject.address}

    @staticmethod
    def do(thing, given, by, at):
        said = {name: given[name] for name in ("visited_on", "begins", "place", "reserve_reason")}
        return visits.open_visit(target=thing, officers=list(given["officers"]), by=by, at=at, **said)

    def after(self, thing, result):
        return result.get_absolute_url()


PARTNER_STEPS = {
    "confirm": Confirm, "decline": Decline, "name_officer": NameOfficer, "drop_partner": DropPartner,
    "edit_partner": EditPartner, "sign_summary": SignSummary,
}  # fmt: skip
MEMBER_STEPS = {"leave": Leave}
TARGET_STEPS = {"drop_target": DropTarget, "open_visit": OpenVisit}
