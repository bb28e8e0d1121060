"""Which decision a reward waits for: of the strands that verified its amounts, with filing or without."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from cases.actions.money import enter_money, reverse_entry
from cases.actions.strands import decline_strand, open_strand, redo, verify_again
from cases.enums import Disposition, MoneyKind
from core.dates import local_date
from core.refusals import BadInput, FourEyes
from core.registry import Clue
from departments.enums import Role
from rewards import reading_money as reading
from rewards import workbench_money as workbench
from rewards.actions import deciding
from rewards.actions.approval import approve_reward, propose_reward
from rewards.actions.eligibility import mark_repetition
from rewards.models import Reward
from tests.factories.cases import make_case
from tests.factories.rewards_money import ask, bring_reward, decide, make_reward, report_row, somebody, verify

DAY = dt.timedelta(days=1)


@pytest.fixture
def deputy(insurance_deputy_head):
    return insurance_deputy_head


@pytest.fixture
def officer(insurance_report_officer):
    return insurance_report_officer


def no(reward, officer, at, **more):
    """The sentence with which the proposal is refused; nothing has changed."""
    with pytest.raises(BadInput) as refused:
        propose_reward(reward=reward, by=officer, at=at, **more)
    assert Reward.objects.get(pk=reward.pk).status == "computed"
    return str(refused.value)


# -- without filing -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("disposition", [Disposition.AGREEMENT, Disposition.JUDICIAL])
def test_what_is_not_filed_but_handled_otherwise_is_decided(
    disposition, lead, officer, deputy, insurance_handler, finance, now
):
    reward = make_reward(lead, at=now, by=insurance_handler)
    assert not workbench.to_do(officer).exists()
    decline_strand(strand=lead.strands.get(), reason="按协议处理", disposition=disposition, by=deputy, at=now)
    assert list(workbench.to_do(officer)) == [reward]
    assert "propose" in reading.offers(officer, reward)[0].url
    with pytest.raises(BadInput) as refused:  # the day of the decision is that of the decline
        propose_reward(reward=reward, effective_on=local_date(now) - DAY, by=officer, at=now)
    assert refused.value.field == "effective_on"
    propose_reward(reward=reward, effective_on=local_date(now), by=officer, at=now)
    assert list(workbench.to_do(deputy)) == [reward]
    approve_reward(reward=reward, by=deputy, at=now)
    assert reward.status == "approved"


def test_what_is_not_filed_and_nothing_more_is_no_decision(
    lead, officer, deputy, insurance_handler, finance, now
):
    reward = make_reward(lead, at=now, by=insurance_handler)
    decline_strand(strand=lead.strands.get(), reason="不予立案", by=deputy, at=now)
    assert "冲销" in no(reward, officer, now)
    assert not workbench.to_do(officer).exists()
    verify_again(strand=lead.strands.get(), reason="新证据", by=deputy, at=now)
    assert str(lead.owner) in no(reward, officer, now)


# -- of which strand ------------------------------------------------------------------------------------------


@pytest.fixture
def second(lead, health, deputy, now):
    """The strand of another department in the same case."""
    return open_strand(case=lead, department=health, by=deputy, at=now)


def carried_by(strand, case, by, at):
    """A reward of a report of which a strand verified the amount."""
    report = ask(report_row(case, at=at), at=at)
    enter_money(
        case=case, kind=MoneyKind.VERIFIED, amount="10000", happened_on=local_date(at), strand=strand,
        clue=Clue("report", report.pk, report.number), by=by, at=at,
    )  # fmt: skip
    return Reward.objects.get(report=report)


def test_the_decision_of_another_strand_is_not_enough(
    lead, second, officer, deputy, insurance_handler, finance, now
):
    reward = carried_by(second, lead, insurance_handler, now)
    decide(lead, at=now)
    said = no(reward, officer, now)
    assert str(second.department) in said
    assert str(lead.owner) not in said
    assert reading.waiting_for(reward)[1] == said
    assert not [offer for offer in reading.offers(officer, reward) if "propose" in offer.url]
    assert not workbench.to_do(officer).exists()
    decline_strand(strand=second, reason="按协议处理", disposition=Disposition.AGREEMENT, by=deputy, at=now)
    assert list(workbench.to_do(officer)) == [reward]
    propose_reward(reward=reward, by=officer, at=now)


def test_of_two_strands_both_are_waited_for_and_a_fruitless_one_reverses(
    lead, second, officer, deputy, insurance_handler, finance, now
):
    reward = carried_by(lead.strands.get(department=lead.owner), lead, insurance_handler, now)
    more = enter_money(
        case=lead, kind=MoneyKind.VERIFIED, amount="2000", happened_on=local_date(now), strand=second,
        clue=Clue("report", reward.report_id, ""), by=insurance_handler, at=now,
    )  # fmt: skip
    said = no(reward, officer, now)
    assert str(second.department) in said and str(lead.owner) in said
    decide(lead, at=now)
    decline_strand(strand=second, reason="不予立案", by=deputy, at=now)
    reward.refresh_from_db()
    assert str(second.department) in no(reward, officer, now)
    reverse_entry(entry=more, remark="未查实", by=insurance_handler, at=now)
    reward.refresh_from_db()
    propose_reward(reward=reward, by=officer, at=now)
    assert reward.amount == 500


def test_an_amount_without_a_strand_is_that_of_who_entered_it_else_of_the_owner(
    lead, second, officer, deputy, insurance_handler, health_handler, cashier, now
):
    by_health = make_reward(lead, at=now, by=health_handler)
    by_nobody = make_reward(lead, at=now, by=cashier)  # of a department without a strand
    own = lead.strands.get(department=lead.owner)
    assert [strand.pk for strand in deciding.bearers(by_health)] == [second.pk]
    assert [strand.pk for strand in deciding.bearers(by_nobody)] == [own.pk]
    decide(lead, at=now)
    assert list(workbench.to_do(officer)) == [by_nobody]
    no(by_health, officer, now)


def test_what_a_repeating_report_led_to_is_waited_for_too(
    lead, second, officer, deputy, insurance_handler, health_handler, finance, now
):
    reward = make_reward(lead, at=now, by=insurance_handler)
    later = report_row(lead, at=now + DAY)
    mark_repetition(report=later, first=reward.report, by=officer, at=now)
    verify(later, "2000", by=health_handler, at=now)
    decide(lead, at=now)
    reward.refresh_from_db()
    assert (reward.base, str(second.department) in no(reward, officer, now)) == (12000, True)
    assert not workbench.to_do(officer).exists()


def test_a_proposal_waits_while_the_decision_is_taken_up_again(
    decided, officer, deputy, insurance_handler, now
):
    reward = make_reward(decided, at=now, by=insurance_handler, status="proposed")
    assert list(workbench.to_do(deputy)) == [reward]
    redo(strand=decided.strands.get(), reason="复议", by=deputy, at=now)
    assert not workbench.to_do(deputy).exists()
    assert not [offer for offer in reading.offers(deputy, reward) if "approve" in offer.url]
    with pytest.raises(BadInput, match=str(decided.owner)):
        approve_reward(reward=reward, by=deputy, at=now)


def test_a_reward_the_ledger_carries_no_more_is_not_decided(decided, officer, insurance_handler, now):
    reward = make_reward(decided, at=now, by=insurance_handler)
    other = make_case(by=insurance_handler, at=now)
    reward.case = other  # as if nothing of this case were attributed to it
    assert deciding.bearers(reward) == []
    assert deciding.still_to_decide(reward)


# -- the day --------------------------------------------------------------------------------------------------


def test_no_decision_takes_effect_before_it_was_taken(lead, officer, insurance_handler, finance, now):
    reward = make_reward(lead, at=now, by=insurance_handler)
    decide(lead, at=now, disposition=Disposition.PENALTY)
    for day in (local_date(now) - DAY, local_date(now) + 3 * DAY):
        assert no(reward, officer, now + 2 * DAY, effective_on=day)
    propose_reward(reward=reward, effective_on=local_date(now + DAY), by=officer, at=now + 2 * DAY)
    assert reward.effective_on == local_date(now + DAY)


def test_a_strand_decided_before_the_record_began_has_the_day_it_was_filed(lead, now):
    strand = lead.strands.get()
    strand.status, strand.filed_on = "decided", local_date(now)
    assert deciding.decision_day(strand) == local_date(now)
    strand.status, strand.ended_at = "not_filed", None
    assert deciding.decision_day(strand) is None


# -- by whom --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("hand", ["strand", "amount"])
def test_a_case_officer_does_not_approve_what_rests_on_the_own_work(
    hand, decided, officer, deputy, insurance_handler, insurance, now
):
    chief = somebody(insurance, Role.HEAD, "另一位领导")
    reward = make_reward(
        decided, at=now, by=deputy if hand == "amount" else insurance_handler, status="proposed"
    )
    if hand == "strand":
        decided.strands.update(handler=deputy)
    assert not workbench.to_do(deputy).exists() and list(workbench.to_do(chief)) == [reward]
    with pytest.raises(FourEyes):
        approve_reward(reward=reward, by=deputy, at=now)
    with pytest.raises(IntegrityError, match="entered its amounts"), transaction.atomic():
        Reward.objects.filter(pk=reward.pk).update(approved_by=deputy, approved_at=now)
    reward.refresh_from_db()
    assert (reward.status, reward.approved_by) == ("proposed", None)
    approve_reward(reward=reward, by=chief, at=now)
    assert reward.approved_by == chief


def test_who_entered_what_was_reversed_since_may_approve(decided, officer, deputy, insurance_handler, now):
    reward = make_reward(decided, at=now, by=insurance_handler)
    wrong = verify(reward.report, "2000", by=deputy, at=now)
    reverse_entry(entry=wrong, remark="重复", by=insurance_handler, at=now)
    reward.refresh_from_db()
    bring_reward(reward, "approved", at=now)
    assert reward.approved_by == deputy
