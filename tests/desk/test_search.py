"""The search over everything: what it finds, in which order, and what it never tells."""

import datetime as dt

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.actions.editing import edit_case
from cases.actions.restriction import restrict_case
from cases.models import Case, CaseGroupPermission, Subject
from core import finding, registry
from departments.models import Department, User
from desk.search import FEW, MANY, groups
from documents.models import IssuedDocument
from tests.factories import inspections as inspection_factory
from tests.factories import meetings as meeting_factory
from tests.factories import rewards as report_factory
from tests.factories import sanctions as sanction_factory
from tests.factories.above import make_task
from tests.factories.cases import make_case, make_subject
from tests.factories.referrals import make_dispatch, make_need

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture(autouse=True)
def _today(now):
    with time_machine.travel(now + dt.timedelta(hours=1), tick=False):
        yield


def found(user, text, limit=MANY):
    """group → the titles of its rows, as this person finds them."""
    user = User.objects.get(pk=user.pk)
    return {group.code: [row.title for row in group.rows] for group in groups(user, finding.read(text), limit)}


def numbers(user, text):
    user = User.objects.get(pk=user.pk)
    return {group.code: [row.number for row in group.rows] for group in groups(user, finding.read(text), MANY)}


def page(user, text, **more):
    client = Client()
    client.force_login(user, BACKEND)
    return client.get(reverse("desk:search"), {"q": text, **more})


@pytest.fixture
def sending(insurance_section_head, insurance_deputy_head, insurance_registrar):
    """Those through whose hands a letter of the medical-insurance department goes out."""


@pytest.fixture
def hospital(county, now):
    return make_subject(county, name="青禾县仁和医院", at=now)


@pytest.fixture
def case(hospital, insurance_handler, office, now):
    return make_case(by=insurance_handler, at=now, subject=hospital, title="仁和医院涉嫌分解住院")


# -- what is found -------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("text", ["仁", "仁和", "和医院", "rhyy", "RHYY", "仁和 分解", "zy", "ｒｈｙｙ"])
def test_a_case_by_any_part_of_its_name_and_its_initials(case, insurance_handler, text):
    assert found(insurance_handler, text)["cases"] == [case.title]


def test_a_case_by_whom_it_is_about(case, hospital, insurance_handler):
    for text in ("青禾县仁", "qhxrh", hospital.uscc, hospital.uscc[-6:], hospital.uscc[-5:].lower()):
        told = found(insurance_handler, text)
        assert (told["cases"], told["subjects"]) == ([case.title], [hospital.name])


def test_a_case_found_again_after_its_name_changed(case, insurance_handler, now):
    edit_case(case=case, version=case.version, title="康宁药店串换药品", by=insurance_handler, at=now)
    assert found(insurance_handler, "kn")["cases"] == ["康宁药店串换药品"]
    assert "cases" not in found(insurance_handler, "rhyysx")


def test_the_end_of_a_number_comes_first(hospital, insurance_handler, now):
    cases = [make_case(by=insurance_handler, at=now, subject=hospital, title=f"线索{n}") for n in range(4)]
    given = ("联办〔2026〕126号", "联办〔2026〕5126号", "联办〔2026〕1267号", "联办〔2025〕126号")
    for case, number in zip(cases, given, strict=True):
        Case.objects.filter(pk=case.pk).update(number=number)
    Case.objects.filter(pk=cases[2].pk).update(title="第126次")
    for text in ("126", "126号", "…126", "１２６"):
        assert numbers(insurance_handler, text)["cases"] == [
            "联办〔2025〕126号", "联办〔2026〕126号", "联办〔2026〕5126号", "联办〔2026〕1267号",
        ][: 3 if "号" in text else 4]  # fmt: skip
    assert numbers(insurance_handler, "[2026]126")["cases"] == ["联办〔2026〕1267号", "联办〔2026〕126号"]


def test_the_beginning_of_a_name_before_its_middle(county, insurance_handler, now):
    for name in ("县仁和诊所", "仁和药店", "仁和大药房"):
        make_subject(county, name=name, at=now)
    assert found(insurance_handler, "仁和")["subjects"] == ["仁和大药房", "仁和药店", "县仁和诊所"]


