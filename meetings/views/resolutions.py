"""The ledger of resolutions, one resolution, its steps and its evidence."""

from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from core.dates import local_date
from core.refusals import Refused
from core.tally import tally
from core.wording import today
from documents.downloads import attachment
from journal.actions import note_refusal
from meetings import choices, reading, rules, rules_resolutions
from meetings.actions import resolutions as actions
from meetings.actions.taking import take_file
from meetings.enums import ResolutionStatus
from meetings.forms import ReasonForm
from meetings.forms_resolutions import (
    ConfirmForm,
    PaperReplyForm,
    PaperReportForm,
    PressForm,
    ProgressForm,
    ReassignForm,
    ReplyForm,
    ReportDoneForm,
)
from meetings.models import Resolution, ResolutionStep
from meetings.views.steps import MeetingStep
from meetings.workbench import my_tasks
from meetings.workbench_on_paper import to_report

PAGE = 50
S = ResolutionStatus


def _tabs(user):
    seen = Resolution.objects.visible_to(user)
    return {
        "mine": seen.filter(Q(pk__in=my_tasks(user).values("pk")) | Q(pk__in=to_report(user).values("pk"))),
        "open": seen.unfinished(), "late": seen.unfinished().filter(due_on__lt=today()),
        "reported": seen.filter(status=S.REPORTED), "done": seen.filter(status=S.DONE),
        "withdrawn": seen.filter(status=S.WITHDRAWN),
    }  # fmt: skip


@require_GET
@login_required
def ledger(request):
    """Every resolution the reader may see, by state; the last days first."""
    user = request.user
    if not rules.can_list(user):
        raise PermissionDenied
    found = _tabs(user)
    tab = request.GET.get("tab", "open")
    tab = tab if tab in found else "open"
    after = request.GET.get("after", "")
    rows = found[tab].for_list().order_by("due_on", "pk")
    skip = int(after) if after.isdecimal() and len(after) < 7 else 0
    shown = list(rows[skip : skip + PAGE + 1])
    more, shown = len(shown) > PAGE, shown[:PAGE]
    words = {
        "mine": gettext("To be done by me"), "open": gettext("Unfinished"), "late": gettext("Late"),
        "reported": gettext("Reported as done"), "done": gettext("Done"), "withdrawn": gettext("Withdrawn"),
    }  # fmt: skip
    counts = tally(found.values())
    before = max(0, skip - PAGE)
    context = {
        "title": gettext("Resolutions"), "crumbs": [(gettext("Joint meetings"), reverse("meetings:list")),
                                                   (gettext("Resolutions"), "")],
        "tab": tab, "tabs": [(code, words[code], n) for code, n in zip(found, counts, strict=True)],
        "rows": [(task, lamp) for task, lamp in zip(shown, reading.task_lamps(shown), strict=True)],
        "page": {
            "has_previous": skip > 0, "has_next": more, "first_query": urlencode({"tab": tab}),
            "previous_query": urlencode({"tab": tab, "after": before}),
            "next_query": urlencode({"tab": tab, "after": skip + PAGE}),
        },
    }  # fmt: skip
    return render(request, "meetings/ledger.html", context)


def _found(user):
    found = Resolution.objects.visible_to(user)
    return found.select_related(
        "department", "person", "meeting", "item", "deployment", "office", "withdrawn_in"
    )


@require_GET
@login_required
def resolution_page(request, pk):
    """One resolution: who, until when, how far, what the office said."""
    user = request.user
    task = get_object_or_404(_found(user), pk=pk)
    table = (
        (rules_resolutions.can_reply, _("Answer the supervision"), "reply_supervision", False),
        (rules_resolutions.can_report, _("Report as done"), "report_done", False),
        (rules_resolutions.can_confirm, _("Confirm"), "confirm_done", False),
        (rules_resolutions.can_press, _("Supervise"), "press", False),
        (rules_resolutions.can_add_progress, _("Add progress"), "progress", False),
        (rules_resolutions.can_reassign, _("Name another person"), "reassign_task", False),
        (rules_resolutions.can_send_back, _("Send back"), "task_back", True),
    )
    offers = [
        found
        for rule, label, step, danger in table
        for found in reading.offer(rule, user, task, label, step, danger=danger)
    ]
    return render(
        request,
        "meetings/resolution.html",
        {
            "task": task, "offers": offers, "lamp": reading.task_lamps([task])[0], "clocks": reading.clocks(task),
            "steps": task.steps.select_related("by", "document"), "days": reading.story(task, user),
        },
    )  # fmt: skip


