"""Limits for who is not signed in: by the address the own proxy saw, and never in the way when the cache is gone."""

import pytest

from core import visitors


@pytest.mark.parametrize(
    ("behind", "header", "address"),
    [(False, "1.2.3.4", "9.9.9.9"), (True, "", "9.9.9.9"), (True, "1.2.3.4", "1.2.3.4"),
     (True, "6.6.6.6, 1.2.3.4", "1.2.3.4"), (True, "1.2.3.4:51000", "1.2.3.4"), (True, "[2001:db8::1]:443", "2001:db8::1"),
     (True, "2001:db8::1", "2001:db8::1"), (True, "unix:", "9.9.9.9"), (True, "unknown", "9.9.9.9")],
)  # fmt: skip
def test_the_address_the_own_proxy_saw(rf, settings, behind, header, address):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if behind else None
    request = rf.get("/", REMOTE_ADDR="9.9.9.9", **({"HTTP_X_FORWARDED_FOR": header} if header else {}))
    assert visitors.address_of(request) == address


def test_one_too_many_in_a_window():
    assert [visitors.too_often("a", times=2, seconds=60) for _ in range(3)] == [False, False, True]
    assert not visitors.too_often("b", times=2, seconds=60)


def test_without_the_cache_nobody_is_refused(settings, tmp_path, caplog):
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": f"unix://{tmp_path}/nobody.sock",
        }
    }
    assert [visitors.too_often("a", times=0, seconds=60) for _ in range(2)] == [False, False]
    assert "does not answer" in caplog.text
