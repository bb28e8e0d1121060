"""What the actions of this room say when they refuse."""

from collections.abc import Iterable
from typing import Self

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.refusals import BadInput, Refused, WrongState


class AlreadySealed(WrongState):
    sentence = _("The scan of the sealed copy is already here; it cannot be replaced.")


class Voided(WrongState):
    sentence = _("This document is void.")


class StillInUse(WrongState):
    """What the paper is about is under way; the sentence says what to do instead."""


class BadScan(BadInput):
    """The uploaded file is not a scan we keep."""

    sentence = _("Upload the scan as PDF, JPEG or PNG.")


class NoReason(BadInput):
    sentence = _("Say why the document is void.")


class Tampered(Refused):
    """The bytes in the storage are not the bytes that were issued."""

    sentence = _(
        "The stored file no longer matches its fingerprint. It is not given out; tell the administrator."
    )
    record = True


class Unprintable(BadInput):
    """A paper holds characters that no font of this house can draw; nothing is issued and no number is used."""

    sentence = _("This paper holds characters that no font of this server has.")

    @classmethod
    def for_characters(cls, characters: Iterable[str]) -> Self:
        """Names them with their code points: what a font lacks a screen may lack too."""
        named = "、".join(f"{char}（U+{ord(char):04X}）" for char in dict.fromkeys(characters))
        return cls(
            gettext(
                "No font of this server has these characters: %(characters)s. Write them otherwise, or ask the "
                "administrator for a font that has them."
            )
            % {"characters": named}
        )


class NotSigned(Refused):
    """A paper that should be signed cannot be; nothing is issued and no number is used."""

    sentence = _("The paper cannot be signed: the certificate of this installation cannot be used. Tell the administrator.")

    @classmethod
    def by_demonstration(cls) -> Self:
        return cls(
            gettext(
                "The certificate of this installation is the demonstration's: it signs nothing outside of it. Tell the "
                "administrator."
            )
        )
