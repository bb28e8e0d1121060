"""What follows a decision: one form page for each step."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from cases import rules_after
from cases.actions.strands import after_decision as actions
from cases.forms import after as forms
from cases.models import AfterStep, Strand
from cases.views.loading import form_page, load_case
from core.wording import today


@dataclass(frozen=True)
class Verb:
    """One step: its words, its form, and the action the form's values go to."""

    label: Any
    form: type
    action: Callable[..., Any]
    fields: tuple[str, ...]


_EVERY = ("number", "remark")
VERBS = {
    "serve": Verb(gettext_lazy("Record the service"), forms.ServeForm, actions.serve, ("on", "body", *_EVERY)),
    "pay": Verb(gettext_lazy("Record a payment"), forms.PayForm, actions.pay, ("on", "amount", *_EVERY)),
    "instalment": Verb(
        gettext_lazy("Grant an instalment"), forms.InstalmentForm, actions.allow_instalment, ("amount", "due_on", *_EVERY)
    ),
    "urge": Verb(gettext_lazy("Urge to perform"), forms.UrgeForm, actions.urge, ("on", *_EVERY)),
    "apply": Verb(
        gettext_lazy("Apply for enforcement"), forms.ApplyForm, actions.apply_enforcement, ("on", "body", *_EVERY)
    ),
    "contest": Verb(
        gettext_lazy("Review or lawsuit"), forms.ContestForm, actions.contest, ("kind", "on", "body", *_EVERY)
    ),
}


def verbs_for(user, strand, state) -> list[tuple[str, Any]]:
    """The steps this person may record now: nothing but the service before it."""
    if not rules_after.can_follow_up(user, strand):
        return []
    offered = [code for code in VERBS if (code == "serve") == (state.served is None)]
    return [(code, VERBS[code].label) for code in offered]


@require_http_methods(["GET", "POST"])
@login_required
def act(request, pk, verb):
    known = VERBS.get(verb)
    if known is None:
        raise Http404
    strand = get_object_or_404(Strand.objects.visible_to(request.user).select_related("department", "handler"), pk=pk)
    strand.case = load_case(request.user, strand.case_id)
    if not rules_after.can_follow_up(request.user, strand):
        raise PermissionDenied

    def work(given, at):
        values = {name: given[name] for name in known.fields}
        known.action(strand=strand, by=request.user, at=at, **values)

    return form_page(
        request, strand.case, known.form, work, title=str(known.label), label=_("Record"), panel="after",
        lead=f"{strand.department} · {strand.decision_number}", initial={"on": today()}, verb=f"after.{verb}",
        done=_("Done: %(step)s") % {"step": known.label},
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@login_required
def settle(request, pk):
    """How a review or a lawsuit ended, and what it changes."""
    steps = AfterStep.objects.visible_to(request.user).select_related("strand__department", "strand__handler")
    step = get_object_or_404(steps, pk=pk)
    strand = step.strand
    strand.case = load_case(request.user, step.case_id)
    if not rules_after.can_settle(request.user, step):
        raise PermissionDenied

    def work(given, at):
        names = ("outcome", "on", "fined", "verified", *_EVERY)
        actions.settle(step=step, by=request.user, at=at, **{name: given[name] for name in names})

    return form_page(
        request, strand.case, forms.SettleForm, work, title=_("Record the outcome"), label=_("Record the outcome"),
        template="cases/confirm.html", danger=True, panel="after", initial={"on": today()}, verb="after.outcome",
        lead=f"{step.get_kind_display()} · {step.body}",
        effect=_("A changed decision recalculates the money and rewards not yet paid; a revoked one reverses them, "
                 "suspends what rests on it, and the investigation goes on.") if step.round == strand.round
        else _("The decision was taken up again meanwhile: the outcome is recorded, without effects."),
        done=_("The outcome is recorded."),
    )  # fmt: skip
