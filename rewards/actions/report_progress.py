"""From report to case: accepted or refused, told of the filing, answered (令5号, S2 E25)."""

import datetime as dt
import re
import unicodedata
from collections.abc import Sequence
from decimal import Decimal

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.actions.locking import lock_case
from cases.actions.registration import register_case
from cases.ending import result_case
from cases.enums import CaseStatus, Source, StrandStatus
from cases.models import Case, CaseMerge, Strand, Subject
from core.dates import local_date
from core.refusals import AlreadyDone, BadInput, WrongState
from core.states import move
from deadlines.actions.clocks import meet_clock, open_clock, start_clock
from departments.enums import Role
from departments.models import Category, User
from journal.actions import notify, record
from rewards.actions.reports import lock_report
from rewards.enums import Naming, ReportStatus, ToldVia
from rewards.models import Addition, Report

CLOCK = "reporter_notice"
# a mobile or fixed telephone, an identity number, an account; blanks and dashes within are taken out first
PARTICULARS = re.compile(r"(?<!\d)(?:1[3-9]\d{9}|0\d{9,11}|[1-9]\d{16}[\dXx]|\d{16,19})(?!\d)")
BETWEEN_DIGITS = re.compile(r"(?<=\d)[\s()\-‐-―−]+(?=[\dXx])")
LONGEST_RUN = 40  # characters of the original text that may stand in the summary in one piece
SHORTEST = 12  # a shorter original is a catchword anybody would use


def check_summary(report: Report, summary: str) -> str:
    """The summary that may travel, without what would show who reported (T7).

    :raises BadInput: empty; or it holds a telephone, identity or account number, or the original text
    """
    summary = summary.strip()
    if not summary:
        raise BadInput(
            _("Write a summary in your own words: it is all that leaves this page."), field="summary"
        )
    if PARTICULARS.search(BETWEEN_DIGITS.sub("", unicodedata.normalize("NFKC", summary))):
        raise BadInput(
            _("The summary holds a telephone, identity or account number. Take it out."), field="summary"
        )
    added = report.additions.filter(outgoing=False).values_list("text", flat=True) if report.pk else ()
    if any(_repeats(summary, str(words)) for words in (report.facts, *added)):
        raise BadInput(
            _("The summary repeats the words of the report: they may show who wrote it. Use your own words."),
            field="summary",
        )
    return summary


def _bare(text: str) -> str:
    """Letters and digits alone: a comma or a blank put in makes no words of one's own."""
    return "".join(re.findall(r"\w+", unicodedata.normalize("NFKC", text)))


def _repeats(summary: str, words: str) -> bool:
    """Whether a long piece of what the reporter wrote, or all of something short, stands in the summary."""
    told, facts = _bare(summary), _bare(words)
    if len(facts) < SHORTEST:
        return told == facts
    run = min(LONGEST_RUN, len(facts))
    return any(facts[start : start + run] in told for start in range(len(facts) - run + 1))


@transaction.atomic
def accept_report(
    *,
    report: Report,
    summary: str,
    subjects: Sequence[Subject],
    categories: Sequence[Category],
    found_on: dt.date | None = None,
    suspected: Decimal | int | str = 0,
    duplicates_known: bool = False,
    by: User,
    at: dt.datetime,
) -> Report:
    """Take the report on: a lead is registered from its redacted summary, and the report points to it.

    :raises WrongState, MovedOn: it was dealt with already
    :raises BadInput: see `check_summary` and `cases.actions.registration.register_case`
    """
    lock_report(report)
    _check_new(report)
    summary = check_summary(report, summary)
    case = register_case(
        source=Source.REPORT, source_number=report.number, subjects=subjects, categories=categories,
        summary=summary, found_on=found_on or local_date(report.received_at), suspected=suspected,
        period_from=report.period_from, period_to=report.period_to, duplicates_known=duplicates_known,
        by=by, at=at,
    )  # fmt: skip
    return _accept(report, case, summary, by, at)


