"""How long: the working calendar, the rules of clocks, and the clocks that run."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.abstract import Versioned
from core.scopes import Retention, Scope
from core.seeded import seeded
from deadlines.enums import DEADLINE_MOVES, ChangeKind, DeadlineStatus, Stage, Unit
from deadlines.querysets import DeadlineQuerySet, OfDeadlineQuerySet
from departments.models import Department


class CalendarYear(Versioned):
    """A year of the official calendar. An unpublished one counts Mon–Fri, marked provisional.

    `edition` is new after every change of the year or its days, so that a loaded calendar knows it is old.
    `settled` is False until open clocks were counted again after the last business that began before it.
    """

    kind_code = "calendar_year"
    scope = Scope.DICTIONARY
    retention = Retention.PERMANENT

    year = models.PositiveSmallIntegerField(_("year"), unique=True)
    published = models.BooleanField(_("published"), default=False)
    notice_number = models.CharField(_("notice number"), max_length=60, blank=True)
    edition = models.UUIDField(default=uuid.uuid4, editable=False)
    settled = models.BooleanField(default=True, editable=False)

    class Meta:
        verbose_name = _("calendar year")
        ordering = ("year",)

    def __str__(self):
        return str(self.year)


class CalendarDay(Versioned):
    """A day that differs from Mon–Fri: a holiday, or a working day on a weekend (调休)."""

    scope = Scope.DICTIONARY
    retention = Retention.PERMANENT

    date = models.DateField(_("date"), unique=True)
    working = models.BooleanField(_("working day"))
    name = models.CharField(_("occasion"), max_length=40)
    notice_number = models.CharField(_("notice number"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("calendar day")
        ordering = ("date",)

    def __str__(self):
        return f"{self.date} {self.name}"


class ClockRule(Versioned):
    """A limit (FACTS §2.11), versioned by effective date. `internal` ones come from us, not from law (T6)."""

    kind_code = "clock_rule"
    scope = Scope.DICTIONARY
    retention = Retention.PERMANENT

    code = models.SlugField(_("code"), max_length=40)
    name = models.CharField(_("name"), max_length=60)
    amount = models.PositiveIntegerField(_("amount"), null=True, blank=True)
    unit = models.CharField(_("unit"), max_length=12, choices=Unit)
    warn_days = models.PositiveSmallIntegerField(_("amber before, working days"), default=1)
    escalate_days = models.PositiveSmallIntegerField(_("escalate after, working days late"), default=1)
    roll_over = models.BooleanField(_("a last day off moves to the next working day"), default=True)
    internal = models.BooleanField(_("internal limit"), default=False)
    asks_reason = models.BooleanField(_("asks why it was done late"), default=False)
    basis = models.CharField(_("legal basis"), max_length=200, blank=True)
    start_text = models.CharField(_("runs from"), max_length=100, blank=True)
    end_text = models.CharField(_("runs until"), max_length=100, blank=True)
    effective_from = models.DateField(_("in force from"))

    class Meta:
        verbose_name = _("clock rule")
        ordering = ("code", "-effective_from")
        constraints = [
            models.UniqueConstraint(fields=["code", "effective_from"], name="clock_rule_version_once"),
            models.CheckConstraint(
                condition=Q(unit=Unit.DATE, amount=None)
                | (~Q(unit=Unit.DATE) & Q(amount__isnull=False, amount__gt=0)),
                name="clock_rule_amount_unless_date",
            ),
        ]

    def __str__(self):
        return self.label

    @property
    def label(self) -> str:
        """The name in the reader's language; letters print `name`."""
        return seeded(self.name)


