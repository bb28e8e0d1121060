"""Who stands in for whom in one's department, naming somebody, and acting for them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.wording import today
from departments.models import Post, User
from workspace import actions, rules_delegation, standing_in
from workspace.forms import DelegationForm
from workspace.models import Delegation
from workspace.once import submit
from workspace.steps import Step

TITLE = gettext_lazy("Standing in")
PAST = 50


@require_safe
@login_required
def delegations(request):
    """Those of one's department: running and coming ones, and the last ones that are over."""
    if not rules_delegation.can_delegate(request.user):
        raise PermissionDenied
    on = today()
    rows = Delegation.objects.visible_to(request.user).select_related("away", "delegate", "set_by")[:PAST]
    held = list(Post.objects.visible_to(request.user).current().filter(department=request.user.department))
    led = {post.user_id for post in held if rules_delegation.leads(request.user, post)}
    context = {
        "title": TITLE, "crumbs": [(TITLE, "")], "minded": standing_in.minded(request.user),
        "rows": [(row, _state(row, on), _may_end(request.user, row, led, on)) for row in rows],
    }  # fmt: skip
    return render(request, "workspace/delegations.html", context)


def _people(user):
    """Who may be chosen: the action asks whether the post fits."""
    return User.objects.visible_to(user).acting_for(user.department, *rules_delegation.FITS)


def _state(row, on):
    if row.ended_at is not None or row.until < on:
        return "over"
    return "running" if row.since <= on else "coming"


def _may_end(user, row, led, on):
    return _state(row, on) != "over" and (user.pk in (row.away_id, row.delegate_id) or row.away_id in led)


@require_http_methods(["GET", "POST"])
@login_required
def new(request):
    """Name a colleague for oneself, or, above them, for somebody who fell ill."""
    user = request.user
    if not rules_delegation.can_delegate(user):
        raise PermissionDenied
    own = [post for post in standing_in.postable(user) if rules_delegation.can_set_for(user, post)]
    posts = Post.objects.visible_to(user).filter(pk__in=[post.pk for post in own]).select_related("user")
    form = DelegationForm(
        request.POST or None, posts=posts, people=_people(user),
        initial={"away": user.post.pk, "since": today()},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        given = {name: value for name, value in form.cleaned_data.items() if name != "form_key"}

        def work(at):
            actions.set_delegation(by=user, at=at, **given)
            return reverse("workspace:delegations")

        answer = submit(request, form, work, done=_("Both were told."))
        if answer is not None:
            return answer
    title = _("Name who stands in")
    context = {
        "form": form, "title": title, "label": title, "back_url": reverse("workspace:delegations"),
        "lead": _("They see what waits for the one away, and act by their own post"),
        "crumbs": [(TITLE, reverse("workspace:delegations")), (title, "")],
    }  # fmt: skip
    return render(request, "partials/form_page.html", context)


class End(Step):
    model, rule, verb = Delegation, rules_delegation.can_end, "delegation.ended"
    template, danger = "partials/confirm.html", True
    title = label = gettext_lazy("End it now")
    effect = gettext_lazy("The one who stands in no longer sees what waits for the other. Both are told.")
    done = gettext_lazy("Ended; both were told.")

    def act(self, thing, form, at):
        actions.end_delegation(delegation=thing, by=self.request.user, at=at)

    def back_url(self, thing):
        return reverse("workspace:delegations")


@require_POST
@login_required
def act_for(request, pk):
    """Begin to act for a colleague: until it is stopped, what one does is recorded as done on their behalf."""
    found = next((each for each, _away in standing_in.minded(request.user) if each.pk == pk), None)
    if found is None:
        raise Http404
    if request.session.get(standing_in.BEHALF) != found.pk:
        actions.take_up_for(delegation=found, by=request.user, at=timezone.now())
        request.session[standing_in.BEHALF] = found.pk
    url = request.POST.get("next", "")
    return redirect(url if url_has_allowed_host_and_scheme(url, None) else "/")


@require_POST
@login_required
def stop(request):
    """Act in one's own name again."""
    if request.session.pop(standing_in.BEHALF, None) is not None:
        messages.info(request, _("You act in your own name again."))
    return redirect("/")
