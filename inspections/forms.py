"""The forms of inspections. They read what was typed; the actions decide. The API reads them, too (ADR 0050)."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.models import Case, Subject
from core.forms import DateField, HouseForm, KeyedForm, VersionedForm, mark, speak
from departments.models import Department, User
from inspections.enums import InspectionKind, InspectionSource, PartRole, SignKind
from inspections.models import EnforcementCertificate, Inspection
from workspace.steps import StepForm

MANY = 5  # names of bodies that are said where a search finds several


def area(rows: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class TimeField(forms.TimeField):
    """A local time of day, typed as `09:30`."""

    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    default_error_messages = {"invalid": _("Enter a time such as 09:30.")}

    def __init__(self, **kwargs):
        super().__init__(input_formats=["%H:%M", "%H:%M:%S"], **kwargs)


def dress(form: forms.Form) -> None:
    """Fields added after the form was made get the house's sentences and classes too."""
    for name, field in form.fields.items():
        speak(field)
        mark(form[name])


class _Departments(forms.ModelChoiceField):
    def label_from_instance(self, obj: Department) -> str:
        return obj.name


class _People(forms.ModelChoiceField):
    def label_from_instance(self, obj: User) -> str:
        return f"{obj.name}　{obj.job_title}" if obj.job_title else obj.name


class _Several(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: User) -> str:
        return f"{obj.name}　{obj.job_title}" if obj.job_title else obj.name


def certificate_words(certificate: EnforcementCertificate) -> str:
    return f"{certificate.user.name}　{certificate.number}　{certificate.valid_until.isoformat()}"


class _Officers(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: EnforcementCertificate) -> str:
        return certificate_words(obj)


class _Officer(forms.ModelChoiceField):
    def label_from_instance(self, obj: EnforcementCertificate) -> str:
        return certificate_words(obj)


class ReasonForm(StepForm):
    reason = forms.CharField(label=_("Reason"), widget=area(), max_length=300)


class ShortReasonForm(StepForm):
    reason = forms.CharField(label=_("Reason"), widget=area(2), max_length=200)


# -- the plan -----------------------------------------------------------------------------------------------------


class _PlanFields(HouseForm):
    title = forms.CharField(label=_("Name of the inspection"), max_length=120)
    kind = forms.ChoiceField(
        label=pgettext_lazy("inspection", "Kind"), choices=InspectionKind.choices,
        help_text=_("Unannounced inspections, and flying inspections from above, send no notice."),
    )  # fmt: skip
    source = forms.ChoiceField(
        label=_("Set off by"), choices=InspectionSource.choices,
        help_text=_("Visits set off by a report or a task from above are counted, and exempt from the yearly cap."),
    )  # fmt: skip
    source_number = forms.CharField(
        label=_("Number of the report or task"), max_length=60, required=False,
        help_text=_("Never the name of a reporter."),
    )  # fmt: skip
    basis = forms.CharField(label=_("Basis"), widget=area(2), max_length=300)
    start_condition = forms.CharField(label=_("Condition of the start"), widget=area(2), max_length=300)
    starts_on = DateField(label=pgettext_lazy("inspection", "From"))
    ends_on = DateField(label=pgettext_lazy("inspection", "Until"))
    key_areas = forms.CharField(label=_("Key areas"), widget=area(2), max_length=300)
    content = forms.CharField(label=_("What is inspected"), widget=area(5), max_length=4000)
    division = forms.CharField(label=_("Who does what"), widget=area(3), max_length=2000, required=False)


class PlanForm(_PlanFields, KeyedForm):
    """A new plan."""


