"""Openings of an identity: asked for, agreed to by two custodians, shown once. The opener does what counts."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_GET, require_POST

from core.forms import new_form_key
from core.refusals import Refused
from rewards import openers
from rewards import rules_reports as rules
from rewards.actions.openings import decline_opening, request_opening
from rewards.forms_reports import KeyForm, OpeningForm, ReasonForm
from rewards.models import Opening, Reporter
from rewards.querysets import holds_key
from rewards.reading_reports import history
from workspace.steps import Step

FIELD_NAMES = {
    "name": gettext_lazy("Name or name of the body"), "phone": gettext_lazy("Telephone"),
    "id_number": gettext_lazy("Identity number or credit code"), "address": gettext_lazy("Postal address"),
    "bank": gettext_lazy("Bank of the account for a reward"), "account": gettext_lazy("Account number"),
    "appointment": gettext_lazy("Appointment letter of the social supervisor"),
}  # fmt: skip
PAGE = 50
MARK = [(x, y) for y in (14, 38, 62, 86) for x in (2, 36, 70)]  # where the reader's name stands, in percent


@require_GET
@login_required
def opening_list(request):
    """Requests one has to do with, those that wait first."""
    if not rules.opens_list(request.user):
        raise PermissionDenied
    found = Opening.objects.visible_to(request.user).select_related(
        "reporter__report", "report", "requested_by"
    )
    rows = list(found.order_by("-requested_at", "-pk")[:PAGE])
    for one in rows:
        one.given = rules.waits(one) and one.first_by_id == request.user.pk
    rows.sort(key=lambda one: one.given or not (rules.waits(one) or rules.can_show(request.user, one)))
    return render(
        request, "rewards/openings.html",
        {"title": _("Openings of identities"), "crumbs": [(_("Openings of identities"), "")], "rows": rows,
         "keeps": holds_key(request.user)},
    )  # fmt: skip


class Ask(Step):
    """The report officer asks, with a reason."""

    model, rule, verb, form_class = Reporter, rules.can_ask_opening, "opening.request", OpeningForm
    title, label = gettext_lazy("Ask to open an identity"), gettext_lazy("Ask two custodians")
    done = gettext_lazy("Asked. Two custodians were told; both keys have to be given within 24 hours.")

    def load(self, pk):
        found = Reporter.objects.visible_to(self.request.user).select_related(
            "report__department", "report__region"
        )
        return get_object_or_404(found, pk=pk)

    def back_url(self, thing):
        return thing.report.get_absolute_url()

    def after(self, thing, result):
        return reverse("rewards:opening", args=[result.pk])

    def act(self, thing, form, at):
        return request_opening(
            reporter=thing, fields=form.cleaned_data["fields_wanted"], reason=form.cleaned_data["reason"],
            by=self.request.user, at=at,
        )  # fmt: skip


def _load(request, pk):
    found = Opening.objects.visible_to(request.user).select_related(
        "report", "reporter__report", "requested_by", "first_by", "second_by", "declined_by"
    )
    return get_object_or_404(found, pk=pk)


@never_cache
@require_GET
@login_required
def detail(request, pk):
    """One request: who agreed, until when it waits, and one's own step."""
    opening = _load(request, pk)
    return _page(request, opening, KeyForm(initial={"seen": opening.status}))


def _page(request, opening, form):
    user = request.user
    return render(
        request, "rewards/opening.html",
        {
            "opening": opening, "form": form,
            "may_give": rules.can_give(user, opening),
            "may_decline": rules.can_decline(user, opening),
            "may_show": rules.can_show(user, opening),
            "lapsed": opening.status in ("requested", "ready") and timezone.now() >= opening.expires_at,
            "report_url": opening.report.get_absolute_url() if rules.can_work(user, opening.report) else "",
            "days": history(opening, user),
            "show_key": new_form_key(),
        },
    )  # fmt: skip


@never_cache
@sensitive_post_parameters()
@sensitive_variables()
@require_POST
@login_required
def give(request, pk):
    """A custodian agrees: passphrase and one-time code go to the opener and nowhere else."""
    opening = _load(request, pk)
    if not rules.can_give(request.user, opening) and request.user.pk != opening.first_by_id:
        raise PermissionDenied
    form = KeyForm(request.POST)
    if not form.is_valid():
        return _page(request, opening, form)
    try:
        openers.ask(
            "give_key", opening_id=opening.pk, user_id=request.user.pk,
            passphrase=form.cleaned_data["passphrase"], code=form.cleaned_data["code"],
        )  # fmt: skip
    except Refused as refusal:
        form.refused(refusal)
        return _page(request, _load(request, pk), form)
    messages.success(request, _("Your key was given. Strike the code out of your list."))
    return redirect("rewards:opening", pk=pk)


@method_decorator(never_cache, name="dispatch")
class Decline(Step):
    """A custodian does not agree."""

    model, rule, verb, form_class, danger = Opening, rules.can_decline, "opening.decline", ReasonForm, True
    template = "partials/confirm.html"
    title = label = gettext_lazy("Decline the opening")
    effect = gettext_lazy("Nothing is opened. Who asked is told your reason.")
    done = gettext_lazy("Declined.")

    def load(self, pk):
        return _load(self.request, pk)

    def back_url(self, thing):
        return reverse("rewards:opening", args=[thing.pk])

    def act(self, thing, form, at):
        return decline_opening(opening=thing, reason=form.cleaned_data["reason"], by=self.request.user, at=at)


@never_cache
@sensitive_variables()
@require_POST
@login_required
def show(request, pk):
    """Show it, this once, to who asked: not kept, not cached, with name and time across it."""
    opening = _load(request, pk)
    if request.user.pk != opening.requested_by_id:
        if not rules.works_on_reports(request.user):
            raise Http404
        raise PermissionDenied
    try:
        found = openers.ask("show", opening_id=opening.pk, user_id=request.user.pk)["fields"]
    except Refused as refusal:
        messages.warning(request, str(refusal))
        return redirect("rewards:opening", pk=pk)
    now = timezone.now()
    answer = render(
        request, "rewards/opening_shown.html",
        {
            "opening": _load(request, pk),
            "rows": [(FIELD_NAMES[name], value) for name, value in found.items() if value],
            "mark": MARK, "now": now,
        },
    )  # fmt: skip
    answer["Cache-Control"] = "no-store"
    return answer
