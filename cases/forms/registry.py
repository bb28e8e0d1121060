"""The registry's filters, as they stand in its address."""

from dataclasses import dataclass

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from cases.enums import CaseStatus, MoneyKind, Source, SubjectKind
from cases.listing import Filters
from cases.listing_more import More
from core.forms import DateField, HouseForm
from departments.models import Category, Department, Region

UNSAID = (MoneyKind.REWARDED,)  # which cases were rewarded could say who reported
UNNAMED = {  # said without their value, an id
    "subject": gettext_lazy("Institution"), "body": gettext_lazy("Institution"), "region": gettext_lazy("Region"),
}  # fmt: skip
SHOWN = ("source", "subject_kind", "opened_from", "opened_to", "ending")  # those the filter bar has a control for


@dataclass(frozen=True)
class Known:
    """The categories and departments to choose from, by id: loaded once for a page's many filters."""

    categories: dict[int, str]
    departments: dict[int, str]

    @classmethod
    def of(cls, region: Region | None) -> "Known":
        """Two queries. Departments of the regions below belong to it: figures of the steering pages are narrowed by them."""
        here = Department.objects.active().filter(Q(region=region) | Q(region__parent=region))
        return cls(
            categories={each.pk: str(each) for each in Category.objects.all()},
            departments={each.pk: str(each) for each in here} if region else {},
        )


def _id_field(label):
    return forms.TypedChoiceField(required=False, coerce=int, empty_value=None, label=label)


class FilterForm(HouseForm):
    """What the list is narrowed to; a value that cannot be is left out and marked, the rest still narrows."""

    q = forms.CharField(
        required=False, max_length=60, label=gettext_lazy("Name, number, institution or code")
    )
    status = forms.ChoiceField(
        required=False,
        choices=[("", gettext_lazy("Stage")), *CaseStatus.choices],
        label=gettext_lazy("Stage"),
    )
    lamp = forms.ChoiceField(
        required=False, choices=[(code, code) for code in "gyrn"], widget=forms.HiddenInput
    )
    category = _id_field(gettext_lazy("Violation"))
    owner = _id_field(gettext_lazy("Lead department"))
    department = _id_field(gettext_lazy("Department taking part"))
    found_from = DateField(required=False, label=gettext_lazy("Received from"))
    found_to = DateField(required=False, label=gettext_lazy("Received until"))
    mine = forms.BooleanField(required=False, label=gettext_lazy("Mine"))
    major = forms.BooleanField(required=False, label=gettext_lazy("Major"))
    subject = forms.IntegerField(required=False, min_value=1, max_value=2**62, widget=forms.HiddenInput)

    # what the figures of the steering pages narrow the list to (ADR 0063)
    source = forms.ChoiceField(
        required=False, choices=[("", gettext_lazy("any")), *Source.choices], label=gettext_lazy("Source")
    )
    subject_kind = forms.ChoiceField(
        required=False, choices=[("", gettext_lazy("any")), *SubjectKind.choices], label=gettext_lazy("Kind of subject")
    )
    opened_from = DateField(required=False, label=gettext_lazy("Registered from"))
    opened_to = DateField(required=False, label=gettext_lazy("Registered until"))
    closed_from = DateField(required=False, label=gettext_lazy("Closed from"))
    closed_to = DateField(required=False, label=gettext_lazy("Closed until"))
    live = forms.BooleanField(required=False, label=gettext_lazy("Not closed"))
    region = forms.IntegerField(required=False, min_value=1, max_value=2**62, widget=forms.HiddenInput)
    body = forms.IntegerField(required=False, min_value=1, max_value=2**62, widget=forms.HiddenInput)
    money = forms.ChoiceField(
        required=False, choices=[("", ""), *((kind, words) for kind, words in MoneyKind.choices if kind not in UNSAID)],
        label=gettext_lazy("Amount in the ledger"),
    )
    money_from = DateField(required=False, label=gettext_lazy("Amount dated from"))
    money_to = DateField(required=False, label=gettext_lazy("Amount dated until"))

    ending = forms.ChoiceField(
        required=False,
        choices=[
            ("", gettext_lazy("any")), ("single", gettext_lazy("not merged into another")),
            ("merged", pgettext_lazy("case", "merged into another")), ("archived", gettext_lazy("archived")),
            ("unarchived", gettext_lazy("closed, not archived")),
        ],
        label=gettext_lazy("Merging and archive"),
    )  # fmt: skip

    MORE = tuple(More.__dataclass_fields__)

    def __init__(self, *args, known: Known, **kwargs):
        super().__init__(*args, **kwargs)
        for name, empty, choices in (
            ("category", _("Violation"), known.categories),
            ("owner", _("Lead department"), known.departments),
            ("department", _("any"), known.departments),
        ):
            self.fields[name].choices = [("", empty), *choices.items()]

    def filters(self) -> Filters:
        """The filters that can be."""
        self.is_valid()
        given = self.cleaned_data
        return Filters(
            q=given.get("q", "").strip(),
            status=given.get("status", ""),
            lamp=given.get("lamp", ""),
            category=given.get("category"),
            owner=given.get("owner"),
            department=given.get("department"),
            subject=given.get("subject"),
            mine=given.get("mine", False),
            major=given.get("major", False),
            found_from=given.get("found_from"),
            found_to=given.get("found_to"),
            more=self._more(given),
        )

    def _more(self, given) -> More | None:
        """What a figure narrowed the list to; None where none did, so that equal filters stay equal."""
        said = {name: given[name] for name in self.MORE if given.get(name) not in (None, "", False)}
        return More(**said) if said else None

    def kept(self) -> list[tuple[str, str]]:
        """Name and value of what the filter bar has no control for, to be sent along with it."""
        return [(name, self.data[name]) for name in self.MORE if name not in SHOWN and self.data.get(name)]

    def chips(self, request) -> list[dict]:
        """The filters in words, each with the address that takes it out."""
        self.is_valid()
        found = []
        for name, value in self.cleaned_data.items():
            if value in (None, "", False) or name == "lamp":
                continue
            query = request.GET.copy()
            query.pop(name, None)
            query.pop("at", None)
            if hasattr(self.fields[name], "choices"):
                value = dict(self.fields[name].choices)[value]
            label = UNNAMED.get(name) or self.fields[name].label
            text = str(label) if value is True or name in UNNAMED else f"{label}：{value}"
            found.append({"text": text, "query": query.urlencode()})
        return found
