"""The signer of minutes sends them back: a draft again, with the reason; countersignatures hold while the text does."""

import pytest
import time_machine
from django.db import IntegrityError, transaction

from core.refusals import BadInput, FourEyes, MovedOn, WrongState
from journal.models import Event, Notification
from meetings import rules_minutes, workbench
from meetings.actions import minutes as actions
from meetings.actions.returning import return_minutes
from meetings.enums import MeetingStatus
from meetings.models import Minutes, Signature
from tests.meetings.test_meeting_pages import send, url
from tests.meetings.test_minutes import circulated as circulated  # noqa: PLC0414 - fixtures
from tests.meetings.test_minutes import held as held  # noqa: PLC0414
from tests.meetings.test_minutes import minutes as minutes  # noqa: PLC0414
from tests.meetings.test_minutes import part as part  # noqa: PLC0414
from tests.meetings.test_minutes import sign, sign_all


def told(verb, user):
    return Notification.objects.filter(verb=f"meeting.{verb}", recipient=user).count()


def test_sent_back_they_are_a_draft_with_the_reason(circulated, insurance_head, office_coordinator, begun):
    by = {"minutes": circulated, "by": insurance_head, "at": begun}
    with pytest.raises(BadInput):
        return_minutes(reason=" ", **by)
    return_minutes(reason="第二项期限写错", **by)
    circulated.refresh_from_db()
    assert circulated.meeting.status == "drafted"
    assert (circulated.returned_by, circulated.returned_at, circulated.return_reason) == (
        insurance_head, begun, "第二项期限写错",
    )  # fmt: skip
    event = Event.objects.filter(verb="meeting.minutes_returned").latest("pk")
    assert event.params["reason"] == "第二项期限写错"
    assert told("minutes_were_returned", office_coordinator) == 1
    with time_machine.travel(begun, tick=False):
        rows = [row.phrase for row in workbench.todo_rows(office_coordinator, 9)]
    assert any("退回" in phrase for phrase in rows)
    with pytest.raises((WrongState, MovedOn)):
        return_minutes(reason="再退", **by)
    assert not rules_minutes.can_return(insurance_head, circulated)


def test_countersignatures_hold_until_the_text_is_edited(
    circulated, part, insurance_head, insurance_deputy_head, office_coordinator, begun
):
    sign_all(circulated, begun)
    actions.approve_minutes(minutes=circulated, by=insurance_head, at=begun)
    return_minutes(minutes=circulated, reason="附件缺失", by=insurance_head, at=begun)
    assert circulated.approved_at is None
    before = told("minutes_to_sign", insurance_deputy_head)
    actions.circulate_minutes(minutes=circulated, by=office_coordinator, at=begun)
    assert actions.missing(circulated) == [] and told("minutes_to_sign", insurance_deputy_head) == before
    assert told("minutes_to_approve", insurance_head) == 2  # all had signed, and again when they came anew
    return_minutes(minutes=circulated, reason="改期限", by=insurance_head, at=begun)
    actions.edit_part(
        part=part, text="改后。", expected_version=part.version, by=office_coordinator, at=begun
    )
    assert not Signature.objects.filter(voided_at=None).exists()
    circulated.refresh_from_db()
    actions.circulate_minutes(minutes=circulated, by=office_coordinator, at=begun)
    assert told("minutes_to_sign", insurance_deputy_head) == before + 1


def test_nobody_who_ever_circulated_them_signs_for_issue(
    circulated, office_head, office_coordinator, insurance_head, begun
):
    """Sent back, somebody else circulates them: the first is still who wrote them."""
    return_minutes(minutes=circulated, reason="改", by=insurance_head, at=begun)
    actions.circulate_minutes(minutes=circulated, by=office_head, at=begun)
    return_minutes(minutes=circulated, reason="再改", by=insurance_head, at=begun)
    actions.circulate_minutes(minutes=circulated, by=office_coordinator, at=begun)
    sign_all(circulated, begun)
    with time_machine.travel(begun, tick=False):
        assert circulated not in workbench.to_issue(office_head)
    assert told("minutes_to_approve", office_head) == 0
    with pytest.raises(FourEyes):
        actions.approve_minutes(minutes=circulated, by=office_head, at=begun)


def test_an_objection_takes_the_signature_for_issue_back(
    circulated, insurance_head, health_deputy_head, office_coordinator, begun
):
    actions.approve_minutes(minutes=circulated, unsigned_reason="口头同意", by=insurance_head, at=begun)
    sign(circulated, health_deputy_head, begun, kind="objected", words="第二项期限过短")
    circulated.refresh_from_db()
    assert (circulated.approved_at, circulated.unsigned_reason) == (None, "")
    assert told("approval_void", insurance_head) == 1
    with pytest.raises(WrongState):
        actions.issue_minutes(minutes=circulated, by=office_coordinator, at=begun)


@pytest.mark.parametrize("status", [each for each in MeetingStatus if each != MeetingStatus.CIRCULATED])
def test_only_what_is_being_countersigned_is_sent_back(circulated, insurance_head, begun, status):
    circulated.meeting.status = status
    assert not rules_minutes.can_return(insurance_head, circulated)


def test_who_may_send_back(
    circulated,
    insurance_head,
    office_head,
    health_deputy_head,
    office_coordinator,
    insurance_handler,
    outsider,
):
    people = (
        insurance_head,
        office_head,
        health_deputy_head,
        office_coordinator,
        insurance_handler,
        outsider,
    )
    assert [rules_minutes.can_return(user, circulated) for user in people] == [
        True,
        True,
        False,
        False,
        False,
        False,
    ]


def test_the_database_wants_the_reason(circulated, insurance_head, begun):
    with pytest.raises(IntegrityError), transaction.atomic():
        Minutes.objects.filter(pk=circulated.pk).update(returned_by=insurance_head, returned_at=begun)


def test_the_page_and_the_api_send_back(
    circulated, insurance_head, health_deputy_head, office_coordinator, client, begun
):
    def sign_in(user):
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")

    with time_machine.travel(begun, tick=False):
        sign_in(insurance_head)
        assert url("return_minutes", circulated) in client.get(circulated.get_absolute_url()).content.decode()
        bare = send(client, url("return_minutes", circulated), reason="")
        assert list(bare.context["form"].errors) == ["reason"]
        assert send(client, url("return_minutes", circulated), reason="第二项期限写错").status_code == 302
        sign_in(office_coordinator)
        assert "第二项期限写错" in client.get(circulated.get_absolute_url()).content.decode()
        assert send(client, url("circulate", circulated)).status_code == 302
        path = f"/api/v1/minutes/{circulated.pk}/"
        sign_in(health_deputy_head)
        etag = client.get(path)["ETag"]
        given = {
            "data": {"reason": "再改"},
            "content_type": "application/json",
            "headers": {"If-Match": etag},
        }
        assert client.post(path + "send-back/", **given).status_code == 403
        sign_in(insurance_head)
        answer = client.post(path + "send-back/", **given)
        assert (answer.status_code, answer.json()["return_reason"]) == (200, "再改"), answer.content
