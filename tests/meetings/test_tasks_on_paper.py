"""Tasks of a department without an account: a person of it by name; the office enters what it reports, with its scan."""

import pytest
import time_machine
from django.db import IntegrityError, transaction

from core.refusals import BadInput, FourEyes
from deadlines.models import Deadline
from departments.enums import Role
from departments.models import Department
from meetings import contexts_proposals, drafting, rules_resolutions, workbench_on_paper
from meetings.actions import deployments, holding, resolutions
from meetings.models import Resolution
from tests.cast import person
from tests.factories.cases import pdf
from tests.factories.meetings import adopted, came, line, note_all
from tests.meetings.conftest import DAY
from tests.meetings.test_meeting_day import DUE
from tests.meetings.test_meeting_pages import send, url
from tests.meetings.test_members_on_paper import mute as mute  # noqa: PLC0414 - a fixture


@pytest.fixture
def registrar(office):
    return person("ld09", "文知礼", office, Role.REGISTRAR)


def theirs(department, **more):
    given = {
        "text": "移送线索清单",
        "department": department,
        "person": None,
        "due_on": DUE,
        "name": "秦守疆",
    } | more
    return holding.Line(**given)


@pytest.fixture
def task(mute, meeting, topic, office_coordinator, begun):
    came(meeting, at=begun)
    holding.decide_item(item=topic, text="同意。", lines=[theirs(mute)], by=office_coordinator, at=begun)
    note_all(meeting, at=begun)
    holding.close_meeting(meeting=meeting, by=office_coordinator, at=begun)
    return Resolution.objects.select_related("department", "office", "meeting").get(meeting=meeting)


def test_it_names_a_person_and_runs_by_its_clock(task, mute, meeting):
    assert (task.status, task.person, task.person_name, task.who) == ("open", None, "秦守疆", "秦守疆")
    clock = Deadline.objects.get(target_kind="resolution", target_id=task.pk)
    assert (clock.department, clock.due_on, clock.person_id) == (mute, DUE, None)
    assert any("责任人：秦守疆" in text for _item, _heading, text in drafting.parts(meeting))


@pytest.mark.parametrize("name", [" ", "长" * 41])
def test_nobody_named_is_refused(mute, meeting, topic, office_coordinator, begun, name):
    came(meeting, at=begun)
    with pytest.raises(BadInput) as refused:
        holding.decide_item(
            item=topic, text="同意。", lines=[theirs(mute, name=name)], by=office_coordinator, at=begun
        )
    assert refused.value.field == "line0_person" and not Resolution.objects.exists()


def test_a_name_is_not_enough_where_people_have_accounts(meeting, topic, health, office_coordinator, begun):
    came(meeting, at=begun)
    with pytest.raises(BadInput) as refused:
        holding.decide_item(
            item=topic, text="同意。", lines=[theirs(health)], by=office_coordinator, at=begun
        )
    assert refused.value.field == "line0_person"


def test_the_office_enters_the_report_with_its_scan_and_confirms_it(
    task, office_coordinator, registrar, begun, media
):
    given = {"task": task, "text": "已移送", "by": registrar, "at": begun + DAY}
    paper = {"on": (begun + DAY).date(), "number": "青公函〔2026〕8号"}
    with pytest.raises(BadInput) as refused:
        resolutions.report_done(**paper, **given)
    assert refused.value.field == "upload"
    resolutions.add_progress(**given)
    resolutions.report_done(upload=pdf("报告.pdf"), **paper, **given)
    resolutions.confirm_done(
        task=task, by=registrar, at=begun + DAY
    )  # it is the department's report, not the registrar's
    assert task.status == "done" and [step.name for step in task.steps.all()] == ["", "报告.pdf", ""]
    assert Deadline.objects.get(target_kind="resolution", target_id=task.pk).status == "met"


def test_where_there_are_accounts_who_reported_does_not_confirm(
    meeting, topic, insurance_handler, office_coordinator, begun
):
    came(meeting, at=begun)
    mine = line(insurance_handler, due_on=DUE)
    holding.decide_item(item=topic, text="同意。", lines=[mine], by=office_coordinator, at=begun)
    note_all(meeting, at=begun)
    holding.close_meeting(meeting=meeting, by=office_coordinator, at=begun)
    made = Resolution.objects.select_related("department", "office", "meeting", "person").get(meeting=meeting)
    resolutions.report_done(task=made, text="已办", by=insurance_handler, at=begun)
    with pytest.raises(FourEyes):
        resolutions.confirm_done(task=made, by=insurance_handler, at=begun)


def test_another_name_takes_it_on_and_a_person_once_they_work_here(task, mute, office_coordinator, begun):
    resolutions.reassign(task=task, name="魏正平", reason="分工调整", by=office_coordinator, at=begun)
    task.refresh_from_db()
    assert (task.person, task.who) == (None, "魏正平")
    Department.objects.filter(pk=mute.pk).update(has_account=True)
    handler = person("ga01", "秦卫东", Department.objects.get(pk=mute.pk), Role.HANDLER)
    task = Resolution.objects.select_related("department", "office", "meeting").get(pk=task.pk)
    with pytest.raises(BadInput):
        resolutions.reassign(task=task, reason="开通账号", by=office_coordinator, at=begun)
    resolutions.reassign(task=task, person=handler, reason="开通账号", by=office_coordinator, at=begun)
    assert (task.person, task.person_name) == (handler, "")
    assert Deadline.objects.get(target_kind="resolution", target_id=task.pk).person_id == handler.pk


