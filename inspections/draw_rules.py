"""Who may do what with a draw. Each step is another department's: commit, draw, ask to annul and agree to it."""

from departments.enums import LEADERS, Function, Role
from departments.models import User
from inspections.draw_enums import STANDING, AskedFor, DrawStatus
from inspections.enums import InspectionKind, InspectionStatus, PartAnswer
from inspections.models.draw import Annulment, Draw
from inspections.models.inspection import Inspection
from inspections.querysets import may_inspect

GOING = (InspectionStatus.AGREED, InspectionStatus.UNDER_WAY)
LISTING = (Role.HANDLER, *LEADERS)
WITNESSING = (Role.HANDLER, Role.REGISTRAR, *LEADERS)


def can_list(user: User) -> bool:
    """Whoever meets business data sees the draws of the inspections they see."""
    return may_inspect(user)


def coordinates(user: User) -> bool:
    return (
        may_inspect(user) and user.has_role(Role.COORDINATOR) and user.department.function == Function.OFFICE
    )


def takes_part(user: User, inspection: Inspection) -> bool:
    """A handler, registrar or leader of a department that takes part (one that declined does not), or the office's
    coordinator, who only witnesses."""
    if coordinates(user):
        return user.region.pk == inspection.region_id
    if not may_inspect(user) or not user.has_role(*WITNESSING):
        return False
    return any(
        each.department_id == user.department.pk and each.dropped_at is None and each.answer != PartAnswer.DECLINED
        for each in inspection.partners.all()
    )


def can_commit(user: User, inspection: Inspection) -> bool:
    """The lead department's handlers and leaders, once its partners were asked, while no draw stands."""
    return (
        inspection.kind == InspectionKind.RANDOM
        and inspection.asked_at is not None
        and inspection.status == InspectionStatus.DRAFT
        and may_inspect(user)
        and user.has_role(*LISTING)
        and user.department.pk == inspection.lead_id
        and not inspection.draws.standing().exists()
    )


def drawn_or_none(inspection: Inspection) -> bool:
    """Whether nothing waits for a draw: it was made, or the inspection is of a kind without one."""
    return (
        inspection.kind != InspectionKind.RANDOM or inspection.draws.filter(status=DrawStatus.DRAWN).exists()
    )


def can_draw(user: User, draw: Draw) -> bool:
    """Another department's person, once the public number is out (the action asks for the hour)."""
    return (
        draw.status == DrawStatus.COMMITTED
        and draw.inspection.status == InspectionStatus.DRAFT
        and user.is_authenticated
        and takes_part(user, draw.inspection)
        and user.department.pk != draw.committed_for_id
    )


def can_ask_annulment(user: User, draw: Draw) -> bool:
    """Whoever takes part, while the plan is a draft or signed and nobody has asked already (the action asks for visits)."""
    inspection = draw.inspection
    signed = inspection.approved_at is not None and inspection.status in GOING
    return (
        draw.status in STANDING and (inspection.status == InspectionStatus.DRAFT or signed) and _may_ask(user, draw)
    )  # fmt: skip


def can_ask_leave_out(user: User, draw: Draw) -> bool:
    """Whoever takes part: that one drawn target be left out, before it is visited."""
    going = draw.inspection.status in (InspectionStatus.DRAFT, *GOING)
    return draw.status == DrawStatus.DRAWN and going and _may_ask(user, draw)


def _may_ask(user: User, draw: Draw) -> bool:
    taking = user.is_authenticated and takes_part(user, draw.inspection)
    return taking and asked(draw) is None


def asked(draw: Draw) -> Annulment | None:
    """What a second person still has to answer; the page of a draw has loaded what was asked."""
    return next((each for each in draw.annulments.all() if each.status == AskedFor.OPEN), None)


def can_answer_annulment(user: User, draw: Draw) -> bool:
    """A person of another department than who asked."""
    if draw.status not in STANDING or not user.is_authenticated or not takes_part(user, draw.inspection):
        return False
    waiting = asked(draw)
    return waiting is not None and waiting.asked_for_id != user.department.pk
