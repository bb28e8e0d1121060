"""The sweep as one would write it for a single clock: what the one statement must equal."""

from core.dates import local_date
from deadlines import notices
from deadlines.enums import Stage
from deadlines.models import Deadline, Firing
from departments.enums import Function, Role
from departments.models import Department, User
from journal.actions import notify


def sweep_one_by_one(at):
    """Fire every stage of every running clock that fell due by `at`, through the actions of journal."""
    fired = 0
    for deadline in Deadline.objects.filter(status="running", next_at__lte=at).order_by("id"):
        fired += _sweep_one(deadline, at)
    return fired


def _sweep_one(deadline, at):
    order = [Stage.FRESH, Stage.WARNED, Stage.OVERDUE, Stage.ESCALATED]
    since = {Stage.WARNED: deadline.warn_at, Stage.OVERDUE: deadline.due_at, Stage.ESCALATED: deadline.escalate_at}
    fired = 0
    for stage in order[order.index(Stage(deadline.stage)) + 1 :]:
        if since[stage] > at:
            break
        deadline.stage = stage
        _firing, new = Firing.objects.get_or_create(
            deadline=deadline, stage=stage, due_on=deadline.due_on, defaults={"at": at, "told": True}
        )
        if new:
            fired += 1
            _say(deadline, stage, at)
    later = order[order.index(Stage(deadline.stage)) + 1 :]
    deadline.next_at = since[later[0]] if later else None
    deadline.late = deadline.late or at >= deadline.due_at
    deadline.updated_at = at
    deadline.save()
    return fired


def _say(deadline, stage, at):
    params = {"due_on": deadline.due_on, "owing_department": deadline.department_id}
    notices.note(f"deadline.{stage}", deadline=deadline, by=None, at=at, **params)
    duty = deadline.department if deadline.department.has_account else deadline.to_department
    if stage == Stage.ESCALATED:
        office = Department.objects.filter(region_id=deadline.region_id, function=Function.OFFICE).first()
        seats = [(duty, (Role.SECTION_HEAD, Role.DEPUTY_HEAD)), (office, (Role.COORDINATOR,))]
        people = [
            (person, department)
            for department, roles in seats
            if department is not None
            for person in User.objects.acting_for(department, *roles, on=local_date(at))
        ]
    elif deadline.person is not None and deadline.person.is_active:
        people = [(deadline.person, deadline.department)]
    else:
        people = [(person, duty) for person in notices.owners(deadline, at)]
    for person, department in people:
        notify(
            [person],
            f"deadline.{stage}",
            target=deadline,
            at=at,
            case=notices.case_of(deadline),
            department=department,
            tone="y" if stage == Stage.WARNED else "r",
            dedupe=f"deadline:{deadline.pk}:{stage}:{deadline.due_on}",
            name=deadline.name,
            **params,
        )
