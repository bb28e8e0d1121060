"""Minutes: drafted from the meeting, edited without losing a word, countersigned by version, issued as 纪要."""

import datetime as dt
import io

import docx
import pdfplumber
import pikepdf
import pytest
import time_machine
from django.db import IntegrityError, transaction

from core.refusals import BadInput, FourEyes, MovedOn, Stale, StillOpen, WrongState
from documents import storage
from documents.letter import as_json, from_json
from documents.rendering import render
from documents.word import docx as as_docx
from journal.models import Event, Notification
from meetings import drafting, minutes_paper, rules_minutes, workbench
from meetings.actions import holding
from meetings.actions import minutes as actions
from meetings.models import MeetingRule, Minutes, MinutesEdit, MinutesPart, Signature
from meetings.tasks import draft_minutes as task
from tests.factories.meetings import called, came, closed, line, note_all
from tests.factories.rewards_money import somebody

DUE = dt.date(2026, 12, 31)


@pytest.fixture
def held(meeting, topic, insurance_handler, health_handler, office_coordinator, begun):
    """Closed: one topic decided with two tasks, the figures noted; the police were on leave."""
    came(meeting, at=begun, police="leave")
    holding.decide_item(
        item=topic, text="同意联合查处。", by=office_coordinator, at=begun,
        lines=[line(insurance_handler, "移交线索清单", due_on=DUE), line(health_handler, "核对病历", due_on=DUE)],
    )  # fmt: skip
    note_all(meeting, at=begun)
    return holding.close_meeting(meeting=meeting, by=office_coordinator, at=begun)


@pytest.fixture
def minutes(held, begun):
    return actions.draft_minutes(meeting=held, at=begun)


@pytest.fixture
def circulated(minutes, office_coordinator, begun):
    return actions.circulate_minutes(minutes=minutes, by=office_coordinator, at=begun)


@pytest.fixture
def part(minutes):
    return minutes.parts.select_related("minutes__meeting").get(heading__contains="会商大要案件")


def sign(minutes, user, at, **more):
    given = {"kind": "signed", "text_version": minutes.text_version, "department": user.department} | more
    return actions.sign_minutes(minutes=minutes, by=user, at=at, **given)


def sign_all(minutes, at):
    for row in minutes.meeting.attendances.select_related("department"):
        sign(minutes, somebody(row.department, "deputy_head"), at)


# -- drafted ----------------------------------------------------------------------------------------------------


def test_the_job_drafts_what_happened_in_order(held, begun, office_coordinator):
    assert actions.draft_due(at=begun) == 1
    assert actions.draft_due(at=begun) == 0
    minutes = Minutes.objects.get()
    assert [part.heading for part in minutes.parts.all()] == [
        "",
        "一、会商大要案件",
        "二、通报本季度案件线索办理情况",
    ]
    head, topic, figures = (part.text for part in minutes.parts.all())
    assert "2026年11月16日13:00" in head and "到会5家（共6家）" in head and "研究议题2项" in head
    assert "新登记案件线索0件" in figures
    assert "会议议定：同意联合查处。" in topic
    assert "（一）移交线索清单。责任单位：青禾县医疗保障局；责任人：陈晓岚；期限：2026年12月31日。" in topic
    assert (
        Notification.objects.filter(verb="meeting.minutes_ready", recipient=office_coordinator).count() == 1
    )


def test_a_second_process_finds_them_drafted(held, begun, monkeypatch):
    """Both have read HELD before either has written."""
    stale = type(held).objects.get(pk=held.pk)
    actions.draft_minutes(meeting=held, at=begun)
    monkeypatch.setattr(type(held).objects, "filter", lambda **fields: type(held).objects.order_by("pk"))
    assert stale.status == "held" and actions.draft_due(at=begun) == 0
    assert Minutes.objects.count() == 1


