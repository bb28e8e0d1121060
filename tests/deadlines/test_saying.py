"""Lamps and reasons: what a person reads on the strip, in the letter and in the list."""

import datetime as dt

import pytest
from django.template.loader import render_to_string
from django.utils import timezone, translation

from core import registry, strips
from deadlines import panels, rules
from deadlines.actions import clocks
from deadlines.actions.bulk_sweep import sweep
from deadlines.calendar import Calendar
from deadlines.explain import MOST_DAYS, explain, limit_words
from deadlines.lamps import lamp_of
from deadlines.models import Deadline, DeadlineChange, Firing
from tests.deadlines.conftest import local

D = dt.date
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.mark.parametrize(
    ("today", "color", "days", "words"),
    [
        (D(2026, 11, 17), "g", 3, "3 working days left"),
        (D(2026, 11, 19), "y", 1, "1 working day left"),
        (D(2026, 11, 20), "y", 0, "Due today"),
        (D(2026, 11, 21), "r", 0, "overdue"),
        (D(2026, 11, 23), "r", -1, "1 working day late"),
        (D(2026, 11, 25), "r", -3, "3 working days late"),
    ],
)
def test_lamp_by_day(clock, today, color, days, words):
    lamp = lamp_of(clock(), today)
    assert (lamp.color, lamp.days, str(lamp.words)) == (color, days, words)
    assert (lamp.lamp, lamp.lamp_words) == (lamp.color, lamp.words)


def test_lamp_before_a_last_day_off(clock):
    lamp = lamp_of(clock("transfer_reply", due_on=D(2026, 11, 28)), D(2026, 11, 27))
    assert (lamp.color, lamp.days, str(lamp.words)) == ("y", 0, "No working day left")


def test_lamp_of_what_is_over_or_stands(clock):
    today = D(2026, 11, 30)
    late = clocks.meet_clock(deadline=clock(), at=local("2026-11-24"))
    done = clocks.meet_clock(deadline=clock(), at=local("2026-11-20"))
    gone = clocks.cancel_clock(deadline=clock(), at=local("2026-11-20"), reason="撤回")
    stands = clocks.pause_clock(deadline=clock(), at=local("2026-11-18"), reason="补材料")
    late_stands = clocks.pause_clock(deadline=clock(), at=local("2026-11-24"), reason="补材料")
    said = [(lamp.color, lamp.days, str(lamp.words)) for lamp in
            (lamp_of(each, today) for each in (late, done, gone, stands, late_stands))]  # fmt: skip
    assert said == [
        ("r", None, "Done late"),
        ("n", None, "Done in time"),
        ("n", None, "Cancelled"),
        ("n", -6, "Clock paused"),
        ("r", -6, "Clock paused"),
    ]


def test_an_hour_clock_is_red_once_swept(clock):
    deadline = clock("criminal_transfer", at=local("2026-11-17 10:00"))
    assert lamp_of(deadline, D(2026, 11, 17)).color == "g"
    sweep(at=local("2026-11-18 05:00"))
    deadline.refresh_from_db()
    assert lamp_of(deadline, D(2026, 11, 18)).color == "y"
    sweep(at=local("2026-11-18 10:00"))
    deadline.refresh_from_db()
    lamp = lamp_of(deadline, D(2026, 11, 18))
    assert (lamp.color, str(lamp.words)) == ("r", "overdue")


def test_why_over_a_holiday_and_a_made_up_saturday(clock):
    said = explain(clock(at="2026-09-30"), D(2026, 10, 8))
    assert [(day.date.day, day.kind, day.index) for day in said.days] == [
        (30, "start", 0), (1, "holiday", None), (2, "holiday", None), (3, "holiday", None), (4, "weekend", None),
        (5, "holiday", None), (6, "holiday", None), (7, "holiday", None), (8, "today", 1), (9, "counted", 2),
        (10, "due", 3),
    ]  # fmt: skip
    assert said.days[-1].label == "make-up workday, 国办发明电〔2025〕7号; last day"
    assert said.days[1].why == "National Day"
    assert said.sentence == (
        "Runs from 2026-09-30 (not counted), 3 working days: the last day is 2026-10-10. "
        "Days off in between: National Day, Day off."
    )
    assert len(strips.cells(said)) <= 8
    assert (said.lamp, said.provisional) == ("g", False)


