"""The pages of papers and the public check, as a browser asks for them."""

import io

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation

from core import registry
from documents import storage, verification
from documents.actions import attach_sealed_scan, void_document
from documents.letter import from_json
from documents.models import IssuedDocument, PeriodReport
from documents.preview import draft_pdf, draft_word, preview_page
from journal.models import Event
from tests.documents.papers import form, letter, manifest


@pytest.fixture
def address(document):
    return lambda name: reverse(f"documents:{name}", args=[document.pk])


@pytest.fixture
def sealed(document, insurance_registrar, now):
    return attach_sealed_scan(
        document=document, upload=io.BytesIO(b"%PDF-seal"), by=insurance_registrar, at=now
    )


WHO = [
    ("insurance_handler", {"detail": 200, "pdf": 200, "word": 200, "scan": 200, "seal": 403, "void": 403}),
    ("insurance_registrar", {"detail": 200, "pdf": 200, "word": 200, "scan": 200, "seal": 403, "void": 403}),
    ("insurance_head", {"detail": 200, "pdf": 200, "word": 200, "scan": 200, "seal": 403, "void": 200}),
    ("health_handler", dict.fromkeys(("detail", "pdf", "word", "scan", "seal", "void"), 404)),
    ("system_admin", dict.fromkeys(("detail", "pdf", "word", "scan", "seal", "void"), 404)),
]


@pytest.mark.parametrize(("who", "answers"), WHO)
def test_who_gets_what(client, request, address, sealed, who, answers):
    client.force_login(request.getfixturevalue(who))
    assert {name: client.get(address(name)).status_code for name in answers} == answers


def test_without_an_account_one_is_sent_to_sign_in(client, address):
    for name in ("detail", "pdf", "word", "scan", "seal", "void"):
        assert client.get(address(name)).status_code == 302


def test_page_shows_the_sheet_and_its_bar(client, address, document, insurance_registrar):
    client.force_login(insurance_registrar)
    answer = client.get(address("detail"))
    page = answer.content.decode()
    assert answer["Cache-Control"] == "no-store"
    for words in (
        "青医保函〔2026〕1号",
        "关于商请对仁和医院诊疗行为<br>提供技术支持的函",
        "2026年11月16日",
        document.sha256,
    ):
        assert words in page
    assert f'href="/matters/{document.target_id}/"' in page
    assert address("seal") in page and address("void") not in page and address("scan") not in page
    assert "style=" not in page and "<script" not in page


def test_page_of_a_paper_whose_matter_is_gone_leads_home(client, issue, insurance_handler):
    client.force_login(insurance_handler)
    page = client.get(issue(target=None).get_absolute_url()).content.decode()
    assert 'href="/"' in page


def test_page_of_a_form(client, issue, insurance_handler):
    client.force_login(insurance_handler)
    page = client.get(issue(kind="slip").get_absolute_url()).content.decode()
    assert "接收人意见" in page and "案件编号" in page


def test_page_warns_of_missing_fonts(client, address, insurance_handler, settings, tmp_path):
    client.force_login(insurance_handler)
    assert "say noprint warning" not in client.get(address("detail")).content.decode()
    settings.FONTS_DIR = tmp_path
    assert "say noprint warning" in client.get(address("detail")).content.decode()


def test_pdf_is_the_frozen_file_and_its_reading_is_recorded(client, address, document, insurance_handler):
    client.force_login(insurance_handler)
    answer = client.get(address("pdf"))
    assert answer.content == storage.fetch(document.file, document.sha256)
    assert answer["Content-Type"] == "application/pdf"
    assert (answer["Cache-Control"], answer["X-Content-Type-Options"]) == ("no-store", "nosniff")
    assert answer["Content-Disposition"].startswith("inline; filename*=utf-8''%E9%9D%92")
    assert client.get(address("pdf") + "?save").headers["Content-Disposition"].startswith("attachment")
    events = Event.objects.filter(
        verb="document.downloaded", target_id=document.pk, actor_id=insurance_handler.pk
    )
    assert [event.params["what"] for event in events.filter(at__gte=document.issued_at)] == ["pdf", "pdf"]


def test_word_copy_and_scan_are_downloads(client, address, sealed, insurance_handler):
    client.force_login(insurance_handler)
    word = client.get(address("word"))
    assert word.content[:2] == b"PK" and "attachment" in word["Content-Disposition"]
    scan = client.get(address("scan"))
    assert (scan.content, scan["Content-Type"]) == (b"%PDF-seal", "application/pdf")
    assert scan["Content-Disposition"].endswith(".pdf")


