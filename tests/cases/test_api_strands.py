"""Strands in the API: opened, and taken through their whole procedure."""

import pytest

from cases.models import Strand
from deadlines.models import Deadline
from documents.models import IssuedDocument
from tests.cases.test_api import post, url

pytestmark = pytest.mark.django_db


def at(strand, step=""):
    return f"/api/v1/strands/{strand.pk}/{step + '/' if step else ''}"


def match(strand):
    strand.refresh_from_db()
    return {"If-Match": f'"{strand.version}"'}


def take(client, strand, step, data=None):
    return post(client, at(strand, step), data, **match(strand))


def test_a_department_is_brought_in_once(
    as_user, case, insurance_handler, insurance_handler_2, health, office
):
    client, strands = as_user(insurance_handler), url("strands/", case.pk)
    made = post(client, strands, {"department": health.pk}, **{"Idempotency-Key": "d" * 20})
    again = post(client, strands, {"department": health.pk}, **{"Idempotency-Key": "d" * 20})
    assert (made.status_code, again.status_code) == (201, 200)
    assert made.json()["id"] == again.json()["id"]
    assert [row["department"] for row in client.get(strands).json()][1] == health.short_name
    assert Deadline.objects.filter(case_id=case.pk, department=health, rule_code="verification").count() == 1
    for wrong in (health.pk, office.pk, 10**30, "x"):
        assert post(client, strands, {"department": wrong}).json().keys() == {"department"}
    assert post(as_user(insurance_handler_2), strands, {"department": health.pk}).status_code == 403
    assert client.get("/api/v1/cases/999999999999999999/strands/").status_code == 404


def test_a_stranger_knows_no_strand(as_user, strand, finance_handler, office_coordinator):
    client = as_user(finance_handler)
    assert client.get(at(strand)).status_code == 404
    assert post(client, at(strand, "file"), {"filing_number": "x"}, **match(strand)).status_code == 404
    assert as_user(office_coordinator).get(at(strand)).status_code == 404


def test_from_verification_to_performance(
    as_user,
    case,
    strand,
    insurance_handler_2,
    insurance_section_head,
    insurance_deputy_head,
    health_handler,
):
    head = as_user(insurance_section_head)
    assert "assign" in head.get(at(strand)).json()["steps"]
    assert take(head, strand, "assign", {"handler": health_handler.pk}).json().keys() == {"handler"}
    assert (
        take(head, strand, "assign", {"handler": insurance_handler_2.pk}).json()["handler"]
        == insurance_handler_2.name
    )
    assert take(head, strand, "file", {"filing_number": "青医保立〔2026〕1号"}).status_code == 403
    deputy = as_user(insurance_deputy_head)
    assert take(deputy, strand, "file").json().keys() == {"filing_number"}
    assert post(deputy, at(strand, "file"), {"filing_number": "1"}).status_code == 428
    assert post(deputy, at(strand, "file"), {"filing_number": "1"}, **{"If-Match": '"77"'}).status_code == 412
    filed = take(deputy, strand, "file", {"filing_number": "青医保立〔2026〕1号"})
    assert (filed.json()["status"], filed.json()["filing_number"]) == ("filed", "青医保立〔2026〕1号")
    assert take(deputy, strand, "file", {"filing_number": "x"}).status_code == 409
    handler = as_user(insurance_handler_2)
    assert take(handler, strand, "investigate").json()["status"] == "investigating"
    assert take(handler, strand, "suspend").json().keys() == {"reason"}
    assert take(handler, strand, "suspend", {"reason": "送检"}).json()["status"] == "suspended"
    assert take(handler, strand, "investigate").status_code == 409
    assert take(handler, strand, "resume", {"reason": "检毕"}).json()["status"] == "investigating"
    decision = {
        "findings": "属实",
        "disposition": "penalty",
        "basis": "条例第三十八条",
        "decision_number": "罚〔2026〕1号",
    }
    assert take(handler, strand, "decide", decision).status_code == 403
    deputy = as_user(insurance_deputy_head)
    assert take(deputy, strand, "decide", {**decision, "decision_number": ""}).json().keys() == {
        "decision_number"
    }
    assert take(deputy, strand, "decide", {**decision, "documents": [1]}).json().keys() == {"documents"}
    assert take(deputy, strand, "decide", {**decision, "disposition": "x"}).json().keys() == {"disposition"}
    decided = take(deputy, strand, "decide", decision).json()
    assert (decided["status"], decided["decision_number"], decided["documents"]) == (
        "decided",
        "罚〔2026〕1号",
        [],
    )
    assert not IssuedDocument.objects.filter(case_id=case.pk).exists()
    assert take(deputy, strand, "redo", {"reason": "复核"}).json()["status"] == "investigating"
    assert take(deputy, strand, "decide", decision).json()["status"] == "decided"
    handler = as_user(insurance_handler_2)
    assert take(handler, strand, "perform", {}).json().keys() == {"remark"}
    assert take(handler, strand, "perform", {"remark": "已缴清"}).json()["status"] == "performed"


def test_declined_verified_again_terminated_withdrawn(
    as_user, strand, insurance_handler, insurance_deputy_head
):
    deputy = as_user(insurance_deputy_head)
    refused = take(deputy, strand, "decline", {"disposition": "penalty", "reason": "x"})
    assert refused.json().keys() == {"disposition"}
    declined = take(deputy, strand, "decline", {"disposition": "agreement", "reason": "情节轻微"}).json()
    assert (declined["status"], declined["disposition"]) == ("not_filed", "agreement")
    assert take(deputy, strand, "withdraw", {"reason": "x"}).status_code == 409
    handler = as_user(insurance_handler)
    assert take(handler, strand, "verify-again", {"reason": "新线索"}).json()["status"] == "verifying"
    deputy = as_user(insurance_deputy_head)
    take(deputy, strand, "file", {"filing_number": "1"})
    take(as_user(insurance_handler), strand, "investigate")
    ended = take(as_user(insurance_deputy_head), strand, "terminate", {"reason": "主体注销"}).json()
    assert (ended["status"], ended["reason"]) == ("terminated", "主体注销")


def test_withdrawing_once_under_a_key(as_user, strand, insurance_deputy_head):
    deputy, key = as_user(insurance_deputy_head), {**match(strand), "Idempotency-Key": "w" * 20}
    first = post(deputy, at(strand, "withdraw"), {"reason": "重复登记"}, **key)
    again = post(deputy, at(strand, "withdraw"), {"reason": "重复登记"}, **key)
    assert [said.json()["status"] for said in (first, again)] == ["withdrawn", "withdrawn"]
    assert Strand.objects.get(pk=strand.pk).version == strand.version + 1
