"""Who sees what of a meeting: the office and who was asked; others nothing."""

import pytest
from django.contrib.auth.models import AnonymousUser

from meetings import rules
from meetings.actions.agenda import drop_item
from meetings.actions.topics import add_material, propose_item
from meetings.models import (
    AgendaItem,
    Attendance,
    Material,
    Meeting,
    MeetingRule,
    Minutes,
    MinutesEdit,
    MinutesPart,
    Opinion,
    Proposal,
    Resolution,
    ResolutionStep,
)
from tests.factories.cases import pdf
from tests.factories.meetings import resolution
from tests.meetings.conftest import DAY

OWN = (Meeting, AgendaItem, Attendance)


@pytest.mark.parametrize(
    "who", ["health_registrar", "insurance_deputy_head", "office_coordinator", "county_leader"]
)
def test_who_is_asked_sees_the_meeting(meeting, who, request):
    user = request.getfixturevalue(who)
    assert [model.objects.visible_to(user).exists() for model in OWN] == [True, True, True]


@pytest.mark.parametrize("who", ["outsider", "system_admin", "audit_admin"])
def test_who_is_not_asked_sees_nothing(meeting, who, request):
    user = request.getfixturevalue(who)
    for model in (*OWN, Proposal, Resolution, Material):
        assert not model.objects.visible_to(user).exists()


def test_a_department_that_was_not_asked_sees_nothing(meeting, health, health_registrar):
    other = Meeting.objects.get()
    assert Meeting.objects.visible_to(health_registrar).filter(pk=other.pk).exists()
    health.active = False
    health.save(update_fields=["active"])
    assert Meeting.objects.visible_to(health_registrar).exists()  # who was asked keeps what it was asked to


def test_an_anonymous_reader_sees_no_rule(meeting, health_registrar):
    assert not MeetingRule.objects.visible_to(AnonymousUser()).exists()
    assert MeetingRule.objects.visible_to(health_registrar).count() == 1
    assert not Meeting.objects.visible_to(AnonymousUser()).exists()


def test_a_proposed_topic_is_seen_by_its_department_and_the_office(
    meeting, health, health_registrar, insurance_deputy_head, office_coordinator, now
):
    item = propose_item(
        meeting=meeting,
        department=health,
        kind="problem",
        title="研究",
        files=[pdf()],
        by=health_registrar,
        at=now,
    )

    def seen(user):
        return (
            AgendaItem.objects.visible_to(user).filter(pk=item.pk).exists(),
            Material.objects.visible_to(user).exists(),
        )

    assert [seen(user) for user in (health_registrar, office_coordinator, insurance_deputy_head)] == [
        (True, True), (True, True), (False, False),
    ]  # fmt: skip
    drop_item(item=item, reason="另行研究", by=office_coordinator, at=now)
    assert seen(insurance_deputy_head) == (False, False)
    assert seen(health_registrar) == (True, True)


def test_tasks_and_minutes_go_with_their_meeting(
    meeting, topic, health_registrar, insurance_handler, outsider, office_coordinator, now
):
    task = resolution(meeting, insurance_handler, due_on=now.date() + DAY, at=now)
    ResolutionStep.objects.create(
        resolution=task, kind="progress", text="已开始", by=insurance_handler, at=now
    )
    minutes = Minutes.objects.create(meeting=meeting, created_at=now, updated_at=now)
    part = MinutesPart.objects.create(
        minutes=minutes, position=0, text="概况", created_at=now, updated_at=now
    )
    MinutesEdit.objects.create(
        part=part, text_version=2, old_text="", new_text="概况", by=office_coordinator, at=now
    )
    for model in (Resolution, ResolutionStep, Minutes, MinutesPart, MinutesEdit):
        assert model.objects.visible_to(health_registrar).count() == 1
        assert model.objects.visible_to(office_coordinator).count() == 1
        assert not model.objects.visible_to(outsider).exists()


