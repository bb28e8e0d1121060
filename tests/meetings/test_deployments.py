"""统一部署: tasks of named people, signed for issue by another than who wrote it, numbered, begun, followed up."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from core.refusals import BadInput, FourEyes, MovedOn, WrongState
from deadlines.models import Deadline
from departments.models import User
from documents import storage
from documents.models import IssuedDocument
from journal.models import Event, Notification
from meetings import workbench_proposals
from meetings.actions import deployments as actions
from meetings.actions import resolutions
from meetings.actions.agenda import collect_agenda
from meetings.actions.proposals import edit_proposal, revise
from meetings.models import Proposal, Resolution
from tests.factories.meetings import adopted, asked, proposal, quarter, resolution, with_task
from tests.meetings.conftest import DAY
from tests.meetings.test_meeting_day import text_of


def task_of(made):
    return made.tasks.select_related("department", "person", "office", "deployment", "meeting").get()


@pytest.fixture
def ready(board, insurance_handler, now):
    """Adopted, with one task."""
    return with_task(adopted(board, at=now), insurance_handler, at=now)


@pytest.fixture
def deployed(ready, insurance_head, office_coordinator, now, media):
    actions.sign_deployment(proposal=ready, by=insurance_head, at=now)
    return actions.deploy(proposal=ready, by=office_coordinator, at=now + DAY)


def test_it_is_signed_numbered_and_begun(
    deployed, insurance, insurance_handler, insurance_head, insurance_deputy_head, health, now
):
    deployed.refresh_from_db()
    assert (deployed.status, deployed.signed_by) == ("deployed", insurance_head)
    task = task_of(deployed)
    assert (task.status, task.number) == ("open", 1)
    clock = Deadline.objects.get(target_kind="resolution", target_id=task.pk)
    assert (clock.rule_code, clock.person, clock.due_on) == ("deployment", insurance_handler, task.due_on)
    assert Notification.objects.filter(recipient=insurance_handler, verb="meeting.resolved").count() == 1
    told = Notification.objects.filter(verb="meeting.was_deployed")
    assert set(told.values_list("department_id", flat=True)) == {insurance.pk}
    document = deployed.document
    # the first number was the consultation's
    assert (document.kind, document.number) == ("meeting_deployment", "青联动办函〔2026〕2号")
    text = text_of(storage.fetch(document.file, document.sha256))
    for words in ("关于部署分解住院专项核查的通知", "青禾县医疗保障局", "移交疑点清单", "陈晓岚", "2026年12月16日",
                  "经各成员单位会商一致", "任务清单"):  # fmt: skip
        assert words in text, words
    event = Event.objects.filter(target_kind="proposal", target_id=deployed.pk).latest("pk")
    assert (event.verb, event.params["count"]) == ("meeting.deployed", 1)


def test_who_wrote_any_text_does_not_sign_and_nobody_signs_nothing(
    board, insurance_handler, insurance_head, office_head, office_coordinator, now
):
    made = asked(board, at=now)
    revise(proposal=made, reason="改", by=office_coordinator, at=now)
    words = {"title": "改后", "analysis": "分析", "measures": "措施"}
    edit_proposal(proposal=made, expected_version=made.version, by=office_head, at=now, **words)
    Proposal.objects.filter(pk=made.pk).update(status="adopted", adopted_by=office_head, adopted_at=now)
    made.refresh_from_db()
    with pytest.raises(BadInput):
        actions.sign_deployment(proposal=made, by=insurance_head, at=now)
    with_task(made, insurance_handler, at=now)
    for writer in (office_coordinator, office_head):
        with pytest.raises(FourEyes) as refused:
            actions.sign_deployment(proposal=made, by=writer, at=now)
        assert refused.value.record
    actions.sign_deployment(proposal=made, by=insurance_head, at=now)
    with pytest.raises(WrongState):
        actions.sign_deployment(proposal=made, by=insurance_head, at=now)
    assert Notification.objects.filter(verb="meeting.deployment_to_number").count() == 1


def test_who_added_a_task_or_took_one_out_does_not_sign(
    ready, health_handler, insurance_deputy_head, insurance_head, office_head, office_coordinator, now
):
    signers = (insurance_deputy_head, insurance_head, office_head)

    def waits_for():
        return [user for user in signers if workbench_proposals.to_sign(user).filter(pk=ready.pk).exists()]

    other = with_task(adopted(ready.office, at=now), health_handler, at=now)
    with_task(other, health_handler, at=now, text="抽查病历", by=insurance_deputy_head)
    assert waits_for() == list(signers)  # a task of another deployment is nothing to this one
    with_task(ready, health_handler, at=now, text="抽查病历", by=insurance_head)
    assert waits_for() == [insurance_deputy_head, office_head]
    mine = ready.tasks.select_related("deployment").get(text="抽查病历")
    actions.drop_task(task=mine, by=office_head, at=now)
    assert waits_for() == [insurance_deputy_head]
    for hand in (insurance_head, office_head):
        with pytest.raises(FourEyes) as refused:
            actions.sign_deployment(proposal=ready, by=hand, at=now)
        assert refused.value.record
    actions.sign_deployment(proposal=ready, by=insurance_deputy_head, at=now)
    assert ready.signed_by == insurance_deputy_head


def test_the_database_keeps_the_drafter_from_signing(ready, office_coordinator, now):
    with pytest.raises(IntegrityError), transaction.atomic():
        Proposal.objects.filter(pk=ready.pk).update(signed_by=office_coordinator, signed_at=now)


def test_another_task_or_one_less_and_it_is_signed_anew(
    ready, insurance_head, health_handler, office_coordinator, now
):
    before = ready.version
    with_task(ready, health_handler, at=now, text="复核清单")
    assert ready.version == before + 1  # whoever signs has read another list by now
    actions.drop_task(
        task=ready.tasks.select_related("deployment").get(number=2), by=office_coordinator, at=now
    )
    ready.refresh_from_db()
    actions.sign_deployment(proposal=ready, by=insurance_head, at=now)
    with_task(ready, health_handler, at=now, text="抽查病历")
    ready.refresh_from_db()
    assert ready.signed_at is None
    with pytest.raises(WrongState):
        actions.deploy(proposal=ready, by=office_coordinator, at=now)
    actions.sign_deployment(proposal=ready, by=insurance_head, at=now)
    second = Resolution.objects.select_related("deployment").get(number=3)
    actions.drop_task(task=second, by=office_coordinator, at=now)
    ready.refresh_from_db()
    assert (ready.signed_at, second.status) == (None, "dropped")
    with pytest.raises((WrongState, MovedOn)):
        actions.drop_task(task=second, by=office_coordinator, at=now)


def test_a_task_names_what_who_and_until_when(
    board, insurance, insurance_handler, health_handler, outsider, office_coordinator, now
):
    made = proposal(board, at=now)
    good = {
        "text": "移交清单", "department": insurance, "person": insurance_handler, "due_on": now.date() + 9 * DAY,
    }  # fmt: skip
    for change, field in (
        ({"text": " "}, "text"), ({"person": health_handler}, "person"), ({"due_on": now.date()}, "due_on"),
        ({"due_on": now.date() + 4000 * DAY}, "due_on"),
        ({"department": outsider.department, "person": outsider}, "person"),
    ):  # fmt: skip
        with pytest.raises(BadInput) as refused:
            actions.add_task(proposal=made, by=office_coordinator, at=now, **(good | change))
        assert refused.value.field == field
    assert not made.tasks.exists()


def test_a_meetings_task_is_not_taken_out_of_a_deployment(
    meeting, topic, insurance_handler, office_coordinator, now
):
    task = resolution(meeting, insurance_handler, due_on=now.date() + DAY, at=now, status="draft")
    with pytest.raises(WrongState):
        actions.drop_task(task=task, by=office_coordinator, at=now)


def test_deploying_is_refused_when_somebody_left_or_a_day_has_come(
    ready, insurance_handler, insurance_head, office_coordinator, now
):
    actions.sign_deployment(proposal=ready, by=insurance_head, at=now)
    with pytest.raises(BadInput) as refused:
        actions.deploy(proposal=ready, by=office_coordinator, at=now + 30 * DAY)
    assert refused.value.field == "due_on"
    User.objects.filter(pk=insurance_handler.pk).update(is_active=False)
    with pytest.raises(BadInput) as refused:
        actions.deploy(proposal=ready, by=office_coordinator, at=now)
    assert refused.value.field == "person"
    ready.refresh_from_db()
    assert ready.status == "adopted" and not IssuedDocument.objects.filter(kind="meeting_deployment").exists()
    assert task_of(ready).status == "draft"


def test_it_is_deployed_once_and_nothing_is_added_afterwards(
    deployed, insurance_handler, insurance_head, office_coordinator, now
):
    with pytest.raises(WrongState):
        actions.deploy(proposal=deployed, by=office_coordinator, at=now + DAY)
    with pytest.raises(WrongState):
        with_task(deployed, insurance_handler, at=now)
    with pytest.raises(WrongState):
        actions.sign_deployment(proposal=deployed, by=insurance_head, at=now)


def test_its_tasks_run_like_resolutions_and_come_back_until_done(
    deployed, board, insurance_handler, office_coordinator, now, media
):
    task = task_of(deployed)
    late = dt.datetime(2027, 1, 5, 2, tzinfo=dt.UTC)
    step = resolutions.press(
        task=task, demand="限期办结", reply_on=late.date() + 5 * DAY, by=office_coordinator, at=late
    )
    text = text_of(storage.fetch(step.document.file, step.document.sha256))
    assert "关于部署分解住院专项核查的通知" in text and "第1次督办" in text
    meeting = quarter(board, at=late)
    collect_agenda(meeting=meeting, at=late)
    item = meeting.items.get(key=f"resolution:{task.pk}")
    assert item.first and item.title == "部署任务办理情况：移交疑点清单"
    assert item.text.startswith("分解住院专项核查部署。责任单位：青禾县医疗保障局")
    resolutions.report_done(task=task, text="已移交", by=insurance_handler, at=late)
    resolutions.confirm_done(task=task, by=office_coordinator, at=late)
    clock = Deadline.objects.get(target_kind="resolution", target_id=task.pk, rule_code="deployment")
    assert (task.status, clock.status, clock.late) == ("done", "met", True)
    after = quarter(board, at=late + 90 * DAY)
    collect_agenda(meeting=after, at=late + 90 * DAY)
    assert not after.items.filter(key=f"resolution:{task.pk}").exists()


def test_a_meetings_adoption_stands_in_the_notice(
    board, insurance_handler, insurance_head, office_coordinator, now, media
):
    from meetings.actions import holding
    from tests.meetings.test_proposals import decided

    made = with_task(asked(board, at=now), insurance_handler, at=now)
    meeting, _item, begun = decided(made, board, office_coordinator, now)
    meeting.refresh_from_db()
    for item in meeting.items.undecided().select_related("meeting"):
        holding.note_item(item=item, by=office_coordinator, at=begun)
    holding.close_meeting(meeting=meeting, by=office_coordinator, at=begun)
    made = Proposal.objects.select_related("office", "region", "adopted_in__meeting").get(pk=made.pk)
    actions.sign_deployment(proposal=made, by=insurance_head, at=begun)
    actions.deploy(proposal=made, by=office_coordinator, at=begun)
    text = text_of(storage.fetch(made.document.file, made.document.sha256))
    assert f"经{meeting.title}研究同意" in text.replace(" ", "")
