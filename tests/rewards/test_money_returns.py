"""What was recovered in part and is due again: the sums owed either way, against a count of the payments alone."""

import random
import re
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from cases.actions.money import reverse_entry
from cases.enums import MoneyKind
from cases.models import MoneyEntry
from core.dates import local_date
from core.refusals import AlreadyDone, BadInput, FourEyes, WrongState
from departments.enums import Role
from departments.models import User
from journal.models import Event, Notification
from rewards import rules
from rewards import workbench_money as workbench
from rewards.actions.bank_files import close_bank_file, request_bank_file
from rewards.actions.bulk_rewards import compute_rewards
from rewards.actions.claims import issue_code, new_code
from rewards.actions.payments import give_back, pay_against_code, recover
from rewards.models import BankFile, BudgetEntry, Payment, Reward, RewardBudget
from tests.factories.rewards_money import make_reward, verify
from tests.rewards.test_money_computation import SEED, fen, independent
from tests.rewards.test_money_pages import send, sign_in, time_machine_at, url  # noqa: F401

QUERIES = 1  # one statement for everything that waits


def paid_reward(case, by, cashier, at):
    """A reward of 500 yuan paid against its code, and the code."""
    reward, code = make_reward(case, at=at, by=by, status="funded", code=True)
    pay_against_code(code=code, voucher="付1", paid_on=local_date(at), by=cashier, at=at)
    reward.refresh_from_db()
    return reward, code


def rewarded():
    return sum(MoneyEntry.objects.filter(kind=MoneyKind.REWARDED).values_list("amount", flat=True))


@pytest.fixture
def shrunk(decided, insurance_handler, cashier, now):
    """Paid 500, nothing of it due by the ledger any more, 120 recovered: (reward, code)."""
    reward, code = paid_reward(decided, insurance_handler, cashier, now)
    entry = MoneyEntry.objects.get(clue_id=reward.report_id, kind=MoneyKind.VERIFIED)
    reverse_entry(entry=entry, remark="复议撤销", by=insurance_handler, at=now)
    reward.refresh_from_db()
    recover(
        reward=reward,
        amount=Decimal("120"),
        voucher="追1",
        paid_on=local_date(now),
        remark="追回",
        by=cashier,
        at=now,
    )
    return reward, code


@pytest.mark.parametrize(
    ("verified", "to_recover", "to_return"),
    [
        ("4000", "180.00", "0.00"),  # 200 due, 380 left with the reporter
        ("7600", "0.00", "0.00"),  # 380 due: exactly what is left
        ("9000", "0.00", "70.00"),
        ("10000", "0.00", "120.00"),
        ("99999", "0.00", "120.00"),  # one-off: never beyond what was once paid
    ],
)
def test_a_partly_recovered_reward_that_is_due_again_owes_the_right_sum(
    shrunk, insurance_handler, cashier, now, verified, to_recover, to_return
):
    reward, _code = shrunk
    verify(reward.report, verified, by=insurance_handler, at=now)
    reward.refresh_from_db()
    assert (reward.to_recover, reward.to_return) == (Decimal(to_recover), Decimal(to_return))
    assert Event.objects.filter(verb="reward.to_return", target_id=reward.pk).exists() == (
        reward.to_return > 0
    )
    told = Notification.objects.filter(verb="reward.to_return", target_id=reward.pk)
    told_departments = set(told.values_list("department_id", flat=True))
    assert told_departments == ({reward.department_id, cashier.department.pk} if reward.to_return else set())
    rows = [(row.phrase, row.url) for row in workbench.todo_rows(cashier, 9)]
    asked = "追回多付奖励" if reward.to_recover else "退还多追款项"
    owed = bool(reward.to_recover or reward.to_return)
    assert rows == [(f"{asked}：{reward.number}", reward.get_absolute_url())] * owed
    assert compute_rewards(at=now) == 0


