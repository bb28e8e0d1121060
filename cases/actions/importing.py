"""Leads from a list: all of them by the same action as a single one, or none."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cases.actions.registration import register_case
from cases.actions.subjects import subject_for_lead
from cases.enums import BODIES
from cases.models import Case, Subject
from core.refusals import BadInput
from departments.models import Category, User
from journal.actions import record


@dataclass(frozen=True)
class Lead:
    """A row of a list, in the words of `register_case`; `row` is its number in the sheet."""

    row: int
    source: str
    source_number: str
    found_on: dt.date
    kind: str
    name: str
    uscc: str
    id_number: str
    categories: Sequence[Category]
    suspected: Decimal
    period_from: dt.date | None
    period_to: dt.date | None
    summary: str
    title: str
    major: bool
    restricted: bool
    duplicates_known: bool


@transaction.atomic
def import_leads(*, leads: Sequence[Lead], by: User, at: dt.datetime) -> list[Case]:
    """Register every lead, in the order of the list, or none; a body the register knows by its code is taken as it is.

    :raises BadInput: a row that `register_case` or `subject_for_lead` refuses, named by its number
    """
    made = []
    for lead in leads:
        try:
            made.append(_register(lead, by, at))
        except BadInput as refusal:
            said: dict[str, Any] = {"row": lead.row, "fault": refusal}
            raise BadInput(_("Row %(row)d: %(fault)s Nothing was registered.") % said, field="upload") from None
    record("registry.imported", target=None, by=by, at=at, rows=len(made), cases=[case.pk for case in made])
    return made


def _register(lead: Lead, by: User, at: dt.datetime) -> Case:
    subject = None
    if lead.kind in BODIES:
        subject = Subject.objects.filter(region=by.region, uscc=lead.uscc).first()
    if subject is None:
        subject = subject_for_lead(
            region=by.department.region, kind=lead.kind, name=lead.name, id_number=lead.id_number, uscc=lead.uscc, by=by,
            at=at,
        )  # fmt: skip
    return register_case(
        source=lead.source, source_number=lead.source_number, subjects=[subject], categories=lead.categories,
        summary=lead.summary, found_on=lead.found_on, title=lead.title, suspected=lead.suspected,
        period_from=lead.period_from, period_to=lead.period_to, major=lead.major, restricted=lead.restricted,
        duplicates_known=lead.duplicates_known, by=by, at=at,
    )  # fmt: skip