def test_a_broken_meeting_does_not_stop_the_others(held, board, begun, caplog, now):
    good = closed(called(board, at=now), at=begun)
    type(held).objects.filter(pk=held.pk).update(figures=[{"title": "没有键"}])
    assert held.pk < good.pk and actions.draft_due(at=begun) == 1
    assert Minutes.objects.get().meeting == good
    assert not MinutesPart.objects.filter(minutes__meeting=held).exists()
    assert [record.message for record in caplog.records if record.exc_info] == [
        f"the minutes of meeting {held.pk} cannot be drafted"
    ]
    held.refresh_from_db()
    assert held.status == "held"
    type(held).objects.filter(pk=held.pk).update(figures=[])
    assert actions.draft_due(at=begun) == 1


def test_the_task_does_what_the_job_does(held):
    with time_machine.travel(held.closed_at):
        task()
    assert Minutes.objects.count() == 1


def test_minutes_of_a_meeting_that_was_not_held_are_not_drafted(meeting, now):
    with pytest.raises(WrongState):
        actions.draft_minutes(meeting=meeting, at=now)


def test_deferred_merged_and_chaired_are_said(meeting, topic, office_coordinator, begun):
    from meetings.actions.agenda import add_item, merge_item

    other = add_item(meeting=meeting, kind="problem", title="研究价格监测", by=office_coordinator, at=begun)
    merge_item(item=other, into=topic, by=office_coordinator, at=begun)
    came(meeting, at=begun)
    holding.defer_item(item=topic, until=DUE, reason="材料不足", by=office_coordinator, at=begun)
    note_all(meeting, at=begun)
    holding.close_meeting(meeting=meeting, by=office_coordinator, at=begun)
    meeting.chair = "分管副县长"
    assert "，由分管副县长主持召开" in drafting.head(meeting)
    said = {heading: text for _item, heading, text in drafting.parts(meeting)}
    assert (
        "会议决定缓议，2026年12月31日后再行研究。理由：材料不足"
        in said["一、会商大要案件"]
    )
    assert said["（一）研究价格监测（并入本项）"].endswith("与本项一并研究，会议意见同上。")


# -- edited -----------------------------------------------------------------------------------------------------


def test_the_same_text_from_a_browser_is_no_edit(circulated, part, insurance_deputy_head, office_coordinator, begun):
    sign(circulated, insurance_deputy_head, begun)
    assert "\n" in part.text
    actions.edit_part(
        part=part, text=part.text.replace("\n", "\r\n"), expected_version=part.version, by=office_coordinator, at=begun
    )
    assert not MinutesEdit.objects.exists() and Signature.objects.get().voided_at is None


def test_an_edit_keeps_the_old_text_and_voids_what_was_signed(
    circulated, part, insurance_deputy_head, office_coordinator, begun
):
    signature = sign(circulated, insurance_deputy_head, begun)
    old = part.text
    actions.edit_part(
        part=part, text="会议议定：同意。", expected_version=part.version, by=office_coordinator, at=begun
    )
    circulated.refresh_from_db()
    signature.refresh_from_db()
    edit = MinutesEdit.objects.get()
    assert (edit.old_text, edit.new_text, edit.text_version, circulated.text_version) == (
        old,
        "会议议定：同意。",
        2,
        2,
    )
    assert (signature.voided_at, signature.voided_edit) == (begun, edit)
    assert (
        Notification.objects.filter(verb="meeting.signature_voided", recipient=insurance_deputy_head).count()
        == 1
    )
    event = Event.objects.filter(verb="meeting.part_edited").latest("pk")
    assert event.params["departments"] == [insurance_deputy_head.department.pk]


def test_two_who_edit_one_part_do_not_overwrite_each_other(minutes, part, office_coordinator, begun):
    given = {"part": part, "by": office_coordinator, "at": begun}
    actions.edit_part(text="甲", expected_version=1, **given)
    with pytest.raises(Stale):
        actions.edit_part(text="乙", expected_version=1, **given)
    part.refresh_from_db()
    assert part.text == "甲"
    other = minutes.parts.get(position=0)
    other.minutes = minutes
    actions.edit_part(
        part=other, text="丙", expected_version=1, by=office_coordinator, at=begun
    )  # another part is free
    assert list(MinutesEdit.objects.values_list("text_version", flat=True)) == [2, 3]


