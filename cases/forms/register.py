"""The form by which a lead enters the registry."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.actions.registration import faults_of
from cases.actions.subjects import faults_of as subject_faults
from cases.actions.subjects import find_person
from cases.enums import BODIES, Source, SubjectKind
from cases.forms.files import MultipleFileField
from cases.models import Subject
from core.forms import DateField, KeyedForm, MoneyField
from core.wording import today
from departments.models import Category

SECTIONS = (
    (_("Where it comes from"), ("source", "source_number", "found_on")),
    (_("Whom it is about"), ("subjects",)),
    (_("What is suspected"), ("categories", "suspected", "period_from", "period_to", "summary", "title")),
    (_("Handling"), ("major", "restricted")),
    (_("Evidence"), ("files",)),
)
NEW_SUBJECT = ("new_kind", "new_name", "new_uscc", "new_id_number", "new_level", "new_address")


class RegisterForm(KeyedForm):
    """A lead. A subject not yet known is entered inline; files judged good stay with the form (`kept`)."""

    source = forms.ChoiceField(label=_("Source"), choices=[("", _("Choose")), *Source.choices])
    source_number = forms.CharField(label=_("Source number"), max_length=60, required=False)
    found_on = DateField(label=_("Received on"))
    subjects = forms.ModelMultipleChoiceField(
        Subject.objects.none(), label=_("Subjects"), required=False,
        help_text=_("The first one ticked is the principal one."),
        widget=forms.CheckboxSelectMultiple,  # drawn by templates/cases/register_subjects.html
    )  # fmt: skip
    new_kind = forms.ChoiceField(
        label=_("Kind"), choices=[("", _("none")), *SubjectKind.choices], required=False
    )
    new_name = forms.CharField(label=_("Subject name"), max_length=100, required=False)
    new_uscc = forms.CharField(label=_("Unified social credit code"), max_length=18, required=False)
    new_id_number = forms.CharField(
        label=_("Identity number"), max_length=18, required=False,
        help_text=_("For persons only; kept encrypted and shown masked."),
    )  # fmt: skip
    new_level = forms.CharField(label=_("Level"), max_length=20, required=False)
    new_address = forms.CharField(label=_("Address"), max_length=120, required=False)
    categories = forms.ModelMultipleChoiceField(
        Category.objects.none(), label=_("Categories"), widget=forms.CheckboxSelectMultiple
    )
    suspected = MoneyField(label=_("Suspected amount"), required=False)
    period_from = DateField(label=_("Period from"), required=False)
    period_to = DateField(label=_("Period to"), required=False)
    summary = forms.CharField(label=_("Facts"), max_length=5000, widget=forms.Textarea(attrs={"rows": 6}))
    title = forms.CharField(
        label=_("Case name"), max_length=120, required=False,
        help_text=_("Left empty, it is made of subject and categories."),
    )  # fmt: skip
    major = forms.BooleanField(label=_("Major case"), required=False)
    restricted = forms.BooleanField(
        label=_("Only named persons may see it"), required=False,
        help_text=_("For matters where even colleagues must not know."),
    )  # fmt: skip
    files = MultipleFileField(
        label=_("Files"), required=False,
        help_text=_("PDF, OFD, pictures, Word, Excel, plain text, ZIP, sound or film, 50 MB each."),
    )  # fmt: skip
    kept = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20000)
    duplicates_known = forms.BooleanField(
        label=_("I have looked at these cases; this is another matter"), required=False
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.region = user.region
        self.fields["subjects"].queryset = Subject.objects.visible_to(user)
        self.fields["categories"].queryset = Category.objects.filter(active=True)

    def look_through(self):
        """Read what was typed without complaining: nothing has been sent in yet."""
        forms.Form.full_clean(self)
        self._errors.clear()

    def clean_subjects(self):
        """In the order they were ticked, not by name: the first is the principal one."""
        order = {value: place for place, value in reversed(list(enumerate(self["subjects"].value() or [])))}
        return sorted(self.cleaned_data["subjects"], key=lambda subject: order[str(subject.pk)])

    def clean(self):
        given = super().clean()
        if not given.get("subjects") and not given.get("new_name") and "subjects" not in self.errors:
            self.add_error("subjects", _("Choose a subject, or enter a new one."))
        if given.get("new_name") and not given.get("new_kind"):
            self.add_error("new_kind", _("Choose what kind of subject this is."))
        faults = faults_of(
            found_on=given.get("found_on"), suspected=given.get("suspected"),
            period_from=given.get("period_from"), period_to=given.get("period_to"), today=today(),
        )  # fmt: skip
        faults |= self._faults_of_new(given)
        for name in faults.keys() - self.errors.keys():  # all at once, so that nobody corrects in rounds
            self.add_error(name, faults[name])
        return given

    def _faults_of_new(self, given):
        """What is wrong with the subject entered inline."""
        if given.get("new_kind") in BODIES and not given.get("new_uscc"):
            return {"new_uscc": _("A body has a unified social credit code.")}
        if not given.get("new_name") or not given.get("new_kind"):
            return {}
        asked = {name: given.get(f"new_{name}", "") for name in ("kind", "name", "uscc", "id_number")}
        return {f"new_{name}": fault for name, fault in subject_faults(region=self.region, known=True, **asked).items()}

    def known_person(self):
        """The person whose number was entered as that of a new subject, or None."""
        given = getattr(self, "cleaned_data", {})
        number = (given.get("new_id_number") or "").strip().upper()
        return find_person(self.region, number) if number and given.get("new_kind") not in BODIES else None

    def new_subject(self) -> dict | None:
        """The fields of the subject entered inline, or None."""
        given = self.cleaned_data
        if not given.get("new_name"):
            return None
        return {name.removeprefix("new_"): given[name] for name in NEW_SUBJECT}
