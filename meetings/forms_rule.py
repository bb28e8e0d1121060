"""How a county meets."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.dictionaries import DictionaryForm
from departments.enums import Function
from meetings.actions.quarter import MEMBERS
from meetings.actions.rule import BOUNDS


def _number(name: str, label, help_text="") -> forms.IntegerField:
    least, most = BOUNDS[name]
    return forms.IntegerField(label=label, help_text=help_text, min_value=least, max_value=most)


class RuleForm(DictionaryForm):
    lead = forms.ChoiceField(
        label=_("Department that must be present"), choices=[(each.value, Function(each).label) for each in MEMBERS],
        help_text=_("Without it nothing is decided; its leaders sign minutes and deployments for issue."),
    )  # fmt: skip
    more_than = _number(
        "more_than", _("More than this share of the members (%)"), _("50: more than half of them decide.")
    )
    month = forms.TypedChoiceField(
        label=_("Held by the end of"), coerce=int,
        choices=[
            (1, _("the first month of the quarter")), (2, _("the second month of the quarter")),
            (3, _("the quarter")),
        ],
        help_text=_("The lamp of the quarter turns red after that day; for quarters opened from now on."),
    )  # fmt: skip
    notice_days = _number(
        "notice_days",
        _("Notice before"),
        _("Working days; 0 prescribes none, and urgent meetings need none."),
    )
    topics_days = _number("topics_days", _("Days to name topics"), _("Working days."))
    remind_days = _number("remind_days", _("Reminded before"), _("Working days."))
    sign_days = _number("sign_days", _("Days to countersign"), _("Working days."))