def test_an_edit_that_changes_nothing_voids_nothing(
    circulated, part, insurance_deputy_head, office_coordinator, begun
):
    sign(circulated, insurance_deputy_head, begun)
    actions.edit_part(part=part, text=part.text, expected_version=1, by=office_coordinator, at=begun)
    assert Signature.objects.get().voided_at is None and not MinutesEdit.objects.exists()
    with pytest.raises(BadInput) as refused:
        actions.edit_part(part=part, text=" ", expected_version=1, by=office_coordinator, at=begun)
    assert refused.value.field == "text"


# -- countersigned ----------------------------------------------------------------------------------------------


def test_circulating_asks_every_member_by_a_day(circulated, insurance_deputy_head, office_coordinator, begun):
    assert circulated.sign_by == dt.date(2026, 11, 23)
    assert (
        Notification.objects.filter(verb="meeting.minutes_to_sign", recipient=insurance_deputy_head).count()
        == 1
    )
    with pytest.raises((WrongState, MovedOn)):
        actions.circulate_minutes(minutes=circulated, by=office_coordinator, at=begun)


def test_an_old_version_is_not_countersigned(
    circulated, part, insurance_deputy_head, office_coordinator, begun
):
    actions.edit_part(part=part, text="新", expected_version=1, by=office_coordinator, at=begun)
    with pytest.raises(Stale) as refused:
        sign(circulated, insurance_deputy_head, begun, text_version=1)
    assert "2" in str(refused.value)


def test_an_objection_has_words_and_may_give_way_to_a_signature(
    circulated, insurance_deputy_head, office_coordinator, begun
):
    with pytest.raises(BadInput) as refused:
        sign(circulated, insurance_deputy_head, begun, kind="objected")
    assert refused.value.field == "words"
    sign(circulated, insurance_deputy_head, begun, kind="objected", words="第二项期限过短")
    assert insurance_deputy_head.department in actions.missing(circulated)
    assert Notification.objects.filter(verb="meeting.objection", recipient=office_coordinator).count() == 1
    assert rules_minutes.can_sign(insurance_deputy_head, circulated)
    sign(circulated, insurance_deputy_head, begun)
    assert [row.voided_at is None for row in Signature.objects.order_by("pk")] == [False, True]
    assert not rules_minutes.can_sign(insurance_deputy_head, circulated)


def test_a_draft_is_not_countersigned_nor_signed_for_issue(minutes, insurance_deputy_head, begun):
    with pytest.raises(WrongState):
        sign(minutes, insurance_deputy_head, begun)
    with pytest.raises(WrongState):
        actions.approve_minutes(minutes=minutes, unsigned_reason="x", by=insurance_deputy_head, at=begun)


# -- issued -----------------------------------------------------------------------------------------------------


def test_all_have_signed_another_signs_for_issue_and_they_are_numbered(
    circulated, insurance_deputy_head, insurance_head, office_coordinator, begun
):
    with pytest.raises(StillOpen) as refused:
        actions.approve_minutes(minutes=circulated, by=insurance_head, at=begun)
    assert len(refused.value.details["items"]) == 6 and refused.value.field == "unsigned_reason"
    sign_all(circulated, begun)
    with pytest.raises(WrongState):
        actions.issue_minutes(minutes=circulated, by=office_coordinator, at=begun)
    actions.approve_minutes(minutes=circulated, unsigned_reason="不需要", by=insurance_head, at=begun)
    assert circulated.unsigned_reason == ""
    actions.issue_minutes(minutes=circulated, by=office_coordinator, at=begun)
    document = circulated.document
    assert (circulated.meeting.status, document.number, document.layout) == (
        "issued",
        "青联动办纪〔2026〕1号",
        "minutes",
    )
    data = storage.fetch(document.file, document.sha256)
    with pikepdf.open(io.BytesIO(data)) as file, file.open_metadata() as metadata:
        assert metadata.pdfa_status == "3B"
    with pdfplumber.open(io.BytesIO(data)) as paper:
        said = "".join(page.extract_text() for page in paper.pages).replace("\n", "").replace(" ", "")
        mark = next(char for char in paper.pages[0].chars if char["text"] == "纪" and char["size"] > 25)
    for words in (
        "青禾县医疗保障协作联动联席会议纪要",
        "出席：",
        "请假：青禾县公安局",
        "签发人：宋明哲",
        "会议议定：同意联合查处。",
        "印发",
    ):
        assert words in said
    assert mark["top"] / 72 * 25.4 == pytest.approx(72, abs=2.5)  # 35 mm below the type area's edge at 37 mm
    with pytest.raises((WrongState, MovedOn)):
        actions.issue_minutes(minutes=circulated, by=office_coordinator, at=begun)


