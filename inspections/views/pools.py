"""Pools: the list, one of them, and everything its department does with it."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from cases.models import Subject
from core.dates import local_date
from core.wording import day
from documents.downloads import attachment, file_name
from inspections import pools_lists, pools_rules
from inspections.actions import pools as actions
from inspections.actions import pools_officers as officers
from inspections.actions.pools_reading import copy_taken
from inspections.draw_enums import PoolKind
from inspections.forms_draw import (
    ChangeForm,
    OfficerForm,
    PoolForm,
    RecusalForm,
    RenameForm,
    TargetForm,
    UploadForm,
    WhyForm,
)
from inspections.frequency import visits_in_year
from inspections.models import EnforcementCertificate, Pool, PoolOfficer, PoolRecusal, PoolTarget
from inspections.views.draw_steps import KeptStep, PoolStep
from workspace.once import submit
from workspace.steps import StepForm

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PAGE = 100


@require_GET
@login_required
def pool_list(request):
    """One's department's pools; the office reads all of the region."""
    user = request.user
    if not pools_rules.can_list(user):
        raise PermissionDenied
    pools = Pool.objects.visible_to(user).select_related("department")
    pools = pools.annotate(
        n_targets=Count("targets", distinct=True), n_officers=Count("officers", distinct=True)
    )
    title = _("Pools of the draws")
    context = {
        "title": title, "crumbs": [(title, "")], "rows": list(pools.order_by("retired_at", "department", "kind", "name")),
        "may_make": pools_rules.can_make(user),
    }  # fmt: skip
    return render(request, "inspections/pools.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def new(request):
    """An empty pool of one's department."""
    user = request.user
    if not pools_rules.can_make(user):
        raise PermissionDenied
    form = PoolForm(request.POST or None)
    if request.method == "POST" and form.is_valid():

        def work(at):
            given = {name: form.cleaned_data[name] for name in ("kind", "name")}
            return actions.make_pool(by=user, at=at, **given).get_absolute_url()

        answer = submit(request, form, work, verb="pool.made", done=_("Made. Now add what it holds."))
        if answer is not None:
            return answer
    title, up = _("New pool"), reverse("inspections:pools")
    context = {
        "form": form, "title": title, "label": _("Save"), "back_url": up,
        "crumbs": [(_("Pools of the draws"), up), (title, "")],
    }  # fmt: skip
    return render(request, "partials/form_page.html", context)


def _load(request, pk):
    return get_object_or_404(
        Pool.objects.visible_to(request.user).select_related("department", "region"), pk=pk
    )


@require_GET
@login_required
def detail(request, pk):
    """What a pool holds: targets with their weights and this year's visits, or officers with their recusals."""
    user = request.user
    pool = _load(request, pk)
    after = request.GET.get("after", "")
    skip = int(after) if after.isdecimal() and len(after) < 7 else 0
    context = {
        "pool": pool, "may_keep": pools_rules.can_keep(user, pool), "title": pool.name,
        "crumbs": [(_("Pools of the draws"), reverse("inspections:pools")), (pool.name, "")],
    }  # fmt: skip
    today = local_date(timezone.now())
    if pool.kind == PoolKind.TARGETS:
        rows = PoolTarget.objects.visible_to(user).filter(pool=pool).select_related("subject")
        page = list(rows.order_by("subject__name", "pk")[skip : skip + PAGE + 1])
        visits = visits_in_year([row.subject for row in page], today.year, user)
        context["rows"] = [(row, visits.get(row.subject_id)) for row in page[:PAGE]]
        weights = PoolTarget.objects.visible_to(user).filter(pool=pool).values_list("weight", flat=True)
        context |= {"lots": sum(weights), "count": len(weights)}
    else:
        rows = PoolOfficer.objects.visible_to(user).filter(pool=pool)
        rows = rows.select_related("certificate__user", "certificate__department").prefetch_related(
            "recusals__subject"
        )
        page = list(
            rows.order_by("certificate__department", "certificate__number", "pk")[skip : skip + PAGE + 1]
        )
        context |= {
            "rows": [(row, _state(row, today)) for row in page[:PAGE]],
            "count": PoolOfficer.objects.visible_to(user).filter(pool=pool).count(),
        }  # fmt: skip
    context["page"] = {
        "has_previous": skip > 0, "has_next": len(page) > PAGE, "previous_query": f"after={max(0, skip - PAGE)}",
        "next_query": f"after={skip + PAGE}", "first_query": "", "no_keys": True,
    }  # fmt: skip
    return render(request, "inspections/pool.html", context)


