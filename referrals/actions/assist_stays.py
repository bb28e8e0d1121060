"""Stays in other places, and the amount from which asking the bureau there is proposed (E45)."""

import datetime as dt
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cases.actions.locking import lock_case
from cases.actions.subjects import add_subject, find_person
from cases.enums import SubjectKind
from cases.models import Case, Subject
from core.dates import local_date
from core.identifiers import validate_resident_id
from core.money import LIMIT
from core.refusals import BadInput, WrongState
from departments.models import User
from journal.actions import record
from referrals.actions.drafting import check_case_open
from referrals.actions.papers import needed
from referrals.models import AssistThreshold, OutsideStay


@transaction.atomic
def register_stay(
    *,
    case: Case,
    place: str,
    hospital: str,
    cost: Decimal,
    admitted_on: dt.date,
    discharged_on: dt.date | None = None,
    cross_province: bool = True,
    patient_name: str = "",
    patient_number: str = "",
    by: User,
    at: dt.datetime,
) -> OutsideStay:
    """Enter a stay in another place; in another province, from the threshold on, a request is proposed.

    `cost` in yuan. The amount in force today decides and stays with the row. patient_name, patient_number: the insured
    person, where known; kept as a subject, the number sealed.

    :raises BadInput: a text is missing, a name without its number or the other way round,
        a number that cannot be, no cost, dates in the future or out of order, no threshold in force
    :raises WrongState: the case is closed
    """
    lock_case(case)
    check_case_open(case)
    for name, text in (("place", place), ("hospital", hospital)):
        if not text.strip():
            raise BadInput(_("This may not be empty."), field=name)
    if cost <= 0:
        raise BadInput(_("Enter the cost of the stay."), field="cost")
    today = local_date(at)
    if admitted_on > today:
        raise BadInput(_("The date lies in the future."), field="admitted_on")
    if discharged_on is not None and not admitted_on <= discharged_on <= today:
        raise BadInput(_("The discharge lies between the admission and today."), field="discharged_on")
    threshold = AssistThreshold.objects.in_force(today)
    if threshold is None:
        raise BadInput(_("No threshold is in force: enter one first."), field="cost")
    patient = _patient(patient_name.strip(), patient_number.strip(), by=by, at=at)
    stay = OutsideStay.objects.create(
        case=case, patient=patient, department=by.department, place=place.strip(), hospital=hospital.strip(), cost=cost,
        cross_province=cross_province, admitted_on=admitted_on, discharged_on=discharged_on, threshold=threshold,
        proposed=cross_province and cost >= threshold.amount, registered_by=by, registered_at=at,
    )  # fmt: skip
    record("stay.registered", target=stay, by=by, at=at, case=case, place=stay.place, cost=cost,
           threshold=threshold.amount, proposed=stay.proposed)  # fmt: skip
    return stay


def _patient(name: str, number: str, *, by: User, at: dt.datetime) -> Subject | None:
    """The insured person, found again by number or entered; only both together tell the bureau there who it was."""
    if not name and not number:
        return None
    for field, given in (("patient_name", name), ("patient_number", number)):
        if not given:
            raise BadInput(_("Name and identity number go together."), field=field)
    try:
        validate_resident_id(number.upper())
    except ValidationError as error:
        raise BadInput(error.messages[0], field="patient_number") from error
    region = by.department.region
    known = find_person(region, number.upper())
    if known is not None and known.name != name:
        raise BadInput(_("This number belongs to somebody of another name."), field="patient_name")
    return known or add_subject(
        region=region, kind=SubjectKind.INSURED, name=name, id_number=number, by=by, at=at
    )


@transaction.atomic
def waive_stay(*, stay: OutsideStay, reason: str, by: User, at: dt.datetime) -> OutsideStay:
    """No request is made although one is proposed; the reason stays with the stay.

    :raises BadInput: no reason
    :raises WrongState: none is proposed, it was waived, or a request was made
    """
    reason = needed(reason)
    lock_case(stay.case)
    stay.refresh_from_db()
    if not stay.proposed or stay.waived_at is not None or stay.letters.exclude(status="discarded").exists():
        raise WrongState
    stay.waived_by, stay.waived_at, stay.waive_reason = by, at, reason
    stay.save(update_fields=["waived_by", "waived_at", "waive_reason"])
    record("stay.waived", target=stay, by=by, at=at, case=stay.case, place=stay.place, reason=reason)
    return stay


@transaction.atomic
def set_threshold(
    *, amount: Decimal, basis: str, effective_from: dt.date, by: User, at: dt.datetime
) -> AssistThreshold:
    """A new amount from a day on; stays entered before keep theirs.

    :raises BadInput: no amount, no basis, a day before today, or one that has an amount already
    """
    if amount <= 0 or amount > LIMIT:
        raise BadInput(_("Enter an amount above zero."), field="amount")
    if not basis.strip():
        raise BadInput(_("Name the basis."), field="basis")
    if effective_from < local_date(at):
        raise BadInput(_("A new amount holds from today or later."), field="effective_from")
    if AssistThreshold.objects.filter(effective_from=effective_from).exists():
        raise BadInput(_("There is an amount from this day on already."), field="effective_from")
    threshold = AssistThreshold.objects.create(amount=amount, basis=basis.strip(), effective_from=effective_from)
    record("threshold.set", target=threshold, by=by, at=at, amount=amount, effective_from=effective_from,
           basis=threshold.basis)  # fmt: skip
    return threshold
