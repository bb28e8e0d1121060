"""Institutions and other subjects: list, page, entering and editing."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cases import listing, rules
from cases.actions.subjects import add_subject, edit_subject
from cases.forms.subject import EditSubjectForm, SubjectFilterForm, SubjectForm
from cases.listing import Filters
from cases.models import Subject, SubjectChange, SubjectRelation
from core import registry
from core.together import together
from workspace.once import submit

MOST = 50


def _crumbs(label, url=""):
    return [
        (_("Institutions"), reverse("cases:subjects") if label else ""),
        *([(label, url)] if label else []),
    ]


@require_safe
@login_required
def subjects(request):
    """The subjects one may see, by name; a keyset of names walks on."""
    if not rules.may_hold_cases(request.user):
        raise PermissionDenied
    form = SubjectFilterForm(request.GET)
    form.is_valid()
    q, kind = form.cleaned_data.get("q", "").strip(), form.cleaned_data.get("kind", "")
    found = Subject.objects.visible_to(request.user).matching(q).order_by("name", "id")
    if kind:
        found = found.filter(kind=kind)
    after, _sign, pk = request.GET.get("at", "").rpartition("~")
    if after and pk.isdecimal() and len(pk) < 19:
        found = found.filter(Q(name__gt=after) | Q(name=after, pk__gt=int(pk)))
    rows = list(found[: MOST + 1])
    more, rows = len(rows) > MOST, rows[:MOST]
    query = request.GET.copy()
    query.pop("at", None)
    first = query.urlencode()
    if more:
        query["at"] = f"{rows[-1].name}~{rows[-1].pk}"
    return render(
        request,
        "cases/subjects.html",
        {
            "subjects": rows, "form": form, "crumbs": _crumbs(""), "may_add": rules.can_register(request.user),
            "page": {
                "has_previous": bool(after), "previous_query": first, "first_query": first,
                "has_next": more, "next_query": query.urlencode(), "total_label": "",
            },
        },
    )  # fmt: skip


@require_safe
@login_required
def detail(request, pk):
    """A subject with the cases about it that the reader may see whole."""
    subject = get_object_or_404(Subject.objects.visible_to(request.user).select_related("parent"), pk=pk)
    user = request.user
    listed = listing.page(user, Filters(subject=subject.pk), None)
    relations = SubjectRelation.objects.visible_to(user).filter(subject=subject).select_related("other")
    members = SubjectRelation.objects.visible_to(user).filter(other=subject, kind="parent").select_related("subject")[:MOST]
    changes = SubjectChange.objects.visible_to(user).filter(subject=subject).select_related("successor")
    came = SubjectChange.objects.visible_to(user).in_force().filter(successor=subject).select_related("subject")
    together((relations, members, changes, came))
    panels = [
        (panel.template, {**context, "subject": subject})
        for panel in sorted(registry.subject_panels, key=lambda each: each.order)
        if (context := panel.load(subject, user)) is not None
    ]
    return render(
        request,
        "cases/subject.html",
        {
            "subject": subject, "cases": listing.rows(listed), "more": listed.next is not None,
            "crumbs": _crumbs(subject.name), "may_edit": rules.can_register(user),
            "may_keep": rules.can_keep_subject(user, subject), "relations": list(relations), "members": list(members),
            "changes": list(changes), "came": list(came), "panels": panels,
        },
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@login_required
def add(request):
    if not rules.can_register(request.user):
        raise PermissionDenied
    form = SubjectForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = {name: value for name, value in form.cleaned_data.items() if name != "form_key"}

        def work(at):
            subject = add_subject(region=request.user.region, by=request.user, at=at, **given)
            return reverse("cases:subject", args=[subject.pk])

        answer = submit(request, form, work, done=_("Saved."))
        if answer is not None:
            return answer
    title = _("Enter an institution")
    return render(
        request, "cases/form.html",
        {"form": form, "title": title, "label": _("Save"), "back_url": reverse("cases:subjects"),
         "crumbs": _crumbs(title)},
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@login_required
def edit(request, pk):
    subject = get_object_or_404(Subject.objects.visible_to(request.user), pk=pk)
    if not rules.can_register(request.user):
        raise PermissionDenied
    back = reverse("cases:subject", args=[pk])
    form = EditSubjectForm(request.POST or None, instance=subject)
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        version = given.pop("expected_version")
        given.pop("form_key")

        def work(at):
            edit_subject(subject=subject, version=version, by=request.user, at=at, **given)
            return back

        answer = submit(request, form, work, done=_("Saved."))
        if answer is not None:
            return answer
    title = _("Edit")
    return render(
        request, "cases/form.html",
        {"form": form, "title": title, "lead": subject.name, "label": _("Save"), "back_url": back,
         "crumbs": [*_crumbs(subject.name, back), (title, "")]},
    )  # fmt: skip
