"""What follows a decision: service, payment, urging, enforcement, review and lawsuit, and what a changed one changes."""

import datetime as dt
from decimal import Decimal

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from cases import rules_after
from cases.actions.money import enter_money
from cases.actions.progress import begin_work, close_case, decide_case
from cases.actions.strands import after_decision as after
from cases.actions.strands import perform
from cases.enums import Disposition, MoneyKind
from cases.models import AfterStep, MoneyEntry
from core.dates import local_date
from core.refusals import AlreadyDone, BadInput, WrongState
from deadlines.models import Deadline
from journal.models import Event
from rewards.models import Reward
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
    assert (step.kind, step.body, running(decided)) == ("served", "直接送达", [])
    assert Event.objects.filter(verb="after.served", target_id=step.pk).exists()
    with pytest.raises(AlreadyDone):
        after.serve(strand=decided, on=local_date(now), body="再送", by=by, at=now)


def test_an_agreement_is_not_served_by_a_clock(case, now):
    assert running(decide(case, at=now)) == []


def test_service_wants_how_and_a_day_that_is_not_ahead_nor_before_the_filing(decided, by, now):
    today = local_date(now)
    for on, body, field in ((today, " ", "body"), (today + DAY, "直接", "on"), (decided.filed_on - DAY, "直接", "on")):
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


def test_instalments_put_the_last_day_off(served, by, now):
    last = local_date(now) + 40 * DAY
    after.allow_instalment(strand=served, amount="1000", due_on=last, number="缓1号", by=by, at=now)
    with pytest.raises(BadInput):
        after.allow_instalment(strand=served, amount="1000", due_on=local_date(now) - DAY, by=by, at=now)
    state = rules_after.after(served.after_steps.all(), served.case.money.all(), last)  # the suspected amount among them
    assert (state.pay_by, state.owed, state.surcharge) == (last, Decimal("2000"), Decimal("0.00"))


@pytest.mark.parametrize(
    ("owed", "days", "said"),
    [("2000", 0, "0.00"), ("2000", 1, "60.00"), ("2000", 33, "1980.00"), ("2000", 34, "2000"), ("0", 9, "0.00")],
)
def test_three_percent_a_day_never_more_than_the_fine(owed, days, said):
    day = dt.date(2026, 11, 16)
    assert rules_after.surcharge(Decimal(owed), day, day + days * DAY) == Decimal(said)


def test_the_state_says_the_last_days(served, by, now):
    state = rules_after.after(served.after_steps.all(), served.money.all(), dt.date(2026, 12, 2))
    assert (state.pay_by, state.review_by, state.sue_by) == (
        dt.date(2026, 12, 1), dt.date(2027, 1, 15), dt.date(2027, 5, 16),
    )  # fmt: skip
    assert (state.fined, state.paid, state.surcharge) == (Decimal(2000), Decimal(0), Decimal("60.00"))
    nothing = rules_after.after([], [], dt.date(2026, 12, 2))
    assert (nothing.pay_by, nothing.served, nothing.contested, nothing.owed) == (None, None, None, Decimal(0))


# -- urging, enforcement ----------------------------------------------------------------------------------------
def test_the_court_is_asked_ten_working_days_after_urging(served, by, now):
    with pytest.raises(BadInput):
        after.urge(strand=served, on=local_date(now), number=" ", by=by, at=now)
    after.urge(strand=served, on=local_date(now), number="催1号", by=by, at=now)
    assert running(served) == ["urging"]
    with pytest.raises(AlreadyDone):
        after.urge(strand=served, on=local_date(now), number="催2号", by=by, at=now)
    for on, body in ((local_date(now), "县人民法院"), (local_date(now), " ")):
        with pytest.raises(BadInput):
            after.apply_enforcement(strand=served, on=on, body=body, by=by, at=now)
    later = now + 20 * DAY
    after.apply_enforcement(strand=served, on=local_date(later), body="青禾县人民法院", by=by, at=later)
    assert running(served) == []


def test_once_the_time_to_sue_is_over_the_three_months_run(served, by, now):
    later = now + 190 * DAY
    after.urge(strand=served, on=local_date(later), number="催1号", by=by, at=later)
    assert running(served) == ["enforcement", "urging"]
    perform(strand=served, remark="已缴清", by=by, at=later)
    assert running(served) == []


# -- review and lawsuit -----------------------------------------------------------------------------------------
def contest(strand, by, now, kind="review"):
    return after.contest(strand=strand, kind=kind, on=local_date(now), body="青禾县人民政府", by=by, at=now)


def settle(step, by, now, outcome, **more):
    return after.settle(step=step, outcome=outcome, on=local_date(now), by=by, at=now, **more)


def test_a_review_is_asked_for_once_at_a_time(served, by, now):
    for given in ({"kind": "paid", "body": "x"}, {"kind": "review", "body": " "}):
        with pytest.raises(BadInput):
            after.contest(strand=served, on=local_date(now), by=by, at=now, **given)
    step = contest(served, by, now)
    with pytest.raises(AlreadyDone):
        contest(served, by, now)
    state = rules_after.after(served.after_steps.all(), [], local_date(now))
    assert state.contested == step
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
