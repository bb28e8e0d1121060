"""The verbs of tasks from above and beside."""

from django.utils.translation import gettext_lazy as _

from core.registry import Verb

RECORD = (
    Verb("task.registered", _("Registered {number} of {body}, to be reported by {due_on}"), tone="y"),
    Verb("task.file_added", _("Added the scan {name}"), tone="n", group="material"),
    Verb("task.assigned", _("Assigned {number} to {department}, {handler}"), tone="b"),
    Verb("task.accepted", _("Accepted {number}"), tone="g"),
    Verb("task.handed_back", _("{department} handed {number} back"), tone="r", note="reason"),
    Verb("task.withdrawn", _("{number} was withdrawn"), tone="n", note="reason"),
    Verb("task.case_linked", _("Linked {case_number} to {number} of {body}"), tone="b"),
    Verb("task.case_stated", _("Stated for {number}: {case_number} {outcome}"), tone="b", note="remark"),
    Verb("task.case_reported", _("Reported to {body} on {number}, {document}: {outcome}"), tone="g"),
    Verb("task.case_given_back", _("{body} gave {case_number} back ({number})"), tone="y", note="reason"),
    Verb("task.case_stays_above", _("{case_number} stays with {body} ({number})"), tone="n", note="reason"),
    Verb("task.reported", _("Reported to {body} on {number}, {document}"), tone="g", note="reason"),
    Verb("task.handed_over", _("Handed the case over to {body} on {number}, {document}"), tone="g", note="reason"),
    Verb("task.delay_asked", _("Asked {body} for a later date for {number}: {new_on}, {document}"), tone="y"),
    Verb("task.delay_agreed", _("The date of {number} was moved from {old} to {new}, {document}"), tone="b", note="reason"),
    Verb("task.delay_refused", _("A later date for {number} was not agreed, {document}"), tone="r", note="reason"),
    Verb("task.chased", _("Chased {number}, reminder no. {times}"), tone="r", note="remark"),
    Verb("task.closed", _("Closed {number}"), tone="g", note="remark"),
    Verb("task.redone", _("{number} is to be reported again by {due_on}"), tone="r", note="reason"),
    Verb("task_letter.drafted", _("Drafted a letter: {purpose}"), tone="b"),
    Verb("task_letter.edited", _("Changed the draft"), tone="n"),
    Verb("task_letter.submitted", _("Submitted the letter for review"), tone="y"),
    Verb("task_letter.reviewed", _("Reviewed the letter"), tone="b"),
    Verb("task_letter.approved", _("Signed the letter"), tone="g"),
    Verb("task_letter.sent_back", _("Gave the letter back to be changed"), tone="r"),
    Verb("task_letter.discarded", _("Gave up the draft"), tone="n"),
)  # fmt: skip

NOTICES = (
    Verb("task.to_assign", _("{body} sent {number}: assign somebody; report by {due_on}"), tone="y"),
    Verb("task.to_accept", _("{number} of {body} was assigned to you; report by {due_on}"), tone="y"),
    Verb("task.was_accepted", _("{number} of {body} was accepted"), tone="g"),
    Verb("task.was_handed_back", _("{number} of {body} was handed back: assign it anew"), tone="r", note="reason"),
    Verb("task.was_withdrawn", _("{number} of {body} was withdrawn"), tone="n", note="reason"),
    Verb("task.was_chased", _("The office reminds you of {number} of {body} (no. {times}), due {due_on}"), tone="r"),
    Verb("task.to_redo", _("{body} wants {number} reported again by {due_on}"), tone="r", note="reason"),
    Verb("task.was_closed", _("{number} of {body} was closed"), tone="g"),
    Verb("task.letter_went", _("“{title}” went to {body}, {document}"), tone="g"),
    Verb("task.delay_was_agreed", _("{body} agreed to {new} for {number}"), tone="g"),
    Verb("task.delay_was_refused", _("{body} did not agree to a later date for {number}"), tone="r"),
    Verb("task.case_taken_up", _("{body} took {case_number} up ({number})"), tone="y"),
)  # fmt: skip

VERBS = (*RECORD, *NOTICES)
