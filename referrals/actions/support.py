"""技术支持: the need is recorded on the day it was discovered; three working days run from then (C14, T2)."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from cases.actions.locking import lock_case
from cases.models import Case
from core.dates import EARLIEST, local_date, start_of
from core.refusals import BadInput
from deadlines.actions.clocks import start_clock
from departments.enums import ReferralKind
from departments.models import Department, User
from journal.actions import record
from referrals.actions.drafting import Line, check_case_open, fill, put_questions
from referrals.models import Dispatch


@transaction.atomic
def discover_need(
    *,
    case: Case,
    receiver: Department,
    discovered_on: dt.date,
    questions: Sequence[str],
    subject: str,
    facts: str,
    manifest: Sequence[Line] = (),
    limit_on: dt.date | None = None,
    amount: Decimal | None = None,
    by: User,
    at: dt.datetime,
) -> Dispatch:
    """Record that a matter needs technical support; starts the requester's clock and opens the notice as a draft.

    `discovered_on` is the local date of discovery, from which the clock runs; it may lie in the past (the
    notice may then be late from the start, and says so for ever), never in the future.

    :raises WrongState: the case is closed
    :raises BadInput: a discovery in the future, no question, no route, a limit that has passed
    """
    lock_case(case)
    check_case_open(case)
    if discovered_on > local_date(at):
        raise BadInput(_("The date of discovery lies in the future."), field="discovered_on")
    if discovered_on < EARLIEST:
        raise BadInput(_("The date lies before the year 2000."), field="discovered_on")
    dispatch = Dispatch(
        kind=ReferralKind.SUPPORT,
        case=case,
        department=by.department,
        discovered_on=discovered_on,
        drafted_by=by,
        drafted_at=at,
        created_at=at,
        updated_at=at,
    )
    fill(
        dispatch=dispatch, receivers=[receiver], subject=subject, facts=facts, manifest=manifest,
        limit_on=limit_on, amount=amount, request="", by=by, at=at,
    )  # fmt: skip
    put_questions(dispatch, questions)
    deadline = start_clock(
        code="support_notice",
        target=dispatch,
        department=by.department,
        to_department=None if receiver.named_only else receiver,
        person=by,
        case=case,
        started_at=start_of_discovery(discovered_on, at),
        by=by, at=at,
    )
    record(
        "support.needed",
        target=dispatch,
        by=by,
        at=at,
        case=case,
        receiver=receiver.short_name,
        discovered_on=discovered_on,
        due_on=deadline.due_on,
    )
    return dispatch


def start_of_discovery(day: dt.date, at: dt.datetime) -> dt.datetime:
    """The instant the clock runs from: now when it was discovered today, else noon of that local date."""
    return at if day == local_date(at) else start_of(day) + dt.timedelta(hours=12)