@pytest.mark.parametrize(
    ("code", "more", "sentence"),
    [
        ("support_notice", {}, "Runs from 2026-11-17 (not counted), 3 working days: the last day is 2026-11-20."),
        ("assist_letter", {}, "Runs from 2026-11-17 (not counted), 15 natural days: the last day is 2026-12-02. "
                              "A last day off would move to the next working day."),
        ("criminal_transfer", {}, "24 hours from the moment; nothing is skipped. The last day is 2026-11-18."),
        ("written_opinion", {"due_on": D(2026, 11, 27)}, "The last day is stated: 2026-11-27."),
        ("reapplication_bar", {}, "Runs from 2026-11-17 (not counted), 36 months: the last day is 2029-11-17. "
                                  "A year it runs through has no "
                                  "published calendar yet: counted Monday to Friday, provisional."),
    ],
)  # fmt: skip
def test_the_sentence_by_unit(clock, code, more, sentence):
    assert explain(clock(code, **more), D(2026, 11, 17)).sentence == sentence


def test_no_roll_over_is_not_promised(clock):
    deadline = clock("assist_letter")
    deadline.rule.roll_over = False
    assert "move to the next" not in explain(deadline, D(2026, 11, 17)).sentence


def test_pauses_and_moves_are_said(clock):
    deadline = clock()
    clocks.pause_clock(deadline=deadline, at=local("2026-11-18"), reason="补材料")
    standing = explain(deadline, D(2026, 11, 19))
    assert standing.sentence.endswith("The clock stands; what was left will be given back.")
    assert [day.kind for day in standing.days] == ["start", "counted", "paused", "due"]
    clocks.resume_clock(deadline=deadline, at=local("2026-11-20"), reason="材料齐")
    said = explain(deadline, D(2026, 11, 20))
    assert said.sentence.endswith("Moved from 2026-11-20 to 2026-11-24: 材料齐.")
    assert [(day.kind, day.index) for day in said.days] == [
        ("start", 0), ("counted", 1), ("paused", None), ("paused", None), ("weekend", None), ("weekend", None),
        ("counted", 2), ("due", 3),
    ]  # fmt: skip


def test_natural_days_count_through_weekends_and_hours_start_at_once(clock):
    said = explain(clock("criminal_decision"), D(2026, 11, 17))
    assert [day.index for day in said.days] == [0, 1, 2, 3]
    hours = explain(clock("criminal_transfer", at=local("2026-11-20 10:00")), D(2026, 11, 20))
    assert (hours.days[0].label, hours.days[1].kind) == ("runs from this moment", "due")


def test_a_day_reached_by_roll_over_is_no_further_day_of_the_limit(clock):
    deadline = clock("criminal_decision", at="2026-11-25")  # the third day is a Saturday
    said = explain(deadline, D(2026, 11, 25))
    assert [(day.date.day, day.kind, day.index) for day in said.days] == [
        (25, "start", 0), (26, "counted", 1), (27, "counted", 2), (28, "weekend", 3), (29, "weekend", None),
        (30, "due", None),
    ]  # fmt: skip
    assert said.days[-1].label == "moved here from a last day off; last day"
    clocks.extend_clock(deadline=deadline, at=local("2026-11-26"), amount=4, reason="案情复杂")
    assert [day.index for day in explain(deadline, D(2026, 11, 26)).days] == [0, 1, 2, 3, 4, 5, 6, 7]
    clocks.extend_clock(deadline=deadline, at=local("2026-11-26"), new_due_on=D(2026, 12, 6), reason="商定")
    assert explain(deadline, D(2026, 11, 26)).days[-1].index == 11


def test_a_late_clock_is_drawn_up_to_today_and_a_met_one_is_not(clock):
    deadline = clock()
    assert explain(deadline, D(2026, 11, 24)).days[-1].date == D(2026, 11, 24)
    clocks.meet_clock(deadline=deadline, at=local("2026-11-24"))
    assert explain(deadline, D(2026, 12, 24)).days[-1].date == D(2026, 11, 20)


