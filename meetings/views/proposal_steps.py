"""The steps of a proposal: consulted on, adopted, signed for issue, deployed, or given up."""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.dates import local_date
from core.wording import today
from deadlines.calendar import Calendar
from departments.models import Department
from meetings import choices
from meetings import rules_proposals as rules
from meetings.actions import bringing, deployments
from meetings.actions import proposals as actions
from meetings.actions.paper_opinions import enter_opinion, on_paper
from meetings.forms import ReasonForm, doer
from meetings.forms_proposals import (
    BringForm,
    ConsultForm,
    EditProposalForm,
    OpinionForm,
    PaperOpinionForm,
    TaskForm,
    WithdrawalForm,
)
from meetings.models import Meeting, Proposal, Resolution
from meetings.views.proposals import found
from meetings.views.steps import MeetingStep
from workspace.steps import StepForm

# offered, not prescribed: the working days a department has, and the days a task has
ASKED_DAYS, TASK_DAYS = 5, dt.timedelta(days=30)


class ProposalStep(MeetingStep):
    model = Proposal

    def found(self):
        return found(self.request.user)


class Edit(ProposalStep):
    rule, verb, form_class = rules.can_edit, "meeting.proposal_edited", EditProposalForm
    title = label = _("Edit the proposal")
    done = _("Changed.")

    def initial(self, thing):
        return {
            **{name: getattr(thing, name) for name in actions.WORDS},
            "expected_version": thing.version,
        }

    def act(self, thing, form, at):
        given = {name: form.cleaned_data[name] for name in (*actions.WORDS, "expected_version")}
        actions.edit_proposal(proposal=thing, by=self.request.user, at=at, **given)


class Consult(ProposalStep):
    rule, verb, form_class = rules.can_consult, "meeting.proposal_consulted", ConsultForm
    title = label = _("Consult the departments")
    done = _("Sent to every member for its opinion.")

    def initial(self, thing):
        return {"until": Calendar.current().add_working_days(today(), ASKED_DAYS)}

    def act(self, thing, form, at):
        actions.consult(proposal=thing, until=form.cleaned_data["until"], by=self.request.user, at=at)


class GiveOpinion(ProposalStep):
    rule, verb, form_class = rules.can_give_opinion, "meeting.opinion_given", OpinionForm
    template = "meetings/opinion.html"
    title = label = _("Give an opinion")
    done = _("Your department's opinion is on the record.")

    def act(self, thing, form, at):
        given = {name: form.cleaned_data[name] for name in ("kind", "words")}
        user = self.request.user
        actions.give_opinion(proposal=thing, department=user.department, by=user, at=at, **given)


class EnterOpinion(ProposalStep):
    rule, verb, form_class = rules.can_enter_opinion, "meeting.opinion_entered", PaperOpinionForm
    template = "meetings/opinion.html"
    title = label = _("Enter a written reply")
    done = _("The reply is on the record with its scan.")

    def keywords(self, thing):
        asked = [each.pk for each in on_paper(thing)]
        return {"departments": Department.objects.filter(pk__in=asked)}  # door: members of the proposal's region

    def act(self, thing, form, at):
        given = {name: form.cleaned_data[name] for name in ("department", "kind", "words", "on", "scan")}
        enter_opinion(proposal=thing, by=self.request.user, at=at, **given)


class Revise(ProposalStep):
    rule, verb, form_class = rules.can_revise, "meeting.proposal_revised", ReasonForm
    title = label = _("Revise the proposal")
    done = _("It is a draft again.")

    def act(self, thing, form, at):
        actions.revise(proposal=thing, reason=form.cleaned_data["reason"], by=self.request.user, at=at)


class Confirm(ProposalStep):
    """A final act that is asked once more."""

    template, form_class = "partials/confirm.html", StepForm


class Adopt(Confirm):
    rule, verb = rules.can_adopt, "meeting.proposal_adopted"
    title = label = _("Adopt by circulation")
    effect = _("Every member has answered and none objects: it is adopted without a meeting.")
    done = _("Adopted.")

    def act(self, thing, form, at):
        actions.adopt_by_circulation(proposal=thing, by=self.request.user, at=at)


class Bring(ProposalStep):
    rule, verb, form_class = rules.can_bring, "meeting.proposal_brought", BringForm
    title = label = _("Bring before a meeting")
    done = _("It stands on the agenda of the meeting.")

    def keywords(self, thing):
        return {"meetings": Meeting.objects.visible_to(self.request.user).open().order_by("-pk")}

    def act(self, thing, form, at):
        meeting = form.cleaned_data["meeting"]
        bringing.bring_before(proposal=thing, meeting=meeting, by=self.request.user, at=at)


