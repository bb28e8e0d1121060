"""What may travel with an event or a notice: ids, codes, old and new values. Never who was insured or reported."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from decimal import Decimal
from enum import Enum
from typing import Any

from core.identifiers import is_resident_id, masked

# names of parameters that would hold a person's particulars (DESIGN §2 journal)
FORBIDDEN = frozenset(
    {
        "insured",
        "insured_name",
        "patient",
        "patient_name",
        "reporter",
        "reporter_name",
        "subject_name",
        "person_name",
        "id_number",
        "identity",
        "resident_id",
        "phone",
        "mobile",
        "address",
        "bank_account",
        "account_number",
        "password",
    }
)
_IDENTITY = re.compile(r"(?<![0-9])[1-9][0-9]{16}[0-9Xx](?![0-9])")


def plain(params: Mapping[str, Any]) -> dict[str, Any]:
    """`params` as JSON holds them: dates in ISO form, decimals as text, codes of enums.

    An identity number somebody typed into a reason is masked.

    :raises ValueError: for a parameter that would name an insured person or a reporter
    :raises TypeError: for a value JSON cannot hold exactly (floats, model instances)
    """
    found = sorted(FORBIDDEN & params.keys())
    if found:
        raise ValueError(f"the record holds ids and codes, never particulars of a person: {found}")
    return {str(key): _plain(value) for key, value in params.items()}


def _mask(found: re.Match[str]) -> str:
    number = found[0].upper()
    return masked(number) if is_resident_id(number) else found[0]


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        value = value.value
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str):
        return _IDENTITY.sub(_mask, value)
    if isinstance(value, dt.datetime | dt.date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, Mapping):
        return plain(value)
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(item) for item in value]
    raise TypeError(f"not for the record: {type(value).__name__} {value!r}")


def target_of(target: Any) -> tuple[str, int | None]:
    """The (kind, id) of a model instance with `kind_code`, or of a pair given as such; None is ("", None)."""
    if target is None:
        return "", None
    if isinstance(target, tuple):
        kind, pk = target
        return kind, pk
    return target.kind_code, target.pk
