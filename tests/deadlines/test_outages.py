"""Outages: noted, refused, taken back, kept; and which late clocks they excuse, against a count by hand."""

import contextlib
import datetime as dt
import random

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from core import memory
from core.dates import end_of, local_date, start_of
from core.refusals import BadInput, WrongState
from deadlines import outages, rules, set_up
from deadlines.actions.changes import extend_clock, pause_clock, resume_clock
from deadlines.actions.clocks import meet_clock
from deadlines.actions.outages import note_outage, take_back_outage
from deadlines.calendar import Calendar
from deadlines.models import Deadline, Outage
from departments.enums import Role
from journal.models import Event
from tests.cast import person
from tests.deadlines.conftest import local

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)
AT = local("2026-12-01 10:00")


@pytest.fixture
def admin(office):
    return person("gl09", "安守规", office, Role.SYSTEM_ADMIN)


@pytest.fixture
def elsewhere(other_insurance):
    return person("gl08", "云守规", other_insurance, Role.SYSTEM_ADMIN)


@pytest.fixture
def down(admin, county):
    """`down("2026-11-18 09:00", "2026-11-18 12:00")`: an outage of the county, of everything with `region=None`."""

    def note(begins, ends, **more):
        given = {"region": county, "what": "机房停电", "by": admin, "at": AT} | more
        return note_outage(begins_at=local(begins), ends_at=local(ends), **given)

    return note


def excused(at=AT):
    return set(Deadline.objects.filter(outages.excused(AnonymousUser(), at)))


# -- noting and taking back --------------------------------------------------------------------------------------
def test_an_outage_is_noted_with_its_event(down, admin, county):
    made = down("2026-11-18 09:00", "2026-11-18 12:00", what=" 机房停电 ")
    assert (made.region, made.what, made.noted_by, str(made)) == (county, "机房停电", admin, "机房停电")
    event = Event.objects.get(verb="outage.noted")
    assert event.params == {
        "region": county.pk, "what": "机房停电", "begins": "2026-11-18 09:00", "ends": "2026-11-18 12:00",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("begins", "ends", "what", "fields"),
    [
        ("2026-11-18 12:00", "2026-11-18 12:00", "停电", ["ends_at"]),
        ("2026-12-01 09:00", "2026-12-01 10:01", "停电", ["ends_at"]),
        ("2026-10-01 09:00", "2026-10-31 09:01", "停电", ["ends_at"]),
        ("1999-12-31 09:00", "1999-12-31 08:00", " ", ["begins_at", "ends_at", "what"]),
    ],
)
def test_what_cannot_be_is_refused(down, begins, ends, what, fields):
    with pytest.raises(BadInput) as refused:
        down(begins, ends, what=what)
    assert list(refused.value.faults) == fields
    assert not Outage.objects.exists()


def test_none_overlaps_one_that_stands(down, admin, county, other_county):
    first = down("2026-11-18 09:00", "2026-11-18 12:00")
    down("2026-11-18 12:00", "2026-11-18 13:00")  # the end is not included
    down("2026-11-18 09:00", "2026-11-18 12:00", region=other_county)
    for region in (county, None):
        with pytest.raises(BadInput):
            down("2026-11-18 11:00", "2026-11-18 12:00", region=region)
    down("2026-11-19 11:00", "2026-11-19 12:00", region=None)
    with pytest.raises(BadInput):
        down("2026-11-19 11:30", "2026-11-19 11:40")
    take_back_outage(outage=first, reason="记错", by=admin, at=AT)
    down("2026-11-18 11:00", "2026-11-18 12:00")


def test_it_is_taken_back_once_and_never_edited(down, admin):
    outage = down("2026-11-18 09:00", "2026-11-18 12:00")
    with pytest.raises(BadInput):
        take_back_outage(outage=outage, reason=" ", by=admin, at=AT)
    for change in ({"what": "别的"}, {"ends_at": AT}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Outage.objects.filter(pk=outage.pk).update(**change)
    taken = take_back_outage(outage=outage, reason="记错", by=admin, at=AT)
    assert (taken.taken_back_by, taken.taken_back_at, taken.taken_back_reason) == (admin, AT, "记错")
    assert Event.objects.get(verb="outage.taken_back").params["reason"] == "记错"
    with pytest.raises(WrongState):
        take_back_outage(outage=outage, reason="再来", by=admin, at=AT)
    with pytest.raises(DatabaseError), transaction.atomic():
        Outage.objects.filter(pk=outage.pk).update(taken_back_reason="改")


def test_the_application_has_no_right_to_edit_or_delete():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT has_table_privilege(r, 'deadlines_outage', p) FROM (VALUES ('UPDATE'), ('DELETE'), ('TRUNCATE')) t(p),"
            " (SELECT %s::name AS r) role",
            [_app_role()],
        )
        assert cursor.fetchall() == [(False,)] * 3
        cursor.execute("SELECT has_column_privilege(%s, 'deadlines_outage', 'taken_back_at', 'UPDATE')", [_app_role()])
        assert cursor.fetchone() == (True,)


def _app_role():
    return settings.DATABASE_ROLES["app"]


