"""Actions of the opener process: the payees of a bank file, opened by two custodians for the payer's eyes only.

Who is paid, how much, and who asked, is read here, from the rows that were frozen: the caller names a file and no more.
"""

import csv
import datetime as dt
import hashlib
import io
import json
from dataclasses import dataclass
from decimal import Decimal

import pyzipper
from django.db import transaction

from core.refusals import Refused
from journal.actions import record
from rewards.actions.opener_keys import custodian_in_force, give_halves, somebody
from rewards.enums import FieldSet
from rewards.enums_money import BankFileStatus, RewardStatus
from rewards.identities import FORMULA
from rewards.models import BankFile, BankLine, PayeeKey, PayeeOpening
from rewards.opener import records
from rewards.opener.ceremonies import Ceremonies
from rewards.opener.keys import House, Purpose
from rewards.refusals_opening import (
    EarlierKey,
    NotReady,
    NotThere,
    OwnRequest,
    RowsChanged,
    SameCustodian,
    WeakPassphrase,
)

LIFETIME = dt.timedelta(hours=24)
MOST = 500
HEAD = ("序号", "举报编号", "户名", "开户银行", "账号", "金额（元）", "证件号码")


@dataclass(frozen=True)
class Line:
    """One payment as it was frozen."""

    position: int
    reward_id: int
    reporter_id: int
    report_id: int
    number: str  # of the report
    amount: Decimal


@dataclass(frozen=True)
class Frozen:
    """A bank file that waits to be made, as the database holds it."""

    id: int
    asker_id: int
    region_id: int
    lines: tuple[Line, ...]

    @property
    def purpose(self) -> str:
        """The ceremony of exactly these payments: other rows are another ceremony, for which no key was given."""
        text = json.dumps([[line.reward_id, line.reporter_id, str(line.amount)] for line in self.lines])
        return f"bank_file:{self.id}:{hashlib.sha256(text.encode()).hexdigest()}"

    @property
    def reporters(self) -> list[int]:
        return sorted({line.reporter_id for line in self.lines})

    def positions_of(self, reporters: set[int]) -> list[int]:
        return [line.position for line in self.lines if line.reporter_id in reporters]


def frozen(file_id: int) -> Frozen:
    """The file as it was asked for, checked row by row. Only columns this role may read (migration 0012).

    :raises NotReady: no such file, or it was made or closed
    :raises RowsChanged: it does not hold what it was asked for, or a reward is not funded with the same amount
    """
    found = BankFile.objects.filter(pk=file_id, status=BankFileStatus.REQUESTED)
    head = found.values_list("requested_by_id", "count", "total").first()
    if head is None:
        raise NotReady
    asker_id, count, total = head
    rows = list(
        BankLine.objects.filter(file_id=file_id).order_by("position").values_list(
            "position", "reward_id", "reward__reporter_id", "reward__report_id", "reward__report__number", "amount",
            "open", "reward__status", "reward__amount", "reward__region_id", "reward__report__region_id",
            "reward__reporter__report_id",
        )
    )  # fmt: skip
    regions = {region for row in rows for region in row[9:11]}
    bad = [
        row[0] for row in rows
        if not row[6] or row[7] != RewardStatus.FUNDED or row[8] != row[5] or row[11] != row[3]
    ]  # fmt: skip
    if bad or len(regions) != 1:
        raise RowsChanged(positions=bad)
    if not len(rows) == count <= MOST or sum(row[5] for row in rows) != total:
        raise RowsChanged
    return Frozen(file_id, asker_id, regions.pop(), tuple(Line(*row[:6]) for row in rows))


def givers(*, ceremonies: Ceremonies, file_id: int) -> list[int]:
    """Who gave keys for the rows as they stand.

    :raises NotReady, RowsChanged: see `frozen`
    """
    return sorted(ceremonies.givers(frozen(file_id).purpose))


