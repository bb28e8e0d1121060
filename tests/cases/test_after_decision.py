"""What follows a decision: service, payment, urging, enforcement, review and lawsuit, and what a changed one changes."""

import datetime as dt
from decimal import Decimal

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from cases import rules_after
from cases.actions.money import enter_money, reverse_entry
from cases.actions.progress import begin_work, close_case, decide_case
from cases.actions.strands import after_decision as after
from cases.actions.strands import decide_strand, perform, redo
from cases.enums import Disposition, MoneyKind
from cases.models import AfterStep, MoneyEntry
from cases.views.after import verbs_for
from core.dates import local_date
from core.refusals import AlreadyDone, BadInput, WrongState
from deadlines.calendar import Calendar
from deadlines.models import Deadline
from journal.models import Event
from rewards.models import Reward
from sanctions.actions.standing import suspend_sanction
from sanctions.models import Sanction
from tests.casetabs import tab_url
from tests.factories.rewards_money import decide, make_reward, report_row, verify
from tests.factories.sanctions import in_force

DAY = dt.timedelta(days=1)


@pytest.fixture
def decided(case, now):
    """The owner's strand, decided as a penalty: a fine of 2 000 yuan is in the ledger."""
    begin_work(case=case, by=case.handler, at=now)
    strand = decide(case, at=now, disposition=Disposition.PENALTY)
    enter_money(
        case=case, kind="fined", amount="2000", happened_on=local_date(now), strand=strand, by=case.handler, at=now
    )
    return strand


@pytest.fixture
def by(insurance_handler):
    return insurance_handler


@pytest.fixture
def served(decided, by, now):
    after.serve(strand=decided, on=local_date(now), body="直接送达法定代表人", by=by, at=now)
    return decided


def running(strand):
    open_ = Deadline.objects.open().filter(target_kind="strand", target_id=strand.pk)
    return sorted(open_.values_list("rule_code", flat=True))


def total(strand, kind):
    return sum(MoneyEntry.objects.filter(strand=strand, kind=kind).values_list("amount", flat=True))


# -- service, payment -------------------------------------------------------------------------------------------
def test_a_penalty_is_to_be_served_within_seven_working_days(decided, by, now):
    assert running(decided) == ["service"]
    step = after.serve(strand=decided, on=local_date(now), body=" 直接送达 ", number="送1号", by=by, at=now)
    assert (step.kind, step.body, running(decided)) == ("served", "直接送达", ["enforcement"])
    assert Event.objects.filter(verb="after.served", target_id=step.pk).exists()
    with pytest.raises(AlreadyDone):
        after.serve(strand=decided, on=local_date(now), body="再送", by=by, at=now)


def test_an_agreement_is_not_served_by_a_clock(case, now):
    assert running(decide(case, at=now)) == []


def test_service_wants_how_and_a_day_that_is_not_ahead_nor_before_the_filing(decided, by, now):
    today = local_date(now)
    for on, body, field in (
        (today, " ", "body"), (today + DAY, "直接", "on"), (decided.filed_on - DAY, "直接", "on"),
        (today - DAY, "直接", "on"),
    ):  # fmt: skip
        with pytest.raises(BadInput) as refused:
            after.serve(strand=decided, on=on, body=body, by=by, at=now)
        assert refused.value.field == field
    assert not AfterStep.objects.exists()


def test_nothing_follows_before_the_service_nor_without_a_decision(decided, by, now):
    today = local_date(now)
    for act, given in (
        (after.pay, {"amount": "1", "on": today}),
        (after.allow_instalment, {"amount": "1", "due_on": today}),
        (after.urge, {"on": today, "number": "催1号"}),
        (after.apply_enforcement, {"on": today, "body": "县人民法院"}),
        (after.contest, {"kind": "review", "on": today, "body": "县人民政府"}),
    ):
        with pytest.raises(WrongState):
            act(strand=decided, by=by, at=now, **given)
    type(decided).objects.filter(pk=decided.pk).update(status="investigating")
    with pytest.raises(WrongState):
        after.serve(strand=decided, on=today, body="直接", by=by, at=now)


