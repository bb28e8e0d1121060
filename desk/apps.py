from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class DeskConfig(AppConfig):
    name = "desk"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from core.registry import NavEntry, first_use, nav
        from departments.rules import can_keep_dictionaries
        from desk import tasks
        from desk.first_use import SENTENCES

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
            NavEntry("files", 95, _("Settings"), "desk:settings", "gear", can_keep_dictionaries),
            NavEntry("mine", 40, pgettext_lazy("tab", "Started by me"), "desk:started", "send", on_cases),
        ]