def test_long_clocks_list_only_the_days_that_matter(clock):
    said = explain(clock("reapplication_bar"), D(2027, 6, 1))
    assert len(said.days) < MOST_DAYS
    assert {said.started_on, said.due_on, said.today} <= {day.date for day in said.days}
    assert said.provisional and said.days[-1].provisional
    assert len(strips.cells(said)) <= 12


def test_days_off_without_a_name_still_say_so(clock, working):
    calendar = Calendar([(D(2026, 11, 18), False, "", ""), (D(2026, 11, 21), True, "", "")], [2026])
    deadline = clock()
    deadline.due_on = D(2026, 11, 21)
    labels = {day.date.day: day.label for day in explain(deadline, D(2026, 11, 17), calendar=calendar).days}
    assert (labels[18], labels[21]) == ("day off", "make-up workday; last day")
    assert "in between" not in explain(deadline, D(2026, 11, 17), calendar=calendar).sentence


@pytest.mark.parametrize(
    ("amount", "unit", "words"),
    [(1, "working_day", "1 working day"), (90, "day", "90 natural days"), (24, "hour", "24 hours"),
     (2, "month", "2 months"), (None, "date", "a fixed date")],
)  # fmt: skip
def test_limits_in_words(amount, unit, words):
    assert limit_words(amount, unit) == words


def test_chinese_for_the_letter(clock):
    with translation.override("zh-hans"):
        said = explain(clock(), D(2026, 11, 18))
    assert "2026-11-20" in said.sentence


# -- what the floors above are offered -----------------------------------------------------------------------
@pytest.fixture
def visible_case(monkeypatch, case):
    """As if cases were there, and everybody saw every case."""
    monkeypatch.setattr(
        "deadlines.querysets.DeadlineQuerySet.visible_to",
        lambda self, user: self.filter(region_id=case.region_id),
    )


def test_the_rail_shows_open_clocks_then_late_ones(
    clock, case, insurance_handler, visible_case, django_assert_num_queries
):
    now = timezone.now()
    assert panels.clocks_panel(case, insurance_handler) is None
    clock("transfer_sign", at=now)
    first = panels.clocks_panel(case, insurance_handler)
    late = clocks.meet_clock(deadline=clock(at=now - dt.timedelta(days=20)), at=now)
    clocks.meet_clock(deadline=clock("bulletin", at=now), at=now)
    clocks.cancel_clock(deadline=clock("bulletin", at=now), at=now, reason="撤回")
    clock("written_opinion", at=now, due_on=D(2031, 1, 1), to_department=None)
    Calendar.fresh()
    with django_assert_num_queries(2):
        shown = panels.clocks_panel(case, insurance_handler)
    assert len(first["running"]) == 1
    assert [row.deadline.rule_code for row in shown["running"]] == ["transfer_sign", "written_opinion"]
    assert shown["done"][0].deadline.pk == late.pk
    assert [row.meta for row in shown["running"]] == [
        "县医保局 to 县卫健局 · 3 working days · internal limit", "县医保局 · last day 2031-01-01",
    ]  # fmt: skip
    html = render_to_string("deadlines/panel.html", shown)
    assert html.count('class="wd num"') == 2
    assert "style=" not in html


def test_a_case_does_not_close_over_an_open_clock(clock, case):
    assert panels.close_veto(case) == []
    clock()
    clocks.meet_clock(deadline=clock(), at=local("2026-11-18"))
    assert panels.close_veto(case) == ["Clock “Notice of technical support” of 县医保局 is open, due 2026-11-20."]
    assert panels.close_veto in registry.close_vetoes


def test_nobody_leaves_with_clocks_in_hand(clock, insurance_handler, insurance_handler_2):
    clock()
    assert panels.leave_veto(insurance_handler.post) == [
        "Clock “Notice of technical support” is owed personally, due 2026-11-20."
    ]
    assert panels.leave_veto(insurance_handler_2.post) == []


