"""A lead enters the registry."""

import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from cases.actions.access import grant_department, name_person
from cases.actions.evidence import add_evidence
from cases.actions.money import enter_money
from cases.actions.strands import open_strand
from cases.dictionaries import check_in_force
from cases.enums import GrantCause, MoneyKind, Permission
from cases.models import Case, CaseSubject, Subject
from core import registry
from core.dates import EARLIEST, add_months, local_date
from core.money import LIMIT, yuan
from core.pinyin import initials
from core.refusals import BadInput
from departments.enums import Function, Role
from departments.models import Category, Competence, Department, Region, User
from documents.models import Series
from journal.actions import notify, record

MARK = "联办"
DUPLICATE_MONTHS = 12


class PossibleDuplicate(BadInput):
    """A case about the same subject was registered within 12 months; the person has to say they know."""

    sentence = _("A case about the same subject was registered within 12 months. Look at it, then confirm.")


def possible_duplicates(*, subjects: Iterable[Subject], on: dt.date, by: User) -> QuerySet[Case]:
    """Cases about any of these subjects registered within the 12 months before `on`, newest first.

    The caller shows only those its reader may see, and says how many there are besides; of a restricted case
    nobody learns who is not named on it.
    """
    since = add_months(on, -DUPLICATE_MONTHS)
    open_or_mine = Q(restricted=False) | Q(pk__in=Case.objects.visible_to(by).values("pk"))
    return (
        Case.objects.filter(open_or_mine, case_subjects__subject__in=list(subjects), found_on__gte=since)
        .order_by("-opened_at", "-id")
        .distinct()
    )


def competent_functions(categories: Iterable[Category]) -> list[str]:
    """The functions competent for any of the categories, in the order of the seals (DESIGN §2 Competence)."""
    named = set(Competence.objects.filter(category__in=list(categories)).values_list("function", flat=True))
    return [function for function in Function.values if function in named]


@transaction.atomic
def register_case(
    *,
    source: str,
    subjects: Sequence[Subject],
    categories: Sequence[Category],
    summary: str,
    found_on: dt.date,
    title: str = "",
    suspected: Decimal | int | str = 0,
    period_from: dt.date | None = None,
    period_to: dt.date | None = None,
    source_number: str = "",
    major: bool = False,
    restricted: bool = False,
    duplicates_known: bool = False,
    files: Sequence[Any] = (),
    by: User,
    at: dt.datetime,
) -> Case:
    """Register a lead: number, subjects, evidence, suspected amount, the owner's own strand and its access.

    The first subject is the principal one. `title` defaults to 主体+涉嫌+类别 (FACTS §2.5). The registering
    person becomes the handler; the region's office sees metadata and status.

    :raises BadInput: see `_check`; or a file that cannot be filed
    """
    owner = by.department
    region = owner.region
    suspected = yuan(suspected)
    _check(
        subjects, categories, summary, duplicates_known, by, at, found_on=found_on, suspected=suspected,
        period_from=period_from, period_to=period_to,
    )  # fmt: skip
    year = local_date(at).year
    title = (title.strip() or default_title(subjects[0], categories))[:120]
    case = Case.objects.create(
        region=region,
        number=_next_number(region, year),
        title=title,
        pinyin=initials(title, 120),
        owner=owner,
        handler=by,
        source=source,
        source_number=source_number,
        summary=summary.strip(),
        period_from=period_from,
        period_to=period_to,
        found_on=found_on,
        major=major,
        restricted=restricted,
        opened_at=at,
        created_at=at,
        updated_at=at,
    )
    case.categories.set(categories)
    CaseSubject.objects.bulk_create(
        CaseSubject(case=case, subject=subject, principal=index == 0)
        for index, subject in enumerate(subjects)
    )
    record(
        "case.registered",
        target=case,
        case=case,
        by=by,
        at=at,
        number=case.number,
        source=str(source),
        subjects=[subject.pk for subject in subjects],
        categories=[category.code for category in categories],
    )
    grant_department(case=case, department=owner, cause=GrantCause.OWNER, by=by, at=at)
    name_person(case=case, user=by, by=by, at=at)
    office = Department.objects.active().filter(region=region, function=Function.OFFICE).first()
    if office is not None and office.pk != owner.pk:
        grant_department(
            case=case, department=office, permission=Permission.SUMMARY, cause=GrantCause.OFFICE, by=by, at=at
        )
    if suspected > 0:
        enter_money(case=case, kind=MoneyKind.SUSPECTED, amount=suspected, happened_on=found_on, by=by, at=at)
    for upload in files:
        add_evidence(case=case, upload=upload, by=by, at=at)
    open_strand(case=case, department=owner, handler=by, by=by, at=at)
    _tell_heads(case, by, at)
    for told in registry.case_listeners:
        told(case=case, by=by, at=at)
    return case


