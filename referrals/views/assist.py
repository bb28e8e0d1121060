"""异地协查: stays in other places, requests to the bureaus there, their delivery and answer."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from cases.querysets import may_hold_cases
from cases.views.loading import load_case
from core.dates import local_date
from core.refusals import Refused
from documents.preview import preview_page
from referrals import contexts_assist as contexts
from referrals import letters_assist, offers_assist, reading, reading_above
from referrals import rules as paper_rules
from referrals import rules_assist as rules
from referrals.actions.assist_letters import (
    draft_assist,
    edit_assist,
)
from referrals.actions.assist_stays import register_stay, set_threshold, waive_stay
from referrals.forms import ReasonForm
from referrals.forms_assist import (
    AssistEditForm,
    AssistForm,
    StayForm,
    ThresholdForm,
)
from referrals.models import AssistLetter, AssistThreshold, OutsideStay
from referrals.views.steps import Step
from workspace.actions import use_form_key

PAGE = 50
TITLE = gettext_lazy("Requests to other places")


def _run(request, form, work, done):
    """The result of `work(at)` under the form's key; None where it was refused (the form says why)."""
    at = timezone.now()
    try:
        with transaction.atomic():
            use_form_key(user=request.user, key=form.cleaned_data["form_key"], at=at)
            result = work(at)
    except Refused as refusal:
        form.refused(refusal)
        return None
    messages.success(request, done)
    return result


def _case(request, pk):
    case = load_case(request.user, pk, whole=False)
    if not case.whole:  # whoever sees only a summary does not learn of this page
        raise Http404
    if not rules.can_ask(request.user, case):
        raise PermissionDenied
    return case


def _page(request, title, case, form, label, back_url=""):
    known = AssistLetter.objects.visible_to(request.user).order_by("body_name").values_list("body_name", flat=True)
    context = {
        "title": title, "lead": f"{case.number} {case.title}", "form": form, "label": label,
        "back_url": back_url or reading.case_url(case), "known": list(known.distinct()[:200]),
    }  # fmt: skip
    return render(request, "referrals/above_form.html", context)


