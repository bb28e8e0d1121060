"""归档 (ADR 0075): what is asked, the catalogue frozen, nothing added afterwards; opened again it becomes another volume."""

import datetime as dt
import re

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from cases import panels_end, rules_end
from cases.actions import archiving, evidence, merging, notes, progress
from cases.actions.access import grant_department
from cases.actions.strands import decline_strand
from cases.enums import Disposition, GrantCause, Keeping, MergeGround
from cases.models import Case, CaseArchive, Evidence
from core.refusals import AlreadyDone, BadInput, FourEyes, StillOpen, WrongState
from documents.actions.keeping import void_document
from documents.models import IssuedDocument
from documents.refusals import StillInUse
from journal.models import Event
from meetings.models import AgendaItem, Resolution
from tests.factories import meetings
from tests.factories.cases import make_case, pdf


@pytest.fixture
def closed(case, strand, insurance_handler, insurance_deputy_head, now):
    """Two files, one without its number of pages; declined and closed in November 2026."""
    evidence.add_evidence(case=case, upload=pdf("病历.pdf"), pages=12, by=insurance_handler, at=now)
    evidence.add_evidence(case=case, upload=pdf("清单.pdf"), by=insurance_handler, at=now)
    decline_strand(strand=strand, reason="查无实据", disposition=Disposition.NONE, by=insurance_deputy_head, at=now)
    return progress.close_case(case=case, reason="查无实据", by=insurance_deputy_head, at=now)


@pytest.fixture
def file(closed, insurance_handler, now):
    def put(**more):
        given = {"case": closed, "number": "2026-医保-07", "keeping": Keeping.YEARS_30, "explained": "清单为光盘"}
        return archiving.file_for_archive(**(given | {"by": insurance_handler, "at": now} | more))

    return put


@pytest.fixture
def archived(file, insurance_registrar, now):
    return archiving.confirm_archive(archive=file(), by=insurance_registrar, at=now)


def refused(expected, call, /, **values):
    with pytest.raises(expected) as caught:
        call(**values)
    return caught.value


def test_a_case_is_put_together_by_one_and_taken_in_by_another(
    file, closed, insurance_handler, insurance_registrar, insurance_deputy_head, health_handler, now
):
    said = refused(BadInput, file, number=" ", keeping="ever")
    assert set(said.faults) == {"number", "keeping"}
    assert refused(BadInput, file, explained=" ").field == "explained"
    archive = file()
    refused(AlreadyDone, file)
    refused(FourEyes, archiving.confirm_archive, archive=archive, by=insurance_handler, at=now)
    refused(BadInput, archiving.return_archive, archive=archive, reason=" ", by=insurance_registrar, at=now)
    archiving.return_archive(archive=archive, reason="缺清单", by=insurance_registrar, at=now)
    refused(WrongState, archiving.confirm_archive, archive=archive, by=insurance_registrar, at=now)
    archive = archiving.confirm_archive(archive=file(), by=insurance_registrar, at=now)
    refused(WrongState, archiving.return_archive, archive=archive, reason="迟", by=insurance_registrar, at=now)
    assert (archive.volume, archive.until) == (1, dt.date(2056, 12, 31))
    paper = archive.catalogue
    assert paper.case_id == closed.pk and dict(map(tuple, paper.context["fields"]))["卷号"] == "第1卷"
    assert [row[2] for row in paper.context["tables"][0]["rows"]] == ["病历.pdf", "清单.pdf"]
    assert Event.objects.filter(case_id=closed.pk, verb="case.archived").count() == 1
    given = {"department": health_handler.department, "cause": GrantCause.REFERRAL, "by": insurance_handler, "at": now}
    grant_department(case=closed, **given)
    assert IssuedDocument.objects.visible_to(insurance_handler).filter(pk=paper.pk).exists()
    assert not IssuedDocument.objects.visible_to(health_handler).filter(pk=paper.pk).exists()


def test_only_a_closed_case_and_a_number_of_its_own(
    file, archived, case, insurance_handler, insurance_deputy_head, insurance_head, now
):
    other = make_case(by=insurance_handler, at=now)
    refused(WrongState, file, case=other)
    part = other.strands.get()
    decline_strand(strand=part, reason="查无实据", disposition=Disposition.NONE, by=insurance_deputy_head, at=now)
    progress.close_case(case=other, reason="查无实据", by=insurance_head, at=now)
    assert refused(BadInput, file, case=other).field == "number"
    whole = file(case=other, number="2026-医保-08", keeping=Keeping.PERMANENT, explained="")
    assert whole.until is None
    assert archiving.kept_until(Case(), Keeping.YEARS_10) is None


def test_what_is_missing_is_said_with_its_address(
    closed, file, office, insurance_handler, office_coordinator, insurance_registrar, now
):
    meeting = meetings.quarter(office, at=now)
    item = AgendaItem.objects.create(meeting=meeting, kind="case", position=9, title="会商本案", case=closed, created_at=now,
                                     updated_at=now)  # fmt: skip
    task = meetings.resolution(meeting, insurance_handler, due_on=now.date() + dt.timedelta(days=30), at=now)
    Resolution.objects.filter(pk=task.pk).update(item=item)
    said = refused(StillOpen, file)
    assert len(said.details["items"]) == 2
    missing = [pair for check in archiving.checks_of(closed, insurance_handler) for pair in check.missing]
    urls = {url for _said, url in missing}
    assert {reverse("meetings:item", args=[item.pk]), reverse("meetings:resolution", args=[task.pk])} <= urls
    lost = Evidence.objects.get(name="清单.pdf")
    assert reverse("cases:evidence", args=[lost.pk]) in urls


