"""The tabs of the case page: who begins where, what stands on each, old anchors, previews and the catalogue."""

import datetime as dt
import io

import pypdfium2
import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from cases import previews
from cases.actions.evidence import add_evidence, void_evidence
from cases.actions.restriction import restrict_case
from cases.actions.strands import decline_strand, open_strand
from cases.catalogue import catalogue, pages_in
from cases.enums import Disposition
from cases.models import Case, Custody
from cases.tabs import TABS, address_of, first_tab
from cases.views.loading import load_case
from departments.enums import Role
from documents import signing
from documents.letter import Para
from documents.rendering import render
from journal.models import Event
from tests.casetabs import tab_url, tab_urls
from tests.documents.papers import letter
from tests.factories.cases import pdf
from tests.factories.rewards_money import decide, somebody


@pytest.fixture(autouse=True)
def _today(now):
    with time_machine.travel(now + dt.timedelta(hours=1), tick=False):
        yield


def picture(size=(640, 480)):
    out = io.BytesIO()
    Image.new("RGB", size, "white").save(out, "PNG")
    return SimpleUploadedFile("现场.png", out.getvalue(), content_type="image/png")


def shown(client, case, tab=None):
    url = reverse("cases:detail", args=[case.pk]) if tab is None else tab_url(case.pk, tab)
    return client.get(url)


# -- which tab --------------------------------------------------------------------------------------------------
def test_everybody_begins_where_their_work_is(case, insurance, finance, finance_handler, insurance_handler, now):
    def begins(user):
        return first_tab(load_case(user, case.pk), user)

    assert begins(insurance_handler) == "overview"
    for role, tab in (
        (Role.LEGAL, "handling"), (Role.FINANCE, "money"), (Role.REPORT_OFFICER, "reward"), (Role.REGISTRAR, "transfer"),
    ):  # fmt: skip
        assert begins(somebody(insurance, role)) == tab
    open_strand(case=case, department=finance, by=insurance_handler, at=now)
    assert begins(finance_handler) == "money"
    decide(case, at=now, disposition=Disposition.PENALTY)
    assert begins(insurance_handler) == "after"
    Case.objects.filter(pk=case.pk).update(status="closed", closed_at=now)
    assert begins(insurance_handler) == "overview"


def test_a_tab_nobody_knows_and_old_addresses_still_lead_somewhere(case, as_user, insurance_handler):
    client = as_user(insurance_handler)
    detail = reverse("cases:detail", args=[case.pk])
    wanted = {"?tab=nonsense": "overview", "?group=money": "timeline", "?before=12": "timeline", "": "overview"}
    for query, tab in wanted.items():
        assert client.get(detail + query).context["tab"] == tab
    page = client.get(detail)
    assert 'id="evidence"' in page.content.decode()  # the old anchor is the tab's now
    marks = {mark for tab in page.context["tabs"] for mark in tab.marks}
    assert marks >= {"strands", "referrals", "money", "notes", "tasks"}
    assert address_of(case.pk) == detail
    assert address_of(case.pk, "tasks_above") == f"{detail}?tab=transfer#tasks"
    assert address_of(case.pk, "unheard-of") == f"{detail}?tab=overview#unheard-of"


def test_every_tab_opens_for_everybody_of_the_cast_who_reads_the_case(
    case, as_user, health, now, insurance_handler, insurance_section_head, insurance_deputy_head, insurance_head,
    insurance_registrar, health_handler, health_section_head, health_registrar,
):  # fmt: skip
    open_strand(case=case, department=health, by=insurance_handler, at=now)
    for person in (
        insurance_handler, insurance_section_head, insurance_deputy_head, insurance_head, insurance_registrar,
        health_handler, health_section_head, health_registrar,
    ):  # fmt: skip
        for url in tab_urls(case.pk):
            page = as_user(person).get(url)
            assert page.status_code == 200 and case.number in page.content.decode()


def test_a_tab_opens_for_nobody_else(case, as_user, office_coordinator, market_handler, insurance_handler, now):
    add_evidence(case=case, upload=pdf("病历.pdf"), by=insurance_handler, at=now)
    for tab in TABS:
        assert shown(as_user(market_handler), case, tab).status_code == 404
        page = shown(as_user(office_coordinator), case, tab).content.decode()
        assert "metadata" not in page and "病历.pdf" not in page and "疑似" not in page and "casetabs" not in page


def test_a_restricted_case_shows_no_tab_to_the_department(
    case, as_user, insurance_handler, insurance_deputy_head, insurance_section_head, now
):
    restrict_case(case=case, reason="涉及干部", by=insurance_handler, at=now)
    for tab in ("overview", "material"):
        assert shown(as_user(insurance_section_head), case, tab).status_code == 404
        assert shown(as_user(insurance_handler), case, tab).status_code == 200


def test_only_the_panels_of_the_tab_are_drawn_with_counts_beside_the_others(case, as_user, insurance_handler, now):
    add_evidence(case=case, upload=pdf("病历.pdf"), by=insurance_handler, at=now)
    client = as_user(insurance_handler)
    page = shown(client, case, "money")
    assert [panel.code for panel, _context in page.context["main"]] == ["money"]
    counts = {tab.code: tab.count for tab in page.context["tabs"]}
    assert (counts["material"], counts["money"], counts["handling"], counts["support"]) == (1, 1, 1, 0)
    assert counts["overview"] is None
    assert "暂无内容" in shown(client, case, "inspection").content.decode()


