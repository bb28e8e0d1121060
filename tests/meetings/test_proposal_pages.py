"""The pages of proposals as people click them, who may do what, and the same through the API."""

import datetime as dt
import json

import pytest
import time_machine
from django.urls import reverse

from core.refusals import BadInput
from meetings import rules_proposals as rules
from meetings.actions.agenda import add_item, drop_item
from meetings.models import Proposal, Resolution
from tests.factories.meetings import adopted, asked, proposal, with_task
from tests.meetings.test_meeting_pages import at_once, send, url


@pytest.fixture
def sign_in(client, now):
    def as_user(user):
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    with time_machine.travel(now + dt.timedelta(hours=1), tick=False):
        yield as_user


def page_of(client, thing, tab=""):
    return client.get(thing.get_absolute_url() + (f"?tab={tab}" if tab else "")).content.decode()


WORDS = {"title": "分解住院专项核查", "analysis": "疑点较多。", "measures": "开展核查。"}


def test_a_proposal_goes_its_way_through_the_pages(
    board, planned, members, insurance_handler, insurance_handler_2, insurance_head, health_section_head,
    office_coordinator, sign_in, media,
):  # fmt: skip
    client = sign_in(office_coordinator)
    page = client.get(reverse("meetings:new_proposal"))
    assert "analysis" in page.context["form"].initial
    assert send(client, reverse("meetings:new_proposal"), **(WORDS | {"title": ""})).status_code == 200
    assert send(client, reverse("meetings:new_proposal"), **WORDS).status_code == 302
    made = Proposal.objects.get()
    assert url("consult", made) in page_of(client, made)
    assert send(client, url("edit_proposal", made), **(WORDS | {"analysis": " "})).status_code == 200
    assert send(client, url("edit_proposal", made), **(WORDS | {"analysis": "再分析。"})).status_code == 302
    assert "疑点较多。" in page_of(client, made, "texts") and "再分析。" in page_of(client, made)
    assert "<table" not in page_of(client, made, "opinions")  # nobody was asked yet
    assert send(client, url("consult", made), until="2026-11-16").status_code == 200
    assert send(client, url("consult", made), until="2026-11-20").status_code == 302

    sign_in(health_section_head)
    home = client.get("/").content.decode()
    assert url("opinion", made) in home
    form = client.get(url("opinion", made)).content.decode()
    assert "再分析。" in form and "开展核查。" in form
    refused = send(client, url("opinion", made), kind="objected", words="")
    assert refused.status_code == 200 and list(refused.context["form"].errors) == ["words"]
    said = {"kind": "objected", "words": "抽查面过大"}
    assert send(client, url("opinion", made), **said).status_code == 302
    assert client.get(url("opinion", made)).status_code == 403
    assert "抽查面过大" in page_of(client, made, "opinions")

    sign_in(office_coordinator)
    assert send(client, url("adopt", made)).status_code == 200  # the sentence says who is missing
    made.refresh_from_db()
    assert made.status == "consulting"
    assert send(client, url("bring", made), meeting=str(planned.pk)).status_code == 302
    assert send(client, url("bring", made), meeting=str(planned.pk)).status_code == 200
    assert url("revise", made) not in page_of(client, made)  # its words stay while it stands on the agenda
    assert client.get(url("revise", made)).status_code == 403
    item = planned.items.get(target_kind="proposal", target_id=made.pk)
    assert send(client, url("drop", item), reason="再改").status_code == 302
    assert send(client, url("revise", made), reason="缩小抽查面").status_code == 302
    Proposal.objects.filter(pk=made.pk).update(
        status="adopted", adopted_by=office_coordinator, adopted_at=dt.datetime.now(dt.UTC)
    )
    assert url("add_task", made) in page_of(client, made)
    task = {"text": "移交疑点清单", "person": str(insurance_handler.post.pk), "due_on": "2026-12-16"}
    assert send(client, url("add_task", made), **(task | {"due_on": "2026-11-01"})).status_code == 200
    assert send(client, url("add_task", made), **task).status_code == 302
    assert send(client, url("add_task", made), **(task | {"text": "抽查病历"})).status_code == 302
    extra = Resolution.objects.get(number=2)
    assert url("drop_task", extra) in page_of(client, made, "tasks")
    assert at_once(client, url("drop_task", extra)).status_code == 302
    assert url("drop_task", extra) not in page_of(client, made, "tasks")

    sign_in(insurance_head)
    assert send(client, url("sign_deployment", made)).status_code == 302
    sign_in(office_coordinator)
    assert send(client, url("deploy", made)).status_code == 302
    made.refresh_from_db()
    assert made.document.number in page_of(client, made)
    assert "青联动办函" in client.get(reverse("meetings:proposals")).content.decode()
    sign_in(insurance_handler)
    own = Resolution.objects.get(number=1)
    assert own.get_absolute_url() in client.get("/").content.decode()
    assert made.get_absolute_url() in client.get(own.get_absolute_url()).content.decode()
    for tab in ("text", "opinions", "tasks", "texts", "history", "nonsense"):
        assert client.get(made.get_absolute_url(), {"tab": tab}).status_code == 200


