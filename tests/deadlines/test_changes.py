"""Pause, resume, extend, recount: replayed from dated rows, the old date stays, late stays late."""

import datetime as dt

import pytest
from django.db import transaction
from django.utils import translation

from core import registry
from core.dates import start_of
from core.refusals import BadInput, Stale, WrongState
from deadlines.actions import changes, clocks
from deadlines.actions.bulk_sweep import sweep
from deadlines.actions.calendar import SETTLING, SpecialDay, set_year, settle_calendar
from deadlines.calendar import Calendar
from deadlines.counting import replay
from deadlines.models import CalendarDay, CalendarYear, Deadline
from deadlines.refusals import ClockJumped
from journal.models import Event, Notification
from tests.deadlines.conftest import local, verbs_of

D = dt.date
pytestmark = pytest.mark.django_db


def pause(deadline, at, reason="补材料"):
    return clocks.pause_clock(deadline=deadline, at=local(at), reason=reason)


def resume(deadline, at, reason="材料齐"):
    return clocks.resume_clock(deadline=deadline, at=local(at), reason=reason)


@pytest.mark.parametrize(
    ("code", "start", "paused", "resumed", "due_on"),
    [
        # working days: two were left on the 18th, so two after the 25th
        ("support_notice", "2026-11-17", "2026-11-18", "2026-11-25", D(2026, 11, 27)),
        ("support_notice", "2026-11-17", "2026-11-18 10:00", "2026-11-18 17:00", D(2026, 11, 20)),  # the same day
        ("support_notice", "2026-11-17", "2026-11-20", "2026-11-21", D(2026, 11, 23)),  # on the last day
        ("support_notice", "2026-11-17", "2026-11-24", "2026-11-30", D(2026, 11, 20)),  # late: nothing back
        ("support_notice", "2026-11-17", "2026-11-21", "2026-11-30", D(2026, 11, 20)),
        # natural days: 90 days from 1 September are 30 November; ten days stood
        ("case_90", "2026-09-01", "2026-10-10", "2026-10-20", D(2026, 12, 10)),
        ("case_90", "2026-07-05", "2026-10-03", "2026-10-04", D(2026, 10, 8)),  # day 90 is 3 October, then the 4th
        ("reward_claim", "2026-08-03", "2026-10-01", "2026-10-31", D(2026, 11, 2)),
    ],
)
def test_a_pause_gives_back_what_was_left(clock, code, start, paused, resumed, due_on):
    deadline = clock(code, at=start)
    first = deadline.due_on
    pause(deadline, paused)
    assert (deadline.status, deadline.next_at, deadline.due_on) == ("paused", None, first)
    resume(deadline, resumed)
    stored = Deadline.objects.get(pk=deadline.pk)
    assert (stored.due_on, stored.first_due_on, stored.status) == (due_on, first, "running")
    assert stored.next_at is not None
    assert list(stored.changes.values_list("kind", "old_due_on", "new_due_on")) == [
        ("pause", first, first),
        ("resume", first, due_on),
    ]
    assert verbs_of(deadline)[1:] == ["deadline.paused", "deadline.resumed"]
    assert replay(stored, stored.changes.all(), Calendar.fresh()).due_on == due_on


def test_hours_stand_to_the_second(clock):
    deadline = clock("criminal_transfer", at=local("2026-11-17 10:00"))
    pause(deadline, "2026-11-17 12:00")
    resume(deadline, "2026-11-18 12:30")
    assert deadline.due_at == local("2026-11-19 10:30")
    late = clock("criminal_transfer", at=local("2026-11-17 10:00"))
    pause(late, "2026-11-18 10:00")
    resume(late, "2026-11-20 10:00")
    assert (late.due_at, late.late) == (local("2026-11-18 10:00"), True)


def test_an_agreed_date_keeps_its_working_days(clock):
    deadline = clock("written_opinion", due_on=D(2026, 11, 27))
    pause(deadline, "2026-11-18")
    resume(deadline, "2026-11-23")
    assert deadline.due_on == D(2026, 12, 2)  # seven working days were left


