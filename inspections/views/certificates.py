"""The register of enforcement certificates, and those of one's own department entered and withdrawn."""

import datetime as dt

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from inspections import choices, rules
from inspections.actions import certificates as actions
from inspections.forms import CertificateForm, ShortReasonForm
from inspections.models import EnforcementCertificate
from inspections.views.base import InspectionStep, today
from workspace.once import submit

SOON = dt.timedelta(days=60)


@require_GET
@login_required
def certificate_list(request):
    """Who may inspect, department by department; what has ended or is about to is marked."""
    user = request.user
    if not rules.can_see_certificates(user):
        raise PermissionDenied
    found = EnforcementCertificate.objects.visible_to(user).filter(withdrawn_at=None)
    rows = found.select_related("user", "department").order_by("department", "user__name", "pk")
    on = today()
    context = {
        "title": _("Enforcement certificates"), "crumbs": [(_("Enforcement certificates"), "")],
        "rows": [
            {
                "certificate": row, "over": row.valid_until < on, "soon": on <= row.valid_until <= on + SOON,
                "may_withdraw": rules.can_withdraw_certificate(user, row),
            }
            for row in rows
        ],
        "may_keep": rules.can_keep_certificates(user),
    }  # fmt: skip
    return render(request, "inspections/certificates.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def enter(request):
    """A certificate of somebody of one's department; a newer one takes the place of the one in force."""
    user = request.user
    if not rules.can_keep_certificates(user):
        raise PermissionDenied
    people = choices.people(user.department, today())
    form = CertificateForm(request.POST if request.method == "POST" else None, people=people)
    back = reverse("inspections:certificates")
    if request.method == "POST" and form.is_valid():

        def work(at: dt.datetime) -> str:
            given = {name: form.cleaned_data[name] for name in ("user", "number", "valid_until")}
            actions.enter_certificate(department=user.department, by=user, at=at, **given)
            return back

        answer = submit(request, form, work, verb="inspection.certificate_entered", done=_("Entered."))
        if answer is not None:
            return answer
    title = _("Enter a certificate")
    context = {
        "form": form, "title": title, "label": _("Save"), "back_url": back,
        "crumbs": [(_("Enforcement certificates"), back), (title, "")],
    }  # fmt: skip
    return render(request, "partials/form_page.html", context)


class Withdraw(InspectionStep):
    model, together = EnforcementCertificate, ("user", "department")
    rule, verb, form_class = (
        rules.can_withdraw_certificate,
        "inspection.certificate_withdrawn",
        ShortReasonForm,
    )
    title = label = gettext_lazy("Withdraw the certificate")
    done = gettext_lazy("Withdrawn.")
    danger = True

    def back_url(self, thing):
        return reverse("inspections:certificates")

    @staticmethod
    def do(thing, given, by, at):
        actions.withdraw_certificate(certificate=thing, reason=given["reason"], by=by, at=at)
