"""行政执法证: entered by the department of the person, renewed, withdrawn."""

import datetime as dt

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from core.dates import local_date
from core.refusals import BadInput, WrongState
from core.wording import for_the_record
from departments.models import Department, User
from inspections import notices
from inspections.actions.common import check_inspecting, in_post, needed, touch
from inspections.actions.pools import lock_pool, pool_changed
from inspections.draw_notices import of_pool
from inspections.enums import OPEN, MemberRole
from inspections.models import EnforcementCertificate, Inspection, Member, PoolOfficer

MOST_YEARS = 20


def _check_certificate(number: str, valid_until: dt.date, at: dt.datetime) -> str:
    number, faults = number.strip(), {}
    if not number:
        faults["number"] = _("Fill this in.")
    if valid_until < local_date(at):
        faults["valid_until"] = _("This day has passed: the certificate is not valid any more.")
    elif valid_until.year > local_date(at).year + MOST_YEARS:
        faults["valid_until"] = _("No certificate is valid for so long.")
    if faults:
        raise BadInput.several(faults)
    return number


@transaction.atomic
def enter_certificate(
    *, department: Department, user: User, number: str, valid_until: dt.date, by: User, at: dt.datetime
) -> EnforcementCertificate:
    """Write down somebody's enforcement certificate. A newer one takes the place of the one in force, also in the plans
    and pools the person stands in.

    :raises BadInput: no number, a day that has passed, a number somebody else has, a person of another department, or
        the leading group's office (T4)
    """
    check_inspecting(department, "user")
    in_post(department, user, at, "user")
    number = _check_certificate(number, valid_until, at)
    plans = _plans_with(user, department)
    User.objects.select_for_update(no_key=True).get(
        pk=user.pk
    )  # one person's certificates, one after the other
    before = EnforcementCertificate.objects.filter(
        user=user, department=department, withdrawn_at=None
    ).first()
    if before is not None:
        _withdraw(before, for_the_record(gettext_noop("Renewed.")), by=by, at=at)
    try:
        with transaction.atomic():
            made = EnforcementCertificate.objects.create(
                user=user, department=department, number=number, valid_until=valid_until, entered_by=by, entered_at=at,
                created_at=at, updated_at=at,
            )  # fmt: skip
    except IntegrityError as clash:
        if "certificate_number_once" not in str(clash):
            raise
        raise BadInput(_("Somebody else has a certificate of this number."), field="number") from clash
    notices.of_certificate("certificate_entered", made, by=by, at=at, until=valid_until)
    _take_over(made, plans, by=by, at=at)
    return made


def _plans_with(user: User, department: Department) -> list[Inspection]:
    """The inspections the person goes to for the department, locked in order of id."""
    goes = Member.objects.filter(
        user=user,
        partner__department=department,
        role=MemberRole.INSPECTOR,
        left_at=None,
        inspection__status__in=OPEN,
    )
    found = Inspection.objects.select_for_update(no_key=True, of=("self",))
    return list(found.filter(pk__in=goes.values("inspection")).select_related("lead").order_by("pk"))


def _take_over(made: EnforcementCertificate, plans: list[Inspection], *, by: User, at: dt.datetime) -> None:
    """The new certificate stands where the old one stood: in plans that are not over, and in pools with what was declared
    there. What is printed or drawn stays as it was."""
    for inspection in plans:
        inspection.members.filter(user=made.user, role=MemberRole.INSPECTOR, left_at=None).update(
            certificate=made, certificate_number=made.number, updated_at=at, version=F("version") + 1
        )
        touch(inspection, at)
        notices.note(
            "certificate_replaced", inspection, by=by, at=at, holder_user=made.user_id, number=made.number
        )
    held = PoolOfficer.objects.filter(
        certificate__user=made.user, certificate__department=made.department, pool__retired_at=None
    )
    for officer in held.exclude(certificate=made).select_related("pool").order_by("pool"):
        lock_pool(officer.pool)
        officer.certificate = made
        officer.save(update_fields=["certificate"])
        pool_changed(officer.pool, at)
        of_pool("certificate_replaced", officer.pool, by=by, at=at, user=made.user_id, code=made.number)


def _withdraw(certificate: EnforcementCertificate, reason: str, *, by: User, at: dt.datetime) -> None:
    certificate.withdrawn_by, certificate.withdrawn_at, certificate.withdraw_reason = by, at, reason
    certificate.updated_at, certificate.version = at, certificate.version + 1
    certificate.save(
        update_fields=["withdrawn_by", "withdrawn_at", "withdraw_reason", "updated_at", "version"]
    )


@transaction.atomic
def withdraw_certificate(
    *, certificate: EnforcementCertificate, reason: str, by: User, at: dt.datetime
) -> EnforcementCertificate:
    """Handed in, lost or revoked: nobody is named with it any more, and inspections that count on it say so.

    :raises BadInput: no reason
    :raises WrongState: it was withdrawn already
    """
    reason = needed(reason)
    locked = EnforcementCertificate.objects.select_for_update().get(pk=certificate.pk)
    if locked.withdrawn_at is not None:
        raise WrongState(_("This certificate was withdrawn already."))
    certificate.refresh_from_db()
    _withdraw(certificate, reason[:200], by=by, at=at)
    notices.of_certificate("certificate_withdrawn", certificate, by=by, at=at, reason=reason)
    return certificate
