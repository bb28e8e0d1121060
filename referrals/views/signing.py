"""Signing rules: who reviews and who signs each kind of paper, kept by the system administrator."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.refusals import Refused
from departments.rules import can_keep_dictionaries
from referrals.actions.signing_rules import change_signing_rule, rule_values
from referrals.forms_signing import SigningForm
from referrals.models import SigningRule
from referrals.set_up import without_signer


def _keeper(request):
    if not can_keep_dictionaries(request.user):
        raise PermissionDenied


def _crumbs(*more):
    return [(_("Settings"), reverse("desk:settings")), *more]


@require_safe
@login_required
def rules_list(request):
    """Every kind of paper with who reviews and signs it, and where nobody could."""
    _keeper(request)
    rules = list(SigningRule.objects.visible_to(request.user))
    lacking = without_signer(request.user, rules)
    title = _("Signing rules")
    context = {
        "title": title,
        "rows": [(rule, lacking[rule.kind]) for rule in rules],
        "crumbs": _crumbs((title, "")),
    }
    return render(request, "referrals/signing_rules.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def edit(request, kind):
    """Who reviews and who signs one kind of paper."""
    _keeper(request)
    rule = get_object_or_404(SigningRule.objects.visible_to(request.user), kind=kind)
    form = SigningForm(request.POST or None, now=rule_values(rule), kind=kind)
    back = reverse("referrals:signing_rules")
    if request.method == "POST" and form.is_valid():
        try:
            rule = change_signing_rule(rule=rule, **form.cleaned_data, by=request.user, at=timezone.now())
        except Refused as refusal:
            form.refused(refusal)
        else:
            messages.success(request, _("The signing rule is saved: %(rule)s.") % {"rule": rule})
            return redirect(back)
    context = {
        "form": form,
        "title": str(rule),
        "lead": _("Holds at once for every paper not signed yet; what is signed stays signed"),
        "label": _("Save"),
        "back_url": back,
        "crumbs": _crumbs((_("Signing rules"), back), (str(rule), "")),
    }
    return render(request, "partials/dictionary_form.html", context)
