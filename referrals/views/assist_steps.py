"""Requests to another place step by step: on their way out of the house, and what became of them outside."""

from django.utils.translation import gettext_lazy, pgettext_lazy

from referrals import rules_assist as rules
from referrals.actions.assist_letters import (
    close_assist,
    record_answer,
    record_delivery,
    send_assist,
    withdraw_assist,
)
from referrals.forms import ReasonForm, RemarkForm, StepForm
from referrals.forms_assist import (
    AssistAnswerForm,
    AssistDeliveryForm,
)
from referrals.models import AssistLetter
from referrals.views import papers
from referrals.views.assist import letter_of
from referrals.views.steps import Step


class Send(papers.Send):
    effect = gettext_lazy(
        "The letter is numbered and can no longer be changed. Print and seal it, send it, and record its delivery: "
        "the fifteen days for the answer run from then."
    )

    def form(self, thing, data=None, files=None):
        return StepForm(data, initial={"seen": thing.status})

    def act(self, thing, form, at):
        return send_assist(letter=thing, by=self.request.user, at=at)

    def after(self, thing, result):
        return thing.get_absolute_url()


PAPER_STEPS = {
    "submit": papers.Submit,
    "review": papers.Review,
    "approve": papers.Approve,
    "send_back": papers.SendBack,
    "discard": papers.Discard,
    "send": Send,
}


class AssistStep(Step):
    model = AssistLetter

    def load(self, pk):
        return letter_of(self.request, pk)


class Deliver(AssistStep):
    rule, verb = rules.can_record_delivery, "assist.deliver"
    title, label = gettext_lazy("Prove that the letter was delivered"), gettext_lazy("Record the delivery")
    done = gettext_lazy("Recorded: the fifteen days for the answer run.")

    def form(self, thing, data=None, files=None):
        return AssistDeliveryForm(data, files, initial={"seen": thing.status})

    def act(self, thing, form, at):
        given = {name: form.cleaned_data[name] for name in ("delivered_on", "how", "upload")}
        return record_delivery(letter=thing, by=self.request.user, at=at, **given)


class Answer(AssistStep):
    rule, verb = rules.can_record_answer, "assist.answer"
    title, label = gettext_lazy("Answer of the other place"), gettext_lazy("Record the answer")
    done = gettext_lazy("Recorded.")

    def form(self, thing, data=None, files=None):
        return AssistAnswerForm(data, files, initial={"seen": thing.status})

    def act(self, thing, form, at):
        given = {name: form.cleaned_data[name] for name in ("answer_number", "answer_on", "text", "upload")}
        return record_answer(letter=thing, by=self.request.user, at=at, **given)


class Close(AssistStep):
    rule, verb, form_class = rules.can_close, "assist.close", RemarkForm
    template, title, label = "partials/confirm.html", gettext_lazy("Close the request"), gettext_lazy("Close")
    effect, done = gettext_lazy("What was answered stays in the case."), gettext_lazy("Closed.")

    def act(self, thing, form, at):
        return close_assist(letter=thing, remark=form.cleaned_data["remark"], by=self.request.user, at=at)


class Withdraw(AssistStep):
    rule, verb, form_class = rules.can_withdraw, "assist.withdraw", ReasonForm
    template, danger = "partials/confirm.html", True
    title, label = gettext_lazy("Withdraw the request"), pgettext_lazy("letter", "Withdraw")
    effect = gettext_lazy("Its clock stops and the letter is declared void. Its number stays used.")
    done = gettext_lazy("Withdrawn.")

    def act(self, thing, form, at):
        return withdraw_assist(letter=thing, reason=form.cleaned_data["reason"], by=self.request.user, at=at)


STEPS = {"deliver": Deliver, "answer": Answer, "close": Close, "withdraw": Withdraw}
