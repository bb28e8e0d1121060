from django.apps import AppConfig


class RewardsConfig(AppConfig):
    name = "rewards"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from rewards import apps_money, apps_reports

        apps_reports.register()
        apps_money.register()
