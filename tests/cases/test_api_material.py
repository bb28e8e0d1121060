"""Evidence and money in the API: judged, filed and reversed as on the pages."""

import pytest

from cases.models import Custody, Evidence, MoneyEntry
from tests.cases.test_api import post, url
from tests.factories.cases import pdf

pytestmark = pytest.mark.django_db


def file_it(client, case, *uploads, **more):
    headers = {"Idempotency-Key": more.pop("key")} if "key" in more else {}
    return client.post(url("evidence/", case.pk), {"files": list(uploads), **more}, headers=headers)


def test_a_file_is_filed_once_and_says_who_held_it(as_user, case, insurance_handler, insurance_handler_2):
    client = as_user(insurance_handler)
    made = file_it(client, case, pdf("病历.pdf"), origin="调取", pages=3, key="f" * 20)
    again = file_it(client, case, pdf("病历.pdf"), origin="调取", pages=3, key="f" * 20)
    assert (made.status_code, again.status_code, made.json()["pages"]) == (201, 200, 3)
    evidence = Evidence.objects.get(case=case)
    said = client.get(f"/api/v1/evidence/{evidence.pk}/").json()
    assert (said["sound"], [row["kind"] for row in said["custody"]]) == (True, ["received"])
    assert file_it(client, case, pdf("病历.pdf")).json().keys() == {"files"}
    assert [row["id"] for row in client.get(url("evidence/", case.pk)).json()] == [evidence.pk]
    assert file_it(as_user(insurance_handler_2), case, pdf("b.pdf")).status_code == 403


def test_what_cannot_be_filed(as_user, case, insurance_handler, settings):
    client = as_user(insurance_handler)
    assert file_it(client, case).json().keys() == {"files"}
    assert file_it(client, case, pdf("a.pdf"), pdf("b.pdf")).json().keys() == {"files"}
    assert file_it(client, case, pdf("a.exe")).json().keys() == {"files"}
    assert file_it(client, case, pdf("a.pdf"), pages=0).json().keys() == {"pages"}
    assert post(client, url("evidence/", case.pk), {"files": "x"}).status_code == 415
    assert not Evidence.objects.exists()


def test_downloads_and_voiding(as_user, case, insurance_handler, insurance_handler_2, finance_handler):
    client = as_user(insurance_handler)
    made = file_it(client, case, pdf("病历.pdf")).json()
    address = f"/api/v1/evidence/{made['id']}/"
    sent = client.post(f"{address}download/")
    assert b"".join(sent.streaming_content).startswith(b"%PDF")
    assert sent["Cache-Control"] == "no-store"
    assert Custody.objects.filter(evidence=made["id"], kind="downloaded", by=insurance_handler).count() == 1
    assert as_user(finance_handler).post(f"{address}download/").status_code == 404
    assert post(as_user(insurance_handler_2), f"{address}void/", {"reason": "x"}).status_code == 403
    client = as_user(insurance_handler)
    assert post(client, f"{address}void/", {}).json().keys() == {"reason"}
    assert post(client, f"{address}void/", {"reason": "误传"}).json()["void_reason"] == "误传"
    assert post(client, f"{address}void/", {"reason": "误传"}).status_code == 409


def test_amounts_are_entered_and_reversed(
    as_user, case, insurance_handler, insurance_handler_2, health_handler
):
    client, ledger = as_user(insurance_handler), url("money/", case.pk)
    given = {"kind": "verified", "amount": "462,318.50", "happened_on": "2026-11-16", "remark": "核实"}
    made = post(client, ledger, given, **{"Idempotency-Key": "m" * 20})
    again = post(client, ledger, given, **{"Idempotency-Key": "m" * 20})
    assert (made.status_code, again.status_code, made.json()["amount"]) == (201, 200, "462318.50")
    assert made.json()["strand"] == case.strands.get().pk
    for field, value in (
        ("amount", "0"), ("amount", "12,3456"), ("amount", "1.234"), ("amount", 10**13), ("happened_on", "2999-01-01"),
        ("kind", "x"), ("clue", "report:1"),
    ):  # fmt: skip
        assert post(client, ledger, {**given, field: value}).json().keys() == {field}, field
    address = f"/api/v1/money/{made.json()['id']}/"
    assert post(client, f"{address}reverse/", {}).json().keys() == {"remark"}
    assert post(as_user(insurance_handler_2), f"{address}reverse/", {"remark": "x"}).status_code == 403
    assert as_user(health_handler).get(address).status_code == 404
    client = as_user(insurance_handler)
    reversed_by = post(client, f"{address}reverse/", {"remark": "录错"}).json()["reversed_by"]
    entry = MoneyEntry.objects.get(pk=reversed_by)
    assert (entry.amount, entry.reverses_id) == (
        -MoneyEntry.objects.get(pk=made.json()["id"]).amount,
        made.json()["id"],
    )
    assert post(client, f"{address}reverse/", {"remark": "x"}).status_code == 409
    assert post(client, f"/api/v1/money/{reversed_by}/reverse/", {"remark": "x"}).status_code == 409
    assert len(client.get(ledger).json()) == 3  # with the suspected amount of the lead
