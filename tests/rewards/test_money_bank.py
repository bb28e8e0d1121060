"""Payment by bank: rows frozen, made once, the same bytes every time, and never to who opens reports."""

import hashlib
import io
from decimal import Decimal

import pytest
import pyzipper
from django.db import IntegrityError, transaction
from django.urls import reverse

from core.dates import local_date
from core.refusals import BadInput, WrongState
from departments.actions.people import fill_post
from departments.enums import Role
from journal.models import Event
from rewards import bank_file
from rewards.actions.approval import waive_reward
from rewards.actions.bank_files import close_bank_file, download_bank_file, make_bank_file, request_bank_file
from rewards.actions.claims import issue_code
from rewards.actions.payments import pay_against_code
from rewards.models import BankFile, BankLine, Payment, Reward
from rewards.refusals_opening import OpenerAway
from tests.factories.rewards_money import make_reward, verify
from tests.rewards.test_money_pages import send, sign_in, time_machine_at  # noqa: F401

PASSPHRASE = "青禾财政-2026-代发"


def zip_of_ids(file, passphrase):
    """Makes what the opener makes, without the names only it knows: an encrypted archive with a fresh salt each time."""
    held = io.BytesIO()
    rows = file.lines.order_by("position").values_list("reward_id", "reward__reporter_id", "amount")
    with pyzipper.AESZipFile(held, "w", encryption=pyzipper.WZ_AES) as archive:
        archive.setpassword(passphrase.encode())
        archive.writestr("payments.csv", "\n".join(",".join(map(str, row)) for row in rows))
    return held.getvalue()


@pytest.fixture
def opener(monkeypatch):
    """Another maker of the same shape; the real one is met in reports/test_bank_file.py."""
    monkeypatch.setattr(bank_file, "maker", [zip_of_ids])


@pytest.fixture
def rewards(decided, insurance_handler, cashier, now):
    return [make_reward(decided, at=now, by=insurance_handler, status="funded") for _reward in range(3)]


def made(rewards, by, at):
    file = request_bank_file(rewards=rewards, by=by, at=at)
    return make_bank_file(file=file, passphrase=PASSPHRASE, by=by, at=at)


def test_it_is_made_once_and_downloaded_identically(opener, rewards, cashier, now):
    file = made(rewards, cashier, now)
    assert (file.status, file.count, file.total) == ("made", 3, 1500)
    first, second = (download_bank_file(file=file, by=cashier, at=now) for _time in range(2))
    assert first == second
    assert hashlib.sha256(first).hexdigest() == file.sha256
    assert Event.objects.filter(verb="reward.file_downloaded").count() == 2
    with pyzipper.AESZipFile(io.BytesIO(first)) as archive:
        archive.setpassword(PASSPHRASE.encode())
        lines = archive.read("payments.csv").decode().splitlines()
    assert lines[0] == f"{rewards[0].pk},{rewards[0].reporter_id},500.00"
    with pytest.raises(WrongState):
        make_bank_file(file=file, passphrase=PASSPHRASE, by=cashier, at=now)
    with pytest.raises(IntegrityError, match="made once"), transaction.atomic():
        BankFile.objects.update(sha256="0" * 64)
    for values in ({"amount": Decimal("1")}, {"position": 9}):
        with pytest.raises(IntegrityError), transaction.atomic():
            BankLine.objects.filter(position=1).update(**values)


def test_without_the_opener_nothing_is_made(rewards, cashier, now):
    file = request_bank_file(rewards=rewards, by=cashier, at=now)
    with pytest.raises(BadInput) as no:
        make_bank_file(file=file, passphrase="kurz", by=cashier, at=now)
    assert no.value.field == "passphrase"
    with pytest.raises(OpenerAway):
        make_bank_file(file=file, passphrase=PASSPHRASE, by=cashier, at=now)
    with pytest.raises(OpenerAway):
        bank_file.givers(file)
    with pytest.raises(WrongState):
        download_bank_file(file=file, by=cashier, at=now)
    file.refresh_from_db()
    assert file.status == "requested"
    close_bank_file(
        file=file, voucher="", paid_on=None, by=cashier, at=now
    )  # given up: every line is free again
    assert not Payment.objects.exists() and not BankLine.objects.filter(open=True).exists()
    assert set(Reward.objects.values_list("status", flat=True)) == {"funded"}


