"""双随机抽取: what was committed to, what came out, and how a draw was given up. The database keeps every row as it was."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cases.models import Subject
from core.scopes import Classification, Retention, Scope
from departments.models import Department, Region
from inspections.draw_enums import ANNULMENT_MOVES, DRAW_MOVES, AskedFor, DrawStatus
from inspections.draw_querysets import DrawQuerySet, OfDrawQuerySet, SecretQuerySet
from inspections.models.common import actor, paired
from inspections.models.inspection import Inspection
from inspections.models.team import EnforcementCertificate

HEX = r"^[0-9a-f]{64}$"


class Draw(models.Model):
    """One draw of an inspection: first the commitment to a list and a seed, then the seed and what came out.

    listed: the frozen list, the very text its digest is of. public_what, public_from: the number that seed and list
    are combined with, published by somebody else after the commitment. attempt: which draw of the inspection it is.
    The application may only reveal, annul and give up (migration 0011); a trigger recomputes digest and commitment.
    """

    kind_code = "draw"
    locked_after = ("inspection",)
    scope = Scope.REGION
    retention = Retention.PERMANENT
    MOVES = DRAW_MOVES

    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    inspection = models.ForeignKey(Inspection, models.PROTECT, related_name="draws")
    number = models.CharField(_("number"), max_length=24, unique=True)
    attempt = models.PositiveSmallIntegerField(_("attempt"))
    status = models.CharField(_("status"), max_length=10, choices=DrawStatus, default=DrawStatus.COMMITTED)
    listed = models.TextField()
    list_digest = models.CharField(_("digest of the list"), max_length=64)
    commitment = models.CharField(_("commitment"), max_length=64)
    public_what = models.CharField(_("public number"), max_length=120)
    public_from = models.DateTimeField(_("published from"))
    committed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    committed_for = models.ForeignKey(Department, models.PROTECT, related_name="+")
    committed_at = models.DateTimeField(_("committed"))
    seed = models.CharField(_("seed"), max_length=64, blank=True, default="")
    public_number = models.CharField(_("the number as published"), max_length=40, blank=True, default="")
    drawn_by, drawn_at = actor(), models.DateTimeField(_("drawn"), null=True)
    drawn_for = models.ForeignKey(Department, models.PROTECT, null=True, related_name="+")
    ended_by, ended_at = actor(), models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = DrawQuerySet.as_manager()

    class Meta:
        verbose_name = _("draw")
        ordering = ("-id",)
        constraints = [
            models.UniqueConstraint(
                fields=["inspection"], condition=Q(status__in=["committed", "drawn"]), name="draw_one_stands"
            ),
            models.UniqueConstraint(fields=["inspection", "attempt"], name="draw_attempt_once"),
            models.CheckConstraint(
                condition=Q(list_digest__regex=HEX, commitment__regex=HEX), name="draw_digests_are_digests"
            ),
            models.CheckConstraint(condition=Q(seed="") | Q(seed__regex=HEX), name="draw_seed_is_a_seed"),
            models.CheckConstraint(
                condition=Q(public_from__gt=F("committed_at")), name="draw_number_nobody_knows_yet"
            ),
            models.CheckConstraint(
                condition=Q(drawn_at=None) | Q(drawn_at__gte=F("public_from")), name="draw_after_publication"
            ),
            *paired("draw", "drawn", "ended"),
            models.CheckConstraint(
                condition=Q(status="committed", seed="", public_number="", drawn_at=None, ended_at=None)
                | (Q(status="drawn", drawn_at__isnull=False, ended_at=None) & ~Q(seed="") & ~Q(public_number=""))
                | (Q(status="annulled", drawn_at__isnull=False, ended_at__isnull=False) & ~Q(seed="") & ~Q(public_number=""))
                | (Q(status="abandoned", public_number="", drawn_at=None, ended_at__isnull=False) & ~Q(seed="")),
                name="draw_state_whole",
            ),
            models.CheckConstraint(
                condition=Q(drawn_by=None, drawn_for=None)
                | (
                    Q(drawn_by__isnull=False, drawn_for__isnull=False)
                    & ~Q(drawn_by=F("committed_by"))
                    & ~Q(drawn_for=F("committed_for"))
                ),
                name="draw_by_another_department",
            ),
        ]  # fmt: skip

    def __str__(self):
        return self.number

    def get_absolute_url(self):
        return reverse("inspections:draw", args=[self.pk])


class DrawSecret(models.Model):
    """The seed before the draw, under the field key. Written once with the commitment, read once to reveal it."""

    scope = Scope.NONE
    retention = Retention.PERMANENT
    classification = {"sealed": Classification.SEALED}

    draw = models.OneToOneField(Draw, models.PROTECT, related_name="secret")
    sealed = models.BinaryField()

    objects = SecretQuerySet.as_manager()


class DrawnTarget(models.Model):
    """A target that came out, in its place. Kept as drawn, whatever becomes of the inspection."""

    scope = Scope.REGION
    retention = Retention.PERMANENT

    draw = models.ForeignKey(Draw, models.PROTECT, related_name="drawn_targets")
    place = models.PositiveSmallIntegerField()
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="+")
    code = models.CharField(max_length=18)

    objects = OfDrawQuerySet.as_manager()

    class Meta:
        ordering = ("draw", "place")
        constraints = [
            models.UniqueConstraint(fields=["draw", "place"], name="drawn_target_place_once"),
            models.UniqueConstraint(fields=["draw", "subject"], name="drawn_target_once"),
        ]


class DrawnOfficer(models.Model):
    """An officer who came out for a target and a department; `reserve`: next when one of them cannot."""

    scope = Scope.REGION
    retention = Retention.PERMANENT

    draw = models.ForeignKey(Draw, models.PROTECT, related_name="drawn_officers")
    target = models.ForeignKey(DrawnTarget, models.PROTECT, related_name="officers")
    department = models.ForeignKey(Department, models.PROTECT, related_name="+")
    department_name = models.CharField(max_length=60)
    place = models.PositiveSmallIntegerField()
    certificate = models.ForeignKey(EnforcementCertificate, models.PROTECT, related_name="+")
    code = models.CharField(max_length=40)
    reserve = models.BooleanField(default=False)

    objects = OfDrawQuerySet.as_manager()

    class Meta:
        ordering = ("draw", "target", "department", "place")
        constraints = [
            models.UniqueConstraint(
                fields=["target", "department", "place"], name="drawn_officer_place_once"
            ),
            models.UniqueConstraint(fields=["target", "certificate"], name="drawn_officer_once"),
        ]


class Annulment(models.Model):
    """That somebody asks to annul a draw, to give one up that was never made, or to leave one drawn target out
    (`target`); and what the second person says."""

    kind_code = "annulment"
    scope = Scope.REGION
    retention = Retention.PERMANENT
    MOVES = ANNULMENT_MOVES

    draw = models.ForeignKey(Draw, models.PROTECT, related_name="annulments")
    target = models.ForeignKey(DrawnTarget, models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.CharField(_("reason"), max_length=300)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_for = models.ForeignKey(Department, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    status = models.CharField(_("status"), max_length=8, choices=AskedFor, default=AskedFor.OPEN)
    answered_by, answered_at = actor(), models.DateTimeField(null=True)
    answered_for = models.ForeignKey(Department, models.PROTECT, null=True, related_name="+")
    words = models.CharField(_("in words"), max_length=300, blank=True, default="")

    objects = OfDrawQuerySet.as_manager()

    class Meta:
        verbose_name = _("annulment of a draw")
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(fields=["draw"], condition=Q(status="open"), name="annulment_one_open"),
            models.UniqueConstraint(
                fields=["draw"], condition=Q(status="agreed", target=None), name="annulment_ends_once"
            ),
            models.UniqueConstraint(
                fields=["target"], condition=Q(status="agreed"), name="annulment_leaves_out_once"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="annulment_has_reason"),
            *paired("annulment", "answered"),
            models.CheckConstraint(
                condition=Q(status="open", answered_at=None)
                | (
                    Q(answered_at__isnull=False, answered_for__isnull=False)
                    & ~Q(status="open")
                    & ~Q(answered_by=F("asked_by"))
                    & ~Q(answered_for=F("asked_for"))
                ),
                name="annulment_by_a_second_person",
            ),
        ]

    def __str__(self):
        return str(self.draw)

    def get_absolute_url(self):
        return self.draw.get_absolute_url()
