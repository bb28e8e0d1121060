from django.apps import AppConfig


class WorkspaceConfig(AppConfig):
    name = "workspace"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from core import registry
        from journal import clerk
        from workspace import panels
        from workspace.actions import forget_form_keys, help_unread, keep_display, kept_display

        registry.task_sources.append(
            registry.TaskSource("drafts", 10, rows=panels.draft_rows, count=panels.draft_count)
        )
        registry.shell["first_use"] = help_unread
        registry.shell["keep_display"] = keep_display
        registry.shell["kept_display"] = kept_display
        clerk.register("form keys", 3600, forget_form_keys)
