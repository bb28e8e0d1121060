"""Money that came in, confirmed by voucher: parts, differences, reversals, who may, the page, the months."""

import datetime as dt
import io
import re
from decimal import Decimal

import openpyxl
import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases import finance as accounts
from cases import rules_finance
from cases.actions.finance_confirming import confirm_money, left_of, take_back
from cases.actions.money import enter_money, reverse_entry
from cases.actions.restriction import restrict_case
from cases.models import MoneyConfirmation, MoneyEntry
from core.refusals import AlreadyDone, BadInput, FourEyes, WrongState
from departments.actions.people import fill_post
from departments.enums import Role
from departments.models import User
from documents.actions.keeping import SCAN_LIMIT
from journal.models import Event
from journal.render import sentence
from tests.cast import WHEN, person
from tests.factories.cases import make_case, pdf

HIDDEN = re.compile(r'type="hidden" name="([^"]+)" value="([^"]*)"')
DAY = dt.date(2026, 11, 12)


@pytest.fixture
def case(office, insurance_handler, now):
    return make_case(by=insurance_handler, at=now)


@pytest.fixture
def enter(case, insurance_handler, now):
    def entered(amount="1000.00", kind="recovered", on=DAY, **more):
        given = {"case": case, "by": insurance_handler, "at": now} | more
        return enter_money(kind=kind, amount=Decimal(amount), happened_on=on, document="青医保退1号", **given)

    return entered


@pytest.fixture
def clerk(finance):
    return person("cz02", "金满仓", finance, Role.FINANCE)


@pytest.fixture
def confirm(clerk, now):
    def confirmed(entry, amount, *, voucher="财专2026-1", by=clerk, **more):
        given = {"paid_on": DAY, "scan": pdf("凭证.pdf")} | more
        return confirm_money(entry=entry, voucher=voucher, amount=Decimal(amount), by=by, at=now, **given)

    return confirmed


def tabs(user):
    return {tab: list(accounts.entries(user, tab)) for tab in accounts.TABS}


def test_parts_make_up_an_amount(enter, confirm, clerk, case):
    entry = enter()
    first = confirm(entry, "400.00")
    assert (first.account, first.case, left_of(entry)) == ("fund", case, Decimal("600.00"))
    (row,) = tabs(clerk)["open"]
    assert (row.confirmed, accounts.state_of(row)) == (Decimal("400.00"), "部分确认")
    confirm(entry, "600.00", voucher="财专2026-2")
    (row,) = tabs(clerk)["confirmed"]
    assert (row, accounts.state_of(row), tabs(clerk)["open"], tabs(clerk)["different"]) == (entry, "已确认", [], [])
    with pytest.raises(AlreadyDone):
        confirm(entry, "1.00", voucher="财专2026-3", difference="多收")
    said = [sentence(event) for event in Event.objects.filter(verb="money.confirmed").order_by("pk")]
    assert "400.00" in said[0] and "财专2026-1" in said[0]


def test_fines_paid_go_to_the_treasury_and_a_fine_alone_nowhere(enter, confirm):
    assert confirm(enter(kind="fine_paid"), "1000.00").account == "treasury"
    for kind in ("fined", "refunded", "deducted"):
        with pytest.raises(WrongState):
            confirm(enter(kind=kind), "1000.00")


@pytest.mark.parametrize(("amount", "named"), [("990.00", "银行手续费"), ("1010.00", "含利息")])
def test_a_difference_is_named_and_ends_the_wait(enter, confirm, clerk, amount, named):
    entry = enter()
    confirm(entry, amount, difference=named)
    (row,) = tabs(clerk)["different"]
    assert (row, accounts.state_of(row), tabs(clerk)["open"]) == (entry, "已说明差额", [])
    with pytest.raises(AlreadyDone):
        confirm(entry, "10.00", voucher="财专2026-9")


def test_a_reversal_marks_what_was_confirmed(enter, confirm, clerk, insurance_handler, monkeypatch, now):
    entry, other = enter(), enter("5.00")
    made = confirm(entry, "1000.00")
    for each in (entry, other):
        reverse_entry(entry=each, remark="误记", by=insurance_handler, at=now)
    (row,) = tabs(clerk)["different"]
    assert (row, accounts.state_of(row)) == (entry, "确认后台账已冲销")
    unconfirmed = MoneyEntry.objects.with_confirmed().get(pk=other.pk)
    assert accounts.state_of(unconfirmed) == "台账已冲销"
    content, count = accounts.book(clerk, DAY.year, now)
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    shown = [line[6] for line in sheet.iter_rows(values_only=True) if line[8] in ("台账已冲销", "确认后台账已冲销")]
    assert (count, shown) == (2, [0, 0])  # as in the months of the page
    monkeypatch.setattr(accounts, "MOST", 1)
    content, count = accounts.book(clerk, DAY.year, now)
    said = openpyxl.load_workbook(io.BytesIO(content)).active
    assert count == 1 and any("仅列本年度前1笔" in str(cell) for line in said.iter_rows(values_only=True) for cell in line)
    assert tabs(clerk)["open"] == tabs(clerk)["confirmed"] == []
    with pytest.raises(WrongState):
        confirm(other, "5.00")
    with pytest.raises(WrongState):
        confirm(entry.reversal, "5.00")
    take_back(confirmation=made, reason="已退回缴款人", by=clerk, at=now)
    assert tabs(clerk)["different"] == []


