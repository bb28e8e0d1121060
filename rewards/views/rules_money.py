"""The reward rule of the county, and what is asked of a reporter before a reward."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.wording import today
from departments.rules import can_keep_dictionaries
from rewards import rules
from rewards.actions.eligibility import mark_repetition, record_eligibility, withdraw_repetition
from rewards.actions.reward_rules import FIELDS, adopt_rule
from rewards.forms_money import EligibilityForm, ReasonForm, RepetitionForm, RuleForm
from rewards.models import Eligibility, Report, Reporter, RewardRule
from workspace.once import note_no_money, submit


def _keeper(request):
    if not can_keep_dictionaries(request.user):
        raise PermissionDenied


@require_safe
@login_required
def rule_list(request):
    """Every version with its basis, which one holds, and that the county has to choose (T1)."""
    _keeper(request)
    found = RewardRule.objects.visible_to(request.user)
    now = found.in_force(request.user.region, today()).first()
    title = _("Reward rules")
    context = {
        "title": title, "crumbs": [(_("Settings"), reverse("desk:settings")), (title, "")], "rows": found, "now": now,
        "chosen": found.filter(region=request.user.region).exists(),
    }  # fmt: skip
    return render(request, "rewards/rules.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def adopt(request):
    """A version of the county's own, begun from one that stands."""
    _keeper(request)
    user = request.user
    found = RewardRule.objects.visible_to(user)
    asked = request.GET.get("from", "")
    start = found.filter(pk=int(asked)).first() if asked.isdecimal() else None
    start = start or found.in_force(user.region, today()).first()
    initial = {name: getattr(start, name) for name in FIELDS} if start else {}
    form = RuleForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        given.pop("form_key")

        def work(at):
            adopt_rule(region=user.region, by=user, at=at, **given)
            return reverse("rewards:rules")

        answer = submit(
            request, form, work, verb="reward.rule_adopted",
            done=_("The rule is entered. Rewards nobody was paid follow within minutes."),
        )  # fmt: skip
        if answer is not None:
            return answer
    elif request.method == "POST":
        note_no_money(request, form, verb="reward.rule_adopted")
    title = _("Enter the county's rule")
    context = {
        "form": form, "title": title, "label": _("Save"), "back_url": reverse("rewards:rules"),
        "crumbs": [(_("Settings"), reverse("desk:settings")), (_("Reward rules"), reverse("rewards:rules")), (title, "")],
    }  # fmt: skip
    return render(request, "partials/form_page.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def eligibility(request, pk):
    """Ask whether a reporter, who is a number, may be rewarded."""
    user = request.user
    found = Reporter.objects.visible_to(user).select_related(
        "report__case", "report__region", "report__department"
    )
    reporter = get_object_or_404(found.defer("report__facts"), pk=pk)
    if not rules.can_ask(user, reporter.report):
        raise PermissionDenied
    held = Eligibility.objects.visible_to(user).filter(reporter=reporter).first()
    names = ("wants", "identifiable", "known_before", "duty", "staff", "weight", "remark")
    initial = (
        {name: getattr(held, name) for name in names} if held else {"wants": reporter.report.wants_reward}
    )
    form = EligibilityForm(request.POST or None, initial=initial)
    back = reporter.report.get_absolute_url()
    if request.method == "POST" and form.is_valid():

        def work(at):
            record_eligibility(
                reporter=reporter, by=user, at=at, **{name: form.cleaned_data[name] for name in names}
            )
            reward = reporter.rewards.exclude(status="void").first()
            return reward.get_absolute_url() if reward else back

        answer = submit(
            request, form, work, verb="reward.eligibility_asked", done=_("The answers are on the record.")
        )
        if answer is not None:
            return answer
    title = _("May this reporter be rewarded?")
    context = {
        "form": form, "title": title, "lead": str(reporter), "label": _("Save"), "back_url": back,
        "crumbs": [(_("Reports"), reverse("rewards:reports")), (reporter.report.number, back), (title, "")],
    }  # fmt: skip
    return render(request, "partials/form_page.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def repetition(request, pk):
    """Say that a report told what an earlier one of the case had told."""
    user = request.user
    found = Report.objects.visible_to(user).select_related("case", "region", "department").defer("facts")
    report = get_object_or_404(found, pk=pk)
    if not rules.can_ask(user, report):
        raise PermissionDenied
    earlier = found.filter(case=report.case_id, received_at__lte=report.received_at).exclude(pk=report.pk)
    form = RepetitionForm(request.POST or None, reports=earlier)
    if request.method == "POST" and form.is_valid():

        def work(at):
            mark_repetition(report=report, first=form.cleaned_data["first"], by=user, at=at)
            return report.get_absolute_url()

        answer = submit(
            request,
            form,
            work,
            verb="reward.repetition_marked",
            target=report,
            done=_("The first in time is rewarded."),
        )
        if answer is not None:
            return answer
    title = _("The matter was reported before")
    context = {
        "form": form, "title": title, "lead": report.number, "label": _("Save"), "back_url": report.get_absolute_url(),
        "crumbs": [(_("Reports"), reverse("rewards:reports")), (report.number, report.get_absolute_url()), (title, "")],
    }  # fmt: skip
    return render(request, "partials/form_page.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def withdraw_repetition_of(request, pk):
    """Take back that a report repeats an earlier one, with a reason."""
    user = request.user
    found = Report.objects.visible_to(user).select_related("case", "region", "department").defer("facts")
    report = get_object_or_404(found, pk=pk)
    if not rules.can_ask(user, report):
        raise PermissionDenied
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():

        def work(at):
            withdraw_repetition(report=report, reason=form.cleaned_data["reason"], by=user, at=at)
            return report.get_absolute_url()

        answer = submit(
            request, form, work, verb="reward.repetition_withdrawn", target=report, done=_("Each is rewarded for its own.")
        )  # fmt: skip
        if answer is not None:
            return answer
    title = _("It was no repetition")
    context = {
        "form": form, "title": title, "lead": report.number, "label": _("Save"), "back_url": report.get_absolute_url(),
        "crumbs": [(_("Reports"), reverse("rewards:reports")), (report.number, report.get_absolute_url()), (title, "")],
    }  # fmt: skip
    return render(request, "partials/form_page.html", context)