def test_a_stage_that_fired_does_not_fire_again_when_nothing_was_given_back(clock):
    deadline = clock()
    sweep(at=local("2026-11-19"))
    pause(deadline, "2026-11-19 10:00")
    resume(deadline, "2026-11-19 11:00")
    assert (deadline.stage, deadline.next_at) == ("warned", deadline.due_at)
    overdue = clock()
    sweep(at=local("2026-11-21"))
    pause(overdue, "2026-11-21 10:00")
    resume(overdue, "2026-11-23")
    assert (overdue.stage, overdue.next_at) == ("overdue", overdue.escalate_at)
    sweep(at=local("2026-11-24"))
    pause(overdue, "2026-11-24 10:00")
    resume(overdue, "2026-11-25")
    assert (overdue.stage, overdue.next_at) == ("escalated", None)


@pytest.mark.parametrize("verb", [clocks.pause_clock, clocks.resume_clock])
def test_changes_ask_for_a_reason_and_follow_time(clock, verb):
    deadline = clock()
    if verb is clocks.resume_clock:
        pause(deadline, "2026-11-18")
    with pytest.raises(BadInput) as refused:
        verb(deadline=deadline, at=local("2026-11-18"), reason=" ")
    assert refused.value.field == "reason"
    with pytest.raises(ClockJumped):
        verb(deadline=deadline, at=local("2026-11-16"), reason="早了")


def test_resuming_before_the_pause_is_refused(clock):
    deadline = pause(clock(), "2026-11-19")
    with pytest.raises(ClockJumped):
        resume(deadline, "2026-11-18")


def test_a_clock_runs_again_from_the_day_that_is_written_down_later(clock):
    deadline = pause(clock("support_notice", at="2026-11-17"), "2026-11-18")
    for since in ("2026-11-17", "2026-12-03"):  # before the pause, after now
        with pytest.raises(ClockJumped), transaction.atomic():
            clocks.resume_clock(deadline=deadline, at=local("2026-12-02"), since=local(since), reason="已送达")
    clocks.resume_clock(deadline=deadline, at=local("2026-12-02"), since=local("2026-11-25"), reason="已送达")
    assert deadline.due_on == D(2026, 11, 27)  # two were left on the 18th, so two after the 25th
    assert deadline.changes.get(kind="resume").at == local("2026-11-25")


@pytest.mark.parametrize(
    ("code", "given", "due_on"),
    [
        ("support_notice", {"amount": 2}, D(2026, 11, 24)),
        ("support_notice", {"new_due_on": D(2026, 12, 5)}, D(2026, 12, 5)),  # a Saturday, as agreed
        ("verification", {"amount": 15}, D(2026, 12, 29)),
        ("case_90", {"amount": 30}, D(2027, 3, 17)),
        ("case_90", {"new_due_on": D(2027, 3, 20)}, D(2027, 3, 20)),
        ("reward_claim", {"amount": 1}, D(2027, 2, 17)),
        ("criminal_transfer", {"amount": 24}, D(2026, 11, 19)),
        ("criminal_transfer", {"new_due_on": D(2026, 11, 20)}, D(2026, 11, 20)),
    ],
)
def test_an_extension_keeps_the_old_date(clock, insurance_section_head, code, given, due_on, lamps_told, case):
    deadline = clock(code)
    old = deadline.due_on
    clocks.extend_clock(deadline=deadline, at=local("2026-11-17 11:00"), reason="案情复杂",
                        by=insurance_section_head, **given)  # fmt: skip
    stored = Deadline.objects.get(pk=deadline.pk)
    assert (stored.due_on, stored.first_due_on, stored.version) == (due_on, old, 2)
    change = stored.changes.get()
    assert (change.kind, change.old_due_on, change.new_due_on) == ("extend", old, due_on)
    assert (change.by_id, change.reason) == (insurance_section_head.pk, "案情复杂")
    event = Event.objects.filter(verb="deadline.extended").latest("pk")
    assert (event.params["old"], event.params["new"]) == (old.isoformat(), due_on.isoformat())
    assert Notification.objects.get().recipient.name == "陈晓岚"
    assert lamps_told[-1][0] == [case.pk]