def test_a_confirmation_is_taken_back_once_with_a_reason(enter, confirm, clerk, now):
    entry = enter()
    made = confirm(entry, "1000.00")
    with pytest.raises(BadInput):
        take_back(confirmation=made, reason=" ", by=clerk, at=now)
    take_back(confirmation=made, reason="凭证号有误", by=clerk, at=now)
    assert (made.voided_by, made.void_reason, left_of(entry)) == (clerk, "凭证号有误", Decimal("1000.00"))
    with pytest.raises(AlreadyDone):
        take_back(confirmation=made, reason="再次", by=clerk, at=now)
    assert confirm(entry, "1000.00").voucher == made.voucher  # the number is free again
    assert not rules_finance.can_take_back(clerk, made)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"voucher": " "}, "voucher"),
        ({"paid_on": dt.date(2026, 11, 17)}, "paid_on"),
        ({"paid_on": dt.date(1999, 1, 1)}, "paid_on"),
        ({"amount": "1000.01"}, "difference"),
        ({"difference": "没有"}, "difference"),
        ({"amount": "0"}, "amount"),
        ({"scan": SimpleUploadedFile("a.txt", b"text")}, "scan"),
        ({"scan": SimpleUploadedFile("a.pdf", b"%PDF-" + b"0" * SCAN_LIMIT)}, "scan"),
    ],
)
def test_what_cannot_be_right_is_said_at_its_field(enter, confirm, change, field):
    entry = enter()
    with pytest.raises(BadInput) as refusal:
        confirm(entry, **({"amount": "1000.00"} | change))
    assert refusal.value.field == field and not MoneyConfirmation.objects.exists()


def test_a_voucher_counts_once_for_an_amount(enter, confirm):
    entry = enter()
    confirm(entry, "400.00")
    with pytest.raises(BadInput):
        confirm(entry, "600.00")
    confirm(enter(), "600.00")  # and may cover another amount


def test_who_entered_it_never_confirms_it(enter, confirm, finance, insurance_handler, insurance_finance, clerk, case, now):
    entry = enter()
    with pytest.raises(FourEyes):
        confirm(entry, "1000.00", by=insurance_finance)
    fill_post(user=insurance_handler, department=finance, role=Role.FINANCE, by=None, at=WHEN)
    acting = User.objects.get(pk=insurance_handler.pk)
    acting.post = acting.posts.get(department=finance)
    with pytest.raises(FourEyes):
        confirm(entry, "1000.00", by=acting)
    assert not rules_finance.can_confirm(acting, entry) and rules_finance.can_confirm(clerk, entry)
    own = MoneyEntry(by=insurance_finance, department=finance)
    assert not rules_finance.can_confirm(clerk, own)


def test_only_the_finance_department_sees_the_amounts(
    enter, confirm, clerk, finance, insurance_finance, office_coordinator, outsider, case, insurance_deputy_head, now
):
    entry = enter()
    made = confirm(entry, "400.00")
    registrar = person("cz09", "文书员", finance, Role.REGISTRAR)
    assert finance_sees(clerk) == finance_sees(registrar) == [entry]
    assert rules_finance.can_see_accounts(registrar) and not rules_finance.can_confirm(registrar, entry)
    assert list(accounts.todo_count(registrar)) == []
    for user in (insurance_finance, office_coordinator, outsider):
        assert finance_sees(user) == [] and accounts.elsewhere(user, 2026) == []
    assert list(MoneyConfirmation.objects.visible_to(insurance_finance)) == [made]
    assert list(MoneyConfirmation.objects.visible_to(outsider)) == []
    restrict_case(case=case, reason="避免泄露", by=insurance_deputy_head, at=now)
    assert finance_sees(clerk) == [] and list(MoneyConfirmation.objects.visible_to(clerk)) == []



def finance_sees(user):
    return list(MoneyEntry.objects.to_finance(user))


