"""The forms of transfers of suspected crime. They read what was typed; the actions decide."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.models import Subject
from core.forms import DateField, DateTimeField, KeyedForm, MoneyField
from departments.models import Department, User
from referrals.actions.crime_common import OnPaper
from referrals.actions.crime_report import Attachments, Item
from referrals.crime_enums import MOST_ITEM_PAGES
from referrals.forms import ReasonForm, StepForm, _Files, area
from referrals.models import CrimeThreshold

ITEM_PARTS = 6
ITEM_DIGITS = 7


class _Subjects(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Subject) -> str:
        return f"{obj.name}　{obj.get_kind_display()}"


class _Officers(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: User) -> str:
        certificate = getattr(obj, "certificate", "") or _("no certificate")
        return f"{obj.name}　{certificate}"


class ProposeForm(KeyedForm):
    """A suspicion of crime. The amount comes from the ledger and is not typed."""

    threshold = forms.ModelChoiceField(
        label=_("Suspected crime"), queryset=CrimeThreshold.objects.none(), required=False,
        empty_label=_("Another crime, named below"),
    )  # fmt: skip
    crime = forms.CharField(label=_("Another crime"), max_length=60, required=False)
    article = forms.CharField(
        label=_("Article"), max_length=100, required=False, help_text=_("Left empty, the one of the list above.")
    )
    found_on = DateField(label=_("Discovered on"))
    persons = _Subjects(label=_("Suspects"), queryset=Subject.objects.none(), required=False)
    others = forms.CharField(label=_("Other persons involved"), max_length=300, required=False)
    facts = forms.CharField(label=_("Facts"), widget=area(7), max_length=4000)
    measures = forms.CharField(label=_("Measures taken"), widget=area(3), max_length=1000, required=False)

    def __init__(self, *args, case, thresholds, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["threshold"].queryset = thresholds
        self.fields["persons"].queryset = case.subjects.all()


class OfficersForm(StepForm):
    officers = _Officers(
        label=_("Officers"), queryset=User.objects.none(), help_text=_("At least two, each with a certificate.")
    )

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["officers"].queryset = people


class ReportForm(StepForm):
    """The written report with all attachments, each there or declared to be none."""

    report = forms.CharField(label=_("Written report"), widget=area(8), max_length=6000)
    report_files = _Files(label=_("Investigation report"), queryset=None, required=False)
    items = forms.CharField(
        label=_("Items involved"), widget=area(5), max_length=6000, required=False,
        help_text=_("One a line: name | quantity | specification | pages | source | remark. The last four may be left out."),
    )  # fmt: skip
    no_items = forms.CharField(label=_("Why there are no items"), max_length=200, required=False)
    expert_files = _Files(label=_("Test report or expert conclusion"), queryset=None, required=False)
    no_expert = forms.CharField(label=_("Why there is none"), max_length=200, required=False)
    other_files = _Files(label=_("Other material"), queryset=None, required=False)
    no_other = forms.CharField(label=_("Why there is no other"), max_length=200, required=False)

    def __init__(self, *args, evidence, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("report_files", "expert_files", "other_files"):
            self.fields[name].queryset = evidence

    def clean_items(self) -> list[Item]:
        return [self._item(line) for line in self.cleaned_data["items"].splitlines() if line.strip()]

    @staticmethod
    def _item(line: str) -> Item:
        parts = [part.strip() for part in line.replace("｜", "|").split("|")]
        if not 2 <= len(parts) <= ITEM_PARTS or not all(parts[:2]):
            raise ValidationError(_("Write at least name and quantity: %(line)s"), params={"line": line.strip()})
        name, quantity, specification, pages, source, remark = (*parts, "", "", "", "")[:ITEM_PARTS]
        if pages and not pages.isdecimal():
            raise ValidationError(_("The pages of %(name)s are a number."), params={"name": name})
        if pages and (len(pages) > ITEM_DIGITS or int(pages) > MOST_ITEM_PAGES):
            raise ValidationError(
                _("%(name)s cannot have more than %(most)s pages."), params={"name": name, "most": MOST_ITEM_PAGES}
            )
        for text, most in ((name, 60), (quantity, 20), (specification, 60), (source, 60), (remark, 100)):
            if len(text) > most:
                raise ValidationError(_("Too long in the list of items: %(text)s"), params={"text": text})
        return Item(
            name=name, quantity=quantity, specification=specification, pages=int(pages) if pages else None,
            source=source, remark=remark,
        )  # fmt: skip

    def attachments(self) -> Attachments:
        """What the action takes."""
        given = self.cleaned_data
        return Attachments(
            report=list(given["report_files"]), items=given["items"], no_items=given["no_items"],
            expert=list(given["expert_files"]), no_expert=given["no_expert"],
            other=list(given["other_files"]), no_other=given["no_other"],
        )  # fmt: skip


class _LateField(StepForm):
    late_reason = forms.CharField(
        label=_("Why it is late"), widget=area(2), max_length=300, required=False,
        help_text=_("Only where a limit has passed. The reason stays on the record."),
    )  # fmt: skip


class DecideForm(_LateField):
    approved = forms.ChoiceField(
        label=_("Decision"), widget=forms.RadioSelect,
        choices=[("yes", _("Transfer to the police")), ("no", _("Do not transfer"))],
    )  # fmt: skip
    reason = forms.CharField(label=_("Reasons"), widget=area(3), max_length=1000)
    field_order = ("approved", "reason", "late_reason")


class HandOverForm(_LateField):
    pass


class PaperForm(_LateField):
    """What the other side decided; `on_paper`: with number, moment and scan of its paper, entered by the registrar."""

    number = forms.CharField(label=_("Number of the paper"), max_length=60)
    happened_at = DateTimeField(label=_("Received at"))
    upload = forms.FileField(label=_("Scan"), help_text=_("PDF, JPEG or PNG, at most 20 MB."))

    def __init__(self, *args, on_paper=False, **kwargs):
        super().__init__(*args, **kwargs)
        if not on_paper:
            for name in ("number", "happened_at", "upload"):
                del self.fields[name]
            if "signed_name" in self.fields:
                del self.fields["signed_name"]

    def paper(self) -> OnPaper | None:
        """The paper the action takes, or None where the other side works here itself."""
        given = self.cleaned_data
        if "upload" not in given:
            return None
        return OnPaper(
            number=given["number"], happened_at=given["happened_at"], upload=given["upload"],
            signed_name=given.get("signed_name", ""),
        )  # fmt: skip


class ReceiptForm(PaperForm):
    signed_name = forms.CharField(label=_("Signed for by"), max_length=40)
    field_order = ("number", "happened_at", "signed_name", "upload", "late_reason")


class MissingForm(PaperForm):
    missing = forms.CharField(label=pgettext_lazy("crime", "What is missing"), widget=area(4), max_length=1000)
    field_order = ("missing", "number", "happened_at", "upload")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        del self.fields["late_reason"]


class _Body(forms.ModelChoiceField):
    def label_from_instance(self, obj: Department) -> str:
        return obj.name


class ForwardForm(PaperForm):
    """`bodies`: those of the directory it may be forwarded to; the choice is the name."""

    to = _Body(
        label=_("Forwarded to"), queryset=Department.objects.none(), to_field_name="name",
        help_text=_("A body that is not listed has to be entered in the directory first."),
    )  # fmt: skip
    reason = forms.CharField(label=_("Reason"), widget=area(3), max_length=500)
    field_order = ("to", "reason", "number", "happened_at", "upload")

    def __init__(self, *args, bodies, **kwargs):
        super().__init__(*args, **kwargs)
        del self.fields["late_reason"]
        self.fields["to"].queryset = bodies

    def clean_to(self) -> str:
        return self.cleaned_data["to"].name


class FilingForm(PaperForm):
    filed = forms.ChoiceField(
        label=_("Decision"), widget=forms.RadioSelect,
        choices=[("yes", _("File and investigate")), ("no", _("Do not file"))],
    )  # fmt: skip
    reason = forms.CharField(label=_("Reasons"), widget=area(4), max_length=1500)
    field_order = ("filed", "reason", "number", "happened_at", "upload", "late_reason")


class RevokeForm(PaperForm):
    """A case that was filed is revoked: nobody's limit ends with it."""

    reason = forms.CharField(label=_("Reasons"), widget=area(4), max_length=1500)
    field_order = ("reason", "number", "happened_at", "upload")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        del self.fields["late_reason"]


