"""How the registry looks: where its arrow stands, what a red lamp says."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from cases.models import Case


@pytest.fixture
def registry(client, insurance_handler):
    def get(**query):
        client.force_login(insurance_handler, backend="django.contrib.auth.backends.ModelBackend")
        return client.get(reverse("cases:list"), query).content.decode()

    return get


def heading(html, words):
    return next(cell for cell in html.split("<th ") if words in cell.split("</th>")[0]).split("</th>")[0]


@pytest.mark.parametrize(("sort", "other"), [("", "oldest"), ("newest", "oldest"), ("oldest", "newest")])
def test_the_arrow_stands_on_the_column_the_list_is_sorted_by(registry, case, sort, other):
    html = registry(**({"sort": sort} if sort else {}))
    assert "<svg" in heading(html, "登记时间") and f"sort={other}" in heading(html, "登记时间")
    assert "<svg" not in heading(html, "案件编号") and "href" not in heading(html, "案件编号")
    assert "<svg" not in heading(html, "剩余时限")


@pytest.mark.parametrize(("day", "said"), [(21, "已逾期"), (23, "超 1 日")])  # Saturday, Monday
def test_a_red_row_always_says_how_many_working_days(registry, case, day, said):
    Case.objects.filter(pk=case.pk).update(next_due_on=dt.date(2026, 11, 20), lamp="r")
    with time_machine.travel(dt.datetime(2026, 11, day, 4, tzinfo=dt.UTC), tick=False):
        assert said in registry()
