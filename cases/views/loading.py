"""Loading a case for one person: 404 to a stranger, 403 to whoever sees only its summary."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from cases.models import Case
from cases.tabs import address_of
from workspace.once import note_no_money, submit


def load_case(user, pk, *, whole=True) -> Case:
    """The case with what the rules will ask of it, in one statement."""
    cases = Case.objects.visible_to(user).for_page(user).select_related("owner", "handler", "region")
    case = get_object_or_404(cases, pk=pk)
    case.loaded_for = user.pk
    if whole and not case.whole:
        raise PermissionDenied
    return case


def keep_strands(case, strands) -> None:
    """Let `case.strands.all()` give these, which the page has asked for with everything else."""
    for strand in strands:
        strand.case = case
    case._prefetched_objects_cache = {"strands": strands}


def case_url(case, panel="") -> str:
    """The case page; with a panel, on the tab and at the place where that stands."""
    return address_of(case.pk, panel)


def crumbs(case, label):
    return [(_("Case registry"), reverse("cases:list")), (case.number, case_url(case)), (label, "")]


def form_page(request, case, form_class, work, *, title, label, verb="", lead="", danger=False, **more):
    """A form about a case that runs one action once and leads back to the case.

    work(given, at) runs the action. more: initial values of the form, keywords for its constructor (`form_kwargs`),
    `panel`, on whose tab one comes back, and `done`, the sentence of success.
    """
    done = more.pop("done", "")
    back = case_url(case, more.pop("panel", ""))
    keywords = more.pop("form_kwargs", {})
    if request.method == "POST":
        form = form_class(request.POST, request.FILES or None, **keywords)
        if form.is_valid():
            answer = submit(
                request, form, lambda at: work(form.cleaned_data, at) or back, verb=verb,
                target=case, case=case, done=done,
            )  # fmt: skip
            if answer is not None:
                return answer
        elif verb:
            note_no_money(request, form, verb=verb, target=case, case=case)
    else:
        form = form_class(initial=more.pop("initial", None), **keywords)
    context = {
        "form": form,
        "case": case,
        "title": title,
        "lead": lead or case.title,
        "label": label,
        "danger": danger,
        "back_url": back,
        "crumbs": crumbs(case, title),
        **more,
    }
    return render(request, more.get("template", "cases/form.html"), context)
