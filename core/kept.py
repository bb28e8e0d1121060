"""Figures remembered for some seconds in the shared cache. Without the cache they are only slower to come by."""

import logging
from collections.abc import Callable
from typing import Any

from django.core.cache import cache
from redis.exceptions import RedisError

log = logging.getLogger(__name__)


def kept(key: str, seconds: int, compute: Callable[[], Any]) -> Any:
    """What `compute` gives, or what it gave at most `seconds` ago; 0 remembers nothing. It never gives None."""
    if seconds <= 0:
        return compute()
    try:
        known = cache.get(key)
        if known is None:
            known = compute()
            cache.set(key, known, seconds)
    except RedisError:
        log.warning("the cache does not answer: %s is computed each time", key)
        return compute()
    return known


def forget(key: str) -> None:
    """Compute it anew the next time."""
    try:
        cache.delete(key)
    except RedisError:
        log.warning("the cache does not answer: %s may be some seconds old", key)
