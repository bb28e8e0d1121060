"""What the workbench says of a case's clocks: which matter is meant, in a line; and the diary at full length."""

import pytest
from django.urls import reverse

from cases.actions.strands import open_strand, withdraw
from cases.panels import done_rows, todo_rows
from deadlines.panels import due_soon, task_rows
from desk.figures import DIARY_ROWS
from tests.factories.cases import make_case, make_subject

pytestmark = pytest.mark.django_db


def test_a_row_names_whom_the_work_is_about(
    insurance_handler, health, health_section_head, insurance_deputy_head, county, now
):
    hospital = make_subject(county, name="仁和医院", at=now)
    patient = make_subject(county, kind="insured", name="李四", at=now)
    first = make_case(by=insurance_handler, at=now, subject=hospital)
    make_case(by=insurance_handler, at=now, subject=patient)
    assert [row.phrase for row in task_rows(insurance_handler, 10)] == [
        "线索核查：仁和医院",
        "线索核查：李某某",
    ]
    open_strand(case=first, department=health, by=insurance_handler, at=now)
    assert [row.phrase for row in todo_rows(health_section_head, 10)] == ["分办：仁和医院"]
    withdraw(
        strand=first.strands.get(handler=insurance_handler), reason="重复", by=insurance_deputy_head, at=now
    )
    assert [row.phrase for row in done_rows(insurance_handler, 10)] == ["仁和医院：撤销"]


def test_rows_cost_the_same_for_one_and_three(insurance_handler, county, now, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def asked():
        with CaptureQueriesContext(connection) as seen:
            rows = len(list(task_rows(insurance_handler, 10)))
        return rows, len(seen)

    make_case(by=insurance_handler, at=now)
    asked()  # the calendar is kept from here on
    one = asked()
    make_case(by=insurance_handler, at=now)
    make_case(by=insurance_handler, at=now)
    assert (asked(), one[0]) == ((3, one[1]), 1)


def test_the_diary_is_short_and_leads_to_all(client, insurance_handler, county, now):
    cases = [make_case(by=insurance_handler, at=now, title=f"第{n}件线索") for n in range(DIARY_ROWS)]
    client.force_login(insurance_handler, backend="django.contrib.auth.backends.ModelBackend")
    everything = reverse("desk:diary")
    html = client.get(reverse("desk:workbench")).content.decode()
    assert f'href="{everything}"' not in html
    short = cases[0].number.partition("〕")[2]
    assert f">线索核查（{short}）</a>" in html and 'title="线索核查 · 第0件线索"' in html
    make_case(by=insurance_handler, at=now, title="又一件线索")
    html = client.get(reverse("desk:workbench")).content.decode()
    assert f'href="{everything}"' in html and html.count(">线索核查（") == DIARY_ROWS
    whole = client.get(everything).content.decode()
    assert whole.count(">线索核查（") == DIARY_ROWS + 1 and ">又一件线索</a>" in whole


def test_the_diary_of_another_department_is_empty(client, insurance_handler, finance_handler, now):
    case = make_case(by=insurance_handler, at=now)
    assert due_soon(insurance_handler)[0]["case_title"] == case.title
    client.force_login(finance_handler, backend="django.contrib.auth.backends.ModelBackend")
    html = client.get(reverse("desk:diary")).content.decode()
    assert case.title not in html and "线索核查" not in html
