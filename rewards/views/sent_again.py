"""A form of a report that is sent a second time: the report is the same one, and what was changed is not lost."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from core.refusals import Refused
from departments.models import User
from rewards.actions.reports import ReceivedBefore, add_to_report
from rewards.forms_reports import ReportForm


@dataclass(frozen=True)
class Again:
    """kept: changed words or new files were added to the report. refused: the sentence why they could not be."""

    kept: bool = False
    refused: str = ""


def keep_what_changed(before: ReceivedBefore, form: ReportForm, by: User | None = None) -> Again:
    """Add to the report what the second form says otherwise than the first. Who reported is sealed and cannot be
    compared: the page says so."""
    report, given = before.details["report"], form.given()
    was = {
        name: getattr(report, name) for name in ("subject_name", "subject_code", "period_from", "period_to")
    }
    now = {
        "subject_name": given["subject_name"].strip(), "subject_code": given["subject_code"].strip().upper(),
        "period_from": given["period_from"], "period_to": given["period_to"],
    }  # fmt: skip
    words: list[Any] = [f"{form[name].label}：{now[name] or '—'}" for name in now if now[name] != was[name]]
    if given["facts"].strip() != report.facts:
        words.append(given["facts"].strip())
    if not words and not given["files"]:
        return Again()
    had = report.files.count()
    try:
        add_to_report(
            report=report, text="\n".join(map(str, words)), files=given["files"], by=by, at=timezone.now()
        )
    except Refused as refusal:
        return Again(refused=str(refusal))
    return Again(kept=bool(words) or report.files.count() > had)
