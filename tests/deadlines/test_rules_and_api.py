"""Versions of rules, who may what as a table, the accepting command, and the reading API."""

import datetime as dt

import pytest
from django.core.management import call_command
from django.db import IntegrityError
from django.utils import timezone

from core.refusals import BadInput, Stale
from deadlines import rules
from deadlines.actions import clocks
from deadlines.actions.clock_rules import change_rule
from deadlines.models import ClockRule, SweepMark
from journal.models import Event
from tests.deadlines.conftest import local

D = dt.date
pytestmark = pytest.mark.django_db
AT = local("2026-11-18")


def change(rule, by, **more):
    given = {
        "amount": 5, "unit": "working_day", "warn_days": 1, "escalate_days": 1, "roll_over": True,
        "asks_reason": False, "basis": "联席会议议定", "effective_from": D(2026, 12, 1),
    }  # fmt: skip
    return change_rule(rule=rule, by=by, at=AT, **(given | more))


@pytest.fixture
def rule(working):
    return ClockRule.objects.get(code="transfer_sign")


def test_a_rule_changes_by_a_new_version_and_running_clocks_keep_theirs(rule, clock, system_admin):
    running = clock("transfer_sign", at="2026-11-30")
    new = change(rule, system_admin, version=rule.version)
    assert (new.pk != rule.pk, new.version, new.name, new.internal) == (True, 1, rule.name, True)
    running.refresh_from_db()
    assert (running.amount, running.rule_id) == (3, rule.pk)
    assert clock("transfer_sign", at="2026-12-01").amount == 5
    event = Event.objects.filter(verb="clock_rule.changed").latest("pk")
    assert (event.params["old"]["amount"], event.params["new"]["amount"]) == (3, 5)
    assert (event.params["effective_from"], event.target_id) == ("2026-12-01", new.pk)


def test_a_version_not_yet_in_force_is_replaced(rule, system_admin):
    waiting = change(rule, system_admin)
    again = change(waiting, system_admin, amount=4, version=1)
    assert (again.pk, again.amount, again.version) == (waiting.pk, 4, 2)
    with pytest.raises(BadInput) as refused:
        change(waiting, system_admin, effective_from=D(2026, 12, 5))
    assert refused.value.field == "effective_from"
    assert ClockRule.objects.filter(code="transfer_sign").count() == 2


def test_a_version_clocks_count_by_is_not_changed_under_them(rule, clock, system_admin):
    waiting = change(rule, system_admin)
    running = clock("transfer_sign", at="2026-12-01")
    assert running.rule_id == waiting.pk
    with pytest.raises(BadInput) as refused:
        change_rule(
            rule=waiting, version=waiting.version, amount=9, unit="working_day", warn_days=1, escalate_days=1,
            roll_over=True, asks_reason=False, basis="另议", effective_from=D(2026, 12, 1), by=system_admin,
            at=local("2026-12-01 15:00"),
        )  # fmt: skip
    assert refused.value.field == "effective_from"
    waiting.refresh_from_db()
    assert (waiting.amount, waiting.version) == (5, 1)


def test_a_date_has_no_amount(rule, system_admin):
    assert change(rule, system_admin, unit="date", amount=None).amount is None
    with pytest.raises(IntegrityError):
        ClockRule.objects.filter(pk=rule.pk).update(amount=None)


@pytest.mark.parametrize(
    ("given", "refusal", "field"),
    [
        ({"effective_from": D(2026, 11, 17)}, BadInput, "effective_from"),
        ({"amount": None}, BadInput, "amount"),
        ({"unit": "date"}, BadInput, "amount"),
        ({"amount": 0}, BadInput, "amount"),
        ({"amount": 10**6}, BadInput, "amount"),
        ({"version": 7}, Stale, None),
    ],
)
def test_rule_refusals(rule, system_admin, given, refusal, field):
    with pytest.raises(refusal) as refused:
        change(rule, system_admin, **given)
    assert refused.value.field == field
    assert ClockRule.objects.filter(code="transfer_sign").count() == 1
    assert not Event.objects.filter(verb="clock_rule.changed").exists()


def test_an_old_version_is_not_the_one_to_change(rule, system_admin):
    change(rule, system_admin)
    with pytest.raises(Stale):
        change(rule, system_admin, effective_from=D(2026, 12, 5))


# -- who may what --------------------------------------------------------------------------------------------
WHO = ("insurance_handler", "insurance_section_head", "insurance_deputy_head", "insurance_head",
       "insurance_registrar", "health_section_head", "office_coordinator", "system_admin")  # fmt: skip
