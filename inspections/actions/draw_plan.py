"""What is drawn joins the plan of the inspection; what is annulled leaves it, with its reason."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from core.refusals import BadInput
from core.wording import for_the_record
from departments.models import User
from inspections.actions.draw_lists import unfit_certificate
from inspections.actions.planning import add_target, drop_target
from inspections.draw_enums import DrawStatus
from inspections.enums import MemberRole
from inspections.models import Draw, DrawnOfficer, EnforcementCertificate, Member, Partner, Target

LONGEST_REASON = 300  # signs
WHY = gettext_noop("drawn at random, %(number)s")
NOT_DRAWN = gettext_noop("the draw %(number)s named others")
WHY_OUT = gettext_noop("the draw %(number)s was annulled")


def into_plan(draw: Draw, *, by: User, at: dt.datetime) -> int:
    """Add the drawn targets, and name the drawn officers in place of those named before; how many could not be named.

    Who has left the department since, or lost the certificate, stands in the record of the draw but is not named: the
    department names the next of the reserve. Whether they stand aside was asked before the list was committed to.
    """
    reason = for_the_record(WHY, number=draw.number)
    for drawn in draw.drawn_targets.select_related("subject").order_by("place"):
        add_target(inspection=draw.inspection, subject=drawn.subject, reason=reason, drawn=True, by=by, at=at)
    chosen: dict[int, DrawnOfficer] = {}
    officers = draw.drawn_officers.filter(reserve=False).select_related(
        "certificate__user", "certificate__department"
    )
    for each in officers.order_by("pk"):
        chosen.setdefault(each.certificate.user_id, each)
    there = Member.objects.filter(inspection=draw.inspection, left_at=None)
    _leave(
        there.filter(role=MemberRole.INSPECTOR).exclude(user__in=chosen), for_the_record(NOT_DRAWN, number=draw.number),
        by, at,
    )  # fmt: skip
    partners = {partner.department_id: partner for partner in draw.inspection.partners.inspecting()}
    named = set(there.filter(role=MemberRole.INSPECTOR).values_list("user", flat=True))
    return sum(
        not _name(draw, each, partners.get(each.department_id), by, at)
        for user, each in chosen.items()
        if user not in named
    )


def _name(draw: Draw, drawn: DrawnOfficer, partner: Partner | None, by: User, at: dt.datetime) -> bool:
    held = EnforcementCertificate.objects.filter(
        user=drawn.certificate.user, department=drawn.certificate.department, withdrawn_at=None
    )
    certificate = held.first() or drawn.certificate  # renewed since the list was committed to
    if partner is None or unfit_certificate(certificate, draw.inspection.ends_on, at):
        return False
    # who was named to assist inspects now
    assists = Member.objects.filter(inspection=draw.inspection, user=certificate.user, left_at=None)
    _leave(assists, for_the_record(WHY, number=draw.number), by, at)
    Member.objects.create(
        inspection=draw.inspection, partner=partner, user=certificate.user, name=certificate.user.name,
        role=MemberRole.INSPECTOR, certificate=certificate, certificate_number=certificate.number, named_by=by,
        named_at=at, declared_by=draw.committed_by, declared_at=draw.committed_at, created_at=at, updated_at=at,
    )  # fmt: skip
    return True


def _leave(members: QuerySet[Member], reason: str, by: User, at: dt.datetime) -> None:
    members.update(left_by=by, left_at=at, left_reason=reason, updated_at=at, version=F("version") + 1)


def out_of_plan(draw: Draw, *, by: User, at: dt.datetime) -> None:
    """Take what this draw brought out of the plan again."""
    reason = for_the_record(WHY_OUT, number=draw.number)
    brought = draw.inspection.targets.staying().filter(
        drawn=True, subject__in=draw.drawn_targets.values("subject")
    )
    for target in brought.select_related("inspection").order_by("pk"):
        drop_target(target=target, reason=reason, by=by, at=at)
    users = draw.drawn_officers.values("certificate__user")
    there = Member.objects.filter(
        inspection=draw.inspection, user__in=users, role=MemberRole.INSPECTOR, left_at=None
    )
    _leave(there, reason, by, at)


def check_drawn(partner: Partner, certificate: EnforcementCertificate, field: str) -> None:
    """Once officers were drawn, only they inspect, and those of the reserve behind them.

    :raises BadInput: somebody the draw did not name (field `field`)
    """
    draw = partner.inspection.draws.filter(status=DrawStatus.DRAWN).first()
    if draw is None:
        return
    named = draw.drawn_officers.filter(
        department=partner.department_id, certificate__user=certificate.user_id
    )
    if named.exists():
        return
    raise BadInput(
        _("%(name)s was not drawn: %(number)s named the officers, and the reserve behind them.")
        % {"name": certificate.user.name, "number": draw.number},
        field=field, record=True,
    )  # fmt: skip


def check_team(target: Target, members: Iterable[Member], reason: str) -> str:
    """At a target those inspect whom the draw named for it, in the order drawn, the first of the reserve before the second.

    reason: a line `name: why` for everybody who was passed over; just why where somebody of the reserve goes beside all who
    come before. Whoever stood aside from the target was not drawn for it and never inspects it. Returns what is to be kept,
    "" where nobody of the reserve goes.

    :raises BadInput: somebody not drawn for this target (field `officers`), or somebody passed over without a reason, the
        reserve without any (`reserve_reason`)
    """
    draw = target.inspection.draws.filter(status=DrawStatus.DRAWN).first()
    if draw is None:
        return ""
    drawn = draw.drawn_officers.filter(target__subject=target.subject_id).select_related("certificate__user")
    rows = list(drawn.order_by("department", "place"))
    named = {(row.department_id, row.certificate.user_id): row for row in rows}
    going: dict[int, DrawnOfficer] = {}
    for member in members:
        row = None if member.user_id is None else named.get((member.partner.department_id, member.user_id))
        if row is None:
            raise BadInput(
                _("%(name)s was not drawn for %(target)s: %(number)s named the officers for each target.")
                % {"name": member.name, "target": target, "number": draw.number},
                field="officers", record=True,
            )  # fmt: skip
        going[row.pk] = row
    behind = [row.certificate.user.name for row in going.values() if row.reserve]
    if not behind:
        return ""
    last: dict[int, int] = {}
    for row in going.values():
        last[row.department_id] = max(row.place, last.get(row.department_id, 0))
    over = [
        row.certificate.user.name
        for row in rows
        if row.pk not in going and row.place < last.get(row.department_id, 0)
    ]
    if missing := _without_line(over, reason):
        raise BadInput(
            _("%(names)s come before who goes: write a line for each, the name, a colon and why.")
            % {"names": "、".join(missing)},
            field="reserve_reason",
        )
    if not reason.strip():
        raise BadInput(
            _("%(names)s stand in reserve for this target: say why they go as well.")
            % {"names": "、".join(behind)},
            field="reserve_reason",
        )
    return reason.strip()[:LONGEST_REASON]


def _without_line(names: Iterable[str], text: str) -> list[str]:
    """Those of whom no line `name: why` is left; people of one name have a line each."""
    lines = [line.replace("：", ":").partition(":") for line in text.splitlines()]
    said = Counter(name.strip() for name, _colon, why in lines if why.strip())
    found = []
    for name in names:
        if said[name] < 1:
            found.append(name)
        said[name] -= 1
    return found


def drawn_left_out(partner: Partner, officers: Iterable[EnforcementCertificate]) -> list[Member]:
    """Those of a department whom the draw named, who go at present, and who are not among these officers."""
    draw = partner.inspection.draws.filter(status=DrawStatus.DRAWN).first()
    if draw is None:
        return []
    drawn = draw.drawn_officers.filter(department=partner.department_id, reserve=False)
    there = partner.members.filter(
        left_at=None, role=MemberRole.INSPECTOR, user__in=drawn.values("certificate__user")
    )
    return list(there.exclude(user__in=[each.user_id for each in officers]).order_by("pk"))