def test_an_extension_after_a_pause_runs_on_from_there(clock):
    deadline = clock("case_90", at="2026-09-01")
    clocks.extend_clock(deadline=deadline, at=local("2026-09-02"), reason="约定", new_due_on=D(2026, 12, 12))
    pause(deadline, "2026-10-10")
    resume(deadline, "2026-10-20")
    assert deadline.due_on == D(2026, 12, 22)


def test_late_stays_late_after_an_extension(clock):
    deadline = clock()
    sweep(at=local("2026-11-23"))
    clocks.extend_clock(deadline=deadline, at=local("2026-11-23"), reason="疑难", new_due_on=D(2026, 11, 30))
    assert (deadline.late, deadline.stage) == (True, "fresh")
    assert clocks.meet_clock(deadline=deadline, at=local("2026-11-25")).late


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({}, "new_due_on"),
        ({"amount": 1, "new_due_on": D(2026, 12, 1)}, "new_due_on"),
        ({"amount": 0}, "amount"),
        ({"amount": 10**7}, None),
        ({"new_due_on": D(2026, 11, 20)}, "new_due_on"),
        ({"new_due_on": D(2026, 11, 24)}, "new_due_on"),
        ({"new_due_on": D(2026, 12, 1), "reason": " "}, "reason"),
    ],
)
def test_extensions_refused(clock, given, field):
    deadline = clock()
    with pytest.raises(BadInput) as refused:
        clocks.extend_clock(deadline=deadline, at=local("2026-11-25"), **({"reason": "疑难"} | given))
    assert refused.value.field == field
    assert not deadline.changes.exists()
    assert verbs_of(deadline) == ["deadline.started"]


def test_a_stated_date_is_extended_to_a_date(clock):
    deadline = clock("written_opinion", due_on=D(2026, 11, 27))
    with pytest.raises(BadInput) as refused:
        clocks.extend_clock(deadline=deadline, at=local("2026-11-18"), reason="疑难", amount=3)
    assert refused.value.field == "amount"


@pytest.mark.parametrize("amount", [10**6, 10**9])
def test_no_limit_is_longer_than_the_calendar(clock, amount):
    deadline = clock("case_90")
    with pytest.raises((BadInput, OverflowError)):
        clocks.extend_clock(deadline=deadline, at=local("2026-11-18"), reason="疑难", amount=amount * 10)
    deadline.unit, deadline.amount = "day", amount * 10
    with pytest.raises(BadInput):
        replay(deadline, (), Calendar.fresh())


# -- a changed calendar --------------------------------------------------------------------------------------
def november(*days):
    """The seeded 2026 with these days of November made special."""
    kept = [SpecialDay(day.date, day.working, day.name) for day in
            CalendarDay.objects.filter(date__year=2026).exclude(date__month=11)]
    return kept + [SpecialDay(D(2026, 11, day), False, "临时放假") for day in days]


def change_calendar(at="2026-11-18", *days, **more):
    given = {"year": 2026, "notice_number": "国办发明电〔2026〕99号", "days": november(*days)}
    return set_year(at=local(at), **(given | more))


