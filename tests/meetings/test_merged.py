"""Topics dealt with together: each keeps its case, its proposal and its tasks; no extract names another's case."""

import datetime as dt

import pytest
from django.urls import reverse

from cases.models import Case
from core.refusals import BadInput, WrongState
from documents import storage
from journal.models import Event
from meetings import contexts, drafting
from meetings.actions import agenda, extracts, holding, topics
from meetings.actions import minutes as actions
from meetings.actions.bringing import bring_before
from meetings.actions.proposals import revise
from meetings.actions.quarter import give_up, open_quarter
from meetings.models import AgendaItem, Extract, Material, MinutesPart, Resolution
from tests.factories.cases import make_case, pdf
from tests.factories.meetings import asked, came, line, note_all
from tests.meetings.test_meeting_day import DUE, text_of

QINGHE, RONGAN = "青禾仁和医院分解住院", "容安大药房串换药品"


@pytest.fixture
def cases(insurance_handler, health_handler, now):
    """Two cases of two departments; neither sees the other's."""
    first = make_case(by=insurance_handler, at=now, title=QINGHE)
    second = make_case(by=health_handler, at=now, title=RONGAN)
    assert not Case.objects.visible_to(insurance_handler).filter(pk=second.pk).exists()
    return first, second


@pytest.fixture
def pair(meeting, topic, cases, office_coordinator, now):
    """Two topics about the two cases, the second merged into the first."""
    made = []
    for case, title in zip(cases, (f"会商{QINGHE}", f"会商{RONGAN}"), strict=True):
        item = agenda.add_item(
            meeting=meeting, kind="case", title=title, case=case, by=office_coordinator, at=now
        )
        made.append(AgendaItem.objects.select_related("meeting__office", "meeting__region").get(pk=item.pk))
    agenda.merge_item(item=made[1], into=made[0], reason="同一线索", by=office_coordinator, at=now)
    return made


def held(meeting, by, at):
    note_all(meeting, at=at)
    return holding.close_meeting(meeting=meeting, by=by, at=at)


def issued(meeting, coordinator, signer, at):
    minutes = actions.draft_minutes(meeting=held(meeting, coordinator, at), at=at)
    actions.circulate_minutes(minutes=minutes, by=coordinator, at=at)
    actions.approve_minutes(minutes=minutes, unsigned_reason="口头同意", by=signer, at=at)
    actions.issue_minutes(minutes=minutes, by=coordinator, at=at)
    extracts.print_due(at=at)
    return minutes


def words(document):
    return text_of(storage.fetch(document.file, document.sha256)).replace(" ", "").replace("\n", "")


def test_each_case_has_its_extract_and_none_names_the_other(
    meeting, pair, cases, health_handler, insurance_handler, office_coordinator, insurance_head, begun, media
):
    came(meeting, at=begun)
    holding.decide_item(
        item=pair[0], text="由医保部门追回基金。", merged={pair[1].pk: "由市场监管部门查进销存。"},
        lines=[
            line(insurance_handler, "追回基金", due_on=DUE),
            holding.Line("查进销存", health_handler.department, health_handler, DUE, topic=pair[1]),
        ],
        by=office_coordinator, at=begun,
    )  # fmt: skip
    assert list(Resolution.objects.order_by("number").values_list("text", "item")) == [
        ("追回基金", pair[0].pk), ("查进销存", pair[1].pk),
    ]  # fmt: skip
    minutes = issued(meeting, office_coordinator, insurance_head, begun)
    whole = words(minutes.document)
    assert QINGHE in whole and RONGAN in whole  # one item of the minutes, with both
    first, second = (words(Extract.objects.get(case=case).document) for case in cases)
    assert QINGHE in first and "追回基金" in first
    assert RONGAN in second and "查进销存" in second
    for leaked in (RONGAN, "查进销存", cases[1].number):
        assert leaked not in first, leaked
    for leaked in (QINGHE, "追回基金", cases[0].number):
        assert leaked not in second, leaked
    of_health = words(Extract.objects.get(department=health_handler.department).document)
    assert RONGAN in of_health and QINGHE not in of_health


def test_topics_about_different_cases_need_words_of_their_own(meeting, pair, office_coordinator, begun):
    came(meeting, at=begun)
    with pytest.raises(BadInput) as refused:
        holding.decide_item(item=pair[0], text=f"{QINGHE}追回。", by=office_coordinator, at=begun)
    assert list(refused.value.faults) == [f"merged{pair[1].pk}_text"]
    assert set(
        AgendaItem.objects.filter(pk__in=[each.pk for each in pair]).values_list("outcome", flat=True)
    ) == {"open"}


