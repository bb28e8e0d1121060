"""The public check in a real browser: the file's fingerprint is counted there, and the file stays there."""

import pytest

from core import registry
from documents import storage
from documents.actions import issue_document
from tests.documents.papers import form


@pytest.fixture
def paper(transactional_db, insurance, insurance_registrar, now, monkeypatch):
    monkeypatch.setitem(registry.letters, "slip", lambda context: form(number="", verification_code=""))
    return issue_document(
        kind="slip", department=insurance, context={}, target=None, case=None, by=insurance_registrar, at=now
    )


def test_the_browser_sends_the_fingerprint_and_never_the_file(page_as, paper):
    page = page_as()
    sent = []
    page.on("request", lambda request: sent.append(request.post_data_buffer or b"") if request.method == "POST" else None)
    original = storage.fetch(paper.file, paper.sha256)
    answers = []
    for content in (original, original[:-1] + b"?"):
        page.goto(f"/verify/{paper.verification_code}/")
        page.set_input_files("#id_file", {"name": "a.pdf", "mimeType": "application/pdf", "buffer": content})
        with page.expect_navigation():
            page.click(".form-foot button")
        answers.append(page.locator("p[role=status]").get_attribute("class"))
    assert answers == ["msg success", "msg error"]
    assert paper.sha256.encode() in sent[0] and all(b"%PDF" not in body for body in sent)
