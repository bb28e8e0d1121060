"""Members without an account: asked by letter, answering on paper; the office enters it with its day and its scan."""

import datetime as dt

import pytest
import time_machine
from django.db import DatabaseError, IntegrityError, transaction

from core.dates import local_date
from core.refusals import AlreadyDone, BadInput, Stale, WrongState
from departments.enums import Role
from departments.models import Department
from documents import storage
from documents.models import IssuedDocument
from journal.models import Event
from meetings import choices, reading_people, rules_on_paper, rules_proposals, workbench_on_paper
from meetings.actions import calling, on_paper, quarter, topics
from meetings.actions import minutes as actions
from meetings.actions.bulk_quarters import ask_joined, collect_due, run_quarters
from meetings.models import AgendaItem, Attendance, Meeting, PaperProof, Signature
from meetings.quorum import quorum_of
from tests.cast import person
from tests.factories.cases import pdf
from tests.factories.meetings import ad_hoc, asked, called, came, closed
from tests.factories.meetings import quarter as make_quarter
from tests.meetings.conftest import DAY
from tests.meetings.test_meeting_day import text_of
from tests.meetings.test_meeting_pages import send, url


@pytest.fixture
def mute(police):
    """The police of the county do not work here."""
    Department.objects.filter(pk=police.pk).update(has_account=False)
    police.refresh_from_db()
    return police


@pytest.fixture
def registrar(office):
    return person("ld09", "文知礼", office, Role.REGISTRAR)


def of(meeting, department):
    found = Attendance.objects.select_related("meeting__office", "meeting__region", "department")
    return found.get(meeting=meeting, department=department)


def enter(step, row, by, at, **more):
    given = {"attendance": row, "on": local_date(at), "scan": pdf("复函.pdf"), "by": by, "at": at} | more
    return getattr(on_paper, f"enter_{step}")(**given)


# -- asked ------------------------------------------------------------------------------------------------------


def test_they_are_members_and_count(mute, planned, members):
    assert planned.attendances.filter(member=True).count() == 6 == quorum_of(planned).members
    assert on_paper.silent(planned) == [mute]


def test_a_member_entered_later_is_asked_all_the_same(board, members, health, now):
    """An empty county: the office is there first, its departments follow."""
    Department.objects.filter(pk__in=[each.pk for each in members]).update(active=False)
    meeting = make_quarter(board, at=now)
    assert not meeting.attendances.exists()
    Department.objects.filter(pk=health.pk).update(active=True)
    run_quarters(at=now)
    assert [row.department for row in meeting.attendances.all()] == [health]
    Department.objects.filter(pk__in=[each.pk for each in members]).update(active=True)
    assert (ask_joined(at=now), ask_joined(at=now)) == (5, 0)
    late = ad_hoc(board, at=now)
    late.attendances.all()
    Department.objects.filter(pk=health.pk).update(active=True)
    assert late.attendances.count() == 6


def test_who_joins_before_the_notice_is_asked_with_it(board, members, police, office_coordinator, now):
    Department.objects.filter(pk=police.pk).update(active=False)
    meeting = make_quarter(board, at=now)
    assert meeting.attendances.count() == 5
    Department.objects.filter(pk=police.pk).update(active=True)
    called(board, at=now, meeting=meeting)
    assert meeting.attendances.count() == 6
    ask_joined(at=now)  # called: nobody is added any more
    assert meeting.attendances.count() == 6


def test_a_letter_asks_them_for_topics_once_for_each_day(mute, planned, office_coordinator, now, media):
    document = on_paper.ask_on_paper(meeting=planned, by=office_coordinator, at=now)
    assert (document.kind, document.number) == ("meeting_topics", "青联动办函〔2026〕1号")
    said = text_of(storage.fetch(document.file, document.sha256)).replace("\n", "").replace(" ", "")
    assert "青禾县公安局" in said and "青禾县卫生健康局" not in said and "没有议题的" in said
    assert Event.objects.filter(verb="meeting.topics_letter").count() == 1
    with pytest.raises(AlreadyDone) as refused:
        on_paper.ask_on_paper(meeting=planned, by=office_coordinator, at=now)
    assert document.number in str(refused.value)
    assert not rules_on_paper.can_ask_on_paper(office_coordinator, planned)
    quarter.set_topics_by(meeting=planned, topics_by=local_date(now) + 9 * DAY, by=office_coordinator, at=now)
    assert rules_on_paper.can_ask_on_paper(office_coordinator, planned)
    assert on_paper.ask_on_paper(meeting=planned, by=office_coordinator, at=now) != document