def test_who_may_enter_and_whose_workbench_asks(
    task, office_coordinator, registrar, county_leader, health_handler, outsider, begun
):
    people = (office_coordinator, registrar, county_leader, health_handler, outsider)
    assert [rules_resolutions.can_report(user, task) for user in people] == [True, True, False, False, False]
    with time_machine.travel(begun, tick=False):
        for user, many in zip(people, (1, 1, 0, 0, 0), strict=True):
            rows = list(workbench_on_paper.task_rows(user, 9))
            assert len(rows) == many == workbench_on_paper.tasks_waiting(user).count()
    assert rules_resolutions.can_confirm(office_coordinator, task) is False  # nothing is reported yet


def test_the_database_wants_one_name_or_one_person(task, insurance_handler):
    for wrong in ({"person_name": ""}, {"person": insurance_handler}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Resolution.objects.filter(pk=task.pk).update(**wrong)


def test_a_deployment_reaches_them_too(mute, board, office_coordinator, insurance_head, now, media):
    made = adopted(board, at=now)
    given = {"proposal": made, "department": mute, "person": None, "due_on": now.date() + 30 * DAY, "at": now}
    with pytest.raises(BadInput) as refused:
        deployments.add_task(text="核查", by=office_coordinator, **given)
    assert refused.value.field == "person"
    with pytest.raises(BadInput):
        deployments.add_task(
            text="核查", name="秦守疆", by=office_coordinator, **given | {"department": None}
        )
    deployments.add_task(text="核查", name="秦守疆", by=office_coordinator, **given)
    deployments.sign_deployment(proposal=made, by=insurance_head, at=now)
    deployments.deploy(proposal=made, by=office_coordinator, at=now)
    task = made.tasks.get()
    assert (task.status, task.who) == ("open", "秦守疆")
    said = contexts_proposals.of_deployment(made, by=office_coordinator, at=now)
    assert said["to"] == ["青禾县公安局"] and said["tasks"][0][2] == "秦守疆"


def test_the_pages_name_and_enter(mute, meeting, topic, office_coordinator, client, begun, media):
    came(meeting, at=begun)
    client.force_login(office_coordinator, backend="django.contrib.auth.backends.ModelBackend")
    with time_machine.travel(begun, tick=False):
        given = {"outcome_text": "同意。", "line0_text": "移送线索清单", "line0_due_on": DUE.isoformat()}
        given["line0_body"] = str(mute.pk)
        bare = send(client, url("decide", topic), **given)
        assert list(bare.context["form"].errors) == ["line0_name"]
        assert send(client, url("decide", topic), line0_name="秦守疆", **given).status_code == 302
        note_all(meeting, at=begun)
        meeting.refresh_from_db()
        holding.close_meeting(meeting=meeting, by=office_coordinator, at=begun)
        task = Resolution.objects.get(meeting=meeting)
        page = client.get(task.get_absolute_url()).content.decode()
        assert "秦守疆" in page and url("report_done", task) in page and "None" not in page
        ledger = client.get("/meetings/resolutions/?tab=mine").content.decode()
        assert task.get_absolute_url() in ledger and "秦守疆" in ledger
        bare = send(client, url("report_done", task), text="已移送")
        assert list(bare.context["form"].errors) == ["on", "upload"]
        assert send(client, url("reassign_task", task), name="", reason="分工").context[
            "form"
        ].errors.keys() == {"name"}
        assert send(client, url("reassign_task", task), name=" ", reason="分工").status_code == 200
        assert send(client, url("reassign_task", task), name="魏正平", reason="分工").status_code == 302
        given = {"text": "已移送", "on": begun.date().isoformat(), "upload": pdf("报告.pdf")}
        assert send(client, url("report_done", task), **given).status_code == 302
    task.refresh_from_db()
    assert (task.status, task.who) == ("reported", "魏正平")


def test_the_page_of_a_deployment_names_somebody(
    mute, board, office_coordinator, health_handler, client, now, media
):
    made = adopted(board, at=now)
    client.force_login(office_coordinator, backend="django.contrib.auth.backends.ModelBackend")
    given = {"text": "核查", "due_on": "2026-12-31"}
    with time_machine.travel(now, tick=False):
        nobody = send(client, url("add_task", made), **given)
        assert list(nobody.context["form"].errors) == ["person"]
        bare = send(client, url("add_task", made), body=str(mute.pk), **given)
        assert list(bare.context["form"].errors) == ["name"]
        assert (
            send(client, url("add_task", made), body=str(mute.pk), name="秦守疆", **given).status_code == 302
        )
    assert made.tasks.get().who == "秦守疆"


def test_the_api_names_somebody(mute, meeting, topic, office_coordinator, client, begun):
    came(meeting, at=begun)
    client.force_login(office_coordinator, backend="django.contrib.auth.backends.ModelBackend")
    path = f"/api/v1/agenda-items/{topic.pk}/"
    with time_machine.travel(begun, tick=False):
        lines = [{"text": "移送", "department": mute.pk, "name": "秦守疆", "due_on": DUE.isoformat()}]
        answer = client.post(
            path + "decide/", {"text": "同意。", "lines": lines}, content_type="application/json",
            headers={"If-Match": client.get(path)["ETag"]},
        )  # fmt: skip
    assert answer.status_code == 200 and Resolution.objects.get().who == "秦守疆", answer.content
