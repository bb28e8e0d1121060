"""The fixed words of clocks."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Unit(TextChoices):
    """The unit is stored with every limit (T3: “日” is not always a working day)."""

    HOUR = "hour", _("hours")
    DAY = "day", _("natural days")
    WORKING_DAY = "working_day", _("working days")
    MONTH = "month", _("months")
    DATE = "date", _("fixed date")


class DeadlineStatus(TextChoices):
    RUNNING = "running", _("running")
    PAUSED = "paused", _("paused")
    MET = "met", _("met")
    CANCELLED = "cancelled", _("cancelled")


class Stage(TextChoices):
    """How far a running clock has come; each stage fires exactly once."""

    FRESH = "fresh", _("on time")
    WARNED = "warned", _("due soon")
    OVERDUE = "overdue", _("overdue")
    ESCALATED = "escalated", _("escalated")


class ChangeKind(TextChoices):
    PAUSE = "pause", _("paused")
    RESUME = "resume", _("resumed")
    EXTEND = "extend", _("extended")
    RECALCULATE = "recalculate", _("recalculated")


DEADLINE_MOVES = {
    DeadlineStatus.RUNNING: {DeadlineStatus.PAUSED, DeadlineStatus.MET, DeadlineStatus.CANCELLED},
    DeadlineStatus.PAUSED: {DeadlineStatus.RUNNING, DeadlineStatus.MET, DeadlineStatus.CANCELLED},
}
