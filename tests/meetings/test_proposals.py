"""The office's proposals: drafted, consulted on with a clock for each member, revised, adopted, withdrawn."""

import datetime as dt

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from core.refusals import AlreadyDone, BadInput, Stale, StillOpen, WrongState
from deadlines.actions.bulk_sweep import sweep
from deadlines.models import Deadline, Firing
from journal.models import Event, Notification
from meetings import reading_proposals, rules, rules_proposals, workbench_proposals
from meetings.actions import agenda, bringing, holding, topics
from meetings.actions import proposals as actions
from meetings.models import Meeting, Opinion, Proposal, ProposalText
from meetings.reading import agenda as read
from tests.factories.meetings import (
    ANALYSIS,
    MEASURES,
    asked,
    called,
    came,
    note_all,
    proposal,
    quarter,
    with_task,
)
from tests.meetings.conftest import DAY

WORDS = {"title": "改动后的标题", "analysis": "新的分析", "measures": "新的措施"}


def owed(thing, **more):
    return Deadline.objects.filter(target_kind="proposal", target_id=thing.pk, **more)


def last_event(thing):
    return Event.objects.filter(target_kind="proposal", target_id=thing.pk).latest("pk")


def test_a_proposal_is_drafted_and_edited_and_every_text_is_kept(board, office_coordinator, now):
    made = proposal(board, at=now)
    assert (made.status, made.round, made.region) == ("draft", 0, board.region)
    actions.edit_proposal(proposal=made, expected_version=1, by=office_coordinator, at=now + DAY, **WORDS)
    made.refresh_from_db()
    assert (made.title, made.version) == ("改动后的标题", 2)
    assert list(made.texts.values_list("number", "title", "analysis")) == [
        (1, "分解住院专项核查", ANALYSIS), (2, "改动后的标题", "新的分析"),
    ]  # fmt: skip
    with pytest.raises(Stale):
        actions.edit_proposal(proposal=made, expected_version=1, by=office_coordinator, at=now + DAY, **WORDS)
    assert last_event(made).verb == "meeting.proposal_edited"


@pytest.mark.parametrize("field", ["title", "analysis", "measures"])
def test_a_proposal_says_what_it_found_and_what_it_proposes(board, office_coordinator, now, field):
    given = {"title": "标题", "analysis": ANALYSIS, "measures": MEASURES} | {field: "  "}
    with pytest.raises(BadInput) as refused:
        actions.draft_proposal(office=board, by=office_coordinator, at=now, **given)
    assert list(refused.value.faults) == [field]
    assert not Proposal.objects.exists()


def test_kept_texts_and_opinions_are_never_changed(board, health, office_coordinator, now):
    made = asked(board, at=now)
    actions.give_opinion(proposal=made, department=health, kind="agreed", by=office_coordinator, at=now)
    for model in (ProposalText, Opinion):
        with pytest.raises(DatabaseError), transaction.atomic():
            model.objects.update(at=now + DAY)
        with pytest.raises(DatabaseError), transaction.atomic():
            model.objects.all().delete()


def test_every_member_is_asked_with_a_clock_and_reminded_once(
    board, members, health_deputy_head, health_section_head, office_coordinator, now
):
    made = proposal(board, at=now)
    for day in (now.date(), now.date() - DAY, now.date() + 4000 * DAY):
        with pytest.raises(BadInput) as refused:
            actions.consult(proposal=made, until=day, by=office_coordinator, at=now)
        assert refused.value.field == "until"
    until = dt.date(2026, 11, 27)
    actions.consult(proposal=made, until=until, by=office_coordinator, at=now)
    assert (made.status, made.round, made.consult_until) == ("consulting", 1, until)
    clocks = owed(made, status="running")
    assert set(clocks.values_list("department", flat=True)) == {each.pk for each in members}
    assert set(clocks.values_list("due_on", "to_department")) == {(until, board.pk)}
    told = Notification.objects.filter(recipient=health_deputy_head)
    assert told.filter(verb="meeting.opinion_wanted").count() == 1
    for moment in (dt.datetime(2026, 11, 25, 8, tzinfo=dt.UTC), dt.datetime(2026, 11, 25, 9, tzinfo=dt.UTC)):
        sweep(at=moment)
    assert Firing.objects.filter(deadline__in=clocks, stage="warned").count() == 6
    assert told.filter(verb="deadline.warned").count() == 1  # as a leader of the department, by the listener
    assert Notification.objects.filter(recipient=health_section_head, verb="deadline.warned").exists()
    with pytest.raises(WrongState):
        actions.consult(proposal=made, until=until, by=office_coordinator, at=now)