TABLE = {
    # rule: who of WHO may, in order
    "can_view": "yyyyynnn",
    "can_extend": "nyyynnnn",
    "can_reassign": "nynnnnnn",
    "can_explain_lateness": "nnnnnnnn",
}


@pytest.mark.parametrize("name", TABLE)
def test_table(clock, request, name):
    deadline = clock("verification", case=None, target=("strand", 1))
    said = "".join("y" if getattr(rules, name)(request.getfixturevalue(who), deadline) else "n" for who in WHO)
    assert said == TABLE[name]


def test_table_of_a_late_clock_and_of_a_second_extension(clock, request):
    late = clocks.meet_clock(deadline=clock(case=None), at=local("2026-12-01"))
    assert [who for who in WHO if rules.can_explain_lateness(request.getfixturevalue(who), late)] == list(WHO[:4])
    assert not any(rules.can_extend(request.getfixturevalue(who), late) for who in WHO)
    again = clock("verification", case=None, target=("strand", 1))
    clocks.extend_clock(deadline=again, at=local("2026-11-18"), reason="疑难", amount=15)
    again.refresh_from_db()
    assert [who for who in WHO if rules.can_extend(request.getfixturevalue(who), again)] == list(WHO[2:4])
    referral = clock("transfer_reply", case=None)
    assert not any(rules.can_extend(request.getfixturevalue(who), referral) for who in WHO)
    head = request.getfixturevalue("insurance_head")
    clocks.explain_lateness(deadline=late, reason="停电", by=head, at=local("2026-12-02"))
    assert not rules.can_explain_lateness(request.getfixturevalue("insurance_handler"), late)


def test_who_edits_dictionaries(request):
    from django.contrib.auth.models import AnonymousUser

    assert [who for who in WHO if rules.can_edit_calendar(request.getfixturevalue(who))] == list(WHO[6:])
    assert [who for who in WHO if rules.can_edit_rules(request.getfixturevalue(who))] == list(WHO[6:])
    assert not rules.can_see_dictionaries(AnonymousUser())


def test_the_clock_is_accepted_by_command(working, capsys):
    call_command("accept_clock")
    assert capsys.readouterr().out.startswith("Accepted: ")
    assert SweepMark.objects.get().last_at <= timezone.now()
    assert Event.objects.filter(verb="deadline.clock_accepted").latest("pk").actor_id is None


# -- API -----------------------------------------------------------------------------------------------------
@pytest.fixture
def api(client):
    def get(user, path="", status=200, **query):
        client.force_login(user)
        answer = client.get(f"/api/v1/deadlines/{path}", query)
        assert answer.status_code == status
        return answer

    return get


@pytest.mark.urls("tests.deadlines.api_urls")
def test_api_lists_and_filters(api, clock, insurance, insurance_handler, health_handler, system_admin):
    now = timezone.now()
    green = clock("case_90", at=now, case=None, target=("strand", 1))
    red = clock("transfer_sign", at=now - dt.timedelta(days=30), case=None)
    listed = api(insurance_handler).json()["results"]
    assert [row["id"] for row in listed] == [red.pk, green.pk]
    assert [row["lamp"] for row in listed] == ["r", "g"]
    assert listed[0]["working_days_left"] < 0
    assert [row["id"] for row in api(insurance_handler, lamp="g").json()["results"]] == [green.pk]
    assert api(insurance_handler, department=insurance.pk + 999).json()["results"] == []
    assert api(insurance_handler, case=1).json()["results"] == []
    assert "lamp" in api(insurance_handler, status=400, lamp="x").json()
    assert api(health_handler).json()["results"] == []
    api(system_admin, status=403)


@pytest.mark.urls("tests.deadlines.api_urls")
def test_api_says_why(api, clock, insurance_handler, health_handler):
    deadline = clock("verification", at="2026-11-17", case=None)
    clocks.extend_clock(deadline=deadline, at=local("2026-11-18"), reason="疑难", amount=15)
    answer = api(insurance_handler, f"{deadline.pk}/")
    told = answer.json()
    assert answer["ETag"] == '"2"'
    assert told["changes"][0]["reason"] == "疑难"
    assert told["days"][0] == {"date": "2026-11-17", "kind": "start", "label": told["days"][0]["label"], "index": 0}
    assert "2026-11-17" in told["sentence"]
    api(health_handler, f"{deadline.pk}/", status=404)
