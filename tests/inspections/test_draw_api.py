"""Pools, draws, coverage and frequency by the API: the doors, rules and refusals of the pages."""

import datetime as dt
from http import HTTPStatus as S

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from inspections.actions.pools import make_pool
from inspections.actions.pools_officers import add_officer, declare_recusal
from inspections.models import Draw, Pool
from tests.factories.cases import make_subject
from tests.factories.draws import NUMBER, certified, committed, drawn, inspection_of, setting, visited
from tests.inspections.test_pools import csv_of, line


@pytest.fixture
def place(insurance, health, office, office_coordinator, insurance_handler, health_registrar, now):
    return setting(insurance, health, by=insurance_handler, witness=health_registrar, at=now)


@pytest.fixture
def call(client, now):
    def send(user, method, path, data=None, version=None, at=None, **headers):
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        if version:
            headers["If-Match"] = f'"{version}"'
        kind = {} if method == "get" else {"content_type": "application/json"}
        with time_machine.travel(at or now, tick=False):
            return getattr(client, method)(f"/api/v1/{path}", data or {}, headers=headers, **kind)

    return send


def test_a_draw_goes_its_way_through_the_api(place, call, office_coordinator, market_handler, outsider):
    wanted = {
        "inspection": place.inspection.pk, "target_pool": place.target_pool.pk,
        "target_version": place.target_pool.version, "officer_pool": place.officer_pool.pk,
        "officer_version": place.officer_pool.version, "targets_wanted": 2, "public_what": "双色球第2026135期",
        "public_from": "2026-11-16T12:30:00+08:00", "declared": True,
    }  # fmt: skip
    assert call(place.witness, "post", "draws/", wanted).status_code == S.FORBIDDEN
    assert "inspection" in call(market_handler, "post", "draws/", wanted).json()
    assert "target_pool" in call(place.by, "post", "draws/", wanted | {"target_pool": 10**9}).json()
    assert (
        call(place.by, "post", "draws/", wanted | {"officer_version": 1}).status_code == S.PRECONDITION_FAILED
    )
    assert "targets_wanted" in call(place.by, "post", "draws/", wanted | {"targets_wanted": 9}).json()
    assert "declared" in call(place.by, "post", "draws/", wanted | {"declared": False}).json()
    key = {"Idempotency_Key": "k" * 20}
    made = call(place.by, "post", "draws/", wanted, **key)
    assert made.status_code == S.CREATED and made.json()["seed"] == ""
    again = call(place.by, "post", "draws/", wanted, **key)
    assert again.status_code == S.OK and again.json()["id"] == made.json()["id"]
    assert call(place.by, "post", "draws/", wanted).status_code == S.FORBIDDEN  # one stands
    draw = Draw.objects.get()
    path, number = f"draws/{draw.pk}/", {"public_number": NUMBER}
    assert call(outsider, "get", path).status_code == S.NOT_FOUND
    assert call(market_handler, "get", path).status_code == S.NOT_FOUND
    assert call(place.by, "post", path + "make/", number, version=1).status_code == S.FORBIDDEN
    assert (
        call(place.witness, "post", path + "make/", number, version=1).status_code == S.CONFLICT
    )  # not out yet
    out = place.out
    assert call(place.witness, "post", path + "make/", number, at=out).status_code == S.PRECONDITION_REQUIRED
    short = call(place.witness, "post", path + "make/", {"public_number": "1"}, version=1, at=out)
    assert short.status_code == S.BAD_REQUEST and "public_number" in short.json()
    answer = call(place.witness, "post", path + "make/", number, version=1, at=out)
    assert answer.json()["status"] == "drawn" and len(answer.json()["seed"]) == 64
    record = call(office_coordinator, "get", path + "record/").json()
    assert record["agrees"] and len(record["checks"]) == 5 and len(record["record"]["targets"]) == 2
    listed = call(place.by, "get", f"draws/?status=drawn&inspection={place.inspection.pk}").json()["results"]
    assert [row["id"] for row in listed] == [draw.pk]
    assert call(place.by, "get", "draws/?status=annulled").json()["results"] == []
    version = answer.json()["version"]
    assert "reason" in call(place.by, "post", path + "annul/", {"reason": ""}, version=version, at=out).json()
    asked = call(place.by, "post", path + "annul/", {"reason": "录错"}, version=version, at=out)
    assert asked.status_code == S.OK
    yes = {"agreed": True}
    assert call(place.by, "post", path + "answer/", yes, version=version, at=out).status_code == S.FORBIDDEN
    ended = call(place.witness, "post", path + "answer/", yes, version=version, at=out)
    assert ended.json()["status"] == "annulled"


def test_a_database_somebody_wrote_in_is_told_to_the_record(place, call, monkeypatch):
    from inspections.actions import draw as actions
    from journal.models import Event

    draw = committed(place)
    monkeypatch.setattr(actions, "unseal", lambda sealed, purpose: "0" * 64)
    path = f"draws/{draw.pk}/make/"
    answer = call(place.witness, "post", path, {"public_number": NUMBER}, version=1, at=place.out)
    assert answer.status_code == S.CONFLICT
    assert Event.objects.filter(verb="journal.refused").latest("pk").params["attempt"] == "draw.drawn"


