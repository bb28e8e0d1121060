"""记分: entered by one, confirmed by another, counted by calendar year; what follows is proposed, never done by itself."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cases.models import Case, Subject
from core.refusals import BadInput, FourEyes, WrongState
from core.states import move
from departments.enums import LEADERS
from departments.models import Department, User
from sanctions.actions.credit_common import lock, lock_subject, needed, note, past_day, tell
from sanctions.actions.following import follow, points_of
from sanctions.enums_credit import Confirmation, EntryKind
from sanctions.models import PointEntry, PointImport
from sanctions.points_rules import MOST, MOST_REPAIRED, year_of

C = Confirmation


def faults_of(
    *, subject: Subject | None, institution: Subject | None, kind: str, points: int, dated_on: dt.date | None,
    behaviour: str, basis: str, at: dt.datetime,
) -> dict[str, Any]:  # fmt: skip
    """What keeps an entry from being made, as field → sentence."""
    faults: dict[str, Any] = {}
    most = MOST_REPAIRED if kind == EntryKind.REPAIR else MOST
    if kind not in EntryKind.values:
        faults["kind"] = _("Choose one of those offered here.")
    if subject is not None and subject.is_body:
        faults["subject"] = _("Points are counted of persons: institutions have their yearly score.")
    if institution is not None and not institution.is_body:
        faults["institution"] = _("Choose an institution of this region.")
    if not 1 <= points <= most:
        faults["points"] = _("From %(least)d to %(most)d.") % {"least": 1, "most": most}
    if wrong := past_day(dated_on, at):
        faults["dated_on"] = wrong
    for field, text in (("behaviour", behaviour), ("basis", basis)):
        if not text.strip():
            faults[field] = _("Fill this in.")
    return faults


@transaction.atomic
def enter_points(
    *,
    department: Department,
    subject: Subject,
    points: int,
    dated_on: dt.date,
    behaviour: str,
    basis: str,
    kind: str = EntryKind.POINTS,
    institution: Subject | None = None,
    case: Case | None = None,
    source: PointImport | None = None,
    by: User,
    at: dt.datetime,
) -> PointEntry:
    """Enter the points of one act, or points repaired; they count once a second person has confirmed them.

    points: 1–12 of an act, 1–4 of a repair. dated_on: the day of the decision, whose year they count in.

    :raises BadInput: see `faults_of`; a person of another region
    """
    faults = faults_of(
        subject=subject, institution=institution, kind=kind, points=points, dated_on=dated_on, behaviour=behaviour,
        basis=basis, at=at,
    )  # fmt: skip
    if subject.region_id != department.region_id:
        faults["subject"] = _("Choose a subject of this region.")
    if faults:
        raise BadInput.several(faults)
    entry = PointEntry.objects.create(
        region_id=department.region_id, department=department, subject=subject, institution=institution, case=case,
        kind=kind,
        points=points, dated_on=dated_on, year=year_of(dated_on), behaviour=behaviour.strip(), basis=basis.strip(),
        source=source, entered_by=by, entered_at=at, created_at=at, updated_at=at,
    )  # fmt: skip
    note(
        "points_entered",
        entry,
        by=by,
        at=at,
        subject=subject.pk,
        points=points,
        points_kind=str(kind),
        year=entry.year,
    )
    if source is None:
        tell(entry, "points_to_confirm", *LEADERS, at=at, but=by, count=1)
    return entry


@transaction.atomic
def confirm_points(*, entry: PointEntry, by: User, at: dt.datetime) -> PointEntry:
    """A second person confirms: from now on they count, and what the total asks for is proposed.

    :raises FourEyes: by who entered them
    :raises BadInput: a repair beyond what may be repaired in a year
    :raises WrongState, MovedOn: they are not to be confirmed
    """
    subject = lock_subject(entry.subject)
    lock(entry)
    if entry.status == C.ENTERED and entry.entered_by_id == by.pk:
        raise FourEyes(_("You entered this: another person has to confirm it."))
    before = points_of(subject, entry.year)
    if entry.kind == EntryKind.REPAIR and before.repaired + entry.points > MOST_REPAIRED:
        raise BadInput(
            _("At most %(most)d points are repaired in a year; %(done)d are already.")
            % {"most": MOST_REPAIRED, "done": before.repaired}
        )
    move(entry, C.CONFIRMED, at=at, confirmed_by=by, confirmed_at=at)
    note("points_confirmed", entry, by=by, at=at, subject=subject.pk, points=entry.points, year=entry.year)
    follow(subject, entry.department, entry.year, by=by, at=at)
    return entry


@transaction.atomic
def reject_points(*, entry: PointEntry, reason: str, by: User, at: dt.datetime) -> PointEntry:
    """A second person does not confirm them, with a reason.

    :raises BadInput: no reason
    :raises WrongState, MovedOn: they are not to be confirmed
    """
    reason = needed(reason)
    lock(entry)
    move(entry, C.REJECTED, at=at, ended_by=by, ended_at=at, reason=reason)
    note("points_rejected", entry, by=by, at=at, subject=entry.subject_id, reason=reason)
    return entry


@transaction.atomic
def revoke_points(*, entry: PointEntry, reason: str, by: User, at: dt.datetime) -> PointEntry:
    """On review confirmed points do not stand: they count no more; what they led to is dropped, or to be lifted if done.

    :raises BadInput: no reason
    :raises FourEyes: by who entered them
    :raises WrongState, MovedOn: they are not confirmed
    """
    reason = needed(reason)
    subject = lock_subject(entry.subject)
    lock(entry)
    if entry.status == C.CONFIRMED and entry.entered_by_id == by.pk:
        raise FourEyes
    move(entry, C.REVOKED, at=at, ended_by=by, ended_at=at, reason=reason)
    note(
        "points_revoked",
        entry,
        by=by,
        at=at,
        subject=subject.pk,
        points=entry.points,
        year=entry.year,
        reason=reason,
    )
    follow(subject, entry.department, entry.year, by=by, at=at)
    return entry


@transaction.atomic
def confirm_import(*, source: PointImport, by: User, at: dt.datetime) -> int:
    """Confirm everything of a list that still waits; how many. One that cannot be keeps all from being confirmed.

    :raises FourEyes: this person handed the list in
    :raises WrongState: nothing of it waits
    """
    entries = list(
        source.entries.filter(status=C.ENTERED)
        .select_related("subject", "department")
        .order_by("subject", "pk")
    )
    if not entries:
        raise WrongState(_("Nothing is to be confirmed here."))
    if source.by_id == by.pk:
        raise FourEyes(_("You entered this: another person has to confirm it."))
    for entry in entries:
        confirm_points(entry=entry, by=by, at=at)
    return len(entries)