def test_a_payment_is_an_entry_of_the_ledger_too(served, by, now):
    step = after.pay(strand=served, amount="500.50", on=local_date(now), number="收据1", by=by, at=now)
    entry = MoneyEntry.objects.get(kind="fine_paid")
    said = (step.amount, entry.amount, entry.strand, entry.document)
    assert said == (Decimal("500.50"), Decimal("500.50"), served, "收据1")
    with pytest.raises(BadInput):
        after.pay(strand=served, amount="0", on=local_date(now), by=by, at=now)


def state_on(strand, day):
    strand.refresh_from_db()
    return rules_after.after(strand, strand.after_steps.all(), strand.case.money.all(), day)


def test_an_instalment_has_its_own_last_day_and_the_rest_keeps_the_fifteen_days(served, by, now):
    last = local_date(now) + 40 * DAY
    after.allow_instalment(strand=served, amount="1000", due_on=last, number="缓1号", by=by, at=now)
    with pytest.raises(BadInput):
        after.allow_instalment(strand=served, amount="1000", due_on=local_date(now) - DAY, by=by, at=now)
    state = state_on(served, local_date(now) + 16 * DAY)  # the other thousand was due the day before
    assert (state.pay_by, state.owed, state.surcharge) == (last, Decimal("2000"), Decimal("30.00"))
    assert state_on(served, last + DAY).surcharge == 26 * 30 + 30


def test_what_was_put_off_again_counts_from_the_later_day(served, by, now):
    for days in (40, 60):
        after.allow_instalment(
            strand=served, amount="2000", due_on=local_date(now) + days * DAY, number="缓1号", by=by, at=now
        )
    assert state_on(served, local_date(now) + 60 * DAY).surcharge == 0
    assert state_on(served, local_date(now) + 61 * DAY).surcharge == 60


DUE = dt.date(2026, 11, 16)


@pytest.mark.parametrize(
    ("paid", "stopped", "days", "said"),
    [
        ((), (), 0, "0.00"),
        ((), (), 1, "300.00"),
        ((), (), 33, "9900.00"),
        ((), (), 400, "10000.00"),  # never more than the fine itself
        (((20, 9000),), (), 21, "6030.00"),  # day by day on what was owed
        (((20, 10000),), (), 90, "6000.00"),  # what was counted does not go away with the payment
        (((0, 10000),), (), 90, "0.00"),
        (((-3, 12000),), (), 90, "0.00"),
        ((), ((5, 9),), 10, "1500.00"),  # 处罚法 73: not during review or lawsuit, both days included
        ((), ((5, None),), 90, "1200.00"),
        ((), ((2, 6), (4, 8)), 9, "600.00"),
    ],
)
def test_three_percent_a_day_on_what_is_owed_never_more_than_the_fine(paid, stopped, days, said):
    payments = [(DUE + on * DAY, Decimal(amount)) for on, amount in paid]
    stops = [(DUE + a * DAY, dt.date.max if b is None else DUE + b * DAY) for a, b in stopped]
    assert rules_after.surcharge([(DUE, Decimal(10000))], payments, stops, DUE + days * DAY) == Decimal(said)


def test_no_surcharge_is_counted_while_a_review_runs(served, by, now):
    later = now + 18 * DAY  # due on 12-01, asked on 12-04: three days less the day itself
    step = contest(served, by, later)
    assert state_on(served, local_date(later) + 30 * DAY).surcharge == 2 * 60
    settle(step, by, later + 10 * DAY, "upheld")
    assert state_on(served, local_date(later) + 11 * DAY).surcharge == 3 * 60


def test_a_reversed_payment_was_none_and_a_strand_that_ended_owes_no_more_by_the_day(served, by, now):
    after.pay(strand=served, amount="2000", on=local_date(now), number="收据1", by=by, at=now)
    assert state_on(served, local_date(now) + 16 * DAY).surcharge == 0
    reverse_entry(entry=MoneyEntry.objects.get(kind="fine_paid"), remark="误登", by=by, at=now)
    assert (state_on(served, local_date(now) + 16 * DAY).surcharge, state_on(served, DUE).paid) == (60, 0)
    perform(strand=served, remark="已缴清", by=by, at=now + 17 * DAY)
    assert state_on(served, local_date(now) + 90 * DAY).surcharge == 120


