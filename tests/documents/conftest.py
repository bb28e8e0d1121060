"""A kind of letter and a kind of thing of this room's own tests, registered as an upper room would."""

import datetime as dt

import pytest

from core import registry
from departments.models import Department
from documents.actions import issue_document
from tests.documents.papers import form, letter


class Matter:
    """What a paper is about, as far as this room can tell: a kind, a number, a region."""

    def __init__(self, pk, region_id, kind_code="matter"):
        self.pk, self.region_id, self.kind_code = pk, region_id, kind_code
        self.owner_id = None


@pytest.fixture
def kinds(monkeypatch):
    """`matter` and `case` are read by whoever works in the department of the same id."""

    def own(user):
        return Department.objects.filter(pk=user.post.department_id)

    for code in ("matter", "case"):
        kind = registry.Kind(code, visible=own, title=str, url=lambda thing: f"/matters/{thing.pk}/")
        monkeypatch.setitem(registry.kinds, code, kind)
    monkeypatch.setitem(
        registry.letters,
        "notice",
        lambda context: letter(
            number="", verification_code="", title=context["title"], date=dt.date(2026, 11, 16)
        ),
    )
    monkeypatch.setitem(registry.letter_names, "notice", "技术支持告知函")
    monkeypatch.setitem(registry.letters, "slip", lambda context: form(number="", verification_code=""))


@pytest.fixture
def matter(insurance, kinds):
    return Matter(insurance.pk, insurance.region_id)


@pytest.fixture
def case(insurance, kinds):
    return Matter(insurance.pk, insurance.region_id, "case")


@pytest.fixture
def issue(insurance, matter, case, insurance_registrar, now):
    """Issue a notice of the insurance department about its matter."""

    def issued(**changes):
        given = {
            "kind": "notice",
            "department": insurance,
            "context": {"title": "关于商请对仁和医院诊疗行为提供技术支持的函"},
            "target": matter,
            "case": case,
            "by": insurance_registrar,
            "at": now,
        }
        return issue_document(**(given | changes))

    return issued


@pytest.fixture
def document(issue):
    return issue()
