"""Every file the pages give, the API gives: the same bytes, by the same doors, on the same record."""

import io

import pikepdf
import pytest
import time_machine

from documents import storage
from journal.models import Event
from meetings.actions import extracts, resolutions
from meetings.actions import minutes as actions
from meetings.actions.topics import add_material
from meetings.models import Extract, Opinion, Resolution
from tests.factories.cases import PDF, pdf
from tests.factories.meetings import adopted, asked, with_task
from tests.meetings.conftest import DAY
from tests.meetings.test_extracts import case as case  # noqa: PLC0414 - fixtures
from tests.meetings.test_meeting_day import text_of
from tests.meetings.test_minutes import circulated as circulated  # noqa: PLC0414
from tests.meetings.test_minutes import held as held  # noqa: PLC0414
from tests.meetings.test_minutes import minutes as minutes  # noqa: PLC0414


@pytest.fixture
def get(client, begun):
    """`get(user, "meetings/1/notice/")`."""

    def knock(user, path, **query):
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        with time_machine.travel(begun, tick=False):
            return client.get(f"/api/v1/{path}", query)

    return knock


def test_the_files_of_a_meeting(meeting, planned, board, health_registrar, outsider, get, now, media):
    path = f"meetings/{meeting.pk}/"
    notice = get(health_registrar, path + "notice/")
    assert notice.content == storage.fetch(meeting.notice.file, meeting.notice.sha256)
    assert notice["Content-Type"] == "application/pdf" and notice["Cache-Control"] == "no-store"
    event = Event.objects.filter(target_kind="document", target_id=meeting.notice_id).latest("pk")
    assert event.verb == "document.downloaded" and event.actor_id == health_registrar.pk
    assert get(health_registrar, path + "notice-word/").content[:2] == b"PK"
    assert b"BEGIN:VEVENT" in get(health_registrar, path + "calendar/").content
    for sheet in ("sign-in-sheet/", "booklet/"):
        assert get(health_registrar, path + sheet).content.startswith(b"%PDF")
    assert get(health_registrar, path + "topics-letter/").status_code == 409
    for file in ("notice/", "calendar/", "booklet/"):
        assert get(outsider, path + file).status_code == 404


def test_before_the_call_there_is_no_notice(planned, health_registrar, get):
    path = f"meetings/{planned.pk}/"
    for file in ("notice/", "notice-word/", "calendar/", "sign-in-sheet/"):
        answer = get(health_registrar, path + file)
        assert answer.status_code == 409 and "non_field_errors" in answer.json()
    assert get(health_registrar, path + "booklet/").status_code == 200


def test_minutes_as_drafted_then_as_issued(
    circulated, case, health, insurance_handler, health_handler, market_handler, insurance_head, office_coordinator,
    get, begun, media,
):  # fmt: skip
    path = f"minutes/{circulated.pk}/"
    assert "会商大要案件" in text_of(get(health_handler, path + "pdf/").content).replace(" ", "")
    assert get(health_handler, path + "word/").content[:2] == b"PK"
    assert get(health_handler, path + "extract/").content.startswith(b"%PDF")
    assert get(market_handler, path + "extract/").status_code == 409  # nothing in them concerns it
    actions.approve_minutes(minutes=circulated, unsigned_reason="口头同意", by=insurance_head, at=begun)
    actions.issue_minutes(minutes=circulated, by=office_coordinator, at=begun)
    issued = get(health_handler, path + "pdf/").content
    assert issued == storage.fetch(circulated.document.file, circulated.document.sha256)
    with pikepdf.open(io.BytesIO(issued)) as file, file.open_metadata() as metadata:
        assert metadata.pdfa_status == "3B"
    assert get(health_handler, path + "extract/").status_code == 409  # being printed
    extracts.print_due(at=begun)
    own = Extract.objects.get(department=health).document
    assert get(health_handler, path + "extract/").content == storage.fetch(own.file, own.sha256)
    assert get(office_coordinator, path + "extract/", department=health.pk).content == storage.fetch(
        own.file, own.sha256
    )
    of_case = Extract.objects.get(case=case).document
    assert get(insurance_handler, path + "extract/", case=case.pk).content == storage.fetch(
        of_case.file, of_case.sha256
    )
    assert "case" in get(health_handler, path + "extract/", case=case.pk).json()  # a case it does not see
    assert "case" in get(health_handler, path + "extract/", case="x").json()
    assert "department" in get(office_coordinator, path + "extract/", department=0).json()


