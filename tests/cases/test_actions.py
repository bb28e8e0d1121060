"""What the actions do, and everything they refuse."""

import datetime as dt
import io
import os
import threading
import zipfile
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from cases import stash, uploads
from cases.actions import access, editing, evidence, money, notes, progress, registration, strands, subjects
from cases.actions.bulk_lamps import renew_lamps
from cases.enums import Disposition, GrantCause, MoneyKind, StrandStatus, SubjectKind
from cases.models import Case, CaseGroupPermission, CaseUserPermission, GrantRecord, MoneyEntry, Strand
from core.money import LIMIT
from core.refusals import AlreadyDone, BadInput, Stale, StillOpen, WrongState
from core.sheets import read_sheet
from deadlines.actions.clocks import open_clock
from departments.models import Category
from journal.models import Event, Notification
from tests.factories.cases import make_case, make_subject, pdf, resident_id, uscc


def field_of(call, **values):
    with pytest.raises(BadInput) as refused:
        call(**values)
    return refused.value.field


def verbs(case):
    return list(Event.objects.filter(case_id=case.pk).order_by("id").values_list("verb", flat=True))


# -- registering ----------------------------------------------------------------------------------------------


def test_registering_opens_everything_it_should(
    insurance_handler, insurance_section_head, office, subject, now
):
    case = make_case(by=insurance_handler, at=now, subject=subject, files=[pdf()], title="")
    assert case.number == "联办〔2026〕1号"
    assert case.title.startswith("青禾县仁和医院涉嫌")
    assert (case.status, case.suspected, case.lamp) == ("registered", Decimal("86240.00"), "g")
    strand = case.strands.get()
    assert (strand.department, strand.handler) == (insurance_handler.department, insurance_handler)
    assert open_clock(strand, "verification").due_on == case.next_due_on == dt.date(2026, 12, 7)
    grants = set(GrantRecord.objects.values_list("department__function", "user__name", "permission", "cause"))
    assert grants == {
        ("insurance", None, "view_case", "owner"), ("insurance", None, "view_case", "strand"),
        ("office", None, "summary_case", "office"), (None, "陈晓岚", "work_case", "assigned"),
    }  # fmt: skip
    assert CaseGroupPermission.objects.count() == 2
    told = Notification.objects.filter(verb="case.registered")
    assert [row.recipient for row in told] == [insurance_section_head]
    assert make_case(by=insurance_handler, at=now).number == "联办〔2026〕2号"


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"subjects": []}, "subjects"), ({"categories": []}, "categories"), ({"summary": " "}, "summary"),
        ({"found_on": dt.date(2026, 11, 17)}, "found_on"), ({"suspected": "-1"}, "suspected"),
        ({"suspected": LIMIT + 1}, "suspected"),
        ({"period_from": dt.date(2026, 2, 1), "period_to": dt.date(2026, 1, 1)}, "period_to"),
        ({"period_from": dt.date(2026, 12, 1)}, "period_from"),
        ({"files": [SimpleUploadedFile("a.pdf", b"MZ\x00\x01")]}, "files"),
    ],
)  # fmt: skip
def test_a_lead_that_cannot_be_is_refused_and_takes_no_number(insurance_handler, subject, now, values, field):
    assert field_of(make_case, by=insurance_handler, at=now, subject=subject, **values) == field
    assert not Case.objects.exists()
    assert make_case(by=insurance_handler, at=now).number.endswith("〕1号")


def test_the_same_subject_within_twelve_months_must_be_acknowledged(insurance_handler, case, subject, now):
    more = {"by": insurance_handler, "subject": subject, "duplicates_known": False}
    assert field_of(make_case, at=now, **more) == "duplicates_known"
    late = now + dt.timedelta(days=370)
    assert make_case(at=late, **more).number == "联办〔2027〕1号"


def test_competent_functions_follow_the_dictionary(db):
    for category in Category.objects.prefetch_related("competences"):
        named = {row.function for row in category.competences.all()}
        assert set(registration.competent_functions([category])) == named


