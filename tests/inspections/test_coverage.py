"""The yearly count of visits with its cap, and the year of full coverage with its clock."""

import datetime as dt
import io
from decimal import Decimal

import openpyxl
import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse

from cases.models import Subject
from core.dictionaries import version_of
from core.refusals import AlreadyDone, BadInput, Stale
from deadlines.models import Deadline
from inspections import agenda_coverage, pools_rules, set_up_caps
from inspections import coverage as figures
from inspections.actions.coverage import (
    change_caps,
    count_again,
    cover,
    exempt_body,
    open_year,
    run_coverage,
)
from inspections.actions.planning import add_target
from inspections.frequency import caps_of, visits_before, visits_in_year, warnings
from inspections.models import CoverageExemption, CoverageYear, VisitCap
from journal.models import Event
from journal.render import sentence
from tests.factories.cases import make_subject
from tests.factories.draws import inspection_of, visited
from tests.inspections.test_draw_pages import send

YEAR = 2026


@pytest.fixture
def bodies(county, now):
    return {
        "public": make_subject(county, name="中医院", public=True, at=now),
        "private": make_subject(county, name="仁和医院", public=False, at=now),
        "unknown": make_subject(county, name="康宁医院", at=now),
        "shop": make_subject(county, kind="pharmacy", name="惠民药房", at=now),
        "maker": make_subject(county, kind="supplier", name="青禾药业", at=now),
        "patient": make_subject(county, kind="insured", name="张三", at=now),
    }


@pytest.fixture
def plan(insurance, insurance_handler, now):
    return inspection_of(insurance, by=insurance_handler, at=now, kind="special", asked=False)


@pytest.fixture
def visit(insurance_handler, now):
    return lambda inspection, subject, on: visited(inspection, subject, on, by=insurance_handler, at=now)


DAY = dt.date(2026, 11, 2)


def test_visits_are_counted_by_year_and_exempt_ones_apart(
    bodies, plan, visit, insurance, insurance_handler, other_county, other_insurance, outsider, now,
    django_assert_num_queries,
):  # fmt: skip
    reported = inspection_of(
        insurance,
        by=insurance_handler,
        at=now,
        kind="special",
        asked=False,
        source="report",
        source_number="举报2026-1",
    )
    ordered = inspection_of(
        insurance,
        by=insurance_handler,
        at=now,
        kind="special",
        asked=False,
        source="above",
        source_number="省督2026-1",
    )
    hospital = bodies["private"]
    again = inspection_of(insurance, by=insurance_handler, at=now, kind="special", asked=False)
    for inspection, on in (
        (plan, DAY), (plan, DAY + dt.timedelta(days=1)), (again, DAY + dt.timedelta(days=9)), (reported, DAY),
        (ordered, DAY), (plan, dt.date(2025, 12, 31)),
    ):  # fmt: skip
        visit(inspection, hospital, on)
    abroad = inspection_of(other_insurance, by=outsider, at=now, kind="special", asked=False)
    visit(abroad, make_subject(other_county, at=now), DAY)
    with django_assert_num_queries(4):
        found = visits_in_year([hospital, bodies["shop"]], YEAR, insurance_handler)
    row = found[hospital.pk]
    assert (row.counted, row.exempt, row.total, row.most, row.reached, row.lamp) == (2, 2, 4, 2, True, "r")
    assert row.seen == [plan, reported, ordered, again]  # of its two days, plan is one inspection
    assert (found[bodies["shop"].pk].counted, found[bodies["shop"].pk].lamp) == (0, "g")
    assert warnings(found.values(), exempt=False) == [row] and warnings(found.values(), exempt=True) == []
    assert visits_in_year([hospital], 2025, insurance_handler)[hospital.pk].counted == 1


def test_one_inspection_of_three_days_leaves_the_cap_open(
    bodies, plan, visit, insurance, insurance_handler, now
):
    hospital = bodies["public"]
    for day in range(3):
        visit(plan, hospital, DAY + dt.timedelta(days=day))
    row = visits_in_year([hospital], YEAR, insurance_handler)[hospital.pk]
    assert (row.counted, row.most, row.reached) == (1, 2, False)
    later = inspection_of(insurance, by=insurance_handler, at=now, kind="joint", asked=False)
    add_target(inspection=later, subject=hospital, by=insurance_handler, at=now)
    assert visits_before(later) == {hospital.pk: (1, 0)} and visits_before(plan) == {}


