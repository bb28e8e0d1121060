from django.apps import AppConfig


class WorkspaceConfig(AppConfig):
    name = "workspace"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from core import registry
        from journal import clerk
        from workspace import kinds, panels, running
        from workspace.actions import forget_form_keys, forget_jobs, send_digests
        from workspace.verbs import VERBS

        registry.task_sources.append(
            registry.TaskSource("drafts", 10, rows=panels.draft_rows, count=panels.draft_count)
        )
        clerk.register("form keys", 3600, forget_form_keys)
        registry.register_verbs(*VERBS)
        for kind in kinds.KINDS:
            registry.register_kind(kind)
        registry.param_words["long_work"] = kinds.work_label
        registry.nav.append(kinds.JOBS_ENTRY)
        clerk.register("long jobs", 10, running.pick_up)
        clerk.register("long jobs swept", 3600, forget_jobs)
        clerk.register("digests", 600, send_digests)