def test_a_restricted_lead_is_seen_by_those_named_only(
    insurance_handler, insurance_section_head, office_coordinator, now
):
    case = make_case(by=insurance_handler, at=now, restricted=True)
    assert list(Case.objects.visible_to(insurance_handler)) == [case]
    assert not Case.objects.visible_to(insurance_section_head).exists()
    assert not Case.objects.visible_to(office_coordinator).exists()
    assert not Notification.objects.filter(recipient=insurance_section_head).exists()
    assert Case.objects.for_page(insurance_handler).get().named


# -- access ---------------------------------------------------------------------------------------------------


def test_access_ends_with_its_last_cause_and_takes_names_along(
    case, health_handler, insurance_handler, strand, now
):
    health = health_handler.department
    given = {"case": case, "department": health, "by": insurance_handler, "at": now}
    first = access.grant_department(cause=GrantCause.REFERRAL, **given)
    assert access.grant_department(cause=GrantCause.REFERRAL, **given) == first
    access.grant_department(cause=GrantCause.STRAND, cause_target=strand, **given)
    named = access.name_person(case=case, user=health_handler, by=insurance_handler, at=now)
    assert access.name_person(case=case, user=health_handler, by=insurance_handler, at=now) == named
    assert access.revoke(cause=GrantCause.REFERRAL, **given) == 1
    assert Case.objects.visible_to(health_handler).exists()
    assert access.revoke(cause=GrantCause.STRAND, cause_target=strand, **given) == 1
    assert not Case.objects.visible_to(health_handler).exists()
    assert not CaseUserPermission.objects.filter(user=health_handler).exists()
    named.refresh_from_db()
    assert (named.ended_at, named.ended_by) == (now, insurance_handler)


def test_a_name_without_the_departments_grant_opens_nothing(case, health_handler, insurance_handler, now):
    access.name_person(case=case, user=health_handler, by=insurance_handler, at=now)
    assert not Case.objects.visible_to(health_handler).exists()
    assert access.unname_person(case=case, user=health_handler, by=insurance_handler, at=now) == 1


def test_an_expiry_ends_access_and_a_later_one_replaces_it(case, health_handler, insurance_handler, now):
    given = {
        "case": case,
        "department": health_handler.department,
        "cause": GrantCause.NAMED,
        "by": insurance_handler,
    }
    assert field_of(access.grant_department, at=now, expires_at=now, **given) == "expires_at"
    soon, later = now + dt.timedelta(hours=1), now + dt.timedelta(hours=5)
    access.grant_department(at=now, expires_at=soon, **given)
    access.grant_department(at=now, expires_at=later, **given)
    assert access.expire_grants(at=soon) == 0
    assert Case.objects.visible_to(health_handler).exists()
    assert access.expire_grants(at=later) == 1
    assert not Case.objects.visible_to(health_handler).exists()


# -- strands --------------------------------------------------------------------------------------------------


def test_another_department_takes_part(
    case, health, health_section_head, health_handler, insurance_handler, now
):
    strand = strands.open_strand(case=case, department=health, by=insurance_handler, at=now)
    assert [row.recipient for row in Notification.objects.filter(verb="strand.opened")] == [
        health_section_head
    ]
    with pytest.raises(AlreadyDone):
        strands.open_strand(case=case, department=health, by=insurance_handler, at=now)
    assert (
        field_of(
            strands.assign_strand, strand=strand, handler=insurance_handler, by=health_section_head, at=now
        )
        == "handler"
    )
    strands.assign_strand(strand=strand, handler=health_handler, by=health_section_head, at=now)
    assert open_clock(strand, "verification").person == health_handler
    strands.assign_strand(strand=strand, handler=health_section_head, by=health_section_head, at=now)
    assert not CaseUserPermission.objects.filter(user=health_handler).exists()


def test_a_strand_is_refused_where_it_cannot_be(
    case, other_insurance, health, insurance_handler, strand, now
):
    assert (
        field_of(strands.open_strand, case=case, department=other_insurance, by=insurance_handler, at=now)
        == "department"
    )
    strands.withdraw(strand=strand, reason="x", by=insurance_handler, at=now)
    with pytest.raises(WrongState):
        strands.assign_strand(strand=strand, handler=insurance_handler, by=insurance_handler, at=now)
    progress.close_case(case=case, reason="x", by=insurance_handler, at=now)
    with pytest.raises(WrongState):
        strands.open_strand(case=case, department=health, by=insurance_handler, at=now)


