"""A joint meeting (联席会议), what is on its agenda, and who was asked to it."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cases.models import Case
from core.abstract import Versioned
from core.dates import local_date
from core.scopes import Classification, Retention, Scope
from departments.enums import Function
from departments.models import Department, Region
from documents.models import IssuedDocument
from meetings.enums import (
    ITEM_MOVES,
    MEETING_MOVES,
    Answer,
    ItemKind,
    ItemStatus,
    MeetingKind,
    MeetingStatus,
    Outcome,
    Presence,
)
from meetings.models.common import actor, paired
from meetings.querysets import AttendanceQuerySet, ItemQuerySet, MeetingQuerySet, OfItemQuerySet, RuleQuerySet

AFTER_CALL = ["called", "held", "drafted", "circulated", "issued"]


class MeetingRule(Versioned):
    """How a region meets: who must be there, and how long departments have. `region` NULL is what ships.

    more_than: decisions need the lead department and more than this share of the members, in percent.
    topics_days, sign_days: working days to name topics after the meeting was opened, and to countersign minutes.
    remind_days: working days before the last day on which who has not answered is reminded, once.
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

    objects = RuleQuerySet.as_manager()

    class Meta:
        verbose_name = _("rule of meetings")
        constraints = [
            models.UniqueConstraint(
                models.functions.Coalesce("region", 0), name="meeting_rule_once_a_region"
            ),
            models.CheckConstraint(condition=Q(more_than__lte=99), name="meeting_rule_share_can_be_met"),
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
                condition=Q(status="skipped", skipped_at__isnull=False, kind="quarterly") & ~Q(skip_reason="")
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


class AgendaItem(Versioned):
    """A topic. `key` says where a collected one comes from, so that collecting twice lists it once.

    first: what earlier meetings left to be done stands before everything else. pinned_version: the version of the
    thing (`target_kind`, `target_id`) the item was put on the agenda with; what changed since is shown.
    """

    kind_code = "agenda_item"
    scope = Scope.REGION
    retention = Retention.PERMANENT
    MOVES = ITEM_MOVES

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="items")
    kind = models.CharField(_("kind"), max_length=10, choices=ItemKind)
    first = models.BooleanField(default=False)
    position = models.PositiveIntegerField(_("position"))
    key = models.CharField(max_length=80, blank=True, default="")
    title = models.CharField(_("topic"), max_length=200)
    text = models.TextField(_("what it is about"), blank=True, default="")
    department = models.ForeignKey(Department, models.PROTECT, null=True, related_name="+")
    proposed_by, proposed_at = actor(), models.DateTimeField(null=True)
    edited_by, edited_at = actor(), models.DateTimeField(null=True)
    status = models.CharField(_("status"), max_length=10, choices=ItemStatus, default=ItemStatus.LISTED)
    reason = models.CharField(_("reason"), max_length=300, blank=True, default="")
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged")
    late = models.BooleanField(_("added after the notice"), default=False)
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="+")
    target_kind = models.CharField(max_length=30, blank=True, default="")
    target_id = models.BigIntegerField(null=True)
    pinned_version = models.PositiveIntegerField(null=True)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome, default=Outcome.OPEN)
    outcome_text = models.TextField(_("what was said"), blank=True, default="")
    deferred_to = models.DateField(_("deferred to"), null=True, blank=True)
    outcome_by, outcome_at = actor(), models.DateTimeField(null=True)
    # what a decision on a follow-up does to its resolution once the meeting is closed
    withdraws = models.BooleanField(_("withdraws the resolution"), default=False)
    new_due_on = models.DateField(_("new last day of the resolution"), null=True, blank=True)

    objects = ItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("agenda item")
        ordering = ("meeting", "-first", "position", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "key"], condition=~Q(key=""), name="agenda_item_collected_once"
            ),
            *paired("agenda_item", "proposed", "edited", "outcome"),
            models.CheckConstraint(
                condition=~Q(status="dropped") | ~Q(reason=""), name="agenda_item_dropped_with_reason"
            ),
            models.CheckConstraint(
                condition=Q(status="merged", merged_into__isnull=False) & ~Q(merged_into=F("id"))
                | (~Q(status="merged") & Q(merged_into=None)),
                name="agenda_item_merged_into_another",
            ),
            models.CheckConstraint(
                condition=Q(outcome="open", outcome_at=None)
                | (~Q(outcome="open") & Q(outcome_at__isnull=False)),
                name="agenda_item_outcome_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(outcome="deferred", deferred_to__isnull=False)
                | (~Q(outcome="deferred") & Q(deferred_to=None)),
                name="agenda_item_deferred_to_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="decided") | ~Q(outcome_text=""), name="agenda_item_decided_says_what"
            ),
            models.CheckConstraint(
                condition=Q(withdraws=False, new_due_on=None)
                | (Q(kind="follow_up", outcome="decided") & (Q(withdraws=False) | Q(new_due_on=None))),
                name="agenda_item_changes_one_resolution",
            ),
            models.CheckConstraint(
                condition=Q(target_kind="", target_id=None)
                | (~Q(target_kind="") & Q(target_id__isnull=False)),
                name="agenda_item_target_whole",
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("meetings:item", args=[self.pk])


class Material(models.Model):
    """A file handed in for an item; a newer one of the same name is a new version. `pinned` lies on the table."""

    kind_code = "material"
    scope = Scope.REGION
    retention = Retention.PERMANENT

    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="materials")
    name = models.CharField(_("name"), max_length=150)
    number = models.PositiveSmallIntegerField(_("version"))
    pinned = models.BooleanField(_("on the table"), default=False)
    file = models.CharField(max_length=120)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField("SHA-256", max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = OfItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("material")
        ordering = ("item", "name", "number")
        constraints = [
            models.UniqueConstraint(fields=["item", "name", "number"], name="material_version_once"),
            models.UniqueConstraint(
                fields=["item", "name"], condition=Q(pinned=True), name="material_one_pinned"
            ),
        ]

    def __str__(self):
        return self.name
