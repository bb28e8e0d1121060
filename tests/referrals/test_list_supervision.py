"""督办 of a data comparison: drafted by the coordinator, signed by a leader of the office, accounted for by who is late."""

import datetime as dt

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.dates import local_date
from core.forms import new_form_key
from core.refusals import AlreadyDone, BadInput, FourEyes, MovedOn, WrongState
from deadlines.models import Deadline
from departments.enums import Role
from departments.models import Department
from journal.models import Event
from referrals import rules_comparison as rules
from referrals.actions import comparison_ends, comparison_results
from referrals.actions.list_supervision import (
    discard_list_supervision,
    draft_list_supervision,
    issue_list_supervision,
    prove_list_supervision,
    reply_to_list_supervision,
    review_list_supervision,
)
from referrals.duties import overdue_list
from referrals.models import Comparison, ListSupervision, SigningRule
from referrals.offers import of_list_supervision
from referrals.workbench_list_supervision import to_press, todo_count, todo_rows, waiting
from tests.cast import _person
from tests.factories.cases import PDF
from tests.factories.comparisons import make_comparison
from tests.referrals.test_bodies import scan

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
BACKEND = "django.contrib.auth.backends.ModelBackend"
STAFF = (
    "insurance_handler", "insurance_section_head", "insurance_registrar", "police_handler", "police_section_head",
    "police_registrar", "office_coordinator", "office_head", "health_handler",
)  # fmt: skip


office_deputy_head = _person("xb09", "任副主任", "office", Role.DEPUTY_HEAD)


@pytest.fixture
def cast(request, insurance, police, office):
    return {name: request.getfixturevalue(name) for name in STAFF}


@pytest.fixture
def late(cast, police, now):
    """`late("received")`: a comparison in a state, its receiver late by two days."""

    def made(status="received", days=2):
        thing = make_comparison(police, by=cast["insurance_handler"], at=now, status=status)
        when = timezone.now() - days * DAY
        Deadline.objects.filter(target_kind="comparison", target_id=thing.pk, status="running").update(
            due_at=when, due_on=local_date(when)
        )
        return thing

    return made


def draft(thing, cast, at, **more):
    given = {"demand": "说明超期原因。", "reply_on": local_date(at) + 5 * DAY} | more
    return draft_list_supervision(comparison=thing, by=cast["office_coordinator"], at=at, **given)


def issued(thing, cast, at):
    return issue_list_supervision(supervision=draft(thing, cast, at), by=cast["office_head"], at=at)


def clock(thing):
    return Deadline.objects.get(target_kind="comparison", target_id=thing.pk, rule_code="supervision")


@pytest.fixture
def today():
    return timezone.now()


def test_it_is_drafted_signed_and_replied_to(late, cast, told, today):
    thing = late()
    duty = overdue_list(thing, today)
    press = draft(thing, cast, today)
    assert (press.status, press.number, press.due_on) == ("draft", 1, duty.due_on)
    assert press.office == cast["office_head"].department
    assert not Deadline.objects.filter(rule_code="supervision").exists() and not told("list_supervision.to_reply")
    assert told("list_supervision.to_sign") == [cast["office_head"].name]
    issue_list_supervision(supervision=press, by=cast["office_head"], at=today)
    reply = clock(thing)
    assert (reply.status, reply.due_on, reply.department, reply.to_department) == (
        "running", press.reply_on, thing.receiver, press.office,
    )  # fmt: skip
    assert press.document.kind == "supervision_letter" and press.document.case_id is None
    words = str(press.document.context)
    assert thing.number in words and "说明超期原因" in words
    assert thing.purpose not in words and thing.basis not in words  # the office does not know them
    assert cast["police_handler"].name in told("list_supervision.to_reply")
    reply_to_list_supervision(supervision=press, text="系统升级，本周完成。", by=cast["police_handler"], at=today)
    reply.refresh_from_db()
    assert (press.status, press.replied_by, reply.status) == ("replied", cast["police_handler"], "met")
    assert sorted(told("list_supervision.was_replied")) == sorted(
        [cast["office_head"].name, cast["office_coordinator"].name]
    )
    verbs = list(Event.objects.filter(verb__startswith="list_supervision").values_list("verb", flat=True))
    assert sorted(verbs) == [f"list_supervision.{what}" for what in ("drafted", "issued", "replied")]
    second = draft(thing, cast, today)  # still late: it may be pressed again
    assert second.number == 2


