"""The forms of look-ups, publications, points and scores."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.dictionaries import DictionaryForm
from core.forms import DateField, HouseForm, KeyedForm
from core.versions import Renewing
from sanctions.enums_credit import (
    ConsequenceKind,
    EntryKind,
    Execution,
    FileFormat,
    InfoKind,
    WithdrawalCause,
)
from sanctions.models import Publication
from workspace.steps import StepForm

EXCEL = forms.ClearableFileInput(
    attrs={"accept": ".xlsx,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
)


def area(rows=3):
    return forms.Textarea(attrs={"rows": str(rows)})


class EligibilityForm(KeyedForm):
    """By credit code, by a person's number, or by a name; `subject` is the body chosen among those offered."""

    code = forms.CharField(label=_("Credit code"), max_length=18, required=False)
    name = forms.CharField(
        label=_("Name of an institution"), max_length=60, required=False,
        help_text=_("What is not exactly a name is offered to choose from, never judged."),
    )  # fmt: skip
    id_number = forms.CharField(
        label=_("Identity number of a person"), max_length=18, required=False,
        help_text=_("Kept masked only; the look-up is on the record."),
    )  # fmt: skip
    on = DateField(label=_("Applies on"))
    purpose = forms.CharField(
        label=pgettext_lazy("look-up", "Purpose"),
        max_length=200,
        required=False,
        help_text=_("Needed for a person."),
    )
    subject = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1, max_value=2**63 - 1)


class PublicationFilterForm(HouseForm):
    kind = forms.ChoiceField(
        label=_("Kind of information"), required=False, choices=[("", _("Kind of information")), *InfoKind.choices]
    )
    q = forms.CharField(required=False, max_length=60)


PUBLICATION_TEXT = ("words", "basis", "number", "since", "until", "execution", "opinion")


class PublicationTextForm(StepForm):
    """What goes out of one publication."""

    words = forms.CharField(
        label=_("What is published"), widget=area(4), max_length=500,
        help_text=_("奖惩说明 of the platform. No name of a natural person, no identity number."),
    )  # fmt: skip
    basis = forms.CharField(label=_("Basis"), widget=area(2), max_length=300)
    number = forms.CharField(label=_("Number of the decision"), max_length=60, required=False)
    since = DateField(label=_("In force from"), required=False)
    until = DateField(label=_("Last day"), required=False)
    execution = forms.ChoiceField(label=_("State of execution"), choices=Execution.choices)
    opinion = forms.CharField(label=_("Opinion on the execution"), max_length=300, required=False)


class EditPublicationForm(Renewing, PublicationTextForm):
    """Opened on an older version it shows what differs, and passes at the next try."""

    version_name = "version"

    def __init__(self, *args, row, **kwargs):
        super().__init__(*args, **kwargs)
        self.row = row

    def present(self, refusal):
        now = Publication.objects.get(pk=self.row.pk)
        return {name: getattr(now, name) for name in (*PUBLICATION_TEXT, "version")}


class NewPublicationForm(PublicationTextForm):
    code = forms.CharField(
        label=_("Credit code"), max_length=18, required=False, help_text=_("Of the institution it is about.")
    )
    kind = forms.ChoiceField(label=_("Kind of information"), choices=InfoKind.choices)
    formed_on = DateField(label=_("Made or changed on"), help_text=_("The clock runs from this day."))
    field_order = (
        "code",
        "kind",
        "formed_on",
        "words",
        "basis",
        "number",
        "since",
        "until",
        "execution",
        "opinion",
    )


class ReasonForm(StepForm):
    reason = forms.CharField(label=_("Reason"), widget=area(), max_length=300)


class WithdrawalForm(StepForm):
    cause = forms.ChoiceField(label=_("Why it is withdrawn"), choices=WithdrawalCause.choices)
    cause_on = DateField(label=_("That happened on"), help_text=_("Three working days run from this day."))
    reason = forms.CharField(label=_("Remark"), max_length=300, required=False)


class ProofForm(StepForm):
    withdrawn_on = DateField(label=_("Withdrawn on"))
    proof = forms.FileField(
        label=_("Proof"), help_text=_("A picture or PDF of the platform's page, or its receipt.")
    )


class ExportForm(KeyedForm):
    form = forms.ChoiceField(label=_("Format"), choices=FileFormat.choices)
    rows = forms.MultipleChoiceField(label=_("Publications"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args, rows=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["rows"].choices = [(str(row.pk), f"{row} {row.number}".strip()) for row in rows]
        self.fields["rows"].error_messages["required"] = _("Choose at least one released publication.")


class ReceiptForm(StepForm):
    """What the platform said: a list, or one row by hand."""

    upload = forms.FileField(label=_("List of receipts"), required=False, widget=EXCEL)
    position = forms.IntegerField(
        label=_("Or one row by hand: its number"), min_value=1, max_value=9999, required=False
    )
    accepted = forms.TypedChoiceField(
        label=_("The platform"), choices=[("true", _("accepted it")), ("false", _("rejected it"))],
        coerce=lambda value: value == "true", required=False,
    )  # fmt: skip
    number = forms.CharField(label=_("Receipt number"), max_length=60, required=False)
    said_on = DateField(label=_("Date"), required=False)
    message = forms.CharField(label=_("Message"), max_length=300, required=False)


class MappingForm(DictionaryForm):
    columns = forms.CharField(label=_("Columns"), widget=area(14), max_length=4000)


class PointsForm(KeyedForm):
    name = forms.CharField(label=_("Name of the person"), max_length=100)
    id_number = forms.CharField(label=_("Identity number"), max_length=18)
    kind = forms.ChoiceField(label=_("Kind"), choices=EntryKind.choices)
    points = forms.IntegerField(
        label=_("Points"),
        min_value=1,
        max_value=12,
        help_text=_("1 to 12 of one act; at most 4 are repaired in a year."),
    )
    dated_on = DateField(label=_("Date of the decision"), help_text=_("They count in the year of this day."))
    institution_code = forms.CharField(
        label=_("Credit code of the institution"), max_length=18, required=False
    )
    behaviour = forms.CharField(label=_("Behaviour, or what was mended"), widget=area(), max_length=300)
    basis = forms.CharField(label=_("Basis"), widget=area(2), max_length=300)


class ScoreForm(KeyedForm):
    code = forms.CharField(label=_("Credit code of the institution"), max_length=18)
    year = forms.IntegerField(label=_("Year"), min_value=2000, max_value=2100)
    score = forms.DecimalField(label=_("Score"), max_digits=5, decimal_places=2, min_value=0, max_value=100)
    basis = forms.CharField(label=_("Basis"), widget=area(2), max_length=300)


class ImportForm(KeyedForm):
    upload = forms.FileField(label=_("List, .xlsx"), widget=EXCEL)


class SettleForm(StepForm):
    number = forms.CharField(label=_("Number of the decision or record"), max_length=60)
    done_on = DateField(label=_("Date"))
    months = forms.IntegerField(label=_("Months"), required=False, min_value=1, max_value=36)

    def __init__(self, *args, kind="", **kwargs):
        super().__init__(*args, **kwargs)
        if kind not in (ConsequenceKind.SUSPEND, ConsequenceKind.END):
            del self.fields["months"]


class LiftForm(StepForm):
    number = forms.CharField(label=_("Number of the decision that lifts it"), max_length=60)
    lifted_on = DateField(label=_("Lifted on"), help_text=_("It held through the day before."))
    reason = forms.CharField(label=_("Reason"), widget=area(), max_length=300)