def waiting_to_issue(people, minutes):
    """Who has these minutes on the workbench to be signed for issue; the number beside the navigation agrees."""
    found = []
    for user in people:
        rows = [row for row in workbench.todo_rows(user, 9) if "签发" in row.phrase]
        assert len(rows) == workbench.to_issue(user).count()
        assert sum(len(each) for each in workbench.waiting(user)) == len(workbench.todo_rows(user, 9))
        found += [user for row in rows if row.url == minutes.get_absolute_url()]
    return found


def told_to_issue():
    told = Notification.objects.filter(verb="meeting.minutes_to_approve").order_by("pk")
    return [each.recipient for each in told.select_related("recipient")]


def test_whoever_may_sign_for_issue_is_asked_once_all_have_countersigned(
    circulated, part, insurance_deputy_head, insurance_head, office_head, health_deputy_head, office_coordinator,
    insurance_handler, county_leader, outsider, system_admin, begun,
):  # fmt: skip
    people = (insurance_deputy_head, insurance_head, office_head, health_deputy_head, office_coordinator,
              insurance_handler, county_leader, outsider, system_admin)  # fmt: skip
    signers = [insurance_deputy_head, insurance_head, office_head]
    asked = list(circulated.meeting.attendances.select_related("department").order_by("-pk"))
    with time_machine.travel(begun, tick=False):
        for row in asked[:-1]:
            sign(circulated, somebody(row.department, "deputy_head"), begun)
        assert waiting_to_issue(people, circulated) == [] == told_to_issue()
        last = somebody(asked[-1].department, "deputy_head")
        sign(circulated, last, begun, kind="objected", words="第二项期限过短")
        assert waiting_to_issue(people, circulated) == [] == told_to_issue()
        sign(circulated, last, begun)
        assert waiting_to_issue(people, circulated) == signers
        assert set(told_to_issue()) == set(signers) and len(told_to_issue()) == 3
        # edited by one of them: the countersignatures are void, and that one does not sign for issue
        actions.edit_part(part=part, text="改", expected_version=1, by=insurance_head, at=begun)
        circulated.refresh_from_db()
        assert waiting_to_issue(people, circulated) == []
        sign_all(circulated, begun)
        assert waiting_to_issue(people, circulated) == [insurance_deputy_head, office_head]
        assert len(told_to_issue()) == 5 and told_to_issue().count(insurance_head) == 1
        actions.approve_minutes(minutes=circulated, by=office_head, at=begun)
        assert waiting_to_issue(people, circulated) == []


def test_after_the_last_day_the_signer_is_asked_without_the_others_and_another_department_may_lead(
    circulated, insurance_head, office_head, health_deputy_head, office_coordinator, begun
):
    people = (insurance_head, office_head, health_deputy_head)
    with time_machine.travel(dt.datetime(2026, 11, 23, 8, tzinfo=dt.UTC), tick=False):
        assert waiting_to_issue(people, circulated) == []  # the last day
    with time_machine.travel(dt.datetime(2026, 11, 24, 8, tzinfo=dt.UTC), tick=False):
        assert waiting_to_issue(people, circulated) == [insurance_head, office_head]
        MeetingRule.objects.update(lead="health")
        assert waiting_to_issue(people, circulated) == [office_head, health_deputy_head]
        type(circulated.meeting).objects.filter(pk=circulated.meeting_id).update(circulated_by=office_head)
        assert waiting_to_issue(people, circulated) == [health_deputy_head]
        actions.approve_minutes(minutes=circulated, unsigned_reason="急需印发", by=insurance_head, at=begun)
        sign_all(circulated, begun)
        assert told_to_issue() == []  # signed for issue already


