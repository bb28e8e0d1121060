"""催办 of a clock: once a working day, counted; who may; and the doors of the list of clocks."""

import pytest

from core.refusals import AlreadyDone, WrongState
from deadlines import rules
from deadlines.actions.changes import pause_clock
from deadlines.actions.clocks import cancel_clock, meet_clock
from deadlines.actions.reminders import note_clocks_exported, remind_clock
from deadlines.models import Reminder, SweepMark
from deadlines.refusals import ClockJumped
from departments.actions.structure import create_department
from departments.enums import Function, Role
from journal.models import Event, Notification
from tests.cast import WHEN, person
from tests.deadlines.conftest import local, verbs_of

pytestmark = pytest.mark.django_db


def test_who_owes_is_told_and_it_is_counted(clock, office_coordinator, insurance_handler):
    row = clock(at="2026-11-17")
    first = remind_clock(deadline=row, by=office_coordinator, at=local("2026-11-18"))
    second = remind_clock(deadline=row, by=office_coordinator, at=local("2026-11-19"))
    assert (first.number, second.number) == (1, 2)
    assert verbs_of(row)[-2:] == ["deadline.reminded", "deadline.reminded"]
    told = Notification.objects.filter(verb="deadline.was_reminded")
    assert [(each.recipient, each.params["times"]) for each in told.order_by("pk")] == [
        (insurance_handler, 1), (insurance_handler, 2),
    ]  # fmt: skip
    assert Event.objects.filter(verb="deadline.reminded").first().params["due_on"] == row.due_on.isoformat()


def test_once_a_working_day_and_a_day_off_counts_for_the_next(clock, office_coordinator):
    row = clock(at="2026-11-17")
    saturday = remind_clock(deadline=row, by=office_coordinator, at=local("2026-11-21"))
    assert saturday.on.isoformat() == "2026-11-23"
    for day in ("2026-11-22", "2026-11-23"):
        with pytest.raises(AlreadyDone):
            remind_clock(deadline=row, by=office_coordinator, at=local(day))
    assert Reminder.objects.count() == 1


def test_nobody_is_reminded_of_what_is_over_or_stands(clock, office_coordinator):
    paused, met, cancelled = (clock(at="2026-11-17") for _each in range(3))
    at = local("2026-11-18")
    pause_clock(deadline=paused, reason="等待补正", at=at, by=None)
    meet_clock(deadline=met, at=at)
    cancel_clock(deadline=cancelled, at=at, reason="撤回")
    for row in (paused, met, cancelled):
        with pytest.raises(WrongState):
            remind_clock(deadline=row, by=office_coordinator, at=local("2026-11-19"))
    assert not Reminder.objects.exists()
    assert not Notification.objects.filter(verb="deadline.was_reminded").exists()


def test_a_machine_whose_clock_jumped_reminds_nobody(clock, office_coordinator):
    row = clock(at="2026-11-17")
    SweepMark.objects.create(pk=1, last_at=local("2026-11-17"))
    with pytest.raises(ClockJumped):
        remind_clock(deadline=row, by=office_coordinator, at=local("2028-11-20"))


def test_what_leaves_as_a_file_is_written_down(office_coordinator):
    note_clocks_exported(rows=3, query="lamp=r", by=office_coordinator, at=local("2026-11-18"))
    assert Event.objects.get(verb="deadline.exported").params == {"rows": 3, "query": "lamp=r"}


@pytest.mark.parametrize(
    ("who", "watch", "whole", "press", "owed", "awaited", "neither"),
    [
        ("office_coordinator", True, True, True, True, True, True),
        ("county_leader", True, True, False, False, False, False),
        ("office_head", True, True, True, False, False, False),
        ("insurance_deputy_head", True, False, True, True, False, False),
        ("insurance_head", True, False, True, True, False, False),
        ("health_head", True, False, True, False, True, False),
        ("insurance_section_head", False, False, False, False, False, False),
        ("insurance_handler", False, False, False, False, False, False),
        ("system_admin", False, False, False, False, False, False),
    ],
)
def test_who_watches_and_who_presses(
    request, clock, finance, market, who, watch, whole, press, owed, awaited, neither
):
    user = request.getfixturevalue(who)
    assert (rules.may_watch(user), rules.watches_county(user), rules.presses(user)) == (watch, whole, press)
    theirs = clock(at="2026-11-17")  # medical insurance owes it to health
    other = clock(at="2026-11-17", department=finance, to_department=market)
    expected = owed or awaited
    assert rules.can_remind(user, theirs) is expected
    assert rules.can_remind(user, other) is neither
    pause_clock(deadline=theirs, reason="等待补正", at=local("2026-11-18"), by=None)
    assert not rules.can_remind(user, theirs)


def test_the_coordinator_of_another_county_presses_for_nothing_here(clock, other_county):
    office = create_department(
        region=other_county, function=Function.OFFICE, name="云溪县联动办", short_name="云联动办", mark="云联",
        hotline="", has_account=True, by=None, at=WHEN,
    )  # fmt: skip
    stranger = person("yx90", "叶远", office, Role.COORDINATOR)
    assert rules.presses(stranger)
    assert not rules.can_remind(stranger, clock(at="2026-11-17"))