@transaction.atomic
def join_report(*, report: Report, case: Case, summary: str, by: User, at: dt.datetime) -> Report:
    """Take the report on into a case that is about the same matter. Loading `case` was the caller's business.

    :raises WrongState, MovedOn: the report was dealt with already; or the case is closed, or of another region
    :raises BadInput: see `check_summary`
    """
    lock_case(case)
    lock_report(report)
    _check_new(report)
    if case.status == CaseStatus.CLOSED or case.region_id != report.region_id:
        raise WrongState(
            _("The case is closed or of another county. Choose another, or register a new lead.")
        )
    return _accept(report, case, check_summary(report, summary), by, at)


def _check_new(report: Report) -> None:
    if report.status != ReportStatus.RECEIVED:
        raise WrongState(_("This report was dealt with already."))


def _accept(report: Report, case: Case, summary: str, by: User, at: dt.datetime) -> Report:
    move(report, ReportStatus.ACCEPTED, at=at, case=case, summary=summary, decided_by=by, decided_at=at)
    record("report.accepted", target=report, case=case, by=by, at=at, number=report.number,
           case_number=case.number)  # fmt: skip
    if result_case(case).filed or _not_filed(report):
        _owe_notice(report, at, by)
    return report


@transaction.atomic
def refuse_report(*, report: Report, reason: str, by: User, at: dt.datetime) -> Report:
    """不予受理, with a reason the reporter reads on the follow-up page.

    :raises WrongState, MovedOn: it was dealt with already
    :raises BadInput: no reason
    """
    lock_report(report)
    _check_new(report)
    if not reason.strip():
        raise BadInput(_("Give a reason."), field="reason")
    move(report, ReportStatus.REFUSED, at=at, reason=reason.strip(), decided_by=by, decided_at=at)
    record("report.refused", target=report, by=by, at=at, number=report.number, reason=reason.strip())
    return report


def case_was_filed(*, strand: Strand, by: User, at: dt.datetime) -> None:
    """A listener of cases: a strand was filed, so who reported it by name is to be told (令5号: 5 working days)."""
    for report in _untold(strand):
        _owe_notice(report, at, by)


def case_was_declined(*, strand: Strand, by: User, at: dt.datetime) -> None:
    """A listener of cases: a strand was not filed (不予立案). The five days run from the decision whether to file, so
    that who reported it by name is told this too, once the department which took the report on has decided."""
    for report in _untold(strand):
        if _not_filed(report):
            _owe_notice(report, at, by)


def _untold(strand: Strand) -> list[Report]:
    merged = CaseMerge.objects.in_force().filter(main=strand.case_id).values("case")
    waiting = Report.objects.filter(naming=Naming.REAL_NAME, told_at=None)
    waiting = waiting.filter(Q(case=strand.case_id) | Q(case__in=merged))
    return list(waiting.select_related("department", "case", "region").order_by("pk"))


def _not_filed(report: Report) -> bool:
    """Whether it was decided not to file: by the department of the report, or by every one that works in the case."""
    assert report.case is not None
    strands = Strand.objects.filter(case=result_case(report.case))
    declined = strands.filter(status=StrandStatus.NOT_FILED)
    own = declined.filter(department=report.department_id)
    return own.exists() or (declined.exists() and not strands.filter(status=StrandStatus.VERIFYING).exists())


def case_has_result(*, case: Case, by: User, at: dt.datetime) -> None:
    """A listener of cases: decided or closed, so the result is given back to who wants an answer (E25), as it is where the
    report's case was merged into this one."""
    merged = CaseMerge.objects.in_force().filter(main=case).values("case")
    concerned = Report.objects.to_answer().filter(Q(case=case) | Q(case__in=merged))
    for report in concerned.select_related("department", "case").order_by("pk"):
        officers = User.objects.acting_for(report.department, Role.REPORT_OFFICER, on=local_date(at))
        notify(
            officers, "report.result_due", target=report, department=report.department, at=at, tone="y",
            number=report.number, case_number=report.case.number,
        )  # fmt: skip


