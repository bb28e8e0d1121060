"""The steering pages: every figure equals a count by hand over the cases made here, and its list has that many rows."""

import datetime as dt
import re
from decimal import Decimal
from html import unescape

import pytest
import time_machine
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases import listing
from cases.actions.money import enter_money, reverse_entry
from cases.actions.progress import begin_work
from cases.actions.strands import open_strand
from cases.enums import CaseStatus, MoneyKind, Source, SubjectKind
from cases.forms.registry import FilterForm, Known
from cases.models import Case, CaseMerge, MoneyEntry
from core.dates import local_date
from deadlines import calendar
from departments.models import Category, Post
from tests.factories.cases import make_case, make_subject

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(now):
    calendar.drop()
    with time_machine.travel(now + dt.timedelta(hours=1), tick=False):
        yield
    calendar.drop()


def opened(user, address):
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client.get(address)


def opens(user, said):
    """That a figure's list has just that many rows: asked of the registry's own form and fast path."""
    if not said.number:
        return said.url == ""
    place, _mark, query = said.url.partition("?")
    assert place == reverse("cases:list")
    form = FilterForm(QueryDict(query), known=Known.of(user.region))
    filters = form.filters()
    assert not form.errors, (query, form.errors)
    return listing.counts(user, [filters]) == [said.number]


def blocks(page):
    """code → {line: {column: Said}} of a page."""
    return {
        shown.block.code: {
            str(label): {str(column.label): said for column, said in zip(shown.block.columns, cells, strict=True)}
            for label, _url, cells in shown.rows
        }
        for shown in page.context["blocks"]
    }


def listed(user, url):
    """How many rows the list of a figure has, over all its pages."""
    page, total = opened(user, url), 0
    assert page.status_code == 200, url
    if "cases" in page.context:
        assert not page.context["form"].errors
        return int(re.search(r"\d+", page.context["page"]["total_label"])[0])
    total = page.context["total"]
    assert len(page.context["rows"]) == min(total, 50)
    return total


@pytest.fixture
def world(insurance_handler, health_handler, insurance_deputy_head, health, office_coordinator, county, now):
    """Twelve cases over five months: two departments, four sources, kinds of subject, a restricted one, money."""
    categories = list(Category.objects.all()[:3])
    hospital = make_subject(county, name="仁和医院", at=now)
    chemist = make_subject(county, name="康泰药房", kind=SubjectKind.PHARMACY, at=now)
    patient = make_subject(county, name="李四", kind=SubjectKind.INSURED, at=now)
    subjects = [[hospital], [chemist], [hospital, patient]]
    sources = [Source.MONITORING, Source.REPORT, Source.INSPECTION, Source.AUDIT]
    cases = []
    for n in range(12):
        at = now - dt.timedelta(days=13 * n)
        by = health_handler if n % 4 == 3 else insurance_handler
        case = make_case(
            by=by, at=at, subjects=subjects[n % 3], categories=categories[: 1 + n % 3], source=sources[n % 4],
            suspected=Decimal(1000 * (n + 1)), restricted=n == 5, major=n == 2,
        )  # fmt: skip
        if n % 2:
            begin_work(case=case, by=by, at=at)
        if n in (0, 4):
            open_strand(case=case, department=health, by=by, at=at)
        if n % 3 == 0:
            for kind, amount in ((MoneyKind.VERIFIED, "800.00"), (MoneyKind.RECOVERED, "300.50")):
                enter_money(case=case, kind=kind, amount=amount, happened_on=local_date(at), by=by, at=at)
        cases.append(case)
    wrong = MoneyEntry.objects.filter(kind=MoneyKind.RECOVERED).first()
    reverse_entry(entry=wrong, remark="录入有误", by=insurance_handler, at=now)
    Case.objects.filter(pk__in=[cases[8].pk, cases[9].pk]).update(
        status=CaseStatus.CLOSED, closed_at=now - dt.timedelta(days=2)
    )
    gone = cases[8]
    main = next(each for each in cases if each.owner_id == gone.owner_id and each not in cases[8:10])
    CaseMerge.objects.create(
        case=gone, main=main, ground="facts", reason="同案", proposed_by=insurance_handler, proposed_at=now, at=now,
        by=Post.objects.exclude(user=insurance_handler).first().user,
    )  # fmt: skip
    return cases


def seen_by(user, since, until):
    """The cases of a period, by hand: those the reader sees, one at a time; one merged into another goes with that."""
    merged = set(CaseMerge.objects.in_force().values_list("case", flat=True))
    visible = [each for each in Case.objects.visible_to(user) if each.pk not in merged]
    return [each for each in visible if since <= local_date(each.opened_at) <= until], visible


OWN_DAYS = "period=custom&since=2026-07-01&until=2026-11-03"
READERS = ("insurance_deputy_head", "health_section_head", "office_coordinator", "county_leader")


