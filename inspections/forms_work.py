"""The forms of the visit, of findings and of what becomes of them."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.forms.files import MultipleFileField
from cases.models import Case
from core.forms import DateField, HouseForm, MoneyField, VersionedForm
from core.seeded import seeded
from departments.models import Category, User
from inspections.enums import ItemResult
from inspections.forms import CaseField, TimeField, _People, area, dress
from inspections.models import Member, Visit, VisitItem
from workspace.steps import StepForm


class _Members(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Member) -> str:
        said = f"{obj.partner.department}　{obj.name}　{obj.certificate_number}"
        reserve = _("Reserve")
        return f"{said}（{reserve}）" if getattr(obj, "reserve", False) else said


class OfficersForm(StepForm):
    officers = _Members(
        label=_("Inspectors who showed their certificates"), queryset=Member.objects.none(),
        help_text=_("At least two of each department that was there."),
    )  # fmt: skip
    reserve_reason = forms.CharField(
        label=_("Why somebody of the reserve goes"), widget=area(3), max_length=300, required=False,
        help_text=_("Only where officers were drawn: a line for everybody who comes before and does not go, “name: why”."),
    )  # fmt: skip

    def __init__(self, *args, officers: QuerySet[Member], drawn: bool = True, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["officers"].queryset = officers  # type: ignore[attr-defined]  # a choice of rows
        if not drawn:  # there is no reserve
            self.fields["reserve_reason"].widget = forms.HiddenInput()


class VisitForm(OfficersForm):
    visited_on = DateField(label=_("Visited on"))
    begins = TimeField(label=_("Began at"))
    place = forms.CharField(label=pgettext_lazy("visit", "Place"), max_length=120)
    field_order = ["visited_on", "begins", "place", "officers", "reserve_reason"]


class RecordForm(VersionedForm):
    """The record of a visit, while it is open."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20)
    begins = TimeField(label=_("Began at"))
    ends = TimeField(label=_("Ended at"), required=False)
    place = forms.CharField(label=pgettext_lazy("visit", "Place"), max_length=120)
    told_recusal = forms.BooleanField(
        label=_("The inspected were told that they may ask for somebody to stand aside"), required=False
    )
    situation = forms.CharField(
        label=_("What was found on site"), widget=area(8), max_length=8000, required=False
    )
    party_name = forms.CharField(label=_("Who stood for the inspected"), max_length=40, required=False)
    party_title = forms.CharField(label=pgettext_lazy("visit", "Job title"), max_length=40, required=False)
    party_words = forms.CharField(
        label=_("What the inspected said"), widget=area(3), max_length=2000, required=False
    )


class ItemsForm(StepForm):
    """A result for each line of the checklists, and a remark."""

    def __init__(self, *args, items: list[VisitItem], **kwargs):
        super().__init__(*args, **kwargs)
        self.items = items
        for item in items:
            self.fields[f"result_{item.pk}"] = forms.ChoiceField(
                label=f"{item.position}. {seeded(item.text)}", choices=[("", "—"), *_results()], required=False,
                initial=item.result,
            )  # fmt: skip
            self.fields[f"remark_{item.pk}"] = forms.CharField(
                label=_("Remark"), max_length=200, required=False, initial=item.remark
            )
        dress(self)

    def rows(self):
        """(line, its result, its remark) as the table shows them."""
        return [(item, self[f"result_{item.pk}"], self[f"remark_{item.pk}"]) for item in self.items]


def _results() -> list[tuple[str, Any]]:
    return [(each.value, each.label) for each in ItemResult if each.value]


def results_of(given: dict[str, Any]) -> dict[int, tuple[str, str]]:
    """{line id: (result, remark)} of the fields of the form."""
    ids = [int(name.removeprefix("result_")) for name in given if name.startswith("result_")]
    return {pk: (given[f"result_{pk}"], given.get(f"remark_{pk}", "")) for pk in ids}


class SignedForm(StepForm):
    party_words = forms.CharField(
        label=_("What the inspected wrote"), widget=area(2), max_length=2000, required=False
    )
    upload = forms.FileField(label=_("Scan of the signed record"), required=False)


class RefusedForm(StepForm):
    reason = forms.CharField(label=_("Why the signature was refused"), widget=area(2), max_length=300)
    witness = forms.CharField(
        label=_("Witness"), max_length=60, help_text=_("Name and unit, such as of the village committee.")
    )
    upload = forms.FileField(label=_("Scan of the record"), required=False)


