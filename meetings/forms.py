"""The forms of meetings. They read what was typed; the actions decide."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.models import Case
from core.forms import DateField, DateTimeField, KeyedForm, mark, speak
from departments.models import Department, Post, User
from meetings.actions.attendance import WHO_CAME
from meetings.actions.holding import Line
from meetings.enums import LONGEST_TOPIC, TOPIC_KINDS, Answer, ItemKind, Presence
from meetings.models import AgendaItem
from workspace.steps import StepForm

MOST_LINES = 20


def area(rows: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class Lines(forms.CharField):
    """Text of several lines, counted as the person and the action count it: a line break is one character."""

    def to_python(self, value):
        said = super().to_python(value)
        return said.replace("\r\n", "\n") if said else said


def dress(form) -> None:
    """Fields added after the form was made get the house's sentences and classes too."""
    for name, field in form.fields.items():
        speak(field)
        mark(form[name])


class ReasonForm(StepForm):
    reason = forms.CharField(label=_("Reason"), widget=area(), max_length=300)


class AdHocForm(KeyedForm):
    occasion = forms.CharField(
        label=_("Why it is called"), widget=area(), max_length=300,
        help_text=_("Goes into the notice: such as 会商某重大案件."),
    )  # fmt: skip
    urgent = forms.BooleanField(label=_("Urgent"), required=False)


class TopicsByForm(StepForm):
    topics_by = DateField(label=_("Topics by"))


class CallForm(StepForm):
    starts_at = DateTimeField(label=_("Begins"))
    place = forms.CharField(label=pgettext_lazy("meeting", "Place"), max_length=100)
    chair = forms.CharField(label=_("Chaired by"), max_length=40, required=False)
    requirements = forms.CharField(label=_("What to bring"), widget=area(2), max_length=500, required=False)


class CallAgainForm(StepForm):
    starts_at = DateTimeField(label=_("Begins"))
    place = forms.CharField(label=pgettext_lazy("meeting", "Place"), max_length=100)
    reason = forms.CharField(label=_("Reason"), widget=area(2), max_length=300)


class DepartmentField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Department) -> str:
        return obj.name


