"""What goes to the public names no natural person (T10, PIPL art. 25): names and numbers are masked, texts are read."""

import re

from cases.models import Subject
from core.identifiers import is_resident_id, masked
from sanctions.masking import masked_name, public_name

__all__ = ["numbers_in", "public_name", "reveals", "scrubbed", "shown_code"]

_NUMBER = re.compile(r"(?<![0-9A-Za-z])[1-9][0-9]{16}[0-9Xx](?![0-9A-Za-z])")


def shown_code(subject: Subject) -> str:
    """A body's credit code, a person's masked number."""
    return (subject.uscc or "") if subject.is_body else subject.id_masked


def numbers_in(text: str) -> list[str]:
    """Identity numbers written out in a text."""
    return [found for found in _NUMBER.findall(text) if is_resident_id(found.upper())]


def reveals(text: str, subject: Subject) -> bool:
    """Whether a text for the public names the person it is about, or writes anybody's identity number out."""
    return bool(numbers_in(text)) or (not subject.is_body and bool(subject.name) and subject.name in text)


def scrubbed(text: str, subject: Subject) -> str:
    """The text with the person's name and every identity number masked, as it is offered to who prepares it."""
    text = _NUMBER.sub(
        lambda found: masked(found[0].upper()) if is_resident_id(found[0].upper()) else found[0], text
    )
    return (
        text if subject.is_body or not subject.name else text.replace(subject.name, masked_name(subject.name))
    )
