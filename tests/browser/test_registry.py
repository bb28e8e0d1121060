"""The registry at the size people have: nothing of the table stands outside its card."""

from django.urls import reverse

from cases.models import Case
from departments.models import Category
from tests.factories.cases import make_case


def test_the_english_registry_keeps_within_its_card(page_as, insurance_handler, now):
    long_names = sorted(Category.objects.all(), key=lambda each: -len(each.name))[:2]
    for n in range(3):
        title = f"青禾仁和医院涉嫌分解住院、串换诊疗项目等线索{n}"
        case = make_case(by=insurance_handler, at=now, categories=long_names, title=title)
        Case.objects.filter(pk=case.pk).update(status="working", suspected="462318.50", major=n == 0)
    page = page_as(insurance_handler)
    page.set_viewport_size({"width": 1366, "height": 768})
    page.goto(reverse("cases:list"))
    page.click("text=EN")
    assert page.locator("h1").inner_text() == "Case registry"
    wider = "(() => { const box = document.querySelector('.scroll'); return box.scrollWidth - box.clientWidth })()"
    assert page.evaluate(wider) <= 0