def test_the_state_says_the_last_days_and_moves_them_to_a_working_day(served, by, now):
    state = state_on(served, dt.date(2026, 12, 2))
    assert (state.pay_by, state.review_by, state.sue_by) == (
        dt.date(2026, 12, 1), dt.date(2027, 1, 15), dt.date(2027, 5, 17),  # 05-16 is a Sunday
    )  # fmt: skip
    assert (state.fined, state.paid, state.surcharge) == (Decimal(2000), Decimal(0), Decimal("60.00"))
    nothing = rules_after.after(served, [], [], dt.date(2026, 12, 2))
    assert (nothing.pay_by, nothing.served, nothing.contested, nothing.owed) == (None, None, None, Decimal(0))


def test_after_a_review_the_party_has_fifteen_days_and_after_a_lawsuit_none(served, by, now):
    later = now + 30 * DAY
    settle(contest(served, by, later), by, later, "upheld")  # 2026-12-16: fifteen days later is New Year's Eve
    assert state_on(served, local_date(later)).sue_by == dt.date(2026, 12, 31)
    settle(contest(served, by, later, "lawsuit"), by, later + 9 * DAY, "upheld")
    state = state_on(served, local_date(later))
    assert (state.sue_by, state.final_on) == (None, local_date(later) + 9 * DAY)


def test_a_withdrawn_review_leaves_the_six_months(served, by, now):
    settle(contest(served, by, now), by, now, "withdrawn")
    assert state_on(served, local_date(now)).sue_by == dt.date(2027, 5, 17)


# -- urging, enforcement ----------------------------------------------------------------------------------------
def test_the_court_is_asked_ten_working_days_after_urging(served, by, now):
    with pytest.raises(BadInput):
        after.urge(strand=served, on=local_date(now), number=" ", by=by, at=now)
    urged = now + 185 * DAY  # after the six months
    after.urge(strand=served, on=local_date(urged), number="催1号", by=by, at=urged)
    assert running(served) == ["enforcement"]  # the ten days are the party's
    with pytest.raises(AlreadyDone):
        after.urge(strand=served, on=local_date(urged), number="催2号", by=by, at=urged)
    for on, body in ((local_date(urged), "县人民法院"), (local_date(urged), " ")):
        with pytest.raises(BadInput):
            after.apply_enforcement(strand=served, on=on, body=body, by=by, at=urged)
    later = urged + 20 * DAY
    after.apply_enforcement(strand=served, on=local_date(later), body="青禾县人民法院", by=by, at=later)
    assert running(served) == []
    done = Deadline.objects.get(rule_code="enforcement", target_id=served.pk)
    assert (done.status, done.late) == ("met", False)
    assert not Deadline.objects.filter(target_kind="strand", target_id=served.pk, late=True).exists()


def enforce_by(strand):
    return Deadline.objects.open().get(rule_code="enforcement", target_id=strand.pk).due_on


def test_the_three_months_run_from_the_time_to_sue_whenever_one_urges(served, by, now):
    # the calendar of 2027 is not published: no day of it is moved, so that the clock is never later than the law
    assert enforce_by(served) == dt.date(2027, 8, 16)
    later = now + 190 * DAY
    after.urge(strand=served, on=local_date(later), number="催1号", by=by, at=later)
    assert enforce_by(served) == dt.date(2027, 8, 16)
    perform(strand=served, remark="已缴清", by=by, at=later)
    assert running(served) == []


def test_in_a_published_year_the_last_day_moves_behind_a_holiday(case):
    calendar = Calendar.fresh()
    assert rules_after.enforce_until(dt.date(2026, 1, 1), [], calendar) == dt.date(2026, 10, 8)  # 10-01 to 10-07 are off


def test_the_court_is_not_asked_within_the_time_to_sue_nor_during_a_review(served, by, now):
    after.urge(strand=served, on=local_date(now), number="催1号", by=by, at=now)
    later = now + 30 * DAY
    with pytest.raises(BadInput) as refused:
        after.apply_enforcement(strand=served, on=local_date(later), body="县人民法院", by=by, at=later)
    assert refused.value.field == "on"
    step = contest(served, by, later)
    assert running(served) == []
    far = now + 200 * DAY
    with pytest.raises(WrongState):
        after.apply_enforcement(strand=served, on=local_date(far), body="县人民法院", by=by, at=far)
    settle(step, by, later, "upheld")
    assert enforce_by(served) == dt.date(2027, 3, 31)  # three months from the fifteen days after the review
    after.apply_enforcement(strand=served, on=local_date(later) + 16 * DAY, body="县人民法院", by=by, at=far)
    assert not Deadline.objects.get(rule_code="enforcement", target_id=served.pk, status="met").late
    settle(contest(served, by, far, "lawsuit"), by, far, "upheld")
    assert running(served) == []  # the court was asked already