class EditPlanForm(_PlanFields, VersionedForm):
    """The plan again; departments that were asked are asked anew."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20)


class PartnerForm(StepForm):
    department = _Departments(label=_("Department"), queryset=Department.objects.none())
    role = forms.ChoiceField(
        label=pgettext_lazy("inspection", "Part"), widget=forms.RadioSelect, choices=PartRole.choices,
        help_text=_("A supporting department and its experts assist; they never sign as inspectors."),
    )  # fmt: skip
    task = forms.CharField(label=_("What it does"), max_length=200, required=False)

    def __init__(self, *args, departments: QuerySet[Department], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["department"].queryset = departments  # type: ignore[attr-defined]  # a choice of rows


class DivisionForm(VersionedForm):
    task = forms.CharField(label=_("What it does"), max_length=200, required=False)
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20)


class TargetForm(StepForm):
    """A body by its name or code: there are more than a list could show."""

    subject = forms.CharField(
        label=_("Target"), max_length=100, help_text=_("Its name, a part of it, or its unified social credit code."),
    )  # fmt: skip
    reason = forms.CharField(label=_("Why this one"), max_length=200, required=False)

    def __init__(self, *args, subjects: QuerySet[Subject], **kwargs):
        super().__init__(*args, **kwargs)
        self.subjects = subjects

    def clean_subject(self) -> Subject:
        words = self.cleaned_data["subject"].strip()
        found = list(self.subjects.filter(uscc__iexact=words)[:1]) or list(
            self.subjects.filter(name=words)[:2]
        )
        if not found:
            found = list(self.subjects.matching(words)[: MANY + 1])
        if len(found) == 1:
            return found[0]
        if not found:
            raise forms.ValidationError(
                _(
                    "No institution, pharmacy or supplier of this county that is not on the plan has this name or code."
                )
            )
        names = "、".join(f"{each.name}（{each.uscc}）" for each in found[:MANY])
        raise forms.ValidationError(
            _("Several are meant by this, give the code: %(names)s") % {"names": names}
        )


class ConfirmForm(StepForm):
    """A department takes part and names its people. Who inspects is chosen by certificate."""

    officers = _Officers(
        label=_("Officers who inspect"), queryset=EnforcementCertificate.objects.none(), required=False,
        help_text=_("At least two of an inspecting department, with certificates valid until the inspection ends."),
    )  # fmt: skip
    assistants = _Several(label=_("Assistants"), queryset=User.objects.none(), required=False)
    declared = forms.BooleanField(
        label=_("Each was asked, and none has an interest in what is inspected"), required=False
    )
    reason = forms.CharField(
        label=_("Why somebody who was drawn does not go"), max_length=200, required=False,
        help_text=_("Only where officers were drawn; it stays on the record."),
    )  # fmt: skip

    def __init__(
        self, *args, certificates: QuerySet[EnforcementCertificate], people: QuerySet[User], inspects: bool = True,
        drawn: bool = True, **kwargs,
    ):  # fmt: skip
        super().__init__(*args, **kwargs)
        self.fields["officers"].queryset = certificates  # type: ignore[attr-defined]
        self.fields["assistants"].queryset = people  # type: ignore[attr-defined]
        if not inspects:
            self.fields["officers"].widget = forms.MultipleHiddenInput()
        if not drawn:
            self.fields["reason"].widget = forms.HiddenInput()


class OfficerForm(StepForm):
    certificate = _Officer(label=_("Officer"), queryset=EnforcementCertificate.objects.none())
    declared = forms.BooleanField(
        label=_("Was asked, and has no interest in what is inspected"), required=False
    )

    def __init__(self, *args, certificates: QuerySet[EnforcementCertificate], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["certificate"].queryset = certificates  # type: ignore[attr-defined]


class ExpertForm(StepForm):
    user = _People(
        label=_("Outside expert with a post here"), queryset=User.objects.none(), required=False,
        help_text=_("Sees this inspection and no other one."),
    )  # fmt: skip
    name = forms.CharField(label=_("Or the name of another expert"), max_length=40, required=False)
    unit = forms.CharField(label=_("Unit"), max_length=60, required=False)
    declared = forms.BooleanField(
        label=_("Was asked, and has no interest in what is inspected"), required=False
    )

    def __init__(self, *args, experts: QuerySet[User], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = experts  # type: ignore[attr-defined]


class ApproveForm(StepForm):
    opinion = forms.CharField(label=pgettext_lazy("inspection", "Opinion"), max_length=200, required=False)


class PostponeForm(StepForm):
    starts_on = DateField(label=pgettext_lazy("inspection", "From"))
    ends_on = DateField(label=pgettext_lazy("inspection", "Until"))
    reason = forms.CharField(label=_("Reason"), widget=area(2), max_length=300)


# -- the summary --------------------------------------------------------------------------------------------------


class SummaryForm(StepForm):
    text = forms.CharField(label=_("Summary"), widget=area(8), max_length=8000)


class RewriteForm(SummaryForm):
    number = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=32767)


class SignSummaryForm(StepForm):
    kind = forms.ChoiceField(label=_("Signature"), widget=forms.RadioSelect, choices=SignKind.choices)
    words = forms.CharField(label=_("What you object to"), widget=area(2), max_length=300, required=False)
    number = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=32767)


# -- certificates -------------------------------------------------------------------------------------------------


class CertificateForm(KeyedForm):
    user = _People(label=_("Person"), queryset=User.objects.none())
    number = forms.CharField(label=_("Certificate number"), max_length=30)
    valid_until = DateField(label=_("Valid until"))

    def __init__(self, *args, people: QuerySet[User], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = people  # type: ignore[attr-defined]


class CaseField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Case) -> str:
        return f"{obj.number}　{obj.title}"


def plan_of(inspection: Inspection) -> dict[str, Any]:
    """What the form of an existing plan shows."""
    return {name: getattr(inspection, name) for name in _PlanFields.base_fields}  # type: ignore[attr-defined]
