"""Who writes on site, who decides where a finding goes, who signs the summary."""

from cases.rules import can_register
from departments.enums import LEADERS
from departments.models import User
from inspections.enums import (
    FINDING_MOVES,
    InspectionStatus,
    MoreTimeStatus,
    Outcome,
    RectificationStatus,
    VisitStatus,
)
from inspections.models import Finding, Inspection, Partner, Rectification, Target, Visit
from inspections.querysets import may_inspect
from inspections.rules import WORKING, is_member, leads

S = InspectionStatus


def _goes(user: User, inspection: Inspection) -> bool:
    """Somebody who was named, or a handler or leader of the lead."""
    return may_inspect(user) and (leads(user, inspection) or is_member(user, inspection))


def can_visit(user: User, target: Target) -> bool:
    inspection = target.inspection
    return inspection.status == S.UNDER_WAY and target.dropped_at is None and _goes(user, inspection)


def can_write(user: User, visit: Visit) -> bool:
    """While the record is open."""
    under_way = visit.inspection.status == S.UNDER_WAY and visit.status == VisitStatus.OPEN
    return under_way and _goes(user, visit.inspection)


def can_sign_record(user: User, visit: Visit) -> bool:
    """Write down that the inspected signed, refused, or found something to correct."""
    printed = visit.inspection.status == S.UNDER_WAY and visit.status == VisitStatus.PRINTED
    return printed and _goes(user, visit.inspection)


def can_add_file(user: User, visit: Visit) -> bool:
    return _works(visit) and _goes(user, visit.inspection)


def _works(visit: Visit) -> bool:
    return visit.inspection.status == S.UNDER_WAY and visit.status != VisitStatus.VOID


def can_find(user: User, visit: Visit) -> bool:
    """Also after the record was signed: what comes to light in the papers that were copied."""
    return _works(visit) and _goes(user, visit.inspection)


def finder(user: User, finding: Finding) -> bool:
    """Handlers and leaders of the department that found it, and who went there for it."""
    if not may_inspect(user) or user.department.pk != finding.department_id:
        return False
    return user.has_role(*WORKING) or is_member(user, finding.inspection)


def can_edit_finding(user: User, finding: Finding) -> bool:
    """What the inspected were given to sign stays as it was printed."""
    open_one = finding.inspection.status == S.UNDER_WAY and finding.outcome == Outcome.OPEN
    return open_one and not finding.in_record and finder(user, finding)


def can_add_evidence(user: User, finding: Finding) -> bool:
    working = finding.inspection.status in (S.UNDER_WAY, S.REPORTED)
    return working and finding.case_id is None and finder(user, finding)


def _may_go(user: User, finding: Finding, outcome: Outcome) -> bool:
    failed = finding.outcome == Outcome.RECTIFY and finding.inspection.status == S.CLOSED
    working = finding.inspection.status in (S.UNDER_WAY, S.REPORTED) or failed
    return working and outcome in FINDING_MOVES[Outcome(finding.outcome)] and finder(user, finding)


def can_open_case(user: User, finding: Finding) -> bool:
    return _may_go(user, finding, Outcome.CASE) and can_register(user)


def can_join_case(user: User, finding: Finding) -> bool:
    """Into which one is asked of each case by the action."""
    return _may_go(user, finding, Outcome.JOINED)


def can_have_rectified(user: User, finding: Finding) -> bool:
    return _may_go(user, finding, Outcome.RECTIFY)


def can_remark(user: User, finding: Finding) -> bool:
    return _may_go(user, finding, Outcome.REMARK)


# -- rectification ------------------------------------------------------------------------------------------------


def _own(user: User, task: Rectification) -> bool:
    return may_inspect(user) and user.department.pk == task.department_id


def can_report_rectified(user: User, task: Rectification) -> bool:
    """Who follows it, and the leaders of the department."""
    mine = task.person_id == user.pk or user.has_role(*LEADERS)
    return task.status == RectificationStatus.OPEN and _own(user, task) and mine


def can_confirm_rectified(user: User, task: Rectification) -> bool:
    """A leader of the department other than who reported it; the action refuses that one, too."""
    done = task.status == RectificationStatus.DONE and task.done_by_id != user.pk
    return done and _own(user, task) and user.has_role(*LEADERS)


def can_send_back(user: User, task: Rectification) -> bool:
    return can_confirm_rectified(user, task)


def can_ask_more_time(user: User, task: Rectification) -> bool:
    """Who follows it, and the leaders; one request at a time."""
    return can_report_rectified(user, task) and not task.more_time.filter(status=MoreTimeStatus.ASKED).exists()


def can_decide_more_time(user: User, task: Rectification) -> bool:
    """A leader of the department other than who asked; the action refuses that one, too."""
    if task.status != RectificationStatus.OPEN or not _own(user, task) or not user.has_role(*LEADERS):
        return False
    return task.more_time.filter(status=MoreTimeStatus.ASKED).exclude(asked_by=user).exists()


def can_reassign(user: User, task: Rectification) -> bool:
    running = task.status in (RectificationStatus.OPEN, RectificationStatus.DONE)
    return running and _own(user, task) and user.has_role(*LEADERS)


# -- the summary --------------------------------------------------------------------------------------------------


def can_report(user: User, inspection: Inspection) -> bool:
    """The action says which target was not visited."""
    return inspection.status == S.UNDER_WAY and leads(user, inspection)


def can_rewrite(user: User, inspection: Inspection) -> bool:
    return inspection.status == S.REPORTED and leads(user, inspection)


def can_go_back(user: User, inspection: Inspection) -> bool:
    return inspection.status == S.REPORTED and leads(user, inspection)


def can_sign_summary(user: User, partner: Partner) -> bool:
    """A leader of each department; the action refuses a second signature."""
    asked = partner.inspection.status == S.REPORTED and partner.dropped_at is None
    return (
        asked
        and may_inspect(user)
        and user.department.pk == partner.department_id
        and user.has_role(*LEADERS)
    )


def can_close(user: User, inspection: Inspection) -> bool:
    """The action says what is still open."""
    return inspection.status == S.REPORTED and leads(user, inspection)