def test_a_service_written_down_later_counts_by_its_own_day(decided, by, now):
    after.serve(strand=decided, on=local_date(now) + 3 * DAY, body="直接送达", by=by, at=now + 30 * DAY)
    clock = Deadline.objects.get(rule_code="service", target_id=decided.pk)
    assert (clock.status, clock.late) == ("met", False)


def test_a_decision_that_is_no_penalty_starts_no_application(case, by, now):
    begin_work(case=case, by=case.handler, at=now)
    strand = decide(case, at=now)
    after.serve(strand=strand, on=local_date(now), body="直接送达", by=by, at=now)
    assert running(strand) == []


# -- decided again ------------------------------------------------------------------------------------------------
def decide_anew(strand, by, at):
    return decide_strand(
        strand=strand, disposition=Disposition.PENALTY, basis="条例第三十八条", findings="重新查明", known=True,
        decision_number="罚2号", by=by, at=at,
    )  # fmt: skip


def test_the_steps_of_a_decision_that_was_taken_up_again_bind_the_next_one_to_nothing(served, by, now):
    lawsuit = contest(served, by, now, "lawsuit")
    after.allow_instalment(strand=served, amount="2000", due_on=local_date(now) + 90 * DAY, by=by, at=now)
    redo(strand=served, reason="事实不清", by=by, at=now + 20 * DAY)
    again = now + 40 * DAY
    decide_anew(served, by, again)
    enter_money(
        case=served.case, kind="fined", amount="2000", happened_on=local_date(again), strand=served, by=by, at=again
    )
    assert running(served) == ["service"]
    state = state_on(served, local_date(again))
    assert (state.served, state.contested, state.pay_by, state.surcharge) == (None, None, None, 0)
    assert [code for code, _label in verbs_for(by, served, state)] == ["serve"]
    with pytest.raises(WrongState):
        after.pay(strand=served, amount="1", on=local_date(again), by=by, at=again)
    after.serve(strand=served, on=local_date(again), body="直接送达", by=by, at=again)
    assert running(served) == ["enforcement"]
    assert state_on(served, local_date(again)).pay_by == dt.date(2027, 1, 11)  # 01-10 is a Sunday
    contest(served, by, again, "lawsuit")  # the old one is no hindrance
    settle(lawsuit, by, again, "revoked", number="判1号")  # and its outcome touches neither the decision nor its fine
    served.refresh_from_db()
    assert (served.status, total(served, "fined"), served.round) == ("decided", 2000, 2)
    with pytest.raises(IntegrityError), transaction.atomic():
        AfterStep.objects.create(
            case=served.case, strand=served, department=served.department, kind="served", round=2, on=local_date(again),
            by=by, at=again,
        )  # fmt: skip


def test_the_fine_of_a_decision_that_was_taken_up_again_is_reversed_and_what_was_paid_counts_towards_the_next(
    served, by, now
):
    after.pay(strand=served, amount="600", on=local_date(now), by=by, at=now)
    enter_money(case=served.case, kind="verified", amount="70", happened_on=local_date(now), strand=served, by=by, at=now)
    own = enter_money(case=served.case, kind="fined", amount="5", happened_on=local_date(now), by=by, at=now)
    redo(strand=served, reason="程序不当", by=by, at=now + DAY)
    assert (total(served, "fined"), total(served, "fine_paid"), total(served, "verified")) == (0, 600, 70)
    said = MoneyEntry.objects.get(reverses=own)
    assert (said.amount, said.remark) == (Decimal(-5), "决定已重新处理，原罚款不再有效。")  # entered without a strand
    again = now + 2 * DAY
    decide_anew(served, by, again)
    enter_money(
        case=served.case, kind="fined", amount="1500", happened_on=local_date(again), strand=served, by=by, at=again
    )
    after.serve(strand=served, on=local_date(again), body="直接送达", by=by, at=again)
    state = state_on(served, local_date(again))
    assert (state.fined, state.paid, state.owed) == (1500, 600, 900)


