"""The pages of clocks, calendar and rules: who sees what, what is typed wrong, how many queries."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from core import registry
from core.dates import local_date
from deadlines.actions.clocks import extend_clock, meet_clock
from deadlines.calendar import Calendar
from deadlines.models import CalendarYear, ClockRule, Deadline
from journal.models import Event

D = dt.date
pytestmark = pytest.mark.django_db


@pytest.fixture
def sign_in(client):
    def signed(user):
        client.force_login(user)
        return client

    return signed


@pytest.fixture
def own(clock):
    """A clock of the medical-insurance department without a case, started an hour ago: its own staff see it."""
    return clock("verification", at=timezone.now() - dt.timedelta(hours=1), case=None, target=("strand", 1))


def page(client, name, *args, status=200):
    answer = client.get(reverse(f"deadlines:{name}", args=args))
    assert answer.status_code == status
    return answer.content.decode()


def test_why_this_date(sign_in, own, insurance_handler):
    html = page(sign_in(insurance_handler), "detail", own.pk)
    assert "线索核查" in html
    assert own.due_on.isoformat() in html
    assert 'class="wd num"' in html and "aria-label" in html
    assert "style=" not in html


@pytest.mark.parametrize(
    ("who", "detail", "extend"),
    [
        ("insurance_handler", 200, 403),
        ("insurance_section_head", 200, 200),
        ("insurance_deputy_head", 200, 200),
        ("insurance_registrar", 200, 403),
        ("health_handler", 404, 404),
        ("health_section_head", 404, 404),
        ("office_coordinator", 404, 404),
        ("system_admin", 404, 404),
    ],
)
def test_who_may_see_and_extend(sign_in, own, request, who, detail, extend):
    client = sign_in(request.getfixturevalue(who))
    page(client, "detail", own.pk, status=detail)
    page(client, "extend", own.pk, status=extend)


def test_nobody_without_signing_in(client, own):
    for name, args in (("detail", [own.pk]), ("calendar", []), ("rules", [])):
        assert client.get(reverse(f"deadlines:{name}", args=args)).status_code == 302


def test_an_extension_by_the_section_head(sign_in, own, insurance_section_head, insurance_deputy_head):
    client, url = sign_in(insurance_section_head), reverse("deadlines:extend", args=[own.pk])
    old = own.due_on
    answer = client.post(url, {"new_due_on": old.isoformat(), "reason": "案情复杂"})
    assert answer.status_code == 200
    assert "案情复杂" in answer.content.decode()
    assert "is-invalid" in answer.content.decode()
    new = old + dt.timedelta(days=10)
    assert client.post(url, {"new_due_on": new.isoformat(), "reason": "案情复杂"}).status_code == 302
    own.refresh_from_db()
    assert (own.due_on, own.first_due_on) == (new, old)
    # a second one is for a leader
    assert client.get(url).status_code == 403
    assert sign_in(insurance_deputy_head).get(url).status_code == 200
    html = page(client, "detail", own.pk)
    assert old.isoformat() in html and "案情复杂" in html


def test_lateness_is_explained_on_a_page(sign_in, clock, insurance_handler, insurance_registrar):
    late = clock(at=timezone.now() - dt.timedelta(days=30), case=None)
    meet_clock(deadline=late, at=timezone.now())
    url = reverse("deadlines:reason", args=[late.pk])
    assert sign_in(insurance_registrar).get(url).status_code == 403
    client = sign_in(insurance_handler)
    assert client.post(url, {"reason": " "}).status_code == 200
    assert client.post(url, {"reason": "等待检验"}).status_code == 302
    assert "等待检验" in page(client, "detail", late.pk)
    assert client.get(url).status_code == 403


def test_a_clock_is_handed_over(
    sign_in, own, insurance_section_head, insurance_handler, insurance_handler_2, health_handler
):
    url = reverse("deadlines:reassign", args=[own.pk])
    assert sign_in(insurance_handler).get(url).status_code == 403
    client = sign_in(insurance_section_head)
    assert client.post(url, {"person": health_handler.pk}).status_code == 200
    assert client.post(url, {"person": insurance_handler_2.pk}).status_code == 302
    own.refresh_from_db()
    assert own.person == insurance_handler_2


@pytest.mark.parametrize("who", ["insurance_handler", "system_admin", "audit_admin", "office_coordinator"])
def test_everybody_with_a_post_reads_the_dictionaries(sign_in, request, working, who):
    client = sign_in(request.getfixturevalue(who))
    assert "国庆节" in page(client, "calendar_year", 2026)
    assert "技术支持书面告知" in page(client, "rules")
    assert "国发" not in page(client, "rule", "support_notice")
    page(client, "rule", "no-such-rule", status=404)
    page(client, "calendar_year", 1999, status=404)


def test_calendar_warns_of_a_missing_year(sign_in, insurance_handler, working):
    year = local_date(timezone.now()).year
    html = page(sign_in(insurance_handler), "calendar_year", 2031)
    assert 'class="msg warning"' in html
    assert str(year) in page(sign_in(insurance_handler), "calendar")


@pytest.mark.parametrize(
    ("who", "status"),
    [("insurance_head", 403), ("security_admin", 403), ("system_admin", 200), ("office_coordinator", 200)],
)
def test_who_edits_calendar_and_rules(sign_in, request, working, who, status):
    client = sign_in(request.getfixturevalue(who))
    page(client, "calendar_edit", 2026, status=status)
    page(client, "rule_edit", "support_notice", status=status)


def test_a_year_is_entered_by_its_notice(sign_in, system_admin, clock):
    client, url = sign_in(system_admin), reverse("deadlines:calendar_edit", args=[2027])
    deadline = clock("case_90", at="2026-11-17")
    lines = "2027-01-01~2027-01-03 休 元旦\n\n2027年1月9日 班 调休上班\n"
    given = {"notice_number": "国办发明电〔2026〕9号", "days": lines, "expected_version": 0}
    wrong = client.post(url, given | {"days": "2027-01-01 元旦\n2027-13-01 休 元旦\n2027-05-05~2027-05-01 休 节"})
    assert wrong.status_code == 200
    assert "2027-13-01" in wrong.content.decode()
    assert client.post(url, given | {"days": "2026-01-01 休 元旦"}).status_code == 200
    assert not CalendarYear.objects.filter(year=2027).exists()
    assert client.post(url, given).status_code == 302
    calendar = Calendar.fresh()
    assert calendar.kind(D(2027, 1, 9)) == "makeup"
    assert [calendar.is_working(D(2027, 1, day)) for day in (1, 2, 3, 4)] == [False, False, False, True]
    assert not Deadline.objects.get(pk=deadline.pk).provisional
    shorter = given | {"days": "2027-01-01~2027-01-03 休 元旦"}
    stale = client.post(url, shorter)
    assert stale.status_code == 200
    [(_label, there, typed)] = stale.context["form"].differences
    assert ("2027-01-09 班 调休上班" in there, typed) == (True, shorter["days"])
    again = shorter | {"expected_version": stale.context["form"]["expected_version"].value()}
    assert client.post(url, again).status_code == 302
    assert Calendar.fresh().kind(D(2027, 1, 9)) != "makeup"
    assert client.post(url, given | {"expected_version": int(again["expected_version"]) + 1}).status_code == 302
    html = page(client, "calendar_edit", 2027)
    assert "2027-01-09 班 调休上班" in html


def test_a_rule_gets_a_new_version(sign_in, office_coordinator, working):
    client, url = sign_in(office_coordinator), reverse("deadlines:rule_edit", args=["transfer_sign"])
    today = local_date(timezone.now())
    given = {
        "amount": 2, "unit": "working_day", "warn_days": 1, "escalate_days": 1, "roll_over": "on",
        "basis": "联席会议议定", "effective_from": (today + dt.timedelta(days=7)).isoformat(), "expected_version": 1,
    }  # fmt: skip
    past = client.post(url, given | {"effective_from": "2025-01-01"})
    assert past.status_code == 200
    assert "联席会议议定" in past.content.decode()
    assert client.post(url, given).status_code == 302
    assert ClockRule.objects.filter(code="transfer_sign").count() == 2
    assert "联席会议议定" in page(client, "rule", "transfer_sign")
    assert 'class="tag tag-b"' in page(client, "rules")
    assert Event.objects.filter(verb="clock_rule.changed").latest("pk").actor_id == office_coordinator.pk


def test_a_fixed_number_of_queries(sign_in, clock, insurance_handler):
    """The frame's own counts grow with the rooms; what matters is that rows cost nothing."""
    client, counted = sign_in(insurance_handler), []
    deadline = clock("verification", at=timezone.now(), case=None, target=("strand", 10))
    page(client, "detail", deadline.pk)
    for number in range(3):
        clock("verification", at=timezone.now(), case=None, target=("strand", number + 11))
        extend_clock(deadline=deadline, at=timezone.now(), reason="疑难", amount=1)
        with CaptureQueriesContext(connection) as asked:
            page(client, "detail", deadline.pk)
        counted.append(len(asked))
    assert len(set(counted)) == 1
    counted.clear()
    for number in range(2):
        with CaptureQueriesContext(connection) as asked:
            page(client, "rules")
        counted.append(len(asked))
        rule = ClockRule.objects.get(code="bulletin")
        rule.pk, rule.code = None, f"more-{number}"
        rule.save()
    assert counted[0] == counted[1]


def test_navigation_has_both_pages(sign_in, insurance_handler, working):
    names = {entry.url_name for entry in registry.nav}
    assert {"deadlines:calendar", "deadlines:rules"} <= names
    assert reverse("deadlines:rules") in page(sign_in(insurance_handler), "calendar")
