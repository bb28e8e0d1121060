"""What becomes of applications for repair when what they are about ends."""

import datetime as dt

from core.states import move
from departments.models import User
from sanctions import notices
from sanctions.actions.common import drop_clocks
from sanctions.enums import RepairStatus
from sanctions.masking import public_name
from sanctions.models import AppliedMeasure, ListEntry


def repairs_fall(thing: AppliedMeasure | ListEntry, why: str, by: User | None, at: dt.datetime) -> None:
    """Nothing is left to repair: open applications about a measure or entry that ended fall, with their clock.

    why: for the record, in Chinese.
    """
    found = thing.repairs.filter(status=RepairStatus.APPLIED).select_for_update(of=("self",), no_key=True)
    for repair in found.select_related("department", "subject", "recorded_by").order_by("pk"):
        drop_clocks(repair, why[:150], by, at)
        move(repair, RepairStatus.FALLEN, at=at, fallen_at=at, reason=why[:300])
        notices.of_department(
            "repair_fell", repair, by=by, at=at, subject=public_name(repair.subject), reason=why
        )
        notices.tell(
            [repair.recorded_by], "repair_fell_told", repair, at=at, department=repair.department, tone="n", reason=why
        )  # fmt: skip