def test_issued_minutes_never_change(circulated, part, insurance_head, office_coordinator, begun):
    actions.approve_minutes(minutes=circulated, unsigned_reason="急需印发", by=insurance_head, at=begun)
    actions.issue_minutes(minutes=circulated, by=office_coordinator, at=begun)
    assert "（会签说明：急需印发。）" in [para["text"] for para in circulated.document.context["body"]]
    with pytest.raises(WrongState):
        actions.edit_part(part=part, text="改", expected_version=1, by=office_coordinator, at=begun)
    with pytest.raises(IntegrityError), transaction.atomic():
        MinutesPart.objects.filter(pk=part.pk).update(text="改")


def test_who_wrote_or_circulated_them_does_not_sign_for_issue(
    circulated, part, insurance_deputy_head, insurance_head, office_coordinator, begun
):
    with pytest.raises(FourEyes):
        actions.approve_minutes(minutes=circulated, unsigned_reason="x", by=office_coordinator, at=begun)
    actions.edit_part(part=part, text="改", expected_version=1, by=insurance_deputy_head, at=begun)
    with pytest.raises(FourEyes):
        actions.approve_minutes(minutes=circulated, unsigned_reason="x", by=insurance_deputy_head, at=begun)
    actions.approve_minutes(minutes=circulated, unsigned_reason="x", by=insurance_head, at=begun)
    actions.edit_part(part=part, text="再改", expected_version=2, by=insurance_deputy_head, at=begun)
    circulated.refresh_from_db()
    assert circulated.approved_at is None  # signed for issue was another text


def test_a_signature_is_kept_as_it_was_given(circulated, insurance_deputy_head, begun):
    signature = sign(circulated, insurance_deputy_head, begun)
    for fields in ({"kind": "objected", "words": "x"}, {"text_version": 9}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Signature.objects.filter(pk=signature.pk).update(**fields)


def test_the_paper_survives_being_kept_and_has_an_editable_copy(circulated, part, begun):
    paper = minutes_paper.paper(minutes_paper.context(circulated, at=begun))
    assert from_json(as_json(paper)) == paper
    text = "\n".join(each.text for each in docx.Document(io.BytesIO(as_docx(paper))).paragraphs)
    assert paper.mark in text and "出席：" in text and "（一）移交线索清单" in text
    given = minutes_paper.extract_context(circulated, [part], whose="青禾县卫生健康局", of_case=False, at=begun)
    extract = minutes_paper.paper(given)
    assert "摘录：青禾县卫生健康局" in extract.title and len(extract.body) == 6
    assert render(extract).startswith(b"%PDF")


def test_rules_of_minutes(
    circulated, part, office_coordinator, insurance_deputy_head, insurance_handler, health_registrar, county_leader,
    outsider, health_deputy_head, finance, now,
):  # fmt: skip
    table = {
        "can_sign": {insurance_deputy_head, health_deputy_head}, "can_approve": {insurance_deputy_head},
        "can_circulate": set(), "can_issue": set(),
    }  # fmt: skip
    people = (office_coordinator, insurance_deputy_head, insurance_handler, health_registrar, county_leader, outsider,
              health_deputy_head)  # fmt: skip
    part.minutes = circulated
    for name, allowed in table.items():
        assert {user for user in people if getattr(rules_minutes, name)(user, circulated)} == allowed, name
    assert {user for user in people if rules_minutes.can_edit_part(user, part)} == {office_coordinator}
    circulated.meeting.attendances.filter(department=health_deputy_head.department).update(
        member=False, presence="observing"
    )
    assert not rules_minutes.can_sign(health_deputy_head, circulated)
    circulated.approved_at = now
    assert rules_minutes.can_issue(office_coordinator, circulated)
    assert not rules_minutes.can_approve(insurance_deputy_head, circulated)
    circulated.meeting.status = "drafted"
    assert rules_minutes.can_circulate(office_coordinator, circulated)
    assert not rules_minutes.can_sign(insurance_deputy_head, circulated)
