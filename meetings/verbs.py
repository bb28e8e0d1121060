"""The verbs of joint meetings. Verbs of the record first, then those of notices."""

from django.utils.translation import gettext_lazy as _

from core.registry import Verb

VERBS = tuple(
    Verb(f"meeting.{code}", sentence, tone=tone, group=group, note=note)
    for code, sentence, tone, group, note in (
        ("opened", _("Opened {title}"), "b", "flow", ""),
        ("caught_up", _("Opened {title}, later than on the first day of its quarter"), "r", "flow", ""),
        ("called_ad_hoc", _("Opened {title}"), "y", "flow", "reason"),
        ("skipped", _("{title} is not held"), "r", "flow", "reason"),
        ("topics_set", _("Topics are asked for by {topics_by}"), "n", "flow", ""),
        ("topics_none", _("{department} has no topic"), "n", "flow", ""),
        ("item_proposed", _("{department} proposed the topic “{topic}”"), "b", "flow", ""),
        ("item_added", _("Put on the agenda: {topic}"), "b", "flow", ""),
        ("item_edited", _("Changed the topic “{topic}”"), "n", "flow", ""),
        ("item_moved", _("Changed the order of the agenda: {topic}"), "n", "flow", ""),
        ("item_merged", _("Merged “{topic}” into “{into}”"), "n", "flow", "reason"),
        ("item_dropped", _("Took “{topic}” off the agenda"), "r", "flow", "reason"),
        ("item_listed", _("Took “{topic}” onto the agenda"), "g", "flow", ""),
        ("agenda_collected", _("Collected the agenda: {added} topics added, {renewed} renewed"), "n", "flow", ""),
        ("material_added", _("Handed in {name}, version {number}"), "b", "material", ""),
        ("material_pinned", _("Laid {name}, version {number}, on the table"), "n", "material", ""),
        ("material_taken", _("Took a copy of {name}, version {number}"), "n", "access", ""),
        ("thing_pinned", _("Took the present state of “{topic}” onto the agenda"), "n", "material", ""),
        ("called", _("Called for {starts_on}, {place}: {number}"), "g", "flow", ""),
        ("called_again", _("Called anew for {starts_on}, {place}: {number}"), "y", "flow", "reason"),
        ("invited", _("Invited {department} without vote"), "b", "flow", ""),
        ("answered", _("{department}: {invitation}"), "b", "flow", "reason"),
        ("attendance_recorded", _("Recorded the attendance: {present} of {members} members"), "b", "flow", ""),
        ("item_decided", _("Decided: {topic}, {count} resolutions"), "g", "flow", ""),
        ("item_deferred", _("Deferred to {until}: {topic}"), "y", "flow", "reason"),
        ("item_noted", _("Noted: {topic}"), "g", "flow", ""),
        ("item_reopened", _("Took the outcome of “{topic}” back"), "r", "flow", ""),
        ("closed", _("Closed the meeting: {items} topics, {count} resolutions"), "g", "flow", ""),
        # notices
        ("topics_wanted", _("{title}: name your topics by {topics_by}"), "y", "flow", ""),
        ("topics_reminder", _("{title}: your topics are wanted by {topics_by}"), "y", "flow", ""),
        ("topics_in", _("{title}: {from_department} proposed “{topic}”"), "b", "flow", ""),
        ("invitation", _("{title} begins on {starts_on}: say who comes"), "y", "flow", ""),
        ("was_moved", _("{title} now begins on {starts_on}: say who comes"), "y", "flow", ""),
        ("was_skipped", _("{title} is not held"), "n", "flow", "reason"),
        ("leave_asked", _("{title}: {from_department} asks for leave"), "y", "flow", ""),
        ("resolved", _("{title} gave you a task, due on {due_on}"), "y", "flow", ""),
    )
)  # fmt: skip