class _Records(forms.ModelChoiceField):
    def label_from_instance(self, obj: Visit) -> str:
        return f"{obj.visited_on.isoformat()}　{obj.target}"


class VoidForm(StepForm):
    reason = forms.CharField(
        label=_("Reason"),
        widget=area(2),
        max_length=200,
        help_text=_("Such as the wrong body or the wrong day."),
    )
    findings_to = _Records(
        label=_("Its findings belong to"), queryset=Visit.objects.none(), required=False,
        help_text=_("An open record of this inspection; only where findings were written down with this one."),
    )  # fmt: skip

    def __init__(self, *args, records: QuerySet[Visit], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["findings_to"].queryset = records  # type: ignore[attr-defined]  # a choice of rows


class FileForm(StepForm):
    upload = forms.FileField(
        label=_("File"), help_text=_("A photograph of the site, or the scan of the record.")
    )


class _Categories(forms.ModelChoiceField):
    def label_from_instance(self, obj: Category) -> str:
        return obj.label


class _FindingFields(HouseForm):
    category = _Categories(label=pgettext_lazy("finding", "Category"), queryset=Category.objects.none())
    text = forms.CharField(label=_("What was found"), widget=area(5), max_length=4000)
    found_on = DateField(
        label=_("Found on"),
        help_text=_("From this day clocks of discovery run, also where the case is registered later."),
    )
    evidence = forms.CharField(label=_("What shows it"), widget=area(2), max_length=500, required=False)
    amount = MoneyField(label=_("Amount"), required=False)

    def __init__(self, *args, categories: QuerySet[Category], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["category"].queryset = categories  # type: ignore[attr-defined]


class FindingForm(_FindingFields, StepForm):
    files = MultipleFileField(label=_("Photographs and copies"), required=False)


class EditFindingForm(_FindingFields, VersionedForm):
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20)


class FilesForm(StepForm):
    files = MultipleFileField(label=_("Photographs and copies"))


class OpenCaseForm(StepForm):
    title = forms.CharField(
        label=_("Case name"),
        max_length=120,
        required=False,
        help_text=_("Left empty: made of body and category."),
    )
    major = forms.BooleanField(label=_("Major"), required=False)
    restricted = forms.BooleanField(label=_("Restricted to named persons"), required=False)
    duplicates_known = forms.BooleanField(
        label=_("There is a case about the same body, and this is another one"), required=False
    )


class JoinCaseForm(StepForm):
    case = CaseField(
        label=pgettext_lazy("finding", "Case"), queryset=Case.objects.none(),
        help_text=_("Open cases you may write in; those about the same body come first."),
    )  # fmt: skip

    def __init__(self, *args, cases: QuerySet[Case], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["case"].queryset = cases  # type: ignore[attr-defined]


class RectifyForm(StepForm):
    text = forms.CharField(label=_("What is to be put right"), widget=area(3), max_length=500)
    due_on = DateField(label=pgettext_lazy("rectification", "By"))
    person = _People(label=_("Who follows it"), queryset=User.objects.none())

    def __init__(self, *args, people: QuerySet[User], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]


class RemarkForm(StepForm):
    text = forms.CharField(label=_("Why a remark is enough"), widget=area(3), max_length=500)


class DoneForm(StepForm):
    text = forms.CharField(label=_("What was put right"), widget=area(3), max_length=500)


class MoreTimeForm(StepForm):
    new_on = DateField(label=_("New day"))
    reason = forms.CharField(label=_("Reason"), widget=area(2), max_length=300)


class MoreTimeDecisionForm(StepForm):
    agreed = forms.ChoiceField(
        label=_("Decision"), widget=forms.RadioSelect,
        choices=[("yes", _("Agree to the new day")), ("no", _("Do not agree"))],
    )  # fmt: skip
    remark = forms.CharField(
        label=_("Remark"), widget=area(2), max_length=300, required=False,
        help_text=_("The reason, where you do not agree."),
    )  # fmt: skip


class ReassignForm(StepForm):
    person = _People(label=_("Who follows it"), queryset=User.objects.none())
    reason = forms.CharField(label=_("Reason"), widget=area(2), max_length=300)

    def __init__(self, *args, people: QuerySet[User], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]
