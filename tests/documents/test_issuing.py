"""One act: number, print, freeze, record; all of it or nothing."""

import datetime as dt
import hashlib
import threading

import pytest
from django.core.files.storage import default_storage
from django.db import DatabaseError, IntegrityError, connection, transaction

from core import registry
from documents import storage
from documents.actions import next_number
from documents.actions.issuing import CODE_SIGNS, UnknownLetter, verification_address
from documents.letter import from_json
from documents.models import IssuedDocument, Series
from documents.refusals import Tampered
from documents.rendering import render
from journal.models import Event


def test_issue_numbers_prints_freezes_and_records(issue, insurance, insurance_registrar, matter, case, now):
    document = issue()
    assert document.number == "青医保函〔2026〕1号"
    assert (document.series.last, document.sequence) == (1, 1)
    assert (document.target_kind, document.target_id, document.case_id) == ("matter", matter.pk, case.pk)
    assert (document.department, document.region_id) == (insurance, insurance.region_id)
    assert (document.issued_by, document.issued_at) == (insurance_registrar, now)
    assert set(document.verification_code) <= set(CODE_SIGNS) and len(document.verification_code) == 12
    paper = from_json(document.context)
    assert paper.number == document.number
    assert paper.verification_code == document.code_in_groups
    assert paper.verification_url == verification_address(document.verification_code)
    data = storage.fetch(document.file, document.sha256)
    assert data == render(paper)
    assert (hashlib.sha256(data).hexdigest(), len(data)) == (document.sha256, document.size)
    assert document.sha256 in document.file
    event = Event.objects.get(
        verb="document.issued", at=now, params__number=document.number, case_id=case.pk, target_id=document.pk
    )
    assert (event.target_kind, event.target_id, event.case_id) == ("document", document.pk, case.pk)
    assert event.params == {"number": document.number, "kind": "notice"}
    assert str(document) == f"{document.number} {document.title}"
    assert str(document.series) == "青医保函〔2026〕"
    assert list(IssuedDocument.objects.about(matter)) == [document]
    assert list(IssuedDocument.objects.of_case(case).for_list()) == [document]


def test_numbers_run_on_without_padding_a_year_and_mark_each(issue, insurance, now):
    numbers = [
        issue().number,
        issue().number,
        issue(kind="slip").number,
        issue(mark="青联办").number,
        issue(at=dt.datetime(2026, 12, 31, 16, 0, tzinfo=dt.UTC)).number,
    ]
    assert numbers == [
        "青医保函〔2026〕1号",
        "青医保函〔2026〕2号",
        "青医保〔2026〕1号",
        "青联办〔2026〕1号",
        "青医保函〔2027〕1号",
    ]


def test_two_counties_with_the_same_mark_count_apart(issue, other_insurance):
    issue(mark="医保函")
    assert issue(mark="医保函", department=other_insurance).number == "医保函〔2026〕1号"


def test_paper_about_nothing_but_the_department(issue):
    document = issue(target=None, case=None)
    assert (document.target_kind, document.target_id, document.case_id) == ("", None, None)


def test_unknown_kind_is_refused_and_takes_no_number(issue):
    with pytest.raises(UnknownLetter):
        issue(kind="poem")
    assert Series.objects.count() == 0


def test_failure_after_issuing_takes_everything_back_number_included(issue):
    issue()
    before = Event.objects.filter(verb="document.issued").count()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        issue()
        _ = 1 / 0
    assert IssuedDocument.objects.count() == 1
    assert Event.objects.filter(verb="document.issued").count() == before
    assert issue().number == "青医保函〔2026〕2号"


def test_failure_while_printing_takes_the_number_back(issue, monkeypatch):
    monkeypatch.setitem(registry.letters, "broken", lambda context: _unprintable())
    issue()
    with pytest.raises(KeyError):
        issue(kind="broken")
    assert Series.objects.get().last == 1


def _unprintable():
    from documents.letter import Para
    from tests.documents.papers import letter

    return letter(number="", body=(Para(heading="九、", level=9),))


@pytest.mark.django_db(transaction=True)
def test_two_issues_at_once_get_consecutive_numbers(issue):
    results, barrier = [], threading.Barrier(2)

    def run():
        try:
            barrier.wait()
            results.append(issue().number)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == ["青医保函〔2026〕1号", "青医保函〔2026〕2号"]


@pytest.mark.django_db(transaction=True)
def test_second_issue_waits_for_the_first_and_takes_its_number_if_it_fails(county):
    """The row of the series is locked until the first one's end: no gap, no twin."""
    locked, release, got = threading.Event(), threading.Event(), []

    def first():
        try:
            with transaction.atomic():
                got.append(next_number(region=county, mark="青", year=2026)[1])
                locked.set()
                release.wait(10)
                raise InterruptedError
        except InterruptedError:
            pass
        finally:
            connection.close()

    def second():
        try:
            got.append(next_number(region=county, mark="青", year=2026)[1])
        finally:
            connection.close()

    next_number(region=county, mark="青", year=2026)
    one, two = threading.Thread(target=first), threading.Thread(target=second)
    one.start()
    assert locked.wait(10)
    two.start()
    two.join(0.3)
    assert two.is_alive()
    release.set()
    one.join()
    two.join()
    assert got == [2, 2]


FROZEN = {
    "number": "伪造〔2026〕9号",
    "context": {},
    "sha256": "0" * 64,
    "file": "x",
    "title": "x",
    "sequence": 99,
    "verification_code": "x",
    "template_version": 9,
    "case_id": 9,
    "issued_at": dt.datetime(2020, 1, 1, tzinfo=dt.UTC),
}


@pytest.mark.parametrize("field", FROZEN)
def test_database_freezes_what_was_issued(document, field):
    with pytest.raises(DatabaseError, match="is frozen"), transaction.atomic():
        IssuedDocument.objects.filter(pk=document.pk).update(**{field: FROZEN[field]})


def test_database_never_lets_a_paper_go(document):
    with pytest.raises(DatabaseError, match="never deleted"), transaction.atomic():
        document.delete()


@pytest.mark.parametrize("change", [{"last": 0}, {"year": 2025}, {"mark": "x"}])
def test_series_only_moves_forward(document, change):
    with pytest.raises(DatabaseError, match="only moves forward"), transaction.atomic():
        Series.objects.update(**change)


def test_database_refuses_a_number_twice(document):
    twin = IssuedDocument.objects.get()
    twin.pk, twin.verification_code = None, "ABCDEFGHJKLM"
    with pytest.raises(IntegrityError, match="document_number_once"), transaction.atomic():
        twin.save(force_insert=True)


def test_same_bytes_are_kept_once(db):
    assert storage.keep(b"%PDF-x", ".pdf") == storage.keep(b"%PDF-x", ".pdf")
    assert storage.fetch(*storage.keep(b"%PDF-x", ".pdf")) == b"%PDF-x"


def test_changed_or_vanished_bytes_are_not_given_out(document):
    with default_storage.open(document.file, "wb") as file:
        file.write(b"%PDF-forged")
    with pytest.raises(Tampered):
        storage.fetch(document.file, document.sha256)
    default_storage.delete(document.file)
    with pytest.raises(Tampered):
        storage.fetch(document.file, document.sha256)


def test_event_that_cannot_be_written_leaves_no_paper(issue, monkeypatch):
    monkeypatch.delitem(registry.verbs, "document.issued")
    with pytest.raises(LookupError):
        issue()
    assert (IssuedDocument.objects.count(), Series.objects.count()) == (0, 0)
