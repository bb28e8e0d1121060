"""The job that sends determinations to the departments: one task each, all of them or none.

A determination is DECIDED until its tasks exist; they are made with their clocks and notices in one transaction, which
also moves it on. A worker that dies in between leaves nothing, and the next run begins anew (ADR 0060).
"""

import datetime as dt

from django.db import transaction

from cases.actions.locking import lock_case
from cases.models import Case
from core.states import move
from deadlines.actions.clocks import start_clock
from departments.enums import Function
from departments.models import Department
from departments.seeds import SIX
from sanctions import notices
from sanctions.actions.common import RECEIPT
from sanctions.actions.row_by_row import each_due
from sanctions.enums import SanctionStatus
from sanctions.masking import public_name
from sanctions.models import Measure, MeasureTask, Sanction


def receivers(sanction: Sanction) -> list[Department]:
    """The county's six departments that have a measure for such a subject; the coordinator of serious ones always."""
    functions = {
        function for function in SIX if Measure.objects.fitting(function, sanction.subject.kind).exists()
    }  # fmt: skip
    if sanction.serious:
        functions.add(Function.REFORM)
    return list(
        Department.objects.active().filter(region=sanction.region, function__in=functions).order_by("pk")
    )


def send_out(at: dt.datetime) -> int:
    """Send everything that was determined; how many sanctions went out.

    It may run twice, late, or from two processes; one that cannot be sent stands in the log and is tried again.
    """
    return each_due(
        Sanction.objects.to_send(), ("case_id",), lambda pk, case: _send(pk, case, at), "sanction to send"
    )


@transaction.atomic
def _send(pk: int, case_id: int, at: dt.datetime) -> bool:
    lock_case(Case.objects.get(pk=case_id))
    found = (
        Sanction.objects.to_send()
        .select_for_update(of=("self",), no_key=True, skip_locked=True)
        .filter(pk=pk)
    )
    sanction = found.select_related("case", "subject", "authority", "region").first()
    if sanction is None:  # another process was first
        return False
    departments = receivers(sanction)
    for department in departments:
        task = MeasureTask.objects.create(
            sanction=sanction, department=department, created_at=at, updated_at=at,
            coordinates=sanction.serious and department.function == Function.REFORM,
        )  # fmt: skip
        start_clock(
            code=RECEIPT, target=task, department=department, to_department=sanction.authority,
            region_id=sanction.region_id, at=at,
        )  # fmt: skip
        notices.of_department("task_sent", task, by=None, at=at, subject=public_name(sanction.subject))
        notices.tell_task("task_to_sign", task, at=at)
    move(sanction, SanctionStatus.IN_FORCE, at=at, sent_at=at)
    notices.note("sent_out", sanction, by=None, at=at, count=len(departments))
    return True
