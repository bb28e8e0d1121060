"""How the rule of meetings stands, for the administrator's settings (`core.registry.SettingsPage`)."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.gathering import Gathering, Steps, stepwise
from core.registry import SettingsPage
from departments.enums import Function
from meetings.actions.rule import FIELDS
from meetings.models import MeetingRule


@stepwise
def rule(user: Any, asked: Gathering) -> Steps:
    """In words; the shipped rule is enough to begin with."""
    rules = asked.rows(MeetingRule.objects.of(user.region)[:1])
    yield
    (found,) = rules
    return True, gettext("%(lead)s and more than %(share)d%% of the members.") % {
        "lead": Function(found.lead).label, "share": found.more_than,
    }  # fmt: skip


def change_words(value: Any) -> str:
    """What changed of the rule: each field with its old and its new value."""
    said = []
    for name, old, new in value if isinstance(value, list) else []:
        if name in FIELDS:
            label = MeetingRule._meta.get_field(name).verbose_name
            words = [Function(each).label if name == "lead" else each for each in (old, new)]
            said.append(
                gettext("%(field)s: %(new)s (was %(old)s)")
                % {"field": label, "old": words[0], "new": words[1]}
            )
    return gettext("; ").join(said)


PAGES = [
    SettingsPage(
        65, _("Rule of meetings"), _("Who must be there, by when a quarter meets, and how long departments have."),
        "meetings:rule", "people", rule, step=False,
    ),
]  # fmt: skip
