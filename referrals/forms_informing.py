"""Forms of 信息互通 and 提前介入. They read what was typed; the actions decide."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.models import Evidence
from core.forms import DateField, KeyedForm
from departments.models import Department, User
from referrals.enums import Nature
from referrals.forms import StepForm, area


class _Persons(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: User) -> str:
        return f"{obj.name}　{obj.job_title}".rstrip("　")


class _Pieces(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Evidence) -> str:
        return obj.name


class PeopleForm(StepForm):
    """Some persons of one's own department; `needed`: at least one of them."""

    people = _Persons(label=_("Persons"), queryset=User.objects.none())

    def __init__(self, *args, people, needed=True, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["people"].queryset = people
        self.fields["people"].required = needed


class FindingForm(StepForm):
    text = forms.CharField(label=_("What was found"), widget=area(6), max_length=4000)
    evidence = _Pieces(label=_("Files that show it"), queryset=Evidence.objects.none(), required=False)

    def __init__(self, *args, evidence, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["evidence"].queryset = evidence


class ViewForm(StepForm):
    nature = forms.ChoiceField(label=_("Nature"), choices=Nature.choices, widget=forms.RadioSelect)
    text = forms.CharField(label=_("Grounds"), widget=area(4), max_length=2000)


class OnPaper(forms.Form):
    """Whose paper it is, who signed it there, its date and number, and its scan."""

    department = forms.ModelChoiceField(label=_("Body"), queryset=Department.objects.none())
    said_by = forms.CharField(label=_("Signed by"), max_length=40)
    number = forms.CharField(label=_("Their document number"), max_length=40, required=False)
    dated_on = DateField(label=_("Dated"))
    upload = forms.FileField(label=_("Scan of their paper"), help_text=_("PDF, JPEG or PNG, at most 20 MB."))

    def __init__(self, *args, bodies, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["department"].queryset = bodies


PAPER = ("department", "said_by", "number", "dated_on")


class PaperFindingForm(OnPaper, FindingForm):
    field_order = (*PAPER, "text", "evidence", "upload")


class PaperViewForm(OnPaper, ViewForm):
    field_order = (*PAPER, "nature", "text", "upload")


class PaperNamesForm(OnPaper, StepForm):
    names = forms.CharField(
        label=_("Persons"), widget=area(4), max_length=1000,
        help_text=_("As their paper names them, one on each line."),
    )  # fmt: skip
    field_order = (*PAPER, "names", "upload")

    def clean_names(self):
        return [name.strip() for name in self.cleaned_data["names"].splitlines() if name.strip()]


class OpinionForm(StepForm):
    outcome = forms.ChoiceField(label=_("Opinion"), choices=Nature.choices, widget=forms.RadioSelect)
    reasons = forms.CharField(label=_("Grounds"), widget=area(6), max_length=4000)


class BatchForm(KeyedForm):
    """Several letters at once: the ids that were ticked."""

    ids = forms.TypedMultipleChoiceField(coerce=int, label=_("Letters"))

    def __init__(self, data=None, *, ids=()):
        super().__init__(data)
        self.fields["ids"].choices = [(pk, str(pk)) for pk in ids]
        self.fields["ids"].error_messages["required"] = _("Tick at least one letter.")


class BoxForm(forms.Form):
    """What a list of letters is narrowed to; every value stands in the address."""

    kind = forms.CharField(required=False, max_length=12)
    status = forms.CharField(required=False, max_length=10)
    lamp = forms.CharField(required=False, max_length=1)
    department = forms.ModelChoiceField(Department.objects.none(), required=False)
    q = forms.CharField(required=False, max_length=60, strip=True)
    open = forms.CharField(required=False, max_length=1)
    before = forms.CharField(required=False, max_length=80)

    def __init__(self, data, *, departments):
        super().__init__(data)
        self.fields["department"].queryset = departments