STEPS = {
    "file_strand": ({StrandStatus.VERIFYING}, {"filing_number": "1号"}),
    "decline_strand": ({StrandStatus.VERIFYING}, {"reason": "x"}),
    "verify_again": ({StrandStatus.NOT_FILED}, {"reason": "x"}),
    "investigate": ({StrandStatus.FILED}, {}),
    "suspend": ({StrandStatus.INVESTIGATING}, {"reason": "x"}),
    "resume": ({StrandStatus.SUSPENDED}, {"reason": "x"}),
    "decide_strand": (
        {StrandStatus.INVESTIGATING},
        {"disposition": "no_penalty", "basis": "x", "findings": "x"},
    ),
    "redo": ({StrandStatus.DECIDED}, {"reason": "x"}),
    "perform": ({StrandStatus.DECIDED}, {"remark": "x"}),
    "terminate": ({StrandStatus.INVESTIGATING, StrandStatus.SUSPENDED}, {"reason": "x"}),
    "withdraw": ({StrandStatus.VERIFYING, StrandStatus.FILED, StrandStatus.INVESTIGATING}, {"reason": "x"}),
}
PATH = {
    StrandStatus.VERIFYING: [],
    StrandStatus.NOT_FILED: ["decline_strand"],
    StrandStatus.FILED: ["file_strand"],
    StrandStatus.INVESTIGATING: ["file_strand", "investigate"],
    StrandStatus.SUSPENDED: ["file_strand", "investigate", "suspend"],
    StrandStatus.DECIDED: ["file_strand", "investigate", "decide_strand"],
    StrandStatus.PERFORMED: ["file_strand", "investigate", "decide_strand", "perform"],
    StrandStatus.TERMINATED: ["file_strand", "investigate", "terminate"],
    StrandStatus.WITHDRAWN: ["withdraw"],
}


@pytest.mark.parametrize("state", PATH)
def test_every_step_is_possible_from_its_states_and_from_no_other(strand, insurance_handler, now, state):
    from django.db import transaction

    def take(step, minutes):
        at = now + dt.timedelta(minutes=minutes)
        return getattr(strands, step)(strand=strand, by=insurance_handler, at=at, **STEPS[step][1])

    for minute, step in enumerate(PATH[state], 1):
        take(step, minute)
    possible = set()
    for step in STEPS:
        mark = transaction.savepoint()
        try:
            take(step, 30)
            possible.add(step)
        except WrongState:
            assert Strand.objects.get().status == state
        transaction.savepoint_rollback(mark)
        strand.refresh_from_db()
        strand.case.refresh_from_db()
    assert possible == {step for step, (states, _values) in STEPS.items() if state in states}


@pytest.mark.parametrize(
    ("step", "values", "field"),
    [
        ("file_strand", {"filing_number": " "}, "filing_number"), ("decline_strand", {"reason": ""}, "reason"),
        ("decline_strand", {"reason": "x", "disposition": Disposition.PENALTY}, "disposition"),
        ("suspend", {"reason": ""}, "reason"), ("resume", {"reason": ""}, "reason"), ("redo", {"reason": ""}, "reason"),
        ("verify_again", {"reason": ""}, "reason"), ("perform", {"remark": ""}, "remark"),
        ("terminate", {"reason": ""}, "reason"), ("withdraw", {"reason": " "}, "reason"),
        ("decide_strand", {"disposition": "none", "basis": "x", "findings": ""}, "findings"),
        ("decide_strand", {"disposition": "none", "basis": "", "findings": "x"}, "basis"),
        ("decide_strand", {"disposition": "penalty", "basis": "x", "findings": "x"}, "decision_number"),
        ("decide_strand", {"disposition": "none", "basis": "x", "findings": "x", "documents": [4711]}, "documents"),
    ],
)  # fmt: skip
def test_a_step_without_its_words_is_refused(strand, insurance_handler, now, step, values, field):
    assert field_of(getattr(strands, step), strand=strand, by=insurance_handler, at=now, **values) == field


