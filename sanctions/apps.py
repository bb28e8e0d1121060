from django.apps import AppConfig


class SanctionsConfig(AppConfig):
    name = "sanctions"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from core import registry
        from sanctions import apps_credit, seeds

        registry.seeds.append((44, seeds.load))
        apps_credit.register()
