"""Forms of clocks, calendar and rules."""

import datetime as dt
import re

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.forms import DateField, DateTimeField, HouseForm
from core.versions import RenewingFrom
from deadlines.actions.calendar import SpecialDay
from deadlines.enums import Unit
from departments.models import User

_DATE = r"(\d{4}[-/年.]\d{1,2}[-/月.]\d{1,2}日?)"
_LINE = re.compile(rf"{_DATE}(?:\s*(?:~|～|—|–|至)\s*{_DATE})?\s+(休|班|off|work)\s+(\S.*)")
_LONGEST = 40  # days in one line
_WORKING = {"班": True, "work": True, "休": False, "off": False}


def day_lines(days) -> str:
    """Special days as the text people edit: `2026-10-01 休 国庆节`."""
    return "\n".join(f"{day.date.isoformat()} {'班' if day.working else '休'} {day.name}" for day in days)


def _date(text: str) -> dt.date:
    year, month, day = (int(number) for number in re.findall(r"\d+", text))
    return dt.date(year, month, day)


class DaysField(forms.CharField):
    """One line a day or a span of days: date, 休 or 班, occasion."""

    widget = forms.Textarea(attrs={"rows": 16, "class": "num"})

    def clean(self, value):
        days, wrong = [], []
        for number, line in enumerate(super().clean(value).splitlines(), 1):
            if not line.strip():
                continue
            found = _LINE.fullmatch(line.strip())
            try:
                if found is None:
                    raise ValueError
                first = _date(found[1])
                last = _date(found[2]) if found[2] else first
                if not 0 <= (last - first).days < _LONGEST:
                    raise ValueError
            except ValueError:
                wrong.append(number)
                continue
            working, name = _WORKING[found[3]], found[4].strip()[:40]
            days += [
                SpecialDay(first + dt.timedelta(n), working, name) for n in range((last - first).days + 1)
            ]
        if wrong:
            raise forms.ValidationError(
                _(
                    "Line %(lines)s: write date, 休 or 班, and the occasion, such as 2026-10-01~2026-10-07 休 国庆节."
                ),
                params={"lines": ", ".join(map(str, wrong))},
            )
        return days


class CalendarForm(RenewingFrom, HouseForm):
    """A year as the notice gives it."""

    notice_number = forms.CharField(
        label=_("Notice number"), max_length=60, help_text=_("Such as 国办发明电〔2025〕7号.")
    )
    days = DaysField(
        label=_("Days off and make-up workdays"),
        help_text=_(
            "One line each: date or span, 休 or 班, occasion. Days left out are ordinary days. "
            "Every open clock is counted again when you save."
        ),
    )
    expected_version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class RuleForm(RenewingFrom, HouseForm):
    """A new version of a clock rule."""

    amount = forms.IntegerField(label=_("Limit"), required=False, min_value=1)
    unit = forms.ChoiceField(label=_("Unit"), choices=Unit)
    warn_days = forms.IntegerField(label=_("Amber before, working days"), min_value=0, max_value=60)
    escalate_days = forms.IntegerField(
        label=_("Escalate after, working days late"), min_value=0, max_value=60
    )
    roll_over = forms.BooleanField(label=_("A last day off moves to the next working day"), required=False)
    asks_reason = forms.BooleanField(label=_("Asks why it was done late"), required=False)
    basis = forms.CharField(label=_("Legal basis"), max_length=200, required=False)
    effective_from = DateField(
        label=_("In force from"), help_text=_("Clocks that already run keep the limit they began with.")
    )
    expected_version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


class ExtendForm(HouseForm):
    """More time for a clock of one's own department."""

    new_due_on = DateField(label=_("New last day"))
    reason = forms.CharField(
        label=_("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The old date stays on the record."),
    )  # fmt: skip


class ReasonForm(HouseForm):
    """Why something was late."""

    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


class ReassignForm(HouseForm):
    """Who of the department owes it now."""

    person = forms.ModelChoiceField(label=_("Person"), queryset=User.objects.none(), required=False,
                                    empty_label=_("The whole department"))  # fmt: skip

    def __init__(self, *args, department, on, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = User.objects.acting_for(department, on=on).order_by("staff_number")


class OutageForm(HouseForm):
    """When the house was not usable."""

    begins_at = DateTimeField(label=_("Not usable from"))
    ends_at = DateTimeField(label=_("Usable again from"))
    where = forms.ChoiceField(
        label=pgettext_lazy("outage", "Where"), initial="region",
        choices=[("region", _("this county")), ("all", _("the whole installation"))],
    )  # fmt: skip
    what = forms.CharField(
        label=pgettext_lazy("outage", "What happened"), max_length=200, widget=forms.Textarea(attrs={"rows": 3})
    )


class TakeBackForm(HouseForm):
    """Why an outage is taken back."""

    reason = forms.CharField(label=_("Reason"), max_length=200, widget=forms.Textarea(attrs={"rows": 3}))
