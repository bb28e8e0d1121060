"""收 / 发 / 抄送: the department's letters in three lists, and what is done to many at once."""

from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from cases.querysets import may_hold_cases
from core.refusals import Refused
from departments.enums import LEADERS, ReferralKind, Role
from departments.models import Department
from referrals import box_answers, box_rows, boxes
from referrals.batches import MOST, chase_many, sign_many
from referrals.enums import FOLLOW_UPS, LetterKind, ReferralStatus
from referrals.enums_above import TaskKind
from referrals.forms_informing import BatchForm, BoxForm
from workspace.actions import use_form_key

_MORE_KINDS = {
    which: [
        *((kind.value, kind.label) for kind in (LetterKind.ASSIST, *FOLLOW_UPS, *more)),
        *((kind.value, kind.label) for kind in (TaskKind if which == "in" else ()) if kind != TaskKind.ASSIST),
    ]
    for which, more in box_answers.KINDS.items()
}
_BULK = {
    "in": ("referrals:batch_sign", _("Sign for the ticked letters")),
    "out": ("referrals:batch_chase", _("Chase the ticked letters")),
}


def _departments(user):
    return Department.objects.visible_to(user).active().filter(region=user.region).exclude(pk=user.department.pk)


@require_GET
@login_required
def box(request, which):
    """One of the three lists, fifty rows a page."""
    user = request.user
    if not may_hold_cases(user):
        raise PermissionDenied
    form = BoxForm(request.GET, departments=_departments(user))
    form.is_valid()  # what cannot be read does not narrow the list
    chosen, at = form.cleaned_data, timezone.now()
    context = {
        "which": which,
        "title": boxes.BOXES[which],
        "tabs": [(code, label, reverse(f"referrals:letters_{code}")) for code, label in boxes.BOXES.items()],
        "chosen": chosen,
        "kinds": [*ReferralKind.choices, *(_MORE_KINDS.get(which, []))],
        "statuses": ReferralStatus.choices,
        "departments": form.fields["department"].queryset,
        "now": at,
    }
    if which == "copied":
        rows = list(boxes.copies(user, chosen)[: boxes.PAGE + 1])
    else:
        rows = box_rows.rows(user, which, chosen, at=at)
    more, rows = len(rows) > boxes.PAGE, rows[: boxes.PAGE]
    keep = _keep(chosen)
    context["page"] = {
        "has_previous": bool(chosen.get("before")),
        "has_next": more,
        "first_query": urlencode(keep),
        "previous_query": urlencode(keep),
        "next_query": urlencode({**keep, "before": rows[-1].pk if which == "copied" else rows[-1].place}) if more else "",
    }
    lamps = [{"code": code, "label": label, "query": urlencode({**keep, "lamp": code})} for code, label in boxes.LAMPS]
    context["lamps"] = lamps
    context["no_lamp_query"] = urlencode({key: value for key, value in keep.items() if key != "lamp"})
    if which == "copied":
        counts = boxes.read_counts(rows, user)
        context["copies"] = [(copy, *counts.get(copy.dispatch_id, (0, 0))) for copy in rows]
    else:
        context["rows"] = rows
        if _bulk_allowed(user, which) and any(row.pick for row in rows):
            url, label = _BULK[which]
            context |= {"bulk_url": reverse(url), "bulk_label": label, "batch": BatchForm()}
    return render(request, "referrals/box.html", context)


def _keep(chosen):
    """The filters as they stand in the address, without the place in the list."""
    kept = {name: chosen[name] for name in ("kind", "status", "lamp", "q", "open") if chosen.get(name)}
    if chosen.get("department"):
        kept["department"] = chosen["department"].pk
    return kept


def _bulk_allowed(user, which):
    return user.has_role(Role.REGISTRAR) if which == "in" else user.has_role(Role.HANDLER, *LEADERS)


def _batch(request, which, act):
    user = request.user
    if not may_hold_cases(user) or not _bulk_allowed(user, which):
        raise PermissionDenied
    ids = [int(each) for each in request.POST.getlist("ids") if each.isdecimal() and len(each) < 19][:MOST]
    form, at = BatchForm(request.POST, ids=ids), timezone.now()
    context = {"title": _BULK[which][1], "back_url": reverse(f"referrals:letters_{which}"), "form": form}
    if form.is_valid():
        try:
            with transaction.atomic():
                use_form_key(user=user, key=form.cleaned_data["form_key"], at=at)
        except Refused as refusal:
            form.refused(refusal)
        else:
            # every letter commits by itself: one that is refused takes no other with it
            context["lines"] = act(form.cleaned_data["ids"], by=user, at=at)
    return render(request, "referrals/batch.html", context)


@require_POST
@login_required
def batch_sign(request):
    """批量签收, by the registrar."""
    return _batch(request, "in", sign_many)


@require_POST
@login_required
def batch_chase(request):
    """批量催办."""
    return _batch(request, "out", chase_many)
