"""Data comparisons: the list page, one comparison, and its steps."""

from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from cases.querysets import may_hold_cases
from core.dates import local_date
from core.refusals import Refused
from referrals import offers, proposals, reading
from referrals import rules_comparison as rules
from referrals.actions import comparisons
from referrals.forms_comparison import (
    ComparisonForm,
)
from referrals.models import Comparison
from referrals.people_list import read_people
from workspace.actions import use_form_key

PAGE = 50
ROWS_SHOWN = 200


@require_GET
@login_required
def comparison_list(request):
    """What one's department asked, and what it was asked."""
    user = request.user
    if not may_hold_cases(user):
        raise PermissionDenied
    box = "in" if request.GET.get("box") == "in" else "out"
    only_open = request.GET.get("open", "1") == "1"
    rows = Comparison.objects.visible_to(user).for_list()
    rows = rows.filter(**{"receiver" if box == "in" else "sender": user.department})
    if only_open:
        rows = rows.open()
    before = request.GET.get("before", "")
    if before.isdecimal():
        rows = rows.filter(pk__lt=int(before))
    found = list(rows.order_by("-pk")[: PAGE + 1])
    more, found = len(found) > PAGE, found[:PAGE]
    lamps = reading.lamps(found, kind="comparison")
    keep = {"box": box, "open": "1" if only_open else "0"}
    return render(
        request,
        "referrals/comparisons.html",
        {
            "title": _("Data comparison"),
            "crumbs": [(_("Data comparison"), "")],
            "box": box,
            "only_open": only_open,
            "rows": [(comparison, *lamps.get(comparison.pk, (None, None))) for comparison in found],
            "may_draft": rules.can_draft(user),
            "page": {
                "has_previous": bool(before),
                "has_next": more,
                "first_query": urlencode(keep),
                "previous_query": urlencode(keep),
                "next_query": urlencode({**keep, "before": found[-1].pk}) if more else "",
            },
        },
    )


@require_http_methods(["GET", "POST"])
@login_required
def new(request):
    """A list to be compared, or hits sent without being asked."""
    user = request.user
    partners = rules.partners(user)
    if not partners:
        raise PermissionDenied
    limit = proposals.proposed_limit(local_date(timezone.now()))
    form = ComparisonForm(
        request.POST or None, request.FILES or None, departments=partners, initial={"limit_on": limit}
    )
    if request.method == "POST" and form.is_valid():
        at = timezone.now()
        given = form.cleaned_data
        try:
            with transaction.atomic():
                use_form_key(user=user, key=given["form_key"], at=at)
                people = read_people(upload=given["upload"], text=given["people"], findings=given["unasked"])
                names = ("receiver", "kind", "purpose", "basis", "limit_on", "unasked")
                comparison = comparisons.draft_comparison(
                    people=people, by=user, at=at, **{name: given[name] for name in names}
                )
        except Refused as refusal:
            form.refused(refusal)
        else:
            messages.success(request, _("The draft was saved; its list is sealed."))
            return redirect(comparison)
    return render(
        request,
        "partials/form_page.html",
        {
            "title": _("New data comparison"), "form": form, "label": _("Save the draft"),
            "back_url": reverse("referrals:comparisons"),
        },
    )


@require_GET
@login_required
def detail(request, pk):
    """One comparison: its letter, its clocks, its list masked, and what this person may do now."""
    comparison = get_object_or_404(Comparison.objects.visible_to(request.user).for_list(), pk=pk)
    rows = comparison.rows.select_related("lead")
    if comparison.answered_at:
        rows = rows.order_by("-hit", "position")
    return render(
        request,
        "referrals/comparison.html",
        {
            "comparison": comparison,
            "rows": rows[:ROWS_SHOWN],
            "papers": _papers(comparison),
            "supervisions": comparison.supervisions.filter(issued_at__isnull=False).select_related("replied_by", "document"),
            "offers": _offers(request.user, comparison),
            "clocks": reading.clocks(comparison),
            "days": reading.history(comparison, request.user),
            "works": rules.asker_id(comparison) == request.user.department.pk,
        },
    )


def _offers(user, comparison):
    """What this person may do; the office waits for a reply before all."""
    pressed = comparison.supervisions.select_related("comparison__receiver").filter(status="issued").first()
    asked = offers.of_list_supervision(user, pressed) if pressed else []
    return [*asked, *offers.of_comparison(user, comparison)]


def _papers(comparison):
    """What is kept of paper: the proof of delivery and the answer, as (label, name, SHA-256, url)."""
    kept = (("proof", _("Proof of delivery")), ("scan", _("Scan of the answer")))
    return [
        (label, getattr(comparison, f"{which}_name"), getattr(comparison, f"{which}_sha256"),
         reverse(f"referrals:comparison_{which}", args=[comparison.pk]))
        for which, label in kept
        if getattr(comparison, which)
    ]  # fmt: skip