def test_only_ready_rewards_of_the_county_are_frozen(
    opener, rewards, decided, cashier, insurance_handler, now
):
    early = make_reward(decided, at=now, by=insurance_handler, status="approved")
    for chosen in ([], [early], [*rewards, early]):
        with pytest.raises(BadInput):
            request_bank_file(rewards=chosen, by=cashier, at=now)
    request_bank_file(rewards=rewards[:1], by=cashier, at=now)
    with pytest.raises(BadInput):  # in one file at a time
        request_bank_file(rewards=rewards, by=cashier, at=now)
    elsewhere = Reward(pk=rewards[0].pk + 1000)
    with pytest.raises(BadInput):
        request_bank_file(rewards=[rewards[1], elsewhere], by=cashier, at=now)
    assert BankFile.objects.count() == 1


def test_who_opens_reports_takes_no_bank_file(opener, rewards, cashier, insurance, now):
    file = made(rewards, cashier, now)
    fill_post(user=cashier, department=insurance, role=Role.REPORT_OFFICER, by=None, at=now)
    for verb in (
        lambda: make_bank_file(file=file, passphrase=PASSPHRASE, by=cashier, at=now),
        lambda: download_bank_file(file=file, by=cashier, at=now),
    ):
        with pytest.raises(BadInput) as no:
            verb()
        assert no.value.record


def test_what_is_with_the_bank_is_not_paid_another_way(opener, rewards, cashier, insurance_report_officer,
                                                      insurance_handler, now):  # fmt: skip
    reward = rewards[0]
    code = issue_code(reward=reward, by=insurance_report_officer, at=now)
    file = made(rewards, cashier, now)
    for verb in (
        lambda: pay_against_code(code=code, voucher="付1", paid_on=local_date(now), by=cashier, at=now),
        lambda: issue_code(reward=reward, by=insurance_report_officer, at=now),
        lambda: waive_reward(reward=reward, reason="放弃", by=insurance_report_officer, at=now),
    ):
        with pytest.raises(WrongState):
            verb()
    verify(reward.report, "100", by=insurance_handler, at=now)  # the ledger moves while the bank pays
    reward.refresh_from_db()
    assert (reward.status, reward.amount, reward.entitled) == ("funded", 500, 505)
    with pytest.raises(BadInput):
        close_bank_file(file=file, voucher="行1", paid_on=None, by=cashier, at=now)
    with pytest.raises(BadInput):
        close_bank_file(file=file, voucher="行1", paid_on=local_date(now), returned=[4], by=cashier, at=now)
    with pytest.raises(BadInput):
        close_bank_file(file=file, voucher=" ", paid_on=local_date(now), by=cashier, at=now)
    close_bank_file(file=file, voucher="行1", paid_on=local_date(now), returned=[2], by=cashier, at=now)
    assert list(Payment.objects.order_by("pk").values_list("voucher", "method")) == [
        ("行1-1", "bank"),
        ("行1-3", "bank"),
    ]
    assert [Reward.objects.get(pk=each.pk).status for each in rewards] == ["paid", "funded", "paid"]
    with pytest.raises(WrongState):
        close_bank_file(file=file, voucher="行1", paid_on=local_date(now), by=cashier, at=now)


def test_the_pages_of_a_bank_file(opener, rewards, cashier, sign_in, time_machine_at, now):  # noqa: F811
    client = sign_in(cashier)
    answer = send(client, reverse("rewards:new_bank_file"), rewards=[str(reward.pk) for reward in rewards])
    file = BankFile.objects.get()
    assert answer.headers["Location"] == file.get_absolute_url()
    assert (
        client.get(reverse("rewards:new_bank_file")).context["form"].fields["rewards"].queryset.count() == 0
    )
    assert client.post(reverse("rewards:download_bank_file", args=[file.pk])).status_code == 403
    assert (
        send(client, reverse("rewards:make_bank_file", args=[file.pk]), passphrase=PASSPHRASE).status_code
        == 302
    )
    got = client.post(reverse("rewards:download_bank_file", args=[file.pk]))
    assert (got["Cache-Control"], got.content[:2]) == ("no-store", b"PK")
    page = client.get(file.get_absolute_url()).content.decode()
    assert rewards[0].number in page and PASSPHRASE not in page
    assert client.get(reverse("rewards:bank_files")).status_code == 200
    close = reverse("rewards:close_bank_file", args=[file.pk])
    assert send(client, close, voucher="行1", paid_on="2026-11-16", returned="eins").status_code == 200
    assert send(client, close, voucher="行1", paid_on="2026-11-16", returned="3、2").status_code == 302
    assert Payment.objects.count() == 1
