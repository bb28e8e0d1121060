"""What the case page, the workbench and the navigation show of reports."""

from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.enums import CaseStatus
from cases.models import Case
from core.dates import local_date
from core.gathering import Gathering, Steps, stepwise
from core.registry import TaskRow
from core.wording import moment
from deadlines.calendar import Calendar
from deadlines.lamps import lamp_of
from deadlines.models import Deadline
from departments.enums import Role
from departments.models import User
from rewards import rules_reports as rules
from rewards.enums import OpeningStatus, ReportStatus
from rewards.models import Custodian, Opening, Report


def case_panel(case: Case, user: User) -> dict[str, Any] | None:
    """Reports of a case the caller may read: number, state and redacted summary; a way in for their own report
    officers only."""
    mine = rules.works_on_reports(user)
    rows = (
        Report.objects.filter(case=case)
        .only("pk", "number", "status", "summary", "department_id")
        .order_by("received_at", "pk")
    )
    found = [
        {
            "number": report.number,
            "state": report.get_status_display(),
            "summary": report.summary if report.summary != case.summary else "",  # else it is the case's own
            "url": report.get_absolute_url() if mine and report.department_id == user.department.pk else "",
        }
        for report in rows
    ]
    return {"reports": found} if found else None


def counted(case: Case, _user: User) -> Any:
    """Whoever reads the case reads the numbers of its reports, as the panel shows them."""
    return Report.objects.filter(case=case)


def hidden_reports(user: User) -> Any:
    """Ids of the reports whose clocks this person is not to see: that one runs tells that somebody gave a name."""
    if not rules.works_on_reports(user):
        return Report.objects.values("pk")  # door: what is kept from whoever asks
    return Report.objects.exclude(department=user.department).values("pk")  # door: what is kept from whoever asks


def to_do(user: User) -> Any:
    """Reports that wait for this report officer: to be decided, or their reporter to be told of the filing or
    of the result."""
    waiting = Report.objects.visible_to(user)
    owed = Deadline.objects.open().filter(target_kind="report").values("target_id")
    return waiting.filter(status=ReportStatus.RECEIVED) | waiting.filter(pk__in=owed) | waiting.to_answer()


def openings_waiting(user: User) -> Any:
    """Openings whose next step is this person's."""
    found = Opening.objects.visible_to(user).filter(expires_at__gt=timezone.now())
    ready = found.filter(status=OpeningStatus.READY, requested_by=user.pk)
    held = Custodian.objects.in_force().filter(user=user.pk, region=OuterRef("region"))
    asked = found.filter(Exists(held), status=OpeningStatus.REQUESTED)
    return ready | asked.exclude(requested_by=user.pk).exclude(first_by=user.pk)


@stepwise
def todo_rows(user: User, limit: int, asked: Gathering) -> Steps:
    """One row a report that waits, with the one commonest step."""
    rows = asked.rows(to_do(user).defer("facts").order_by("received_at")[:limit])
    yield
    found = Deadline.objects.open().filter(target_kind="report", target_id__in=[report.pk for report in rows])
    clocks = asked.rows(found.order_by("-due_at"))
    yield
    owed = {clock.target_id: clock for clock in clocks}
    return [_report_row(report, owed.get(report.pk)) for report in rows]


def _report_row(report: Report, clock: Deadline | None) -> TaskRow:
    if clock is not None:
        lamp = lamp_of(clock, local_date(timezone.now()), Calendar.current())
        return TaskRow(
            _("Tell the reporter whether the case was filed"), report.get_absolute_url(), case_title=report.number,
            lamp=lamp.color, days=lamp.days, due=clock.due_on, action_label=_("Record"),
            action_url=reverse("rewards:report_tell", args=[report.pk]), source=report.get_channel_display(),
        )  # fmt: skip
    if report.status == ReportStatus.ACCEPTED:
        return TaskRow(
            _("Give the result back to the reporter"), report.get_absolute_url(), case_title=report.number,
            source=report.get_channel_display(), action_label=_("Answer"),
            action_url=reverse("rewards:report_answer", args=[report.pk]),
        )  # fmt: skip
    return TaskRow(
        _("Decide on a report"), report.get_absolute_url(), case_title=report.number,
        source=moment(report.received_at), action_label=_("Accept"),
        action_url=reverse("rewards:report_accept", args=[report.pk]),
    )  # fmt: skip


@stepwise
def opening_rows(user: User, limit: int, asked: Gathering) -> Steps:
    """One row an opening whose next step is this person's."""
    found = openings_waiting(user).select_related("report", "reporter__report")
    openings = asked.rows(found.order_by("expires_at")[:limit])
    yield
    return [_opening_row(opening) for opening in openings]


def _opening_row(opening: Opening) -> TaskRow:
    ready = opening.status == OpeningStatus.READY
    address = reverse("rewards:opening", args=[opening.pk])
    return TaskRow(
        _("Read what was opened") if ready else _("Agree to an opening and give your key"), address,
        case_title=str(opening), source=_("until %(moment)s") % {"moment": moment(opening.expires_at)},
        lamp="y", due=local_date(opening.expires_at), action_label=_("Look"), action_url=address,
    )  # fmt: skip


def reports_in_hand(post: Any) -> list[str]:
    """A custodian does not leave before another was named, nor the last report officer while reports are open
    (DESIGN §3)."""
    said = []
    held = Custodian.objects.in_force().filter(user_id=post.user_id, region_id=post.department.region_id)
    if held.exists():
        said.append(_("Name another custodian of reporters' keys, and end this custody."))
    n = _left_alone(post)
    if n:
        said.append(_("Name another report officer first: %(n)d reports are open.") % {"n": n})
    return said


def _left_alone(post: Any) -> int:
    """How many open reports nobody could see without this post."""
    if post.role != Role.REPORT_OFFICER:
        return 0
    others = User.objects.acting_for(post.department, Role.REPORT_OFFICER, on=local_date(timezone.now()))
    if others.exclude(pk=post.user_id).exists():
        return 0
    found = Report.objects.filter(department=post.department)  # door: counted for who hands over
    return (
        found.filter(status=ReportStatus.RECEIVED)
        | found.filter(status=ReportStatus.ACCEPTED).exclude(case__status=CaseStatus.CLOSED)
        | found.to_answer()
    ).count()
