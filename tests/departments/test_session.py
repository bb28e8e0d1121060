"""The door: who comes in, how it is locked, which post one acts in, and when a desk left alone is signed out."""

import time

import pytest
from django.urls import reverse

from departments.actions.people import block, engage, fill_post, set_new_password
from departments.enums import Role
from departments.models import User
from departments.views.session import lockout
from journal.models import Event
from tests.cast import PASSWORD, WHEN

SIGN_IN = "/sign-in/"


@pytest.fixture
def door(client):
    def come(staff_number, password=PASSWORD, **more):
        return client.post(SIGN_IN, {"username": staff_number, "password": password, **more})

    return come


def test_signing_in_and_out_is_recorded(door, client, insurance_handler):
    answer = door("yb01", next="/departments/")
    assert (answer.status_code, answer["Location"]) == (302, "/departments/")
    assert client.get("/departments/").status_code == 200
    assert client.get("/sign-out/").status_code == 405
    assert client.post("/sign-out/")["Location"] == SIGN_IN
    assert client.get("/departments/")["Location"].startswith(SIGN_IN)
    verbs = Event.objects.filter(actor_id=insurance_handler.pk).values_list("verb", flat=True)
    assert list(verbs) == ["user.signed_in", "user.signed_out"]


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_the_door_leads_only_to_our_own_pages(door, insurance_handler, elsewhere):
    assert door("yb01", next=elsewhere)["Location"] == "/"


def test_one_sentence_for_every_failure(door, insurance_handler, health_handler, system_admin, now):
    block(user=health_handler, reason="离职", by=system_admin, at=now)
    answers = [door("yb01", "wrong-password"), door("nobody"), door("wj01")]
    sentences = {tuple(answer.context["form"].non_field_errors()) for answer in answers}
    assert len(sentences) == 1 and len(sentences.pop()) == 1
    for answer in answers:
        assert answer.status_code == 200
        assert "wrong-password" not in answer.content.decode()


def test_fields_left_empty_are_named(client, insurance_handler):
    form = client.post(SIGN_IN, {"username": "", "password": ""}).context["form"]
    assert set(form.errors) == {"username", "password"}


def test_five_failures_lock_with_a_sentence_and_a_record(door, insurance_handler, settings):
    answers = [door("yb01", "wrong-password") for _ in range(6)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 200, 429, 429]
    sentence = answers[-1].context["form"].non_field_errors()[0]
    assert "5" in sentence and "15" in sentence
    assert door("yb01").status_code == 429  # the right password does not help now
    assert door("wj99", "x").status_code == 200  # somebody else from the same desk is not locked
    assert Event.objects.filter(verb="user.locked_out", actor_id=None).count() == 3


def test_a_number_that_does_not_exist_is_locked_alike(door, insurance_handler):
    assert [door("ghost", "x").status_code for _ in range(6)] == [200, 200, 200, 200, 429, 429]


def test_our_own_page_answers_a_lockout():
    assert lockout(None, "page", None) == "page"


def test_no_post_no_entry(door, county):
    engage(staff_number="neu1", name="新人", password=PASSWORD, by=None, at=WHEN)
    answer = door("neu1")
    assert answer.status_code == 200
    assert len(answer.context["form"].non_field_errors()) == 1
    assert "_auth_user_id" not in answer.client.session


def test_signed_in_people_go_on(client, insurance_handler):
    client.force_login(insurance_handler)
    assert client.get(SIGN_IN)["Location"] == "/"


def test_pages_ask_for_the_door_first(client, insurance_handler):
    answer = client.get("/people/")
    assert answer["Location"] == f"{SIGN_IN}?next=/people/"


def test_blocked_people_are_out_at_once(client, insurance_handler, system_admin, now):
    client.force_login(insurance_handler)
    assert client.get("/departments/").status_code == 200
    block(user=insurance_handler, reason="紧急", by=system_admin, at=now)
    assert client.get("/departments/").status_code == 302


def test_a_given_password_must_be_changed_first(door, client, insurance_handler, system_admin, now):
    set_new_password(user=insurance_handler, password="given-by-4711", by=system_admin, at=now)
    door("yb01", "given-by-4711")
    assert client.get("/departments/")["Location"] == "/password/"
    htmx = client.get("/departments/", headers={"HX-Request": "true"})
    assert (htmx.status_code, htmx["HX-Redirect"]) == (204, "/password/")
    page = client.get("/password/")
    assert page.status_code == 200 and page.context["lead"]
    words = {"old": "given-by-4711", "new": "my-own-4711-x", "again": "my-own-4711-y"}
    assert "again" in client.post("/password/", words).context["form"].errors
    words["again"] = words["new"]
    assert "old" in client.post("/password/", {**words, "old": "no"}).context["form"].errors
    assert client.post("/password/", words)["Location"] == "/"
    assert client.get("/departments/").status_code == 200  # still signed in
    assert client.get("/password/").context["lead"] == ""


