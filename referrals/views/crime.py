"""Transfers of suspected crime: the list, the file, the proposal, the letter before it goes, a scan."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from cases.views.loading import load_case
from core.dates import local_date
from core.gathering import Gathering
from core.refusals import Refused
from documents.preview import preview_page
from referrals import (
    crime_contexts,
    crime_reading,
    crime_rules,
    kinds,
    letters_crime,
    reading,
    reading_follow_up,
)
from referrals.actions.crime_proposal import ledger_amount, propose_transfer, set_threshold
from referrals.crime_enums import CrimeStatus as S
from referrals.crime_forms import ProposeForm, ThresholdForm
from referrals.crime_hint import hint
from referrals.models import CrimeStep, CrimeThreshold, CriminalTransfer
from workspace.actions import use_form_key

MOST = 200


def _transfer(request, pk):
    return get_object_or_404(CriminalTransfer.objects.visible_to(request.user).for_list(), pk=pk)


@require_GET
@login_required
def index(request):
    """Every transfer this person may read, what is still open first shown alone."""
    if not kinds.has_business(request.user):
        raise PermissionDenied
    only_open = request.GET.get("open", "1") == "1"
    found = CriminalTransfer.objects.visible_to(request.user).for_list()
    transfers = list((found.open() if only_open else found)[:MOST])
    lamps = crime_reading.lamps(transfers)
    rows = [(transfer, lamps[transfer.pk][0] if transfer.pk in lamps else None) for transfer in transfers]
    context = {"title": _("Transfers of suspected crime"), "rows": rows, "only_open": only_open}
    return render(request, "referrals/crime_list.html", context)


@require_GET
@login_required
def detail(request, pk):
    """The file: the hint, the attachments, every dated step with its paper or scan, the clocks and what is next."""
    transfer = _transfer(request, pk)
    dated = CrimeStep.objects.visible_to(request.user).filter(transfer=transfer)
    steps = list(dated.select_related("by", "department", "document__department"))
    offered = crime_reading.offers(request.user, transfer)
    # who forwarded the file sees that it went on, not what is owed and done there
    left = request.user.department.pk not in (transfer.department_id, transfer.police_id)
    clocked = [thing for thing in (transfer, transfer.referral) if thing is not None and not left]
    gathering = Gathering()
    clocks = reading.clocks_asked(gathering, *clocked)
    context = {
        "transfer": transfer,
        "steps": crime_reading.track(transfer, steps),
        "dated": steps,
        "hint": hint(transfer.amount, transfer.threshold),
        "persons": gathering.rows(transfer.persons.all()),
        "attachments": gathering.rows(transfer.attachments.select_related("evidence")),
        "items": gathering.rows(transfer.items.all()),
        "officers": gathering.rows(transfer.officers.select_related("user")),
        "offers": [offer for offer in offered if offer.code not in crime_reading.OPTIONAL],
        "also": [offer for offer in offered if offer.code in crime_reading.OPTIONAL],
        "days": [] if left else reading.history(transfer, request.user),
        "may_preview": transfer.status in (S.REPORTED, S.APPROVED),
        "under_way": gathering.rows(reading_follow_up.under_way_asked(transfer, request.user)),
        "copy_to": crime_contexts.copy_to(transfer),
        "left": left,
        "lapsed": crime_reading.reconsider_lapsed(transfer) and not left,
    }
    gathering.ask()
    context["clocks"] = reading.clocks_shown(clocks)
    return render(request, "referrals/crime.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def propose(request, case_pk):
    """Propose that a case, or a part of it, goes to the police."""
    case = load_case(request.user, case_pk, whole=False)
    if not case.whole:  # whoever sees only a summary does not learn of this page
        raise Http404
    if not crime_rules.can_propose(request.user, case):
        raise PermissionDenied
    thresholds = CrimeThreshold.objects.visible_to(request.user)
    first = thresholds.first()
    initial = {
        "threshold": first,
        "found_on": local_date(timezone.now()),
        "persons": case.subjects.all(),
        "facts": case.summary,
    }
    form = ProposeForm(request.POST or None, initial=initial, case=case, thresholds=thresholds)
    if request.method == "POST" and form.is_valid():
        at = timezone.now()
        names = ("threshold", "crime", "article", "found_on", "persons", "others", "facts", "measures")
        values = {name: form.cleaned_data[name] for name in names}
        try:
            with transaction.atomic():
                use_form_key(user=request.user, key=form.cleaned_data["form_key"], at=at)
                transfer = propose_transfer(
                    case=case, by=request.user, at=at, **values | {"persons": list(values["persons"])}
                )
        except Refused as refusal:
            form.refused(refusal)
        else:
            messages.success(request, _("Proposed. A leader names the officers who verify."))
            return redirect(transfer)
    amount, verified = ledger_amount(case)
    context = {
        "title": _("Propose a transfer of suspected crime"), "lead": f"{case.number} {case.title}", "form": form,
        "label": _("Propose"), "back_url": reading.case_url(case), "amount": amount, "verified": verified,
        "hints": [shown for row in thresholds if (shown := hint(amount, row))],
    }  # fmt: skip
    return render(request, "referrals/crime_propose.html", context)


@require_GET
@login_required
def preview(request, pk):
    """How the letter of transfer will look, with its annexes."""
    transfer = _transfer(request, pk)
    if transfer.status not in (S.REPORTED, S.APPROVED):
        raise PermissionDenied
    paper = letters_crime.crime_letter(crime_contexts.letter(transfer, at=timezone.now()))
    return preview_page(
        request, paper=paper, heading=_("Draft, not numbered"), back_url=transfer.get_absolute_url()
    )


# --- the amounts of prosecution ------------------------------------------------------------------------------
@require_GET
@login_required
def thresholds(request):
    """The dictionary, open to everybody in a post."""
    if request.user.post is None:
        raise PermissionDenied
    rows = CrimeThreshold.objects.visible_to(request.user)
    context = {
        "title": _("Amounts of prosecution"), "rows": rows,
        "may_edit": crime_rules.can_edit_thresholds(request.user),
    }  # fmt: skip
    return render(request, "referrals/crime_thresholds.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def threshold_edit(request, pk=None):
    """Enter what the province set, or a further crime."""
    row = get_object_or_404(CrimeThreshold.objects.visible_to(request.user), pk=pk) if pk else None
    if not crime_rules.can_edit_thresholds(request.user):
        raise PermissionDenied
    names = ("crime", "article", "large_from", "large_to", "huge_from", "huge_to", "enormous_from", "basis")
    initial = {name: getattr(row, name) for name in names} | {"expected_version": row.version} if row else {}
    form = ThresholdForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        at = timezone.now()
        try:
            with transaction.atomic():
                use_form_key(user=request.user, key=form.cleaned_data["form_key"], at=at)
                set_threshold(
                    threshold=row, version=form.cleaned_data["expected_version"] or 0, by=request.user, at=at,
                    **{name: form.cleaned_data[name] for name in names},
                )  # fmt: skip
        except Refused as refusal:
            form.refused(refusal)
        else:
            messages.success(request, _("Saved. It is a hint from now on; transfers keep what they named."))
            return redirect("referrals:crime_thresholds")
    context = {
        "title": _("Change: %s") % row if row else _("Add a crime"), "form": form, "label": _("Save"),
        "back_url": reverse("referrals:crime_thresholds"),
    }  # fmt: skip
    return render(request, "partials/form_page.html", context)