def test_what_is_refused(late, cast, today):
    thing = late()
    for more, field in (({"demand": " "}, "demand"), ({"reply_on": local_date(today)}, "reply_on")):
        with pytest.raises(BadInput) as refused, transaction.atomic():
            draft(thing, cast, today, **more)
        assert refused.value.field == field
    press = draft(thing, cast, today)
    with pytest.raises(WrongState, match="督办"), transaction.atomic():
        draft(thing, cast, today)
    with pytest.raises(FourEyes), transaction.atomic():
        issue_list_supervision(supervision=press, by=cast["office_coordinator"], at=today)
    with pytest.raises(BadInput), transaction.atomic():  # the day of the reply has passed meanwhile
        issue_list_supervision(supervision=press, by=cast["office_head"], at=today + 9 * DAY)
    with pytest.raises(BadInput), transaction.atomic():
        discard_list_supervision(supervision=press, reason=" ", by=cast["office_coordinator"], at=today)
    stale = ListSupervision.objects.get(pk=press.pk)
    discard_list_supervision(supervision=press, reason="已答复", by=cast["office_coordinator"], at=today)
    assert (press.status, press.end_reason) == ("discarded", "已答复")
    with pytest.raises(MovedOn), transaction.atomic():
        issue_list_supervision(supervision=stale, by=cast["office_head"], at=today)
    other = issued(thing, cast, today)
    with pytest.raises(BadInput), transaction.atomic():
        reply_to_list_supervision(supervision=other, text="", by=cast["police_handler"], at=today)
    Deadline.objects.filter(rule_code="supervision").update(status="cancelled", ended_at=today)
    reply_to_list_supervision(supervision=other, text="在办", by=cast["police_handler"], at=today)  # its clock ended first
    assert other.status == "replied"
    with pytest.raises(WrongState), transaction.atomic():
        reply_to_list_supervision(supervision=other, text="再报", by=cast["police_handler"], at=today)


def test_who_is_not_late_is_not_pressed(late, cast, today):
    thing = late("received", days=-5)
    with pytest.raises(WrongState), transaction.atomic():
        draft(thing, cast, today)
    press = draft(late("sent"), cast, today)  # the receipt, too, has its clock
    Deadline.objects.filter(target_kind="comparison", target_id=press.comparison_id).update(due_at=today + DAY)
    with pytest.raises(WrongState), transaction.atomic():
        issue_list_supervision(supervision=press, by=cast["office_head"], at=today)


@pytest.mark.parametrize("status", ["draft", "issued"])
@pytest.mark.parametrize("way", ["answered", "withdrawn", "expired"])
def test_it_lapses_with_what_was_waited_for(way, status, late, cast, today):
    thing = late("prepared" if way == "answered" else "received")
    press = draft(thing, cast, today) if status == "draft" else issued(thing, cast, today)
    if way == "answered":
        comparison_results.answer_comparison(comparison=thing, by=cast["police_section_head"], at=today)
    elif way == "withdrawn":
        given = {"reason": "不需要了", "by": cast["insurance_section_head"], "at": today}
        comparison_ends.withdraw_comparison(comparison=thing, **given)
    else:
        comparison_ends.expire_comparison(comparison=thing, at=today)
    press.refresh_from_db()
    assert (press.status, bool(press.end_reason)) == ("lapsed", True)
    clocks = Deadline.objects.filter(target_kind="comparison", target_id=thing.pk, rule_code="supervision")
    assert [each.status for each in clocks] == (["cancelled"] if status == "issued" else [])


