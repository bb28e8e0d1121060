"""The forms of this room. They read what was typed; the actions decide."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.models import Evidence
from core.forms import DateField, HouseForm, KeyedForm, MoneyField, VersionedForm
from departments.enums import ReferralKind
from departments.models import Department, User
from referrals.enums import DRAFTABLE, ReturnCategory
from referrals.manifest_form import ManifestForm
from workspace.steps import StepForm


def area(rows: int = 4) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class _Departments(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple
    default_error_messages = {
        "invalid_choice": _("This department cannot receive this letter: choose from the list."),
        "invalid_pk_value": _("This department cannot receive this letter: choose from the list."),
    }

    def label_from_instance(self, obj: Department) -> str:
        return obj.name


class _Files(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Evidence) -> str:
        pages = _("%(n)d pages") % {"n": obj.pages} if obj.pages else ""
        return "　".join(str(part) for part in (obj.name, pages, obj.sha256[:12]) if part)


class _People(forms.ModelChoiceField):
    def label_from_instance(self, obj: User) -> str:
        return f"{obj.name}　{obj.job_title}".rstrip("　")


class ReasonForm(StepForm):
    reason = forms.CharField(label=_("Reason"), widget=area(3), max_length=300)


class RemarkForm(StepForm):
    remark = forms.CharField(label=_("Remark"), widget=area(2), max_length=300, required=False)


class _PaperFields(ManifestForm):
    """What every outgoing paper says."""

    subject = forms.CharField(label=_("Subject line"), max_length=100)
    facts = forms.CharField(label=_("Facts"), widget=area(7), max_length=4000)
    amount = MoneyField(label=_("Amount involved"), required=False)
    manifest = forms.ModelMultipleChoiceField(
        label=_("Evidence handed over"), queryset=Evidence.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    limit_on = DateField(label=_("Answer by"), required=False)

    def __init__(self, *args, case, departments, limit_help="", kind="", copied_to=None, **kwargs):
        super().__init__(*args, **kwargs)
        if "copied" in self.fields:
            self.fields["copied"].queryset = copied_to
        bulletin = ("left_out", "handled", "circle")
        for name, only in (("unclear", ReferralKind.EARLY), *((name, ReferralKind.BULLETIN) for name in bulletin)):
            if name in self.fields and kind != only:
                del self.fields[name]
        evidence = case.evidence.filter(voided_at=None)
        self.fields["manifest"].queryset = evidence
        self.put_lines(list(evidence), self.initial.get("lines", {}))
        self["limit_on"].help_text = limit_help
        if "receivers" in self.fields:
            self.fields["receivers"].queryset = departments
        if "receiver" in self.fields:
            self.fields["receiver"].queryset = departments


class _DispatchFields(_PaperFields):
    """What a transfer, bulletin or invitation says besides."""

    receivers = _Departments(label=_("To"), queryset=Department.objects.none())
    copied = _Departments(
        label=_("Copies to"), queryset=Department.objects.none(), required=False,
        help_text=_("For information: nobody signs for a copy, and it opens no access to the case."),
    )  # fmt: skip
    unclear = forms.CharField(label=_("What is unclear"), widget=area(3), max_length=1000)
    left_out = forms.CharField(
        label=_("Why a proposed department is left out"), widget=area(2), max_length=300, required=False,
        help_text=_("Only where one of the departments ticked by default is not told. The reason stays on the record."),
    )  # fmt: skip
    request = forms.CharField(label=_("What is asked"), widget=area(3), max_length=1000, required=False)
    handled = forms.CharField(
        label=_("Investigated and dealt with so far"), widget=area(3), max_length=2000, required=False
    )
    circle = forms.CharField(
        label=_("Who may know of it"), max_length=100, required=False,
        help_text=_("Such as: internal, leaders and handlers only. Nothing that is a state secret belongs here."),
    )  # fmt: skip


class DispatchForm(_DispatchFields, KeyedForm):
    """A new transfer, bulletin or request for early involvement."""

    kind = forms.ChoiceField(
        label=_("Kind"), choices=[(kind.value, kind.label) for kind in ReferralKind if kind in DRAFTABLE]
    )
    field_order = (
        "kind", "receivers", "left_out", "copied", "subject", "unclear", "facts", "handled", "amount", "manifest",
        "limit_on", "request", "circle",
    )  # fmt: skip


class DispatchEditForm(_DispatchFields, VersionedForm):
    """A draft opened again."""

    field_order = (
        "receivers", "left_out", "copied", "subject", "unclear", "facts", "handled", "amount", "manifest",
        "limit_on", "request", "circle",
    )  # fmt: skip


class _SupportFields(_PaperFields):
    questions = forms.CharField(
        label=_("Questions"), widget=area(5), help_text=_("One question on each line; the letter numbers them.")
    )

    def clean_questions(self):
        return [line.strip() for line in self.cleaned_data["questions"].splitlines() if line.strip()]


class SupportForm(_SupportFields, KeyedForm):
    """A matter that needs technical support: the date of discovery starts the clock."""

    receiver = forms.ModelChoiceField(
        label=_("Department asked"),
        queryset=Department.objects.none(),
        empty_label=None,
    )
    discovered_on = DateField(
        label=_("Discovered on"),
        help_text=_("The three working days for the written notice run from this day, not from today."),
    )
    field_order = (
        "discovered_on", "receiver", "questions", "subject", "facts", "amount", "manifest", "limit_on",
    )  # fmt: skip


class SupportEditForm(_SupportFields, VersionedForm):
    """The draft of a notice opened again; the date of discovery stays what it was."""

    receivers = _Departments(label=_("To"), queryset=Department.objects.none())
    field_order = ("receivers", "questions", "subject", "facts", "amount", "manifest", "limit_on")


class SendForm(StepForm):
    late_reason = forms.CharField(
        label=_("Why it is late"), widget=area(2), max_length=300, required=False,
        help_text=_("Only where a limit has passed. The reason stays on the record."),
    )  # fmt: skip


class DeliveryForm(StepForm):
    delivered_on = DateField(label=_("Delivered on"))
    received_by_name = forms.CharField(label=_("Taken by"), max_length=40)
    method = forms.CharField(
        label=_("How"), max_length=40, help_text=_("Such as by hand, registered post, left at the office.")
    )
    upload = forms.FileField(label=_("Proof of delivery"), help_text=_("PDF, JPEG or PNG, at most 20 MB."))


class AssignForm(StepForm):
    person = _People(label=_("Person"), queryset=User.objects.none(), empty_label=_("Choose a person"))

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people


class ReturnForm(ReasonForm):
    category = forms.ChoiceField(label=_("Category"), choices=ReturnCategory.choices, widget=forms.RadioSelect)
    field_order = ("category", "reason")


class RedoForm(ReasonForm):
    reason = forms.CharField(label=_("What is to be done again"), widget=area(3), max_length=300)
    limit_on = DateField(label=_("Answer by"))
    points = forms.MultipleChoiceField(
        label=_("Which points"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("None marked: the whole letter."),
    )  # fmt: skip
    field_order = ("points", "reason", "limit_on")

    def __init__(self, *args, points=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["points"].choices = [(point.key, point.name) for point in points]


class ExtensionForm(ReasonForm):
    new_on = DateField(label=_("New limit"))
    field_order = ("new_on", "reason")


class DecideForm(RemarkForm):
    agreed = forms.ChoiceField(
        label=_("Decision"), widget=forms.RadioSelect,
        choices=[("yes", _("Agree to the new limit")), ("no", _("Do not agree"))],
    )  # fmt: skip
    field_order = ("agreed", "remark")


class _ReplyFields(HouseForm):
    """The result, and one answer for each question that was asked."""

    text = forms.CharField(label=_("Result"), widget=area(6), max_length=6000)
    basis = forms.CharField(label=_("Basis"), widget=area(2), max_length=500, required=False)
    experts = forms.CharField(label=_("Experts"), max_length=200, required=False)
    reservation = forms.CharField(label=_("Reservations"), widget=area(2), max_length=500, required=False)

    def __init__(self, *args, questions, **kwargs):
        super().__init__(*args, **kwargs)
        self.questions = list(questions)
        for number, question in enumerate(self.questions, 1):
            name = f"answer_{question.pk}"
            self.fields[name] = forms.CharField(
                label=_("Question %(n)d: %(text)s") % {"n": number, "text": question.text}, widget=area(3),
                help_text=_("Every question needs an answer before the opinion is submitted."), max_length=2000,
                required=False,
            )  # fmt: skip
            self.fields[name].widget.attrs["class"] = "form-control"
        if self.questions:
            self["text"].label = _("Conclusion")
            self.order_fields([f"answer_{question.pk}" for question in self.questions])
        else:
            del self.fields["experts"]

    @property
    def answers(self) -> dict[int, str]:
        return {question.pk: self.cleaned_data[f"answer_{question.pk}"] for question in self.questions}

    def values(self) -> dict:
        """What the actions take."""
        return {
            "text": self.cleaned_data["text"],
            "basis": self.cleaned_data["basis"],
            "reservation": self.cleaned_data["reservation"],
            "experts": self.cleaned_data.get("experts", ""),
            "answers": self.answers,
        }


class ReplyForm(_ReplyFields, KeyedForm):
    pass


class ReplyEditForm(_ReplyFields, VersionedForm):
    pass