class Deadline(Versioned):
    """A clock that runs: who owes what to whom, since when, until when (DESIGN §4).

    Instants are stored when the clock starts, so that the sweep compares and never computes.
    `due_on` is the last local date on which the duty is met in time; `due_at` its 24:00.
    """

    kind_code = "deadline"
    scope = Scope.CASE
    retention = Retention.CASE_FILE
    MOVES = DEADLINE_MOVES

    rule = models.ForeignKey(ClockRule, models.PROTECT, related_name="deadlines")
    rule_code = models.SlugField(max_length=40)
    name = models.CharField(_("name"), max_length=60)
    amount = models.PositiveIntegerField(null=True)
    unit = models.CharField(max_length=12, choices=Unit)

    department = models.ForeignKey(Department, models.PROTECT, related_name="owed_deadlines")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="owed_deadlines"
    )
    to_department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="awaited_deadlines"
    )
    region_id = models.BigIntegerField()
    case_id = models.BigIntegerField(null=True)
    target_kind = models.CharField(max_length=30)
    target_id = models.BigIntegerField()

    started_at = models.DateTimeField()
    started_on = models.DateField()
    first_due_on = models.DateField()
    due_on = models.DateField()
    due_at = models.DateTimeField()
    warn_at = models.DateTimeField()
    escalate_at = models.DateTimeField()
    status = models.CharField(max_length=10, choices=DeadlineStatus, default=DeadlineStatus.RUNNING)
    stage = models.CharField(max_length=10, choices=Stage, default=Stage.FRESH)
    next_at = models.DateTimeField(null=True)  # when the next stage falls due; NULL while none can
    paused_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    late = models.BooleanField(default=False)  # met late, or overdue: stays for ever
    late_reason = models.TextField(blank=True, default="")
    provisional = models.BooleanField(default=False)  # counted over an unpublished year

    objects = DeadlineQuerySet.as_manager()

    class Meta:
        verbose_name = _("deadline")
        ordering = ("due_at", "id")
        indexes = [
            models.Index(fields=["next_at"], condition=Q(status="running"), name="deadline_sweep"),
            models.Index(fields=["case_id", "status"], name="deadline_by_case"),
            models.Index(
                fields=["department", "due_at"],
                condition=Q(status__in=["running", "paused"]),
                name="deadline_open_by_department",
            ),
            models.Index(fields=["target_kind", "target_id"], name="deadline_by_target"),
            # 时限监控: what a county owes, page by page; what was done in a period, for who owes whom
            models.Index(
                fields=["region_id", "due_at", "id"],
                condition=Q(status__in=["running", "paused"]),
                name="deadline_open_by_region",
            ),
            models.Index(
                fields=["region_id", "ended_at"], condition=Q(status="met"), name="deadline_met_by_region"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["rule_code", "target_kind", "target_id", "department"],
                condition=Q(status__in=["running", "paused"]),
                name="deadline_one_open_per_duty",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["running", "paused"], ended_at=None)
                | Q(status__in=["met", "cancelled"], ended_at__isnull=False),
                name="deadline_ended_iff_over",
            ),
        ]

    def __str__(self):
        return self.label

    @property
    def label(self) -> str:
        """The name in the reader's language; letters print `name`."""
        return seeded(self.name)


class DeadlineChange(models.Model):
    """A dated pause, resume, extension or recalculation. The due date is replayed from these rows."""

    scope = Scope.CASE
    retention = Retention.CASE_FILE

    deadline = models.ForeignKey(Deadline, models.CASCADE, related_name="changes")
    kind = models.CharField(max_length=12, choices=ChangeKind)
    at = models.DateTimeField()
    by_id = models.BigIntegerField(null=True)
    reason = models.CharField(max_length=300)
    amount = models.PositiveIntegerField(null=True)  # an extension, in the deadline's unit
    new_date = models.DateField(null=True)  # an extension to a fixed date
    old_due_on = models.DateField()
    new_due_on = models.DateField()

    objects = OfDeadlineQuerySet.as_manager()

    class Meta:
        ordering = ("id",)


class Firing(models.Model):
    """A stage that was reached: the row that makes notices exactly once."""

    scope = Scope.CASE
    retention = Retention.CASE_FILE

    deadline = models.ForeignKey(Deadline, models.CASCADE, related_name="firings")
    stage = models.CharField(max_length=10, choices=Stage)
    due_on = models.DateField()  # an extended clock may warn again for its new date
    at = models.DateTimeField()
    told = models.BooleanField(default=False)  # the case's copy of lamp and due date follows this stage

    objects = OfDeadlineQuerySet.as_manager()

    class Meta:
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(fields=["deadline", "stage", "due_on"], name="firing_once_a_stage")
        ]
        indexes = [models.Index(fields=["id"], condition=Q(told=False), name="firing_untold")]


class Reminder(models.Model):
    """催办 of a clock whose room counts no reminders of its own: at most one a working day, counted."""

    scope = Scope.CASE
    retention = Retention.CASE_FILE

    deadline = models.ForeignKey(Deadline, models.PROTECT, related_name="reminders")
    number = models.PositiveSmallIntegerField(_("times"))
    on = models.DateField()  # the working day it counts for
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = OfDeadlineQuerySet.as_manager()

    class Meta:
        verbose_name = _("reminder")
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(fields=["deadline", "on"], name="reminder_once_a_working_day"),
            models.UniqueConstraint(fields=["deadline", "number"], name="reminder_counted"),
        ]


class SweepMark(models.Model):
    """When the sweep last ran: a clock that jumps is refused, not obeyed. One row."""

    scope = Scope.NONE
    retention = Retention.SHORT

    last_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="sweep_mark_one_row")]


from deadlines.models_outages import Outage  # noqa: E402 (one file for each matter)

__all__ = [
    "CalendarDay", "CalendarYear", "ClockRule", "Deadline", "DeadlineChange", "Firing", "Outage", "Reminder", "SweepMark",
]  # fmt: skip
