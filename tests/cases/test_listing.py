"""The fast path says what `visible_to` says: on random data, in every order, forwards and backwards."""

import datetime as dt
import os
import random
from decimal import Decimal

import pytest

from cases import listing
from cases.actions.access import expire_grants, grant_department, name_person, revoke
from cases.actions.progress import begin_work, close_case
from cases.actions.strands import withdraw
from cases.enums import GrantCause
from cases.listing import Filters
from cases.listing_more import More
from cases.models import Case
from core.dates import local_date
from departments.models import Category
from referrals.actions.informing import waive_bulletin
from referrals.models import BulletinDuty
from tests.factories.cases import make_case, make_subject

KEYS = {
    "newest": lambda case: (-case.opened_at.timestamp(), -case.pk),
    "oldest": lambda case: (case.opened_at.timestamp(), case.pk),
    "due": lambda case: (case.next_due_on or listing.FAR, case.pk),
    "due_last": lambda case: (-(case.next_due_on or listing.FAR).toordinal(), -case.pk),
    "amount": lambda case: (-case.suspected, -case.pk),
    "amount_least": lambda case: (case.suspected, case.pk),
}


@pytest.fixture
def world(
    insurance_handler, insurance_handler_2, health_handler, market_handler, office_coordinator, outsider, now
):
    """Cases of three departments with grants that live, ended and expired, restricted ones, summaries."""
    chance = random.Random(int(os.environ.get("SOAK_SEED", "20261116")))
    registering = [insurance_handler, insurance_handler_2, health_handler, market_handler]
    departments = [user.department for user in (insurance_handler, health_handler, market_handler)]
    categories = list(Category.objects.all()[:4])
    subjects = [
        make_subject(insurance_handler.region, name=name, at=now) for name in ("仁和医院", "康泰100%药房")
    ]
    cases = []
    for number in range(24):
        at = now + dt.timedelta(minutes=chance.choice([0, 0, 1, 5]))  # ties on purpose
        by = chance.choice(registering)
        case = make_case(
            by=by, at=at, subject=chance.choice(subjects), categories=[chance.choice(categories)],
            suspected=Decimal(chance.choice([0, 100, 100, 86240])), restricted=chance.random() < 0.25,
            major=chance.random() < 0.2, found_on=dt.date(2026, 11, 1) + dt.timedelta(days=number % 10),
        )  # fmt: skip
        for department in departments:
            if department.pk == case.owner_id or chance.random() < 0.5:
                continue
            soon = at + dt.timedelta(hours=1) if chance.random() < 0.3 else None
            grant_department(
                case=case, department=department, cause=GrantCause.REFERRAL, expires_at=soon, by=by, at=at
            )
            if soon is None and chance.random() < 0.3:
                revoke(case=case, department=department, cause=GrantCause.REFERRAL, by=by, at=at)
        if chance.random() < 0.3:
            name_person(case=case, user=chance.choice(registering), cause=GrantCause.NAMED, by=by, at=at)
        if chance.random() < 0.2:  # the office holds both permissions
            office = office_coordinator.department
            grant_department(case=case, department=office, cause=GrantCause.REFERRAL, by=by, at=at)
        if chance.random() < 0.5:
            begin_work(case=case, by=by, at=at)
        elif chance.random() < 0.4:
            withdraw(strand=case.strands.get(), reason="重复", by=by, at=at)
            for duty in BulletinDuty.objects.filter(case=case):
                waive_bulletin(duty=duty, reason="重复登记", by=by, at=at)
            close_case(case=case, reason="重复登记", by=by, at=at)
        cases.append(case)
    expire_grants(at=now + dt.timedelta(hours=3))
    return [*registering, office_coordinator, outsider]


