"""Who may do what with a sanction, its hearing and its tasks. The actions judge states again under lock, and persons."""

from cases import rules as case_rules
from cases.enums import CaseStatus
from cases.models import Case
from cases.querysets import may_hold_cases
from departments.enums import LEADERS, Role
from departments.models import Department, User
from departments.rules import can_keep_dictionaries
from sanctions.actions.measures import wants_hearing
from sanctions.enums import (
    APPLIED_LIVE,
    PENDING,
    STANDING,
    TO_FEED_BACK,
    AppliedStatus,
    HearingStatus,
    MeasureTaskStatus,
    SanctionStatus,
)
from sanctions.models import AppliedMeasure, Hearing, MeasureTask, Sanction
from sanctions.querysets import in_office

WORKING = (Role.HANDLER, *LEADERS)
SIGNING = (Role.DEPUTY_HEAD, Role.HEAD)


def can_list(user: User) -> bool:
    """Whoever meets business data sees what is open to them of sanctions and lists."""
    return may_hold_cases(user)


def can_keep_catalogue(user: User) -> bool:
    """The measure catalogue is a dictionary of the county's system administrator."""
    return can_keep_dictionaries(user)


def of(user: User, department: Department) -> bool:
    return may_hold_cases(user) and user.department.pk == department.pk


def works_for(user: User, department: Department) -> bool:
    """A handler or leader of the department."""
    return of(user, department) and user.has_role(*WORKING)


def signs_for(user: User, department: Department) -> bool:
    """分管领导 or 主要负责人 (FACTS §4: sanction, agree and decide)."""
    return of(user, department) and user.has_role(*SIGNING)


def can_propose(user: User, case: Case) -> bool:
    """Who works the case, for a department that takes part in it."""
    if not may_hold_cases(user) or case.status == CaseStatus.CLOSED or in_office(user):
        return False
    return case_rules.takes_part(user, case) and case_rules.can_work(user, case)


def unreviewed(sanction: Sanction) -> bool:
    return sanction.status == SanctionStatus.PROPOSED and sanction.reviewed_at is None


def can_edit(user: User, sanction: Sanction) -> bool:
    return unreviewed(sanction) and sanction.proposed_by_id == user.pk and of(user, sanction.department)


def can_review(user: User, sanction: Sanction) -> bool:
    """A leader of the proposing department; the action refuses who proposed it."""
    waits = unreviewed(sanction) and sanction.returned_at is None
    return waits and of(user, sanction.department) and user.has_role(*LEADERS)


def can_withdraw(user: User, sanction: Sanction) -> bool:
    proposed = sanction.proposed_by_id == user.pk or user.has_role(*LEADERS)
    return sanction.status in PENDING and proposed and of(user, sanction.department)


def to_be_heard(sanction: Sanction) -> bool:
    return sanction.status == SanctionStatus.PROPOSED and sanction.reviewed_at is not None


def can_draft_notice(user: User, sanction: Sanction) -> bool:
    if not to_be_heard(sanction) or not works_for(user, sanction.authority):
        return False
    return not sanction.hearings.filter(task=None).exclude(status=HearingStatus.DISCARDED).exists()


def can_determine(user: User, sanction: Sanction) -> bool:
    """Deputy head or head of the authority; the action refuses who proposed or reviewed it."""
    return sanction.status == SanctionStatus.HEARD and signs_for(user, sanction.authority)


def can_suspend(user: User, sanction: Sanction) -> bool:
    stands = sanction.status in STANDING and sanction.suspended_at is None
    return stands and signs_for(user, sanction.authority)


def can_resume(user: User, sanction: Sanction) -> bool:
    suspended = sanction.status in STANDING and sanction.suspended_at is not None
    return suspended and signs_for(user, sanction.authority)


def can_annul(user: User, sanction: Sanction) -> bool:
    return sanction.status in STANDING and signs_for(user, sanction.authority)


# -- the hearing ----------------------------------------------------------------------------------------------
def hears(user: User, hearing: Hearing) -> bool:
    """A handler or leader of the department that hears; of one without an account the authority's."""
    return works_for(user, _home(hearing.department, hearing.sanction))


