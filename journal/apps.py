from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

RECORD = _("Audit record")


class JournalConfig(AppConfig):
    name = "journal"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from core import registry
        from journal import clerk, outbox, rules, sealer
        from journal.actions import notify, purge, record
        from journal.models import Notification
        from journal.verbs import VERBS

        registry.register_verbs(*VERBS)
        registry.journal["record"] = record
        registry.journal["notify"] = notify
        registry.shell["unread"] = lambda user: Notification.objects.visible_to(user).unread()
        registry.nav.append(
            registry.NavEntry("files", 80, RECORD, "journal:record", "journal-check", rules.can_read_record)
        )
        outbox.handlers.setdefault("email", outbox.send_email)
        outbox.handlers.setdefault("webhook", outbox.call_webhook)
        clerk.register("outbox", 1, outbox.relay)
        clerk.register("seal", 2, sealer.seal)
        clerk.register("purge", 6 * 3600, purge)