def test_figures_agree_with_lamps(clock, insurance_handler, visible_case):
    now = timezone.now()
    for days in (0, 2, 30):
        clock("transfer_sign", at=now - dt.timedelta(days=days))
    clock("case_90", at=now)
    clocks.pause_clock(deadline=clock("case_90", at=now), at=now, reason="鉴定")
    clocks.meet_clock(deadline=clock("case_90", at=now), at=now)
    clocks.meet_clock(deadline=clock("transfer_sign", at=now - dt.timedelta(days=40)), at=now)
    clocks.cancel_clock(deadline=clock("case_90", at=now), at=now, reason="撤回")
    on = panels.today()
    lamps = [lamp_of(each, on).color for each in Deadline.objects.open()]
    assert panels.lamps_figure(insurance_handler) == {colour: lamps.count(colour) for colour in "gyrn"}
    for colour in "gyrn":
        found = Deadline.objects.with_lamp(colour, now)
        assert set(found) == {each for each in Deadline.objects.all() if lamp_of(each, on).color == colour}
    soon = panels.due_soon(insurance_handler, limit=3)
    assert [entry["on"] for entry in soon] == sorted(entry["on"] for entry in soon)
    assert len(soon) <= 3
    record = panels.clock_record(insurance_handler, since=on - dt.timedelta(days=60), until=on)
    assert record == [("县医保局", 1, 1, 1)]
    assert panels.clock_record(insurance_handler, since=D(2020, 1, 1), until=D(2020, 2, 1)) == []


def test_the_diary_names_the_department_one_waits_for(
    clock, health, health_handler, insurance_handler, visible_case
):
    clock("transfer_reply", at=timezone.now(), department=health, person=None, to_department=health)
    clock("case_90", at=timezone.now())
    texts = [entry["text"] for entry in panels.due_soon(health_handler)]
    assert texts == ["Answer with the result", "县医保局 Handling of the case"]


@pytest.mark.parametrize(
    ("day", "words"),
    [(D(2026, 10, 1), "国庆节"), (D(2026, 10, 10), "make-up workday"), (D(2026, 11, 21), "weekend"),
     (D(2026, 11, 20), "working day")],
)  # fmt: skip
def test_words_of_a_day(working, day, words):
    assert panels.day_words(day) == words


def test_tasks_are_what_one_owes_and_no_room_tells_better(
    clock, monkeypatch, insurance_handler, insurance_handler_2, insurance_registrar
):
    now = timezone.now()
    mine = clock("case_90", at=now, case=None, target=("strand", 1))
    shared = clock("transfer_sign", at=now, case=None, person=None, target=("strand", 2), to_department=None)
    clock("bulletin", at=now, case=None, target=("letter", 3))
    monkeypatch.setattr(registry, "own_tasks", {"letter"})
    assert [row.phrase for row in panels.task_rows(insurance_handler, 10)] == [shared.label, mine.label]
    assert panels.task_count(insurance_handler).count() == 2
    (row,) = panels.task_rows(insurance_handler_2, 10)
    assert (row.phrase, row.source, row.due, row.days) == (shared.label, "", shared.due_on, 3)
    assert row.url == row.action_url == panels.url_of(shared)
    assert panels.task_count(insurance_registrar).count() == 0


def test_what_hangs_on_a_clock_is_seen_with_it(clock, insurance_handler, health_handler, audit_admin):
    from django.contrib.auth.models import AnonymousUser

    deadline = clock(case=None)
    clocks.extend_clock(deadline=deadline, at=local("2026-11-18"), reason="疑难", amount=1)
    sweep(at=local("2026-11-25"))
    for model, count in ((DeadlineChange, 1), (Firing, 3), (Deadline, 1)):
        assert model.objects.visible_to(insurance_handler).count() == count
        for stranger in (health_handler, audit_admin, AnonymousUser()):
            assert model.objects.visible_to(stranger).count() == 0
    assert rules.can_view(insurance_handler, deadline)
    assert not rules.can_view(health_handler, deadline)


def test_without_the_room_of_cases_one_sees_what_the_department_owes(clock, insurance_handler, monkeypatch):
    mine = clock(case=None)
    clock()
    monkeypatch.delitem(registry.kinds, "case")
    assert list(Deadline.objects.visible_to(insurance_handler)) == [mine]
