"""What cases count for the statistics report (E48): who was dealt with, for how much, and what the ledger says.

A case is counted on the local day of the first decision that stands in it (penalty, agreement, judicial transfer; the
last two without filing, too): each case once, so that months add up to their year. Its verified amount goes with its
principal subject. Restricted cases are in no number.
"""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import TruncMonth
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cases.enums import BODIES, Disposition, MoneyKind, StrandStatus, SubjectKind
from cases.models import Case, CaseSubject, MoneyEntry, Strand, Subject
from core.dates import local_date, start_of
from core.offers import Counted, Listed, Span
from core.together import together
from departments.enums import Function
from departments.models import Department, Region
from journal.models import Event

CODES = (
    "violating", "violating_amount", "insured", "insured_amount", "agency_cases", "agency_persons", "suspected", "recovered",
)  # fmt: skip
DEALT_WITH = (Disposition.PENALTY, Disposition.AGREEMENT, Disposition.JUDICIAL)
WITHOUT_FILING = (Disposition.AGREEMENT, Disposition.JUDICIAL)  # 不予立案, but dealt with otherwise
# strands with a result that stands; one taken up again has none
STANDING = Q(status__in=(StrandStatus.DECIDED, StrandStatus.PERFORMED), disposition__in=DEALT_WITH)
STANDING |= Q(status=StrandStatus.NOT_FILED, disposition__in=WITHOUT_FILING)
DECIDING = ("strand.decided", "strand.declined")  # the last of these made it
INSTITUTIONS = frozenset({SubjectKind.INSTITUTION, SubjectKind.PHARMACY})
LEDGER = {"suspected": MoneyKind.SUSPECTED, "recovered": MoneyKind.RECOVERED}
NOTHING = Decimal("0.00")
UNSAID = "—"  # of a case that is not open to the reader neither day nor amount


@dataclass(frozen=True)
class Party:
    """A subject of a case. agency: the body that handles the insurance itself (经办机构)."""

    pk: int
    kind: str
    agency: bool


@dataclass(frozen=True)
class Dealt:
    """A case that was dealt with: on which day, against whom (the principal first), for how much."""

    pk: int
    on: dt.date
    parties: tuple[Party, ...]
    verified: Decimal

    @property
    def institutions(self) -> set[int]:
        return {each.pk for each in self.parties if each.kind in INSTITUTIONS and not each.agency}

    @property
    def about_agency(self) -> bool:
        return any(each.agency for each in self.parties)

    @property
    def about_institution(self) -> bool:
        first = self.parties[0] if self.parties else None
        return first is not None and first.kind in INSTITUTIONS and not first.agency

    @property
    def about_insured(self) -> bool:
        return bool(self.parties) and self.parties[0].kind == SubjectKind.INSURED

    @property
    def agency_persons(self) -> set[int]:
        if not self.about_agency:
            return set()
        return {each.pk for each in self.parties if each.kind == SubjectKind.PRACTITIONER}


def _decided(region: Region, since: dt.date) -> dict[int, dt.date]:
    """Cases with a decision that stands and was taken no earlier than `since`: the day of the first that stands."""
    standing = Strand.objects.filter(STANDING)
    lately = standing.filter(
        case__region=region, case__restricted=False, updated_at__gte=start_of(since)
    )  # a decision changes the row: an older one was taken before
    taken = Event.objects.filter(target_kind=Strand.kind_code, target_id=OuterRef("pk"), verb__in=DECIDING)
    rows = (
        standing.filter(case__in=lately.values("case"))
        .annotate(taken=Subquery(taken.order_by("-id").values("at")[:1]))
        .values_list("case_id", "taken")
    )
    first: dict[int, dt.date] = {}
    for case, at in rows:
        on = local_date(at)
        first[case] = min(on, first.get(case, on))
    return first


def dealt_with(region: Region, since: dt.date, until: dt.date) -> list[Dealt]:
    """The cases of these days, in order of day and number; two statements."""
    return _dealt_with(region, since, until)


