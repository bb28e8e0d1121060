"""Editing a row of a dictionary: what the form was opened on, and what somebody else changed since.

These rows carry no version of their own; what they say is their version, so that a row changed and changed
back is no other row.
"""

import json
import zlib
from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.db import connection
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.forms import HouseForm
from core.refusals import Refused, Stale

LOCK = 727_003  # advisory lock


def version_of(values: Mapping[str, Any]) -> int:
    """A number that is another one once any of the values is."""
    return zlib.crc32(json.dumps(values, sort_keys=True, ensure_ascii=False, default=str).encode())


def check_version(version: int, values: Mapping[str, Any]) -> None:
    """Compare the version a form was opened on with the values as they are, read under lock.

    :raises Stale: they differ; its details carry the values as `now`
    """
    if version != version_of(values):
        raise Stale(now=values)


def one_at_a_time() -> None:
    """Let nobody else edit a dictionary until this transaction ends: what must not stand twice is asked once."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


class DictionaryForm(HouseForm):
    """A form on a row of a dictionary.

    now: the row's values by field name. When the action refuses with `Stale`, `differences` holds (label, as it is
    now, as typed) of every field that differs, what was typed stays, and the next submission counts against what
    is shown.
    """

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args, now, **kwargs):
        super().__init__(*args, initial={**now, "version": version_of(now)}, **kwargs)
        self.fields["version"].error_messages["required"] = _("Open this form again: its version is missing.")
        self.differences = []

    def refused(self, refusal: Refused) -> None:
        given = dict(self.cleaned_data)
        super().refused(refusal)
        if not isinstance(refusal, Stale):
            return
        now = refusal.details["now"]
        for bound in self.visible_fields():
            there, typed = now[bound.name], given[bound.name]
            if _same(there) != _same(typed):
                self.differences.append((bound.label, self._said(bound, there), self._said(bound, typed)))
        data = cast(QueryDict, self.data).copy()
        data["version"] = str(version_of(now))
        self.data = data

    def _said(self, bound, value) -> str:
        """A value of a field as people read it."""
        choices = dict(getattr(bound.field, "choices", ()))
        if isinstance(value, bool):
            return gettext("yes") if value else gettext("no")
        if isinstance(value, list):
            return gettext(", ").join(str(choices.get(each, each)) for each in value)
        return str(choices.get(value, value))


def _same(value: Any) -> Any:
    return sorted(value) if isinstance(value, list) else value
