"""Entering and reversing amounts."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cases import rules
from cases.actions import money as actions
from cases.forms.case import MoneyForm, ReverseForm
from cases.models import MoneyEntry, Strand
from cases.views.loading import form_page, load_case
from core.wording import money, today


@require_http_methods(["GET", "POST"])
@login_required
def enter(request, pk):
    case = load_case(request.user, pk)
    if not rules.can_work(request.user, case):
        raise PermissionDenied
    own = (
        Strand.objects.visible_to(request.user).filter(case=case, department=request.user.department).first()
    )

    clues = actions.clues_of(case)
    offered = {f"{clue.kind_code}:{clue.pk}": clue for clue in clues}

    def work(given, at):
        values = {name: given[name] for name in ("kind", "amount", "happened_on", "document", "remark")}
        clue = offered.get(given.get("clue", ""))
        actions.enter_money(case=case, strand=own, clue=clue, by=request.user, at=at, **values)

    return form_page(
        request, case, MoneyForm, work, panel="money", title=_("Enter an amount"), label=_("Enter"), verb="money.entered",
        initial={"happened_on": today()}, form_kwargs={"clues": clues},
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@login_required
def reverse_one(request, pk):
    entry = get_object_or_404(MoneyEntry.objects.visible_to(request.user), pk=pk)
    entry.case = load_case(request.user, entry.case_id)
    if not rules.can_reverse(request.user, entry):
        raise PermissionDenied

    def work(given, at):
        actions.reverse_entry(entry=entry, remark=given["remark"], by=request.user, at=at)

    return form_page(
        request, entry.case, ReverseForm, work, panel="money", title=_("Reverse an amount"), label=_("Reverse"), danger=True,
        verb="money.reversed", lead=f"{entry.get_kind_display()} {money(entry.amount)}",
    )  # fmt: skip
