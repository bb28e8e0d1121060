"""Who reads papers, and who may seal or void them."""

import io

import pytest
from django.contrib.auth.models import AnonymousUser

from core import registry
from documents import rules
from documents.actions import attach_sealed_scan, void_document
from documents.models import IssuedDocument


def readers(users):
    return [name for name, user in users.items() if IssuedDocument.objects.visible_to(user).exists()]


@pytest.fixture
def people(insurance_handler, insurance_registrar, health_handler, office_coordinator, system_admin):
    return {
        "handler": insurance_handler,
        "registrar": insurance_registrar,
        "health": health_handler,
        "office": office_coordinator,
        "admin": system_admin,
        "nobody": AnonymousUser(),
    }


def test_paper_is_read_by_whoever_reads_case_and_matter(document, people):
    assert readers(people) == ["handler", "registrar"]
    assert rules.can_view(people["handler"], document)
    assert not rules.can_view(people["health"], document)


def test_seeing_a_summary_is_not_reading(issue, people, health, monkeypatch):
    issue(department=health)
    assert readers(people) == ["handler", "registrar"]
    everything = registry.kinds["case"].visible
    summary = registry.Kind(
        "case", visible=everything, title=str, url=str, readable=lambda user: everything(user).none()
    )
    monkeypatch.setitem(registry.kinds, "case", summary)
    assert readers(people) == []


def test_matter_read_in_a_case_not_read_stays_closed(issue, people, health, matter):
    from tests.documents.conftest import Matter

    issue(case=Matter(health.pk, health.region_id, "case"), department=health)
    issue(target=Matter(health.pk, health.region_id))
    assert readers(people) == []


def test_paper_of_the_case_alone(issue, people):
    issue(target=None)
    assert readers(people) == ["handler", "registrar"]


def test_paper_of_the_department_alone(issue, people):
    issue(target=None, case=None)
    assert readers(people) == ["handler", "registrar"]


def test_paper_about_a_kind_nobody_registered_is_read_by_nobody(issue, people, monkeypatch):
    issue()
    monkeypatch.delitem(registry.kinds, "matter")
    assert readers(people) == []


def test_who_issued_a_paper_keeps_it_and_loses_that_of_the_case_alone(issue, people, health):
    from tests.documents.conftest import Matter

    closed = Matter(health.pk, health.region_id, "case")  # returned or forwarded since: the case is another's
    issue(case=closed, target=None)
    assert readers(people) == ["health"]
    issue(case=closed)
    assert readers(people) == ["handler", "registrar", "health"]
    assert IssuedDocument.objects.visible_to(people["handler"]).count() == 1


def test_without_a_registered_case_no_paper_of_a_case_is_read(issue, people, health, monkeypatch):
    issue(department=health)
    monkeypatch.delitem(registry.kinds, "case")
    assert readers(people) == []


def test_somebody_without_a_post_reads_nothing(document, insurance_handler):
    insurance_handler.posts.all().delete()
    assert readers({"former": type(insurance_handler).objects.get(pk=insurance_handler.pk)}) == []


@pytest.mark.parametrize(
    ("who", "seal", "void"),
    [
        ("insurance_registrar", True, False),
        ("insurance_handler", False, False),
        ("insurance_section_head", False, False),
        ("insurance_deputy_head", False, True),
        ("insurance_head", False, True),
        ("health_registrar", False, False),
        ("health_head", False, False),
        ("system_admin", False, False),
    ],
)
def test_who_may_seal_and_void(document, request, who, seal, void):
    user = request.getfixturevalue(who)
    assert (rules.can_seal(user, document), rules.can_void(user, document)) == (seal, void)


def test_sealed_once_and_nothing_more_on_a_void_paper(document, insurance_registrar, insurance_head, now):
    sealed = attach_sealed_scan(
        document=document, upload=io.BytesIO(b"%PDF-"), by=insurance_registrar, at=now
    )
    assert not rules.can_seal(insurance_registrar, sealed)
    assert rules.can_void(insurance_head, sealed)
    voided = void_document(document=sealed, reason="误", by=insurance_head, at=now)
    assert not rules.can_void(insurance_head, voided)
    assert not rules.can_seal(insurance_registrar, voided)
