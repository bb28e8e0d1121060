"""Extracts of minutes: numbered with them, one a department and one a case they concern, never changed."""

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse

from cases.models import Case
from documents import storage
from documents.models import IssuedDocument
from meetings import panels
from meetings.actions import extracts, holding
from meetings.actions import minutes as actions
from meetings.models import AgendaItem, Extract
from meetings.tasks import print_extracts as task
from tests.factories.cases import make_case
from tests.factories.meetings import came, closed, line
from tests.meetings.test_meeting_day import DUE, text_of
from tests.meetings.test_minutes import circulated as circulated  # noqa: PLC0414 - fixtures
from tests.meetings.test_minutes import held as held  # noqa: PLC0414
from tests.meetings.test_minutes import minutes as minutes  # noqa: PLC0414


@pytest.fixture
def case(topic, insurance_handler, begun):
    """A case one topic of the meeting is about."""
    made = make_case(by=insurance_handler, at=begun, title="青禾仁和医院分解住院案")
    AgendaItem.objects.filter(pk=topic.pk).update(case=made)
    return made


@pytest.fixture
def issued(circulated, case, insurance_head, office_coordinator, begun, media):
    actions.approve_minutes(minutes=circulated, unsigned_reason="口头同意", by=insurance_head, at=begun)
    actions.issue_minutes(minutes=circulated, by=office_coordinator, at=begun)
    assert extracts.print_due(at=begun) == Extract.objects.count()
    return circulated


def test_each_department_and_each_case_gets_a_numbered_one(issued, insurance, health, case):
    rows = list(Extract.objects.select_related("document").order_by("pk"))
    assert [(row.department_id, row.case_id) for row in rows] == [
        (insurance.pk, None), (health.pk, None), (None, case.pk),
    ]  # fmt: skip
    assert [row.document.number for row in rows] == [f"青联动办纪摘〔2026〕{n}号" for n in (1, 2, 3)]
    issued.refresh_from_db()
    assert issued.document.number == "青联动办纪〔2026〕1号"  # extracts take no number of the minutes
    paper = rows[2].document
    assert (paper.kind, paper.case_id, paper.target_kind) == ("meeting_extract", case.pk, "minutes_extract")
    text = text_of(storage.fetch(paper.file, paper.sha256)).replace(" ", "")
    for words in (case.number, "本件摘自青联动办纪〔2026〕1号", "会商大要案件", "移交线索清单"):
        assert words in text, words
    assert "季度数据" not in text


def test_who_sees_the_case_or_is_the_department_sees_its_extract(
    issued,
    case,
    insurance_handler,
    health_handler,
    market_handler,
    office_coordinator,
    outsider,
    system_admin,
):
    def seen(user):
        return list(
            Extract.objects.visible_to(user).order_by("pk").values_list("department__short_name", "case")
        )

    own, health, of_case = ("县医保局", None), ("县卫健局", None), (None, case.pk)
    assert seen(insurance_handler) == [own, of_case]
    assert seen(health_handler) == [health]
    assert seen(market_handler) == [] == seen(outsider) == seen(system_admin)
    assert seen(office_coordinator) == [own, health, of_case]
    papers = IssuedDocument.objects.filter(kind="meeting_extract")
    assert papers.visible_to(insurance_handler).count() == 2
    assert papers.visible_to(health_handler).count() == 1
    assert not papers.visible_to(market_handler).exists()


def test_it_stands_on_the_page_of_the_case(issued, case, insurance_handler, market_handler, client):
    number = Extract.objects.get(case=case).document.number
    client.force_login(insurance_handler, backend="django.contrib.auth.backends.ModelBackend")
    assert number in client.get(reverse("cases:detail", args=[case.pk])).content.decode()
    assert panels.extracts_of(case, market_handler) is None
    assert panels.extracts_of(make_case(by=insurance_handler, at=case.created_at), insurance_handler) is None


def test_the_page_leads_to_the_numbered_paper(
    issued, case, health, health_handler, insurance_handler, client
):
    client.force_login(health_handler, backend="django.contrib.auth.backends.ModelBackend")
    own = Extract.objects.get(department=health)
    answer = client.get(reverse("meetings:extract", args=[issued.pk]))
    assert answer.status_code == 302 and answer["Location"] == own.document.get_absolute_url()
    assert client.get(own.document.get_absolute_url()).status_code == 200
    page = client.get(issued.get_absolute_url()).content.decode()
    assert own.document.get_absolute_url() in page
    assert Extract.objects.get(case=case).document.get_absolute_url() not in page
    said = client.get(f"/api/v1/minutes/{issued.pk}/").json()["extracts"]
    number = own.document.number
    assert said == [{"department": health.pk, "case": None, "number": number, "document": own.document_id}]
    client.force_login(insurance_handler, backend="django.contrib.auth.backends.ModelBackend")
    said = client.get(f"/api/v1/minutes/{issued.pk}/").json()["extracts"]
    assert [row["case"] for row in said] == [None, case.number]


