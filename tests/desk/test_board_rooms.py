"""The scorecard, the risks, rewards, sanctions and inspections on the steering pages, each against a count by hand."""

import datetime as dt
from decimal import Decimal
from itertools import pairwise, product
from statistics import median

import pytest
import time_machine
from django.db.models import F
from django.urls import reverse

from cases.actions.strands import decide_strand, decline_strand, redo, verify_again
from cases.enums import SubjectKind
from cases.models import Case
from core.boards import Asked
from core.dates import local_date
from deadlines import board, calendar
from deadlines.calendar import Calendar
from deadlines.models import Deadline
from departments.enums import Role
from rewards.actions.payments import pay_against_code, reverse_payment
from rewards.board import paid_by_month
from rewards.models import Payment
from rewards.rules_shown import blocks as shown_blocks
from rewards.rules_shown import total, whole_months
from tests.cast import person
from tests.desk.test_board import blocks, opened
from tests.factories import inspections, rewards_money, sanctions
from tests.factories.cases import make_case, make_subject

pytestmark = pytest.mark.django_db
D = dt.date


@pytest.fixture(autouse=True)
def _today(now):
    calendar.drop()
    with time_machine.travel(now + dt.timedelta(hours=1), tick=False):
        yield
    calendar.drop()


def asked_of(now, **more):
    days = {"since": D(2026, 1, 1), "until": D(2026, 12, 31), "today": local_date(now), "now": now}
    return Asked(**(days | more))


# -- the scorecard ------------------------------------------------------------------------------------------------
@pytest.fixture
def clocks(office_coordinator, insurance_handler, health_handler, health, county, now):
    """Clocks of two departments, finished in time, late, quickly and slowly, running and overdue."""
    subject = make_subject(county, at=now)
    for n in range(9):
        at = now - dt.timedelta(days=30 + n)
        by = health_handler if n % 3 == 0 else insurance_handler
        make_case(by=by, at=at, subject=subject, restricted=n == 8)
    found = list(Deadline.objects.order_by("pk"))
    for n, clock in enumerate(found):
        to = health if n % 2 and clock.department_id != health.pk else None
        Deadline.objects.filter(pk=clock.pk).update(to_department=to)
        if n % 3 == 0:
            ended = clock.started_at + dt.timedelta(days=1 + 2 * n)
            Deadline.objects.filter(pk=clock.pk).update(
                status="met", ended_at=ended, late=n % 2 == 0, next_at=None
            )
        if n == 4:
            Deadline.objects.filter(pk=clock.pk).update(due_at=now - dt.timedelta(days=1))
    Deadline.objects.filter(status="met", to_department=None, department=insurance_handler.department).update(
        to_department=health
    )


def test_the_scorecard_is_a_count_by_hand_and_opens_its_clocks(
    clocks, office_coordinator, county_leader, insurance_deputy_head, now
):
    for user in (office_coordinator, county_leader, insurance_deputy_head):
        page = opened(user, reverse("desk:dashboard"))
        asked, lines = page.context["asked"], blocks(page)["scores"]
        mine = list(Deadline.objects.visible_to(user).select_related("department"))
        if user is insurance_deputy_head:
            mine = [each for each in mine if each.department_id == user.department.pk]
        assert set(lines) == {str(each.department) for each in mine} and lines
        for department in {each.department for each in mine}:
            own = [each for each in mine if each.department_id == department.pk]
            met = [each for each in own if each.status == "met"]
            met = [each for each in met if asked.since <= local_date(each.ended_at) <= asked.until]
            days = Calendar.current().working_days_between
            took = {each.pk: max(0, days(each.started_on, local_date(each.ended_at))) for each in met}
            others = [each for each in met if each.to_department_id]
            in_time, finished, late, middle, quick, still, overdue = lines[str(department)].values()
            good = [each for each in met if not each.late]
            assert in_time.number == board.share(len(good), len(met))
            assert (finished.number, late.number) == (len(met), len(met) - len(good))
            assert middle.number == (Decimal(str(median(took.values()))) if took else None)
            fast = [each for each in others if took[each.pk] <= 3]
            assert quick.number == board.share(len(fast), len(others))
            running = [each for each in own if each.status == "running"]
            assert still.number == len(running)
            assert overdue.number == sum(each.due_at <= now + dt.timedelta(hours=1) for each in running)
            for said, number in ((finished, len(met)), (late, late.number), (quick, len(fast)), (in_time, len(good)),
                                 (still, still.number), (overdue, overdue.number)):  # fmt: skip
                if not number:
                    assert said.url == ""
                    continue
                listed = opened(user, said.url)
                assert listed.context["total"] == len(listed.context["rows"]) == number


