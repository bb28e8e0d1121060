from django.apps import AppConfig


class WorkspaceConfig(AppConfig):
    name = "workspace"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from django.utils.translation import gettext_lazy as _

        from core import registry
        from journal import clerk
        from workspace import kinds, panels, rules_delegation, running, standing_in, verbs
        from workspace.actions import (
            forget_drafts,
            forget_form_keys,
            forget_jobs,
            help_unread,
            keep_display,
            kept_display,
            see_to_delegations,
            send_digests,
        )

        registry.task_sources.append(
            registry.TaskSource("drafts", 10, rows=panels.draft_rows, count=panels.draft_count)
        )
        registry.shell["first_use"] = help_unread
        registry.shell["keep_display"] = keep_display
        registry.shell["kept_display"] = kept_display
        clerk.register("form keys", 3600, forget_form_keys)
        clerk.register("drafts", 6 * 3600, forget_drafts)
        clerk.register("delegations", 600, see_to_delegations)
        registry.register_verbs(*verbs.VERBS)
        for kind in kinds.KINDS:
            registry.register_kind(kind)
        registry.nav.append(
            registry.NavEntry(
                "mine", 60, _("Standing in"), "workspace:delegations", "people", rules_delegation.can_delegate
            )
        )
        standing_in.register()
        registry.param_words["long_work"] = kinds.work_label
        registry.nav.append(kinds.JOBS_ENTRY)
        clerk.register("long jobs", 10, running.pick_up)
        clerk.register("long jobs swept", 3600, forget_jobs)
        clerk.register("digests", 600, send_digests)
