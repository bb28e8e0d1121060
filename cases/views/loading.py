"""Loading a case for one person: 404 to a stranger, 403 to whoever sees only its summary."""

from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from cases.models import Case, Strand
from workspace.once import note_no_money, submit


def load_case(user, pk, *, whole=True, strands=False) -> Case:
    """The case with what the rules will ask of it, in one statement; a second one brings its strands along."""
    cases = Case.objects.visible_to(user).for_page(user).select_related("owner", "handler", "region")
    if strands:
        parts = Strand.objects.select_related("department", "handler")  # door: the case was loaded through its own
        cases = cases.prefetch_related(Prefetch("strands", parts))
    case = get_object_or_404(cases, pk=pk)
    case.loaded_for = user.pk
    if whole and not case.whole:
        raise PermissionDenied
    return case


def case_url(case) -> str:
    return reverse("cases:detail", args=[case.pk])


def crumbs(case, label):
    return [(_("Case registry"), reverse("cases:list")), (case.number, case_url(case)), (label, "")]


def form_page(request, case, form_class, work, *, title, label, verb="", lead="", danger=False, **more):
    """A form about a case that runs one action once and leads back to the case.

    work(given, at) runs the action. more: initial values of the form, keywords for its constructor (`form_kwargs`),
    and `done`, the sentence of success.
    """
    done = more.pop("done", "")
    keywords = more.pop("form_kwargs", {})
    if request.method == "POST":
        form = form_class(request.POST, request.FILES or None, **keywords)
        if form.is_valid():
            answer = submit(
                request, form, lambda at: work(form.cleaned_data, at) or case_url(case), verb=verb,
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
        "back_url": case_url(case),
        "crumbs": crumbs(case, title),
        **more,
    }
    return render(request, more.get("template", "cases/form.html"), context)
