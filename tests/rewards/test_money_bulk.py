"""The job: its rows equal the single action's, it may run anywhere and anytime, and nobody is paid twice."""

import random
import threading
import time
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from cases.actions.money import reverse_entry
from cases.models import MoneyEntry
from core.dates import local_date
from core.refusals import BadInput, Refused
from departments.enums import Role
from journal.models import Event
from rewards.actions.bulk_rewards import compute_rewards
from rewards.actions.claims import issue_code
from rewards.actions.computing import settle_report
from rewards.actions.papers_money import draft_paper, number_paper, sign_paper
from rewards.actions.payments import pay_against_code
from rewards.models import Eligibility, Payment, Report, Reward
from rewards.tasks import compute_rewards as task
from tests.cast import person
from tests.factories.rewards_money import ask, bring_reward, finance_of, make_reward, report_row, verify
from tests.rewards.test_money_computation import SEED, many_reports

COLUMNS = [
    field.attname
    for field in Reward._meta.concrete_fields
    if field.attname not in ("id", "created_at", "updated_at", "computed_at")
]


def rows():
    return sorted(Reward.objects.values_list(*COLUMNS), key=repr)


def events(since):
    found = Event.objects.filter(pk__gt=since, target_kind="reward")
    return sorted(
        (e.verb, e.actor_id, e.department_id, e.region_id, e.case_id, sorted(e.params.items())) for e in found
    )


def last_event():
    return Event.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def shake(reports, dice, by, at):
    """Answers change, amounts are reversed and added: by rows, so that nobody is told."""
    for report in dice.sample(reports, len(reports) // 2):
        if dice.random() < 0.4:
            entries = MoneyEntry.objects.filter(clue_id=report.pk)
            entry = entries.first()
            entry.pk, entry.amount = None, dice.choice((-entry.amount, entry.amount, Decimal("0.03")))
            entry.reverses_id = entries.first().pk if entry.amount < 0 else None
            entry.save(force_insert=True)
        else:
            asked = Eligibility.objects.filter(reporter__report=report)
            asked.update(known_before=dice.random() < 0.5, weight=dice.randint(1, 9))


def test_the_job_s_rows_and_events_equal_the_single_action_s(lead, now):
    """The same ledger, settled one report at a time and undone, then by the job: equal to the last column."""
    dice = random.Random(SEED)
    reports = many_reports(lead, now, number=60, dice=dice)
    for round_ in range(3):
        if round_:
            shake(reports, dice, lead.handler, now)
        before = last_event()
        point = transaction.savepoint()
        for report in Report.objects.order_by("pk").select_related("case", "region", "department"):
            settle_report(report=report, at=now)
        single, said = rows(), events(before)
        transaction.savepoint_rollback(point)
        before = last_event()
        compute_rewards(at=now)
        assert rows() == single
        assert events(before) == said
        assert said or round_


def test_what_somebody_acted_on_is_settled_by_the_single_action(decided, insurance_handler, now):
    """Proposed, approved, funded, paid and honoured rewards follow too, with notices and money given back."""
    states = ("proposed", "approved", "funded", "paid")
    held = {state: make_reward(decided, at=now, by=insurance_handler, status=state) for state in states}
    same = make_reward(decided, at=now, by=insurance_handler, status="approved")
    for reward in held.values():
        entry = MoneyEntry.objects.get(clue_id=reward.report_id, kind="verified")
        entry.pk, entry.reverses_id, entry.amount = None, entry.pk, -entry.amount
        entry.save(force_insert=True)  # behind the listener's back
    assert compute_rewards(at=now) == 4
    for state, reward in held.items():
        reward.refresh_from_db()
        assert reward.status == ("paid" if state == "paid" else "void")
    assert held["paid"].to_recover == 500
    same.refresh_from_db()
    assert same.status == "approved"
    assert compute_rewards(at=now) == 0


def test_it_runs_as_a_task_and_as_a_command(report, insurance_handler, now, capsys):
    ask(report, at=now)
    verify(report, "10000", by=insurance_handler, at=now)
    Reward.objects.update(amount=Decimal("1.00"))
    task()
    assert Reward.objects.get().amount == 500
    Reward.objects.update(amount=Decimal("1.00"))
    call_command("compute_rewards")
    assert Reward.objects.get().amount == 500
    assert capsys.readouterr().out == "1 rewards changed\n"


# -- on real connections --------------------------------------------------------------------------------------


def together(number, work):
    """Run work(place) in so many threads at once, each on its own connection; what each returned or refused."""
    gate, answers = threading.Barrier(number), [None] * number

    def run(place):
        try:
            gate.wait(30)
            answers[place] = work(place)
        except Refused as refusal:
            answers[place] = refusal
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    return answers


@pytest.mark.django_db(transaction=True)
def test_fifty_payers_and_twenty_rewards_make_twenty_payments(decided, county, insurance_handler, now):
    """Fifty persons of the finance department, each on a connection of their own, try every reward, each in an
    order of their own: only what the database says keeps them apart."""
    codes = [
        make_reward(decided, at=now, by=insurance_handler, status="funded", code=True)[1]
        for _reward in range(20)
    ]
    cashiers = [person(f"cz5{n:02d}", f"出纳{n}", finance_of(county), Role.FINANCE) for n in range(50)]
    assert len({cashier.pk for cashier in cashiers}) == 50
    backends = set()

    def work(place):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            backends.add(cursor.fetchone()[0])
        order = codes[:]
        random.Random(place).shuffle(order)
        paid = 0
        for number, code in enumerate(order):
            try:
                pay_against_code(
                    code=code,
                    voucher=f"付{place:02d}{number:02d}",
                    paid_on=local_date(now),
                    by=cashiers[place],
                    at=now,
                )
                paid += 1
            except Refused as refusal:
                assert "used already" in str(refusal) or "已" in str(refusal)
        return paid

    answers = together(50, work)
    assert len(backends) == 50
    assert sum(answers) == 20 == Payment.objects.count()
    made = list(Payment.objects.values_list("by", flat=True))
    assert sorted(cashiers[place].pk for place, paid in enumerate(answers) for _one in range(paid)) == sorted(
        made
    )
    assert len(set(made)) > 1  # more than one of them got through: they did run at once
    assert Payment.objects.values("reward").distinct().count() == 20
    assert set(Reward.objects.values_list("status", flat=True)) == {"paid"}
    assert sum(Payment.objects.values_list("amount", flat=True)) == 20 * 500


@pytest.mark.django_db(transaction=True)
def test_a_code_that_ends_while_it_is_being_paid_pays_nothing(
    decided, insurance_report_officer, insurance_handler, cashier, now
):
    """The payer has found the reward by the old code and waits for its lock while a new code is issued."""
    reward, old = make_reward(decided, at=now, by=insurance_handler, status="funded", code=True)
    given, answers = {"paid_on": local_date(now), "by": cashier, "at": now}, []

    def work():
        try:
            answers.append(pay_against_code(code=old, voucher="付1", **given))
        except Refused as refusal:
            answers.append(refusal)
        finally:
            connection.close()

    paying = threading.Thread(target=work)
    with transaction.atomic():
        new = issue_code(reward=reward, by=insurance_report_officer, at=now)
        paying.start()
        for _look in range(300):
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT count(*) FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))"
                )
                if cursor.fetchone()[0]:
                    break
            time.sleep(0.1)
        else:
            pytest.fail("the payer never came to the lock")
    paying.join(60)
    assert [type(answer) for answer in answers] == [BadInput] and answers[0].field == "code"
    assert not Payment.objects.exists()
    assert pay_against_code(code=new, voucher="付1", **given).amount == 500