def test_it_goes_back_against_the_same_code_and_never_twice(
    shrunk, insurance_handler, insurance_report_officer, cashier, now
):
    reward, code = shrunk
    given = {"reward": reward, "amount": Decimal("70"), "code": code, "voucher": "退1", "paid_on": local_date(now),
             "remark": "复核后恢复", "by": cashier, "at": now}  # fmt: skip
    with pytest.raises(WrongState):
        give_back(**given)
    verify(reward.report, "9000", by=insurance_handler, at=now)
    budget = RewardBudget.objects.get()
    for wrong, field in (
        ({"amount": Decimal("70.01")}, "amount"), ({"amount": Decimal("0")}, "amount"),
        ({"amount": Decimal("-1")}, "amount"),
        ({"amount": Decimal("0.001")}, "amount"), ({"code": ""}, "code"), ({"code": new_code()}, "code"),
        ({"remark": " "}, "remark"), ({"voucher": "付1"}, "voucher"), ({"voucher": " "}, "voucher"),
        ({"paid_on": local_date(now).replace(year=2027)}, "paid_on"),
    ):  # fmt: skip
        with pytest.raises(BadInput) as no:
            give_back(**(given | wrong))
        assert no.value.field == field, wrong
        reward.refresh_from_db()
    with pytest.raises(FourEyes):
        give_back(**(given | {"by": reward.proposed_by}))
    row = {
        "reward": reward, "region": reward.region, "kind": "return", "amount": Decimal("1"), "paid_on": local_date(now),
        "at": now,
    }  # fmt: skip
    for person in (reward.proposed_by, reward.approved_by):  # the database refuses them too
        with pytest.raises(IntegrityError, match="does not pay it"), transaction.atomic():
            Payment.objects.create(voucher="退x", by=person, **row)
    RewardBudget.objects.update(total=budget.allocated)
    with pytest.raises(BadInput) as no:
        give_back(**given)
    assert no.value.field == "amount"
    RewardBudget.objects.update(total=budget.total)
    reward.refresh_from_db()
    assert (Payment.objects.count(), rewarded(), reward.recovered) == (2, 380, 120)  # nothing was changed
    made = give_back(**given)
    assert (made.kind, made.amount, reward.recovered, reward.to_return, rewarded()) == (
        "return",
        70,
        50,
        0,
        450,
    )
    assert RewardBudget.objects.get().allocated == 450
    assert BudgetEntry.objects.latest("pk").kind == "allocated"
    assert (
        Event.objects.filter(verb="reward.given_back", target_id=reward.pk).get().params["amount"] == "70.00"
    )
    with pytest.raises(WrongState):
        give_back(**(given | {"voucher": "退2"}))
    with pytest.raises(AlreadyDone):  # the code pays nothing else
        pay_against_code(code=code, voucher="付9", paid_on=local_date(now), by=cashier, at=now)


def test_a_reporter_who_lost_the_used_code_is_given_back_against_a_new_one(
    shrunk, insurance_handler, insurance_report_officer, cashier, now
):
    reward, old = shrunk
    issue = {"reward": reward, "by": insurance_report_officer, "at": now}
    with pytest.raises(WrongState):  # paid, and nothing to be given back: no code is good for anything
        issue_code(**issue)
    assert not rules.can_issue_code(insurance_report_officer, reward)
    verify(reward.report, "9000", by=insurance_handler, at=now)
    reward.refresh_from_db()
    assert rules.can_issue_code(insurance_report_officer, reward)
    assert not rules.can_issue_code(cashier, reward)  # who gives the money back never makes the code
    new = issue_code(**issue)
    assert Event.objects.filter(verb="reward.code_issued", target_id=reward.pk).latest("pk").params["again"]
    assert (reward.status, reward.code_issued_by, reward.to_return) == ("paid", insurance_report_officer, 70)
    with pytest.raises(AlreadyDone) as no:  # no payment of its own; the payer is told where it belongs
        pay_against_code(code=new, voucher="付9", paid_on=local_date(now), by=cashier, at=now)
    assert "应退还" in str(no.value) and "70.00" in str(no.value) and no.value.record
    given = {"reward": reward, "amount": Decimal("70"), "voucher": "退1", "paid_on": local_date(now),
             "remark": "复核后恢复", "by": cashier, "at": now}  # fmt: skip
    with pytest.raises(BadInput) as no:
        give_back(code=old, **given)
    assert (no.value.field, no.value.record) == ("code", True)
    with pytest.raises(BadInput):  # the old one is nobody's any more
        pay_against_code(code=old, voucher="付9", paid_on=local_date(now), by=cashier, at=now)
    reward.refresh_from_db()
    assert (Payment.objects.count(), rewarded()) == (2, 380)
    give_back(code=new, **given)
    assert (reward.to_return, reward.recovered, rewarded()) == (0, 50, 450)
    with pytest.raises(WrongState):
        issue_code(**issue)


