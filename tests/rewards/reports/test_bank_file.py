"""A bank file from the real opener: two custodians agree, the payer alone can read it, the web process never could."""

import io
from decimal import Decimal

import pytest
import pyzipper
from django.urls import reverse
from django.utils import timezone

from core.refusals import Refused
from departments.enums import Role
from journal.models import Event, Notification
from rewards.actions.bank_files import download_bank_file, make_bank_file, request_bank_file
from rewards.actions.report_progress import join_report
from rewards.models import BankFile, Reward
from rewards.refusals_opening import NotReady
from tests.factories.bank_files import bank_file
from tests.factories.cases import make_case
from tests.factories.rewards import identity, register
from tests.factories.rewards_money import ask, bring_reward, decide, payer, somebody, verify
from tests.rewards.test_money_pages import send

pytestmark = pytest.mark.django_db(transaction=True)
PASSPHRASE = "青禾财政-2026-代发"


def test_two_custodians_agree_and_the_payer_reads_it(
    custodians,
    office,
    insurance,
    finance,
    county,
    insurance_handler,
    insurance_report_officer,
    insurance_deputy_head,
    client,
):
    at = timezone.now()
    case = make_case(by=insurance_handler, at=at)
    decide(case, at=at)
    case.refresh_from_db()
    somebody(finance, Role.SECTION_HEAD)
    cashier = payer(county)
    report, _code = register(insurance, at=at)
    join_report(
        report=report, case=case, summary="群众反映定点机构多计费用。", by=insurance_report_officer, at=at
    )
    report.refresh_from_db()
    ask(report, at=at)
    verify(report, "10000", by=insurance_handler, at=at)
    reward = bring_reward(Reward.objects.get(), "funded", at=at)
    file = request_bank_file(rewards=[reward], by=cashier, at=at)
    with pytest.raises(NotReady):
        make_bank_file(file=file, passphrase=PASSPHRASE, by=cashier, at=at)
    address = reverse("rewards:bank_file_key", args=[file.pk])
    client.force_login(insurance_report_officer)  # who opens reports is no custodian
    assert client.get(address).status_code == 404
    for given, keeper in enumerate((custodians.first, custodians.second)):
        client.force_login(cashier)
        assert f"{given} / 2" in client.get(file.get_absolute_url()).content.decode()
        client.force_login(keeper.user)
        assert address in client.get("/").content.decode()
        assert send(client, address, passphrase="falsch-falsch", code=keeper.file_codes[0]).status_code == 200
        failed = Event.objects.filter(verb="payees.failed").latest("pk")  # written by the opener itself
        assert (failed.actor_id, failed.target_id) == (keeper.user.pk, file.pk)
        assert failed.params == {"user": keeper.user.pk, "attempt_reason": "WrongPassphrase"}
        page = send(
            client, address, passphrase=keeper.passphrase, code=keeper.codes[0]
        )  # of the list for openings
        assert page.status_code == 200
        answer = send(client, address, passphrase=keeper.passphrase, code=keeper.file_codes.pop(1))
        assert answer.status_code == 302, answer.content.decode()[-3000:]
        assert address not in client.get("/").content.decode()  # done: it asks for nothing any more
        assert (
            send(client, address, passphrase=keeper.passphrase, code=keeper.file_codes[0]).status_code == 200
        )
        assert (
            Event.objects.filter(verb="payees.failed").latest("pk").params["attempt_reason"]
            == "SameCustodian"
        )
    client.force_login(cashier)
    assert client.get(address).status_code == 404
    assert reverse("rewards:make_bank_file", args=[file.pk]) in client.get("/").content.decode()
    client.get(file.get_absolute_url())
    file = make_bank_file(file=BankFile.objects.get(), passphrase=PASSPHRASE, by=cashier, at=at)
    first, second = (download_bank_file(file=file, by=cashier, at=at) for _time in range(2))
    assert first == second
    page = client.get("/").content.decode()
    assert file.get_absolute_url() in page and "行1" not in page
    with pyzipper.AESZipFile(io.BytesIO(first)) as archive:
        archive.setpassword(PASSPHRASE.encode())
        text = archive.read("payments.csv").decode()
    assert identity().name in text and identity().account in text and "500.00" in text
    assert file.total == Decimal("500.00")
    with pytest.raises(Refused):
        make_bank_file(file=file, passphrase=PASSPHRASE, by=cashier, at=at)


def test_a_reporter_without_an_account_is_named_and_the_file_is_closed(
    custodians, office, insurance, finance, county, insurance_handler, client
):
    at = timezone.now()
    cashier = payer(county)
    reports = [
        register(insurance, at=at, reporters=[identity(**more)])[0] for more in ({}, {"bank": "", "account": ""})
    ]
    file = bank_file(reports, at=at, by=cashier)
    address = reverse("rewards:bank_file_key", args=[file.pk])
    keeper = custodians.first
    client.force_login(keeper.user)
    page = send(client, address, passphrase=keeper.passphrase, code=keeper.file_codes[0])
    assert page.status_code == 200 and page.context["form"].errors
    told = Notification.objects.filter(verb="reward.file_failed")
    assert [each.recipient_id for each in told] == [cashier.pk]
    for user in (keeper.user, custodians.second.user):  # no second code is spent on it
        client.force_login(user)
        assert client.get(address).status_code == 404
        assert address not in client.get("/").content.decode()
    client.force_login(cashier)
    assert file.get_absolute_url() in client.get("/").content.decode()
    page = client.get(file.get_absolute_url()).content.decode()
    assert "第2" in page and reverse("rewards:close_bank_file", args=[file.pk]) in page
    assert reverse("rewards:make_bank_file", args=[file.pk]) not in page
    assert send(client, reverse("rewards:close_bank_file", args=[file.pk])).status_code == 302
    assert file.get_absolute_url() not in client.get("/").content.decode()
    assert set(Reward.objects.values_list("status", flat=True)) == {"funded"}
