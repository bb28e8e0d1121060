"""Clocks start, are met, cancelled, handed over; every refusal leaves nothing behind."""

import datetime as dt

import pytest

from core.dates import end_of, start_of
from core.refusals import BadInput, WrongState
from deadlines.actions import clocks
from deadlines.actions.bulk_sweep import sweep
from deadlines.actions.guard import FAR
from deadlines.enums import DeadlineStatus, Stage, Unit
from deadlines.models import ClockRule, Deadline, DeadlineChange, SweepMark
from deadlines.refusals import ClockJumped, ClockRuns, NoRule
from journal.models import Event, Notification
from tests.deadlines.conftest import local, verbs_of

D = dt.date
pytestmark = pytest.mark.django_db


def test_start_keeps_every_instant_the_sweep_needs(clock, insurance, health, case, lamps_told):
    deadline = clock(at="2026-09-30")
    deadline.refresh_from_db()
    assert (deadline.due_on, deadline.first_due_on) == (D(2026, 10, 10), D(2026, 10, 10))
    assert deadline.due_at == end_of(D(2026, 10, 10))
    assert deadline.warn_at == deadline.next_at == start_of(D(2026, 10, 9))
    assert deadline.escalate_at == end_of(D(2026, 10, 12))
    assert (deadline.started_on, deadline.status, deadline.stage) == (D(2026, 9, 30), "running", Stage.FRESH)
    assert (deadline.amount, deadline.unit, deadline.name) == (3, "working_day", "技术支持书面告知")
    assert (deadline.case_id, deadline.region_id) == (case.pk, insurance.region_id)
    assert (deadline.late, deadline.provisional) == (False, False)
    assert verbs_of(deadline) == ["deadline.started"]
    event = Event.objects.get(target_kind="deadline", target_id=deadline.pk)
    assert event.params == {"name": "技术支持书面告知", "due_on": "2026-10-10", "code": "support_notice"}
    assert (event.case_id, event.region_id, event.department_id) == (case.pk, insurance.region_id, insurance.pk)
    assert lamps_told == [([case.pk], local("2026-09-30"))]


@pytest.mark.parametrize(
    ("code", "start", "due_on"),
    [
        ("support_notice", "2026-02-13", D(2026, 2, 25)),
        ("support_notice", "2026-05-06", D(2026, 5, 9)),
        ("support_notice", "2026-09-18", D(2026, 9, 22)),
        ("support_notice", "2026-11-20", D(2026, 11, 25)),
        ("verification", "2026-09-15", D(2026, 10, 12)),
        ("case_90", "2026-07-10", D(2026, 10, 8)),  # day 90 is 8 October
        ("case_90", "2026-07-05", D(2026, 10, 8)),  # day 90 is 3 October, a holiday
        ("reward_claim", "2025-12-31", D(2026, 2, 28)),  # no 31 February; a Saturday, but made up
        ("reward_claim", "2026-08-03", D(2026, 10, 8)),  # 3 October again
        ("assist_letter", "2026-11-02", D(2026, 11, 17)),
        ("criminal_decision", "2026-11-19", D(2026, 11, 23)),  # day 3 is a Sunday
    ],
)
def test_due_dates_by_unit(clock, code, start, due_on):
    assert clock(code, at=start).due_on == due_on


def test_hours_run_from_the_moment_over_any_night_and_holiday(clock):
    deadline = clock("criminal_transfer", at=local("2026-10-01 15:30"))
    assert deadline.due_at == local("2026-10-02 15:30")
    assert (deadline.due_on, deadline.warn_at) == (D(2026, 10, 2), local("2026-10-02 09:30"))
    assert deadline.escalate_at == deadline.due_at
    assert clock("criminal_transfer", at=local("2026-10-01 00:00")).due_on == D(2026, 10, 1)


def test_an_unpublished_year_is_provisional_never_a_crash(clock):
    assert clock("case_90", at="2026-11-17").provisional
    assert clock("support_notice", at="2031-10-01").due_on == D(2031, 10, 6)


