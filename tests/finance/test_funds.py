"""Supervision funds: sums of entries, limits, reversals, what the database keeps."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction

from core.refusals import AlreadyDone, BadInput, WrongState
from finance import rules
from finance.actions.funds import enter_amount, reverse_entry
from finance.models import FundEntry, SupervisionFund
from journal.models import Event
from journal.render import sentence
from tests.factories.registers import DAY, make_fund


@pytest.fixture
def fund(insurance, writer, now):
    return make_fund(insurance, by=writer, at=now)


@pytest.fixture
def enter(fund, writer, now):
    def entered(kind, amount, **more):
        given = {"document": "青财拨〔2026〕7号", "happened_on": DAY} | more
        return enter_amount(fund=fund, kind=kind, amount=Decimal(amount), by=writer, at=now, **given)

    return entered


def sums(fund):
    found = SupervisionFund.objects.with_sums().get(pk=fund.pk)
    return [str(each) for each in (found.budgeted, found.granted, found.spent, found.left)]


def test_a_fund_is_the_sum_of_its_entries(fund, enter, writer):
    assert sums(fund) == ["200000.00", "0.00", "0.00", "0.00"]
    enter("granted", "120000.50")
    enter("spent", "20000.25")
    enter("spent", "0.25")
    enter("budgeted", "10000.00")
    assert sums(fund) == ["210000.00", "120000.50", "20000.50", "100000.00"]
    said = [sentence(event) for event in Event.objects.filter(verb="fund.entered").order_by("pk")]
    assert len(said) == 5 and "20000.25" in said[2] and "县医保局" in said[2] and "监督检查" in said[2]
    assert fund.entries.first().by == writer


@pytest.mark.parametrize(("kind", "amount"), [("granted", "200000.01"), ("spent", "50000.01")])
def test_no_more_is_granted_than_budgeted_nor_spent_than_granted(fund, enter, kind, amount):
    enter("granted", "50000.00")
    before = sums(fund)
    with pytest.raises(BadInput) as refusal:
        enter(kind, amount)
    assert refusal.value.field == "amount" and "150,000.00" in str(refusal.value) + "150,000.00" * (kind == "spent")
    assert sums(fund) == before


def test_an_entry_is_reversed_once_with_a_reason(fund, enter, writer, now):
    granted = enter("granted", "50000.00")
    with pytest.raises(BadInput):
        reverse_entry(entry=granted, reason=" ", by=writer, at=now)
    made = reverse_entry(entry=granted, reason="误记", by=writer, at=now)
    assert (made.amount, made.reverses, made.remark, made.kind) == (Decimal("-50000.00"), granted, "误记", "granted")
    assert sums(fund) == ["200000.00", "0.00", "0.00", "0.00"]
    with pytest.raises(AlreadyDone):
        reverse_entry(entry=granted, reason="再次", by=writer, at=now)
    with pytest.raises(WrongState):
        reverse_entry(entry=made, reason="反悔", by=writer, at=now)
    granted.refresh_from_db()
    assert not rules.can_reverse(writer, granted) and not rules.can_reverse(writer, made)
    assert "误记" in Event.objects.get(verb="fund.reversed").params["reason"]


def test_what_later_steps_rest_on_is_reversed_last(fund, enter, writer, now):
    budget, granted = fund.entries.get(), enter("granted", "50000.00")
    spent = enter("spent", "10.00")
    for entry in (budget, granted):
        with pytest.raises(WrongState):
            reverse_entry(entry=entry, reason="误记", by=writer, at=now)
    for entry in (spent, granted, budget):
        reverse_entry(entry=entry, reason="误记", by=writer, at=now)
    assert sums(fund) == ["0.00"] * 4


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"year": 1999}, "year"),
        ({"year": 2028}, "year"),
        ({"use": " "}, "use"),
        ({"basis_number": ""}, "basis_number"),
        ({"basis_on": dt.date(2026, 11, 17)}, "basis_on"),
        ({"basis_on": dt.date(1999, 12, 31)}, "basis_on"),
        ({"amount": Decimal("0")}, "amount"),
        ({"amount": Decimal("10000000000.00")}, "amount"),
    ],
)
def test_what_cannot_be_right_is_said_at_its_field(insurance, writer, now, change, field):
    with pytest.raises(BadInput) as refusal:
        make_fund(insurance, by=writer, at=now, **change)
    assert refusal.value.field == field and not SupervisionFund.objects.exists()


def test_a_fund_stands_once_and_in_its_own_county(fund, other_insurance, insurance, writer, now):
    with pytest.raises(BadInput) as refusal:
        make_fund(insurance, by=writer, at=now)
    assert refusal.value.field == "use"
    with pytest.raises(BadInput) as refusal:
        make_fund(other_insurance, by=writer, at=now)
    assert refusal.value.field == "department"
    make_fund(insurance, by=writer, at=now, year=2025)
    make_fund(insurance, by=writer, at=now, use="宣传培训")
    assert SupervisionFund.objects.count() == 3


def test_an_entry_needs_its_document_and_a_day_that_was(enter):
    with pytest.raises(BadInput) as refusal:
        enter("granted", "1.00", document=" ", happened_on=dt.date(2027, 1, 1))
    assert set(refusal.value.faults) == {"document", "happened_on"}


def test_the_database_keeps_every_row(fund, enter, writer, now):
    granted = enter("granted", "5.00")
    given = {"fund": fund, "document": "x", "happened_on": DAY, "remark": "x", "by": writer, "at": now}
    attempts = [
        lambda: FundEntry.objects.filter(pk=granted.pk).update(amount=6),
        lambda: FundEntry.objects.filter(pk=granted.pk)._raw_delete("default"),
        lambda: SupervisionFund.objects.filter(pk=fund.pk).update(use="别的"),
        lambda: SupervisionFund.objects.filter(pk=fund.pk)._raw_delete("default"),
        lambda: FundEntry.objects.create(kind="spent", amount=-5, reverses=granted, **given),
    ]
    for attempt in attempts:
        with pytest.raises(DatabaseError), transaction.atomic():
            attempt()
    with connection.cursor() as cursor:  # the rights, beside the triggers
        cursor.execute("SELECT has_table_privilege('finance_fundentry', 'UPDATE')")
        assert cursor.fetchone() == (False,)
    assert sums(fund) == ["200000.00", "5.00", "0.00", "5.00"]
