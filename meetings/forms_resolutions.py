"""The forms of resolutions."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import DateField
from core.refusals import BadInput
from departments.models import User
from meetings.actions.common import LONGEST_NAME
from meetings.forms import area, dress
from workspace.steps import StepForm


class ProgressForm(StepForm):
    text = forms.CharField(label=_("How far it has come"), widget=area(4), max_length=1000)
    upload = forms.FileField(label=_("Evidence"), required=False)


class ReportDoneForm(ProgressForm):
    text = forms.CharField(label=_("What was done"), widget=area(4), max_length=1000)


class ReplyForm(ProgressForm):
    text = forms.CharField(label=_("How it stands, and when it is done"), widget=area(4), max_length=1000)


class WrittenForm(StepForm):
    """The same of a department without an account, as its paper says it: day, number and scan."""

    on = DateField(label=_("Day of the paper"))
    number = forms.CharField(label=_("Number on the paper"), max_length=60, required=False)
    upload = forms.FileField(label=_("Scan of the paper"))
    field_order = ("text", "on", "number", "upload")


class PaperReportForm(WrittenForm, ReportDoneForm):
    pass


class PaperReplyForm(WrittenForm, ReplyForm):
    pass


class ConfirmForm(StepForm):
    text = forms.CharField(label=_("Remark"), widget=area(2), max_length=1000, required=False)


class _People(forms.ModelChoiceField):
    def label_from_instance(self, obj: User) -> str:
        return f"{obj.name}　{obj.job_title}" if obj.job_title else obj.name


class ReassignForm(StepForm):
    person = _People(label=_("Who does it from now on"), queryset=User.objects.none())
    reason = forms.CharField(label=_("Reason"), widget=area(2), max_length=300)

    def __init__(self, *args, people, on_paper=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people
        if on_paper:  # of a department without an account, by name
            del self.fields["person"]
            self.fields["name"] = forms.CharField(label=_("Who does it from now on"), max_length=LONGEST_NAME)
            self.order_fields(("name", "reason"))
            dress(self)

    def refused(self, refusal):
        if "name" in self.fields and refusal.field == "person":
            refusal = BadInput(str(refusal), field="name")
        super().refused(refusal)


class PressForm(StepForm):
    demand = forms.CharField(label=_("What is demanded"), widget=area(3), max_length=500)
    reply_on = DateField(label=_("Answer by"))
