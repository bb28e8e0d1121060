from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "meetings"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from django.utils.translation import gettext_lazy as _

        from core import registry
        from core.registry import NavEntry, TaskSource
        from journal import clerk
        from meetings import enums, kinds, letters, rules, seeds, verbs, workbench
        from meetings.actions.bulk_quarters import run_quarters

        registry.register_verbs(*verbs.VERBS)
        for kind in kinds.KINDS:
            registry.register_kind(kind)
        registry.param_words["invitation"] = lambda code: (
            enums.Answer(code).label if code in enums.Answer.values else code
        )
        registry.seeds.append((43, seeds.load))
        registry.letters.update(letters.BUILDERS)
        registry.letter_names["meeting_notice"] = _("notice of a joint meeting")
        registry.own_tasks.add("meeting")
        registry.deadline_listeners["meeting"] = workbench.told_when_late
        clerk.register("meetings", 600, run_quarters)
        registry.task_sources.append(TaskSource("todo", 70, workbench.todo_rows, workbench.waiting))
        registry.nav.append(
            NavEntry(
                "steering", 30, _("Joint meetings"), "meetings:list", "people", rules.can_list, workbench.waiting,
                hot=True,
            )
        )  # fmt: skip
