"""The registry's filters, as they stand in its address."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.enums import CaseStatus
from cases.listing import Filters
from core.forms import DateField, HouseForm
from departments.models import Category, Department


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
    category = forms.ModelChoiceField(
        Category.objects.none(), required=False, empty_label=gettext_lazy("Violation"),
        label=gettext_lazy("Violation"),
    )  # fmt: skip
    owner = forms.ModelChoiceField(
        Department.objects.none(), required=False, empty_label=gettext_lazy("Lead department"),
        label=gettext_lazy("Lead department"),
    )  # fmt: skip
    department = forms.ModelChoiceField(
        Department.objects.none(), required=False, empty_label=gettext_lazy("any"),
        label=gettext_lazy("Department taking part"),
    )  # fmt: skip
    found_from = DateField(required=False, label=gettext_lazy("Received from"))
    found_to = DateField(required=False, label=gettext_lazy("Received until"))
    mine = forms.BooleanField(required=False, label=gettext_lazy("Mine"))
    major = forms.BooleanField(required=False, label=gettext_lazy("Major"))
    subject = forms.IntegerField(required=False, min_value=1, max_value=2**62, widget=forms.HiddenInput)

    def __init__(self, *args, region, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["category"].queryset = Category.objects.all()
        departments = (
            Department.objects.active().filter(region=region) if region else Department.objects.none()
        )
        self.fields["owner"].queryset = self.fields["department"].queryset = departments

    def filters(self) -> Filters:
        """The filters that can be."""
        self.is_valid()
        given = self.cleaned_data
        return Filters(
            q=given.get("q", "").strip(),
            status=given.get("status", ""),
            lamp=given.get("lamp", ""),
            category=_pk(given.get("category")),
            owner=_pk(given.get("owner")),
            department=_pk(given.get("department")),
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
            if name == "status":
                value = CaseStatus(value).label
            label = _("Institution") if name == "subject" else self.fields[name].label
            text = str(label) if value is True or name == "subject" else f"{label}：{value}"
            found.append({"text": text, "query": query.urlencode()})
        return found


def _pk(thing):
    return thing.pk if thing is not None else None
