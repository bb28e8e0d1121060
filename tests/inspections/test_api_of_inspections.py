"""The API of inspections: the doors, rules, forms and refusals of the pages; a call with a key works once."""

import pytest
import time_machine

from core.dates import local_date
from departments.models import Category
from inspections.models import Checklist, EnforcementCertificate, Finding, Inspection, Visit
from tests.factories import inspections as make
from tests.factories.cases import make_subject, pdf
from tests.factories.inspections import DAY

pytestmark = pytest.mark.django_db
KEY = "0123456789abcdef"


@pytest.fixture
def clock(now):
    with time_machine.travel(now, tick=False):
        yield now


@pytest.fixture
def send(client, clock):
    """`send(user, "inspections/1/ask/", {...}, thing, key=…)` on the version `thing` has now."""

    def knock(user, path, data=None, thing=None, key="", method="post", **more):
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        headers = (
            {"If-Match": f'"{type(thing).objects.get(pk=thing.pk).version}"'} if thing is not None else {}
        )
        headers |= {"Idempotency-Key": key} if key else {}
        given = ({} if method == "get" else {"content_type": "application/json"}) | more
        return getattr(client, method)(f"/api/v1/{path}", data or {}, headers=headers, **given)

    return knock


def plan(now, **more):
    days = {"starts_on": local_date(now).isoformat(), "ends_on": (local_date(now) + 9 * DAY).isoformat()}
    return {**make.PLAN, "kind": "unannounced", **days} | more


def ok(answer, code=200):
    assert answer.status_code == code, answer.content.decode()
    return answer.json()


def test_an_inspection_goes_its_way_through_the_api(
    lead, county, health, insurance_handler, insurance_deputy_head, health_section_head, office_coordinator, outsider, send,
    now,
):  # fmt: skip
    held = {each: [row.pk for row in make.officers(each, at=now)] for each in (lead, health)}
    subject = make_subject(county, name="青禾县仁和医院", at=now)
    me = insurance_handler
    assert send(office_coordinator, "inspections/", plan(now)).status_code == 403
    assert "ends_on" in ok(send(me, "inspections/", plan(now, ends_on="2026-01-01")), 400)
    first, again = (send(me, "inspections/", plan(now), key=KEY) for _n in range(2))
    assert (first.status_code, again.status_code) == (201, 200) and Inspection.objects.count() == 1
    made = Inspection.objects.get()
    path = f"inspections/{made.pk}/"
    assert send(outsider, path, method="get").status_code == 404
    assert send(me, path + "ask/").status_code == 428
    ok(send(me, path + "add-target/", {"subject": subject.uscc}, made))
    assert "subject" in ok(send(me, path + "add-target/", {"subject": "无此单位"}, made), 400)
    ok(send(me, path + "add-partner/", {"department": health.pk, "role": "inspecting"}, made))
    ok(send(me, path + "edit/", {"division": "医保查结算。"}, made))
    made.refresh_from_db()
    assert (made.division, made.title) == ("医保查结算。", make.PLAN["title"])  # what is left out stays
    own, part = made.partners.get(leads=True), made.partners.get(department=health)
    one = {"officers": held[lead][:1], "declared": True}
    assert "officers" in ok(send(me, f"inspection-partners/{own.pk}/confirm/", one, own), 400)
    ok(send(me, f"inspection-partners/{own.pk}/confirm/", {"officers": held[lead], "declared": True}, own))
    ok(send(me, path + "ask/", thing=made))
    refused = ok(send(me, path + "submit/", thing=made), 409)
    assert len(refused["open"]) == 1
    listed = ok(send(health_section_head, f"inspection-partners/?inspection={made.pk}", method="get"))[
        "results"
    ]
    assert {row["department"] for row in listed} == {lead.pk, health.pk}
    answer = {"officers": held[health], "declared": True}
    assert send(me, f"inspection-partners/{part.pk}/confirm/", answer, part).status_code == 403
    ok(send(health_section_head, f"inspection-partners/{part.pk}/confirm/", answer, part, key=KEY))
    ok(send(me, path + "submit/", thing=made))
    assert ok(send(insurance_deputy_head, path + "approve/", {"opinion": "同意"}, made))["approval_form"]
    ok(send(me, path + "begin/", thing=made))
    assert [row["id"] for row in ok(send(me, "inspections/?status=under_way", method="get"))["results"]] == [
        made.pk
    ]

    target = made.targets.get()
    people = [each.pk for each in make.inspectors(made)]
    begun = {
        "visited_on": local_date(now).isoformat(),
        "begins": "09:30",
        "place": "院内",
        "officers": people,
    }
    ok(send(me, f"inspection-targets/{target.pk}/open-visit/", begun, target))
    visit = Visit.objects.get()
    at = f"inspection-visits/{visit.pk}/"
    shown = ok(send(me, at, method="get"))
    assert sorted(shown["officers"]) == people and len(shown["items"]) == 13
    assert send(office_coordinator, at, method="get").status_code == 404
    lines = [{"item": item["id"], "result": "fine"} for item in shown["items"]]
    assert "lines" in ok(send(me, at + "items/", {"lines": []}, visit), 400)
    ok(send(me, at + "items/", {"lines": lines}, visit))
    record = {"ends": "11:00", "told_recusal": True, "situation": "查阅病历。", "party_name": "李院长"}
    ok(send(me, at + "write/", record, visit))
    visit.refresh_from_db()
    assert visit.place == "院内" and visit.told_recusal
    category = Category.objects.get(code="split-admission")
    found = {
        "category": category.pk,
        "text": "15日内两次住院",
        "found_on": local_date(now).isoformat(),
        "amount": "12000.00",
    }
    ok(send(me, at + "find/", found, visit))
    finding = Finding.objects.get()
    ok(send(me, at + "print-record/", thing=visit))
    assert send(me, at + "write/", record, visit).status_code == 403
    ok(send(me, at + "sign-record/", {}, visit))
    there = f"inspection-findings/{finding.pk}/"
    assert ok(send(me, there, method="get"))["amount"] == "12000.00"
    first, again = (send(me, there + "open-case/", {}, finding, key=KEY * 2) for _n in range(2))
    assert ok(first)["outcome"] == "case" and ok(again)["case"] == ok(first)["case"]
    ok(send(me, path + "report/", {"text": "共检查1家。"}, made))
    [summary] = ok(send(me, f"inspection-summaries/?inspection={made.pk}", method="get"))["results"]
    assert ok(send(office_coordinator, "inspection-summaries/", method="get"))["results"] == []
    for user, row in ((insurance_deputy_head, own), (health_section_head, part)):
        word = {"kind": "signed", "number": summary["number"]}
        ok(send(user, f"inspection-partners/{row.pk}/sign-summary/", word, row))
    assert ok(send(me, path + "close/", thing=made))["status"] == "closed"
    [summary] = ok(send(me, "inspection-summaries/", method="get"))["results"]
    assert len(summary["signatures"]) == 2


