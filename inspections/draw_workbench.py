"""What draws put on the workbench: to draw, to answer, never drawn."""

import datetime as dt

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.gathering import Gathering, Steps, stepwise
from core.registry import TaskRow
from core.tally import Countable
from departments.models import User
from inspections import draw_rules
from inspections.draw_enums import STANDING, AskedFor, DrawStatus
from inspections.enums import InspectionStatus
from inspections.models import Annulment, Draw
from inspections.querysets import may_inspect

OVERDUE = dt.timedelta(days=3)  # after publication: whoever committed to it is asked why it was never made


def _witnesses(user: User) -> bool:
    return may_inspect(user) and (draw_rules.coordinates(user) or user.has_role(*draw_rules.WITNESSING))


def to_make(user: User) -> QuerySet[Draw]:
    """Draws of others whose number is out, for whoever may draw them."""
    if not _witnesses(user):
        return Draw.objects.none()
    found = Draw.objects.visible_to(user).filter(
        status=DrawStatus.COMMITTED,
        inspection__status=InspectionStatus.DRAFT,
        public_from__lte=timezone.now(),
    )
    return found.exclude(committed_for=user.department)


def to_answer(user: User) -> QuerySet[Draw]:
    """Draws somebody of another department asks to annul, or to leave a target out of."""
    if not _witnesses(user):
        return Draw.objects.none()
    asked = Annulment.objects.filter(draw=OuterRef("pk"), status=AskedFor.OPEN).exclude(
        asked_for=user.department
    )
    return Draw.objects.visible_to(user).filter(
        Exists(asked), status__in=STANDING,
        inspection__status__in=(InspectionStatus.DRAFT, *draw_rules.GOING),
    )  # fmt: skip


def never_made(user: User) -> QuerySet[Draw]:
    """One's department's own commitments that nobody has drawn days after the number was published."""
    if not may_inspect(user) or not user.has_role(*draw_rules.LISTING):
        return Draw.objects.none()
    asked = Annulment.objects.filter(draw=OuterRef("pk"), status=AskedFor.OPEN)
    late = Q(
        status=DrawStatus.COMMITTED, inspection__status=InspectionStatus.DRAFT,
        public_from__lte=timezone.now() - OVERDUE,
    )  # fmt: skip
    return Draw.objects.visible_to(user).filter(~Exists(asked), late, committed_for=user.department)


def waiting(user: User) -> Countable:
    return [to_make(user), to_answer(user), never_made(user)]


@stepwise
def todo_rows(user: User, limit: int, asked: Gathering) -> Steps:
    """The oldest first."""
    groups = (
        (to_make, _("Draw targets and officers of: %(title)s"), _("Draw"), "make_draw", "y"),
        (
            to_answer,
            _("A second person is wanted for the draw of: %(title)s"),
            pgettext("inspection", "Answer"),
            "answer_annulment",
            "y",
        ),
        (never_made, _("Committed to and never drawn: %(title)s"), _("Open"), "draw", "r"),
    )
    found = [
        asked.rows(each[0](user).select_related("inspection").defer("listed").order_by("pk")[:limit]) for each in groups
    ]
    yield
    rows = []
    for draws, (_found, phrase, label, step, lamp) in zip(found, groups, strict=True):
        for draw in draws:
            rows.append(
                TaskRow(
                    phrase=phrase % {"title": draw.inspection.title}, url=draw.get_absolute_url(), source=draw.number,
                    lamp=lamp, action_label=label, action_url=reverse(f"inspections:{step}", args=[draw.pk]),
                    target=(draw.kind_code, draw.pk),
                )
            )  # fmt: skip
    return rows[:limit]
