"""Asking whether a subject may apply: every question and its answer is kept, and is an event of the record."""

import datetime as dt
from types import SimpleNamespace
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cases.actions.subjects import find_person
from cases.models import Subject
from core.dates import EARLIEST, add_months, local_date
from core.identifiers import masked, validate_resident_id, validate_uscc
from core.refusals import BadInput
from departments.models import User
from sanctions.actions.credit_common import note
from sanctions.eligibility_facts import Record, collect
from sanctions.eligibility_rules import Reason, Verdict, judge
from sanctions.models import EligibilityAnswer

MONTHS_AHEAD = 120  # nobody asks about a later day


@transaction.atomic
def look_up(
    *,
    code: str = "",
    id_number: str = "",
    subject: Subject | None = None,
    on: dt.date,
    purpose: str = "",
    by: User,
    at: dt.datetime,
) -> EligibilityAnswer:
    """May the body of this code, the person of this number, or a body chosen by name apply on the day?

    The answer is what the record says at `at`; whom nothing is known of may apply. A person's number is never kept: the
    answer and the record hold it masked. purpose: why a natural person is looked up.

    :raises BadInput: nothing or too much to look for, a code or number whose check character is wrong, a day before
        2000 or more than ten years ahead, or a person without a purpose (by field)
    """
    code, id_number = code.strip().upper(), id_number.strip().upper()
    faults = _faults(code, id_number, subject, on, local_date(at))
    personal = bool(id_number) or (subject is not None and not subject.is_body)
    if personal and not purpose.strip():
        faults["purpose"] = _("Say what this person is looked up for: it is a read of personal data.")
    if faults:
        raise BadInput.several(faults)
    assert by.region is not None
    if subject is None and code:
        subject = Subject.objects.filter(region=by.region, uscc=code).first()
    elif subject is None:
        subject = find_person(by.region, id_number)
    verdict, record = Verdict(on), None
    if subject is not None:
        record = collect(subject, by)
        verdict = judge(record.facts, on)
    known = subject if subject is not None and (subject.is_body or verdict.reasons) else None
    answer = EligibilityAnswer.objects.create(
        region=by.region, department=by.department, asked=_asked(code, id_number, subject), personal=personal,
        purpose=purpose.strip(), subject=known, name=known.name if known is not None and known.is_body else "", on=on,
        eligible=verdict.eligible, free_from=verdict.free_from, facts=_frozen(verdict, record), asked_by=by, asked_at=at,
    )  # fmt: skip
    note(
        "person_looked_up" if personal else "looked_up", answer, by=by, at=at, asked=answer.asked, on=on,
        eligible=answer.eligible, purpose=answer.purpose, free_from=answer.free_from,
    )  # fmt: skip
    return answer


def _faults(code: str, number: str, subject: Subject | None, on: dt.date, today: dt.date) -> dict[str, Any]:
    faults: dict[str, Any] = {}
    if sum(map(bool, (code, number, subject))) != 1:
        faults["code"] = _("Enter one of the three: a credit code, an identity number, or a name.")
    for field, value, validate in (
        ("code", code, validate_uscc),
        ("id_number", number, validate_resident_id),
    ):
        try:
            if value:
                validate(value)
        except ValidationError as error:
            faults[field] = error.messages[0]
    if on < EARLIEST or on > add_months(today, MONTHS_AHEAD):
        faults["on"] = _("Ask for a day from the year 2000 on and at most ten years ahead.")
    return faults


def _asked(code: str, number: str, subject: Subject | None) -> str:
    if code or number:
        return code or masked(number)
    assert subject is not None
    return (subject.uscc or subject.name) if subject.is_body else subject.id_masked


def _frozen(verdict: Verdict, record: Record | None) -> dict[str, Any]:
    if record is None:
        return {"reasons": [], "suspended": [], "terminated": [], "alongside": []}
    names = {pk: row.name for pk, row in record.people.items()}
    return {
        "reasons": [_reason(reason, names, record.facts.subject) for reason in verdict.reasons],
        "suspended": list(record.suspended),
        "terminated": [[number, day.isoformat()] for number, day in record.terminated],
        "alongside": list(record.alongside),
    }


def _reason(reason: Reason, names: dict[int, str], asked: int) -> dict[str, Any]:
    """As JSON; who is asked about is not named again (a person never is). case: asked again when the answer is read."""
    return {
        "way": reason.way,
        "kind": reason.kind,
        "who": "" if reason.who == asked else names.get(reason.who, ""),
        "first": reason.first.isoformat(),
        "last": reason.last.isoformat() if reason.last else None,
        "number": reason.number,
        "department": reason.department,
        "basis": reason.basis,
        "successor": names.get(reason.successor, "") if reason.successor else "",
        "case": reason.case,
    }


@transaction.atomic
def note_print(*, answer: EligibilityAnswer, by: User, at: dt.datetime) -> None:
    """Write that somebody took the answer away as a PDF."""
    note("look_up_printed", answer, by=by, at=at, asked=answer.asked, on=answer.on)


@transaction.atomic
def note_record_read(*, subject: Subject, printed: bool, by: User, at: dt.datetime) -> None:
    """Write that somebody read a person's credit record, or took a record away as a PDF."""
    assert by.department is not None
    here = SimpleNamespace(
        kind_code=subject.kind_code,
        pk=subject.pk,
        department_id=by.department.pk,
        region_id=subject.region_id,
    )
    note("credit_record_printed" if printed else "credit_record_read", here, by=by, at=at, subject=subject.pk)
