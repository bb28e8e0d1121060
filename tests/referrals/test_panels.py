"""What the room adds to the case page, the workbench, the side navigation and the API."""

import datetime as dt
import json

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core import registry
from core.refusals import StillOpen
from core.tally import tally
from deadlines.models import Deadline
from departments.actions.people import end_post
from departments.models import User
from referrals import panels, rules, workbench
from referrals.actions.extensions import ask_extension
from referrals.models import Dispatch, Referral, Reply
from tests.factories.referrals import answer, make_dispatch, make_need, make_reply

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def now():
    """Lamps and the API read the clock themselves: these tests live now."""
    return timezone.now()


# --- the case page ----------------------------------------------------------------------------------------------
def test_the_panel_shows_each_side_its_letters_with_the_four_steps(
    letter, dispatch, insurance_handler, health_handler, office_coordinator
):
    referral = letter("accepted")
    mine = panels.letters(referral.case, insurance_handler)
    assert [to for _paper, to in mine["papers"]] == ["县卫健局"]
    assert [step.state for step in mine["rows"][0]["steps"]] == ["ok", "ok", "blue", ""]
    assert (mine["rows"][0]["lamp"].color, mine["rows"][0]["offer"].code) == ("g", "chase")
    assert mine["new_url"] == reverse("referrals:new", args=[referral.case.pk])
    theirs = panels.letters(referral.case, health_handler)
    assert (theirs["papers"], theirs["rows"][0]["offer"].code, theirs["rows"][0]["incoming"]) == ([], "reply", True)
    office = panels.letters(referral.case, office_coordinator)
    assert [(row["readable"], row["offer"]) for row in office["rows"]] == [(False, None)]


STATES = {
    "sent": ["ok", "wait", "", ""],
    "received": ["ok", "ok", "wait", ""],
    "accepted": ["ok", "ok", "blue", ""],
    "returned": ["ok", "ok", "bad"],
    "answered": ["ok", "ok", "ok", "ok"],
    "closed": ["ok", "ok", "ok", "ok"],
    "withdrawn": ["ok", "bad"],
}


@pytest.mark.parametrize("status", STATES)
def test_the_track_tells_how_far_a_letter_has_come(status, letter, insurance_handler):
    referral = letter(status)
    row = panels.letters(referral.case, insurance_handler)["rows"][0]
    assert [step.state for step in row["steps"]] == STATES[status]
    client = Client()
    client.force_login(insurance_handler, BACKEND)
    assert client.get(reverse("cases:detail", args=[referral.case.pk])).status_code == 200


def test_the_next_step_of_the_requester_is_the_notice_that_is_due(case, receiver, insurance_handler, health_handler, now):
    make_need(case, receiver, by=insurance_handler, at=now)
    step = panels.next_paper(case, insurance_handler)
    clock = Deadline.objects.get(target_kind="dispatch")
    assert (step["due"], str(step["label"]), step["order"]) == (clock.due_on, "提交审核", 10)
    assert "县卫健局" in step["text"]
    assert panels.next_paper(case, health_handler) is None


def test_the_next_step_of_a_plain_paper_and_of_one_who_waits(case, receiver, insurance_handler, insurance_registrar, now):
    make_dispatch(case, [receiver], by=insurance_handler, at=now, status="submitted")
    assert panels.next_paper(case, insurance_handler) is None
    Dispatch.objects.update(**{"status": "draft", "submitted_at": None, "submitted_by": None})
    assert "县卫健局" in panels.next_paper(case, insurance_handler)["text"]


def test_the_next_step_of_a_letter_is_offered_to_whom_it_waits_for(
    letter, health_registrar, health_handler, health_section_head, insurance_handler, now
):
    referral = letter("sent")
    assert panels.next_letter(referral.case, health_registrar)["due"] is not None
    assert panels.next_letter(referral.case, health_handler) is None
    other = letter("accepted", kind="early", unclear="性质不明")
    make_reply(other, at=now, status="submitted")
    step = panels.next_letter(other.case, health_section_head)
    assert step["url"] == Reply.objects.get().get_absolute_url()
    assert panels.next_letter(other.case, insurance_handler) is None


def test_an_open_letter_or_draft_keeps_the_case_open_and_is_named(letter, dispatch):
    referral = letter("sent")
    found = panels.open_letters(referral.case)
    assert len(found) == 2
    assert (dispatch.department.short_name in found[0], dispatch.subject in found[0]) == (True, False)
    assert referral.number in found[1]
    assert panels.open_letters in registry.close_vetoes


def test_one_who_leaves_hands_over_letters_and_drafts_first(letter, health_handler, case, dispatch, insurance_handler, now):
    letter("accepted")
    assert len(panels.letters_in_hand(health_handler.post)) == 1
    assert len(panels.letters_in_hand(insurance_handler.post)) == 1
    with pytest.raises(StillOpen):
        end_post(post=health_handler.post, by=health_handler, at=now)


