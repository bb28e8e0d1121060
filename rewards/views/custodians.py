"""Settings: who holds the keys; a custodian's own key; the roster of social supervisors."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_GET, require_http_methods

from core.dates import local_date
from core.refusals import Refused
from rewards import openers, vault
from rewards import rules_reports as rules
from rewards.actions.custodians import candidates, end_custody, name_custodian
from rewards.actions.supervisors import add_supervisor
from rewards.forms_reports import EnrolForm, NameCustodianForm, SupervisorForm
from rewards.models import Custodian, Supervisor
from rewards.querysets import holds_key
from rewards.reading_keys import key_states
from workspace.once import submit
from workspace.steps import Step, StepForm


@require_http_methods(["GET", "POST"])
@login_required
def custodians(request):
    """Who is named, who has a key; name another."""
    user = request.user
    if not rules.can_name_custodians(user):
        raise PermissionDenied
    at = timezone.now()
    people = candidates(user.region, local_date(at))
    form = NameCustodianForm(request.POST or None, people=people)
    if request.method == "POST" and form.is_valid():
        chosen = next(one for one in people if str(one.pk) == form.cleaned_data["user"])

        def work(at):
            name_custodian(region=user.region, user=chosen, by=user, at=at)
            return request.path

        answer = submit(
            request, form, work, verb="custodian.name", done=_("Named. The person makes the key.")
        )
        if answer is not None:
            return answer
    rows, away = key_states(user.region)
    return render(
        request, "rewards/custodians.html",
        {
            "title": _("Custodians of reporters' keys"), "form": form,
            "rows": rows, "away": away, "lacking": any(row.lacks for row in rows),
            "ready": vault.can_seal(user.region), "recovery": None in vault.users_with_keys(user.region),
        },
    )  # fmt: skip


class EndCustody(Step):
    """From now on nothing is sealed to this person."""

    model, rule, verb, danger = Custodian, rules.can_end_custody, "custodian.end", True
    template = "partials/confirm.html"
    title = label = gettext_lazy("End the custody")
    effect = gettext_lazy(
        "Nothing more is sealed to this person's key. Then let the operator run `manage.py opener --rewrap custodians`,"
        " so that earlier records are given to those in force."
    )
    done = gettext_lazy("Ended.")
    form_class = StepForm

    def back_url(self, thing):
        return reverse("rewards:custodians")

    def act(self, thing, form, at):
        return end_custody(custodian=thing, by=self.request.user, at=at)


@never_cache
@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "POST"])
@login_required
def own_key(request):
    """A custodian makes a key in the opener; the one-time codes are shown this once, to be printed."""
    user = request.user
    if not holds_key(user):
        raise PermissionDenied
    form = EnrolForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = openers.ask(
                "enrol", user_id=user.pk, region_id=user.region.pk, passphrase=form.cleaned_data["passphrase"]
            )
        except Refused as refusal:
            form.refused(refusal)
        else:
            answer = render(
                request,
                "rewards/key_made.html",
                {
                    "title": _("Your key is made"),
                    "lists": [
                        (_("Codes for opening one identity"), made["codes"]),
                        (_("Codes for bank files"), made["file_codes"]),
                    ],
                },
            )
            answer["Cache-Control"] = "no-store"
            return answer
    try:
        held, away = openers.ask("codes_left", user_id=user.pk, region_id=user.region.pk), False
    except Refused:
        held, away = {"left": None, "file_left": None}, True
    return render(
        request, "rewards/own_key.html",
        {"title": _("My key to reporters' identities"), "form": form, **held, "away": away,
         "has_key": user.pk in vault.users_with_keys(user.region)},
    )  # fmt: skip


@require_GET
@login_required
def supervisors(request):
    """The roster of social supervisors (S2 E29)."""
    if not rules.works_on_reports(request.user):
        raise PermissionDenied
    rows = Supervisor.objects.visible_to(request.user)
    return render(
        request, "rewards/supervisors.html",
        {"title": _("Social supervisors"), "rows": rows, "today": local_date(timezone.now())},
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@login_required
def supervisor_new(request):
    """Enter a supervisor with term and number of the letter of appointment."""
    user = request.user
    if not rules.works_on_reports(user):
        raise PermissionDenied
    form = SupervisorForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("name", "body", "number", "term_from", "term_to")}

        def work(at):
            add_supervisor(region=user.region, by=user, at=at, **given)
            return reverse("rewards:supervisors")

        answer = submit(request, form, work, verb="supervisor.add", done=_("Entered."))
        if answer is not None:
            return answer
    return render(
        request, "partials/form_page.html",
        {
            "title": _("Enter a social supervisor"), "form": form, "label": _("Enter"),
            "back_url": reverse("rewards:supervisors"),
        },
    )  # fmt: skip
