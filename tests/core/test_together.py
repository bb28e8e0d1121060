"""Many querysets in one statement give what each would have given alone."""

import pytest
from django.db import connection
from django.db.models import Count, Prefetch
from django.db.models.functions import TruncMonth
from django.test.utils import CaptureQueriesContext

from cases.actions.money import enter_money, reverse_entry
from cases.models import Case, CaseSubject, Evidence, MoneyEntry, Strand
from core import memory
from core.dates import local_date
from core.together import foresee, hang_on, together
from deadlines.models import Deadline
from journal.models import Event
from tests.factories.cases import make_case, make_subject, pdf


@pytest.fixture
def case(insurance_handler, county, now):
    found = make_case(
        by=insurance_handler, at=now, subject=make_subject(county, at=now), files=[pdf("甲.pdf"), pdf("乙.pdf")]
    )
    entry = enter_money(
        case=found, kind="verified", amount="1000.10", happened_on=local_date(now), by=insurance_handler, at=now
    )
    reverse_entry(entry=entry, remark="重复", by=insurance_handler, at=now)
    return found


def alike(one, other):
    assert [row.__dict__.keys() for row in one] == [row.__dict__.keys() for row in other]
    for left, right in zip(one, other, strict=True):
        said = {name: value for name, value in left.__dict__.items() if not name.startswith("_")}
        assert said == {name: value for name, value in right.__dict__.items() if not name.startswith("_")}
        assert left._state.fields_cache.keys() == right._state.fields_cache.keys()


def test_rows_with_relations_annotations_dates_decimals_and_json_are_the_same(case, insurance_handler):
    wanted = [
        lambda: Case.objects.visible_to(insurance_handler).for_page(insurance_handler).select_related("owner", "handler"),
        lambda: MoneyEntry.objects.filter(case=case).select_related("department", "reversal").order_by("-id"),
        lambda: Event.objects.filter(case_id=case.pk).order_by("id"),
        lambda: Deadline.objects.filter(case_id=case.pk).select_related("rule"),
        lambda: Case.objects.annotate(n=Count("evidence")).order_by("pk")[:5],
    ]
    asked = [make() for make in wanted]
    with CaptureQueriesContext(connection) as queries:
        numbers = together(asked, [Evidence.objects.filter(case=case), None, 3])
        got = [list(each) for each in asked]
    assert len(queries) == 1
    assert numbers == [2, None, 3]
    for rows, make in zip(got, wanted, strict=True):
        assert rows
        alike(rows, list(make()))


def test_values_and_nothing_at_all(case):
    pairs = Strand.objects.filter(case=case).values_list("pk", "opened_at")
    flat = CaseSubject.objects.filter(case=case).values_list("subject__name", flat=True)
    nobody = Strand.objects.none()
    together([pairs, flat, nobody])
    strand = Strand.objects.get(case=case)
    assert list(pairs) == [(strand.pk, strand.opened_at)]
    assert list(flat) == [case.subjects.get().name]
    assert list(nobody) == []
    assert together([nobody], [0]) == [0]


def test_months_of_dates_are_dates(case):
    months = MoneyEntry.objects.filter(case=case).annotate(month=TruncMonth("happened_on")).values_list("month", "amount")
    asked = months.order_by("id")
    together([asked])
    assert list(asked) == list(months.order_by("id")) and asked[0][0].day == 1


def test_what_is_prefetched_comes_along(case):
    parts = Prefetch("strands", Strand.objects.select_related("department"))
    cases = Case.objects.filter(pk=case.pk).prefetch_related(parts)
    together([cases])
    with CaptureQueriesContext(connection) as queries:
        names = [strand.department.name for strand in cases[0].strands.all()]
    assert len(queries) == 0
    assert names == [case.owner.name]


def test_what_hangs_on_rows_is_fetched_in_one_statement(case, insurance_handler, county, now):
    other = make_case(by=insurance_handler, at=now, subject=make_subject(county, at=now, name="青禾大药房"))
    cases = [case, other]
    with CaptureQueriesContext(connection) as queries:
        hang_on(cases, money=MoneyEntry.objects.order_by("id"), evidence=Evidence.objects.order_by("-id"))
        held = [(len(each.money.all()), [row.name for row in each.evidence.all()]) for each in cases]
        assert case.money.all()[0].case is case
    assert len(queries) == 1
    assert held == [(3, ["乙.pdf", "甲.pdf"]), (1, [])]  # the suspected amount of each among them
    hang_on([], money=MoneyEntry.objects.all())


def test_foreseen_rows_are_remembered_by_who_has_a_memory(case, insurance_handler):
    rows = Strand.objects.filter(case=case)
    memory.begin(insurance_handler)
    assert foresee((insurance_handler, case), {"x.strands": rows}, [rows.all()]) == [1]
    with CaptureQueriesContext(connection) as queries:
        assert memory.remembered(insurance_handler, "x.strands", lambda: 1 / 0) == list(rows)
    assert len(queries) == 0
    assert memory.remembered(case, "x.strands", lambda: "asked") == "asked"
