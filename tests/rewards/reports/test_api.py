"""Reports by the API: the steps of the page, its doors and its refusals; never a name, never the words."""

import json

import pytest
from django.utils import timezone

from cases.actions.strands import file_strand
from departments.enums import Role
from departments.models import Category
from journal.models import Event
from rewards.enums import ReportStatus
from rewards.models import Report
from tests.factories.cases import make_case, make_subject
from tests.factories.rewards import FACTS, make_custodians, make_report, register
from tests.factories.rewards_money import somebody

pytestmark = pytest.mark.django_db
PLACE = "/api/v1/reports/"
SUMMARY = "反映某院重复收费。"


@pytest.fixture
def officer(client, insurance_report_officer):
    client.force_login(insurance_report_officer)
    return insurance_report_officer


def call(client, report, step, match=True, **values):
    """One step on a report with the ETag just read."""
    place = f"{PLACE}{report.pk}/"
    headers = {"If-Match": client.get(place).headers["ETag"]} if match else {}
    return client.post(place + step + "/", values, content_type="application/json", headers=headers)


ENTRY = {
    "channel": "phone", "naming": "real_name", "subject_name": "青禾县仁和医院", "facts": FACTS,
    "reporters": [{"name": "丁家宁", "phone": "13907990011"}], "wants_reward": True,
}  # fmt: skip


def enter(client, key="", **more):
    headers = {"Idempotency-Key": key} if key else {}
    return client.post(PLACE, ENTRY | more, content_type="application/json", headers=headers)


def test_a_report_is_entered_once_and_neither_name_nor_words_come_back(client, officer, insurance, now):
    make_custodians(insurance, at=now)
    first = enter(client, key="a" * 20)
    again = enter(client, key="a" * 20)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json()["receipt_code"] == again.json()["receipt_code"]
    assert Report.objects.count() == 1
    said = json.dumps([first.json(), client.get(PLACE).json()], ensure_ascii=False)
    assert "丁家宁" not in said and "13907990011" not in said and FACTS not in said
    assert "receipt_code" not in client.get(f"{PLACE}{first.json()['id']}/").json()
    assert first.json()["reporters"][0]["position"] == 1


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"channel": "web"}, "channel"),
        ({"naming": "loud"}, "naming"),
        ({"facts": ""}, "facts"),
        ({"subject_name": ""}, "subject_name"),
        ({"subject_code": "52431026MJ0000017X"}, "subject_code"),
        ({"period_from": "gestern"}, "period_from"),
        ({"reporters": [{"name": "丁家宁"}]}, "reporters"),
        ({"reporters": []}, "name"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_right_is_said_by_field(more, field, client, officer, insurance, now):
    make_custodians(insurance, at=now)
    answer = enter(client, **more)
    assert answer.status_code == 400 and field in answer.json()
    assert not Report.objects.exists()


def test_a_key_of_another_shape_is_refused(client, officer, insurance, now):
    make_custodians(insurance, at=now)
    answer = enter(client, key="short")
    assert answer.status_code == 400 and "Idempotency-Key" in answer.json()
    assert not Report.objects.exists()


def test_a_report_is_accepted_told_and_answered(
    client, officer, insurance, insurance_deputy_head, office, now
):
    report, _code = register(insurance, at=now)
    subject, category = make_subject(insurance.region, at=now), Category.objects.first()
    given = {"summary": SUMMARY, "subject": subject.pk, "categories": [category.code], "suspected": "1200.00"}
    assert call(client, report, "accept", match=False, **given).status_code == 428
    for wrong, field in (
        ({"subject": 10**9}, "subject"), ({"categories": ["no"]}, "categories"), ({"summary": FACTS}, "summary"),
        ({"suspected": "-1"}, "suspected"), ({"suspected": "0.001"}, "suspected"),
    ):  # fmt: skip
        answer = call(client, report, "accept", **(given | wrong))
        assert answer.status_code == 400 and field in answer.json(), wrong
    answer = call(client, report, "accept", **given)
    assert (answer.status_code, answer.json()["status"]) == (200, "accepted")
    assert call(client, report, "accept", **given).status_code == 403
    report.refresh_from_db()
    assert call(client, report, "tell", via="page").status_code == 403  # nothing is owed before the filing
    file_strand(
        strand=report.case.strands.get(),
        filing_number="青医保立〔2026〕1号",
        by=insurance_deputy_head,
        at=timezone.now(),
    )
    assert call(client, report, "tell", via="pigeon").status_code == 400
    assert call(client, report, "tell", via="page").json()["told_via"] == "page"
    assert call(client, report, "answer", text="").status_code == 400
    assert call(client, report, "answer", text="查实并处罚。").json()["status"] == ReportStatus.ANSWERED


def test_a_report_joins_a_case_one_may_see_and_is_refused_or_taken_back(
    client, officer, insurance, insurance_handler, office, now
):
    case = make_case(by=insurance_handler, at=now)
    first, _code = register(insurance, at=now)
    second, _code = register(insurance, at=now)
    answer = call(client, first, "join", case=10**9, summary=SUMMARY)
    assert answer.status_code == 400 and "case" in answer.json()
    assert call(client, first, "join", case=case.pk, summary=SUMMARY).json()["case_number"] == case.number
    assert call(client, second, "refuse", reason="").status_code == 400
    assert call(client, second, "refuse", reason="线索不具体").json()["status"] == "refused"
    assert call(client, first, "withdraw").json()["withdrawn_at"]
    assert call(client, first, "withdraw").status_code == 403
    first.refresh_from_db()
    assert first.status == ReportStatus.ACCEPTED  # it is verified all the same


def test_an_older_page_changes_nothing(client, officer, insurance, insurance_handler, office, now):
    report, _code = register(insurance, at=now)
    place = f"{PLACE}{report.pk}/"
    seen = client.get(place).headers["ETag"]
    assert call(client, report, "withdraw").status_code == 200
    answer = client.post(
        place + "refuse/",
        {"reason": "线索不具体"},
        content_type="application/json",
        headers={"If-Match": seen},
    )
    assert answer.status_code == 412
    assert Report.objects.get().status == ReportStatus.RECEIVED


STEPS = {
    "accept": {"summary": SUMMARY, "subject": 1, "categories": ["x"]}, "join": {"summary": SUMMARY, "case": 1},
    "refuse": {"reason": "无"}, "tell": {"via": "page"}, "answer": {"text": "无"}, "withdraw": {},
}  # fmt: skip


@pytest.mark.parametrize("step", STEPS)
def test_nobody_else_learns_that_a_report_exists(
    step, client, insurance, health, insurance_handler, office_coordinator, office, now
):
    report = make_report(insurance, at=now)
    health_report_officer = somebody(health, Role.REPORT_OFFICER)
    events = Event.objects.count()
    for user, code in ((insurance_handler, 403), (office_coordinator, 403), (health_report_officer, 404)):
        client.force_login(user)
        answer = client.post(
            f"{PLACE}{report.pk}/{step}/",
            STEPS[step],
            content_type="application/json",
            headers={"If-Match": '"1"'},
        )
        assert answer.status_code == code, user
        assert client.get(f"{PLACE}{report.pk}/").status_code == code
    assert Event.objects.count() == events
    client.force_login(health_report_officer)
    assert client.get(PLACE).json()["results"] == []