@require_GET
@login_required
def assists(request):
    """Every request of one's department, newest first."""
    user = request.user
    if not may_hold_cases(user):
        raise PermissionDenied
    only_open = request.GET.get("open", "1") == "1"
    rows = AssistLetter.objects.visible_to(user).for_list()
    if only_open:
        rows = rows.unsettled()
    before = request.GET.get("before", "")
    if before.isdecimal():
        rows = rows.filter(pk__lt=int(before))
    found = list(rows.order_by("-pk")[: PAGE + 1])
    more, found = len(found) > PAGE, found[:PAGE]
    shown = reading_above.lamps(found, "assist_letter")
    keep = f"open={1 if only_open else 0}"
    page = {
        "has_previous": bool(before), "has_next": more, "first_query": keep, "previous_query": keep,
        "next_query": f"{keep}&before={found[-1].pk}" if more else "",
    }  # fmt: skip
    context = {
        "title": TITLE, "crumbs": [(TITLE, "")], "only_open": only_open, "page": page,
        "rows": [(letter, shown.get(letter.pk, (None,))[0]) for letter in found],
        "threshold": AssistThreshold.objects.visible_to(user).in_force(local_date(timezone.now())),
        "may_set": rules.can_set_threshold(user),
    }  # fmt: skip
    return render(request, "referrals/assist_list.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def threshold(request):
    """The amounts there were and are, and a new one."""
    if not rules.can_set_threshold(request.user):
        raise PermissionDenied
    form = ThresholdForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("amount", "basis", "effective_from")}
        if _run(request, form, lambda at: set_threshold(by=request.user, at=at, **given), _("Saved.")):
            return redirect("referrals:assist_threshold")
    context = {
        "title": _("Threshold for requests to other places"), "form": form, "label": _("Save"),
        "back_url": "", "rows": AssistThreshold.objects.visible_to(request.user),
    }  # fmt: skip
    return render(request, "referrals/assist_threshold.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def new_stay(request, case_pk):
    """A stay in another place is entered; the form says from which amount a request is proposed."""
    case = _case(request, case_pk)
    amount = AssistThreshold.objects.visible_to(request.user).in_force(local_date(timezone.now()))
    form = StayForm(request.POST or None, threshold=amount)
    if request.method == "POST" and form.is_valid():
        given = {name: value for name, value in form.cleaned_data.items() if name != "form_key"}
        stay = _run(request, form, lambda at: register_stay(case=case, by=request.user, at=at, **given), _("Saved."))
        if stay is not None:
            return redirect(reading.case_url(case, "assist"))
    return _page(request, _("Stay in another place"), case, form, _("Save"))


class Waive(Step):
    """No request is made although one is proposed."""

    model, rule, verb, form_class = OutsideStay, rules.can_waive, "stay.waive", ReasonForm
    title, label, done = gettext_lazy("Make no request"), gettext_lazy("Save"), gettext_lazy("Saved.")

    def load(self, pk):
        return get_object_or_404(OutsideStay.objects.visible_to(self.request.user).select_related("case"), pk=pk)

    def back_url(self, thing):
        return reading.case_url(thing.case)

    def act(self, thing, form, at):
        return waive_stay(stay=thing, reason=form.cleaned_data["reason"], by=self.request.user, at=at)


@require_http_methods(["GET", "POST"])
@login_required
def new(request, case_pk):
    """Draft a request; `?stay=` names the stay it is about."""
    case = _case(request, case_pk)
    stay = None
    if asked := request.GET.get("stay", ""):
        stays = OutsideStay.objects.visible_to(request.user).filter(case=case).select_related("case")
        stay = get_object_or_404(stays, pk=int(asked) if asked.isdecimal() else 0)
        if not rules.can_ask_about(request.user, stay):
            raise PermissionDenied
    hospital = stay.hospital if stay else ""
    initial = {"facts": case.summary, "title": f"关于商请协查{hospital}有关住院情况的函" if stay else ""}
    form = AssistForm(
        request.POST or None, initial=initial, files=case.evidence.filter(voided_at=None),
        proposed=stay is not None and stay.proposed,
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        letter = _run(
            request, form, lambda at: draft_assist(case=case, stay=stay, by=request.user, at=at, **form.values()),
            _("The draft was saved."),
        )  # fmt: skip
        if letter is not None:
            return redirect(letter)
    return _page(request, _("Request to another place"), case, form, _("Save the draft"))


def letter_of(request, pk):
    return get_object_or_404(AssistLetter.objects.visible_to(request.user).for_list(), pk=pk)


@require_GET
@login_required
def detail(request, pk):
    """A request with its track, its delivery and answer, and the one next step."""
    letter = letter_of(request, pk)
    return render(
        request,
        "referrals/assist_letter.html",
        {
            "letter": letter,
            "manifest": letter.manifest.all(),
            "files": letter.files.all(),
            "offers": offers_assist.of_assist(request.user, letter),
            "steps": reading.paper_track(letter, request.user),
            "clocks": reading.clocks(letter, owing=letter.body_name),
            "days": reading.history(letter, request.user),
        },
    )


@require_GET
@login_required
def preview(request, pk):
    """How the letter will look."""
    letter = letter_of(request, pk)
    return preview_page(
        request,
        paper=letters_assist.assist_letter(contexts.assist_context(letter, at=timezone.now())),
        heading=_("Draft, not numbered"),
        back_url=letter.get_absolute_url(),
    )


def _of_draft(letter):
    """What the form of a draft shows."""
    found = {name: getattr(letter, name) for name in ("body_name", "title", "facts", "request", "reason")}
    return found | {"manifest": [item.evidence_id for item in letter.manifest.all()]}


@require_http_methods(["GET", "POST"])
@login_required
def edit(request, pk):
    """A draft opened again; an older version is refused."""
    letter = letter_of(request, pk)
    if not paper_rules.can_edit(request.user, letter):
        raise PermissionDenied
    form = AssistEditForm(
        request.POST or None, instance=letter, initial=_of_draft(letter), now=_of_draft,
        files=letter.case.evidence.filter(voided_at=None), proposed=letter.stay is not None and letter.stay.proposed,
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["expected_version"]
        saved = _run(
            request, form,
            lambda at: edit_assist(letter=letter, version=version, by=request.user, at=at, **form.values()),
            _("The draft was saved."),
        )  # fmt: skip
        if saved is not None:
            return redirect(letter)
    return _page(request, _("Change the draft"), letter.case, form, _("Save the draft"), letter.get_absolute_url())
