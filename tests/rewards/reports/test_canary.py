"""Canaries: who reported, and in which words, is nowhere but in the vault and on the two pages made for it."""

import io
import logging
import zipfile
from pathlib import Path

import pdfplumber
import pytest
import redis
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection
from django.urls import reverse

from cases.models import Case
from core.identifiers import resident_id_check
from rewards import receipts
from rewards.models import Opening, Report
from tests.casetabs import tab_urls
from tests.factories.cases import pdf
from tests.factories.rewards import accept
from tests.harness import acting_as

pytestmark = pytest.mark.django_db(transaction=True)

NAME, PHONE, ACCOUNT, BANK = "闵琢璞", "13977665544", "6217991234509876543", "鹭洲合作银行"
ID_NUMBER = "43992619790808123" + resident_id_check("43992619790808123")
FACTS = "鹭江四月间有人夜里抬走三箱收费单据并补写护理记录"
FILE = "鹭江护理单照片.pdf"
MORE = "鹭江的会计姓糜可以作证"
IDENTITY = (NAME, PHONE, ACCOUNT, BANK, ID_NUMBER)
WORDS = (FACTS, FILE, MORE)
EVERYTHING = IDENTITY + WORDS


def found_in(text, canaries=EVERYTHING):
    """Which canaries stand in a text or in bytes, plain or as hexadecimal."""
    data = text if isinstance(text, bytes) else text.encode()
    return [
        one for one in canaries
        if one.encode() in data or one.encode().hex().encode() in data or repr(one.encode())[2:-1].encode() in data
    ]  # fmt: skip


def logged(caplog):
    """Everything logged so far, tracebacks too, in the fixtures as well as in the test."""
    records = [one for phase in ("setup", "call") for one in caplog.get_records(phase)]
    return "\n".join(caplog.handler.format(one) + str(one.args) for one in records)


def unpacked(content):
    """The bytes, and those inside where they are an Excel file."""
    if not content.startswith(b"PK"):
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return b"".join(book.read(name) for name in book.namelist())


def key_of(n):
    return f"{n:020d}"


@pytest.fixture
def told(client, custodians, insurance, insurance_report_officer, office, caplog):
    """A whole life: reported on the public page, added to, accepted, opened, everything through the pages."""
    caplog.set_level(logging.DEBUG)
    answer = client.post(
        reverse("rewards:public_report", args=["439926"]),
        {
            "form_key": key_of(1), "count": "1", "subject_name": "青禾县仁和医院", "facts": FACTS, "naming": "real_name",
            "kind": "natural", "name": NAME, "phone": PHONE, "id_number": ID_NUMBER, "bank": BANK, "account": ACCOUNT,
            "wants_reward": "on", "wants_answer": "on", "files": [pdf(FILE)],
        },
    )  # fmt: skip
    report = Report.objects.get()
    code = receipts.plain_code(answer.context["code"])
    client.post(reverse("rewards:follow"), {"code": code})
    client.post(reverse("rewards:follow_add"), {"form_key": key_of(2), "text": MORE})
    accept(report, at=report.received_at, by=insurance_report_officer)
    client.force_login(insurance_report_officer)
    client.post(
        reverse("rewards:opening_new", args=[report.reporters.get().pk]),
        {"form_key": key_of(3), "fields_wanted": "contact", "reason": "当面核对单据"},
    )
    opening = Opening.objects.get()
    for keeper in (custodians.first, custodians.second):
        client.force_login(keeper.user)
        client.post(
            reverse("rewards:opening_give", args=[opening.pk]),
            {"form_key": key_of(4), "passphrase": keeper.passphrase, "code": keeper.codes[0]},
        )
    client.force_login(insurance_report_officer)
    shown = client.post(reverse("rewards:opening_show", args=[opening.pk]))
    return report, code, shown


def test_the_opening_shows_one_set_of_fields_to_one_person_once_and_is_never_kept(
    told, client, insurance_report_officer, custodians
):
    report, code, shown = told
    page = shown.content.decode()
    assert found_in(page) == [NAME, PHONE, ID_NUMBER]  # not the account, not the words of the report
    assert "no-store" in shown["Cache-Control"]
    assert insurance_report_officer.name in page  # the mark across it
    again = client.post(reverse("rewards:opening_show", args=[Opening.objects.get().pk]), follow=True)
    assert found_in(again.content) == []
    client.post(reverse("rewards:follow"), {"code": code})
    mine = client.get(reverse("rewards:followed")).content.decode()
    assert custodians.first.user.name in mine and custodians.second.user.name in mine
    assert found_in(mine) == []
    assert report.openings.count() == 1


def test_no_column_of_any_table_and_no_file_holds_a_canary(told, media, opener):
    with acting_as("owner"), connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_schema, table_name FROM information_schema.tables WHERE table_type = 'BASE TABLE'"
            " AND table_schema NOT IN ('pg_catalog', 'information_schema')"
        )
        tables = cursor.fetchall()
        assert ("vault", "envelope") in tables and ("audit", "event") in tables
        found = []
        for schema, table in tables:
            cursor.execute(f'SELECT t::text FROM "{schema}"."{table}" t')  # noqa: S608
            found += [(table, one) for (row,) in cursor.fetchall() for one in found_in(row)]
        cursor.execute("SELECT count(*) FROM vault.envelope")
        assert cursor.fetchone()[0] == 2  # there was something to find
    assert found == []
    assert [one for session in Session.objects.all() for one in found_in(str(session.get_decoded()))] == []
    files = [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]
    assert files
    assert [(path, one) for path in files for one in found_in(path.read_bytes())] == []
    assert found_in(" ".join(map(str, files))) == []