# -- who ---------------------------------------------------------------------------------------------------------
def test_everybody_of_the_county_reads_them_and_only_its_administrator_writes(
    down, admin, elsewhere, insurance_handler, county, client
):
    here = down("2026-11-18 09:00", "2026-11-18 12:00")
    everywhere = down("2026-11-19 09:00", "2026-11-19 12:00", region=None)
    assert set(Outage.objects.visible_to(insurance_handler)) == {here, everywhere}
    assert set(Outage.objects.visible_to(elsewhere)) == {everywhere}
    assert (outages.known(insurance_handler), outages.known(elsewhere)) == ([everywhere, here], [everywhere])
    assert not Outage.objects.visible_to(AnonymousUser()).exists()
    can = rules.can_take_back_outage
    assert [can(admin, here), can(elsewhere, here), can(elsewhere, everywhere)] == [True, False, True]
    assert not can(insurance_handler, here)
    assert set_up.outages(admin) == (True, "现有2次停用记录。")
    taken = take_back_outage(outage=here, reason="记错", by=admin, at=AT)
    assert not can(admin, taken)
    assert Outage.objects.standing().get() == everywhere


def test_the_pages(client, admin, insurance_handler, county, now):
    def enter(user):
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")

    enter(admin)
    url = reverse("deadlines:new_outage")
    assert 'class="empty' in client.get(reverse("deadlines:outages")).content.decode()
    given = {"begins_at": "2026-03-02T09:00", "ends_at": "2026-03-02T08:00", "where": "region", "what": "机房停电"}
    assert "is-invalid" in client.post(url, given).content.decode()
    for where, hour in (("region", "10"), ("all", "12")):
        sent = given | {"ends_at": f"2026-03-02T{hour}:00", "begins_at": f"2026-03-02T{int(hour) - 1:02}:00", "where": where}
        assert client.post(url, sent).status_code == 302
    outage = Outage.objects.get(region=county)
    assert (outage.begins_at, outage.ends_at) == (local("2026-03-02 09:00"), local("2026-03-02 10:00"))
    page = client.get(reverse("deadlines:outages")).content.decode()
    back = reverse("deadlines:take_back_outage", args=[outage.pk])
    assert back in page and "机房停电" in page and "整个系统" in page
    assert "机房停电" in client.get(back).content.decode()
    assert client.post(back, {"reason": ""}).status_code == 200
    assert client.post(back, {"reason": "记错"}).status_code == 302
    assert client.get(back).status_code == 403
    enter(insurance_handler)
    page = client.get(reverse("deadlines:outages")).content.decode()
    assert "记错" in page and back not in page
    assert client.get(url).status_code == 403


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_a_fixed_number(client, admin, down, rows, django_assert_max_num_queries):
    for day in range(rows):
        down(f"2026-11-1{day} 09:00", f"2026-11-1{day} 12:00")
    client.force_login(admin, backend="django.contrib.auth.backends.ModelBackend")
    client.get(reverse("deadlines:outages"))
    with django_assert_max_num_queries(9):
        client.get(reverse("deadlines:outages"))


# -- the effect --------------------------------------------------------------------------------------------------
@pytest.fixture
def due(clock):
    """A clock owed from 2026-11-09 09:00 with its last day 2026-11-18, a Wednesday; done where said."""

    def start(done=None, started="2026-11-09", **more):
        made = clock("supervision", at=started, due_on=dt.date(2026, 11, 18), **more)
        return made if done is None else meet_clock(deadline=made, at=local(done))

    return start


def test_an_outage_on_the_last_day_gives_the_next_working_day(due, down, admin):
    due("2026-11-18 20:00")  # in time: nothing to excuse
    soon, later = due("2026-11-19 23:00"), due("2026-11-20 00:00")
    outage = down("2026-11-18 17:00", "2026-11-18 17:30")
    assert excused() == {soon}
    assert later.late
    take_back_outage(outage=outage, reason="记错", by=admin, at=AT)
    assert excused() == set()


def test_late_by_no_more_than_was_taken(due, down):
    exactly, more = due("2026-11-19 03:00"), due("2026-11-19 03:01")
    down("2026-11-12 09:00", "2026-11-12 12:00")
    assert excused() == {exactly}
    assert not more.late_reason


def test_days_off_take_nothing_and_cost_nothing(due, down):
    due("2026-11-19 00:01")
    down("2026-11-14 00:00", "2026-11-16 00:00")  # a weekend
    assert excused() == set()


def test_not_before_it_ran_nor_while_it_was_paused(due, down):
    due("2026-11-19 02:00", started="2026-11-13")
    paused = due()
    pause_clock(deadline=paused, at=local("2026-11-12 08:00"), reason="补正")
    resume_clock(deadline=paused, at=local("2026-11-12 18:00"), reason="补齐")
    meet_clock(deadline=paused, at=local("2026-11-19 02:00"))
    ran = due("2026-11-19 02:00")
    down("2026-11-12 09:00", "2026-11-12 12:00")
    assert excused() == {ran}


