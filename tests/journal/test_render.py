"""Saying events: names loaded in few queries, codes in words, nothing that makes a page fail."""

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import translation

from core import registry
from core.registry import Kind, Verb
from departments.actions.people import fill_post
from departments.enums import Role
from departments.models import User
from journal.actions import notify, record
from journal.models import Event, Notification
from journal.render import MISSING, Saying, sentence, sentences, timeline


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def verb(monkeypatch):
    def register(sentence, **more):
        monkeypatch.setitem(registry.verbs, "test.said", Verb("test.said", sentence, **more))
        return "test.said"

    return register


def test_who_became_what(insurance_handler):
    event = Event.objects.get(verb="post.filled", target_id=insurance_handler.post.pk)
    assert sentence(event) == "陈晓岚 became handler of 县医保局"
    with translation.override("zh-hans"):
        assert "承办人" in sentence(event)


def test_params_become_words(verb, insurance, health, insurance_handler, now):
    said = verb(
        "{actor} of {acting_department}: {to_departments}; {users}; {number}; {n}; {flags}; {empty}; {name_department}"
    )
    event = record(
        said, target=None, by=insurance_handler, at=now,
        to_departments=[insurance.pk, health.pk], users=[insurance_handler.pk, 999_999], number="青医保函〔2026〕7号", n=0,
        flags=["a", "b"], empty="", name_department="外地医保局",
    )  # fmt: skip
    assert sentence(event) == (
        "陈晓岚 of 县医保局: 县医保局, 县卫健局; 陈晓岚, —; 青医保函〔2026〕7号; 0; a, b; —; 外地医保局"
    )


def test_what_an_old_event_lacks_is_a_dash(verb, now, db):
    said = verb("{actor}: {number} to {to_department}, {whole}", note="reason")
    event = record(said, target=None, by=None, at=now, to_department=None, whole=True)
    assert sentence(event) == f"the system: {MISSING} to {MISSING}, True"
    assert Saying.of(said, {"reason": None}).note == ""
    assert Saying.of(said, {"reason": "退回原因"}).note == "退回原因"


def test_a_verb_of_a_room_that_is_gone_is_said_by_its_code(verb, now, db, monkeypatch):
    event = record(verb("x"), target=None, by=None, at=now)
    monkeypatch.delitem(registry.verbs, "test.said")
    assert sentence(event) == "test.said"


def test_codes_are_said_in_words(verb, now, db):
    said = verb("{role}, {function}")
    event = record(said, target=None, by=None, at=now, role="head", function="nonsense")
    assert sentence(event) == "head, nonsense"


def test_a_target_department_and_a_vanished_actor(now, insurance):
    event = Event.objects.get(verb="department.created", target_id=insurance.pk)
    assert sentence(event) == "县医保局 was added"
    event.actor_id = 999_999
    event.target_id = 999_999
    assert sentence(event) == f"{MISSING} was added"
    event.target_kind = "user"
    assert sentence(event) == f"{MISSING} was added"


def test_days_of_law_newest_first_with_who_did_it(verb, insurance_handler, now):
    said = verb("{n}", tone="g", group="flow", note="reason")
    late = dt.datetime(2026, 11, 16, 16, 30, tzinfo=dt.UTC)  # the 17th in Shanghai
    first = record(said, target=("case", 7), by=insurance_handler, at=now, n=1, reason="因故")
    second = record(said, target=("case", 7), by=insurance_handler, at=now, n=2)
    third = record(said, target=("case", 7), by=None, at=late, n=3)
    days = timeline([first, third, second], insurance_handler)
    assert [(day, [line.text for line in lines]) for day, lines in days] == [
        (dt.date(2026, 11, 17), ["3"]),
        (dt.date(2026, 11, 16), ["2", "1"]),
    ]
    line = days[1][1][1]
    assert (line.tone, line.group, line.note, line.who, line.verb) == (
        "g", "flow", "因故", "县医保局 · 基金监管股 · 陈晓岚", "test.said",
    )  # fmt: skip
    assert (line.pk, line.at, line.target_kind, line.target_id) == (first.pk, now, "case", 7)
    assert days[0][1][0].who == "the system"
    assert timeline([], insurance_handler) == []


