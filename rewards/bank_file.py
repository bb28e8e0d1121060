"""How a bank file is made: by the opener's process alone, which knows who the reporters are. This side stores bytes.

Two custodians give their keys for exactly the frozen rows, which the opener reads itself; it then packs names, accounts
and amounts under the payer's passphrase and hands the bytes over.
"""

import base64
from collections.abc import Callable

from departments.models import User
from rewards import openers
from rewards.models import BankFile


def givers(file: BankFile) -> list[int]:
    """The ids of the custodians who gave their keys for exactly these rows.

    :raises OpenerAway: the opener does not answer
    """
    return openers.ask("payee_keys", file_id=file.pk)["users"]


def give_key(file: BankFile, *, by: User, passphrase: str, code: str) -> int:
    """A custodian agrees, and gives the key of the payees' accounts to the opener; how many have.

    :raises Refused: not a custodian, the payer, the same one twice, a wrong passphrase or code
    """
    return openers.ask("payee_key", file_id=file.pk, user_id=by.pk, passphrase=passphrase, code=code)["given"]


def packed(file: BankFile, passphrase: str) -> bytes:
    """The payments with names and accounts, encrypted under the payer's passphrase.

    :raises OpenerAway: the opener does not answer
    :raises NotReady: two custodians have not given their keys
    """
    return base64.b64decode(openers.ask("bank_file", file_id=file.pk, passphrase=passphrase)["zip"])


# who makes a file: the opener; tests that are about what happens to the bytes put another maker here
maker: list[Callable[[BankFile, str], bytes]] = [packed]


def make(file: BankFile, passphrase: str) -> bytes:
    """The bytes of a bank file, see `packed`."""
    return maker[-1](file, passphrase)
