"""What the pages of reports show. Nothing here writes."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet, prefetch_related_objects
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.ending import result_case
from cases.models import Case
from core.dates import local_date
from core.wording import moment
from deadlines.calendar import Calendar
from deadlines.explain import Explanation, explain
from deadlines.lamps import lamp_of
from deadlines.models import Deadline
from departments.models import User
from journal.models import Event
from journal.render import timeline
from rewards import rules as rules_money
from rewards import rules_reports as rules
from rewards import vault
from rewards.enums import OpeningStatus, ReportStatus
from rewards.enums_money import RewardStatus
from rewards.models import Opening, PayeeOpening, Repetition, Report, Reporter, Reward


@dataclass(frozen=True)
class Tab:
    """A saved view of the list."""

    label: Any
    narrow: Callable[[QuerySet], QuerySet]


TABS = {
    "received": Tab(gettext_lazy("to be decided"), lambda rows: rows.filter(status=ReportStatus.RECEIVED)),
    "accepted": Tab(gettext_lazy("being verified"), lambda rows: rows.filter(status=ReportStatus.ACCEPTED)),
    "answered": Tab(gettext_lazy("answered"), lambda rows: rows.filter(status=ReportStatus.ANSWERED)),
    "refused": Tab(gettext_lazy("not accepted"), lambda rows: rows.filter(status=ReportStatus.REFUSED)),
    "all": Tab(gettext_lazy("all"), lambda rows: rows),
}


@dataclass(frozen=True)
class Button:
    """One thing a person may do now; the first is the primary one."""

    label: Any
    url: str
    danger: bool = False


_STEPS = (
    ("accept", gettext_lazy("Accept as a new lead"), rules.can_decide, False),
    ("tell", gettext_lazy("Record that the reporter was told"), rules.can_tell, False),
    ("answer", gettext_lazy("Give the result back to the reporter"), rules.can_answer, False),
    ("join", gettext_lazy("Join to a case"), rules.can_decide, False),
    ("add", gettext_lazy("Add what the reporter says"), rules.can_work, False),
    ("refuse", gettext_lazy("Do not accept"), rules.can_decide, True),
    ("withdraw", gettext_lazy("The reporter takes it back"), rules.can_withdraw, True),
)


def buttons(user: User, report: Report) -> list[Button]:
    """What may be done now with a report, in order of importance."""
    return [
        Button(
            _("Give a further answer") if code == "answer" and report.status == ReportStatus.ANSWERED else label,
            reverse(f"rewards:report_{code}", args=[report.pk]), danger,
        )
        for code, label, rule, danger in _STEPS
        if rule(user, report)
    ]  # fmt: skip


@dataclass(frozen=True)
class ClockShown:
    """A clock with its lamp and the reason for every day (partials/deadline.html)."""

    label: str
    lamp: str
    days: int | None
    lamp_words: Any
    explanation: Explanation
    meta: str
    due_on: Any
    over: bool
    late_reason: str


def clocks(thing: Any) -> list[ClockShown]:
    """The clocks on a thing, running ones first."""
    today, calendar = local_date(timezone.now()), Calendar.current()
    rows = Deadline.objects.filter(target_kind=thing.kind_code, target_id=thing.pk).select_related(
        "department"
    )
    found = sorted(rows.prefetch_related("changes"), key=lambda row: (row.ended_at is not None, row.due_at))
    shown = []
    for row in found:
        lamp = lamp_of(row, today, calendar)
        shown.append(ClockShown(
            label=row.label, lamp=lamp.color, days=lamp.days, lamp_words=lamp.words,
            explanation=explain(row, today, calendar=calendar, changes=row.changes.all()),
            meta=_("%(department)s, due on %(day)s")
            % {"department": row.department, "day": row.due_on.isoformat()},
            due_on=row.due_on, over=row.ended_at is not None, late_reason=row.late_reason,
        ))  # fmt: skip
    return shown


def history(thing: Any, user: User) -> list[tuple[Any, list]]:
    """What happened to a thing, by day. The caller may see it."""
    return timeline(Event.objects.filter(target_kind=thing.kind_code, target_id=thing.pk), user)


def case_link(report: Report, user: User) -> str:
    """The address of the report's case, where this person may see it."""
    if report.case_id is None or not Case.objects.visible_to(user).filter(pk=report.case_id).exists():
        return ""
    return reverse("cases:detail", args=[report.case_id])


def openings_shown(report: Report) -> list[Opening | PayeeOpening]:
    """Each time an identity of the report was opened, for one person's eyes or for a bank file, the first one first."""
    of_one = report.openings.filter(status=OpeningStatus.SHOWN)
    found = [
        *of_one.select_related("first_by", "second_by", "reporter"),
        *report.payee_openings.select_related("first_by", "second_by", "reporter"),
    ]
    return sorted(found, key=lambda one: one.shown_at)


