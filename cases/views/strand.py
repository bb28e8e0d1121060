"""The steps of a strand's procedure: one form page for each verb."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from cases import rules, rules_legal
from cases.actions import strands as actions
from cases.actions.strands import legal
from cases.enums import StrandStatus as S
from cases.forms import strand as forms
from cases.models import Strand
from cases.panels import GATE_VERBS, NATURE_VERBS
from cases.rules_legal import fresh_gate
from cases.views.loading import case_url, form_page, load_case


@dataclass(frozen=True)
class Verb:
    """One step: from which states, who may, its form, and the action the form's values go to."""

    label: Any
    title: Any
    states: frozenset[str]
    rule: Callable[..., bool]
    form: type
    action: Callable[..., Any]
    fields: tuple[str, ...] = ()
    danger: bool = False


_ANY = frozenset({S.VERIFYING, S.FILED, S.INVESTIGATING, S.SUSPENDED, S.DECIDED})


def _verb(label, title, states, rule, form, action, *fields, danger=False):
    return Verb(label, title, frozenset(states), rule, form, action, fields, danger)


VERBS = {
    "assign": _verb(
        gettext_lazy("Assign"), gettext_lazy("Name who handles it"), _ANY, rules.can_assign_strand,
        forms.AssignForm, actions.assign_strand, "handler",
    ),
    "file": _verb(
        gettext_lazy("File"), gettext_lazy("File the case"), {S.VERIFYING}, rules.can_decide_strand,
        forms.FileForm, actions.file_strand, "filing_number",
    ),
    "decline": _verb(
        gettext_lazy("Do not file"), gettext_lazy("Do not file"), {S.VERIFYING}, rules.can_decide_strand,
        forms.DeclineForm, actions.decline_strand, "disposition", "reason",
    ),
    "verify-again": _verb(
        gettext_lazy("Verify again"), gettext_lazy("Verify again"), {S.NOT_FILED}, rules.can_work_strand,
        forms.ReasonStrandForm, actions.verify_again, "reason",
    ),
    "investigate": _verb(
        gettext_lazy("Investigate"), gettext_lazy("Begin the investigation"), {S.FILED}, rules.can_work_strand,
        forms.PlainStrandForm, actions.investigate,
    ),
    "suspend": _verb(
        gettext_lazy("Suspend"), gettext_lazy("Suspend the investigation"), {S.INVESTIGATING},
        rules.can_work_strand, forms.ReasonStrandForm, actions.suspend, "reason",
    ),
    "resume": _verb(
        gettext_lazy("Resume"), gettext_lazy("Resume the investigation"), {S.SUSPENDED},
        rules.can_work_strand, forms.ReasonStrandForm, actions.resume, "reason",
    ),
    "decide": _verb(
        gettext_lazy("Decide"), gettext_lazy("Decide"), {S.INVESTIGATING}, rules.can_decide_strand,
        forms.DecideForm, actions.decide_strand,
        "findings", "disposition", "basis", "decision_number", "documents", "late_reason", "known", "grounds", "grave",
    ),
    "nature": _verb(
        gettext_lazy("Kind of decision"), gettext_lazy("Mark the kind of decision"), {S.INVESTIGATING},
        rules_legal.can_mark, forms.NatureForm, legal.mark_nature, "grounds", "grave",
    ),
    "ask-review": _verb(
        gettext_lazy("Ask for the legal review"), gettext_lazy("Ask for the legal review"), {S.INVESTIGATING},
        rules.can_work_strand, forms.AskReviewForm, legal.ask_review, "reviewer", "proposal",
    ),
    "discuss": _verb(
        gettext_lazy("Record the leaders' discussion"), gettext_lazy("Record the leaders' discussion"), {S.INVESTIGATING},
        rules_legal.can_mark, forms.DiscussionForm, legal.record_discussion,
        "held_on", "place", "chair", "present", "recorder", "opinions", "conclusion",
    ),
    "redo": _verb(
        gettext_lazy("Take up again"), gettext_lazy("Take the decision up again"), {S.DECIDED},
        rules.can_decide_strand, forms.ReasonStrandForm, actions.redo, "reason", danger=True,
    ),
    "perform": _verb(
        gettext_lazy("Performed"), gettext_lazy("Record the performance"), {S.DECIDED},
        rules.can_work_strand, forms.PerformForm, actions.perform, "remark",
    ),
    "terminate": _verb(
        gettext_lazy("Terminate"), gettext_lazy("Terminate the investigation"), {S.INVESTIGATING, S.SUSPENDED},
        rules.can_decide_strand, forms.ReasonStrandForm, actions.terminate, "reason", danger=True,
    ),
    "withdraw": _verb(
        gettext_lazy("Withdraw"), gettext_lazy("Withdraw the department's part"),
        {S.VERIFYING, S.FILED, S.INVESTIGATING}, rules.can_decide_strand, forms.ReasonStrandForm,
        actions.withdraw, "reason", danger=True,
    ),
}  # fmt: skip


def verbs_for(user, strand) -> list[tuple[str, Any]]:
    """The steps this person may take with the strand now: (verb, label)."""
    if strand.case.status == "closed":
        return []
    return [
        (code, verb.label)
        for code, verb in VERBS.items()
        if strand.status in verb.states and verb.rule(user, strand)
    ]


@require_http_methods(["GET", "POST"])
@login_required
def act(request, pk, verb):
    """One step of the procedure. A state from which it cannot be taken is refused by the action, in words."""
    known = VERBS.get(verb)
    if known is None:
        raise Http404
    strands = Strand.objects.visible_to(request.user).select_related("case", "department", "handler")
    strand = get_object_or_404(strands, pk=pk)
    case = load_case(request.user, strand.case_id)
    strand.case = case
    if not known.rule(request.user, strand):
        raise PermissionDenied

    if request.method == "GET" and verb == "discuss" and fresh_gate(strand).discussion is not None:
        messages.info(request, _("The discussion of this decision is on record; the record never changes."))
        return redirect(case_url(case, "gate"))

    def work(given, at):
        values = {name: given[name] for name in known.fields if name in given}
        if "documents" in values:
            values["documents"] = [paper.pk for paper in values["documents"]]
        known.action(strand=strand, by=request.user, at=at, **values)

    return form_page(
        request, case, known.form, work, title=str(known.title), label=str(known.label), danger=known.danger,
        panel="nature" if verb in NATURE_VERBS else "gate" if verb in GATE_VERBS else "strands",
        lead=f"{strand.department} · {strand.get_status_display()}",
        form_kwargs={"strand": strand, "user": request.user}, verb=f"strand.{verb}",
        done=_("Done: %(step)s") % {"step": known.title},
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@login_required
def open_new(request, pk):
    """Bring another department in (一案多查)."""
    case = load_case(request.user, pk)
    if not rules.can_open_strand(request.user, case):
        raise PermissionDenied

    def work(given, at):
        actions.open_strand(case=case, department=given["department"], by=request.user, at=at)

    return form_page(
        request, case, forms.OpenStrandForm, work, panel="strands", title=_("Bring a department in"),
        label=_("Bring a department in"), form_kwargs={"case": case, "user": request.user},
        done=_("The department now takes part in the case."),
    )  # fmt: skip
