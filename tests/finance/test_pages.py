"""The pages of the registers: entered, confirmed, corrected, narrowed, as Excel, at the same cost."""

import io
import re
from decimal import Decimal

import openpyxl
import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from finance.actions.reviews import confirm
from finance.models import Appraisal, BudgetReview, FundEntry, SupervisionFund
from journal.models import Event
from tests.factories.registers import make_appraisal, make_budget, make_fund, registers

HIDDEN = re.compile(r'type="hidden" name="([^"]+)" value="([^"]*)"')
CODES = ("funds", "budgets", "appraisals")


def body(answer):
    return answer.content.decode()


@pytest.fixture(autouse=True)
def _november(now):
    with time_machine.travel(now, tick=False):
        yield


@pytest.fixture
def desk(client):
    """Signs somebody in and sends a form as the page shows it."""

    class Desk:
        def __call__(self, user):
            client.force_login(user, "django.contrib.auth.backends.ModelBackend")
            return client

        def send(self, url, **typed):
            shown = client.get(url)
            assert shown.status_code == 200, shown.status_code
            return client.post(url, dict(HIDDEN.findall(body(shown))) | typed)

    return Desk()


def test_a_fund_by_the_pages(desk, writer, insurance, insurance_handler):
    client = desk(writer)
    typed = {
        "year": "2026", "department": insurance.pk, "use": "第三方审核", "amount": "80,000.00",
        "basis_number": "青财社〔2026〕21号", "basis_on": "2026-11-10",
    }  # fmt: skip
    new = reverse("finance:new_fund")
    assert 'list="known-uses"' in body(client.get(new))
    assert desk.send(new, **typed | {"amount": "0"}).status_code == 200 and not SupervisionFund.objects.exists()
    assert desk.send(new, **typed | {"year": "1900"}).status_code == 200
    assert desk.send(new, **typed).status_code == 302
    assert "追加预算" in body(desk.send(new, **typed))
    fund = SupervisionFund.objects.get()
    enter = reverse("finance:enter_fund", args=[fund.pk])
    entry = {"kind": "granted", "amount": "50000", "document": "拨1号", "happened_on": "2026-11-12"}
    assert "80,000.00" in body(desk.send(enter, **entry | {"amount": "80000.01"}))
    assert desk.send(enter, **entry).status_code == 302
    page = body(client.get(fund.get_absolute_url()))
    made = FundEntry.objects.get(kind="granted")
    reverse_url = reverse("finance:reverse_entry", args=[made.pk])
    assert reverse_url in page and "50,000.00" in page
    assert "50,000.00" in body(client.get(reverse_url))
    assert desk.send(reverse_url, reason="误记").status_code == 302
    assert "-50,000.00" in body(client.get(fund.get_absolute_url()))
    assert client.get(reverse_url).status_code == 403
    desk(insurance_handler)
    page = body(client.get(fund.get_absolute_url()))
    assert "第三方审核" in page and enter not in page
    assert client.get(enter).status_code == 403


def test_a_review_by_the_pages(desk, writer, deputy, insurance, insurance_handler):
    client = desk(writer)
    typed = {
        "year": "2026", "department": insurance.pk, "kind": "final", "submitted": "320000", "reviewed": "300000",
        "opinion": "核减会议费", "reviewed_on": "2026-11-12",
    }  # fmt: skip
    assert desk.send(reverse("finance:new_budget"), **typed).status_code == 302
    row = BudgetReview.objects.get()
    yes, back, correct = (
        reverse(f"finance:{step}_budget_review", args=[row.pk]) for step in ("confirm", "return", "correct")
    )
    page = body(client.get(row.get_absolute_url()))
    assert "-20,000.00" in page and yes not in page and back in page
    assert client.get(yes).status_code == 403
    desk(insurance_handler)
    assert client.get(row.get_absolute_url()).status_code == client.get(yes).status_code == 404
    desk(deputy)
    assert "核减会议费" in body(client.get(yes)) and desk.send(yes).status_code == 302
    assert client.get(back).status_code == client.get(correct).status_code == 403
    desk(writer)
    again = {"submitted": "320000", "reviewed": "310000", "opinion": "改", "reviewed_on": "2026-11-13"}
    assert desk.send(correct, **again).status_code == 200
    again["remark"] = "漏计"
    assert desk.send(correct, **again).status_code == 302
    second = BudgetReview.objects.get(number=2)
    page = body(client.get(second.get_absolute_url()))
    assert row.get_absolute_url() in page and "漏计" in page
    assert desk.send(correct, **again).status_code == 302 and BudgetReview.objects.count() == 2  # one waits already
    assert desk.send(reverse("finance:return_budget_review", args=[second.pk]), reason="撤回重填").status_code == 302
    assert "撤回重填" in body(client.get(second.get_absolute_url()))
    desk(insurance_handler)
    page = body(client.get(row.get_absolute_url()))
    assert "300,000.00" in page and "310,000.00" not in page


