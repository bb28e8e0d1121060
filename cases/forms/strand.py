"""The forms of a strand's procedure, one a verb."""

from django import forms
from django.db.models import Case, Value, When
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.actions.strands import penalty_notes
from cases.enums import Disposition, ReviewGround
from cases.rules_legal import fresh_gate
from core import registry
from core.forms import DateField, KeyedForm
from departments.enums import Function, Role
from departments.models import Department, User
from documents.enums import Layout
from documents.models import IssuedDocument


class _StrandForm(KeyedForm):
    def __init__(self, *args, strand=None, user=None, **kwargs):
        self.strand, self.user = strand, user
        super().__init__(*args, **kwargs)


class PlainStrandForm(_StrandForm):
    """Nothing to fill in: only the confirmation."""


class ReasonStrandForm(_StrandForm):
    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class AssignForm(_StrandForm):
    handler = forms.ModelChoiceField(User.objects.none(), label=_("Handler"), empty_label=_("Choose"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["handler"].queryset = User.objects.acting_for(self.strand.department)
        self.fields["handler"].label_from_instance = lambda person: (
            f"{person.name} {person.job_title}".strip()
        )


class FileForm(_StrandForm):
    filing_number = forms.CharField(label=_("Filing number"), max_length=60)


class DeclineForm(_StrandForm):
    disposition = forms.ChoiceField(
        label=_("Further handling"),
        choices=[
            (each.value, each.label)
            for each in (Disposition.NONE, Disposition.AGREEMENT, Disposition.JUDICIAL)
        ],
    )
    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


def marks_of(strand):
    """Of what kind the decision was marked to be, for a form to begin with."""
    gate = fresh_gate(strand)
    return {"grounds": list(gate.grounds), "grave": gate.grave}


def papers_to_rest_on(strand, user):
    """The case's papers a decision may rest on: opinions, answers, others' letters, one's own; no receipts."""
    told = [When(kind=kind, then=Value(rank)) for rank, kind in enumerate(registry.opinions)]
    own = When(department=strand.department_id, then=Value(len(told) + 1))
    return (
        IssuedDocument.objects.visible_to(user)
        .of_case(strand.case)
        .filter(voided_at=None, layout=Layout.LETTER)
        .annotate(rank=Case(*told, own, default=Value(len(told))))
        .order_by("rank", "pk")
    )


class DecideForm(_StrandForm):
    findings = forms.CharField(label=_("Findings"), max_length=5000, widget=forms.Textarea(attrs={"rows": 5}))
    disposition = forms.ChoiceField(label=_("Disposition"), choices=Disposition.choices)
    basis = forms.CharField(label=_("Legal basis"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    decision_number = forms.CharField(label=_("Decision number"), max_length=60, required=False)
    documents = forms.ModelMultipleChoiceField(
        IssuedDocument.objects.none(), label=_("Papers it rests on"), required=False,
        widget=forms.CheckboxSelectMultiple, help_text=_("Such as a written opinion of another department."),
    )  # fmt: skip
    late_reason = forms.CharField(
        label=_("Why late"), max_length=500, required=False, help_text=_("Only if the 90 days are over.")
    )
    grounds = forms.MultipleChoiceField(
        label=_("The legal review is needed because"), choices=ReviewGround.choices, required=False,
        widget=forms.CheckboxSelectMultiple, help_text=_("Of a penalty; what is marked already stays marked."),
    )  # fmt: skip
    grave = forms.BooleanField(
        label=_("Complicated, or a grave violation"), required=False, help_text=_("The leaders decide it together.")
    )
    known = forms.BooleanField(label=_("Known: this penalty does not replace the transfer"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial |= marks_of(self.strand)
        papers = papers_to_rest_on(self.strand, self.user)
        self.fields["documents"].queryset = papers
        self.fields["documents"].label_from_instance = lambda paper: f"{paper.number} {paper.title}"
        if not papers.exists():
            del self.fields["documents"]
        notes = penalty_notes(self.strand)
        if notes:
            self.fields["known"].help_text = " ".join(str(note) for note in notes)
        else:
            del self.fields["known"]


class NatureForm(_StrandForm):
    grounds = forms.MultipleChoiceField(
        label=_("The legal review is needed because"), choices=ReviewGround.choices, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    grave = forms.BooleanField(
        label=_("Complicated, or a grave violation"), required=False, help_text=_("The leaders decide it together.")
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial |= marks_of(self.strand)


class AskReviewForm(_StrandForm):
    reviewer = forms.ModelChoiceField(User.objects.none(), label=_("Legal reviewer"), empty_label=_("Choose"))
    proposal = forms.CharField(
        label=_("Proposed decision"), max_length=3000, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Facts, evidence, legal basis and what is meant to be decided."),
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        staff = User.objects.acting_for(self.strand.department, Role.LEGAL)
        self.fields["reviewer"].queryset = staff.exclude(pk=self.strand.handler_id).exclude(pk=self.user.pk)
        self.fields["reviewer"].label_from_instance = lambda person: f"{person.name} {person.job_title}".strip()


class DiscussionForm(_StrandForm):
    held_on = DateField(label=_("Held on"))
    place = forms.CharField(label=_("Place"), max_length=100)
    chair = forms.CharField(label=_("Chair"), max_length=60, help_text=_("Name and post."))
    present = forms.CharField(
        label=_("Those present"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Name and post, one person a line."),
    )  # fmt: skip
    recorder = forms.CharField(label=pgettext_lazy("discussion", "Recorder"), max_length=60)
    opinions = forms.CharField(
        label=pgettext_lazy("discussion", "Opinions"), max_length=5000, widget=forms.Textarea(attrs={"rows": 5})
    )
    conclusion = forms.CharField(
        label=_("What the leaders concluded"), max_length=3000, widget=forms.Textarea(attrs={"rows": 3})
    )


class PerformForm(_StrandForm):
    remark = forms.CharField(
        label=_("How it was performed"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )


class OpenStrandForm(KeyedForm):
    department = forms.ModelChoiceField(
        Department.objects.none(), label=_("Department"), empty_label=_("Choose")
    )

    def __init__(self, *args, case=None, user=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["department"].queryset = (
            Department.objects.visible_to(user)
            .active()
            .filter(region_id=case.region_id, has_account=True)
            .exclude(strands__case=case)
            .exclude(function=Function.OFFICE)  # it coordinates and handles nothing itself
        )
