"""The doors to draws: whoever sees the inspection sees how its targets and officers were drawn."""

from django.apps import apps
from django.db.models import QuerySet

from inspections.draw_enums import STANDING
from inspections.querysets import may_inspect


class DrawQuerySet(QuerySet):
    def visible_to(self, user):
        """With the inspection, by people of departments: no outside expert reads the lists."""
        if not may_inspect(user):
            return self.none()
        return self.filter(
            inspection__in=apps.get_model("inspections", "Inspection").objects.visible_to(user)
        )

    def standing(self):
        """Committed to or drawn: while there is one, the inspection has no other."""
        return self.filter(status__in=STANDING)

    def for_list(self):
        people = ("committed_by", "committed_for", "drawn_by", "drawn_for", "ended_by")
        return self.select_related("inspection", "region", *people).defer("listed")


class OfDrawQuerySet(QuerySet):
    def visible_to(self, user):
        """With the draw."""
        return self.filter(draw__in=apps.get_model("inspections", "Draw").objects.visible_to(user))


class SecretQuerySet(QuerySet):
    def visible_to(self, user):
        """Nobody's: only the action that reveals it reads it."""
        return self.none()