def test_it_never_changes_and_is_of_one_thing(issued, case, health, insurance):
    row = Extract.objects.get(department=health)
    assert str(row) == str(issued) and row.get_absolute_url() == issued.get_absolute_url()
    with pytest.raises(DatabaseError), transaction.atomic():
        Extract.objects.filter(pk=row.pk).update(department=insurance)
    with pytest.raises(DatabaseError), transaction.atomic():
        row.delete()
    for both in ({"department": health, "case": case}, {}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Extract.objects.create(minutes=issued, **both)
    with pytest.raises(IntegrityError), transaction.atomic():
        Extract.objects.create(minutes=issued, department=health)


def test_a_task_that_was_taken_back_at_the_meeting_makes_no_extract(
    meeting, topic, insurance_handler, health_handler, insurance_head, office_coordinator, begun, media
):
    by = {"by": office_coordinator, "at": begun}
    came(meeting, at=begun)
    first = line(health_handler, "核对病历", due_on=DUE)
    holding.decide_item(item=topic, text="同意。", lines=[first], **by)
    holding.reopen_item(item=topic, **by)
    second = line(insurance_handler, "移交线索清单", due_on=DUE)
    holding.decide_item(item=topic, text="由医保部门办理。", lines=[second], **by)
    minutes = actions.draft_minutes(meeting=closed(meeting, at=begun), at=begun)
    assert minutes.meeting.resolutions.filter(department=health_handler.department).get().status == "dropped"
    actions.circulate_minutes(minutes=minutes, **by)
    actions.approve_minutes(minutes=minutes, unsigned_reason="口头同意", by=insurance_head, at=begun)
    actions.issue_minutes(minutes=minutes, **by)
    assert list(Extract.objects.values_list("department", flat=True)) == [insurance_head.department.pk]


def test_minutes_of_nothing_owed_have_no_extract(meeting, insurance_head, office_coordinator, begun, media):
    minutes = actions.draft_minutes(meeting=closed(meeting, at=begun), at=begun)
    actions.circulate_minutes(minutes=minutes, by=office_coordinator, at=begun)
    actions.approve_minutes(minutes=minutes, unsigned_reason="口头同意", by=insurance_head, at=begun)
    actions.issue_minutes(minutes=minutes, by=office_coordinator, at=begun)
    assert not Extract.objects.exists() and not Case.objects.exists()


# -- printed by the job -------------------------------------------------------------------------------------------


@pytest.fixture
def numbered(circulated, case, insurance_head, office_coordinator, begun, media):
    """Issued; the job has not run yet."""
    actions.approve_minutes(minutes=circulated, unsigned_reason="口头同意", by=insurance_head, at=begun)
    return actions.issue_minutes(minutes=circulated, by=office_coordinator, at=begun)


def test_issuing_takes_the_numbers_and_prints_only_the_minutes(numbered, case):
    rows = list(Extract.objects.select_related("series", "document").order_by("pk"))
    assert [row.number for row in rows] == [f"青联动办纪摘〔2026〕{n}号" for n in (1, 2, 3)]
    assert {row.document for row in rows} == {None} and all(row.content["parts"] for row in rows)
    assert IssuedDocument.objects.filter(kind="meeting_extract").count() == 0
    assert IssuedDocument.objects.filter(kind="meeting_minutes").count() == 1


def test_the_page_says_what_is_being_printed(numbered, case, insurance_handler, health_handler, client):
    client.force_login(health_handler, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(numbered.get_absolute_url()).content.decode()
    assert "青联动办纪摘〔2026〕2号" in page and "青联动办纪摘〔2026〕3号" not in page  # its own, not the case's
    answer = client.get(reverse("meetings:extract", args=[numbered.pk]), follow=True)
    assert answer.redirect_chain[-1][0] == numbered.get_absolute_url()
    assert "青联动办纪摘〔2026〕2号" in answer.content.decode()
    said = client.get(f"/api/v1/minutes/{numbered.pk}/").json()["extracts"]
    assert [(row["number"], row["document"]) for row in said] == [("青联动办纪摘〔2026〕2号", None)]
    assert panels.extracts_of(case, insurance_handler) is None


def test_a_killed_job_leaves_nothing_and_the_next_run_makes_each_paper_once(numbered, case, begun, monkeypatch, caplog):
    """The worker dies after printing the first and in the middle of the second."""
    printed, kept = [], extracts.issue_document

    def dies(**given):
        document = kept(**given)
        if printed:
            raise KeyboardInterrupt
        printed.append(document.number)
        return document

    monkeypatch.setattr(extracts, "issue_document", dies)
    with pytest.raises(KeyboardInterrupt), transaction.atomic():  # the savepoint stands for the connection that broke
        extracts.print_extract(extract=Extract.objects.order_by("pk")[0])
        with transaction.atomic():
            extracts.print_extract(extract=Extract.objects.order_by("pk")[1])
    assert IssuedDocument.objects.filter(kind="meeting_extract").count() == 0
    monkeypatch.undo()
    stale = Extract.objects.order_by("pk")[0]
    assert (extracts.print_due(at=begun), extracts.print_due(at=begun)) == (3, 0)
    assert not extracts.print_extract(extract=stale)  # another process had read it before it was printed
    papers = IssuedDocument.objects.filter(kind="meeting_extract").order_by("pk")
    assert [paper.number for paper in papers] == [f"青联动办纪摘〔2026〕{n}号" for n in (1, 2, 3)]
    assert {paper.issued_at for paper in papers} == {numbered.meeting.issued_at}


def test_one_that_cannot_be_printed_holds_up_no_other(numbered, begun, monkeypatch, caplog):
    first, kept = Extract.objects.order_by("pk")[0], extracts.issue_document

    def broken(**given):
        if given["target"].pk == first.pk:
            raise OSError("no space left")
        return kept(**given)

    monkeypatch.setattr(extracts, "issue_document", broken)
    assert extracts.print_due(at=begun) == 2
    assert [record.message for record in caplog.records if record.exc_info] == [f"extract {first.pk} cannot be printed"]
    monkeypatch.undo()
    task()
    first.refresh_from_db()
    assert first.document.number == "青联动办纪摘〔2026〕1号"


def test_the_words_stay_as_they_were_numbered(numbered, health):
    row = Extract.objects.get(department=health)
    for changed in ({"content": {}}, {"sequence": 99}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Extract.objects.filter(pk=row.pk).update(**changed)
