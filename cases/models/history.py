"""What a subject belongs to, who answers for it, and what became of it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cases.enums import Change, Relation
from cases.models.subject import Subject
from cases.querysets import ChangeQuerySet, RelationQuerySet
from core.abstract import Versioned
from core.scopes import Retention, Scope


def _actor(**more):
    return models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", **more)


class SubjectRelation(Versioned):
    """A body's parent institution (E34), or who answered for it from when until when (条例 art. 43).

    subject: the body. other: the institution it belongs to, or the person. until_on: the last day; None while it lasts.
    Who is the legal representative of a body is public (企业信息公示): whoever sees the body reads the name.
    """

    kind_code = "subject_relation"
    scope = Scope.REGION
    retention = Retention.PERMANENT

    subject = models.ForeignKey(Subject, models.PROTECT, related_name="relations")
    kind = models.CharField(_("kind"), max_length=12, choices=Relation)
    other = models.ForeignKey(Subject, models.PROTECT, related_name="related")
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("last day"), null=True, blank=True)
    basis = models.CharField(_("basis"), max_length=200)
    added_by = _actor()
    added_at = models.DateTimeField()
    ended_by = _actor(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = RelationQuerySet.as_manager()

    class Meta:
        verbose_name = _("relation of a subject")
        ordering = ("kind", "-from_on", "id")
        constraints = [
            models.CheckConstraint(condition=~Q(subject=F("other")), name="relation_not_to_itself"),
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")), name="relation_days_in_order"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="relation_ended_paired",
            ),
            models.UniqueConstraint(
                fields=["subject", "kind", "other"], condition=Q(until_on=None), name="relation_once_while_it_lasts"
            ),
            models.UniqueConstraint(
                fields=["subject", "kind"], condition=Q(until_on=None, kind__in=["parent", "legal"]),
                name="relation_one_parent_and_representative",
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.subject} · {self.get_kind_display()} · {self.other}"

    def get_absolute_url(self):
        return reverse("cases:subject", args=[self.subject_id])


class SubjectChange(models.Model):
    """Renamed, merged into another, split, deregistered, died: dated, with its basis; taken back, never edited.

    former_name: the name until then. successor: whom duties and bars follow to.
    """

    kind_code = "subject_change"
    scope = Scope.REGION
    retention = Retention.PERMANENT

    subject = models.ForeignKey(Subject, models.PROTECT, related_name="changes")
    kind = models.CharField(_("kind"), max_length=14, choices=Change)
    happened_on = models.DateField(_("happened on"))
    former_name = models.CharField(_("former name"), max_length=100, blank=True, default="")
    successor = models.ForeignKey(Subject, models.PROTECT, null=True, blank=True, related_name="predecessors")
    basis = models.CharField(_("basis"), max_length=200)
    by = _actor()
    at = models.DateTimeField()
    voided_by = _actor(null=True)
    voided_at = models.DateTimeField(null=True)
    void_reason = models.CharField(_("why it was taken back"), max_length=300, blank=True, default="")

    objects = ChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("change of a subject")
        ordering = ("-happened_on", "-id")
        indexes = [
            models.Index(fields=["former_name"], condition=~Q(former_name=""), name="change_by_former_name"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="renamed", successor=None) & ~Q(former_name="")
                | Q(kind__in=["merged", "succeeded"], successor__isnull=False, former_name="")
                | Q(kind__in=["deregistered", "died"], successor=None, former_name=""),
                name="change_says_what_became_of_it",
            ),
            models.CheckConstraint(condition=Q(successor=None) | ~Q(subject=F("successor")), name="change_not_into_itself"),
            models.CheckConstraint(
                condition=Q(voided_at=None, voided_by=None, void_reason="")
                | Q(voided_at__isnull=False, voided_by__isnull=False) & ~Q(void_reason=""),
                name="change_voided_paired",
            ),
            models.UniqueConstraint(
                fields=["subject"], condition=Q(voided_at=None, kind__in=["merged", "deregistered", "died"]),
                name="change_ends_once",
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.subject} · {self.get_kind_display()}"

    def get_absolute_url(self):
        return reverse("cases:subject", args=[self.subject_id])