def test_a_changed_calendar_recounts_open_clocks_and_tells(clock, system_admin, lamps_told, case):
    moved, stays, done = clock(), clock("criminal_transfer"), clock()
    clocks.meet_clock(deadline=done, at=local("2026-11-17"))
    version = CalendarYear.objects.get(year=2026).version
    lamps_told.clear()
    change_calendar("2026-11-18", 19, version=version, by=system_admin)
    stored = Deadline.objects.get(pk=moved.pk)
    assert (stored.due_on, stored.first_due_on) == (D(2026, 11, 23), D(2026, 11, 20))
    assert stored.next_at == start_of(D(2026, 11, 20))
    change = stored.changes.get()
    assert (change.kind, change.old_due_on, change.new_due_on) == ("recalculate", D(2026, 11, 20), D(2026, 11, 23))
    assert (change.reason, change.by_id) == ("国办发明电〔2026〕99号", system_admin.pk)
    assert Notification.objects.get(verb="deadline.recalculated").recipient.name == "陈晓岚"
    assert Deadline.objects.get(pk=stays.pk).due_on == stays.due_on
    assert Deadline.objects.get(pk=done.pk).due_on == D(2026, 11, 20)
    event = Event.objects.filter(verb="calendar.changed").latest("pk")
    assert (event.params["year"], event.params["days"]) == (2026, ["2026-11-19"])
    assert lamps_told == [([case.pk], local("2026-11-18"))]
    # back again: counted once more, the way is on the record
    change_calendar("2026-11-18 15:00")
    assert list(stored.changes.values_list("new_due_on", flat=True)) == [D(2026, 11, 23), D(2026, 11, 20)]
    assert not CalendarDay.objects.filter(date=D(2026, 11, 19)).exists()


def test_a_paused_clock_is_recounted_and_stays_paused(clock):
    deadline = pause(clock(), "2026-11-18")
    change_calendar("2026-11-18 12:00", 19)
    stored = Deadline.objects.get(pk=deadline.pk)
    assert (stored.due_on, stored.status, stored.next_at) == (D(2026, 11, 23), "paused", None)


def test_only_the_instants_may_move(clock):
    """The last day stays, but amber begins earlier: no change row, and what fired has fired."""
    fresh, standing = clock(at="2026-11-17"), pause(clock(at="2026-11-17"), "2026-11-17")
    days = [*november(19), SpecialDay(D(2026, 11, 21), True, "调休上班")]
    change_calendar("2026-11-17 18:00", days=days)
    for deadline in (fresh, standing):
        assert Deadline.objects.get(pk=deadline.pk).due_on == D(2026, 11, 21)
    long = clock("case_90", at="2026-09-01")  # due on 30 November
    before = Deadline.objects.get(pk=long.pk)
    change_calendar("2026-11-18", 19, days=[*november(), SpecialDay(D(2026, 11, 25), False, "临时放假")])
    after = Deadline.objects.get(pk=long.pk)
    assert (after.due_on, after.changes.count()) == (before.due_on, 0)
    assert after.warn_at < before.warn_at
    assert after.next_at == after.warn_at


def test_late_by_a_wrong_calendar_is_not_late(clock):
    deadline = clock()
    sweep(at=local("2026-11-21"))
    assert Deadline.objects.get(pk=deadline.pk).late
    change_calendar("2026-11-21 10:00", 20)
    stored = Deadline.objects.get(pk=deadline.pk)
    assert (stored.due_on, stored.late, stored.stage) == (D(2026, 11, 23), False, "fresh")


def test_late_by_another_date_stays_late(clock):
    deadline = clock()
    sweep(at=local("2026-11-21"))
    clocks.extend_clock(deadline=deadline, at=local("2026-11-21 10:00"), reason="疑难", amount=2)
    change_calendar("2026-11-21 11:00", 23)
    assert Deadline.objects.get(pk=deadline.pk).late
    unswept = clock()
    clocks.extend_clock(deadline=unswept, at=local("2026-11-25"), reason="疑难", new_due_on=D(2026, 12, 1))
    assert unswept.late
    still = clock(at="2026-11-10")
    sweep(at=local("2026-11-25 10:00"))
    change_calendar("2026-11-25 11:00", 11)
    assert Deadline.objects.get(pk=still.pk).late


def test_late_before_an_extension_nobody_swept_stays_late(clock):
    deadline = clock("verification", at="2026-10-08")
    assert deadline.due_on == D(2026, 10, 28)
    clocks.extend_clock(deadline=deadline, at=local("2026-11-02"), reason="疑难", amount=15)
    change_calendar("2026-11-02 11:00", 10)
    stored = Deadline.objects.get(pk=deadline.pk)
    assert (stored.late, stored.due_on) == (True, D(2026, 11, 19))


