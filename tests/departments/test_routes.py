"""Routes: who may send which kind of letter to whom, changed by the county's administrator."""

import pytest
from django.utils import translation

from core.dictionaries import version_of
from core.refusals import BadInput, Stale
from departments.actions.routes import Way, set_routes
from departments.dictionaries import route_values
from departments.models import Department, Route
from journal.models import Event
from journal.render import sentence


@pytest.fixture
def put(system_admin, now):
    def put(kind, sender, ways, version=None):
        version = version_of(route_values(Route.objects.of(kind, sender))) if version is None else version
        return set_routes(kind=kind, sender=sender, version=version, ways=ways, by=system_admin, at=now)

    return put


def test_opening_and_closing_holds_at_once(put, insurance, health, market, finance, police):
    Route.objects.filter(kind="transfer", sender="insurance").exclude(receiver__in=["health", "market"]).delete()
    put("transfer", "insurance", {"health": Way(proposed=True, basis=" 会议纪要 "), "police": Way()})
    assert set(Department.objects.receivers("transfer", insurance)) == {health, police}
    assert set(Department.objects.receivers("transfer", insurance, proposed=True)) == {health}
    assert Route.objects.get(kind="transfer", sender="insurance", receiver="health").basis == "会议纪要"
    event = Event.objects.get(verb="routes.changed")
    assert set(event.params["old"]) == {"health", "market"}
    assert event.params["new"] == {
        "health": {"proposed": True, "basis": "会议纪要"}, "police": {"proposed": False, "basis": ""},
    }  # fmt: skip
    assert sentence(event) == (
        "医疗保障发出的线索移交可发往：卫生健康、公安（原：卫生健康、市场监管）；默认收件：卫生健康（原：无）"
    )


def test_all_may_be_closed_and_nothing_changed_is_not_recorded(put, insurance):
    assert put("bulletin", "insurance", {}) == []
    assert list(Department.objects.receivers("bulletin", insurance)) == []
    put("bulletin", "insurance", {})
    assert Event.objects.filter(verb="routes.changed").count() == 1


def test_others_routes_are_left_alone(put):
    before = set(Route.objects.exclude(kind="transfer", sender="insurance").values_list("pk", flat=True))
    put("transfer", "insurance", {})
    assert set(Route.objects.values_list("pk", flat=True)) == before


@pytest.mark.parametrize(
    ("kind", "sender", "ways", "field"),
    [
        ("transfer", "insurance", {"insurance": Way()}, "to_insurance"),
        ("transfer", "insurance", {"nobody": Way()}, "to_nobody"),
        ("criminal", "insurance", {"market": Way()}, "to_market"),
        ("transfer", "insurance", {"health": Way(basis="长" * 201)}, "basis_health"),
        ("transfer", "other", {}, None),
        ("gossip", "insurance", {}, None),
    ],
)
def test_routes_that_cannot_be(put, kind, sender, ways, field):
    before = list(Route.objects.values())
    with pytest.raises(BadInput) as refused, translation.override("en"):
        put(kind, sender, ways)
    assert list(refused.value.faults) == [field]
    assert list(Route.objects.values()) == before


def test_suspected_crimes_go_to_the_police(put, finance, police):
    put("criminal", "finance", {"police": Way(proposed=False)})
    assert list(Department.objects.receivers("criminal", finance, proposed=True)) == []


def test_who_was_slower_is_told(put):
    with pytest.raises(Stale) as refused:
        put("transfer", "insurance", {}, version=1)
    assert refused.value.details["now"]["to_health"] is True
    assert Route.objects.of("transfer", "insurance").exists()