@pytest.mark.parametrize(
    ("stage", "names"),
    [("overdue", {"陈晓岚"}), ("escalated", {"陈晓岚", "何志远", "梁国栋", "蒋思远", "邓汉章"})],
)
def test_a_late_signature_concerns_the_drafter_and_at_last_the_heads_of_both(stage, names, letter, now):
    referral = letter("sent")
    deadline = Deadline.objects.get(rule_code="transfer_sign", target_id=referral.pk)
    assert {user.name for user in panels.told_when_late(deadline, stage, now)} == names


# --- the workbench ----------------------------------------------------------------------------------------------
def test_each_desk_finds_what_waits_for_it(
    case, receiver, letter, now, insurance_handler, insurance_section_head, insurance_deputy_head,
    insurance_registrar, health_registrar, health_section_head, health_handler,
):  # fmt: skip
    make_dispatch(case, [receiver], by=insurance_handler, at=now, status="submitted")
    make_dispatch(case, [receiver], by=insurance_handler, at=now, status="reviewed")
    make_dispatch(case, [receiver], by=insurance_handler, at=now, status="approved")
    make_need(case, receiver, by=insurance_handler, at=now)
    letter("sent", kind="bulletin")  # a matter is transferred once at a time
    letter("received", kind="early", unclear="性质不明")
    make_reply(letter("accepted"), at=now)
    counts = {
        user.name: tuple(tally([workbench.todo_count(user), workbench.sign_count(user)]))
        for user in (
            insurance_handler, insurance_section_head, insurance_deputy_head, insurance_registrar,
            health_registrar, health_section_head, health_handler,
        )
    }  # fmt: skip
    assert counts == {
        "陈晓岚": (1, 0), "何志远": (1, 0), "梁国栋": (2, 0), "曾小禾": (1, 0), "罗采薇": (0, 1), "彭立群": (1, 0),
        "周敏仪": (2, 0),
    }  # fmt: skip
    for user in (insurance_deputy_head, health_handler, insurance_handler):
        rows = list(workbench.todo_rows(user, 10))
        assert [len(rows)] == tally([workbench.todo_count(user)])
        assert all(row.url and row.phrase for row in rows)
    assert [row.action_url for row in workbench.sign_rows(health_registrar, 5)] == [
        reverse("referrals:referral_sign", args=[Referral.objects.get(status="sent").pk])
    ]
    assert tally([workbench.started_count(insurance_handler)]) == [3]
    assert len(list(workbench.started_rows(insurance_handler, 10))) == 3
    waiting = [workbench.transfers_waiting(insurance_deputy_head), workbench.support_waiting(insurance_handler)]
    assert tally(waiting) == [2, 1]


def test_what_is_over_is_listed_as_done(letter, support, insurance_handler, health_handler, now):
    letter("closed")
    reply = make_reply(support("accepted"), at=now)
    assert tally([workbench.done_count(insurance_handler)]) == [1]
    assert len(list(workbench.done_rows(health_handler, 5))) == 1
    assert [row.phrase for row in workbench.todo_rows(health_handler, 9)][-1].endswith(str(reply))


def test_an_extension_waits_for_the_senders_leaders(letter, health_handler, insurance_section_head, now):
    referral = letter("accepted")
    ask_extension(
        referral=referral, new_on=referral.limit_on + dt.timedelta(days=3), reason="忙", by=health_handler, at=now
    )
    assert list(workbench.waiting_letters(insurance_section_head)) == [referral]


def test_somebody_without_a_post_has_no_desk(county):
    nobody = User.objects.create_user("x1", "long-enough-1", name="无职")
    assert (workbench.todo_count(nobody), list(workbench.todo_rows(nobody, 5))) == (0, [])
    assert (workbench.transfers_waiting(nobody), workbench.support_waiting(nobody)) == (None, None)
    assert tally([workbench.started_count(nobody), workbench.sign_count(nobody)]) == [0, 0]
    assert not Referral.objects.visible_to(nobody).exists()
    assert not Dispatch.objects.visible_to(nobody).exists()
    assert not Reply.objects.visible_to(nobody).exists()


# --- who reads a restricted case's letters -------------------------------------------------------------------------
def test_in_a_restricted_case_the_letter_is_taken_in_by_registrar_and_leaders_only(
    letter, health_registrar, health_head, health_handler_2, health_handler
):
    referral = letter("received")
    type(referral.case).objects.filter(pk=referral.case.pk).update(restricted=True)
    seen = {user.name: rules.can_read(user, referral) for user in (health_registrar, health_head, health_handler_2)}
    assert seen == {"罗采薇": True, "邓汉章": True, "胡亦凡": False}
    Referral.objects.filter(pk=referral.pk).update(handler=health_handler_2)
    assert rules.can_read(health_handler_2, referral)