class SupervisedForm(FilingForm):
    """What came of the supervision: nobody's limit ends with it."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        del self.fields["late_reason"]


class CompleteForm(StepForm):
    files = _Files(label=_("Files handed over now"), queryset=None)
    remark = forms.CharField(label=_("Remark"), widget=area(2), max_length=500, required=False)
    field_order = ("files", "remark")

    def __init__(self, *args, evidence, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["files"].queryset = evidence


class RequestForm(ReasonForm):
    reason = forms.CharField(label=_("Reasons"), widget=area(6), max_length=1500)


class PropertyForm(_LateField):
    taken_by = forms.CharField(label=_("Taken over by"), max_length=40)
    none_reason = forms.CharField(label=_("Why there are no items"), widget=area(2), max_length=300, required=False)
    field_order = ("taken_by", "none_reason", "late_reason")


class CopyServedForm(StepForm):
    served_on = DateField(label=_("Delivered on"))
    signed_name = forms.CharField(label=_("Taken by"), max_length=40)
    upload = forms.FileField(label=_("Proof of delivery"), help_text=_("PDF, JPEG or PNG, at most 20 MB."))


class DutyForm(StepForm):
    number = forms.CharField(label=_("Number of the letter"), max_length=60)
    sent_on = DateField(label=_("Sent on"))


class ThresholdForm(KeyedForm):
    """The amounts of one crime, as the province set them; where it set none yet, the range of national law."""

    expected_version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    crime = forms.CharField(label=_("Suspected crime"), max_length=60)
    article = forms.CharField(label=_("Article"), max_length=100)
    large_from = MoneyField(label=_("Large amount, from"))
    large_to = MoneyField(
        label=_("Large amount, at the latest from"), help_text=_("The same as above once the province has set it.")
    )
    huge_from = MoneyField(label=_("Huge amount, from"))
    huge_to = MoneyField(label=_("Huge amount, at the latest from"))
    enormous_from = MoneyField(label=_("Enormous amount, from"))
    basis = forms.CharField(label=_("Basis"), widget=area(3), max_length=300)