def walk(user, filters, sort, size):
    """Every page forwards, then back to the first; both ways must tell the same."""
    pages, cursor = [], None
    while True:
        page = listing.page(user, filters, cursor, sort, size)
        pages.append(page)
        if page.next is None:
            break
        cursor = listing.read_cursor(str(page.next), sort)
    for earlier, later in zip(reversed(pages[:-1]), reversed(pages), strict=False):
        back = listing.page(user, filters, listing.read_cursor(str(later.previous), sort), sort, size)
        assert back.ids == earlier.ids
    assert pages[0].previous is None
    return [pk for page in pages for pk in page.ids]


def test_the_fast_path_is_visible_to(world):
    seen = set()
    for user in world:
        visible = list(Case.objects.visible_to(user))
        readable = set(Case.objects.readable_by(user).values_list("pk", flat=True))
        seen.add(len(visible))
        for sort, key in KEYS.items():
            ordered = [case.pk for case in sorted(visible, key=key)]
            assert walk(user, Filters(), sort, 5) == ordered
            whole = listing.page(user, Filters(), None, sort, 50)
            assert whole.ids == ordered
            assert whole.summaries == frozenset(set(ordered) - readable)
    assert len(seen) > 3  # they do not all see the same


def filtered(user, filters):
    """The same filters said in the ORM, over visible_to."""
    cases = Case.objects.visible_to(user)
    readable = Case.objects.readable_by(user)
    if filters.status:
        cases = cases.filter(status=filters.status)
    if filters.lamp == "n":
        cases = cases.filter(status="closed")
    elif filters.lamp:
        cases = cases.filter(lamp=filters.lamp).exclude(status="closed")
    if filters.owner:
        cases = cases.filter(owner=filters.owner)
    if filters.mine:
        cases = cases.filter(handler=user) | cases.filter(strands__handler=user)
    if filters.major:
        cases = cases.filter(major=True)
    if filters.category:
        cases = cases.filter(categories=filters.category)
    if filters.department:
        cases = cases.filter(owner=filters.department) | cases.filter(strands__department=filters.department)
    if filters.subject:
        cases = cases.filter(subjects=filters.subject, pk__in=readable)
    if filters.found_from:
        cases = cases.filter(found_on__gte=filters.found_from)
    if filters.found_to:
        cases = cases.filter(found_on__lte=filters.found_to)
    if filters.q:
        cases = (
            cases.filter(title__icontains=filters.q)
            | cases.filter(number__icontains=filters.q)
            | cases.filter(subjects__name__icontains=filters.q, pk__in=readable)
            | cases.filter(subjects__uscc__icontains=filters.q, pk__in=readable)
            | cases.filter(subjects__pinyin__contains=filters.q.lower(), pk__in=readable)
        )
    if filters.more:
        cases = narrowed(cases, filters.more)
    return set(cases.values_list("pk", flat=True))


def narrowed(cases, more):
    """What the figures of the steering pages narrow by, case by case in Python."""
    def fits(case):
        opened, closed = local_date(case.opened_at), local_date(case.closed_at) if case.closed_at else None
        money = [
            entry for entry in case.money.all()
            if entry.kind == more.money
            and (more.money_from or opened.min) <= entry.happened_on <= (more.money_to or opened.max)
        ]  # fmt: skip
        return all([
            not more.source or case.source == more.source,
            not more.region or case.region_id == more.region,
            not more.live or case.status != "closed",
            not more.opened_from or opened >= more.opened_from,
            not more.opened_to or opened <= more.opened_to,
            not more.closed_from or (closed is not None and closed >= more.closed_from),
            not more.closed_to or (closed is not None and closed <= more.closed_to),
            not more.subject_kind or any(each.kind == more.subject_kind for each in case.subjects.all()),
            not more.body or any(each.pk == more.body and each.is_body for each in case.subjects.all()),
            not more.money or money,
        ])  # fmt: skip

    return cases.filter(pk__in=[case.pk for case in cases if fits(case)])


