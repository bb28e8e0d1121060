"""A report comes in, whatever the channel; its reporter adds to it, or withdraws it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from types import SimpleNamespace
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from cases.uploads import check_upload
from core.dates import EARLIEST, local_date
from core.identifiers import is_uscc
from core.refusals import AlreadyDone, BadInput, WrongState
from departments.enums import Function, Role
from departments.models import Department, Region, User
from documents.models import Series
from journal.actions import notify, record
from rewards import receipts, storage, vault
from rewards.enums import Channel, Naming, ReporterKind
from rewards.identities import Identity
from rewards.models import Addition, Report, Reporter, ReportFile, Supervisor

MARK = "举报"
MAX_FILES = 10
MAX_REPORTERS = 20
AGAIN = dt.timedelta(minutes=10)  # within it the same words are the same click
TOKEN_LENGTH = range(6, 33)


@dataclass(frozen=True)
class Registered:
    """A report that is in, and the code its reporter is shown this once."""

    report: Report
    code: str


class ReceivedBefore(AlreadyDone):
    """The same form came a second time; `details` hold the `report` it made and its `code`."""


@transaction.atomic
def register_report(
    *,
    department: Department,
    channel: str,
    naming: str,
    subject_name: str,
    facts: str,
    subject_code: str = "",
    period_from: dt.date | None = None,
    period_to: dt.date | None = None,
    reporters: Sequence[Identity] = (),
    kind: str = ReporterKind.NATURAL,
    token: str = "",
    wants_reward: bool = False,
    wants_answer: bool = False,
    supervisor: Supervisor | None = None,
    files: Sequence[Any] = (),
    submission: str = "",
    received_at: dt.datetime | None = None,
    by: User | None,
    at: dt.datetime,
) -> Registered:
    """Receive a report; who reports is sealed at once and stands nowhere else (C28, 令5号).

    by: the report officer, None where it came by the public form. reporters: those who give their names, in order;
    several report together. kind: what an anonymous or token reporter says to be. submission: the key of the form,
    of which the receipt code is made. supervisor: whose term is checked here; the number of the appointment is sealed
    with the first name, and which supervisor it was stands nowhere else.

    :raises BadInput: every fault at once, each under its field; or a file that cannot be kept
    :raises NoCustodians: names are given and nobody could open them by two
    :raises ReceivedBefore: the form was sent before
    """
    received_at = received_at or at
    _check(
        naming=naming, subject_name=subject_name, subject_code=subject_code, facts=facts, reporters=reporters,
        token=token, wants_reward=wants_reward, period_from=period_from, period_to=period_to, channel=channel,
        supervisor=supervisor, files=files, received_at=received_at, at=at,
    )  # fmt: skip
    code = receipts.code_of(submission or receipts.new_submission())
    digest = receipts.digest(code)
    region = department.region
    number = _next_number(region, local_date(at).year)  # its lock makes the second of two equal forms wait
    before = Report.objects.filter(receipt_digest=digest).first()
    if before is not None:
        raise ReceivedBefore(code=code, report=before)
    report = Report.objects.create(
        region=region,
        department=department,
        number=number,
        receipt_digest=digest,
        channel=channel,
        naming=naming,
        subject_name=subject_name.strip()[:120],
        subject_code=subject_code.strip().upper(),
        facts=facts.strip(),
        period_from=period_from,
        period_to=period_to,
        wants_reward=wants_reward,
        wants_answer=wants_answer,
        token_digest=receipts.token_digest(token) if naming == Naming.TOKEN else "",
        received_at=received_at,
        registered_by=by,
        created_at=at,
        updated_at=at,
    )
    for position, identity in enumerate(reporters, 1):
        if supervisor is not None and position == 1:
            identity = replace(identity, appointment=supervisor.number)
        reporter = Reporter.objects.create(report=report, position=position, kind=identity.kind)
        vault.put(reporter=reporter, identity=identity, region=region, at=at)
    if naming == Naming.TOKEN:
        Reporter.objects.create(report=report, position=1, kind=kind)
    _keep_files(report, files, at)
    record("report.registered", target=report, case=place_of(report), by=by, at=at, number=report.number,
           report_channel=str(channel), naming=str(naming), department=department.pk,
           received_on=local_date(received_at))  # fmt: skip
    _tell_officers(report, "report.registered", at, but=by)
    return Registered(report, code)


def receiving_department(region: Region) -> Department | None:
    """Who receives what the public reports in a county: its medical-insurance department."""
    return (
        Department.objects.active().filter(region=region, function=Function.INSURANCE).order_by("pk").first()
    )


def report_officers(department: Department, day: dt.date) -> QuerySet[User]:
    """Who decides about a department's reports; where there is nobody, none is taken from the public."""
    return User.objects.acting_for(department, Role.REPORT_OFFICER, on=day)


def _next_number(region: Region, year: int) -> str:
    series, _made = Series.objects.get_or_create(region=region, mark=MARK, year=year)
    series = Series.objects.select_for_update().get(pk=series.pk)
    series.last += 1
    series.save(update_fields=["last"])
    return f"{series}{series.last}号"