def test_a_proposal_is_the_offices_own_until_it_consults(
    board, county, health, health_registrar, office_coordinator, outsider, insurance_handler, now
):
    given = {
        "region": county,
        "office": board,
        "analysis": "风险",
        "measures": "措施",
        "created_at": now,
        "updated_at": now,
    }
    own = Proposal.objects.create(title="拟定建议", **given)
    asked = Proposal.objects.create(title="征求意见", round=1, **given)
    Opinion.objects.create(
        proposal=asked, department=health, round=1, kind="agreed", by=health_registrar, at=now
    )
    assert list(Proposal.objects.visible_to(health_registrar)) == [asked]
    assert set(Proposal.objects.visible_to(office_coordinator)) == {own, asked}
    assert Opinion.objects.visible_to(health_registrar).count() == 1
    assert not Opinion.objects.visible_to(outsider).exists()
    Resolution.objects.create(
        region=county, office=board, deployment=own, number=1, text="自查", department=insurance_handler.department,
        person=insurance_handler, due_on=now.date(), created_at=now, updated_at=now,
    )  # fmt: skip
    assert not Resolution.objects.visible_to(insurance_handler).exists()  # it is only drafted
    assert Resolution.objects.visible_to(office_coordinator).count() == 1
    assert Resolution.objects.unfinished().count() == 0
    assert len(Resolution.objects.for_list()) == 1


# -- rules ------------------------------------------------------------------------------------------------------

OFFICE_ON_MEETING = {
    "planned": {"can_set_topics", "can_skip", "can_collect", "can_add", "can_call", "can_invite"},
    "called": {"can_skip", "can_add", "can_call_again", "can_invite", "can_record", "can_close"},
    "held": set(),
}
ON_MEETING = sorted(set().union(*OFFICE_ON_MEETING.values()))


@pytest.mark.parametrize("status", OFFICE_ON_MEETING)
def test_only_the_office_convenes_and_only_in_its_state(
    planned, office_coordinator, county_leader, health_registrar, outsider, status
):
    planned.status = status
    allowed = {name for name in ON_MEETING if getattr(rules, name)(office_coordinator, planned)}
    assert allowed == OFFICE_ON_MEETING[status]
    for other in (county_leader, health_registrar, outsider):
        assert not any(getattr(rules, name)(other, planned) for name in ON_MEETING)
    assert rules.can_propose(health_registrar, planned) is (status != "held")
    assert not rules.can_propose(outsider, planned)
    assert not rules.can_propose(county_leader, planned)
    assert [rules.can_open(user) for user in (office_coordinator, county_leader, health_registrar)] == [
        True,
        False,
        False,
    ]


ITEM = {
    ("listed", "open"): {
        "can_edit", "can_move", "can_merge", "can_drop", "can_hand_in", "can_pin_thing", "can_decide"
    },
    ("proposed", "open"): {"can_edit", "can_drop", "can_take", "can_hand_in"},
    ("dropped", "open"): {"can_edit", "can_take"},
    ("merged", "open"): {"can_edit", "can_take"},
    ("listed", "noted"): {"can_move", "can_reopen"},
}  # fmt: skip
ON_ITEM = sorted(set().union(*ITEM.values()))


@pytest.mark.parametrize("state", ITEM)
def test_what_the_office_may_do_with_a_topic_in_its_state(topic, office_coordinator, county_leader, state):
    topic.status, topic.outcome, topic.pinned_version = *state, 1
    assert {name for name in ON_ITEM if getattr(rules, name)(office_coordinator, topic)} == ITEM[state]
    assert not any(getattr(rules, name)(county_leader, topic) for name in ON_ITEM)
    topic.meeting.status = "held"
    assert not any(getattr(rules, name)(office_coordinator, topic) for name in ON_ITEM)


def test_an_unfinished_resolution_is_neither_dropped_nor_merged(topic, office_coordinator):
    topic.kind = "follow_up"
    assert not rules.can_drop(office_coordinator, topic) and not rules.can_merge(office_coordinator, topic)


def test_the_department_that_proposed_hands_in_material(
    planned, health, health_registrar, insurance_deputy_head, office_coordinator, now
):
    item = propose_item(
        meeting=planned, department=health, kind="problem", title="研究", by=health_registrar, at=now
    )
    assert rules.can_hand_in(health_registrar, item)
    assert not rules.can_hand_in(insurance_deputy_head, item)
    material = add_material(item=item, upload=pdf(), by=health_registrar, at=now)
    assert not rules.can_pin(office_coordinator, material)  # it is not on the agenda
    item.status = "listed"
    material.item = item
    assert rules.can_pin(office_coordinator, material) and not rules.can_pin(health_registrar, material)
    material.pinned = True
    assert not rules.can_pin(office_coordinator, material)


def test_a_department_answers_for_itself(
    meeting, health, health_registrar, insurance_deputy_head, office_coordinator
):
    row = meeting.attendances.get(department=health)
    assert [rules.can_answer(user, row) for user in (health_registrar, insurance_deputy_head, office_coordinator)] == [
        True, False, False,
    ]  # fmt: skip
    row.meeting.status = "held"
    assert not rules.can_answer(health_registrar, row)
