"""What tasks from above and beside offer to the house; called once from `apps.py`."""

from django.utils.translation import gettext_lazy as _

from core import registry
from core.registry import Kind, NavEntry, Panel, TaskSource
from referrals import enums_above, letters_above, verbs_above
from referrals import workbench_above as workbench
from referrals.models import Task, TaskLetter


def _word(choices):
    return lambda code: choices(code).label if code in choices.values else code


def register() -> None:
    registry.register_verbs(*verbs_above.VERBS)
    registry.letters.update(letters_above.BUILDERS)
    registry.letter_names.update(
        task_report=_("report on a task"), task_delay=_("request for a later report date"),
        task_hand=_("hand-over to the higher level"),
    )  # fmt: skip
    for code, model, label in (
        ("task", Task, _("task from above or beside")), ("task_letter", TaskLetter, _("letter to the body of a task")),
    ):  # fmt: skip
        registry.register_kind(
            Kind(
                code=code, label=label, title=str, url=lambda thing: thing.get_absolute_url(),
                visible=lambda user, model=model: model.objects.visible_to(user),
            )
        )  # fmt: skip
    registry.param_words["outcome"] = _word(enums_above.Outcome)
    registry.param_words["purpose"] = _word(enums_above.Purpose)
    registry.case_panels.append(
        Panel("main", 15, "tasks_above", "referrals/above_panel.html", workbench.tasks_panel)
    )
    registry.next_steps.append(workbench.next_task)
    registry.leave_vetoes.append(workbench.tasks_in_hand)
    registry.deadline_listeners["task"] = workbench.told_when_late
    registry.own_tasks.add("task")
    registry.task_sources += [
        TaskSource("todo", 25, workbench.todo_rows, workbench.todo_count),
        TaskSource("done", 25, workbench.done_rows, workbench.done_count),
    ]
    registry.nav.append(
        NavEntry(
            "cases", 35, _("Tasks from above and beside"), "referrals:tasks", "inbox",
            workbench.may_see, workbench.nav_count, hot=True,
        )
    )  # fmt: skip
