"""Versions of a clock rule, as its page and the API read them."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.http import Http404

from deadlines.models import ClockRule

CHANGEABLE = ("amount", "unit", "warn_days", "escalate_days", "roll_over", "asks_reason", "basis")


def versions_or_404(code: str) -> list[ClockRule]:
    """All versions of a rule, newest first."""
    found = list(ClockRule.objects.filter(code=code).order_by("-effective_from"))  # door: a dictionary
    if not found:
        raise Http404
    return found


def next_version(rule: ClockRule, on: dt.date) -> dict[str, Any]:
    """What a new version of the rule would say if nothing were changed."""
    values = {name: getattr(rule, name) for name in CHANGEABLE}
    return values | {"effective_from": max(on, rule.effective_from)}


def in_force(found: Iterable[ClockRule], on: dt.date) -> list[tuple[ClockRule, list[ClockRule]]]:
    """By code: the version in force on a day (else the first to come), and those still to come.

    `found` are newest first within a code.
    """
    by_code: dict[str, tuple[ClockRule | None, list[ClockRule]]] = {}
    for rule in found:
        now, coming = by_code.get(rule.code, (None, []))
        if rule.effective_from > on:
            coming = [*coming, rule]
        elif now is None:
            now = rule
        by_code[rule.code] = (now, coming)
    return [(now or coming[-1], coming if now else coming[:-1]) for now, coming in by_code.values()]