def test_pools_are_kept_through_the_api(
    insurance, county, insurance_handler, health_handler, office_coordinator, call, client, now
):
    by = insurance_handler
    assert (
        call(office_coordinator, "post", "pools/", {"kind": "targets", "name": "库"}).status_code
        == S.FORBIDDEN
    )
    made = call(by, "post", "pools/", {"kind": "targets", "name": "机构库"})
    assert made.status_code == S.CREATED
    path, hospital = f"pools/{made.json()['id']}/", make_subject(county, name="仁和医院", at=now)

    def version():
        return Pool.objects.get(pk=made.json()["id"]).version

    def step(name, data, user=by, at_path=None):
        return call(user, "post", (at_path or path) + f"{name}/", data, version=version())

    assert call(health_handler, "get", path).status_code == S.NOT_FOUND
    assert step("add-target", {"subject": hospital.pk, "weight": 3}).json()["reason"]
    assert "subject" in step("add-target", {"subject": 10**9}).json()
    added = step("add-target", {"subject": hospital.pk, "weight": 3, "reason": "投诉"})
    row = added.json()["targets"][0]
    assert (row["code"], row["weight"]) == (hospital.uscc, 3)
    change = {"target": row["id"], "weight": 1}
    assert step("change-target", change).json()["targets"][0]["weight"] == 1
    assert step("change-target", change, user=office_coordinator).status_code == S.FORBIDDEN
    client.force_login(by, backend="django.contrib.auth.backends.ModelBackend")
    upload = client.post(
        f"/api/v1/{path}import/",
        {"upload": csv_of(",".join(line(hospital.uscc)))},
        headers={"If-Match": f'"{version()}"'},
    )
    assert upload.status_code == S.OK and upload.json()["targets"][0]["weight"] == 3
    assert step("remove-target", {"target": row["id"], "reason": "停业"}).json()["targets"] == []
    assert call(by, "post", path + "retire/", {}, version=1).status_code == S.PRECONDITION_FAILED
    assert step("retire", {}).json()["retired_at"]
    assert step("retire", {}).status_code == S.FORBIDDEN

    people = call(by, "post", "pools/", {"kind": "officers", "name": "人员库"}).json()
    own = f"pools/{people['id']}/"

    def of_people(name, data):
        return call(by, "post", own + f"{name}/", data, version=Pool.objects.get(pk=people["id"]).version)

    certificate = certified(insurance, "A", at=now)[0]
    officer = of_people("add-officer", {"certificate": certificate.pk}).json()["officers"][0]
    assert officer["number"] == certificate.number
    whole = of_people("recuse", {"officer": officer["id"], "reason": "借调"}).json()["officers"][0][
        "recusals"
    ][0]
    assert whole["subject"] is None
    one = of_people("recuse", {"officer": officer["id"], "subject": hospital.pk, "reason": "亲属"})
    assert len(one.json()["officers"][0]["recusals"]) == 2
    assert len(of_people("end-recusal", {"recusal": whole["id"]}).json()["officers"][0]["recusals"]) == 1
    assert of_people("remove-officer", {"officer": officer["id"], "reason": "调离"}).json()["officers"] == []
    assert [row["name"] for row in call(office_coordinator, "get", "pools/").json()["results"]] == [
        "人员库",
        "机构库",
    ]


def test_coverage_and_visits_by_the_api(insurance, county, insurance_handler, outsider, now, call):
    hospital = make_subject(county, name="仁和医院", public=True, at=now)
    left = make_subject(county, name="康宁医院", at=now)
    plan = inspection_of(insurance, by=insurance_handler, at=now, kind="special", asked=False)
    visited(plan, hospital, dt.date(2026, 11, 2), by=insurance_handler, at=now)
    said = call(insurance_handler, "get", "coverage/?year=2026").json()
    assert (said["lines"][0]["share"], said["left_ids"]) == ("50.00", [left.pk])
    assert call(insurance_handler, "get", "coverage/").json()["year"] == 2026
    assert call(outsider, "get", "coverage/?year=2026").json()["lines"][0]["share"] is None
    for wrong in ("x", "1999", "99999", "²⁰²⁶", "020261", "02026"):
        assert "year" in call(insurance_handler, "get", "coverage/", {"year": wrong}).json()
        path = f"visits-in-year/?subject={hospital.pk}&year={wrong}"
        assert "year" in call(insurance_handler, "get", path).json()
    visits = call(
        insurance_handler, "get", f"visits-in-year/?subject={hospital.pk}&subject={left.pk}&subject=x"
    ).json()
    assert {row["subject"]: (row["counted"], row["cap"], row["reached"]) for row in visits} == {
        hospital.pk: (1, 2, False), left.pk: (0, 2, False),
    }  # fmt: skip
    assert visits[0]["inspections"] == [plan.pk] or visits[1]["inspections"] == [plan.pk]
    assert call(outsider, "get", f"visits-in-year/?subject={hospital.pk}").json() == []


@pytest.mark.parametrize("rows", [1, 3])
def test_lists_cost_the_same(rows, place, insurance, health, client, django_assert_max_num_queries):
    for _ in range(rows - 1):
        drawn(place)
        place.inspection = inspection_of(insurance, by=place.by, at=place.at, partners=[health])
    drawn(place)
    client.force_login(place.by, backend="django.contrib.auth.backends.ModelBackend")
    with django_assert_max_num_queries(9):
        assert len(client.get("/api/v1/draws/").json()["results"]) == rows


def test_the_list_of_pools_costs_the_same_for_one_and_three(place, call):
    """Pools of one's department, each with what it holds."""

    def more(n):
        people = make_pool(kind="officers", name=f"人员库{n}", by=place.by, at=place.at)
        officer = add_officer(pool=people, certificate=place.certificates[n], by=place.by, at=place.at)
        declare_recusal(officer=officer, subject=None, reason="亲属", by=place.by, at=place.at)

    def cost():
        with CaptureQueriesContext(connection) as asked:
            answer = call(place.by, "get", "pools/")
        return len(answer.json()["results"]), len(asked)

    more(0)
    cost()  # what is counted once for all
    one, first = cost()
    more(1)
    more(2)
    three, last = cost()
    assert (one, three) == (3, 5) and first == last
