"""Who may do what with tasks from above and beside. Each predicate asks for the right person and the state."""

from cases.querysets import may_hold_cases
from departments.enums import LEADERS, Role
from departments.models import User
from referrals.enums import PAPER_OPEN, ExtensionStatus
from referrals.enums_above import TASK_OWING, Handling, Purpose, TaskStatus
from referrals.models import Task, TaskCase, TaskExtension
from referrals.rules import of

REGISTERING = (Role.COORDINATOR, Role.REGISTRAR, Role.HANDLER, *sorted(LEADERS))
OVERSEEING = (Role.REGISTRAR, *sorted(LEADERS))


def asks_later_date(task: Task) -> bool:
    """Whether the body was asked for a later date and has not answered."""
    return asked_extension(task) is not None


def asked_extension(task: Task) -> TaskExtension | None:
    """The later date that waits for the body's answer; a page that shows the task has loaded its extensions."""
    return next((each for each in task.extensions.all() if each.status == ExtensionStatus.ASKED), None)


def letters_of(task: Task) -> list[Purpose]:
    """The letters this task may be written, none of which is being drafted."""
    open_now = {each.purpose for each in task.letters.all() if each.status in PAPER_OPEN}
    return [purpose for purpose in (task.answer_purpose, Purpose.DELAY) if purpose not in open_now]


def can_register(user: User) -> bool:
    """The office's coordinator, or a department's registrar, handler or leader who took the letter in."""
    return may_hold_cases(user) and user.has_role(*REGISTERING)


def oversees(user: User, task: Task) -> bool:
    """The office of the region; registrar and leaders of the department that took the letter in."""
    if user.department is None or not user.is_active:
        return False
    if user.has_role(Role.COORDINATOR):
        return user.region.pk == task.region_id
    return of(user, task.registered_in_id) and user.has_role(*OVERSEEING)


def _leads(user: User, task: Task) -> bool:
    return task.department_id is not None and of(user, task.department_id) and user.has_role(*LEADERS)


def _handles(user: User, task: Task) -> bool:
    return task.department_id is not None and of(user, task.department_id) and task.handler_id == user.pk


def can_assign(user: User, task: Task) -> bool:
    """分办: whoever oversees it; within its department also that department's leaders."""
    return task.status in TASK_OWING and (oversees(user, task) or _leads(user, task))


def may_choose_department(user: User, task: Task) -> bool:
    """Only the office gives a task to any department; others to their own."""
    return user.has_role(Role.COORDINATOR) and task.status != TaskStatus.ACCEPTED


def can_accept(user: User, task: Task) -> bool:
    return task.status == TaskStatus.ASSIGNED and _handles(user, task)


def can_hand_back(user: User, task: Task) -> bool:
    """The assigned person or a leader of the department, before it is accepted."""
    return task.status == TaskStatus.ASSIGNED and (_handles(user, task) or _leads(user, task))


def can_link(user: User, task: Task) -> bool:
    """Whoever works it, leads that department, or oversees it."""
    return task.status in TASK_OWING and (_handles(user, task) or _leads(user, task) or oversees(user, task))


def can_open_case(user: User, task: Task) -> bool:
    return task.status == TaskStatus.ACCEPTED and _handles(user, task)


def can_state(user: User, link: TaskCase) -> bool:
    """The person who works the task says what became of its cases; a raised case's state is its hand-over."""
    return (
        link.task.status == TaskStatus.ACCEPTED
        and link.task.answer_purpose == Purpose.REPORT
        and _handles(user, link.task)
    )


def can_add_file(user: User, task: Task) -> bool:
    registrar = task.department_id is not None and of(user, task.department_id) and user.has_role(Role.REGISTRAR)
    return not task.over and (registrar or _handles(user, task) or _leads(user, task) or oversees(user, task))


def can_answer(user: User, task: Task) -> bool:
    """Draft the letter that answers it: the report, or the hand-over of a raised case."""
    return task.status == TaskStatus.ACCEPTED and _handles(user, task) and task.answer_purpose in letters_of(task)


def can_ask_delay(user: User, task: Task) -> bool:
    return (
        task.status == TaskStatus.ACCEPTED
        and _handles(user, task)
        and Purpose.DELAY in letters_of(task)
        and not asks_later_date(task)
    )


def can_answer_extension(user: User, extension: TaskExtension) -> bool:
    """The registrar or handler of the department, or whoever oversees the task, records the body's letter."""
    task = extension.task
    registrar = task.department_id is not None and of(user, task.department_id) and user.has_role(Role.REGISTRAR)
    return (
        extension.status == ExtensionStatus.ASKED
        and task.status == TaskStatus.ACCEPTED
        and (registrar or _handles(user, task) or oversees(user, task))
    )


def can_conclude(user: User, task: Task) -> bool:
    """Leaders of the department say whether a suspended case came back."""
    return task.handling == Handling.SUSPENDED and _leads(user, task)


def can_chase(user: User, task: Task) -> bool:
    return task.status in TASK_OWING and oversees(user, task)


def can_close(user: User, task: Task) -> bool:
    return task.status == TaskStatus.REPORTED and oversees(user, task)


def can_redo(user: User, task: Task) -> bool:
    return task.status == TaskStatus.REPORTED and not task.handling and oversees(user, task)


def can_withdraw(user: User, task: Task) -> bool:
    return task.status in TASK_OWING and oversees(user, task)
