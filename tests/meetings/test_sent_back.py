"""A deployment the signer sends back, and adopted proposals withdrawn by the office or by a later meeting."""

import datetime as dt

import pytest
import time_machine
from django.db import IntegrityError, transaction

from core.refusals import AlreadyDone, BadInput, FourEyes, WrongState
from journal.models import Event, Notification
from meetings import rules_proposals as rules
from meetings import workbench_proposals as desk
from meetings.actions import agenda, holding
from meetings.actions.bringing import bring_before, bring_withdrawal
from meetings.actions.deployments import deploy, drop_task, return_deployment, sign_deployment, submit_anew
from meetings.actions.proposals import withdraw_proposal
from meetings.models import Proposal
from meetings.sources import own_topics
from tests.factories.meetings import adopted, asked, came, note_all, with_task
from tests.meetings.test_meeting_day import DUE
from tests.meetings.test_meeting_pages import send, url


@pytest.fixture
def agreed(board, insurance_handler, now):
    """Adopted by circulation, with a task; nobody has signed it."""
    return with_task(adopted(board, at=now), insurance_handler, at=now)


# -- sent back by the signer --------------------------------------------------------------------------------------


def test_the_signer_sends_it_back_and_signs_what_was_mended(
    agreed, insurance_head, insurance_handler, office_coordinator, now, media
):
    reason = "第一项任务期限过短"
    assert agreed in desk.to_sign(insurance_head)
    return_deployment(proposal=agreed, reason=reason, by=insurance_head, at=now)
    assert (agreed.status, agreed.returned_by, agreed.return_reason) == ("returned", insurance_head, reason)
    assert Event.objects.get(verb="meeting.deployment_returned").params["reason"] == reason
    told = Notification.objects.get(verb="meeting.deployment_was_returned")
    assert told.recipient == office_coordinator
    assert agreed in desk.to_take_on(office_coordinator) and agreed not in desk.to_sign(insurance_head)
    assert any("修改部署并重新送签" in row.phrase for row in desk.todo_rows(office_coordinator, 9))
    with pytest.raises(WrongState):
        sign_deployment(proposal=agreed, by=insurance_head, at=now)
    drop_task(task=agreed.tasks.get(), by=office_coordinator, at=now)
    with pytest.raises(BadInput):
        submit_anew(proposal=agreed, by=office_coordinator, at=now)
    with_task(agreed, insurance_handler, at=now, due_on=DUE)
    submit_anew(proposal=agreed, by=office_coordinator, at=now)
    assert agreed.status == "adopted" and agreed in desk.to_sign(insurance_head)
    assert Notification.objects.get(verb="meeting.deployment_to_sign").recipient == insurance_head
    sign_deployment(proposal=agreed, by=insurance_head, at=now)
    assert deploy(proposal=agreed, by=office_coordinator, at=now).status == "deployed"


def test_a_signature_is_taken_back_with_it(agreed, insurance_head, now):
    sign_deployment(proposal=agreed, by=insurance_head, at=now)
    return_deployment(proposal=agreed, reason="任务有误", by=insurance_head, at=now)
    assert (agreed.signed_by, agreed.signed_at) == (None, None)


