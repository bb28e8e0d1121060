from django.apps import AppConfig


class RewardsConfig(AppConfig):
    name = "rewards"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from core import registry
        from rewards import apps_money, apps_reports, finding

        apps_reports.register()
        apps_money.register()
        registry.search_sources += finding.SOURCES
        registry.fresh_addresses |= {  # an identity opened, a reward approved (ADR 0080)
            "rewards:approve", "rewards:opening_new", "rewards:opening_give", "rewards:opening_show", "reward-approve",
        }  # fmt: skip
