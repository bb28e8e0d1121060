"""The forms for bodies without an account, and the one they fill in themselves by a one-time link."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import DateField, HouseForm
from departments.enums import ReferralKind
from referrals.actions.verdicts import points_of
from referrals.enums import ReferralStatus, ReturnCategory
from referrals.forms import StepForm, area
from referrals.models import Referral
from referrals.receiving_enums import SAID_OF_INVITATION, SAID_OF_WITHDRAWAL, SaidKind, WithdrawalStatus
from referrals.rules import asked_extension, open_completion


def kinds_for(referral: Referral) -> list[tuple[str, str]]:
    """What a body may still say of this letter."""
    kinds = [SaidKind.ANSWERED]
    if referral.kind == ReferralKind.EARLY:  # it has joined, or says whether it does
        kinds = [] if referral.status == ReferralStatus.ACCEPTED else list(SAID_OF_INVITATION)
        return _with_withdrawal(referral, kinds)
    if referral.status != ReferralStatus.ACCEPTED:
        kinds = [SaidKind.ACCEPTED, SaidKind.RETURNED, SaidKind.ANSWERED]
        if open_completion(referral) is None:
            kinds.append(SaidKind.MISSING)
    if referral.limit_on is not None and asked_extension(referral) is None:
        kinds.append(SaidKind.LONGER)
    if referral.status != ReferralStatus.ACCEPTED:  # by link also before it was signed for: answering counts as receipt
        kinds.append(SaidKind.PARTLY)
    return _with_withdrawal(referral, kinds)


def _with_withdrawal(referral: Referral, kinds: list[SaidKind]) -> list[tuple[str, str]]:
    """The choices, with its word on a withdrawal it was asked for."""
    asked = any(each.status == WithdrawalStatus.ASKED for each in referral.withdrawals.all())
    return [(kind.value, kind.label) for kind in (*kinds, *(SAID_OF_WITHDRAWAL if asked else ()))]


class _SaidFields(HouseForm):
    kind = forms.ChoiceField(label=_("What the body says"), widget=forms.RadioSelect)
    person = forms.CharField(label=_("Who signed it there"), max_length=40)
    number = forms.CharField(label=_("Their document number"), max_length=40, required=False)
    category = forms.ChoiceField(
        label=_("Category of a return"), choices=[("", "—"), *ReturnCategory.choices], required=False
    )
    text = forms.CharField(
        label=_("Reason or result"), widget=area(5), max_length=6000, required=False,
        help_text=_("The reason of a return, a refusal or a longer limit, what is missing, or the result of an answer."),
    )  # fmt: skip
    refused = forms.MultipleChoiceField(
        label=_("What is not accepted"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Only where it accepts in part. The reason above holds for each of them."),
    )  # fmt: skip
    until = DateField(
        label=_("Until when"), required=False,
        help_text=_("The day by which they ask for what is missing, or the new limit they ask for."),
    )  # fmt: skip
    upload = forms.FileField(label=_("Scan of their paper"), help_text=_("PDF, JPEG or PNG, at most 20 MB."))

    def __init__(self, *args, referral, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = kinds = kinds_for(referral)
        if SaidKind.PARTLY in dict(kinds):
            self.fields["refused"].choices = [
                (point.key, f"{point.kind_label}：{point.name}") for point in points_of(referral)
            ]
        else:
            del self.fields["refused"]


class SaidForm(_SaidFields, StepForm):
    """What came on paper, as the registrar writes it down."""

    dated_on = DateField(label=_("Dated"))
    late_reason = forms.CharField(
        label=_("Why it is late"), widget=area(2), max_length=300, required=False,
        help_text=_("Only for an answer dated after the limit."),
    )  # fmt: skip
    field_order = ("kind", "person", "number", "dated_on", "category", "text", "refused", "until", "upload", "late_reason")


class LinkAnswerForm(_SaidFields):
    """The same, filled in by the body itself."""

    upload = forms.FileField(label=_("Scan of your signed paper"), help_text=_("PDF, JPEG or PNG, at most 20 MB."))
    field_order = ("kind", "person", "number", "category", "text", "refused", "until", "upload")


class LinkForm(StepForm):
    days = forms.IntegerField(
        label=_("Valid for days"), min_value=1, max_value=30, initial=7,
        widget=forms.NumberInput(attrs={"class": "short num"}),
        help_text=_("The address is shown once. Give it to the body by a safe way, never by open mail."),
    )  # fmt: skip
