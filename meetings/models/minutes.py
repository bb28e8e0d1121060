"""Minutes (会议纪要): what they say part by part, every text they ever had, and who countersigned which version."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cases.models import Case
from core.abstract import Versioned
from core.scopes import Classification, Retention, Scope
from departments.models import Department
from documents.models import IssuedDocument, Series
from meetings.enums import SignKind
from meetings.models.agenda import AgendaItem
from meetings.models.common import actor, paired
from meetings.models.meeting import Meeting
from meetings.querysets import ExtractQuerySet, OfMeetingQuerySet, OfMinutesQuerySet, OfPartQuerySet


class Minutes(Versioned):
    """The minutes of one meeting. `text_version` counts every edit of any part; a signature stands on one of them.

    Whoever signs for issue (签发人) is another than who edits; `unsigned_reason` is why they were issued although a
    department had not countersigned. returned: who sent them back last instead of signing, and why.
    """

    kind_code = "minutes"
    locked_after = ("meeting",)
    scope = Scope.REGION
    retention = Retention.PERMANENT

    meeting = models.OneToOneField(Meeting, models.PROTECT, related_name="minutes")
    text_version = models.PositiveIntegerField(_("version of the text"), default=1)
    sign_by = models.DateField(_("countersign by"), null=True, blank=True)
    unsigned_reason = models.CharField(_("why not all have signed"), max_length=300, blank=True, default="")
    approved_by, approved_at = actor(), models.DateTimeField(null=True)
    returned_by, returned_at = actor(), models.DateTimeField(null=True)
    return_reason = models.CharField(_("why they were sent back"), max_length=300, blank=True, default="")
    document = models.ForeignKey(IssuedDocument, models.PROTECT, null=True, related_name="+")

    objects = OfMeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("minutes")
        constraints = [
            *paired("minutes", "approved", "returned"),
            models.CheckConstraint(
                condition=Q(returned_at=None, return_reason="") | (Q(returned_at__isnull=False) & ~Q(return_reason="")),
                name="minutes_returned_with_reason",
            ),
        ]

    def __str__(self):
        return str(self.meeting)

    def get_absolute_url(self):
        return f"{reverse('meetings:meeting', args=[self.meeting_id])}?tab=minutes"


class MinutesPart(Versioned):
    """One part of the minutes: the head (no item) or an item of the agenda. Edited by itself, compared by `version`."""

    kind_code = "minutes_part"
    scope = Scope.REGION
    retention = Retention.PERMANENT

    minutes = models.ForeignKey(Minutes, models.PROTECT, related_name="parts")
    item = models.ForeignKey(AgendaItem, models.PROTECT, null=True, related_name="+")
    position = models.PositiveIntegerField(_("position"))
    heading = models.CharField(_("heading"), max_length=200, blank=True, default="")
    text = models.TextField(_("text"))

    objects = OfMinutesQuerySet.as_manager()

    class Meta:
        verbose_name = _("part of minutes")
        ordering = ("minutes", "position")
        constraints = [
            models.UniqueConstraint(fields=["minutes", "position"], name="minutes_part_position_once"),
            models.UniqueConstraint(fields=["minutes", "item"], name="minutes_part_once_an_item"),
        ]

    def __str__(self):
        return self.heading or str(self.minutes)


class MinutesEdit(models.Model):
    """Every text a part ever had: written with the edit, never changed, so that nothing is lost."""

    scope = Scope.REGION
    retention = Retention.PERMANENT

    part = models.ForeignKey(MinutesPart, models.PROTECT, related_name="edits")
    text_version = models.PositiveIntegerField()  # of the minutes, after this edit
    old_text = models.TextField()
    new_text = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = OfPartQuerySet.as_manager()

    class Meta:
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(fields=["part", "text_version"], name="minutes_edit_version_once")
        ]


class Signature(models.Model):
    """会签: a department's word on one version. An edit voids it and says which edit did."""

    scope = Scope.REGION
    retention = Retention.PERMANENT

    minutes = models.ForeignKey(Minutes, models.PROTECT, related_name="signatures")
    department = models.ForeignKey(Department, models.PROTECT, related_name="+")
    text_version = models.PositiveIntegerField(_("version of the text"))
    kind = models.CharField(_("kind"), max_length=10, choices=SignKind)
    words = models.CharField(_("objection"), max_length=500, blank=True, default="")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    voided_at = models.DateTimeField(null=True)
    voided_edit = models.ForeignKey(MinutesEdit, models.PROTECT, null=True, related_name="voids")

    objects = OfMinutesQuerySet.as_manager()

    class Meta:
        verbose_name = _("countersignature")
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(
                fields=["minutes", "department"], condition=Q(voided_at=None), name="signature_one_in_force"
            ),
            models.CheckConstraint(
                condition=Q(kind="signed", words="") | (Q(kind="objected") & ~Q(words="")),
                name="signature_objects_with_words",
            ),
        ]


class Extract(models.Model):
    """摘录: what issued minutes say about one department or one case, numbered and frozen with them.

    The number is taken when the minutes are issued; `content` is what it says. A job prints it, once.
    """

    kind_code = "minutes_extract"
    scope = Scope.REGION
    retention = Retention.PERMANENT
    classification = {"content": Classification.INTERNAL}

    minutes = models.ForeignKey(Minutes, models.PROTECT, related_name="extracts")
    department = models.ForeignKey(Department, models.PROTECT, null=True, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="+")
    series = models.ForeignKey(Series, models.PROTECT, null=True, related_name="+")
    sequence = models.PositiveIntegerField(_("number in the series"), null=True)
    content = models.JSONField(default=dict)
    document = models.ForeignKey(IssuedDocument, models.PROTECT, null=True, related_name="+")

    objects = ExtractQuerySet.as_manager()

    class Meta:
        verbose_name = _("extract of minutes")
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(fields=["minutes", "department"], name="extract_once_a_department"),
            models.UniqueConstraint(fields=["minutes", "case"], name="extract_once_a_case"),
            models.UniqueConstraint(fields=["series", "sequence"], name="extract_number_once"),
            models.CheckConstraint(
                condition=Q(series__isnull=False, sequence__isnull=False)
                | Q(series=None, sequence=None, document__isnull=False),
                name="extract_is_numbered",
            ),
            models.CheckConstraint(
                condition=Q(department=None, case__isnull=False) | Q(department__isnull=False, case=None),
                name="extract_of_a_department_or_a_case",
            ),
        ]

    def __str__(self):
        return str(self.minutes)

    def get_absolute_url(self):
        return self.minutes.get_absolute_url()

    @property
    def number(self) -> str:
        """Its document number, also while it is being printed."""
        if self.document is not None:
            return self.document.number
        return f"{self.series}{self.sequence}号"
