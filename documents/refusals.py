"""What the actions of this room say when they refuse."""

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