@pytest.mark.django_db(transaction=True)
def test_four_workers_and_a_moving_ledger_leave_one_live_reward_each(lead, insurance_handler, finance, now):
    """Jobs run while entries are made and reversed: one live reward a reporter, and what the ledger says in the end."""
    reports = [ask(report_row(lead, at=now), at=now) for _report in range(12)]
    for report in reports:
        verify(report, "10000", by=insurance_handler, at=now)

    def work(place):
        if place < 4:
            return sum(compute_rewards(at=now) for _run in range(4))
        dice = random.Random(place)
        for _step in range(8):
            report = dice.choice(reports)
            entry = verify(report, "2000", by=insurance_handler, at=now)
            if dice.random() < 0.5:
                reverse_entry(entry=entry, remark="冲正", by=insurance_handler, at=now)
        return 0

    answers = together(8, work)
    assert not [answer for answer in answers if isinstance(answer, Refused)]
    assert compute_rewards(at=now) == 0  # nothing was left behind
    for report in reports:
        live = Reward.objects.exclude(status="void").get(report=report)
        verified = sum(MoneyEntry.objects.filter(clue_id=report.pk).values_list("amount", flat=True))
        assert (live.base, live.amount) == (verified, verified / 20)


def test_honoured_money_and_back(decided, insurance_report_officer, insurance_registrar, insurance_section_head,
                                 insurance_handler, now):  # fmt: skip
    """A certificate for less than 200 yuan; when more is verified, the reward is computed as money after all."""
    reward = make_reward(decided, at=now, by=insurance_handler, verified="3999.89", status="approved")
    assert (reward.honorary, reward.amount) == (True, 0)
    paper = draft_paper(reward=reward, kind="certificate", by=insurance_report_officer, at=now)
    sign_paper(paper=paper, by=insurance_section_head, at=now)
    number_paper(paper=paper, by=insurance_registrar, at=now)
    reward.refresh_from_db()
    assert (reward.status, paper.document.title) == ("honoured", "荣誉证书")
    verify(reward.report, "0.10", by=insurance_handler, at=now)  # 3999.99: 199.9995 is less than 200
    reward.refresh_from_db()
    assert reward.status == "honoured"
    verify(reward.report, "0.01", by=insurance_handler, at=now)  # 4000.00: exactly 200.00 pays
    reward.refresh_from_db()
    assert (reward.status, reward.amount, reward.honorary) == ("computed", 200, False)
    assert bring_reward(reward, "funded", at=now).status == "funded"