class InviteForm(StepForm):
    department = DepartmentField(label=_("Department"), queryset=Department.objects.none())

    def __init__(self, *args, departments, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["department"].queryset = departments


class _Cases(forms.ModelChoiceField):
    def label_from_instance(self, obj: Case) -> str:
        return f"{obj.number}　{obj.title}"


class TopicForm(StepForm):
    """A topic of the office (`proposing` False) or of a department, which hands in its material with it."""

    kind = forms.ChoiceField(
        label=_("Kind of topic"), widget=forms.RadioSelect,
        choices=[(kind.value, kind.label) for kind in ItemKind if kind in TOPIC_KINDS],
    )  # fmt: skip
    title = forms.CharField(label=_("Topic"), max_length=200)
    text = Lines(label=_("What it is about"), widget=area(4), max_length=LONGEST_TOPIC, required=False)
    case = _Cases(
        label=pgettext_lazy("agenda item", "Case"), queryset=Case.objects.none(), required=False,
        help_text=_("Others who are asked to the meeting see its number, not its name."),
    )  # fmt: skip
    file = forms.FileField(label=_("Material"), required=False)

    def __init__(self, *args, cases, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["case"].queryset = cases


class EditItemForm(StepForm):
    title = forms.CharField(label=_("Topic"), max_length=200)
    text = Lines(label=_("What it is about"), widget=area(6), max_length=LONGEST_TOPIC, required=False)
    expected_version = forms.IntegerField(widget=forms.HiddenInput)


class _Items(forms.ModelChoiceField):
    def label_from_instance(self, obj: AgendaItem) -> str:
        return obj.title


class MergeForm(StepForm):
    into = _Items(label=_("Merge into"), queryset=AgendaItem.objects.none())
    reason = forms.CharField(label=_("Reason"), max_length=300, required=False)

    def __init__(self, *args, items, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["into"].queryset = items


class MaterialForm(StepForm):
    upload = forms.FileField(
        label=_("Material"), help_text=_("A file of the same name is a new version of it.")
    )


class _People(forms.ModelChoiceField):
    def label_from_instance(self, obj: User) -> str:
        return f"{obj.name}　{obj.job_title}" if obj.job_title else obj.name


class AnswerForm(StepForm):
    answer = forms.ChoiceField(
        label=_("Answer"), widget=forms.RadioSelect,
        choices=[(each.value, each.label) for each in (Answer.ACCEPTED, Answer.SUBSTITUTE, Answer.LEAVE)],
    )  # fmt: skip
    person = _People(label=_("Who comes"), queryset=User.objects.none(), required=False)
    job_title = forms.CharField(label=pgettext_lazy("meeting", "Job title"), max_length=40, required=False)
    reason = forms.CharField(
        label=_("Reason for leave"), widget=area(2), max_length=200, required=False,
    )  # fmt: skip

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people


class RecordForm(StepForm):
    """Who came: a choice for each department that was asked."""

    def __init__(self, *args, attendances, **kwargs):
        super().__init__(*args, **kwargs)
        for row in attendances:
            self.fields[f"presence_{row.pk}"] = forms.ChoiceField(
                label=row.department.name, widget=forms.RadioSelect, required=False,
                choices=[(each.value, Presence(each).label) for each in WHO_CAME[row.member]],
                initial=row.presence or _expected(row), help_text=row.person_name,
            )  # fmt: skip
        dress(self)

    def presences(self) -> dict[int, str]:
        return {
            int(name.removeprefix("presence_")): value
            for name, value in self.cleaned_data.items()
            if name.startswith("presence_")
        }


def _expected(row) -> str:
    """What the answer makes likely; the office confirms it."""
    if row.answer == Answer.LEAVE:
        return Presence.LEAVE
    if row.answer == Answer.NONE:
        return ""
    return WHO_CAME[row.member][0]


class PostField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Post) -> str:
        return f"{obj.department}　{obj.user.name}"


def by_name(bodies, prefix: str = "") -> dict[str, forms.Field]:
    """The two fields that name somebody of a department without an account."""
    return {
        f"{prefix}body": DepartmentField(
            label=_("Or a department without an account"), queryset=bodies, required=False
        ),
        f"{prefix}name": forms.CharField(label=_("Who does it there"), max_length=40, required=False),
    }  # fmt: skip


def doer(given, prefix: str = "", post: str = "post") -> tuple[Department | None, User | None, str]:
    """(department, person, name) as a form names who does something."""
    chosen = given.get(f"{prefix}{post}")
    if chosen is not None:
        return chosen.department, chosen.user, ""
    return given.get(f"{prefix}body"), None, given.get(f"{prefix}name", "")


class DecideForm(StepForm):
    """What was decided, and lines of who does what until when; empty lines are left out.

    merged: the topics merged into it, each with its own words, and to choose from for every line. follow_up, adopted:
    what it is about, which a decision may withdraw. bodies: departments without an account, whose people are named.
    """

    outcome_text = Lines(label=_("What was decided"), widget=area(4), max_length=4000)

    def __init__(
        self, *args, posts, lines: int, follow_up=False, adopted=False, topic=None, merged=(), bodies=None, **kwargs
    ):  # fmt: skip
        super().__init__(*args, **kwargs)
        self.merged = {each.pk: each for each in merged}
        for each in merged:
            self.fields[f"merged{each.pk}_text"] = forms.CharField(
                label=_("What was decided about “%(topic)s”") % {"topic": each.title}, widget=area(3), max_length=4000,
                required=False, help_text=_("Left empty, the words above hold for it too; topics about different cases "
                                            "need words of their own, since the extract of a case names no other."),
            )  # fmt: skip
        if adopted:
            self.fields["withdraws"] = forms.BooleanField(
                label=_("Withdraw the proposal"), required=False,
                help_text=_("It was adopted and is not deployed; withdrawn when the meeting is closed."),
            )  # fmt: skip
        if follow_up:
            self.fields["withdraws"] = forms.BooleanField(label=_("Withdraw the resolution"), required=False)
            self.fields["new_due_on"] = DateField(label=_("New last day of the resolution"), required=False)
        self.count = max(1, min(lines, MOST_LINES))
        for n in range(self.count):
            self.fields[f"line{n}_text"] = forms.CharField(
                label=_("What is to be done"), widget=area(2), max_length=500, required=False
            )
            self.fields[f"line{n}_post"] = PostField(label=_("Who does it"), queryset=posts, required=False)
            if bodies:
                self.fields |= by_name(bodies, f"line{n}_")
            self.fields[f"line{n}_due_on"] = DateField(label=_("Until"), required=False)
            if merged:
                self.fields[f"line{n}_topic"] = forms.TypedChoiceField(
                    label=_("Of the topic"), coerce=int, required=False, empty_value=None,
                    choices=[("", topic.title), *((each.pk, each.title) for each in merged)],
                )  # fmt: skip
        dress(self)

    def filled(self) -> list[int]:
        given = self.cleaned_data
        return [
            n for n in range(self.count)
            if any(given.get(f"line{n}_{part}") for part in ("text", "post", "body", "name", "due_on"))
        ]  # fmt: skip

    def lines(self) -> list[Line]:
        found = []
        for n in self.filled():
            department, person, name = doer(self.cleaned_data, f"line{n}_")
            found.append(
                Line(
                    text=self.cleaned_data.get(f"line{n}_text", ""), department=department, person=person, name=name,
                    due_on=self.cleaned_data.get(f"line{n}_due_on"),
                    topic=self.merged.get(self.cleaned_data.get(f"line{n}_topic")),
                )
            )  # fmt: skip
        return found

    def words(self) -> dict[int, str]:
        """What was decided about the merged topics, by id."""
        return {pk: self.cleaned_data.get(f"merged{pk}_text", "") for pk in self.merged}

    def refused(self, refusal):
        """The action counts the lines it was given; the form knows where they stand."""
        filled = self.filled()
        for field, sentence in refusal.faults.items():
            name = field
            if field and field.startswith("line"):
                number, _underscore, part = field.removeprefix("line").partition("_")
                line = f"line{filled[int(number)]}_"
                if part in ("department", "person"):
                    part = "name" if self.cleaned_data.get(f"{line}body") else "post"
                name = f"{line}{part}"
            self.add_error(name if name in self.fields else None, str(sentence))
            if name in self.fields:
                mark(self[name])


class DeferForm(StepForm):
    until = DateField(label=_("Deferred to"))
    reason = forms.CharField(label=_("Reason"), widget=area(2), max_length=300)


class NoteForm(StepForm):
    text = forms.CharField(label=_("What was said"), widget=area(4), max_length=4000, required=False)
