"""Budgets and final accounts reviewed, and appraisals: a row's page, a new one, confirmed, sent back, corrected."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from finance import reading, rules
from finance.actions import reviews as actions
from finance.forms import AppraisalForm, BudgetForm, CorrectAppraisalForm, CorrectBudgetForm, ReasonForm
from finance.models import Appraisal, BudgetReview
from finance.views.base import RegisterStep, crumbs, new_row

PEOPLE = ("department", "by", "confirmed_by", "returned_by", "replaces")


def _page(request, row, others, register):
    code, user = row.kind_code, request.user
    steps = [
        (reverse(f"finance:{verb}_{code}", args=[row.pk]), label, primary)
        for verb, label, primary, may in (
            ("confirm", pgettext_lazy("register", "Confirm"), True, rules.can_confirm),
            ("return", pgettext_lazy("register", "Send back"), False, rules.can_send_back),
            ("correct", pgettext_lazy("register", "Correct"), False, rules.can_correct),
        )
        if may(user, row)
    ]  # fmt: skip
    context = {
        "title": str(row), "crumbs": crumbs(register, str(row)), "row": row, "facts": reading.facts(row), "steps": steps,
        "others": [(other, register.shown(register.cells(other))) for other in others],
        "columns": [(label, kind) for label, kind, _width in register.columns], "versions_of": register.title,
    }  # fmt: skip
    return render(request, "finance/review.html", context)


@require_GET
@login_required
def budget_page(request, pk):
    """A review with its other versions."""
    found = BudgetReview.objects.visible_to(request.user).select_related(*PEOPLE)
    row = get_object_or_404(found, pk=pk)
    same = Q(region=row.region_id, year=row.year, department=row.department_id, kind=row.kind)
    return _page(request, row, found.filter(same).exclude(pk=row.pk), reading.BUDGETS)


@require_GET
@login_required
def appraisal_page(request, pk):
    """An appraisal with its other versions."""
    found = Appraisal.objects.visible_to(request.user).select_related(*PEOPLE)
    row = get_object_or_404(found, pk=pk)
    same = Q(region=row.region_id, year=row.year, department=row.department_id, body=row.body)
    return _page(request, row, found.filter(same).exclude(pk=row.pk), reading.APPRAISALS)


@require_http_methods(["GET", "POST"])
@login_required
def new_budget(request):
    """Enter what was submitted and reviewed."""
    if not rules.can_write(request.user):
        raise PermissionDenied
    return new_row(
        request, BudgetForm, actions.enter_budget, reading.BUDGETS, verb="budget_review.entered",
        title=_("Enter a review"), done=_("Entered. It waits for a second person."),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@login_required
def new_appraisal(request):
    """Enter an appraisal."""
    if not rules.can_write(request.user):
        raise PermissionDenied
    return new_row(
        request, AppraisalForm, actions.enter_appraisal, reading.APPRAISALS, verb="appraisal.entered",
        title=_("Enter an appraisal"), done=_("Entered. It waits for a second person."),
    )  # fmt: skip


class Reviewing(RegisterStep):
    def found(self):
        return super().found().select_related(*PEOPLE)

    def context(self, thing):
        columns = zip(self.register.columns, self.register.shown(self.register.cells(thing)), strict=True)
        said = "；".join(f"{label} {value}" for (label, _kind, _width), (_shown, value) in columns if value not in ("", "—"))
        return {**super().context(thing), "object": said}


class Confirm(Reviewing):
    template, rule = "partials/confirm.html", staticmethod(rules.can_confirm)
    title = label = pgettext_lazy("register", "Confirm")
    effect = gettext_lazy("It is fixed then: a correction is a new version. The department it is about reads it.")
    done = pgettext_lazy("register", "Confirmed.")

    def act(self, thing, form, at):
        return actions.confirm(row=thing, by=self.request.user, at=at)


class Return(Reviewing):
    template, rule, form_class = "partials/confirm.html", staticmethod(rules.can_send_back), ReasonForm
    title = label = pgettext_lazy("register", "Send back")
    effect = gettext_lazy("It counts nowhere and stays on record with the reason.")
    done = pgettext_lazy("register", "Sent back.")
    danger = True

    def act(self, thing, form, at):
        return actions.send_back(row=thing, reason=form.cleaned_data["reason"], by=self.request.user, at=at)


class Correct(Reviewing):
    rule = staticmethod(rules.can_correct)
    title = pgettext_lazy("register", "Correct")
    label = gettext_lazy("Save")
    done = gettext_lazy("Entered. It waits for a second person.")
    fields = ()

    def form(self, thing, data=None, files=None):
        kept = {name: getattr(thing, name) for name in self.fields}
        return self.form_class(data, files, initial={"seen": thing.status, **kept})

    def after(self, thing, result):
        return result.get_absolute_url()

    def act(self, thing, form, at):
        given = {name: form.cleaned_data[name] for name in (*self.fields, "remark")}
        return self.again(thing, at, given)


class ConfirmBudget(Confirm):
    model, verb, register = BudgetReview, "budget_review.confirmed", reading.BUDGETS


class ReturnBudget(Return):
    model, verb, register = BudgetReview, "budget_review.returned", reading.BUDGETS


class CorrectBudget(Correct):
    model, verb, register, form_class = BudgetReview, "budget_review.entered", reading.BUDGETS, CorrectBudgetForm
    fields = ("submitted", "reviewed", "opinion", "reviewed_on")

    def again(self, thing, at, given):
        return actions.enter_budget(
            corrects=thing, year=thing.year, department=thing.department, kind=thing.kind, by=self.request.user, at=at,
            **given,
        )  # fmt: skip


class ConfirmAppraisal(Confirm):
    model, verb, register = Appraisal, "appraisal.confirmed", reading.APPRAISALS


class ReturnAppraisal(Return):
    model, verb, register = Appraisal, "appraisal.returned", reading.APPRAISALS


class CorrectAppraisal(Correct):
    model, verb, register, form_class = Appraisal, "appraisal.entered", reading.APPRAISALS, CorrectAppraisalForm
    fields = ("score", "grade", "basis", "decided_on")

    def again(self, thing, at, given):
        return actions.enter_appraisal(corrects=thing, year=thing.year, by=self.request.user, at=at, **given)
