"""Reviews and appraisals: a second person confirms, a correction is a new version, what the database keeps."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from core.refusals import BadInput, FourEyes, MovedOn, WrongState
from finance import rules, workbench
from finance.actions.reviews import confirm, send_back
from finance.models import Appraisal, BudgetReview
from journal.models import Event, Notification
from journal.render import sentence
from tests.factories.registers import make_appraisal, make_budget

MAKERS = [make_budget, make_appraisal]


@pytest.fixture(params=MAKERS, ids=["budget", "appraisal"])
def make(request, insurance, writer, now):
    return lambda **more: request.param(more.pop("department", insurance), by=more.pop("by", writer), at=now, **more)


def test_another_person_confirms(make, writer, deputy, insurance_section_head, now):
    row = make()
    assert rules.can_confirm(deputy, row) and not rules.can_confirm(writer, row)
    assert workbench.todo_rows(deputy, 9)[0].target == (row.kind_code, row.pk) and workbench.todo_rows(writer, 9) == []
    with pytest.raises(FourEyes):
        confirm(row=row, by=writer, at=now)
    confirm(row=row, by=deputy, at=now)
    assert (row.status, row.confirmed_by, row.number) == ("confirmed", deputy, 1)
    assert workbench.todo_rows(deputy, 9) == []
    told = set(Notification.objects.values_list("recipient__name", flat=True))
    assert told == {writer.name, insurance_section_head.name}
    said = [sentence(event) for event in Event.objects.filter(target_kind=row.kind_code).order_by("pk")]
    assert len(said) == 2 and all("2026" in each and "县医保局" in each for each in said)
    with pytest.raises(WrongState):
        confirm(row=row, by=deputy, at=now)
    with pytest.raises(WrongState):
        send_back(row=row, reason="晚了", by=deputy, at=now)


def test_whoever_is_second_is_told(make, deputy, now):
    row = make()
    other = type(row).objects.get(pk=row.pk)
    confirm(row=row, by=deputy, at=now)
    with pytest.raises(MovedOn):
        confirm(row=other, by=deputy, at=now)


def test_a_row_is_sent_back_with_a_reason_and_entered_anew(make, writer, deputy, now):
    row = make()
    with pytest.raises(BadInput):
        send_back(row=row, reason="", by=deputy, at=now)
    send_back(row=row, reason="金额有误", by=deputy, at=now)
    assert (row.status, row.return_reason, row.returned_by) == ("returned", "金额有误", deputy)
    notice = Notification.objects.get()
    assert notice.recipient == writer and notice.verb == f"{row.kind_code}.was_returned"
    assert rules.can_correct(writer, row)
    again = make(corrects=row)
    assert (again.number, again.replaces) == (1, None)
    send_back(row=again, reason="自己撤回", by=writer, at=now)
    assert Notification.objects.count() == 1  # nobody is told of what they did themselves


def test_a_correction_is_a_new_version_naming_the_old(make, writer, deputy, now):
    first = confirm(row=make(), by=deputy, at=now)
    with pytest.raises(BadInput):  # entered as if there was none
        make()
    with pytest.raises(BadInput) as refusal:
        make(corrects=first)
    assert refusal.value.field == "remark"
    second = make(corrects=first, remark="漏计一笔")
    assert (second.number, second.replaces, second.year) == (2, first, first.year)
    with pytest.raises(BadInput):
        make(corrects=first, remark="再来一次")
    first.refresh_from_db()
    assert first.status == "confirmed"  # it stands until the second is confirmed
    send_back(row=second, reason="不对", by=deputy, at=now)
    third = make(corrects=second, remark="漏计两笔")
    assert (third.number, third.replaces) == (2, first)
    confirm(row=third, by=deputy, at=now)
    first.refresh_from_db()
    assert first.status == "replaced" and not rules.can_correct(writer, first)
    assert list(type(first).objects.standing()) == [third]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"year": 2028}, "year"),
        ({"submitted": Decimal("0")}, "submitted"),
        ({"reviewed": Decimal("-0.01")}, "reviewed"),
        ({"reviewed": Decimal("1.001")}, "reviewed"),
        ({"opinion": " "}, "opinion"),
        ({"reviewed_on": dt.date(2026, 11, 17)}, "reviewed_on"),
    ],
)
def test_a_review_that_cannot_be_right(insurance, writer, now, change, field):
    with pytest.raises(BadInput) as refusal:
        make_budget(insurance, by=writer, at=now, **change)
    assert refusal.value.field == field and not BudgetReview.objects.exists()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"year": 1999}, "year"),
        ({"score": Decimal("100.1")}, "score"),
        ({"score": Decimal("-1")}, "score"),
        ({"score": Decimal("90.55")}, "score"),
        ({"basis": ""}, "basis"),
        ({"body": "又一机构"}, "department"),
        ({"decided_on": dt.date(1999, 1, 1)}, "decided_on"),
    ],
)
def test_an_appraisal_that_cannot_be_right(insurance, writer, now, change, field):
    with pytest.raises(BadInput) as refusal:
        make_appraisal(insurance, by=writer, at=now, **change)
    assert refusal.value.field == field and not Appraisal.objects.exists()


def test_budget_and_final_accounts_stand_beside_each_other(insurance, writer, now):
    first = make_budget(insurance, by=writer, at=now)
    second = make_budget(insurance, by=writer, at=now, kind="final", reviewed=Decimal("330000.00"))
    assert (first.difference, second.difference) == (Decimal("-20000.00"), Decimal("10000.00"))


def test_a_body_that_is_no_department_is_appraised_once(writer, deputy, now):
    row = make_appraisal(None, by=writer, at=now, body="县医保经办中心")
    assert row.whom == "县医保经办中心"
    with pytest.raises(BadInput):
        make_appraisal(None, by=writer, at=now, body="县医保经办中心")
    with pytest.raises(BadInput):
        make_appraisal(None, by=writer, at=now, body=" ")
    confirm(row=row, by=deputy, at=now)
    assert Notification.objects.get().recipient == writer


def test_the_database_fixes_what_was_entered(make, deputy, writer, now):
    row = make()
    rows = type(row).objects.filter(pk=row.pk)

    def refused(attempt):
        with pytest.raises(DatabaseError), transaction.atomic():
            attempt()

    refused(lambda: rows.update(year=2025))
    refused(lambda: rows.update(status="confirmed", confirmed_by=writer, confirmed_at=now))
    refused(lambda: rows._raw_delete("default"))
    confirm(row=row, by=deputy, at=now)
    refused(lambda: rows.update(status="waiting", confirmed_by=None, confirmed_at=None))
    refused(lambda: rows.update(confirmed_at=now + dt.timedelta(days=1)))
