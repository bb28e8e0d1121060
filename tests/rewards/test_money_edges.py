"""What happens at the edges of rules and doors: who is nobody, who comes too late, what the database catches."""

import datetime as dt
from decimal import Decimal

import pytest
from django.contrib.auth.models import AnonymousUser

from cases.models import MoneyEntry
from core.dates import local_date
from core.refusals import MovedOn, WrongState
from departments.enums import Role
from rewards import kinds_money, letters_money, rules
from rewards import reading_money as reading
from rewards import workbench_money as workbench
from rewards.actions import payments
from rewards.actions.bank_files import request_bank_file
from rewards.actions.claims import issue_code, note_received, waive_unclaimed
from rewards.actions.computing import settle_report
from rewards.actions.papers_money import draft_paper, number_paper, sign_paper
from rewards.models import (
    BankFile,
    BankLine,
    BudgetEntry,
    Eligibility,
    Payment,
    Reward,
    RewardBudget,
    RewardPaper,
    RewardRule,
)
from rewards.reading_reports import clocks
from tests.factories.rewards_money import bring_reward, make_reward, somebody
from tests.rewards.test_money_life import RULE, adopt_rule

MODELS = (
    BankFile,
    BankLine,
    BudgetEntry,
    Eligibility,
    Payment,
    Reward,
    RewardBudget,
    RewardPaper,
    RewardRule,
)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_nobody_signed_in_sees_nothing(model, decided, insurance_handler, cashier, now):
    reward = make_reward(decided, at=now, by=insurance_handler, status="funded")
    request_bank_file(rewards=[reward], by=cashier, at=now)
    assert not model.objects.visible_to(AnonymousUser()).exists()
    assert not rules.can_list(AnonymousUser())
    for given in (False, True):
        assert not BankFile.objects.to_agree(AnonymousUser(), given=given).exists()


def test_doors_open_to_the_right_departments(
    decided, insurance_handler, insurance_report_officer, health_section_head, cashier, outsider, now
):
    reward = make_reward(decided, at=now, by=insurance_handler, status="funded")
    request_bank_file(rewards=[reward], by=cashier, at=now)
    for user, seen in (
        (insurance_handler, 0),
        (health_section_head, 0),
        (cashier, 1),
        (insurance_report_officer, 1),
    ):
        assert Reward.objects.visible_to(user).count() == seen
    assert RewardBudget.objects.visible_to(health_section_head).count() == 0
    assert RewardBudget.objects.visible_to(insurance_report_officer).count() == 1
    assert BudgetEntry.objects.visible_to(cashier).count() == 2
    assert (
        BankLine.objects.visible_to(cashier).count(),
        BankFile.objects.visible_to(insurance_report_officer).count(),
    ) == (1, 0)
    assert not BankFile.objects.to_agree(cashier).exists()
    assert not rules.can_request_file(insurance_handler)
    chief = somebody(cashier.department, Role.SECTION_HEAD)
    assert not rules.can_request_file(chief)


def test_every_kind_has_a_title_and_an_address(
    decided, insurance_handler, insurance_report_officer, cashier, now
):
    reward = make_reward(decided, at=now, by=insurance_handler, status="paid")
    second = make_reward(decided, at=now, by=insurance_handler, status="funded")
    request_bank_file(rewards=[second], by=cashier, at=now)
    for kind in kinds_money.KINDS:
        user = cashier if kind.code == "bank_file" else insurance_report_officer
        thing = kind.visible(user).first()
        assert kind.title(thing) and kind.url(thing).startswith("/rewards/"), kind.code
    assert reward.pk


def test_a_second_payment_is_caught_by_the_database_too(decided, insurance_handler, cashier, now):
    """As if two payers had both got as far as writing."""
    reward = make_reward(decided, at=now, by=insurance_handler, status="paid")
    with pytest.raises(MovedOn):
        payments._write(
            reward, "payment", Decimal("500"), "付9", local_date(now), "", cashier, now, attempt=2
        )
    early = make_reward(decided, at=now, by=insurance_handler)
    with pytest.raises(WrongState):
        payments.pay(early, "bank", "付9", local_date(now), "", cashier, now)
    assert Payment.objects.count() == 1