def test_clocks_follow_the_procedure(strand, insurance_handler, now):
    by, at = insurance_handler, now
    strands.file_strand(strand=strand, filing_number="1号", by=by, at=at)
    assert open_clock(strand, "verification") is None
    assert Case.objects.get().filed is True
    strands.investigate(strand=strand, by=by, at=at)
    strands.suspend(strand=strand, reason="x", by=by, at=at)
    assert open_clock(strand, "case_90").status == "paused"
    strands.resume(strand=strand, reason="x", by=by, at=at)
    assert open_clock(strand, "case_90").status == "running"
    strands.decide_strand(strand=strand, disposition="none", basis="x", findings="x", by=by, at=at)
    assert open_clock(strand, "case_90") is None
    progress.begin_work(case=strand.case, by=by, at=at)
    progress.decide_case(case=strand.case, by=by, at=at)
    strands.redo(strand=strand, reason="x", by=by, at=at)
    assert open_clock(strand, "case_90") is not None
    assert Case.objects.get().status == "working"
    strands.terminate(strand=strand, reason="x", by=by, at=at)
    assert open_clock(strand, "case_90") is None
    assert Case.objects.get().lamp == "n"


# -- the whole case -------------------------------------------------------------------------------------------


def test_a_case_closes_only_when_nothing_is_open(case, strand, insurance_handler, now):
    assert field_of(progress.close_case, case=case, reason=" ", by=insurance_handler, at=now) == "reason"
    with pytest.raises(StillOpen) as refused:
        progress.close_case(case=case, reason="x", by=insurance_handler, at=now)
    assert len(refused.value.details["items"]) == 2  # the strand and its clock
    progress.begin_work(case=case, by=insurance_handler, at=now)
    with pytest.raises(StillOpen):
        progress.decide_case(case=case, by=insurance_handler, at=now)
    strands.withdraw(strand=strand, reason="x", by=insurance_handler, at=now)
    with pytest.raises(WrongState):
        progress.reopen_case(case=case, reason="x", by=insurance_handler, at=now)
    progress.close_case(case=case, reason="x", by=insurance_handler, at=now)
    assert case.closed_at == now
    with pytest.raises(WrongState):
        progress.close_case(case=case, reason="x", by=insurance_handler, at=now)
    with pytest.raises(WrongState):
        evidence.add_evidence(case=case, upload=pdf(), by=insurance_handler, at=now)
    assert field_of(progress.reopen_case, case=case, reason="", by=insurance_handler, at=now) == "reason"
    progress.reopen_case(case=case, reason="x", by=insurance_handler, at=now)
    assert verbs(case)[-2:] == ["case.closed", "case.reopened"]


def test_editing_names_the_fields_and_refuses_a_stale_version(case, strand, insurance_handler, now):
    given = {"case": case, "by": insurance_handler, "at": now}
    version = case.version
    editing.edit_case(version=version, title="新名称", categories=list(Category.objects.all()[2:4]), **given)
    event = Event.objects.filter(verb="case.edited").get()
    assert event.params == {"fields": ["title", "categories"]}
    with pytest.raises(Stale):
        editing.edit_case(version=version, title="x", **given)
    same = editing.edit_case(version=case.version, title="新名称", **given)
    assert Event.objects.filter(verb="case.edited").count() == 1
    editing.edit_case(version=same.version, categories=list(case.categories.all()), **given)
    for values, field in (
        ({"title": " "}, "title"), ({"found_on": dt.date(2027, 1, 1)}, "found_on"), ({"categories": []}, "categories"),
        ({"period_from": dt.date(2026, 2, 1), "period_to": dt.date(2026, 1, 1)}, "period_to"),
        ({"period_from": dt.date(2027, 2, 1)}, "period_from"), ({"found_on": dt.date(1999, 12, 31)}, "found_on"),
    ):  # fmt: skip
        assert field_of(editing.edit_case, version=case.version, **values, **given) == field
    with pytest.raises(TypeError):
        editing.edit_case(version=case.version, status="closed", **given)
    strands.withdraw(strand=strand, reason="x", by=insurance_handler, at=now)
    progress.close_case(case=case, reason="x", by=insurance_handler, at=now)
    with pytest.raises(WrongState):
        editing.edit_case(version=case.version, title="x", **given)


def test_lamps_are_copied_from_the_clocks_as_of_now(case, now):
    renew_lamps([case.pk], now + dt.timedelta(days=20))
    assert Case.objects.get().lamp == "y"
    renew_lamps([case.pk], now + dt.timedelta(days=40))
    assert Case.objects.get().lamp == "r"


