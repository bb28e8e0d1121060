"""Doors to the record and to what people were told."""

from django.apps import apps
from django.db.models import Q, QuerySet

from core import registry
from departments.enums import Role


class EventQuerySet(QuerySet):
    def of_case(self, case):
        """A case's events, oldest first. The caller has loaded `case` through its own `visible_to`."""
        return self.filter(case_id=case.pk)

    def visible_to(self, user):
        """Events of the cases the user may see; for the audit administrator every event of the region, and those of the
        installation itself, which stand in none (a lock-out, the founding, what was purged)."""
        if not user.is_authenticated:
            return self.none()
        if user.has_role(Role.AUDIT_ADMIN):
            return self.filter(Q(region_id=user.region.pk) | Q(region_id=None))
        kind = registry.kinds.get("case")
        if kind is None or user.is_administrator:
            return self.none()
        found = self.filter(case_id__in=kind.visible_ids(user))
        for hidden in registry.hidden_events:
            found = found.exclude(hidden(user))
        return found

    def in_group(self, group):
        """Events whose verb belongs to a group of the timeline's filter (flow, material, access …)."""
        return self.filter(verb__in=[verb.code for verb in registry.verbs.values() if verb.group == group])

    def by_somebody_called(self, words):
        """Events of actors whose name or staff number contains `words`."""
        people = apps.get_model("departments.User").objects.named(words)
        return self.filter(actor_id__in=people.values("pk"))


class NotificationQuerySet(QuerySet):
    def visible_to(self, user):
        """One's own notifications."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(recipient=user)

    def unread(self):
        return self.filter(read_at=None)
