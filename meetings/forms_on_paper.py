"""What came on paper from a department without an account, as the office enters it."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.forms import DateField
from departments.models import Department
from meetings.enums import LONGEST_TOPIC, TOPIC_KINDS, Answer, ItemKind, SignKind
from meetings.forms import DepartmentField, Lines, area
from workspace.steps import StepForm


class PaperForm(StepForm):
    """Its day and its scan."""

    on = DateField(label=_("Day of the paper"))
    scan = forms.FileField(label=_("Scan of the paper"))


class ServedForm(PaperForm):
    on = DateField(label=_("Served on"))
    scan = forms.FileField(label=_("Scan of the proof of service"))


class PaperTopicForm(PaperForm):
    kind = forms.ChoiceField(
        label=_("Kind of topic"), widget=forms.RadioSelect, required=False,
        choices=[("", _("it has no topic")), *((kind.value, kind.label) for kind in ItemKind if kind in TOPIC_KINDS)],
    )  # fmt: skip
    title = forms.CharField(label=_("Topic"), max_length=200, required=False)
    text = Lines(label=_("What it is about"), widget=area(4), max_length=LONGEST_TOPIC, required=False)
    field_order = ("kind", "title", "text", "on", "scan")


class PaperAnswerForm(PaperForm):
    answer = forms.ChoiceField(
        label=_("Answer"), widget=forms.RadioSelect,
        choices=[(each.value, each.label) for each in (Answer.ACCEPTED, Answer.SUBSTITUTE, Answer.LEAVE)],
    )  # fmt: skip
    person_name = forms.CharField(label=_("Who comes"), max_length=40, required=False)
    job_title = forms.CharField(label=pgettext_lazy("meeting", "Job title"), max_length=40, required=False)
    reason = forms.CharField(label=_("Reason for leave"), widget=area(2), max_length=200, required=False)
    field_order = ("answer", "person_name", "job_title", "reason", "on", "scan")


class PaperSignForm(PaperForm):
    department = DepartmentField(label=_("Department"), queryset=Department.objects.none())
    kind = forms.ChoiceField(
        label=_("Countersigning"), widget=forms.RadioSelect,
        choices=[(kind.value, kind.label) for kind in SignKind],
    )  # fmt: skip
    words = forms.CharField(label=_("Objection"), widget=area(3), max_length=500, required=False)
    text_version = forms.IntegerField(
        label=_("Version it signed"), min_value=1, max_value=2**31 - 1,
        help_text=_("As the paper names it; an older one is not taken."),
    )  # fmt: skip
    field_order = ("department", "kind", "words", "text_version", "on", "scan")

    def __init__(self, *args, departments, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["department"].queryset = departments
