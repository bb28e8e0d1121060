"""A category that is switched off: cases keep it, no case chooses it any more, by whatever way."""

import pytest
from django.urls import reverse

from cases.actions.editing import edit_case
from cases.dictionaries import categories_in_use
from cases.forms.case import EditCaseForm
from cases.models import Case
from core.refusals import BadInput
from departments.actions.categories import switch_category
from departments.models import Category
from referrals.forms_comparison import LeadsForm
from referrals.models import ComparisonRow
from tests.factories.cases import make_case, make_subject


@pytest.fixture
def off(system_admin, insurance_handler, now):
    """A category two cases were registered under before it was switched off."""
    category = Category.objects.get(code="bed-hanging")
    for title in ("甲", "乙"):
        make_case(by=insurance_handler, at=now, title=title, categories=[category])
    return switch_category(category=category, active=False, by=system_admin, at=now)


@pytest.fixture
def on(db):
    return Category.objects.get(code="split-admission")


def test_what_a_case_has_is_in_use(off, on):
    assert categories_in_use([off.pk, on.pk, 10**6]) == {off.pk}


def test_no_new_case_is_registered_under_it(off, on, insurance_handler, now):
    before = Case.objects.count()
    with pytest.raises(BadInput, match="已停用") as refused:
        make_case(by=insurance_handler, at=now, categories=[on, off])
    assert (refused.value.field, Case.objects.count()) == ("categories", before)


def test_the_interface_says_so_too(client, off, county, insurance_handler, now):
    subject = make_subject(county, at=now)
    client.force_login(insurance_handler)
    answer = client.post(
        "/api/v1/cases/",
        {"source": "monitoring", "subjects": [subject.pk], "categories": [off.code], "facts": "x", "found_on": "2026-11-15"},
        content_type="application/json",
    )  # fmt: skip
    assert answer.status_code == 400 and "已停用" in answer.json()["categories"][0]


def test_a_case_keeps_it_and_another_cannot_take_it(off, on, insurance_handler, now):
    case = Case.objects.get(title="甲")
    edit_case(case=case, version=case.version, categories=[off, on], by=insurance_handler, at=now)
    assert set(case.categories.all()) == {off, on}
    other = make_case(by=insurance_handler, at=now, categories=[on])
    with pytest.raises(BadInput) as refused:
        edit_case(case=other, version=other.version, categories=[off], by=insurance_handler, at=now)
    assert refused.value.field == "categories" and list(other.categories.all()) == [on]
    assert off in EditCaseForm(instance=case).fields["categories"].queryset
    assert off not in EditCaseForm(instance=other).fields["categories"].queryset
    assert off not in LeadsForm(rows=ComparisonRow.objects.none()).fields["category"].queryset


def test_the_registry_still_finds_its_cases(client, off, insurance_handler):
    client.force_login(insurance_handler)
    page = client.get(reverse("cases:list"), {"category": off.pk})
    assert len(page.context["cases"]) == 2
