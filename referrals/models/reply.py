"""What the receiver writes back: a letter of answer, or the written opinion that supports a decision."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.scopes import Retention, Scope
from departments.enums import ReferralKind
from documents.models import IssuedDocument
from referrals.enums import PAPER_OPEN, LetterKind
from referrals.models.paper import Paper, Question, paper_constraints
from referrals.models.referral import Referral
from referrals.querysets import OfReplyQuerySet, ReplyQuerySet


class Reply(Paper):
    """复函, or 书面意见 where technical support was asked; one open at a time, a new round after a redo."""

    kind_code = "reply"
    scope = Scope.CASE
    retention = Retention.PERMANENT

    referral = models.ForeignKey(Referral, models.PROTECT, related_name="replies")
    text = models.TextField(_("result"), max_length=6000)
    basis = models.CharField(_("basis"), max_length=500, blank=True)
    reservation = models.CharField(_("reservations"), max_length=500, blank=True)
    experts = models.CharField(_("experts"), max_length=200, blank=True)
    document = models.ForeignKey(IssuedDocument, models.PROTECT, null=True, related_name="+")

    objects = ReplyQuerySet.as_manager()

    class Meta:
        verbose_name = _("reply")
        ordering = ("id",)
        constraints = [
            *paper_constraints("reply"),
            models.UniqueConstraint(
                fields=["referral"], condition=Q(status__in=PAPER_OPEN), name="reply_one_open_a_referral"
            ),
            models.CheckConstraint(
                condition=Q(status="sent", document__isnull=False) | (~Q(status="sent") & Q(document=None)),
                name="reply_sent_iff_issued",
            ),
        ]

    def __str__(self):
        return f"{self.kind.label} {self.referral.number}"

    def get_absolute_url(self):
        return reverse("referrals:reply", args=[self.pk])

    @property
    def kind(self) -> LetterKind:
        """A written opinion where technical support was asked, else a letter of answer."""
        return LetterKind.OPINION if self.referral.kind == ReferralKind.SUPPORT else LetterKind.ANSWER


class AnswerItem(models.Model):
    """The answer to one question."""

    scope = Scope.CASE
    retention = Retention.PERMANENT

    reply = models.ForeignKey(Reply, models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, models.PROTECT, related_name="answers")
    text = models.TextField(_("answer"), max_length=2000)

    objects = OfReplyQuerySet.as_manager()

    class Meta:
        ordering = ("question__position",)
        constraints = [models.UniqueConstraint(fields=["reply", "question"], name="answer_once_a_question")]