def test_what_is_noted_or_deferred_of_the_one_is_not_said_of_the_other(
    meeting, pair, office_coordinator, begun
):
    came(meeting, at=begun)
    by = {"by": office_coordinator, "at": begun}
    holding.defer_item(item=pair[0], until=DUE, reason=f"{QINGHE}材料不足", **by)
    pair[1].refresh_from_db()
    assert (pair[1].outcome, pair[1].deferred_to, pair[1].outcome_text) == ("deferred", DUE, "")
    told = {item.pk: text for item, _heading, text in drafting.parts(meeting)}
    assert told[pair[1].pk].endswith("会议决定缓议，2026年12月31日后再行研究。")
    holding.reopen_item(item=pair[0], **by)
    holding.note_item(item=pair[0], text=f"听取{QINGHE}汇报", **by)
    pair[1].refresh_from_db()
    assert (pair[1].outcome, pair[1].outcome_text) == ("noted", "")


def test_topics_without_a_case_share_the_words(
    meeting,
    topic,
    health_registrar,
    health,
    insurance_handler,
    office_coordinator,
    insurance_head,
    begun,
    media,
):
    by = {"by": office_coordinator, "at": begun}
    other = topics.propose_item(
        meeting=meeting,
        department=health,
        kind="problem",
        title="研究处方点评",
        by=health_registrar,
        at=begun,
    )
    agenda.list_item(item=other, **by)
    agenda.merge_item(item=other, into=topic, **by)
    came(meeting, at=begun)
    holding.decide_item(item=topic, text="一并推进。", lines=[line(insurance_handler, due_on=DUE)], **by)
    other.refresh_from_db()
    assert (other.outcome, other.outcome_text, other.status) == ("decided", "一并推进。", "merged")
    issued(meeting, office_coordinator, insurance_head, begun)
    of_health = words(Extract.objects.get(department=health).document)
    assert (
        "研究处方点评" in of_health and "会议议定：一并推进" in of_health
    )  # the decision on the whole comes along


def test_a_line_names_a_topic_dealt_with_here(
    meeting, pair, topic, insurance_handler, office_coordinator, begun
):
    came(meeting, at=begun)
    stray = holding.Line("办理", insurance_handler.department, insurance_handler, DUE, topic=topic)
    with pytest.raises(BadInput) as refused:
        holding.decide_item(
            item=pair[0],
            text="同意。",
            merged={pair[1].pk: "同意。"},
            lines=[stray],
            by=office_coordinator,
            at=begun,
        )
    assert list(refused.value.faults) == ["line0_topic"]


def test_taken_back_the_merged_topics_wait_again_with_their_tasks_gone(
    meeting, pair, insurance_handler, office_coordinator, begun
):
    came(meeting, at=begun)
    by = {"by": office_coordinator, "at": begun}
    task = holding.Line("查进销存", insurance_handler.department, insurance_handler, DUE, topic=pair[1])
    holding.decide_item(item=pair[0], text="同意。", merged={pair[1].pk: "查。"}, lines=[task], **by)
    pair[1].refresh_from_db()
    with pytest.raises(WrongState):
        agenda.list_item(item=pair[1], **by)
    with pytest.raises(WrongState):
        holding.reopen_item(item=pair[1], **by)
    pair[0].refresh_from_db()
    holding.reopen_item(item=pair[0], **by)
    pair[1].refresh_from_db()
    assert (pair[1].outcome, pair[1].outcome_text, pair[1].outcome_by) == ("open", "", None)
    assert Resolution.objects.get(item=pair[1]).status == "dropped"
    agenda.list_item(item=pair[1], **by)
    assert pair[1].status == "listed"


def test_a_merged_proposal_is_adopted_with_the_words_that_stood_on_the_agenda(
    meeting, topic, board, office_coordinator, begun, now
):
    by = {"by": office_coordinator, "at": begun}
    made = asked(board, at=now)
    other = bring_before(proposal=made, meeting=meeting, by=office_coordinator, at=now)
    agenda.merge_item(item=other, into=topic, **by)
    with pytest.raises(WrongState):
        revise(proposal=made, reason="改", **by)  # it stands on the agenda as before
    came(meeting, at=begun)
    type(made).objects.filter(pk=made.pk).update(version=made.version + 1)
    topic.refresh_from_db()
    with pytest.raises(WrongState):
        holding.decide_item(item=topic, text="同意。", **by)
    type(made).objects.filter(pk=made.pk).update(version=made.version)
    holding.decide_item(item=topic, text="同意。", **by)
    held(meeting, office_coordinator, begun)
    made.refresh_from_db()
    assert (made.status, made.adopted_in) == ("adopted", other)


