"""Forms of reports: what the public and the report officer fill in, and the officer's steps."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.enums import SubjectKind
from cases.forms.files import MultipleFileField
from cases.models import Case, Subject
from core.forms import DateField, DateTimeField, HouseForm, KeyedForm, MoneyField
from departments.models import Category
from rewards import receipts
from rewards.actions.reports import MAX_REPORTERS
from rewards.enums import Channel, FieldSet, Naming, ReporterKind, ToldVia
from rewards.identities import Identity
from rewards.models import Supervisor
from workspace.steps import StepForm

PERSON = ("kind", "name", "phone", "id_number", "address", "bank", "account")
OFF = {"autocomplete": "off"}  # nothing of a reporter stays in the browser


def area(rows: int = 4) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def _person_fields(prefix: str) -> dict[str, forms.Field]:
    def text(label: Any, most: int, **attrs: Any) -> forms.CharField:
        return forms.CharField(
            label=label, max_length=most, required=False, widget=forms.TextInput(attrs=OFF | attrs)
        )

    return {
        prefix + "kind": forms.ChoiceField(
            label=_("The reporter is"), choices=ReporterKind.choices, required=False
        ),
        prefix + "name": text(_("Name or name of the body"), 60),
        prefix + "phone": text(_("Telephone"), 20, inputmode="tel"),
        prefix + "id_number": text(_("Identity number or credit code"), 18),
        prefix + "address": text(_("Postal address"), 120),
        prefix + "bank": text(_("Bank of the account for a reward"), 60),
        prefix + "account": text(_("Account number"), 40, inputmode="numeric"),
    }


class ReportForm(KeyedForm):
    """A report as anybody may hand it in. Its key makes the receipt code, so that sending twice gives one report."""

    subject_name = forms.CharField(label=_("Who is reported"), max_length=120)
    subject_code = forms.CharField(
        label=_("Unified social credit code"), max_length=18, required=False, help_text=_("If you know it.")
    )
    facts = forms.CharField(
        label=pgettext_lazy("report", "What happened"), widget=area(8), max_length=8000,
        help_text=_("When, where, who, how, and how you know. It is read by report officers only."),
    )  # fmt: skip
    period_from = DateField(label=_("period from"), required=False)
    period_to = DateField(label=_("period to"), required=False)
    files = MultipleFileField(label=_("Files that show it"), required=False)
    naming = forms.ChoiceField(
        label=_("How you report"), choices=Naming.choices, widget=forms.RadioSelect, initial=Naming.REAL_NAME,
        help_text=_("By name: sealed at once, opened only by two custodians together, and you see each opening."
                    " By token: nobody knows you, your token proves later that it was you."),
    )  # fmt: skip
    token = forms.CharField(
        label=_("Identifying token"), max_length=32, required=False, widget=forms.TextInput(attrs=OFF),
        help_text=_("6 to 32 characters of your choice. It is not kept in clear: do not lose it."),
    )  # fmt: skip
    wants_reward = forms.BooleanField(label=_("I ask for a reward if the report proves true"), required=False)
    wants_answer = forms.BooleanField(label=_("I want to learn the result"), required=False, initial=True)
    count = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1, max_value=MAX_REPORTERS)

    subject_names = ("subject_name", "subject_code", "facts", "period_from", "period_to", "files")
    naming_names = ("naming", "token", "wants_reward", "wants_answer")

    def __init__(self, data: Any = None, files: Any = None, *, more: bool = False, **kwargs: Any) -> None:
        typed = str((data or {}).get("count") or 1)
        self.people = min(MAX_REPORTERS, (int(typed) if re.fullmatch("[1-9][0-9]?", typed) else 1) + more)
        if data is not None:
            data = data.copy()
            data["count"] = str(self.people)
        for number in range(1, self.people + 1):
            for name, each in _person_fields(self.prefix_of(number)).items():
                self.base_fields = {**self.base_fields, name: each}
        super().__init__(data, files, **kwargs)
        self.fields["count"].initial = self.people

    @staticmethod
    def prefix_of(number: int) -> str:
        return "" if number == 1 else f"r{number}_"

    def sections(self) -> list[tuple[Any, list[str]]]:
        """Legend and fields, as the page shows them."""
        shown = [
            (_("What is reported"), list(self.subject_names)),
            (_("How you report"), list(self.naming_names)),
        ]
        for number in range(1, self.people + 1):
            legend = _("Reporter") if self.people == 1 else _("Reporter %(number)d") % {"number": number}
            shown.append((legend, [self.prefix_of(number) + name for name in PERSON]))
        return shown

    def reporters(self) -> list[Identity]:
        """Everybody of whom anything was given."""
        found = []
        for number in range(1, self.people + 1):
            prefix = self.prefix_of(number)
            given = {name: self.cleaned_data.get(prefix + name, "") for name in PERSON}
            if any(given[name].strip() for name in PERSON if name != "kind"):
                given["kind"] = given["kind"] or ReporterKind.NATURAL
                found.append(Identity(**given, faults_prefix=prefix))
        return found

    def given(self) -> dict[str, Any]:
        """What the action takes."""
        names = ("subject_name", "subject_code", "facts", "period_from", "period_to", "files", "naming", "token",
                 "wants_reward", "wants_answer")  # fmt: skip
        return {
            **{name: self.cleaned_data[name] for name in names},
            "kind": self.cleaned_data["kind"] or ReporterKind.NATURAL,
            "reporters": self.reporters(),
            "submission": self.cleaned_data["form_key"],
        }


class OfficerReportForm(ReportForm):
    """The same, with how the report came (C28: telephone, letter, visit, 12345, petition, other bodies)."""

    channel = forms.ChoiceField(
        label=_("channel"), choices=[choice for choice in Channel.choices if choice[0] != Channel.WEB]
    )
    received_at = DateTimeField(label=_("received"), required=False)
    supervisor = forms.ModelChoiceField(
        Supervisor.objects.none(), label=_("Social supervisor"), required=False, empty_label=_("none")
    )

    subject_names = ("channel", "received_at", "supervisor", *ReportForm.subject_names)

    def __init__(self, *args: Any, supervisors: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["supervisor"].queryset = supervisors

    def given(self) -> dict[str, Any]:
        more = {name: self.cleaned_data[name] for name in ("channel", "received_at", "supervisor")}
        return super().given() | more


class FollowForm(HouseForm):
    """The receipt code, and the token of those who report by one."""

    code = forms.CharField(
        label=_("Receipt code"), max_length=40,
        widget=forms.TextInput(attrs=OFF | {"inputmode": "numeric", "class": "num"}),
        help_text=_("16 digits; spaces do not matter."),
    )  # fmt: skip
    token = forms.CharField(
        label=_("Identifying token"), max_length=32, required=False, widget=forms.TextInput(attrs=OFF),
        help_text=_("Only if you reported by token."),
    )  # fmt: skip

    def clean_code(self) -> str:
        code = receipts.plain_code(self.cleaned_data["code"])
        if not receipts.is_code(code):
            raise forms.ValidationError(
                _("This is no receipt code: 16 digits, the last one checks the others.")
            )
        return code


class AddForm(KeyedForm):
    text = forms.CharField(label=_("What you want to add"), widget=area(5), max_length=8000, required=False)
    files = MultipleFileField(label=_("Files that show it"), required=False)


class OfficerAddForm(StepForm):
    text = forms.CharField(label=_("What the reporter adds"), widget=area(5), max_length=8000, required=False)
    files = MultipleFileField(label=_("Files that show it"), required=False)


class _Summary(StepForm):
    summary = forms.CharField(
        label=_("Redacted summary"), widget=area(6), max_length=4000,
        help_text=_("In your own words, without anything that shows who reported. It is all that leaves this page."),
    )  # fmt: skip


class AcceptForm(_Summary):
    """What a new lead needs besides its summary."""

    subject = forms.ModelChoiceField(
        Subject.objects.none(), label=_("Subject in the registry"), required=False, empty_label=_("none of these"),
    )  # fmt: skip
    new_kind = forms.ChoiceField(label=_("Or a new subject"), choices=SubjectKind.choices, required=False)
    new_name = forms.CharField(label=_("Name of the new subject"), max_length=100, required=False)
    new_uscc = forms.CharField(label=_("Unified social credit code"), max_length=18, required=False)
    categories = forms.ModelMultipleChoiceField(
        Category.objects.none(), label=_("Categories"), widget=forms.CheckboxSelectMultiple
    )
    suspected = MoneyField(label=_("Suspected amount"), required=False)
    duplicates_known = forms.BooleanField(
        label=_("I know the earlier cases about this subject and register a new lead all the same"),
        required=False,
    )

    def __init__(self, *args: Any, subjects: Any, categories: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["subject"].queryset = subjects
        self.fields["categories"].queryset = categories


class JoinForm(_Summary):
    case = forms.ModelChoiceField(Case.objects.none(), label=_("Case it belongs to"), empty_label=_("Choose"))

    def __init__(self, *args: Any, cases: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["case"].queryset = cases
        self.fields["case"].label_from_instance = lambda case: f"{case.number}　{case.title}"


class ReasonForm(StepForm):
    reason = forms.CharField(label=_("Reason"), widget=area(3), max_length=300)


class TellForm(StepForm):
    via = forms.ChoiceField(label=_("told by"), choices=ToldVia.choices, widget=forms.RadioSelect)
    text = forms.CharField(label=_("What was said"), widget=area(3), max_length=1000, required=False)
    late_reason = forms.CharField(label=_("Why it is late"), widget=area(2), max_length=300, required=False)


class AnswerForm(StepForm):
    text = forms.CharField(label=_("Answer"), widget=area(6), max_length=4000)


class OpeningForm(StepForm):
    fields_wanted = forms.ChoiceField(
        label=_("What is opened"), choices=FieldSet.choices, widget=forms.RadioSelect
    )
    reason = forms.CharField(label=_("Reason"), widget=area(3), max_length=300)


class KeyForm(StepForm):
    """A custodian's passphrase and one-time code; neither is ever shown again."""

    passphrase = forms.CharField(
        label=pgettext_lazy("key", "Passphrase"), max_length=200, strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    code = forms.CharField(
        label=_("One-time code"), max_length=12,
        widget=forms.TextInput(attrs=OFF | {"inputmode": "numeric", "class": "short num"}),
        help_text=_("One of your list that you have not used; strike it out."),
    )  # fmt: skip


class EnrolForm(KeyedForm):
    passphrase = forms.CharField(
        label=pgettext_lazy("key", "Passphrase"), max_length=200, strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=_("At least 12 letters or 8 Chinese characters. Nobody can give it back to you."),
    )  # fmt: skip
    again = forms.CharField(
        label=_("The same again"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("passphrase") != given.get("again"):
            self.add_error("again", _("The two differ."))
        return given


class NameCustodianForm(KeyedForm):
    user = forms.ChoiceField(label=_("Person"), choices=())

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].choices = [("", _("Choose"))] + [
            (str(one.pk), f"{one.name}　{one.department or ''}　{one.job_title or ''}") for one in people
        ]


class SupervisorForm(KeyedForm):
    name = forms.CharField(label=_("name"), max_length=40)
    body = forms.CharField(
        label=_("invited as"), max_length=60, help_text=_("such as 人大代表、政协委员、媒体记者")
    )
    number = forms.CharField(label=_("number of the appointment letter"), max_length=40)
    term_from = DateField(label=_("term from"))
    term_to = DateField(label=_("term to"))
