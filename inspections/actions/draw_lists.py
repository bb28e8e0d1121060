"""From two pools to one frozen list: read under lock, and refused with a sentence where nothing fair can come out."""

import datetime as dt
from collections import Counter
from typing import Any

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from core.dates import local_date
from core.refusals import Stale
from departments.enums import OUTSIDE_CASES
from departments.models import Department, Post
from inspections.draw_algorithm import may_go
from inspections.draw_enums import PoolKind
from inspections.draw_record import freeze
from inspections.enums import PartAnswer
from inspections.models import EnforcementCertificate, Inspection, Pool, PoolOfficer, PoolRecusal


def locked_pools(target_pool: Pool, officer_pool: Pool, target_version: int, officer_version: int) -> None:
    """Both pools' rows for this transaction, in order of id, as the page showed them.

    :raises Stale: one was changed since
    """
    for pool in sorted((target_pool, officer_pool), key=lambda each: each.pk):
        Pool.objects.select_for_update(of=("self",)).get(pk=pool.pk)
        pool.refresh_from_db()
    if (target_pool.version, officer_pool.version) != (target_version, officer_version):
        raise Stale(_("A pool was changed since you opened this page: look at its list again."))


def inspecting(inspection: Inspection) -> list[Department]:
    """The departments that inspect and have not declined."""
    found = inspection.partners.inspecting().exclude(answer=PartAnswer.DECLINED).select_related("department")
    return [partner.department for partner in found.order_by("pk")]


def officers_of(pool: Pool, departments: list[Department]) -> list[PoolOfficer]:
    """The pool's officers of these departments, with what they are recused from."""
    recusals = Prefetch("recusals", PoolRecusal.objects.select_related("subject"))
    found = pool.officers.filter(certificate__department__in=departments).prefetch_related(recusals)
    return list(found.select_related("certificate__user", "certificate__department").order_by("pk"))


def unfit_certificate(certificate: EnforcementCertificate, until: dt.date, at: dt.datetime) -> str:
    """Why who holds it cannot inspect until this day, or ""."""
    said = {"name": certificate.user.name, "number": certificate.number, "until": certificate.valid_until}
    if certificate.withdrawn_at is not None:
        return (
            _("The certificate %(number)s of %(name)s was withdrawn: take the officer out of the pool.")
            % said
        )
    if certificate.valid_until < until:
        return (
            _(
                "The certificate %(number)s of %(name)s ends on %(until)s, before it is needed: renew it first."
            )
            % said
        )
    held = Post.objects.current(local_date(at)).filter(
        user=certificate.user, department=certificate.department
    )
    if not certificate.user.is_active or not held.exclude(role__in=OUTSIDE_CASES).exists():
        return (
            _("%(name)s holds no post in that department any more: take the officer out of the pool.") % said
        )
    return ""


def checked_list(
    *,
    inspection: Inspection,
    target_pool: Pool,
    officer_pool: Pool,
    number: str,
    targets_wanted: int,
    officers_wanted: int,
    public_what: str,
    public_from: dt.datetime,
    at: dt.datetime,
) -> tuple[dict[str, Any], dict[str, str]]:
    """(the list to be frozen, what is wrong with it by field)."""
    faults: dict[str, str] = {}
    for field, pool, kind in (
        ("target_pool", target_pool, PoolKind.TARGETS), ("officer_pool", officer_pool, PoolKind.OFFICERS),
    ):  # fmt: skip
        if pool.kind != kind or pool.department_id != inspection.lead_id or pool.retired_at is not None:
            faults[field] = _("Choose a pool of the lead department that is in use.")
    departments = inspecting(inspection)
    targets = list(target_pool.targets.select_related("subject"))
    officers = officers_of(officer_pool, departments)
    listed = freeze(
        number=number, inspection=inspection.number, departments=departments, targets=targets, officers=officers,
        targets_wanted=targets_wanted, officers_wanted=officers_wanted, public_what=public_what,
        public_from=public_from,
    )  # fmt: skip
    if not 1 <= targets_wanted <= len(targets):
        faults["targets_wanted"] = _("The pool has %(n)d targets: draw at least one and at most so many.") % {
            "n": len(targets),
        }  # fmt: skip
    by_hand = inspection.targets.staying().filter(drawn=False).select_related("subject").first()
    if by_hand is not None:
        faults["target_pool"] = _("%(name)s was added by hand: take it out first, for here targets are drawn.") % {
            "name": by_hand.subject.name,
        }  # fmt: skip
    wrong = next(
        (said for each in officers if (said := unfit_certificate(each.certificate, inspection.ends_on, at))),
        "",
    )
    if wrong:
        faults["officer_pool"] = wrong
    elif "officer_pool" not in faults and (short := _too_few(listed)):
        faults["officer_pool"] = short
    return listed, faults


def _too_few(listed: dict[str, Any]) -> str:
    """The first department that could not send enough officers to some target, or ""."""
    wanted = listed["officers_wanted"]
    for department in (each["name"] for each in listed["departments"]):
        free = [each for each in listed["officers"] if each["department"] == department and may_go(each, "")]
        aside = Counter(recusal["target"] for each in free for recusal in each["recused"])
        for target in listed["targets"]:
            found = len(free) - aside[target["code"]]
            if found < wanted:
                return _(
                    "%(department)s has %(found)d officers in the pool who may go to %(target)s, and %(wanted)d are wanted."
                ) % {"department": department, "found": found, "target": target["name"], "wanted": wanted}
    return ""
