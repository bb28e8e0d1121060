from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "journal"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from core import registry
        from journal import clerk, outbox, sealer
        from journal.actions import notify, record
        from journal.models import Notification
        from journal.verbs import VERBS

        registry.register_verbs(*VERBS)
        registry.journal["record"] = record
        registry.journal["notify"] = notify
        registry.shell["unread"] = lambda user: Notification.objects.visible_to(user).unread().count()
        outbox.handlers.setdefault("email", outbox.send_email)
        outbox.handlers.setdefault("webhook", outbox.call_webhook)
        clerk.register("outbox", 1, outbox.relay)
        clerk.register("seal", 2, sealer.seal)
