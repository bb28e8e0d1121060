"""Canaries go on: what was sealed is paid by bank, and is in the payer's encrypted file and nowhere else."""

# ruff: noqa: F401, F811 (`told` is a fixture of the other canaries)

import io
import logging
from pathlib import Path

import pdfplumber
import pytest
import pyzipper
from django.conf import settings
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from core.dates import local_date
from departments.enums import Role
from documents.models import IssuedDocument
from rewards.actions.bank_files import request_bank_file
from rewards.actions.papers_money import draft_paper, number_paper, sign_paper
from rewards.actions.supervisors import add_supervisor
from rewards.models import BankFile, Report, Reward
from tests.casetabs import tab_urls
from tests.factories.rewards_money import ask, bring_reward, decide, payer, somebody, verify
from tests.harness import acting_as
from tests.rewards.reports.test_canary import (
    ACCOUNT,
    BANK,
    ID_NUMBER,
    IDENTITY,
    NAME,
    WORDS,
    found_in,
    key_of,
    logged,
    told,
    unpacked,
)
from tests.rewards.test_money_pages import send

pytestmark = pytest.mark.django_db(transaction=True)
PAYER = "鹭洲付款员的口令-2026"


@pytest.fixture
def paid(
    told,
    client, county, finance, custodians, insurance_handler, insurance_report_officer, insurance_section_head,
    insurance_registrar, caplog,
):  # fmt: skip
    """The same reporter rewarded: computed, approved, funded, three papers, and a bank file made through the pages."""
    caplog.set_level(logging.DEBUG)
    report, at = told[0], timezone.now()
    report.refresh_from_db()
    decide(report.case, at=at)
    report.case.refresh_from_db()
    ask(report, at=at)
    verify(report, "10000", by=insurance_handler, at=at)
    reward = bring_reward(Reward.objects.get(), "funded", at=at)
    for kind in ("notice", "voucher"):
        paper = draft_paper(reward=reward, kind=kind, text="", by=insurance_report_officer, at=at)
        sign_paper(paper=paper, by=insurance_section_head, at=at)
        number_paper(paper=paper, by=insurance_registrar, at=at)
    cashier = payer(county)
    file = request_bank_file(rewards=[reward], by=cashier, at=at)
    for keeper in (custodians.first, custodians.second):
        client.force_login(keeper.user)
        given = {"passphrase": keeper.passphrase, "code": keeper.file_codes[0]}
        assert send(client, reverse("rewards:bank_file_key", args=[file.pk]), **given).status_code == 302
    client.force_login(cashier)
    made = send(client, reverse("rewards:make_bank_file", args=[file.pk]), passphrase=PAYER)
    assert made.status_code == 302, made.content.decode()[-2000:]
    return BankFile.objects.get()


def test_only_the_payer_takes_the_file_and_only_the_passphrase_opens_it(
    paid,
    client,
    county,
    insurance_report_officer,
    custodians,
    office_coordinator,
    audit_admin,
    insurance_head,
):
    address = reverse("rewards:download_bank_file", args=[paid.pk])
    for user in (
        insurance_report_officer,
        custodians.second.user,
        office_coordinator,
        audit_admin,
        insurance_head,
    ):
        client.force_login(user)
        assert client.post(address).status_code in (403, 404)
    client.force_login(payer(county))
    packed = client.post(address).content
    assert found_in(packed) == []
    with pyzipper.AESZipFile(io.BytesIO(packed)) as book:
        book.setpassword(PAYER.encode())
        assert found_in(book.read("payments.csv")) == [NAME, ACCOUNT, BANK, ID_NUMBER]


def test_no_page_about_money_and_no_api_answer_holds_a_canary(
    paid, client, county, finance, insurance_report_officer, insurance_deputy_head, insurance_section_head,
    insurance_registrar, office_coordinator, county_leader, system_admin, audit_admin, custodians,
):  # fmt: skip
    reward = Reward.objects.get()
    papers = list(IssuedDocument.objects.values_list("pk", flat=True))  # door: a test
    addresses = [
        "/", "/record/", reverse("desk:notifications"),
        *(reverse(f"rewards:{name}") for name in ("list", "ledger", "budget", "ageing", "bank_files", "new_bank_file",
                                                  "rules", "pay", "openings", "custodians")),
        reward.get_absolute_url(), paid.get_absolute_url(), *tab_urls(reward.case_id),
        reverse("rewards:bank_file_key", args=[paid.pk]), reverse("rewards:close_bank_file", args=[paid.pk]),
        "/api/v1/rewards/", f"/api/v1/rewards/{reward.pk}/", "/api/v1/reports/",
        *(reverse(f"documents:{name}", args=[pk]) for pk in papers for name in ("detail", "word")),
    ]  # fmt: skip
    found, answered = [], {}
    people = (
        payer(county), somebody(finance, Role.SECTION_HEAD), insurance_report_officer, insurance_deputy_head,
        insurance_section_head, insurance_registrar, office_coordinator, county_leader, system_admin, audit_admin,
        custodians.first.user,
    )  # fmt: skip
    for user in people:
        client.force_login(user)
        for address in addresses:
            answer = client.get(address)
            if answer.status_code == 200:
                answered.setdefault(address, set()).add(user)
            content = b"".join(answer.streaming_content) if answer.streaming else answer.content
            found += [(user, address, one) for one in found_in(unpacked(content), (*IDENTITY, *WORDS, PAYER))]
    assert found == []
    met = {address for address in addresses if address in answered}
    assert {
        reverse("rewards:ledger"),
        paid.get_absolute_url(),
        reward.get_absolute_url(),
        "/api/v1/rewards/",
    } <= met
    assert payer(county) in answered[paid.get_absolute_url()]