@pytest.mark.parametrize(
    ("reader", "query"),
    zip(READERS, ["?period=month&day=2026-10-01", "", f"?{OWN_DAYS}", "?period=quarter"], strict=True),
)
def test_every_figure_of_cases_is_a_count_by_hand(world, reader, query, request):
    user = request.getfixturevalue(reader)
    page = opened(user, reverse("desk:dashboard") + query)
    asked, found = page.context["asked"], blocks(page)
    came, visible = seen_by(user, asked.since, asked.until)
    column = lambda code, line: next(iter(found[code][line].values()))  # noqa: E731
    expected = {}
    for status in CaseStatus:
        expected["stage", str(status.label)] = sum(case.status == status for case in came)
    for source in Source:
        expected["source", str(source.label)] = sum(case.source == source for case in came)
    for kind in SubjectKind:
        expected["kind", str(kind.label)] = sum(kind in {each.kind for each in case.subjects.all()} for case in came)
    for category in Category.objects.all():
        number = sum(category in case.categories.all() for case in came)
        if number:
            expected["category", category.label] = number
    assert len(found["category"]) == sum(code == "category" for code, _line in expected)
    for (code, line), number in expected.items():
        said = column(code, line)
        assert said.number == number, (code, line)
        assert opens(user, said), (code, line)
    months = {f"{first:%Y-%m}" for first in asked.months()}
    assert set(found["flow"]) == months
    for month, line in found["flow"].items():
        inflow, outflow = line.values()
        assert inflow.number == sum(f"{local_date(case.opened_at):%Y-%m}" == month for case in visible)
        closed = [case for case in visible if case.closed_at and f"{local_date(case.closed_at):%Y-%m}" == month]
        assert outflow.number == len(closed)
        for said in (inflow, outflow):
            assert opens(user, said)


@pytest.mark.parametrize(
    ("reader", "query"), zip(READERS, ["", "?period=month", "?period=quarter", "?period=month&day=2026-10-01"], strict=True)
)
def test_money_is_the_ledger_added_up_by_hand(world, reader, query, request):
    user = request.getfixturevalue(reader)
    page = opened(user, reverse("desk:dashboard") + query)
    asked, found = page.context["asked"], blocks(page)
    entries = [each for case in Case.objects.visible_to(user) for each in case.money.all()]
    assert "rewarded" not in MoneyKind.REWARDED.label or str(MoneyKind.REWARDED.label) not in found["money"]
    for kind in MoneyKind:
        if kind == MoneyKind.REWARDED:
            continue
        mine = [each for each in entries if each.kind == kind and asked.since <= each.happened_on <= asked.until]
        amount, number = found["money"][str(kind.label)].values()
        assert amount.number == sum(each.amount for each in mine)
        assert number.number == len({each.case_id for each in mine})
        if mine:
            assert opens(user, number)
            assert amount.url == number.url
        else:
            assert amount.url == number.url == ""
    for month, line in found["trend"].items():
        for kind, said in line.items():
            here = [each for each in entries if f"{each.happened_on:%Y-%m}" == month]
            here = [each for each in here if str(each.get_kind_display()) == kind]
            assert said.number == sum(each.amount for each in here)
            assert bool(said.url) == bool(here)


def test_a_department_narrows_every_figure_as_the_registry_does(world, office_coordinator, health):
    page = opened(office_coordinator, reverse("desk:dashboard") + f"?department={health.pk}")
    visible = Case.objects.visible_to(office_coordinator)
    mine = [case for case in visible if case.owner_id == health.pk or case.strands.filter(department=health).exists()]
    tiles = {str(tile.label): tile.said for tile in page.context["tiles"]}
    registered = next(said for label, said in tiles.items() if said.url and "opened_from" in said.url)
    assert 0 < registered.number == len(mine) < len(visible)
    assert f"department={health.pk}" in registered.url
    assert listed(office_coordinator, registered.url) == len(mine)


def test_a_city_opens_what_it_narrowed_to_a_department_of_its_county(city, insurance, health):
    known = Known.of(city)
    assert {insurance.pk, health.pk} <= set(known.departments)
    form = FilterForm(QueryDict(f"department={health.pk}&owner={insurance.pk}"), known=known)
    filters = form.filters()
    assert (form.errors, filters.department, filters.owner) == ({}, health.pk, insurance.pk)
    assert set(Known.of(None).departments) == set()


