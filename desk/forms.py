"""The filters of the steering pages, as they stand in the address."""

import datetime as dt

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from core.boards import Asked, months_after
from core.dates import EARLIEST, add_months, local_date
from core.forms import DateField, HouseForm
from departments.models import Department, User

PERIODS = {
    "month": pgettext_lazy("period", "Month"),
    "quarter": pgettext_lazy("period", "Quarter"),
    "year": pgettext_lazy("period", "Year"),
    "custom": pgettext_lazy("period", "Other days"),
}
USUAL = "year"
MOST_MONTHS = 60
LONG = {"month": 1, "quarter": 3, "year": 12}


def first_of(period: str, day: dt.date) -> dt.date:
    """The first day of the month, quarter or year a day lies in."""
    months = LONG[period]
    return dt.date(day.year, (day.month - 1) // months * months + 1, 1)


def _id_field(label):
    return forms.TypedChoiceField(required=False, coerce=int, empty_value=None, label=label)


class BoardForm(HouseForm):
    """Period, department and region. What cannot be is left out and marked; the rest still narrows.

    period: month, quarter or year around `day` (today's where none is given), or custom: since … until.
    """

    period = forms.ChoiceField(required=False, choices=list(PERIODS.items()), label=gettext_lazy("Period"))
    day = DateField(required=False, label=gettext_lazy("Day in the period"))
    since = DateField(required=False, label=pgettext_lazy("period", "From"))
    until = DateField(required=False, label=pgettext_lazy("period", "Until"))
    department = _id_field(gettext_lazy("Department"))
    region = _id_field(gettext_lazy("Region"))
    sort = forms.SlugField(required=False, max_length=20, widget=forms.HiddenInput)

    def __init__(self, *args, user: User, now: dt.datetime, **kwargs):
        super().__init__(*args, **kwargs)
        self.now, self.today = now, local_date(now)
        here = user.region
        # bodies only named persons may know of stand in no list
        seen = Department.objects.filter(Q(region=here) | Q(region__parent=here), active=True, named_only=False)
        seen = list(seen.select_related("region").order_by("region__code", "pk"))
        self.departments = {each.pk: str(each) for each in seen}
        self.regions = {each.region_id: str(each.region) for each in seen}
        self.fields["department"].choices = [("", _("all departments")), *self.departments.items()]
        self.fields["region"].choices = [("", _("all regions")), *self.regions.items()]

    def clean(self):
        given = super().clean()
        for name in ("day", "since", "until"):
            day = given.get(name)
            if day and not EARLIEST <= day <= dt.date(self.today.year + 1, 12, 31):
                self.add_error(name, _("Choose a day between 2000 and the end of next year."))
        if given.get("period") != "custom" or {"since", "until"} & set(self.errors):
            return given
        since, until = given.get("since"), given.get("until")
        for name in ("since", "until"):
            if not given.get(name):
                self.add_error(name, _("Name the first and the last day."))
        if since and until and since > until:
            self.add_error("until", _("The last day lies before the first."))
        elif since and until and add_months(since, MOST_MONTHS) < until:
            self.add_error("until", _("At most five years at a time."))
        return given

    def chosen(self) -> tuple[str, dt.date, dt.date]:
        """(period, first day, last day); this year where what was given cannot be."""
        self.is_valid()
        given = self.cleaned_data
        period = given.get("period") or USUAL
        if period == "custom":
            if given.get("since") and given.get("until"):
                return period, given["since"], given["until"]
            period = USUAL
        first = first_of(period, given.get("day") or self.today)
        return period, first, add_months(first, LONG[period]) - dt.timedelta(days=1)

    def asked(self) -> Asked:
        """What the rooms are asked for."""
        period, since, until = self.chosen()
        given = self.cleaned_data
        said: tuple[tuple[str, str], ...] = (("period", period), ("day", since.isoformat()))
        if period == "custom":
            said = (("period", period), ("since", since.isoformat()), ("until", until.isoformat()))
        return Asked(
            since=since, until=until, today=self.today, now=self.now, department=given.get("department"),
            region=given.get("region"), departments=self.departments, period=said, sort=given.get("sort") or "",
        )  # fmt: skip

    def beside(self, asked: Asked) -> list[tuple[str, str]]:
        """The days of the period before and of the one after, for the arrows; none for days of one's own choice."""
        period = dict(asked.period)["period"]
        if period not in LONG:
            return []
        before, after = add_months(asked.since, -LONG[period]), months_after(asked.until.replace(day=1))
        return [(each.isoformat(), words(period, each)) for each in (before, after)]


def words(period: str, first: dt.date) -> str:
    """The name of a month, quarter or year."""
    if period == "month":
        return f"{first:%Y-%m}"
    if period == "quarter":
        return _("%(year)d, quarter %(quarter)d") % {"year": first.year, "quarter": (first.month + 2) // 3}
    return _("year %(year)d") % {"year": first.year}


def said(asked: Asked) -> str:
    """The period in words, for the head of the page."""
    period = dict(asked.period)["period"]
    if period in LONG:
        return words(period, asked.since)
    return _("%(since)s to %(until)s") % {"since": asked.since.isoformat(), "until": asked.until.isoformat()}
