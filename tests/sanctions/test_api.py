"""The API of sanctions: the doors, rules, forms and refusals of the pages, once under its key."""

import pytest
import time_machine

from departments.enums import Role
from sanctions.actions import lists
from sanctions.actions.bulk_sending import send_out
from sanctions.models import AppliedMeasure, Hearing, ListEntry, Sanction
from tests.factories import sanctions as made
from tests.factories.cases import make_subject, pdf


@pytest.fixture
def call(client, now):
    """`call(user, "post", "sanctions/1/review/", {...}, version=1, key="…")` as JSON."""

    def send(user, method, path, data=None, version=None, key="", files=False):
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        headers = {"If-Match": f'"{version}"'} if version else {}
        headers |= {"Idempotency-Key": key} if key else {}
        kind = {} if method == "get" or files else {"content_type": "application/json"}
        with time_machine.travel(now, tick=False):
            return getattr(client, method)(f"/api/v1/{path}", data or {}, **kind, headers=headers)

    return send


def at(thing):
    return type(thing).objects.get(pk=thing.pk).version


def test_every_step_can_be_taken_by_a_call(members, insurance, health, outsider, now, call):
    case = made.decided_case(insurance, at=now)
    handler, chief = made.somebody(insurance, Role.HANDLER), made.somebody(insurance, Role.SECTION_HEAD)
    deputy = made.somebody(insurance, Role.DEPUTY_HEAD)
    body = {
        "case": case.pk, "subject": case.subjects.get().pk, "ground": "decision", "strand": case.strands.get().pk,
        "decided_on": "2026-11-16", "facts": "分解住院。", "basis": "条例第四十条",
        "measures": [made.measure("health-grading").pk],
    }  # fmt: skip
    assert call(outsider, "post", "sanctions/", body).status_code == 400  # no such case for them
    assert call(handler, "post", "sanctions/", body | {"case": "x"}).status_code == 400
    assert "facts" in call(handler, "post", "sanctions/", body | {"facts": " "}).json()
    assert "strand" in call(handler, "post", "sanctions/", body | {"strand": None}).json()
    key = "k" * 20
    first = call(handler, "post", "sanctions/", body, key=key)
    assert first.status_code == 201
    assert call(handler, "post", "sanctions/", body, key=key).json() == first.json()
    sanction = Sanction.objects.get()  # once
    path = f"sanctions/{sanction.pk}/"
    assert call(outsider, "get", path).status_code == 404
    changed = body | {"facts": "分解住院10人次。"}
    assert call(chief, "post", path + "edit/", changed, version=at(sanction)).status_code == 403
    assert (
        "facts" in call(handler, "post", path + "edit/", changed | {"facts": ""}, version=at(sanction)).json()
    )
    edited = call(handler, "post", path + "edit/", changed, version=at(sanction))
    assert edited.json()["facts"] == "分解住院10人次。"
    assert call(chief, "post", path + "review/").status_code == 428
    assert call(chief, "post", path + "review/", version=99).status_code == 412
    assert call(handler, "post", path + "review/", version=at(sanction)).status_code == 403
    assert call(chief, "post", path + "review/", version=at(sanction)).status_code == 200
    early = call(deputy, "post", path + "determine/", {"findings": "认定"}, version=at(sanction))
    assert early.status_code == 403  # nobody was heard
    notice = {"intended": "拟认定失信。", "days": 5}
    assert (
        "days"
        in call(handler, "post", path + "draft-notice/", notice | {"days": 1}, version=at(sanction)).json()
    )
    assert call(handler, "post", path + "draft-notice/", notice, version=at(sanction)).status_code == 200
    hearing = Hearing.objects.get()
    heard = f"sanction-hearings/{hearing.pk}/"
    assert call(chief, "post", heard + "sign-notice/", version=at(hearing)).status_code == 200
    served = {"served_on": "2026-11-16", "served_how": "邮寄"}
    assert (
        call(handler, "post", heard + "serve-notice/", served, version=at(hearing)).json()["due_on"]
        == "2026-11-23"
    )
    waiver = {"outcome": "waived", "said_on": "2026-11-16", "scan": pdf("放弃.pdf")}
    assert (
        call(
            handler, "post", heard + "record-statement/", waiver, version=at(hearing), files=True
        ).status_code
        == 200
    )
    assert (
        call(
            handler, "post", heard + "answer-statement/", {"answer": "已放弃"}, version=at(hearing)
        ).status_code
        == 200
    )
    decided = call(deputy, "post", path + "determine/", {"findings": "认定失信。"}, version=at(sanction))
    assert decided.json()["status"] == "decided"
    send_out(now)
    worker, chief_there = made.somebody(health, Role.HANDLER), made.somebody(health, Role.DEPUTY_HEAD)
    task = made.task_of(sanction, health)
    listed = call(worker, "get", f"sanction-tasks/?status=issued&sanction={sanction.pk}").json()["results"]
    assert [row["id"] for row in listed] == [task.pk]
    own = f"sanction-tasks/{task.pk}/"
    assert call(worker, "post", own + "acknowledge/", version=at(task)).json()["person"] == worker.pk
    foreign = {"measure": made.measure("suspend-designation").pk, "amount": 6, "unit": "month"}
    assert "measure" in call(worker, "post", own + "add-measure/", foreign, version=at(task)).json()
    good = {"measure": made.measure("health-grading").pk, "amount": 12, "unit": "month"}
    assert call(worker, "post", own + "add-measure/", good, version=at(task)).status_code == 200
    assert call(chief_there, "post", own + "decide/", version=at(task)).json()["status"] == "decided"
    applied = AppliedMeasure.objects.get()
    assert (
        call(worker, "get", f"sanction-measures/?task={task.pk}").json()["results"][0]["until"]
        == "2027-11-16"
    )
    proof = {"executed_on": "2026-11-16", "execution": "已执行", "proof": pdf("佐证.pdf")}
    done = call(
        worker, "post", f"sanction-measures/{applied.pk}/execute/", proof, version=at(applied), files=True
    )
    assert done.json()["status"] == "executed"
    assert (
        call(worker, "post", own + "feed-back/", {"feedback": "已执行"}, version=at(task)).json()["status"]
        == "fed_back"
    )


