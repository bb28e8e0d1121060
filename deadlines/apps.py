from django.apps import AppConfig


class DeadlinesConfig(AppConfig):
    name = "deadlines"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from core import registry
        from deadlines import seeds
        from deadlines.verbs import VERBS

        registry.register_verbs(*VERBS)
        registry.seeds += [(20, seeds.load_calendar), (21, seeds.load_rules)]
