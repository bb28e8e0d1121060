"""Registering a lead: duplicates are shown before anything is saved, and nothing typed is ever lost."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cases import rules, stash
from cases.actions.registration import competent_functions, possible_duplicates, register_case
from cases.actions.subjects import subject_for_lead
from cases.forms.files import read_kept, write_kept
from cases.forms.register import SECTIONS, RegisterForm
from cases.models import Case
from cases.picking import picks
from core.dates import local_date
from core.refusals import BadInput, Refused, Stale
from core.wording import today
from departments.models import Category, Department
from workspace import drafting
from workspace.actions import save_draft
from workspace.once import submit


@require_http_methods(["GET", "POST"])
@login_required
def register(request):
    user = request.user
    if not rules.can_register(user):
        raise PermissionDenied
    if request.method == "POST":
        kept, gone = stash.sort_out(read_kept(user, request.POST.get("kept", "")))
        new, wrong = stash.keep(request.FILES.getlist("files"))
        wrong += map(stash.gone_sentence, gone)
        kept += [each for each in new if each["sha256"] not in {known["sha256"] for known in kept}]
        dropped = set(request.POST.getlist("drop"))
        kept = [each for each in kept if each["sha256"] not in dropped]
        data = request.POST.copy()
        data["kept"] = write_kept(user, kept)
        form = RegisterForm(data, user=user)
        if "draft" in request.POST:
            answer = _save_draft(request, data)
            if answer is not None:
                return answer
        elif "find" in request.POST:
            form.look_through()
        elif form.is_valid() and not wrong and "check" not in request.POST:
            answer = _save(request, form, kept)
            if answer is not None:
                return answer
        for sentence in wrong:
            form.add_error("files", sentence)
    else:
        initial = {"found_on": today()}
        if "subject" in request.GET:
            initial["subjects"] = [request.GET["subject"]]
        form = RegisterForm(initial=initial, user=user)
        drafting.standing(request, form)
        kept, gone = stash.sort_out(read_kept(user, form.initial.get("kept") or ""))
        for sentence in map(stash.gone_sentence, gone):
            messages.warning(request, sentence)
    return render(request, "cases/register.html", _context(request, form, kept))


@require_safe
@login_required
def find_subjects(request):
    """The results alone, for the search while typing: `subject_q`, and `subjects` as ticked so far."""
    if not rules.can_register(request.user):
        raise PermissionDenied
    found = picks(request.user, request.GET.get("subject_q", ""), request.GET.getlist("subjects"))
    return render(request, "cases/register_picks.html", {"picks": found})


def _context(request, form, kept):
    subjects, categories, found_on = _chosen(form)
    others = list(possible_duplicates(subjects=subjects, on=found_on, by=request.user)) if subjects else []
    visible = set(
        Case.objects.visible_to(request.user)
        .filter(pk__in=[case.pk for case in others])
        .values_list("pk", flat=True)
    )
    functions = competent_functions(categories) if categories else []
    return {
        "form": form,
        "sections": SECTIONS,
        "kept": kept,
        "picks": picks(request.user, request.POST.get("subject_q", ""), form["subjects"].value() or []),
        "duplicates": [case for case in others if case.pk in visible],
        "hidden_duplicates": len(others) - len(visible),
        "asks_duplicates": bool(others),
        "competent": Department.objects.visible_to(request.user)
        .active()
        .filter(region=request.user.region, function__in=functions),
        "categories_chosen": categories,
        "crumbs": [(_("Case registry"), reverse("cases:list")), (_("Register lead"), "")],
    }


def _chosen(form):
    """What the form names so far, valid or not: subjects, categories, and the day it was received."""
    if form.is_bound:
        given = getattr(form, "cleaned_data", {})
        known = form.known_person()
        return (
            [*(given.get("subjects") or []), *([known] if known else [])],
            list(given.get("categories") or []),
            given.get("found_on") or today(),
        )
    wanted = [pk for pk in form.initial.get("subjects", []) if str(pk).isdecimal()]
    subjects = form.fields["subjects"].queryset.filter(pk__in=wanted)
    codes = [pk for pk in form.initial.get("categories", []) if str(pk).isdecimal()]
    return list(subjects), list(Category.objects.filter(pk__in=codes)), today()  # door: dictionary


def _save(request, form, kept):
    given = form.cleaned_data

    def work(at):
        subjects = list(given["subjects"])
        new = form.new_subject()
        if new is not None:
            subjects.append(_add_subject(request.user, new, at))
        case = register_case(
            source=given["source"],
            source_number=given["source_number"],
            subjects=subjects,
            categories=list(given["categories"]),
            summary=given["summary"],
            found_on=given["found_on"],
            title=given["title"],
            suspected=given["suspected"] or 0,
            period_from=given["period_from"],
            period_to=given["period_to"],
            major=given["major"],
            restricted=given["restricted"],
            duplicates_known=given["duplicates_known"],
            files=stash.take(kept),
            by=request.user,
            at=at,
        )
        return reverse("cases:detail", args=[case.pk])

    return submit(request, form, work, done=_("Registered."))


def _add_subject(user, new, at):
    try:
        return subject_for_lead(region=user.region, by=user, at=at, **new)
    except BadInput as refusal:
        raise BadInput.several({f"new_{field}": fault for field, fault in refusal.faults.items()}) from None


def _save_draft(request, data):
    """Keep what was typed and the files taken in. None beside a newer draft: pressed again, it is replaced."""
    url = reverse("cases:register")
    place = drafting.place_of(url, request.user)
    values, at = drafting.values_of(data, place.form), timezone.now()
    title = drafting.title_of(values) or _("Lead of %(day)s") % {"day": local_date(at).isoformat()}
    try:
        draft = save_draft(
            user=request.user, form=place.code, url=url, values=values, known=drafting.known_version(request),
            form_key=data.get("form_key", "")[:64], title=title, at=at,
        )  # fmt: skip
    except Refused as refusal:
        messages.warning(request, str(refusal))
        if isinstance(refusal, Stale):
            messages.info(request, _("Save the draft again to replace it with what stands here."))
            data["draft_known"] = str(refusal.details["version"])
            request.POST = data  # the page goes on from the newer one, knowingly
        return None
    messages.success(request, _("Draft saved. An identity number is not kept in a draft."))
    return redirect(drafting.taking(draft.url))
