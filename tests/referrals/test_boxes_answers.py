"""Answers, letters to the body of a task and 督办函 on comparisons stand in the lists; letters about a letter have lamps."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from core.dates import local_date
from deadlines.models import Deadline
from referrals.actions.follow_ups import draft_supervision
from referrals.actions.list_supervision import reply_to_list_supervision
from referrals.models import FollowUp, Reply
from tests.factories.above import answer_task, make_letter, make_task
from tests.factories.follow_ups import ask_completion, bring_follow_up, supply_completion
from tests.factories.referrals import make_reply
from tests.referrals.test_boxes import listed, now, seat  # noqa: F401 - fixtures
from tests.referrals.test_list_supervision import cast, draft, issued, late, office_deputy_head  # noqa: F401 - fixtures

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def rows(client, box, **query):
    return client.get(reverse(f"referrals:letters_{box}"), query).context["rows"]


def lamp(client, box, thing):
    (row,) = [row for row in rows(client, box) if row.thing == thing]
    return row.lamp.color if row.lamp else "n"


def test_an_answer_stands_at_both_sides(
    letter, support, seat, insurance_handler, health_handler, health, insurance, market_handler, now  # noqa: F811
):  # fmt: skip
    letter("answered")
    support("answered")
    opinion, answer = (Reply.objects.get(referral__kind=kind) for kind in ("support", "transfer"))
    make_reply(letter("accepted", kind="bulletin"), at=now)  # a draft
    ours, theirs = seat(insurance_handler), seat(health_handler)
    both = [opinion, answer] if opinion.pk > answer.pk else [answer, opinion]
    for client, box, other in ((ours, "in", health), (theirs, "out", insurance)):
        found = [row for row in rows(client, box) if isinstance(row.thing, Reply)]
        assert [row.thing for row in found] == both
        assert {row.other for row in found} == {other} and {row.number for row in found} == {
            each.document.number for each in both
        }
        assert client.get(found[0].url).status_code == 200
        expected = {
            ("kind", "answer"): [answer], ("kind", "opinion"): [opinion], ("q", answer.document.number): [answer],
            ("department", other.pk): both, ("status", "answered"): [], ("open", "1"): [], ("lamp", "n"): both,
            ("lamp", "r"): [],
        }  # fmt: skip
        for (name, value), wanted in expected.items():
            found = [each for each in listed(client, box, **{name: value}) if isinstance(each, Reply)]
            assert found == wanted, (box, name, value)
    assert not [each for each in listed(ours, "out") + listed(theirs, "in") if isinstance(each, Reply)]
    assert not listed(seat(market_handler), "in")
    page = ours.get(reverse("referrals:letters_in")).content.decode()
    assert "书面意见" in page and 'value="opinion"' in page and 'value="task_report"' not in page


def test_what_is_written_back_to_the_body_of_a_task_went_out(
    case, sender, seat, office_coordinator, insurance_handler, health_handler, now  # noqa: F811
):  # fmt: skip
    task = make_task(
        by=office_coordinator,
        at=now,
        status="accepted",
        department=sender,
        handler=insurance_handler,
        cases=[case],
    )
    delay = make_letter(task, at=now, purpose="delay", status="sent")
    report = answer_task(task, at=now)
    client = seat(insurance_handler)
    for query, wanted in (
        ({}, [report, delay]), ({"kind": "task_delay"}, [delay]), ({"kind": "task_report"}, [report]),
        ({"q": report.document.number}, [report]), ({"q": task.number}, [report, delay]), ({"status": "sent"}, []),
        ({"open": "1"}, []), ({"department": office_coordinator.department.pk}, []), ({"kind": "task_hand"}, []),
    ):  # fmt: skip
        assert [
            each for each in listed(client, "out", **query) if each.kind_code == "task_letter"
        ] == wanted, query
    (row,) = rows(client, "out", kind="task_report")
    assert (row.other, row.number, row.url) == (
        task.body_name,
        report.document.number,
        report.get_absolute_url(),
    )
    assert listed(client, "in", kind="assigned") == [task] and listed(client, "in", kind="raised") == []
    assert not [each for each in listed(seat(office_coordinator), "out") if each.kind_code == "task_letter"]
    assert not listed(seat(health_handler), "out") and not listed(seat(health_handler), "in")


def test_a_supervision_of_a_comparison_stands_at_the_office_and_at_who_is_late(
    late, cast, seat, police  # noqa: F811
):  # fmt: skip
    at = timezone.now()
    thing = late()
    press = issued(thing, cast, at)
    draft(late(), cast, at)
    office, theirs = seat(cast["office_coordinator"]), seat(cast["police_handler"])
    asked = {
        ("kind", "supervision"): [press], ("q", press.document.number): [press], ("q", thing.number): [press],
        ("open", "1"): [press], ("status", "answered"): [], ("status", "sent"): [], ("lamp", "n"): [],
    }  # fmt: skip
    for client, box, other in ((office, "out", police), (theirs, "in", press.office)):
        for (name, value), wanted in {**asked, ("department", other.pk): [press]}.items():
            found = [each for each in listed(client, box, **{name: value}) if each == press]
            assert found == wanted, (box, name, value)
        (row,) = rows(client, box, kind="supervision")
        assert (row.other, row.number, thing.purpose in row.subject) == (other, press.document.number, False)
    assert not [each for each in listed(seat(cast["insurance_handler"]), "in") if each == press]
    assert lamp(office, "out", press) == "g"
    Deadline.objects.filter(rule_code="supervision").update(due_at=at - DAY, due_on=local_date(at) - DAY)
    assert lamp(theirs, "in", press) == "r" and press in listed(theirs, "in", lamp="r")
    reply_to_list_supervision(supervision=press, text="完成", by=cast["police_handler"], at=at)
    assert lamp(theirs, "in", press) == "n" and press in listed(office, "out", status="answered")


def test_a_letter_about_a_letter_has_the_lamp_of_what_it_asks_for(
    letter, seat, insurance_handler, health_handler, health_section_head, office_coordinator, office_head, now  # noqa: F811
):  # fmt: skip
    referral = letter("received")
    due = local_date(now) + 9 * DAY
    asked = ask_completion(referral=referral, missing="清单", due_on=due, by=health_section_head, at=now)
    first = FollowUp.objects.get(kind="completion")
    ours, theirs = seat(insurance_handler), seat(health_handler)
    assert [lamp(ours, "in", first), lamp(theirs, "out", first)] == ["g", "g"]
    Deadline.objects.filter(rule_code="completion").update(due_at=now, due_on=local_date(now))
    assert lamp(ours, "in", first) == "r" and first in listed(ours, "in", lamp="r")
    assert first not in listed(ours, "in", lamp="g") and first not in listed(ours, "in", lamp="n")
    at = now + dt.timedelta(minutes=1)
    supply_completion(
        completion=asked, lines=[], note="附后", by=insurance_handler, at=at, late_reason="节假日"
    )
    supplied = FollowUp.objects.get(kind="supply")
    assert [lamp(ours, "in", first), lamp(ours, "out", supplied)] == [
        "n",
        "n",
    ]  # met; the supplement asks nothing
    asked.refresh_from_db()
    type(asked).objects.filter(pk=asked.pk).update(status="dropped", dropped_by=health_section_head, dropped_at=at,
                                                   drop_reason="x")  # fmt: skip
    ask_completion(referral=referral, missing="章", due_on=due, by=health_section_head, at=at)
    second = FollowUp.objects.filter(kind="completion").latest("pk")
    assert [lamp(ours, "in", first), lamp(ours, "in", second)] == ["n", "g"]  # each its own
    assert [each for each in listed(ours, "in", lamp="g") if each in (first, second)] == [second]
    Deadline.objects.filter(rule_code="transfer_reply").update(due_at=now, due_on=local_date(now) - DAY, status="running",
                                                               paused_at=None)  # fmt: skip
    press = draft_supervision(referral=referral, demand="说明", reply_on=due, by=office_coordinator, at=at)
    bring_follow_up(press, "sent", at=at)
    assert [lamp(seat(office_coordinator), "out", press), lamp(theirs, "in", press)] == ["g", "g"]


@pytest.mark.parametrize(("box", "who"), [("in", "insurance_handler"), ("out", "health_handler")])
def test_one_answer_asks_as_much_as_three(box, who, letter, seat, request, health_section_head, now):  # noqa: F811
    client = seat(request.getfixturevalue(who))
    url = reverse(f"referrals:letters_{box}")

    def more():
        letter("answered", kind="bulletin")
        due = local_date(now) + 9 * DAY
        ask_completion(
            referral=letter("received", kind="bulletin"),
            missing="清单",
            due_on=due,
            by=health_section_head,
            at=now,
        )

    more()
    client.get(url)
    with CaptureQueriesContext(connection) as one:
        client.get(url)
    more()
    more()
    with CaptureQueriesContext(connection) as three:
        assert len(client.get(url).context["rows"]) >= 6
    assert len(one) == len(three)
