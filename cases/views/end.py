"""Merging a case into another: thin pages over `actions/merging.py`."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods

from cases import rules_end
from cases.actions import merging
from cases.enums import RUNNING
from cases.forms.case import ReasonForm
from cases.forms.end import MergeForm
from cases.models import Case, CaseMerge
from cases.views.loading import form_page, load_case
from core.forms import KeyedForm
from core.refusals import BadInput

MOST_OFFERED = 10


def candidates(user, case):
    """Cases it may be merged into that have a subject in common with it, newest first."""
    found = Case.objects.visible_to(user).readable_by(user).filter(owner=case.owner, status__in=RUNNING)
    found = found.exclude(pk=case.pk)
    own = case.case_subjects.values("subject")
    return found.filter(case_subjects__subject__in=own).distinct().order_by("-opened_at", "-pk")[:MOST_OFFERED]


def main_of(user, case, number) -> Case:
    """The case of this number in the region, as this person reads it.

    :raises BadInput: there is none
    """
    readable = Case.objects.visible_to(user).readable_by(user)
    found = readable.filter(region=case.region, number=number.strip()).first()
    if found is None:
        raise BadInput(_("You read no case of this number."), field="number")
    return found


def merge_of(user, case, *, waiting) -> CaseMerge:
    """The merge that waits to be confirmed, or the one in force; 404 where there is none."""
    found = CaseMerge.objects.visible_to(user).select_related("main", "case", "proposed_by")
    merge = get_object_or_404(found.waiting() if waiting else found.in_force(), case=case)
    merge.case = case  # loaded with what the rules ask of it
    return merge


@require_http_methods(["GET", "POST"])
@login_required
def merge(request, pk):
    """Propose that the case go on in another."""
    case = load_case(request.user, pk)
    if not rules_end.can_propose_merge(request.user, case):
        raise PermissionDenied

    def work(given, at):
        main = main_of(request.user, case, given["number"])
        merging.propose_merge(
            case=case, main=main, ground=given["ground"], reason=given["reason"], by=request.user, at=at
        )

    offered = candidates(request.user, case)
    return form_page(
        request, case, MergeForm, work, title=_("Merge the case into another"), label=_("Propose"),
        verb="case.merge_proposed", template="cases/merge.html", candidates=offered,
        done=_("The merge is proposed; a deputy head confirms it."),
        effect=_("Once confirmed, the case ends by going on in the main case: open parts and their clocks stop; evidence,"
                 " amounts and letters stay where they are. Its number is never used again."),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@login_required
def confirm_merge(request, pk):
    case = load_case(request.user, pk)
    if not rules_end.can_merge(request.user, case):
        raise PermissionDenied
    found = merge_of(request.user, case, waiting=True)
    if not rules_end.can_confirm_merge(request.user, found):
        raise PermissionDenied

    def work(_given, at):
        merging.confirm_merge(merge=found, by=request.user, at=at)

    return form_page(
        request, case, KeyedForm, work, title=_("Confirm the merge"), label=_("Confirm"), danger=True, verb="case.merged",
        template="cases/merge.html", merge=found, done=_("The case is merged."),
        effect=_("The case ends by going on in the main case: open parts and their clocks stop; evidence, amounts and"
                 " letters stay where they are."),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@login_required
def turn_down_merge(request, pk):
    case = load_case(request.user, pk)
    if not rules_end.can_propose_merge(request.user, case):
        raise PermissionDenied
    found = merge_of(request.user, case, waiting=True)
    if not rules_end.can_turn_down_merge(request.user, found):
        raise PermissionDenied

    def work(given, at):
        merging.turn_down_merge(merge=found, reason=given["reason"], by=request.user, at=at)

    return form_page(
        request, case, ReasonForm, work, title=_("Turn the merge down"), label=_("Turn the merge down"),
        verb="case.merge_turned_down", template="cases/confirm.html", done=_("The merge was turned down."),
        effect=_("The case goes on by itself; the record keeps the proposal."),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@login_required
def unmerge(request, pk):
    case = load_case(request.user, pk)
    if not rules_end.can_merge(request.user, case):
        raise PermissionDenied
    found = merge_of(request.user, case, waiting=False)

    def work(given, at):
        merging.undo_merge(merge=found, reason=given["reason"], by=request.user, at=at)

    return form_page(
        request, case, ReasonForm, work, title=_("Take the merge back"), label=_("Take the merge back"), danger=True,
        verb="case.unmerged", template="cases/confirm.html", done=_("The merge was taken back."),
        effect=_("The case is worked by itself again: its parts go on, with the time their clocks had left."),
    )  # fmt: skip


def acts_of(user, case):
    """The buttons of the header that are about merging: (name of the address, label)."""
    found = []
    if case.merged:
        return [("cases:unmerge", _("Take the merge back"))] if rules_end.can_merge(user, case) else []
    if case.status not in RUNNING:
        return []
    if case.merge_asked:
        if rules_end.can_merge(user, case):
            found.append(("cases:confirm_merge", _("Confirm the merge")))
        if rules_end.can_propose_merge(user, case):
            found.append(("cases:turn_down_merge", _("Turn the merge down")))
    elif not case.merging and rules_end.can_propose_merge(user, case):
        found.append(("cases:merge", pgettext("case", "Merge")))
    return found
