"""Resolutions: worked, reported, confirmed or sent back, supervised when red, withdrawn by a later meeting."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from core.refusals import BadInput, FourEyes, MovedOn, WrongState
from deadlines.models import Deadline
from documents import storage
from journal.models import Event, Notification
from meetings import rules_resolutions, workbench
from meetings.actions import holding
from meetings.actions import resolutions as actions
from meetings.actions.agenda import collect_agenda
from meetings.models import Resolution, ResolutionStep
from meetings.reading import task_lamps
from tests.factories.cases import pdf
from tests.factories.meetings import came, line, note_all
from tests.factories.meetings import quarter as make_quarter
from tests.meetings.conftest import DAY
from tests.meetings.test_meeting_day import text_of

DUE = dt.date(2026, 11, 30)


@pytest.fixture
def task(meeting, topic, insurance_handler, office_coordinator, begun):
    """A resolution of the meeting, under way, due on 30 November 2026."""
    came(meeting, at=begun)
    holding.decide_item(
        item=topic, text="同意。", lines=[line(insurance_handler, "移交线索清单", due_on=DUE)], by=office_coordinator,
        at=begun,
    )  # fmt: skip
    note_all(meeting, at=begun)
    holding.close_meeting(meeting=meeting, by=office_coordinator, at=begun)
    return Resolution.objects.select_related("department", "person", "office", "meeting").get()


def clock_of(task):
    return Deadline.objects.get(target_kind="resolution", target_id=task.pk)


def test_it_is_worked_reported_and_confirmed(task, insurance_handler, office_coordinator, begun):
    actions.add_progress(
        task=task, text="已核对一半", upload=pdf("佐证.pdf"), by=insurance_handler, at=begun + DAY
    )
    with pytest.raises(BadInput) as refused:
        actions.report_done(task=task, text="", by=insurance_handler, at=begun + 2 * DAY)
    assert refused.value.field == "text"
    actions.report_done(task=task, text="已移交", by=insurance_handler, at=begun + 2 * DAY)
    assert (
        Notification.objects.filter(verb="meeting.task_to_confirm", recipient=office_coordinator).count() == 1
    )
    with pytest.raises(FourEyes):
        actions.confirm_done(task=task, by=insurance_handler, at=begun + 3 * DAY)
    actions.confirm_done(task=task, text="属实", by=office_coordinator, at=begun + 20 * DAY)
    clock = clock_of(task)
    assert (task.status, clock.status, clock.late) == ("done", "met", False)  # done when it was reported
    assert [step.kind for step in task.steps.all()] == ["progress", "reported", "confirmed"]
    step = task.steps.first()
    assert storage.fetch(step.file, step.sha256).startswith(b"%PDF")
    assert (
        Notification.objects.filter(verb="meeting.task_was_confirmed", recipient=insurance_handler).count()
        == 1
    )
    for act in (actions.confirm_done, actions.report_done, actions.add_progress):
        with pytest.raises((WrongState, MovedOn)):
            act(task=task, text="再次", by=office_coordinator, at=begun + 21 * DAY)


def test_what_was_reported_late_stays_late(task, insurance_handler, office_coordinator, begun):
    actions.report_done(task=task, text="已移交", by=insurance_handler, at=begun + 30 * DAY)
    actions.confirm_done(task=task, by=office_coordinator, at=begun + 31 * DAY)
    assert clock_of(task).late


def test_the_office_sends_back_what_is_not_done(task, insurance_handler, office_coordinator, begun):
    with pytest.raises(WrongState):
        actions.send_back(task=task, reason="材料不全", by=office_coordinator, at=begun)
    actions.report_done(task=task, text="已移交", by=insurance_handler, at=begun + DAY)
    with pytest.raises(BadInput):
        actions.send_back(task=task, reason=" ", by=office_coordinator, at=begun + DAY)
    actions.send_back(task=task, reason="材料不全", by=office_coordinator, at=begun + DAY)
    assert (task.status, task.reported_at) == ("open", None)
    assert clock_of(task).status == "running"
    told = Notification.objects.filter(verb="meeting.task_was_sent_back", recipient=insurance_handler)
    assert told.count() == 1


def test_another_person_of_the_department_takes_it_over(
    task, insurance_handler, insurance_handler_2, health_handler, insurance_section_head, begun
):
    given = {"task": task, "by": insurance_section_head, "at": begun + DAY}
    for wrong, reason, field in (
        (insurance_handler, "轮岗", "person"), (health_handler, "轮岗", "person"), (insurance_handler_2, "", "reason"),
    ):  # fmt: skip
        with pytest.raises(BadInput) as refused:
            actions.reassign(person=wrong, reason=reason, **given)
        assert refused.value.field == field
    actions.reassign(person=insurance_handler_2, reason="轮岗", **given)
    assert task.person == insurance_handler_2 and clock_of(task).person == insurance_handler_2
    assert (
        Notification.objects.filter(verb="meeting.resolved_anew", recipient=insurance_handler_2).count() == 1
    )
    Resolution.objects.filter(pk=task.pk).update(status="dropped")
    with pytest.raises(WrongState):
        actions.reassign(person=insurance_handler, reason="轮岗", **given)


def test_who_left_is_asked_for_anew_and_may_not_leave_with_it(
    task, insurance_handler, insurance_section_head, health_registrar, office_coordinator, begun
):
    post = insurance_handler.posts.get()
    assert len(workbench.tasks_in_hand(post)) == 1
    assert list(workbench.my_tasks(insurance_handler)) == [task]
    assert list(workbench.my_tasks(insurance_section_head)) == []
    insurance_handler.is_active = False
    insurance_handler.save(update_fields=["is_active"])
    assert list(workbench.my_tasks(insurance_section_head)) == [task]
    assert list(workbench.my_tasks(health_registrar)) == []
    [row] = list(workbench.task_rows(insurance_section_head, 10))
    assert "移交线索清单" in row.phrase


def test_the_office_presses_who_is_late_once_a_working_day(
    task, insurance_handler, insurance_section_head, office_coordinator
):
    at = dt.datetime(2026, 12, 4, 2, 0, tzinfo=dt.UTC)  # a Friday, four working days late
    reply = dt.date(2026, 12, 10)
    given = {"task": task, "by": office_coordinator}
    with pytest.raises(WrongState):
        actions.press(demand="尽快", reply_on=reply, at=at - 5 * DAY, **given)
    with pytest.raises(BadInput) as refused:
        actions.press(demand=" ", reply_on=reply, at=at, **given)
    assert refused.value.field == "demand"
    for wrong in (at.date(), dt.date(2040, 1, 1)):
        with pytest.raises(BadInput) as refused:
            actions.press(demand="尽快", reply_on=wrong, at=at, **given)
        assert refused.value.field == "reply_on"
    step = actions.press(demand="本周内办结", reply_on=reply, at=at, **given)
    assert task.pressed == 1 and step.document.number.startswith("青联动办函〔2026〕")
    said = text_of(storage.fetch(step.document.file, step.document.sha256))
    for words in ("督办函", "移交线索清单", "陈晓岚", "已超期4个工作日", "本周内办结", "第1次督办"):
        assert words in said
    for person in (insurance_handler, insurance_section_head):
        assert Notification.objects.filter(verb="meeting.task_was_pressed", recipient=person).count() == 1
    for again in (at + dt.timedelta(hours=2), at + DAY):  # Saturday is no working day
        with pytest.raises(WrongState):
            actions.press(demand="尽快", reply_on=reply, at=again, **given)
    with pytest.raises(WrongState):  # the answer may still come
        actions.press(demand="尽快", reply_on=reply, at=at + 3 * DAY, **given)
    actions.reply_to_supervision(task=task, text="下周办结", by=insurance_handler, at=at)
    with pytest.raises(WrongState):  # once a working day
        actions.press(demand="尽快", reply_on=reply, at=at + DAY, **given)
    actions.press(demand="尽快", reply_on=reply, at=at + 3 * DAY, **given)
    assert task.pressed == 2


def test_three_colours_by_the_clock(task, begun):
    import time_machine

    colours = []
    for day in (dt.datetime(2026, 11, 17, tzinfo=dt.UTC), dt.datetime(2026, 11, 27, tzinfo=dt.UTC),
                dt.datetime(2026, 12, 2, tzinfo=dt.UTC)):  # fmt: skip
        with time_machine.travel(day, tick=False):
            colours.append(task_lamps([task])[0].color)
    assert colours == ["g", "y", "r"]


# -- back on the agenda -----------------------------------------------------------------------------------------


@pytest.fixture
def later(board, task, office_coordinator, now):
    """The next quarter's meeting, called, with the resolution's follow-up; and the moment at which it has begun."""
    from meetings.actions.calling import call_meeting

    at = dt.datetime(2027, 1, 5, 2, 0, tzinfo=dt.UTC)
    meeting = make_quarter(board, at=at)
    collect_agenda(meeting=meeting, at=at)
    call_meeting(meeting=meeting, starts_at=at + DAY, place="会议室", by=office_coordinator, at=at)
    moment = at + 2 * DAY
    came(meeting, at=moment)
    item = meeting.items.select_related("meeting__office", "meeting__region").get(key=f"resolution:{task.pk}")
    return meeting, item, moment


def end(meeting, moment, by):
    note_all(meeting, at=moment)
    holding.close_meeting(meeting=meeting, by=by, at=moment)


def test_a_later_meeting_withdraws_it(later, task, office_coordinator):
    meeting, item, moment = later
    given = {"item": item, "by": office_coordinator, "at": moment}
    with pytest.raises(BadInput) as refused:
        holding.decide_item(text="撤销。", withdraws=True, new_due_on=dt.date(2027, 3, 1), **given)
    assert refused.value.field == "new_due_on"
    holding.decide_item(text="情况变化，撤销。", withdraws=True, **given)
    task.refresh_from_db()
    assert task.status == "open"  # only the closing makes it so
    holding.reopen_item(item=item, by=office_coordinator, at=moment)
    holding.decide_item(text="情况变化，撤销。", withdraws=True, **given)
    end(meeting, moment, office_coordinator)
    task.refresh_from_db()
    assert (task.status, task.withdrawn_in) == ("withdrawn", item)
    assert clock_of(task).status == "cancelled"
    assert Event.objects.filter(verb="meeting.task_withdrawn", target_id=task.pk).count() == 1


def test_a_later_meeting_gives_it_another_last_day(later, task, office_coordinator):
    meeting, item, moment = later
    given = {"item": item, "by": office_coordinator, "at": moment}
    for wrong in (DUE, moment.date(), dt.date(2040, 1, 1)):
        with pytest.raises(BadInput) as refused:
            holding.decide_item(text="延期。", new_due_on=wrong, **given)
        assert refused.value.field == "new_due_on"
    holding.decide_item(text="同意延期。", new_due_on=dt.date(2027, 3, 1), **given)
    end(meeting, moment, office_coordinator)
    task.refresh_from_db()
    assert (task.status, task.due_on, clock_of(task).due_on) == (
        "open",
        dt.date(2027, 3, 1),
        dt.date(2027, 3, 1),
    )
    assert [step.kind for step in task.steps.all()] == ["moved"]


@pytest.mark.parametrize("change", [{"withdraws": True}, {"new_due_on": dt.date(2027, 3, 1)}])
def test_a_clock_that_is_gone_or_a_task_that_is_done_holds_up_no_closing(
    later, task, office_coordinator, change
):
    meeting, item, moment = later
    Deadline.objects.filter(target_kind="resolution").update(status="cancelled", ended_at=moment)
    holding.decide_item(item=item, text="变更。", by=office_coordinator, at=moment, **change)
    end(meeting, moment, office_coordinator)
    task.refresh_from_db()
    assert task.status == ("withdrawn" if "withdraws" in change else "open")


def test_what_was_done_meanwhile_is_not_withdrawn(later, task, insurance_handler, office_coordinator):
    meeting, item, moment = later
    holding.decide_item(item=item, text="撤销。", withdraws=True, by=office_coordinator, at=moment)
    Deadline.objects.filter(target_kind="resolution").update(status="cancelled", ended_at=moment)
    actions.report_done(task=task, text="已移交", by=insurance_handler, at=moment)
    actions.confirm_done(task=task, by=office_coordinator, at=moment)
    end(meeting, moment, office_coordinator)
    task.refresh_from_db()
    assert task.status == "done"


def test_handing_it_over_without_a_clock(task, insurance_handler_2, insurance_section_head, begun):
    Deadline.objects.filter(target_kind="resolution").update(status="cancelled", ended_at=begun)
    actions.reassign(
        task=task, person=insurance_handler_2, reason="轮岗", by=insurance_section_head, at=begun
    )
    assert task.person == insurance_handler_2


def test_only_a_follow_up_changes_a_resolution(meeting, topic, office_coordinator, begun):
    came(meeting, at=begun)
    with pytest.raises(BadInput) as refused:
        holding.decide_item(item=topic, text="撤销。", withdraws=True, by=office_coordinator, at=begun)
    assert refused.value.field == "withdraws"


def test_what_was_said_about_a_task_is_only_ever_added_to(task, insurance_handler, begun):
    step = actions.add_progress(task=task, text="已核对", by=insurance_handler, at=begun)
    with pytest.raises(Exception, match=r"permission denied|kept"), transaction.atomic():
        ResolutionStep.objects.filter(pk=step.pk).update(text="改")
    for fields in ({"status": "done"}, {"status": "withdrawn"}, {"meeting": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Resolution.objects.filter(pk=task.pk).update(**fields)


STATES = {
    "open": {
        "handler": {"can_add_progress", "can_report"},
        "leader": {"can_add_progress", "can_report", "can_reassign"},
        "office": {"can_reassign", "can_press"},
    },
    "reported": {
        "handler": {"can_add_progress"}, "leader": {"can_add_progress", "can_reassign"},
        "office": {"can_confirm", "can_send_back", "can_reassign"},
    },
    "done": {"handler": set(), "leader": set(), "office": set()},
}  # fmt: skip
RULES = ("can_add_progress", "can_report", "can_confirm", "can_send_back", "can_reassign", "can_press")


@pytest.mark.parametrize("status", STATES)
def test_who_may_do_what_with_a_resolution(
    task,
    insurance_handler,
    insurance_section_head,
    office_coordinator,
    health_registrar,
    county_leader,
    status,
):
    import time_machine

    task.status = status
    people = {"handler": insurance_handler, "leader": insurance_section_head, "office": office_coordinator}
    with time_machine.travel(dt.datetime(2026, 12, 4, tzinfo=dt.UTC)):
        for who, user in people.items():
            assert {name for name in RULES if getattr(rules_resolutions, name)(user, task)} == STATES[status][
                who
            ], who
        for stranger in (health_registrar, county_leader):
            assert not any(getattr(rules_resolutions, name)(stranger, task) for name in RULES)
    with time_machine.travel(dt.datetime(2026, 11, 20, tzinfo=dt.UTC)):
        assert not rules_resolutions.can_press(office_coordinator, task)
