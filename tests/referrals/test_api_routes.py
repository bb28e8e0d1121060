"""Routes and default recipients over the API: read by everybody in a post, edited by who keeps the dictionaries."""

import pytest
from django.test import Client

from departments.models import Route
from journal.models import Event

pytestmark = pytest.mark.django_db
LIST = "/api/v1/routes/"
ONE = f"{LIST}transfer-insurance/"


@pytest.fixture
def api():
    def call(user, method, path, data=None, tag=None):
        client = Client()
        client.force_login(user, "django.contrib.auth.backends.ModelBackend")
        headers = {"If-Match": tag} if tag else {}
        return getattr(client, method)(path, data or {}, content_type="application/json", headers=headers)

    return call


def test_everybody_in_a_post_reads_who_may_send_what_to_whom(api, insurance_handler, system_admin, security_admin):
    said = api(insurance_handler, "get", LIST).json()
    held = {(row["kind"], row["sender"]): {each["receiver"] for each in row["to"]} for row in said}
    for (kind, sender), receivers in held.items():
        assert receivers == set(Route.objects.of(kind, sender).values_list("receiver", flat=True))
    bulletin = Client()
    bulletin.force_login(system_admin, "django.contrib.auth.backends.ModelBackend")
    [row] = bulletin.get(LIST, {"kind": "bulletin", "sender": "insurance"}).json()
    assert {each["receiver"] for each in row["to"] if each["proposed"]} == {"health", "market", "police"}
    assert api(security_admin, "get", LIST).status_code == 403
    assert Client().get(LIST).status_code == 403
    assert api(insurance_handler, "get", f"{LIST}transfer-nobody/").status_code == 404
    assert api(insurance_handler, "get", f"{LIST}nothing-insurance/").status_code == 404


def test_who_keeps_the_dictionaries_opens_and_closes_routes_at_their_version(api, insurance_handler, system_admin):
    seen = api(system_admin, "get", ONE)
    to = [{"receiver": "health", "proposed": True, "basis": "机制第三条"}, {"receiver": "police"}]
    assert api(insurance_handler, "put", ONE, {"to": to}, seen["ETag"]).status_code == 403
    assert api(system_admin, "put", ONE, {"to": to}).status_code == 428
    assert api(system_admin, "put", ONE, {"to": to}, '"1"').status_code == 412
    for wrong in (
        {"to": [{"receiver": "insurance"}]},
        {"to": [{"receiver": "court"}]},
        {"to": None},
        {},
        {"to": [{"receiver": "health", "basis": "据" * 201}]},
    ):
        answer = api(system_admin, "put", ONE, wrong, seen["ETag"])
        assert (answer.status_code, list(answer.json())) == (400, ["to"]), wrong
    before = Event.objects.filter(verb="routes.changed").count()
    done = api(system_admin, "put", ONE, {"to": to}, seen["ETag"])
    assert done.status_code == 200
    assert {each["receiver"]: (each["proposed"], each["basis"]) for each in done.json()["to"]} == {
        "health": (True, "机制第三条"), "police": (False, ""),
    }  # fmt: skip
    assert set(Route.objects.of("transfer", "insurance").values_list("receiver", flat=True)) == {"health", "police"}
    assert Event.objects.filter(verb="routes.changed").count() == before + 1
    assert api(system_admin, "put", ONE, {"to": []}, seen["ETag"]).status_code == 412  # that version is over


def test_suspected_crimes_go_to_the_police_only(api, system_admin):
    one = f"{LIST}criminal-insurance/"
    tag = api(system_admin, "get", one)["ETag"]
    answer = api(system_admin, "put", one, {"to": [{"receiver": "health"}]}, tag)
    assert (answer.status_code, "310号" in str(answer.json())) == (400, True)