def _next_number(region: Region, year: int) -> str:
    """联办〔2026〕126号: the next of the region's year, its series locked until the case is committed."""
    series, _made = Series.objects.get_or_create(region=region, mark=MARK, year=year)
    series = Series.objects.select_for_update().get(pk=series.pk)
    series.last += 1
    series.save(update_fields=["last"])
    return f"{series}{series.last}号"


def default_title(principal: Subject, categories: Sequence[Category]) -> str:
    """主体+涉嫌+案由+线索, as leads are called before they are filed (FACTS §2.5); a person by surname only (T10)."""
    name = principal.name if principal.is_body else f"{principal.name[:1]}某某"
    return f"{name}涉嫌{'、'.join(category.name for category in categories)}线索"


def faults_of(
    *,
    found_on: dt.date | None,
    suspected: Decimal | None,
    period_from: dt.date | None,
    period_to: dt.date | None,
    today: dt.date,
) -> dict[str, Any]:
    """What cannot be right about days and amount, as field → sentence; what is not given is not judged."""
    faults: dict[str, Any] = {}
    if found_on and found_on > today:
        faults["found_on"] = _("The date lies in the future.")
    if found_on and found_on < EARLIEST:
        faults["found_on"] = _("The date lies before the year 2000.")
    if suspected is not None and not 0 <= suspected <= LIMIT:
        faults["suspected"] = _("The amount is not negative and not above 999,999,999,999.99.")
    if (period_from or period_to or today) > today:
        faults["period_from"] = _("The period begins in the future.")
    if period_from and period_to and period_from > period_to:
        faults["period_to"] = _("The period ends before it begins.")
    return faults


def _check(
    subjects: Sequence[Subject],
    categories: Sequence[Category],
    summary: str,
    duplicates_known: bool,
    by: User,
    at: dt.datetime,
    *,
    found_on: dt.date,
    **given: Any,
) -> None:
    """:raises BadInput: naming every fault at once, each under its field"""
    faults: dict[str, Any] = {}
    if not subjects:
        faults["subjects"] = _("Name at least one subject.")
    if not categories:
        faults["categories"] = _("Choose at least one category.")
    if not summary.strip():
        faults["summary"] = _("Write down the facts.")
    faults |= faults_of(found_on=found_on, today=local_date(at), **given)
    if faults:
        raise BadInput.several(faults)
    check_in_force(categories)
    if not duplicates_known and possible_duplicates(subjects=subjects, on=found_on, by=by).exists():
        raise PossibleDuplicate(field="duplicates_known")


def _tell_heads(case: Case, by: User, at: dt.datetime) -> None:
    """The section heads learn of a new lead, unless only named persons may."""
    if case.restricted:
        return
    heads = User.objects.acting_for(case.owner, Role.SECTION_HEAD, on=local_date(at)).exclude(pk=by.pk)
    notify(heads, "case.registered", target=case, case=case, department=case.owner, at=at, number=case.number)
