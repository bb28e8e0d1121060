from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    name = "referrals"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from core import registry
        from referrals import letters, seeds
        from referrals.verbs import VERBS

        registry.register_verbs(*VERBS)
        registry.seeds.append((40, seeds.signing_rules))
        registry.letters.update(letters.BUILDERS)
