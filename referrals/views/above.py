"""交办协查: the list of tasks from above and beside, one task, and every step on it."""

from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from cases.models import Case
from cases.querysets import may_hold_cases
from core.refusals import Refused
from deadlines.models import Deadline
from departments.models import Department, User
from documents.downloads import attachment, file_name
from documents.storage import fetch
from referrals import offers_above as offers
from referrals import reading, reading_above
from referrals import rules_above as rules
from referrals.actions.above_cases import link_case, state_case
from referrals.actions.above_closing import chase_task, close_task, redo_task
from referrals.actions.above_extensions import answer_extension
from referrals.actions.above_intake import (
    accept_task,
    add_task_file,
    assign_task,
    hand_back_task,
    register_task,
    withdraw_task,
)
from referrals.actions.above_raised import conclude_raised
from referrals.enums_above import TaskKind
from referrals.forms import ReasonForm, RemarkForm
from referrals.forms_above import (
    TaskAssignForm,
    TaskConcludeForm,
    TaskExtensionForm,
    TaskFileForm,
    TaskForm,
    TaskLinkForm,
    TaskRedoForm,
    TaskStateForm,
)
from referrals.models import Task, TaskCase, TaskExtension, TaskFile, TaskLetter
from referrals.rules import WORKERS
from referrals.views.steps import Step
from workspace.actions import use_form_key

PAGE = 50
LAMPS = {"r": gettext_lazy("Overdue"), "y": gettext_lazy("Nearly due"), "g": gettext_lazy("In time")}
TITLE = gettext_lazy("Tasks from above and beside")


@require_GET
@login_required
def tasks(request):
    """What bodies outside asked, by lamp, kind, state, department and words; newest first."""
    user = request.user
    if not may_hold_cases(user):
        raise PermissionDenied
    asked = request.GET
    kind = asked.get("kind") if asked.get("kind") in TaskKind.values else ""
    lamp = asked.get("lamp") if asked.get("lamp") in LAMPS else ""
    only_open, mine, words = asked.get("open", "1") == "1", asked.get("mine") == "1", asked.get("q", "").strip()[:60]
    rows = Task.objects.visible_to(user).for_list()
    if only_open:
        rows = rows.open()
    if mine:
        rows = rows.filter(handler=user)
    if kind:
        rows = rows.filter(kind=kind)
    if words:
        rows = rows.filter(Q(subject__icontains=words) | Q(number__icontains=words) | Q(body_name__icontains=words))
    if lamp:
        clocks = Deadline.objects.open().with_lamp(lamp, timezone.now())  # door: only as a filter on visible tasks
        rows = rows.filter(pk__in=clocks.filter(target_kind="task").values("target_id"))
    before = asked.get("before", "")
    if before.isdecimal():
        rows = rows.filter(pk__lt=int(before))
    found = list(rows.order_by("-pk")[: PAGE + 1])
    more, found = len(found) > PAGE, found[:PAGE]
    shown = reading_above.lamps(found)
    keep = {"kind": kind, "lamp": lamp, "open": "1" if only_open else "0", "mine": "1" if mine else "", "q": words}
    keep = {name: value for name, value in keep.items() if value}
    return render(
        request,
        "referrals/above_list.html",
        {
            "title": TITLE,
            "crumbs": [(TITLE, "")],
            "rows": [(task, *shown.get(task.pk, (None, None))) for task in found],
            "kinds": [(code, label, urlencode({**keep, "kind": code})) for code, label in TaskKind.choices],
            "lamps": [(code, label, urlencode({**keep, "lamp": code})) for code, label in LAMPS.items()],
            "kind": kind, "lamp": lamp, "only_open": only_open, "mine": mine, "words": words,
            "all_kinds": urlencode({name: value for name, value in keep.items() if name != "kind"}),
            "all_lamps": urlencode({name: value for name, value in keep.items() if name != "lamp"}),
            "open_query": urlencode({**keep, "open": "1"}),
            "every_query": urlencode({**keep, "open": "0"}),
            "mine_query": urlencode({**keep, "mine": "" if mine else "1"}),
            "may_register": rules.can_register(user),
            "page": {
                "has_previous": bool(before),
                "has_next": more,
                "first_query": urlencode(keep),
                "previous_query": urlencode(keep),
                "next_query": urlencode({**keep, "before": found[-1].pk}) if more else "",
            },
        },
    )  # fmt: skip


def bodies_for(user):
    """Departments outside the county that stand in the directory: the levels above."""
    return Department.objects.visible_to(user).active().exclude(region=user.region)


