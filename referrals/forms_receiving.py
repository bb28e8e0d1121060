"""The forms between receipt and decision."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.models import Evidence
from core.forms import DateField, mark
from departments.models import Department
from referrals.actions.proof import TheirReply
from referrals.forms import ReasonForm, RemarkForm, StepForm, _Files, area


class PartForm(StepForm):
    """One pair of fields for each item of the letter: accepted or not, and why not."""

    def __init__(self, *args, points, **kwargs):
        super().__init__(*args, **kwargs)
        self.points = list(points)
        for point in self.points:
            self.fields[f"refuse-{point.key}"] = forms.BooleanField(label=_("Not accepted"), required=False)
            self.fields[point.key] = forms.CharField(label=_("Reason"), max_length=200, required=False)
            for name in (f"refuse-{point.key}", point.key):
                mark(self[name])

    def rows(self):
        """(point, its box, its reason) for the table."""
        return [(point, self[f"refuse-{point.key}"], self[point.key]) for point in self.points]

    def refused_points(self) -> list[tuple[str, str]]:
        """(key, reason) of every item marked, or given a reason."""
        return [
            (point.key, self.cleaned_data[point.key])
            for point in self.points
            if self.cleaned_data[f"refuse-{point.key}"] or self.cleaned_data[point.key].strip()
        ]


class CompletionForm(StepForm):
    missing = forms.CharField(
        label=_("What is missing"), widget=area(4), max_length=1000, help_text=_("One matter on each line.")
    )
    due_on = DateField(label=_("Supply by"))


class SupplyForm(StepForm):
    lines = _Files(label=_("Evidence handed over"), queryset=Evidence.objects.none(), required=False)
    note = forms.CharField(label=_("Explanation"), widget=area(3), max_length=1000, required=False)

    def __init__(self, *args, files, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["lines"].queryset = files


class ForwardForm(StepForm):
    receiver = forms.ModelChoiceField(
        label=_("Department with power"), queryset=Department.objects.none(), empty_label=_("Choose a department")
    )
    reason = forms.CharField(label=_("Why it is theirs"), widget=area(3), max_length=300)
    limit_on = DateField(label=_("Answer by"))

    def __init__(self, *args, departments, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["receiver"].queryset = departments

    def refused(self, refusal):
        """The action speaks of receivers; here there is one."""
        if refusal.field == "receivers":
            refusal.field = "receiver"
        super().refused(refusal)


class WithdrawalForm(RemarkForm):
    agreed = forms.ChoiceField(
        label=_("Decision"), widget=forms.RadioSelect,
        choices=[("yes", _("Agree to the withdrawal")), ("no", _("Do not agree"))],
    )  # fmt: skip
    field_order = ("agreed", "remark")


class SuperviseForm(StepForm):
    demand = forms.CharField(label=_("What is demanded"), widget=area(3), max_length=1000)
    reply_on = DateField(label=_("Reply by"))


class SupervisionReplyForm(StepForm):
    text = forms.CharField(
        label=_("Reply"), widget=area(5), max_length=2000,
        help_text=_("How far it has come, why it is late, when it will be done. No names of persons under investigation."),
    )  # fmt: skip
    late_reason = forms.CharField(label=_("Why it is late"), widget=area(2), max_length=300, required=False)

    def their_reply(self):
        """Nothing: who replies works here itself."""
        return


class TheirPaperForm(forms.Form):
    """The paper of a body without an account, written down by the registrar."""

    person = forms.CharField(label=_("Who signed it there"), max_length=40)
    number = forms.CharField(label=_("Their document number"), max_length=40, required=False)
    dated_on = DateField(label=_("Dated"))
    upload = forms.FileField(label=_("Scan of their paper"), help_text=_("PDF, JPEG or PNG, at most 20 MB."))

    def their_reply(self):
        return TheirReply(**{name: self.cleaned_data[name] for name in ("person", "number", "dated_on", "upload")})


class PaperSupervisionReplyForm(TheirPaperForm, SupervisionReplyForm):
    field_order = ("text", "person", "number", "dated_on", "upload", "late_reason")


class PaperReturnForm(TheirPaperForm, ReasonForm):
    field_order = ("reason", "person", "number", "dated_on", "upload")


def reply_form(body: Department) -> type[SupervisionReplyForm]:
    """The form by which `body` accounts to the office."""
    return SupervisionReplyForm if body.has_account else PaperSupervisionReplyForm
