"""提出移送、指定两名以上执法人员: the beginning of a transfer of suspected crime (310号令 art. 5)."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from cases.actions.locking import lock_case
from cases.enums import MoneyKind
from cases.models import Case, MoneyEntry, Subject
from core.dates import EARLIEST, local_date
from core.refusals import AlreadyDone, BadInput, Stale
from departments.enums import Function, ReferralKind
from departments.models import Department, Post, Route, User
from journal.actions import record
from referrals.actions.crime_common import advance, begin, write
from referrals.actions.drafting import check_case_open
from referrals.actions.papers import needed
from referrals.crime_enums import CrimeStatus, StepKind
from referrals.models import CrimeOfficer, CrimeThreshold, CriminalTransfer

FEWEST_OFFICERS = 2


def ledger_amount(case: Case) -> tuple[Decimal, bool]:
    """What the ledger says, in yuan: the verified amount where there is one (True), else the suspected one."""
    entries = MoneyEntry.objects.filter(case=case, kind=MoneyKind.VERIFIED)
    verified = sum(entries.values_list("amount", flat=True), Decimal("0.00"))
    return (verified, True) if verified > 0 else (case.suspected, False)


def the_police(department: Department) -> Department | None:
    """The police of the department's region."""
    return Department.objects.active().filter(region=department.region_id, function=Function.POLICE).first()


@transaction.atomic
def propose_transfer(
    *,
    case: Case,
    found_on: dt.date,
    facts: str,
    threshold: CrimeThreshold | None = None,
    crime: str = "",
    article: str = "",
    measures: str = "",
    persons: Sequence[Subject] = (),
    others: str = "",
    by: User,
    at: dt.datetime,
) -> CriminalTransfer:
    """A handler finds that a matter may be a crime. The amount is the ledger's, never typed.

    threshold: the crime in the dictionary of amounts, which then gives name and article; else both are typed.

    :raises WrongState: the case is closed
    :raises BadInput: no crime, article, facts or suspect, a day in the future, a suspect who is not in the case,
        no route to the police
    :raises AlreadyDone: a transfer of this case by this department is under way
    """
    lock_case(case)
    check_case_open(case)
    police = the_police(by.department)
    route = Route.objects.filter(
        kind=ReferralKind.CRIMINAL, sender=by.department.function, receiver=Function.POLICE
    )
    if police is None or police.pk == by.department.pk or not route.exists():
        raise BadInput(_("There is no route from your department to the police for suspected crimes."))
    if threshold is not None:
        crime, article = crime.strip() or threshold.crime, article.strip() or threshold.article
    for name, text in (("crime", crime), ("article", article), ("facts", facts)):
        if not text.strip():
            raise BadInput(_("This may not be empty."), field=name)
    if found_on > local_date(at):
        raise BadInput(_("The date of discovery lies in the future."), field="found_on")
    if found_on < EARLIEST:
        raise BadInput(_("The date lies before the year 2000."), field="found_on")
    inside = set(case.subjects.values_list("pk", flat=True))
    if not {person.pk for person in persons} <= inside:
        raise BadInput(_("Choose subjects of this case."), field="persons")
    if not persons and not others.strip():
        raise BadInput(_("Name who is suspected."), field="persons")
    if CriminalTransfer.objects.filter(case=case, department=by.department).open().exists():
        raise AlreadyDone(_("A transfer of this case by your department is under way already."))
    amount, verified = ledger_amount(case)
    transfer = CriminalTransfer.objects.create(
        case=case, department=by.department, police=police, procuratorate=procuratorate_of(by.department),
        proposed_by=by, threshold=threshold, crime=crime.strip(), article=article.strip(), found_on=found_on,
        facts=facts.strip(), amount=amount, amount_verified=verified, measures=measures.strip(),
        others=others.strip(), created_at=at, updated_at=at,
    )  # fmt: skip
    transfer.persons.set(persons)
    write(transfer, StepKind.PROPOSED, by=by, at=at, text=transfer.article)
    return transfer


def procuratorate_of(department: Department) -> Department | None:
    """The procuratorate that is sent a copy: the one of the region, by its name."""
    found = Department.objects.active().filter(region=department.region_id, name__contains="检察院")
    return found.order_by("pk").first()


