"""The forms of resolutions."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import DateField
from departments.models import User
from meetings.forms import area
from workspace.steps import StepForm


class ProgressForm(StepForm):
    text = forms.CharField(label=_("How far it has come"), widget=area(4), max_length=1000)
    upload = forms.FileField(label=_("Evidence"), required=False)


class ReportDoneForm(ProgressForm):
    text = forms.CharField(label=_("What was done"), widget=area(4), max_length=1000)


class ConfirmForm(StepForm):
    text = forms.CharField(label=_("Remark"), widget=area(2), max_length=1000, required=False)


class _People(forms.ModelChoiceField):
    def label_from_instance(self, obj: User) -> str:
        return f"{obj.name}　{obj.job_title}" if obj.job_title else obj.name


class ReassignForm(StepForm):
    person = _People(label=_("Who does it from now on"), queryset=User.objects.none())
    reason = forms.CharField(label=_("Reason"), widget=area(2), max_length=300)

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people


class PressForm(StepForm):
    demand = forms.CharField(label=_("What is demanded"), widget=area(3), max_length=500)
    reply_on = DateField(label=_("Answer by"))