def test_the_assessment_says_who_filed_and_who_did_not(case, strand, as_user, insurance_deputy_head, now):
    client = as_user(insurance_deputy_head)
    assert "不予立案" in shown(client, case, "nature").content.decode()
    decline_strand(strand=strand, reason="查无实据。", by=insurance_deputy_head, at=now)
    assert "查无实据。" in shown(client, case, "nature").content.decode()


# -- previews ---------------------------------------------------------------------------------------------------
def test_a_picture_is_shown_with_who_looks_in_its_pixels_and_written_down(case, as_user, insurance_handler, now):
    evidence = add_evidence(case=case, upload=picture(), by=insurance_handler, at=now)
    client = as_user(insurance_handler)
    page = client.get(reverse("cases:preview", args=[evidence.pk]))
    assert "陈晓岚" in page.content.decode() and "<html" in page.content.decode()
    part = client.get(reverse("cases:preview", args=[evidence.pk]), headers={"X-Drawer": "1"}).content.decode()
    assert "<html" not in part and 'id="drawer-title"' in part
    assert not Custody.objects.filter(kind="viewed").exists()
    answer = client.get(reverse("cases:shown", args=[evidence.pk]))
    assert answer["Content-Type"] == "image/png" and answer["Cache-Control"] == "no-store"
    drawn = Image.open(io.BytesIO(answer.content))
    assert drawn.size == (640, 480) and len(drawn.getcolors(100000)) > 1  # the mark stands on the white sheet
    assert Custody.objects.get(kind="viewed").by == insurance_handler
    assert Event.objects.filter(verb="evidence.viewed", target_id=evidence.pk).count() == 1


def test_a_pdf_is_shown_as_it_was_filed_inside_our_own_pages_only(case, as_user, insurance_handler, now):
    evidence = add_evidence(case=case, upload=pdf("病历.pdf"), by=insurance_handler, at=now)
    client = as_user(insurance_handler)
    assert "<iframe" in client.get(reverse("cases:preview", args=[evidence.pk])).content.decode()
    answer = client.get(reverse("cases:shown", args=[evidence.pk]))
    assert answer["Content-Type"] == "application/pdf" and answer["Content-Disposition"].startswith("inline")
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in answer["Content-Security-Policy"]


def test_what_cannot_be_shown_has_no_preview(case, as_user, insurance_handler, now):
    table = add_evidence(
        case=case, upload=SimpleUploadedFile("明细.txt", "甲,乙".encode()), by=insurance_handler, at=now
    )
    voided = add_evidence(case=case, upload=pdf("误传.pdf"), by=insurance_handler, at=now)
    void_evidence(evidence=voided, reason="误传", by=insurance_handler, at=now)
    lost = add_evidence(case=case, upload=pdf("遗失.pdf"), by=insurance_handler, at=now)
    lost.file.storage.delete(lost.file.name)
    client = as_user(insurance_handler)
    for evidence in (table, voided):
        for name in ("preview", "shown"):
            assert client.get(reverse(f"cases:{name}", args=[evidence.pk])).status_code == 404
    assert client.get(reverse("cases:shown", args=[lost.pk])).status_code == 404
    assert "预览" not in client.get(reverse("cases:evidence", args=[table.pk])).content.decode()
    assert not Custody.objects.filter(kind="viewed").exists()


def test_a_broken_or_monstrous_picture_is_not_opened(case, as_user, insurance_handler, now, monkeypatch):
    assert previews.marked(b"no picture", "image/png", "x") is None
    broken = bytearray(picture().read())
    broken[broken.index(b"IDAT") : broken.index(b"IDAT") + 4] = b"\x00\x01\x02\x03"  # a damaged name of a chunk
    assert previews.marked(bytes(broken), "image/png", "x") is None
    evidence = add_evidence(case=case, upload=picture(), by=insurance_handler, at=now)
    monkeypatch.setattr(previews, "MOST_PIXELS", 10)
    assert as_user(insurance_handler).get(reverse("cases:shown", args=[evidence.pk])).status_code == 404


def test_the_pages_of_our_own_papers_are_counted_signed_or_not(signing_folder):
    body = tuple(Para(f"第{n}段。" + "内容" * 100) for n in range(12))
    content = render(letter(body=body))
    assert pages_in(content) == len(pypdfium2.PdfDocument(content)) > 1
    assert pages_in(b"no paper") is None
    signing.make(signing_folder, name="Joint desk", demonstration=False, at=dt.datetime.now(dt.UTC))
    signed, _certificate = signing.signed(content)  # its revision writes the first page once more
    assert pages_in(signed) == pages_in(content)


# -- the catalogue of the file ----------------------------------------------------------------------------------
def test_the_catalogue_lists_what_is_in_use_and_is_written_down(case, as_user, insurance_handler, now):
    add_evidence(case=case, upload=pdf("病历.pdf"), pages=12, by=insurance_handler, at=now)
    wrong = add_evidence(case=case, upload=pdf("误传.pdf"), by=insurance_handler, at=now)
    void_evidence(evidence=wrong, reason="误传", by=insurance_handler, at=now)
    paper = catalogue(case, insurance_handler, at=now)
    assert [row[1:3] + row[6:] for row in paper.tables[0].rows] == [("证据", "病历.pdf", "12")]
    answer = as_user(insurance_handler).post(reverse("cases:catalogue", args=[case.pk]))
    assert answer["Content-Type"] == "application/pdf" and answer.content.startswith(b"%PDF-")
    assert Event.objects.get(verb="case.catalogue_printed").params["rows"] == 1