def test_a_certificate_stands_while_it_stays_honour(
    decided, insurance_handler, insurance_report_officer, insurance_section_head, insurance_registrar, now
):
    reward = make_reward(decided, at=now, by=insurance_handler, verified="1000", status="approved")
    text, _why = reading.waiting_for(reward)
    assert text
    paper = draft_paper(reward=reward, kind="certificate", by=insurance_report_officer, at=now)
    sign_paper(paper=paper, by=insurance_section_head, at=now)
    number_paper(paper=paper, by=insurance_registrar, at=now)
    entry = MoneyEntry.objects.get(clue_id=reward.report_id)
    entry.pk, entry.amount = None, Decimal("100.00")
    entry.save(force_insert=True)
    assert settle_report(report=reward.report, at=now) == []
    reward.refresh_from_db()
    assert (reward.status, reward.base) == ("honoured", 1000)
    assert [step["state"] for step in reading.track(reward)] == ["ok"] * 4


def test_a_paper_that_waits_longer_than_its_reward_is_paid_stays_on_the_workbench(
    decided,
    insurance_handler,
    insurance_report_officer,
    insurance_section_head,
    insurance_registrar,
    cashier,
    now,
):
    reward, code = make_reward(decided, at=now, by=insurance_handler, status="funded", code=True)
    paper = draft_paper(reward=reward, kind="voucher", by=insurance_report_officer, at=now)
    said = {user.pk: [row.phrase for row in workbench.todo_rows(user, 9)]
            for user in (insurance_section_head, insurance_report_officer)}  # fmt: skip
    assert said[insurance_section_head.pk] == [f"签发或编号奖励文书：{reward.number}"]
    assert said[insurance_report_officer.pk] != said[insurance_section_head.pk]
    payments.pay_against_code(code=code, voucher="付1", paid_on=local_date(now), by=cashier, at=now)
    for user in (insurance_section_head, insurance_registrar):
        assert [row.phrase for row in workbench.todo_rows(user, 9)] == [
            f"签发或编号奖励文书：{reward.number}"
        ]
        if paper.status == "draft":
            sign_paper(paper=paper, by=user, at=now)


def test_what_is_with_the_bank_is_not_waived_by_the_clock(
    county, system_admin, decided, insurance_handler, insurance_report_officer, cashier, now
):
    adopt_rule(region=county, effective_from=dt.date(2025, 1, 1), by=system_admin, at=now, **RULE)
    reward = make_reward(decided, at=now, by=insurance_handler, status="funded")
    issue_code(reward=reward, by=insurance_report_officer, at=now)
    note_received(reward=reward, received_on=local_date(now), by=insurance_report_officer, at=now)
    request_bank_file(rewards=[reward], by=cashier, at=now)
    assert len(clocks(reward)) == 1
    assert waive_unclaimed(at=now + dt.timedelta(days=200)) == 0
    reward.refresh_from_db()
    assert reward.status == "funded"


def test_what_is_next_is_said_in_every_state(
    lead, decided, insurance_handler, insurance_report_officer, cashier, now
):
    said = []
    for state in ("computed", "proposed", "approved", "funded", "paid"):
        reward = make_reward(decided, at=now, by=insurance_handler, status=state)
        said.append(reading.waiting_for(reward)[0])
        reading.offers(cashier, reward)
        reading.offers(insurance_report_officer, reward)
    assert len(set(said)) == 5 and not said[-1]
    reward, _code = bring_reward(
        make_reward(decided, at=now, by=insurance_handler), "funded", at=now, code=True
    )
    assert reading.waiting_for(reward)[0] not in said
    entry = MoneyEntry.objects.filter(kind="verified").get(clue_id=reward.report_id)
    entry.pk, entry.reverses_id, entry.amount = None, entry.pk, -entry.amount
    entry.save(force_insert=True)
    settle_report(report=reward.report, at=now)
    reward.refresh_from_db()
    assert [step["state"] for step in reading.track(reward)][-1] == "bad"


def test_the_forms_say_what_a_joint_report_shares():
    rule = {
        "name": "规则",
        "basis": "《办法》（1号）",
        "percent": "5",
        "honorary_below": None,
        "floor": "200",
        "cap": "200000",
        "months": 2,
    }
    context = {
        "issuer": "青禾县医疗保障局", "date": "2026-11-16", "reward": "R-1", "report": "R", "joint": 3, "case": "C",
        "base": "10000.00", "gross": "500.00", "total": "500.00", "amount": "166.67", "honorary": False, "rule": rule,
        "effective_on": None, "proposed_by": "甲", "proposed_on": "2026-11-16", "approved_by": "乙",
        "approved_on": "2026-11-16", "address": "城关镇1号", "contact": "", "text": "补充。",
    }  # fmt: skip
    said = dict(letters_money.approval_form(context).fields)
    assert (said["联名举报"], said["本案奖励总额"]) == ("3人", "500.00元")
    letter = "".join(para.text for para in letters_money.notice_letter(context).body)
    assert "2个月内领取" in letter and "城关镇1号" in letter and "补充。" in letter