def test_a_limit_stated_in_a_letter_is_that_date(clock):
    deadline = clock("transfer_reply", due_on=D(2026, 11, 28))  # a Saturday, as agreed
    assert (deadline.due_on, deadline.unit, deadline.amount) == (D(2026, 11, 28), Unit.DATE, None)
    assert clock("written_opinion", due_on=D(2026, 11, 17)).due_on == D(2026, 11, 17)


def test_discovery_may_lie_back(clock):
    deadline = clock(at="2026-11-19", started_at=local("2026-11-16"), name="告知卫健局")
    assert (deadline.due_on, deadline.name) == (D(2026, 11, 19), "告知卫健局")


def test_a_rule_holds_from_its_effective_date(clock):
    old = ClockRule.objects.get(code="support_notice")
    ClockRule.objects.create(
        code=old.code, name=old.name, amount=5, unit=old.unit, effective_from=D(2026, 11, 18),
        created_at=local("2026-11-01"), updated_at=local("2026-11-01"),
    )  # fmt: skip
    assert clock(at="2026-11-17").amount == 3
    assert clock(at="2026-11-18").amount == 5


@pytest.mark.parametrize(
    ("given", "refusal", "field"),
    [
        ({"code": "no_such_rule"}, NoRule, None),
        ({"started_at": local("2020-01-01")}, NoRule, None),
        ({"code": "written_opinion"}, BadInput, "due_on"),
        ({"due_on": D(2026, 11, 16)}, BadInput, "due_on"),
        ({"started_at": local("2026-11-18")}, ClockJumped, None),
    ],
)
def test_start_refuses(clock, given, refusal, field):
    said = Event.objects.filter(verb__startswith="deadline.")
    before = said.count()  # what committing tests wrote stays in the record for ever
    with pytest.raises(refusal) as refused:
        clock(**given)
    assert refused.value.field == field
    assert not Deadline.objects.exists()
    assert said.count() == before


def test_a_clock_far_beyond_the_last_sweep_is_refused(clock):
    SweepMark.objects.create(pk=1, last_at=local("2026-11-16"))
    deadline = clock()
    with pytest.raises(ClockJumped):
        clocks.meet_clock(deadline=deadline, at=local("2026-11-16") + FAR + dt.timedelta(seconds=1))
    with pytest.raises(ClockJumped):
        clock(at="2036-01-01")
    assert clock(at=local("2026-11-16") + FAR).pk


def test_one_open_clock_a_duty(clock, health):
    deadline = clock(target=("referral", 1))
    with pytest.raises(ClockRuns):
        clock(target=("referral", 1))
    assert clock(target=("referral", 1), department=health, person=None).pk
    clocks.meet_clock(deadline=deadline, at=local("2026-11-18"))
    assert clock(target=("referral", 1), at="2026-11-19").pk


def test_other_integrity_errors_are_not_hidden(clock):
    from django.db import IntegrityError

    with pytest.raises(IntegrityError):
        clock(target=("referral", None))


def test_open_clock_finds_what_runs(clock):
    deadline = clock(target=("referral", 1))
    assert clocks.open_clock(("referral", 1), "support_notice") == deadline
    clocks.pause_clock(deadline=deadline, at=local("2026-11-18"), reason="补材料")
    assert clocks.open_clock(("referral", 1), "support_notice") == deadline
    clocks.cancel_clock(deadline=deadline, at=local("2026-11-18"), reason="撤回")
    assert clocks.open_clock(("referral", 1), "support_notice") is None
    assert clocks.open_clock(deadline, "support_notice") is None


def test_start_without_a_case_takes_the_region_of_the_department(clock, insurance, lamps_told):
    assert clock(case=None).region_id == insurance.region_id
    assert clock(case=None, region_id=99).region_id == 99
    assert lamps_told == []


