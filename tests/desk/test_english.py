"""A reader of English finds no word of the seeded dictionaries in Chinese; what people wrote themselves stays."""

import re

import pytest
from django.urls import reverse
from django.utils import translation

from core.seeded import seeded
from deadlines.models import CalendarDay, ClockRule, Deadline
from deadlines.seeds import RULES
from departments.models import Category, Competence, Route
from tests.factories.cases import make_case, make_subject

pytestmark = pytest.mark.django_db
# what a person edits is shown as it is kept
TYPED = re.compile(r"<textarea.*?</textarea>|value=\"[^\"]*\"|<script.*?</script>", re.S)


def words():
    """Every seeded word there is, as the rows hold it."""
    found = set(Category.objects.values_list("name", flat=True)) | set(
        Category.objects.values_list("source", flat=True)
    )
    found |= set(Competence.objects.values_list("basis", flat=True)) | set(
        Route.objects.values_list("basis", flat=True)
    )
    for row in ClockRule.objects.all():
        found |= {row.name, row.basis, row.start_text, row.end_text}
    days = set(CalendarDay.objects.values_list("name", flat=True))
    return (found | days | {day.partition("（")[0] for day in days}) - {""}


def test_every_seeded_word_has_its_english():
    with translation.override("en"):
        left = sorted(word for word in words() if re.search(r"[一-鿿]", seeded(word)))
    assert not left
    with translation.override("zh-hans"):
        assert all(seeded(word) == word for word in words())
    with translation.override("en"):
        assert seeded("县里自己加的类别") == "县里自己加的类别"
        assert str(ClockRule(name="线索核查")) == "Verification of the lead"
    assert len({code for code, *_rest in RULES}) == len(RULES)


@pytest.fixture
def english(client):
    def sign_in(user):
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        client.cookies["django_language"] = "en"
        return client

    return sign_in


def test_no_page_says_a_seeded_word_in_chinese(
    english, insurance_handler, insurance_section_head, office_coordinator, system_admin, county, now
):
    subject = make_subject(county, name="Qinghe Renhe", at=now)
    categories = list(Category.objects.all())
    case = make_case(
        by=insurance_handler, at=now, subject=subject, categories=categories, title="Lead", summary="Facts."
    )
    clock = Deadline.objects.get(case_id=case.pk, rule_code="verification")
    of_case = [reverse("cases:detail", args=[case.pk]), reverse("cases:edit", args=[case.pk])]
    clocks = [
        reverse("deadlines:detail", args=[clock.pk]),
        *(reverse("deadlines:rule", args=[row[0]]) for row in RULES),
    ]
    years = [reverse("deadlines:calendar_year", args=[year]) for year in (2024, 2025, 2026)]
    walks = (
        (insurance_handler, [
            reverse("desk:workbench"), reverse("cases:list"), reverse("cases:register"), f"{of_case[0]}?group=system",
            reverse("cases:subject", args=[subject.pk]), *of_case, *clocks, *years, reverse("deadlines:rules"),
            *(f"{reverse('cases:list')}?category={category.pk}" for category in categories[:2]),
        ]),
        (insurance_section_head, [reverse("desk:workbench"), of_case[0], reverse("deadlines:extend", args=[clock.pk])]),
        (office_coordinator, [reverse("desk:workbench"), of_case[0], reverse("deadlines:rule_edit", args=["verification"])]),
        (system_admin, [
            reverse("departments:categories"), reverse("departments:edit_category", args=[categories[0].pk]),
            *(f"{reverse('departments:routes')}?kind={kind}" for kind in ("transfer", "bulletin", "support", "criminal")),
        ]),
    )  # fmt: skip
    seeds, wrong, said = words(), [], ""
    for user, addresses in walks:
        client = english(user)
        for address in addresses:
            answer = client.get(address)
            assert answer.status_code == 200, address
            text = TYPED.sub("", answer.content.decode())
            said += text
            wrong += [f"{address}: {word}" for word in seeds if word in text]
    assert not wrong, "\n".join(sorted(wrong)[:40])
    assert "Verification of the lead" in said and "Split admissions" in said and "Spring Festival" in said
