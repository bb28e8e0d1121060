"""What was announced and is not so any more: a letter takes the notice back, without what is nobody's business."""

import datetime as dt
from collections.abc import Iterable

from departments.models import User
from documents.actions import issue_document
from documents.models import IssuedDocument
from inspections import contexts, notices
from inspections.enums import WhyBack
from inspections.models import Inspection, Target

LETTER = "inspection_taken_back"


def announced_to(inspection: Inspection) -> list[Target]:
    """The targets that hold a letter of ours about days to come: a notice, or that it was put off."""
    put_off = IssuedDocument.objects.filter(kind=LETTER, target_kind=Target.kind_code)
    there = inspection.targets.filter(dropped_at=None).select_related("subject", "notice").order_by("pk")
    waiting = set(put_off.filter(target_id__in=there.values("pk")).values_list("target_id", flat=True))
    return [each for each in there if each.notice is not None or each.pk in waiting]


def take_back(
    targets: Iterable[Target], why: WhyBack, *, by: User, at: dt.datetime
) -> list[IssuedDocument]:
    """One numbered letter to each target. Why the days move or all is off stays inside (the reason is for the departments).

    Called last in an action, with the inspection as it is now: it holds the lock of the number series while it prints.
    """
    made = []
    for target in targets:
        number = target.notice.number if target.notice else ""
        notices.note(
            "notice_taken_back", target.inspection, target=target, by=by, at=at, number=number, back=why.value
        )
        made.append(
            issue_document(
                kind=LETTER, department=target.inspection.lead, target=target, case=None,
                context=contexts.of_taking_back(target, why, number=number, by=by, at=at), by=by, at=at,
            )
        )  # fmt: skip
    return made