def give_payee_key(
    *, house: House, ceremonies: Ceremonies, file_id: int, user_id: int, passphrase: str, code: str, at: dt.datetime,
) -> int:  # fmt: skip
    """A custodian agrees to a bank file and gives the halves of its payees' accounts. How many keys were given.

    :raises NotReady, RowsChanged: see `frozen`
    :raises Refused: no custodian, the asker, the same one twice; see `opener_keys.give_halves`
    :raises NotThere, EarlierKey: naming the rows; said only after the key was right, so that nobody can ask who has
        given an account
    """
    file = frozen(file_id)
    if user_id == file.asker_id:
        raise OwnRequest
    custodian_in_force(user_id, file.region_id)
    if ceremonies.has(file.purpose, user_id):
        raise SameCustodian
    given = give_halves(
        house=house, user_id=user_id, region_id=file.region_id, reporters=file.reporters, fields=FieldSet.PAYEE,
        purpose=Purpose.BANK_FILE, passphrase=passphrase, code=code, at=at,
    )  # fmt: skip
    if given.missing:
        raise NotThere(positions=file.positions_of(given.missing))
    if given.closed:
        raise EarlierKey(positions=file.positions_of(given.closed))
    with transaction.atomic():
        record("payees.key_given", target=("bank_file", file_id), by=somebody(user_id, region_id=file.region_id), at=at,
               user=user_id, count=len(file.lines))  # fmt: skip
        PayeeKey.objects.filter(file_id=file_id, user_id=user_id).delete()
        PayeeKey.objects.create(file_id=file_id, user_id=user_id, given_at=at, until=at + LIFETIME)
    ceremonies.give(file.purpose, user_id, given.halves, until=at + LIFETIME)
    return len(ceremonies.givers(file.purpose))


@transaction.atomic
def forget_lost_keys(*, ceremonies: Ceremonies) -> int:
    """Keys this process does not hold, after a new start or when they lapsed, are asked for again; how many."""
    lost = [
        key.pk
        for key in PayeeKey.objects.all()
        if not ceremonies.holds(f"bank_file:{key.file_id}:", key.user_id)
    ]
    PayeeKey.objects.filter(pk__in=lost).delete()
    return len(lost)


@transaction.atomic
def note_payee_failure(*, file_id: int, user_id: int, refusal: Refused, at: dt.datetime) -> None:
    """Write down, after the refused step was undone, whose key for which bank file was refused and why, and for which
    rows; the opener writes it, not the web, which may be in other hands."""
    lines = BankLine.objects.filter(file_id=file_id).order_by("position")
    region_id = lines.values_list("reward__region_id", flat=True).first()
    if region_id is None:
        return
    rows = [str(position) for position in refusal.details.get("positions", ())]
    verb, more = ("payees.rows_failed", {"rows": rows}) if rows else ("payees.failed", {})
    record(verb, target=("bank_file", file_id), by=somebody(user_id, region_id=region_id), at=at, user=user_id,
           attempt_reason=type(refusal).__name__, **more)  # fmt: skip


def make_bank_file(*, ceremonies: Ceremonies, file_id: int, passphrase: str, at: dt.datetime) -> bytes:
    """The payments with names and accounts as CSV in a ZIP under AES-256 of the payer's passphrase. Once.

    :raises WeakPassphrase: shorter than eight characters
    :raises NotReady: two custodians have not given their keys for exactly these rows, or the file was made
    :raises RowsChanged: see `frozen`
    :raises Tampered: a record was changed
    """
    if len(passphrase) < 8:
        raise WeakPassphrase(field="passphrase")
    file = frozen(file_id)
    users = sorted(ceremonies.givers(file.purpose))
    if len(users) < 2:
        raise NotReady
    payees = records.open_all(
        records.envelopes(file.reporters, FieldSet.PAYEE), ceremonies.halves(file.purpose)
    )
    packed = _packed(_table(file, payees), passphrase)
    with transaction.atomic():
        PayeeOpening.objects.bulk_create(
            PayeeOpening(
                file_id=file.id, report_id=line.report_id, reporter_id=line.reporter_id, opened_at=at,
                first_by_id=users[0], second_by_id=users[1],
            )
            for line in file.lines
        )  # fmt: skip
        record("payees.opened", target=("bank_file", file_id), by=somebody(file.asker_id, region_id=file.region_id),
               at=at, users=users, count=len(payees), numbers=[line.number for line in file.lines])  # fmt: skip
    ceremonies.forget(file.purpose)
    return packed


def _table(file: Frozen, payees: dict[int, dict[str, str]]) -> str:
    table = io.StringIO()
    writer = csv.writer(table)
    writer.writerow(HEAD)
    for line in file.lines:
        one = payees[line.reporter_id]
        writer.writerow([
            line.position, line.number, _plain(one["name"]), _plain(one["bank"]), f"\t{one['account']}", str(line.amount),
            f"\t{one['id_number']}",
        ])  # fmt: skip
    return "\ufeff" + table.getvalue()


def _plain(text: str) -> str:
    """A text a spreadsheet takes for a text: what begins like a formula gets a tab before it."""
    return f"\t{text}" if text.startswith(FORMULA) else text


def _packed(text: str, passphrase: str) -> bytes:
    packed = io.BytesIO()
    with pyzipper.AESZipFile(
        packed, "w", compression=pyzipper.ZIP_DEFLATED, encryption=pyzipper.WZ_AES
    ) as book:
        book.setpassword(passphrase.encode())
        book.writestr("payments.csv", text)
    return packed.getvalue()