def test_no_letter_where_nobody_is_to_be_asked(planned, board, office_coordinator, now):
    with pytest.raises(WrongState):
        on_paper.ask_on_paper(meeting=planned, by=office_coordinator, at=now)
    with pytest.raises(WrongState):
        on_paper.ask_on_paper(meeting=ad_hoc(board, at=now), by=office_coordinator, at=now)
    assert not IssuedDocument.objects.filter(kind="meeting_topics").exists()


# -- entered ----------------------------------------------------------------------------------------------------


def test_a_topic_and_that_there_is_none(mute, planned, office_coordinator, now, media):
    proof = enter(
        "topics", of(planned, mute), office_coordinator, now, kind="problem", title="研究案件移送标准"
    )
    item = AgendaItem.objects.get(title="研究案件移送标准")
    assert (item.department, item.status, proof.kind, proof.name) == (mute, "proposed", "topics", "复函.pdf")
    row = of(planned, mute)
    assert row.topics_answered_at == now and on_paper.silent(planned) == []
    enter("topics", row, office_coordinator, now)  # and by another letter that there is no further one
    assert AgendaItem.objects.filter(department=mute).count() == 1 and PaperProof.objects.count() == 2
    assert Event.objects.filter(verb="meeting.paper_entered").count() == 2
    with pytest.raises(BadInput) as refused:
        enter("topics", row, office_coordinator, now, kind="problem", title=" ")
    assert refused.value.field == "title" and PaperProof.objects.count() == 2


def test_the_answer_names_who_comes_and_the_notice_was_served(mute, meeting, office_coordinator, now, media):
    row = of(meeting, mute)
    assert enter("notice", row, office_coordinator, now).kind == "notice"
    enter("answer", row, office_coordinator, now, answer="accepted", person_name="秦守疆", job_title="副局长")
    row.refresh_from_db()
    assert (row.answer, row.person, row.person_name, row.job_title) == ("accepted", None, "秦守疆", "副局长")
    enter("answer", row, office_coordinator, now, answer="leave", reason="办案")
    row.refresh_from_db()
    assert (row.answer, row.person_name, row.leave_reason) == ("leave", "", "办案")
    assert Event.objects.filter(verb="meeting.answered").count() == 2
    assert {paper.kind for paper in row.proofs.all()} == {"notice", "answer"}


def test_the_answer_to_an_earlier_notice_is_none_to_the_last(mute, meeting, office_coordinator, now, media):
    later = now + 2 * DAY
    calling.call_again(
        meeting=meeting, starts_at=now + 4 * DAY, place="二楼会议室", reason="防汛", by=office_coordinator, at=later
    )
    row = of(meeting, mute)
    for step, more in (("notice", {}), ("answer", {"answer": "accepted", "person_name": "秦守疆"})):
        with pytest.raises(BadInput) as refused:
            enter(step, row, office_coordinator, later, on=local_date(now) + DAY, **more)
        assert refused.value.field == "on"
        enter(step, row, office_coordinator, later, **more)
    row.refresh_from_db()
    assert row.answer == "accepted"


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"person_name": " "}, "person_name"),
        ({"person_name": "长" * 41}, "person_name"),
        ({"answer": "leave", "reason": ""}, "reason"),
        ({"answer": "none"}, "answer"),
        ({"scan": None}, "scan"),
        ({"on": dt.date(2026, 11, 15)}, "on"),
        ({"on": dt.date(2026, 11, 17)}, "on"),
    ],
)
def test_what_is_left_out_of_an_answer_is_refused(
    mute, meeting, office_coordinator, now, media, given, field
):
    with pytest.raises(BadInput) as refused:
        enter(
            "answer",
            of(meeting, mute),
            office_coordinator,
            now,
            **{"answer": "accepted", "person_name": "秦守疆"} | given,
        )
    assert refused.value.field == field and not PaperProof.objects.exists()
    assert of(meeting, mute).answer == "none"