def test_where_the_bank_paid_no_code_is_asked(decided, insurance_handler, cashier, now):
    reward = make_reward(decided, at=now, by=insurance_handler, status="funded")
    file = request_bank_file(rewards=[reward], by=cashier, at=now)
    BankFile.objects.update(status="made", made_at=now, file="a.zip", sha256="0" * 64)
    close_bank_file(file=file, voucher="行1", paid_on=local_date(now), by=cashier, at=now)
    entry = MoneyEntry.objects.get(clue_id=reward.report_id, kind=MoneyKind.VERIFIED)
    reverse_entry(entry=entry, remark="复议撤销", by=insurance_handler, at=now)
    reward.refresh_from_db()
    given = {"reward": reward, "paid_on": local_date(now), "remark": "x", "by": cashier, "at": now}
    recover(amount=Decimal("500") - Decimal("0.01"), voucher="追1", **given)
    verify(reward.report, "10000", by=insurance_handler, at=now)
    reward.refresh_from_db()
    assert reward.to_return == Decimal("499.99")
    with pytest.raises(WrongState):  # so none is made
        issue_code(reward=reward, by=reward.proposed_by, at=now)
    give_back(amount=Decimal("499.99"), code="", voucher="退1", **given)
    assert (reward.recovered, reward.to_return, rewarded()) == (0, 0, 500)


def test_the_page_says_what_is_owed_and_takes_it(
    shrunk, insurance_handler, insurance_report_officer, cashier, sign_in, time_machine_at, now  # noqa: F811
):  # fmt: skip
    reward, code = shrunk
    client = sign_in(cashier)
    assert client.get(url("give_back", reward)).status_code == 403
    verify(reward.report, "9000", by=insurance_handler, at=now)
    page = client.get(reward.get_absolute_url()).content.decode()
    assert "应退还 70.00" in page and url("give_back", reward) in page
    assert client.get(url("code", reward)).status_code == 403
    sign_in(insurance_report_officer)
    page = client.get(reward.get_absolute_url()).content.decode()
    assert f'class="btn btn-danger-line" href="{url("code", reward)}"' in page and "补发领取码" in page
    shown = send(client, url("code", reward))
    assert (shown.status_code, shown["Cache-Control"]) == (200, "no-store")
    new = "".join(re.search(r"<b>([0-9 ]{19})</b>", shown.content.decode())[1].split())
    sign_in(cashier)
    given = {"amount": "70.00", "voucher": "退1", "paid_on": "2026-11-16", "remark": "复核后恢复"}
    for wrong in ("1", code):
        answer = send(client, url("give_back", reward), code=wrong, **given)
        assert answer.status_code == 200 and "领取码" in str(answer.context["form"].errors["code"])
    assert send(client, url("give_back", reward), code=new, **given).status_code == 302
    page = client.get(reward.get_absolute_url()).content.decode()
    assert "应退还" not in page and "退1" in page
    sign_in(insurance_report_officer)
    assert client.get(url("give_back", reward)).status_code == 403
    assert client.get(url("code", reward)).status_code == 403
    assert User.objects.acting_for(cashier.department, Role.FINANCE).exists()


def test_the_finance_clerk_is_told_and_shown_what_is_to_be_recovered(
    decided, insurance_handler, insurance_report_officer, insurance_section_head, cashier, now
):
    reward, _code = paid_reward(decided, insurance_handler, cashier, now)
    told = Notification.objects.filter(verb="reward.to_recover", target_id=reward.pk)
    assert not told.exists() and not workbench.to_do(cashier).exists()
    entry = MoneyEntry.objects.get(clue_id=reward.report_id, kind=MoneyKind.VERIFIED)
    reverse_entry(entry=entry, remark="复议撤销", by=insurance_handler, at=now)
    assert set(told.values_list("recipient_id", "tone")) == {
        (insurance_report_officer.pk, "r"),
        (cashier.pk, "r"),
    }
    assert [row.phrase for row in workbench.todo_rows(cashier, 9)] == [f"追回多付奖励：{reward.number}"]
    for other in (insurance_report_officer, insurance_section_head):
        assert not workbench.to_do(other).exists()


