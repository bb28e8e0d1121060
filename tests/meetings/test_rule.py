"""The rule by which a county meets: its own in place of the shipped one, and what it changes."""

import datetime as dt

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse

from core.dictionaries import version_of
from core.refusals import BadInput, Stale
from deadlines.models import Deadline
from journal.models import Event
from journal.render import sentence
from meetings import rules, set_up
from meetings.actions.calling import call_meeting
from meetings.actions.quarter import rule_of
from meetings.actions.rule import change_rule, values_of
from meetings.models import MeetingRule
from meetings.quarters import held_by
from meetings.quorum import quorum_of
from tests.factories.meetings import ad_hoc, came, quarter
from tests.meetings.conftest import DAY

SHIPPED = {
    "lead": "insurance", "more_than": 50, "month": 3, "notice_days": 0, "topics_days": 15, "remind_days": 3,
    "sign_days": 5,
}  # fmt: skip


@pytest.fixture
def change(county, system_admin, now):
    def change(version=None, **more):
        version = version_of(values_of(rule_of(county))) if version is None else version
        return change_rule(region=county, version=version, by=system_admin, at=now, **(SHIPPED | more))

    return change


def test_a_county_chooses_and_the_shipped_rule_stays(change, county, other_county):
    assert values_of(rule_of(county)) == SHIPPED
    change()
    assert MeetingRule.objects.count() == 1  # nothing was chosen
    own = change(more_than=66, lead="health")
    assert (rule_of(county), own.region) == (own, county)
    assert values_of(rule_of(other_county)) == SHIPPED
    event = Event.objects.filter(verb="meeting.rule_changed").latest("pk")
    assert event.params["rule_changes"] == [["lead", "insurance", "health"], ["more_than", 50, 66]]
    said = sentence(event)
    assert "66" in said and "50" in said and "insurance" not in said
    again = change(more_than=66)
    assert (again.pk, again.version) == (own.pk, 2) and MeetingRule.objects.count() == 2


def test_what_cannot_be_is_refused_by_its_field(change, county):
    with pytest.raises(BadInput) as refused:
        change(
            lead="office", more_than=100, month=4, notice_days=31, topics_days=0, remind_days=-1, sign_days=0
        )
    assert set(refused.value.faults) == set(SHIPPED)
    with pytest.raises(Stale):
        change(version=1, more_than=60)
    assert MeetingRule.objects.count() == 1
    for wrong in ({"month": 0}, {"month": 4}, {"more_than": 100}):
        with pytest.raises(IntegrityError), transaction.atomic():
            MeetingRule.objects.update(**wrong)


def test_the_share_and_the_lead_make_the_quorum(change, meeting, begun):
    came(meeting, at=begun, police="absent", reform="absent")
    assert quorum_of(meeting).reached
    change(more_than=80)
    assert (quorum_of(meeting).needed, quorum_of(meeting).reached) == (5, False)
    change(more_than=50, lead="police")
    assert not quorum_of(meeting).lead


def test_the_month_moves_the_lamp_of_quarters_opened_from_then_on(change, board, now):
    assert [held_by(2026, 4, month).isoformat() for month in (1, 2, 3)] == [
        "2026-10-31", "2026-11-30", "2026-12-31",
    ]  # fmt: skip
    assert held_by(2026, 1, 2) == dt.date(2026, 2, 28)
    change(month=2)
    meeting = quarter(board, at=now)
    clock = Deadline.objects.get(target_kind="meeting", target_id=meeting.pk)
    assert clock.due_on == dt.date(2026, 11, 30)


def test_notice_is_given_so_many_working_days_before(change, planned, office_coordinator, now):
    change(notice_days=5)
    call = {"place": "三楼", "by": office_coordinator, "at": now}
    from meetings.actions.agenda import add_item

    add_item(meeting=planned, kind="problem", title="议题", by=office_coordinator, at=now)
    with pytest.raises(BadInput) as refused:
        call_meeting(meeting=planned, starts_at=now + 2 * DAY, **call)
    assert refused.value.field == "starts_at" and "2026-11-23" in str(refused.value)
    call_meeting(meeting=planned, starts_at=now + 7 * DAY, **call)
    assert planned.status == "called"


def test_what_is_urgent_or_squeezed_by_the_quarters_end_needs_no_notice(
    change, board, planned, office_coordinator, now
):
    from meetings.actions.agenda import add_item
    from meetings.models import Meeting

    change(notice_days=5)
    urgent = ad_hoc(board, at=now)
    Meeting.objects.filter(pk=urgent.pk).update(urgent=True)
    late = dt.datetime(2026, 12, 29, 2, tzinfo=dt.UTC)
    for meeting, at in ((urgent, now), (planned, late)):
        meeting.refresh_from_db()
        add_item(meeting=meeting, kind="problem", title="议题", by=office_coordinator, at=at)
        call_meeting(meeting=meeting, starts_at=at + DAY, place="三楼", by=office_coordinator, at=at)
        assert meeting.status == "called"


def test_the_administrator_and_the_offices_head_keep_it(
    county, system_admin, office_head, office_coordinator, insurance_head, security_admin
):
    keepers = (system_admin, office_head, office_coordinator, insurance_head, security_admin)
    assert [rules.can_keep_rule(user) for user in keepers] == [True, True, False, False, False]


@pytest.mark.parametrize("who", ["system_admin", "office_head"])
def test_the_page_saves_it_and_shows_what_somebody_else_changed(who, county, request, client, change, now):
    user = request.getfixturevalue(who)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    url = reverse("meetings:rule")
    with time_machine.travel(now + dt.timedelta(hours=1), tick=False):
        page = client.get(url)
        version = page.context["form"].initial["version"]
        given = {**SHIPPED, "version": version}
        assert client.post(url, {**given, "more_than": "150"}).status_code == 200
        assert client.post(url, {**given, "more_than": "66"}).status_code == 302
        assert rule_of(county).more_than == 66
        stale = client.post(url, {**given, "more_than": "70"})
        assert stale.status_code == 200 and len(stale.context["form"].differences) == 1
        home = client.get(reverse("meetings:list") if who == "office_head" else reverse("desk:settings"))
        assert url in home.content.decode()


def test_it_stands_among_the_settings(county, system_admin, change):
    assert set_up.rule(system_admin)[0] and "50" in set_up.rule(system_admin)[1]
    assert set_up.change_words("nonsense") == "" == set_up.change_words([["id", 1, 2]])
