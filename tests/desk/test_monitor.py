"""时限监控: who sees which clocks, the numbers against a count by hand, filters, pages, and nothing hidden."""

import datetime as dt
import io
from collections import Counter
from urllib.parse import urlencode

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from core import registry
from core.dates import local_date
from deadlines import calendar, watching
from deadlines.actions.changes import pause_clock
from deadlines.actions.clocks import meet_clock, start_clock
from deadlines.models import Deadline
from deadlines.watching import NOBODY, Cursor, Watch
from journal.models import Event
from tests.factories.cases import make_case, make_subject

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
QUERIES = 13  # the frame's, one kind of thing outside cases included


@pytest.fixture(autouse=True)
def _forget_calendar():
    calendar.drop()
    yield
    calendar.drop()


@pytest.fixture
def at():
    return timezone.now()


@pytest.fixture
def case(office, insurance_handler, county, at):
    return make_case(by=insurance_handler, at=at - 60 * DAY, subject=make_subject(county, at=at - 60 * DAY))


@pytest.fixture
def clock(case, insurance, health, at):
    """`clock(due=-3)`: a clock of the case that fell due three days ago; of no case with `case=None`."""
    ids = iter(range(10_000, 20_000))

    def start(due=5, started=-40, **more):
        given = {
            "code": "supervision", "target": ("dispatch", next(ids)), "department": health, "to_department": insurance,
            "case": case, "started_at": at + started * DAY, "due_on": local_date(at) + due * DAY,
        }  # fmt: skip
        return start_clock(at=at, **(given | more))

    return start


@pytest.fixture
def as_user(client):
    def sign_in(user):
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in


def html(client, status=200, **query):
    answer = client.get(reverse("desk:monitor"), query)
    assert answer.status_code == status
    return answer.content.decode()


def watched(user):
    return set(Deadline.objects.watched_by(user))


# -- who ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("office_coordinator", 200), ("county_leader", 200), ("office_head", 200), ("insurance_deputy_head", 200),
        ("health_head", 200), ("insurance_section_head", 403), ("insurance_handler", 403), ("system_admin", 403),
        ("audit_admin", 403), ("outsider", 403),
    ],
)  # fmt: skip
def test_who_opens_the_list(as_user, request, office, who, status):
    client = as_user(request.getfixturevalue(who))
    html(client, status)
    assert client.post(reverse("desk:monitor_export")).status_code == status


def test_a_day_that_cannot_be_is_left_out_and_marked(as_user, office_coordinator):
    client = as_user(office_coordinator)
    for day in ("9999-12-31", "0001-01-01", "1999-12-31"):
        query = {"state": "done", "since": day, "until": day}
        answer = client.get(reverse("desk:monitor"), query)
        assert answer.status_code == 200
        assert set(answer.context["form"].errors) == {"since", "until"}
        sent = client.post(reverse("desk:monitor_export"), {"query": urlencode(query)})
        assert sent.status_code < 400


def test_signed_out_people_are_sent_to_sign_in(client, db):
    for name in ("monitor", "monitor_press"):
        assert client.get(reverse(f"desk:{name}")).status_code == 302


def test_the_office_sees_the_county_and_a_leader_the_own_department(
    case, clock, office_coordinator, county_leader, office_head, health_head, insurance_head, finance, other_insurance,
    health_handler, health,
):  # fmt: skip
    own_strand = Deadline.objects.get(target_kind="strand")
    to_health = clock(department=finance, to_department=health)
    theirs = clock()
    elsewhere = clock(case=None, department=other_insurance, to_department=None)
    assert watched(office_coordinator) == watched(county_leader) == watched(office_head) == {own_strand, theirs, to_health}
    assert watched(insurance_head) == {own_strand, theirs}
    assert watched(health_head) == set()  # the case is not open to health
    assert watched(health_handler) == set()
    assert elsewhere not in watched(office_coordinator)


def test_clocks_outside_cases_follow_what_they_hang_on(clock, office_coordinator, health_head, health, monkeypatch):
    seen = clock(case=None, target=("task", 1))
    unseen = clock(case=None, target=("task", 2))
    stray = clock(case=None, target=("nothing_known", 1))
    monkeypatch.setitem(registry.watched_targets, "task", lambda user: [1])
    assert watched(office_coordinator) == {seen, Deadline.objects.get(target_kind="strand")}
    assert watched(health_head) == {seen, unseen, stray}  # what the own department owes
    monkeypatch.setitem(registry.hidden_targets, "task", lambda user: [2])
    assert watched(health_head) == {seen, stray}


def test_a_hidden_thing_is_left_out_within_a_case_too(clock, office_coordinator, monkeypatch):
    shown, hidden = clock(target=("dispatch", 1)), clock(target=("dispatch", 2))
    monkeypatch.setitem(registry.hidden_targets, "dispatch", lambda user: [2])
    assert shown in watched(office_coordinator)
    assert hidden not in watched(office_coordinator)
    assert watching.tally(office_coordinator, Watch(), timezone.now()).total == 2


