"""Who asks where nobody is signed in, and how often they may."""

import ipaddress
import logging
from typing import Any

from django.conf import settings
from django.core.cache import cache
from redis.exceptions import RedisError

log = logging.getLogger(__name__)


def address_of(request: Any) -> str:
    """The visitor's address: as the own proxy saw it, where there is one; what a visitor wrote into the header itself
    stands before that and is not believed."""
    hops = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    if settings.SECURE_PROXY_SSL_HEADER and (seen := _address(hops[-1])):
        return seen
    return _address(request.META.get("REMOTE_ADDR", ""))


def _address(text: str) -> str:
    """An address without the port a proxy wrote behind it; empty where it is none."""
    host = text.strip()
    host = host[1:].partition("]")[0] if host.startswith("[") else host
    host = host.partition(":")[0] if host.count(":") == 1 else host
    try:
        return str(ipaddress.ip_address(host))
    except ValueError:
        return ""


def too_often(key: str, *, times: int, seconds: int) -> bool:
    """Count one more try under `key`; whether it is one too many in this window. Without the cache nobody is counted."""
    try:
        cache.add(key, 0, timeout=seconds)
        return cache.incr(key) > times
    except ValueError:  # the window ended between the two
        return False
    except RedisError:
        log.warning("the cache does not answer: visitors are not counted")
        return False