@pytest.mark.parametrize("what", ["pdf", "scan"])
def test_tampered_file_is_not_given_out_and_the_record_says_so(
    client, address, sealed, insurance_handler, what
):
    with default_storage.open(sealed.file if what == "pdf" else sealed.sealed_file, "wb") as file:
        file.write(b"%PDF-forged")
    client.force_login(insurance_handler)
    before = Event.objects.filter(verb="journal.refused").count()
    answer = client.get(address(what), follow=True)
    assert answer.redirect_chain == [(sealed.get_absolute_url(), 302)]
    assert b"%PDF-forged" not in answer.content
    assert Event.objects.filter(verb="journal.refused").count() == before + 1


def test_registrar_uploads_the_scan_once(client, address, document, insurance_registrar):
    client.force_login(insurance_registrar)
    assert client.get(address("seal")).status_code == 200
    empty = client.post(address("seal"))
    assert empty.status_code == 200 and "is-invalid" in empty.content.decode()
    wrong = client.post(address("seal"), {"scan": SimpleUploadedFile("a.pdf", b"<html>")})
    assert "is-invalid" in wrong.content.decode()
    right = client.post(address("seal"), {"scan": SimpleUploadedFile("a.pdf", b"%PDF-1")})
    assert right["Location"] == document.get_absolute_url()
    document.refresh_from_db()
    assert document.is_sealed
    assert client.get(address("seal")).status_code == 403


def test_head_voids_with_a_reason(client, address, document, insurance_head):
    client.force_login(insurance_head)
    assert document.number in client.get(address("void")).content.decode()
    assert "is-invalid" in client.post(address("void"), {"reason": " "}).content.decode()
    assert client.post(address("void"), {"reason": "主送有误"})["Location"] == document.get_absolute_url()
    assert "主送有误" in client.get(address("detail")).content.decode()
    document.refresh_from_db()
    assert document.is_void


def test_race_shows_the_sentence_and_keeps_what_was_typed(
    client, address, document, insurance_head, now, monkeypatch
):
    client.force_login(insurance_head)
    from documents import rules

    void_document(document=document, reason="先", by=insurance_head, at=now)
    monkeypatch.setattr(rules, "can_void", lambda user, document: True)
    page = client.post(address("void"), {"reason": "后来的理由"})
    assert page.status_code == 200 and "后来的理由" in page.content.decode()


# -- drafts of upper rooms -----------------------------------------------------------------------------------


def test_drafts_are_shown_and_downloaded_without_being_issued(rf, insurance_handler):
    request = rf.get("/")
    request.user = insurance_handler
    paper = letter(number="", annexes=(manifest(),), copies=("县财政局",), contact="联系人：陈晓岚")
    page = preview_page(
        request, paper=paper, heading="草稿", back_url="/back/", word_url="/w/", pdf_url="/p/"
    ).content.decode()
    for words in (
        'href="/back/"',
        'href="/w/"',
        'href="/p/"',
        "证据移交清单",
        "抄送：县财政局。",
        "（联系人：陈晓岚）",
    ):
        assert words in page
    assert draft_word(paper).content[:2] == b"PK"
    assert draft_pdf(paper).content[:5] == b"%PDF-"
    assert "接收人意见" in preview_page(request, paper=form(), heading="草稿", back_url="/").content.decode()
    assert IssuedDocument.objects.count() == 0


# -- the public check ----------------------------------------------------------------------------------------


def check(client, code, **files):
    url = reverse("documents:verify", args=[code])
    return client.post(url, files) if files else client.get(url)


def test_public_page_says_who_when_and_which_and_nothing_of_the_matter(client, document):
    page = check(client, document.verification_code).content.decode()
    for words in ("青禾县医疗保障局", document.number, "技术支持告知函", "2026-11-16"):
        assert words in page
    for secret in ("仁和医院", "诊疗行为", "陈晓岚", "曾小禾", document.sha256, "matters"):
        assert secret not in page


@pytest.mark.parametrize("typed", ["{0}", "{1}", "{2}"])
def test_code_is_found_however_it_is_typed(client, document, typed):
    code = typed.format(
        document.verification_code, document.code_in_groups, document.verification_code.lower()
    )
    assert check(client, code).status_code == 200


@pytest.mark.parametrize("code", ["ABCDEFGHJKLM", "X", "-"])
def test_unknown_code_says_so(client, db, code):
    assert check(client, code).status_code == 404


def test_entry_page_leads_to_the_code(client, db):
    url = reverse("documents:verify-entry")
    assert client.get(url).status_code == 200
    assert client.get(url, {"code": "7kq2-m9xd 4htr"})["Location"] == "/verify/7KQ2M9XD4HTR/"
    assert "is-invalid" in client.get(url, {"code": "、、"}).content.decode()
    assert "is-invalid" in client.get(url, {"code": ""}).content.decode()