@pytest.mark.parametrize(
    ("when", "late"),
    [("2026-11-20 23:59:59.999999", False), ("2026-11-21 00:00", True), ("2026-12-24 10:00", True)],
)
def test_met_in_time_or_late_for_ever(clock, insurance_handler, lamps_told, case, when, late):
    deadline = clock()
    clocks.meet_clock(deadline=deadline, at=local(when), by=insurance_handler, late_reason=" 等待检验结果 ")
    stored = Deadline.objects.get(pk=deadline.pk)
    assert (stored.status, stored.late, stored.next_at) == (DeadlineStatus.MET, late, None)
    assert stored.late_reason == ("等待检验结果" if late else "")
    assert stored.ended_at == local(when) == deadline.ended_at
    assert verbs_of(deadline) == ["deadline.started", "deadline.met_late" if late else "deadline.met"]
    assert lamps_told[-1] == ([case.pk], local(when))


def test_a_person_who_is_late_says_why_the_system_is_not_asked(clock, insurance_handler):
    deadline = clock()
    with pytest.raises(BadInput) as refused:
        clocks.meet_clock(deadline=deadline, at=local("2026-11-24"), by=insurance_handler, late_reason="  ")
    assert refused.value.field == "late_reason"
    deadline.refresh_from_db()
    assert (deadline.status, verbs_of(deadline)) == ("running", ["deadline.started"])
    clocks.meet_clock(deadline=deadline, at=local("2026-11-24"))
    assert (deadline.late, deadline.late_reason) == (True, "")
    asked_nothing = clock("transfer_sign")
    assert clocks.meet_clock(deadline=asked_nothing, at=local("2026-11-30"), by=insurance_handler).late


def test_a_step_without_a_field_for_it_ends_a_late_duty_and_the_reason_is_given_afterwards(clock, insurance_handler):
    deadline = clocks.meet_clock(deadline=clock(), at=local("2026-11-24"), by=insurance_handler)
    assert (deadline.status, deadline.late, deadline.late_reason) == ("met", True, "")
    said = clocks.explain_lateness(deadline=deadline, reason="停电", by=insurance_handler, at=local("2026-11-25"))
    assert said.late_reason == "停电"


def test_lateness_explained_afterwards(clock, insurance_handler):
    deadline = clocks.meet_clock(deadline=clock(), at=local("2026-11-24"))
    with pytest.raises(BadInput):
        clocks.explain_lateness(deadline=deadline, reason=" ", by=insurance_handler, at=local("2026-11-24"))
    clocks.explain_lateness(deadline=deadline, reason="停电", by=insurance_handler, at=local("2026-11-24"))
    assert (deadline.late_reason, deadline.late) == ("停电", True)
    assert verbs_of(deadline)[-1] == "deadline.reason_given"
    with pytest.raises(WrongState):
        clocks.explain_lateness(deadline=deadline, reason="又", by=insurance_handler, at=local("2026-11-24"))
    with pytest.raises(WrongState):
        clocks.explain_lateness(deadline=clock(), reason="不晚", by=insurance_handler, at=local("2026-11-17"))


def test_paused_in_time_and_met_while_paused_is_in_time(clock):
    deadline = clock()
    clocks.pause_clock(deadline=deadline, at=local("2026-11-19"), reason="补材料")
    assert not clocks.meet_clock(deadline=deadline, at=local("2026-12-24")).late
    again = clock()
    clocks.pause_clock(deadline=again, at=local("2026-11-24"), reason="补材料")
    assert clocks.meet_clock(deadline=again, at=local("2026-12-24")).late


def test_cancel_asks_why_and_keeps_lateness(clock, insurance_handler):
    deadline = clock()
    with pytest.raises(BadInput):
        clocks.cancel_clock(deadline=deadline, at=local("2026-11-18"), reason=" ", by=insurance_handler)
    clocks.cancel_clock(deadline=deadline, at=local("2026-11-18"), reason="撤回", by=insurance_handler)
    assert (deadline.status, deadline.next_at) == (DeadlineStatus.CANCELLED, None)
    assert verbs_of(deadline) == ["deadline.started", "deadline.cancelled"]
    event = Event.objects.filter(verb="deadline.cancelled").latest("pk")
    assert (event.actor_id, event.params["reason"]) == (insurance_handler.pk, "撤回")


