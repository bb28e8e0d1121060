"""What tasks from above and beside offer to the house; called once from `apps.py`."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core import registry
from core.registry import Kind, NavEntry, Panel, TaskSource
from referrals import (
    enums,
    enums_above,
    letters_above,
    letters_assist,
    seeds,
    verbs_above,
    verbs_assist,
    workbench_assist,
)
from referrals import workbench_above as workbench
from referrals.models import AssistLetter, AssistThreshold, OutsideStay, Task, TaskLetter


def _word(*choices):
    """The words of a code of one of these; a code none of them knows stays as it is."""
    words = {code: label for each in choices for code, label in each.choices}
    return lambda code: words.get(code, code)


def register() -> None:
    registry.register_verbs(*verbs_above.VERBS, *verbs_assist.VERBS)
    registry.letters.update(letters_above.BUILDERS | letters_assist.BUILDERS)
    registry.seeds.append((41, seeds.assist_threshold))
    registry.letter_names.update(
        task_report=_("report on a task"), task_delay=_("request for a later report date"),
        task_hand=_("hand-over to the higher level"), assist=_("request to another place"),
    )  # fmt: skip
    for code, model, label in (
        ("task", Task, _("task from above or beside")), ("task_letter", TaskLetter, _("letter to the body of a task")),
        ("assist_letter", AssistLetter, _("request to another place")),
    ):  # fmt: skip
        registry.register_kind(
            Kind(
                code=code, label=label, title=str, url=lambda thing: thing.get_absolute_url(),
                visible=lambda user, model=model: model.objects.visible_to(user),
            )
        )  # fmt: skip
    for code, kept, label, place in (
        ("outside_stay", OutsideStay, _("stay in another place"), lambda stay: reverse("cases:detail", args=[stay.case_id])),
        ("assist_threshold", AssistThreshold, _("threshold"), lambda threshold: reverse("referrals:assist_threshold")),
    ):
        registry.register_kind(
            Kind(
                code=code, label=label, title=str, url=place,
                visible=lambda user, kept=kept: kept.objects.visible_to(user),
            )
        )  # fmt: skip
    registry.param_words["outcome"] = _word(enums_above.Outcome, enums.Nature)  # of a task, of a joint team
    registry.param_words["purpose"] = _word(enums_above.Purpose)
    registry.case_panels.append(
        Panel(
            "main", 25, "tasks_above", "referrals/above_panel.html", workbench.tasks_panel, tab="transfer",
            anchor="tasks",
        )
    )
    registry.case_panels.append(
        Panel(
            "main", 25, "assist", "referrals/assist_panel.html", workbench_assist.panel, tab="support",
            count=workbench_assist.requests_of,
        )
    )
    registry.foreseen += [
        registry.Foreseen(("overview", "transfer"), workbench.asks),
        registry.Foreseen(("overview", "support"), workbench_assist.Elsewhere.asks),
    ]
    registry.next_steps += [workbench.next_task, workbench_assist.next_request]
    registry.close_vetoes.append(workbench_assist.open_requests)
    registry.leave_vetoes += [workbench.tasks_in_hand, workbench_assist.requests_in_hand]
    registry.deadline_listeners["task"] = workbench.told_when_late
    registry.own_tasks |= {"task", "assist_letter"}
    registry.task_sources += [
        TaskSource("todo", 25, workbench.todo_rows, workbench.todo_count),
        TaskSource("todo", 26, workbench_assist.todo_rows, workbench_assist.todo_count),
        TaskSource("done", 25, workbench.done_rows, workbench.done_count),
        *workbench_assist.BOXES,
    ]
    registry.nav += [
        NavEntry(
            "cases", 35, _("Tasks from above and beside"), "referrals:tasks", "inbox",
            workbench.may_see, workbench.nav_count, hot=True,
        ),
        NavEntry(
            "cases", 36, _("Requests to other places"), "referrals:assists", "hospital",
            workbench.may_see, workbench_assist.nav_count, hot=True,
        ),
    ]  # fmt: skip
