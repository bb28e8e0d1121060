"""What a body belongs to, and who answers for it from when until when (E34, 条例 art. 43)."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cases.actions.subjects import subject_for_lead
from cases.enums import ANSWERING, BODIES, Relation, SubjectKind
from cases.models import Subject, SubjectRelation
from core.dates import add_months, local_date
from core.refusals import BadInput, Stale, WrongState
from departments.models import User
from journal.actions import record

LONG_AGO = dt.date(1949, 10, 1)  # bodies are older than the house


def lock_subjects(*pks: int) -> dict[int, Subject]:
    """These subjects for the rest of the transaction, always in the same order."""
    return {
        row.pk: row
        for row in Subject.objects.select_for_update(no_key=True).filter(pk__in=pks).order_by("pk")
    }


@transaction.atomic
def add_relation(
    *,
    subject: Subject,
    kind: str,
    other: Subject | None = None,
    name: str = "",
    id_number: str = "",
    from_on: dt.date,
    until_on: dt.date | None = None,
    basis: str,
    by: User,
    at: dt.datetime,
) -> SubjectRelation:
    """Write down a body's parent institution (`other`), or the person who answers for it (`name` and `id_number`).

    until_on: its last day, where it is known to be over. A person is known by the number, whoever entered it before.

    :raises BadInput: no body, itself, a parent that belongs to it, days out of order or in the future, no basis, a
        number that cannot be right, or one who already is (by field)
    """
    locked = lock_subjects(*(each.pk for each in (subject, other) if each is not None))
    subject = locked[subject.pk]
    faults: dict[str, Any] = {}
    if kind not in Relation.values:
        faults["kind"] = _("Choose one of those offered here.")
    if subject.kind not in BODIES:
        faults["kind"] = _(
            "Only an institution, a pharmacy or a supplier has a parent and persons in charge."
        )
    faults |= _faults_of_days(from_on, until_on, local_date(at))
    if not basis.strip():
        faults["basis"] = _("Say where this is written, such as the licence or the public register.")
    if kind == Relation.PARENT:
        faults |= _faults_of_parent(subject, other)
    elif kind in ANSWERING and not (name.strip() and id_number.strip()):
        faults["id_number" if name.strip() else "name"] = _("Enter name and identity number of the person.")
    if faults:
        raise BadInput.several(faults)
    if kind in ANSWERING:
        other = subject_for_lead(
            region=subject.region, kind=SubjectKind.PRACTITIONER, name=name, id_number=id_number, by=by, at=at
        )
    assert other is not None
    standing = SubjectRelation.objects.filter(subject=subject, kind=kind, until_on=None)
    if until_on is None and kind == Relation.RESPONSIBLE:
        standing = standing.filter(other=other)
    if until_on is None and standing.exists():
        raise BadInput(_("One is entered already without a last day. End it first."), field="kind")
    relation = SubjectRelation.objects.create(
        subject=subject, kind=kind, other=other, from_on=from_on, until_on=until_on, basis=basis.strip(), added_by=by,
        added_at=at, created_at=at, updated_at=at,
    )  # fmt: skip
    record(
        "subject.related", target=relation, by=by, at=at, subject=subject.pk, other=other.pk, relation=str(kind),
        from_on=from_on,
    )  # fmt: skip
    return relation


def _faults_of_days(first: dt.date, last: dt.date | None, today: dt.date) -> dict[str, Any]:
    if not LONG_AGO <= first <= today:
        return {"from_on": _("The day lies in the future, or before 1949.")}
    if last is not None and last < first:
        return {"until_on": _("The last day lies before the first.")}
    if last is not None and last > add_months(today, 120):
        return {"until_on": _("No limit lies more than ten years ahead.")}
    return {}


def _faults_of_parent(subject: Subject, other: Subject | None) -> dict[str, Any]:
    if other is None or other.region_id != subject.region_id or other.kind not in BODIES:
        return {"other": _("Choose an institution of this region.")}
    if other.pk == subject.pk:
        return {"other": _("An institution is not its own parent.")}
    above, seen = {other.pk}, {other.pk}
    while above:  # whoever stands above it may not belong to it
        rows = SubjectRelation.objects.filter(subject__in=above, kind=Relation.PARENT, until_on=None)
        above = set(rows.values_list("other", flat=True)) - seen
        seen |= above
    if subject.pk in seen:
        return {"other": _("That institution itself belongs to this one.")}
    return {}


@transaction.atomic
def end_relation(
    *, relation: SubjectRelation, until_on: dt.date, version: int | None = None, by: User, at: dt.datetime
) -> SubjectRelation:
    """Say the last day of a relation that was entered without one.

    :raises Stale: it was changed since
    :raises WrongState: it has a last day already
    :raises BadInput: a day before its first one, or after today
    """
    locked = SubjectRelation.objects.select_for_update(of=("self",)).get(pk=relation.pk)
    if version is not None and locked.version != version:
        raise Stale
    if locked.until_on is not None:
        raise WrongState(_("It ended on %(day)s already.") % {"day": locked.until_on.isoformat()})
    if until_on < locked.from_on:
        raise BadInput(_("The last day lies before the first."), field="until_on")
    if until_on > local_date(at):
        raise BadInput(_("The date lies in the future."), field="until_on")
    locked.until_on, locked.ended_by, locked.ended_at = until_on, by, at
    locked.updated_at, locked.version = at, locked.version + 1
    locked.save(update_fields=["until_on", "ended_by", "ended_at", "updated_at", "version"])
    record(
        "subject.relation_ended", target=locked, by=by, at=at, subject=locked.subject_id, other=locked.other_id,
        relation=locked.kind, until=until_on,
    )  # fmt: skip
    return locked