def test_nothing_is_added_to_an_archived_case(closed, archived, insurance_handler, insurance_deputy_head, now):
    by = {"by": insurance_handler, "at": now}
    refused(WrongState, evidence.add_evidence, case=closed, upload=pdf("补.pdf"), **by)
    refused(WrongState, evidence.void_evidence, evidence=closed.evidence.first(), reason="误传", **by)
    refused(WrongState, notes.add_note, case=closed, text="补记", audience="department", **by)
    refused(StillInUse, void_document, document=archived.catalogue, reason="误", by=insurance_deputy_head, at=now)
    assert archiving.void_veto(IssuedDocument()) == []
    for statement in (
        "UPDATE cases_case SET title = 'x' WHERE id = %s", "UPDATE cases_strand SET reason = 'x' WHERE case_id = %s",
        "UPDATE cases_casearchive SET number = 'x' WHERE case_id = %s", "DELETE FROM cases_casearchive WHERE case_id = %s",
    ):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, [closed.pk])
    assert str(archived) == "2026-医保-07" and archived.is_confirmed


def test_opened_again_the_volume_stays_and_the_next_is_the_second(
    file, closed, archived, insurance_handler, insurance_registrar, insurance_section_head, insurance_deputy_head, now
):
    assert not rules_end.can_reopen(insurance_section_head, closed) and rules_end.can_reopen(insurance_deputy_head, closed)
    progress.reopen_case(case=closed, reason="新线索", by=insurance_deputy_head, at=now)
    archived.refresh_from_db()
    assert (archived.ended_by, archived.end_reason) == (insurance_deputy_head, "新线索")
    seen = Case.objects.for_page(insurance_handler).get(pk=closed.pk)
    panel = panels_end.archive_panel(seen, insurance_handler)
    assert (panel["archive"], panel["earlier"]) == (None, [archived])
    refused(StillInUse, void_document, document=archived.catalogue, reason="误", by=insurance_deputy_head, at=now)
    progress.close_case(case=closed, reason="查无实据", by=insurance_deputy_head, at=now)
    second = archiving.confirm_archive(archive=file(), by=insurance_registrar, at=now)
    assert (second.volume, second.number, second.catalogue_id != archived.catalogue_id) == (2, archived.number, True)
    seen = Case.objects.for_page(insurance_handler).get(pk=closed.pk)
    panel = panels_end.archive_panel(seen, insurance_handler)
    assert (panel["archive"], panel["earlier"]) == (second, [archived])


def test_the_catalogue_of_a_main_case_names_what_went_into_it(case, subject, insurance_handler, insurance_deputy_head, now):
    main = make_case(by=insurance_handler, at=now, subject=subject)
    more = {"ground": MergeGround.SUBJECT, "reason": "同案", "by": insurance_handler, "at": now}
    merging.confirm_merge(merge=merging.propose_merge(case=case, main=main, **more), by=insurance_deputy_head, at=now)
    decline_strand(strand=main.strands.get(), reason="无", disposition=Disposition.NONE, by=insurance_deputy_head, at=now)
    progress.close_case(case=main, reason="无", by=insurance_deputy_head, at=now)
    archive = archiving.file_for_archive(case=main, number="9", keeping=Keeping.PERMANENT, by=insurance_handler, at=now)
    archive = archiving.confirm_archive(archive=archive, by=insurance_deputy_head, at=now)
    assert dict(map(tuple, archive.catalogue.context["fields"]))["并入案件"] == case.number


def test_the_pages_from_putting_together_to_opening_again(
    as_user, closed, insurance_handler, insurance_registrar, insurance_deputy_head, insurance_section_head
):
    def step(user, name, **values):
        client, url = as_user(user), reverse(f"cases:{name}", args=[closed.pk])
        page = client.get(url)
        assert page.status_code == 200, (name, page.status_code)
        key = re.search(r'name="form_key" value="([^"]+)"', page.content.decode())
        return client.post(url, {"form_key": key.group(1), **values})

    def page(user):
        return as_user(user).get(reverse("cases:detail", args=[closed.pk]), {"tab": "overview"}).content.decode()

    said = {"number": "2026-7", "keeping": "years_10", "box": "3", "explained": "清单为光盘"}
    assert step(insurance_handler, "archive", **said).status_code == 302
    assert step(insurance_registrar, "return_archive", reason="缺页").status_code == 302
    assert step(insurance_handler, "archive", **said).status_code == 302
    assert reverse("cases:confirm_archive", args=[closed.pk]) in page(insurance_registrar)
    assert step(insurance_registrar, "confirm_archive").status_code == 302
    archive = CaseArchive.objects.get(ended_at=None)
    assert archive.catalogue.number in page(insurance_handler)
    listed = as_user(insurance_handler).get(reverse("cases:list"), {"ending": "archived"}).content.decode()
    assert closed.number in listed
    assert reverse("cases:reopen", args=[closed.pk]) not in page(insurance_section_head)
    assert step(insurance_deputy_head, "reopen", reason="新线索").status_code == 302
    assert archive.catalogue.number in page(insurance_handler)
