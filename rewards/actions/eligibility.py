"""What is asked before a reporter is rewarded, and which of several reports was first."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from cases.actions.locking import lock_case
from core.refusals import BadInput, WrongState
from departments.models import User
from journal.actions import record
from rewards.actions.computing import settle_report
from rewards.models import Eligibility, Repetition, Report, Reporter

QUESTIONS = ("wants", "known_before", "duty", "staff", "identifiable")


@transaction.atomic
def record_eligibility(
    *,
    reporter: Reporter,
    wants: bool,
    known_before: bool,
    duty: bool,
    staff: bool,
    identifiable: bool,
    weight: int = 1,
    remark: str = "",
    by: User,
    at: dt.datetime,
) -> Eligibility:
    """Write down the answers for one reporter; the rewards of the report follow at once (22号文 arts. 4–7).

    `weight`: the agreed part among those who reported together. A second time the answers are replaced, and the
    record keeps the old ones.

    :raises BadInput: the report is in no case, or a weight outside 1–100
    """
    report = reporter.report
    if report.case is None:
        raise BadInput(_("This report is in no case yet: nothing can have been verified."))
    if not 1 <= weight <= 100:
        raise BadInput(_("The agreed part is between 1 and 100."), field="weight")
    lock_case(report.case)
    answers = {
        "wants": wants, "known_before": known_before, "duty": duty, "staff": staff, "identifiable": identifiable,
    }  # fmt: skip
    held, made = Eligibility.objects.get_or_create(
        reporter=reporter,
        defaults={**answers, "weight": weight, "remark": remark.strip(), "by": by, "at": at,
                  "created_at": at, "updated_at": at},
    )  # fmt: skip
    old = None if made else {name: getattr(held, name) for name in QUESTIONS}
    if not made:
        for name, value in {
            **answers,
            "weight": weight,
            "remark": remark.strip(),
            "by": by,
            "at": at,
        }.items():
            setattr(held, name, value)
        held.updated_at, held.version = at, held.version + 1
        held.save()
    record(
        "reward.eligibility_asked", target=held, by=by, at=at, number=str(reporter), old=old, new=answers,
        weight=weight, eligible=held.eligible,
    )  # fmt: skip
    settle_report(report=report, at=at)
    return held


@transaction.atomic
def mark_repetition(*, report: Report, first: Report, by: User, at: dt.datetime) -> Repetition:
    """`report` told what `first` had told before: what is verified of either belongs to the first in time.

    :raises BadInput: another case, not earlier, a repetition itself, or others repeat this one
    """
    if report.case is None or report.case_id != first.case_id:
        raise BadInput(_("Choose an earlier report of the same case."), field="first")
    lock_case(report.case)
    if (first.received_at, first.pk) >= (report.received_at, report.pk):
        raise BadInput(_("That report did not come earlier: the first in time is rewarded."), field="first")
    if Repetition.objects.filter(report=first).exists():
        raise BadInput(_("That report repeats an earlier one itself: choose the first."), field="first")
    if Repetition.objects.filter(first=report).exists():
        raise BadInput(_("Later reports were said to repeat this one."), field="first")
    if Repetition.objects.filter(report=report).exists():
        raise BadInput(_("This report was marked already."), field="first")
    made = Repetition.objects.create(report=report, first=first, by=by, at=at)
    record("reward.repetition_marked", target=report, by=by, at=at, number=report.number, first=first.number)
    for each in (first, report):
        settle_report(report=each, at=at)
    return made


@transaction.atomic
def withdraw_repetition(*, report: Report, reason: str, by: User, at: dt.datetime) -> None:
    """The two reports told different things after all: each is rewarded for what was verified of it.

    :raises BadInput: no reason
    :raises WrongState: the report is not said to repeat another
    """
    if report.case is None or not reason.strip():
        raise BadInput(_("Give a reason."), field="reason")
    lock_case(report.case)
    held = Repetition.objects.filter(report=report).select_related("first__case", "first__region").first()
    if held is None:
        raise WrongState(_("This report is not said to repeat another."))
    first = held.first
    held.delete()
    record("reward.repetition_withdrawn", target=report, by=by, at=at, number=report.number, first=first.number,
           reason=reason.strip())  # fmt: skip
    for each in (first, report):
        settle_report(report=each, at=at)