def _owe_notice(report: Report, at: dt.datetime, by: User) -> None:
    """The clock of telling the reporter runs, once."""
    case = report.case
    if case is None or report.naming != Naming.REAL_NAME or report.told_at or open_clock(report, CLOCK):
        return
    # without the case: who works in it from another department is not to learn that somebody reported by name
    clock = start_clock(
        code=CLOCK, target=report, department=report.department, region_id=report.region_id, at=at, by=by
    )
    officers = User.objects.acting_for(report.department, Role.REPORT_OFFICER, on=local_date(at))
    notify(
        officers, "report.filed" if result_case(case).filed else "report.not_filed", target=report,
        department=report.department, at=at, tone="y",
        number=report.number, case_number=case.number, due_on=clock.due_on,
    )  # fmt: skip


def _decided_on(case: Case, started_at: dt.datetime) -> dt.date:
    """The day of the filing where one of its departments has filed, whatever another decided before."""
    filed = case.strands.exclude(filed_on=None).order_by("filed_on").values_list("filed_on", flat=True).first()
    return filed or local_date(started_at)


@transaction.atomic
def tell_reporter(
    *, report: Report, via: str, text: str = "", late_reason: str = "", by: User, at: dt.datetime
) -> Report:
    """The reporter was told whether the case was filed; on the follow-up page the house says it itself.

    :raises WrongState: whether to file is not decided yet, or it was told before
    :raises BadInput: too late and no reason where the rule asks for one (field `late_reason`)
    """
    if report.case is None:
        raise WrongState(_("Whether to file is not decided yet."))
    lock_case(report.case)
    lock_report(report)
    clock = open_clock(report, CLOCK)
    if report.told_at is not None or clock is None:
        raise WrongState(_("Whether to file is not decided yet, or the reporter was told already."))
    meet_clock(deadline=clock, by=by, at=at, late_reason=late_reason)
    report.told_by, report.told_at, report.told_via = by, at, via
    report.updated_at, report.version = at, report.version + 1
    report.save(update_fields=["told_by", "told_at", "told_via", "updated_at", "version"])
    if via == ToldVia.PAGE or text.strip():
        said = _("What you reported was filed as a case on %(day)s.")
        decided = result_case(report.case)
        if not decided.filed:
            said = _("On %(day)s it was decided not to file what you reported as a case.")
        words = text.strip() or said % {"day": _decided_on(decided, clock.started_at).isoformat()}
        Addition.objects.create(report=report, outgoing=True, text=str(words), at=at, by=by)
    record("report.told", target=report, by=by, at=at, number=report.number, told_via=str(via))
    return report


@transaction.atomic
def answer_report(*, report: Report, text: str, by: User, at: dt.datetime) -> Report:
    """Give the result back; the reporter reads it with the receipt code (E25).

    What was answered stays (a trigger keeps it): another answer, such as after a case was taken up again, stands after
    it, and the reporter reads both.

    :raises WrongState, MovedOn: it is not being verified; or a real-name reporter has not been told of the filing
    :raises BadInput: no text (field `text`)
    :raises AlreadyDone: the last answer said the same
    """
    if report.case is not None:
        lock_case(report.case)
    lock_report(report)
    if not text.strip():
        raise BadInput(_("Write the answer."), field="text")
    if open_clock(report, CLOCK) is not None:
        raise WrongState(_("First record that the reporter was told whether the case was filed: its clock runs."))
    verb = "report.answered"
    if report.status == ReportStatus.ANSWERED:
        verb = "report.answered_again"
        last = report.additions.filter(outgoing=True).order_by("-pk").first()
        if last is not None and last.text == text.strip():
            raise AlreadyDone(_("The last answer says the same. Nothing was added."))
        report.updated_at, report.version = at, report.version + 1
        report.save(update_fields=["updated_at", "version"])
    else:
        move(report, ReportStatus.ANSWERED, at=at)
    Addition.objects.create(report=report, outgoing=True, text=text.strip(), at=at, by=by)
    record(verb, target=report, case=report.case, by=by, at=at, number=report.number)
    return report