def test_a_photograph_travels_as_a_form(visit, finding, insurance_handler, client, clock):
    client.force_login(insurance_handler, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.post(
        f"/api/v1/inspection-visits/{visit.pk}/visit-file/", {"upload": pdf("现场.pdf")},
        headers={"If-Match": f'"{visit.version}"'},
    )  # fmt: skip
    assert [file["name"] for file in ok(answer)["files"]] == ["现场.pdf"]
    answer = client.post(
        f"/api/v1/inspection-findings/{finding.pk}/finding-files/", {"files": [pdf("甲.pdf"), pdf("乙.pdf")]},
        headers={"If-Match": f'"{finding.version}"'},
    )  # fmt: skip
    assert len(ok(answer)["files"]) == 2


def test_a_refusal_worth_knowing_is_on_the_record(
    asked, part, health, insurance, health_section_head, send, now
):
    from journal.models import Event

    held = [row.pk for row in [*make.officers(health, at=now, n=1), *make.officers(insurance, at=now, n=1)]]
    answer = send(
        health_section_head,
        f"inspection-partners/{part.pk}/confirm/",
        {"officers": held, "declared": True},
        part,
    )
    assert "officers" in ok(answer, 400)  # the form offers one's own department's alone
    assert (
        send(
            health_section_head, f"inspection-partners/{part.pk}/decline/", {"reason": "人员不足"}, part
        ).status_code
        == 200
    )
    before = Event.objects.filter(verb="journal.refused").count()
    made = make.draft(
        insurance, by=health_section_head, at=now
    )  # drafted by somebody whose signature is refused
    Inspection.objects.filter(pk=made.pk).update(drafted_by=health_section_head)
    assert Event.objects.filter(verb="journal.refused").count() == before


def test_certificates_and_checklists_by_the_api(
    insurance, insurance_handler, insurance_registrar, health_handler, send, now
):
    given = {"user": insurance_handler.pk, "number": "甲1", "valid_until": "2027-12-31"}
    assert send(health_handler, "certificates/", given).status_code == 403
    made = ok(send(insurance_registrar, "certificates/", given, key=KEY), 201)
    assert ok(send(insurance_registrar, "certificates/", given, key=KEY))["id"] == made["id"]
    held = EnforcementCertificate.objects.get()
    assert [row["number"] for row in ok(send(health_handler, "certificates/", method="get"))["results"]] == [
        "甲1"
    ]
    assert ok(send(insurance_registrar, f"certificates/{held.pk}/withdraw/", {"reason": "遗失"}, held))[
        "withdraw_reason"
    ]
    lines = {"title": "本局清单", "lines": "是否冒名 | 条例", "active": True}
    assert send(insurance_handler, "checklists/", lines).status_code == 403
    own = ok(send(insurance_registrar, "checklists/", lines), 201)
    assert own["items"] == [{"position": 1, "text": "是否冒名", "basis": "条例"}]
    row = Checklist.objects.get(pk=own["id"])
    changed = ok(send(insurance_registrar, f"checklists/{row.pk}/edit/", lines | {"lines": "一\n二"}, row))
    assert len(changed["items"]) == 2 and changed["version"] == 2
    shipped = Checklist.objects.get(department=None, function="health")
    assert send(insurance_registrar, f"checklists/{shipped.pk}/edit/", lines, shipped).status_code == 403


def test_more_time_by_the_api(finding, insurance_handler, insurance_section_head, send, now):
    due = local_date(now) + 9 * DAY
    given = {"text": "补正", "due_on": due.isoformat(), "person": insurance_handler.pk}
    ok(send(insurance_handler, f"inspection-findings/{finding.pk}/rectify/", given, finding))
    task, path = finding.rectification, f"rectifications/{finding.rectification.pk}"
    asked = {"new_on": (due + DAY).isoformat(), "reason": "设备缺货"}
    shown = ok(send(insurance_handler, f"{path}/ask-more-time/", asked, task))
    assert [(each["status"], each["new_on"]) for each in shown["more_time"]] == [("asked", asked["new_on"])]
    answer = send(insurance_handler, f"{path}/decide-more-time/", {"agreed": "yes"}, task)
    assert answer.status_code == 403
    shown = ok(send(insurance_section_head, f"{path}/decide-more-time/", {"agreed": "yes"}, task))
    assert (shown["due_on"], shown["more_time"][0]["status"]) == (asked["new_on"], "agreed")
    assert shown["more_time"][0]["old_on"] == due.isoformat()
