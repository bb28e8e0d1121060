"""What goes to the public names no natural person (T10, PIPL art. 25): names and numbers are masked, texts are read."""

import re
from collections.abc import Iterable

from cases.enums import ANSWERING
from cases.models import Subject, SubjectRelation
from core.identifiers import is_resident_id, masked
from sanctions.masking import masked_name, public_name

__all__ = ["answering", "numbers_in", "public_name", "reveals", "scrubbed", "shown_code"]

_NUMBER = re.compile(r"(?<![0-9])[1-9][0-9]{16}[0-9Xx](?![0-9])")


def shown_code(subject: Subject) -> str:
    """A body's credit code, a person's masked number."""
    return (subject.uscc or "") if subject.is_body else subject.id_masked


def numbers_in(text: str) -> list[str]:
    """Identity numbers written out in a text."""
    return [found for found in _NUMBER.findall(text) if is_resident_id(found.upper())]


def answering(subject: Subject) -> list[str]:
    """The names of those who answer or answered for a body: natural persons, who are not named with it."""
    if not subject.is_body:
        return []
    ties = SubjectRelation.objects.filter(subject=subject, kind__in=ANSWERING).order_by("pk")
    return [name for name in dict.fromkeys(ties.values_list("other__name", flat=True)) if len(name) > 1]


def _names(subject: Subject, others: Iterable[str]) -> list[str]:
    own = [] if subject.is_body or not subject.name else [subject.name]
    return sorted({*own, *others}, key=len, reverse=True)  # the longer first: one may be a part of another


def reveals(text: str, subject: Subject, others: Iterable[str] = ()) -> bool:
    """Whether a text for the public names the person it is about, or one of `others`, or writes an identity number out."""
    return bool(numbers_in(text)) or any(name in text for name in _names(subject, others))


def scrubbed(text: str, subject: Subject, others: Iterable[str] = ()) -> str:
    """The text with the person's name, those of `others` and every identity number masked, as it is offered."""
    text = _NUMBER.sub(
        lambda found: masked(found[0].upper()) if is_resident_id(found[0].upper()) else found[0], text
    )
    for name in _names(subject, others):
        text = text.replace(name, masked_name(name))
    return text
