"""Routes: which department may send which kind of letter to which, and whom the form ticks by itself (C10, C16).

A route is a permission, nothing refers to it: a closed one is gone, and letters sent along it stay as they are.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.dictionaries import check_version, one_at_a_time
from core.refusals import BadInput
from departments.dictionaries import SENDERS, route_values
from departments.enums import Function, ReferralKind
from departments.models import Route, User
from departments.record import record

LONGEST_BASIS = 200


@dataclass(frozen=True)
class Way:
    """An open route to a function: proposed by default or not, and on what it rests."""

    proposed: bool = False
    basis: str = ""


@transaction.atomic
def set_routes(
    *, kind: str, sender: str, version: int, ways: Mapping[str, Way], by: User, at: dt.datetime
) -> list[Route]:
    """Say to which functions one may send a kind of letter: those in `ways` are open, all others closed.

    version: of the routes as the form showed them. Drafts not yet sent meet the new routes when they are sent.

    :raises Stale: somebody changed these routes meanwhile
    :raises BadInput: a route to oneself, one the law does not know; a sender or a kind there is not
    """
    if sender not in SENDERS or kind not in ReferralKind.values:
        raise BadInput(_("Nobody sends this kind of letter from there."))
    one_at_a_time()
    held = {route.receiver: route for route in Route.objects.of(kind, sender)}
    check_version(version, route_values(held.values()))
    faults = _faults(kind, sender, ways)
    if faults:
        raise BadInput.several(faults)
    old = _said(held.values())
    for receiver, route in held.items():
        if receiver not in ways:
            route.delete()
    for receiver, way in ways.items():
        route = held.get(receiver) or Route(kind=kind, sender=sender, receiver=receiver)
        route.proposed, route.basis = way.proposed, way.basis.strip()
        route.save()
    now = list(Route.objects.of(kind, sender))
    new = _said(now)
    if new != old:
        record(
            "routes.changed", target=None, by=by, at=at, referral_kind=kind, function=sender,
            old_to_functions=list(old), to_functions=list(new),
            old_default_functions=_proposed(old), default_functions=_proposed(new), old=old, new=new,
        )  # fmt: skip
    return now


def _faults(kind: str, sender: str, ways: Mapping[str, Way]) -> dict[str, Any]:
    """What cannot be right, as field → sentence."""
    faults: dict[str, Any] = {}
    for receiver, way in ways.items():
        if receiver == sender:
            faults[f"to_{receiver}"] = _("A department does not send letters to itself.")
        elif receiver not in Function.values:
            faults[f"to_{receiver}"] = _("There is no such department.")
        elif kind == ReferralKind.CRIMINAL and receiver != Function.POLICE:
            faults[f"to_{receiver}"] = _("Suspected crimes are transferred to the police (Order 310).")
        elif len(way.basis) > LONGEST_BASIS:
            faults[f"basis_{receiver}"] = _("At most 200 characters.")
    return faults


def _said(routes: Any) -> dict[str, dict[str, Any]]:
    """The routes as the record keeps them, in the order of the seals."""
    held = {route.receiver: route for route in routes}
    return {
        function: {"proposed": held[function].proposed, "basis": held[function].basis}
        for function in Function.values
        if function in held
    }


def _proposed(said: Mapping[str, Mapping[str, Any]]) -> list[str]:
    return [function for function, values in said.items() if values["proposed"]]
