"""Every step on a sanction, hearing, task, measure, entry and repair: said once, taken by the pages and the API alike.

`act(thing, given, by, at)` calls one action; given: the form's cleaned values.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.dates import local_date
from departments.models import User
from sanctions import choices, rules, rules_lists, rules_second
from sanctions import forms as f
from sanctions import forms_lists as fl
from sanctions.actions import determining, hearing, lists, measures, proposing, repairs, standing, weights
from sanctions.models import AppliedMeasure, Hearing, ListEntry, MeasureTask, Repair, Sanction
from workspace.steps import StepForm


@dataclass(frozen=True)
class Spec:
    """One step. label: its button; title: of its page; effect: what it says before one confirms without a form."""

    name: str
    model: Any
    rule: Callable[[User, Any], bool]
    act: Callable[[Any, dict[str, Any], User, dt.datetime], Any]
    verb: str
    label: Any
    done: Any
    form: type[forms.Form] = StepForm
    effect: Any = ""
    danger: bool = False
    keywords: Callable[[User, Any], dict[str, Any]] = lambda user, thing: {}
    initial: Callable[[Any], dict[str, Any]] = lambda thing: {}

    signs: bool = False  # decides, by a form, what the page showed
    second: Callable[[User, Any], bool] = rules_second.anybody  # whether the button is shown: another hand has to do it

    @property
    def versioned(self) -> bool:
        """Who signs, with a form or without, signs what the page showed."""
        return self.signs or self.form is StepForm


def _today(thing: Any) -> dt.date:
    return local_date(timezone.now())


def _people(user: User, task: MeasureTask) -> dict[str, Any]:
    home = task.department if task.department.has_account else task.sanction.authority
    return {"people": choices.people(home, _today(task))}


def _term(applied: AppliedMeasure) -> dict[str, Any]:
    return {
        "decision_number": applied.decision_number, "since": applied.since, "amount": applied.amount, "unit": applied.unit,
        "until": None if applied.amount else applied.until,
    }  # fmt: skip


SANCTION = (
    Spec(
        "review", Sanction, rules.can_review,
        lambda thing, given, by, at: proposing.review_proposal(sanction=thing, by=by, at=at),
        "sanction.reviewed", _("Review and submit"), _("Reviewed: the proposal is with the authority."),
        effect=_("The proposal is numbered and goes to the medical-insurance department, which hears the subject."),
        second=rules_second.not_proposer,
    ),
    Spec(
        "draft_notice", Sanction, rules.can_draft_notice,
        lambda thing, given, by, at: hearing.draft_notice(sanction=thing, by=by, at=at, **given),
        "sanction.notice_drafted", _("Write the notice"), _("Written: another person signs it."), f.NoticeForm,
    ),
    Spec(
        "determine", Sanction, rules.can_determine,
        lambda thing, given, by, at: determining.determine(sanction=thing, by=by, at=at, **given),
        "sanction.determined", _("Determine the breach of trust"), _("Determined: it goes to the departments at once."),
        f.DetermineForm, signs=True, second=rules_second.determines,
    ),
    Spec(
        "resume", Sanction, rules.can_resume,
        lambda thing, given, by, at: standing.resume_sanction(sanction=thing, by=by, at=at, **given),
        "sanction.resumed", _("Let it count again"), _("It counts again, and the departments were told."), f.FallForm,
        second=rules_second.not_determiner,
    ),
    Spec(
        "send_back", Sanction, rules.can_review,
        lambda thing, given, by, at: proposing.send_back(sanction=thing, by=by, at=at, **given),
        "sanction.sent_back", _("Send back"), _("Sent back to who proposed it."), f.ReasonForm,
        second=rules_second.not_proposer,
    ),
    Spec(
        "not_determine", Sanction, rules.can_determine,
        lambda thing, given, by, at: determining.not_determine(sanction=thing, by=by, at=at, **given),
        "sanction.not_determined", _("Do not determine"), _("No breach of trust is determined."), f.ReasonForm, danger=True,
        second=rules_second.determines,
    ),
    Spec(
        "suspend", Sanction, rules.can_suspend,
        lambda thing, given, by, at: standing.suspend_sanction(sanction=thing, by=by, at=at, **given),
        "sanction.suspended", _("Suspend"), _("Suspended: nothing that hangs on it counts for the time being."),
        f.FallForm, danger=True, second=rules_second.not_determiner,
    ),
    Spec(
        "annul", Sanction, rules.can_annul,
        lambda thing, given, by, at: standing.annul_sanction(sanction=thing, by=by, at=at, **given),
        "sanction.annulled", _("Let it fall"), _("It fell: what hung on it is lifted, and the departments were told."),
        f.EndForm, danger=True, signs=True, second=rules_second.annuls,
    ),
    Spec(
        "withdraw", Sanction, rules.can_withdraw,
        lambda thing, given, by, at: proposing.withdraw_sanction(sanction=thing, by=by, at=at, **given),
        "sanction.withdrawn", pgettext_lazy("sanction", "Withdraw"), _("Withdrawn."), f.ReasonForm, danger=True,
    ),
)  # fmt: skip

HEARING = (
    Spec(
        "sign_notice", Hearing, rules.can_sign_notice,
        lambda thing, given, by, at: hearing.sign_notice(hearing=thing, by=by, at=at),
        "sanction.notice_signed", _("Sign the notice"), _("Signed and numbered: serve it."),
        effect=_("The notice is numbered as it is written."), second=rules_second.signs_notice,
    ),
    Spec(
        "serve_notice", Hearing, rules.can_serve_notice,
        lambda thing, given, by, at: hearing.serve_notice(hearing=thing, by=by, at=at, **given),
        "sanction.notice_served", _("Record the service"), _("From that day the subject may speak."), f.ServeForm,
        initial=lambda thing: {"served_on": _today(thing)},
    ),
    Spec(
        "record_statement", Hearing, rules.can_record_statement,
        lambda thing, given, by, at: hearing.record_statement(hearing=thing, by=by, at=at, **given),
        "sanction.statement_recorded", _("Record what was said"), _("Recorded: answer it."), f.StatementForm,
    ),
    Spec(
        "answer_statement", Hearing, rules.can_answer_statement,
        lambda thing, given, by, at: hearing.answer_statement(hearing=thing, by=by, at=at, **given),
        "sanction.statement_answered", _("Answer"), _("The subject is heard."), f.AnswerForm,
    ),
    Spec(
        "discard_notice", Hearing, rules.can_discard_notice,
        lambda thing, given, by, at: hearing.discard_notice(hearing=thing, by=by, at=at, **given),
        "sanction.notice_discarded", _("Give the notice up"), _("Given up: write another one."), f.ReasonForm, danger=True,
    ),
)  # fmt: skip

TASK = (
    Spec(
        "acknowledge", MeasureTask, rules.can_acknowledge,
        lambda thing, given, by, at: measures.acknowledge(task=thing, by=by, at=at, **given),
        "sanction.task_acknowledged", _("Take it in"), _("Taken in: draft your measures."), f.AcknowledgeForm,
        keywords=_people,
    ),
    Spec(
        "decide", MeasureTask, rules.can_decide,
        lambda thing, given, by, at: measures.decide_measures(task=thing, by=by, at=at, **given),
        "sanction.measures_decided", _("Decide the measures"), _("Decided: execute each one with its proof."), f.DecideForm,
        signs=True, second=rules_second.decides,
    ),
    Spec(
        "draft_own_notice", MeasureTask, rules.can_draft_own_notice,
        lambda thing, given, by, at: hearing.draft_notice(sanction=thing.sanction, task=thing, by=by, at=at, **given),
        "sanction.notice_drafted", _("Write the notice"), _("Written: another person signs it."), f.NoticeForm,
    ),
    Spec(
        "add_measure", MeasureTask, rules.can_draft,
        lambda thing, given, by, at: measures.add_measure(task=thing, by=by, at=at, **given),
        "sanction.measure_drafted", _("Add a measure"), _("Added to the draft."), f.MeasureForm,
        keywords=lambda user, thing: choices.for_measure(thing),
    ),
    Spec(
        "feed_back", MeasureTask, rules.can_feed_back,
        lambda thing, given, by, at: measures.feed_back(task=thing, by=by, at=at, **given),
        "sanction.task_fed_back", _("Feed back"), _("Fed back to the authority."), f.FeedbackForm,
    ),
    Spec(
        "reassign", MeasureTask, rules.can_reassign,
        lambda thing, given, by, at: measures.reassign_task(task=thing, by=by, at=at, **given),
        "sanction.task_reassigned", _("Name another person"), _("Named."), f.ReassignForm, keywords=_people,
    ),
    Spec(
        "refuse", MeasureTask, rules.can_refuse,
        lambda thing, given, by, at: measures.refuse_measures(task=thing, by=by, at=at, **given),
        "sanction.measures_refused", _("Take no measure"), _("Recorded with its reason; the authority was told."),
        f.ReasonForm, danger=True, second=rules_second.decides,
    ),
)  # fmt: skip

APPLIED = (
    Spec(
        "execute", AppliedMeasure, rules.can_execute,
        lambda thing, given, by, at: measures.execute_measure(applied=thing, by=by, at=at, **given),
        "sanction.measure_executed", _("Record the execution"), _("Executed, with its proof."), f.ExecuteForm,
        initial=lambda thing: {"executed_on": _today(thing)},
    ),
    Spec(
        "drop_measure", AppliedMeasure, rules.can_drop,
        lambda thing, given, by, at: measures.drop_measure(applied=thing, by=by, at=at),
        "sanction.measure_dropped", _("Take out"), _("Taken out of the draft."),
        effect=_("The measure is taken out of the draft."),
    ),
    Spec(
        "change_measure", AppliedMeasure, rules.can_change,
        lambda thing, given, by, at: weights.change_measure(applied=thing, by=by, at=at, **given),
        "sanction.measure_changed", _("Change after a review"), _("Changed: what hangs on it was computed anew."),
        f.ChangeForm, initial=_term, signs=True, second=rules_second.changes,
    ),
    Spec(
        "apply_repair", AppliedMeasure, rules_lists.can_repair_measure,
        lambda thing, given, by, at: repairs.apply_repair(applied=thing, by=by, at=at, **given),
        "sanction.repair_applied", _("Record an application for repair"), _("Recorded: another person decides it."),
        fl.RepairForm,
    ),
    Spec(
        "lift_measure", AppliedMeasure, rules.can_lift,
        lambda thing, given, by, at: weights.lift_measure(applied=thing, by=by, at=at, **given),
        "sanction.measure_lifted", _("Lift early"), _("Lifted, with what followed from it."), f.EndForm, danger=True,
        signs=True, second=rules_second.lifts,
    ),
)  # fmt: skip

ENTRY = (
    Spec(
        "approve_entry", ListEntry, rules_lists.can_approve,
        lambda thing, given, by, at: lists.approve_entry(entry=thing, by=by, at=at),
        "sanction.entry_listed", _("Approve"), _("It stands on the list from today."),
        effect=_("It stands on the list from today; nothing is published by itself."), second=rules_second.not_proposer,
    ),
    Spec(
        "repair_entry", ListEntry, rules_lists.can_repair_entry,
        lambda thing, given, by, at: repairs.apply_repair(entry=thing, by=by, at=at, **given),
        "sanction.repair_applied", _("Record an application for repair"), _("Recorded: another person decides it."),
        fl.RepairForm,
    ),
    Spec(
        "refuse_entry", ListEntry, rules_lists.can_refuse,
        lambda thing, given, by, at: lists.refuse_entry(entry=thing, by=by, at=at, **given),
        "sanction.entry_refused", _("Do not list"), _("It is not listed."), f.ReasonForm, danger=True,
        second=rules_second.not_proposer,
    ),
    Spec(
        "remove_entry", ListEntry, rules_lists.can_remove,
        lambda thing, given, by, at: lists.remove_entry(entry=thing, by=by, at=at, **given),
        "sanction.entry_removed", _("Take off the list"), _("It is off the list."), fl.RemoveForm, danger=True,
        second=rules_second.removes,
    ),
)  # fmt: skip

REPAIR = (
    Spec(
        "decide_repair", Repair, rules_lists.can_decide_repair,
        lambda thing, given, by, at: repairs.decide_repair(repair=thing, by=by, at=at, **given),
        "sanction.repair_granted", pgettext_lazy("credit repair", "Decide"), _("Decided."), fl.RepairDecisionForm,
        second=rules_second.decides_repair,
    ),
)  # fmt: skip