def test_a_department_answers_once_a_round_and_its_clock_is_met(
    board, health, market, health_deputy_head, office_coordinator, now
):
    made = asked(board, at=now)
    give = {"proposal": made, "department": health, "by": health_deputy_head, "at": now + DAY}
    for kind, words, field in (
        ("objected", " ", "words"), ("remarks", "", "words"), ("agreed", "但是", "kind"), ("signed", "", "kind"),
    ):  # fmt: skip
        with pytest.raises(BadInput) as refused:
            actions.give_opinion(kind=kind, words=words, **give)
        assert refused.value.field == field
    opinion = actions.give_opinion(kind="remarks", words="建议明确抽查比例。", **give)
    assert (opinion.kind, opinion.round, opinion.words) == ("remarks", 1, "建议明确抽查比例。")
    assert owed(made, department=health).get().status == "met"
    assert owed(made, department=market).get().status == "running"
    event = last_event(made)
    assert (event.verb, event.params["opinion"], event.params["reason"]) == (
        "meeting.opinion_given", "remarks", "建议明确抽查比例。",
    )  # fmt: skip
    with pytest.raises(AlreadyDone):
        actions.give_opinion(kind="agreed", **give)
    assert not Notification.objects.filter(verb="meeting.opinions_in").exists()


def test_an_opinion_after_its_day_is_late_and_counts(board, health, health_deputy_head, now):
    made = asked(board, at=now, until=dt.date(2026, 11, 20))
    actions.give_opinion(
        proposal=made, department=health, kind="agreed", by=health_deputy_head, at=now + 10 * DAY
    )
    clock = owed(made, department=health).get()
    assert (clock.status, clock.late) == ("met", True)
    assert actions.unanswered(made).count("青禾县卫生健康局") == 0


def test_nobody_answers_what_is_not_asked(board, health, health_deputy_head, now):
    made = proposal(board, at=now)
    with pytest.raises(WrongState):
        actions.give_opinion(proposal=made, department=health, kind="agreed", by=health_deputy_head, at=now)


def test_it_is_adopted_by_circulation_when_all_have_answered_and_none_objects(
    board, members, health, office_coordinator, now
):
    made = asked(board, at=now)
    with pytest.raises(StillOpen) as refused:
        actions.adopt_by_circulation(proposal=made, by=office_coordinator, at=now)
    assert len(refused.value.details["items"]) == 6
    for department in members:
        kind, words = ("objected", "抽查面过大") if department == health else ("agreed", "")
        actions.give_opinion(
            proposal=made, department=department, kind=kind, words=words, by=office_coordinator, at=now
        )
    assert Notification.objects.filter(verb="meeting.opinions_in", recipient=office_coordinator).count() == 1
    with pytest.raises(StillOpen) as refused:
        actions.adopt_by_circulation(proposal=made, by=office_coordinator, at=now)
    assert refused.value.details["items"] == ["青禾县卫生健康局"]
    assert reading_proposals.next_step(made, [])[1].endswith("青禾县卫生健康局")
    with pytest.raises(BadInput):
        actions.revise(proposal=made, reason=" ", by=office_coordinator, at=now)
    actions.revise(proposal=made, reason="缩小抽查面", by=office_coordinator, at=now)
    assert (made.status, made.consult_until) == ("draft", None)
    actions.edit_proposal(
        proposal=made, expected_version=made.version, by=office_coordinator, at=now, **WORDS
    )
    actions.consult(proposal=made, until=now.date() + 5 * DAY, by=office_coordinator, at=now)
    assert made.round == 2 and len(actions.unanswered(made)) == 6
    for department in members:
        actions.give_opinion(
            proposal=made, department=department, kind="agreed", by=office_coordinator, at=now
        )
    actions.adopt_by_circulation(proposal=made, by=office_coordinator, at=now)
    assert (made.status, made.adopted_in, made.adopted_by) == ("adopted", None, office_coordinator)
    assert made.opinions.filter(round=1, kind="objected").count() == 1  # what was said stays said
    assert not owed(made, status="running").exists()