VERBS = {
    "meet": lambda d, at: clocks.meet_clock(deadline=d, at=at),
    "cancel": lambda d, at: clocks.cancel_clock(deadline=d, at=at, reason="撤回"),
    "pause": lambda d, at: clocks.pause_clock(deadline=d, at=at, reason="补材料"),
    "resume": lambda d, at: clocks.resume_clock(deadline=d, at=at, reason="材料齐"),
    "extend": lambda d, at: clocks.extend_clock(deadline=d, at=at, reason="疑难", amount=2),
    "reassign": lambda d, at: clocks.reassign_clock(deadline=d, at=at, person=None),
}
ALLOWED = {
    "running": {"meet", "cancel", "pause", "extend", "reassign"},
    "paused": {"meet", "cancel", "resume", "reassign"},
    "met": set(),
    "cancelled": set(),
}
INTO = {"running": (), "paused": ("pause",), "met": ("meet",), "cancelled": ("cancel",)}


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("state", ALLOWED)
def test_what_each_state_allows(clock, state, verb):
    deadline = clock()
    for step in INTO[state]:
        VERBS[step](deadline, local("2026-11-18"))
    before = verbs_of(deadline)
    if verb in ALLOWED[state]:
        VERBS[verb](deadline, local("2026-11-18 11:00"))
        assert len(verbs_of(deadline)) == len(before) + 1
    else:
        with pytest.raises(WrongState):
            VERBS[verb](deadline, local("2026-11-18 11:00"))
        assert verbs_of(deadline) == before


@pytest.mark.parametrize("verb", ["meet", "cancel", "pause", "extend"])
def test_nothing_happens_before_the_clock_began(clock, verb):
    with pytest.raises(ClockJumped):
        VERBS[verb](clock(), local("2026-11-16"))


