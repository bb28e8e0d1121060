"""Figures kept for some seconds: the numbers of the frame, one's own steps, and a cache that does not answer."""

import pytest
from django.core.cache import cache
from django.urls import reverse

from core.kept import forget, kept
from journal.actions import notify

pytestmark = pytest.mark.django_db


@pytest.fixture
def answers():
    """Gives 1, 2, 3 …: how often it was asked."""
    asked = []

    def ask():
        asked.append(1)
        return len(asked)

    return ask


@pytest.fixture
def no_cache(settings, tmp_path):
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": f"unix://{tmp_path}/nobody.sock",
        }
    }


def test_a_figure_is_computed_once_until_it_is_forgotten(answers):
    assert [kept("figure", 60, answers) for _ in range(3)] == [1, 1, 1]
    forget("figure")
    assert kept("figure", 60, answers) == 2


def test_nought_seconds_keep_nothing(answers):
    assert [kept("figure", 0, answers) for _ in range(2)] == [1, 2]
    assert cache.get("figure") is None


def test_without_a_cache_every_figure_is_computed(no_cache, answers):
    assert [kept("figure", 60, answers) for _ in range(2)] == [1, 2]
    forget("figure")


def unread(client):
    return client.get(reverse("desk:help")).context["shell"].unread


def test_what_others_do_counts_some_seconds_later_and_ones_own_step_at_once(
    client, settings, insurance_handler, insurance, now
):
    settings.NUMBERS_SECONDS = 60
    client.force_login(insurance_handler, backend="django.contrib.auth.backends.ModelBackend")
    before = unread(client)
    notify([insurance_handler], "case.registered", target=insurance, at=now)
    assert unread(client) == before
    client.post(reverse("core:display"), {"font": "large"})
    assert unread(client) == before + 1


def test_the_frame_stands_without_a_cache(client, settings, no_cache, insurance_handler):
    settings.NUMBERS_SECONDS = 60
    client.force_login(insurance_handler, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(reverse("desk:help")).status_code == 200
    assert client.post(reverse("core:display"), {"font": "large"}).status_code == 302
