"""How often one line may ask without an account. Where the line came from is not kept: only a keyed digest of it,
in the cache, until the window ends; never with a report."""

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from core.sealing import blind_index

# times, seconds; more: a form that grows by a reporter sends its files along, so it counts too, though more freely
LIMITS = {"report": (10, 3600), "more": (30, 3600), "follow": (20, 600)}


def address(request: HttpRequest) -> str:
    """The caller's address: as the own proxy saw it, where there is one."""
    hops = request.headers.get("X-Forwarded-For", "").split(",")
    if settings.SECURE_PROXY_SSL_HEADER and hops[-1].strip():
        return hops[-1].strip()
    return str(request.META.get("REMOTE_ADDR", ""))


def too_often(request: HttpRequest, what: str) -> bool:
    """Count one more try; whether it is one too many."""
    times, seconds = LIMITS[what]
    key = f"rewards:{what}:{blind_index(address(request), purpose='rewards.limit')[:32]}"
    cache.add(key, 0, timeout=seconds)
    try:
        return cache.incr(key) > times
    except ValueError:  # the window ended between the two
        return False