def test_what_hangs_on_no_case_is_in_nobodys_line(clocks, office_coordinator, insurance_deputy_head, now):
    mine = insurance_deputy_head.department
    own = Deadline.objects.visible_to(office_coordinator).filter(department=mine, status="running")
    before = own.count()
    Deadline.objects.filter(pk=own.order_by("pk").first().pk).update(case_id=None)
    assert Deadline.objects.visible_to(insurance_deputy_head).filter(case_id=None).exists()
    for user in (office_coordinator, insurance_deputy_head):
        found = board.clocks(user, asked_of(now)).filter(department=mine)
        assert not found.filter(case_id=None).exists()
    lines = blocks(opened(office_coordinator, reverse("desk:dashboard")))["scores"]
    assert list(lines[str(mine)].values())[5].number == before - 1


def test_the_coverage_opens_only_a_year_its_page_shows(office_coordinator, county, now):
    make_subject(county, name="仁和医院", at=now - dt.timedelta(days=3650))
    for day, shown in (("2026-05-01", True), ("2022-05-01", True), ("2021-05-01", False), ("2027-05-01", False)):
        page = opened(office_coordinator, f"{reverse('desk:dashboard')}?period=year&day={day}")
        tile = next(tile for tile in page.context["tiles"] if tile.unit == "percent")
        assert (f"?year={day[:4]}" in tile.said.url) is shown and bool(tile.said.url) is shown, day


def test_shares_are_rounded_half_up_and_never_whole_while_one_is_missing():
    assert board.share(0, 0) is None
    assert board.share(1, 3) == Decimal("33.3")
    assert board.share(5000, 5001) == Decimal("99.9")
    assert board.share(7, 7) == Decimal("100.0")


def test_the_list_of_clocks_hides_what_the_door_hides(clocks, office_coordinator, insurance_handler):
    secret = Deadline.objects.get(case_id=Case.objects.get(restricted=True).pk)
    address = f"{reverse('desk:board_list', args=['clocks'])}?what=open&of={secret.department_id}&department=&period=year"
    page = opened(office_coordinator, address)
    links = {url for row in page.context["rows"] for _text, url in row}
    assert links and reverse("deadlines:detail", args=[secret.pk]) not in links


# -- the risks ----------------------------------------------------------------------------------------------------
def test_risks_are_counted_by_hand_and_open_their_cases(
    office_coordinator, insurance_handler, insurance_deputy_head, county, now
):
    hospital, chemist = (
        make_subject(county, name="仁和医院", at=now),
        make_subject(county, name="康泰药房", kind=SubjectKind.PHARMACY, at=now),
    )
    patient = make_subject(county, name="李四", kind=SubjectKind.INSURED, at=now)
    old = make_case(by=insurance_handler, at=now - dt.timedelta(days=90), subject=hospital, suspected="500.00")
    rewards_money.decide(old, at=now - dt.timedelta(days=60))
    for n in range(5):
        about = [hospital] if n < 2 else [chemist, patient]
        at = now - dt.timedelta(days=10 * n)
        make_case(by=insurance_handler, at=at, subjects=about, suspected=Decimal(1000 + n), restricted=n == 1)
    for user in (office_coordinator, insurance_deputy_head):
        for sort in ("", "amount", "repeat", "nonsense"):
            page = opened(user, f"{reverse('desk:risk')}?period=year&sort={sort}")
            visible = list(Case.objects.visible_to(user))
            lines = blocks(page)["bodies"]
            assert set(lines) == {"仁和医院", "康泰药房"}  # of persons no table is made
            for body in (hospital, chemist):
                _kind, number, amount, again, decided = lines[body.name].values()
                mine = [case for case in visible if body in case.subjects.all()]
                assert number.number == len(mine)
                assert amount.number == sum(case.suspected for case in mine)
                later = [case for case in mine if case.pk != old.pk and body == hospital]
                assert again.number == len(later)
                assert decided.text == (local_date(now - dt.timedelta(days=60)).isoformat() if body == hospital else "—")
                for said in (number, again):
                    if said.number:
                        listed = opened(user, said.url)
                        assert len(listed.context["cases"]) == said.number
                    else:
                        assert said.url == ""
            names = [str(label) for label, _url, _cells in page.context["blocks"][0].rows]
            key = {"amount": 2, "repeat": 3}.get(sort, 1)
            order = [list(lines[name].values())[key].number for name in names]
            assert order == sorted(order, reverse=True)
    page = opened(office_coordinator, f"{reverse('cases:list')}?body={patient.pk}")
    assert page.context["cases"] == []  # whom a case is about is no filter where it is a person


