"""The officers of a pool, and what each of them is recused from (回避)."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from cases.enums import BODIES
from cases.models import Subject
from core.dates import local_date
from core.refusals import AlreadyDone, BadInput
from departments.models import User
from inspections.actions.draw_lists import unfit_certificate
from inspections.actions.pools import lock_pool, pool_changed, why
from inspections.draw_enums import Ground, PoolKind
from inspections.draw_notices import of_pool
from inspections.models import EnforcementCertificate, Pool, PoolOfficer, PoolRecusal


@transaction.atomic
def add_officer(*, pool: Pool, certificate: EnforcementCertificate, by: User, at: dt.datetime) -> PoolOfficer:
    """Put an officer into the pool, by a certificate in force of a department of the region.

    :raises BadInput: a department of another region, or a certificate that is not in force (field `certificate`)
    :raises AlreadyDone: the officer is in the pool already
    :raises WrongState: the pool is out of use, or one of targets
    """
    lock_pool(pool, PoolKind.OFFICERS)
    if certificate.department.region_id != pool.region_id:
        raise BadInput(_("This officer is of a department outside this region."), field="certificate")
    if wrong := unfit_certificate(certificate, local_date(at), at):
        raise BadInput(wrong, field="certificate")
    if pool.officers.filter(
        certificate__user=certificate.user, certificate__department=certificate.department
    ).exists():
        raise AlreadyDone(_("%(name)s is in this pool already.") % {"name": certificate.user.name})
    officer = PoolOfficer.objects.create(pool=pool, certificate=certificate, by=by, at=at)
    pool_changed(pool, at)
    of_pool("officer_added", pool, by=by, at=at, user=certificate.user_id, code=certificate.number)
    return officer


@transaction.atomic
def remove_officer(*, officer: PoolOfficer, reason: str, by: User, at: dt.datetime) -> Pool:
    """Take an officer out, with what was declared for them.

    :raises BadInput: no reason (field `reason`)
    :raises WrongState: the pool is out of use
    """
    pool = officer.pool
    lock_pool(pool, PoolKind.OFFICERS)
    reason = why(reason)
    certificate = officer.certificate
    of_pool(
        "officer_removed",
        pool,
        by=by,
        at=at,
        user=certificate.user_id,
        code=certificate.number,
        reason=reason,
    )
    officer.delete()
    pool_changed(pool, at)
    return pool


@transaction.atomic
def declare_recusal(
    *, officer: PoolOfficer, subject: Subject | None, ground: str = Ground.OTHER, reason: str = "", by: User,
    at: dt.datetime,
) -> PoolRecusal:  # fmt: skip
    """This officer is not drawn for a body, or for none (subject None). Of the ground its kind is frozen with the list;
    the words stay in the pool, for who keeps it, and are written neither to a list nor to the journal.

    :raises BadInput: no such kind, no words of another ground, or a body of another region, by field
    :raises AlreadyDone: it is declared already
    :raises WrongState: the pool is out of use
    """
    lock_pool(officer.pool, PoolKind.OFFICERS)
    if ground not in Ground.values:
        raise BadInput(_("Choose the kind of ground."), field="ground")
    reason = why(reason) if ground == Ground.OTHER or reason.strip() else ""
    if subject is not None and (subject.kind not in BODIES or subject.region_id != officer.pool.region_id):
        raise BadInput(_("Choose an institution, pharmacy or supplier of this region."), field="subject")
    if officer.recusals.filter(subject=subject).exists():
        raise AlreadyDone(_("This recusal is declared already."))
    recusal = PoolRecusal.objects.create(
        officer=officer, subject=subject, ground=ground, reason=reason, by=by, at=at
    )
    pool_changed(officer.pool, at)
    of_pool(
        "recused", officer.pool, by=by, at=at, user=officer.certificate.user_id, subject=subject.pk if subject else None,
        recusal_ground=ground,
    )  # fmt: skip
    return recusal


@transaction.atomic
def end_recusal(*, recusal: PoolRecusal, by: User, at: dt.datetime) -> Pool:
    """The ground is gone. What was frozen with it stays as it was.

    :raises WrongState: the pool is out of use
    """
    pool = recusal.officer.pool
    lock_pool(pool, PoolKind.OFFICERS)
    of_pool(
        "recusal_ended", pool, by=by, at=at, user=recusal.officer.certificate.user_id, recusal_ground=recusal.ground
    )  # fmt: skip
    recusal.delete()
    pool_changed(pool, at)
    return pool