@pytest.mark.parametrize("step", ["notice", "topics", "answer"])
def test_who_has_an_account_answers_here_itself(meeting, health, office_coordinator, now, media, step):
    more = {"answer": "accepted", "person_name": "周敏仪"} if step == "answer" else {}
    with pytest.raises(BadInput) as refused:
        enter(step, of(meeting, health), office_coordinator, now, **more)
    assert refused.value.field == "department" and not PaperProof.objects.exists()


def test_nothing_is_entered_out_of_its_time(mute, planned, office_coordinator, begun, now, media):
    for step, more in (("notice", {}), ("answer", {"answer": "accepted", "person_name": "秦守疆"})):
        with pytest.raises(WrongState):
            enter(step, of(planned, mute), office_coordinator, now, **more)
    Meeting.objects.filter(pk=planned.pk).update(status="skipped", skipped_by=office_coordinator, skipped_at=now,
                                                 skip_reason="无")  # fmt: skip
    with pytest.raises(WrongState):
        enter("topics", of(planned, mute), office_coordinator, now)


def test_their_attendance_is_recorded_and_they_make_the_quorum(
    mute, meeting, office_coordinator, begun, media
):
    came(meeting, at=begun, health="absent", market="absent", finance="absent")
    assert not quorum_of(meeting).reached
    came(meeting, at=begun, health="absent", market="absent")
    assert quorum_of(meeting).present == 4 and quorum_of(meeting).reached  # with the police


def test_a_guest_without_an_account_is_invited(meeting, procuratorate, office_coordinator, now, media):
    assert procuratorate in choices.guests(meeting)
    row = calling.invite(meeting=meeting, department=procuratorate, by=office_coordinator, at=now)
    assert not row.member and rules_on_paper.can_enter_answer(office_coordinator, of(meeting, procuratorate))
    enter(
        "answer", of(meeting, procuratorate), office_coordinator, now, answer="accepted", person_name="高明"
    )
    assert of(meeting, procuratorate).person_name == "高明"


# -- countersigned ----------------------------------------------------------------------------------------------


@pytest.fixture
def circulated(mute, meeting, office_coordinator, begun):
    minutes = actions.draft_minutes(meeting=closed(meeting, at=begun), at=begun)
    return actions.circulate_minutes(minutes=minutes, by=office_coordinator, at=begun)


def countersign(minutes, department, by, at, **more):
    given = {
        "minutes": minutes, "department": department, "kind": "signed", "text_version": minutes.text_version,
        "on": local_date(at), "scan": pdf("会签.pdf"), "by": by, "at": at,
    }  # fmt: skip
    return on_paper.enter_signature(**given | more)


def test_a_written_countersignature_counts_with_its_scan(circulated, mute, office_coordinator, begun, media):
    assert mute in actions.missing(circulated) and on_paper.unsigned(circulated) == [mute]
    signature = countersign(circulated, mute, office_coordinator, begun)
    assert signature.proof.name == "会签.pdf" and mute not in actions.missing(circulated)
    assert on_paper.unsigned(circulated) == []
    assert not rules_on_paper.can_enter_signature(office_coordinator, circulated)


def test_an_old_version_a_stranger_and_a_bare_objection_are_refused(
    circulated, mute, health, procuratorate, office_coordinator, begun, media
):
    with pytest.raises(Stale):
        countersign(circulated, mute, office_coordinator, begun, text_version=7)
    for wrong in (procuratorate, health):
        with pytest.raises(BadInput) as refused:
            countersign(circulated, wrong, office_coordinator, begun)
        assert refused.value.field == "department"
    with pytest.raises(BadInput) as refused:
        countersign(circulated, mute, office_coordinator, begun, kind="objected")
    assert refused.value.field == "words" and not Signature.objects.exists()
    countersign(circulated, mute, office_coordinator, begun, kind="objected", words="期限过短")
    assert mute in actions.missing(circulated)


# -- who, where -------------------------------------------------------------------------------------------------


