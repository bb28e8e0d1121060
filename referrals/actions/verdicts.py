"""部分受理: which lines of the manifest and which matters the receiver takes on, and which stay with the sender."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from cases.actions.evidence import record_custody
from cases.enums import CustodyKind
from cases.models import Evidence
from core.refusals import BadInput
from departments.models import User
from referrals.models import Referral, SuppliedItem, Verdict
from referrals.receiving_enums import CompletionStatus, PointKind


@dataclass(frozen=True)
class Point:
    """Something that is accepted or not by itself. `key` names it within its letter, such as `line-2`."""

    kind: str
    position: int
    name: str
    evidence: Evidence | None = None

    @property
    def key(self) -> str:
        return f"{self.kind}-{self.position}"

    @property
    def kind_label(self) -> str:
        return str(PointKind(self.kind).label)


@dataclass(frozen=True)
class Refusal:
    """A point the receiver does not take on, as entered."""

    key: str
    reason: str


def points_of(referral: Referral) -> list[Point]:
    """The matters (questions put, else the case's categories) and the manifest lines of a letter, supplied ones last."""
    dispatch = referral.dispatch
    matters = [question.text for question in dispatch.questions.all()]
    matters = matters or [category.name for category in referral.case.categories.all()]
    points = [Point(PointKind.MATTER, number, name[:150]) for number, name in enumerate(matters, 1)]
    points += [
        Point(PointKind.LINE, item.position, item.name, item.evidence)
        for item in dispatch.manifest.select_related("evidence")
    ]
    supplied = SuppliedItem.objects.filter(
        completion__referral=referral, completion__status=CompletionStatus.TAKEN
    ).select_related("evidence")
    points += [
        Point(PointKind.SUPPLIED, number, item.name, item.evidence)
        for number, item in enumerate(supplied.order_by("completion", "position"), 1)
    ]
    return points


def put_verdicts(referral: Referral, refused: Sequence[Refusal], *, by: User, at: dt.datetime) -> list[Point]:
    """Write down every point with its verdict; refused evidence goes back to the sender, in the custody record.

    :return: the refused points
    :raises BadInput: a point that is not there, one without a reason (field: its key), or nothing left to accept
    """
    points = {point.key: point for point in points_of(referral)}
    reasons = {refusal.key: refusal.reason.strip() for refusal in refused}
    for key, reason in reasons.items():
        if key not in points:
            raise BadInput(_("This letter has no such item."), field=key)
        if not reason:
            raise BadInput(_("Say why this item is not accepted."), field=key)
    if not reasons:
        raise BadInput(_("Mark what is not accepted; a letter accepted whole is simply accepted."))
    matters = {key for key, point in points.items() if point.kind == PointKind.MATTER}
    if (matters and matters <= set(reasons)) or set(points) <= set(reasons):
        raise BadInput(_("Nothing would be left to accept: return the letter instead."))
    Verdict.objects.bulk_create(
        Verdict(
            referral=referral, kind=point.kind, position=point.position, name=point.name, evidence=point.evidence,
            accepted=key not in reasons, reason=reasons.get(key, ""),
        )
        for key, point in points.items()
    )  # fmt: skip
    for key in reasons:
        evidence = points[key].evidence
        if evidence is not None:
            record_custody(
                evidence=evidence, kind=CustodyKind.HANDED_OVER, department=referral.receiver,
                to_department=referral.sender, by=by, at=at, cause=referral,
            )  # fmt: skip
    return [points[key] for key in reasons]
