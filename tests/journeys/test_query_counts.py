"""What the two great pages ask of the database: a fixed number, whatever stands on them (issue 2)."""

import datetime as dt

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.actions.evidence import add_evidence
from cases.actions.money import enter_money
from cases.actions.notes import add_note
from cases.actions.strands import open_strand
from cases.enums import NoteAudience
from cases.tabs import TABS
from core.dates import local_date
from deadlines import calendar
from departments.models import Category
from referrals.actions.extensions import ask_extension
from tests.factories.cases import make_case, make_subject, pdf
from tests.factories.referrals import bring_referral, make_dispatch, make_need, make_reply
from workspace.actions import save_view

# measured; fewer is wanted, more never
REGISTRY, CASE, SUMMARY = 18, 15, 16

# tab → panel, what it is a list of, how many rows the full case has there at least
ROWS = {
    "handling": ("strands", "strands", 6), "material": ("evidence", "evidence", 6), "transfer": ("referrals", "rows", 12),
    "money": ("money", "entries", 6),
}  # fmt: skip

pytestmark = pytest.mark.numbers


@pytest.fixture(autouse=True)
def _today(now):
    calendar.drop()
    with time_machine.travel(now + dt.timedelta(hours=1), tick=False):
        yield
    calendar.drop()


def asked(user, url):
    """(how many queries a page costs this person, the page), the second time it is opened."""
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(url).status_code == 200
    with CaptureQueriesContext(connection) as queries:
        page = client.get(url)
    return len(queries), page


@pytest.fixture
def readers(insurance_handler, insurance_section_head, insurance_deputy_head, insurance_registrar, office_coordinator):
    return {
        "handler": insurance_handler, "section head": insurance_section_head, "deputy head": insurance_deputy_head,
        "registrar": insurance_registrar, "coordinator": office_coordinator,
    }  # fmt: skip


# -- the registry -------------------------------------------------------------------------------------------------
def test_the_registry_asks_the_same_for_one_row_and_fifty(readers, county, now):
    subject = make_subject(county, at=now)
    addresses = ("", "?mine=on&sort=due", "?q=仁和&lamp=g")
    del readers["registrar"]
    costs = []
    for amount, more in ((1, 1), (50, 49)):
        for _ in range(more):
            make_case(by=readers["handler"], at=now, subject=subject)
        found = {}
        for name, person in readers.items():
            for address in addresses:
                found[name, address], page = asked(person, reverse("cases:list") + address)
                mine = "mine" in address and name != "handler"
                assert len(page.context["cases"]) == (0 if mine else amount)
        costs.append(found)
    assert costs[0] == costs[1]
    assert max(costs[0].values()) <= REGISTRY


def test_a_persons_many_views_cost_nothing_more(readers, insurance, now):
    handler = readers["handler"]
    make_case(by=handler, at=now)
    plain, _page = asked(handler, reverse("cases:list"))
    categories = list(Category.objects.all()[:10])
    for number, category in enumerate(categories):
        query = f"category={category.pk}&owner={insurance.pk}"
        save_view(user=handler, page="registry", name=f"视图{number}", query=query, at=now)
    assert asked(handler, reverse("cases:list"))[0] == plain
    query = f"?owner={insurance.pk}&category={categories[0].pk}"
    cost, page = asked(handler, reverse("cases:list") + query)
    assert cost == plain
    said = [chip["text"] for chip in page.context["chips"]]
    assert [words.split("：")[1] for words in said] == [str(categories[0]), "县医保局"]


# -- the case page ------------------------------------------------------------------------------------------------
def grow(case, department, *, by, number, at):
    """One more of everything that can stand on the case page."""
    open_strand(case=case, department=department, by=by, at=at)
    add_evidence(case=case, upload=pdf(f"材料{number}.pdf"), by=by, at=at)
    enter_money(case=case, kind="verified", amount="1000.00", happened_on=local_date(at), by=by, at=at)
    for audience in (NoteAudience.SHARED, NoteAudience.PERSONAL):
        add_note(case=case, text=f"第{number}条", audience=audience, by=by, at=at)


def correspond(case, receiver, *, by, at):
    """A letter in each of its states with a request and a reply, and papers still in the house."""
    for status in ("draft", "submitted", "reviewed", "approved"):
        make_dispatch(case, [receiver], by=by, at=at, status=status)
    make_need(case, receiver, by=by, at=at)
    letters = {}
    for status in ("sent", "received", "accepted", "returned", "answered", "closed", "withdrawn"):
        paper = make_dispatch(case, [receiver], by=by, at=at, status="sent", kind="bulletin")
        letters[status] = bring_referral(paper.referrals.get(), status, at=at)
    worked = letters["accepted"]
    make_reply(worked, at=at, status="submitted")
    longer = worked.limit_on + dt.timedelta(days=3)
    ask_extension(referral=worked, new_on=longer, reason="材料多", by=worked.handler, at=at)


@pytest.fixture
def full_case(
    readers, county, health_handler, health_handler_2, health_section_head, health_deputy_head, health_head,
    health_registrar, now,
):  # fmt: skip
    """A case of the medical-insurance department that has one of everything."""
    return make_case(by=readers["handler"], at=now, subject=make_subject(county, at=now), files=[pdf("疑点.pdf")])


def test_every_tab_of_the_case_page_asks_the_same_for_one_of_everything_and_for_many(
    full_case, readers, health, market, finance, reform, police, health_handler, health_section_head,
    health_registrar, now,
):  # fmt: skip
    by = readers["handler"]
    url = reverse("cases:detail", args=[full_case.pk])
    people = readers | {
        "their handler": health_handler, "their section head": health_section_head,
        "their registrar": health_registrar,
    }  # fmt: skip
    everything, busiest = tuple(TABS), ("overview", "transfer", "handling", "timeline")
    tabs = {
        (name, tab): person
        for name, person in people.items()
        for tab in (everything if name == "handler" else busiest)
        if name != "coordinator"
    }
    grow(full_case, health, by=by, number=0, at=now)
    correspond(full_case, health, by=by, at=now)
    one = {key: asked(person, f"{url}?tab={key[1]}")[0] for key, person in tabs.items()}
    one["coordinator"] = asked(people["coordinator"], url)[0]
    for number, department in enumerate((market, finance, reform, police), 1):
        grow(full_case, department, by=by, number=number, at=now)
    correspond(full_case, health, by=by, at=now)
    many = {}
    for (name, tab), person in tabs.items():
        many[name, tab], page = asked(person, f"{url}?tab={tab}")
        panels = {panel.code: context for panel, context in page.context["main"]}
        if tab in ROWS:
            code, rows, least = ROWS[tab]
            assert len(panels[code][rows]) >= least
    many["coordinator"] = asked(people["coordinator"], url)[0]
    assert many == one
    assert {key: n for key, n in many.items() if n > (SUMMARY if key == "coordinator" else CASE)} == {}


def test_a_case_with_nothing_on_it_asks_for_no_more(readers, county, now):
    case = make_case(by=readers["handler"], at=now, subject=make_subject(county, at=now))
    url = reverse("cases:detail", args=[case.pk])
    for reader in ("handler", "deputy head"):
        for tab in ("overview", "transfer", "handling", "timeline"):
            assert asked(readers[reader], f"{url}?tab={tab}")[0] <= CASE
