"""Data comparisons: a draft opened again, ends without a result, and the scans of what went and came on paper."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from core.refusals import Refused
from documents import storage
from documents.downloads import attachment
from referrals import rules_comparison as rules
from referrals.actions import comparison_ends, comparisons
from referrals.actions.comparison_results import note_paper_download
from referrals.forms import ReasonForm
from referrals.forms_comparison import ComparisonEditForm
from referrals.forms_receiving import PaperReturnForm
from referrals.models import Comparison
from referrals.people_list import read_people
from referrals.views.comparison_steps import ComparisonStep
from referrals.views.scans import TYPES
from workspace.actions import use_form_key

EDITED = ("receiver", "kind", "purpose", "basis", "limit_on")


def _new_list(given, *, findings):
    if not given["upload"] and not given["people"].strip():
        return []
    return read_people(upload=given["upload"], text=given["people"], findings=findings)


@require_http_methods(["GET", "POST"])
@login_required
def edit(request, pk):
    """A draft opened again; without a new list the old one stays."""
    thing = get_object_or_404(Comparison.objects.visible_to(request.user).for_list(), pk=pk)
    if not rules.can_edit(request.user, thing):
        raise PermissionDenied
    form = ComparisonEditForm(
        request.POST or None, request.FILES or None, departments=rules.partners(request.user), instance=thing,
        initial={name: getattr(thing, name) for name in EDITED},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        given, at = form.cleaned_data, timezone.now()
        try:
            with transaction.atomic():
                use_form_key(user=request.user, key=given["form_key"], at=at)
                people = _new_list(given, findings=thing.unasked)
                comparisons.edit_comparison(
                    comparison=thing, version=given["expected_version"], people=people, by=request.user, at=at,
                    **{name: given[name] for name in EDITED},
                )  # fmt: skip
        except Refused as refusal:
            form.refused(refusal)
        else:
            messages.success(request, _("The draft was saved; its list is sealed."))
            return redirect(thing)
    return render(
        request,
        "partials/form_page.html",
        {
            "title": _("Change the draft"), "form": form, "label": _("Save the draft"),
            "back_url": thing.get_absolute_url(),
        },
    )


class _End(ComparisonStep):
    form_class, template, danger = ReasonForm, "partials/confirm.html", True


class Withdraw(_End):
    rule, verb = rules.can_withdraw, "comparison.withdraw"
    title = label = pgettext_lazy("letter", "Withdraw")
    effect = gettext_lazy("The letter ends without a result, its list is destroyed at once, and the receiver is told.")
    done = gettext_lazy("Withdrawn; the list was destroyed.")

    def act(self, thing, form, at):
        return comparison_ends.withdraw_comparison(
            comparison=thing, reason=form.cleaned_data["reason"], by=self.request.user, at=at
        )


class Return(_End):
    rule, verb = rules.can_return, "comparison.return"
    title = label = gettext_lazy("Return without a result")
    effect = gettext_lazy("Nothing is compared, the list is destroyed at once, and the sender reads your reason.")
    done = gettext_lazy("Returned; the list was destroyed.")

    def form(self, thing, data=None, files=None):
        if thing.receiver.has_account:
            return ReasonForm(data, files, initial={"seen": thing.status})
        self.template = "partials/form_page.html"  # it takes a file
        return PaperReturnForm(data, files, initial={"seen": thing.status})

    def act(self, thing, form, at):
        return comparison_ends.return_comparison(
            comparison=thing, reason=form.cleaned_data["reason"], by=self.request.user, at=at,
            paper=None if thing.receiver.has_account else form.their_reply(),
        )  # fmt: skip


STEPS = {"withdraw": Withdraw, "return": Return}


def _paper(request, pk, which):
    thing = get_object_or_404(Comparison.objects.visible_to(request.user), pk=pk)
    stored, name, sha256 = (getattr(thing, which + end) for end in ("", "_name", "_sha256"))
    if not stored:
        raise Http404
    try:
        data = storage.fetch(stored, sha256)
    except Refused as gone:
        raise Http404 from gone
    note_paper_download(comparison=thing, name=name, sha256=sha256, by=request.user, at=timezone.now())
    return attachment(data, name=name, content_type=TYPES[stored.rsplit(".", 1)[-1]])


@require_POST
@login_required
def proof(request, pk):
    """The proof that the letter was served on paper; every copy is on the record."""
    return _paper(request, pk, "proof")


@require_POST
@login_required
def scan(request, pk):
    """The answer that came on paper; every copy is on the record."""
    return _paper(request, pk, "scan")
