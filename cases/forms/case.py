"""The small forms of the case page."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.enums import MoneyKind, NoteAudience, Permission, Source
from cases.forms.files import MultipleFileField
from cases.models import Case
from core.forms import DateField, KeyedForm, MoneyField, VersionedForm
from departments.models import Category, User


class ReasonForm(KeyedForm):
    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class NamePersonForm(KeyedForm):
    user = forms.ModelChoiceField(User.objects.none(), label=_("Person"), empty_label=_("Choose"))
    permission = forms.ChoiceField(
        label=_("What they may do"),
        choices=[
            (Permission.VIEW.value, _("read the case")),
            (Permission.WORK.value, _("read and work the case")),
        ],
        widget=forms.RadioSelect,
        initial=Permission.VIEW.value,
    )
    reason = forms.CharField(label=_("Reason"), max_length=200, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = people
        self.fields["user"].label_from_instance = lambda person: (
            f"{person.posted} · {person.name} {person.job_title}"
        )


class NameReasonForm(KeyedForm):
    reason = forms.CharField(label=_("Reason"), max_length=200, widget=forms.Textarea(attrs={"rows": 3}))


class CloseForm(KeyedForm):
    reason = forms.CharField(
        label=_("How the case ended"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )


class NoteForm(KeyedForm):
    text = forms.CharField(label=_("Remark"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))
    audience = forms.ChoiceField(label=_("Who may read it"), choices=NoteAudience.choices)


class EvidenceForm(KeyedForm):
    files = MultipleFileField(
        label=_("Files"),
        help_text=_("PDF, OFD, pictures, Word, Excel, plain text, ZIP, sound or film, 50 MB each."),
    )
    origin = forms.CharField(label=_("Origin"), max_length=100, required=False)
    pages = forms.IntegerField(label=_("Number of pages"), min_value=1, max_value=100000, required=False)


class MoneyForm(KeyedForm):
    kind = forms.ChoiceField(label=_("Kind"), choices=MoneyKind.choices)
    amount = MoneyField(label=_("Amount"))
    happened_on = DateField(label=_("Date"))
    document = forms.CharField(label=_("Document"), max_length=80, required=False)
    remark = forms.CharField(label=_("Remark"), max_length=200, required=False)
    clue = forms.ChoiceField(
        label=_("Attributed to the report"), required=False,
        help_text=_("For a verified amount that a report led to: its reward is computed from it."),
    )  # fmt: skip
    field_order = ("kind", "amount", "clue", "happened_on", "document", "remark")

    def __init__(self, *args, clues=(), **kwargs):
        super().__init__(*args, **kwargs)
        if clues:
            named = [(f"{clue.kind_code}:{clue.pk}", clue.label) for clue in clues]
            self.fields["clue"].choices = [("", _("no report")), *named]
        else:
            del self.fields["clue"]


class ReverseForm(KeyedForm):
    remark = forms.CharField(label=_("Reason"), max_length=200)


def _of_case(case: Case) -> dict[str, Any]:
    names = ("title", "source", "source_number", "found_on", "period_from", "period_to", "summary", "major")
    found = {name: getattr(case, name) for name in names}
    return found | {"categories": [category.pk for category in case.categories.all()]}


class EditCaseForm(VersionedForm):
    title = forms.CharField(label=_("Case name"), max_length=120)
    source = forms.ChoiceField(label=_("Source"), choices=Source.choices)
    source_number = forms.CharField(label=_("Source number"), max_length=60, required=False)
    found_on = DateField(label=_("Received on"))
    categories = forms.ModelMultipleChoiceField(
        Category.objects.none(), label=_("Categories"), widget=forms.CheckboxSelectMultiple
    )
    period_from = DateField(label=_("Period from"), required=False)
    period_to = DateField(label=_("Period to"), required=False)
    summary = forms.CharField(label=_("Facts"), max_length=5000, widget=forms.Textarea(attrs={"rows": 8}))
    major = forms.BooleanField(label=_("Major case"), required=False)

    def __init__(self, *args, instance: Case, **kwargs):
        initial = _of_case(instance)
        super().__init__(*args, instance=instance, now=_of_case, initial=initial, **kwargs)
        # those switched off are kept where the case has them, and offered nowhere else
        self.fields["categories"].queryset = Category.objects.filter(
            Q(active=True) | Q(pk__in=initial["categories"])
        )