class BringWithdrawal(Bring):
    rule, verb, form_class = rules.can_bring_withdrawal, "meeting.proposal_brought", WithdrawalForm
    title = label = _("Have a meeting withdraw it")

    def act(self, thing, form, at):
        given = {name: form.cleaned_data[name] for name in ("meeting", "reason")}
        bringing.bring_withdrawal(proposal=thing, by=self.request.user, at=at, **given)


class AddTask(ProposalStep):
    rule, verb, form_class = rules.can_add_task, "meeting.task_added", TaskForm
    title = label = _("Add a task")
    done = _("Added: it begins with the deployment.")

    def keywords(self, thing):
        posts = choices.posts_in(thing.region, local_date(timezone.now()))
        return {"posts": posts, "bodies": choices.bodies_in(thing.region)}

    def initial(self, thing):
        return {"due_on": Calendar.current().next_working_day(today() + TASK_DAYS)}

    def back_url(self, thing):
        return f"{thing.get_absolute_url()}?tab=tasks"

    def act(self, thing, form, at):
        department, person, name = doer(form.cleaned_data, post="person")
        deployments.add_task(
            proposal=thing, text=form.cleaned_data["text"], department=department, person=person, name=name,
            due_on=form.cleaned_data["due_on"], by=self.request.user, at=at,
        )  # fmt: skip


class SignDeployment(Confirm):
    rule, verb = rules.can_sign, "meeting.deployment_signed"
    title = label = _("Sign the deployment")
    effect = _("The office then numbers the notice, and every task begins with its clock.")
    done = _("Signed: the office deploys it.")

    def act(self, thing, form, at):
        deployments.sign_deployment(proposal=thing, by=self.request.user, at=at)


class ReturnDeployment(ProposalStep):
    rule, verb, form_class = rules.can_return, "meeting.deployment_returned", ReasonForm
    title = label = _("Send the deployment back")
    danger = True
    done = _("Sent back: the office mends it and submits it anew.")

    def act(self, thing, form, at):
        reason = form.cleaned_data["reason"]
        deployments.return_deployment(proposal=thing, reason=reason, by=self.request.user, at=at)


class SubmitDeployment(Confirm):
    rule, verb = rules.can_submit, "meeting.deployment_submitted"
    title = label = _("Submit the deployment anew")
    effect = _("It waits to be signed for issue again.")
    done = _("Submitted.")

    def act(self, thing, form, at):
        deployments.submit_anew(proposal=thing, by=self.request.user, at=at)


class Deploy(Confirm):
    rule, verb = rules.can_deploy, "meeting.deployed"
    title = label = _("Deploy")
    effect = _("The notice is numbered, and every task begins with its clock.")
    done = _("Deployed: every task is with its person.")

    def act(self, thing, form, at):
        deployments.deploy(proposal=thing, by=self.request.user, at=at)


class Withdraw(ProposalStep):
    rule, verb, form_class = rules.can_withdraw, "meeting.proposal_withdrawn", ReasonForm
    title = label = _("Withdraw the proposal")
    danger = True
    done = _("Withdrawn.")

    def act(self, thing, form, at):
        actions.withdraw_proposal(
            proposal=thing, reason=form.cleaned_data["reason"], by=self.request.user, at=at
        )


class DropTask(MeetingStep):
    model, rule, verb, direct = Resolution, rules.can_drop_task, "meeting.task_dropped", True
    done = _("Taken out of the deployment.")

    def found(self):
        seen = Resolution.objects.visible_to(self.request.user)
        return seen.select_related("deployment__office", "deployment__region", "office")

    def back_url(self, thing):
        back = thing.deployment or thing
        return f"{back.get_absolute_url()}?tab=tasks"

    def act(self, thing, form, at):
        deployments.drop_task(task=thing, by=self.request.user, at=at)


STEPS = {
    "edit_proposal": Edit, "consult": Consult, "opinion": GiveOpinion, "revise": Revise, "adopt": Adopt, "bring": Bring,
    "add_task": AddTask, "sign_deployment": SignDeployment, "deploy": Deploy, "withdraw_proposal": Withdraw,
    "enter_opinion": EnterOpinion, "bring_withdrawal": BringWithdrawal, "return_deployment": ReturnDeployment,
    "submit_deployment": SubmitDeployment,
}  # fmt: skip