def test_months_and_other_kinds_by_brute_force(enter, confirm, clerk, insurance_handler, now):
    confirm(enter("100.00", on=dt.date(2026, 10, 31)), "60.00", paid_on=dt.date(2026, 11, 2))
    confirm(enter("50.00", kind="fine_paid"), "50.00")
    enter("7.00", kind="deducted")
    wrong = enter("9.00")
    reverse_entry(entry=wrong, remark="误记", by=insurance_handler, at=now)
    sums = dict(accounts.months(clerk, 2026))
    zero = Decimal("0.00")
    assert sums[10] == {"recovered": Decimal("100.00"), "in_recovered": zero, "fine_paid": zero, "in_fine_paid": zero}
    assert sums[11] == {
        "recovered": zero, "in_recovered": Decimal("60.00"), "fine_paid": Decimal("50.00"), "in_fine_paid": Decimal("50.00"),
    }  # fmt: skip
    assert dict(accounts.elsewhere(clerk, 2026))["惩罚性核减"] == Decimal("7.00")


# -- pages ---------------------------------------------------------------------------------------------------


def body(answer):
    return answer.content.decode()


@pytest.fixture
def desk(client, clerk):
    client.force_login(clerk, "django.contrib.auth.backends.ModelBackend")
    return client


def test_a_clerk_confirms_by_the_pages(enter, desk, clerk, case, client, insurance_handler, now):
    with time_machine.travel(now, tick=False):
        entry = enter()
        row = accounts.todo_rows(clerk, 5)[0]
        assert row.phrase == "确认追回金额入账：1,000.00元" and case.title not in str(row)
        page = body(desk.get(reverse("cases:finance")))
        assert case.number in page and row.url in page and case.title not in page
        form = body(desk.get(row.url))
        typed = {"voucher": "财专1", "amount": "1200.00", "paid_on": "2026-11-12", "difference": ""}
        fields = dict(HIDDEN.findall(form)) | typed
        refused = desk.post(row.url, fields | {"scan": pdf()})
        assert "超过待确认金额" in body(refused) and not MoneyConfirmation.objects.exists()
        fields |= dict(HIDDEN.findall(body(refused))) | {"amount": "400"}
        assert desk.post(row.url, fields | {"scan": pdf()}).status_code == 302
        again = desk.post(row.url, fields | {"scan": pdf()}, follow=True)
        assert MoneyConfirmation.objects.count() == 1 and "未重复办理" in body(again)
        made = MoneyConfirmation.objects.get()
        assert b"".join(desk.get(reverse("cases:voucher_scan", args=[made.pk]))).startswith(b"%PDF")
        back = reverse("cases:take_back_voucher", args=[made.pk])
        hidden = dict(HIDDEN.findall(body(desk.get(back))))
        client.force_login(insurance_handler, "django.contrib.auth.backends.ModelBackend")
        assert "400.00" in body(client.get(reverse("cases:detail", args=[case.pk]) + "?tab=money"))
        assert client.get(back).status_code == 403 and client.get(row.url).status_code == 404
        client.force_login(clerk, "django.contrib.auth.backends.ModelBackend")
        assert desk.post(back, hidden | {"reason": "金额有误"}).status_code == 302
        made.refresh_from_db()
        assert made.void_reason == "金额有误"
        assert desk.get(reverse("cases:confirm_money", args=[999_999])).status_code == 404
        assert desk.get(reverse("cases:finance"), {"tab": "nowhere"}).status_code == 404
        for query in ({"year": "1"}, {"after": "x"}, {"after": "50"}, {"tab": "different"}, {"tab": "confirmed"}):
            assert desk.get(reverse("cases:finance"), query).status_code == 200
        assert left_of(entry) == Decimal("1000.00")


def test_a_scan_that_was_changed_is_not_given_out(enter, confirm, desk):
    made = confirm(enter(), "1000.00")
    MoneyConfirmation.objects.filter(pk=made.pk).update(scan_sha256="0" * 64)
    assert desk.get(reverse("cases:voucher_scan", args=[made.pk])).status_code == 302


def test_the_file_says_how_each_amount_stands(enter, confirm, desk, now):
    with time_machine.travel(now, tick=False):
        confirm(enter(), "400.00")
        answer = desk.get(reverse("cases:finance_file"))
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert [cell.value for cell in sheet[4]][-3:] == [1000, 400, "部分确认"]
    assert Event.objects.get(verb="money.exported").params["rows"] == 1


def test_the_page_costs_the_same_for_one_and_three(enter, confirm, desk):
    confirm(enter(), "1.00")
    desk.get(reverse("cases:finance"))
    counts = []
    for extra in (0, 2):
        for _n in range(extra):
            confirm(enter(), "1.00")
        with CaptureQueriesContext(connection) as seen:
            desk.get(reverse("cases:finance"))
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 15, counts
