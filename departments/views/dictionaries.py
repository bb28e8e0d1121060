"""The dictionaries of the county, kept by its system administrator: categories and competence, routes, its name."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.refusals import Refused
from departments import rules
from departments.actions import categories as actions
from departments.actions import structure
from departments.actions.routes import set_routes
from departments.dictionaries import (
    SENDERS,
    categories_in_use,
    category_values,
    function_words,
    listed_categories,
    region_values,
    route_values,
)
from departments.enums import Function, ReferralKind
from departments.forms_dictionaries import AddCategoryForm, ChangeCategoryForm, RegionForm, RoutesForm
from departments.models import Category, Route

STEP = 10  # between the positions of two categories, so that one fits in between


def _keeper(request):
    """Dictionaries are the system administrator's alone."""
    if not rules.can_keep_dictionaries(request.user):
        raise PermissionDenied


def _crumbs(*more):
    return [(_("Settings"), reverse("desk:settings")), *more]


def _form_page(
    request, form, title, back, crumbs, *, lead="", template="partials/dictionary_form.html", **more
):
    context = {"form": form, "title": title, "lead": lead, "label": _("Save"), "back_url": back, "crumbs": crumbs}
    return render(request, template, context | more)


# -- categories and competence --------------------------------------------------------------------------------
@require_safe
@login_required
def categories(request):
    """Every category with who is competent for it; those switched off last."""
    _keeper(request)
    found = list(listed_categories())
    title = _("Violation categories")
    context = {
        "title": title,
        "rows": [(category, function_words(category_values(category)["functions"])) for category in found],
        "used": categories_in_use(found),
        "crumbs": _crumbs((title, "")),
    }
    return render(request, "departments/categories.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def add_category(request):
    """A category of the county's own."""
    _keeper(request)
    last = max((category.order for category in listed_categories()), default=0)
    form = AddCategoryForm(request.POST or None, initial={"order": last + STEP})
    if request.method == "POST" and form.is_valid():
        try:
            category = actions.add_category(**form.cleaned_data, by=request.user, at=timezone.now())
        except Refused as refusal:
            form.refused(refusal)
        else:
            messages.success(request, _("%(category)s can be chosen from now on.") % {"category": category})
            return redirect("departments:categories")
    back, title = reverse("departments:categories"), _("Add a category")
    return _form_page(request, form, title, back, _crumbs((_("Violation categories"), back), (title, "")))


def _category(request, pk):
    _keeper(request)
    return get_object_or_404(Category, pk=pk)


@login_required
@require_http_methods(["GET", "POST"])
def edit_category(request, pk):
    """Name, source, position, and who is competent."""
    category = _category(request, pk)
    form = ChangeCategoryForm(request.POST or None, now=category_values(category))
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_category(
                category=category, **form.cleaned_data, by=request.user, at=timezone.now()
            )
        except Refused as refusal:
            form.refused(refusal)
        else:
            messages.success(request, _("%(category)s is changed.") % {"category": form.cleaned_data["name"]})
            return redirect("departments:categories")
    back = reverse("departments:categories")
    crumbs = _crumbs((_("Violation categories"), back), (category.label, ""))
    lead = _("code %(code)s; cases registered before keep what was done") % {"code": category.code}
    unused = not categories_in_use([category])
    return _form_page(
        request, form, category.label, back, crumbs, lead=lead, template="departments/category_form.html",
        remove_url=reverse("departments:remove_category", args=[category.pk]) if unused else "",
    )  # fmt: skip


@login_required
@require_POST
def switch_category(request, pk):
    """Take a category out of the choice for new cases, or offer it again."""
    category = _category(request, pk)
    active = request.POST.get("active") == "yes"
    try:
        actions.switch_category(category=category, active=active, by=request.user, at=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        said = (
            _("%(category)s is offered again.")
            if active
            else _("%(category)s is switched off; cases keep it.")
        )
        messages.success(request, said % {"category": category})
    return redirect("departments:categories")


@login_required
@require_http_methods(["GET", "POST"])
def remove_category(request, pk):
    """Remove a category that was entered by mistake, after asking once more."""
    category = _category(request, pk)
    refusal = None
    if request.method == "POST":
        try:
            actions.remove_category(category=category, by=request.user, at=timezone.now())
        except Refused as refused:
            refusal = str(refused)
        else:
            messages.success(request, _("%(category)s is removed.") % {"category": category})
            return redirect("departments:categories")
    context = {
        "title": _("Remove a category"),
        "object": f"{category.label} · {category.code}",
        "effect": _("No case refers to it. It disappears from every list; the record keeps what it said."),
        "label": pgettext("dictionary", "Remove"),
        "danger": True,
        "refusal": refusal,
        "back_url": reverse("departments:edit_category", args=[category.pk]),
    }
    return render(request, "partials/confirm.html", context)


# -- routes ---------------------------------------------------------------------------------------------------
@require_safe
@login_required
def routes(request):
    """Who may send one kind of letter to whom; the kinds are the tabs."""
    _keeper(request)
    kind = request.GET.get("kind", ReferralKind.BULLETIN.value)
    if kind not in ReferralKind.values:
        raise Http404
    held = {function.value: [] for function in SENDERS}
    for route in Route.objects.filter(kind=kind, sender__in=SENDERS):  # door: a dictionary, its keeper asks
        held[route.sender].append(route)
    order = {value: place for place, value in enumerate(Function.values)}
    title = _("Letter routes")
    context = {
        "title": title,
        "kind": ReferralKind(kind),
        "kinds": list(ReferralKind),
        "rows": [
            (Function(sender), sorted(found, key=lambda route: order[route.receiver]))
            for sender, found in held.items()
        ],
        "crumbs": _crumbs((title, "")),
    }
    return render(request, "departments/routes.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def edit_routes(request, kind, sender):
    """To whom one function may send one kind of letter."""
    _keeper(request)
    if kind not in ReferralKind.values or sender not in SENDERS:
        raise Http404
    now = route_values(Route.objects.of(kind, sender))  # door: a dictionary, its keeper asks
    form = RoutesForm(request.POST or None, now=now, kind=kind, sender=sender)
    back = f"{reverse('departments:routes')}?kind={kind}"
    said = {"kind": ReferralKind(kind).label, "sender": Function(sender).label}
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"]
        try:
            set_routes(
                kind=kind, sender=sender, version=version, ways=form.ways, by=request.user, at=timezone.now()
            )
        except Refused as refusal:
            form.refused(refusal)
        else:
            messages.success(request, _("The routes for %(kind)s from %(sender)s are saved.") % said)
            return redirect(back)
    title = _("%(kind)s from %(sender)s") % said
    crumbs = _crumbs((_("Letter routes"), back), (title, ""))
    lead = _("Letters already sent stay as they are; a draft is checked again when it is sent")
    return _form_page(request, form, title, back, crumbs, lead=lead, template="departments/routes_form.html")


# -- the county -----------------------------------------------------------------------------------------------
@login_required
@require_http_methods(["GET", "POST"])
def county(request):
    """The name of the administrator's county and its character in document marks."""
    _keeper(request)
    region = request.user.region
    form = RegionForm(request.POST or None, now=region_values(region))
    if request.method == "POST" and form.is_valid():
        try:
            structure.edit_region(region=region, **form.cleaned_data, by=request.user, at=timezone.now())
        except Refused as refusal:
            form.refused(refusal)
        else:
            messages.success(request, _("The entry of the county is changed."))
            return redirect("desk:settings")
    title = _("The county")
    lead = _("region code %(code)s; paper already issued keeps the old name") % {"code": region.code}
    return _form_page(request, form, title, reverse("desk:settings"), _crumbs((title, "")), lead=lead)
