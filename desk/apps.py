from django.apps import AppConfig
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class DeskConfig(AppConfig):
    name = "desk"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from core.registry import (
            Kind,
            NavEntry,
            TaskSource,
            first_use,
            letter_names,
            letters,
            nav,
            register_kind,
            task_sources,
        )
        from deadlines.watchers import may_watch
        from departments.rules import can_keep_dictionaries
        from desk import statistics_files, statistics_tasks, tasks, to_read
        from desk.first_use import SENTENCES
        from desk.rules import can_steer
        from documents.actions.reports import KIND
        from documents.models import PeriodReport
        from documents.rules_reports import can_see_statistics

        letters[KIND] = statistics_files.paper
        letter_names[KIND] = _("statistics report")
        register_kind(
            Kind(
                code="period_report",
                visible=lambda user: PeriodReport.objects.visible_to(user),
                title=str,
                url=lambda report: reverse("desk:statistics_report", args=[report.pk]),
                label=_("statistics report"),
            )
        )
        task_sources.append(TaskSource("todo", 90, statistics_tasks.todo_rows, statistics_tasks.todo_count))
        task_sources.append(TaskSource("read", 80, to_read.read_rows, to_read.read_count))

        def todo(user):
            return [tasks.counted("todo", user), tasks.counted("sign", user)]

        def on_cases(user):
            return not user.is_administrator

        first_use |= SENTENCES
        nav += [
            NavEntry("mine", 10, pgettext_lazy("nav", "Workbench"), "desk:workbench", "house"),
            NavEntry(
                "mine", 20, pgettext_lazy("tab", "To do"), "desk:todo", "inbox", on_cases, todo, hot=True
            ),
            NavEntry("mine", 30, pgettext_lazy("tab", "Done"), "desk:done", "check2-square", on_cases),
            NavEntry("steering", 10, _("Deadlines watched"), "desk:monitor", "stopwatch", may_watch),
            NavEntry("steering", 11, _("Who owes whom"), "desk:owes", "grid-3x3", may_watch),
            NavEntry(
                "steering", 80, _("Statistics"), "desk:statistics", "bar-chart", can_see_statistics,
            ),
            NavEntry("files", 95, _("Settings"), "desk:settings", "gear", can_keep_dictionaries),
            NavEntry("steering", 5, _("Dashboard"), "desk:dashboard", "bar-chart", can_steer),
            NavEntry("steering", 8, _("Risk"), "desk:risk", "graph-up-arrow", can_steer),
            NavEntry("mine", 40, pgettext_lazy("tab", "Started by me"), "desk:started", "send", on_cases),
        ]  # fmt: skip
