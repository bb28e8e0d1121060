"""Whom and what the forms of sanctions offer."""

import datetime as dt
from typing import Any

from django.db.models import QuerySet

from cases.enums import BODIES, Disposition, StrandStatus
from cases.models import Case, Strand, Subject
from departments.models import Department, User
from documents.models import IssuedDocument
from sanctions.enums import STANDING
from sanctions.models import Measure, MeasureTask, Sanction


def for_proposal(case: Case, user: User) -> dict[str, QuerySet]:
    """Subjects and decided strands of a case the caller has loaded, its papers the person may read, and the measures in use
    for its subjects."""
    subjects = Subject.objects.filter(case_subjects__case=case)
    return {
        "subject": subjects,
        "strand": Strand.objects.filter(
            case=case, status__in=(StrandStatus.DECIDED, StrandStatus.PERFORMED),
            disposition__in=(Disposition.PENALTY, Disposition.AGREEMENT),
        ).select_related("department"),
        "document": IssuedDocument.objects.visible_to(user).of_case(case).filter(voided_at=None).order_by("-pk"),
        "measures": Measure.objects.in_use().filter(
            kinds__overlap=sorted({str(each.kind) for each in subjects})
        ),
    }  # fmt: skip


def for_entry(subject: Subject, user: User) -> QuerySet[Sanction]:
    """The determinations about a subject that stand and count, as far as the person sees them."""
    found = Sanction.objects.visible_to(user).filter(subject=subject, status__in=STANDING, suspended_at=None)
    return found.select_related("authority", "determination_document").order_by("-pk")


def people(department: Department, on: dt.date) -> QuerySet[User]:
    """Active people with a business post in a department."""
    return User.objects.on_cases_of([department], on).order_by("name")


def for_measure(task: MeasureTask) -> dict[str, Any]:
    """The measures of the task's department against its subject, and the natural persons of the case."""
    sanction = task.sanction
    return {
        "measures": Measure.objects.fitting(task.department.function, sanction.subject.kind),
        "subjects": Subject.objects.filter(case_subjects__case=sanction.case_id).exclude(
            kind__in=sorted(BODIES)
        ),
    }