# -- money, remarks, evidence ---------------------------------------------------------------------------------


def test_the_ledger_is_added_to_and_reversed(case, strand, insurance_handler, health_handler, now):
    given = {"case": case, "by": insurance_handler, "at": now, "happened_on": dt.date(2026, 11, 16)}
    entry = money.enter_money(
        kind=MoneyKind.SUSPECTED, amount=Decimal("10.01"), strand=strand, **given
    )
    assert (entry.amount, entry.clue_kind) == (Decimal("10.01"), "")
    assert Case.objects.get().suspected == Decimal("86250.01")
    back = money.reverse_entry(entry=entry, remark="x", by=insurance_handler, at=now)
    assert Case.objects.get().suspected == Decimal("86240.00")
    with pytest.raises(WrongState):
        money.reverse_entry(entry=back, remark="x", by=insurance_handler, at=now)
    with pytest.raises(AlreadyDone):
        money.reverse_entry(entry=entry, remark="x", by=insurance_handler, at=now)
    plain = money.enter_money(kind=MoneyKind.FINED, amount=Decimal("5"), **given)
    assert field_of(money.reverse_entry, entry=plain, remark=" ", by=insurance_handler, at=now) == "remark"
    other = make_case(by=health_handler, at=now).strands.get()
    for values, field in (
        ({"amount": Decimal("0")}, "amount"), ({"amount": LIMIT + 1}, "amount"), ({"strand": other}, "strand"),
        ({"amount": Decimal("10.005")}, "amount"), ({"amount": Decimal("-1")}, "amount"),
        ({"happened_on": dt.date(2026, 11, 17)}, "happened_on"), ({"happened_on": dt.date(1999, 12, 31)}, "happened_on"),
    ):  # fmt: skip
        assert (
            field_of(
                money.enter_money, **{**given, "kind": MoneyKind.FINED, "amount": Decimal("1"), **values}
            )
            == field
        )
    assert MoneyEntry.objects.filter(case=case).count() == 4
    over = given | {"kind": MoneyKind.SUSPECTED, "amount": LIMIT}  # with what is suspected already
    assert field_of(money.enter_money, **over) == "amount"
    strands.withdraw(strand=strand, reason="x", by=insurance_handler, at=now)
    progress.close_case(case=case, reason="x", by=insurance_handler, at=now)
    with pytest.raises(WrongState):
        money.enter_money(kind=MoneyKind.FINED, amount=Decimal("5"), **given)
    with pytest.raises(WrongState):
        money.reverse_entry(entry=plain, remark="x", by=insurance_handler, at=now)
    paid = money.enter_money(kind=MoneyKind.REWARDED, amount=Decimal("5"), **given)  # a reporter is paid later
    money.reverse_entry(entry=paid, remark="x", by=insurance_handler, at=now)


def test_remarks_reach_their_audience(case, insurance_handler, insurance_handler_2, health_handler, now):
    from cases.models import Note

    access.grant_department(
        case=case, department=health_handler.department, cause=GrantCause.NAMED, by=insurance_handler, at=now
    )
    for audience in ("shared", "department", "personal"):
        notes.add_note(case=case, text=audience, audience=audience, by=insurance_handler, at=now)
    seen = {
        user.name: set(Note.objects.visible_to(user).values_list("text", flat=True))
        for user in (insurance_handler, insurance_handler_2, health_handler)
    }
    assert seen == {
        "陈晓岚": {"shared", "department", "personal"}, "赵一鸣": {"shared", "department"}, "周敏仪": {"shared"},
    }  # fmt: skip
    assert verbs(case).count("note.added") == 2
    assert (
        field_of(notes.add_note, case=case, text=" ", audience="shared", by=insurance_handler, at=now)
        == "text"
    )
    assert (
        field_of(notes.add_note, case=case, text="x" * 2001, audience="shared", by=insurance_handler, at=now)
        == "text"
    )


