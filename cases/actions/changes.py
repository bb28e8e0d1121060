"""What becomes of a subject: renamed, merged, taken over in part, deregistered, died."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cases.actions.relations import LONG_AGO, lock_subjects
from cases.enums import BODIES, ENDING, Change
from cases.models import Subject, SubjectChange
from core.dates import local_date
from core.pinyin import initials
from core.refusals import BadInput, WrongState
from departments.models import User
from journal.actions import record


@transaction.atomic
def record_change(
    *,
    subject: Subject,
    kind: str,
    happened_on: dt.date,
    new_name: str = "",
    successor: Subject | None = None,
    basis: str,
    by: User,
    at: dt.datetime,
) -> SubjectChange:
    """Write down what became of a subject, with the day and where it is written.

    new_name: of one that was renamed; the old one stays findable. successor: whom a merged body went into, or who took a
    part of it over: bars and duties follow there.

    :raises BadInput: a day in the future, no basis, no new name, no successor or one that cannot be, a person
        deregistered or a body dead (by field)
    :raises WrongState: it has ended already
    """
    locked = lock_subjects(*(each.pk for each in (subject, successor) if each is not None))
    subject = locked[subject.pk]
    faults = _faults(subject, kind, happened_on, new_name.strip(), successor, basis, local_date(at))
    if faults:
        raise BadInput.several(faults)
    if kind in ENDING and subject.changes.in_force().filter(kind__in=ENDING).exists():
        raise WrongState(_("It has ended already. Take that entry back first, if it is wrong."))
    former = ""
    if kind == Change.RENAMED:
        former, subject.name, subject.pinyin = subject.name, new_name.strip(), initials(new_name.strip())
        subject.updated_at, subject.version = at, subject.version + 1
        subject.save(update_fields=["name", "pinyin", "updated_at", "version"])
    change = SubjectChange.objects.create(
        subject=subject, kind=kind, happened_on=happened_on, former_name=former, successor=successor, basis=basis.strip(),
        by=by, at=at,
    )  # fmt: skip
    record(
        "subject.changed", target=change, by=by, at=at, subject=subject.pk, subject_change=str(kind), on=happened_on,
        other=successor.pk if successor else None,
    )  # fmt: skip
    return change


def _faults(
    subject: Subject,
    kind: str,
    happened_on: dt.date,
    name: str,
    successor: Subject | None,
    basis: str,
    today: dt.date,
) -> dict[str, Any]:
    faults: dict[str, Any] = {}
    if kind not in Change.values:
        faults["kind"] = _("Choose one of those offered here.")
    elif kind == Change.DIED and subject.kind in BODIES:
        faults["kind"] = _("A body does not die: it is deregistered or merged.")
    elif kind not in (Change.DIED, Change.RENAMED) and subject.kind not in BODIES:
        faults["kind"] = _("A person is not deregistered or merged.")
    if not LONG_AGO <= happened_on <= today:
        faults["happened_on"] = _("The day lies in the future, or before 1949.")
    if kind == Change.RENAMED and (not name or name == subject.name):
        faults["new_name"] = _("Enter the new name.")
    if kind in (Change.MERGED, Change.SUCCEEDED):
        faults |= _faults_of_successor(subject, successor)
    elif successor is not None:
        faults["successor"] = _("Only who was merged or taken over in part has a successor.")
    if not basis.strip():
        faults["basis"] = _("Say where this is written, such as the licence or the public register.")
    return faults


def _faults_of_successor(subject: Subject, successor: Subject | None) -> dict[str, Any]:
    if successor is None or successor.region_id != subject.region_id or successor.kind not in BODIES:
        return {"successor": _("Choose an institution of this region.")}
    if successor.pk == subject.pk:
        return {"successor": _("Nobody is merged into itself.")}
    after, seen = {successor.pk}, {successor.pk}
    while after:  # nobody comes after itself
        rows = SubjectChange.objects.in_force().filter(subject__in=after, successor__isnull=False)
        after = set(rows.values_list("successor", flat=True)) - seen
        seen |= after
    if subject.pk in seen:
        return {"successor": _("That institution itself went into this one.")}
    return {}


@transaction.atomic
def void_change(*, change: SubjectChange, reason: str, by: User, at: dt.datetime) -> SubjectChange:
    """Take an entry back that was wrong; it stays on the record. A renamed subject gets its former name again.

    :raises BadInput: no reason
    :raises WrongState: it was taken back before, or the subject was renamed again since
    """
    if not reason.strip():
        raise BadInput(_("Give a reason."), field="reason")
    subject = lock_subjects(change.subject_id)[change.subject_id]
    locked = SubjectChange.objects.select_for_update(of=("self",)).get(pk=change.pk)
    if locked.voided_at is not None:
        raise WrongState(_("This entry was taken back before."))
    if locked.kind == Change.RENAMED:
        later = subject.changes.in_force().filter(kind=Change.RENAMED, pk__gt=locked.pk)
        if later.exists():
            raise WrongState(_("It was renamed again since. Take the later entry back first."))
        subject.name, subject.pinyin = locked.former_name, initials(locked.former_name)
        subject.updated_at, subject.version = at, subject.version + 1
        subject.save(update_fields=["name", "pinyin", "updated_at", "version"])
    locked.voided_by, locked.voided_at, locked.void_reason = by, at, reason.strip()
    locked.save(update_fields=["voided_by", "voided_at", "void_reason"])
    record(
        "subject.change_voided", target=locked, by=by, at=at, subject=subject.pk, subject_change=locked.kind,
        reason=reason.strip(),
    )  # fmt: skip
    return locked
