from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DocumentsConfig(AppConfig):
    name = "documents"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from core import registry
        from documents import finding, rules_reports, workbench
        from documents.models import IssuedDocument
        from documents.verbs import VERBS

        registry.register_kind(
            registry.Kind(
                code="document",
                visible=lambda user: IssuedDocument.objects.visible_to(user),
                title=str,
                url=lambda document: document.get_absolute_url(),
                label=_("document"),
            )
        )
        registry.register_verbs(*VERBS)
        registry.to_read.add("statistics.was_issued")
        registry.search_sources += finding.SOURCES
        registry.void_vetoes.append(rules_reports.void_veto)
        registry.task_sources.append(
            registry.TaskSource("todo", 60, workbench.todo_rows, workbench.todo_count)
        )