@require_http_methods(["GET", "POST"])
@login_required
def new(request):
    """A letter from a body outside is registered."""
    user = request.user
    if not rules.can_register(user):
        raise PermissionDenied
    at = timezone.now()
    initial = {"kind": TaskKind.ASSIGNED, "received_on": at.date()}
    form = TaskForm(request.POST or None, request.FILES or None, bodies=bodies_for(user), initial=initial)
    if request.method == "POST" and form.is_valid():
        given = {name: value for name, value in form.cleaned_data.items() if name != "form_key"}
        try:
            with transaction.atomic():
                use_form_key(user=user, key=form.cleaned_data["form_key"], at=at)
                task = register_task(by=user, at=at, **given)
        except Refused as refusal:
            form.refused(refusal)
        else:
            messages.success(request, _("Registered. Its clock runs from the day of receipt."))
            return redirect(task)
    used = Task.objects.visible_to(user).order_by("body_name").values_list("body_name", flat=True).distinct()
    context = {
        "title": _("Register a letter from above or beside"), "form": form, "label": _("Register"),
        "back_url": reverse("referrals:tasks"), "known": list(used[:200]),
    }  # fmt: skip
    return render(request, "referrals/above_form.html", context)


@require_GET
@login_required
def task(request, pk):
    """One task: what is asked, its cases and letters, the one next step, its clock and its history."""
    user = request.user
    found = Task.objects.visible_to(user).for_list().select_related(
        "registered_by", "assigned_by", "accepted_by", "reported_by", "closed_by", "withdrawn_by"
    )
    thing = get_object_or_404(found, pk=pk)
    links = list(thing.links.select_related("case", "case__owner", "task"))
    seen = set(Case.objects.visible_to(user).filter(task_links__task=thing).values_list("pk", flat=True))
    letters = list(TaskLetter.objects.visible_to(user).filter(task=thing).select_related("document", "drafted_by"))
    return render(
        request,
        "referrals/above.html",
        {
            "task": thing,
            "offers": offers.of_task(user, thing),
            "links": [(link, rules.can_state(user, link)) for link in links if link.case_id in seen],
            "hidden": sum(link.case_id not in seen for link in links),
            "letters": letters,
            "extensions": thing.extensions.select_related("asked_by"),
            "files": thing.files.select_related("by"),
            "chases": thing.chases.count(),
            "steps": reading_above.track(thing),
            "clocks": reading.clocks(thing),
            "days": reading_above.history(user, thing, *letters),
        },
    )


@require_GET
@login_required
def scan(request, pk):
    """A scan of the task, as it was taken in; its hash is verified on the way out."""
    file = get_object_or_404(TaskFile.objects.visible_to(request.user), pk=pk)
    suffix = "." + file.file.rsplit(".", 1)[-1]
    types = {".pdf": "application/pdf", ".jpg": "image/jpeg", ".png": "image/png"}
    name = file_name(file.name.rsplit(".", 1)[0], suffix=suffix)
    return attachment(fetch(file.file, file.sha256), name=name, content_type=types[suffix], inline=True)


class TaskStep(Step):
    model = Task

    def load(self, pk):
        return get_object_or_404(Task.objects.visible_to(self.request.user).for_list(), pk=pk)


class Assign(TaskStep):
    rule, verb = rules.can_assign, "task.assign"
    title, label, done = gettext_lazy("Assign the task"), gettext_lazy("Assign"), gettext_lazy("Assigned.")

    def form(self, thing, data=None, files=None):
        user = self.request.user
        if rules.may_choose_department(user, thing):
            departments = Department.objects.visible_to(user).fillable(thing.region)
        else:
            own = thing.department or user.department
            departments = Department.objects.visible_to(user).filter(pk=own.pk)
        people = User.objects.visible_to(user).filter(
            is_active=True, posts__department__in=departments, posts__role__in=WORKERS, posts__until=None
        )
        return TaskAssignForm(
            data, departments=departments, initial={"seen": thing.status, "department": thing.department_id},
            people=people.distinct().prefetch_related("posts__department").order_by("posts__department", "pk"),
        )  # fmt: skip

    def act(self, thing, form, at):
        given = form.cleaned_data
        return assign_task(
            task=thing, department=given["department"], person=given["person"], by=self.request.user, at=at
        )


class Accept(TaskStep):
    rule, verb, direct = rules.can_accept, "task.accept", True
    done = gettext_lazy("Accepted.")

    def act(self, thing, form, at):
        return accept_task(task=thing, by=self.request.user, at=at)


class HandBack(TaskStep):
    rule, verb, form_class = rules.can_hand_back, "task.hand_back", ReasonForm
    title, label = gettext_lazy("Hand the task back"), gettext_lazy("Hand back")
    done = gettext_lazy("Handed back: whoever registered it assigns it anew.")

    def act(self, thing, form, at):
        return hand_back_task(task=thing, reason=form.cleaned_data["reason"], by=self.request.user, at=at)

    def after(self, thing, result):
        return reverse("referrals:tasks")  # the task is out of sight now


class Link(TaskStep):
    rule, verb = rules.can_link, "task.link"
    title, label = gettext_lazy("Link a case to the task"), gettext_lazy("Link")
    done = gettext_lazy("Linked: the case's record says so.")

    def form(self, thing, data=None, files=None):
        cases = Case.objects.visible_to(self.request.user).filter(region=thing.region)
        cases = cases.exclude(task_links__task=thing).order_by("-opened_at", "-pk")
        return TaskLinkForm(data, cases=cases, initial={"seen": thing.status})

    def act(self, thing, form, at):
        return link_case(task=thing, case=form.cleaned_data["case"], by=self.request.user, at=at)