def test_as_many_queries_for_one_event_as_for_many(
    verb, insurance_handler, health_handler, now, django_assert_num_queries
):
    said = verb("{actor} {user} {department}")
    events = [
        record(said, target=who, by=who, at=now, user=who.pk, department=who.department.pk)
        for who in (insurance_handler, health_handler, insurance_handler)
    ]
    for some in (events[:1], events):
        with django_assert_num_queries(1):
            timeline(some, insurance_handler)
        with django_assert_num_queries(1):
            assert len(sentences(some)) == len(some)


def test_notices_are_said_like_events(verb, insurance_handler, health_handler, now):
    notify(
        [health_handler], verb("{user} asks {to_department}"), target=None, at=now, user=insurance_handler.pk
    )
    row = Notification.objects.get()
    assert [(thing, said.text) for thing, said in sentences([row])] == [(row, f"陈晓岚 asks {MISSING}")]


# -- doors ---------------------------------------------------------------------------------------------------
class Case:
    pk, owner_id, region_id = 7, None, None


def test_events_follow_the_cases_one_may_see(
    verb, insurance_handler, health_handler, system_admin, now, monkeypatch
):
    said = verb("x")
    seen = record(said, target=None, by=None, at=now, case=Case())
    record(said, target=None, by=None, at=now)
    users = User.objects.filter(pk=insurance_handler.pk)
    monkeypatch.setitem(
        registry.kinds,
        "case",
        # stands for the room above: case 7 is visible to one person only
        Kind("case", lambda user: _Seven(user == insurance_handler), str, str),
    )
    visible = Event.objects.visible_to
    assert list(visible(insurance_handler)) == [seen]
    assert not visible(health_handler).exists()
    assert not visible(system_admin).exists()
    assert not visible(AnonymousUser()).exists()
    monkeypatch.delitem(registry.kinds, "case")
    assert not visible(insurance_handler).exists()
    assert list(Event.objects.of_case(Case())) == [seen]
    assert users.exists()


class _Seven:
    def __init__(self, yes):
        self.yes = yes

    def values(self, name):
        return [7] if self.yes else []


# -- the audit administrator's page --------------------------------------------------------------------------
@pytest.mark.parametrize("who", ["insurance_head", "system_admin", "security_admin", "county_leader"])
def test_nobody_else_reads_the_record(request, client, who):
    client.force_login(request.getfixturevalue(who))
    assert client.get("/record/").status_code == 403


def test_the_audit_administrator_reads_the_record_of_the_region(
    client, audit_admin, insurance_handler, outsider, system_admin, now, settings
):
    assert client.get("/record/")["Location"].startswith("/sign-in/")
    record("user.signed_in", target=insurance_handler, by=insurance_handler, at=now)
    record("user.signed_in", target=outsider, by=outsider, at=now)
    fill_post(
        user=insurance_handler,
        department=insurance_handler.department,
        role=Role.LEGAL,
        by=system_admin,
        at=now,
    )
    record("user.locked_out", target=outsider, by=None, at=now)  # nobody acted: it stands in no region
    client.force_login(audit_admin)

    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"

    def lines(**asked):
        days = client.get("/record/", asked).context["days"]
        return [line.text for _day, rows in days for line in rows]

    own = ["陈晓岚 became legal reviewer of 县医保局", "陈晓岚 signed in"]
    assert [line for line in lines(since="2026-11-16") if "陈晓岚" in line] == own
    assert len(lines(since="2026-11-16")) == 3  # and the lock-out, not the other county's signing in
    assert lines(q="晓岚") == lines(q="yb01") == ["陈晓岚 signed in"]
    assert lines(group="access")[1:] == ["陈晓岚 signed in"]
    assert lines(group="nonsense") == lines() == lines(since="x", before="y", until="2026-11-16")
    assert lines(since="2026-11-17") == lines(before="1") == []


def test_fifty_at_a_time(client, audit_admin, now):
    for _ in range(51):
        record("user.signed_in", target=audit_admin, by=audit_admin, at=now)
    client.force_login(audit_admin)
    first = client.get("/record/", {"group": "access"})
    assert sum(len(rows) for _day, rows in first.context["days"]) == 50
    assert "group=access" in first.context["older"]
    second = client.get("/record/?" + first.context["older"])
    assert sum(len(rows) for _day, rows in second.context["days"]) == 1 and not second.context["older"]