def test_only_the_office_enters(
    mute,
    meeting,
    registrar,
    office_coordinator,
    county_leader,
    health_registrar,
    insurance_registrar,
    outsider,
):
    row = of(meeting, mute)
    people = (office_coordinator, registrar, county_leader, health_registrar, insurance_registrar, outsider)
    for rule in (rules_on_paper.can_enter_answer, rules_on_paper.can_enter_topics):
        assert [rule(user, row) for user in people] == [True, True, False, False, False, False]
        assert not rule(office_coordinator, of(meeting, health_registrar.department))
    assert [workbench_on_paper.records(user) for user in people][:2] == [True, True]
    row.meeting.status = "held"
    assert not rules_on_paper.can_enter_answer(registrar, row) and not rules_on_paper.can_enter_topics(
        registrar, row
    )


def test_the_scans_are_the_offices(mute, meeting, office_coordinator, health_registrar, outsider, now, media):
    enter("notice", of(meeting, mute), office_coordinator, now)
    assert PaperProof.objects.visible_to(office_coordinator).count() == 1
    for user in (health_registrar, outsider):
        assert not PaperProof.objects.visible_to(user).exists()
    proof = PaperProof.objects.get()
    assert str(proof) == "复函.pdf"
    with pytest.raises(DatabaseError), transaction.atomic():
        PaperProof.objects.filter(pk=proof.pk).update(name="另一份.pdf")
    with pytest.raises(IntegrityError), transaction.atomic():
        PaperProof.objects.create(
            attendance=proof.attendance, kind="minutes", on=proof.on, name="x", file="x", media_type="x", sha256="x",
            by=office_coordinator, at=now,
        )  # fmt: skip


def test_the_office_is_asked_to_enter_what_is_missing(
    mute, planned, board, registrar, office_coordinator, health_registrar, begun, now, media
):
    def rows(user):
        with time_machine.travel(now, tick=False):
            found = list(workbench_on_paper.todo_rows(user, 9))
            assert len(found) == sum(len(each) for each in workbench_on_paper.waiting(user))
        return [row.phrase for row in found]

    assert [phrase[:9] for phrase in rows(registrar)] == ["向县公安局书面征集"] and rows(
        health_registrar
    ) == []
    enter("topics", of(planned, mute), registrar, now)
    assert rows(registrar) == []
    called(board, at=now, meeting=planned)
    assert "书面回复" in rows(office_coordinator)[0]
    enter("answer", of(planned, mute), registrar, now, answer="accepted", person_name="秦守疆")
    assert rows(registrar) == []
    minutes = actions.draft_minutes(meeting=closed(planned, at=begun), at=begun)
    actions.circulate_minutes(minutes=minutes, by=office_coordinator, at=begun)
    assert "书面会签" in rows(registrar)[0]
    countersign(minutes, mute, registrar, begun)
    assert rows(registrar) == []


def test_the_pages_enter_what_came_on_paper(
    mute, planned, board, office_coordinator, health_registrar, client, now, media
):
    client.force_login(office_coordinator, backend="django.contrib.auth.backends.ModelBackend")
    with time_machine.travel(now, tick=False):
        assert url("ask_on_paper", planned) in client.get(planned.get_absolute_url()).content.decode()
        assert send(client, url("ask_on_paper", planned)).status_code == 302
        planned.refresh_from_db()
        assert (
            planned.topics_letter.get_absolute_url()
            in client.get(planned.get_absolute_url()).content.decode()
        )
        row = of(planned, mute)
        page = client.get(planned.get_absolute_url() + "?tab=people").content.decode()
        assert url("enter_topics", row) in page and url("enter_answer", row) not in page and "书面" in page
        bare = send(client, url("enter_topics", row), kind="", on="2026-11-16")
        assert list(bare.context["form"].errors) == ["scan"]
        given = {"on": "2026-11-16", "scan": pdf("复函.pdf")}
        assert (
            send(client, url("enter_topics", row), kind="problem", title="研究移送标准", **given).status_code
            == 302
        )
        called(board, at=now, meeting=planned)
        given = {"on": "2026-11-16", "scan": pdf("回执.pdf")}
        assert send(client, url("enter_notice", row), **given).status_code == 302
        refused = send(client, url("enter_answer", row), answer="accepted", on="2026-11-16", scan=pdf())
        assert list(refused.context["form"].errors) == ["person_name"]
        given = {"on": "2026-11-16", "scan": pdf("回执.pdf"), "person_name": "秦守疆"}
        assert send(client, url("enter_answer", row), answer="accepted", **given).status_code == 302
        page = client.get(planned.get_absolute_url() + "?tab=people").content.decode()
        proof = PaperProof.objects.order_by("pk")[0]
        assert url("paper_proof", proof) in page and "秦守疆" in page
        assert client.get(url("paper_proof", proof)).status_code == 200
        client.force_login(health_registrar, backend="django.contrib.auth.backends.ModelBackend")
        assert client.get(url("paper_proof", proof)).status_code == 404
        assert (
            url("paper_proof", proof)
            not in client.get(planned.get_absolute_url() + "?tab=people").content.decode()
        )


