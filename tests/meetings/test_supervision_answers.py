"""督办: the letter asks for an answer by a day; a clock runs until then, the department answers here or on its paper."""

import datetime as dt

import pytest
import time_machine
from django.db import IntegrityError, transaction

from core.refusals import BadInput, WrongState
from deadlines.actions.bulk_sweep import sweep
from deadlines.models import Deadline
from journal.models import Event, Notification
from meetings import rules_resolutions, sources, workbench, workbench_on_paper
from meetings.actions import resolutions as actions
from meetings.actions import supervising
from meetings.models import Resolution
from meetings.reading import task_lamps
from tests.factories.cases import pdf
from tests.factories.meetings import quarter as make_quarter
from tests.meetings.conftest import DAY
from tests.meetings.test_meeting_pages import send, url
from tests.meetings.test_members_on_paper import mute as mute  # noqa: PLC0414 - a fixture
from tests.meetings.test_resolutions import end
from tests.meetings.test_resolutions import later as later  # noqa: PLC0414 - a fixture
from tests.meetings.test_resolutions import task as task  # noqa: PLC0414 - a fixture
from tests.meetings.test_tasks_on_paper import registrar as registrar  # noqa: PLC0414 - a fixture
from tests.meetings.test_tasks_on_paper import task as theirs  # noqa: F401 - a fixture

PRESSED = dt.datetime(2027, 1, 4, 2, 0, tzinfo=dt.UTC)  # a Monday; both tasks are late
REPLY = dt.date(2027, 1, 8)  # the Friday


def press(task, by, at=PRESSED, reply_on=REPLY):
    return actions.press(task=task, demand="本周内办结", reply_on=reply_on, by=by, at=at)


def answer_clock(task):
    return Deadline.objects.filter(
        target_kind="resolution", target_id=task.pk, rule_code="supervision"
    ).latest("pk")


def test_the_answer_has_a_clock_of_its_own(task, insurance, insurance_handler, office_coordinator):
    press(task, office_coordinator)
    clock = answer_clock(task)
    assert (task.answer_by, task.pressed) == (REPLY, 1)
    assert (clock.department, clock.person, clock.to_department, clock.due_on, clock.status) == (
        insurance, insurance_handler, task.office, REPLY, "running",
    )  # fmt: skip
    before = Notification.objects.filter(recipient=insurance_handler).count()
    for at in (PRESSED + 5 * DAY, PRESSED + 5 * DAY):  # the Saturday, twice
        sweep(at=at)
    clock.refresh_from_db()
    assert clock.stage == "overdue"
    assert Notification.objects.filter(recipient=insurance_handler).count() > before


@pytest.mark.parametrize(("days", "late"), [(4, False), (5, True)])
def test_it_is_answered_once_in_time_or_late(task, insurance_handler, office_coordinator, days, late):
    given = {"task": task, "by": insurance_handler, "at": PRESSED + days * DAY}
    with pytest.raises(WrongState):
        actions.reply_to_supervision(text="在办", **given | {"at": PRESSED})
    press(task, office_coordinator)
    for wrong, field in (({"text": " "}, "text"), ({"text": "在办", "on": REPLY}, "on")):
        with pytest.raises(BadInput) as refused:
            actions.reply_to_supervision(**given | wrong)
        assert refused.value.field == field
    step = actions.reply_to_supervision(text="已移送一半，下周办结", upload=pdf("进度.pdf"), **given)
    clock = answer_clock(task)
    assert (step.kind, step.paper_on, step.name, task.answer_by) == ("replied", None, "进度.pdf", None)
    assert (clock.status, clock.late, task.status) == ("met", late, "open")
    assert Event.objects.filter(verb="meeting.task_answered", target_id=task.pk).count() == 1
    told = Notification.objects.filter(verb="meeting.supervision_answered", recipient=office_coordinator)
    assert told.count() == 1
    with pytest.raises(WrongState):
        actions.reply_to_supervision(text="再答", **given)


def test_no_further_letter_while_the_answer_may_come_and_what_was_late_stays_late(task, office_coordinator):
    press(task, office_coordinator)
    first = answer_clock(task)
    with time_machine.travel(PRESSED + 4 * DAY, tick=False):
        assert not rules_resolutions.can_press(office_coordinator, task)
    with pytest.raises(WrongState) as refused:
        press(task, office_coordinator, at=PRESSED + 4 * DAY, reply_on=REPLY + 7 * DAY)
    assert REPLY.isoformat() in str(refused.value)
    sweep(at=PRESSED + 7 * DAY)
    with time_machine.travel(PRESSED + 7 * DAY, tick=False):
        assert rules_resolutions.can_press(office_coordinator, task)
    press(task, office_coordinator, at=PRESSED + 7 * DAY, reply_on=REPLY + 7 * DAY)
    first.refresh_from_db()
    assert (first.status, first.late, task.pressed) == ("cancelled", True, 2)
    assert (answer_clock(task).status, answer_clock(task).due_on) == ("running", REPLY + 7 * DAY)
    assert "再次督办" in Event.objects.filter(verb="deadline.cancelled").latest("pk").params["reason"]


