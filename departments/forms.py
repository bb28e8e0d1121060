"""What people type about people."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import DateField, HouseForm
from core.versions import RenewingFrom
from departments import guesses
from departments.enums import Function, Role
from departments.models import Department

PASSWORD = forms.PasswordInput(attrs={"autocomplete": "new-password"})
REGION_FUNCTIONS = [(value, label) for value, label in Function.choices if value != Function.OFFICE]


class SignInForm(HouseForm):
    """Staff number and password. One sentence for every failure: nobody learns which numbers exist."""

    username = forms.CharField(
        label=_("Staff number"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autofocus": True, "spellcheck": "false"}),
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, *args, request=None, **kwargs):
        self.request = request
        self.user, self.locked = None, False
        super().__init__(*args, **kwargs)

    def clean(self):
        words = self.cleaned_data
        if "username" in words and "password" in words:
            try:
                self.user = guesses.prove(self.request, words["username"].strip(), words["password"])
            except guesses.TooMany as refusal:
                self.locked = True
                raise forms.ValidationError(str(refusal)) from None
            if self.user is None:
                raise forms.ValidationError(_("The staff number or the password is not right."))
        return words


class CodeForm(HouseForm):
    """Six digits of an authenticator app, or a recovery code."""

    code = forms.CharField(
        label=_("Six digits"),
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True, "spellcheck": "false"}
        ),
    )


class ChangePasswordForm(HouseForm):
    old = forms.CharField(
        label=_("Present password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    new = forms.CharField(
        label=_("New password"),
        strip=False,
        widget=PASSWORD,
        help_text=_(
            "At least 10 characters of three kinds (small letters, capitals, digits, others), not close to your name "
            "and none of your last five."
        ),
    )
    again = forms.CharField(label=_("New password again"), strip=False, widget=PASSWORD)

    def clean_again(self):
        if self.cleaned_data["again"] != self.cleaned_data.get("new"):
            raise forms.ValidationError(_("The two new passwords differ."))
        return self.cleaned_data["again"]


class NewPasswordForm(HouseForm):
    """A password an administrator gives; the person changes it at the next sign-in."""

    password = forms.CharField(
        label=_("First password"),
        strip=False,
        widget=PASSWORD,
        help_text=_(
            "At least 10 characters of three kinds. The person has to change it at the next sign-in."
        ),
    )


class EngageForm(NewPasswordForm):
    staff_number = forms.CharField(label=_("Staff number"), max_length=20)
    name = forms.CharField(label=_("Name"), max_length=30)
    job_title = forms.CharField(label=_("Job title"), max_length=30, required=False)
    phone = forms.CharField(label=_("Office phone"), max_length=30, required=False)
    email = forms.EmailField(label=_("E-mail"), max_length=254, required=False)
    field_order = ("staff_number", "name", "job_title", "phone", "email", "password")


class FillPostForm(HouseForm):
    """A post for a person, among the departments the administrator may fill."""

    department = forms.ModelChoiceField(label=_("Department"), queryset=Department.objects.none())
    role = forms.ChoiceField(label=_("Post"), choices=[("", "—"), *Role.choices])
    section = forms.CharField(label=_("Section"), max_length=30, required=False)
    certificate = forms.CharField(label=_("Enforcement certificate number"), max_length=30, required=False)
    until = DateField(
        label=_("Ends on"),
        required=False,
        help_text=_("Only for outside experts: the first day without the post."),
    )

    def __init__(self, *args, departments, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["department"].queryset = departments


class ReasonForm(HouseForm):
    reason = forms.CharField(label=_("Reason"), max_length=200, widget=forms.Textarea(attrs={"rows": 2}))


class DepartmentForm(HouseForm):
    """What the directory and the letters say of a department."""

    name = forms.CharField(label=_("Full name"), max_length=60)
    short_name = forms.CharField(label=_("Short name"), max_length=20)
    mark = forms.CharField(label=_("Document mark"), max_length=12, help_text=_("机关代字, such as 青医保"))
    hotline = forms.CharField(label=_("Hotline"), max_length=30, required=False)
    address = forms.CharField(label=_("Address"), max_length=100, required=False)
    postcode = forms.RegexField(
        r"^\d{6}$",
        label=_("Postcode"),
        required=False,
        error_messages={"invalid": _("A postcode has six digits.")},
    )
    has_account = forms.BooleanField(
        label=_("Works in this system (otherwise letters are served on paper)"), required=False
    )
    named_only = forms.BooleanField(
        label=_("Letters to it are seen by named persons only (such as discipline inspection)"), required=False
    )


class EditDepartmentForm(RenewingFrom, DepartmentForm):
    version_name = "version"
    version = forms.IntegerField(widget=forms.HiddenInput)


class AddDepartmentForm(DepartmentForm):
    function = forms.ChoiceField(label=_("Function"), choices=REGION_FUNCTIONS)
    field_order = ("function",)


class SetUpForm(HouseForm):
    """The county and its first system administrator."""

    county = forms.CharField(label=_("County"), max_length=20, help_text=_("Full name, such as 青禾县"))
    code = forms.CharField(label=_("Region code"), max_length=6, help_text=_("Six digits of GB/T 2260"))
    character = forms.CharField(
        label=_("Character in document marks"), max_length=4, help_text=_("Such as 青 in 青医保")
    )
    staff_number = forms.CharField(label=_("Your staff number"), max_length=20)
    name = forms.CharField(label=_("Your name"), max_length=30)
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=PASSWORD,
        help_text=_(
            "At least 10 characters of three kinds (small letters, capitals, digits, others), not close to your name "
            "and none of your last five."
        ),
    )
    again = forms.CharField(label=_("Password again"), strip=False, widget=PASSWORD)

    def clean_again(self):
        if self.cleaned_data["again"] != self.cleaned_data.get("password"):
            raise forms.ValidationError(_("The two passwords differ."))
        return self.cleaned_data["again"]