def _state(row, today):
    """(tag colour, words) of an officer's certificate."""
    certificate = row.certificate
    if certificate.withdrawn_at is not None:
        return "tag-r", _("withdrawn")
    if certificate.valid_until < today:
        return "tag-r", _("ended on %(day)s") % {"day": day(certificate.valid_until)}
    return "", pgettext("certificate", "until %(day)s") % {"day": day(certificate.valid_until)}


@require_GET
@login_required
def export(request, pk):
    """The targets as Excel, with the columns an import reads; without rows it is the template."""
    pool = _load(request, pk)
    if pool.kind != PoolKind.TARGETS:
        raise PermissionDenied
    rows = PoolTarget.objects.visible_to(request.user).filter(pool=pool).select_related("subject")
    copy_taken(pool=pool, by=request.user, at=timezone.now())
    name = file_name(pool.name, suffix=".xlsx")
    return attachment(pools_lists.workbook(rows.order_by("subject__uscc")), name=name, content_type=XLSX)


class _Kept(PoolStep):
    rule = pools_rules.can_keep
    crumb = None


class Rename(_Kept):
    verb, form_class = "pool.renamed", RenameForm
    title = label = gettext_lazy("Rename the pool")

    def initial(self, thing):
        return {"name": thing.name, "expected_version": thing.version}

    def act(self, thing, form, at):
        given = {name: form.cleaned_data[name] for name in ("name", "expected_version")}
        actions.rename_pool(pool=thing, by=self.request.user, at=at, **given)


class Retire(_Kept):
    verb, template, danger = "pool.retired", "partials/confirm.html", True
    form_class = StepForm
    title = label = pgettext_lazy("pool", "Take out of use")
    effect = gettext_lazy("Nothing is drawn from it any more; draws that were made keep their lists.")

    def act(self, thing, form, at):
        actions.retire_pool(pool=thing, by=self.request.user, at=at)


def _keeps(kind):
    def rule(user, pool):
        return pool.kind == kind and pools_rules.can_keep(user, pool)

    return rule


class AddTarget(_Kept):
    rule, verb, form_class = _keeps(PoolKind.TARGETS), "pool.target_added", TargetForm
    title = label = gettext_lazy("Add a target")
    done = gettext_lazy("Added.")

    def keywords(self, thing):
        return {"bodies": Subject.objects.visible_to(self.request.user).filter(region=thing.region)}

    def act(self, thing, form, at):
        given = {name: form.cleaned_data[name] for name in ("subject", "area", "risk", "weight", "reason")}
        actions.add_target(pool=thing, by=self.request.user, at=at, **given)


class Import(_Kept):
    rule, verb, form_class = _keeps(PoolKind.TARGETS), "pool.imported", UploadForm
    title = label = gettext_lazy("Read a list in")
    done = gettext_lazy("The list was read in, all of it.")
    template = "inspections/pool_import.html"

    def act(self, thing, form, at):
        rows = pools_lists.read_targets(form.cleaned_data["upload"])
        actions.import_targets(pool=thing, rows=rows, by=self.request.user, at=at)


class AddOfficer(_Kept):
    rule, verb, form_class = _keeps(PoolKind.OFFICERS), "pool.officer_added", OfficerForm
    title = label = gettext_lazy("Add an officer")
    done = gettext_lazy("Added.")

    def keywords(self, thing):
        found = EnforcementCertificate.objects.visible_to(self.request.user).valid(local_date(timezone.now()))
        held = PoolOfficer.objects.visible_to(self.request.user).filter(pool=thing).values("certificate")
        found = found.exclude(pk__in=held).select_related("department", "user")
        return {"certificates": found.order_by("department", "user__name")}

    def act(self, thing, form, at):
        given = form.cleaned_data["certificate"]
        officers.add_officer(pool=thing, certificate=given, by=self.request.user, at=at)


