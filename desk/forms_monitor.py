"""What the list of clocks is narrowed to, as it stands in its address; and how many are pressed at once."""

import datetime as dt

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.dates import EARLIEST
from core.forms import DateField, HouseForm, KeyedForm
from core.wording import today
from deadlines.watching import AGES, NOBODY, OUTAGES, STATES, Watch

LAMPS = {
    "r": _("overdue"),
    "y": _("due soon"),
    "g": _("on time"),
    "n": pgettext_lazy("lamp", "paused"),
}
DONE_LAMPS = {"r": _("Done late"), "n": _("Done in time")}


class WatchForm(HouseForm):
    """A value that cannot be is left out and marked; the rest still narrows."""

    state = forms.ChoiceField(required=False, choices=list(STATES.items()), label=_("State"))
    owing = forms.TypedChoiceField(required=False, coerce=int, empty_value=None, label=_("Who owes"))
    to = forms.TypedChoiceField(required=False, coerce=int, empty_value=None, label=_("To whom"))
    lamp = forms.ChoiceField(required=False, choices=[(code, code) for code in "rygn"], label=_("Lamp"))
    clock = forms.SlugField(required=False, max_length=40, label=_("Kind of clock"))
    age = forms.TypedChoiceField(
        required=False,
        coerce=int,
        empty_value=None,
        label=_("Running for"),
        choices=[("", _("any time")), *((days, _("%(n)d days or more") % {"n": days}) for days in AGES)],
    )
    since = DateField(required=False, label=_("Done from"))
    until = DateField(required=False, label=_("Done until"))
    outages = forms.ChoiceField(
        required=False, label=_("Our own outages"), choices=[("", _("as the clocks stand")), *OUTAGES.items()]
    )

    def __init__(self, *args, departments, **kwargs):
        """departments: {id: name} of those that may be named."""
        super().__init__(*args, **kwargs)
        named = [("", _("any")), *departments.items()]
        self.fields["owing"].choices = named
        self.fields["to"].choices = [*named, (NOBODY, _("nobody in particular"))]

    def clean(self):
        given = super().clean()
        for name in ("since", "until"):  # the day after the last one has to be a day, too
            day = given.get(name)
            if day and not EARLIEST <= day <= dt.date(today().year + 1, 12, 31):
                self.add_error(name, _("Choose a day between 2000 and the end of next year."))
        return given

    def watch(self) -> Watch:
        """The filters that can be."""
        self.is_valid()
        given = self.cleaned_data
        return Watch(
            state=given.get("state") or "open",
            owing=given.get("owing"),
            to=given.get("to"),
            lamp=given.get("lamp", ""),
            clock=given.get("clock", ""),
            age=given.get("age"),
            since=given.get("since"),
            until=given.get("until"),
            outages=given.get("outages") or None,
        )


class ChaseForm(KeyedForm):
    """催办: nothing is asked but to confirm."""


class PressForm(KeyedForm):
    """督办: what is demanded and by when, the same of all."""

    demand = forms.CharField(label=_("What is demanded"), widget=forms.Textarea(attrs={"rows": 3}), max_length=500)
    reply_on = DateField(label=_("Reply by"))

    def clean_reply_on(self):
        """One sentence here instead of the same one for every row."""
        day = self.cleaned_data["reply_on"]
        if day <= today():
            raise forms.ValidationError(_("Choose a later day."))
        return day