def test_letters_papers_and_tasks(
    case, sending, insurance, health, insurance_handler, health_handler, office_coordinator, now
):  # fmt: skip
    dispatch = make_dispatch(case, [health], by=insurance_handler, at=now, status="sent", subject="关于频繁出入院的线索")
    letter = dispatch.referrals.get()
    task = make_task(by=office_coordinator, at=now)
    for reader in (insurance_handler, health_handler):
        assert found(reader, "频繁出入院")["letters"] == [dispatch.subject]
        assert numbers(reader, letter.number)["letters"] == [letter.number]
        assert "papers" not in found(reader, letter.number)
    assert found(office_coordinator, task.number)["tasks"] == [task.subject]
    receipts = IssuedDocument.objects.exclude(target_kind="referral", kind="transfer_letter")
    assert not receipts.exists()


def test_papers_by_number_and_title(hospital, insurance_handler, insurance, office, health, now):
    sanction = sanction_factory.determined(insurance, at=now, printed=True)
    paper = sanction.determination_document
    assert numbers(insurance_handler, paper.number)["papers"] == [paper.number]
    assert paper.title in found(insurance_handler, paper.title[:6])["papers"]
    assert found(insurance_handler, sanction.subject.name)["sanctions"] == [sanction.subject.name]
    assert found(insurance_handler, sanction.decision_number)["sanctions"] == [sanction.subject.name]


def test_inspections_and_meetings(
    insurance, health, office, office_coordinator, insurance_handler, insurance_deputy_head, health_handler,
    market_handler, now,
):  # fmt: skip
    plan = inspection_factory.asked(insurance, health, by=insurance_handler, at=now)
    meeting = meeting_factory.called(office, at=now)
    for reader in (insurance_handler, health_handler):
        assert found(reader, plan.number)["inspections"] == [plan.title]
        assert found(reader, "县政府三楼")["meetings"] == [meeting.title]
    assert "inspections" not in found(market_handler, plan.number)


def test_people_as_the_directory_shows_them(insurance_handler, health_handler, system_admin, outsider):
    for text in ("周敏", "zmy", "wj01", "县卫健局"):
        assert found(insurance_handler, text)["people"] == ["周敏仪"]
    [row] = [row for group in groups(insurance_handler, finding.read("周敏仪"), FEW) for row in group.rows]
    assert row.url == f"{reverse('departments:directory')}#d{health_handler.department.pk}"
    assert "0799-6621120" in row.note
    [row] = [row for group in groups(system_admin, finding.read("周敏仪"), FEW) for row in group.rows]
    assert row.url == reverse("departments:person", args=[health_handler.pk])
    assert found(insurance_handler, "邹远行") == {}
    User.objects.filter(pk=health_handler.pk).update(is_active=False)
    assert found(insurance_handler, "周敏") == {}


def test_reports_by_number_only_for_report_officers(insurance, insurance_report_officer, insurance_handler, now):
    report, _code = report_factory.register(insurance, at=now)
    assert found(insurance_report_officer, report.number)["reports"] == [report.number]
    assert found(insurance_handler, report.number) == {}
    assert "reports" not in found(insurance_report_officer, report.subject_name)


# -- what is never told --------------------------------------------------------------------------------------------
def test_a_hidden_case_is_not_found_and_not_counted(case, insurance_handler, health_handler, outsider, market_handler):
    assert found(insurance_handler, case.number)["cases"] == [case.title]
    for stranger in (health_handler, market_handler, outsider):
        assert found(stranger, case.number) == {}
        assert "cases" not in found(stranger, "仁和")
    assert found(outsider, "仁和") == {}


def test_a_restricted_case_is_found_by_who_is_named(
    case, insurance_handler, insurance_handler_2, insurance_deputy_head, now
):  # fmt: skip
    assert found(insurance_handler_2, case.number)["cases"] == [case.title]
    restrict_case(case=case, by=insurance_deputy_head, at=now, reason="涉及公职人员")
    assert found(insurance_handler, case.number)["cases"] == [case.title]
    assert found(insurance_handler_2, case.number) == {}
    assert "cases" not in found(insurance_handler_2, "仁和")