def _of_pool(user, row):
    return pools_rules.can_keep(user, row.pool)


class OfTarget(KeptStep):
    model, rule = PoolTarget, _of_pool

    def found(self):
        return PoolTarget.objects.visible_to(self.request.user).select_related("pool__department", "subject")


class ChangeTarget(OfTarget):
    verb, form_class = "pool.target_changed", ChangeForm
    title = label = gettext_lazy("Change the weight")

    def initial(self, thing):
        return {name: getattr(thing, name) for name in ("area", "risk", "weight", "reason", "mark")}

    def act(self, thing, form, at):
        given = {name: form.cleaned_data[name] for name in ("area", "risk", "weight", "reason")}
        actions.change_target(target=thing, seen=form.cleaned_data["mark"], by=self.request.user, at=at, **given)


class RemoveTarget(OfTarget):
    verb, form_class, template, danger = "pool.target_removed", WhyForm, "partials/confirm.html", True
    title = label = gettext_lazy("Take out of the pool")
    effect = gettext_lazy("It is drawn from this pool no more; the record says why.")

    def act(self, thing, form, at):
        actions.remove_target(target=thing, reason=form.cleaned_data["reason"], by=self.request.user, at=at)


class OfOfficer(KeptStep):
    model, rule = PoolOfficer, _of_pool

    def found(self):
        found = PoolOfficer.objects.visible_to(self.request.user)
        return found.select_related("pool__department", "pool__region", "certificate__user")


class RemoveOfficer(OfOfficer):
    verb, form_class, template, danger = "pool.officer_removed", WhyForm, "partials/confirm.html", True
    title = label = gettext_lazy("Take out of the pool")
    effect = gettext_lazy("The officer is drawn from this pool no more; the record says why.")

    def act(self, thing, form, at):
        officers.remove_officer(
            officer=thing, reason=form.cleaned_data["reason"], by=self.request.user, at=at
        )


class Recuse(OfOfficer):
    verb, form_class = "pool.recused", RecusalForm
    title = label = gettext_lazy("Enter a recusal")
    done = gettext_lazy("Entered: the officer is not drawn there.")

    def keywords(self, thing):
        return {"bodies": Subject.objects.visible_to(self.request.user).filter(region=thing.pool.region)}

    def act(self, thing, form, at):
        given = {name: form.cleaned_data[name] for name in ("subject", "ground", "reason")}
        officers.declare_recusal(officer=thing, by=self.request.user, at=at, **given)


class EndRecusal(KeptStep):
    model, verb, template = PoolRecusal, "pool.recusal_ended", "partials/confirm.html"
    form_class = StepForm
    title = label = gettext_lazy("End the recusal")
    effect = gettext_lazy("From the next draw on the officer may be drawn there again.")

    @staticmethod
    def rule(user, row):
        return pools_rules.can_keep(user, row.officer.pool)

    def found(self):
        found = PoolRecusal.objects.visible_to(self.request.user)
        return found.select_related("officer__pool__department", "officer__certificate__user", "subject")

    def back_url(self, thing):
        return thing.officer.get_absolute_url()

    def context(self, thing):
        return {"object": f"{thing.officer.certificate.user} {thing.subject or ''} {thing.get_ground_display()}"}

    def act(self, thing, form, at):
        officers.end_recusal(recusal=thing, by=self.request.user, at=at)


STEPS = {"rename_pool": Rename, "retire_pool": Retire, "add_pool_target": AddTarget, "import_targets": Import,
         "add_pool_officer": AddOfficer}  # fmt: skip
TARGET_STEPS = {"change_target": ChangeTarget, "remove_target": RemoveTarget}
OFFICER_STEPS = {"remove_officer": RemoveOfficer, "recuse": Recuse}