def test_a_broken_record_leaves_nothing(clock, monkeypatch):
    deadline = clock()

    def broken(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr("deadlines.notices.record", broken)
    with pytest.raises(RuntimeError):
        clocks.meet_clock(deadline=deadline, at=local("2026-11-18"))
    assert Deadline.objects.get(pk=deadline.pk).status == "running"


def test_handing_over_tells_the_new_owner(clock, insurance_handler, insurance_handler_2, health_handler):
    deadline = clock()
    with pytest.raises(BadInput) as refused:
        clocks.reassign_clock(deadline=deadline, person=health_handler, at=local("2026-11-18"))
    assert refused.value.field == "person"
    clocks.reassign_clock(
        deadline=deadline, person=insurance_handler_2, at=local("2026-11-18"), by=insurance_handler
    )
    assert Deadline.objects.get(pk=deadline.pk).person == insurance_handler_2 == deadline.person
    told = Notification.objects.get()
    assert (told.recipient, told.verb) == (insurance_handler_2, "deadline.reassigned")
    event = Event.objects.filter(verb="deadline.reassigned").latest("pk")
    assert (event.params["old"], event.params["new"]) == (insurance_handler.pk, insurance_handler_2.pk)
    before = len(verbs_of(deadline))
    clocks.reassign_clock(
        deadline=deadline, person=insurance_handler_2, at=local("2026-11-18"), by=insurance_handler
    )  # the second click
    assert (len(verbs_of(deadline)), Notification.objects.count()) == (before, 1)
    clocks.reassign_clock(deadline=deadline, person=None, at=local("2026-11-18"))
    assert Deadline.objects.get(pk=deadline.pk).person is None
    assert Notification.objects.count() == 1


def test_a_clock_that_is_over_goes_to_nobody_else(clock, insurance_handler, health):
    deadline = clock()
    clocks.meet_clock(deadline=deadline, at=local("2026-11-18"), by=insurance_handler)
    with pytest.raises(WrongState):
        clocks.redirect_clock(deadline=deadline, to_department=health, by=insurance_handler, at=local("2026-11-18"))


# --- written down afterwards -----------------------------------------------------------------------------------
@pytest.mark.parametrize(("done", "late"), [("2026-11-20 23:59", False), ("2026-11-21 00:00", True)])
def test_done_in_time_and_written_down_later_is_in_time(clock, done, late):
    deadline = clock()
    sweep(at=local("2026-11-23"))
    clocks.meet_clock(deadline=deadline, at=local("2026-11-23 10:00"), done_at=local(done))
    assert (deadline.late, deadline.ended_at) == (late, local(done))
    event = Event.objects.filter(target_kind="deadline", target_id=deadline.pk).latest("pk")
    assert event.at == local("2026-11-23 10:00")


def test_what_was_late_before_an_extension_stays_late(clock):
    late, extended, corrected = clock(), clock(), clock()
    clocks.extend_clock(deadline=late, at=local("2026-11-23"), new_due_on=D(2026, 12, 1), reason="延长")
    clocks.extend_clock(deadline=extended, at=local("2026-11-19"), new_due_on=D(2026, 12, 1), reason="延长")
    sweep(at=local("2026-12-02"))
    for deadline in (late, extended):
        clocks.meet_clock(deadline=deadline, at=local("2026-12-02 10:00"), done_at=local("2026-11-30"))
    assert (late.late, extended.late) == (True, False)
    Deadline.objects.filter(pk=corrected.pk).update(late=True)
    DeadlineChange.objects.create(
        deadline=corrected, kind="recalculate", at=local("2026-11-23"), reason="放假通知", old_due_on=D(2026, 11, 20),
        new_due_on=D(2026, 11, 24),
    )  # fmt: skip
    Deadline.objects.filter(pk=corrected.pk).update(due_at=end_of(D(2026, 11, 24)))
    clocks.meet_clock(deadline=corrected, at=local("2026-12-02 10:00"), done_at=local("2026-11-23"))
    assert not corrected.late


def test_done_while_paused_counts_from_what_came_first(clock):
    deadline = clock()
    clocks.pause_clock(deadline=deadline, at=local("2026-11-23"), reason="补材料")
    clocks.meet_clock(deadline=deadline, at=local("2026-11-24"), done_at=local("2026-11-19"))
    assert not deadline.late


def test_a_clock_in_days_is_met_on_its_first_day_at_any_hour_one_in_hours_is_not(clock):
    deadline = clock(at="2026-11-18 12:00")
    clocks.meet_clock(deadline=deadline, at=local("2026-11-18 15:00"), done_at=local("2026-11-18 09:30"))
    assert (deadline.status, deadline.ended_at, deadline.late) == ("met", local("2026-11-18 12:00"), False)
    hours = clock("criminal_transfer", at="2026-11-18 12:00")
    with pytest.raises(ClockJumped):
        clocks.meet_clock(deadline=hours, at=local("2026-11-18 15:00"), done_at=local("2026-11-18 09:30"))
    late = clock("criminal_decision", at="2026-11-18 12:00")
    with pytest.raises(ClockJumped):  # not on another day, nor before now is
        clocks.meet_clock(deadline=late, at=local("2026-11-18 15:00"), done_at=local("2026-11-17 23:59"))
    with pytest.raises(ClockJumped):
        clocks.meet_clock(deadline=late, at=local("2026-11-18 11:00"))


@pytest.mark.parametrize("done", ["2026-11-16", "2026-11-25"])
def test_never_done_before_it_began_or_after_now(clock, done):
    with pytest.raises(ClockJumped):
        clocks.meet_clock(deadline=clock(), at=local("2026-11-24"), done_at=local(done))
