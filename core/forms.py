"""The house's forms: marked for the stylesheet, readable by screen readers, safe against double and stale submits.

Templates draw them with `{% error_summary form %}` and `{% field form "name" %}` (core.templatetags.ui).
"""

import re
import secrets
from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from core.money import CENT, LIMIT
from core.texts import SENTENCE, check_text
from core.versions import Renewing

KEY_PATTERN = re.compile(r"[A-Za-z0-9_-]{16,64}")


def new_form_key() -> str:
    """A fresh idempotency key for one showing of a form."""
    return secrets.token_urlsafe(24)


class DateInput(forms.DateInput):
    """The browser's own date picker; the value is always `2026-11-19`."""

    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__(attrs=attrs, format="%Y-%m-%d")


class DateTimeInput(forms.DateTimeInput):
    """The browser's own picker of local day and time (Asia/Shanghai)."""

    input_type = "datetime-local"

    def __init__(self, attrs=None):
        super().__init__(attrs=attrs, format="%Y-%m-%dT%H:%M")


class DateField(forms.DateField):
    """A local date, typed as `2026-11-19`, `2026/11/19` or `2026年11月19日`."""

    widget = DateInput
    default_error_messages = {"invalid": _("Enter a date such as 2026-11-19.")}

    def __init__(self, **kwargs):
        super().__init__(input_formats=["%Y-%m-%d", "%Y/%m/%d", "%Y%m%d", "%Y年%m月%d日"], **kwargs)


class DateTimeField(forms.DateTimeField):
    """A local day and time, read as Asia/Shanghai."""

    widget = DateTimeInput
    default_error_messages = {"invalid": _("Enter a day and time such as 2026-11-19 15:40.")}

    def __init__(self, **kwargs):
        super().__init__(input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y/%m/%d %H:%M"], **kwargs)


class MoneyField(forms.DecimalField):
    """An amount in yuan, two places; thousands commas and full-width digits are understood."""

    unit = _("yuan")
    default_error_messages = {
        "invalid": _("Enter an amount in yuan such as 86240.00."),
        "max_decimal_places": _("An amount has at most two places after the point."),
    }

    def __init__(self, **kwargs):
        kwargs.setdefault("min_value", Decimal("0"))
        kwargs.setdefault("max_value", LIMIT)
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal", "class": "short num"}))
        super().__init__(decimal_places=2, **kwargs)

    def to_python(self, value):
        if isinstance(value, str):
            value = value.translate(_PLAIN_DIGITS).strip()
            if "," in value and not _GROUPED.fullmatch(value):  # 12,3456 is a slip of the finger, not 123 456
                raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
            value = value.replace(",", "")
        return super().to_python(value)

    def clean(self, value):
        value = super().clean(value)
        return None if value is None else value.quantize(CENT)


_GROUPED = re.compile(r"-?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]*)?")
_PLAIN_DIGITS = str.maketrans("０１２３４５６７８９．，", "0123456789.,")


class HouseForm(forms.Form):
    """A form of the house. Widgets carry the stylesheet's classes; a wrong field is marked and named.

    A refusal of an action lands beside its field with `refused()`.
    """

    use_required_attribute = False  # the server's sentence is better than the browser's bubble

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for name, each in self.fields.items():
            speak(each)
            mark(self[name])

    def refused(self, refusal):
        """Show each sentence of a `core.refusals.Refused` beside the field it names, else on top."""
        for field, sentence in refusal.faults.items():
            name = field if field in self.fields else None
            self.add_error(name, str(sentence))
            if name:
                mark(self[name])

    def full_clean(self):
        for each in self.fields.values():  # those a form adds to itself as well
            if isinstance(each, forms.CharField) and check_text not in each.validators:
                each.validators = [*each.validators, check_text]
        super().full_clean()
        for name in self.errors:
            if name in self.fields:
                mark(self[name])


# what Django would say about a value of a choice or a text that is too long
SENTENCES = {
    "invalid_choice": _("Choose one of those offered here."),
    "invalid_pk_value": _("Choose one of those offered here."),
    "invalid_list": _("Choose one of those offered here."),
    "max_length": _("At most %(limit_value)d characters; these are %(show_value)d."),
    "null_characters_not_allowed": SENTENCE,
}


def _djangos(field, code):
    """Whether the sentence under this code is one Django brings along."""
    for cls in type(field).__mro__:
        brought = vars(cls).get("default_error_messages", {})
        if code in brought:
            return str(brought[code]) == str(field.error_messages[code]) and cls.__module__.startswith("django.")
    return False


def speak(field):
    """Give a field the house's sentences where it would say Django's own."""
    said = field.error_messages
    if str(said.get("required", "")) == str(forms.Field.default_error_messages["required"]):
        if isinstance(field, forms.FileField):
            said["required"] = _("Choose a file.")
        else:
            said["required"] = _("Make a choice.") if hasattr(field, "choices") else _("Fill this in.")
    for code, sentence in SENTENCES.items():
        if code not in said or _djangos(field, code):
            said[code] = sentence
    said.setdefault("min_value", _("Not less than %(limit_value)s."))
    said.setdefault("max_value", _("Not more than %(limit_value)s."))


def mark(bound):
    """Give a bound field's widget its classes, and where it is wrong its mark."""
    widget = bound.field.widget
    if widget.is_hidden:
        return
    if isinstance(widget, forms.Textarea) and widget.attrs.get("rows") == "10":  # Django's default is a page
        widget.attrs["rows"] = "4"
    css = set(widget.attrs.get("class", "").split())
    if isinstance(widget, forms.CheckboxInput | forms.RadioSelect | forms.CheckboxSelectMultiple):
        css.add("form-check-input")
    elif isinstance(widget, forms.Select):
        css.add("form-select")
    else:
        css.add("form-control")
    if bound.form._errors and bound.name in bound.form._errors:
        css.add("is-invalid")
    widget.attrs["class"] = " ".join(sorted(css))


class KeyedForm(HouseForm):
    """A form that works once: the same `form_key` a second time is refused by the room (workspace.FormKey)."""

    form_key = forms.CharField(widget=forms.HiddenInput, required=True, max_length=64)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["form_key"].error_messages["required"] = _("Open this form again: its key is missing.")
        if not self.is_bound:
            self.initial.setdefault("form_key", new_form_key())

    def clean_form_key(self):
        key = self.cleaned_data["form_key"]
        if not KEY_PATTERN.fullmatch(key):
            raise forms.ValidationError(_("Open this form again: its key is missing."))
        return key


class VersionedForm(Renewing, KeyedForm):
    """A form on something people edit: carries the version it was opened on.

    instance: the row being edited, with a `version`. The action compares and refuses with `Stale`.
    now: (row) -> its values by field name, where a field does not stand in the row under its own name.
    """

    expected_version = forms.IntegerField(widget=forms.HiddenInput, required=True, min_value=1)

    def __init__(self, *args, instance=None, now=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.instance, self._now = instance, now or self._by_name
        if instance is not None and not self.is_bound:
            self.initial.setdefault("expected_version", instance.version)

    def _by_name(self, row):
        own = {each.attname for each in row._meta.concrete_fields} | {each.name for each in row._meta.concrete_fields}
        return {name: getattr(row, name) for name in self.fields if name in own}

    def present(self, refusal):
        row = type(self.instance)._base_manager.get(pk=self.instance.pk)  # the edges let nobody in who may not read it
        return {**self._now(row), "expected_version": row.version}

    def renew(self, data):
        data["form_key"] = new_form_key()
