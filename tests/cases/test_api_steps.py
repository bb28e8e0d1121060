"""What the API does with a case as a whole, its people and its remarks: the pages' rules, forms and actions."""

import pytest

from cases.actions.access import grant_department
from cases.actions.progress import close_case
from cases.enums import GrantCause, StrandStatus
from cases.models import Case, GrantRecord, Note, Strand, Subject
from departments.models import Category
from journal.models import Event
from tests.cases.test_api import lead, post, url
from tests.factories.cases import make_subject, resident_id, uscc

pytestmark = pytest.mark.django_db


def match(thing):
    thing.refresh_from_db()
    return {"If-Match": f'"{thing.version}"'}


def over(case, at):
    Strand.objects.filter(case=case).update(status=StrandStatus.WITHDRAWN, ended_at=at)


def test_a_case_is_decided_only_when_every_part_is(as_user, case, insurance_handler, now):
    client = as_user(insurance_handler)
    post(client, url("begin/", case.pk), **match(case))
    refused = post(client, url("decide/", case.pk), **match(case))
    assert (refused.status_code, len(refused.json()["open"])) == (409, 1)
    over(case, now)
    assert post(client, url("decide/", case.pk), **match(case)).json()["status"] == "decided"
    assert post(client, url("decide/", case.pk), **match(case)).status_code == 409


def test_reopening_asks_for_a_reason_and_a_leader(
    as_user, case, insurance_handler, insurance_deputy_head, now
):
    head = as_user(insurance_deputy_head)
    assert post(head, url("reopen/", case.pk), {"reason": "新证据"}, **match(case)).status_code == 409
    from deadlines.models import Deadline

    over(case, now)
    Deadline.objects.filter(case_id=case.pk).update(status="cancelled", ended_at=now, next_at=None)
    close_case(case=case, reason="办结", by=insurance_deputy_head, at=now)
    assert post(head, url("reopen/", case.pk), **match(case)).json().keys() == {"reason"}
    assert post(head, url("reopen/", case.pk), {"reason": "新证据"}).status_code == 428
    said = post(head, url("reopen/", case.pk), {"reason": "新证据"}, **match(case))
    assert (said.status_code, said.json()["status"]) == (200, "working")
    assert (
        post(as_user(insurance_handler), url("reopen/", case.pk), {"reason": "x"}, **match(case)).status_code
        == 403
    )


def test_editing_changes_what_is_sent_and_keeps_the_rest(
    as_user, case, insurance_handler, health_handler, now
):
    client, facts = as_user(insurance_handler), case.summary
    other = Category.objects.order_by("order")[3]
    sent = {"title": "改名", "categories": [other.code], "major": True}
    said = post(client, url("edit/", case.pk), sent, **match(case)).json()
    assert (said["title"], said["categories"], said["major"], said["facts"]) == (
        "改名",
        [other.code],
        True,
        facts,
    )
    edit = url("edit/", case.pk)
    assert post(client, edit, {"facts": " "}, **match(case)).json().keys() == {"facts"}
    assert post(client, edit, {"title": {"a": 1}}, **match(case)).json().keys() == {"title"}
    assert post(client, edit, {"categories": ["nonsense"]}, **match(case)).json().keys() == {"categories"}
    assert post(client, edit, {"categories": "x"}, **match(case)).json().keys() == {"categories"}
    assert post(client, edit, [1], **match(case)).json().keys() == {"non_field_errors"}
    assert post(client, edit, {"found_on": "2999-01-01"}, **match(case)).json().keys() == {"found_on"}
    assert post(client, edit, {"title": "x"}, **{"If-Match": '"1"'}).status_code == 412
    assert post(client, edit, {"title": "x"}).status_code == 428
    assert post(as_user(health_handler), edit, {"title": "x"}, **match(case)).status_code == 404
    case.refresh_from_db()
    assert case.title == "改名"


def test_a_step_sent_twice_under_a_key_is_taken_once(as_user, case, insurance_handler):
    client, key = as_user(insurance_handler), {"Idempotency-Key": "e" * 20, **match(case)}
    count = Event.objects.filter(verb="case.edited").count()
    first = post(client, url("edit/", case.pk), {"title": "一次"}, **key)
    again = post(client, url("edit/", case.pk), {"title": "一次"}, **key)
    assert (first.status_code, again.status_code) == (200, 200)
    assert Event.objects.filter(verb="case.edited").count() == count + 1
    other = post(client, url("begin/", case.pk), **{**match(case), "Idempotency-Key": "e" * 20})
    assert other.status_code == 409


