"""What letters count for the statistics report (E48): insured persons and cases handed over to the judicial organs.

A person is counted who stands in the transfer as a suspect; that a patient is a party to a hospital's case is no transfer
of the patient. What police make of the file changes nothing: it was handed over.
"""

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _

from cases.enums import SubjectKind
from cases.statistics import case_rows, persons
from core.dates import end_of, local_date, start_of
from core.offers import Counted, Listed, Span
from departments.models import Region
from referrals.crime_enums import StepKind
from referrals.models import CrimeStep

CODES = ("justice_persons", "justice_cases")


def _handed_over(region: Region, since: dt.date, until: dt.date) -> list[tuple[dt.date, int, str, int | None]]:
    """(day, case, department, insured person or None), one for each suspect; one statement."""
    steps = CrimeStep.objects.filter(
        kind=StepKind.HANDED_OVER, transfer__case__region=region, transfer__case__restricted=False,
        happened_at__gte=start_of(since), happened_at__lt=end_of(until),
    )  # fmt: skip
    return sorted(
        (
            (local_date(at), case, unit, pk if kind == SubjectKind.INSURED else None)
            for at, case, unit, pk, kind in steps.order_by().values_list(
                "happened_at", "transfer__case_id", "transfer__department__short_name",
                "transfer__persons", "transfer__persons__kind",
            )
        ),
        key=lambda row: (row[0], row[1], row[3] or 0),
    )  # fmt: skip


def numbers(region: Region, spans: list[Span]) -> list[dict[str, Any]]:
    """One statement, however many spans."""
    rows = _handed_over(region, min(span[0] for span in spans), max(span[1] for span in spans))
    found = []
    for since, until in spans:
        within = [row for row in rows if since <= row[0] <= until]
        found.append(
            {
                "justice_persons": len({row[3] for row in within} - {None}),
                "justice_cases": len({row[1] for row in within}),
            }
        )
    return found


def listed(code: str, region: Region, span: Span, user: Any, start: int, stop: int) -> Listed:
    """The persons, named to whoever reads their case; or the cases, each with the department that handed it over."""
    rows = _handed_over(region, *span)
    if code == "justice_persons":
        first: dict[int, int] = {}
        for _day, case_pk, _unit, person in rows:
            if person is not None:
                first.setdefault(person, case_pk)
        return persons(list(first.items())[start:stop], len(first), user)
    once: dict[int, tuple[dt.date, str]] = {}
    for day, case_pk, unit, _person in rows:
        once.setdefault(case_pk, (day, unit))
    page = list(once.items())[start:stop]
    found = case_rows(user, [pk for pk, _row in page])
    cells = []
    for pk, (day, unit) in page:
        case = found[pk]
        cells.append(Counted((case.number, case.title, unit, day.isoformat()), case.url))
    return Listed((_("Case number"), _("Case name"), _("Handed over by"), _("Handed over on")), len(once), cells)