def test_filters_narrow_as_the_orm_does(world, insurance, health):
    subject = Case.objects.order_by("pk").first().subjects.get()
    wanted = [
        Filters(status="working"),
        Filters(lamp="g"),
        Filters(lamp="n"),
        Filters(owner=health.pk),
        Filters(mine=True),
        Filters(major=True),
        Filters(category=Category.objects.first().pk),
        Filters(department=insurance.pk),
        Filters(subject=subject.pk),
        Filters(found_from=dt.date(2026, 11, 4)),
        Filters(found_to=dt.date(2026, 11, 4)),
        Filters(q="仁和"),
        Filters(q="100%"),
        Filters(q="_"),
        Filters(q="〕1"),
        Filters(q="RH"),
        Filters(q=subject.uscc[:12].lower()),
        Filters(more=More(source="monitoring", region=insurance.region_id)),
        Filters(more=More(source="report")),
        Filters(more=More(live=True, subject_kind="institution")),
        Filters(more=More(subject_kind="insured")),
        Filters(more=More(body=subject.pk)),
        Filters(more=More(opened_from=dt.date(2026, 11, 16), opened_to=dt.date(2026, 11, 16))),
        Filters(more=More(opened_to=dt.date(2026, 11, 15))),
        Filters(more=More(closed_from=dt.date(2026, 11, 16)), q="仁和"),
        Filters(more=More(closed_to=dt.date(2026, 11, 16), money="suspected", money_to=dt.date(2026, 11, 16))),
        Filters(more=More(money="suspected", money_from=dt.date(2026, 11, 1)), lamp="g"),
        Filters(q="仁和", mine=True, found_from=dt.date(2026, 11, 2), status="registered"),
    ]
    told = 0
    for user in world:
        expected = [filtered(user, filters) for filters in wanted]
        told += sum(map(len, expected))
        assert [set(listing.page(user, filters, None).ids) for filters in wanted] == expected
        assert listing.counts(user, wanted) == [len(ids) for ids in expected]
    assert told > 50


def test_nobody_without_a_post_sees_a_row(world, system_admin):
    assert listing.page(system_admin, Filters(), None) == listing.Page([], frozenset(), None, None)
    assert listing.counts(system_admin, [Filters(), Filters(mine=True)]) == [0, 0]
    assert listing.counts(system_admin, []) == []


@pytest.mark.parametrize(
    "text",
    ["", "a", "a~b~c", "x~2026-11-16T02:00:00+00:00~1", "a~2026-11-16T02:00:00~1", "a~x~1",
     "a~2026-11-16T02:00:00+00:00~-1", f"a~2026-11-16T02:00:00+00:00~{2**70}",
     "a~0001-01-01T00:00:00+23:59~1"],
)  # fmt: skip
def test_a_broken_cursor_is_the_first_page(text):
    assert listing.read_cursor(text, "newest") is None


def test_a_cursor_of_any_offset_is_an_instant_the_database_takes(insurance_handler):
    cursor = listing.read_cursor("a~2026-01-01T00:00:00+23:59~1", "newest")
    assert cursor.value.utcoffset() == dt.timedelta(0)
    assert listing.page(insurance_handler, Filters(), cursor).ids == []


def test_an_amount_that_is_no_number_is_no_cursor():
    assert listing.read_cursor("a~NaN~1", "amount") is None
    assert listing.read_cursor("a~1e40~1", "amount") is None
    assert listing.read_cursor("a~12.50~7", "amount") == listing.Cursor(False, Decimal("12.50"), 7)


def test_a_filter_can_be_taken_away():
    filters = Filters(q="仁和", mine=True)
    assert filters.without("q") == Filters(mine=True)


@pytest.mark.parametrize("amount", [1, 6])
def test_a_page_costs_the_same_for_one_row_and_many(
    insurance_handler, now, django_assert_num_queries, amount
):
    for _ in range(amount):
        make_case(by=insurance_handler, at=now)
    insurance_handler.refresh_from_db()
    assert insurance_handler.post.pk
    with django_assert_num_queries(5):
        page = listing.page(insurance_handler, Filters(), None)
        assert [case.owner.short_name for case in listing.rows(page)] == ["县医保局"] * amount
