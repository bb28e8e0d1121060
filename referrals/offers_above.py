"""What this person may do now with a task: the first offer is the primary button of its page."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from departments.models import User
from referrals import rules_above as rules
from referrals.models import Task
from referrals.offers import Offer

# code, label, rule, direct, danger — in order of importance
_TASK = (
    ("accept", _("Accept"), rules.can_accept, True, False),
    ("close", pgettext_lazy("task", "Close"), rules.can_close, False, False),
    ("answer", _("Draft the answer"), rules.can_answer, False, False),
    ("conclude", _("Record what became of the case"), rules.can_conclude, False, False),
    ("assign", _("Assign"), rules.can_assign, False, False),
    ("open_case", _("Register a lead from it"), rules.can_open_case, False, False),
    ("link", _("Link a case"), rules.can_link, False, False),
    ("delay", _("Ask for a later date"), rules.can_ask_delay, False, False),
    ("file", _("Add a scan"), rules.can_add_file, False, False),
    ("chase", _("Chase"), rules.can_chase, True, False),
    ("redo", _("To be reported again"), rules.can_redo, False, False),
    ("hand_back", _("Hand back"), rules.can_hand_back, False, False),
    ("withdraw", pgettext_lazy("task", "Withdraw"), rules.can_withdraw, False, True),
)


def of_task(user: User, task: Task) -> list[Offer]:
    """The steps open to this person; an answer of the body that waits to be recorded first."""
    first = []
    asked = rules.asked_extension(task)
    if asked is not None and rules.can_answer_extension(user, asked):
        url = reverse("referrals:task_extension", args=[asked.pk])
        first = [Offer("extension", _("Record the body's answer"), url)]
    return first + [
        Offer(code, label, reverse(f"referrals:task_{code}", args=[task.pk]), direct, danger)
        for code, label, rule, direct, danger in _TASK
        if rule(user, task)
    ]