def test_who_sees_a_summary_does_not_find_whom_it_is_about(insurance_handler, office_coordinator, county, now):
    person = make_subject(county, name="康健药房", kind="pharmacy", at=now)
    quiet = make_case(by=insurance_handler, at=now, subject=person, title="处方异常线索")
    assert found(insurance_handler, "康健")["cases"] == [quiet.title]
    assert found(office_coordinator, "处方异常")["cases"] == [quiet.title]
    assert "cases" not in found(office_coordinator, "康健")


def test_a_person_is_found_with_a_case_one_reads(county, insurance_handler, health_handler, now):
    person = make_subject(county, name="李某某", kind="insured", at=now)
    assert found(insurance_handler, "李某某") == {}
    make_case(by=insurance_handler, at=now, subject=person)
    assert found(insurance_handler, "李某某")["subjects"] == [person.name]
    assert found(health_handler, "李某某") == {}


def test_a_letter_to_named_persons_is_found_by_them(
    case, sending, procuratorate, insurance_handler, insurance_section_head, insurance_handler_2, office_coordinator, now
):  # fmt: skip
    Department.objects.filter(pk=procuratorate.pk).update(named_only=True)
    procuratorate.refresh_from_db()
    dispatch = make_dispatch(case, [procuratorate], by=insurance_handler, at=now, status="sent", subject="移送问题线索")
    letter = dispatch.referrals.get()
    assert found(insurance_handler, letter.number)["letters"] == [dispatch.subject]
    for colleague in (insurance_section_head, insurance_handler_2, office_coordinator):
        for text in (letter.number, "移送问题线索", "问题线索"):
            assert found(colleague, text) == {}


def test_a_letter_of_a_case_is_found_with_the_case(case, sending, market_handler, insurance_handler, health, now):
    need = make_need(case, health, by=insurance_handler, at=now, status="sent")
    number = need.referrals.get().number
    assert found(insurance_handler, number)["letters"]
    assert found(market_handler, number) == {}


@pytest.mark.parametrize("who", ["system_admin", "audit_admin"])
def test_administrators_find_people_only(request, case, who, health_handler):
    administrator = request.getfixturevalue(who)
    assert found(administrator, "仁和") == {}
    assert list(found(administrator, "周敏仪")) == ["people"]


def test_nobody_without_a_post_finds_anything(case):
    nobody = User.objects.create_user(staff_number="x1", name="无岗", password="x")  # noqa: S106
    assert found(nobody, "仁") == {}
    assert page(nobody, "仁").status_code == 200


# -- many ----------------------------------------------------------------------------------------------------------
def test_who_has_few_cases_among_many_others_finds_them(case, hospital, insurance_handler, health_handler, now, monkeypatch):
    mine = make_case(by=health_handler, at=now, subject=hospital, title="仁和医院执业问题")
    for n in range(4):
        make_case(by=insurance_handler, at=now, subject=hospital, title=f"仁和医院线索{n}")
    monkeypatch.setattr("cases.finding.CANDIDATES", 3)
    assert found(health_handler, "仁和")["cases"] == [mine.title]
    assert found(health_handler, "青禾县仁和")["cases"] == [mine.title]
    assert "cases" not in found(health_handler, "线索")
    assert CaseGroupPermission.objects.exists()


def test_five_under_the_box_and_twenty_on_the_page(county, insurance_handler, now):
    for n in range(MANY + 2):
        make_subject(county, name=f"安康诊所{n:02}", at=now)
    short = page(insurance_handler, "安康", part="1").content.decode()
    assert short.count('role="option"') == FEW + 1
    assert 'href="/search/?q=%E5%AE%89%E5%BA%B7"' in short
    whole = page(insurance_handler, "安康").content.decode()
    assert whole.count("/subjects/") >= MANY
    assert f'href="{reverse("cases:subjects")}?q=%E5%AE%89%E5%BA%B7"' in whole
    alone = page(insurance_handler, "安康诊所00").content.decode()
    assert "显示全部" not in alone


