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
            "rewards:approve", "reward-approve", "rewards:opening_new", "rewards:opening", "rewards:opening_give",
            "rewards:opening_show", "rewards:bank_file_key", "rewards:make_bank_file", "rewards:download_bank_file",
            "rewards:own_key", "rewards:custodians", "rewards:custodian_end",
        }  # fmt: skip
