"""How a bank file is made: by the opener's process alone, which knows who the reporters are. This side stores bytes.

`maker` is set by whoever runs the opener (apps_reports, tests). It reads the frozen lines of the file under its
own database role, and returns them with names and accounts, encrypted for the payer; this process can read neither.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from core.refusals import Refused
from rewards.models import BankFile


class NoOpener(Refused):
    """The process that may open identities does not answer."""

    sentence = _("The process that opens identities does not answer: no bank file can be made now.")


@dataclass(frozen=True)
class BankRow:
    """One payment as the opener gets it: ids and an amount in yuan, nothing of a person."""

    reward_id: int
    reporter_id: int
    amount: Decimal


# (file=, rows=, passphrase=) -> the file's bytes, encrypted under the payer's passphrase
Maker = Callable[..., bytes]
maker: list[Maker] = []


def rows_of(file: BankFile) -> list[BankRow]:
    """The frozen lines in order."""
    lines = file.lines.select_related("reward").order_by("position")
    return [BankRow(line.reward_id, line.reward.reporter_id, line.amount) for line in lines]


def make(file: BankFile, passphrase: str) -> bytes:
    """The bytes of a bank file.

    :raises NoOpener: nobody can make it now
    """
    if not maker:
        raise NoOpener
    return maker[-1](file=file, rows=rows_of(file), passphrase=passphrase)
