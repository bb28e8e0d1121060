"""The record of a draw: the list that is frozen before it, and what is published of it afterwards."""

import datetime as dt
import json
from collections.abc import Iterable
from typing import Any

from django.db.models import Prefetch

from core.dates import SHANGHAI
from departments.models import Department
from inspections.draw_algorithm import ALL, VERSION, canonical
from inspections.draw_enums import AskedFor
from inspections.models.draw import Draw, DrawnOfficer
from inspections.models.pool import PoolOfficer, PoolTarget

RESERVE = 2  # officers behind those drawn, next when one of them cannot


def instant(at: dt.datetime) -> str:
    """As a record writes it: local time of the county to the second, with its offset."""
    return at.astimezone(SHANGHAI).isoformat(timespec="seconds")


def freeze(
    *,
    number: str,
    inspection: str,
    departments: Iterable[Department],
    targets: Iterable[PoolTarget],
    officers: Iterable[PoolOfficer],
    targets_wanted: int,
    officers_wanted: int,
    public_what: str,
    public_from: dt.datetime,
) -> dict[str, Any]:
    """The list of a draw as plain data in one order, whatever order the pools were read in.

    Targets by their 统一社会信用代码, departments by name, officers by department and certificate number; sorted as
    texts by code point. `id` are rows of ours and decide nothing. inspection: its number. An officer's `recused` names
    target codes, or "*" for all, and of the ground its kind alone: a list stays for ever and is handed to anybody.
    """
    listed_targets: list[dict[str, Any]] = [
        {
            "id": each.subject.pk, "code": each.subject.uscc, "name": each.subject.name, "kind": each.subject.kind,
            "area": each.area, "risk": each.risk, "weight": each.weight, "reason": each.reason,
        }
        for each in targets
    ]  # fmt: skip
    listed_officers: list[dict[str, Any]] = [
        {
            "id": each.certificate.pk, "code": each.certificate.number, "name": each.certificate.user.name,
            "department": each.certificate.department.name,
            "recused": sorted(
                (
                    {"target": str(recusal.subject.uscc) if recusal.subject else ALL, "ground": recusal.ground}
                    for recusal in each.recusals.all()
                ),
                key=lambda recusal: recusal["target"],
            ),
        }
        for each in officers
    ]  # fmt: skip
    return {
        "version": VERSION,
        "draw": number,
        "inspection": inspection,
        "public_what": public_what,
        "public_from": instant(public_from),
        "targets_wanted": targets_wanted,
        "officers_wanted": officers_wanted,
        "officers_reserve": RESERVE,
        "departments": sorted(
            ({"id": department.pk, "name": department.name} for department in departments),
            key=lambda each: each["name"],
        ),
        "targets": sorted(listed_targets, key=lambda each: each["code"]),
        "officers": sorted(listed_officers, key=lambda each: (each["department"], each["code"])),
    }


def text_of(listed: dict[str, Any]) -> str:
    return canonical(listed)


def listed_of(draw: Draw) -> dict[str, Any]:
    """The frozen list of a draw as data."""
    return json.loads(draw.listed)


def _teams(draw: Draw) -> list[dict[str, Any]]:
    """As the rows hold them, in the order of targets and departments the algorithm goes through."""
    teams: dict[tuple[int, str], dict[str, Any]] = {}
    officers = Prefetch("officers", DrawnOfficer.objects.order_by("place"))
    for target in draw.drawn_targets.prefetch_related(officers).order_by("place"):
        for each in sorted(target.officers.all(), key=lambda row: (row.department_name, row.place)):
            team = teams.setdefault(
                (target.place, each.department_name),
                {"target": target.code, "department": each.department_name, "officers": [], "reserve": []},
            )
            team["reserve" if each.reserve else "officers"].append(each.code)
    return list(teams.values())


def published(draw: Draw) -> dict[str, Any]:
    """The record anybody can work the draw out from again (docs/draw.md), read from the rows as they are."""
    said = [
        {
            "asked_at": instant(each.asked_at), "asked_by": each.asked_by.name, "department": each.asked_for.name,
            "target": each.target.code if each.target else "", "reason": each.reason, "answer": each.status,
            "answered_at": instant(each.answered_at) if each.answered_at else "",
            "answered_by": each.answered_by.name if each.answered_by else "", "words": each.words,
        }
        for each in draw.annulments.select_related("asked_by", "asked_for", "answered_by", "target").order_by("pk")
    ]  # fmt: skip
    return {
        "version": VERSION,
        "number": draw.number,
        "attempt": draw.attempt,
        "status": draw.status,
        "list": draw.listed,
        "list_digest": draw.list_digest,
        "commitment": draw.commitment,
        "committed_at": instant(draw.committed_at),
        "committed_by": f"{draw.committed_for.name} {draw.committed_by.name}",
        "public_what": draw.public_what,
        "public_from": instant(draw.public_from),
        "seed": draw.seed,
        "public_number": draw.public_number,
        "drawn_at": instant(draw.drawn_at) if draw.drawn_at else "",
        "drawn_by": f"{draw.drawn_for.name} {draw.drawn_by.name}" if draw.drawn_by and draw.drawn_for else "",
        "targets": list(draw.drawn_targets.order_by("place").values_list("code", flat=True)),
        "teams": _teams(draw),
        "annulments": said,
    }


def annulled_because(draw: Draw) -> str:
    """The reason a second person agreed to, or ""."""
    agreed = draw.annulments.filter(status=AskedFor.AGREED, target=None).values_list("reason", flat=True).first()
    return agreed or ""