def test_a_draft_is_withdrawn_and_the_list_has_its_tabs(board, office_coordinator, sign_in, now):
    made = proposal(board, at=now)
    client = sign_in(office_coordinator)
    assert send(client, url("withdraw_proposal", made), reason="上级另有部署").status_code == 302
    assert "上级另有部署" in page_of(client, made)
    for tab in ("mine", "all", "draft", "consulting", "adopted", "deployed", "withdrawn", "nonsense"):
        page = client.get(reverse("meetings:proposals"), {"tab": tab})
        assert len(page.context["rows"]) == (1 if tab in ("all", "withdrawn", "nonsense") else 0), tab


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same_for_one_and_three(
    number, board, insurance_handler, office_coordinator, sign_in, now, django_assert_max_num_queries
):
    for _place in range(number):
        with_task(asked(board, at=now), insurance_handler, at=now)
    client = sign_in(office_coordinator)
    client.get(reverse("meetings:proposals"))
    with django_assert_max_num_queries(14):
        page = client.get(reverse("meetings:proposals"))
    assert len(page.context["rows"]) == number
    assert [(row.said, row.begun, row.finished) for row, _lamp in page.context["rows"]] == [
        (0, 0, 0)
    ] * number
    assert all(lamp is not None for _row, lamp in page.context["rows"])


def test_the_list_turns_pages_and_counts_what_was_said(
    board, members, insurance_handler, office_coordinator, sign_in, now, monkeypatch
):
    from meetings.views import proposals

    monkeypatch.setattr(proposals, "PAGE", 2)
    rows = [asked(board, at=now), proposal(board, at=now), adopted(board, at=now)]
    client = sign_in(office_coordinator)
    first = client.get(reverse("meetings:proposals"))
    assert [row.pk for row, _lamp in first.context["rows"]] == [rows[2].pk, rows[1].pk]
    assert [row.said for row, _lamp in first.context["rows"]] == [6, 0]
    second = client.get(reverse("meetings:proposals") + "?" + first.context["page"]["next_query"])
    assert [row.pk for row, _lamp in second.context["rows"]] == [rows[0].pk]


def test_a_department_sees_what_it_was_asked_and_its_own_lamp(
    board, health, health_section_head, outsider, sign_in, now
):
    own, sent = proposal(board, at=now), asked(board, at=now)
    client = sign_in(health_section_head)
    page = client.get(reverse("meetings:proposals"))
    assert [row.pk for row, _lamp in page.context["rows"]] == [sent.pk]
    assert client.get(own.get_absolute_url()).status_code == 404
    sign_in(outsider)
    assert client.get(sent.get_absolute_url()).status_code == 404


# -- who may do what: every allowed (post, state, action) ------------------------------------------------------------