def test_a_decision_that_does_not_stand_makes_no_case_a_repeated_one(
    office_coordinator, insurance_handler, insurance_deputy_head, county, now
):
    def after(days):
        return now - dt.timedelta(days=90 - days)

    hospital = make_subject(county, name="仁和医院", at=now)
    strand = make_case(by=insurance_handler, at=after(0), subject=hospital).strands.get()
    make_case(by=insurance_handler, at=now, subject=hospital)

    def told():
        line = blocks(opened(office_coordinator, f"{reverse('desk:risk')}?period=year"))["bodies"]["仁和医院"]
        *_more, again, decided = line.values()
        return again.number, decided.text

    decline_strand(strand=strand, reason="不予立案", by=insurance_deputy_head, at=after(1))
    assert told() == (0, "—")
    verify_again(strand=strand, reason="新证据", by=insurance_deputy_head, at=after(2))
    decline_strand(
        strand=strand, reason="按协议处理", disposition="agreement", by=insurance_deputy_head, at=after(3)
    )
    assert told() == (1, local_date(after(3)).isoformat())  # without filing, too
    verify_again(strand=strand, reason="新证据", by=insurance_deputy_head, at=after(4))
    assert told() == (0, "—")
    rewards_money.decide(strand.case, at=after(10), disposition="none")
    assert told() == (0, "—")
    strand.refresh_from_db()
    redo(strand=strand, reason="复议", by=insurance_deputy_head, at=after(20))
    decide_strand(
        strand=strand, disposition="penalty", decision_number="青医保罚〔2026〕1号", basis="条例", findings="查实",
        known=True, by=insurance_deputy_head, at=after(30),
    )  # fmt: skip
    assert told() == (1, local_date(after(30)).isoformat())  # the day of the decision that stands, not of the first
    redo(strand=strand, reason="法院撤销", by=insurance_deputy_head, at=after(40))
    assert told() == (0, "—")


def test_categories_rise_against_the_mean_of_four_quarters(office_coordinator, insurance_handler, county, now):
    subject = make_subject(county, at=now)
    for days in (0, 1, 2, 60, 100, 200, 390):
        case = make_case(by=insurance_handler, at=now, subject=subject)
        Case.objects.filter(pk=case.pk).update(opened_at=now - dt.timedelta(days=days))
    page = opened(office_coordinator, f"{reverse('desk:risk')}?period=quarter")
    (line,) = blocks(page)["rising"].values()
    *quarters, mean, rise = line.values()
    visible = [local_date(case.opened_at) for case in Case.objects.visible_to(office_coordinator)]
    firsts = [D(2025, 10, 1), D(2026, 1, 1), D(2026, 4, 1), D(2026, 7, 1), D(2026, 10, 1), D(2027, 1, 1)]
    counts = [sum(first <= day < after for day in visible) for first, after in pairwise(firsts)]
    assert [said.number for said in quarters] == counts
    assert mean.number == (Decimal(sum(counts[:4])) / 4).quantize(Decimal("0.1"), "ROUND_HALF_UP")
    assert rise.number == counts[4] - mean.number > 0
    for said in quarters:
        if said.number:
            assert len(opened(office_coordinator, said.url).context["cases"]) == said.number


# -- rewards: nothing to be worked out of fewer than five ----------------------------------------------------------
MONTHS = {
    D(2026, 1, 1): (2, Decimal("200.00")), D(2026, 2, 1): (3, Decimal("300.00")), D(2026, 4, 1): (7, Decimal("70.00")),
    D(2026, 5, 1): (1, Decimal("11.00")), D(2026, 11, 1): (9, Decimal("99.00")),
}  # fmt: skip


def test_rewards_are_told_in_blocks_of_five_and_never_of_the_current_month():
    told = shown_blocks(MONTHS, D(2026, 11, 16))
    assert told == {D(2026, 2, 1): (5, Decimal("500.00")), D(2026, 4, 1): (7, Decimal("70.00"))}
    assert shown_blocks(MONTHS, D(2026, 12, 1))[D(2026, 11, 1)] == (10, Decimal("110.00"))
    assert shown_blocks({}, D(2026, 11, 16)) == {}


def test_no_two_periods_differ_by_fewer_than_five_rewards():
    told, days = shown_blocks(MONTHS, D(2026, 11, 16)), [D(2025, 12, 15) + dt.timedelta(days=n) for n in range(0, 340, 13)]
    spans = [(since, until) for since, until in product(days, days) if since <= until]
    sums = {}
    for since, until in spans:
        found = total(told, whole_months(since, until, MONTHS))
        sums[since, until] = found[0] if found else 0
    for (since, until), number in sums.items():  # what lies in one period and not in a longer one around it
        around = [other for (first, last), other in sums.items() if first <= since and until <= last]
        assert all(other == number or other - number >= 5 for other in around)
    assert len(set(sums.values())) > 2


def test_only_whole_months_count():
    assert whole_months(D(2026, 1, 1), D(2026, 2, 27), MONTHS) == [D(2026, 1, 1)]
    assert whole_months(D(2026, 1, 2), D(2026, 2, 28), MONTHS) == [D(2026, 2, 1)]
    assert total({}, [D(2026, 1, 1)]) is None


