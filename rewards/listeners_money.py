"""What this room hears of others: entries in the ledger, clocks of claims; and what a case's amounts may name."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from cases.enums import MoneyKind
from cases.models import Case, MoneyEntry
from core.dates import local_date
from core.registry import Clue
from departments.enums import Role
from departments.models import User
from rewards.actions.computing import settle_report
from rewards.enums import ReportStatus
from rewards.models import Repetition, Report, Reward


def clues(case: Case) -> list[Clue]:
    """The reports of a case by their numbers: whoever works the case attributes what was verified to one of them."""
    found = Report.objects.filter(case=case, status__in=(ReportStatus.ACCEPTED, ReportStatus.ANSWERED))
    return [
        Clue("report", pk, number)
        for pk, number in found.order_by("received_at", "pk").values_list("pk", "number")
    ]


def entry_made(*, entry: MoneyEntry, at: dt.datetime) -> None:
    """A verified amount of a report was entered or reversed: its rewards follow at once, in the same transaction."""
    if entry.kind != MoneyKind.VERIFIED or entry.clue_kind != Report.kind_code:
        return
    report = (
        Report.objects.defer("facts").select_related("case", "region", "department").get(pk=entry.clue_id)
    )
    repeated = Repetition.objects.filter(report=report).select_related(
        "first__case", "first__region", "first__department"
    )
    earlier = repeated.first()
    settle_report(report=earlier.first if earlier is not None else report, at=at)


def told_when_late(deadline: Any, stage: str, at: dt.datetime) -> Iterable[User]:
    """Beside the officer who handed the notice over: every report officer of the department."""
    reward = Reward.objects.select_related("department").get(pk=deadline.target_id)
    return User.objects.acting_for(reward.department, Role.REPORT_OFFICER, on=local_date(at))
