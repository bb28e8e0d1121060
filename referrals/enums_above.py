"""The fixed words of tasks from above and beside, of requests to other places, and their transition tables."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class TaskKind(TextChoices):
    """How a matter reaches the county from outside (issue 3; E7, E9, E45)."""

    ASSIGNED = "assigned", pgettext_lazy("task", "assigned from above")
    RAISED = "raised", _("taken up by the higher level")
    DESIGNATED = "designated", _("jurisdiction designated")
    ASSIST = "assist", _("help asked by another place")


class TaskStatus(TextChoices):
    REGISTERED = "registered", _("waiting to be assigned")
    ASSIGNED = "assigned", _("waiting to be accepted")
    ACCEPTED = "accepted", _("being worked")
    REPORTED = "reported", _("reported back")
    CLOSED = "closed", pgettext_lazy("task", "closed")
    WITHDRAWN = "withdrawn", pgettext_lazy("task", "withdrawn")


TASK_MOVES = {
    TaskStatus.REGISTERED: {TaskStatus.ASSIGNED, TaskStatus.WITHDRAWN},
    # handed back by the department: somebody else has to be found
    TaskStatus.ASSIGNED: {TaskStatus.ACCEPTED, TaskStatus.REGISTERED, TaskStatus.WITHDRAWN},
    TaskStatus.ACCEPTED: {TaskStatus.REPORTED, TaskStatus.WITHDRAWN},
    # the body was not content: report again
    TaskStatus.REPORTED: {TaskStatus.CLOSED, TaskStatus.ACCEPTED},
}
TASK_OPEN = (TaskStatus.REGISTERED, TaskStatus.ASSIGNED, TaskStatus.ACCEPTED, TaskStatus.REPORTED)
TASK_OWING = (TaskStatus.REGISTERED, TaskStatus.ASSIGNED, TaskStatus.ACCEPTED)


class Outcome(TextChoices):
    """What is stated to the body about one case of a task."""

    CONFIRMED = "confirmed", _("confirmed")
    PARTLY = "partly", _("partly confirmed")
    UNFOUNDED = "unfounded", _("not confirmed")
    ONGOING = "ongoing", _("still being worked")
    HANDED = "handed", _("handed to the higher level")


class Purpose(TextChoices):
    """What a letter to the body of a task is for."""

    REPORT = "report", _("report letter")
    DELAY = "delay", _("request for a later date")
    HANDOVER = "handover", _("hand-over to the higher level")


class Handling(TextChoices):
    """What became of our own handling of a case taken up by the higher level (提级)."""

    SUSPENDED = "suspended", _("suspended")
    ENDED = "ended", _("ended")
    RESUMED = "resumed", _("given back and resumed")


class TaskFileKind(TextChoices):
    INCOMING = "incoming", _("incoming letter")
    ANSWER = "answer", _("answer of the body")
    OTHER = "other", _("other paper")