def test_the_database_keeps_it(late, cast, today):
    press = issued(late(), cast, today)
    for change, name in (
        ({"issued_by": press.drafted_by}, "list_supervision_four_eyes"), ({"status": "draft"}, "stamps_fit_status"),
        ({"status": "replied"}, "stamps_fit_status"), ({"issued_at": None}, "list_supervision_issued"),
    ):  # fmt: skip
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            ListSupervision.objects.filter(pk=press.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        ListSupervision.objects.all().delete()


# who may do what with the comparison and with the letter about it: (state of the comparison, late, letter) -> name: codes
TABLE = {
    ("draft", 2, None): {},
    ("sent", 2, None): {"office_coordinator": {"supervise"}},
    ("received", 2, None): {"office_coordinator": {"supervise"}},
    ("prepared", 2, None): {"office_coordinator": {"supervise"}},
    ("received", -5, None): {},
    ("answered", 2, None): {},
    ("received", 2, "draft"): {"office_coordinator": {"discard"}, "office_head": {"issue", "discard"}},
    # where the signing rule names a reviewer
    ("received", 2, "to review"): {"office_coordinator": {"discard"}, "office_head": {"review", "discard"}},
    ("received", 2, "reviewed"): {"office_coordinator": {"discard"}, "office_head": {"issue", "discard"}},
    # the receiver works on paper: the office proves the service, the sender's registrar enters the reply
    ("received", 2, "on paper"): {"office_coordinator": {"deliver"}, "insurance_registrar": {"reply"}},
    ("received", 2, "discarded"): {"office_coordinator": {"supervise"}},
    ("received", 2, "issued"): {"police_handler": {"reply"}, "police_section_head": {"reply"}},
    ("received", 2, "replied"): {"office_coordinator": {"supervise"}},
    ("received", 2, "lapsed"): {},
}


@pytest.mark.parametrize("place", TABLE, ids=lambda place: "-".join(map(str, place)))
def test_who_may_do_what(place, late, cast, office_deputy_head, today):
    status, days, letter = place
    thing, press = late(status, days), None
    if letter:
        press = draft(thing, cast, today)
        if letter in ("to review", "reviewed"):
            reviewed_by("deputy_head")
        if letter == "reviewed":
            review_list_supervision(supervision=press, by=office_deputy_head, at=today)
        elif letter == "on paper":
            issue_list_supervision(supervision=press, by=cast["office_head"], at=today)
            Department.objects.filter(pk=thing.receiver_id).update(has_account=False)
        elif letter == "discarded":
            discard_list_supervision(supervision=press, reason="x", by=cast["office_coordinator"], at=today)
        elif letter not in ("draft", "to review"):
            issue_list_supervision(supervision=press, by=cast["office_head"], at=today)
        if letter == "replied":
            reply_to_list_supervision(supervision=press, text="x", by=cast["police_handler"], at=today)
        if letter == "lapsed":
            comparison_ends.withdraw_comparison(comparison=thing, reason="x", by=cast["insurance_handler"], at=today)
        press = ListSupervision.objects.for_list().get(pk=press.pk)
    found = {}
    for name, user in cast.items():
        codes = {"supervise"} if rules.can_supervise(user, thing) else set()
        if press is not None:
            codes |= {offer.code for offer in of_list_supervision(user, press)}
        if codes:
            found[name] = codes
        assert to_press(user).filter(pk=thing.pk).exists() == ("supervise" in codes)
        assert bool(waiting(user)) == bool(codes & {"review", "issue", "reply", "deliver"})
        assert len(list(todo_rows(user, 9))) == sum(each.count() for each in todo_count(user))
    assert found == TABLE[place]


def test_the_office_of_another_county_knows_nothing_of_it(late, cast, today, outsider, system_admin):
    thing = late()
    press = issued(thing, cast, today)
    knows = dict.fromkeys((cast["office_coordinator"], cast["office_head"]), 1)
    for user, known in (*knows.items(), (cast["insurance_handler"], 0), (outsider, 0), (system_admin, 0)):
        assert Comparison.objects.known_to_office(user).count() == known
    for name, sees in (("office_coordinator", 1), ("police_handler", 1), ("insurance_handler", 1), ("health_handler", 0)):
        assert ListSupervision.objects.visible_to(cast[name]).filter(pk=press.pk).count() == sees
    assert not ListSupervision.objects.visible_to(outsider) and not ListSupervision.objects.visible_to(system_admin)
    assert not list(todo_rows(system_admin, 9))


def test_a_body_on_paper_accounts_for_it_by_the_senders_registrar(late, cast, police, told, today):
    thing = late()
    Department.objects.filter(pk=police.pk).update(has_account=False)
    thing = Comparison.objects.for_list().get(pk=thing.pk)
    press = issued(thing, cast, today)
    assert told("list_supervision.to_reply") == [cast["insurance_registrar"].name]
    may = {name for name, user in cast.items() if rules.can_reply_to_supervision(user, press)}
    assert may == {"insurance_registrar"}
    # the office has its own letter served
    assert {name for name, user in cast.items() if waiting(user)} == {"insurance_registrar", "office_coordinator"}


def reviewed_by(role):
    SigningRule.objects.filter(kind="supervision").update(reviewer=role)


def test_it_is_reviewed_where_the_rule_names_a_reviewer(late, cast, office_deputy_head, told, today):
    reviewed_by("deputy_head")
    press = draft(late(), cast, today)
    coordinator, head, deputy = cast["office_coordinator"], cast["office_head"], office_deputy_head
    assert [rules.can_review_supervision(user, press) for user in (deputy, head, coordinator)] == [True, True, False]
    assert not rules.can_issue_supervision(head, press) and rules.can_discard_supervision(deputy, press)
    assert press in waiting(deputy) and press in waiting(head)
    with pytest.raises(WrongState), transaction.atomic():
        issue_list_supervision(supervision=press, by=head, at=today)
    with pytest.raises(FourEyes), transaction.atomic():
        review_list_supervision(supervision=press, by=coordinator, at=today)
    review_list_supervision(supervision=press, by=deputy, at=today)
    assert (press.status, press.reviewed_by) == ("reviewed", deputy)
    assert told("list_supervision.to_sign") == sorted([deputy.name, head.name, head.name])
    assert (press in waiting(deputy), press in waiting(head)) == (False, True)
    with pytest.raises(FourEyes), transaction.atomic():
        issue_list_supervision(supervision=press, by=deputy, at=today)
    assert [offer.code for offer in of_list_supervision(head, press)] == ["issue", "discard"]
    issue_list_supervision(supervision=press, by=head, at=today)
    assert press.status == "issued"
    with pytest.raises(IntegrityError, match="four_eyes"), transaction.atomic():
        ListSupervision.objects.filter(pk=press.pk).update(issued_by=deputy)


def test_without_a_reviewer_it_goes_straight_to_the_signer(late, cast, today):
    press = draft(late(), cast, today)
    assert not rules.can_review_supervision(cast["office_head"], press)
    with pytest.raises(WrongState), transaction.atomic():
        review_list_supervision(supervision=press, by=cast["office_head"], at=today)
    assert not rules.can_review_supervision(cast["police_section_head"], press)


def test_its_service_on_paper_is_proved_by_the_office(late, cast, police, today):
    thing = late()
    press = issued(thing, cast, today)
    given = {"delivered_on": local_date(today), "received_by_name": "收发室", "method": "专人送达", "at": today}
    coordinator = cast["office_coordinator"]
    assert not rules.can_prove_supervision(coordinator, press)
    with pytest.raises(WrongState), transaction.atomic():  # the receiver works here
        prove_list_supervision(supervision=press, upload=scan(), by=coordinator, **given)
    Department.objects.filter(pk=police.pk).update(has_account=False)
    press = ListSupervision.objects.for_list().get(pk=press.pk)
    may = [name for name, user in cast.items() if rules.can_prove_supervision(user, press)]
    assert may == ["office_coordinator"] and press in waiting(coordinator)
    for field, wrong in (
        ("delivered_on", local_date(today) + DAY), ("received_by_name", " "), ("method", ""), ("upload", scan(content=b"x")),
    ):  # fmt: skip
        with pytest.raises(BadInput) as refused, transaction.atomic():
            prove_list_supervision(supervision=press, by=coordinator, **{"upload": scan(), **given, field: wrong})
        assert refused.value.field == field
    client = seat(coordinator)
    step = reverse("referrals:list_supervision_deliver", args=[press.pk])
    page = {name: value for name, value in given.items() if name != "at"}
    answer = client.post(step, {**page, "upload": scan(), "form_key": new_form_key(), "seen": "issued"})
    assert answer.status_code == 302
    press.refresh_from_db()
    assert (press.delivered_by, press.received_by_name, press in waiting(coordinator)) == (coordinator, "收发室", False)
    # the form that is signed there is printed by who sends the letter
    assert client.get(reverse("documents:delivery", args=[press.document_id])).status_code == 200
    assert seat(cast["office_head"]).get(reverse("documents:delivery", args=[press.document_id])).status_code == 403
    address = reverse("referrals:list_supervision_proof", args=[press.pk])
    assert address in client.get(press.get_absolute_url()).content.decode()
    assert client.post(address).content == PDF and Event.objects.latest("pk").verb == "scan.taken"
    with pytest.raises(AlreadyDone), transaction.atomic():
        prove_list_supervision(supervision=press, upload=scan(), by=coordinator, **given)
    with pytest.raises(IntegrityError, match="delivered_with_proof"), transaction.atomic():
        ListSupervision.objects.filter(pk=press.pk).update(proof_file="")
    assert client.get(f"/api/v1/list-supervisions/{press.pk}/").json()["proof"]["url"] == address


def test_by_the_api_it_is_reviewed_and_served(late, cast, police, office_deputy_head):
    reviewed_by("deputy_head")
    Department.objects.filter(pk=police.pk).update(has_account=False)
    thing = late()
    press = draft(Comparison.objects.for_list().get(pk=thing.pk), cast, timezone.now())
    one = f"/api/v1/list-supervisions/{press.pk}/"
    people = (cast["office_coordinator"], cast["office_head"], office_deputy_head)
    coordinator, head, deputy = map(seat, people)
    done = deputy.post(f"{one}review/", headers={"If-Match": f'"{press.version}"'})
    assert (done.status_code, done.json()["status"]) == (200, "reviewed")
    done = head.post(f"{one}issue/", headers={"If-Match": done.headers["ETag"]})
    assert (done.json()["status"], done.json()["proof"]) == ("issued", None)
    given = {"delivered_on": str(timezone.localdate()), "received_by_name": "收发室", "method": "邮寄", "upload": scan()}
    done = coordinator.post(f"{one}deliver/", given, headers={"If-Match": done.headers["ETag"]})
    assert (done.status_code, done.json()["delivery_method"]) == (200, "邮寄")


def test_the_supervision_of_an_unasked_list_lapses_when_it_is_signed_for(cast, police, insurance, today):
    """The list brings its result along: who signs for it owes nothing more."""
    thing = make_comparison(insurance, by=cast["police_handler"], at=today, status="sent", unasked=True)
    when = today - 2 * DAY
    Deadline.objects.filter(target_kind="comparison", target_id=thing.pk).update(due_at=when, due_on=local_date(when))
    press = issued(thing, cast, today)
    comparison_results.receive_comparison(comparison=thing, by=cast["insurance_registrar"], at=today)
    press.refresh_from_db()
    assert (thing.status, press.status, clock(thing).status) == ("answered", "lapsed", "cancelled")


def test_what_was_pressed_before_the_rule_lapses_at_the_latest_when_the_comparison_is_closed(late, cast, today):
    press = issued(late(), cast, today)
    thing = press.comparison
    by = cast["police_section_head"]
    Comparison.objects.filter(pk=thing.pk).update(status="answered", answered_by=by, answered_at=today)
    thing.refresh_from_db()
    comparison_results.close_comparison(comparison=thing, by=cast["insurance_handler"], at=today)
    press.refresh_from_db()
    assert press.status == "lapsed"


def seat(user):
    client = Client()
    client.force_login(user, BACKEND)
    return client


def test_on_the_pages(late, cast):
    thing = late()
    coordinator, head, police = (seat(cast[name]) for name in ("office_coordinator", "office_head", "police_handler"))
    assert coordinator.get(thing.get_absolute_url()).status_code == 404  # not for the office
    url = reverse("referrals:comparison_supervise", args=[thing.pk])
    assert head.get(url).status_code == 403 and police.get(url).status_code == 404
    assert thing.number in coordinator.get(url).content.decode()
    given = {"demand": "说明原因", "reply_on": (timezone.localdate() + 5 * DAY).isoformat(), "seen": thing.status}
    wrong = coordinator.post(url, {**given, "form_key": new_form_key(), "reply_on": "2020-01-01"})
    assert list(wrong.context["form"].errors) == ["reply_on"] and "说明原因" in wrong.content.decode()
    assert coordinator.post(url, {**given, "form_key": new_form_key()}).status_code == 302
    press = ListSupervision.objects.get()
    assert police.get(press.get_absolute_url()).status_code == 404  # a draft
    steps = {code: reverse(f"referrals:list_supervision_{code}", args=[press.pk]) for code in ("issue", "reply", "discard")}
    assert coordinator.get(steps["discard"]).status_code == 200
    page = head.get(press.get_absolute_url()).content.decode()
    assert steps["issue"] in page and thing.purpose not in page
    assert f"督办函 {thing.number}" in head.get(reverse("desk:workbench")).content.decode()
    sign = {"form_key": new_form_key(), "seen": "draft", "version": press.version}
    assert head.post(steps["issue"], sign).status_code == 302
    page = police.get(thing.get_absolute_url()).content.decode()
    assert "说明原因" in page and steps["reply"] in page
    answer = police.post(steps["reply"], {"text": "本周完成", "form_key": new_form_key(), "seen": "issued"})
    assert answer.status_code == 302
    assert "本周完成" in coordinator.get(press.get_absolute_url()).content.decode()
    assert seat(cast["health_handler"]).get(press.get_absolute_url()).status_code == 404


def test_by_the_api(late, cast):
    thing = late()
    coordinator, head, police = (seat(cast[name]) for name in ("office_coordinator", "office_head", "police_handler"))
    url = "/api/v1/list-supervisions/"
    given = {"comparison": thing.pk, "demand": "说明原因", "reply_on": (timezone.localdate() + 5 * DAY).isoformat()}
    send = {"content_type": "application/json"}
    assert head.post(url, given, **send).status_code == 403
    assert list(coordinator.post(url, given | {"comparison": 10**9}, **send).json()) == ["comparison"]
    key = {"Idempotency-Key": new_form_key()}
    made = coordinator.post(url, given, headers=key, **send)
    assert (made.status_code, made.json()["status"], made.json()["receiver"]) == (201, "draft", thing.receiver_id)
    assert coordinator.post(url, given, headers=key, **send).json()["id"] == made.json()["id"]
    assert coordinator.post(url, given, **send).status_code == 403
    one = f"{url}{made.json()['id']}/"
    tag = {"If-Match": made.headers["ETag"]}
    assert coordinator.post(f"{one}issue/", headers=tag).status_code == 403
    done = head.post(f"{one}issue/", headers=tag)
    assert (done.status_code, done.json()["status"]) == (200, "issued")
    done = police.post(f"{one}reply/", {"text": "本周完成"}, headers={"If-Match": done.headers["ETag"]}, **send)
    assert (done.status_code, done.json()["reply"]) == (200, "本周完成")
    assert [each["id"] for each in coordinator.get(f"{url}?status=replied").json()["results"]] == [made.json()["id"]]
    assert coordinator.get(f"{url}?status=draft").json()["results"] == []
    second = coordinator.post(url, given, **send)
    gone = coordinator.post(
        f"{url}{second.json()['id']}/discard/", {"reason": "不必"}, headers={"If-Match": second.headers["ETag"]}, **send
    )
    assert gone.json()["status"] == "discarded"


@pytest.mark.parametrize("many", [1, 3])
def test_the_rows_cost_as_much_for_three_as_for_one(many, late, cast, django_assert_num_queries):
    for _ in range(many):
        late()
    user = cast["office_coordinator"]
    assert user.post and rules.signing_rules(user)
    with django_assert_num_queries(3):
        assert len(list(todo_rows(user, 9))) == many