def test_uploaded_file_is_compared_byte_by_byte(client, document, sealed):
    original = storage.fetch(document.file, document.sha256)
    with translation.override("zh-hans"):
        answers = {
            name: client.post(
                reverse("documents:verify", args=[document.verification_code]),
                {"file": SimpleUploadedFile("a.pdf", data)},
            ).context["match"]
            for name, data in (("same", original), ("scan", b"%PDF-seal"), ("other", original + b" "))
        }
    assert answers == {"same": "original", "scan": "sealed", "other": ""}


def test_unsealed_paper_matches_only_its_original(document):
    assert verification.matches(document, verification.digest_of(io.BytesIO(b""))) == ""
    assert verification.matches(document, "") == ""


def test_fingerprint_the_browser_counted_is_enough(client, document, sealed):
    url = reverse("documents:verify", args=[document.verification_code])
    answers = [client.post(url, {"digest": each}) for each in (document.sha256, sealed.sealed_sha256, "0" * 64, "x")]
    assert [answer.context.get("match") for answer in answers] == ["original", "sealed", "", None]
    assert document.sha256 not in client.get(url).content.decode()  # nobody learns it here
    assert document.sha256 not in answers[0].content.decode()  # nor does the next file inherit it
    other = client.post(url, {"digest": document.sha256, "file": SimpleUploadedFile("a.pdf", b"%PDF")})
    assert other.context["match"] == ""  # the file that came is what is looked at


def test_file_too_large_to_be_ours_is_refused(client, document, monkeypatch):
    monkeypatch.setattr(verification, "LARGEST", 3)
    url = reverse("documents:verify", args=[document.verification_code])
    answer = client.post(url, {"file": SimpleUploadedFile("a.pdf", b"%PDF")})
    assert "is-invalid" in answer.content.decode() and "checked" not in answer.context


def test_withdrawn_and_replaced_papers_say_so(client, issue, monkeypatch, now, insurance_head):
    """By a later paper that stands; a voided one takes nothing back."""
    monkeypatch.setitem(registry.overtaken_by, "notice", {"slip": "withdrawn", "notice": "replaced"})
    first = issue()
    url = reverse("documents:verify", args=[first.verification_code])
    assert client.get(url).context["standing"] == "valid"
    second = issue()
    assert client.get(url).context["standing"] == "replaced"
    void_document(document=second, reason="错", by=insurance_head, at=now)
    assert client.get(url).context["standing"] == "valid"
    back = issue(kind="slip")
    answer = client.get(url)
    assert (answer.context["standing"], answer.context["since"]) == ("withdrawn", back.issued_at)
    assert back.number not in answer.content.decode()
    assert verification.standing(issue(target=None)) == ("valid", None)


def test_corrected_statistics_are_replaced(issue, insurance, insurance_handler, insurance_head, now):
    first, second = issue(), issue()
    stamps = {"figures": {}, "counted_at": now, "drafted_by": insurance_handler, "drafted_at": now}
    signed = {"status": "issued", "signed_by": insurance_head, "signed_at": now, "created_at": now, "updated_at": now}
    place = {"region": insurance.region, "department": insurance, "period": "2026-11"}
    report = PeriodReport.objects.create(document=first, **stamps, **signed, **place)
    assert verification.standing(first) == ("valid", None)
    PeriodReport.objects.create(document=second, corrects=report, reason="错", **stamps, **signed, **place)
    assert verification.standing(first) == ("replaced", now)


def test_check_without_a_file_marks_the_field(client, document):
    answer = client.post(reverse("documents:verify", args=[document.verification_code]))
    assert "is-invalid" in answer.content.decode() and "checked" not in answer.context


def test_void_paper_is_shown_as_void(client, document, insurance_head, now):
    void_document(document=document, reason="机密的理由", by=insurance_head, at=now)
    page = check(client, document.verification_code).content.decode()
    assert "msg error" in page and "机密的理由" not in page


def test_too_many_checks_have_to_wait(client, document):
    for _ in range(verification.TRIES_A_MINUTE):
        assert check(client, document.verification_code).status_code == 200
    answer = check(client, document.verification_code)
    assert (answer.status_code, answer["Retry-After"]) == (429, "60")
    assert document.number not in answer.content.decode()


def test_number_of_queries_of_the_page_is_fixed(
    client, address, document, insurance_handler, django_assert_max_num_queries
):
    client.force_login(insurance_handler)
    client.get(address("detail"))
    with django_assert_max_num_queries(16):
        client.get(address("detail"))
    assert from_json(document.context).title == document.title