def test_restricting_and_lifting(
    as_user, case, insurance_handler, insurance_handler_2, insurance_section_head
):
    colleague = as_user(insurance_handler_2)
    assert post(colleague, url("restrict/", case.pk), {"reason": "x"}, **match(case)).status_code == 403
    client = as_user(insurance_handler)
    assert post(client, url("restrict/", case.pk), {}, **match(case)).json().keys() == {"reason"}
    said = post(client, url("restrict/", case.pk), {"reason": "涉内部人员"}, **match(case)).json()
    assert said["restricted"] is True
    assert as_user(insurance_section_head).get(url("", case.pk)).status_code == 404
    client = as_user(insurance_handler)
    assert post(client, url("restrict/", case.pk), {"reason": "x"}, **match(case)).status_code == 409
    assert (
        post(client, url("lift/", case.pk), {"reason": "已核实"}, **match(case)).json()["restricted"] is False
    )
    assert post(client, url("lift/", case.pk), {"reason": "x"}, **match(case)).status_code == 409


def test_people_are_named_and_taken_off(
    as_user, case, insurance_handler, insurance_handler_2, health_handler
):
    client, people = as_user(insurance_handler), url("people/", case.pk)
    given = {"user": insurance_handler_2.pk, "permission": "work_case", "reason": "协办"}
    assert post(client, people, {**given, "user": health_handler.pk}).json().keys() == {"user"}
    assert post(client, people, {**given, "permission": "summary_case"}).json().keys() == {"permission"}
    named = post(client, people, given)
    assert (named.status_code, named.json()["name"]) == (201, insurance_handler_2.name)
    assert post(client, people, given).status_code == 409
    assert [row["user"] for row in client.get(people).json()] == [insurance_handler_2.pk]
    end = f"/api/v1/named/{named.json()['id']}/end/"
    assert post(as_user(insurance_handler_2), end, {"reason": "x"}).status_code == 403
    assert post(as_user(health_handler), end, {"reason": "x"}).status_code == 404
    client = as_user(insurance_handler)
    assert post(client, end, {}).json().keys() == {"reason"}
    key = {"Idempotency-Key": "e" * 20}
    assert post(client, end, {"reason": "已完成"}, **key).status_code == 204
    assert GrantRecord.objects.get(pk=named.json()["id"]).ended_by == insurance_handler
    assert post(client, end, {"reason": "已完成"}, **key).status_code == 204
    assert post(client, end, {"reason": "x"}).status_code == 409
    handles = GrantRecord.objects.get(
        case=case, user=insurance_handler, cause=GrantCause.ASSIGNED, cause_kind="strand"
    )
    assert post(client, f"/api/v1/named/{handles.pk}/end/", {"reason": "x"}).status_code == 409


def test_remarks_are_read_by_whom_they_are_for(as_user, case, insurance_handler, insurance_handler_2):
    client, notes = as_user(insurance_handler), url("notes/", case.pk)
    key = {"Idempotency-Key": "n" * 20}
    first = post(client, notes, {"text": "给自己", "audience": "personal"}, **key)
    again = post(client, notes, {"text": "给自己", "audience": "personal"}, **key)
    assert (first.status_code, again.status_code, Note.objects.count()) == (201, 200, 1)
    assert first.json()["id"] == again.json()["id"]
    assert post(client, notes, {"text": "给大家", "audience": "shared"}).status_code == 201
    assert post(client, notes, {"text": "", "audience": "shared"}).json().keys() == {"text"}
    assert post(client, notes, {"text": "x", "audience": "x"}).json().keys() == {"audience"}
    assert [row["text"] for row in client.get(notes).json()] == ["给自己", "给大家"]
    assert [row["text"] for row in as_user(insurance_handler_2).get(notes).json()] == ["给大家"]


def test_the_record_is_read_in_pages_and_not_by_the_office(
    as_user, office_coordinator, case, insurance_handler
):
    client = as_user(insurance_handler)
    lines = client.get(url("timeline/", case.pk)).json()
    assert "case.registered" in {line["verb"] for line in lines}
    older = client.get(url("timeline/", case.pk), {"before": lines[0]["id"]}).json()
    assert [line["id"] for line in older] == [line["id"] for line in lines[1:]]
    assert as_user(office_coordinator).get(url("timeline/", case.pk)).status_code == 403
    assert as_user(office_coordinator).get(url("notes/", case.pk)).status_code == 403


def test_the_list_leaves_as_a_file_and_the_record_says_so(as_user, case, insurance_handler, finance_handler):
    sent = as_user(insurance_handler).post(url("export/") + "?q=" + case.number[:4])
    assert (sent.status_code, sent.content[:2]) == (200, b"PK")
    assert Event.objects.filter(verb="registry.exported").latest("pk").params["rows"] == 1
    as_user(finance_handler).post(url("export/"))
    assert Event.objects.filter(verb="registry.exported").latest("pk").params["rows"] == 0
    assert as_user(insurance_handler).post(url("export/") + "?sort=x").status_code == 400