def test_taking_it_back_and_withdrawing_it_end_the_clocks(
    board, health_deputy_head, insurance_handler, office_coordinator, now
):
    made = asked(board, at=now)
    actions.revise(proposal=made, reason="缩小抽查面", by=office_coordinator, at=now)
    assert set(owed(made).values_list("status", flat=True)) == {"cancelled"}
    with pytest.raises(WrongState):
        actions.revise(proposal=made, reason="再改", by=office_coordinator, at=now)
    with_task(made, insurance_handler, at=now)
    actions.consult(proposal=made, until=now.date() + 5 * DAY, by=office_coordinator, at=now)
    with pytest.raises(BadInput):
        actions.withdraw_proposal(proposal=made, reason="", by=office_coordinator, at=now)
    actions.withdraw_proposal(proposal=made, reason="上级另有部署", by=office_coordinator, at=now)
    assert (made.status, made.reason) == ("withdrawn", "上级另有部署")
    assert not owed(made, status="running").exists()
    assert made.tasks.get().status == "dropped"
    told = Notification.objects.filter(recipient=health_deputy_head, verb="meeting.opinion_not_wanted")
    assert told.count() == 1
    with pytest.raises(WrongState):
        actions.withdraw_proposal(proposal=made, reason="再撤", by=office_coordinator, at=now)


def test_a_draft_is_given_up_without_telling_who_was_never_asked(
    board, health_deputy_head, office_coordinator, now
):
    made = proposal(board, at=now)
    actions.withdraw_proposal(proposal=made, reason="不再需要", by=office_coordinator, at=now)
    assert not Notification.objects.filter(verb="meeting.opinion_not_wanted").exists()


def decided(made, board, by, now, outcome="decide"):
    """The proposal brought before a meeting, which deals with it and is closed."""
    meeting = called(board, at=now)
    item = bringing.bring_before(proposal=made, meeting=meeting, by=by, at=now)
    begun = now + dt.timedelta(hours=4)
    came(meeting, at=begun)
    item.meeting.refresh_from_db()
    if outcome == "decide":
        holding.decide_item(item=item, text="同意部署。", by=by, at=begun)
    elif outcome == "defer":
        holding.defer_item(item=item, until=now.date() + 30 * DAY, reason="再研究", by=by, at=begun)
    return meeting, item, begun


def test_a_meeting_adopts_it_by_its_decision_once_it_is_closed(board, office_coordinator, now):
    made = asked(board, at=now)
    meeting, item, begun = decided(made, board, office_coordinator, now)
    assert (item.target_kind, item.target_id, item.pinned_version) == ("proposal", made.pk, made.version)
    made.refresh_from_db()
    assert made.status == "consulting"
    with pytest.raises(AlreadyDone):
        bringing.bring_before(proposal=made, meeting=meeting, by=office_coordinator, at=begun)
    note_all(meeting, at=begun)
    holding.close_meeting(meeting=meeting, by=office_coordinator, at=begun)
    made.refresh_from_db()
    assert (made.status, made.adopted_in) == ("adopted", item)
    assert not owed(made, status="running").exists()
    with pytest.raises(WrongState):  # the meeting is over
        bringing.bring_before(proposal=asked(board, at=now), meeting=meeting, by=office_coordinator, at=begun)


@pytest.mark.parametrize("outcome", ["defer", "note"])
def test_what_a_meeting_does_not_decide_is_not_adopted(board, office_coordinator, now, outcome):
    made = asked(board, at=now)
    meeting, _item, begun = decided(made, board, office_coordinator, now, outcome)
    note_all(meeting, at=begun)
    holding.close_meeting(meeting=meeting, by=office_coordinator, at=begun)
    made.refresh_from_db()
    assert made.status == "consulting" and owed(made, status="running").count() == 6