def test_another_countys_outage_excuses_nothing_here(due, down, other_county):
    one = due("2026-11-19 02:00")
    down("2026-11-12 09:00", "2026-11-12 12:00", region=other_county)
    assert excused() == set()
    down("2026-11-13 09:00", "2026-11-13 12:00", region=None)
    assert excused() == {one}


def test_an_open_clock_is_excused_for_as_long_as_one_done_now_would_be(due, down):
    one = due()
    down("2026-11-18 17:00", "2026-11-18 17:30")
    hours = ("2026-11-18 18:00", "2026-11-19 09:00", "2026-11-20 00:00")
    assert [excused(local(at)) for at in hours] == [set(), {one}, set()]


def test_extended_after_it_was_late_stays_late(due, down):
    one = due()
    extend_clock(deadline=one, at=local("2026-11-20 09:00"), reason="同意", new_due_on=dt.date(2026, 11, 25))
    meet_clock(deadline=one, at=local("2026-11-24 09:00"))
    assert one.late
    down("2026-11-18 17:00", "2026-11-18 17:30")
    assert excused() == set()


def test_no_outage_asks_nothing_of_the_clocks(due, insurance_handler, django_assert_num_queries):
    due("2026-11-19 02:00")
    memory.begin(insurance_handler)
    outages.excused(insurance_handler, AT)
    with django_assert_num_queries(0):
        assert not list(Deadline.objects.filter(outages.excused(insurance_handler, AT)))


# -- by hand -----------------------------------------------------------------------------------------------------
def work(begins, ends):
    """Time of working days between two instants, day by day."""
    total, day = dt.timedelta(), local_date(begins)
    while start_of(day) < ends:
        if Calendar.current().is_working(day):
            total += max(dt.timedelta(), min(ends, end_of(day)) - max(begins, start_of(day)))
        day += dt.timedelta(days=1)
    return total


def by_hand(deadline, found, at):
    spans, pause = [], None
    for change in deadline.changes.order_by("id"):
        if change.kind == "pause":
            pause = change.at
        elif change.kind == "resume":
            spans.append((pause, change.at))
            pause = None
    done = min(deadline.ended_at or at, pause or at)
    late = deadline.late if deadline.status in ("met", "paused") else deadline.status == "running" and deadline.due_at <= at
    if not late or done < deadline.due_at:
        return False
    taken = dt.timedelta()
    for outage in found:
        if outage.region_id not in (None, deadline.region_id):
            continue
        if outage.begins_at >= done or outage.ends_at <= deadline.started_at:
            continue
        next_day = local_date(outage.ends_at) + dt.timedelta(days=1)
        while not Calendar.current().is_working(next_day):
            next_day += dt.timedelta(days=1)
        last_day = max(start_of(deadline.due_on), deadline.started_at)
        if outage.begins_at < deadline.due_at and outage.ends_at > last_day and done < end_of(next_day):
            return True
        begins, ends = max(outage.begins_at, deadline.started_at), min(outage.ends_at, done)
        taken += work(begins, ends) if begins < ends else dt.timedelta()
        for since, until in spans:
            if max(begins, since) < min(ends, until):
                taken -= work(max(begins, since), min(ends, until))
    return bool(taken) and taken >= work(deadline.due_at, done)


@pytest.mark.parametrize("seed", range(3))
def test_random_clocks_and_outages_are_excused_as_by_hand(clock, admin, county, other_county, seed):
    dice = random.Random(seed)  # noqa: S311 (not a secret)
    first = local("2026-09-25 00:00")  # the long holiday of October lies within

    def instant(low, high):
        return first + dt.timedelta(minutes=dice.randint(low * 1440, high * 1440))

    for _number in range(60):
        begins = instant(0, 40)
        region = dice.choice([county, county, other_county, None])
        ends = begins + dice.choice([1, 5, 30, 80]) * HOUR
        with contextlib.suppress(BadInput):
            note_outage(begins_at=begins, ends_at=ends, region=region, what="停", by=admin, at=AT)
    for _number in range(70):
        started = instant(0, 20)
        one = clock("supervision", at=started, due_on=local_date(started) + dt.timedelta(days=dice.randint(0, 12)))
        at = started
        for _each in range(dice.randint(0, 2)):
            at += dice.randint(1, 60) * HOUR
            if at > first + dt.timedelta(days=45):
                break
            pause_clock(deadline=one, at=at, reason="补正")
            if dice.random() < 0.85:
                at += dice.randint(1, 60) * HOUR
                resume_clock(deadline=one, at=at, reason="补齐")
            else:
                break
        if dice.random() < 0.8:
            done = max(at, one.due_at - 10 * HOUR) + dt.timedelta(minutes=dice.randint(0, 3 * 1440))
            meet_clock(deadline=one, at=done)
    for at in (AT, local("2026-10-16 11:00")):
        known = [each for each in Deadline.objects.all() if each.started_at < at and (each.ended_at or at) <= at]
        found = list(Outage.objects.standing())
        expected = {each for each in known if by_hand(each, found, at)}
        assert {each for each in excused(at) if each in known} == expected
        assert expected and len(expected) < len(known)
