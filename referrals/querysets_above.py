"""The doors to tasks from above and beside, and to requests to other places."""

from django.apps import apps
from django.db.models import Q, QuerySet

from cases.querysets import may_hold_cases
from departments.enums import Function


class TaskQuerySet(QuerySet):
    def visible_to(self, user):
        """The office of the region sees all of them; a department those it registered or was given."""
        if not may_hold_cases(user):
            return self.none()
        here = self.filter(region=user.region)
        if user.department.function == Function.OFFICE:
            return here
        return here.filter(Q(department=user.department) | Q(registered_in=user.department))

    def open(self):
        return self.exclude(status__in=("closed", "withdrawn"))

    def for_list(self):
        """With everything a list row shows."""
        return self.select_related("department", "registered_in", "handler", "region")


class OfTaskQuerySet(QuerySet):
    def visible_to(self, user):
        """Rows that follow their task."""
        task = apps.get_model("referrals", "Task")
        return self.filter(task__in=task.objects.visible_to(user))


class TaskLetterQuerySet(OfTaskQuerySet):
    def visible_to(self, user):
        """The department that writes reads its drafts; what was sent is read by whoever sees the task."""
        if not may_hold_cases(user):
            return self.none()
        return super().visible_to(user).filter(Q(department=user.department) | Q(status="sent"))

    def open(self):
        """Not yet sent and not discarded."""
        return self.filter(status__in=("draft", "submitted", "reviewed", "approved"))


class OfTaskLetterQuerySet(QuerySet):
    def visible_to(self, user):
        letter = apps.get_model("referrals", "TaskLetter")
        return self.filter(letter__in=letter.objects.visible_to(user))