@transaction.atomic
def assign_officers(
    *, transfer: CriminalTransfer, officers: Sequence[User], by: User, at: dt.datetime
) -> CriminalTransfer:
    """指定: at least two different officers with certificates, at once; again to name others.

    :raises BadInput: fewer than two, or one without a post or an enforcement certificate in the department
    :raises WrongState, WrongSide: reported already; by somebody who is no leader of the department
    """
    begin(transfer, "assign", by)
    chosen = {officer.pk: officer for officer in officers}
    if len(chosen) < FEWEST_OFFICERS:
        raise BadInput(_("Name at least two different officers."), field="officers")
    posts = Post.objects.current(local_date(at)).filter(department=transfer.department, user__in=list(chosen))
    certificates = {post.user_id: post.certificate for post in posts.exclude(certificate="").order_by("-pk")}
    missing = [officer.name for pk, officer in chosen.items() if pk not in certificates]
    if missing:
        raise BadInput(
            _("Without an enforcement certificate in this department: %(names)s.") % {"names": "、".join(missing)},
            field="officers",
        )
    transfer.officers.all().delete()
    CrimeOfficer.objects.bulk_create(
        CrimeOfficer(transfer=transfer, user=officer, certificate=certificates[pk]) for pk, officer in chosen.items()
    )
    if transfer.status == CrimeStatus.PROPOSED:
        advance(transfer, CrimeStatus.VERIFYING, at=at)
    names = "、".join(officer.name for officer in chosen.values())
    write(transfer, StepKind.ASSIGNED, by=by, at=at, text=names)
    return transfer


@transaction.atomic
def discard_transfer(*, transfer: CriminalTransfer, reason: str, by: User, at: dt.datetime) -> CriminalTransfer:
    """Give a proposal up before it was reported, with its reason.

    :raises BadInput: no reason
    :raises WrongState, WrongSide: it was reported: now the head decides; by somebody else's hand
    """
    begin(transfer, "discard", by)
    reason = needed(reason)
    advance(transfer, CrimeStatus.DISCARDED, at=at)
    write(transfer, StepKind.DISCARDED, by=by, at=at, text=reason)
    return transfer


@transaction.atomic
def set_threshold(
    *,
    threshold: CrimeThreshold | None,
    version: int = 0,
    crime: str,
    article: str,
    large_from: Decimal,
    large_to: Decimal,
    huge_from: Decimal,
    huge_to: Decimal,
    enormous_from: Decimal,
    basis: str,
    by: User,
    at: dt.datetime,
) -> CrimeThreshold:
    """Enter the amounts the province set (None: a new crime). Transfers keep the crime and article they named.

    :raises BadInput: amounts out of order, no basis, a crime that is in the list
    :raises Stale: somebody changed the row since
    """
    amounts = {
        "large_from": large_from, "large_to": large_to, "huge_from": huge_from, "huge_to": huge_to,
        "enormous_from": enormous_from,
    }  # fmt: skip
    for name, text in (("crime", crime), ("article", article), ("basis", basis)):
        if not text.strip():
            raise BadInput(_("This may not be empty."), field=name)
    if not (0 < large_from <= large_to < huge_from <= huge_to < enormous_from):
        raise BadInput(_("The amounts rise from large to huge to enormous."), field="large_to")
    if CrimeThreshold.objects.filter(crime=crime.strip()).exclude(pk=threshold.pk if threshold else 0).exists():
        raise BadInput(_("This crime is in the list already."), field="crime")
    old = {}
    if threshold is None:
        row = CrimeThreshold(created_at=at, version=0)
    else:
        row = CrimeThreshold.objects.select_for_update().get(pk=threshold.pk)
        if row.version != version:
            raise Stale(theirs=row)
        old = {name: str(getattr(row, name)) for name in amounts}
    row.crime, row.article, row.basis = crime.strip(), article.strip(), basis.strip()
    for name, amount in amounts.items():
        setattr(row, name, amount)
    row.version, row.updated_at = row.version + 1, at
    row.save()
    record("crime_threshold.set", target=row, by=by, at=at, crime=row.crime, basis=row.basis, old=old,
           new={name: str(amount) for name, amount in amounts.items()})  # fmt: skip
    return row
