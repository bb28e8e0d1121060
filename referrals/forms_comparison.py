"""The forms of data comparisons. They read what was typed; the actions decide."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import DateField, HouseForm, KeyedForm, VersionedForm
from departments.models import Category, Department
from referrals.enums import ComparisonKind
from referrals.forms import StepForm, area
from referrals.models import ComparisonRow
from referrals.people_list import SHORTEST_PASSPHRASE


class _Department(forms.ModelChoiceField):
    def label_from_instance(self, obj: Department) -> str:
        return obj.name


class _Rows(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: ComparisonRow) -> str:
        return f"{obj.position}　{obj.masked}"


class _ListFields(HouseForm):
    """A list by file or typed; the typed one is for a handful of people."""

    upload = forms.FileField(label=_("Excel file"), required=False)
    people = forms.CharField(label=_("Or typed"), widget=area(6), required=False, max_length=20_000)


class ComparisonForm(_ListFields, KeyedForm):
    """A new list, asked for or sent without being asked."""

    receiver = _Department(label=_("To"), queryset=Department.objects.none(), empty_label=None)
    kind = forms.ChoiceField(label=_("What is compared"), choices=ComparisonKind.choices)
    unasked = forms.BooleanField(
        label=_("Hits sent without being asked"), required=False,
        help_text=_("For the department that keeps the register: every row says what the register knows."),
    )  # fmt: skip
    purpose = forms.CharField(label=_("Purpose"), widget=area(2), max_length=300)
    basis = forms.CharField(label=_("Legal basis"), widget=area(2), max_length=300)
    limit_on = DateField(label=_("Answer by"), required=False)
    field_order = ("receiver", "kind", "purpose", "basis", "limit_on", "upload", "people", "unasked")

    def __init__(self, *args, departments, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["receiver"].queryset = Department.objects.filter(
            pk__in=[department.pk for department in departments]
        )
        self["upload"].help_text = _(
            "Columns: name, identity number, remark; the first row may be the heading. At most 5,000 people."
        )
        self["people"].help_text = _("One person on each line: name, identity number.")


class ComparisonEditForm(ComparisonForm, VersionedForm):
    """A draft opened again. Whether it asks for anything stays what it was."""

    field_order = ("receiver", "kind", "purpose", "basis", "limit_on", "upload", "people")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        del self.fields["unasked"]
        self["upload"].help_text = _("A new list takes the place of the old one; without one the list stays.")


class ResultForm(_ListFields, StepForm):
    """The hits: the filled-in list, or typed numbers. Everybody not named is no hit."""

    note = forms.CharField(label=_("Remark on the result"), widget=area(2), max_length=500, required=False)
    field_order = ("upload", "people", "note")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self["upload"].help_text = _("The downloaded list with 是 or 否 in every row.")
        self["people"].help_text = _("Hits only, one on each line: identity number, what the register says.")


class PaperResultForm(ResultForm):
    """The same, with the scan of what came on paper."""

    received_on = DateField(label=_("Came in on"), help_text=_("Whether they are late is judged by this day."))
    number = forms.CharField(label=_("Their document number"), max_length=40, required=False)
    scan = forms.FileField(label=_("Scan of the answer"))
    field_order = ("received_on", "number", "scan", "upload", "people", "note")


class ServedForm(StepForm):
    """Receipt; where the receiver has no account, with its proof of delivery."""

    delivered_on = DateField(label=_("Delivered on"))
    upload = forms.FileField(label=_("Proof of delivery"))


class DownloadForm(StepForm):
    reason = forms.CharField(label=_("What for"), max_length=200)
    passphrase = forms.CharField(
        label=_("Passphrase"), min_length=SHORTEST_PASSPHRASE, max_length=100,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )  # fmt: skip
    again = forms.CharField(
        label=_("Passphrase again"), max_length=100,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )  # fmt: skip
    field_order = ("reason", "passphrase", "again")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self["passphrase"].help_text = _(
            "You choose it: it encrypts the file (AES-256) and is kept nowhere. Tell it to nobody by the same way."
        )

    def clean(self):
        given = super().clean()
        if given.get("passphrase") != given.get("again"):
            self.add_error("again", _("The two passphrases differ."))
        return given


class LeadsForm(StepForm):
    rows = _Rows(label=_("Hits"), queryset=ComparisonRow.objects.none())
    category = forms.ModelChoiceField(label=_("Category"), queryset=Category.objects.none(), empty_label=None)
    field_order = ("category", "rows")

    def __init__(self, *args, rows, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["rows"].queryset = rows
        self.fields["category"].queryset = Category.objects.filter(active=True)