def test_the_outcome_of_an_old_lawsuit_is_recorded_while_the_case_is_worked_again(served, by, now):
    lawsuit = contest(served, by, now, "lawsuit")
    redo(strand=served, reason="事实不清", by=by, at=now)
    settle(lawsuit, by, now, "changed", number="判1号")
    served.refresh_from_db()
    assert (served.status, AfterStep.objects.get(kind="outcome").round) == ("investigating", 1)


# -- review and lawsuit -----------------------------------------------------------------------------------------
def contest(strand, by, now, kind="review"):
    return after.contest(strand=strand, kind=kind, on=local_date(now), body="青禾县人民政府", by=by, at=now)


def settle(step, by, now, outcome, **more):
    return after.settle(step=step, outcome=outcome, on=local_date(now), by=by, at=now, **more)


def test_a_review_is_asked_for_once_at_a_time(served, by, now):
    for given in ({"kind": "paid", "body": "x"}, {"kind": "review", "body": " "}):
        with pytest.raises(BadInput):
            after.contest(strand=served, on=local_date(now), by=by, at=now, **given)
    with pytest.raises(BadInput) as refused:
        after.contest(strand=served, on=served.filed_on - DAY, kind="review", body="县人民政府", by=by, at=now)
    assert refused.value.field == "on"
    step = contest(served, by, now)
    with pytest.raises(AlreadyDone):
        contest(served, by, now)
    assert state_on(served, local_date(now)).contested == step
    settle(step, by, now, "upheld")
    assert total(served, "fined") == 2000
    with pytest.raises(AlreadyDone):
        settle(step, by, now, "revoked", number="1")
    assert contest(served, by, now).pk != step.pk


def test_a_changed_fine_is_reversed_and_entered_anew(served, by, now):
    step = contest(served, by, now)
    for given in ({"number": "复1号"}, {"fined": Decimal(500)}):
        with pytest.raises(BadInput):
            settle(step, by, now, "changed", **given)
    settle(step, by, now, "changed", number="复1号", fined=Decimal("500.00"))
    served.refresh_from_db()
    assert (served.status, total(served, "fined")) == ("decided", Decimal(500))
    assert list(MoneyEntry.objects.filter(kind="fined").order_by("id").values_list("amount", "document")) == [
        (Decimal(2000), ""), (Decimal(-2000), ""), (Decimal(500), "复1号"),
    ]  # fmt: skip


def test_no_fine_any_more_is_only_reversed(served, by, now):
    settle(contest(served, by, now, "lawsuit"), by, now, "changed", number="判1号", fined=Decimal(0))
    assert total(served, "fined") == 0


def test_found_unlawful_leaves_everything_standing(served, by, now):
    settle(contest(served, by, now, "lawsuit"), by, now, "unlawful")
    served.refresh_from_db()
    assert (served.status, total(served, "fined")) == ("decided", 2000)


def test_an_unpaid_reward_is_computed_anew_from_the_changed_amount(case, by, now):
    reward = make_reward(case, at=now, by=by)
    strand = decide(case, at=now, disposition=Disposition.PENALTY)
    verified = MoneyEntry.objects.get(case=case, kind=MoneyKind.VERIFIED)
    before = reward.amount
    after.serve(strand=strand, on=local_date(now), body="直接送达", by=by, at=now)
    half = verified.amount / 2
    settle(contest(strand, by, now), by, now, "changed", number="复1号", verified=half)
    entry = MoneyEntry.objects.get(kind="verified", amount=half)
    assert (entry.clue_kind, entry.clue_id, entry.strand) == (verified.clue_kind, verified.clue_id, strand)
    states = Reward.objects.filter(report=reward.report).order_by("pk").values_list("status", "amount")
    assert list(states) == [("void", before), ("computed", before / 2)]


def test_amounts_of_several_reports_are_put_right_in_the_ledger(case, served, by, now):
    for _report in range(2):
        verify(report_row(case, at=now), "100", by=by, at=now)
    with pytest.raises(BadInput):
        settle(contest(served, by, now), by, now, "changed", number="复1号", verified=Decimal(50))
    assert MoneyEntry.objects.filter(kind="verified").count() == 2 and not AfterStep.objects.filter(kind="outcome").exists()


