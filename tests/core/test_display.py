"""The display switches and the error pages, signed out."""

import pytest
from django.test import Client
from django.urls import reverse

pytestmark = pytest.mark.django_db


def test_a_type_size_is_remembered_in_a_cookie(client):
    answer = client.post(reverse("core:display"), {"font": "large", "next": "/help/"})
    assert (answer.status_code, answer.url) == (302, "/help/")
    assert answer.cookies["font"].value == "large"
    assert answer.cookies["font"]["httponly"]


def test_a_theme_is_remembered_without_leaving_the_page_for_a_script(client):
    answer = client.post(reverse("core:display"), {"theme": "dark"}, headers={"HX-Request": "true"})
    assert answer.status_code == 204
    assert answer.cookies["theme"].value == "dark"


def test_a_language_is_remembered(client, settings):
    answer = client.post(reverse("core:display"), {"language": "en", "next": "/"})
    assert answer.cookies[settings.LANGUAGE_COOKIE_NAME].value == "en"


@pytest.mark.parametrize(
    "sent",
    [{}, {"font": "huge"}, {"theme": "pink"}, {"language": "fr"}, {"font": "large", "theme": "pink"}, {"language": ""}],
)
def test_what_is_not_on_offer_is_refused(client, sent):
    answer = client.post(reverse("core:display"), sent)
    assert answer.status_code == 400
    assert not {"font", "theme"} & set(answer.cookies)


@pytest.mark.parametrize("elsewhere", ["https://example.com/", "//example.com/", "javascript:alert(1)", ""])
def test_nobody_is_sent_to_another_site(client, elsewhere):
    assert client.post(reverse("core:display"), {"font": "large", "next": elsewhere}).url == "/"


def test_display_is_changed_by_post_only(client):
    assert client.get(reverse("core:display")).status_code == 405


def test_an_unknown_address_answers_with_a_page(client):
    answer = client.get("/no/such/page/")
    assert answer.status_code == 404
    assert b"err-card" in answer.content


def test_cookies_draw_the_page(client):
    client.cookies["font"] = "large"
    client.cookies["theme"] = "dark"
    page = client.get("/no/such/page/").content.decode()
    assert 'data-font="large" data-bs-theme="dark"' in page


def test_who_never_chose_has_the_pages_as_the_computer(client):
    assert 'data-font="normal" data-bs-theme="auto"' in client.get("/no/such/page/").content.decode()


def test_a_choice_is_taken_back(client):
    client.cookies["theme"] = "dark"
    assert client.post(reverse("core:display"), {"theme": "auto"}).cookies["theme"].value == "auto"


def test_a_strange_cookie_is_ignored(client):
    client.cookies["theme"] = '"><script>'
    assert 'data-bs-theme="auto"' in client.get("/no/such/page/").content.decode()


def test_a_form_without_its_secret_is_explained():
    answer = Client(enforce_csrf_checks=True).post(reverse("core:display"), {"font": "large"})
    assert answer.status_code == 403
    assert b"err-card" in answer.content


@pytest.mark.parametrize(
    ("name", "status"), [("bad_request", 400), ("forbidden", 403), ("not_found", 404), ("server_error", 500)]
)
def test_error_pages_say_what_to_do(rf, name, status):
    from core import views

    answer = getattr(views, name)(rf.get("/"))
    assert answer.status_code == status
    assert answer.content.decode().count("<li>") == 3
    assert 'rel="icon"' in answer.content.decode()


def test_a_conflict_names_the_refusal(rf):
    from core.refusals import MovedOn
    from core.views import conflict

    answer = conflict(rf.get("/"), MovedOn("Health was first."))
    assert answer.status_code == 409
    assert "Health was first." in answer.content.decode()


def test_the_page_of_a_failure_asks_nothing_of_the_database(rf, django_assert_num_queries):
    from core.views import server_error

    with django_assert_num_queries(0):
        assert b"err-card" in server_error(rf.get("/")).content
