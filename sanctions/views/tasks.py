"""The tasks of one's department, one task with its measures, and the files handed in."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from core.refusals import Refused
from core.tally import tally
from documents import storage
from documents.downloads import attachment
from journal.actions import note_refusal, record
from sanctions import reading, rules, steps, workbench
from sanctions.actions.measures import wants_hearing
from sanctions.enums import TASK_OVER
from sanctions.models import AppliedMeasure, Bar, Hearing, ListEntry, MeasureTask, Repair, Sanction
from sanctions.views.sanctions import PAGE, pager, skipped
from sanctions.views.steps import found


def _tabs(user):
    seen = MeasureTask.objects.visible_to(user)
    own = seen.filter(department=user.department)
    return {
        "mine": workbench.my_tasks(user), "open": own.open(), "over": own.filter(status__in=TASK_OVER),
        "region": seen.open(), "all": seen,
    }  # fmt: skip


@require_GET
@login_required
def task_list(request):
    """What determinations ask of one's department, and as far as one may see it of the others."""
    user = request.user
    if not rules.can_list(user):
        raise PermissionDenied
    tabs, skip = _tabs(user), skipped(request)
    tab = request.GET.get("tab", "open")
    tab = tab if tab in tabs else "open"
    page = list(tabs[tab].for_list().order_by("-pk")[skip : skip + PAGE + 1])
    lit = reading.lamps(MeasureTask.kind_code, [task.pk for task in page])
    title = _("Tasks of joint sanctions")
    words = {
        "mine": _("To be done by me"), "open": _("My department"), "over": _("My department, done"),
        "region": _("All departments, open"), "all": pgettext("sanctions", "All"),
    }  # fmt: skip
    context = {
        "title": title, "crumbs": [(title, "")], "tab": tab,
        "tabs": [(code, words[code], n) for code, n in zip(tabs, tally(tabs.values()), strict=True)],
        "rows": [(task, reading.track(task), lit.get(task.pk)) for task in page[:PAGE]],
        "page": pager(tab, skip, len(page) > PAGE),
    }  # fmt: skip
    return render(request, "sanctions/tasks.html", context)


@require_GET
@login_required
def detail(request, pk):
    """One department's task: the determination, its measures, its own hearing, its clocks."""
    user = request.user
    task = get_object_or_404(
        found(MeasureTask, user).select_related(
            "decision_document",
            "feedback_document",
            "sanction__determination_document",
            "drafted_by",
            "decided_by",
        ),
        pk=pk,
    )
    applied = AppliedMeasure.objects.visible_to(user).filter(task=task).exclude(status="dropped")
    applied = list(applied.select_related("measure", "subject", "task__sanction", "task__department", "sanction__authority",
                                          "department").order_by("pk"))  # fmt: skip
    hearing = Hearing.objects.visible_to(user).filter(task=task).exclude(status="discarded").order_by("-pk")
    hearing = hearing.select_related(
        "sanction__authority", "department", "document", "task", "drafted_by"
    ).first()
    offers, heard = reading.offers(steps.TASK, user, task), []
    if hearing is not None:
        heard = reading.offers(steps.HEARING, user, hearing)
    own = user.department.pk == task.department_id
    drafted = sum(each.status == "draft" for each in applied)
    wanting = wants_hearing(task) if own else []
    text, why = _next(task, drafted, hearing, wanting)
    step = (
        {"text": text, "why": why, "lamp": "r" if task.sanction.suspended_at else "y"}
        if text and own
        else None
    )
    first = heard or offers
    if step and first and not first[0].danger and task.sanction.suspended_at is None:
        step |= {"url": first[0].url, "label": first[0].label}
    whole = Sanction.objects.visible_to(user).readable_by(user).filter(pk=task.sanction_id).exists()
    context = {
        "whole": whole,
        "task": task, "sanction": task.sanction, "offers": offers, "hearing": hearing, "heard": heard, "step": step,
        "track": reading.track(task), "wanting": wanting,
        "applied": [(each, reading.offers(steps.APPLIED, user, each)) for each in applied],
        "bars": Bar.objects.visible_to(user).filter(applied__task=task).select_related("subject"),
        "entries": ListEntry.objects.visible_to(user).filter(applied__task=task).select_related("subject"),
        "clocks": reading.clocks(task), "days": reading.story(task, user),
    }  # fmt: skip
    return render(request, "sanctions/task.html", context)


def _next(task, drafted, hearing, wanting):
    if task.sanction.suspended_at is not None:
        return _("Wait until the review is over"), task.sanction.reason
    if task.status == "issued":
        return _("Take the determination in, and say who does it"), ""
    if task.status == "acknowledged":
        if hearing is not None and hearing.status != "answered":
            return reading.hearing_next(hearing)
        if not drafted:
            return _("Draft your measures, or say why none is taken"), _(
                "Each department decides by its own powers."
            )
        if wanting:
            why = _("The law asks for it before: %(names)s") % {"names": "、".join(wanting)}
            return _("Hear the subject by a notice of your own"), why
        return _("Decide the measures"), _("Whoever decides is another than who drafted them.")
    if task.status == "decided":
        return _("Execute every measure and add its proof"), ""
    if task.status == "lapsed":
        return _("Feed back, and say why it was not executed"), _("A measure ran out before it was executed.")
    if task.status == "executed":
        return _("Feed back what came of it"), ""
    return "", ""


# -- files handed in -------------------------------------------------------------------------------------------
def _file(request, thing, back):
    """The file, with a line on the record: who took a copy."""
    at = timezone.now()
    try:
        data = storage.fetch(thing.file, thing.sha256)
    except Refused as refusal:
        note_refusal(user=request.user, verb="sanction.file_taken", target=back, sentence=refusal, at=at)
        messages.error(request, str(refusal))
        return redirect(back.get_absolute_url())
    record("sanction.file_taken", target=back, by=request.user, at=at, file_name=thing.name)
    return attachment(data, name=thing.name, content_type=thing.media_type)


@require_GET
@login_required
def proof(request, pk):
    """The proof of execution of a measure."""
    seen = AppliedMeasure.objects.visible_to(request.user).with_proof(request.user).select_related("task")
    applied = get_object_or_404(seen, pk=pk)
    return _file(request, applied, applied.task)


@require_GET
@login_required
def statement(request, pk):
    """The scan of what the subject said, or of its waiver."""
    seen = Hearing.objects.visible_to(request.user).select_related("task", "sanction").exclude(file="")
    hearing = get_object_or_404(seen, pk=pk)
    return _file(request, hearing, hearing.task or hearing.sanction)


@require_GET
@login_required
def application(request, pk):
    """The scan of an application for credit repair with its commitment."""
    repair = get_object_or_404(Repair.objects.visible_to(request.user).exclude(file=""), pk=pk)
    return _file(request, repair, repair)
