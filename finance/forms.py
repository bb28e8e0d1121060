"""The forms of the registers. They read what was typed; the actions decide."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.forms import DateField, KeyedForm, MoneyField
from core.wording import today
from departments.models import Department
from finance.enums import LARGEST, BudgetKind, EntryKind, Grade
from workspace.steps import StepForm


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class _Year(forms.IntegerField):
    def __init__(self) -> None:
        widget = forms.TextInput(attrs={"inputmode": "numeric", "class": "short num"})
        super().__init__(label=_("Year"), min_value=2000, max_value=2100, widget=widget)


class OfDepartment(KeyedForm):
    """A new row of a register, about a department of the region."""

    year = _Year()
    department = forms.ModelChoiceField(Department.objects.none(), label=_("Department"))

    def __init__(self, *args, departments, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["department"].queryset = departments
        self.initial.setdefault("year", today().year)


class FundForm(OfDepartment):
    use = forms.CharField(
        label=pgettext_lazy("fund", "Kind of use"), max_length=30,
        widget=forms.TextInput(attrs={"list": "known-uses", "autocomplete": "off"}),
    )  # fmt: skip
    amount = MoneyField(label=pgettext_lazy("fund", "Budgeted"), max_value=LARGEST)
    basis_number = forms.CharField(label=_("Basis document"), max_length=60)
    basis_on = DateField(label=pgettext_lazy("fund", "Day of the document"))
    remark = forms.CharField(label=_("Remark"), max_length=200, required=False)


class EntryForm(StepForm):
    kind = forms.ChoiceField(label=_("Kind"), choices=EntryKind, widget=forms.RadioSelect)
    amount = MoneyField(label=_("Amount"), max_value=LARGEST)
    document = forms.CharField(label=pgettext_lazy("fund", "Document or voucher"), max_length=60)
    happened_on = DateField(label=_("Day"))
    remark = forms.CharField(label=_("Remark"), max_length=200, required=False)


class ReasonForm(StepForm):
    reason = forms.CharField(label=_("Reason"), max_length=200, widget=_area(3))


class BudgetFields(forms.Form):
    submitted = MoneyField(label=pgettext_lazy("register", "Submitted"), max_value=LARGEST)
    reviewed = MoneyField(label=pgettext_lazy("register", "Reviewed"), max_value=LARGEST)
    opinion = forms.CharField(label=pgettext_lazy("register", "Opinion"), max_length=500, widget=_area(3))
    reviewed_on = DateField(label=pgettext_lazy("register", "Reviewed on"))


class BudgetForm(OfDepartment, BudgetFields):
    kind = forms.ChoiceField(label=_("Kind"), choices=BudgetKind, widget=forms.RadioSelect)
    remark = forms.CharField(label=_("Remark"), max_length=200, required=False)
    field_order = ("year", "department", "kind")


class CorrectBudgetForm(StepForm, BudgetFields):
    remark = forms.CharField(label=pgettext_lazy("register", "Why it is corrected"), max_length=200)


class AppraisalFields(forms.Form):
    score = forms.DecimalField(
        label=pgettext_lazy("appraisal", "Score"), min_value=0, max_value=100, decimal_places=1,
        help_text=_("From 0 to 100, with one decimal."),
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "short num"}),
        error_messages={
            "invalid": _("A score lies between 0 and 100, with one decimal."),
            "max_decimal_places": _("A score lies between 0 and 100, with one decimal."),
        },
    )  # fmt: skip
    grade = forms.ChoiceField(label=pgettext_lazy("appraisal", "Grade"), choices=Grade, widget=forms.RadioSelect)
    basis = forms.CharField(label=pgettext_lazy("appraisal", "Basis"), max_length=200, widget=_area(2))
    decided_on = DateField(label=pgettext_lazy("appraisal", "Decided on"))


class AppraisalForm(OfDepartment, AppraisalFields):
    body = forms.CharField(
        label=pgettext_lazy("appraisal", "Other body"), max_length=60, required=False,
        help_text=_("Where it is no department of the county; else leave it empty."),
    )  # fmt: skip
    remark = forms.CharField(label=_("Remark"), max_length=200, required=False)
    field_order = ("year", "department", "body")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["department"].required = False


class CorrectAppraisalForm(StepForm, AppraisalFields):
    remark = forms.CharField(label=pgettext_lazy("register", "Why it is corrected"), max_length=200)