def test_a_person_is_entered_with_the_lead(as_user, insurance_handler, health_handler, subject, now):
    client = as_user(insurance_handler)
    new = {"kind": "insured", "name": "张三", "id_number": resident_id()}
    made = post(client, url(""), lead(subject, new_subject=new))
    assert made.status_code == 201
    person = made.json()["subjects"][1]
    assert (person["name"], person["principal"]) == ("张三", False)
    count = Subject.objects.count()
    wrong = post(client, url(""), lead(subject, new_subject={**new, "id_number": "1"}, duplicates_known=True))
    assert wrong.json().keys() == {"new_subject.id_number"}
    assert (Subject.objects.count(), Case.objects.count()) == (count, 1)
    wrong = post(
        client, url(""), lead(subject, new_subject={**new, "id_number": resident_id()}, categories=[])
    )
    assert wrong.json().keys() == {"categories"}
    assert Subject.objects.count() == count  # nothing half-written


def test_subjects_are_found_entered_and_edited(
    as_user, insurance_handler, insurance_registrar, outsider, county, now
):
    client, subjects = as_user(insurance_handler), "/api/v1/subjects/"
    given = {"kind": "pharmacy", "name": "康民大药房", "uscc": uscc(), "public": False}
    made = post(client, subjects, given, **{"Idempotency-Key": "s" * 20})
    again = post(client, subjects, given, **{"Idempotency-Key": "s" * 20})
    assert (made.status_code, again.status_code, made.json()["public"]) == (201, 200, False)
    assert post(client, subjects, given).json().keys() == {"uscc"}
    assert post(client, subjects, {**given, "uscc": "91" * 9}).json().keys() == {"uscc"}
    assert post(client, subjects, {**given, "kind": "insured"}).json().keys() == {"kind"}
    assert post(as_user(insurance_registrar), subjects, given).status_code == 403
    client = as_user(insurance_handler)
    make_subject(county, at=now)
    assert [row["name"] for row in client.get(subjects, {"q": "康民"}).json()["results"]] == ["康民大药房"]
    assert client.get(subjects, {"kind": "supplier"}).json()["results"] == []
    assert client.get(subjects, {"kind": "x"}).json().keys() == {"kind"}
    edit = f"{subjects}{made.json()['id']}/edit/"
    said = post(client, edit, {"address": "城关镇"}, **{"If-Match": '"1"'}).json()
    assert (said["address"], said["name"], said["public"], said["version"]) == (
        "城关镇",
        "康民大药房",
        False,
        2,
    )
    assert post(client, edit, {"address": "x"}, **{"If-Match": '"1"'}).status_code == 412
    assert post(client, edit, {"name": " "}, **{"If-Match": '"2"'}).json().keys() == {"name"}
    assert post(client, edit, {"address": "x"}).status_code == 428
    assert (
        post(as_user(insurance_registrar), edit, {"address": "x"}, **{"If-Match": '"2"'}).status_code == 403
    )
    assert as_user(outsider).get(f"{subjects}{made.json()['id']}/").status_code == 404


def test_lists_cost_the_same_for_one_row_and_three(
    as_user,
    case,
    insurance_handler,
    insurance_handler_2,
    health_handler,
    django_assert_num_queries,
    now,
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from cases.actions.evidence import add_evidence
    from cases.actions.money import enter_money
    from cases.actions.notes import add_note
    from cases.actions.strands import open_strand
    from tests.factories.cases import pdf

    def more(number):
        add_evidence(case=case, upload=pdf(f"{number}.pdf"), by=insurance_handler, at=now)
        enter_money(
            case=case, kind="verified", amount=1, happened_on=now.date(), by=insurance_handler, at=now
        )
        add_note(case=case, text="x", audience="shared", by=insurance_handler, at=now)

    def asked(name):
        client.get(url(f"{name}/", case.pk))  # what is kept between calls is there
        with CaptureQueriesContext(
            connection,
        ) as seen:
            rows = client.get(url(f"{name}/", case.pk)).json()
        return len(rows), len(seen)

    more(1)
    client, names = as_user(insurance_handler), ("evidence", "money", "notes", "strands")
    few = {name: asked(name) for name in names}
    more(2)
    more(3)
    open_strand(case=case, department=health_handler.department, by=insurance_handler, at=now)
    many = {name: asked(name) for name in names}
    assert all(many[name][0] > few[name][0] and many[name][1] == few[name][1] for name in names), (few, many)
    assert max(queries for _rows, queries in many.values()) <= 6, many


def test_a_partner_reads_but_does_not_step(as_user, case, insurance_handler, health_handler, now):
    grant_department(
        case=case,
        department=health_handler.department,
        cause=GrantCause.REFERRAL,
        by=insurance_handler,
        at=now,
    )
    client = as_user(health_handler)
    for step in ("decide", "reopen", "edit", "restrict", "lift"):
        assert post(client, url(f"{step}/", case.pk), {"reason": "x"}, **match(case)).status_code == 403
    assert client.get(url("evidence/", case.pk)).json() == []
    assert post(client, url("money/", case.pk), {}).status_code == 403