def test_what_the_bank_paid_too_much_is_told_once_it_is_paid(decided, insurance_handler, cashier, now):
    reward = make_reward(decided, at=now, by=insurance_handler, status="funded")
    file = request_bank_file(rewards=[reward], by=cashier, at=now)
    BankFile.objects.update(status="made", made_at=now, file="a.zip", sha256="0" * 64)
    entry = MoneyEntry.objects.get(clue_id=reward.report_id, kind=MoneyKind.VERIFIED)
    reverse_entry(entry=entry, remark="复议撤销", by=insurance_handler, at=now)
    told = Notification.objects.filter(verb="reward.to_recover", target_id=reward.pk)
    assert not told.exists()  # the bank has it: nothing to recover yet
    assert not workbench.to_do(cashier).exists()
    close_bank_file(file=file, voucher="行1", paid_on=local_date(now), by=cashier, at=now)
    assert set(told.values_list("department_id", flat=True)) == {reward.department_id, cashier.department.pk}
    assert Event.objects.get(verb="reward.to_recover", target_id=reward.pk).params["back"] == "500.00"
    assert workbench.to_do(cashier).get() == reward


@pytest.mark.parametrize("number", [1, 3])
def test_what_finance_owes_and_is_owed_costs_the_workbench_the_same(
    number, decided, insurance_handler, cashier, now, django_assert_num_queries
):
    for place in range(number):
        for back in (None, Decimal("120")):
            reward = make_reward(decided, at=now, by=insurance_handler, status="paid")
            entry = MoneyEntry.objects.get(clue_id=reward.report_id, kind=MoneyKind.VERIFIED)
            reverse_entry(entry=entry, remark="复议撤销", by=insurance_handler, at=now)
            if back:
                reward.refresh_from_db()
                given = {"paid_on": local_date(now), "remark": "追回", "by": cashier, "at": now}
                recover(reward=reward, amount=back, voucher=f"追{place}", **given)
                verify(reward.report, "10000", by=insurance_handler, at=now)
    assert (
        cashier.department and rules.is_payer(cashier) and cashier.region
    )  # the post is read once a request
    with django_assert_num_queries(QUERIES):
        rows = workbench.todo_rows(cashier, 50)
    assert sorted(row.phrase[:2] for row in rows) == ["追回"] * number + ["退还"] * number


@pytest.mark.parametrize("walk", range(12))
def test_whatever_happens_the_sums_owed_are_those_of_the_payments(
    decided, insurance_handler, cashier, now, walk
):
    """A walk of the dice: amounts are verified and reversed, parts recovered and given back. After each step both sums
    are what a count of the payments against long division says, and ledger, budget and reward agree."""
    dice = random.Random(SEED * 100 + walk)
    reward, code = paid_reward(decided, insurance_handler, cashier, now)
    met = set()
    for step in range(24):
        given = {
            "reward": reward,
            "voucher": f"步{step}",
            "paid_on": local_date(now),
            "remark": "x",
            "by": cashier,
            "at": now,
        }
        live = MoneyEntry.objects.filter(
            clue_id=reward.report_id, kind=MoneyKind.VERIFIED, reverses=None, reversal=None
        )
        doing = dice.choice(("verify", "reverse", "recover", "give back", "recover", "give back"))
        if doing == "verify":
            verify(reward.report, Decimal(dice.randrange(1, 1_200_000)) / 100, by=insurance_handler, at=now)
        elif doing == "reverse" and live.exists():
            reverse_entry(entry=dice.choice(list(live)), remark="x", by=insurance_handler, at=now)
        elif doing == "recover" and reward.to_recover:
            part = Decimal(dice.randint(1, fen(reward.to_recover))) / 100
            recover(amount=min(part, reward.amount - reward.recovered - Decimal("0.01")) or part, **given)
        elif doing == "give back" and reward.to_return:
            give_back(amount=Decimal(dice.randint(1, fen(reward.to_return))) / 100, code=code, **given)
        reward.refresh_from_db()
        net = sum(
            fen(amount) if amount > 0 else -fen(-amount)
            for amount in reward.payments.values_list("amount", flat=True)
        )
        if not net:
            break
        verified = sum(fen(amount) for amount in live.values_list("amount", flat=True))
        due = independent(verified, 500, 20_000, None, None, [1])[1][0] if verified else 0
        assert fen(reward.to_recover) == max(net - due, 0)
        assert fen(reward.to_return) == max(min(due, 50_000) - net, 0)
        assert (
            fen(reward.amount - reward.recovered)
            == fen(rewarded())
            == fen(RewardBudget.objects.get().allocated)
            == net
        )
        assert Reward.objects.exclude(status="void").get() == reward
        met.add(doing)
    assert met