def test_evidence_is_verified_by_its_bytes(case, insurance_handler, now, media):
    given = {"case": case, "by": insurance_handler, "at": now}
    item = evidence.add_evidence(upload=pdf(), **given)
    assert evidence.verify_evidence(item)
    assert field_of(evidence.add_evidence, upload=pdf(), **given) == "files"
    path = media / item.file.name
    path.chmod(0o600)
    path.write_bytes(b"changed")
    assert not evidence.verify_evidence(item)
    path.unlink()
    assert not evidence.verify_evidence(item)
    assert (
        field_of(evidence.void_evidence, evidence=item, reason="", by=insurance_handler, at=now) == "reason"
    )
    evidence.void_evidence(evidence=item, reason="x", by=insurance_handler, at=now)
    with pytest.raises(WrongState):
        evidence.void_evidence(evidence=item, reason="x", by=insurance_handler, at=now)
    evidence.record_custody(
        evidence=item, kind="verified", department=item.department, by=insurance_handler, at=now, cause=case
    )
    assert item.custody.last().cause_kind == "case"
    assert evidence.add_evidence(upload=pdf(), **given).sha256 == item.sha256


def archive(*names):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name in names:
            file.writestr(name, "x")
    return out.getvalue()


def damaged(at, byte):
    """An archive with a changed byte in its directory, as a broken transfer leaves it."""
    content = bytearray(archive("病历.txt"))
    start = content.index(b"PK\x01\x02")
    content[start + at] = byte
    return bytes(content)


@pytest.mark.parametrize(
    "content",
    [damaged(6, 99), damaged(46, 0xFF), damaged(8, 0)],
    ids=["of a later version", "a name that is no text", "names in another coding"],
)
def test_a_damaged_archive_is_told_from_one_that_can_be_read(content):
    try:
        assert uploads.check_upload(SimpleUploadedFile("a.zip", content)).media_type == "application/zip"
    except BadInput as refusal:
        assert refusal.field == "files"
    with pytest.raises(BadInput):  # an archive is no list, whatever its directory says
        read_sheet(SimpleUploadedFile("a.xlsx", content), columns=2, most=9, field="list")


def test_archives_that_zipfile_cannot_read_are_not_filed():
    for content in (damaged(6, 99), damaged(46, 0xFF)):
        assert field_of(uploads.check_upload, upload=SimpleUploadedFile("a.zip", content)) == "files"


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.pdf", b""), ("a.exe", b"MZ\x00"), ("a.pdf", b"plain text"), ("noname", b"%PDF-1.7"),
     ("a.zip", b"PK\x03\x04broken"), ("a.docx", archive("[Content_Types].xml", "other/x"))],
)  # fmt: skip
def test_what_is_not_what_it_says_is_not_filed(name, content):
    assert field_of(uploads.check_upload, upload=SimpleUploadedFile(name, content)) == "files"


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.docx", archive("[Content_Types].xml", "word/document.xml")), ("a.zip", archive("b.txt")),
     ("a.csv", "名称,金额".encode("gb18030")), ("a.mp4", b"\x00\x00\x00\x18ftypmp42"),
     ("C:\\x\\a.PNG", b"\x89PNG\r\n\x1a\n")],
)  # fmt: skip
def test_what_departments_send_is_filed(name, content):
    assert uploads.check_upload(SimpleUploadedFile(name, content)).content == content


def test_too_large_or_too_packed_is_refused(monkeypatch):
    monkeypatch.setattr(uploads, "LIMIT", 10)
    assert field_of(uploads.check_upload, upload=pdf()) == "files"
    monkeypatch.setattr(uploads, "ZIP_MEMBERS", 1)
    assert uploads.media_type_of(archive("a", "b")) is None


def test_stashed_files_go_after_a_week(now):
    assert stash.sweep(at=now) == 0
    kept, wrong = stash.keep([pdf("a.pdf"), pdf("a.pdf"), SimpleUploadedFile("b.pdf", b"")])
    assert (len(kept), len(wrong), len(stash.take(kept))) == (2, 1, 2)
    far = dt.datetime.now(dt.UTC) + dt.timedelta(days=8)
    assert stash.sweep(at=far - dt.timedelta(days=7)) == 0
    assert stash.sort_out(kept) == (kept, [])
    assert stash.sweep(at=far) == 1
    assert stash.sort_out(kept) == ([], ["a.pdf", "a.pdf"])
    assert field_of(stash.take, kept=kept) == "files"


