"""往来图: the letters of a case as one picture."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from cases.models import Case
from referrals import exchange


@require_GET
@login_required
def show(request, case_pk):
    """Who sent what to whom, where it stands, how long each department held it."""
    case = get_object_or_404(Case.objects.visible_to(request.user), pk=case_pk)
    now = timezone.now()
    picture = exchange.picture(case, request.user, now=now)
    return render(
        request,
        "referrals/exchange.html",
        {
            "case": case,
            "picture": picture,
            "now": now,
        },
    )