def test_a_record_that_was_only_begun_covers_nobody(bodies, plan, insurance_handler, county, now):
    run_coverage(at=now)
    for name in ("public", "private", "unknown", "shop"):
        visited(plan, bodies[name], DAY, by=insurance_handler, at=now, over=False)
    assert figures.coverage_of(county, YEAR).whole.visited == 0
    assert run_coverage(at=now) == (0, 0)


def test_the_count_is_the_regions_and_which_inspections_is_told_of_those_one_sees(
    bodies, plan, visit, health_handler, outsider, system_admin
):
    hospital = bodies["public"]
    visit(plan, hospital, DAY)  # of medical insurance, not put to anybody yet
    row = visits_in_year([hospital, bodies["patient"]], YEAR, health_handler)[hospital.pk]
    assert (row.counted, row.seen, row.lamp) == (1, [], "y")
    assert bodies["patient"].pk not in visits_in_year([bodies["patient"]], YEAR, health_handler)
    assert visits_in_year([hospital], YEAR, outsider) == {}  # a body of another region
    assert visits_in_year([hospital], YEAR, system_admin) == {}


def test_caps_are_shipped_and_a_region_has_its_own(
    bodies, county, other_county, insurance_handler, system_admin, now
):
    shipped = {"institution": 2, "pharmacy": 2, "supplier": 1}
    assert caps_of(county) == shipped
    given = {"region": county, "by": system_admin, "at": now}
    version = version_of(shipped)
    with pytest.raises(BadInput) as caught:
        change_caps(version=version, **(shipped | {"institution": 0, "supplier": 53}), **given)
    assert set(caught.value.faults) == {"institution", "supplier"}
    assert change_caps(version=version, **shipped, **given) == shipped
    assert not VisitCap.objects.filter(region=county).exists()  # nothing was chosen
    own = shipped | {"institution": 4}
    assert change_caps(version=version, **own, **given) == own
    with pytest.raises(Stale):
        change_caps(version=version, **own, **given)
    change_caps(version=version_of(own), **(own | {"institution": 3}), **given)
    assert VisitCap.objects.get(region=county).version == 2 and caps_of(other_county) == shipped
    said = sentence(Event.objects.filter(verb="coverage.caps_changed").latest("pk"))
    assert "3" in said and "4" in said and "institution" not in said
    assert visits_in_year([bodies["public"]], YEAR, insurance_handler)[bodies["public"].pk].most == 3
    assert set_up_caps.caps(system_admin)[0] and "3" in set_up_caps.caps(system_admin)[1]
    assert set_up_caps.change_words("nonsense") == ""
    VisitCap.objects.filter(kind="institution").delete()
    row = visits_in_year([bodies["public"]], YEAR, insurance_handler)[bodies["public"].pk]
    assert (row.most, row.reached, row.lamp) == (None, False, "n")
    for wrong in (
        {"kind": "insured", "most": 2},
        {"kind": "supplier", "most": 0},
        {"kind": "supplier", "most": 367},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            VisitCap.objects.create(region=county, created_at=now, updated_at=now, **wrong)


def test_who_keeps_the_caps(system_admin, office_head, office_coordinator, insurance_head, security_admin):
    keepers = (system_admin, office_head, office_coordinator, insurance_head, security_admin)
    assert [pools_rules.can_keep_caps(user) for user in keepers] == [True, True, False, False, False]
    assert not pools_rules.can_keep_caps(AnonymousUser())
    assert not VisitCap.objects.visible_to(AnonymousUser()).exists()


def test_coverage_is_counted_by_the_statistics_of_the_province(bodies, plan, visit, county, now):
    found = figures.coverage_of(county, YEAR)
    assert (found.whole.total, found.whole.visited, found.whole.share) == (4, 0, Decimal("0.00"))
    visit(plan, bodies["public"], DAY)
    visit(plan, bodies["public"], DAY + dt.timedelta(days=1))  # twice is once
    visit(plan, bodies["shop"], DAY)
    visit(plan, bodies["maker"], DAY)  # a supplier is no institution
    visit(plan, bodies["private"], dt.date(2025, 12, 31))
    found = figures.coverage_of(county, YEAR)
    assert (found.whole.visited, found.whole.left, found.whole.share) == (2, 2, Decimal("50.00"))
    assert (found.public.share, found.private.share, found.unknown.total) == (
        Decimal("100.00"),
        Decimal("0.00"),
        1,
    )
    assert (found.kinds["institution"].visited, found.kinds["pharmacy"].visited) == (1, 1)
    assert list(figures.not_yet(county, YEAR)) == [bodies["private"], bodies["unknown"]] or {
        each.pk for each in figures.not_yet(county, YEAR)
    } == {bodies["private"].pk, bodies["unknown"].pk}
    assert figures.coverage_of(county, 2025).whole.total == 0  # the register begins in 2026
    assert figures.coverage_of(county, 2025).whole.share is None


@pytest.mark.parametrize(
    ("total", "visited", "share"),
    [
        (0, 0, None), (3, 1, "33.33"), (3, 2, "66.67"), (36, 35, "97.22"), (20001, 20000, "99.99"), (7, 7, "100.00"),
        (8, 1, "12.50"),
    ],
)  # fmt: skip
def test_percent_has_two_places_and_is_never_full_while_one_is_left(total, visited, share):
    assert figures.Line(total, visited).share == (None if share is None else Decimal(share))


def test_the_file_says_the_same_and_takes_no_name_for_a_formula(
    bodies, plan, visit, county, insurance_handler, now
):
    Subject.objects.filter(pk=bodies["unknown"].pk).update(name="=1+1医院")
    visit(plan, bodies["public"], DAY)
    book = openpyxl.load_workbook(
        io.BytesIO(figures.workbook(figures.coverage_of(county, YEAR), user=insurance_handler, at=now))
    )
    rows = [[cell.value for cell in row] for row in book.active.iter_rows()]
    assert rows[3][1:5] == [4, 1, 3, 25]
    names = [row[1] for row in rows[11:]]
    assert set(names) == {"仁和医院", "=1+1医院", "惠民药房"}
    cell = next(cell for row in book.active.iter_rows() for cell in row if cell.value == "=1+1医院")
    assert cell.data_type == "s"


def test_the_year_opens_with_its_clock_and_ends_when_all_were_visited(
    bodies, plan, visit, county, insurance, other_insurance, now
):
    assert run_coverage(at=now) == (1, 0)  # the other county has no institution
    assert run_coverage(at=now) == (0, 0)
    coverage = CoverageYear.objects.get()
    clock = Deadline.objects.get(target_kind="coverage_year", target_id=coverage.pk)
    assert (clock.rule_code, clock.due_on, clock.department) == (
        "full_coverage",
        dt.date(2026, 12, 31),
        insurance,
    )
    for name in ("public", "private", "unknown"):
        visit(plan, bodies[name], DAY)
    assert not cover(coverage=coverage, at=now)
    visit(plan, bodies["shop"], DAY)
    assert run_coverage(at=now) == (0, 1)
    clock.refresh_from_db()
    coverage.refresh_from_db()
    assert clock.status == "met" and coverage.covered_at == now and str(coverage) == "2026"
    assert "4" in sentence(Event.objects.filter(verb="coverage.covered").latest("pk"))
    assert not cover(coverage=coverage, at=now) and run_coverage(at=now) == (0, 0)
    assert not open_year(department=insurance, year=YEAR, at=now)


def test_last_years_clock_is_met_late_by_visits_entered_late(bodies, plan, visit, insurance, county, now):
    run_coverage(at=now)
    next_year = dt.datetime(2027, 1, 4, 1, tzinfo=dt.UTC)
    for name in ("public", "private", "unknown", "shop"):
        visit(plan, bodies[name], DAY)
    assert run_coverage(at=next_year) == (1, 1)
    old, new = CoverageYear.objects.order_by("year")
    assert (old.covered_at, new.covered_at) == (next_year, None)


def test_a_clock_somebody_cancelled_does_not_hinder(bodies, plan, visit, insurance, now):
    from deadlines.actions.clocks import cancel_clock, open_clock

    run_coverage(at=now)
    coverage = CoverageYear.objects.get()
    cancel_clock(deadline=open_clock(coverage, "full_coverage"), by=None, at=now, reason="补录")
    for name in ("public", "private", "unknown", "shop"):
        visit(plan, bodies[name], DAY)
    assert cover(coverage=coverage, at=now)


def test_what_a_meeting_hears_is_counts(bodies, plan, visit, county, other_county, now):
    visit(plan, bodies["public"], DAY)
    assert list(agenda_coverage.topics(region=county, since=DAY, until=DAY)) == []  # not opened yet
    run_coverage(at=now)
    (topic,) = agenda_coverage.topics(region=county, since=dt.date(2026, 10, 1), until=dt.date(2026, 12, 31))
    assert "25.00%" in topic.text and "中医院" not in topic.text and topic.kind == "report"
    assert list(agenda_coverage.topics(region=other_county, since=DAY, until=DAY)) == []


def test_who_sees_the_year(bodies, county, insurance, health_handler, outsider, system_admin, now):
    run_coverage(at=now)
    assert CoverageYear.objects.visible_to(health_handler).count() == 1
    assert not CoverageYear.objects.visible_to(outsider).exists()
    assert not CoverageYear.objects.visible_to(system_admin).exists()
    assert VisitCap.objects.visible_to(health_handler).count() == 3


def test_a_body_that_closed_does_not_count_with_its_reason(
    bodies, plan, visit, county, other_county, insurance_head, insurance, client, now
):
    by = {"by": insurance_head, "at": now}
    visit(plan, bodies["public"], DAY)
    run_coverage(at=now)
    closed = bodies["unknown"]
    for wrong, field in (
        ({"subject": bodies["maker"]}, "subject"), ({"from_year": 2024}, "from_year"), ({"from_year": 2027}, "from_year"),
        ({"reason": " "}, "reason"), ({"reason": "长" * 201}, "reason"),
        ({"subject": make_subject(other_county, at=now)}, "subject"),
    ):  # fmt: skip
        with pytest.raises(BadInput) as caught:
            exempt_body(**({"subject": closed, "from_year": YEAR, "reason": "已注销"} | wrong | by))
        assert set(caught.value.faults) == {field}
    made = exempt_body(subject=closed, from_year=YEAR, reason="已注销", **by)
    with pytest.raises(AlreadyDone):
        exempt_body(subject=closed, from_year=YEAR, reason="再", **by)
    found = figures.coverage_of(county, YEAR)
    assert (found.whole.total, found.whole.visited, found.exempt, found.unknown.total) == (3, 1, 1, 0)
    assert closed not in figures.not_yet(county, YEAR)
    (topic,) = agenda_coverage.topics(region=county, since=DAY, until=dt.date(YEAR, 12, 31))
    assert "医疗机构和零售药店3家（另有1家因停业、注销等原因不计入）" in topic.text and "定点" not in topic.text
    client.force_login(insurance_head, backend="django.contrib.auth.backends.ModelBackend")
    with time_machine.travel(now, tick=False):
        page = client.get(reverse("inspections:coverage")).content.decode()
        assert "已注销" in page and reverse("inspections:count_again", args=[made.pk]) in page
        assert b"PK" in client.get(reverse("inspections:coverage_file")).content[:2]
    for name in ("private", "shop"):
        visit(plan, bodies[name], DAY)
    assert run_coverage(at=now) == (0, 1)  # nothing is left: the clock is met
    visit(plan, closed, DAY)  # visited before it closed, it counts all the same
    assert figures.coverage_of(county, YEAR).whole == figures.Line(4, 4)
    assert figures.coverage_of(county, YEAR).exempt == 0


def test_a_body_counts_again_from_the_year_that_is_said(bodies, county, insurance_head, client, now):
    made = exempt_body(subject=bodies["shop"], from_year=YEAR, reason="停业", by=insurance_head, at=now)
    later = dt.datetime(2027, 3, 1, 1, tzinfo=dt.UTC)
    assert figures.coverage_of(county, 2027).whole.total == 3
    count_again(exemption=made, by=insurance_head, at=later)
    with pytest.raises(AlreadyDone):
        count_again(exemption=made, by=insurance_head, at=later)
    assert [figures.coverage_of(county, year).whole.total for year in (YEAR, 2027)] == [3, 4]
    with pytest.raises(DatabaseError), transaction.atomic():
        CoverageExemption.objects.filter(pk=made.pk).update(reason="改")
    with pytest.raises(DatabaseError), transaction.atomic():
        made.delete()


def test_who_says_that_a_body_does_not_count(
    bodies, county, insurance_head, insurance_handler, health_handler, office_head, system_admin, outsider, client, now
):
    people = (insurance_head, insurance_handler, health_handler, office_head, system_admin)
    assert [pools_rules.can_exempt(user) for user in people] == [True, False, False, False, False]
    assert not pools_rules.can_exempt(AnonymousUser())
    step = reverse("inspections:exempt_body", args=[bodies["shop"].pk])
    with time_machine.travel(now, tick=False):
        for user, status in ((insurance_handler, 403), (outsider, 404), (insurance_head, 200)):
            client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
            assert client.get(step).status_code == status
        assert send(client, step, from_year=YEAR, reason="").status_code == 200
        assert send(client, step, from_year=YEAR, reason="停业").status_code == 302
        made = CoverageExemption.objects.get()
        again = reverse("inspections:count_again", args=[made.pk])
        assert send(client, again).status_code == 302
        assert client.get(again).status_code == 403  # it counts again already
    assert not CoverageExemption.objects.visible_to(outsider).exists()
