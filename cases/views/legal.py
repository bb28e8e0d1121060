"""The legal review of a decision, given or taken back; and what a department lays down about it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from cases import rules_legal
from cases.actions.strands import legal as actions
from cases.forms.legal import GiveForm, PolicyForm
from cases.models import LegalReview, PenaltyPolicy
from cases.views.loading import case_url, form_page, load_case
from core.forms import KeyedForm
from workspace.once import submit

POLICY = gettext_lazy("Legal review of penalties")


def _load(request, pk):
    found = LegalReview.objects.visible_to(request.user)
    review = get_object_or_404(found.select_related("strand__department", "strand__handler", "department"), pk=pk)
    review.case = review.strand.case = load_case(request.user, review.case_id)
    return review


def _over(request, review):
    messages.info(request, _("This review was given or taken back already."))
    return redirect(case_url(review.case, "gate"))


@require_http_methods(["GET", "POST"])
@login_required
def give(request, pk):
    """The opinion of the legal reviewer."""
    review = _load(request, pk)
    if not rules_legal.can_give(request.user, review):
        raise PermissionDenied
    if request.method == "GET" and not review.open:
        return _over(request, review)

    def work(given, at):
        actions.give_review(review=review, result=given["result"], opinion=given["opinion"], by=request.user, at=at)

    gate = rules_legal.fresh_gate(review.strand)
    return form_page(
        request, review.case, GiveForm, work, title=_("Legal review"), label=_("Give the opinion"), panel="gate",
        template="cases/review.html", review=review, gate=gate, verb="legal.given",
        lead=f"{review.department} · {review.strand.get_status_display()}", done=_("The legal review is given."),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@login_required
def withdraw(request, pk):
    """Take the request back."""
    review = _load(request, pk)
    if not rules_legal.can_withdraw(request.user, review):
        raise PermissionDenied
    if request.method == "GET" and not review.open:
        return _over(request, review)

    def work(given, at):
        actions.withdraw_review(review=review, by=request.user, at=at)

    return form_page(
        request, review.case, KeyedForm, work, title=_("Take the request for the legal review back"),
        label=_("Take back"), panel="gate", template="cases/confirm.html", danger=True, verb="legal.withdrawn",
        effect=_("The reviewer is asked no more, and the clock of the review ends."), done=_("The request was taken back."),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@login_required
def policy(request):
    """Whether every penalty of one's department is reviewed."""
    if not rules_legal.can_lay_down(request.user):
        raise PermissionDenied
    user = request.user
    now = PenaltyPolicy.objects.visible_to(user).first()
    if request.method == "POST":
        form = PolicyForm(request.POST)
        if form.is_valid():

            def work(at):
                every = form.cleaned_data["every_penalty"]
                actions.lay_down_policy(department=user.department, every_penalty=every, by=user, at=at)
                return request.path

            answer = submit(request, form, work, verb="legal.policy", done=_("Laid down."))
            if answer is not None:
                return answer
    else:
        form = PolicyForm(initial={"every_penalty": now is not None and now.every_penalty})
    return render(
        request, "partials/form_page.html",
        {"form": form, "title": POLICY, "lead": str(user.department), "label": _("Save"), "crumbs": [(POLICY, "")],
         "back_url": "/"},
    )  # fmt: skip
