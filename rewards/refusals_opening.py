"""What the opener refuses, and in which words. It answers the name of the class; the web says the sentence."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.refusals import FourEyes, Refused


class OpenerAway(Refused):
    sentence = _("The opener does not answer. Nothing was opened; tell the system administrator.")


class NotCustodian(Refused):
    sentence = _("Only a custodian in force whose key this record was sealed to can do this.")
    record = True


class SameCustodian(FourEyes):
    sentence = _("You have given your key already. Another custodian has to give the second one.")


class OwnRequest(FourEyes):
    sentence = _("Whoever asks for an opening does not give a key to it.")


class WrongPassphrase(Refused):
    sentence = _(
        "Passphrase or one-time code is wrong. What was sealed before you made your present key takes the earlier"
        " passphrase and codes. After five failures the key is locked for an hour."
    )
    record = True


class KeyLocked(Refused):
    sentence = _("This key is locked for an hour after five failures.")
    record = True


class NoCodesLeft(Refused):
    sentence = _(
        "All one-time codes of the key this was sealed to are used up. Make a new key; then let the operator give the"
        " earlier records to it: manage.py opener --rewrap custodians."
    )


class Lapsed(Refused):
    sentence = _("The request has lapsed: both keys have to be given within 24 hours. Ask again.")
    record = True


class Tampered(Refused):
    sentence = _(
        "The sealed record was changed or damaged. Nothing was opened; tell the system administrator."
    )
    record = True


class OfRows(Refused):
    """Refused because of some rows of a bank file, named by `positions`."""

    rows: Any = ""
    record = True  # the payer who asked for the file has to learn of it

    def __init__(self, sentence: Any = None, *, positions: Sequence[int] = (), **more: Any) -> None:
        if positions and sentence is None:
            sentence = self.rows % {"positions": ", ".join(map(str, positions))}
        super().__init__(sentence, positions=list(positions), **more)


class NotThere(OfRows):
    sentence = _("Nothing of this kind is sealed for this reporter.")
    rows = _(
        "Rows %(positions)s: these reporters gave no account. The payer closes this file and asks for one without them."
    )


class EarlierKey(OfRows):
    sentence = _("This was sealed to an earlier key of yours.")
    rows = _(
        "Rows %(positions)s are not sealed to one key of yours. Let the operator give the earlier records to the"
        " custodians in force: manage.py opener --rewrap custodians."
    )


class RowsChanged(OfRows):
    sentence = _(
        "This bank file does not hold what it was asked for. The payer closes it and asks for another."
    )
    rows = _(
        "Rows %(positions)s: these rewards are not funded with this amount any more. The payer closes this file and"
        " asks for another."
    )


class NotReady(Refused):
    sentence = _("This was opened already, or its keys are not complete. It is shown once only.")
    record = True


class NotYours(Refused):
    sentence = _("Only who asked for the opening is shown it.")
    record = True


class WeakPassphrase(Refused):
    sentence = _(
        "Choose a passphrase of at least 12 letters or 8 Chinese characters, neither a number nor one character repeated."
    )


class BadRequest(Refused):
    sentence = _("The opener did not understand. Nothing was done.")


REFUSALS: dict[str, type[Refused]] = {
    one.__name__: one
    for one in (
        OpenerAway, NotCustodian, SameCustodian, OwnRequest, WrongPassphrase, KeyLocked, NoCodesLeft, Lapsed,
        Tampered, NotThere, EarlierKey, RowsChanged, NotReady, NotYours, WeakPassphrase, BadRequest,
    )
}  # fmt: skip


# a bank file of which a row was refused like this is never made: who asked for it closes it
FOR_GOOD = (NotThere.__name__, RowsChanged.__name__)


def words_of(name: str) -> str:
    """The sentence of a refusal, for the record."""
    return str(REFUSALS[name].sentence) if name in REFUSALS else name