def test_an_appraisal_by_the_pages(desk, writer, deputy, insurance):
    client = desk(writer)
    typed = {"year": "2026", "score": "92.5", "grade": "good", "basis": "考核办法", "decided_on": "2026-11-12"}
    new = reverse("finance:new_appraisal")
    assert "一位小数" in body(desk.send(new, **typed | {"score": "9.55"}))
    assert "择一填写" in body(desk.send(new, **typed))
    assert desk.send(new, **typed, body="县医保经办中心").status_code == 302
    row = Appraisal.objects.get()
    desk(deputy)
    assert desk.send(reverse("finance:confirm_appraisal", args=[row.pk])).status_code == 302
    desk(writer)
    given = {"score": "88.0", "grade": "good", "basis": "考核办法", "decided_on": "2026-11-13", "remark": "复评"}
    assert desk.send(reverse("finance:correct_appraisal", args=[row.pk]), **given).status_code == 302
    second = Appraisal.objects.get(number=2)
    assert (second.body, second.score, second.replaces) == ("县医保经办中心", Decimal("88.0"), row)
    assert desk.send(reverse("finance:return_appraisal", args=[second.pk]), reason="暂缓").status_code == 302
    assert row.get_absolute_url() in body(client.get(second.get_absolute_url()))


def test_lists_are_narrowed_and_summed(desk, writer, deputy, insurance, health, office_coordinator, system_admin, now):
    client = desk(writer)
    assert "暂无记录" in body(client.get(reverse("finance:funds")))
    for department in (insurance, health):
        registers(department, by=writer, at=now)
    make_fund(health, by=writer, at=now, year=2025, amount=Decimal("7.00"))
    confirm(row=BudgetReview.objects.get(department=health), by=deputy, at=now)
    confirm(row=Appraisal.objects.get(department=health), by=deputy, at=now)
    page = body(client.get(reverse("finance:funds")))
    assert "400,000.00" in page and ">7.00<" not in page
    page = body(client.get(reverse("finance:funds"), {"year": "0", "department": health.pk}))
    assert "200,007.00" in page and "400,000.00" not in page
    page = body(client.get(reverse("finance:budgets")))
    assert page.count("320,000.00") == 3 and "待复核" in page  # two rows, and the sum of the confirmed one
    for query, rows in (
        ({"kind": "final"}, 0), ({"status": "waiting"}, 1), ({"status": "all"}, 2), ({"year": "2025"}, 0),
        ({"after": "1"}, 1),
        ({"year": "x", "department": "y", "status": "z", "kind": "w", "after": "-1"}, 2), ({"after": "50"}, 0),
    ):  # fmt: skip
        page = body(client.get(reverse("finance:budgets"), query))
        assert page.count("data-open>县") == rows, query
    assert "92.5" in body(client.get(reverse("finance:appraisals")))
    desk(office_coordinator)
    page = body(client.get(reverse("finance:budgets")))
    assert "县卫健局" in page and page.count("data-open>县") == 1 and reverse("finance:new_budget") not in page
    desk(system_admin)
    assert all(client.get(reverse(f"finance:{code}{end}")).status_code == 403 for code in CODES for end in ("", "_file"))


def test_each_register_is_taken_along_as_excel(desk, writer, insurance, now):
    registers(insurance, by=writer, at=now)
    client = desk(writer)
    firsts = {"funds": 200000, "budgets": 320000, "appraisals": "92.5"}
    for code, first in firsts.items():
        answer = client.get(reverse(f"finance:{code}_file"), {"year": "0"})
        sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
        assert first in [cell.value for cell in sheet[4]]
    taken = Event.objects.filter(verb="registers.exported").values_list("params__register", flat=True)
    assert sorted(taken) == sorted(CODES)


@pytest.mark.parametrize("code", CODES)
def test_a_list_costs_the_same_for_one_and_three(desk, writer, insurance, health, market, now, code):
    make = {"funds": make_fund, "budgets": make_budget, "appraisals": make_appraisal}[code]
    client = desk(writer)
    make(insurance, by=writer, at=now)
    client.get(reverse(f"finance:{code}"))
    counts = []
    for more in ((), (health, market)):
        for department in more:
            make(department, by=writer, at=now)
        with CaptureQueriesContext(connection) as seen:
            client.get(reverse(f"finance:{code}"))
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 15, counts
