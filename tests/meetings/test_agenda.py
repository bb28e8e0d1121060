"""The agenda: collected from the rooms once each, then ordered, merged, dropped and added to by the office."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from cases.models import Case
from core import registry
from core.dates import end_of
from core.refusals import BadInput, MovedOn, Stale, WrongState
from deadlines.actions.clocks import start_clock
from journal.models import Event, Notification
from meetings.actions import agenda, topics
from meetings.actions.agenda import collect_agenda
from meetings.models import AgendaItem, Material
from meetings.quarters import last_day
from meetings.reading import agenda as read
from tests.factories.cases import make_case, pdf
from tests.factories.meetings import ad_hoc, called, closed, resolution
from tests.factories.meetings import quarter as make_quarter
from tests.factories.rewards_money import decide, make_reward
from tests.meetings.conftest import DAY


def keys(meeting):
    return list(meeting.items.listed().values_list("key", flat=True))


# -- collected --------------------------------------------------------------------------------------------------


def test_the_rooms_say_what_belongs_on_the_agenda(
    planned, insurance_handler, insurance_deputy_head, health, other_insurance, outsider, now
):
    case = make_case(by=insurance_handler, at=now)
    decide(case, at=now)
    Case.objects.filter(pk=case.pk).update(major=True)
    hidden = make_case(by=insurance_handler, at=now)
    Case.objects.filter(pk=hidden.pk).update(major=True, restricted=True)
    elsewhere = make_case(by=outsider, at=now)
    Case.objects.filter(pk=elsewhere.pk).update(major=True)
    make_reward(case, at=now, by=insurance_handler, status="approved")
    start_clock(
        code="supervision", target=("case", case.pk), department=health, started_at=now - 30 * DAY,
        due_on=now.date() - 20 * DAY, at=now,
    )  # fmt: skip
    collect_agenda(meeting=planned, at=now)
    assert keys(planned) == ["figures", f"case:{case.pk}", "overdue", "unpaid"]
    said = {item.key: f"{item.title}{item.text}" for item in planned.items.all()}
    assert (
        "新登记案件线索2件" in said["figures"]
        and "立案1件" in said["figures"]
        and "查实10,000.00元" in said["figures"]
    )
    assert case.number in said[f"case:{case.pk}"] and "仁和医院" not in str(said)
    assert "青禾县卫生健康局1项" in said["overdue"]
    assert "1笔，金额500.00元" in said["unpaid"]


def test_a_major_case_of_after_the_quarter_is_not_on_its_agenda(planned, insurance_handler, now):
    last = last_day(planned.year, planned.quarter)
    inside, later = (make_case(by=insurance_handler, at=now) for _ in range(2))
    Case.objects.filter(pk=inside.pk).update(major=True, opened_at=end_of(last) - DAY)
    Case.objects.filter(pk=later.pk).update(major=True, opened_at=end_of(last))
    collect_agenda(meeting=planned, at=end_of(last) + 30 * DAY)
    assert f"case:{inside.pk}" in keys(planned) and f"case:{later.pk}" not in keys(planned)


def test_letters_that_came_back_are_counted_by_who_returned_them(
    planned, insurance_handler, now, world_returned
):
    collect_agenda(meeting=planned, at=now + DAY)
    item = planned.items.get(key="returned")
    assert item.title == "研究退回移交函件1件" and "青禾县卫生健康局退回青禾县医疗保障局1件" in item.text


@pytest.fixture
def world_returned(insurance, health, insurance_handler, now):
    from referrals.models import Dispatch, Referral

    case = make_case(by=insurance_handler, at=now)
    dispatch = Dispatch.objects.create(
        case=case, department=insurance, kind="transfer", subject="移交", facts="事实", drafted_by=insurance_handler,
        drafted_at=now, created_at=now, updated_at=now,
    )  # fmt: skip
    people = {f"{stem}_by": insurance_handler for stem in ("sent", "received", "returned")}
    times = {f"{stem}_at": now for stem in ("sent", "received", "returned")}
    return Referral.objects.create(
        dispatch=dispatch, kind="transfer", case=case, sender=insurance, receiver=health, status="returned",
        number="青医保函〔2026〕1号", return_category="other", return_reason="不属本局职责", created_at=now,
        updated_at=now, **people, **times,
    )  # fmt: skip


def test_collecting_twice_lists_once_and_says_what_holds_now(planned, insurance_handler, now):
    collect_agenda(meeting=planned, at=now)
    before = Event.objects.filter(verb="meeting.agenda_collected").count()
    collect_agenda(meeting=planned, at=now)
    assert Event.objects.filter(verb="meeting.agenda_collected").count() == before
    make_case(by=insurance_handler, at=now)
    collect_agenda(meeting=planned, at=now)
    figures = planned.items.get(key="figures")
    assert "新登记案件线索1件" in figures.text and figures.version == 2
    assert Event.objects.filter(verb="meeting.agenda_collected").latest("pk").params == {
        "added": 0,
        "renewed": 1,
    }


def test_what_the_office_has_written_stays(planned, office_coordinator, insurance_handler, now):
    collect_agenda(meeting=planned, at=now)
    figures = planned.items.get(key="figures")
    agenda.edit_item(
        item=figures,
        title="听取通报",
        text="口头",
        expected_version=figures.version,
        by=office_coordinator,
        at=now,
    )
    make_case(by=insurance_handler, at=now)
    collect_agenda(meeting=planned, at=now)
    figures.refresh_from_db()
    assert (figures.title, figures.text) == ("听取通报", "口头")
    agenda.drop_item(item=figures, reason="另行通报", by=office_coordinator, at=now)
    collect_agenda(meeting=planned, at=now)
    assert keys(planned) == []


def test_unfinished_resolutions_come_first_and_only_they_on_an_ad_hoc_agenda(
    board, meeting, insurance_handler, insurance_deputy_head, begun, now
):
    first = resolution(
        meeting, insurance_handler, due_on=now.date() + 5 * DAY, at=now, status="draft", text="早"
    )
    second = resolution(
        meeting, insurance_handler, due_on=now.date() + 2 * DAY, at=now, status="draft", text="更早"
    )
    closed(meeting, at=begun)
    urgent = ad_hoc(board, at=begun + 4 * DAY)
    collect_agenda(meeting=urgent, at=begun + 4 * DAY)
    assert keys(urgent) == [f"resolution:{second.pk}", f"resolution:{first.pk}", f"minutes:{meeting.pk}"]
    assert "已超期" in urgent.items.get(key=f"resolution:{second.pk}").text
    assert "已超期" not in urgent.items.get(key=f"resolution:{first.pk}").text
    later = make_quarter(board, at=begun + 60 * DAY)
    collect_agenda(meeting=later, at=begun + 60 * DAY)
    assert keys(later)[:2] == [f"resolution:{second.pk}", f"resolution:{first.pk}"]
    assert f"minutes:{meeting.pk}" not in keys(later)  # the ad-hoc meeting approves them


def test_what_was_deferred_comes_back_on_its_day(board, meeting, topic, office_coordinator, begun, now):
    from meetings.actions.holding import defer_item

    defer_item(item=topic, until=dt.date(2027, 1, 10), reason="材料不足", by=office_coordinator, at=begun)
    closed(meeting, at=begun)
    later = make_quarter(board, at=now + 50 * DAY)
    collect_agenda(meeting=later, at=now + 50 * DAY)
    assert f"deferred:{topic.pk}" not in keys(later)
    collect_agenda(meeting=later, at=now + 60 * DAY)
    assert f"deferred:{topic.pk}" in keys(later)
    other = ad_hoc(board, at=now + 60 * DAY)
    collect_agenda(meeting=other, at=now + 60 * DAY)
    assert f"deferred:{topic.pk}" not in keys(other)


def test_a_deferred_follow_up_stands_once_on_the_next_agenda(
    board, meeting, topic, insurance_handler, office_coordinator, begun, now
):
    from meetings.actions.holding import defer_item

    task = resolution(meeting, insurance_handler, due_on=now.date() + 9 * DAY, at=now, status="draft")
    closed(meeting, at=begun)
    second = ad_hoc(board, at=begun + DAY)
    collect_agenda(meeting=second, at=begun + DAY)
    called(board, at=begun + DAY, meeting=second)
    item = second.items.get(key=f"resolution:{task.pk}")
    given = {"until": begun.date() + 3 * DAY, "reason": "待补材料", "by": office_coordinator}
    defer_item(item=item, at=begun + 2 * DAY, **given)
    defer_item(item=second.items.get(title=topic.title), at=begun + 2 * DAY, **given)
    closed(second, at=begun + 2 * DAY)
    third = ad_hoc(board, at=begun + 4 * DAY)
    collect_agenda(meeting=third, at=begun + 4 * DAY)
    assert [one.key for one in third.items.filter(kind="follow_up")] == [f"resolution:{task.pk}"]
    assert third.items.filter(key__startswith="deferred:").count() == 1  # what else was deferred came back


def test_nothing_is_collected_once_the_notice_is_out(meeting, now):
    with pytest.raises(WrongState):
        collect_agenda(meeting=meeting, at=now)


# -- ordered and changed ----------------------------------------------------------------------------------------


def test_the_office_adds_moves_and_edits(planned, office_coordinator, now):
    add = {"meeting": planned, "kind": "problem", "by": office_coordinator, "at": now}
    one, two = agenda.add_item(title="一", **add), agenda.add_item(title="二", **add)
    assert [item.title for item in planned.items.listed()] == ["一", "二"]
    agenda.move_item(item=two, up=True, by=office_coordinator, at=now)
    assert [item.title for item in planned.items.listed()] == ["二", "一"]
    with pytest.raises(BadInput):
        agenda.move_item(item=two, up=True, by=office_coordinator, at=now)
    agenda.move_item(item=two, up=False, by=office_coordinator, at=now)
    with pytest.raises(BadInput):
        agenda.move_item(item=two, up=False, by=office_coordinator, at=now)
    one.refresh_from_db()
    with pytest.raises(Stale):
        agenda.edit_item(item=one, title="新", text="", expected_version=99, by=office_coordinator, at=now)
    with pytest.raises(BadInput) as refused:
        agenda.edit_item(
            item=one, title=" ", text="", expected_version=one.version, by=office_coordinator, at=now
        )
    assert refused.value.field == "title"
    with pytest.raises(BadInput) as refused:
        agenda.add_item(**(add | {"title": "", "kind": "minutes"}))
    assert set(refused.value.faults) == {"kind", "title"}


def test_nothing_moves_before_an_unfinished_resolution(
    board, meeting, insurance_handler, office_coordinator, begun, now
):
    task = resolution(meeting, insurance_handler, due_on=now.date() + 9 * DAY, at=now, status="draft")
    closed(meeting, at=begun)
    later = make_quarter(board, at=begun + 60 * DAY)
    collect_agenda(meeting=later, at=begun + 60 * DAY)
    follow = later.items.get(key=f"resolution:{task.pk}")
    given = {"by": office_coordinator, "at": begun + 60 * DAY}
    with pytest.raises(BadInput):
        agenda.move_item(item=later.items.get(key=f"minutes:{meeting.pk}"), up=True, **given)
    with pytest.raises(BadInput):
        agenda.drop_item(item=follow, reason="已办", **given)
    with pytest.raises(BadInput):
        agenda.merge_item(item=follow, into=later.items.get(key="figures"), **given)


def test_topics_are_merged_dropped_and_put_back(planned, office_coordinator, now):
    add = {"meeting": planned, "kind": "problem", "by": office_coordinator, "at": now}
    one, two, three = (agenda.add_item(title=title, **add) for title in "一二三")
    given = {"by": office_coordinator, "at": now}
    agenda.merge_item(item=one, into=two, reason="同类", **given)
    agenda.merge_item(item=two, into=three, **given)
    one.refresh_from_db()
    assert (one.status, one.merged_into) == ("merged", three)
    for wrong in (three, ad_hoc(planned.office, at=now).items.create(
        kind="problem", title="别的会", position=1, created_at=now, updated_at=now
    )):  # fmt: skip
        with pytest.raises(BadInput) as refused:
            agenda.merge_item(item=three, into=wrong, **given)
        assert refused.value.field == "into"
    with pytest.raises(WrongState):
        agenda.merge_item(item=three, into=one, **given)
    with pytest.raises(WrongState):
        agenda.move_item(item=one, up=True, **given)
    with pytest.raises(BadInput):
        agenda.drop_item(item=three, reason="", **given)
    with pytest.raises(WrongState, match="先将其恢复"):
        agenda.drop_item(item=three, reason="改期", **given)
    for each in (one, two):
        agenda.list_item(item=each, **given)
    assert one.merged_into is None
    agenda.drop_item(item=three, reason="改期", **given)
    agenda.list_item(item=three, **given)
    assert (three.status, three.reason) == ("listed", "")
    with pytest.raises((WrongState, MovedOn)):
        agenda.list_item(item=three, **given)


def test_what_the_meeting_has_dealt_with_is_not_touched(meeting, topic, office_coordinator, begun):
    from meetings.actions.holding import note_item

    note_item(item=topic, by=office_coordinator, at=begun)
    given = {"by": office_coordinator, "at": begun}
    with pytest.raises(WrongState):
        agenda.edit_item(item=topic, title="新", text="", expected_version=topic.version, **given)
    with pytest.raises(WrongState):
        agenda.drop_item(item=topic, reason="不议", **given)
    with pytest.raises(WrongState):
        topics.add_material(item=topic, upload=pdf(), **given)


def test_a_closed_meeting_takes_no_topic(meeting, topic, office_coordinator, begun):
    closed(meeting, at=begun)
    with pytest.raises(WrongState):
        agenda.add_item(meeting=meeting, kind="problem", title="迟了", by=office_coordinator, at=begun)
    with pytest.raises(WrongState):
        agenda.drop_item(item=topic, reason="迟了", by=office_coordinator, at=begun)


def test_the_database_keeps_reasons_and_targets(topic):
    for fields in (
        {"status": "dropped"}, {"status": "merged"}, {"outcome": "noted"}, {"deferred_to": dt.date(2027, 1, 1)},
        {"target_kind": "case"}, {"merged_into_id": topic.pk},
    ):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            AgendaItem.objects.filter(pk=topic.pk).update(**fields)


# -- departments' topics and material ---------------------------------------------------------------------------


def test_a_department_proposes_with_material_and_the_office_takes_it(
    planned, health, health_registrar, insurance_deputy_head, office_coordinator, now
):
    item = topics.propose_item(
        meeting=planned, department=health, kind="problem", title="研究处方点评", text="近期……", files=[pdf("汇报.pdf")],
        by=health_registrar, at=now,
    )  # fmt: skip
    assert item.status == "proposed" and not item.materials.get().pinned
    assert planned.attendances.get(department=health).topics_answered_by == health_registrar
    assert Notification.objects.filter(verb="meeting.topics_in", recipient=office_coordinator).count() == 1
    assert list(AgendaItem.objects.visible_to(health_registrar).filter(pk=item.pk)) == [item]
    assert list(AgendaItem.objects.visible_to(insurance_deputy_head).filter(pk=item.pk)) == []
    agenda.list_item(item=item, by=office_coordinator, at=now)
    assert item.materials.get().pinned and not item.late
    assert list(AgendaItem.objects.visible_to(insurance_deputy_head).filter(pk=item.pk)) == [item]
    with pytest.raises(BadInput) as refused:
        topics.propose_item(
            meeting=planned, department=health, kind="problem", title="x", files=[SimpleUploadedFile("空.pdf", b"")],
            by=health_registrar, at=now,
        )  # fmt: skip
    assert refused.value.field == "files"


def test_having_no_topic_is_said_once(planned, health, health_registrar, now):
    for _time in range(2):
        topics.no_topic(meeting=planned, department=health, by=health_registrar, at=now)
    assert Event.objects.filter(verb="meeting.topics_none", target_id=planned.pk).count() == 1


def test_the_pinned_version_stays_on_the_table_until_the_office_takes_the_newer_one(
    planned, office_coordinator, now
):
    item = agenda.add_item(meeting=planned, kind="report", title="通报", by=office_coordinator, at=now)
    given = {"by": office_coordinator, "at": now}
    first = topics.add_material(item=item, upload=pdf("报告.pdf"), **given)
    second = topics.add_material(item=item, upload=pdf("报告.pdf", b"%PDF-1.7 2"), **given)
    assert (first.pinned, second.pinned, second.number) == (True, False, 2)
    row = read([item], office_coordinator)[0]
    assert len(row.changed) == 1 and "报告.pdf" in row.changed[0]
    topics.pin_material(material=second, **given)
    assert list(item.materials.values_list("number", "pinned")) == [(1, False), (2, True)]
    assert read([item], office_coordinator)[0].changed == []
    assert topics.take_material(material=second, **given).startswith(b"%PDF-1.7 2")
    assert Event.objects.filter(verb="meeting.material_taken").latest("pk").params["number"] == 2
    agenda.drop_item(item=item, reason="不议", **given)
    with pytest.raises(WrongState):
        topics.pin_material(material=Material.objects.get(pk=first.pk), **given)
    agenda.list_item(item=item, **given)
    assert item.materials.get(pinned=True).number == 2


def test_material_of_a_proposed_topic_is_pinned_by_its_newest_version(
    planned, health, health_registrar, office_coordinator, now
):
    item = topics.propose_item(
        meeting=planned,
        department=health,
        kind="problem",
        title="研究",
        files=[pdf("稿.pdf")],
        by=health_registrar,
        at=now,
    )
    topics.add_material(item=item, upload=pdf("稿.pdf", b"%PDF-1.7 2"), by=health_registrar, at=now)
    agenda.list_item(item=item, by=office_coordinator, at=now)
    assert item.materials.get(pinned=True).number == 2


def test_a_topic_about_a_case_shows_that_the_case_changed(
    planned, office_coordinator, insurance_handler, now
):
    case = make_case(by=insurance_handler, at=now)
    item = agenda.add_item(
        meeting=planned, kind="case", title="会商", case=case, by=office_coordinator, at=now
    )
    assert read([item], insurance_handler)[0].changed == []
    Case.objects.filter(pk=case.pk).update(version=case.version + 1)
    row = read([item], insurance_handler)[0]
    assert len(row.changed) == 1 and row.case_title == case.title
    topics.pin_thing(item=item, by=office_coordinator, at=now)
    assert item.pinned_version == case.version + 1
    plain = agenda.add_item(meeting=planned, kind="report", title="通报", by=office_coordinator, at=now)
    with pytest.raises(WrongState):
        topics.pin_thing(item=plain, by=office_coordinator, at=now)


def test_who_does_not_see_the_case_sees_its_number_only(
    planned, office_coordinator, insurance_handler, health_registrar, now
):
    case = make_case(by=insurance_handler, at=now)
    item = agenda.add_item(
        meeting=planned, kind="case", title="会商", case=case, by=office_coordinator, at=now
    )
    assert read([item], health_registrar)[0].case_url == ""
    assert read([item], insurance_handler)[0].case_url


def test_a_topic_proposed_for_a_case_pins_the_case(planned, health, health_registrar, insurance_handler, now):
    case = make_case(by=insurance_handler, at=now)
    item = topics.propose_item(
        meeting=planned, department=health, kind="case", title="会商", case=case, by=health_registrar, at=now
    )
    assert (item.target_kind, item.target_id, item.pinned_version) == ("case", case.pk, case.version)


def test_minutes_of_two_meetings_closed_since_are_both_put_up_for_approval(board, planned, begun, now):
    first, second = called(board, at=now, meeting=planned), called(board, at=now)  # neither sees the other's minutes
    closed(first, at=begun)
    closed(second, at=begun)
    third = ad_hoc(board, at=begun)
    collect_agenda(meeting=third, at=begun)
    assert {f"minutes:{first.pk}", f"minutes:{second.pk}"} <= set(keys(third))


def test_a_late_task_of_a_deployment_stands_once_on_the_agenda(planned, board, health, now):
    for code, due in (("deployment", 20), ("supervision", 20)):
        start_clock(
            code=code, target=("case", planned.pk), department=health, started_at=now - 30 * DAY,
            due_on=now.date() - due * DAY, at=now,
        )  # fmt: skip
    collect_agenda(meeting=planned, at=now)
    assert "青禾县卫生健康局1项" in planned.items.get(key="overdue").text


def test_a_topic_added_after_the_notice_is_marked(meeting, office_coordinator, health, health_registrar, now):
    item = agenda.add_item(meeting=meeting, kind="case", title="突发", by=office_coordinator, at=now)
    assert item.late
    asked = topics.propose_item(
        meeting=meeting, department=health, kind="problem", title="补充", by=health_registrar, at=now
    )
    agenda.list_item(item=asked, by=office_coordinator, at=now)
    assert asked.late


def test_the_sources_are_asked_in_their_order():
    orders = [order for order, _source in sorted(registry.agenda_sources, key=lambda pair: pair[0])]
    assert orders == [10, 20, 30, 35, 36, 37, 40]


def test_rooms_yet_to_come_have_their_place(planned, office_coordinator, now):
    """A room takes its place among the others by its order alone (`registry.agenda_sources`)."""

    def room(kind, title):
        def source(*, region, since, until):
            yield registry.Topic(
                key=f"{kind}:1", kind="report", title=title, text="2件。", target_kind=kind, target_id=1, version=3
            )

        return source

    added = [(39, room("later", "通报后设机制情况")), (38, room("sooner", "通报先设机制情况"))]
    registry.agenda_sources.extend(added)
    try:
        collect_agenda(meeting=planned, by=office_coordinator, at=now)
    finally:
        for each in added:
            registry.agenda_sources.remove(each)
    keys = list(planned.items.listed().values_list("key", flat=True))
    assert keys.index("sooner:1") + 1 == keys.index("later:1")
    listed = list(planned.items.listed().select_related("meeting"))
    rows = read(listed, office_coordinator)  # their kinds may be unknown here: no link, no failure
    assert {row.thing_url for row in rows if row.item.key in ("sooner:1", "later:1")} == {""}


def test_the_minutes_to_be_approved_are_pinned_with_their_text(board, planned, office_coordinator, begun, now):
    from meetings.actions import minutes as minutes_actions
    from tests.factories.meetings import called, closed

    before = closed(called(board, at=now), at=begun)
    key = f"minutes:{before.pk}"
    collect_agenda(meeting=planned, by=office_coordinator, at=begun)
    item = planned.items.get(key=key)
    assert (item.target_kind, item.pinned_version) == ("meeting", None)  # not drafted yet
    minutes = minutes_actions.draft_minutes(meeting=before, at=begun)
    collect_agenda(meeting=planned, by=office_coordinator, at=begun)
    item.refresh_from_db()
    assert (item.target_kind, item.target_id, item.pinned_version) == ("minutes", minutes.pk, 1)

    def row():
        found = planned.items.select_related("meeting__office").filter(pk=item.pk)
        return read(list(found), office_coordinator)[0]

    minutes_actions.circulate_minutes(minutes=minutes, by=office_coordinator, at=begun)
    assert row().changed == [] and row().thing_url == minutes.get_absolute_url()  # the text is the same
    part = minutes.parts.get(position=0)
    minutes_actions.edit_part(part=part, text="改", expected_version=1, by=office_coordinator, at=begun)
    assert len(row().changed) == 1


def test_one_agenda_that_cannot_be_collected_does_not_stop_the_others(board, planned, now, caplog):
    from meetings.actions.bulk_quarters import collect_due
    from meetings.models import Meeting
    from tests.factories.meetings import ad_hoc

    other = ad_hoc(board, at=now)

    def broken(*, region, since, until):
        raise RuntimeError("a room is out of order")

    registry.agenda_sources.append((36, broken))
    try:
        assert collect_due(at=now) == 1  # the ad-hoc one asks no rooms
    finally:
        registry.agenda_sources.remove((36, broken))
    assert Meeting.objects.get(pk=other.pk).collected_on is not None
    assert [each.message for each in caplog.records if each.exc_info] == [
        f"the agenda of meeting {planned.pk} cannot be collected"
    ]
    assert collect_due(at=now) == 1


def test_what_is_resolved_after_the_notice_comes_before_the_called_meeting(
    board, planned, insurance_handler, office_coordinator, now, begun
):
    from meetings.actions.agenda import add_follow_ups
    from meetings.actions.bulk_quarters import run_quarters

    urgent = called(board, at=now)  # an ad-hoc one beside the quarter's, which is called for next week
    meeting = called(board, at=now, meeting=planned, starts_at=now + 7 * DAY)
    task = resolution(urgent, insurance_handler, due_on=now.date() + 30 * DAY, at=begun)
    for _again in range(2):
        run_quarters(at=begun)
    item = meeting.items.get(key=f"resolution:{task.pk}")
    assert (item.first, item.late, item.status, item.target_id) == (True, True, "listed", task.pk)
    assert keys(meeting)[0] == item.key
    other = resolution(urgent, insurance_handler, due_on=now.date() + 30 * DAY, at=begun)
    assert add_follow_ups(meeting=meeting, at=now + 8 * DAY) == 0  # it has begun
    assert not meeting.items.filter(key=f"resolution:{other.pk}").exists()
    assert not urgent.items.filter(key__startswith="resolution:").exists()  # its own
