"""Payment by bank: rows frozen, the file made once, taken by the payer, its payments confirmed or given up."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from cases.actions.locking import lock_case
from core.refusals import BadInput, WrongState
from core.states import move
from departments.models import User
from documents import storage
from journal.actions import notify, record
from rewards import bank_file
from rewards.actions.approval import check_figures
from rewards.actions.computing import settle_report
from rewards.actions.deciding import check_effective
from rewards.actions.payments import pay
from rewards.enums import Naming
from rewards.enums_money import BankFileStatus, PaymentMethod, RewardStatus
from rewards.models import BankFile, BankLine, Reward
from rewards.rules import can_request_file

MOST = 500
SHORTEST_PASSPHRASE = 12


@transaction.atomic
def request_bank_file(*, rewards: Iterable[Reward], by: User, at: dt.datetime) -> BankFile:
    """Freeze funded rewards for one bank file.

    :raises BadInput: none, too many, one that is not funded or in a file already, or a decision that stands no more
    """
    ids = sorted({reward.pk for reward in rewards})
    if not 0 < len(ids) <= MOST:
        raise BadInput(_("Choose between 1 and %(n)d rewards.") % {"n": MOST}, field="rewards")
    chosen = list(
        Reward.objects.filter(pk__in=ids, region=by.region)
        .select_related("case", "report", "rule")
        .order_by("case", "pk")
    )
    for reward in chosen:
        lock_case(reward.case)
    locked = {
        each.pk: each
        for each in Reward.objects.select_for_update(of=("self",)).filter(pk__in=ids).order_by("pk")
    }
    for reward in chosen:
        if reward.report.naming != Naming.REAL_NAME:
            raise BadInput(
                _("Nobody gave an account with reward %(number)s: it is paid against the claim code.")
                % {"number": reward.number},
                field="rewards",
            )
        if locked[reward.pk].status != RewardStatus.FUNDED or reward.bank_lines.filter(open=True).exists():
            raise BadInput(
                _("Reward %(number)s is not ready for a bank file.") % {"number": reward.number},
                field="rewards",
            )
        reward.refresh_from_db()
        check_effective(reward, reward.effective_on, at)
        check_figures(reward)
    chosen.sort(key=lambda reward: reward.pk)
    if len(chosen) != len(ids):
        raise BadInput(_("Choose rewards of this county."), field="rewards")
    file = BankFile.objects.create(
        department=by.department, count=len(chosen), total=sum(reward.amount for reward in chosen), requested_by=by,
        requested_at=at, created_at=at, updated_at=at,
    )  # fmt: skip
    BankLine.objects.bulk_create(
        BankLine(file=file, position=position, reward=reward, amount=reward.amount)
        for position, reward in enumerate(chosen, 1)
    )
    record("reward.file_requested", target=file, by=by, at=at, count=file.count, total=file.total)
    return file


def _locked(file: BankFile) -> BankFile:
    # no_key: the opener notes what it opened for this file while the row is held here
    BankFile.objects.select_for_update(no_key=True).get(pk=file.pk)
    file.refresh_from_db()
    return file


@transaction.atomic
def make_bank_file(*, file: BankFile, passphrase: str, by: User, at: dt.datetime) -> BankFile:
    """Have the opener make the file, once; its encrypted bytes are kept and never made again.

    :raises BadInput: too short a passphrase
    :raises WrongState, MovedOn: it was made, or is closed
    :raises OpenerAway, NotReady: the opener does not answer, or has not two custodians' keys
    """
    if not can_request_file(by):
        raise BadInput(_("Who opens reports takes no bank file."), record=True)
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise BadInput(
            _("The passphrase has at least %(n)d characters.") % {"n": SHORTEST_PASSPHRASE},
            field="passphrase",
        )
    _locked(file)
    if file.status != BankFileStatus.REQUESTED:
        raise WrongState(_("This file was made already: download it again."))
    content = bank_file.make(file, passphrase)
    name, digest = storage.keep(content, ".zip")
    move(file, BankFileStatus.MADE, at=at, file=name, sha256=digest, made_at=at)
    record("reward.file_made", target=file, by=by, at=at, count=file.count, total=file.total, sha256=digest)
    return file


@transaction.atomic
def tell_of_failure(*, file: BankFile, at: dt.datetime) -> None:
    """Who asked for the file learns, once, that a custodian's key did not open it; the opener wrote down why."""
    notify(
        [file.requested_by], "reward.file_failed", target=file, at=at, department=file.department, tone="r",
        dedupe=f"bank_file_failed:{file.pk}", file=file.pk, count=file.count,
    )  # fmt: skip


@transaction.atomic
def download_bank_file(*, file: BankFile, by: User, at: dt.datetime) -> bytes:
    """The bytes that were stored, the same every time; who took them is on the record.

    :raises BadInput: by somebody who opens reports
    :raises WrongState: it was not made yet
    """
    if not can_request_file(by):
        raise BadInput(_("Who opens reports takes no bank file."), record=True)
    if not file.file:
        raise WrongState(_("This file was not made yet."))
    record("reward.file_downloaded", target=file, by=by, at=at, count=file.count, sha256=file.sha256)
    return storage.fetch(file.file, file.sha256)


@transaction.atomic
def close_bank_file(
    *,
    file: BankFile,
    voucher: str,
    paid_on: dt.date | None,
    returned: Iterable[int] = (),
    by: User,
    at: dt.datetime,
) -> BankFile:
    """What the bank has done: every line is paid under `voucher`-position, but those it `returned` (positions),
    which wait as before. A file that was never made is closed with all its lines returned.

    :raises BadInput: no voucher number or day where something was paid, or a position that is not there
    :raises FourEyes: a line by who proposed or approved its reward
    :raises WrongState, MovedOn: it is closed
    """
    _locked(file)
    if file.status == BankFileStatus.CLOSED:
        raise WrongState(_("This file is closed."))
    lines = list(file.lines.select_related("reward__case", "reward__report").order_by("position"))
    back = {line.position for line in lines} if file.status == BankFileStatus.REQUESTED else set(returned)
    if back - {line.position for line in lines}:
        raise BadInput(_("Name positions of this file."), field="returned")
    if len(back) < len(lines) and paid_on is None:
        raise BadInput(_("Say on which day the bank paid."), field="paid_on")
    for line in sorted(lines, key=lambda each: (each.reward.case_id, each.pk)):
        lock_case(line.reward.case)
    for line in lines:
        line.open = False
        line.save(update_fields=["open"])
        reward = Reward.objects.select_for_update(of=("self",)).get(pk=line.reward_id)
        if line.position not in back and paid_on is not None:
            name = f"{voucher.strip()}-{line.position}" if voucher.strip() else ""
            pay(reward, PaymentMethod.BANK, name, paid_on, "", by, at)
        settle_report(report=line.reward.report, at=at)
    move(file, BankFileStatus.CLOSED, at=at, closed_by=by, closed_at=at)
    record(
        "reward.file_closed", target=file, by=by, at=at, count=len(lines) - len(back), returned=sorted(back),
        voucher=voucher.strip(),
    )  # fmt: skip
    return file