def test_a_scan_that_was_tampered_with_is_not_given(mute, meeting, office_coordinator, client, now, media):
    from django.core.files.storage import default_storage

    enter("notice", of(meeting, mute), office_coordinator, now)
    proof = PaperProof.objects.get()
    default_storage.delete(proof.file)
    client.force_login(office_coordinator, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.get(url("paper_proof", proof))
    assert (answer.status_code, answer["Location"]) == (302, proof.attendance.get_absolute_url())


def test_the_pages_enter_a_countersignature(circulated, mute, office_coordinator, client, begun, media):
    client.force_login(office_coordinator, backend="django.contrib.auth.backends.ModelBackend")
    with time_machine.travel(begun, tick=False):
        assert (
            url("enter_signature", circulated) in client.get(circulated.get_absolute_url()).content.decode()
        )
        given = {"department": str(mute.pk), "kind": "signed", "on": "2026-11-16"}
        stale = send(client, url("enter_signature", circulated), text_version="7", scan=pdf(), **given)
        assert stale.status_code == 200 and not Signature.objects.exists()
        done = send(
            client, url("enter_signature", circulated), text_version="1", scan=pdf("会签.pdf"), **given
        )
        assert done.status_code == 302
        assert "会签.pdf" in client.get(circulated.get_absolute_url()).content.decode()


def test_the_api_enters_what_came_on_paper(
    mute, planned, board, office_coordinator, health_registrar, client, now, media
):
    def call(path, body, etag, user=office_coordinator):
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client.post(path, body, headers={"If-Match": etag})

    def tag(path):
        client.force_login(office_coordinator, backend="django.contrib.auth.backends.ModelBackend")
        return client.get(path)["ETag"]

    with time_machine.travel(now, tick=False):
        path = f"/api/v1/meetings/{planned.pk}/"
        answer = call(path + "ask-on-paper/", {}, tag(path))
        assert answer.status_code == 200 and answer.json()["topics_letter"], answer.content
        one = f"/api/v1/attendances/{of(planned, mute).pk}/"
        given = {"on": "2026-11-16", "scan": pdf("复函.pdf")}
        assert call(one + "enter-topics/", given, tag(one), health_registrar).status_code == 403
        given = {"on": "2026-11-16", "scan": pdf("复函.pdf"), "kind": "problem", "title": "研究移送标准"}
        answer = call(one + "enter-topics/", given, tag(one)).json()
        assert answer["on_paper"] and [each["kind"] for each in answer["papers"]] == ["topics"]
        assert client.get(one + f"paper/?id={answer['papers'][0]['id']}").status_code == 200
        assert (
            client.get(one + "paper/?id=0").status_code == 400 == client.get(one + "paper/?id=x").status_code
        )
        called(board, at=now, meeting=planned)
        given = {"on": "2026-11-16", "scan": pdf("回执.pdf")}
        assert call(one + "enter-notice/", given, tag(one)).status_code == 200
        given = {"on": "2026-11-16", "scan": pdf("回执.pdf"), "answer": "accepted", "person_name": "秦守疆"}
        assert call(one + "enter-answer/", given, tag(one)).json()["person_name"] == "秦守疆"
        client.force_login(health_registrar, backend="django.contrib.auth.backends.ModelBackend")
        assert client.get(one).json()["papers"] == []


def test_the_api_enters_a_countersignature(circulated, mute, office_coordinator, client, begun, media):
    client.force_login(office_coordinator, backend="django.contrib.auth.backends.ModelBackend")
    path = f"/api/v1/minutes/{circulated.pk}/"
    with time_machine.travel(begun, tick=False):
        given = {
            "department": mute.pk,
            "kind": "signed",
            "text_version": 1,
            "on": "2026-11-16",
            "scan": pdf("会签.pdf"),
        }
        answer = client.post(path + "enter-signature/", given, headers={"If-Match": client.get(path)["ETag"]})
    assert answer.status_code == 200 and Signature.objects.get().department == mute, answer.content


@pytest.mark.parametrize("number", [1, 3])
def test_the_tab_asks_the_database_the_same_however_many_are_on_paper(
    number, planned, members, office_coordinator, django_assert_max_num_queries
):
    Department.objects.filter(pk__in=[each.pk for each in members[:number]]).update(has_account=False)
    rows = list(Attendance.objects.filter(meeting=planned).select_related("department", "meeting__office"))
    with django_assert_max_num_queries(2):
        shown = reading_people.guests(rows, office_coordinator)
    assert sum(bool(guest.offers) for guest in shown) == number


def test_topics_said_twice_are_one_answer(mute, planned, office_coordinator, now, media):
    enter("topics", of(planned, mute), office_coordinator, now)
    before = Event.objects.filter(verb="meeting.topics_none").count()
    topics.no_topic(meeting=planned, department=mute, by=office_coordinator, at=now)
    assert Event.objects.filter(verb="meeting.topics_none").count() == before == 1


def test_a_meeting_that_was_called_meanwhile_is_left_alone(meeting, health, now, monkeypatch):
    """Both processes had read PLANNED before either wrote."""
    monkeypatch.setattr(Meeting.objects, "filter", lambda **fields: Meeting.objects.order_by("pk"))
    before = meeting.attendances.count()
    assert ask_joined(at=now) == 0 == collect_due(at=now + DAY)
    assert meeting.attendances.count() == before


def test_the_registrar_enters_a_written_reply_too(mute, board, registrar, insurance_registrar, now, media):
    made = asked(board, at=now)
    assert rules_proposals.can_enter_opinion(registrar, made)
    assert not rules_proposals.can_enter_opinion(insurance_registrar, made)


# -- a called meeting given up --------------------------------------------------------------------------------------


def test_who_was_called_on_paper_is_told_on_paper_that_it_is_not_held(
    mute, planned, board, registrar, health_registrar, office_coordinator, now, begun, media, client
):
    meeting = called(board, at=now, meeting=planned)
    row = of(meeting, mute)
    enter("notice", row, registrar, now)  # of the notice: it says nothing of what comes later
    assert on_paper.untold(meeting) == []
    quarter.give_up(meeting=meeting, reason="改为专题会议", by=office_coordinator, at=begun)
    row = of(meeting, mute)
    assert on_paper.untold(meeting) == [mute]
    (todo,) = [each for each in workbench_on_paper.todo_rows(registrar, 9) if str(meeting) in each.phrase]
    assert todo.url == url("enter_notice", row) and str(mute) in todo.phrase
    assert rules_on_paper.can_enter_notice(registrar, row) and not rules_on_paper.can_enter_answer(registrar, row)
    assert not rules_on_paper.can_enter_notice(health_registrar, row)
    assert not rules_on_paper.can_enter_notice(registrar, of(meeting, health_registrar.department))
    with time_machine.travel(begun, tick=False):
        client.force_login(registrar)
        assert "尚未书面通知会议不召开的单位" in client.get(meeting.get_absolute_url()).content.decode()
    with pytest.raises(BadInput) as refused:
        enter("notice", row, registrar, begun, on=local_date(begun) - DAY)
    assert refused.value.field == "on"
    enter("notice", row, registrar, begun)
    assert on_paper.untold(meeting) == [] and not rules_on_paper.can_enter_notice(registrar, row)
    assert not workbench_on_paper.to_enter(registrar).exists()
    with time_machine.travel(begun, tick=False):
        assert "尚未书面通知会议不召开的单位" not in client.get(meeting.get_absolute_url()).content.decode()


def test_nobody_is_told_of_a_meeting_given_up_before_its_notice(mute, planned, registrar, office_coordinator, now):
    quarter.give_up(meeting=planned, reason="改为专题会议", by=office_coordinator, at=now)
    row = of(planned, mute)
    assert on_paper.untold(planned) == [] and not rules_on_paper.can_enter_notice(registrar, row)
    with pytest.raises(WrongState):
        enter("notice", row, registrar, now)
