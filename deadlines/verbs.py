"""How the life of clocks is said in the record and in notices."""

from django.utils.translation import gettext_lazy as _

from core.registry import Verb
from core.seeded import seeded

VERBS = (
    Verb("deadline.started", _("Clock started: {name}, due {due_on}"), tone="n", group="system"),
    Verb("deadline.met", _("Met in time: {name}"), tone="g", group="system"),
    Verb("deadline.met_late", _("Done late: {name} was due {due_on}"), tone="r", note="reason"),
    Verb("deadline.reason_given", _("Said why it was late: {name}"), tone="n", note="reason"),
    Verb("deadline.cancelled", _("Clock cancelled: {name}"), tone="n", note="reason"),
    Verb("deadline.paused", _("Clock paused: {name}"), tone="y", note="reason"),
    Verb("deadline.resumed", _("Clock resumed: {name}, now due {due_on}"), tone="b", note="reason"),
    Verb("deadline.extended", _("Extended from {old} to {new}: {name}"), tone="y", note="reason"),
    Verb("deadline.recalculated", _("Due date moved from {old} to {new}: {name}"), tone="y", note="reason"),
    Verb("deadline.reassigned", _("Clock handed over: {name}, due {due_on}"), tone="b"),
    Verb("deadline.redirected", _("Owed to another department now: {name}, due {due_on}"), tone="b", group="system"),
    Verb("deadline.warned", _("Due soon: {name}, last day {due_on}"), tone="y"),
    Verb("deadline.overdue", _("Overdue at {owing_department}: {name} was due {due_on}"), tone="r"),
    Verb(
        "deadline.escalated",
        _("Overdue at {owing_department} and taken to the superiors: {name} was due {due_on}"),
        tone="r",
    ),
    Verb("deadline.reminded", _("Chased: {name}, due {due_on}, reminder no. {times}"), tone="y"),
    Verb("deadline.was_reminded", _("You are chased: {name}, due {due_on}, reminder no. {times}"), tone="r"),
    Verb(
        "deadline.exported", _("List of clocks exported to Excel: {rows} rows"), tone="n", group="access"
    ),
    Verb(
        "calendar.changed",
        _("Working calendar of {year} changed by notice {notice}"),
        tone="y",
        group="system",
    ),
    Verb(
        "clock_rule.changed", _("Clock rule changed from {effective_from}: {name}"), tone="y", group="system"
    ),
    Verb("outage.noted", _("Outage noted: from {begins} to {ends}"), tone="y", note="what", group="system"),
    Verb("outage.taken_back", _("Outage taken back: from {begins} to {ends}"), tone="y", note="reason", group="system"),
    Verb("deadline.clock_accepted", _("The machine's clock was accepted at {now}"), tone="y", group="system"),
)


def name_words(name: object) -> str:
    """What a clock, a rule or a category was called, in the reader's language."""
    return seeded(name) if isinstance(name, str) and name else "—"