ACTIONS = (
    "edit",
    "consult",
    "give_opinion",
    "revise",
    "adopt",
    "bring",
    "add_task",
    "sign",
    "deploy",
    "withdraw",
    "return",
    "submit",
    "enter_opinion",
    "bring_withdrawal",
)
OFFICE, SIGNERS = "office_coordinator", ("insurance_deputy_head", "insurance_head", "office_head")
OPINION = (
    "insurance_section_head", "insurance_deputy_head", "insurance_head", "health_section_head", "health_deputy_head",
    "health_head",
)  # fmt: skip
PEOPLE = (
    OFFICE, "office_head", "county_leader", *OPINION, "health_handler", "health_registrar", "insurance_handler",
    "outsider", "system_admin",
)  # fmt: skip
ALLOWED = {
    ("draft", False): {(OFFICE, each) for each in ("edit", "consult", "add_task", "withdraw")},
    ("consulting", False): {(OFFICE, each) for each in ("revise", "adopt", "bring", "add_task", "withdraw")}
    | {(who, "give_opinion") for who in OPINION},
    ("adopted", False): {
        *((OFFICE, each) for each in ("add_task", "withdraw", "bring_withdrawal")),
        *((who, each) for who in SIGNERS for each in ("sign", "return")),
    },
    ("adopted", True): {
        *((OFFICE, each) for each in ("add_task", "deploy", "withdraw", "bring_withdrawal")),
        *((who, "return") for who in SIGNERS),
    },
    ("returned", False): {(OFFICE, each) for each in ("add_task", "submit", "withdraw", "bring_withdrawal")},
    ("deployed", True): set(),
    ("withdrawn", False): set(),
}


@pytest.mark.parametrize(("status", "signed"), ALLOWED)
def test_every_allowed_post_state_and_action(board, members, request, now, status, signed):
    people = {who: request.getfixturevalue(who) for who in PEOPLE}
    made = asked(board, at=now)
    made.status, made.signed_at = status, now if signed else None
    found = {
        (who, name)
        for who, user in people.items()
        for name in ACTIONS
        if getattr(rules, f"can_{name}")(user, made)
    }
    assert found == ALLOWED[status, signed]


def test_a_task_is_taken_out_by_the_office_while_it_is_drafted(
    board, insurance_handler, insurance_head, office_coordinator, now
):
    task = (
        with_task(proposal(board, at=now), insurance_handler, at=now).tasks.select_related("deployment").get()
    )
    assert rules.can_drop_task(office_coordinator, task)
    assert not rules.can_drop_task(insurance_head, task) and not rules.can_drop_task(insurance_handler, task)
    task.status = "open"
    assert not rules.can_drop_task(office_coordinator, task)


def test_who_has_answered_is_not_asked_again(board, health, health_head, now):
    from meetings.actions.proposals import give_opinion

    made = asked(board, at=now)
    assert rules.can_give_opinion(health_head, made)
    give_opinion(proposal=made, department=health, kind="agreed", by=health_head, at=now)
    assert not rules.can_give_opinion(health_head, made)
    made.round = 2
    assert rules.can_give_opinion(health_head, made)


# -- the API ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def call(client, now):
    def send(user, method, path, data=None, version=None, **headers):
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        headers |= {"If-Match": f'"{version}"'} if version else {}
        if method == "get":
            return client.get(f"/api/v1/{path}", headers=headers)
        return client.post(
            f"/api/v1/{path}", json.dumps(data or {}), content_type="application/json", headers=headers
        )

    with time_machine.travel(now + dt.timedelta(hours=1), tick=False):
        yield send


