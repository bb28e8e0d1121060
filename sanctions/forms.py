"""The forms of sanctions; the API asks by the same ones. They read what was typed; the actions decide."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.models import Strand, Subject
from core.forms import DateField, KeyedForm
from core.versions import RenewingFrom
from departments.models import User
from documents.models import IssuedDocument
from sanctions.actions.hearing import LEAST_DAYS, MOST_DAYS
from sanctions.enums import LONGEST_WORDS, Ground, Said, TermUnit
from sanctions.models import Measure
from workspace.steps import StepForm

OWN_HEARING = _("own hearing")
UNITS = [("", _("no term")), *TermUnit.choices]


def area(rows: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def words(label, rows: int = 4, most: int = LONGEST_WORDS, **more) -> forms.CharField:
    return forms.CharField(label=label, widget=area(rows), max_length=most, **more)


class SubjectField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Subject) -> str:
        return f"{obj.name}（{obj.get_kind_display()}）"


class StrandField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Strand) -> str:
        return f"{obj.department} · {obj.decision_number or obj.get_disposition_display()}"


class DocumentField(forms.ModelChoiceField):
    def label_from_instance(self, obj: IssuedDocument) -> str:
        return f"{obj.number} {obj.title}"


class PersonField(forms.ModelChoiceField):
    def label_from_instance(self, obj: User) -> str:
        return obj.name


class MeasureField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Measure) -> str:
        term = f"{obj.amount} {obj.get_unit_display()}" if obj.amount else ""
        said = "，".join(str(each) for each in (term, OWN_HEARING if obj.own_hearing else "") if each)
        return f"{obj.label}（{said}）" if said else obj.label


class MeasuresField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Measure) -> str:
        kinds = "、".join(
            str(label) for code, label in Subject._meta.get_field("kind").choices if code in obj.kinds
        )
        return f"{obj.get_function_display()} · {obj.label}（{kinds}）"


class ProposalForm(KeyedForm):
    """A proposed sanction. choices: the querysets by field name."""

    subject = SubjectField(label=_("Whom"), queryset=Subject.objects.none())
    ground = forms.ChoiceField(label=_("It rests on"), choices=Ground.choices, widget=forms.RadioSelect)
    strand = StrandField(
        label=_("Decision in this case"), empty_label="—", queryset=Strand.objects.none(), required=False,
        help_text=_("The department that has decided; its decision number is taken over."),
    )  # fmt: skip
    document = DocumentField(
        label=_("Paper of this case"), empty_label="—", queryset=IssuedDocument.objects.none(), required=False,
        help_text=_("Where the decision or a written opinion stands in the file."),
    )  # fmt: skip
    decision_number = forms.CharField(
        label=_("Number of the decision or judgment"), max_length=60, required=False,
        help_text=_("Left out where the decision in this case has its number."),
    )  # fmt: skip
    decision_authority = forms.CharField(
        label=_("Court or body that decided"), max_length=60, required=False,
        help_text=_("For a judgment."),
    )  # fmt: skip
    decided_on = DateField(label=_("Date of the decision or judgment"))
    effective_on = DateField(label=_("Judgment took effect on"), required=False)
    convicting = forms.BooleanField(
        label=_("The judgment convicts of fraud against the fund"), required=False
    )
    facts = words(_("Facts of the breach of trust"), 5)
    basis = words(pgettext_lazy("sanction", "Legal basis"), 2)
    major_loss = forms.BooleanField(label=_("major loss to the fund"), required=False)
    endangers_safety = forms.BooleanField(label=_("endangers personal safety"), required=False)
    especially_serious = forms.BooleanField(label=_("especially serious circumstances"), required=False)
    especially_bad = forms.BooleanField(label=_("especially bad influence on society"), required=False)
    criteria_reason = words(_("Why these criteria are met"), 3, required=False)
    measures = MeasuresField(
        label=_("Measures proposed"), queryset=Measure.objects.none(), widget=forms.CheckboxSelectMultiple,
        help_text=_("Each department decides its own by its own powers."),
    )  # fmt: skip

    def __init__(self, *args, choices, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["measures"].several = len({each.kind for each in choices["subject"]}) > 1
        for name, found in choices.items():
            if name in self.fields:
                self.fields[name].queryset = found

    SECTIONS = (
        (_("Whom, and on which ground"), (
            "subject", "ground", "strand", "document", "decision_number", "decision_authority", "decided_on",
            "effective_on", "convicting",
        )),
        (_("Facts and basis"), ("facts", "basis")),
        (_("Serious breach of trust"), (
            "major_loss", "endangers_safety", "especially_serious", "especially_bad", "criteria_reason",
        )),
        (_("Measures"), ("measures",)),
    )  # fmt: skip


class EditProposalForm(RenewingFrom, ProposalForm):
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20)
    expected_version = forms.IntegerField(widget=forms.HiddenInput)
    subject = None


class ReasonForm(StepForm):
    reason = words(_("Reason"), 3, 300)


class FallForm(StepForm):
    """Why a sanction is suspended, counts again, or falls."""

    reason = words(
        _("Reason"),
        3,
        300,
        help_text=_("With the number of the decision on review or of the court, and its date."),
    )


class EndForm(ReasonForm):
    """Why a measure is lifted or a sanction falls, and the paper it rests on."""

    number = forms.CharField(
        label=_("Number of the paper it rests on"), max_length=60, required=False,
        help_text=_("Needed for a bar and for the permanent blacklist: of the decision or judgment that reverses it."),
    )  # fmt: skip
    reversed_on = DateField(label=_("Day of that paper"), required=False, help_text=_("Needed for a bar."))


class NoticeForm(StepForm):
    intended = words(
        _("What is intended, and why"), 6, help_text=_("Stands in the notice as it is written here.")
    )
    days = forms.IntegerField(
        label=_("Working days to speak"), min_value=LEAST_DAYS, max_value=MOST_DAYS, initial=LEAST_DAYS,
        help_text=_("From service; the law leaves at least five."),
    )  # fmt: skip


class ServeForm(StepForm):
    served_on = DateField(label=_("Served on"))
    served_how = forms.CharField(
        label=_("How it was served"),
        max_length=100,
        help_text=_("Such as: in person, signed for by; by post, number."),
    )


class StatementForm(StepForm):
    outcome = forms.ChoiceField(
        label=_("What the subject did"), choices=Said.choices, widget=forms.RadioSelect
    )
    said_on = DateField(label=_("On"), required=False)
    said = words(_("What was said"), 6, required=False)
    final = forms.BooleanField(
        label=_("The subject says that nothing more comes"), required=False,
        help_text=_("Otherwise nothing is decided before its time to speak is over."),
    )  # fmt: skip
    scan = forms.FileField(
        label=_("Scan of the statement or the waiver"), required=False, help_text=_("A waiver is in writing.")
    )


class AnswerForm(StepForm):
    answer = words(_("Answer to it"), 5, help_text=_("What was taken up, what was not, and why."))


class DetermineForm(StepForm):
    findings = words(
        _("What was found"),
        6,
        help_text=_("The conclusion; facts and basis of the proposal are printed above it."),
    )


class AcknowledgeForm(StepForm):
    person = PersonField(
        label=_("Who does it"), empty_label="—", queryset=User.objects.none(), required=False
    )

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people


class ReassignForm(AcknowledgeForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].required = True


class TermFields(forms.Form):
    amount = forms.IntegerField(
        label=pgettext_lazy("sanction", "Term"), min_value=1, max_value=36600, required=False
    )
    unit = forms.ChoiceField(label=_("Unit"), choices=UNITS, required=False)


class MeasureForm(StepForm, TermFields):
    """One measure of a department. measures, subjects: what may be chosen."""

    measure = MeasureField(
        label=pgettext_lazy("sanction", "Measure"), queryset=Measure.objects.none(), empty_label=_("Choose"),
        help_text=_("With its usual term in brackets."),
    )  # fmt: skip
    subject = SubjectField(
        label=_("Responsible person"), empty_label="—", queryset=Subject.objects.none(), required=False,
        help_text=_("Only where the measure bars a person who answers for the institution."),
    )  # fmt: skip
    extent = forms.CharField(label=_("Extent and conditions"), max_length=300, required=False, widget=area(2))
    since = DateField(
        label=pgettext_lazy("sanction", "From"), required=False,
        help_text=_("Left out: from the day of the decision; never before it."),
    )  # fmt: skip
    until = DateField(
        label=_("Last day"), required=False, help_text=_("Instead of a term; it counts in full.")
    )
    field_order = (
        "form_key",
        "seen",
        "version",
        "measure",
        "subject",
        "extent",
        "since",
        "amount",
        "unit",
        "until",
    )

    def __init__(self, *args, measures, subjects, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["measure"].queryset = measures
        self.fields["subject"].queryset = subjects


class DecideForm(StepForm):
    decision_number = forms.CharField(
        label=_("Number of a decision issued elsewhere"), max_length=60, required=False,
        help_text=_("Left out, the decision is printed and numbered here."),
    )  # fmt: skip
    decided_on = DateField(
        label=_("Day of that decision"), required=False,
        help_text=_("The measures run from it; a bar begins on the day of the cancellation."),
    )  # fmt: skip


class ExecuteForm(StepForm):
    executed_on = DateField(label=_("Executed on"))
    execution = words(_("How it was executed"), 3, 300)
    proof = forms.FileField(label=_("Proof"))


class FeedbackForm(StepForm):
    feedback = words(_("What came of it"), 5)


class ChangeForm(StepForm, TermFields):
    """New days of a measure after a review or a judgment."""

    decision_number = forms.CharField(label=_("Number of the new decision"), max_length=60)
    since = DateField(label=pgettext_lazy("sanction", "From"))
    until = DateField(
        label=_("Last day"), required=False, help_text=_("Instead of a term; it counts in full.")
    )
    reason = words(_("Reason"), 3, 300)
    field_order = (
        "form_key",
        "seen",
        "version",
        "decision_number",
        "since",
        "amount",
        "unit",
        "until",
        "reason",
    )
