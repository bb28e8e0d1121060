"""The forms of tasks from above and beside. They read what was typed; the actions decide."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.forms.register import RegisterForm
from cases.models import Case, Evidence
from core.forms import DateField, HouseForm, KeyedForm, VersionedForm
from departments.models import Department, User
from referrals.enums_above import Handling, Outcome, Purpose, TaskFileKind, TaskKind
from referrals.forms import ReasonForm, RemarkForm, StepForm, _Files, _People, area


class TaskForm(KeyedForm):
    """A letter from a body outside. Names used before are offered as one types; nothing but the name is needed."""

    kind = forms.ChoiceField(label=_("Kind"), choices=TaskKind.choices, widget=forms.RadioSelect)
    body = forms.ModelChoiceField(
        label=_("Body in the directory"), queryset=Department.objects.none(), required=False, empty_label=_("none of them")
    )
    body_name = forms.CharField(
        label=_("Asked by"), max_length=60, required=False,
        help_text=_("The name in the letter, if it is not in the directory. Names used before are offered."),
    )  # fmt: skip
    number = forms.CharField(label=_("Its document number"), max_length=60)
    subject = forms.CharField(label=_("Subject line"), max_length=100)
    request = forms.CharField(label=_("What is asked"), widget=area(5), max_length=2000)
    received_on = DateField(label=_("Received on"))
    due_on = DateField(
        label=_("Report back by"), required=False,
        help_text=_("As the letter states. Help asked by another place may leave it out: 15 days then."),
    )  # fmt: skip
    scan = forms.FileField(
        label=_("Scan of the letter"), required=False,
        help_text=_("PDF, JPEG or PNG, at most 20 MB. A designation of jurisdiction needs it."),
    )  # fmt: skip

    def __init__(self, *args, bodies, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["body"].queryset = bodies
        self.fields["body"].label_from_instance = lambda body: body.name
        self.fields["body_name"].widget.attrs["list"] = "known-bodies"


class TaskAssignForm(StepForm):
    """A department and one of its people; a person of another department than the chosen one is refused."""

    department = forms.ModelChoiceField(label=_("Department"), queryset=Department.objects.none(), empty_label=None)
    person = _People(label=_("Person"), queryset=User.objects.none(), empty_label=_("Choose a person"))

    def __init__(self, *args, departments, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["department"].queryset = departments
        self.fields["department"].label_from_instance = lambda department: department.name
        self.fields["person"].queryset = people
        self.fields["person"].label_from_instance = _person_words


def _person_words(person: User) -> str:
    home = next((post.department.short_name for post in person.posts.all() if post.until is None), "")
    return "　".join(part for part in (home, person.name, person.job_title) if part)


class TaskLinkForm(StepForm):
    case = forms.ModelChoiceField(label=_("Case"), queryset=Case.objects.none(), empty_label=_("Choose a case"))

    def __init__(self, *args, cases, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["case"].queryset = cases
        self.fields["case"].label_from_instance = lambda case: f"{case.number} {case.title}"


class TaskCaseForm(RegisterForm):
    """A lead registered from a task: where it comes from and when is the task's to say."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("source", "source_number", "found_on", "period_from", "period_to", "major", "restricted", "kept"):
            del self.fields[name]
        self.order_fields(["subjects", "new_kind", "new_name", "new_uscc", "new_id_number", "categories"])


class TaskStateForm(StepForm):
    outcome = forms.ChoiceField(
        label=_("State of the case"), widget=forms.RadioSelect,
        choices=[(value, label) for value, label in Outcome.choices if value != Outcome.HANDED],
    )  # fmt: skip
    remark = forms.CharField(
        label=_("Remark"), widget=area(3), max_length=300, required=False,
        help_text=_("Goes into the report. A case that is still worked says how it goes on."),
    )  # fmt: skip


class TaskFileForm(StepForm):
    kind = forms.ChoiceField(label=_("Kind"), choices=TaskFileKind.choices)
    upload = forms.FileField(label=_("Scan"), help_text=_("PDF, JPEG or PNG, at most 20 MB."))


class TaskRedoForm(ReasonForm):
    reason = forms.CharField(label=_("What is to be reported again"), widget=area(3), max_length=300)
    due_on = DateField(label=_("Report back by"))


class TaskConcludeForm(ReasonForm):
    given_back = forms.ChoiceField(
        label=_("What became of the case"), widget=forms.RadioSelect,
        choices=[
            ("yes", _("It was given back: our handling and its clocks go on")),
            ("no", _("It stays with the higher level: our handling ends")),
        ],
    )  # fmt: skip
    reason = forms.CharField(
        label=_("Letter of the higher level"), widget=area(2), max_length=300,
        help_text=_("Its number and date, and what it says."),
    )  # fmt: skip
    field_order = ("given_back", "reason")


class TaskExtensionForm(RemarkForm):
    agreed = forms.ChoiceField(
        label=_("Answer of the body"), widget=forms.RadioSelect,
        choices=[("yes", _("Agrees to the new date")), ("no", _("Does not agree"))],
    )  # fmt: skip
    answer_number = forms.CharField(label=_("Number of the answer"), max_length=60)
    answer_on = DateField(label=_("Date of the answer"))
    scan = forms.FileField(label=_("Scan of the answer"), required=False, help_text=_("PDF, JPEG or PNG, at most 20 MB."))
    field_order = ("agreed", "answer_number", "answer_on", "scan", "remark")


class _LetterFields(HouseForm):
    """What a letter to the body says; a new date or the fate of our handling only where it is about that."""

    title = forms.CharField(label=_("Subject line"), max_length=100)
    text = forms.CharField(label=_("Text"), widget=area(9), max_length=6000)
    new_on = DateField(label=_("New date"))
    effect = forms.ChoiceField(
        label=_("Our own handling"), widget=forms.RadioSelect,
        choices=[
            (Handling.SUSPENDED, _("Suspended: clocks stand still until the case comes back")),
            (Handling.ENDED, _("Ended: clocks end, our handler no longer writes in it")),
        ],
    )  # fmt: skip
    manifest = _Files(label=_("Files handed over"), queryset=Evidence.objects.none(), required=False)

    def __init__(self, *args, purpose, files, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["manifest"].queryset = files
        if purpose != Purpose.DELAY:
            del self.fields["new_on"]
        if purpose != Purpose.HANDOVER:
            del self.fields["effect"]
            del self.fields["manifest"]
        if purpose == Purpose.DELAY:
            self["text"].label = _("Why more time is needed")

    def values(self) -> dict:
        """What the actions take."""
        names = ("title", "text", "new_on", "effect", "manifest")
        found = {name: self.cleaned_data[name] for name in names if name in self.cleaned_data}
        if "manifest" in found:
            found["manifest"] = list(found["manifest"])
        return found


class TaskLetterForm(_LetterFields, KeyedForm):
    pass


class TaskLetterEditForm(_LetterFields, VersionedForm):
    pass