def test_a_merged_proposal_that_was_noted_is_not_adopted(
    meeting, topic, board, office_coordinator, begun, now
):
    made = asked(board, at=now)
    other = bring_before(proposal=made, meeting=meeting, by=office_coordinator, at=now)
    agenda.merge_item(item=other, into=topic, by=office_coordinator, at=now)
    came(meeting, at=begun)
    held(meeting, office_coordinator, begun)
    made.refresh_from_db()
    assert made.status == "consulting"


def test_what_was_merged_in_a_quarter_given_up_comes_next_time(
    planned, health, health_registrar, office, office_coordinator, now
):
    by = {"by": office_coordinator, "at": now}
    host = agenda.add_item(meeting=planned, kind="problem", title="研究协作", **by)
    item = topics.propose_item(
        meeting=planned, department=health, kind="problem", title="研究处方点评", by=health_registrar, at=now
    )
    agenda.list_item(item=item, **by)
    agenda.merge_item(item=item, into=host, **by)
    give_up(meeting=planned, reason="防汛", **by)
    later = open_quarter(office=office, year=2027, quarter=1, at=now + dt.timedelta(days=60))
    agenda.collect_agenda(meeting=later, at=now + dt.timedelta(days=60))
    assert later.items.get(key=f"carried:{item.pk}").title == "研究处方点评"


# -- restricted cases ---------------------------------------------------------------------------------------------


@pytest.fixture
def restricted(pair, cases):
    """The second case goes by named persons only since it was put on the agenda; nobody of the others is named."""
    Case.objects.filter(pk=cases[1].pk).update(restricted=True)
    return AgendaItem.objects.select_related("case", "meeting__office", "meeting__region").get(pk=pair[1].pk)


def test_papers_for_all_say_a_restricted_case_by_its_number(
    meeting, pair, restricted, cases, office_coordinator, insurance_head, begun, media
):
    topics.add_material(item=pair[0], upload=pdf("汇总.pdf"), by=office_coordinator, at=begun)
    Material.objects.create(
        item=restricted, name=f"{RONGAN}报告.pdf", number=1, pinned=True, file="x", media_type="application/pdf", size=1,
        sha256="0" * 64, by=office_coordinator, at=begun,
    )  # fmt: skip
    came(meeting, at=begun)
    booklet = next(each for each in contexts.of_booklet(meeting, at=begun)["topics"] if each["merged"])
    assert (booklet["merged"], booklet["materials"]) == (
        [f"会商案件（{cases[1].number}）"],
        ["汇总（第1版）"],
    )
    holding.decide_item(
        item=pair[0], text="追回基金。", merged={restricted.pk: "查进销存。"}, by=office_coordinator, at=begun
    )
    minutes = issued(meeting, office_coordinator, insurance_head, begun)
    whole = words(minutes.document)
    assert RONGAN not in whole and "查进销存" not in whole
    assert cases[1].number in whole and QINGHE in whole
    assert "查进销存" in words(Extract.objects.get(case=cases[1]).document)


def test_pages_and_api_keep_a_restricted_topic_from_who_does_not_see_the_case(
    meeting,
    pair,
    restricted,
    cases,
    insurance_handler,
    office_coordinator,
    insurance_deputy_head,
    begun,
    client,
):
    came(meeting, at=begun)
    holding.decide_item(
        item=pair[0], text="追回基金。", merged={restricted.pk: "查进销存。"},
        lines=[holding.Line("查进销存", insurance_handler.department, insurance_handler, DUE, topic=pair[0])],
        by=office_coordinator, at=begun,
    )  # fmt: skip
    minutes = actions.draft_minutes(meeting=held(meeting, office_coordinator, begun), at=begun)
    part = MinutesPart.objects.select_related("minutes__meeting", "item__case").get(item=restricted)
    actions.circulate_minutes(minutes=minutes, by=office_coordinator, at=begun)
    actions.sign_minutes(
        minutes=minutes, department=insurance_deputy_head.department, kind="signed", text_version=1,
        by=insurance_deputy_head, at=begun,
    )  # fmt: skip
    actions.edit_part(
        part=part, text=f"{RONGAN}：查。", expected_version=part.version, by=office_coordinator, at=begun
    )
    assert "会商案件" in Event.objects.get(verb="meeting.part_edited").params["part"]
    client.force_login(insurance_handler, backend="django.contrib.auth.backends.ModelBackend")
    page = meeting.get_absolute_url()
    seen = [
        client.get(page).content.decode(), client.get(f"{page}?tab=minutes").content.decode(),
        client.get(f"{page}?tab=resolutions").content.decode(), client.get(pair[0].get_absolute_url()).content.decode(),
        client.get(f"/api/v1/minutes/{minutes.pk}/").content.decode(), client.get(f"{page}?tab=history").content.decode(),
        client.get(f"/api/v1/agenda-items/?meeting={meeting.pk}").content.decode(),
    ]  # fmt: skip
    assert [RONGAN in each for each in seen] == [False] * 7
    assert QINGHE in seen[5]
    assert QINGHE in seen[0] and cases[1].number in seen[1]
    assert client.get(restricted.get_absolute_url()).status_code == 404
    client.force_login(office_coordinator, backend="django.contrib.auth.backends.ModelBackend")
    assert RONGAN in client.get(f"{page}?tab=minutes").content.decode()
    assert client.get(restricted.get_absolute_url()).status_code == 200


