"""What the pages of a draw show: where it stands, who came out and goes, and what may be pressed."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.forms import new_form_key
from core.kept import kept
from core.wording import moment
from departments.models import User
from inspections import draw_rules as rules
from inspections.draw_algorithm import canonical, digest_of
from inspections.draw_check import Check, check
from inspections.draw_enums import OVER, DrawStatus, Ground
from inspections.draw_record import listed_of
from inspections.draw_workbench import OVERDUE
from inspections.enums import InspectionKind
from inspections.models import Draw, DrawnOfficer, Inspection, Member


@dataclass(frozen=True)
class Offer:
    """One button; the same fields as the buttons of other rooms."""

    label: Any
    url: str
    danger: bool = False
    post: bool = False
    icon: str = ""
    key: str = field(default_factory=new_form_key)


def offers(user: User, draw: Draw) -> list[Offer]:
    """What this person may do, the commonest first."""
    wanted = (
        (rules.can_answer_annulment, pgettext("inspection", "Answer"), "answer_annulment", False),
        (rules.can_draw, _("Draw"), "make_draw", False),
        (rules.can_ask_leave_out, _("Ask to leave a target out"), "leave_target_out", True),
        (rules.can_ask_annulment, _("Ask to annul"), "annul_draw", True),
    )
    return [
        Offer(label, reverse(f"inspections:{name}", args=[draw.pk]), danger)
        for rule, label, name, danger in wanted
        if rule(user, draw)
    ]


def never_made(draw: Draw, at: dt.datetime) -> bool:
    """Committed to, and days after the number was published still not drawn."""
    return draw.status == DrawStatus.COMMITTED and at > draw.public_from + OVERDUE


def next_step(draw: Draw, found: list[Offer], at: dt.datetime) -> dict[str, Any] | None:
    """The amber card; with the first button where it is not one of ending it all."""
    first = found[0] if found and not found[0].danger else None
    button = {"url": first.url, "label": first.label} if first else {}
    if (asked := rules.asked(draw)) is not None:
        why = _("Somebody of another department than who asked says yes or no.")
        return {
            "text": _("A second person answers whether it is annulled.")
            if asked.target is None
            else _("A second person answers whether %(name)s is left out.") % {"name": asked.target.subject.name},
            "why": why,
            "lamp": "y",
            **button,
        }
    if draw.status != DrawStatus.COMMITTED:
        return None
    if at < draw.public_from:
        why = _("Until then nobody can know what will come out, not even who committed to the list.")
        text = _("It is drawn from %(when)s on.") % {"when": moment(draw.public_from)}
        return {"text": text, "why": why, "lamp": "n"}
    why = _("Somebody of another department enters the number as it was published.")
    return {
        "text": _("The number is out: draw."),
        "why": why,
        "lamp": "r" if never_made(draw, at) else "y",
        **button,
    }


def ended_before(draw: Draw) -> int:
    """How many draws its department had given up or annulled before, of whatever inspection: a plan made anew hides none."""
    found = Draw.objects.filter(committed_for=draw.committed_for_id, status__in=OVER)  # door: a count
    return found.filter(committed_at__lt=draw.committed_at).count()


def panel(user: User, inspection: Inspection) -> dict[str, Any] | None:
    """What the page of a random inspection shows of its draws; None of another kind without any."""
    draws = list(Draw.objects.visible_to(user).filter(inspection=inspection).for_list().order_by("attempt"))
    may = rules.can_commit(user, inspection)
    if not draws and not may and inspection.kind != InspectionKind.RANDOM:
        return None
    return {"rows": rows(draws, timezone.now()), "may_commit": may, "inspection": inspection}


def rows(draws: list[Draw], at: dt.datetime) -> list[tuple[Draw, bool]]:
    """(draw, whether it was committed to and never made)."""
    return [(draw, never_made(draw, at)) for draw in draws]


CHECK_KEPT = 3600  # seconds


def checked(record: dict[str, Any]) -> list[Check]:
    """What comes out when a record is worked out again. A large draw takes seconds: what was found of the very same record
    (its digest) is remembered for an hour; a row that was changed makes another record, and is worked out at once."""
    language = translation.get_language()
    key = f"draw.check.{language}.{digest_of(canonical(record))}"
    found = kept(key, CHECK_KEPT, lambda: [(str(each.what), each.agrees, each.said) for each in check(record)])
    return [Check(*each) for each in found]


def listed(draw: Draw) -> dict[str, Any]:
    """The frozen list as data, with the lots of all targets together and the words of each recusal's kind (`why`) and the
    `name` of the target it is about."""
    found = listed_of(draw)
    names = {each["code"]: each["name"] for each in found["targets"]}
    for officer in found["officers"]:
        for each in officer["recused"]:
            code = each.get("ground", Ground.OTHER)
            each["why"] = Ground(code).label if code in Ground.values else code
            each["name"] = names.get(each["target"], "")
    return {**found, "lots": sum(each["weight"] for each in found["targets"])}


@dataclass
class Team:
    """Who came out for a target and a department. goes: named in the inspection, else why not."""

    department: str
    officers: list[tuple[str, str, bool]]
    reserve: list[tuple[str, str, bool]]


def going_asked(draw: Draw) -> QuerySet:
    """The ids of the inspectors who go at present, not asked yet."""
    there = Member.objects.filter(inspection=draw.inspection_id, left_at=None, role="inspector")
    return there.values_list("user", flat=True)


def targets(
    draw: Draw, *, skip: int = 0, most: int | None = None, known: Iterable[int] | None = None
) -> list[tuple[Any, dict[str, Any], list[Team]]]:
    """(drawn target, its line of the list, teams) in the order drawn; a person's third value: goes at present.

    Where `most` is given: that many, after the first `skip`. known: the inspectors who go, where they were asked already.
    """
    lines = {each["code"]: each for each in listed_of(draw)["targets"]}
    going = set(going_asked(draw) if known is None else known)
    found = []
    officers = Prefetch("officers", DrawnOfficer.objects.select_related("certificate__user"))
    drawn = draw.drawn_targets.select_related("subject").prefetch_related(officers)
    for target in drawn.order_by("place")[skip : None if most is None else skip + most]:
        teams: dict[str, Team] = {}
        for each in sorted(target.officers.all(), key=lambda row: (row.department_name, row.place)):
            team = teams.setdefault(each.department_name, Team(each.department_name, [], []))
            user = each.certificate.user
            goes = user.pk in going
            if each.reserve:  # in place of who was drawn and does not go; drawn for another target is not going to this one
                free = sum(not there for _name, _code, there in team.officers)
                goes = goes and sum(there for _name, _code, there in team.reserve) < free
            (team.reserve if each.reserve else team.officers).append((user.name, each.code, goes))
        found.append((target, lines.get(target.code, {}), list(teams.values())))
    return found
