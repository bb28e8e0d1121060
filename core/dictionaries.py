"""Editing a row of a dictionary: what the form was opened on, and what somebody else changed since.

These rows carry no version of their own; what they say is their version, so that a row changed and changed
back is no other row.
"""

import json
import zlib
from collections.abc import Mapping
from typing import Any

from django import forms
from django.db import connection

from core.forms import HouseForm
from core.refusals import Stale
from core.versions import Renewing

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


class DictionaryForm(Renewing, HouseForm):
    """A form on a row of a dictionary. now: the row's values by field name."""

    version_name = "version"
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args, now, **kwargs):
        super().__init__(*args, initial={**now, "version": version_of(now)}, **kwargs)

    def present(self, refusal: Stale) -> dict[str, Any]:
        now = refusal.details["now"]
        return {**now, "version": version_of(now)}
