"""Help that is shown when one first comes to a page, and never again once it was put away."""

import pytest
from django.test import Client
from django.urls import reverse

from core import registry
from core.refusals import BadInput
from workspace import actions

SHOWN = "first-use"
AWAY = reverse("workspace:put_help_away", args=["desk:workbench"])


@pytest.fixture
def signed_in(insurance_handler):
    """Through the page: only there one learns what was put away."""
    insurance_handler.set_password("correct horse battery")
    insurance_handler.save(update_fields=["password"])

    def enter():
        client = Client()
        sent = {"username": insurance_handler.staff_number, "password": "correct horse battery"}
        assert client.post(reverse("departments:sign_in"), sent).status_code == 302
        return client

    return enter


def shows(client, url="/"):
    return SHOWN in client.get(url).content.decode()


def test_it_is_shown_until_it_is_put_away_at_any_desk(signed_in):
    here, there = signed_in(), signed_in()
    assert (shows(here), shows(here, "/cases/"), shows(here, "/help/")) == (True, True, False)
    answer = here.post(AWAY, {"next": "/"})
    assert (answer.status_code, answer.url) == (302, "/")
    assert (shows(here), shows(here, "/cases/")) == (False, True)
    assert shows(there)  # until the next sign-in
    assert not shows(signed_in())


def test_what_one_person_put_away_another_still_sees(signed_in, health_handler, now):
    actions.put_help_away(user=health_handler, page="desk:workbench", at=now)
    assert shows(signed_in())


def test_a_page_without_help_has_nothing_to_put_away(signed_in, insurance_handler, now):
    assert signed_in().post(reverse("workspace:put_help_away", args=["desk:help"])).status_code == 404
    with pytest.raises(BadInput):
        actions.put_help_away(user=insurance_handler, page="desk:help", at=now)
    assert actions.help_unread(insurance_handler) == list(registry.first_use)


def test_every_help_belongs_to_a_page():
    assert [reverse(name) for name in registry.first_use]