def test_reporting_it_as_done_answers_too(task, insurance_handler, office_coordinator):
    press(task, office_coordinator)
    actions.report_done(task=task, text="已移交", by=insurance_handler, at=PRESSED + DAY)
    assert (task.answer_by, answer_clock(task).status, answer_clock(task).late) == (None, "met", False)
    actions.confirm_done(task=task, by=office_coordinator, at=PRESSED + 9 * DAY)
    assert task.status == "done"


def test_another_person_owes_the_answer_too(task, insurance_handler_2, office_coordinator):
    press(task, office_coordinator)
    actions.reassign(
        task=task, person=insurance_handler_2, reason="轮岗", by=office_coordinator, at=PRESSED + DAY
    )
    assert answer_clock(task).person == insurance_handler_2


@pytest.mark.parametrize("change", [{"withdraws": True}, {"new_due_on": dt.date(2027, 3, 1)}])
def test_a_meeting_that_deals_with_it_ends_the_asking(later, task, office_coordinator, change):
    from meetings.actions import holding

    meeting, item, moment = later
    press(task, office_coordinator, at=moment, reply_on=REPLY + 14 * DAY)
    holding.decide_item(item=item, text="情况变化。", by=office_coordinator, at=moment, **change)
    end(meeting, moment, office_coordinator)
    task.refresh_from_db()
    assert (task.answer_by, answer_clock(task).status) == (None, "cancelled")


@pytest.mark.parametrize("act", [supervising.answered, supervising.lapse])
def test_a_clock_that_is_gone_holds_up_nothing(task, office_coordinator, act):
    press(task, office_coordinator)
    Deadline.objects.filter(pk=answer_clock(task).pk).update(
        status="cancelled", ended_at=PRESSED, next_at=None
    )
    more = {"done_at": PRESSED} if act is supervising.answered else {"reason": "已研究"}
    if act is supervising.answered:
        act(task, by=office_coordinator, at=PRESSED + DAY, **more)
    else:
        act(task, "已研究", by=office_coordinator, at=PRESSED + DAY)
    assert task.answer_by is None