def test_a_file_kept_again_is_kept_for_another_week(media):
    stash.keep([pdf("a.pdf")])
    [path] = (media / "stash").iterdir()
    os.utime(path, (0, 0))
    stash.keep([pdf("a.pdf")])
    assert stash.sweep(at=dt.datetime.now(dt.UTC)) == 0


# -- subjects -------------------------------------------------------------------------------------------------


def test_subjects_are_entered_once_and_edited_by_version(county, insurance_handler, now):
    code, number = uscc(), resident_id()
    body = make_subject(county, name="康泰", kind=SubjectKind.PHARMACY, uscc=code.lower(), at=now)
    person = make_subject(county, name="李四", kind=SubjectKind.INSURED, id_number=number, at=now)
    assert (body.uscc, person.id_masked[:4], subjects.find_person(county, number)) == (
        code,
        number[:4],
        person,
    )
    assert make_subject(county, name="王五", kind=SubjectKind.PRACTITIONER, at=now).id_index is None
    for values, field in (
        ({"name": " "}, "name"), ({"uscc": code}, "uscc"), ({"uscc": "x"}, "uscc"),
        ({"kind": SubjectKind.INSURED, "id_number": number}, "id_number"),
        ({"kind": SubjectKind.INSURED, "id_number": "1"}, "id_number"),
    ):  # fmt: skip
        assert field_of(make_subject, region=county, at=now, **values) == field
    edited = subjects.edit_subject(subject=body, version=1, name="康泰大药房", by=insurance_handler, at=now)
    assert (edited.pinyin, edited.version) == ("ktdyf", 2)
    with pytest.raises(Stale):
        subjects.edit_subject(subject=body, version=1, name="x", by=insurance_handler, at=now)
    assert (
        field_of(subjects.edit_subject, subject=body, version=2, name=" ", by=insurance_handler, at=now)
        == "name"
    )


@pytest.mark.django_db(transaction=True)
def test_two_at_once_register_two_numbers(request):
    now = request.getfixturevalue("now")
    by = request.getfixturevalue("insurance_handler")
    subject = make_subject(by.region, at=now)
    numbers = []

    def register():
        try:
            numbers.append(make_case(by=by, at=now, subject=subject).number)
        finally:
            connection.close()

    threads = [threading.Thread(target=register) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert sorted(numbers) == [f"联办〔2026〕{n}号" for n in (1, 2, 3)]


def test_a_second_department_files_in_a_case_that_is_one_already(case, strand, insurance_handler, health_handler, now):
    strands.file_strand(strand=strand, filing_number="青医保立〔2026〕1号", by=insurance_handler, at=now)
    other = strands.open_strand(
        case=case, department=health_handler.department, handler=health_handler, by=insurance_handler, at=now
    )
    version = type(case).objects.get(pk=case.pk).version
    strands.file_strand(strand=other, filing_number="青卫健立〔2026〕1号", by=health_handler, at=now)
    filed = type(case).objects.get(pk=case.pk)
    assert (filed.filed, filed.version) == (True, version)


def test_a_procedure_whose_clock_was_cancelled_goes_on_without_it(strand, insurance_handler, now):
    from deadlines.actions.clocks import cancel_clock, open_clock

    by = insurance_handler
    cancel_clock(deadline=open_clock(strand, "verification"), by=by, at=now, reason="补录")
    strands.file_strand(strand=strand, filing_number="1", by=by, at=now)
    strands.investigate(strand=strand, by=by, at=now)
    cancel_clock(deadline=open_clock(strand, "case_90"), by=by, at=now, reason="补录")
    strands.suspend(strand=strand, reason="鉴定", by=by, at=now)
    strands.resume(strand=strand, reason="鉴定完毕", by=by, at=now)
    strands.decide_strand(strand=strand, disposition="none", basis="x", findings="x", by=by, at=now)
    assert strand.status == "decided"


def test_the_same_file_in_two_cases_is_stored_once(case, insurance_handler, now):
    from cases.actions.evidence import add_evidence

    other = make_case(by=insurance_handler, at=now)
    first = add_evidence(case=case, upload=pdf(), by=insurance_handler, at=now)
    second = add_evidence(case=other, upload=pdf(), by=insurance_handler, at=now)
    assert first.file.name == second.file.name