def rewards_shown(report: Report) -> list[Reward]:
    """What the reporter learns by the receipt code: the rewards of the report, with `settled` where the amount was
    approved. Before that it may still change, and nothing is promised."""
    found = list(report.rewards.exclude(status=RewardStatus.VOID).select_related("reporter"))
    for reward in found:
        reward.settled = reward.approved_at is not None  # type: ignore[attr-defined]
    return sorted(found, key=lambda reward: reward.reporter.position)


def times_opened(report: Report, reporter: Reporter | None = None) -> int:
    """How often an identity of the report, or this reporter's alone, was opened; reads what was prefetched."""
    shown = [one for one in report.openings.all() if one.status == OpeningStatus.SHOWN]
    return sum(
        reporter is None or one.reporter_id == reporter.pk for one in (*shown, *report.payee_openings.all())
    )


def reporter_rows(report: Report, user: User) -> list[dict[str, Any]]:
    """Reporters as numbers: what they say to be, whether they reported before, how often they were opened."""
    rows = []
    asks = rules_money.can_ask(user, report)
    prefetch_related_objects([report], "openings", "payee_openings")
    for reporter in report.reporters.select_related("eligibility").prefetch_related("rewards"):
        reporter.report = report
        rows.append({
            "reporter": reporter,
            "earlier": vault.earlier_reports(reporter),
            "shown": times_opened(report, reporter),
            "open_url": opening_url(reporter) if rules.can_ask_opening(user, reporter) else "",
            "asked": getattr(reporter, "eligibility", None),
            "ask_url": reverse("rewards:eligibility", args=[reporter.pk]) if asks else "",
            "rewards": [one for one in reporter.rewards.all() if one.status != RewardStatus.VOID],
        })  # fmt: skip
    return rows


def first_of(report: Report) -> Report | None:
    """The earlier report this one was said to repeat."""
    held = Repetition.objects.filter(report=report).select_related("first").defer("first__facts").first()
    return held.first if held is not None else None


def repetition_url(report: Report, user: User) -> str:
    """Where to say that an earlier report of the case told the same; nothing while there is none to name."""
    if report.case_id is None or not rules_money.can_ask(user, report):
        return ""
    earlier = Report.objects.visible_to(user).filter(case=report.case_id, received_at__lte=report.received_at)
    if not earlier.exclude(pk=report.pk).exists() or Repetition.objects.filter(report=report).exists():
        return ""
    return reverse("rewards:repetition", args=[report.pk])


def opening_url(reporter: Reporter) -> str:
    return reverse("rewards:opening_new", args=[reporter.pk])


def page_of(report: Report, user: User) -> dict[str, Any]:
    """Everything the page of a report shows."""
    return {
        "title": report.number,
        "report": report,
        "buttons": buttons(user, report),
        "additions": report.additions.select_related("by"),
        "files": report.files.all(),
        "reporters": reporter_rows(report, user),
        "openings": report.openings.select_related("reporter__report", "requested_by"),
        "payee_openings": report.payee_openings.select_related("reporter", "first_by", "second_by"),
        "first": first_of(report),
        "row_asks": rules_money.can_ask(user, report),
        "repetition_url": repetition_url(report, user),
        "case_url": case_link(report, user),
        "clocks": clocks(report),
        "days": history(report, user),
        "step": next_of(report, user),
    }


def next_of(report: Report, user: User) -> dict[str, Any] | None:
    """The next step on a report's page: what, why, until when."""
    here = report.pk
    if rules.can_decide(user, report):
        return {
            "text": _("decide whether the report is verified"), "lamp": "y", "label": _("Accept"),
            "why": _("received on %(moment)s") % {"moment": moment(report.received_at)},
            "url": reverse("rewards:report_accept", args=[here]),
        }  # fmt: skip
    if rules.can_tell(user, report):
        clock = Deadline.objects.open().of("report", here).order_by("due_at").first()
        lamp = lamp_of(clock, local_date(timezone.now()), Calendar.current())
        return {
            "text": _("tell the reporter whether the case was filed"), "lamp": lamp.color, "days": lamp.days,
            "due": clock.due_on, "why": _("by name: within 5 working days of the decision whether to file"),
            "label": _("Record"), "url": reverse("rewards:report_tell", args=[here]),
        }  # fmt: skip
    if (
        rules.can_answer(user, report)
        and report.status == ReportStatus.ACCEPTED
        and report.case is not None
        and result_case(report.case).status in ("decided", "closed")
    ):
        return {
            "text": _("give the result back to the reporter"), "lamp": "y", "why": _("every department has decided"),
            "label": _("Answer"), "url": reverse("rewards:report_answer", args=[here]),
        }  # fmt: skip
    return None
