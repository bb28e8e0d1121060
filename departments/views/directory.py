"""Who is where: departments, hotlines, and who holds which post."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.refusals import Refused
from departments import rules
from departments.actions import structure
from departments.forms import AddDepartmentForm, EditDepartmentForm
from departments.models import Department, Post
from departments.panels import notes_on


@require_safe
@login_required
def directory(request):
    """The departments of the region and the one above it, with hotlines and the people in their posts."""
    if not rules.can_view_directory(request.user):
        raise PermissionDenied
    departments = list(Department.objects.visible_to(request.user).active().select_related("region"))
    posts: dict[int, list] = {}
    for post in Post.objects.visible_to(request.user).current().filter(user__is_active=True).select_related(
        "user"
    ):  # fmt: skip
        posts.setdefault(post.department_id, []).append(post)
    notes = notes_on({post.user_id for held in posts.values() for post in held})
    for held in posts.values():
        for post in held:
            post.note = notes.get(post.user_id, "")
    return render(
        request,
        "departments/directory.html",
        {
            "rows": [(department, posts.get(department.pk, [])) for department in departments],
            "linkable": [row.pk for row in departments if rules.can_allow_links(request.user, row)],
            "can_edit": rules.can_manage_people(request.user),
            "region": request.user.region,
        },
    )


@login_required
@require_http_methods(["GET", "POST"])
def add_department(request):
    """Another body: usually one without an account, to which letters go on paper."""
    if not rules.can_manage_people(request.user):
        raise PermissionDenied
    form = AddDepartmentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            department = structure.create_department(
                region=request.user.region, **form.cleaned_data, by=request.user, at=timezone.now()
            )
        except Refused as refusal:
            form.refused(refusal)
        else:
            messages.success(request, _("%(department)s is added.") % {"department": department})
            return redirect("departments:directory")
    return _page(request, _("Add a department"), form)


def _entry(request, pk):
    """What the directory says of a department now, as its form shows it."""
    department = Department.objects.visible_to(request.user).get(pk=pk)
    return {name: getattr(department, name) for name in (*structure.EDITABLE, "version")}


@login_required
@require_http_methods(["GET", "POST"])
def edit_department(request, pk):
    """Name, document mark, hotline and address, as letters and the directory give them."""
    department = get_object_or_404(Department.objects.visible_to(request.user), pk=pk)
    if not rules.can_edit_department(request.user, department):
        raise PermissionDenied
    form = EditDepartmentForm(request.POST or None, now=lambda: _entry(request, pk))
    if request.method == "POST" and form.is_valid():
        try:
            structure.edit_department(
                department=department, **form.cleaned_data, by=request.user, at=timezone.now()
            )
        except Refused as refusal:
            form.refused(refusal)
        else:
            messages.success(
                request, _("The entry of %(department)s is changed.") % {"department": department}
            )
            return redirect("departments:directory")
    return _page(request, department.name, form)


@login_required
@require_POST
def allow_links(request, pk):
    """The office lets a body without an account answer by one-time links, or stops it."""
    department = get_object_or_404(Department.objects.visible_to(request.user), pk=pk)
    if not rules.can_allow_links(request.user, department):
        raise PermissionDenied
    allowed = request.POST.get("allowed") == "yes"
    structure.allow_links(department=department, allowed=allowed, by=request.user, at=timezone.now())
    messages.success(request, _("The entry of %(department)s is changed.") % {"department": department})
    return redirect("departments:directory")


def _page(request, title, form):
    return render(
        request,
        "partials/form_page.html",
        {
            "title": title,
            "form": form,
            "label": _("Save"),
            "back_url": reverse("departments:directory"),
            "crumbs": [(_("Departments and hotlines"), reverse("departments:directory")), (title, "")],
        },
    )