def test_no_person_is_named_in_a_reason(members, insurance, health_handler, now, call):
    person = make_subject(insurance.region, name="王大明", kind="insured", at=now)
    entry = made.proposed_entry(insurance, at=now, subject=person, reason="王大明骗取待遇")
    lists.approve_entry(entry=entry, by=made.somebody(insurance, Role.HEAD), at=now)
    ListEntry.objects.filter(pk=entry.pk).update(
        status="removed", ended_at=now, ended_by=entry.approved_by, end_reason="王大明已退回"
    )
    row = call(health_handler, "get", f"list-entries/{entry.pk}/").json()
    assert "骗取待遇" in row["reason"] and "已退回" in row["end_reason"]
    assert "王大明" not in str(row)


def test_lists_and_bars_are_read_and_proposed(members, insurance, health_handler, now, call):
    sanction = made.in_force(insurance, at=now, codes=("cancel-designation",))
    made.decided(sanction, insurance, "cancel-designation", at=now)
    found = call(health_handler, "get", f"sanction-bars/?subject={sanction.subject_id}").json()["results"]
    assert [(row["since"], row["until"]) for row in found] == [("2026-11-16", "2029-11-16")]
    assert call(health_handler, "get", "sanction-bars/?subject=x").json()["results"] == found
    handler = made.somebody(insurance, Role.HANDLER)
    body = {
        "subject": sanction.subject_id,
        "kind": "black",
        "reason": "骗保",
        "basis": "机制",
        "amount": 1,
        "unit": "year",
    }
    assert call(health_handler, "post", "list-entries/", body).status_code == 403
    assert call(handler, "post", "list-entries/", body | {"subject": 0}).status_code == 404
    assert call(handler, "post", "list-entries/", body | {"kind": "permanent"}).status_code == 400
    assert "sanction" in call(handler, "post", "list-entries/", body).json()
    body["sanction"] = sanction.pk
    assert call(handler, "post", "list-entries/", body).status_code == 201
    entry = ListEntry.objects.get()
    deputy = made.somebody(insurance, Role.DEPUTY_HEAD)
    path = f"list-entries/{entry.pk}/approve-entry/"
    assert call(deputy, "post", path, version=at(entry)).json()["until"] == "2027-11-16"
    assert (
        call(deputy, "get", "list-entries/?kind=black&status=listed").json()["results"][0]["id"] == entry.pk
    )
    assert (
        call(deputy, "get", "measure-catalogue/?function=finance").json()["results"][0]["code"]
        == "fund-performance"
    )
    assert call(deputy, "get", "sanctions/?status=in_force").json()["results"][0]["id"] == sanction.pk
    assert (
        call(deputy, "get", f"sanction-hearings/?sanction={sanction.pk}").json()["results"][0]["status"]
        == "answered"
    )
    assert call(deputy, "get", "sanction-hearings/?sanction=x").status_code == 200
    assert call(deputy, "get", "sanction-measures/?task=x").status_code == 200


def test_four_eyes_are_written_down_after_everything_was_taken_back(insurance, now, call):
    from journal.models import Event

    sanction = made.heard(insurance, at=now)
    lone = made.person("cf9998", "双职", insurance, Role.DEPUTY_HEAD)
    Sanction.objects.filter(pk=sanction.pk).update(reviewed_by=lone)
    refused = call(
        lone, "post", f"sanctions/{sanction.pk}/determine/", {"findings": "认定"}, version=at(sanction)
    )
    assert refused.status_code == 403
    assert Event.objects.filter(verb="journal.refused", target_id=sanction.pk).count() == 1