def test_a_restricted_case_shows_nothing_to_the_office(as_user, case, clock, office_coordinator, insurance_head):
    clock(due=-3)
    assert case.title in html(as_user(office_coordinator))
    type(case).objects.filter(pk=case.pk).update(restricted=True)
    assert watched(office_coordinator) == set()
    text = html(as_user(office_coordinator))
    assert case.title not in text
    assert 'class="empty"' in text
    assert watching.tally(office_coordinator, Watch(), timezone.now()).total == 0
    assert watched(insurance_head) == set()  # a leader who is not named on it neither


def test_nobody_without_rooms_of_cases(office_coordinator, clock, monkeypatch):
    clock()
    monkeypatch.delitem(registry.kinds, "case")
    assert watched(office_coordinator) == set()


# -- the numbers -------------------------------------------------------------------------------------------------
@pytest.fixture
def many(clock, insurance, health, finance, at):
    """Every lamp at three departments, paused and done ones among them."""
    for department in (insurance, health, finance):
        for due in (-10, -1, 0, 1, 20):
            clock(due=due, department=department, started=-20 - due)
        stopped = clock(department=department, to_department=None)
        pause_clock(deadline=stopped, reason="等待补正", at=at, by=None)
    for due, started in ((-5, -100), (9, -10)):
        meet_clock(deadline=clock(due=due, started=started), at=at)


def by_hand(user, at, **wanted):
    """The watched rows that fit, judged one by one."""
    on, found = local_date(at), []
    for each in Deadline.objects.watched_by(user).select_related("rule"):
        lamp = next(
            (code for code in "ry" if Deadline.objects.filter(pk=each.pk).with_lamp(code, at).exists()),
            "g" if each.status == "running" and each.stage == "fresh" and each.warn_at > at else "n",
        )
        facts = {
            "state": "done" if each.status == "met" else "open", "owing": each.department_id,
            "to": each.to_department_id or NOBODY, "lamp": lamp, "clock": each.rule_code,
        }  # fmt: skip
        old = wanted.get("age") is None or (on - each.started_on).days >= wanted["age"]
        if old and all(facts[name] == value for name, value in wanted.items() if name != "age"):
            found.append(each)
    return found


@pytest.mark.parametrize(
    "wanted",
    [
        {}, {"lamp": "r"}, {"lamp": "y"}, {"lamp": "g"}, {"lamp": "n"}, {"clock": "supervision"}, {"age": 30},
        {"to": NOBODY}, {"state": "done"}, {"state": "done", "lamp": "r"}, {"state": "done", "lamp": "n"},
        {"owing": "health", "lamp": "r"}, {"owing": "health", "to": "insurance"},
    ],
)  # fmt: skip
def test_every_number_is_the_number_of_its_list(many, office_coordinator, health, insurance, at, wanted):
    names = {"health": health.pk, "insurance": insurance.pk}
    wanted = {name: names.get(value, value) if name in ("owing", "to") else value for name, value in wanted.items()}
    watch = Watch(**wanted)
    expected = by_hand(office_coordinator, at, **{"state": "open", **wanted})
    assert expected, "the world has some of each"
    listed = watching.page(office_coordinator, watch, at)
    assert {row.pk for row in listed.rows} == {each.pk for each in expected}
    counted = watching.tally(office_coordinator, watch, at)
    assert counted.total == len(expected)
    free = {name: value for name, value in {"state": "open", **wanted}.items() if name != "owing"}
    assert counted.departments == Counter(each.department_id for each in by_hand(office_coordinator, at, **free))
    free = {name: value for name, value in {"state": "open", **wanted}.items() if name != "lamp"}
    for lamp in "rygn":
        assert counted.lamps[lamp] == len(by_hand(office_coordinator, at, **{**free, "lamp": lamp}))


def test_done_between_two_days(clock, office_coordinator, at):
    today = local_date(at)
    meet_clock(deadline=clock(), at=at)
    def n(**days):
        return watching.tally(office_coordinator, Watch(state="done", **days), at).total

    assert n(since=today, until=today) == 1
    assert n(since=today + DAY) == n(until=today - DAY) == 0


def test_pages_of_the_list_hold_every_clock_once_both_ways(many, office_coordinator, at):
    everything = [row.pk for row in watching.page(office_coordinator, Watch(), at).rows]
    assert len(everything) == 19
    forwards, cursor = [], None
    while True:
        page = watching.page(office_coordinator, Watch(), at, cursor, size=4)
        forwards += [row.pk for row in page.rows]
        if page.next is None:
            break
        cursor = Cursor.read(str(page.next))
    assert forwards == everything
    back = watching.page(office_coordinator, Watch(), at, page.previous, size=4)
    assert [row.pk for row in back.rows] == everything[12:16]
    first = watching.page(office_coordinator, Watch(), at, back.previous, size=20)
    assert [row.pk for row in first.rows] == everything[:12]
    assert first.previous is None
    assert watching.page(office_coordinator, Watch(owing=10**9), at).rows == []


@pytest.mark.parametrize("text", ["", "x", "a.1", "c.1.2", "a.x.2", "a.999999999999999999.1", "a.1.²", "a.1.2.3"])
def test_a_place_nobody_gave_out_is_none(text):
    assert Cursor.read(text) is None