def test_it_is_sent_back_with_a_reason_and_once(agreed, insurance_head, office_coordinator, now):
    with pytest.raises(BadInput):
        return_deployment(proposal=agreed, reason=" ", by=insurance_head, at=now)
    with pytest.raises(WrongState):
        submit_anew(proposal=agreed, by=office_coordinator, at=now)
    return_deployment(proposal=agreed, reason="任务有误", by=insurance_head, at=now)
    with pytest.raises(WrongState):
        return_deployment(proposal=agreed, reason="任务有误", by=insurance_head, at=now)
    for fields in (
        {"return_reason": ""},
        {"signed_by": insurance_head, "signed_at": now},
        {"returned_at": None},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Proposal.objects.filter(pk=agreed.pk).update(**fields)


def test_who_wrote_it_still_does_not_sign_it_mended(agreed, board, insurance_head, insurance_handler, now):
    return_deployment(proposal=agreed, reason="任务有误", by=insurance_head, at=now)
    with_task(agreed, insurance_handler, at=now, by=insurance_head)
    submit_anew(proposal=agreed, by=insurance_head, at=now)
    with pytest.raises(FourEyes):
        sign_deployment(proposal=agreed, by=insurance_head, at=now)


def test_rules_of_sending_back(
    agreed, insurance_head, health_section_head, insurance_handler, office_coordinator, now
):
    people = (insurance_head, health_section_head, insurance_handler, office_coordinator)
    assert [rules.can_return(user, agreed) for user in people] == [True, False, False, False]
    assert [rules.can_submit(user, agreed) for user in people] == [False] * 4
    return_deployment(proposal=agreed, reason="任务有误", by=insurance_head, at=now)
    assert [rules.can_return(user, agreed) for user in people] == [False] * 4
    assert [rules.can_submit(user, agreed) for user in people] == [False, False, False, True]


def test_the_pages_and_the_api_send_back_and_submit(agreed, insurance_head, office_coordinator, client, now):
    def as_user(user):
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")

    with time_machine.travel(now + dt.timedelta(hours=1), tick=False):
        as_user(insurance_head)
        assert url("return_deployment", agreed) in client.get(agreed.get_absolute_url()).content.decode()
        assert send(client, url("return_deployment", agreed), reason="").status_code == 200
        assert send(client, url("return_deployment", agreed), reason="任务有误").status_code == 302
        as_user(office_coordinator)
        page = client.get(agreed.get_absolute_url()).content.decode()
        assert "任务有误" in page and url("submit_deployment", agreed) in page
        assert send(client, url("submit_deployment", agreed)).status_code == 302
        path = f"/api/v1/proposals/{agreed.pk}/"
        as_user(insurance_head)
        say = {"content_type": "application/json"}
        given = say | {"headers": {"If-Match": client.get(path)["ETag"]}}
        assert client.post(path + "return/", {"reason": "再改"}, **given).json()["return_reason"] == "再改"
        as_user(office_coordinator)
        given = say | {"headers": {"If-Match": client.get(path)["ETag"]}}
        assert client.post(path + "submit/", {}, **given).json()["status"] == "adopted"


# -- withdrawn though it was adopted ------------------------------------------------------------------------------


def test_the_office_withdraws_what_was_adopted_and_the_members_are_told(
    agreed, office_coordinator, health_registrar, insurance_head, now
):
    sign_deployment(proposal=agreed, by=insurance_head, at=now)
    assert rules.can_withdraw(office_coordinator, agreed) and not rules.can_withdraw(insurance_head, agreed)
    with pytest.raises(BadInput):
        withdraw_proposal(proposal=agreed, reason="", by=office_coordinator, at=now)
    withdraw_proposal(proposal=agreed, reason="上级另有部署", by=office_coordinator, at=now)
    assert (agreed.status, agreed.reason, agreed.signed_by) == ("withdrawn", "上级另有部署", None)
    assert agreed.tasks.get().status == "dropped"
    assert Event.objects.get(verb="meeting.proposal_withdrawn").params["reason"] == "上级另有部署"
    told = Notification.objects.filter(verb="meeting.adoption_withdrawn", recipient=health_registrar)
    assert told.count() == 1
    with pytest.raises(WrongState):
        deploy(proposal=agreed, by=office_coordinator, at=now)


def test_what_is_deployed_is_not_withdrawn(agreed, insurance_head, office_coordinator, planned, now, media):
    sign_deployment(proposal=agreed, by=insurance_head, at=now)
    deploy(proposal=agreed, by=office_coordinator, at=now)
    with pytest.raises(WrongState):
        withdraw_proposal(proposal=agreed, reason="晚了", by=office_coordinator, at=now)
    with pytest.raises(WrongState):
        bring_withdrawal(proposal=agreed, meeting=planned, reason="晚了", by=office_coordinator, at=now)
    assert not rules.can_withdraw(office_coordinator, agreed)
    assert not rules.can_bring_withdrawal(office_coordinator, agreed)


def close(meeting, by, at):
    note_all(meeting, at=at)
    return holding.close_meeting(meeting=meeting, by=by, at=at)


def test_a_later_meeting_withdraws_it_when_it_is_closed(
    agreed, meeting, insurance_head, office_coordinator, health_registrar, begun, now, media
):
    by = {"by": office_coordinator, "at": begun}
    sign_deployment(proposal=agreed, by=insurance_head, at=now)
    item = bring_withdrawal(proposal=agreed, meeting=meeting, reason="情况变化", **by)
    assert (item.title, item.text) == ("审议撤回分解住院专项核查", "情况变化")
    assert not rules.can_bring_withdrawal(office_coordinator, agreed)
    with pytest.raises(AlreadyDone):
        bring_withdrawal(proposal=agreed, meeting=meeting, reason="再提", **by)
    with pytest.raises(WrongState):  # a meeting is about to decide
        deploy(proposal=agreed, by=office_coordinator, at=now)
    assert not rules.can_deploy(office_coordinator, agreed)
    came(meeting, at=begun)
    holding.decide_item(item=item, text="同意撤回。", withdraws=True, **by)
    agreed.refresh_from_db()
    assert agreed.status == "adopted"
    close(meeting, office_coordinator, begun)
    agreed.refresh_from_db()
    assert (agreed.status, agreed.withdrawn_in, agreed.reason) == ("withdrawn", item, "同意撤回。")
    assert (
        Notification.objects.filter(verb="meeting.adoption_withdrawn", recipient=health_registrar).count()
        == 1
    )


def test_decided_otherwise_it_stays_adopted(agreed, meeting, office_coordinator, begun):
    by = {"by": office_coordinator, "at": begun}
    item = bring_withdrawal(proposal=agreed, meeting=meeting, reason="情况变化", **by)
    came(meeting, at=begun)
    with pytest.raises(BadInput):
        holding.decide_item(item=item, text="改期。", withdraws=True, new_due_on=DUE, **by)
    holding.decide_item(item=item, text="不予撤回，继续推进。", **by)
    close(meeting, office_coordinator, begun)
    agreed.refresh_from_db()
    assert (agreed.status, agreed.withdrawn_in) == ("adopted", None)


def test_only_what_is_adopted_is_withdrawn_by_a_meeting(board, meeting, office_coordinator, begun, now):
    by = {"by": office_coordinator, "at": begun}
    item = bring_before(proposal=asked(board, at=now), meeting=meeting, **by)
    came(meeting, at=begun)
    with pytest.raises(BadInput) as refused:
        holding.decide_item(item=item, text="撤回。", withdraws=True, **by)
    assert refused.value.field == "withdraws"


def test_what_was_withdrawn_since_is_left_alone(agreed, meeting, office_coordinator, begun):
    by = {"by": office_coordinator, "at": begun}
    item = bring_withdrawal(proposal=agreed, meeting=meeting, reason="情况变化", **by)
    came(meeting, at=begun)
    holding.decide_item(item=item, text="同意撤回。", withdraws=True, **by)
    withdraw_proposal(proposal=agreed, reason="办公室先行撤回", **by)
    close(meeting, office_coordinator, begun)
    agreed.refresh_from_db()
    assert (agreed.withdrawn_in, agreed.reason) == (None, "办公室先行撤回")


def test_a_withdrawal_is_a_topic_of_its_own_and_comes_back_when_deferred(
    agreed, meeting, topic, board, office_coordinator, begun
):
    by = {"by": office_coordinator, "at": begun}
    item = bring_withdrawal(proposal=agreed, meeting=meeting, reason="情况变化", **by)
    with pytest.raises(BadInput):
        agenda.merge_item(item=item, into=topic, **by)
    came(meeting, at=begun)
    holding.defer_item(item=item, until=DUE, reason="再议", **by)
    close(meeting, office_coordinator, begun)
    from tests.factories.meetings import ad_hoc

    later = ad_hoc(board, at=begun)
    found = [each for each in own_topics(later, DUE) if each.key == f"deferred:{item.pk}"]
    assert [(each.title, each.text) for each in found] == [("审议撤回分解住院专项核查", "情况变化")]


def test_an_adopted_one_deferred_before_does_not_come_back(board, meeting, office_coordinator, begun, now):
    by = {"by": office_coordinator, "at": begun}
    made = asked(board, at=now)
    item = bring_before(proposal=made, meeting=meeting, **by)
    came(meeting, at=begun)
    holding.defer_item(item=item, until=DUE, reason="再议", **by)
    close(meeting, office_coordinator, begun)
    Proposal.objects.filter(pk=made.pk).update(
        status="adopted", adopted_by=office_coordinator, adopted_at=begun + dt.timedelta(days=1)
    )
    from tests.factories.meetings import ad_hoc

    later = ad_hoc(board, at=begun)
    assert not [each for each in own_topics(later, DUE) if each.target_kind == "proposal"]


def test_the_pages_and_the_api_bring_and_decide_a_withdrawal(
    agreed, meeting, office_coordinator, client, begun
):
    client.force_login(office_coordinator, backend="django.contrib.auth.backends.ModelBackend")
    with time_machine.travel(begun, tick=False):
        page = client.get(agreed.get_absolute_url()).content.decode()
        assert url("bring_withdrawal", agreed) in page and url("withdraw_proposal", agreed) in page
        assert (
            send(client, url("bring_withdrawal", agreed), meeting=str(meeting.pk), reason="").status_code
            == 200
        )
        path = f"/api/v1/proposals/{agreed.pk}/"
        given = {"content_type": "application/json", "headers": {"If-Match": client.get(path)["ETag"]}}
        body = {"meeting": meeting.pk, "reason": "情况变化"}
        assert client.post(path + "bring-withdrawal/", body, **given).status_code == 200
        item = meeting.items.get(key=f"withdrawal:{agreed.pk}")
        came(meeting, at=begun)
        form = client.get(url("decide", item)).context["form"]
        assert "withdraws" in form.fields and "new_due_on" not in form.fields
        assert send(client, url("decide", item), outcome_text="同意撤回。", withdraws="on").status_code == 302
    item.refresh_from_db()
    assert item.withdraws


def test_no_administrator_signs_or_sends_back(agreed, system_admin):
    assert not rules.can_sign(system_admin, agreed) and not rules.can_return(system_admin, agreed)
