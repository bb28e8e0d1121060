"""The steps of points, scores and consequences."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.wording import today
from sanctions import rules_credit as rules
from sanctions.actions import points as of_points
from sanctions.actions import scores as of_scores
from sanctions.actions.consequences import dismiss_consequence, lift_consequence, settle_consequence
from sanctions.actions.following import end_months
from sanctions.actions.imports import confirm_scores
from sanctions.forms_credit import LiftForm, ReasonForm, SettleForm
from sanctions.models import AnnualScore, Consequence, PointEntry, PointImport
from sanctions.points_rules import SUSPEND_MONTHS
from sanctions.views.credit_steps import Confirm, CreditStep


class ConfirmPoints(Confirm):
    model, rule, verb, versioned = PointEntry, rules.can_confirm, "sanction.points_confirmed", True
    title = label = pgettext_lazy("points", "Confirm")
    effect = _("They count from then on; what the total of the year asks for is proposed.")
    done = _("Confirmed.")

    def act(self, thing, form, at):
        of_points.confirm_points(entry=thing, by=self.request.user, at=at)


class RejectPoints(CreditStep):
    model, rule, verb, form_class = PointEntry, rules.can_reject, "sanction.points_rejected", ReasonForm
    title = label = _("Do not confirm")
    danger = True
    done = _("Not confirmed.")

    def act(self, thing, form, at):
        of_points.reject_points(entry=thing, reason=form.cleaned_data["reason"], by=self.request.user, at=at)


class RevokePoints(CreditStep):
    model, rule, verb, form_class = PointEntry, rules.can_revoke, "sanction.points_revoked", ReasonForm
    title = label = _("Revoke")
    danger = True
    done = _("Revoked.")

    def act(self, thing, form, at):
        of_points.revoke_points(entry=thing, reason=form.cleaned_data["reason"], by=self.request.user, at=at)


class ConfirmScore(Confirm):
    model, rule, verb, versioned = AnnualScore, rules.can_confirm, "sanction.score_confirmed", True
    title = label = pgettext_lazy("points", "Confirm")
    effect = _("Below 60 the agency is asked to terminate the service agreement.")
    done = _("Confirmed.")

    def act(self, thing, form, at):
        of_scores.confirm_score(row=thing, by=self.request.user, at=at)


class RejectScore(CreditStep):
    model, rule, verb, form_class = AnnualScore, rules.can_reject, "sanction.score_rejected", ReasonForm
    title = label = _("Do not confirm")
    danger = True
    done = _("Not confirmed.")

    def act(self, thing, form, at):
        of_scores.reject_score(row=thing, reason=form.cleaned_data["reason"], by=self.request.user, at=at)


class RevokeScore(CreditStep):
    model, rule, verb, form_class = AnnualScore, rules.can_revoke, "sanction.score_revoked", ReasonForm
    title = label = _("Revoke")
    danger = True
    done = _("Revoked.")

    def act(self, thing, form, at):
        of_scores.revoke_score(row=thing, reason=form.cleaned_data["reason"], by=self.request.user, at=at)


class Settle(CreditStep):
    model, rule, verb, form_class = Consequence, rules.can_settle, "sanction.consequence_done", SettleForm
    title = label = _("Enter what was done")
    done = _("Entered.")

    def keywords(self, thing):
        return {"kind": thing.kind}

    def initial(self, thing):
        least = SUSPEND_MONTHS[0]
        return {
            "done_on": today(), "months": least if thing.kind == "suspend" else end_months(thing.subject, thing.year),
        }  # fmt: skip

    def act(self, thing, form, at):
        settle_consequence(row=thing, by=self.request.user, at=at, **self.given(form))


class Dismiss(CreditStep):
    model, rule, verb, form_class = (
        Consequence,
        rules.can_settle,
        "sanction.consequence_dismissed",
        ReasonForm,
    )
    title = label = _("Not done")
    danger = True
    done = _("Entered, with the reason.")

    def act(self, thing, form, at):
        dismiss_consequence(row=thing, reason=form.cleaned_data["reason"], by=self.request.user, at=at)


class Lift(CreditStep):
    model, rule, verb, form_class = Consequence, rules.can_lift, "sanction.consequence_lifted", LiftForm
    title = label = pgettext_lazy("consequence", "Lift")
    danger = True
    done = _("Lifted.")

    def initial(self, thing):
        return {"lifted_on": today()}

    def act(self, thing, form, at):
        lift_consequence(row=thing, by=self.request.user, at=at, **self.given(form))


class ConfirmList(Confirm):
    """Everything of a list that still waits, at once."""

    model, verb = PointImport, "sanction.points_confirmed"
    related = ("department__region", "by")
    title = label = _("Confirm the whole list")
    effect = _("Every entry of the list that still waits counts from then on.")
    done = _("Confirmed.")

    def allowed(self, thing):
        return rules.can_confirm_list(self.request.user, thing)

    def form(self, thing, data=None, files=None):
        return self.form_class(data, files)

    def back_url(self, thing):
        return reverse("sanctions:point_list", args=[thing.pk])

    def act(self, thing, form, at):
        if thing.entries.exists():
            of_points.confirm_import(source=thing, by=self.request.user, at=at)
        else:
            confirm_scores(source=thing, by=self.request.user, at=at)


STEPS = {
    "confirm_points": ConfirmPoints, "reject_points": RejectPoints, "revoke_points": RevokePoints,
    "confirm_score": ConfirmScore, "reject_score": RejectScore, "revoke_score": RevokeScore,
    "settle_consequence": Settle, "dismiss_consequence": Dismiss, "lift_consequence": Lift,
    "confirm_list": ConfirmList,
}  # fmt: skip
