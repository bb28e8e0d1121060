"""Institutions and other subjects."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.enums import BODIES, SubjectKind
from core.forms import HouseForm, KeyedForm, VersionedForm

OWNERSHIP = [("", _("unknown")), ("true", _("public")), ("false", _("private"))]


def _ownership():
    return forms.TypedChoiceField(
        label=_("Ownership"), choices=OWNERSHIP, required=False, empty_value=None,
        coerce=lambda value: value == "true",
    )  # fmt: skip


class SubjectForm(KeyedForm):
    kind = forms.ChoiceField(
        label=_("Kind"), choices=[(kind.value, kind.label) for kind in SubjectKind if kind in BODIES]
    )
    name = forms.CharField(label=_("Subject name"), max_length=100)
    uscc = forms.CharField(label=_("Unified social credit code"), max_length=18)
    level = forms.CharField(label=_("Level"), max_length=20, required=False)
    public = _ownership()
    address = forms.CharField(label=_("Address"), max_length=120, required=False)
    agreement_number = forms.CharField(label=_("Agreement number"), max_length=40, required=False)


class EditSubjectForm(VersionedForm):
    name = forms.CharField(label=_("Subject name"), max_length=100)
    level = forms.CharField(label=_("Level"), max_length=20, required=False)
    public = _ownership()
    address = forms.CharField(label=_("Address"), max_length=120, required=False)
    agreement_number = forms.CharField(label=_("Agreement number"), max_length=40, required=False)

    def __init__(self, *args, instance, **kwargs):
        initial = {name: getattr(instance, name) for name in ("name", "level", "address", "agreement_number")}
        initial["public"] = {True: "true", False: "false"}.get(instance.public, "")
        super().__init__(*args, instance=instance, initial=initial, **kwargs)


class SubjectFilterForm(HouseForm):
    q = forms.CharField(required=False, max_length=60)
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("Kind")), *SubjectKind.choices])