# -- the edges ----------------------------------------------------------------------------------------------------


def test_the_form_asks_for_every_topic_and_says_which_words_are_missing(
    meeting, pair, insurance_handler, office_coordinator, begun, client, insurance
):
    import time_machine

    came(meeting, at=begun)
    post = insurance_handler.posts.get(department=insurance)
    url = reverse("meetings:decide", args=[pair[0].pk])
    client.force_login(office_coordinator, backend="django.contrib.auth.backends.ModelBackend")
    with time_machine.travel(begun, tick=False):
        form = client.get(url).context["form"]
        given = {
            "form_key": form["form_key"].value(), "seen": "listed", "outcome_text": "追回。", "line0_text": "查进销存",
            "line0_post": post.pk, "line0_due_on": DUE.isoformat(), "line0_topic": pair[1].pk,
        }  # fmt: skip
        answer = client.post(url, given)
        assert answer.status_code == 200 and f"merged{pair[1].pk}_text" in answer.context["form"].errors
        assert client.post(url, given | {f"merged{pair[1].pk}_text": "查。"}).status_code == 302
    pair[1].refresh_from_db()
    assert (pair[1].outcome_text, Resolution.objects.get().item) == ("查。", pair[1])


def test_the_api_decides_each_topic(meeting, pair, insurance_handler, office_coordinator, begun, client):
    import time_machine

    came(meeting, at=begun)
    client.force_login(office_coordinator, backend="django.contrib.auth.backends.ModelBackend")
    url = f"/api/v1/agenda-items/{pair[0].pk}/"
    with time_machine.travel(begun, tick=False):
        etag = client.get(url)["ETag"]
        body = {
            "text": "追回。", "merged": [{"item": pair[1].pk, "text": "查。"}],
            "lines": [{
                "text": "查进销存", "department": insurance_handler.department.pk, "person": insurance_handler.pk,
                "due_on": DUE.isoformat(), "topic": pair[1].pk,
            }],
        }  # fmt: skip
        answer = client.post(
            f"{url}decide/", body, content_type="application/json", headers={"If-Match": etag}
        )
    assert answer.status_code == 200, answer.content
    assert Resolution.objects.get().item == pair[1]


def test_headings_and_tasks_count_on_and_never_twice_alike(
    meeting, topic, insurance_handler, health_handler, office_coordinator, begun
):
    """一、→（一）→ 1. (GB/T 9704-2012 7.3.3): the merged topic goes on where the topic's own tasks end."""
    by = {"by": office_coordinator, "at": begun}
    other = agenda.add_item(meeting=meeting, kind="problem", title="研究处方点评", **by)
    agenda.merge_item(item=other, into=topic, **by)
    came(meeting, at=begun)
    tasks = [
        line(insurance_handler, "移交清单", due_on=DUE), line(health_handler, "核对病历", due_on=DUE),
        holding.Line("抽查处方", health_handler.department, health_handler, DUE, topic=other),
        holding.Line("反馈结果", health_handler.department, health_handler, DUE, topic=other),
    ]  # fmt: skip
    holding.decide_item(item=topic, text="同意。", merged={other.pk: "开展点评。"}, lines=tasks, **by)
    said = {item.pk: (heading, text.split("\n")) for item, heading, text in drafting.parts(meeting)}
    assert said[topic.pk][0].startswith("一、")
    assert [row[:3] for row in said[topic.pk][1][-2:]] == ["（一）", "（二）"]
    assert said[other.pk][0] == "（三）研究处方点评（并入本项）"
    assert [row[:7] for row in said[other.pk][1][-2:]] == ["1. 抽查处方", "2. 反馈结果"]