def test_business_under_way_is_counted_again_after_a_while(clock):
    change_calendar("2026-11-18", 19)
    deadline = clock(at="2026-11-18")
    # as if it had been started by a transaction that still read the old calendar
    Deadline.objects.filter(pk=deadline.pk).update(due_on=D(2026, 11, 23))
    assert settle_calendar(at=local("2026-11-18 09:01")) == 0
    assert settle_calendar(at=local("2026-11-18") + SETTLING) == 1
    assert Deadline.objects.get(pk=deadline.pk).due_on == D(2026, 11, 24)
    assert settle_calendar(at=local("2026-11-18") + 2 * SETTLING) == 0


def test_a_new_year_is_entered(clock, working):
    deadline = clock("case_90", at="2026-11-17")
    assert deadline.provisional
    row = set_year(
        year=2027, notice_number="国办发明电〔2026〕9号", version=0, at=local("2026-11-20"),
        days=[SpecialDay(D(2027, 1, 1), False, "元旦"), SpecialDay(D(2027, 1, 2), False, "元旦")],
    )  # fmt: skip
    assert (row.published, row.version, Calendar.fresh().next_year_missing(D(2026, 11, 20))) == (True, 1, False)
    stored = Deadline.objects.get(pk=deadline.pk)
    assert (stored.provisional, stored.changes.count()) == (False, 0)


def test_a_day_of_the_notice_is_corrected(working):
    days = [
        SpecialDay(day.date, day.working, "国庆节") if day.date == D(2026, 10, 6) else day for day in november()
    ]
    change_calendar("2026-11-18", days=days)
    day = CalendarDay.objects.get(date=D(2026, 10, 6))
    assert (day.name, day.version, day.notice_number) == ("国庆节", 2, "国办发明电〔2026〕99号")
    assert CalendarDay.objects.get(date=D(2026, 10, 7)).version == 1
    assert Event.objects.filter(verb="calendar.changed").latest("pk").params["days"] == ["2026-10-06"]


@pytest.mark.parametrize(
    ("given", "refusal", "field"),
    [
        ({"notice_number": " "}, BadInput, "notice_number"),
        ({"days": []}, BadInput, "days"),
        ({"year": 1999}, BadInput, "year"),
        ({"days": [SpecialDay(D(2027, 1, 1), False, "元旦")]}, BadInput, "days"),
        ({"days": [SpecialDay(D(2026, 1, 1), False, "元旦")] * 2}, BadInput, "days"),
        ({"days": [SpecialDay(D(2026, 11, 20), True, "上班")]}, BadInput, "days"),
        ({"version": 99}, Stale, None),
    ],
)
def test_calendar_refusals(working, given, refusal, field):
    with pytest.raises(refusal) as refused:
        change_calendar("2026-11-18", **given)
    assert refused.value.field == field
    assert not Event.objects.filter(verb="calendar.changed").exists()
    assert CalendarYear.objects.get(year=2026).notice_number == "国办发明电〔2025〕7号"


def test_cases_are_locked_before_clocks(clock, case, monkeypatch):
    order = []
    monkeypatch.setitem(registry.lockers, "case", lambda ids: order.append(list(ids)))
    clocks.meet_clock(deadline=clock(), at=local("2026-11-18"))
    assert order == [[case.pk]]


def test_states_are_said_in_both_languages(clock):
    with translation.override("en"):
        assert str(clock().get_unit_display()) == "working days"


def test_changes_are_refused_when_the_clock_moved_on(clock):
    deadline = clock()
    stale = Deadline.objects.get(pk=deadline.pk)
    clocks.meet_clock(deadline=deadline, at=local("2026-11-18"))
    with pytest.raises(WrongState):
        clocks.pause_clock(deadline=stale, at=local("2026-11-18"), reason="补材料")
    assert changes.DeadlineChange.objects.count() == 0
