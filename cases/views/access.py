"""Restricting a case, opening it again, and naming who may see it."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import OuterRef, Subquery
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cases import rules
from cases.actions import restriction as actions
from cases.forms.case import NamePersonForm, NameReasonForm, ReasonForm
from cases.models import GrantRecord
from cases.views.loading import case_url, form_page, load_case
from core.wording import today
from departments.models import Post


def _case(request, pk):
    case = load_case(request.user, pk)
    if not rules.can_name_persons(request.user, case):
        raise PermissionDenied
    return case


def _back(case):
    return case_url(case, "people")


@require_http_methods(["GET", "POST"])
@login_required
def restrict(request, pk):
    """Only named persons see the case from now on."""
    case = _case(request, pk)

    def work(given, at):
        actions.restrict_case(case=case, reason=given["reason"], by=request.user, at=at)
        return _back(case)

    return form_page(
        request, case, NameReasonForm, work, title=_("Restrict to named persons"), label=_("Restrict"), danger=True,
        template="cases/confirm.html", verb="case.restricted",
        effect=_(
            "Colleagues who are not named find the case nowhere any more: not in lists, searches, counts or "
            "exports. Its handlers stay named, and so do you."
        ),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@login_required
def lift(request, pk):
    """Open the case to its departments again."""
    case = _case(request, pk)

    def work(given, at):
        actions.lift_restriction(case=case, reason=given["reason"], by=request.user, at=at)
        return _back(case)

    return form_page(
        request, case, ReasonForm, work, title=_("Lift the restriction"), label=_("Open again"),
        template="cases/confirm.html", verb="case.unrestricted",
        effect=_("The staff of every department that holds the case see it again."),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@login_required
def name(request, pk):
    """Name somebody of a department that holds the case."""
    case = _case(request, pk)
    posts = Post.objects.visible_to(request.user).current()
    post = posts.filter(user=OuterRef("pk"), department__in=actions.holders(case))
    people = actions.nameable(case, today()).annotate(posted=Subquery(post.values("department__short_name")[:1]))

    def work(given, at):
        actions.name_on_case(
            case=case, user=given["user"], permission=given["permission"], reason=given["reason"],
            by=request.user, at=at,
        )  # fmt: skip
        return _back(case)

    return form_page(
        request, case, NamePersonForm, work, title=_("Name a person"), label=_("Name a person"), verb="case.person_named",
        form_kwargs={"people": people.order_by("posted", "staff_number")},
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@login_required
def unname(request, pk):
    """Take a name off the case; the address is the grant's."""
    grants = GrantRecord.objects.visible_to(request.user).filter(user__isnull=False, ended_at=None)
    grant = get_object_or_404(grants.select_related("user"), pk=pk)
    case = grant.case = _case(request, grant.case_id)

    def work(given, at):
        actions.take_name_off(grant=grant, reason=given["reason"], by=request.user, at=at)
        # whoever takes their own name off a restricted case has left it behind
        gone = case.restricted and grant.user_id == request.user.pk
        return reverse("cases:list") if gone else _back(case)

    return form_page(
        request, case, NameReasonForm, work, title=_("Take the name off"), label=_("Take off"), danger=True,
        template="cases/confirm.html", verb="case.person_unnamed", lead=grant.user.name,
        effect=_("%(person)s loses what the naming gave, at once.") % {"person": grant.user.name},
    )  # fmt: skip