def test_the_database_wants_a_letter_and_a_scan(task):
    for wrong in ({"answer_by": REPLY}, {"answer_by": REPLY, "pressed": 1, "status": "reported"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Resolution.objects.filter(pk=task.pk).update(**wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        task.steps.create(kind="replied", text="在办", paper_on=REPLY, at=PRESSED)


def test_the_lamp_of_the_task_is_that_of_its_own_clock(task, office_coordinator):
    press(task, office_coordinator)
    with time_machine.travel(PRESSED + DAY, tick=False):
        assert task_lamps([task])[0].color == "r"


def test_the_next_agenda_says_what_was_pressed_and_not_answered(board, task, office_coordinator):
    press(task, office_coordinator)
    meeting = make_quarter(board, at=PRESSED)

    def said(day):
        return next(each.text for each in sources.own_topics(meeting, day) if each.first)

    assert "已督办1次" in said(REPLY) and "逾期未回复" not in said(REPLY)
    assert "督办函逾期未回复" in said(REPLY + DAY)


# -- of a department without an account ---------------------------------------------------------------------------


def test_its_paper_counts_by_its_day(theirs, office_coordinator, registrar, media):  # noqa: F811
    press(theirs, office_coordinator)
    entered = PRESSED + 9 * DAY  # the Wednesday after the last day
    given = {"task": theirs, "text": "已移送一半", "by": registrar, "at": entered}
    for wrong, field in (
        ({}, "on"), ({"on": PRESSED.date() - DAY}, "on"), ({"on": entered.date() + DAY}, "on"), ({"on": REPLY}, "upload"),
    ):  # fmt: skip
        with pytest.raises(BadInput) as refused:
            actions.reply_to_supervision(**given | wrong)
        assert refused.value.field == field
    step = actions.reply_to_supervision(
        on=REPLY, number=" 青公函〔2027〕3号 ", upload=pdf("复函.pdf"), **given
    )
    clock = answer_clock(theirs)
    assert (step.paper_on, step.paper_number, step.name) == (REPLY, "青公函〔2027〕3号", "复函.pdf")
    assert (clock.status, clock.late) == ("met", False)


def test_an_answer_of_the_very_day_of_the_letter(theirs, office_coordinator, registrar, media):  # noqa: F811
    late = PRESSED + dt.timedelta(hours=5)  # 15:00; noon has passed
    press(theirs, office_coordinator, at=late)
    given = {"text": "已移送", "on": late.date(), "upload": pdf("复函.pdf"), "by": registrar}
    actions.reply_to_supervision(task=theirs, at=late + dt.timedelta(hours=1), **given)
    assert answer_clock(theirs).status == "met"


@pytest.mark.parametrize(("days", "late"), [(0, False), (1, True)])
def test_its_report_counts_by_its_day(theirs, office_coordinator, registrar, days, late, media):  # noqa: F811
    day = theirs.due_on + days * DAY
    given = {"task": theirs, "text": "已移送", "upload": pdf("报告.pdf"), "by": registrar, "at": PRESSED}
    with pytest.raises(BadInput) as refused:
        actions.report_done(on=theirs.created_at.date() - 2 * DAY, **given)
    assert refused.value.field == "on"
    actions.report_done(on=day, number="青公函〔2026〕91号", **given)
    actions.confirm_done(task=theirs, by=office_coordinator, at=PRESSED + DAY)
    clock = Deadline.objects.get(target_kind="resolution", target_id=theirs.pk, rule_code="resolution")
    assert (clock.status, clock.late) == ("met", late)


def test_a_report_whose_clock_is_gone(theirs, office_coordinator, registrar, media):  # noqa: F811
    Deadline.objects.filter(target_kind="resolution", target_id=theirs.pk).update(
        status="cancelled", ended_at=PRESSED, next_at=None
    )
    given = {"text": "已移送", "upload": pdf("报告.pdf"), "on": theirs.due_on}
    actions.report_done(task=theirs, by=registrar, at=PRESSED, **given)
    actions.confirm_done(task=theirs, by=office_coordinator, at=PRESSED + DAY)
    assert theirs.status == "done"


# -- who, and where ----------------------------------------------------------------------------------------------


def test_who_may_answer_and_whose_workbench_asks(
    task, insurance_handler, insurance_section_head, health_handler, office_coordinator
):
    people = (insurance_handler, insurance_section_head, health_handler, office_coordinator)
    assert not any(rules_resolutions.can_reply(user, task) for user in people)
    press(task, office_coordinator)
    assert [rules_resolutions.can_reply(user, task) for user in people] == [True, True, False, False]
    [row] = workbench.task_rows(insurance_handler, 9)
    assert row.phrase.startswith("回复督办函") and row.due == REPLY


def test_the_office_is_asked_to_enter_the_answer(theirs, office_coordinator, registrar):  # noqa: F811
    press(theirs, office_coordinator)
    assert rules_resolutions.can_reply(registrar, theirs)
    [row] = workbench_on_paper.task_rows(registrar, 9)
    assert "督办" in row.phrase and row.due == REPLY


def test_the_pages_answer(task, insurance_handler, office_coordinator, client):
    with time_machine.travel(PRESSED + DAY, tick=False):
        client.force_login(insurance_handler, backend="django.contrib.auth.backends.ModelBackend")
        assert client.get(url("reply_supervision", task)).status_code == 403
        press(task, office_coordinator)
        page = client.get(task.get_absolute_url()).content.decode()
        assert url("reply_supervision", task) in page and "督办回复期限" in page
        assert "01-08" in client.get("/meetings/resolutions/?tab=late").content.decode()
        assert send(client, url("reply_supervision", task), text=" ").status_code == 200
        assert send(client, url("reply_supervision", task), text="下周办结").status_code == 302
        page = client.get(task.get_absolute_url()).content.decode()
    assert "下周办结" in page and "已回复督办" in page and "督办回复期限" not in page


def test_the_pages_enter_a_written_answer(theirs, registrar, office_coordinator, client, media):  # noqa: F811
    press(theirs, office_coordinator)
    with time_machine.travel(PRESSED + DAY, tick=False):
        client.force_login(registrar, backend="django.contrib.auth.backends.ModelBackend")
        bare = send(client, url("reply_supervision", theirs), text="在办")
        assert set(bare.context["form"].errors) == {"on", "upload"}
        given = {"text": "在办", "on": "2027-01-05", "number": "青公函〔2027〕3号", "upload": pdf("复函.pdf")}
        assert send(client, url("reply_supervision", theirs), **given).status_code == 302
        page = client.get(theirs.get_absolute_url()).content.decode()
    assert "青公函〔2027〕3号" in page and "复函.pdf" in page


def test_the_api_answers(task, insurance_handler, office_coordinator, client):
    press(task, office_coordinator)
    path = f"/api/v1/resolutions/{task.pk}/"
    with time_machine.travel(PRESSED + DAY, tick=False):
        client.force_login(insurance_handler, backend="django.contrib.auth.backends.ModelBackend")
        before = client.get(path)
        assert before.json()["answer_by"] == REPLY.isoformat()
        answer = client.post(
            path + "reply-supervision/", {"text": "下周办结"}, content_type="application/json",
            headers={"If-Match": before["ETag"]},
        )  # fmt: skip
        assert answer.status_code == 200 and answer.json()["answer_by"] is None, answer.content
        assert answer.json()["steps"][-1]["kind"] == "replied"
        again = client.post(
            path + "reply-supervision/", {"text": "再答"}, content_type="application/json",
            headers={"If-Match": answer["ETag"]},
        )  # fmt: skip
        assert again.status_code == 403
