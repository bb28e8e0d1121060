"""The forms of the office's proposals."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.forms import DateField, KeyedForm
from core.refusals import BadInput
from departments.models import Department, Post
from meetings.enums import LONGEST_WORDS, OpinionKind
from meetings.forms import DepartmentField, Lines, PostField, area, by_name, dress
from meetings.models import Meeting
from workspace.steps import StepForm


class ProposalForm(KeyedForm):
    title = forms.CharField(
        label=_("Proposal"),
        max_length=120,
        help_text=_("Goes into the title of the notice: 关于部署…的通知."),
    )
    analysis = Lines(
        label=_("Analysis of the risk"), widget=area(8), max_length=LONGEST_WORDS,
        help_text=_("Drawn from what the departments have this quarter; go through it and edit it."),
    )  # fmt: skip
    measures = Lines(label=_("Proposed measures"), widget=area(8), max_length=LONGEST_WORDS)


class EditProposalForm(ProposalForm):
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20)
    expected_version = forms.IntegerField(widget=forms.HiddenInput)


class ConsultForm(StepForm):
    until = DateField(label=_("Opinions by"))


class OpinionForm(StepForm):
    kind = forms.ChoiceField(
        label=pgettext_lazy("consultation", "Opinion"), widget=forms.RadioSelect, choices=OpinionKind.choices
    )
    words = forms.CharField(
        label=_("In words"), widget=area(4), max_length=500, required=False,
        help_text=_("Needed with remarks and with an objection."),
    )  # fmt: skip


class PaperOpinionForm(OpinionForm):
    """The written reply of a member without an account."""

    department = DepartmentField(label=_("Department"), queryset=Department.objects.none())
    on = DateField(label=_("Day of the paper"))
    scan = forms.FileField(label=_("Scan of the written reply"))
    field_order = ("department", "kind", "words", "on", "scan")

    def __init__(self, *args, departments, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["department"].queryset = departments


class _Meetings(forms.ModelChoiceField):
    def label_from_instance(self, obj: Meeting) -> str:
        return obj.title


class BringForm(StepForm):
    meeting = _Meetings(
        label=_("Meeting"), queryset=Meeting.objects.none(),
        help_text=_("Decided there, it is adopted when the meeting is closed; noted or deferred, it is not."),
    )  # fmt: skip

    def __init__(self, *args, meetings, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["meeting"].queryset = meetings


class WithdrawalForm(BringForm):
    reason = forms.CharField(label=_("Reason"), widget=area(3), max_length=300)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["meeting"].help_text = _("Decided there, it is withdrawn when the meeting is closed.")


class TaskForm(StepForm):
    text = forms.CharField(
        label=pgettext_lazy("deployment", "What is to be done"), widget=area(2), max_length=500
    )
    person = PostField(label=_("Who does it"), queryset=Post.objects.none())
    due_on = DateField(label=_("Until"))

    def __init__(self, *args, posts, bodies, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = posts
        if bodies:
            self.fields["person"].required = False
            self.fields |= by_name(bodies)
            self.order_fields(("text", "person", "body", "name", "due_on"))
            dress(self)

    def refused(self, refusal):
        if "name" in self.fields and refusal.field == "person" and self.cleaned_data.get("body"):
            refusal = BadInput(str(refusal), field="name")
        super().refused(refusal)
