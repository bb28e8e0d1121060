"""Who may do what with reports and openings. Loading through `visible_to` comes first."""

from django.conf import settings
from django.utils import timezone

from core.kept import kept
from core.memory import remembered
from deadlines.actions.clocks import open_clock
from departments.enums import Role
from departments.models import User
from rewards.actions.report_progress import CLOCK
from rewards.enums import Naming, OpeningStatus, ReportStatus
from rewards.models import Custodian, Opening, Report, Reporter
from rewards.querysets import NO_CUSTODIANS, holds_key


def works_on_reports(user: User) -> bool:
    """Report officers (举报专员), and nobody else."""
    return user.is_authenticated and user.is_active and user.has_role(Role.REPORT_OFFICER)


def can_work(user: User, report: Report) -> bool:
    """The report officers of the department that received it."""
    return works_on_reports(user) and user.department.pk == report.department_id


def can_decide(user: User, report: Report) -> bool:
    return can_work(user, report) and report.status == ReportStatus.RECEIVED


def can_withdraw(user: User, report: Report) -> bool:
    return can_work(user, report) and report.withdrawn_at is None


def can_tell(user: User, report: Report) -> bool:
    return can_work(user, report) and report.told_at is None and open_clock(report, CLOCK) is not None


def can_answer(user: User, report: Report) -> bool:
    """Also a second time: what was answered stays, a further answer stands after it."""
    return (
        can_work(user, report)
        and report.status in (ReportStatus.ACCEPTED, ReportStatus.ANSWERED)
        and open_clock(report, CLOCK) is None
    )


def can_ask_opening(user: User, reporter: Reporter) -> bool:
    """Of a reporter by real name; whoever holds a key asks for nothing."""
    return (
        can_work(user, reporter.report) and reporter.report.naming == Naming.REAL_NAME and not holds_key(user)
    )


def waits(opening: Opening) -> bool:
    return opening.status == OpeningStatus.REQUESTED and timezone.now() < opening.expires_at


def can_give(user: User, opening: Opening) -> bool:
    """A custodian in force, not the one who asked, not twice."""
    return (
        waits(opening)
        and holds_key(user)
        and user.region.pk == opening.region_id
        and user.pk not in (opening.requested_by_id, opening.first_by_id)
    )


def can_decline(user: User, opening: Opening) -> bool:
    return (
        waits(opening)
        and holds_key(user)
        and user.region.pk == opening.region_id
        and user.pk != opening.requested_by_id
    )


def can_show(user: User, opening: Opening) -> bool:
    return (
        user.pk == opening.requested_by_id
        and opening.status == OpeningStatus.READY
        and timezone.now() < opening.expires_at
    )


def can_name_custodians(user: User) -> bool:
    """The system administrator keeps what the house goes by; the keys are not his."""
    return user.is_authenticated and user.has_role(Role.SYSTEM_ADMIN)


def can_end_custody(user: User, custodian: Custodian) -> bool:
    return can_name_custodians(user) and user.region.pk == custodian.region_id and custodian.ended_at is None


def keeps_key(user: User) -> bool:
    """`holds_key`, some seconds old: asked on every page. Who holds a post that bars it is not even looked for."""
    if not user.is_authenticated or user.region is None or user.has_role(*NO_CUSTODIANS):
        return False
    region_id = user.region.pk
    named = Custodian.objects.keeping().filter(region=region_id).values_list("user_id", flat=True)  # door: ids only
    key, seconds = f"custodians:{region_id}", settings.NUMBERS_SECONDS
    return user.pk in remembered(user, key, lambda: kept(key, seconds, lambda: list(named)))


def sees_openings(user: User) -> bool:
    """The line of the navigation: report officers, the posts custodians are taken from by default, and custodians."""
    return works_on_reports(user) or (
        user.is_authenticated and (user.has_role(Role.HEAD, Role.LEGAL) or keeps_key(user))
    )


def opens_list(user: User) -> bool:
    return sees_openings(user) or holds_key(user)
