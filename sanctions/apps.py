from django.apps import AppConfig


class SanctionsConfig(AppConfig):
    name = "sanctions"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from core import registry
        from sanctions import seeds

        registry.seeds.append((44, seeds.load))
