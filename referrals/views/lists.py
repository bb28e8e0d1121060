"""线索移交 and 技术支持: what came in, what went out, what is still inside the department."""

from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from cases.querysets import may_hold_cases
from departments.enums import Role
from referrals import reading, reading_follow_up
from referrals.models import Dispatch, FollowUp, Referral

PAGE = 50
BOXES = ("in", "out", "drafts", "all")


def _draft(paper):
    """(paper, what it says it is, to whom)."""
    if isinstance(paper, FollowUp):
        return paper, reading_follow_up.title(paper), [reading_follow_up.sent_to(paper)]
    return paper, paper.subject, paper.receivers.all()


@require_GET
@login_required
def transfers(request):
    """Transfers, bulletins and requests for early involvement."""
    return _page(request, "transfers", _("Lead transfers"))


@require_GET
@login_required
def support(request):
    """Requests for technical support and the opinions given on them."""
    return _page(request, "support", _("Technical support"))


def _page(request, which, title):
    user = request.user
    if not may_hold_cases(user):
        raise PermissionDenied
    box = request.GET.get("box", "in")
    box = box if box in BOXES else "in"
    only_open = request.GET.get("open", "1") == "1"
    context = {
        "title": title,
        "crumbs": [(title, "")],
        "which": which,
        "box": box,
        "only_open": only_open,
        "sealed": Referral.objects.sealed_for(user).count(),  # door: a count, nothing else
        "sees_all": user.post is not None and user.has_role(Role.COORDINATOR, Role.OBSERVER),
    }
    if box == "drafts":
        found = Dispatch.objects.visible_to(user).open().for_list()
        found = found.filter(kind="support") if which == "support" else found.exclude(kind="support")
        papers = list(found.prefetch_related("receivers").order_by("-pk")[:PAGE])
        about = FollowUp.objects.visible_to(user).open().for_list()
        about = about.filter(referral__kind="support") if which == "support" else about.exclude(referral__kind="support")
        papers += list(about.order_by("-pk")[:PAGE])
        papers.sort(key=lambda paper: paper.drafted_at, reverse=True)
        context["papers"] = [_draft(paper) for paper in papers[:PAGE]]
        return render(request, "referrals/list.html", context)
    rows = getattr(Referral.objects.visible_to(user), which)().for_list()
    if box != "all" and user.department is not None:
        rows = rows.filter(receiver=user.department) if box == "in" else rows.sent_by_department(user.department)
    if only_open:
        rows = rows.open()
    before = request.GET.get("before", "")
    if before.isdecimal():
        rows = rows.filter(pk__lt=int(before))
    found = list(rows.order_by("-pk")[: PAGE + 1])
    more, found = len(found) > PAGE, found[:PAGE]
    lamps = reading.lamps(found)
    keep = {"box": box, "open": "1" if only_open else "0"}
    context["rows"] = [(referral, *lamps.get(referral.pk, (None, None))) for referral in found]
    context["page"] = {
        "has_previous": bool(before),
        "has_next": more,
        "first_query": urlencode(keep),
        "previous_query": urlencode(keep),
        "next_query": urlencode({**keep, "before": found[-1].pk}) if more else "",
    }
    return render(request, "referrals/list.html", context)