def _home(department: Department, sanction: Sanction) -> Department:
    return department if department.has_account else sanction.authority


def can_sign_notice(user: User, hearing: Hearing) -> bool:
    """A leader; the action refuses who wrote it."""
    signs = hears(user, hearing) and user.has_role(*LEADERS)
    return hearing.status == HearingStatus.DRAFTED and signs


def can_discard_notice(user: User, hearing: Hearing) -> bool:
    return hearing.status in (HearingStatus.DRAFTED, HearingStatus.SIGNED) and hears(user, hearing)


def can_serve_notice(user: User, hearing: Hearing) -> bool:
    home = _home(hearing.department, hearing.sanction)
    registers = of(user, home) and user.has_role(Role.REGISTRAR)
    return hearing.status == HearingStatus.SIGNED and (registers or hears(user, hearing))


def can_record_statement(user: User, hearing: Hearing) -> bool:
    return hearing.status == HearingStatus.SERVED and hears(user, hearing)


def can_answer_statement(user: User, hearing: Hearing) -> bool:
    return hearing.status == HearingStatus.SAID and hears(user, hearing)


# -- the tasks ------------------------------------------------------------------------------------------------
def _running(task: MeasureTask) -> bool:
    return task.sanction.suspended_at is None


def on_task(user: User, task: MeasureTask) -> bool:
    """Who works on it: the department's people; for a body without an account the authority's enter what it answered."""
    return works_for(user, _home(task.department, task.sanction))


def can_acknowledge(user: User, task: MeasureTask) -> bool:
    home = _home(task.department, task.sanction)
    takes_in = on_task(user, task) or (of(user, home) and user.has_role(Role.REGISTRAR))
    return task.status == MeasureTaskStatus.ISSUED and _running(task) and takes_in


def can_reassign(user: User, task: MeasureTask) -> bool:
    """A leader names another person."""
    open_ones = (MeasureTaskStatus.ACKNOWLEDGED, MeasureTaskStatus.DECIDED, *TO_FEED_BACK)
    leads = on_task(user, task) and user.has_role(*LEADERS)
    return task.status in open_ones and _running(task) and leads


def can_draft(user: User, task: MeasureTask) -> bool:
    return task.status == MeasureTaskStatus.ACKNOWLEDGED and _running(task) and on_task(user, task)


def can_drop(user: User, applied: AppliedMeasure) -> bool:
    return applied.status == AppliedStatus.DRAFT and can_draft(user, applied.task)


def can_draft_own_notice(user: User, task: MeasureTask) -> bool:
    """Where a drafted measure wants the department's own hearing."""
    if not can_draft(user, task) or not wants_hearing(task):
        return False
    return not task.hearings.open().exists()


def can_decide(user: User, task: MeasureTask) -> bool:
    """Deputy head or head, once something is drafted and who has to be heard was heard."""
    signs = signs_for(user, _home(task.department, task.sanction))
    if not signs or task.status != MeasureTaskStatus.ACKNOWLEDGED or not _running(task):
        return False
    if not task.applied.filter(status=AppliedStatus.DRAFT).exists():
        return False
    return not wants_hearing(task)


def can_refuse(user: User, task: MeasureTask) -> bool:
    signs = signs_for(user, _home(task.department, task.sanction))
    return signs and task.status == MeasureTaskStatus.ACKNOWLEDGED and _running(task)


def can_execute(user: User, applied: AppliedMeasure) -> bool:
    decided = applied.status == AppliedStatus.DECIDED and applied.task.status == MeasureTaskStatus.DECIDED
    return decided and on_task(user, applied.task)


def can_feed_back(user: User, task: MeasureTask) -> bool:
    return task.status in TO_FEED_BACK and _running(task) and on_task(user, task)


def weighs(applied: AppliedMeasure) -> bool:
    return applied.status in (*APPLIED_LIVE, AppliedStatus.SUSPENDED)


def can_lift(user: User, applied: AppliedMeasure) -> bool:
    return weighs(applied) and signs_for(user, _home(applied.department, applied.sanction))


def can_change(user: User, applied: AppliedMeasure) -> bool:
    return can_lift(user, applied)