def test_switching_posts(door, client, insurance_handler, health, outsider, now):
    first = insurance_handler.post
    second = fill_post(user=insurance_handler, department=health, role=Role.SECTION_HEAD, by=None, at=now)
    door("yb01")
    acting = lambda: client.get("/departments/").wsgi_request.user.post  # noqa: E731
    assert acting() == first
    client.post("/switch-post/", {"post": second.pk, "next": "/departments/"})
    assert acting() == second
    for wrong in (outsider.post.pk, 0, "x", ""):
        assert client.post("/switch-post/", {"post": wrong}).status_code == 404
    second.until = second.since
    second.save()
    assert acting() == first  # an ended post gives way
    assert client.post("/switch-post/", {"post": second.pk}).status_code == 302  # refused with a message
    assert acting() == first
    assert Event.objects.filter(verb="user.switched_post").count() == 1


def test_a_desk_left_alone_is_signed_out(door, client, insurance_handler, settings, monkeypatch):
    door("yb01")
    began = time.time()
    at = lambda seconds: monkeypatch.setattr("departments.middleware.time.time", lambda: began + seconds)  # noqa: E731
    at(settings.IDLE_SECONDS - 5)
    assert client.get("/departments/").status_code == 200  # and the clock starts again
    at(2 * settings.IDLE_SECONDS - 10)
    assert client.get("/departments/").status_code == 200
    at(4 * settings.IDLE_SECONDS)
    answer = client.get("/departments/?a=1")
    assert answer["Location"] == f"{SIGN_IN}?next=%2Fdepartments%2F%3Fa%3D1"
    assert Event.objects.filter(verb="user.signed_out").latest("id").params == {"idle": True}
    assert "30" in client.get(SIGN_IN).content.decode()


def test_what_was_sent_from_a_forgotten_desk_is_not_asked_for_again(
    door, client, insurance_handler, monkeypatch
):
    door("yb01")
    later = time.time() + 10_000
    monkeypatch.setattr("departments.middleware.time.time", lambda: later)
    assert client.post("/switch-post/", {"post": 1})["Location"] == f"{SIGN_IN}?next=%2F"


def test_demo_accounts_exist_only_in_the_demonstration(client, insurance_handler, health_handler, settings):
    assert client.post("/sign-in/demo/", {"staff_number": "yb01"}).status_code == 404
    assert client.get(SIGN_IN).context["demo"] == []
    settings.DEMO = True
    assert client.get("/sign-in/demo/").status_code == 405
    page = client.get(SIGN_IN)
    assert [group["department"] for group in page.context["demo"]] == ["县医保局", "县卫健局"]
    assert page.context["demo"][0]["accounts"] == [
        {"staff_number": "yb01", "name": "陈晓岚", "post": Role.HANDLER.label}
    ]
    assert client.post("/sign-in/demo/", {"staff_number": "nobody"}).status_code == 404
    assert client.post("/sign-in/demo/", {"staff_number": "yb01"})["Location"] == "/"
    assert client.get("/departments/").status_code == 200


def test_set_up_of_an_empty_county(client, db):
    assert client.get(SIGN_IN)["Location"] == "/set-up/"
    assert client.get("/set-up/").status_code == 200
    words = {
        "county": "云溪县",
        "code": "439927",
        "character": "云",
        "staff_number": "admin1",
        "name": "安守规",
        "password": PASSWORD,
        "again": "other",
    }
    assert "again" in client.post("/set-up/", words).context["form"].errors
    words["again"] = PASSWORD
    assert "code" in client.post("/set-up/", {**words, "code": "12"}).context["form"].errors
    assert not User.objects.exists()
    assert client.post("/set-up/", words).status_code == 302
    assert client.get("/people/").status_code == 200  # the administrator is in, and sees people
    assert client.get("/set-up/").status_code == 404
    admin = User.objects.get()
    assert (admin.post.role, admin.must_change_password, admin.groups.count()) == ("system_admin", False, 0)
    assert reverse("departments:set_up") == "/set-up/"
