"""The forms of the office's proposals."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.forms import DateField, KeyedForm
from departments.models import Post
from meetings.enums import OpinionKind
from meetings.forms import PostField, area
from meetings.models import Meeting
from workspace.steps import StepForm


class ProposalForm(KeyedForm):
    title = forms.CharField(
        label=_("Proposal"),
        max_length=120,
        help_text=_("Goes into the title of the notice: 关于部署…的通知."),
    )
    analysis = forms.CharField(
        label=_("Analysis of the risk"), widget=area(8), max_length=8000,
        help_text=_("Drawn from what the departments have this quarter; go through it and edit it."),
    )  # fmt: skip
    measures = forms.CharField(label=_("Proposed measures"), widget=area(8), max_length=8000)


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


class TaskForm(StepForm):
    text = forms.CharField(
        label=pgettext_lazy("deployment", "What is to be done"), widget=area(2), max_length=500
    )
    person = PostField(label=_("Who does it"), queryset=Post.objects.none())
    due_on = DateField(label=_("Until"))

    def __init__(self, *args, posts, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = posts