class TaskStep(MeetingStep):
    model = Resolution

    def found(self):
        return _found(self.request.user)


class Progress(TaskStep):
    rule, verb, form_class = rules_resolutions.can_add_progress, "meeting.task_progress", ProgressForm
    title = label = _("Add progress")
    done = _("Written down.")

    def act(self, thing, form, at):
        given = {"text": form.cleaned_data["text"], "upload": form.cleaned_data["upload"]}
        actions.add_progress(task=thing, by=self.request.user, at=at, **given)


class WrittenStep(TaskStep):
    """Said here, or entered from the paper of a department without an account (`paper_form`)."""

    def form(self, thing, data=None, files=None):
        if not thing.department.has_account:
            self.form_class = self.paper_form
        return super().form(thing, data, files)

    def given(self, form):
        names = ("text", "upload", "on", "number")
        return {name: form.cleaned_data[name] for name in names if name in form.fields}


class ReportDone(WrittenStep):
    rule, verb, form_class = rules_resolutions.can_report, "meeting.task_reported", ReportDoneForm
    paper_form = PaperReportForm
    title = label = _("Report as done")
    done = _("Reported: the office confirms it or sends it back.")

    def act(self, thing, form, at):
        actions.report_done(task=thing, by=self.request.user, at=at, **self.given(form))


class Reply(WrittenStep):
    rule, verb, form_class = rules_resolutions.can_reply, "meeting.task_answered", ReplyForm
    paper_form = PaperReplyForm
    title = label = _("Answer the supervision")
    done = _("The answer is on the record; the office was told.")

    def act(self, thing, form, at):
        actions.reply_to_supervision(task=thing, by=self.request.user, at=at, **self.given(form))


class ConfirmDone(TaskStep):
    rule, verb, form_class = rules_resolutions.can_confirm, "meeting.task_done", ConfirmForm
    title = label = _("Confirm that it is done")
    done = _("Confirmed: it comes on no agenda any more.")

    def act(self, thing, form, at):
        actions.confirm_done(task=thing, text=form.cleaned_data["text"], by=self.request.user, at=at)


class SendBack(TaskStep):
    rule, verb, form_class, danger = (
        rules_resolutions.can_send_back,
        "meeting.task_sent_back",
        ReasonForm,
        True,
    )
    title = label = _("Send back: not done yet")
    done = _("Sent back.")

    def act(self, thing, form, at):
        actions.send_back(task=thing, reason=form.cleaned_data["reason"], by=self.request.user, at=at)


class Reassign(TaskStep):
    rule, verb, form_class = rules_resolutions.can_reassign, "meeting.task_reassigned", ReassignForm
    title = label = _("Name another person")
    done = _("Named.")

    def keywords(self, thing):
        people = choices.people(thing.department, local_date(timezone.now())).exclude(pk=thing.person_id)
        return {"people": people, "on_paper": not thing.department.has_account}

    def act(self, thing, form, at):
        given = {name: form.cleaned_data.get(name) for name in ("person", "reason")}
        given["name"] = form.cleaned_data.get("name", "")
        actions.reassign(task=thing, by=self.request.user, at=at, **given)


class Press(TaskStep):
    rule, verb, form_class = rules_resolutions.can_press, "meeting.task_pressed", PressForm
    title = label = _("Supervise")
    done = _("The letter of supervision is numbered; the person and the leaders were told.")

    def act(self, thing, form, at):
        given = {name: form.cleaned_data[name] for name in ("demand", "reply_on")}
        actions.press(task=thing, by=self.request.user, at=at, **given)


STEPS = {
    "progress": Progress, "reply_supervision": Reply, "report_done": ReportDone, "confirm_done": ConfirmDone,
    "task_back": SendBack, "reassign_task": Reassign, "press": Press,
}  # fmt: skip


@require_GET
@login_required
def evidence(request, pk):
    """A file somebody handed in with a step."""
    found = ResolutionStep.objects.visible_to(request.user).select_related("resolution").exclude(file="")
    step, at = get_object_or_404(found, pk=pk), timezone.now()
    try:
        data = take_file(row=step, of=step.resolution, by=request.user, at=at)
    except Refused as refusal:
        note_refusal(
            user=request.user,
            verb="meeting.task_progress",
            target=step.resolution,
            sentence=refusal,
            at=at,
        )
        messages.error(request, str(refusal))
        return redirect(step.resolution.get_absolute_url())
    return attachment(data, name=step.name, content_type=step.media_type)