def test_no_cache_no_queue_and_no_log_holds_a_canary(told, client, opener, caplog, capfd):
    report, _code, _shown = told
    client.get(f"/reports/{report.pk + 1}/")  # so that the web has something to log
    found, keys = [], 0
    for url in (settings.CACHES["default"]["LOCATION"], settings.CELERY_BROKER_URL):
        url = url.replace("redis+socket://", "unix://").replace("virtual_host=", "db=")
        server = redis.from_url(url)
        for key in server.scan_iter("*"):
            kept, keys = server.dump(key) or b"", keys + 1
            found += [(key, one) for one in found_in(key + kept)]
        server.close()
    assert found == []
    assert keys
    assert logged(caplog)  # something was logged
    assert found_in(logged(caplog)) == []
    assert "give_key: done" in opener.log() and "show: done" in opener.log()
    assert found_in(opener.log()) == []
    spoken = capfd.readouterr()
    assert found_in(spoken.out + spoken.err) == []


def test_passphrases_and_codes_are_kept_and_logged_nowhere(told, opener, custodians, caplog):
    secrets = [custodians.first.passphrase, custodians.second.passphrase, custodians.first.codes[0]]
    assert found_in(opener.log() + logged(caplog), secrets) == []
    with acting_as("owner"), connection.cursor() as cursor:
        for table in (
            "vault.private_key",
            "vault.public_key",
            "audit.event",
            "django_session",
            "workspace_formkey",
        ):
            cursor.execute(f"SELECT t::text FROM {table} t")  # noqa: S608
            assert [one for (row,) in cursor.fetchall() for one in found_in(row, secrets)] == []


def test_no_page_no_search_no_export_no_api_answer_holds_a_canary(
    told,
    client,
    insurance_report_officer,
    insurance_handler,
    insurance_section_head,
    insurance_head,
    office_coordinator,
    county_leader,
    system_admin,
    audit_admin,
):
    report, _code, _shown = told
    case = Case.objects.get()
    addresses = [
        "/", reverse("cases:list"), reverse("cases:export"), *tab_urls(case.pk),
        reverse("rewards:reports") + "?tab=all",
        reverse("rewards:openings"), reverse("rewards:opening", args=[report.openings.get().pk]),
        reverse("rewards:report_form", args=[report.pk]), reverse("desk:notifications"), "/record/",
        "/api/v1/cases/", f"/api/v1/cases/{case.pk}/", "/api/v1/deadlines/", "/api/v1/reports/",
        f"/api/v1/reports/{report.pk}/", "/api/v1/schema/",
    ]  # fmt: skip
    found, answered = [], 0
    for user in (
        insurance_report_officer, insurance_handler, insurance_section_head, insurance_head, office_coordinator,
        county_leader, system_admin, audit_admin,
    ):  # fmt: skip
        client.force_login(user)
        for address in addresses:
            answer = client.get(address)
            answered += answer.status_code == 200
            content = b"".join(answer.streaming_content) if answer.streaming else answer.content
            found += [(user, address, one) for one in found_in(unpacked(content))]
        for canary in EVERYTHING:
            hits = client.get(reverse("cases:list"), {"q": canary})
            found += [(user, "search", canary)] * (case.number in hits.content.decode())
        page = client.get(report.get_absolute_url())
        expected = list(WORDS) if user == insurance_report_officer else []
        assert found_in(page.content) == expected
    assert found == []
    assert answered > 40


def test_the_printed_form_holds_no_canary(told, client):
    report, _code, _shown = told
    answer = client.get(reverse("rewards:report_form_pdf", args=[report.pk]))
    with pdfplumber.open(io.BytesIO(answer.content)) as paper:
        text = "".join(page.extract_text() for page in paper.pages).replace("\n", "")
    assert report.number in text and "密" in text
    assert found_in(text) == []
    assert found_in(answer.content) == []


def test_an_error_in_the_middle_of_receiving_says_nothing(
    custodians, client, insurance, insurance_report_officer, caplog, capfd
):
    client.raise_request_exception = False
    with acting_as("owner"), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE vault.envelope RENAME TO envelope_away")
    try:
        answer = client.post(
            reverse("rewards:public_report", args=["439926"]),
            {
                "form_key": key_of(9), "count": "1", "subject_name": "青禾县仁和医院", "facts": FACTS, "kind": "natural",
                "naming": "real_name", "name": NAME, "phone": PHONE, "id_number": ID_NUMBER,
            },
        )  # fmt: skip
    finally:
        with acting_as("owner"), connection.cursor() as cursor:
            cursor.execute("ALTER TABLE vault.envelope_away RENAME TO envelope")
    assert answer.status_code == 500
    assert found_in(answer.content) == []
    assert "envelope" in logged(caplog)  # the error was logged
    assert found_in(logged(caplog)) == []
    spoken = capfd.readouterr()
    assert found_in(spoken.out + spoken.err) == []
    assert not Report.objects.exists()  # nothing half received
