"""Several files in one field, and files that survive a form that was not saved."""

from django import forms
from django.core import signing

from core.forms import HouseForm

SALT = "cases.kept"


class MultipleFileInput(forms.ClearableFileInput):
    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"


class MultipleFileField(forms.FileField):
    """A file field whose value is a list, empty where nothing was chosen."""

    widget = MultipleFileInput

    def clean(self, data, initial=None):
        given = data if isinstance(data, list | tuple) else [data]
        one = super().clean
        return [one(each, initial) for each in given if each] if any(given) else one(None, initial) or []


def write_kept(user, kept: list[dict]) -> str:
    """What a form carries of files already taken in: signed, and good for one person only."""
    return signing.dumps({"user": user.pk, "files": kept}, salt=SALT, compress=True)


def read_kept(user, text: str) -> list[dict]:
    """The files a form carries, be they still there or not; none where the text is not ours or another's."""
    try:
        held = signing.loads(text, salt=SALT)
    except signing.BadSignature:
        return []
    return held["files"] if held["user"] == user.pk else []


class PlainForm(HouseForm):
    """A form without fields of its own, to carry a refusal."""
