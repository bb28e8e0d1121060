"""交办协查: every step on a task, on one of its cases, and the body's answer to a request for a later date."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.models import Case
from departments.models import Department, User
from referrals import rules_above as rules
from referrals.actions.above_cases import link_case, state_case
from referrals.actions.above_closing import chase_task, close_task, redo_task
from referrals.actions.above_extensions import answer_extension
from referrals.actions.above_intake import (
    accept_task,
    add_task_file,
    assign_task,
    hand_back_task,
    withdraw_task,
)
from referrals.actions.above_raised import conclude_raised
from referrals.forms import ReasonForm, RemarkForm
from referrals.forms_above import (
    TaskAssignForm,
    TaskConcludeForm,
    TaskExtensionForm,
    TaskFileForm,
    TaskLinkForm,
    TaskRedoForm,
    TaskStateForm,
)
from referrals.models import Task, TaskCase, TaskExtension
from referrals.rules import WORKERS
from referrals.views.steps import Step


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
