"""Lists of points and scores handed in as Excel: all of a list, or nothing of it; each entry waits for a second person."""

import datetime as dt
import hashlib
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from cases.actions.subjects import find_person, subject_for_lead
from cases.enums import BODIES, SubjectKind
from cases.models import Subject
from core.refusals import BadInput, FourEyes, Refused, WrongState
from departments.enums import LEADERS
from departments.models import User
from sanctions.actions.credit_common import note, tell
from sanctions.actions.points import enter_points
from sanctions.actions.points import faults_of as faults_of_points
from sanctions.actions.scores import confirm_score, enter_score
from sanctions.actions.scores import faults_of as faults_of_score
from sanctions.enums_credit import Confirmation, EntryKind
from sanctions.models import PointImport
from sanctions.points_sheet import CellFault, PointLine, ScoreLine, WrongCells, read_points, read_scores

POINT_COLUMNS = {"name": "A", "subject": "A", "id_number": "B", "institution": "C", "points": "D", "dated_on": "E",
                 "behaviour": "F", "basis": "G"}  # fmt: skip
SCORE_COLUMNS = {"subject": "A", "name": "B", "year": "C", "score": "D", "basis": "E"}


def _list(upload: Any, rows: int, by: User, at: dt.datetime) -> PointImport:
    upload.seek(0)
    digest = hashlib.sha256(upload.read()).hexdigest()
    assert by.department is not None and by.region is not None
    try:
        with transaction.atomic():  # two uploads at once: the database lets one in
            return PointImport.objects.create(
                region=by.region, department=by.department, name=upload.name[:150], sha256=digest, rows=rows, by=by, at=at
            )
    except IntegrityError:
        raise BadInput(_("This very list was handed in before."), field="upload") from None


@transaction.atomic
def import_points(*, upload: Any, by: User, at: dt.datetime) -> PointImport:
    """Take a list of points in: every row is an entry that waits to be confirmed. A person not known yet is entered.

    :raises WrongCells: what is wrong, cell by cell; nothing was taken
    :raises BadInput: no such file, no row, or the same list again (field `upload`)
    """
    lines = read_points(upload)
    source = _list(upload, len(lines), by, at)
    faults: list[CellFault] = []
    for line in lines:
        faults += _point(line, source, by, at)
    if faults:
        raise WrongCells(faults)
    note("points_imported", source, by=by, at=at, count=len(lines), sha256=source.sha256)
    tell(source, "points_to_confirm", *LEADERS, at=at, but=by, count=len(lines))
    return source


def _point(line: PointLine, source: PointImport, by: User, at: dt.datetime) -> list[CellFault]:
    institution = None
    faults: dict[str, Any] = {}
    if line.institution:
        institution = Subject.objects.filter(region=source.region, uscc=line.institution).first()
        if institution is None:
            faults["institution"] = _("No institution of this region has this code. Enter it first.")
    known = find_person(source.region, line.number)
    if known is not None and known.name != line.name:
        faults["name"] = _("This number belongs to somebody of another name.")
    given: dict[str, Any] = {
        "kind": EntryKind.POINTS, "points": line.points, "dated_on": line.dated_on, "behaviour": line.behaviour,
        "basis": line.basis, "institution": institution,
    }  # fmt: skip
    faults |= faults_of_points(subject=known, at=at, **given)
    if faults:
        values = {
            "A": line.name,
            "B": line.number,
            "C": line.institution,
            "D": str(line.points),
            "E": str(line.dated_on),
        }
        return _cells(line.row, faults, POINT_COLUMNS, values)
    person = subject_for_lead(
        region=source.region,
        kind=SubjectKind.PRACTITIONER,
        name=line.name,
        id_number=line.number,
        by=by,
        at=at,
    )
    enter_points(department=source.department, subject=person, source=source, by=by, at=at, **given)
    return []


def _cells(
    row: int, faults: dict[str, Any], columns: dict[str, str], values: dict[str, str]
) -> list[CellFault]:
    return [
        CellFault(row, columns.get(field, "A"), values.get(columns.get(field, "A"), ""), str(sentence))
        for field, sentence in faults.items()
    ]


@transaction.atomic
def import_scores(*, upload: Any, by: User, at: dt.datetime) -> PointImport:
    """Take a list of yearly scores in: every row waits to be confirmed.

    :raises WrongCells: what is wrong, cell by cell; nothing was taken
    :raises BadInput: no such file, no row, or the same list again (field `upload`)
    """
    lines = read_scores(upload)
    source = _list(upload, len(lines), by, at)
    faults: list[CellFault] = []
    for line in lines:
        faults += _score(line, source, by, at)
    if faults:
        raise WrongCells(faults)
    note("scores_imported", source, by=by, at=at, count=len(lines), sha256=source.sha256)
    tell(source, "points_to_confirm", *LEADERS, at=at, but=by, count=len(lines))
    return source


def _score(line: ScoreLine, source: PointImport, by: User, at: dt.datetime) -> list[CellFault]:
    values = {"A": line.code, "B": line.name, "C": str(line.year), "D": str(line.score)}
    subject = Subject.objects.filter(region=source.region, uscc=line.code, kind__in=sorted(BODIES)).first()
    faults = faults_of_score(subject=subject, year=line.year, score=line.score, basis=line.basis, at=at)
    if subject is None:
        faults["subject"] = _("No institution of this region has this code. Enter it first.")
    elif line.name and line.name != subject.name:
        faults["name"] = _("This code belongs to an institution of another name.")
    if not faults:
        assert subject is not None
        try:
            enter_score(
                department=source.department, subject=subject, year=line.year, score=line.score, basis=line.basis,
                source=source, by=by, at=at,
            )  # fmt: skip
        except Refused as refusal:
            faults = {"year": refusal}
    return _cells(line.row, faults, SCORE_COLUMNS, values)


@transaction.atomic
def confirm_scores(*, source: PointImport, by: User, at: dt.datetime) -> int:
    """Confirm every score of a list that still waits; how many.

    :raises FourEyes: this person handed the list in
    :raises WrongState: nothing of it waits
    """
    rows = list(
        source.scores.filter(status=Confirmation.ENTERED)
        .select_related("subject", "department__region")
        .order_by("pk")
    )
    if not rows:
        raise WrongState(_("Nothing is to be confirmed here."))
    if source.by_id == by.pk:
        raise FourEyes(_("You entered this: another person has to confirm it."))
    for row in rows:
        confirm_score(row=row, by=by, at=at)
    return len(rows)