def test_what_stands_on_an_open_agenda_keeps_its_words(board, office_coordinator, now):
    """bring → decide → revise → edit → consult anew → close adopted words the meeting never saw."""
    made = asked(board, at=now)
    assert rules_proposals.can_revise(office_coordinator, made)
    meeting, item, begun = decided(made, board, office_coordinator, now)
    assert not rules_proposals.can_revise(office_coordinator, made)
    with pytest.raises(WrongState) as refused:
        actions.revise(proposal=made, reason="改措施", by=office_coordinator, at=begun)
    assert meeting.title in str(refused.value)
    holding.reopen_item(item=item, by=office_coordinator, at=begun)
    agenda.drop_item(item=item, reason="再改", by=office_coordinator, at=begun)
    assert rules_proposals.can_revise(office_coordinator, made)
    actions.revise(proposal=made, reason="改措施", by=office_coordinator, at=begun)
    assert (made.status, made.version) == ("draft", item.pinned_version + 1)


def test_the_words_on_the_table_are_the_proposals_own(board, office_coordinator, now):
    made, meeting = asked(board, at=now), called(board, at=now)
    by = {"by": office_coordinator, "at": now}
    item = bringing.bring_before(proposal=made, meeting=meeting, **by)
    with pytest.raises(BadInput) as refused:
        agenda.edit_item(item=item, title=item.title, text="另一番话", expected_version=item.version, **by)
    assert refused.value.field == "text"
    text = item.text.replace("\n", "\r\n")  # as a browser sends it
    agenda.edit_item(item=item, title="审议专项核查", text=text, expected_version=item.version, **by)
    item.refresh_from_db()
    assert item.title == "审议专项核查" and MEASURES.splitlines()[0] in item.text


def anew(made, by, at):
    """Revised, edited and consulted on in another round."""
    actions.revise(proposal=made, reason="改措施", by=by, at=at)
    actions.edit_proposal(proposal=made, expected_version=made.version, by=by, at=at, **WORDS)
    actions.consult(proposal=made, until=at.date() + 5 * DAY, by=by, at=at)


def back_on(board, by, now):
    """A proposal whose topic was taken off the agenda, put back after it was written anew; the meeting has begun."""
    made, meeting = asked(board, at=now), called(board, at=now)
    item = bringing.bring_before(proposal=made, meeting=meeting, by=by, at=now)
    agenda.drop_item(item=item, reason="再改", by=by, at=now)
    anew(made, by, now)
    agenda.list_item(item=item, by=by, at=now)
    came(meeting, at=now + dt.timedelta(hours=4))
    item.meeting.refresh_from_db()
    return made, meeting, item


def test_a_meeting_decides_the_words_on_its_table_only(board, office_coordinator, begun, now):
    made, meeting, item = back_on(board, office_coordinator, now)
    by = {"by": office_coordinator, "at": begun}
    with pytest.raises(WrongState) as refused:
        holding.decide_item(item=item, text="同意部署。", **by)
    assert made.title in str(refused.value)
    assert rules.can_pin_thing(office_coordinator, item)
    topics.pin_thing(item=item, **by)
    assert (item.title, item.text, item.pinned_version) == (
        "审议改动后的标题",
        "新的分析\n新的措施",
        made.version,
    )
    holding.decide_item(item=item, text="同意部署。", **by)
    with pytest.raises(WrongState):  # what was decided is not exchanged afterwards
        topics.pin_thing(item=item, **by)
    note_all(meeting, at=begun)
    holding.close_meeting(meeting=meeting, **by)
    made.refresh_from_db()
    assert (made.status, made.adopted_in) == ("adopted", item)


@pytest.mark.parametrize("state", [{"version": 9}, {"status": "draft", "consult_until": None}])
def test_closing_is_refused_when_the_words_are_others_than_decided(board, office_coordinator, now, state):
    made = asked(board, at=now)
    meeting, _item, begun = decided(made, board, office_coordinator, now)
    note_all(meeting, at=begun)
    Proposal.objects.filter(pk=made.pk).update(**state)
    with pytest.raises(WrongState) as refused:
        holding.close_meeting(meeting=meeting, by=office_coordinator, at=begun)
    assert made.title in str(refused.value)
    made.refresh_from_db()
    meeting.refresh_from_db()
    assert (made.adopted_in, meeting.status) == (None, "called")