def test_a_proposal_goes_its_way_through_the_api(
    board, planned, members, insurance, insurance_handler, insurance_head, health_section_head, outsider,
    office_coordinator, call, media,
):  # fmt: skip
    office = office_coordinator
    assert call(health_section_head, "post", "proposals/", WORDS).status_code == 403
    key = {"Idempotency-Key": "k" * 20}
    first = call(office, "post", "proposals/", WORDS, **key)
    assert first.status_code == 201
    assert call(office, "post", "proposals/", WORDS, **key).status_code == 200
    made = Proposal.objects.get()
    path = f"proposals/{made.pk}/"

    def step(user, name, data=None):
        made.refresh_from_db()
        return call(user, "post", f"{path}{name}/", data, made.version)

    assert call(office, "post", path + "consult/", {"until": "2026-11-20"}).status_code == 428
    assert call(office, "post", path + "consult/", {"until": "2026-11-20"}, 99).status_code == 412
    assert step(office, "edit", WORDS | {"title": "新题"}).json()["title"] == "新题"
    assert call(health_section_head, "get", path).status_code == 404
    assert "until" in step(office, "consult", {"until": "2026-11-01"}).json()
    assert step(office, "consult", {"until": "2026-11-20"}).json()["status"] == "consulting"
    assert call(outsider, "get", path).status_code == 404
    assert "words" in step(health_section_head, "opinion", {"kind": "objected"}).json()
    said = step(health_section_head, "opinion", {"kind": "objected", "words": "过大"}).json()["opinions"]
    assert [(row["kind"], row["words"], row["round"]) for row in said] == [("objected", "过大", 1)]
    assert step(health_section_head, "opinion", {"kind": "agreed"}).status_code == 403
    left = step(office, "adopt")
    assert left.status_code == 409 and len(left.json()["open"]) == 5
    assert "meeting" in step(office, "bring", {"meeting": 0}).json()
    assert step(office, "bring", {"meeting": planned.pk}).status_code == 200
    assert step(office, "revise", {"reason": "改"}).status_code == 403  # it stands on an agenda
    drop_item(item=planned.items.get(target_id=made.pk), reason="再改", by=office, at=dt.datetime.now(dt.UTC))
    assert step(office, "revise", {"reason": "改"}).json()["status"] == "draft"
    assert [row["id"] for row in call(office, "get", "proposals/?status=draft").json()["results"]] == [
        made.pk
    ]
    assert call(office, "get", "proposals/?status=adopted").json()["results"] == []
    Proposal.objects.filter(pk=made.pk).update(
        status="adopted", adopted_by=office, adopted_at=dt.datetime.now(dt.UTC)
    )
    task = {
        "text": "移交",
        "department": insurance.pk,
        "person": insurance_handler.pk,
        "due_on": "2026-12-16",
    }
    assert "person" in step(office, "add-task", task | {"person": outsider.pk}).json()
    for _each in range(2):
        assert step(office, "add-task", task).status_code == 200
    rows = call(office, "get", f"resolutions/?deployment={made.pk}").json()["results"]
    assert len(rows) == 2
    assert "task" in step(office, "drop-task", {"task": 0}).json()
    assert step(office, "drop-task", {"task": rows[0]["id"]}).status_code == 200
    assert step(office, "deploy").status_code == 403
    assert step(office, "sign").status_code == 403
    assert step(insurance_head, "sign").json()["signed_at"]
    assert step(office, "deploy").json()["document"]
    other = call(office, "post", "proposals/", WORDS).json()
    gone = call(office, "post", f"proposals/{other['id']}/withdraw/", {"reason": "另行"}, other["version"])
    assert gone.json()["status"] == "withdrawn"


def test_the_longest_proposal_is_brought_and_its_topic_saved_again(
    board, planned, office_coordinator, sign_in, now
):
    """Line breaks come back from a browser as two characters, and count as one."""
    long = "\n".join(["核查" * 39] * 101)[:8000]
    client = sign_in(office_coordinator)
    given = WORDS | {"analysis": long.replace("\n", "\r\n"), "measures": long.replace("\n", "\r\n")}
    assert send(client, reverse("meetings:new_proposal"), **given).status_code == 302
    made = Proposal.objects.get()
    assert (made.analysis, made.measures) == (long, long)
    assert send(client, url("edit_proposal", made), **(given | {"title": "改名"})).status_code == 302
    assert send(client, url("consult", made), until="2026-11-20").status_code == 302
    assert send(client, url("bring", made), meeting=str(planned.pk)).status_code == 302
    item = planned.items.get(target_kind="proposal")
    words = item.text.replace("\n", "\r\n")
    assert send(client, url("edit_item", item), title="审议改后的题目", text=words).status_code == 302
    item.refresh_from_db()
    assert (item.title, item.text) == ("审议改后的题目", f"{long}\n{long}")
    more = send(client, url("edit_item", item), title="审议", text=words + "长")
    assert more.status_code == 200 and list(more.context["form"].errors) == ["text"]


def test_what_is_too_long_is_refused_with_a_sentence(board, planned, office_coordinator, now):
    by = {"by": office_coordinator, "at": now}
    with pytest.raises(BadInput) as refused:
        proposal(board, at=now, measures="长" * 8001)
    assert list(refused.value.faults) == ["measures"] and "8001" in str(refused.value)
    with pytest.raises(BadInput) as refused:
        add_item(meeting=planned, kind="problem", title="题", text="长" * 16002, **by)
    assert refused.value.field == "text"
    item = add_item(meeting=planned, kind="problem", title="题", text="甲\r\n乙", **by)
    assert item.text == "甲\n乙"