def test_only_what_was_sent_is_read_by_both_sides(letter, insurance_handler, health_handler, market_handler, now):
    referral = letter("accepted")
    reply = make_reply(referral, at=now)
    readers = (health_handler, insurance_handler, market_handler)
    assert [rules.can_read_paper(user, reply) for user in readers] == [True, False, False]
    Reply.objects.filter(pk=reply.pk).update(**{"status": "discarded"})
    sent = answer(referral, at=now)
    assert [rules.can_read_paper(user, sent) for user in readers] == [True, True, False]
    assert [rules.can_view(user, referral) for user in readers] == [True, True, False]
    assert referral.dispatch.manifest.model.objects.visible_to(health_handler).count() == 2
    assert sent.answers.model.objects.visible_to(market_handler).count() == 0


# --- the API -------------------------------------------------------------------------------------------------------
@pytest.fixture
def api():
    """`api(user, "post", "3/sign/", tag='"1"', reason=…)`."""

    def call(user, method="get", path="", tag=None, **body):
        client = Client()
        client.force_login(user, BACKEND)
        headers = {"If-Match": tag} if tag else {}
        more = {"data": json.dumps(body), "content_type": "application/json"} if method == "post" else {"data": body}
        return getattr(client, method)(f"/api/v1/referrals/{path}", headers=headers, **more)

    return call


def test_the_api_lists_and_filters_through_the_same_door(api, letter, health_handler, outsider, office_coordinator):
    referral = letter("accepted")
    letter("sent", kind="early", unclear="性质不明")
    assert len(api(health_handler, box="in").json()["results"]) == 2
    assert len(api(health_handler, box="in", status="sent", kind="early", case=referral.case.pk).json()["results"]) == 1
    assert api(health_handler, box="out").json()["results"] == []
    assert (api(outsider).json()["results"], api(outsider, path=f"{referral.pk}/").status_code) == ([], 404)
    office = api(office_coordinator, path=f"{referral.pk}/").json()
    assert ("facts" in office, office["number"]) == (False, referral.number)


def test_the_api_carries_a_letter_to_its_end(
    api, letter, health_registrar, health_section_head, health_handler, insurance_handler
):
    referral = letter("sent")

    def step(user, name, **body):
        tag = api(user, path=f"{referral.pk}/").headers["ETag"]
        done = api(user, "post", f"{referral.pk}/{name}/", tag, **body)
        assert done.status_code in (200, 201), done.json()
        return done.json()

    assert step(insurance_handler, "chase")["status"] == "sent"
    assert step(health_registrar, "sign")["status"] == "received"
    assert step(health_section_head, "assign", person=health_handler.pk)["handler"] == health_handler.pk
    assert step(health_handler, "accept")["status"] == "accepted"
    later = (referral.limit_on + dt.timedelta(days=5)).isoformat()
    step(health_handler, "extend", new_on=later, reason="补调病历")
    step(health_handler, "answer", text="属实")
    Reply.objects.update(**{"status": "discarded"})
    answer(Referral.objects.get(pk=referral.pk), at=timezone.now())
    assert step(insurance_handler, "redo", reason="补充", limit_on=later)["redo_count"] == 1
    answer(Referral.objects.get(pk=referral.pk), at=timezone.now())
    assert step(insurance_handler, "close")["status"] == "closed"


def test_the_api_refuses_as_the_pages_do(api, letter, health_registrar, health_section_head, insurance_handler):
    referral = letter("sent")
    path = f"{referral.pk}/sign/"
    tag = f'"{referral.version}"'
    assert api(health_registrar, "post", path).status_code == 428
    assert api(health_registrar, "post", path, '"99"').status_code == 412
    assert api(insurance_handler, "post", path, tag).status_code == 403
    assert api(insurance_handler, "post", f"{referral.pk}/withdraw/", tag).json() == {"reason": ["此项须填写。"]}
    assert api(insurance_handler, "post", f"{referral.pk}/withdraw/", tag, reason="错发").json()["status"] == "withdrawn"
    returned = letter("received")
    tag = f'"{returned.version}"'
    wrong = api(health_section_head, "post", f"{returned.pk}/assign/", tag, person=0)
    assert wrong.status_code == 400
    done = api(health_section_head, "post", f"{returned.pk}/return/", tag, category="other", reason="因")
    assert done.json()["status"] == "returned"


def test_an_answer_by_the_api_names_its_questions_by_number(api, support, health_handler):
    referral = support("accepted")
    tag = f'"{referral.version}"'
    path = f"{referral.pk}/answer/"
    assert api(health_handler, "post", path, tag, text="属实", answers={"x": "是"}).status_code == 400
    first = referral.dispatch.questions.first()
    assert api(health_handler, "post", path, tag, text="属实", answers={str(first.pk): "是"}).status_code == 201
    assert Reply.objects.get().answers.get().text == "是"


def test_a_mismatch_by_the_api_is_refused_and_reported(api, letter, health_registrar, verbs):
    referral = letter("sent")
    default_storage.delete(referral.dispatch.manifest.first().evidence.file.name)
    refused = api(health_registrar, "post", f"{referral.pk}/sign/", f'"{referral.version}"')
    assert (refused.status_code, verbs(referral)[-1]) == (409, "referral.mismatch")