def test_a_draft_that_stands_on_an_agenda_is_taken_off_it_before_it_is_sent_round(
    board, office_coordinator, begun, now
):
    made, meeting = asked(board, at=now), called(board, at=now)
    by = {"by": office_coordinator, "at": now}
    item = bringing.bring_before(proposal=made, meeting=meeting, **by)
    agenda.drop_item(item=item, reason="再改", **by)
    actions.revise(proposal=made, reason="改措施", **by)
    assert rules_proposals.can_consult(office_coordinator, made)
    agenda.list_item(item=item, **by)
    assert not rules_proposals.can_consult(office_coordinator, made)
    given = {"proposal": made, "until": begun.date() + 5 * DAY, "by": office_coordinator, "at": begun}
    with pytest.raises(WrongState) as refused:
        actions.consult(**given)
    assert meeting.title in str(refused.value)
    agenda.drop_item(item=item, reason="再改", by=office_coordinator, at=begun)
    assert rules_proposals.can_consult(office_coordinator, made)
    assert actions.consult(**given).status == "consulting"


def test_a_task_more_does_not_change_what_the_meeting_saw(board, insurance_handler, office_coordinator, now):
    made = asked(board, at=now)
    meeting, item, begun = decided(made, board, office_coordinator, now)
    with_task(made, insurance_handler, at=begun)
    note_all(meeting, at=begun)
    holding.close_meeting(meeting=meeting, by=office_coordinator, at=begun)
    made.refresh_from_db()
    assert (made.status, made.adopted_in) == ("adopted", item)


def test_what_was_withdrawn_before_the_meeting_closed_stays_so(board, office_coordinator, now):
    made = asked(board, at=now)
    meeting, _item, begun = decided(made, board, office_coordinator, now)
    actions.withdraw_proposal(proposal=made, reason="上级另有部署", by=office_coordinator, at=begun)
    note_all(meeting, at=begun)
    holding.close_meeting(meeting=meeting, by=office_coordinator, at=begun)
    made.refresh_from_db()
    assert (made.status, made.adopted_in) == ("withdrawn", None)


def deferred(board, by, now):
    """A proposal a closed meeting put off for thirty days."""
    made = asked(board, at=now)
    meeting, item, begun = decided(made, board, by, now, "defer")
    note_all(meeting, at=begun)
    holding.close_meeting(meeting=meeting, by=by, at=begun)
    return made, item


def collected(board, made, at):
    """The topics about it of the quarter's meeting, as they are collected."""
    meeting = Meeting.objects.filter(kind="quarterly", region=board.region).first() or quarter(board, at=at)
    agenda.collect_agenda(meeting=meeting, at=at)
    return list(meeting.items.filter(target_kind="proposal", target_id=made.pk).order_by("pk"))


def test_a_deferred_one_comes_back_with_its_present_words_pinned(board, office_coordinator, now):
    made, item = deferred(board, office_coordinator, now)
    later = now + 31 * DAY
    anew(made, office_coordinator, now + DAY)
    (again,) = collected(board, made, later)
    assert (again.key, again.title, again.pinned_version) == (
        f"deferred:{item.pk}", "审议改动后的标题", made.version,
    )  # fmt: skip
    assert again.text == "新的分析\n新的措施"
    assert collected(board, made, later) == [again]
    with pytest.raises(WrongState):
        actions.revise(proposal=made, reason="改", by=office_coordinator, at=later)
    Proposal.objects.filter(pk=made.pk).update(version=made.version + 1)
    assert len(read([again], office_coordinator)[0].changed) == 1


def test_a_deferred_one_waits_while_it_is_revised_and_is_not_brought_twice(board, office_coordinator, now):
    made, _item = deferred(board, office_coordinator, now)
    later = now + 31 * DAY
    actions.revise(proposal=made, reason="改措施", by=office_coordinator, at=now + DAY)
    assert collected(board, made, later) == []
    actions.consult(proposal=made, until=later.date() + 5 * DAY, by=office_coordinator, at=later)
    brought = bringing.bring_before(
        proposal=made, meeting=Meeting.objects.get(kind="quarterly"), by=office_coordinator, at=later
    )
    assert collected(board, made, later) == [brought]
    agenda.drop_item(item=brought, reason="不议", by=office_coordinator, at=later)
    assert collected(board, made, later) == [brought]  # what the office took off stays off


