"""Before a penalty is decided: what kind of decision it is, the legal review and the leaders' discussion (处罚法 57, 58)."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.enums import ReviewResult
from cases.models.case import Case, Strand
from cases.querysets import OfCaseQuerySet
from cases.querysets_legal import PolicyQuerySet, ReviewQuerySet
from core.scopes import Retention, Scope
from departments.models import Department
from documents.models import IssuedDocument


def _person(**more):
    return models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", **more)


class DecisionNature(models.Model):
    """Of what kind the decision of a strand is, as it was last marked; one row a decision (`round`).

    grounds: codes of `ReviewGround` (art. 58); grave: complicated, or a grave violation (art. 57 para. 2).
    """

    kind_code = "decision_nature"
    scope = Scope.CASE
    retention = Retention.PERMANENT

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    strand = models.ForeignKey(Strand, models.PROTECT, related_name="natures")
    round = models.PositiveSmallIntegerField()
    grounds = models.JSONField(_("grounds of the legal review"), default=list)
    grave = models.BooleanField(_("complicated, or a grave violation"), default=False)
    by = _person()
    at = models.DateTimeField()

    objects = OfCaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("kind of decision")
        ordering = ("id",)
        constraints = [models.UniqueConstraint(fields=["strand", "round"], name="nature_once_a_decision")]


class LegalReview(models.Model):
    """法制审核 of a decision before it is taken. The last one of the round counts; an opinion given never changes.

    reviewer: whom it was put to; given_by: who gave the opinion. handler: who handled the strand then. relied_by: who
    decided on the strength of it. proposal: what is meant to be decided.
    """

    kind_code = "legal_review"
    scope = Scope.CASE
    retention = Retention.PERMANENT

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    strand = models.ForeignKey(Strand, models.PROTECT, related_name="reviews")
    department = models.ForeignKey(Department, models.PROTECT, related_name="+")
    round = models.PositiveSmallIntegerField()
    proposal = models.TextField(_("proposed decision"))
    reviewer = _person()
    handler = _person(null=True)
    asked_by = _person()
    asked_at = models.DateTimeField()
    result = models.CharField(_("result"), max_length=8, choices=ReviewResult, blank=True, default="")
    opinion = models.TextField(_("opinion"), blank=True, default="")
    given_by = _person(null=True)
    given_at = models.DateTimeField(null=True)
    withdrawn_by = _person(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    relied_by = _person(null=True)
    relied_at = models.DateTimeField(null=True)
    paper = models.ForeignKey(IssuedDocument, models.PROTECT, null=True, related_name="+")

    objects = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("legal review")
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(
                fields=["strand"], condition=Q(given_at=None, withdrawn_at=None), name="review_open_once"
            ),
            models.CheckConstraint(
                condition=Q(given_at=None, given_by=None, result="", opinion="")
                | Q(given_at__isnull=False, given_by__isnull=False) & ~Q(result="") & ~Q(opinion=""),
                name="review_given_at_by",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False, given_at=None),
                name="review_withdrawn_at_by",
            ),
            models.CheckConstraint(
                condition=Q(relied_at=None, relied_by=None)
                | Q(relied_at__isnull=False, relied_by__isnull=False, result="passed"),
                name="review_relied_at_by",
            ),
            models.CheckConstraint(
                condition=Q(given_by=None) | ~Q(given_by=F("asked_by")), name="review_not_by_who_asked"
            ),
            models.CheckConstraint(
                condition=Q(given_by=None) | Q(handler=None) | ~Q(given_by=F("handler")), name="review_not_by_the_handler"
            ),
            models.CheckConstraint(
                condition=Q(relied_by=None) | ~Q(given_by=F("relied_by")), name="review_not_by_who_decides"
            ),
        ]

    def __str__(self):
        return f"{self.case.number} {self._meta.verbose_name}"

    @property
    def open(self) -> bool:
        return self.given_at is None and self.withdrawn_at is None


class Discussion(models.Model):
    """集体讨论: the leaders of a department discussed a decision before it was taken (处罚法 57 para. 2). Never changed.

    present: name and post, one person a line. chair, recorder: name and post.
    """

    kind_code = "discussion"
    scope = Scope.CASE
    retention = Retention.PERMANENT

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    strand = models.ForeignKey(Strand, models.PROTECT, related_name="discussions")
    department = models.ForeignKey(Department, models.PROTECT, related_name="+")
    round = models.PositiveSmallIntegerField()
    held_on = models.DateField(pgettext_lazy("discussion", "held on"))
    place = models.CharField(_("place"), max_length=100)
    chair = models.CharField(_("chair"), max_length=60)
    present = models.TextField(_("those present"))
    recorder = models.CharField(pgettext_lazy("discussion", "recorder"), max_length=60)
    opinions = models.TextField(pgettext_lazy("discussion", "opinions"))
    conclusion = models.TextField(_("conclusion"))
    by = _person()
    at = models.DateTimeField()
    paper = models.ForeignKey(IssuedDocument, models.PROTECT, null=True, related_name="+")

    objects = OfCaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("leaders' discussion")
        ordering = ("id",)
        constraints = [models.UniqueConstraint(fields=["strand", "round"], name="discussion_once_a_decision")]

    def __str__(self):
        return f"{self.case.number} {self._meta.verbose_name} {self.held_on:%Y-%m-%d}"


class PenaltyPolicy(models.Model):
    """What a department has laid down for its penalties: whether every one of them goes through the legal review."""

    kind_code = "penalty_policy"
    scope = Scope.DEPARTMENT
    retention = Retention.PERMANENT

    department = models.OneToOneField(Department, models.PROTECT, related_name="penalty_policy")
    every_penalty = models.BooleanField(_("every penalty is reviewed"), default=False)
    by = _person()
    at = models.DateTimeField()

    objects = PolicyQuerySet.as_manager()

    class Meta:
        verbose_name = _("rules of a department for its penalties")