class AddFile(TaskStep):
    rule, verb, form_class = rules.can_add_file, "task.file", TaskFileForm
    title, label, done = gettext_lazy("Add a scan to the task"), gettext_lazy("Add"), gettext_lazy("Added.")

    def form(self, thing, data=None, files=None):
        return TaskFileForm(data, files, initial={"seen": thing.status})

    def act(self, thing, form, at):
        given = form.cleaned_data
        return add_task_file(task=thing, kind=given["kind"], upload=given["upload"], by=self.request.user, at=at)


class Chase(TaskStep):
    rule, verb, direct = rules.can_chase, "task.chase", True
    done = gettext_lazy("Chased. The person in charge and the leaders have been told.")

    def act(self, thing, form, at):
        return chase_task(task=thing, by=self.request.user, at=at)


class Close(TaskStep):
    rule, verb, form_class = rules.can_close, "task.close", RemarkForm
    template, title, label = "partials/confirm.html", gettext_lazy("Close the task"), gettext_lazy("Close it")
    effect = gettext_lazy("The task ends here. Its cases go on by themselves where they are not closed.")
    done = gettext_lazy("Closed.")

    def act(self, thing, form, at):
        return close_task(task=thing, remark=form.cleaned_data["remark"], by=self.request.user, at=at)


class Redo(TaskStep):
    rule, verb, form_class = rules.can_redo, "task.redo", TaskRedoForm
    title = label = gettext_lazy("To be reported again")
    done = gettext_lazy("The same person reports again by the new date.")

    def act(self, thing, form, at):
        given = form.cleaned_data
        return redo_task(task=thing, reason=given["reason"], due_on=given["due_on"], by=self.request.user, at=at)


class Withdraw(TaskStep):
    rule, verb, form_class = rules.can_withdraw, "task.withdraw", ReasonForm
    template, danger = "partials/confirm.html", True
    title = label = gettext_lazy("The task was withdrawn")
    effect = gettext_lazy("Its clock ends, on the record. Name the letter by which the body took it back.")
    done = gettext_lazy("Recorded as withdrawn.")

    def act(self, thing, form, at):
        return withdraw_task(task=thing, reason=form.cleaned_data["reason"], by=self.request.user, at=at)


class Conclude(TaskStep):
    rule, verb, form_class = rules.can_conclude, "task.conclude", TaskConcludeForm
    title, label = gettext_lazy("What became of the case taken up"), gettext_lazy("Record")
    done = gettext_lazy("Recorded: our handling and its clocks follow.")

    def act(self, thing, form, at):
        given = form.cleaned_data
        return conclude_raised(
            task=thing, given_back=given["given_back"] == "yes", reason=given["reason"], by=self.request.user, at=at
        )


class State(Step):
    """What became of one case of the task."""

    model, rule, verb, form_class = TaskCase, rules.can_state, "task.state", TaskStateForm
    title, label, done = gettext_lazy("State of the case"), gettext_lazy("Save"), gettext_lazy("Stated.")

    def load(self, pk):
        found = TaskCase.objects.visible_to(self.request.user).select_related("task", "case")
        return get_object_or_404(found, pk=pk, case__in=Case.objects.visible_to(self.request.user))

    def form(self, thing, data=None, files=None):
        return TaskStateForm(data, initial={"outcome": thing.outcome, "remark": thing.remark})

    def context(self, thing):
        return {"lead": f"{thing.case.number} {thing.case.title}"}

    def back_url(self, thing):
        return thing.task.get_absolute_url()

    def act(self, thing, form, at):
        given = form.cleaned_data
        return state_case(link=thing, outcome=given["outcome"], remark=given["remark"], by=self.request.user, at=at)


class AnswerExtension(Step):
    """The body's answer to the request for a later date."""

    model, rule, verb, form_class = (
        TaskExtension, rules.can_answer_extension, "task.extension", TaskExtensionForm,
    )  # fmt: skip
    title, label = gettext_lazy("Answer to the request for a later date"), gettext_lazy("Record")
    done = gettext_lazy("Recorded. The old date stays on the record.")

    def load(self, pk):
        return get_object_or_404(TaskExtension.objects.visible_to(self.request.user).select_related("task"), pk=pk)

    def form(self, thing, data=None, files=None):
        return TaskExtensionForm(data, files, initial={"seen": thing.status})

    def context(self, thing):
        said = {"number": thing.task.number, "old": thing.old_on, "new": thing.new_on}
        return {"lead": _("%(number)s: from %(old)s to %(new)s") % said}

    def back_url(self, thing):
        return thing.task.get_absolute_url()

    def act(self, thing, form, at):
        given = form.cleaned_data
        return answer_extension(
            extension=thing, agreed=given["agreed"] == "yes", answer_number=given["answer_number"],
            answer_on=given["answer_on"], scan=given["scan"], remark=given["remark"], by=self.request.user, at=at,
        )  # fmt: skip


