"""The pages' forms in the API: what may be entered is said once, and the schema is made from it."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.exceptions import ValidationError

from core.forms import SENTENCES, MoneyField, new_form_key

OWN = ("form_key", "expected_version")  # what only a page carries: here Idempotency-Key and If-Match


def read_form(
    form_class: type[forms.Form],
    data: Any,
    *,
    files: Any = None,
    kept: bool = False,
    names: Mapping[str, str] | None = None,
    **keywords: Any,
) -> dict[str, Any]:
    """What the form makes of a call's body: its cleaned values by field name.

    names: field → what the API calls it. kept: what is left out stays as it is (a form on an instance).

    :raises ValidationError: the form's own sentences, each under its field
    """
    called = dict(names or {})
    if not isinstance(data, Mapping):
        raise ValidationError({"non_field_errors": [_("Send an object of fields.")]})
    blank = form_class(**keywords)
    for name, field in form_class.base_fields.items():  # type: ignore[attr-defined]  # of its metaclass
        said = called.get(name, name)
        if name not in blank.fields and data.get(said) and not isinstance(field, forms.BooleanField):
            raise ValidationError(
                {said: [SENTENCES["invalid_choice"]]}
            )  # there is nothing to choose from here
    given: dict[str, list[str]] = {}
    for name in blank.fields:
        said = called.get(name, name)
        if said in data:
            values = data.getlist(said) if hasattr(data, "getlist") else data[said]
            given[name] = _texts(said, values)
        elif kept:
            given[name] = _texts(said, blank[name].value())
    given |= {"form_key": [new_form_key()], "expected_version": ["1"]}
    form = form_class(MultiValueDict(given), files, **keywords)
    if not form.is_valid():
        wrong = {called.get(name, name): list(map(str, said)) for name, said in form.errors.items()}
        wrong |= {"non_field_errors": wrong.pop("__all__")} if "__all__" in wrong else {}
        raise ValidationError(wrong)
    return {name: value for name, value in form.cleaned_data.items() if name not in OWN}


def _texts(name: str, value: Any) -> list[str]:
    """A value of JSON as a form would have sent it."""
    values = value if isinstance(value, list | tuple) else [value]
    if any(isinstance(each, Mapping | list) for each in values):
        raise ValidationError({name: [_("Send a plain value here.")]})
    return [str(each).lower() if isinstance(each, bool) else str(each) for each in values if each is not None]


def body_of(
    form_class: type[forms.Form],
    name: str,
    *,
    names: Mapping[str, str] | None = None,
    kept: bool = False,
    without: Iterable[str] = (),
    **fields: serializers.Field,
) -> type[serializers.Serializer]:
    """The body of a call in the schema, as the form asks for it. `fields`: those that are said otherwise here."""
    called, members = dict(names or {}), dict(fields)
    for field_name, field in form_class.base_fields.items():  # type: ignore[attr-defined]  # of its metaclass
        said = called.get(field_name, field_name)
        if field_name not in (*OWN, *without) and said not in members:
            members[said] = _member(field, required=field.required and not kept)
    return type(name, (serializers.Serializer,), members)


def _member(field: forms.Field, *, required: bool) -> serializers.Field:
    if isinstance(field, forms.ModelMultipleChoiceField):
        return serializers.ListField(child=serializers.IntegerField(), required=required)
    if isinstance(field, forms.ModelChoiceField):
        return serializers.IntegerField(required=required, allow_null=not field.required)
    if isinstance(field, forms.TypedChoiceField):  # yes, no, not known
        return serializers.BooleanField(required=required, allow_null=True)
    choices = [pair for pair in getattr(field, "choices", ()) if pair[0]]
    if isinstance(field, forms.MultipleChoiceField):
        return serializers.ListField(child=serializers.ChoiceField(choices=choices), required=required)
    if choices:
        return serializers.ChoiceField(choices=choices, required=required)
    if isinstance(field, forms.FileField):
        return serializers.FileField(required=required)
    if isinstance(field, forms.BooleanField):
        return serializers.BooleanField(required=required)
    if isinstance(field, MoneyField):
        return serializers.DecimalField(max_digits=14, decimal_places=2, required=required)
    if isinstance(field, forms.DateField):
        return serializers.DateField(required=required, allow_null=not field.required)
    if isinstance(field, forms.IntegerField):
        bounds: dict[str, Any] = {"min_value": field.min_value, "max_value": field.max_value}
        return serializers.IntegerField(**bounds, required=required, allow_null=not field.required)
    longest = getattr(field, "max_length", None)
    return serializers.CharField(max_length=longest, required=required, allow_blank=not field.required)