def test_no_paper_of_the_reward_holds_a_canary(paid, client, insurance_report_officer, insurance_registrar):
    documents = list(IssuedDocument.objects.all())  # door: a test
    assert len(documents) >= 3  # approval form, notice, voucher
    read = 0
    for document in documents:
        for user in (insurance_report_officer, insurance_registrar):
            client.force_login(user)
            answer = client.get(reverse("documents:pdf", args=[document.pk]))
            if answer.status_code != 200:
                continue
            content = b"".join(answer.streaming_content) if answer.streaming else answer.content
            with pdfplumber.open(io.BytesIO(content)) as paper:
                text = "".join(page.extract_text() or "" for page in paper.pages).replace("\n", "")
            assert text and found_in(text) == found_in(content) == []
            read += 1
        assert found_in(str(document.context)) == []
    assert read


def test_no_table_no_file_and_no_log_holds_what_was_opened_for_the_bank_nor_the_payers_passphrase(
    paid, opener, custodians, caplog, capfd
):
    secrets = (
        *IDENTITY, PAYER, custodians.first.passphrase, custodians.first.file_codes[0],
        custodians.second.file_codes[0],
    )  # fmt: skip
    with acting_as("owner"), connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_schema, table_name FROM information_schema.tables WHERE table_type = 'BASE TABLE'"
            " AND table_schema NOT IN ('pg_catalog', 'information_schema')"
        )
        tables, found = cursor.fetchall(), []
        for schema, table in tables:
            cursor.execute(f'SELECT t::text FROM "{schema}"."{table}" t')  # noqa: S608
            found += [(table, one) for (row,) in cursor.fetchall() for one in found_in(row, secrets)]
    assert found == []
    assert ("public", "rewards_payeeopening") in tables
    files = [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]
    assert files and [(path, one) for path in files for one in found_in(path.read_bytes(), secrets)] == []
    assert "bank_file: done" in opener.log() and "payee_key: done" in opener.log()
    assert found_in(opener.log() + logged(caplog), secrets) == []
    spoken = capfd.readouterr()
    assert found_in(spoken.out + spoken.err, secrets) == []


def test_the_reporter_the_officer_and_the_api_are_told_of_the_opening_for_the_bank(
    paid, told, client, insurance_report_officer, custodians
):
    report, code, _shown = told
    assert report.openings.count() == 1  # the one before, of the contact
    client.logout()
    client.post(reverse("rewards:follow"), {"code": code})
    mine = client.get(reverse("rewards:followed")).content.decode()
    assert "收款账户（银行代发）" in mine
    assert mine.count(f"<td>{custodians.first.user.name}") == 2
    assert mine.count(custodians.second.user.name) == 2
    assert '<dd class="num">2</dd>' in mine
    client.force_login(insurance_report_officer)
    page = client.get(report.get_absolute_url()).content.decode()
    assert "收款账户（银行代发）" in page and '<td class="r num">2</td>' in page
    assert client.get(f"/api/v1/reports/{report.pk}/").json()["openings"] == 2


def test_which_supervisor_reported_stands_nowhere_but_in_the_vault(
    client, custodians, insurance, insurance_report_officer, caplog
):
    at = timezone.now()
    day = local_date(at)
    keeper = add_supervisor(
        region=insurance.region, name=NAME, body="政协委员", number="青医监聘〔2026〕7号", term_from=day, term_to=day,
        by=insurance_report_officer, at=at,
    )  # fmt: skip
    client.force_login(insurance_report_officer)
    answer = client.post(reverse("rewards:report_new"), {
        "form_key": key_of(1), "count": "1", "channel": "supervisor", "supervisor": keeper.pk, "naming": "real_name",
        "subject_name": "青禾县仁和医院", "facts": "重复收费", "kind": "natural", "name": NAME, "phone": "13977665544",
    })  # fmt: skip
    assert answer.status_code in (200, 302), answer.context["form"].errors
    report = Report.objects.get()
    assert report.channel == "supervisor"
    with acting_as("owner"), connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.conrelid::regclass::text FROM pg_constraint c"
            " WHERE c.contype = 'f' AND c.confrelid = 'rewards_supervisor'::regclass"
        )
        assert cursor.fetchall() == []  # nothing in the database leads from a report to a supervisor
        cursor.execute(
            "SELECT table_schema, table_name FROM information_schema.tables WHERE table_type = 'BASE TABLE'"
            " AND table_schema NOT IN ('pg_catalog', 'information_schema')"
        )
        named = set()
        for schema, table in cursor.fetchall():
            cursor.execute(f'SELECT t::text FROM "{schema}"."{table}" t')  # noqa: S608
            if any(found_in(row, (NAME, keeper.number)) for (row,) in cursor.fetchall()):
                named.add(table)
    assert named == {
        "rewards_supervisor",
        "event",
    }  # the roster, and the record that somebody was entered in it
    assert found_in(client.get(report.get_absolute_url()).content, (NAME, keeper.number)) == []
    client.post(
        reverse("rewards:opening_new", args=[report.reporters.get().pk]),
        {"form_key": key_of(3), "fields_wanted": "contact", "reason": "当面核对单据"},
    )
    opening = report.openings.get()
    for one in (custodians.first, custodians.second):
        client.force_login(one.user)
        client.post(
            reverse("rewards:opening_give", args=[opening.pk]),
            {"form_key": key_of(4), "passphrase": one.passphrase, "code": one.codes[0]},
        )
    client.force_login(insurance_report_officer)
    shown = client.post(reverse("rewards:opening_show", args=[opening.pk])).content.decode()
    assert keeper.number in shown and "聘书文号" in shown