@pytest.mark.parametrize("performed", [False, True])
def test_a_revoked_decision_is_taken_up_again_even_when_it_was_performed(case, served, by, now, performed):
    if performed:
        decide_case(case=case, by=by, at=now)
        perform(strand=served, remark="已缴清", by=by, at=now)
    settle(contest(served, by, now), by, now, "revoked", number="复1号")
    served.refresh_from_db()
    case.refresh_from_db()
    assert (served.status, served.ended_at, running(served)) == ("investigating", None, ["case_90"])
    assert total(served, "fined") == 0
    assert case.status == "working"


def test_a_sanction_resting_on_a_revoked_decision_does_not_count_meanwhile(insurance, by, now):
    sanction = in_force(insurance, at=now)
    strand = sanction.strand
    after.serve(strand=strand, on=local_date(now), body="直接送达", by=by, at=now)
    settle(contest(strand, by, now), by, now, "revoked", number="复1号")
    assert Sanction.objects.get(pk=sanction.pk).suspended_at == now


def test_a_changed_amount_leaves_what_rests_on_the_decision_alone(insurance, insurance_head, by, now):
    sanction = in_force(insurance, at=now)
    strand, later = sanction.strand, now + 30 * DAY
    after.serve(strand=strand, on=local_date(now), body="直接送达", by=by, at=now)
    suspend_sanction(sanction=sanction, reason="当事人起诉", by=insurance_head, at=now)
    before = (sanction.decided_on, sanction.decision_number, now)
    settle(contest(strand, by, later), by, later, "changed", number="复1号", fined=Decimal(300))
    sanction = Sanction.objects.get(pk=sanction.pk)
    assert (sanction.decided_on, sanction.decision_number, sanction.suspended_at) == before


def test_a_closed_case_is_reopened_first(case, served, insurance_head, by, now):
    step = contest(served, by, now)
    decide_case(case=case, by=by, at=now)
    perform(strand=served, remark="已缴清", by=by, at=now)
    close_case(case=case, reason="办结", by=insurance_head, at=now)
    step = AfterStep.objects.select_related("strand__case").get(pk=step.pk)
    with pytest.raises(WrongState):
        settle(step, by, now, "revoked", number="复1号")


def test_a_step_is_never_changed_nor_deleted(served):
    step = served.after_steps.get()
    for statement in ("UPDATE cases_afterstep SET remark = 'x' WHERE id = %s", "DELETE FROM cases_afterstep WHERE id = %s"):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, [step.pk])


# -- who, and the pages -----------------------------------------------------------------------------------------
def send(client, url, **given):
    form = client.get(url).context["form"]
    return client.post(url, {"form_key": form["form_key"].value(), **given})


def test_the_tab_leads_through_the_steps(case, decided, as_user, by, insurance_deputy_head, now):
    with time_machine.travel(now + dt.timedelta(hours=1), tick=False):
        client, day = as_user(by), local_date(now).isoformat()
        assert "登记送达" in client.get(tab_url(case.pk, "after")).content.decode()
        answer = send(client, reverse("cases:after", args=[decided.pk, "serve"]), on=day, body="直接送达")
        assert answer.url == tab_url(case.pk, "after") + "#after"
        send(client, reverse("cases:after", args=[decided.pk, "pay"]), on=day, amount="100")
        send(client, reverse("cases:after", args=[decided.pk, "contest"]), kind="review", on=day, body="县人民政府")
        assert client.get(reverse("cases:after", args=[decided.pk, "nothing"])).status_code == 404
        step = AfterStep.objects.get(kind="review")
        assert client.get(reverse("cases:settle", args=[step.pk])).status_code == 403
        page = client.get(tab_url(case.pk, "after")).content.decode()
        assert "1,900.00" in page and "登记送达" not in page
        deputy = as_user(insurance_deputy_head)
        send(deputy, reverse("cases:settle", args=[step.pk]), outcome="changed", on=day, number="复1号", fined="300")
        assert total(decided, "fined") == 300
        assert deputy.get(reverse("cases:settle", args=[AfterStep.objects.get(kind="paid").pk])).status_code == 403


def test_only_the_strands_own_people_record_what_follows(served, health_handler, insurance_handler, insurance_registrar):
    served.case.refresh_from_db()
    assert rules_after.can_follow_up(insurance_handler, served)
    assert not rules_after.can_follow_up(insurance_registrar, served)
    assert not rules_after.can_follow_up(health_handler, served)
    served.case.status = "closed"
    assert not rules_after.can_follow_up(insurance_handler, served)
