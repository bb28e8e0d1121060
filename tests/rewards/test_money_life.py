"""A reward from the ledger to the hand that holds the code, and everything that is refused on the way."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import IntegrityError, InternalError, ProgrammingError, connection, transaction

from cases.actions.money import enter_money, reverse_entry
from cases.actions.strands import redo
from cases.enums import Disposition, MoneyKind
from cases.models import MoneyEntry
from core.dates import local_date
from core.refusals import AlreadyDone, BadInput, FourEyes, MovedOn, WrongState
from core.registry import Clue
from deadlines.actions.bulk_sweep import sweep
from deadlines.models import Deadline
from departments.enums import Role
from journal.models import Event, Notification
from rewards.actions.approval import approve_reward, propose_reward, send_back_reward, waive_reward
from rewards.actions.budgets import cut_budget, fund_reward, grant_budget
from rewards.actions.bulk_rewards import compute_rewards
from rewards.actions.claims import (
    digest_of,
    issue_code,
    lapse_reward,
    new_code,
    note_received,
    read_code,
    waive_unclaimed,
)
from rewards.actions.computing import settle_report
from rewards.actions.eligibility import mark_repetition, record_eligibility, withdraw_repetition
from rewards.actions.payments import pay_against_code, recover, reverse_payment
from rewards.actions.reward_rules import adopt_rule
from rewards.models import BudgetEntry, Eligibility, Payment, Reward, RewardBudget, RewardRule
from rewards.rules import can_reverse
from rewards.workbench_money import to_ask
from tests.factories.rewards_money import (
    ANSWERS,
    ask,
    bring_reward,
    decide,
    make_reward,
    report_row,
    somebody,
    verify,
)

DAY = dt.timedelta(days=1)


def pay(code, by, at, voucher="付0001", **more):
    return pay_against_code(code=code, voucher=voucher, by=by, at=at, **({"paid_on": local_date(at)} | more))


@pytest.fixture
def deputy(insurance_deputy_head):
    return insurance_deputy_head


@pytest.fixture
def officer(insurance_report_officer):
    return insurance_report_officer


@pytest.fixture
def chief(finance):
    return somebody(finance, Role.SECTION_HEAD, "汪成业")


# -- computed from the ledger ---------------------------------------------------------------------------------


def test_a_verified_amount_of_a_report_computes_its_reward_at_once(report, insurance_handler, now):
    ask(report, at=now)
    verify(report, "10000", by=insurance_handler, at=now)
    reward = Reward.objects.get()
    assert (reward.base, reward.gross, reward.amount, reward.honorary) == (10000, 500, 500, False)
    assert (reward.number, reward.status, reward.rule.code) == (f"{report.number}-1", "computed", "county")
    event = Event.objects.filter(verb="reward.computed").latest("pk")
    assert (event.target_id, event.case_id, event.actor_id, event.department_id) == (
        reward.pk, None, None, report.department_id,
    )  # fmt: skip


def test_amounts_of_other_kinds_cases_or_without_a_report_count_for_nobody(
    report, decided, insurance_handler, now
):
    ask(report, at=now)
    given = {"case": decided, "happened_on": local_date(now), "by": insurance_handler, "at": now}
    enter_money(kind=MoneyKind.VERIFIED, amount=Decimal("50000"), **given)
    with pytest.raises(BadInput) as no:
        verify(report, "50000", by=insurance_handler, at=now, kind=MoneyKind.SUSPECTED)
    assert no.value.field == "clue"
    with pytest.raises(BadInput) as no:
        enter_money(
            kind=MoneyKind.VERIFIED, amount=Decimal("5"), clue=Clue("report", report.pk + 999, ""), **given
        )
    assert no.value.field == "clue"
    assert not Reward.objects.exists()


def test_nobody_is_computed_a_reward_before_being_asked(report, insurance_handler, now):
    verify(report, "10000", by=insurance_handler, at=now)
    assert not Reward.objects.exists()
    ask(report, at=now)
    assert Reward.objects.get().amount == 500


@pytest.mark.parametrize(
    "answer",
    [{"wants": False}, {"known_before": True}, {"duty": True}, {"staff": True}, {"identifiable": False}],
    ids=lambda answer: next(iter(answer)),
)
def test_whoever_may_not_be_rewarded_is_not(report, insurance_handler, now, answer):
    verify(report, "10000", by=insurance_handler, at=now)
    ask(report, at=now, **answer)
    assert not Reward.objects.exists()
    ask(report, at=now)  # asked again: the answers are replaced, the record keeps the old ones
    assert Reward.objects.get().amount == 500
    asked = Event.objects.filter(verb="reward.eligibility_asked").latest("pk")
    assert asked.params["old"] == ANSWERS | answer
    ask(report, at=now, **answer)
    assert Reward.objects.get().status == "void"


def test_a_report_without_a_case_and_an_odd_weight_are_refused(report, officer, now):
    reporter = report.reporters.get()
    with pytest.raises(BadInput) as no:
        record_eligibility(reporter=reporter, weight=0, by=officer, at=now, **ANSWERS)
    assert no.value.field == "weight"
    reporter.report.case = None
    with pytest.raises(BadInput):
        record_eligibility(reporter=reporter, by=officer, at=now, **ANSWERS)
    assert not Eligibility.objects.exists()
    assert settle_report(report=reporter.report, at=now) == []


def test_a_joint_report_is_shared_and_the_sum_is_exact(decided, insurance_handler, now):
    report = ask(report_row(decided, at=now, reporters=3), at=now)
    verify(report, "4000.20", by=insurance_handler, at=now)
    assert [reward.amount for reward in Reward.objects.order_by("pk")] == [
        Decimal("66.67"), Decimal("66.67"), Decimal("66.67"),
    ]  # fmt: skip
    ask(report, at=now, weights=(2, 1, 1))
    amounts = [reward.amount for reward in Reward.objects.order_by("pk")]
    assert amounts == [Decimal("100.01"), Decimal("50.00"), Decimal("50.00")]
    assert {reward.total for reward in Reward.objects.all()} == {Decimal("200.01")}


def test_of_several_reports_on_one_matter_the_first_in_time_is_rewarded(
    decided, officer, insurance_handler, now
):
    first = ask(report_row(decided, at=now), at=now)
    second = ask(report_row(decided, at=now, received_at=now - 10 * DAY), at=now)
    verify(second, "10000", by=insurance_handler, at=now)
    assert Reward.objects.get().report == second
    mark_repetition(report=second, first=first, by=officer, at=now)
    held = {reward.report_id: (reward.status, reward.amount) for reward in Reward.objects.all()}
    assert held == {first.pk: ("computed", 500), second.pk: ("void", 500)}
    verify(
        second, "10000", by=insurance_handler, at=now
    )  # whatever the later one leads to is the first one's
    assert Reward.objects.get(report=first).amount == 1000
    third = report_row(decided, at=now, received_at=now - 5 * DAY)
    for report, earlier in ((third, second), (first, third), (second, first), (third, third)):
        with pytest.raises(BadInput):
            mark_repetition(report=report, first=earlier, by=officer, at=now)
    fourth = report_row(decided, at=now, received_at=now - 90 * DAY)
    with pytest.raises(BadInput):  # others repeat the first: it stays the first
        mark_repetition(report=first, first=fourth, by=officer, at=now)
    fourth.case = None
    with pytest.raises(BadInput):
        mark_repetition(report=fourth, first=first, by=officer, at=now)


def test_the_first_in_time_is_asked_whatever_report_the_amount_names(
    decided, officer, insurance_handler, now
):
    first, second = report_row(decided, at=now - DAY), report_row(decided, at=now)
    mark_repetition(report=second, first=first, by=officer, at=now)
    assert not to_ask(officer).exists()
    verify(second, "10000", by=insurance_handler, at=now)
    assert [each.report for each in to_ask(officer)] == [first]
    assert not to_ask(insurance_handler).exists()
    ask(first, at=now)
    assert not to_ask(officer).exists()
    assert Reward.objects.get().report == first
    withdraw_repetition(report=second, reason="另一事项", by=officer, at=now)
    assert [each.report for each in to_ask(officer)] == [second]


def test_a_reversal_reduces_and_voids_an_unpaid_reward(report, insurance_handler, now):
    ask(report, at=now)
    verify(report, "10000", by=insurance_handler, at=now)
    more = verify(report, "6000", by=insurance_handler, at=now)
    reward = Reward.objects.get()
    assert reward.amount == 800
    reverse_entry(entry=more, remark="重复", by=insurance_handler, at=now)
    reward.refresh_from_db()
    assert (reward.amount, reward.status) == (500, "computed")
    assert Event.objects.filter(verb="reward.recomputed").latest("pk").params["old"] == "800.00"
    reverse_entry(
        entry=MoneyEntry.objects.filter(clue_id=report.pk).order_by("pk").first(),
        remark="错",
        by=insurance_handler,
        at=now,
    )
    reward.refresh_from_db()
    assert (reward.status, reward.entitled) == ("void", 0)
    verify(report, "20000", by=insurance_handler, at=now)  # and anew, beside the void one
    assert sorted(Reward.objects.values_list("status", "amount")) == [("computed", 1000), ("void", 500)]
    assert settle_report(report=report, at=now) == []
    assert Reward.objects.count() == 2


def test_a_report_nobody_accepted_and_a_county_without_a_rule_give_nothing(report, insurance_handler, now):
    ask(report, at=now)
    RewardRule.objects.filter(code="county").update(effective_from=local_date(now), effective_until=None)
    verify(report, "10000", by=insurance_handler, at=now)
    assert not Reward.objects.exists()
    assert compute_rewards(at=now) == 0


# -- proposed, approved ---------------------------------------------------------------------------------------


def test_approval_waits_for_the_decision(lead, officer, insurance_handler, finance, now):
    reward = make_reward(lead, at=now, by=insurance_handler)
    with pytest.raises(BadInput):
        propose_reward(reward=reward, by=officer, at=now)
    decide(lead, at=now, disposition=Disposition.NONE)
    with pytest.raises(BadInput):  # a decision that grants nothing is none
        propose_reward(reward=reward, by=officer, at=now)
    assert Reward.objects.get().status == "computed"


def test_a_penalty_wants_its_effective_date(lead, officer, deputy, insurance_handler, finance, now):
    reward = make_reward(lead, at=now, by=insurance_handler)
    decide(lead, at=now, disposition=Disposition.PENALTY)
    for day in (None, local_date(now) + DAY):
        with pytest.raises(BadInput) as no:
            propose_reward(reward=reward, effective_on=day, by=officer, at=now)
        assert no.value.field == "effective_on"
    propose_reward(reward=reward, effective_on=local_date(now), by=officer, at=now)
    approve_reward(reward=reward, by=deputy, at=now)
    assert (reward.status, reward.effective_on) == ("approved", local_date(now))


def test_nobody_approves_the_own_proposal(decided, officer, deputy, insurance_handler, now):
    reward = make_reward(decided, at=now, by=insurance_handler, status="proposed")
    told = Notification.objects.filter(verb="reward.waits").latest("pk")
    assert told.recipient_id == deputy.pk
    with pytest.raises(FourEyes) as no:
        approve_reward(reward=reward, by=officer, at=now)
    assert no.value.record
    with pytest.raises(IntegrityError, match="reward_proposer_is_not_approver"), transaction.atomic():
        Reward.objects.filter(pk=reward.pk).update(approved_by=officer, approved_at=now)
    approve_reward(reward=reward, by=deputy, at=now)
    with pytest.raises(WrongState):
        approve_reward(reward=reward, by=deputy, at=now)
    paper = reward.papers.get()
    assert (paper.kind, paper.status, paper.document.layout) == ("approval", "issued", "form")


def test_sent_back_it_is_proposed_again(decided, officer, deputy, insurance_handler, now):
    reward = make_reward(decided, at=now, by=insurance_handler, status="proposed")
    with pytest.raises(BadInput):
        send_back_reward(reward=reward, reason=" ", by=deputy, at=now)
    send_back_reward(reward=reward, reason="请补充依据", by=deputy, at=now)
    assert (reward.status, reward.reason, reward.proposed_by) == ("computed", "请补充依据", None)
    with pytest.raises(WrongState):
        send_back_reward(reward=reward, reason="再退", by=deputy, at=now)
    propose_reward(reward=reward, effective_on=None, by=officer, at=now)
    assert sorted(reward.papers.values_list("status", flat=True)) == ["discarded", "draft"]


def test_a_change_of_the_ledger_asks_for_a_new_proposal(decided, deputy, insurance_handler, now):
    reward = make_reward(decided, at=now, by=insurance_handler, status="proposed")
    stale = Reward.objects.get(pk=reward.pk)
    verify(reward.report, "2000", by=insurance_handler, at=now)
    reward.refresh_from_db()
    assert (reward.status, reward.amount, reward.proposed_by) == ("computed", 600, None)
    assert Notification.objects.filter(verb="reward.begun_anew").exists()
    with pytest.raises(WrongState):
        approve_reward(reward=stale, by=deputy, at=now)


def test_a_ledger_changed_behind_the_job_is_noticed(decided, officer, insurance_handler, now):
    reward = make_reward(decided, at=now, by=insurance_handler)
    entry = MoneyEntry.objects.get(clue_id=reward.report_id)
    entry.pk, entry.amount = None, Decimal("70.00")
    entry.save(force_insert=True)  # as a restored or imported row: no listener was told
    with pytest.raises(WrongState):
        propose_reward(reward=reward, by=officer, at=now)


# -- the budget -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("amount", ["0", "-5", "0.001", "10000000000000", "NaN"])
def test_a_budget_takes_no_odd_amounts(county, chief, now, amount):
    with pytest.raises(BadInput) as no:
        grant_budget(region=county, year=2026, amount=Decimal(amount), document="文", by=chief, at=now)
    assert no.value.field == "amount"
    assert not RewardBudget.objects.exists()


def test_a_budget_is_granted_cut_and_never_below_zero(county, chief, now):
    given = {"region": county, "document": "青财预〔2026〕1号", "by": chief, "at": now}
    grant_budget(year=2026, amount=Decimal("1000"), **given)
    budget = cut_budget(year=2026, amount=Decimal("400"), **given)
    assert (budget.total, budget.left) == (600, 600)
    with pytest.raises(BadInput):
        cut_budget(year=2026, amount=Decimal("600.01"), **given)
    with pytest.raises(BadInput):
        grant_budget(year=2026, amount=Decimal("999999999999"), **given)
    with pytest.raises(BadInput) as no:
        grant_budget(year=2029, amount=Decimal("1"), **given)
    assert no.value.field == "year"
    with pytest.raises(BadInput) as no:
        grant_budget(year=2026, amount=Decimal("1"), **(given | {"document": " "}))
    assert no.value.field == "document"
    with pytest.raises(IntegrityError, match="reward_budget_never_below_zero"), transaction.atomic():
        RewardBudget.objects.update(allocated=601)
    assert list(BudgetEntry.objects.values_list("kind", "amount")) == [("granted", 1000), ("cut", 400)]


def test_funding_takes_from_the_year_s_budget_and_not_more(
    decided, cashier, chief, county, insurance_handler, now
):
    reward = make_reward(decided, at=now, by=insurance_handler, status="approved")
    with pytest.raises(BadInput, match=chief.name):  # the sentence names who can help
        fund_reward(reward=reward, by=cashier, at=now)
    grant_budget(region=county, year=2026, amount=Decimal("499.99"), document="文", by=chief, at=now)
    with pytest.raises(BadInput):
        fund_reward(reward=reward, by=cashier, at=now)
    for hand in (reward.proposed_by, reward.approved_by):
        with pytest.raises(FourEyes):
            fund_reward(reward=reward, by=hand, at=now)
    grant_budget(region=county, year=2026, amount=Decimal("0.01"), document="文", by=chief, at=now)
    fund_reward(reward=reward, by=cashier, at=now)
    assert RewardBudget.objects.get().left == 0
    assert (reward.status, reward.budget.year) == ("funded", 2026)
    verify(reward.report, "100", by=insurance_handler, at=now)  # begun anew: the money goes back
    reward.refresh_from_db()
    assert (reward.status, reward.budget_id, RewardBudget.objects.get().left) == ("computed", None, 500)
    assert Event.objects.filter(verb="reward.released").exists()


# -- the code and the payment ---------------------------------------------------------------------------------


def test_it_is_paid_once_against_the_code(decided, cashier, insurance_handler, now):
    reward, code = make_reward(decided, at=now, by=insurance_handler, status="funded", code=True)
    typed = f"{code[:4]} {code[4:8]}-{code[8:12]} {code[12:]}"
    payment = pay(typed, cashier, now)
    reward.refresh_from_db()
    assert (reward.status, reward.paid_by, payment.amount) == ("paid", cashier, 500)
    entry = MoneyEntry.objects.get(kind=MoneyKind.REWARDED)
    assert (entry.amount, entry.department, payment.entry) == (500, cashier.department, entry)
    with pytest.raises(AlreadyDone) as no:
        pay(code, cashier, now, voucher="付0002")
    assert no.value.record
    assert Payment.objects.count() == 1


def test_the_code_is_kept_as_a_digest_only(decided, insurance_handler, now):
    reward, code = make_reward(decided, at=now, by=insurance_handler, status="funded", code=True)
    assert (len(code), reward.claim_digest) == (16, digest_of(code))
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM audit.event WHERE params::text LIKE %s", [f"%{code}%"])
        assert cursor.fetchone()[0] == 0
        cursor.execute("SELECT row_to_json(r)::text FROM rewards_reward r")
        assert code not in cursor.fetchone()[0]


def test_a_wrong_code_pays_nobody(decided, cashier, insurance_handler, now):
    _reward, code = make_reward(decided, at=now, by=insurance_handler, status="funded", code=True)
    slip = str((int(code[3]) + 1) % 10)
    other = new_code()
    for wrong in (code[:3] + slip + code[4:], other, "1234", "", "abcdefghijklmnop", code + "0"):
        with pytest.raises(BadInput) as no:
            pay(wrong, cashier, now)
        assert (no.value.field, no.value.record) == ("code", True)
    assert (Payment.objects.count(), Reward.objects.get().status) == (0, "funded")
    assert read_code("".join(chr(ord(sign) + 0xFEE0) for sign in code)) == code  # full-width digits


def test_a_lost_code_ends_when_a_new_one_is_issued(decided, officer, cashier, insurance_handler, now):
    reward, old = make_reward(decided, at=now, by=insurance_handler, status="funded", code=True)
    new = issue_code(reward=reward, by=officer, at=now)
    with pytest.raises(BadInput):
        pay(old, cashier, now)
    assert pay(new, cashier, now).amount == 500
    with pytest.raises(WrongState):
        issue_code(reward=Reward.objects.get(), by=officer, at=now)


def test_payer_voucher_and_day_are_checked(decided, cashier, officer, insurance_handler, now):
    first, one = make_reward(decided, at=now, by=insurance_handler, status="funded", code=True)
    second, two = make_reward(decided, at=now, by=insurance_handler, status="funded", code=True)
    for hand in (first.proposed_by, first.approved_by):
        with pytest.raises(FourEyes):
            pay(one, hand, now)
    with pytest.raises(IntegrityError, match="reward_payer_is_a_third"), transaction.atomic():
        Reward.objects.filter(pk=first.pk).update(paid_by=first.approved_by, paid_at=now)
    for day in (local_date(now) + DAY, local_date(now) - DAY):
        with pytest.raises(BadInput) as no:
            pay(one, cashier, now, paid_on=day)
        assert no.value.field == "paid_on"
    with pytest.raises(BadInput) as no:
        pay(one, cashier, now, voucher="  ")
    assert no.value.field == "voucher"
    pay(one, cashier, now, voucher="付7")
    with pytest.raises(BadInput) as no:
        pay(two, cashier, now, voucher="付7")
    assert no.value.field == "voucher"
    assert Reward.objects.get(pk=second.pk).status == "funded"


def test_nothing_is_paid_while_the_decision_is_taken_up_again(
    decided, deputy, cashier, insurance_handler, now
):
    _reward, code = make_reward(decided, at=now, by=insurance_handler, status="funded", code=True)
    redo(strand=decided.strands.get(), reason="复议", by=deputy, at=now)
    with pytest.raises(BadInput):
        pay(code, cashier, now)
    assert not Payment.objects.exists()


def test_payments_are_never_changed_nor_doubled_by_anybody(
    decided, cashier, insurance_handler, now, connect_as
):
    reward = make_reward(decided, at=now, by=insurance_handler, status="paid")
    payment = Payment.objects.get()
    for attack in (
        "UPDATE rewards_payment SET amount = 1",
        "DELETE FROM rewards_payment",
        "TRUNCATE rewards_payment CASCADE",
    ):
        with (
            pytest.raises(ProgrammingError, match="permission denied"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(attack)
    again = {
        "reward": reward, "region": reward.region, "kind": "payment", "amount": Decimal("1"), "paid_on": local_date(now),
        "by": cashier, "at": now,
    }  # fmt: skip
    with pytest.raises(IntegrityError, match="would come to"), transaction.atomic():
        Payment.objects.create(voucher="付x", attempt=2, **again)
    with pytest.raises(IntegrityError), transaction.atomic():
        Payment.objects.create(voucher=payment.voucher, attempt=2, **again)


def test_a_payment_is_corrected_by_its_reversal(decided, cashier, chief, officer, insurance_handler, now):
    reward = make_reward(decided, at=now, by=insurance_handler, status="paid")
    payment = Payment.objects.get()
    given = {"payment": payment, "voucher": "冲0001", "remark": "账户有误，银行退回", "at": now}
    with pytest.raises(FourEyes):
        reverse_payment(by=cashier, **given)
    with pytest.raises(BadInput):
        reverse_payment(by=chief, **(given | {"remark": ""}))
    assert can_reverse(chief, payment)
    back = reverse_payment(by=chief, **given)
    reward.refresh_from_db()
    assert (back.amount, back.reverses, reward.status, reward.claim_digest) == (-500, payment, "funded", "")
    assert sum(MoneyEntry.objects.filter(kind=MoneyKind.REWARDED).values_list("amount", flat=True)) == 0
    with pytest.raises(AlreadyDone):
        reverse_payment(by=chief, **given)
    with pytest.raises(WrongState):
        reverse_payment(by=cashier, **(given | {"payment": back}))
    code = issue_code(reward=reward, by=officer, at=now)
    again = pay(code, cashier, now, voucher="付0002")
    assert again.attempt == 2
    first, second = (Payment.objects.get(pk=each.pk) for each in (payment, again))
    assert not can_reverse(chief, first) and can_reverse(chief, second)  # one was reversed already


def test_a_paid_reward_is_flagged_and_recovered_when_the_ledger_shrinks(
    decided, cashier, chief, insurance_handler, now
):
    reward = make_reward(decided, at=now, by=insurance_handler, status="paid")
    more = verify(reward.report, "3000", by=insurance_handler, at=now)
    reward.refresh_from_db()
    assert (reward.amount, reward.entitled, reward.to_recover) == (500, 650, 0)  # one-off: nothing is added
    first = MoneyEntry.objects.filter(kind=MoneyKind.VERIFIED).order_by("pk").first()
    reverse_entry(entry=first, remark="复议撤销", by=insurance_handler, at=now)
    reward.refresh_from_db()
    assert (reward.status, reward.entitled, reward.to_recover) == (
        "paid",
        0,
        500,
    )  # 150 would be honour by now
    assert Notification.objects.filter(verb="reward.to_recover").exists()
    given = {"reward": reward, "paid_on": local_date(now), "remark": "追回", "by": cashier, "at": now}
    for amount in ("500.01", "0", "-1", "0.001"):
        with pytest.raises(BadInput):
            recover(amount=Decimal(amount), voucher="追1", **given)
    with pytest.raises(BadInput):
        recover(amount=Decimal("1"), voucher="追1", **(given | {"paid_on": local_date(now) + DAY}))
    recover(amount=Decimal("120"), voucher="追1", **given)
    assert (reward.recovered, reward.to_recover) == (120, 380)
    assert _rewarded() == 380
    with pytest.raises(WrongState):
        reverse_payment(payment=Payment.objects.first(), voucher="冲9", remark="x", by=chief, at=now)
    recover(amount=Decimal("380"), voucher="追2", **given)
    assert (reward.to_recover, _rewarded()) == (0, 0)
    assert RewardBudget.objects.get().allocated == 0
    with pytest.raises(WrongState):
        recover(amount=Decimal("1"), voucher="追3", **given)
    assert more.amount == 3000


def _rewarded():
    return sum(MoneyEntry.objects.filter(kind=MoneyKind.REWARDED).values_list("amount", flat=True))


# -- the window to claim --------------------------------------------------------------------------------------


@pytest.fixture
def national(county, system_admin, report, now):
    """The county has taken the national rule over."""
    shipped = RewardRule.objects.get(code="national-2022")
    names = (
        "name",
        "basis_number",
        "basis_title",
        "percent",
        "honorary_below",
        "floor",
        "cap",
        "natural_only",
        "claim_months",
    )
    return adopt_rule(
        region=county, effective_from=dt.date(2023, 1, 1), by=system_admin, at=now,
        **{name: getattr(shipped, name) for name in names},
    )  # fmt: skip


def test_unclaimed_after_the_window_it_is_waived(
    national, report, officer, cashier, insurance_handler, now, client
):
    ask(report, at=now)
    verify(report, "10", by=insurance_handler, at=now)
    reward, code = bring_reward(Reward.objects.get(), "funded", at=now, code=True)
    assert reward.amount == 200  # the floor
    for day in (local_date(now) + DAY, local_date(now) - DAY):
        with pytest.raises(BadInput):
            note_received(reward=reward, received_on=day, by=officer, at=now)
    note_received(reward=reward, received_on=local_date(now), by=officer, at=now)
    with pytest.raises(AlreadyDone):
        note_received(reward=reward, received_on=local_date(now), by=officer, at=now)
    clock = Deadline.objects.get(rule_code="reward_claim")
    assert (clock.due_on, clock.case_id, clock.person) == (dt.date(2027, 1, 16), None, officer)
    client.force_login(officer)
    page = client.get(reward.get_absolute_url())
    assert page.status_code == 200 and clock.name in page.content.decode()
    sweep(at=clock.warn_at)
    told = Notification.objects.filter(verb="deadline.warned").latest("pk")  # the reminder
    assert told.recipient_id == officer.pk
    assert waive_unclaimed(at=clock.due_at - DAY) == 0
    with pytest.raises(WrongState):  # between the last day and the job, the window is over too
        pay(code, cashier, clock.due_at)
    before = Notification.objects.filter(verb="reward.lapsed").count()
    assert waive_unclaimed(at=clock.due_at) == 1
    told = Notification.objects.filter(verb="reward.lapsed").order_by("pk")[before:]
    assert {each.recipient_id for each in told} == {officer.pk, cashier.pk}
    reward.refresh_from_db()
    assert (reward.status, reward.waived_by, reward.budget_id) == ("waived", None, None)
    assert RewardBudget.objects.get().allocated == 0
    assert waive_unclaimed(at=clock.due_at) == 0
    with pytest.raises(BadInput):
        pay(code, cashier, clock.due_at)
    verify(report, "90000", by=insurance_handler, at=clock.due_at)  # waived stays waived
    reward.refresh_from_db()
    assert (reward.status, Reward.objects.count()) == ("waived", 1)


@pytest.mark.parametrize("between", ["ledger", "paid", "extended", "reversed"])
def test_what_moved_between_the_list_and_the_lock_is_not_waived(
    between, national, report, officer, cashier, chief, insurance_handler, now
):
    ask(report, at=now)
    verify(report, "8000", by=insurance_handler, at=now)
    reward, code = bring_reward(Reward.objects.get(), "funded", at=now, code=True)
    note_received(reward=reward, received_on=local_date(now), by=officer, at=now)
    listed = Deadline.objects.get(rule_code="reward_claim")  # as the job has read it
    late = listed.due_at
    if between == "ledger":
        verify(report, "1000", by=insurance_handler, at=late)  # begun anew: computed
    elif between == "extended":
        Deadline.objects.filter(pk=listed.pk).update(due_at=late + DAY)
    else:
        payment = pay(code, cashier, late - DAY)
    if between == "reversed":  # funded again, by another way, and the clock is met
        reverse_payment(payment=payment, voucher="冲1", remark="退回", by=chief, at=late)
    held = Reward.objects.values("status", "version", "budget").get()
    with pytest.raises(WrongState):
        lapse_reward(clock=listed, at=late)
    assert Reward.objects.values("status", "version", "budget").get() == held
    assert not Event.objects.filter(verb="reward.waived", target_id=reward.pk).exists()
    assert waive_unclaimed(at=late) == 0


def test_paid_in_time_the_clock_is_met(national, report, officer, cashier, insurance_handler, now):
    ask(report, at=now)
    verify(report, "8000", by=insurance_handler, at=now)
    reward, code = bring_reward(Reward.objects.get(), "funded", at=now, code=True)
    note_received(reward=reward, received_on=local_date(now), by=officer, at=now)
    pay(code, cashier, now + 30 * DAY)
    assert Deadline.objects.get(rule_code="reward_claim").status == "met"


def test_the_county_s_rule_knows_no_window(decided, officer, insurance_handler, now):
    reward = make_reward(decided, at=now, by=insurance_handler, status="funded")
    with pytest.raises(WrongState):  # without a code nobody can claim
        note_received(reward=reward, received_on=local_date(now), by=officer, at=now)
    issue_code(reward=reward, by=officer, at=now)
    note_received(reward=reward, received_on=local_date(now), by=officer, at=now)
    assert not Deadline.objects.filter(rule_code="reward_claim").exists()


def test_a_reporter_may_give_it_up_until_it_is_paid(decided, officer, insurance_handler, now):
    reward = make_reward(decided, at=now, by=insurance_handler, status="funded")
    with pytest.raises(BadInput):
        waive_reward(reward=reward, reason="", by=officer, at=now)
    waive_reward(reward=reward, reason="本人放弃", by=officer, at=now)
    assert (reward.status, reward.waived_by) == ("waived", officer)
    for status in ("computed", "proposed", "approved"):
        early = make_reward(decided, at=now, by=insurance_handler, status=status)
        assert waive_reward(reward=early, reason="本人放弃", by=officer, at=now).status == "waived"
    paid = make_reward(decided, at=now, by=insurance_handler, status="paid")
    with pytest.raises(WrongState):
        waive_reward(reward=paid, reason="放弃", by=officer, at=now)


def test_natural_persons_only_where_the_rule_says_so(national, decided, insurance_handler, now):
    company = ask(report_row(decided, at=now, kind="legal"), at=now)
    verify(company, "10000", by=insurance_handler, at=now)
    assert not Reward.objects.exists()


# -- rules by date --------------------------------------------------------------------------------------------

RULE = {
    "name": "青禾县举报奖励办法", "basis_number": "青医保〔2026〕8号", "basis_title": "举报奖励实施细则",
    "percent": Decimal("6.00"), "honorary_below": Decimal("100.00"), "floor": None, "cap": Decimal("50000.00"),
    "natural_only": False, "claim_months": 3,
}  # fmt: skip


def test_a_rule_holds_from_its_day_on(county, system_admin, decided, insurance_handler, now):
    reward = make_reward(decided, at=now, by=insurance_handler)
    first = adopt_rule(region=county, effective_from=dt.date(2026, 1, 1), by=system_admin, at=now, **RULE)
    assert compute_rewards(at=now) == 1
    reward.refresh_from_db()
    assert (reward.amount, reward.rule) == (600, first)
    second = adopt_rule(region=county, effective_from=dt.date(2026, 10, 1), by=system_admin, at=now,
                        **(RULE | {"percent": Decimal("7")}))  # fmt: skip
    first.refresh_from_db()
    assert first.effective_until == dt.date(2026, 10, 1)
    assert compute_rewards(at=now) == 0  # the report came before
    with pytest.raises(BadInput) as no:
        adopt_rule(region=county, effective_from=dt.date(2026, 10, 1), by=system_admin, at=now, **RULE)
    assert no.value.field == "effective_from"
    with pytest.raises(IntegrityError, match="reward_rule_one_a_day"), transaction.atomic():
        RewardRule.objects.create(
            region=county, effective_from=dt.date(2027, 1, 1), created_at=now, updated_at=now, **RULE
        )
    assert str(second) == RULE["name"]


def test_a_repetition_is_withdrawn_with_a_reason_only(decided, officer, now):
    report = report_row(decided, at=now)
    for reason, refusal in ((" ", BadInput), ("另一事项", WrongState)):
        with pytest.raises(refusal):
            withdraw_repetition(report=report, reason=reason, by=officer, at=now)


def test_what_was_wholly_recovered_and_is_due_again_is_a_reward_of_its_own(
    county, decided, insurance_handler, cashier, now
):
    paid = make_reward(decided, at=now, by=insurance_handler, status="paid")
    entry = MoneyEntry.objects.get(clue_id=paid.report_id, kind="verified")
    reverse_entry(entry=entry, remark="复核撤销", by=insurance_handler, at=now)
    paid.refresh_from_db()
    recover(
        reward=paid, amount=Decimal("500"), voucher="追1", paid_on=local_date(now), remark="退回", by=cashier, at=now
    )
    assert compute_rewards(at=now) == 0
    verify(paid.report, "20000.00", by=insurance_handler, at=now)
    paid.refresh_from_db()
    again = Reward.objects.get(status="computed")
    assert (paid.status, again.amount, again.reporter) == ("void", 1000, paid.reporter)
    assert compute_rewards(at=now) == 0
    assert bring_reward(again, "paid", at=now).status == "paid"


def test_what_was_paid_is_judged_by_the_rule_it_was_paid_by(
    county, system_admin, decided, insurance_handler, now
):
    """A rule adopted for days that lie back asks nobody's money back; a reversal does, by the old rule."""
    reward = make_reward(decided, at=now, by=insurance_handler, status="paid")
    lower = RULE | {"percent": Decimal("3")}
    adopt_rule(region=county, effective_from=dt.date(2026, 1, 1), by=system_admin, at=now, **lower)
    assert compute_rewards(at=now) == 0 and settle_report(report=reward.report, at=now) == []
    reward.refresh_from_db()
    assert (reward.entitled, reward.to_recover) == (500, 0)
    entry = MoneyEntry.objects.get(clue_id=reward.report_id, kind="verified")
    verify(reward.report, "2000.00", by=insurance_handler, at=now)
    reward.refresh_from_db()
    assert reward.entitled == 600
    reverse_entry(entry=entry, remark="复核撤销", by=insurance_handler, at=now)
    reward.refresh_from_db()
    assert (reward.entitled, reward.to_recover) == (0, 500)  # 2 000 alone would be honorary
    Reward.objects.update(entitled=1)  # as if the listener had missed it: the job says the same
    assert compute_rewards(at=now) == 1 and compute_rewards(at=now) == 0
    reward.refresh_from_db()
    assert reward.entitled == 0


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", " "), ("basis_number", ""), ("percent", Decimal("0")), ("percent", Decimal("100.01")),
        ("percent", Decimal("5.001")), ("honorary_below", Decimal("0.50")), ("floor", Decimal("1.001")),
        ("cap", Decimal("50.00")), ("claim_months", 0),
    ],
)  # fmt: skip
def test_a_rule_that_cannot_be_is_refused(county, system_admin, now, field, value):
    with pytest.raises(BadInput) as no:
        adopt_rule(
            region=county,
            effective_from=dt.date(2026, 1, 1),
            by=system_admin,
            at=now,
            **(RULE | {field: value}),
        )
    assert no.value.field == field


def test_a_rule_says_what_a_trifle_is_worth(county, system_admin, now):
    with pytest.raises(BadInput) as no:
        adopt_rule(region=county, effective_from=dt.date(2026, 1, 1), by=system_admin, at=now,
                   **(RULE | {"honorary_below": None}))  # fmt: skip
    assert no.value.field == "floor"


def test_the_database_keeps_what_was_written(decided, insurance_handler, now):
    make_reward(decided, at=now, by=insurance_handler, status="funded")
    for attack in (
        "DELETE FROM rewards_reward",
        "DELETE FROM rewards_rewardbudget",
        "DELETE FROM rewards_rewardpaper",
    ):
        with (
            pytest.raises((IntegrityError, InternalError)),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(attack)
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE rewards_budgetentry SET amount = 1")
    with pytest.raises(IntegrityError, match="reward_one_live"), transaction.atomic():
        Reward.objects.bulk_create([_copy(Reward.objects.get())])
    assert MovedOn.sentence


def _copy(reward):
    reward.pk, reward.claim_digest = None, ""
    return reward