def test_only_what_is_being_asked_goes_before_a_meeting(board, planned, office_coordinator, now):
    made = proposal(board, at=now)
    with pytest.raises(WrongState):
        bringing.bring_before(proposal=made, meeting=planned, by=office_coordinator, at=now)


def test_the_database_wants_words_with_an_objection(board, health, health_deputy_head, now):
    made = asked(board, at=now)
    given = {"proposal": made, "department": health, "round": 1, "by": health_deputy_head, "at": now}
    for kind, words in (("objected", ""), ("remarks", ""), ("agreed", "但是"), ("signed", "")):
        with pytest.raises(IntegrityError), transaction.atomic():
            Opinion.objects.create(kind=kind, words=words, **given)


def test_the_facts_of_the_quarter_begin_the_analysis(board, meeting, insurance_handler, now):
    from core import registry

    said = []

    def source(*, region, since, until):
        said.append((region, since))
        return [registry.Topic(key="x", kind="report", title="移送情况", text="本季移送3件。"),
                registry.Topic(key="y", kind="report", title="超期情况")]  # fmt: skip

    registry.agenda_sources.append((999, source))
    try:
        text = reading_proposals.facts(board.region)
    finally:
        registry.agenda_sources.remove((999, source))
    assert text.splitlines()[-2:] == ["移送情况：本季移送3件。", "超期情况"]
    assert said[0][0] == board.region and said[0][1].day == 1


def test_who_has_it_on_the_workbench(
    board, health, members, health_section_head, health_handler, insurance_head, insurance_handler, office_head,
    office_coordinator, county_leader, system_admin, now,
):  # fmt: skip
    people = (
        office_coordinator,
        health_section_head,
        health_handler,
        insurance_head,
        office_head,
        county_leader,
    )

    def waits():
        found = []
        for user in people:
            rows = list(workbench_proposals.todo_rows(user, 5))
            found += [(user, rows[0].phrase)] if rows else []
            assert sum(len(each) for each in workbench_proposals.waiting(user)) == len(rows)
        return [user for user, _phrase in found]

    made = proposal(board, at=now)
    assert waits() == [office_coordinator]
    actions.consult(proposal=made, until=now.date() + 5 * DAY, by=office_coordinator, at=now)
    assert waits() == [health_section_head, insurance_head]
    row = next(iter(workbench_proposals.todo_rows(health_section_head, 5)))
    assert row.action_url.endswith("/opinion/") and row.due == made.consult_until and row.lamp != "n"
    for department in members:
        actions.give_opinion(
            proposal=made, department=department, kind="agreed", by=office_coordinator, at=now
        )
    assert waits() == [office_coordinator]
    actions.adopt_by_circulation(proposal=made, by=office_coordinator, at=now)
    assert waits() == [office_coordinator]  # no task yet
    with_task(made, insurance_handler, at=now)
    assert waits() == [insurance_head, office_head]
    from meetings.actions.deployments import sign_deployment

    sign_deployment(proposal=made, by=insurance_head, at=now)
    assert waits() == [office_coordinator]
    assert list(workbench_proposals.todo_rows(system_admin, 5)) == []


def test_a_consultation_goes_out_as_a_numbered_letter_each_round(board, members, office_coordinator, now, media):
    from documents import storage
    from meetings.actions.proposals import revise
    from tests.meetings.test_meeting_day import text_of

    made = asked(board, at=now)
    first = made.letter
    assert (first.kind, first.number, first.target_id) == ("meeting_consultation", "青联动办函〔2026〕1号", made.pk)
    said = text_of(storage.fetch(first.file, first.sha256)).replace("\n", "").replace(" ", "")
    for words in (*(each.name for each in members), "征求意见稿", "2026年11月23日前反馈", "涉及三家医院", "病历抽查"):
        assert words in said, words
    assert "第2次征求意见" not in said
    revise(proposal=made, reason="采纳意见", by=office_coordinator, at=now)
    again = actions.consult(proposal=made, until=now.date() + 9 * DAY, by=office_coordinator, at=now)
    assert again.letter.number == "青联动办函〔2026〕2号" and again.letter.context != first.context
    second = text_of(storage.fetch(again.letter.file, again.letter.sha256)).replace("\n", "").replace(" ", "")
    assert "第2次征求意见" in second
    first.refresh_from_db()
    assert not first.is_void  # what was issued stays as it was
