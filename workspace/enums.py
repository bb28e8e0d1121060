"""The fixed words of a person's own things, and the transition table of long jobs."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class JobStatus(TextChoices):
    QUEUED = "queued", pgettext_lazy("long job", "waiting its turn")
    RUNNING = "running", pgettext_lazy("long job", "running")
    DONE = "done", pgettext_lazy("long job", "done")
    FAILED = "failed", pgettext_lazy("long job", "failed")
    CANCELLED = "cancelled", pgettext_lazy("long job", "cancelled")


JOB_MOVES = {
    JobStatus.QUEUED: {JobStatus.RUNNING, JobStatus.CANCELLED},
    JobStatus.RUNNING: {JobStatus.DONE, JobStatus.FAILED, JobStatus.CANCELLED},
    JobStatus.DONE: set(),
    JobStatus.FAILED: set(),
    JobStatus.CANCELLED: set(),
}
OPEN_JOB = (JobStatus.QUEUED, JobStatus.RUNNING)


class Rhythm(TextChoices):
    """How often a saved view is told as a digest; on working days only."""

    DAILY = "daily", _("every working day")
    WEEKLY = "weekly", _("once a week")
