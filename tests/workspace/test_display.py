"""How one person wants every page, wherever they sign in."""

from django.test import Client
from django.urls import reverse

from workspace import actions
from workspace.models import Preference

DISPLAY = reverse("core:display")


def test_a_choice_is_kept_with_the_person(client, insurance_handler):
    client.force_login(insurance_handler, "django.contrib.auth.backends.ModelBackend")
    client.post(DISPLAY, {"font": "large"})
    client.post(DISPLAY, {"theme": "dark", "language": "en"})
    assert actions.kept_display(insurance_handler) == {"font": "large", "theme": "dark", "language": "en"}
    client.post(DISPLAY, {"theme": "light"})
    assert actions.kept_display(insurance_handler)["theme"] == "light"


def test_what_is_not_on_offer_is_not_kept(client, insurance_handler):
    client.force_login(insurance_handler, "django.contrib.auth.backends.ModelBackend")
    assert client.post(DISPLAY, {"theme": "dark", "font": "huge"}).status_code == 400
    assert actions.kept_display(insurance_handler) == {}


def test_a_choice_signed_out_is_nobodys(client, insurance_handler):
    assert client.post(DISPLAY, {"font": "large"}).cookies["font"].value == "large"
    assert not Preference.objects.exists()


def sign_in(user):
    """What another browser is told to remember when the person signs in there."""
    user.set_password("correct horse battery")
    user.save(update_fields=["password"])
    sent = {"username": user.staff_number, "password": "correct horse battery"}
    answer = Client().post(reverse("departments:sign_in"), sent)
    assert answer.status_code == 302
    return {name: morsel.value for name, morsel in answer.cookies.items() if name in ("font", "theme", "django_language")}


def test_signing_in_elsewhere_brings_the_choice_along(insurance_handler, now):
    actions.keep_display(user=insurance_handler, values={"font": "large", "theme": "dark", "language": "en"}, at=now)
    assert sign_in(insurance_handler) == {"font": "large", "theme": "dark", "django_language": "en"}


def test_who_never_chose_is_shown_what_the_browser_has(insurance_handler, health_handler, now):
    actions.keep_display(user=health_handler, values={"font": "large"}, at=now)
    assert sign_in(insurance_handler) == {}


def test_what_is_no_longer_on_offer_is_left_out(insurance_handler, now):
    actions.keep_display(user=insurance_handler, values={"font": "large", "theme": "sepia", "size": "9"}, at=now)
    assert sign_in(insurance_handler) == {"font": "large"}
