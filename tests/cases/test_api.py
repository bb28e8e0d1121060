"""The API: the same doors, rules and actions as the pages; versions, keys, and refusals under their field."""

from django.urls import reverse

from cases.actions.access import grant_department
from cases.enums import GrantCause
from cases.models import Case
from departments.models import Category
from tests.factories.cases import make_case, make_subject


def url(name, *args):
    return f"/api/v1/cases/{''.join(f'{arg}/' for arg in args)}{name}"


def lead(subject, **more):
    return {
        "source": "monitoring", "subjects": [subject.pk], "categories": [Category.objects.first().code],
        "facts": "多次出入院。", "found_on": "2026-11-15", "suspected": "86240.00", **more,
    }  # fmt: skip


def post(client, address, data=None, **headers):
    return client.post(address, data or {}, content_type="application/json", headers=headers)


def test_the_list_is_the_registry(as_user, insurance_handler, office_coordinator, now):
    first = make_case(by=insurance_handler, at=now, title="甲医院线索")
    make_case(by=insurance_handler, at=now)
    said = as_user(insurance_handler).get(url(""), {"q": "甲医院"}).json()
    assert [row["id"] for row in said["results"]] == [first.pk]
    assert (said["next"], said["previous"], said["results"][0]["summary_only"]) == (None, None, False)
    office = as_user(office_coordinator)
    assert [row["summary_only"] for row in office.get(url("")).json()["results"]] == [True, True]
    assert "facts" not in office.get(url("", first.pk)).json()
    assert as_user(insurance_handler).get(url(""), {"sort": "x"}).status_code == 400
    assert as_user(insurance_handler).get(url(""), {"lamp": "x"}).json().keys() == {"lamp"}


def test_detail_carries_its_version(as_user, case, insurance_handler, health_handler):
    answer = as_user(insurance_handler).get(url("", case.pk))
    assert answer["ETag"] == f'"{case.version}"'
    said = answer.json()
    assert (said["facts"], said["suspected"], said["url"]) == (
        case.summary, "86240.00", reverse("cases:detail", args=[case.pk]),
    )  # fmt: skip
    assert said["subjects"][0]["principal"] is True
    assert as_user(health_handler).get(url("", case.pk)).status_code == 404


def test_registering_once_under_a_key(as_user, insurance_handler, subject):
    client, key = as_user(insurance_handler), "k" * 20
    first = post(client, url(""), lead(subject), **{"Idempotency-Key": key})
    again = post(client, url(""), lead(subject), **{"Idempotency-Key": key})
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json()["id"] == again.json()["id"]
    assert Case.objects.count() == 1
    assert post(client, url(""), lead(subject), **{"Idempotency-Key": "short"}).status_code == 400
    duplicate = post(client, url(""), lead(subject))
    assert duplicate.status_code == 400
    assert duplicate.json().keys() == {"duplicates_known"}


def test_what_cannot_be_is_said_under_its_field(
    as_user, insurance_handler, insurance_registrar, subject, outsider, now
):
    client = as_user(insurance_handler)
    hidden = make_subject(outsider.region, at=now)
    assert post(client, url(""), lead(subject, subjects=[hidden.pk])).json().keys() == {"subjects"}
    assert post(client, url(""), lead(subject, categories=["nonsense"])).json().keys() == {"categories"}
    assert post(client, url(""), lead(subject, found_on="2999-01-01")).json().keys() == {"found_on"}
    assert post(client, url(""), lead(subject, facts="")).json().keys() == {"facts"}
    assert post(client, url(""), {}).status_code == 400
    assert post(as_user(insurance_registrar), url(""), lead(subject)).status_code == 403
    assert not Case.objects.exists()


def test_beginning_and_closing_ask_for_the_version(as_user, case, insurance_handler, insurance_section_head):
    client = as_user(insurance_handler)
    tag = f'"{case.version}"'
    assert post(client, url("begin/", case.pk)).status_code == 428
    assert post(client, url("begin/", case.pk), **{"If-Match": '"99"'}).status_code == 412
    assert post(client, url("begin/", case.pk), **{"If-Match": "x"}).status_code == 412
    begun = post(client, url("begin/", case.pk), **{"If-Match": tag})
    assert begun.json()["status"] == "working"
    assert post(client, url("begin/", case.pk), **{"If-Match": begun["ETag"]}).status_code == 409
    assert (
        post(client, url("close/", case.pk), {"reason": "x"}, **{"If-Match": begun["ETag"]}).status_code
        == 403
    )
    head = as_user(insurance_section_head)
    refused = post(head, url("close/", case.pk), {"reason": "x"}, **{"If-Match": begun["ETag"]})
    assert refused.status_code == 409
    assert len(refused.json()["open"]) >= 1
    assert post(head, url("close/", case.pk), {}, **{"If-Match": begun["ETag"]}).json().keys() == {"reason"}


def test_a_partner_reads_but_does_not_begin(as_user, case, insurance_handler, health_handler, now):
    grant_department(
        case=case,
        department=health_handler.department,
        cause=GrantCause.REFERRAL,
        by=insurance_handler,
        at=now,
    )
    client = as_user(health_handler)
    assert client.get(url("", case.pk)).json()["facts"] == case.summary
    assert post(client, url("begin/", case.pk), **{"If-Match": '"1"'}).status_code == 403


def test_nobody_signed_out_and_no_administrator(client, as_user, system_admin, case):
    assert client.get(url("")).status_code in (401, 403)
    assert as_user(system_admin).get(url("")).status_code == 403
