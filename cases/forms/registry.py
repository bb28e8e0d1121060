"""The registry's filters, as they stand in its address."""

from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.enums import CaseStatus
from cases.listing import Filters
from core.forms import DateField, HouseForm
from departments.models import Category, Department, Region


@dataclass(frozen=True)
class Known:
    """The categories and departments to choose from, by id: loaded once for a page's many filters."""

    categories: dict[int, str]
    departments: dict[int, str]

    @classmethod
    def of(cls, region: Region | None) -> "Known":
        """Two queries."""
        return cls(
            categories={each.pk: str(each) for each in Category.objects.all()},
            departments={each.pk: str(each) for each in Department.objects.active().filter(region=region)}
            if region
            else {},
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
        )

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
            label = _("Institution") if name == "subject" else self.fields[name].label
            text = str(label) if value is True or name == "subject" else f"{label}：{value}"
            found.append({"text": text, "query": query.urlencode()})
        return found
