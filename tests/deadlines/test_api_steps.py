"""What the API does with clocks, calendar and rules: the pages' rules, forms and actions."""

import datetime as dt

import pytest
from django.utils import timezone

from core.dates import local_date
from deadlines.actions.clocks import meet_clock
from deadlines.models import CalendarYear, ClockRule
from journal.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def send(client):
    """`send(user, path, data, version)`: POST with If-Match, GET where there is no data."""

    def call(user, path, data=None, version=None):
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        headers = {} if version is None else {"If-Match": f'"{version}"'}
        if data is None:
            return client.get(f"/api/v1/{path}")
        return client.post(f"/api/v1/{path}", data, content_type="application/json", headers=headers)

    return call


@pytest.fixture
def own(clock):
    """A clock of the medical-insurance department without a case: its own staff see it."""
    return clock("verification", at=timezone.now() - dt.timedelta(hours=1), case=None, target=("strand", 1))


def test_a_clock_is_extended(
    send, own, insurance_handler, insurance_section_head, insurance_deputy_head, health_head
):
    path, new = f"deadlines/{own.pk}/extend/", (own.due_on + dt.timedelta(days=10)).isoformat()
    given = {"new_due_on": new, "reason": "案情复杂"}
    assert send(health_head, path, given, own.version).status_code == 404
    assert send(insurance_handler, path, given, own.version).status_code == 403
    assert send(insurance_section_head, path, given).status_code == 428
    assert send(insurance_section_head, path, given, own.version + 1).status_code == 412
    assert send(insurance_section_head, path, {**given, "reason": ""}, own.version).json().keys() == {
        "reason"
    }
    past = {**given, "new_due_on": own.due_on.isoformat()}
    assert send(insurance_section_head, path, past, own.version).json().keys() == {"new_due_on"}
    said = send(insurance_section_head, path, given, own.version)
    assert (said.status_code, said.json()["due_on"], said.json()["first_due_on"]) == (
        200,
        new,
        own.due_on.isoformat(),
    )
    assert said.json()["changes"][0]["reason"] == "案情复杂"
    again = {**given, "new_due_on": (own.due_on + dt.timedelta(days=20)).isoformat()}
    assert (
        send(insurance_section_head, path, again, own.version + 1).status_code == 403
    )  # a further one: a leader
    assert send(insurance_deputy_head, path, again, own.version + 1).status_code == 200


def test_a_filter_in_the_address_hides_no_single_clock(send, own, insurance_section_head):
    given = {"new_due_on": (own.due_on + dt.timedelta(days=10)).isoformat(), "reason": "案情复杂"}
    said = send(insurance_section_head, f"deadlines/{own.pk}/extend/?lamp=r", given, own.version)
    assert (said.status_code, said.json()["due_on"]) == (200, given["new_due_on"])


def test_lateness_is_explained_once(send, clock, insurance_handler, insurance_registrar):
    late = clock(at=timezone.now() - dt.timedelta(days=30), case=None)
    meet_clock(deadline=late, at=timezone.now())
    late.refresh_from_db()
    path = f"deadlines/{late.pk}/reason/"
    assert send(insurance_registrar, path, {"reason": "x"}, late.version).status_code == 403
    assert send(insurance_handler, path, {"reason": " "}, late.version).json().keys() == {"reason"}
    said = send(insurance_handler, path, {"reason": "等待检验"}, late.version).json()
    assert said["late_reason"] == "等待检验"
    assert send(insurance_handler, path, {"reason": "x"}, said["version"]).status_code == 403


def test_a_clock_is_handed_over(
    send, own, insurance_section_head, insurance_handler, insurance_handler_2, health_handler
):
    path = f"deadlines/{own.pk}/reassign/"
    assert send(insurance_handler, path, {"person": insurance_handler_2.pk}, own.version).status_code == 403
    assert send(insurance_section_head, path, {"person": health_handler.pk}, own.version).json().keys() == {
        "person"
    }
    said = send(insurance_section_head, path, {"person": insurance_handler_2.pk}, own.version).json()
    assert said["person"] == insurance_handler_2.pk
    assert send(insurance_section_head, path, {"person": None}, said["version"]).json()["person"] is None


def test_a_year_is_read_and_entered(send, working, insurance_handler, audit_admin, system_admin):
    this = send(audit_admin, "calendar/2026/").json()
    assert (this["published"], this["version"]) == (True, 1)
    assert "国庆节" in {day["name"] for day in this["days"]}
    assert send(insurance_handler, "calendar/1999/").status_code == 404
    empty = send(insurance_handler, "calendar/2027/")
    assert (empty["ETag"], empty.json()["days"]) == ('"0"', [])
    days = [
        {"date": "2027-01-01", "working": False, "name": "元旦"},
        {"date": "2027-01-09", "working": True, "name": "调休上班"},
    ]
    given = {"notice_number": "国办发明电〔2026〕9号", "days": days}
    assert send(insurance_handler, "calendar/2027/edit/", given, 0).status_code == 403
    assert send(system_admin, "calendar/2027/edit/", given).status_code == 428
    for field, value in (
        ("days", [{**days[0], "date": "2026-01-01"}]), ("days", [days[0], days[0]]), ("days", []), ("days", "x"),
        ("notice_number", "无"),
    ):  # fmt: skip
        wrong = send(system_admin, "calendar/2027/edit/", {**given, field: value}, 0)
        assert (wrong.status_code, wrong.json().keys()) == (400, {field}), value
    assert not CalendarYear.objects.filter(year=2027).exists()
    said = send(system_admin, "calendar/2027/edit/", given, 0)
    assert (said.status_code, said.json()["version"], len(said.json()["days"])) == (200, 1, 2)
    assert send(system_admin, "calendar/2027/edit/", given, 0).status_code == 412


def test_a_rule_gets_a_new_version(send, working, insurance_handler, office_coordinator):
    listed = {row["code"]: row for row in send(insurance_handler, "clock-rules/").json()}
    assert len(listed) == ClockRule.objects.values("code").distinct().count()
    rule = listed["transfer_sign"]
    assert send(insurance_handler, "clock-rules/no-such/").status_code == 404
    day = (local_date(timezone.now()) + dt.timedelta(days=7)).isoformat()
    path, given = "clock-rules/transfer_sign/edit/", {"amount": 2, "effective_from": day}
    assert send(insurance_handler, path, given, rule["version"]).status_code == 403
    assert send(office_coordinator, path, given).status_code == 428
    assert send(office_coordinator, path, {**given, "amount": 0}, rule["version"]).json().keys() == {"amount"}
    past = {**given, "effective_from": "2025-01-01"}
    assert send(office_coordinator, path, past, rule["version"]).json().keys() == {"effective_from"}
    said = send(office_coordinator, path, given, rule["version"])
    assert (said.json()["amount"], said.json()["unit"], said.json()["basis"]) == (
        2,
        rule["unit"],
        rule["basis"],
    )
    assert said.json()["roll_over"] is rule["roll_over"]
    versions = send(insurance_handler, "clock-rules/transfer_sign/versions/").json()
    assert [row["amount"] for row in versions] == [2, 3]
    assert {row["code"]: row["amount"] for row in send(insurance_handler, "clock-rules/").json()}[
        "transfer_sign"
    ] == 3
    assert Event.objects.filter(verb="clock_rule.changed").latest("pk").actor_id == office_coordinator.pk
    assert send(office_coordinator, path, {**given, "amount": 9}, rule["version"] + 7).status_code == 412
