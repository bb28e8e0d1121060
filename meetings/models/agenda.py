"""What is on the agenda of a meeting, and the material handed in for it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cases.models import Case
from core.abstract import Versioned
from core.scopes import Retention, Scope
from departments.models import Department
from meetings.enums import ITEM_MOVES, ItemKind, ItemStatus, Outcome
from meetings.models.common import actor, paired
from meetings.models.meeting import Meeting
from meetings.querysets import ItemQuerySet, OfItemQuerySet


class AgendaItem(Versioned):
    """A topic. `key` says where a collected one comes from, so that collecting twice lists it once.

    first: what earlier meetings left to be done stands before everything else. pinned_version: the version of the
    thing (`target_kind`, `target_id`) the item was put on the agenda with; what changed since is shown.
    """

    kind_code = "agenda_item"
    locked_after = ("meeting",)
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
    # what a decision on a follow-up does to its resolution once the meeting is closed, on an adopted proposal to it
    withdraws = models.BooleanField(_("withdraws what it is about"), default=False)
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
                | (Q(kind="follow_up", outcome="decided") & (Q(withdraws=False) | Q(new_due_on=None)))
                | Q(target_kind="proposal", outcome="decided", withdraws=True, new_due_on=None),
                name="agenda_item_changes_one_thing",
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