# -- what a row says -----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("due", "started", "step"), [(90, -1, ""), (0, -40, "warn"), (-30, -60, "up")]
)
def test_how_far_a_clock_has_come(clock, at, due, started, step):
    assert watching.step_of(clock(due=due, started=started), at) == step


def test_the_first_step_the_third_and_none(clock, at):
    row = clock(due=30)
    assert watching.step_of(row, row.warn_at) == "remind"
    assert watching.step_of(row, row.due_at) == "late"
    pause_clock(deadline=row, reason="等待补正", at=at, by=None)
    assert watching.step_of(row, row.due_at) == ""


def test_the_page_says_what_is_owed_to_whom(as_user, case, clock, office_coordinator, health_handler, at):
    clock(due=-3, person=health_handler)
    text = html(as_user(office_coordinator))
    for said in (case.title, "县卫健局", health_handler.name, "县医保局", "逾期"):
        assert said in text
    assert reverse("desk:monitor_press") in text


def test_a_thing_outside_cases_is_named_only_where_its_page_is_open(as_user, clock, office_coordinator, office):
    mine = clock(case=None, target=("meeting", 77), department=office, to_department=None)
    rows = watching.shown(office_coordinator, watching.rows_of([mine.pk]), timezone.now())
    assert (rows[0].about, rows[0].url) == (str(registry.kinds["meeting"].label), "")
    assert watching.clock_url(office_coordinator, mine) == reverse("deadlines:detail", args=[mine.pk])
    other = clock(case=None, target=("nothing_known", 77), to_department=None)
    assert watching.shown(office_coordinator, [*watching.rows_of([other.pk])], timezone.now())[0].about == ""
    assert watching.clock_url(office_coordinator, other) == ""


def test_the_county_leader_only_looks(as_user, clock, county_leader):
    clock(due=-3)
    text = html(as_user(county_leader))
    assert "data-pick" not in text
    assert reverse("desk:monitor_press") + "?step" not in text
    assert as_user(county_leader).get(reverse("desk:monitor_press"), {"ids": "1"}).status_code == 403


def test_what_narrows_without_a_tab_stands_as_a_chip(as_user, clock, office_coordinator, insurance):
    clock()
    client = as_user(office_coordinator)
    query = {"to": insurance.pk, "age": 30, "lamp": "y", "state": "done", "since": "2026-01-01", "until": "2026-12-31"}
    chips = client.get(reverse("desk:monitor"), query).context["chips"]
    assert [chip["text"].rpartition("：")[2] for chip in chips] == ["县医保局", "30天以上", "2026-01-01", "2026-12-31"]
    assert "to=" not in chips[0]["query"] and "lamp=y" in chips[0]["query"]
    assert client.get(reverse("desk:monitor"), {"to": NOBODY}).context["chips"][0]["text"].endswith("未指定对象")
    assert client.get(reverse("desk:monitor")).context["chips"] == []


def test_an_empty_county_says_so(as_user, office_coordinator):
    text = html(as_user(office_coordinator))
    assert 'class="empty"' in text
    assert "<tbody>" not in text


def test_an_address_written_by_hand_narrows_by_what_can_be(as_user, clock, office_coordinator):
    clock()
    text = html(
        as_user(office_coordinator), owing="x", to="99999999999", lamp="z", clock="../", age="7", since="yesterday",
        state="?", at="a.1.2",
    )  # fmt: skip
    assert "县卫健局" in text
    html(as_user(office_coordinator), at="b." + "9" * 18 + ".1")
    text = html(as_user(office_coordinator), state="done", since="yesterday")
    assert "is-invalid" in text


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_the_same_however_many_rows(as_user, clock, office_coordinator, office, number):
    for _each in range(number):
        clock(due=-3)
        clock(case=None, target=("meeting", 70 + _each), department=office, to_department=None)
    client = as_user(office_coordinator)
    html(client)
    with CaptureQueriesContext(connection) as asked:
        html(client)
    assert len(asked) == QUERIES


def test_the_list_as_a_file(as_user, case, clock, office_coordinator):
    clock(due=-3, name="=1+1")
    answer = as_user(office_coordinator).post(reverse("desk:monitor_export"), {"query": "lamp=r"})
    assert answer["Cache-Control"] == "no-store"
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    rows = list(sheet.iter_rows(min_row=4, values_only=True))
    assert len(rows) == 2  # with the strand of the case
    assert rows[1][3] == "=1+1"
    assert sheet["D5"].data_type == "s"
    assert rows[1][7] == case.title
    assert Event.objects.get(verb="deadline.exported").params["rows"] == 2


def test_a_long_list_says_that_it_was_cut(as_user, clock, office_coordinator, monkeypatch):
    monkeypatch.setattr("desk.monitor_excel.MOST", 1)
    clock()
    answer = as_user(office_coordinator).post(reverse("desk:monitor_export"))
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert "1" in sheet["A2"].value.split()[-1] or "1" in sheet["A2"].value
    assert sheet.max_row == 4
