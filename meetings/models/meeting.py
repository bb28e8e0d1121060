"""A joint meeting (联席会议), the rule by which a region meets, and who was asked."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.abstract import Versioned
from core.dates import local_date
from core.scopes import Classification, Retention, Scope
from departments.enums import Function
from departments.models import Department, Region
from documents.models import IssuedDocument
from meetings.enums import (
    MEETING_MOVES,
    Answer,
    MeetingKind,
    MeetingStatus,
    Presence,
)
from meetings.models.common import actor, paired
from meetings.querysets import AttendanceQuerySet, MeetingQuerySet, RuleQuerySet

AFTER_CALL = ["called", "held", "drafted", "circulated", "issued"]


class MeetingRule(Versioned):
    """How a region meets: who must be there, and how long departments have. `region` NULL is what ships.

    more_than: decisions need the lead department and more than this share of the members, in percent.
    topics_days, sign_days: working days to name topics after the meeting was opened, and to countersign minutes.
    remind_days: working days before the last day on which who has not answered is reminded, once.
    notice_days: working days between the notice and the meeting; 0 prescribes none, and an urgent one needs none.
    month: of the quarter, by whose end the quarter's meeting is to be held (its clock); 3 is the quarter's own end.
    """

    kind_code = "meeting_rule"
    scope = Scope.DICTIONARY
    retention = Retention.PERMANENT

    region = models.OneToOneField(Region, models.PROTECT, null=True, related_name="+")
    lead = models.CharField(_("department that must be present"), max_length=12, choices=Function)
    more_than = models.PositiveSmallIntegerField(_("more than, percent of the members"), default=50)
    topics_days = models.PositiveSmallIntegerField(_("working days to name topics"), default=15)
    remind_days = models.PositiveSmallIntegerField(_("reminded before, working days"), default=3)
    sign_days = models.PositiveSmallIntegerField(_("working days to countersign"), default=5)
    notice_days = models.PositiveSmallIntegerField(_("working days of notice"), default=0)
    month = models.PositiveSmallIntegerField(_("held by the end of the quarter's month"), default=3)

    objects = RuleQuerySet.as_manager()

    class Meta:
        verbose_name = _("rule of meetings")
        constraints = [
            models.UniqueConstraint(
                models.functions.Coalesce("region", 0), name="meeting_rule_once_a_region"
            ),
            models.CheckConstraint(condition=Q(more_than__lte=99), name="meeting_rule_share_can_be_met"),
            models.CheckConstraint(
                condition=Q(month__gte=1, month__lte=3), name="meeting_rule_month_of_quarter"
            ),
        ]

    def __str__(self):
        return str(self.region or "")


class Meeting(Versioned):
    """One meeting of a region, called by the leading group's office. `starts_at` is an instant; days are local.

    A quarterly one exists once a quarter, by the database; `caught_up` marks one the job opened later than on its first day.
    `figures` are the reports of the rooms as they were when the meeting was closed.
    """

    kind_code = "meeting"
    scope = Scope.REGION
    retention = Retention.PERMANENT
    MOVES = MEETING_MOVES

    region = models.ForeignKey(Region, models.PROTECT, related_name="meetings")
    office = models.ForeignKey(Department, models.PROTECT, related_name="called_meetings")
    kind = models.CharField(_("kind"), max_length=10, choices=MeetingKind)
    year = models.PositiveSmallIntegerField(_("year"))
    quarter = models.PositiveSmallIntegerField(_("quarter"))
    title = models.CharField(_("title"), max_length=120)
    status = models.CharField(
        _("status"), max_length=10, choices=MeetingStatus, default=MeetingStatus.PLANNED
    )
    urgent = models.BooleanField(_("urgent"), default=False)
    occasion = models.CharField(_("why it is called"), max_length=300, blank=True, default="")
    caught_up = models.BooleanField(_("opened late"), default=False)
    topics_by = models.DateField(_("topics by"), null=True, blank=True)
    collected_on = models.DateField(_("agenda collected on"), null=True)  # by the job, once a day
    starts_at = models.DateTimeField(_("begins"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=100, blank=True, default="")
    chair = models.CharField(_("chaired by"), max_length=40, blank=True, default="")
    requirements = models.CharField(_("what to bring"), max_length=500, blank=True, default="")
    sequence = models.PositiveSmallIntegerField(
        default=0
    )  # of the calendar file: how often the notice went out
    notice = models.ForeignKey(IssuedDocument, models.PROTECT, null=True, related_name="+")
    # to the members without an account, until `topics_by` is another day
    topics_letter = models.ForeignKey(IssuedDocument, models.PROTECT, null=True, related_name="+")
    figures = models.JSONField(default=list)
    opened_by = actor()  # None: the job
    called_by, called_at = actor(), models.DateTimeField(null=True)
    closed_by, closed_at = actor(), models.DateTimeField(null=True)
    drafted_at = models.DateTimeField(null=True)
    circulated_by, circulated_at = actor(), models.DateTimeField(null=True)
    issued_by, issued_at = actor(), models.DateTimeField(null=True)
    skipped_by, skipped_at = actor(), models.DateTimeField(null=True)
    skip_reason = models.CharField(_("why there was none"), max_length=300, blank=True, default="")

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("meeting")
        ordering = ("-year", "-quarter", "-id")
        indexes = [models.Index(fields=["region", "status"], name="meeting_by_state")]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "year", "quarter"],
                condition=Q(kind="quarterly"),
                name="meeting_once_a_quarter",
            ),
            models.CheckConstraint(
                condition=Q(quarter__gte=1, quarter__lte=4), name="meeting_quarter_in_range"
            ),
            models.CheckConstraint(
                condition=Q(kind="quarterly", occasion="") | (Q(kind="ad_hoc") & ~Q(occasion="")),
                name="meeting_ad_hoc_says_why",
            ),
            models.CheckConstraint(
                condition=Q(urgent=False) | Q(kind="ad_hoc"), name="meeting_urgent_is_ad_hoc"
            ),
            *paired("meeting", "called", "closed", "circulated", "issued", "skipped"),
            models.CheckConstraint(
                condition=Q(status="skipped", skipped_at__isnull=False) & ~Q(skip_reason="")
                | (~Q(status="skipped") & Q(skipped_at=None, skip_reason="")),
                name="meeting_skipped_with_reason",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=AFTER_CALL)
                | (Q(called_at__isnull=False, starts_at__isnull=False) & ~Q(place="")),
                name="meeting_called_with_day_and_place",
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None, status__in=["planned", "called", "skipped"])
                | Q(closed_at__isnull=False, status__in=["held", "drafted", "circulated", "issued"]),
                name="meeting_closed_iff_held",
            ),
            models.CheckConstraint(
                condition=~Q(status="issued") | Q(issued_at__isnull=False), name="meeting_issued_by_somebody"
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("meetings:meeting", args=[self.pk])

    @property
    def begins(self) -> dt.datetime:
        """When a meeting that was called begins."""
        assert self.starts_at is not None
        return self.starts_at

    @property
    def day(self) -> dt.date:
        """The local day of a meeting that was called."""
        return local_date(self.begins)


class Attendance(Versioned):
    """A department asked to a meeting: its topics, its answer, and whether it came. Members count for the quorum."""

    kind_code = "attendance"
    locked_after = ("meeting",)
    scope = Scope.REGION
    retention = Retention.PERMANENT
    classification = {"leave_reason": Classification.INTERNAL, "person_name": Classification.INTERNAL}

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="attendances")
    department = models.ForeignKey(Department, models.PROTECT, related_name="+")
    member = models.BooleanField(_("member"), default=True)
    topics_answered_by, topics_answered_at = actor(), models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)
    answer = models.CharField(_("answer"), max_length=10, choices=Answer, default=Answer.NONE)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    person_name = models.CharField(_("who comes"), max_length=40, blank=True, default="")
    job_title = models.CharField(_("job title"), max_length=40, blank=True, default="")
    leave_reason = models.CharField(_("reason"), max_length=200, blank=True, default="")
    answered_by, answered_at = actor(), models.DateTimeField(null=True)
    presence = models.CharField(
        _("attendance"), max_length=10, choices=Presence, default=Presence.UNKNOWN, blank=True
    )
    recorded_by, recorded_at = actor(), models.DateTimeField(null=True)

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("attendance")
        ordering = ("meeting", "id")
        constraints = [
            models.UniqueConstraint(fields=["meeting", "department"], name="attendance_once_a_department"),
            *paired("attendance", "topics_answered", "answered", "recorded"),
            models.CheckConstraint(
                condition=Q(answer="none", answered_at=None) | ~Q(answer="none"),
                name="attendance_answered_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(answer="leave") | ~Q(leave_reason=""), name="attendance_leave_says_why"
            ),
            models.CheckConstraint(
                condition=~Q(answer__in=["accepted", "substitute"]) | ~Q(person_name=""),
                name="attendance_names_who_comes",
            ),
            models.CheckConstraint(
                condition=Q(presence="", recorded_at=None) | (~Q(presence="") & Q(recorded_at__isnull=False)),
                name="attendance_recorded_by_somebody",
            ),
            # 出席 is said of members, 列席 of the others
            models.CheckConstraint(
                condition=~Q(presence="present", member=False) & ~Q(presence="observing", member=True),
                name="attendance_present_are_members",
            ),
        ]

    def __str__(self):
        return f"{self.meeting} · {self.department}"

    def get_absolute_url(self):
        return f"{self.meeting.get_absolute_url()}?tab=people"
