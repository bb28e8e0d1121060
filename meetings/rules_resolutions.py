"""Who may do what with a resolution: its person works it, the office confirms, a leader names another person."""

from core.wording import today
from departments.enums import LEADERS, Function, Role
from departments.models import User
from meetings.enums import UNFINISHED, ResolutionStatus
from meetings.models import Resolution
from meetings.querysets import may_meet


def is_office(user: User, task: Resolution) -> bool:
    """The coordinator of the office whose meeting or deployment it is."""
    return (
        may_meet(user)
        and user.has_role(Role.COORDINATOR)
        and user.department.function == Function.OFFICE
        and user.department.pk == task.office_id
    )


def leads(user: User, task: Resolution) -> bool:
    """A leader of the department that owes it."""
    return may_meet(user) and user.has_role(*LEADERS) and user.department.pk == task.department_id


def enters(user: User, task: Resolution) -> bool:
    """What a department without an account reports on paper: the office's coordinator, or its registrar."""
    registrar = may_meet(user) and user.has_role(Role.REGISTRAR) and user.department.pk == task.office_id
    return not task.department.has_account and (registrar or is_office(user, task))


def works(user: User, task: Resolution) -> bool:
    """The person named, acting for the department, or a leader of it; for a department without an account the office."""
    if enters(user, task):
        return True
    mine = may_meet(user) and task.person_id == user.pk and user.department.pk == task.department_id
    return mine or leads(user, task)


def can_add_progress(user: User, task: Resolution) -> bool:
    return task.status in UNFINISHED and works(user, task)


def can_report(user: User, task: Resolution) -> bool:
    return task.status == ResolutionStatus.OPEN and works(user, task)


def can_reply(user: User, task: Resolution) -> bool:
    """督办回复, while a letter of supervision waits for it."""
    return task.answer_by is not None and works(user, task)


def can_confirm(user: User, task: Resolution) -> bool:
    """The action refuses who reported it."""
    return task.status == ResolutionStatus.REPORTED and is_office(user, task)


def can_send_back(user: User, task: Resolution) -> bool:
    return task.status == ResolutionStatus.REPORTED and is_office(user, task)


def can_reassign(user: User, task: Resolution) -> bool:
    return task.status in UNFINISHED and (leads(user, task) or is_office(user, task))


def can_press(user: User, task: Resolution) -> bool:
    """督办, once it is red and no earlier letter may still be answered in time."""
    late = task.status == ResolutionStatus.OPEN and task.due_on < today()
    return late and (task.answer_by is None or task.answer_by < today()) and is_office(user, task)