# -- bad input -----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("part", ["", "1"])
@pytest.mark.parametrize(
    "text", ["%", "_", "'", '"', "\\", "İ", "İİİİ", "😀", "' OR 1=1 --", "a%b", "{}", "$$", "仁\x1b和", "<script>"]
)
def test_strange_text_gets_an_answer(case, insurance_handler, text, part):
    answer = page(insurance_handler, text, part=part)
    assert answer.status_code == 200
    assert "没有" in answer.content.decode()
    assert "<script>alert" not in answer.content.decode()


def test_signs_of_a_pattern_are_themselves(hospital, insurance_handler, county, now):
    odd = make_subject(county, name="百分之100%_诊所\\", at=now)
    for text in ("100%", "%_", "_诊", "\\"):
        assert found(insurance_handler, text)["subjects"] == [odd.name]


@pytest.mark.parametrize("text", ["", "   ", "\u3000"])
def test_nothing_typed(case, insurance_handler, text):
    answer = page(insurance_handler, text)
    assert (answer.status_code, answer.context["groups"]) == (200, [])
    assert "请输入" in answer.content.decode()


def test_ten_thousand_characters_get_a_sentence(case, insurance_handler):
    for part in ("", "1"):
        answer = page(insurance_handler, "仁" * 10_000, part=part)
        assert answer.status_code == 200
        assert "60" in answer.context["sentence"]
        assert "仁仁" * finding.LONGEST not in answer.content.decode()


def test_nul_is_refused(case, insurance_handler):
    assert page(insurance_handler, "仁\x00").status_code == 400


def test_the_answer_is_kept_nowhere(case, insurance_handler):
    assert page(insurance_handler, "仁和", part="1")["Cache-Control"] == "no-store"


# -- how it is asked -----------------------------------------------------------------------------------------------
def test_the_indexes_serve_every_table_that_grows(db):
    """With sequential scans forbidden, the plan of each question has the index made for it."""
    from cases.finding import CASE, SUBJECT
    from referrals.models import Dispatch, Referral

    wanted = finding.read("仁和 126")
    asked = {
        "case_by_parts": Case.objects.filter(wanted.indexed(*CASE)),
        "subject_by_parts": Subject.objects.filter(wanted.indexed(*SUBJECT)),
        "document_by_parts": IssuedDocument.objects.filter(wanted.indexed("number", "title")),
        "referral_by_parts": Referral.objects.filter(wanted.indexed("number")),
        "dispatch_by_parts": Dispatch.objects.filter(wanted.indexed("subject")),
    }
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off")
    for index, rows in asked.items():
        assert index in rows.order_by().explain()


@pytest.mark.numbers
def test_the_page_asks_the_same_for_one_row_and_for_many(hospital, sending, insurance_handler, health, now):
    costs = []
    for amount in (1, 3):
        for _ in range(amount):
            case = make_case(by=insurance_handler, at=now, subject=hospital, title="仁和医院涉嫌分解住院")
            make_dispatch(case, [health], by=insurance_handler, at=now, status="sent", subject="仁和医院的线索")
        client = Client()
        client.force_login(insurance_handler, BACKEND)
        for more in ({}, {"part": "1"}):
            client.get(reverse("desk:search"), {"q": "仁和", **more})
            with CaptureQueriesContext(connection) as queries:
                client.get(reverse("desk:search"), {"q": "仁和", **more})
            costs.append(len(queries))
    assert costs[:2] == costs[2:]
    assert costs[0] <= 20  # with every number beside the navigation counted anew; fewer is wanted, more never
    assert costs[1] <= 15


def test_every_room_has_a_code_and_a_place_of_its_own():
    codes = [source.code for source in registry.search_sources]
    assert len(set(codes)) == len(codes)
    assert {source.order for source in registry.search_sources} == {10, 20, 30, 35, 40, 50, 60, 70, 71, 80, 90}