def _check(
    *,
    naming: str,
    subject_name: str,
    subject_code: str,
    facts: str,
    reporters: Sequence[Identity],
    token: str,
    wants_reward: bool,
    period_from: dt.date | None,
    period_to: dt.date | None,
    channel: str,
    supervisor: Supervisor | None,
    files: Sequence[Any],
    received_at: dt.datetime,
    at: dt.datetime,
) -> None:
    """:raises BadInput: naming every fault at once"""
    today = local_date(at)
    faults: dict[str, Any] = {}
    if not subject_name.strip():
        faults["subject_name"] = _("Say who is reported.")
    if subject_code.strip() and not is_uscc(subject_code.strip().upper()):
        faults["subject_code"] = _(
            "This is not a valid unified social credit code: 18 characters, the last one checks the others."
        )
    if not facts.strip():
        faults["facts"] = _("Write down the facts.")
    if (period_from or period_to or today) > today:
        faults["period_from"] = _("The period begins in the future.")
    elif period_from and period_to and period_from > period_to:
        faults["period_to"] = _("The period ends before it begins.")
    if received_at > at:
        faults["received_at"] = _("The date lies in the future.")
    elif received_at.date() < EARLIEST:
        faults["received_at"] = _("The date lies before the year 2000.")
    if len(files) > MAX_FILES:
        faults["files"] = _("At most 10 files at a time.")
    faults |= _naming_faults(naming, reporters, token, wants_reward)
    if channel == Channel.SUPERVISOR and (
        supervisor is None or not supervisor.term_from <= local_date(received_at) <= supervisor.term_to
    ):
        faults["supervisor"] = _("Choose a social supervisor whose term runs.")
    if faults:
        raise BadInput.several(faults)


def _naming_faults(
    naming: str, reporters: Sequence[Identity], token: str, wants_reward: bool
) -> dict[str, Any]:
    if naming == Naming.REAL_NAME:
        if not reporters:
            return {"name": _("Give the name, or report anonymously.")}
        if len(reporters) > MAX_REPORTERS:
            return {
                "name": _(
                    "At most 20 reporters on one report: register the others with a report of their own."
                )
            }
        return {name: sentence for identity in reporters for name, sentence in identity.faults().items()}
    if reporters:
        return {"naming": _("A name was given. Choose to report with your name, or take the name out.")}
    if naming == Naming.TOKEN and len(token.strip()) not in TOKEN_LENGTH:
        return {"token": _("Choose a token of 6 to 32 characters and remember it.")}
    if naming == Naming.ANONYMOUS and wants_reward:
        return {"wants_reward": _("Nobody can be paid without a name or a token. Choose one of them.")}
    return {}


def _keep_files(report: Report, files: Sequence[Any], at: dt.datetime) -> list[ReportFile]:
    kept = []
    for upload in files:
        checked = check_upload(upload)
        place, mark = storage.keep(checked.content)
        if ReportFile.objects.filter(report=report, sha256=mark).exists():
            continue  # the same picture twice is one picture
        kept.append(
            ReportFile.objects.create(
                report=report,
                name=checked.name[:150],
                place=place,
                media_type=checked.media_type,
                size=len(checked.content),
                sha256=mark,
                added_at=at,
            )
        )
    return kept


def _tell_officers(report: Report, verb: str, at: dt.datetime, but: User | None = None) -> None:
    officers = User.objects.acting_for(report.department, Role.REPORT_OFFICER, on=local_date(at))
    notify(
        officers.exclude(pk=but.pk if but else None), verb, target=report, department=report.department, at=at,
        number=report.number, report_channel=report.channel, files=report.files.count(),
        received_on=local_date(report.received_at),
    )  # fmt: skip


def place_of(report: Report) -> Any:
    """Where an event stands that nobody in a post caused: the department and county of the report."""
    return SimpleNamespace(pk=None, owner_id=report.department_id, region_id=report.region_id)


def lock_report(report: Report) -> Report:
    """The report's row, locked until the transaction ends; `report` itself is brought up to date."""
    locked = Report.objects.select_for_update(no_key=True, of=("self",)).get(pk=report.pk)
    report.refresh_from_db()
    return locked


@transaction.atomic
def add_to_report(
    *, report: Report, text: str = "", files: Sequence[Any] = (), by: User | None, at: dt.datetime
) -> Report:
    """The reporter tells more, or hands in files; `by`: the officer who writes it down, None by the receipt code.

    :raises BadInput: neither text nor file; or a file that cannot be kept
    """
    lock_report(report)
    if not text.strip() and not files:
        raise BadInput(_("Write what you want to add, or choose a file."), field="text")
    if len(files) > MAX_FILES or report.files.count() + len(files) > 5 * MAX_FILES:
        raise BadInput(_("At most 10 files at a time, and 50 in all."), field="files")
    last = report.additions.filter(outgoing=False, at__gt=at - AGAIN).order_by("-pk").first()
    text = "" if last is not None and last.text == text.strip() else text.strip()
    if text:
        Addition.objects.create(report=report, text=text, at=at, by=by)
    kept = _keep_files(report, files, at)
    if not text and not kept:
        return report  # the second click: the same words and the same files again
    record("report.added_to", target=report, case=place_of(report), by=by, at=at, number=report.number, files=len(kept),
           texts=int(bool(text)))  # fmt: skip
    _tell_officers(report, "report.added_to", at, but=by)
    return report


@transaction.atomic
def withdraw_report(*, report: Report, by: User | None, at: dt.datetime) -> Report:
    """The reporter takes the report back. What was reported is verified all the same (S0 C28).

    :raises WrongState: it was taken back before
    """
    lock_report(report)
    if report.withdrawn_at is not None:
        raise WrongState(_("This report was taken back already. What it says is verified all the same."))
    report.withdrawn_at, report.updated_at, report.version = at, at, report.version + 1
    report.save(update_fields=["withdrawn_at", "updated_at", "version"])
    record("report.withdrawn", target=report, case=place_of(report), by=by, at=at, number=report.number)
    _tell_officers(report, "report.withdrawn", at, but=by)
    return report