def _dealt_with(region: Region, since: dt.date, until: dt.date, *beside: QuerySet) -> list[Dealt]:
    """The cases of these days. beside: what else is fetched in the same statement."""
    on = {pk: day for pk, day in _decided(region, since).items() if since <= day <= until}
    named = Department.objects.filter(
        region=region, function=Function.AGENCY, name=OuterRef("subject__name")
    )
    parties: dict[int, list[Party]] = defaultdict(list)
    links = CaseSubject.objects.filter(case__in=on).order_by("case", "-principal", "pk")
    links = links.annotate(agency=Exists(named)).values_list("case", "subject", "subject__kind", "agency")
    sums = MoneyEntry.objects.filter(case__in=on, kind=MoneyKind.VERIFIED).order_by().values_list("case")
    sums = sums.annotate(sum=Sum("amount"))
    together((links, sums, *beside))
    for case, pk, kind, agency in links:
        parties[case].append(Party(pk, kind, agency and kind in BODIES))
    verified = dict(sums)
    return [
        Dealt(pk, day, tuple(parties[pk]), verified.get(pk, NOTHING))
        for pk, day in sorted(on.items(), key=lambda pair: (pair[1], pair[0]))
    ]


def entries(region: Region, kind: str, since: dt.date, until: dt.date) -> QuerySet[MoneyEntry]:
    """What the ledger says of these days, reversals with their own day."""
    return MoneyEntry.objects.filter(
        case__region=region, case__restricted=False, kind=kind, happened_on__range=(since, until)
    )


def numbers(region: Region, spans: list[Span]) -> list[dict[str, Any]]:
    """Two statements, however many spans; each is made of whole months."""
    since, until = min(span[0] for span in spans), max(span[1] for span in spans)
    ledger = (
        MoneyEntry.objects.filter(
            case__region=region, case__restricted=False, kind__in=LEDGER.values(), happened_on__range=(since, until)
        )
        .annotate(month=TruncMonth("happened_on"))
        .order_by()
        .values_list("kind", "month")
        .annotate(sum=Sum("amount"))
    )
    dealt = _dealt_with(region, since, until, ledger)
    sums = list(ledger)
    return [_numbers([each for each in dealt if span[0] <= each.on <= span[1]], sums, span) for span in spans]


def _numbers(dealt: list[Dealt], ledger: list[tuple[str, dt.date, Decimal]], span: Span) -> dict[str, Any]:
    def verified(chosen: list[Dealt]) -> Decimal:
        return sum((each.verified for each in chosen), NOTHING)

    insured = [each for each in dealt if each.about_insured]
    return {
        "violating": len(set[int]().union(*(each.institutions for each in dealt))),
        "violating_amount": verified([each for each in dealt if each.about_institution]),
        "insured": len(insured),
        "insured_amount": verified(insured),
        "agency_cases": sum(each.about_agency for each in dealt),
        "agency_persons": len(set[int]().union(*(each.agency_persons for each in dealt))),
        **{
            code: sum((sum_ for kind_, month, sum_ in ledger if kind_ == kind and span[0] <= month <= span[1]), NOTHING)
            for code, kind in LEDGER.items()
        },
    }


# -- the rows behind them ------------------------------------------------------------------------------------


def listed(code: str, region: Region, span: Span, user: Any, start: int, stop: int) -> Listed:
    """Institutions, cases, persons or entries; a case opens for whoever sees it, a person is named to whoever reads one."""
    if code in LEDGER:
        return _entries(entries(region, LEDGER[code], *span), user, start, stop)
    dealt = dealt_with(region, *span)
    if code == "violating":
        return _institutions(dealt, user, start, stop)
    if code == "agency_persons":
        return _persons(dealt, user, start, stop)
    keep = {
        "violating_amount": lambda each: each.about_institution,
        "insured": lambda each: each.about_insured,
        "insured_amount": lambda each: each.about_insured,
        "agency_cases": lambda each: each.about_agency,
    }[code]
    return _cases([each for each in dealt if keep(each)], user, start, stop)


