"""Actions of the opener process: the payees of a bank file, opened by two custodians for the payer's eyes only."""

import csv
import datetime as dt
import hashlib
import io
import json
from collections.abc import Sequence
from typing import Any

import pyzipper
from django.db import transaction

from journal.actions import record
from rewards.actions.opener_keys import custodian_in_force, give_halves, somebody
from rewards.enums import FieldSet
from rewards.models import Reporter
from rewards.opener import records
from rewards.opener.ceremonies import Ceremonies
from rewards.opener.keys import House
from rewards.refusals_opening import NotReady, NotThere, OwnRequest, SameCustodian, WeakPassphrase

LIFETIME = dt.timedelta(hours=24)
HEAD = ("序号", "举报编号", "户名", "开户银行", "账号", "金额（元）", "证件号码")
Row = Sequence[Any]  # reward id, reporter id, amount in yuan as text


def purpose_of(file_id: int, rows: Sequence[Row]) -> str:
    """The ceremony of exactly these payments: other rows are another ceremony, for which no key was given."""
    text = json.dumps([[int(a), int(b), str(c)] for a, b, c in rows])
    return f"bank_file:{file_id}:{hashlib.sha256(text.encode()).hexdigest()}"


def _reporters(rows: Sequence[Row]) -> list[int]:
    return sorted({int(reporter) for _reward, reporter, _amount in rows})


def _check_region(reporters: list[int], region_id: int) -> None:
    """:raises NotThere: a reporter of another county is among them"""
    here = Reporter.objects.filter(pk__in=reporters, report__region_id=region_id).count()
    if not reporters or here != len(reporters):
        raise NotThere


def give_payee_key(
    *, house: House, ceremonies: Ceremonies, file_id: int, rows: Sequence[Row], asker_id: int, region_id: int,
    user_id: int, passphrase: str, code: str, at: dt.datetime,
) -> int:  # fmt: skip
    """A custodian agrees to a bank file and gives the halves of its payees' accounts. How many keys were given.

    :raises Refused: no custodian, the asker, the same one twice; see `opener_keys.unlock`
    """
    purpose = purpose_of(file_id, rows)
    if user_id == asker_id:
        raise OwnRequest
    custodian_in_force(user_id, region_id)
    if ceremonies.has(purpose, user_id):
        raise SameCustodian
    reporters = _reporters(rows)
    _check_region(reporters, region_id)
    envelopes = records.envelopes(reporters, FieldSet.PAYEE)
    halves = give_halves(
        house=house, user_id=user_id, held=records.wraps([one.id for one in envelopes]), passphrase=passphrase,
        code=code, at=at,
    )  # fmt: skip
    with transaction.atomic():
        record("payees.key_given", target=("bank_file", file_id), by=somebody(user_id, region_id=region_id), at=at,
               user=user_id, count=len(reporters))  # fmt: skip
    ceremonies.give(purpose, user_id, halves, until=at + LIFETIME)
    return len(ceremonies.givers(purpose))


def make_bank_file(
    *, ceremonies: Ceremonies, file_id: int, rows: Sequence[Row], asker_id: int, region_id: int, passphrase: str,
    at: dt.datetime,
) -> bytes:  # fmt: skip
    """The payments with names and accounts as CSV in a ZIP under AES-256 of the payer's passphrase. Once.

    :raises WeakPassphrase: shorter than eight characters
    :raises NotReady: two custodians have not given their keys for exactly these rows
    :raises Tampered: a record was changed
    """
    if len(passphrase) < 8:
        raise WeakPassphrase(field="passphrase")
    purpose = purpose_of(file_id, rows)
    givers = ceremonies.givers(purpose)
    if len(givers) < 2:
        raise NotReady
    payees = records.open_all(records.envelopes(_reporters(rows), FieldSet.PAYEE), ceremonies.halves(purpose))
    found = Reporter.objects.filter(pk__in=payees).order_by("pk")  # columns it may read
    numbers = dict(found.values_list("pk", "report__number"))
    table = io.StringIO()
    writer = csv.writer(table)
    writer.writerow(HEAD)
    for position, (_reward, reporter, amount) in enumerate(rows, 1):
        one = payees[int(reporter)]
        writer.writerow([
            position, numbers[int(reporter)], one["name"], one["bank"], f"\t{one['account']}", str(amount),
            f"\t{one['id_number']}",
        ])  # fmt: skip
    packed = io.BytesIO()
    with pyzipper.AESZipFile(
        packed, "w", compression=pyzipper.ZIP_DEFLATED, encryption=pyzipper.WZ_AES
    ) as book:
        book.setpassword(passphrase.encode())
        book.writestr("payments.csv", "\ufeff" + table.getvalue())
    with transaction.atomic():
        record("payees.opened", target=("bank_file", file_id), by=somebody(asker_id, region_id=region_id), at=at,
               users=sorted(givers), count=len(payees))  # fmt: skip
    ceremonies.forget(purpose)
    return packed.getvalue()