def test_few_rewards_stand_in_words_and_open_nothing(
    office_coordinator, insurance_handler, insurance_deputy_head, finance, now
):
    at = now - dt.timedelta(days=40)
    case = make_case(by=insurance_handler, at=at)
    rewards_money.decide(case, at=at)
    paid = [rewards_money.make_reward(case, at=at, by=insurance_handler, status="paid") for _n in range(4)]
    for user in (office_coordinator, insurance_deputy_head):
        page = opened(user, reverse("desk:dashboard"))
        lines = blocks(page)["rewards"]
        assert {said.text for said in lines["统计期"].values()} == {"少于5"} == {s.text for s in lines["2026-10"].values()}
        assert not any(said.url for line in lines.values() for said in line.values())
        assert {said.text for line in lines.values() for said in line.values()} == {"少于5", "0", "0.00"}
    paid.append(rewards_money.make_reward(case, at=at, by=insurance_handler, status="paid"))
    number, amount = blocks(opened(office_coordinator, reverse("desk:dashboard")))["rewards"]["2026-10"].values()
    assert (number.number, amount.number) == (5, sum(each.amount for each in paid))
    other = person("cz77", "钱清点", finance, Role.FINANCE)
    reverse_payment(payment=Payment.objects.first(), voucher="冲001", remark="账号有误", by=other, at=now)
    late, code = rewards_money.make_reward(case, at=at, by=insurance_handler, status="funded", code=True)
    pay_against_code(code=code, voucher="付迟001", paid_on=local_date(at), by=rewards_money.payer(case.region), at=now)
    lines = blocks(opened(office_coordinator, reverse("desk:dashboard")))["rewards"]
    number, amount = lines["2026-10"].values()  # a month once told stays: what is entered later counts then
    assert (number.number, amount.number) == (5, sum(each.amount for each in paid))
    assert {said.text for said in lines["2026-11"].values()} == {"少于5"}
    months = paid_by_month(case.region)
    assert months[D(2026, 11, 1)] == (0, late.amount - paid[0].amount)


def test_who_has_nothing_to_do_with_rewards_is_told_nothing(health_section_head):
    assert "rewards" not in blocks(opened(health_section_head, reverse("desk:dashboard")))


# -- sanctions and inspections ------------------------------------------------------------------------------------
def test_measures_in_force_are_those_whose_days_comprise_today(
    office_coordinator, insurance, health, insurance_deputy_head, now
):
    sanction = sanctions.in_force(insurance, at=now)
    sanctions.executed(sanction, insurance, "suspend-designation", at=now)
    for user in (office_coordinator, insurance_deputy_head):
        page = opened(user, reverse("desk:dashboard"))
        lines = blocks(page)["sanctions"]
        said = lines[str(insurance)]["惩戒措施"]
        assert said.number == 1
        listed = opened(user, said.url)
        assert (listed.context["total"], len(listed.context["rows"])) == (1, 1)
        assert lines[str(health)]["惩戒措施"].url == ""
    sanction.applied.update(since=F("since") + dt.timedelta(days=3))
    lines = blocks(opened(office_coordinator, reverse("desk:dashboard")))["sanctions"]
    assert lines[str(insurance)]["惩戒措施"].number == 0


def test_inspections_visits_and_rectifications_open_their_rows(
    office_coordinator, insurance, health, insurance_handler, insurance_deputy_head, health_handler, finance_handler, now
):
    from inspections.actions import outcomes

    held = inspections.under_way(insurance, health, by=insurance_handler, answering=health_handler, at=now)
    made = inspections.visit(held, by=insurance_handler, at=now)
    found = inspections.finding(made, by=insurance_handler, at=now)
    inspections.signed(made, by=insurance_handler, at=now)
    outcomes.have_rectified(
        finding=found, text="限期退回", due_on=local_date(now), person=insurance_handler, by=insurance_handler, at=now
    )
    for user in (office_coordinator, insurance_deputy_head):
        page = opened(user, reverse("desk:dashboard"))
        seen = blocks(page)
        for code in ("inspections", "rectification"):
            for line in seen[code].values():
                (said,) = line.values()
                assert said.number == (1 if said.url else 0)
                if said.url:
                    listed = opened(user, said.url)
                    assert (listed.context["total"], len(listed.context["rows"])) == (1, 1)
                    assert "分解住院" not in listed.content.decode() or user is insurance_deputy_head
        assert [said.number for line in seen["inspections"].values() for said in line.values()] == [1, 1]
        share = next(tile for tile in page.context["tiles"] if tile.unit == "percent")
        assert share.said.number == Decimal("100.00")
        narrowed = blocks(opened(user, f"{reverse('desk:dashboard')}?department={finance_handler.department.pk}"))
        assert [said.number for line in narrowed["inspections"].values() for said in line.values()] == [0, 0]
