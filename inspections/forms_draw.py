"""The forms of pools, draws and caps."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.enums import BODIES, SubjectKind
from cases.models import Subject
from core.dictionaries import DictionaryForm
from core.forms import DateTimeField, KeyedForm
from inspections.draw_enums import HEAVIEST, Ground, PoolKind, Risk
from inspections.draw_numbers import MOST
from inspections.models import DrawnTarget, EnforcementCertificate, Pool
from workspace.steps import StepForm


class PoolForm(KeyedForm):
    kind = forms.ChoiceField(label=_("It holds"), choices=PoolKind.choices, widget=forms.RadioSelect)
    name = forms.CharField(label=pgettext_lazy("pool", "Name"), max_length=60, help_text=_("Such as 定点医疗机构对象库."))


class RenameForm(StepForm):
    name = forms.CharField(label=pgettext_lazy("pool", "Name"), max_length=60)
    expected_version = forms.IntegerField(widget=forms.HiddenInput)


class SubjectField(forms.CharField):
    """A body of the region by its code or its whole name; the cleaned value is the row."""

    default_error_messages = {
        "unknown": _(
            "No institution, pharmacy or supplier here has this code or name. Enter it in the register first."
        ),
        "several": _("Several have this name: enter the code."),
    }

    def __init__(self, **kwargs):
        super().__init__(max_length=100, **kwargs)
        self.bodies = Subject.objects.none()

    def clean(self, value):
        text = super().clean(value)
        if not text:
            return None
        found = list(self.bodies.filter(uscc=text.upper())[:1]) or list(self.bodies.filter(name=text)[:2])
        if not found:
            raise forms.ValidationError(self.error_messages["unknown"], code="unknown")
        if len(found) > 1:
            raise forms.ValidationError(self.error_messages["several"], code="several")
        return found[0]


class OfBodies(StepForm):
    """With `bodies` to choose from."""

    def __init__(self, *args, bodies, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["subject"].bodies = bodies.filter(kind__in=sorted(BODIES))


class WeightForm(StepForm):
    area = forms.CharField(label=_("Area"), max_length=40, required=False, help_text=_("Town or street."))
    risk = forms.ChoiceField(label=_("Risk class"), choices=Risk.choices, initial=Risk.LOW)
    weight = forms.IntegerField(
        label=_("Weight"), min_value=1, max_value=HEAVIEST, initial=1,
        help_text=_("How many lots it has: 1 for everybody; more only with the reason. Both are published with the draw."),
    )  # fmt: skip
    reason = forms.CharField(label=_("Reason of the weight"), max_length=200, required=False)


class ChangeForm(WeightForm):
    mark = forms.CharField(widget=forms.HiddenInput, max_length=16)  # of the line as it was opened


class TargetForm(OfBodies, WeightForm):
    subject = SubjectField(label=_("Institution"), help_text=_("Its code, or its whole name."))
    field_order = ("subject", "area", "risk", "weight", "reason")


class WhyForm(StepForm):
    reason = forms.CharField(label=_("Reason"), max_length=200)


class ExemptForm(WhyForm):
    from_year = forms.IntegerField(label=_("From the year"), min_value=2000, max_value=2100)
    field_order = ("from_year", "reason")


class UploadForm(StepForm):
    upload = forms.FileField(
        label=_("List"), help_text=_("Excel (.xlsx) or CSV with the columns of the template.")
    )


class CertificateField(forms.ModelChoiceField):
    def label_from_instance(self, obj: EnforcementCertificate) -> str:
        return f"{obj.department} {obj.user} {obj.number}"


class OfficerForm(StepForm):
    certificate = CertificateField(label=_("Officer"), queryset=EnforcementCertificate.objects.none())

    def __init__(self, *args, certificates, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["certificate"].queryset = certificates


class RecusalForm(OfBodies):
    subject = SubjectField(
        label=_("Institution"),
        required=False,
        help_text=_("Its code, or its whole name; empty: none at all."),
    )
    ground = forms.ChoiceField(
        label=_("Kind of ground"), choices=Ground.choices, widget=forms.RadioSelect,
        help_text=_("Frozen with the list of a draw, for good."),
    )  # fmt: skip
    reason = forms.CharField(
        label=pgettext_lazy("recusal", "In words"), max_length=200, required=False,
        help_text=_("Only who keeps the pool reads this; needed with another ground. Write no more than is needed."),
    )  # fmt: skip


class PoolField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Pool) -> str:
        return f"{obj.name}（{obj.rows}）"


class CommitForm(StepForm):
    """What is committed to. `target_version`, `officer_version`: of the pools as offered, joined as id:version."""

    target_pool = PoolField(label=_("Pool of targets"), queryset=Pool.objects.none())
    targets_wanted = forms.IntegerField(label=_("Targets to draw"), min_value=1, max_value=5000)
    officer_pool = PoolField(
        label=_("Pool of officers"), queryset=Pool.objects.none(),
        help_text=_("Of it those officers are drawn whose departments inspect here."),
    )  # fmt: skip
    officers_wanted = forms.IntegerField(
        label=_("Officers for each target"), min_value=2, max_value=9, initial=2,
        help_text=_("Of each inspecting department; two more of each stand in reserve."),
    )  # fmt: skip
    public_what = forms.CharField(
        label=_("Public number"), max_length=120,
        help_text=_("A number somebody else publishes later and anybody can look up; name it so that there is only one."),
    )  # fmt: skip
    public_from = DateTimeField(label=_("Published from"))
    declared = forms.BooleanField(
        label=_("Every officer of the pool was asked for grounds to stand aside; what they said is entered there."),
        required=False,
    )  # fmt: skip
    versions = forms.CharField(widget=forms.HiddenInput, max_length=4000)

    def __init__(self, *args, pools, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["target_pool"].queryset = pools.filter(kind=PoolKind.TARGETS)
        self.fields["officer_pool"].queryset = pools.filter(kind=PoolKind.OFFICERS)

    def seen_version(self, name: str) -> int:
        """The version the page showed of the chosen pool; 0, which none has, where it was not among them."""
        pairs = dict(each.split(":", 1) for each in self.cleaned_data["versions"].split() if ":" in each)
        said = pairs.get(str(self.cleaned_data[name].pk), "")
        return int(said) if said.isascii() and said.isdigit() and len(said) < 9 else 0


class NumberForm(StepForm):
    public_number = forms.CharField(
        label=_("The number as published"), max_length=3 * MOST,
        help_text=_("Blanks and signs between the digits do not matter. It is drawn at once, and only once."),
    )  # fmt: skip


class AnnulForm(StepForm):
    reason = forms.CharField(
        label=_("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Published with the draw, which stays to be seen. Somebody of another department has to agree. "
                    "A signed inspection is cancelled with its draw."),
    )  # fmt: skip


class DrawnTargetField(forms.ModelChoiceField):
    def label_from_instance(self, obj: DrawnTarget) -> str:
        return f"{obj.subject.name}（{obj.code}）"


class LeaveOutForm(StepForm):
    target = DrawnTargetField(label=_("Institution"), queryset=DrawnTarget.objects.none())
    reason = forms.CharField(
        label=_("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Published with the draw. The target stays until somebody of another department agrees."),
    )  # fmt: skip

    def __init__(self, *args, targets, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["target"].queryset = targets


class AnswerForm(StepForm):
    answer = forms.ChoiceField(
        label=_("Answer"), widget=forms.RadioSelect,
        choices=[("yes", _("Agreed: it ends")), ("no", _("Refused: it stands"))],
    )  # fmt: skip
    words = forms.CharField(
        label=_("In words"), max_length=300, required=False, help_text=_("Needed with a refusal.")
    )


class CapForm(DictionaryForm):
    """A number for each kind of body."""


for _kind in sorted(BODIES):
    CapForm.base_fields[_kind] = forms.IntegerField(label=SubjectKind(_kind).label, min_value=1, max_value=52)
