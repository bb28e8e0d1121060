"""The rule by which the county meets, kept by the system administrator or the office's head."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.refusals import Refused
from departments.rules import can_keep_dictionaries
from meetings import rules
from meetings.actions.quarter import rule_of
from meetings.actions.rule import change_rule, values_of
from meetings.forms_rule import RuleForm


@login_required
@require_http_methods(["GET", "POST"])
def edit(request):
    """Quorum, month, notice, and the days departments have."""
    user = request.user
    if not rules.can_keep_rule(user):
        raise PermissionDenied
    rule = rule_of(user.region)
    form = RuleForm(request.POST or None, now=values_of(rule))
    if request.method == "POST" and form.is_valid():
        try:
            change_rule(region=user.region, by=user, at=timezone.now(), **form.cleaned_data)
        except Refused as refusal:
            form.refused(refusal)
        else:
            messages.success(request, _("The rule of meetings is saved."))
            return redirect("meetings:rule")
    title = _("Rule of meetings")
    up = (_("Settings"), reverse("desk:settings"))
    if not can_keep_dictionaries(user):
        up = (_("Joint meetings"), reverse("meetings:list"))
    context = {
        "form": form, "title": title, "label": _("Save"), "back_url": up[1], "crumbs": [up, (title, "")],
        "lead": _("The county's own") if rule.region_id else _("As shipped: the county has not chosen yet"),
    }  # fmt: skip
    return render(request, "partials/dictionary_form.html", context)