@dataclass(frozen=True)
class Named:
    """A case as a list names it; of one that is not open to the reader, nothing."""

    number: str = "—"
    title: str = "—"
    owner: str = "—"
    url: str = ""


def case_rows(user: Any, ids: list[int]) -> dict[int, Named]:
    """Each case by its number and title, with its address."""
    seen = Case.objects.visible_to(user).filter(pk__in=ids).select_related("owner")
    return dict.fromkeys(ids, Named()) | {
        case.pk: Named(case.number, case.title, case.owner.short_name, reverse("cases:detail", args=[case.pk]))
        for case in seen
    }


def _cases(dealt: list[Dealt], user: Any, start: int, stop: int) -> Listed:
    page = dealt[start:stop]
    found = case_rows(user, [each.pk for each in page])
    rows = []
    for each in page:
        case = found[each.pk]
        facts: tuple[Any, ...] = (each.on.isoformat(), each.verified) if case.url else (UNSAID, UNSAID)
        rows.append(Counted((case.number, case.title, case.owner, *facts), case.url))
    heads = (_("Case number"), _("Case name"), _("Lead department"), _("Decided on"), _("Verified, yuan"))
    return Listed(heads, len(dealt), rows)


def _institutions(dealt: list[Dealt], user: Any, start: int, stop: int) -> Listed:
    cases: dict[int, list[Dealt]] = defaultdict(list)
    for each in dealt:
        for pk in each.institutions:
            cases[pk].append(each)
    page = list(Subject.objects.filter(pk__in=cases).order_by("kind", "name", "pk")[start:stop])
    found = case_rows(user, [each.pk for subject in page for each in cases[subject.pk]])
    heads = (_("Institution"), _("Code"), _("Kind"), _("Ownership"), _("Cases"))
    owned = {True: _("public"), False: _("not public"), None: "—"}
    return Listed(
        heads,
        len(cases),
        [
            Counted(
                (
                    subject.name, subject.uscc or "—", subject.get_kind_display(), owned[subject.public],
                    ", ".join(found[each.pk].number for each in cases[subject.pk]),
                ),
                reverse("cases:subject", args=[subject.pk]),
            )
            for subject in page
        ],
    )  # fmt: skip


def _persons(dealt: list[Dealt], user: Any, start: int, stop: int) -> Listed:
    first: dict[int, int] = {}
    for each in dealt:
        for pk in sorted(each.agency_persons):
            first.setdefault(pk, each.pk)
    return persons(list(first.items())[start:stop], len(first), user)


def persons(pairs: list[tuple[int, int]], total: int, user: Any) -> Listed:
    """(person, case) as rows; who does not read the person's case sees the kind of person only."""
    named = {
        each.pk: each.name for each in Subject.objects.visible_to(user).filter(pk__in=[pk for pk, _case in pairs])
    }
    kinds = dict(Subject.objects.filter(pk__in=[pk for pk, _case in pairs]).values_list("pk", "kind"))
    found = case_rows(user, [case for _pk, case in pairs])
    heads = (_("Person"), _("Case number"), _("Case name"), _("Lead department"))
    rows = []
    for pk, case_pk in pairs:
        case = found[case_pk]
        name = named.get(pk) or SubjectKind(kinds[pk]).label
        rows.append(Counted((name, case.number, case.title, case.owner), case.url))
    return Listed(heads, total, rows)


def _entries(found: QuerySet[MoneyEntry], user: Any, start: int, stop: int) -> Listed:
    page = list(found.select_related("department").order_by("happened_on", "pk")[start:stop])
    cases = case_rows(user, [entry.case_id for entry in page])
    heads = (_("Case number"), _("Case name"), pgettext("voucher", "Entered by"), _("Day"), _("Amount, yuan"))
    rows = []
    for entry in page:
        case = cases[entry.case_id]
        facts: tuple[Any, ...] = (UNSAID,) * 3
        if case.url:
            facts = (entry.department.short_name, entry.happened_on.isoformat(), entry.amount)
        rows.append(Counted((case.number, case.title, *facts), case.url))
    return Listed(heads, found.count(), rows)