def test_tiles_say_what_is_open_and_overdue(world, office_coordinator):
    Case.objects.filter(pk__in=[case.pk for case in world[:2]]).update(lamp="r")
    page = opened(office_coordinator, reverse("desk:dashboard"))
    visible = list(Case.objects.visible_to(office_coordinator))
    live = [case for case in visible if case.status != CaseStatus.CLOSED]
    said = [tile.said for tile in page.context["tiles"] if "/cases/" in tile.said.url]
    found = {each.url.partition("?")[2]: each for each in said}
    assert found["live=on"].number == len(live) == listed(office_coordinator, reverse("cases:list") + "?live=on")
    assert found["lamp=r"].number == 2 == listed(office_coordinator, reverse("cases:list") + "?lamp=r")


def test_a_restricted_case_is_in_no_figure_of_who_may_not_open_it(world, office_coordinator, insurance_handler):
    secret = world[5]
    assert not Case.objects.visible_to(office_coordinator).filter(pk=secret.pk).exists()
    assert Case.objects.visible_to(insurance_handler).filter(pk=secret.pk).exists()
    day = local_date(secret.opened_at)
    page = opened(office_coordinator, reverse("desk:dashboard") + f"?period=custom&since={day}&until={day}")
    # the case stands in the trend of nobody who does not see it, the whole of its day
    for code in ("stage", "source", "kind"):
        lines = blocks(page)[code]
        assert [said.number for line in lines.values() for said in line.values()] == [0] * len(lines)
    assert blocks(page)["category"] == {}
    assert "6,000.00" not in unescape(page.content.decode())


def test_an_empty_county_says_so(office_coordinator, county_leader):
    for user in (office_coordinator, county_leader):
        for name in ("desk:dashboard", "desk:risk"):
            page = opened(user, reverse(name))
            assert page.status_code == 200
            assert all(shown.data == {} for shown in page.context["blocks"])


BAD = [
    ("period=century", "period"),
    ("day=tomorrow", "day"),
    ("period=month&day=1999-12-31", "day"),
    ("period=custom", "since"),
    ("period=custom&since=2026-05-01", "until"),
    ("period=custom&since=2026-05-02&until=2026-05-01", "until"),
    ("period=custom&since=2010-01-01&until=2026-05-01", "until"),
    ("period=custom&since=0001-01-01&until=9999-12-31", "since"),
    ("department=0", "department"),
    ("department=x", "department"),
    ("region=99999999999999999999", "region"),
    ("sort=%3Cscript", "sort"),
]


def test_an_address_edited_by_hand_is_answered_beside_the_field(office_coordinator, health):
    for n, (query, field) in enumerate(BAD):
        page = opened(office_coordinator, f"{reverse(('desk:risk', 'desk:dashboard')[n % 2])}?{query}")
        assert page.status_code == 200
        form = page.context["form"]
        assert field in form.errors, query
        said = unescape(page.content.decode())
        assert field == "sort" or all(str(error) in said for error in form.errors[field]), query
        assert page.context["asked"].since <= page.context["asked"].until
        assert "<script>" not in page.content.decode()


def test_days_in_an_address_of_the_registry_lie_anywhere(office_coordinator):
    far = "money=suspected&money_from=0001-01-01&money_to=9999-12-31"
    for query in ("closed_to=9999-12-31&opened_from=0001-01-01", far):
        assert opened(office_coordinator, f"{reverse('cases:list')}?{query}").status_code == 200
    page = opened(office_coordinator, f"{reverse('cases:list')}?money=rewarded&opened_to=x")
    assert set(page.context["form"].errors) == {"money", "opened_to"}


def test_who_does_not_steer_is_kept_out(insurance_handler, insurance_registrar, system_admin, audit_admin):
    addresses = [reverse("desk:dashboard"), reverse("desk:risk"), reverse("desk:board_list", args=["clocks"])]
    for user in (insurance_handler, insurance_registrar, system_admin, audit_admin):
        assert [opened(user, address).status_code for address in addresses] == [403, 403, 403]
    client = Client()
    assert [client.get(address).status_code for address in addresses] == [302, 302, 302]


def test_lists_that_do_not_exist_are_404(office_coordinator):
    wrong = [("clocks", query) for query in ("", "what=nothing&of=1", "what=open", "what=open&of=x")]
    wrong += [("nothing", "what=all")]
    wrong += [(code, "what=x") for code in ("visits", "inspections", "rectifications", "measures")]
    for code, query in wrong:
        assert opened(office_coordinator, f"{reverse('desk:board_list', args=[code])}?{query}").status_code == 404, code


@pytest.mark.numbers
def test_a_page_asks_at_most_fifteen_times_whatever_stands_on_it(world, office_coordinator, insurance_deputy_head):
    for user in (office_coordinator, insurance_deputy_head):
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        for name in ("desk:dashboard", "desk:risk"):
            client.get(reverse(name))
            with CaptureQueriesContext(connection) as queries:
                assert client.get(reverse(name)).status_code == 200
            own = [each["sql"] for each in queries]
            assert len(own) <= 15, "\n".join(sql[:300] for sql in own)
