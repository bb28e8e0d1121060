"""Keeping the pools 双随机 draws from. A draw copies its lists: what is changed here changes no draw committed to before."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from cases.actions.subjects import add_subject
from cases.enums import BODIES
from cases.models import Subject
from core.refusals import AlreadyDone, BadInput, Stale, WrongState
from departments.models import User
from inspections.draw_enums import HEAVIEST, PoolKind, Risk
from inspections.draw_notices import of_pool
from inspections.models import Pool, PoolTarget
from inspections.pools_lists import Row


def _named(name: str) -> str:
    if not name.strip() or len(name.strip()) > 60:
        raise BadInput(_("Give the pool a name of at most 60 characters."), field="name")
    return name.strip()


def lock_pool(pool: Pool, kind: str = "") -> None:
    """The pool's row for this transaction, as it is now.

    :raises WrongState: it is out of use, or holds the other kind
    """
    Pool.objects.select_for_update(of=("self",)).get(pk=pool.pk)
    pool.refresh_from_db()
    if pool.retired_at is not None:
        raise WrongState(_("This pool is out of use."))
    if kind and pool.kind != kind:
        raise WrongState(_("This pool holds the other kind: targets and officers are kept apart."))


def pool_changed(pool: Pool, at: dt.datetime, **fields: object) -> None:
    Pool.objects.filter(pk=pool.pk).update(version=F("version") + 1, updated_at=at, **fields)
    pool.refresh_from_db()


@transaction.atomic
def make_pool(*, kind: str, name: str, by: User, at: dt.datetime) -> Pool:
    """An empty pool of the department `by` acts for.

    :raises BadInput: no name, or one the department has already (field `name`), or no such kind
    """
    name = _named(name)
    if kind not in PoolKind.values:
        raise BadInput(_("Choose what the pool holds."), field="kind")
    if Pool.objects.filter(department=by.department, kind=kind, name=name).exists():
        raise BadInput(_("Your department has a pool of this name already."), field="name")
    pool = Pool.objects.create(
        region=by.department.region, department=by.department, kind=kind, name=name, made_by=by, made_at=at,
        created_at=at, updated_at=at,
    )  # fmt: skip
    of_pool("made", pool, by=by, at=at)
    return pool


@transaction.atomic
def rename_pool(*, pool: Pool, name: str, expected_version: int, by: User, at: dt.datetime) -> Pool:
    """Another name for the list.

    :raises Stale: the pool was changed since the page was opened
    :raises BadInput: see `make_pool`
    :raises WrongState: it is out of use
    """
    lock_pool(pool)
    if pool.version != expected_version:
        raise Stale
    name = _named(name)
    if (
        Pool.objects.filter(department=pool.department, kind=pool.kind, name=name)
        .exclude(pk=pool.pk)
        .exists()
    ):
        raise BadInput(_("Your department has a pool of this name already."), field="name")
    old = pool.name
    pool_changed(pool, at, name=name)
    of_pool("renamed", pool, by=by, at=at, old=old)
    return pool


@transaction.atomic
def retire_pool(*, pool: Pool, by: User, at: dt.datetime) -> Pool:
    """Out of use; draws made from it keep their lists.

    :raises WrongState: it is out of use already
    """
    lock_pool(pool)
    pool_changed(pool, at, retired_by=by, retired_at=at)
    of_pool("retired", pool, by=by, at=at)
    return pool


def weight_faults(risk: str, weight: int, reason: str) -> dict[str, str]:
    """What cannot be right of a weight, by field."""
    faults = {}
    if risk not in Risk.values:
        faults["risk"] = _("Choose a risk class.")
    if not 1 <= weight <= HEAVIEST:
        faults["weight"] = _("A whole number from 1 to %(most)d.") % {"most": HEAVIEST}
    elif weight > 1 and not reason.strip():
        faults["reason"] = _("Say why this target has more weight than others.")
    elif len(reason.strip()) > 200:
        faults["reason"] = _("At most 200 characters.")
    return faults


@transaction.atomic
def add_target(
    *,
    pool: Pool,
    subject: Subject,
    area: str = "",
    risk: str = Risk.LOW,
    weight: int = 1,
    reason: str = "",
    by: User,
    at: dt.datetime,
) -> PoolTarget:
    """Put a body into the pool, with its weight and the reason for more than one.

    :raises BadInput: a person, a body of another region or without code, a weight without reason, by field
    :raises AlreadyDone: it is in the pool already
    :raises WrongState: the pool is out of use, or one of officers
    """
    lock_pool(pool, PoolKind.TARGETS)
    if subject.kind not in BODIES or subject.region_id != pool.region_id:
        raise BadInput(_("Choose an institution, pharmacy or supplier of this region."), field="subject")
    if not subject.uscc:
        raise BadInput(_("%(name)s has no code: enter it first.") % {"name": subject.name}, field="subject")
    if faults := weight_faults(risk, weight, reason):
        raise BadInput.several(faults)
    if pool.targets.filter(subject=subject).exists():
        raise AlreadyDone(_("%(name)s is in this pool already.") % {"name": subject.name})
    target = PoolTarget.objects.create(
        pool=pool,
        subject=subject,
        area=area.strip()[:40],
        risk=risk,
        weight=weight,
        reason=reason.strip(),
        by=by,
        at=at,
    )
    pool_changed(pool, at)
    of_pool(
        "target_added",
        pool,
        by=by,
        at=at,
        subject=subject.pk,
        code=subject.uscc,
        weight=weight,
        reason=target.reason,
    )
    return target


@transaction.atomic
def change_target(
    *, target: PoolTarget, area: str, risk: str, weight: int, reason: str, seen: str | None = None, by: User,
    at: dt.datetime,
) -> PoolTarget:  # fmt: skip
    """Another weight, class or area; the record keeps the old weight. seen: the `mark` of the line as it was read.

    :raises Stale: somebody changed the line since
    :raises BadInput: see `add_target`
    :raises WrongState: the pool is out of use
    """
    lock_pool(target.pool, PoolKind.TARGETS)
    if faults := weight_faults(risk, weight, reason):
        raise BadInput.several(faults)
    target.refresh_from_db(fields=["area", "risk", "weight", "reason"])
    if seen is not None and seen != target.mark:
        raise Stale
    old = target.weight
    target.area, target.risk, target.weight, target.reason = area.strip()[:40], risk, weight, reason.strip()
    target.save(update_fields=["area", "risk", "weight", "reason"])
    pool_changed(target.pool, at)
    of_pool(
        "target_changed", target.pool, by=by, at=at, subject=target.subject_id, code=target.subject.uscc, old=old,
        weight=weight, reason=target.reason,
    )  # fmt: skip
    return target


@transaction.atomic
def remove_target(*, target: PoolTarget, reason: str, by: User, at: dt.datetime) -> Pool:
    """Take a body out, such as one that was closed; the record says who did and why.

    :raises BadInput: no reason (field `reason`)
    :raises WrongState: the pool is out of use
    """
    pool = target.pool
    lock_pool(pool, PoolKind.TARGETS)
    reason = why(reason)
    of_pool(
        "target_removed",
        pool,
        by=by,
        at=at,
        subject=target.subject_id,
        code=target.subject.uscc,
        reason=reason,
    )
    target.delete()
    pool_changed(pool, at)
    return pool


def why(reason: str) -> str:
    if not reason.strip() or len(reason.strip()) > 200:
        raise BadInput(_("Give the reason, in at most 200 characters."), field="reason")
    return reason.strip()


@transaction.atomic
def import_targets(*, pool: Pool, rows: Sequence[Row], by: User, at: dt.datetime) -> tuple[int, int, int]:
    """Put a list into the pool, all of it or nothing: (added, changed, bodies entered into the register with it).

    rows: read and checked by `pools_lists.read_targets`. A code the region knows is that body, whatever name the row
    gives it; an unknown one is entered with the row's kind and name.

    :raises BadInput: a row cannot be right against the register (field `upload`)
    :raises WrongState: the pool is out of use, or one of officers
    """
    lock_pool(pool, PoolKind.TARGETS)
    known = {
        each.uscc: each
        for each in Subject.objects.filter(region=pool.region, uscc__in=[row.code for row in rows])
    }
    held = {target.subject_id: target for target in pool.targets.all()}
    added = changed = entered = 0
    for row in rows:
        subject = known.get(row.code)
        if subject is None:
            subject = _entered(pool, row, by, at)
            entered += 1
        target = held.get(subject.pk) or PoolTarget(pool=pool, subject=subject)
        given = (row.area, row.risk, row.weight, row.reason)
        if target.pk is not None and given == (target.area, target.risk, target.weight, target.reason):
            continue
        added, changed = added + (target.pk is None), changed + (target.pk is not None)
        target.area, target.risk, target.weight, target.reason = given
        target.by, target.at = by, at
        target.save()
    if added or changed:
        pool_changed(pool, at)
    of_pool("imported", pool, by=by, at=at, added=added, changed=changed, entered=entered)
    return added, changed, entered


def _entered(pool: Pool, row: Row, by: User, at: dt.datetime) -> Subject:
    try:
        return add_subject(
            region=pool.region, kind=row.kind, name=row.name, uscc=row.code, public=row.public, by=by, at=at,
        )  # fmt: skip
    except BadInput as refusal:
        said = _("Row %(n)d: %(fault)s.") % {"n": row.place, "fault": str(refusal).rstrip(".。")}
        raise BadInput(said, field="upload") from None
