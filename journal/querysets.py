"""Doors to the record and to what people were told."""

from django.db.models import QuerySet

from core import registry


class EventQuerySet(QuerySet):
    def of_case(self, case):
        """A case's events, oldest first. The caller has loaded `case` through its own `visible_to`."""
        return self.filter(case_id=case.pk)

    def visible_to(self, user):
        """Events of the cases the user may see."""
        kind = registry.kinds.get("case")
        if kind is None or not user.is_authenticated:
            return self.none()
        return self.filter(case_id__in=kind.visible(user).values("pk"))


class NotificationQuerySet(QuerySet):
    def visible_to(self, user):
        """One's own notifications."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(recipient=user)

    def unread(self):
        return self.filter(read_at=None)