def test_the_pages_of_issued_minutes_lead_to_the_numbered_paper(
    circulated, insurance_head, office_coordinator, client, begun, media
):
    """Printed anew they would bear today's date and no number."""
    actions.approve_minutes(minutes=circulated, unsigned_reason="口头同意", by=insurance_head, at=begun)
    actions.issue_minutes(minutes=circulated, by=office_coordinator, at=begun)
    client.force_login(insurance_head, backend="django.contrib.auth.backends.ModelBackend")
    paper = circulated.document.get_absolute_url()
    for page, leads in (("preview/", paper), ("draft.pdf", f"{paper}pdf/"), ("draft.docx", f"{paper}word/")):
        answer = client.get(f"/meetings/minutes/{circulated.pk}/{page}")
        assert answer.status_code == 302 and answer["Location"].rstrip("/") == leads.rstrip("/"), answer[
            "Location"
        ]
        assert client.get(answer["Location"]).status_code == 200


def test_material_and_evidence(
    meeting, topic, held, insurance_handler, health_registrar, outsider, office_coordinator, get, begun, media
):
    task = Resolution.objects.select_related("department", "office", "meeting", "person").get(
        person=insurance_handler
    )
    step = resolutions.add_progress(
        task=task, text="已开始", upload=pdf("佐证.pdf"), by=insurance_handler, at=begun
    )
    path = f"resolutions/{task.pk}/"
    listed = get(health_registrar, path).json()["steps"]
    assert [each["id"] for each in listed] == [step.pk]
    assert get(health_registrar, path + "evidence/", id=step.pk).content == pdf("佐证.pdf").read()
    assert "id" in get(health_registrar, path + "evidence/").json()
    assert "id" in get(health_registrar, path + "letter/", id=step.pk).json()
    assert get(outsider, path + "evidence/", id=step.pk).status_code == 404
    pressed = resolutions.press(
        task=task,
        demand="尽快移交",
        reply_on=task.due_on + 60 * DAY,
        by=office_coordinator,
        at=begun + 60 * DAY,
    )
    letter = get(health_registrar, path + "letter/", id=pressed.pk)
    assert letter.content == storage.fetch(pressed.document.file, pressed.document.sha256)


def test_material_of_a_topic(meeting, topic, health_registrar, outsider, office_coordinator, get, now, media):
    material = add_material(item=topic, upload=pdf("汇报.pdf"), by=office_coordinator, at=now)
    path = f"agenda-items/{topic.pk}/material/"
    assert get(health_registrar, path, id=material.pk).content == pdf("汇报.pdf").read()
    assert Event.objects.filter(verb="meeting.material_taken").latest("pk").actor_id == health_registrar.pk
    assert "id" in get(health_registrar, path, id=0).json()
    assert get(outsider, path, id=material.pk).status_code == 404


def test_a_file_that_was_tampered_with_is_refused_and_recorded(
    meeting, topic, held, insurance_handler, health_registrar, office_coordinator, get, begun, media
):
    from django.core.files.storage import default_storage

    task = Resolution.objects.select_related("department", "office", "meeting", "person").get(
        person=insurance_handler
    )
    step = resolutions.add_progress(
        task=task, text="已开始", upload=pdf("佐证.pdf"), by=insurance_handler, at=begun
    )
    default_storage.delete(step.file)
    before = Event.objects.count()
    assert get(health_registrar, f"resolutions/{task.pk}/evidence/", id=step.pk).status_code == 409
    assert Event.objects.count() > before


def test_material_that_was_tampered_with(
    meeting, topic, health_registrar, office_coordinator, get, now, media
):
    from django.core.files.storage import default_storage

    material = add_material(item=topic, upload=pdf("汇报.pdf"), by=office_coordinator, at=now)
    default_storage.delete(material.file)
    assert get(health_registrar, f"agenda-items/{topic.pk}/material/", id=material.pk).status_code == 409


def test_the_files_of_a_proposal(
    board,
    health,
    health_registrar,
    insurance_handler,
    outsider,
    office_coordinator,
    insurance_head,
    get,
    now,
    media,
):
    from meetings.actions.deployments import deploy, sign_deployment

    made = asked(board, at=now)
    path = f"proposals/{made.pk}/"
    assert get(health_registrar, path + "letter/").content == storage.fetch(
        made.letter.file, made.letter.sha256
    )
    assert get(health_registrar, path + "notice/").status_code == 409
    name, digest = storage.keep(PDF, ".pdf")
    scan = Opinion.objects.create(
        proposal=made, department=health, round=1, kind="agreed", by=office_coordinator, at=now, name="复函.pdf", file=name,
        media_type="application/pdf", sha256=digest,
    )  # fmt: skip
    assert [each["id"] for each in get(health_registrar, path).json()["opinions"]] == [scan.pk]
    assert get(health_registrar, path + "scan/", id=scan.pk).content == PDF
    assert get(outsider, path + "letter/").status_code == 404
    done = with_task(adopted(board, at=now), insurance_handler, at=now)
    sign_deployment(proposal=done, by=insurance_head, at=now)
    deploy(proposal=done, by=office_coordinator, at=now)
    answer = get(health_registrar, f"proposals/{done.pk}/notice/")
    assert answer.content == storage.fetch(done.document.file, done.document.sha256)
