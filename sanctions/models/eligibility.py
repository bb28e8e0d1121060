"""Who asked whether a subject may apply, and what the record answered that moment."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cases.models import Subject
from core.scopes import Classification, Retention, Scope
from departments.models import Department, Region
from sanctions.querysets_credit import AnswerQuerySet


class EligibilityAnswer(models.Model):
    """One look-up, frozen: asked for which day, answered at which moment, with every reason.

    asked: the code, the masked number or the name, as asked. subject: whom it was judged for; None where nothing is on
    record. facts: {"reasons": […], "suspended": […]}, said by `sanctions.eligibility_words`. personal: a natural person.
    """

    kind_code = "eligibility_answer"
    scope = Scope.DEPARTMENT
    retention = Retention.LOG
    classification = {"asked": Classification.PERSONAL, "facts": Classification.PERSONAL}

    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    department = models.ForeignKey(Department, models.PROTECT, related_name="+")
    asked = models.CharField(_("asked for"), max_length=120)
    personal = models.BooleanField(_("natural person"), default=False)
    purpose = models.CharField(_("purpose"), max_length=200, blank=True, default="")
    subject = models.ForeignKey(Subject, models.PROTECT, null=True, related_name="+")
    name = models.CharField(
        _("name"), max_length=100, blank=True, default=""
    )  # as it was on record, of a body
    on = models.DateField(_("day asked for"))
    eligible = models.BooleanField(_("may apply"))
    free_from = models.DateField(_("may apply from"), null=True)
    facts = models.JSONField(default=dict)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("state of the record"))

    objects = AnswerQuerySet.as_manager()

    class Meta:
        verbose_name = _("eligibility look-up")
        ordering = ("-id",)
        indexes = [models.Index(fields=["department", "-id"], name="answer_by_department")]
        constraints = [
            models.CheckConstraint(condition=Q(personal=False) | ~Q(purpose=""), name="answer_personal_has_purpose"),
            models.CheckConstraint(
                condition=Q(eligible=False) | Q(free_from=None), name="answer_free_from_when_kept"
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.name or self.asked} · {self.on.isoformat()}"

    def get_absolute_url(self):
        return reverse("sanctions:eligibility_answer", args=[self.pk])
