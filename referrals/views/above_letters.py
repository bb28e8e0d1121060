"""Letters to the body of a task, and leads registered from it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from cases import stash
from cases.actions.subjects import subject_for_lead
from cases.models import Evidence
from core.refusals import BadInput, Refused
from documents.preview import preview_page
from referrals import contexts_above as contexts
from referrals import letters_above, offers, reading, reading_above, rules
from referrals import rules_above as task_rules
from referrals.actions.above_cases import open_case
from referrals.actions.above_letters import (
    draft_task_letter,
    edit_task_letter,
    send_task_letter,
    submit_task_letter,
)
from referrals.enums_above import Purpose
from referrals.forms_above import TaskCaseForm, TaskLetterEditForm, TaskLetterForm
from referrals.models import Task, TaskLetter
from referrals.views import papers
from workspace.actions import use_form_key

_TITLES = {
    Purpose.REPORT: "关于{subject}办理情况的报告",
    Purpose.DELAY: "关于申请延期报告{subject}的函",
    Purpose.HANDOVER: "关于移交{subject}案件的函",
}


def proposed_title(task, purpose):
    """关于…的通知 is answered 关于…办理情况的报告; another place gets a 复函."""
    subject = task.subject.removeprefix("关于")
    subject = subject.removesuffix("的函").removesuffix("的通知").removesuffix("的交办函")
    title = _TITLES[purpose].format(subject=subject)[:100]
    return title.removesuffix("报告") + "复函" if purpose == Purpose.REPORT and task.kind == "assist" else title


def _task(request, pk, rule):
    task = get_object_or_404(Task.objects.visible_to(request.user).for_list(), pk=pk)
    if not rule(request.user, task):
        raise PermissionDenied
    return task


def _files(task):
    return Evidence.objects.filter(case__task_links__task=task, voided_at=None)  # door: of the task's cases


@require_http_methods(["GET", "POST"])
@login_required
def answer(request, pk):
    """Draft the letter that answers a task."""
    task = _task(request, pk, task_rules.can_answer)
    return _draft(request, task, task.answer_purpose)


@require_http_methods(["GET", "POST"])
@login_required
def delay(request, pk):
    """Draft the request for a later date."""
    return _draft(request, _task(request, pk, task_rules.can_ask_delay), Purpose.DELAY)


def _draft(request, task, purpose):
    initial = {"title": proposed_title(task, purpose)}
    form = TaskLetterForm(request.POST or None, purpose=purpose, files=_files(task), initial=initial)
    if request.method == "POST" and form.is_valid():
        at = timezone.now()
        try:
            with transaction.atomic():
                use_form_key(user=request.user, key=form.cleaned_data["form_key"], at=at)
                letter = draft_task_letter(task=task, purpose=purpose, by=request.user, at=at, **form.values())
        except Refused as refusal:
            form.refused(refusal)
        else:
            messages.success(request, _("The draft was saved."))
            return redirect(letter)
    return _page(request, purpose.label, task, form, task.get_absolute_url())


def _page(request, title, task, form, back_url):
    context = {"title": title, "lead": str(task), "form": form, "label": _("Save the draft"), "back_url": back_url}
    return render(request, "referrals/form.html", context)


def _letter(request, pk):
    found = TaskLetter.objects.visible_to(request.user).select_related("task", "department", "drafted_by", "document")
    return get_object_or_404(found, pk=pk)


@require_GET
@login_required
def detail(request, pk):
    """A letter to the body with its track and the one next step."""
    letter = _letter(request, pk)
    return render(
        request,
        "referrals/above_letter.html",
        {
            "letter": letter,
            "task": letter.task,
            "manifest": letter.manifest.all(),
            "steps": reading.paper_track(letter, request.user),
            "offers": offers.of_paper(request.user, letter),
            "clocks": reading.clocks(letter.task),
            "days": reading_above.history(request.user, letter),
        },
    )


@require_GET
@login_required
def preview(request, pk):
    """How the letter will look."""
    letter = _letter(request, pk)
    build = letters_above.BUILDERS[letter.kind.value]
    return preview_page(
        request,
        paper=build(contexts.letter_context(letter, at=timezone.now())),
        heading=_("Draft, not numbered"),
        back_url=letter.get_absolute_url(),
    )


def _of_draft(letter):
    """What the form of a draft shows."""
    found = {name: getattr(letter, name) for name in ("title", "text", "new_on", "effect")}
    return found | {"manifest": [item.evidence_id for item in letter.manifest.all()]}


@require_http_methods(["GET", "POST"])
@login_required
def edit(request, pk):
    """A draft opened again; an older version is refused."""
    letter = _letter(request, pk)
    if not rules.can_edit(request.user, letter):
        raise PermissionDenied
    form = TaskLetterEditForm(
        request.POST or None, purpose=letter.purpose, files=_files(letter.task), instance=letter,
        initial=_of_draft(letter), now=_of_draft,
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        at, version = timezone.now(), form.cleaned_data["expected_version"]
        try:
            with transaction.atomic():
                use_form_key(user=request.user, key=form.cleaned_data["form_key"], at=at)
                edit_task_letter(letter=letter, version=version, by=request.user, at=at, **form.values())
        except Refused as refusal:
            form.refused(refusal)
        else:
            messages.success(request, _("The draft was saved."))
            return redirect(letter)
    return _page(request, letter.get_purpose_display(), letter.task, form, letter.get_absolute_url())


class Submit(papers.Submit):
    def act(self, thing, form, at):
        return submit_task_letter(letter=thing, by=self.request.user, at=at)


class Send(papers.Send):
    effect = gettext_lazy(
        "The letter is numbered and can no longer be changed. A report meets the clock of the task; a hand-over "
        "suspends or ends our own handling. Print and seal it, then add the scan of the sealed copy."
    )

    def form(self, thing, data=None, files=None):
        form = self.form_class(data, files, initial={"seen": thing.status})
        if thing.purpose == Purpose.DELAY or not reading_above.is_late(thing.task):
            del form.fields["late_reason"]
        return form

    def act(self, thing, form, at):
        reason = form.cleaned_data.get("late_reason", "")
        return send_task_letter(letter=thing, late_reason=reason, by=self.request.user, at=at)

    def after(self, thing, result):
        return thing.task.get_absolute_url()


STEPS = {
    "submit": Submit,
    "review": papers.Review,
    "approve": papers.Approve,
    "send_back": papers.SendBack,
    "discard": papers.Discard,
    "send": Send,
}


@require_http_methods(["GET", "POST"])
@login_required
def new_case(request, pk):
    """Register a lead from a task; its source, number and day of receipt are the task's."""
    user = request.user
    task = _task(request, pk, task_rules.can_open_case)
    form = TaskCaseForm(request.POST or None, request.FILES or None, user=user, initial={"summary": task.request})
    if request.method == "POST" and form.is_valid():
        kept, wrong = stash.keep(request.FILES.getlist("files"))
        for sentence in wrong:
            form.add_error("files", sentence)
        if not wrong and (case := _open(request, task, form, kept)) is not None:
            messages.success(request, _("Registered."))
            return redirect("cases:detail", case.pk)
    context = {
        "title": _("Register a lead from the task"), "lead": str(task), "form": form, "label": _("Register"),
        "back_url": reverse("referrals:task", args=[task.pk]),
    }  # fmt: skip
    return render(request, "partials/form_page.html", context)


def _open(request, task, form, kept):
    """The new case, or None where it was refused (the form says why)."""
    at, given = timezone.now(), form.cleaned_data
    names = ("summary", "title", "duplicates_known")
    try:
        with transaction.atomic():
            use_form_key(user=request.user, key=given["form_key"], at=at)
            subjects, new = list(given["subjects"]), form.new_subject()
            if new is not None:
                subjects.append(_add(request.user, new, at))
            return open_case(
                task=task, subjects=subjects, categories=list(given["categories"]), suspected=given["suspected"] or 0,
                files=stash.take(kept), by=request.user, at=at, **{name: given[name] for name in names},
            )  # fmt: skip
    except Refused as refusal:
        form.refused(refusal)
        return None



def _add(user, new, at):
    try:
        return subject_for_lead(region=user.region, by=user, at=at, **new)
    except BadInput as refusal:
        raise BadInput(str(refusal), field=f"new_{refusal.field}") from None
