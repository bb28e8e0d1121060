"""拟定建议和措施 (000 四(一)): what the office proposes, every text it had, and what the departments say to it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.abstract import Versioned
from core.scopes import Retention, Scope
from departments.models import Department, Region
from documents.models import IssuedDocument
from meetings.enums import PROPOSAL_MOVES, OpinionKind, ProposalStatus
from meetings.models.agenda import AgendaItem
from meetings.models.common import actor, paired
from meetings.models.meeting import Meeting
from meetings.querysets import OpinionQuerySet, ProposalQuerySet


class Proposal(Versioned):
    """What the office found in its analysis and proposes; adopted and signed for issue, it is deployed as tasks.

    round: how often the departments were consulted; `consult_until` is the last day of the round under way, `letter`
    the numbered one (征求意见函) of the last round.
    returned: by whom the deployment was sent back last, and why. withdrawn_in: the topic of the meeting that did.
    """

    kind_code = "proposal"
    locked_after = ("meetings_with_it",)  # what closes a meeting locks that first
    scope = Scope.REGION
    retention = Retention.PERMANENT
    MOVES = PROPOSAL_MOVES

    region = models.ForeignKey(Region, models.PROTECT, related_name="proposals")
    office = models.ForeignKey(Department, models.PROTECT, related_name="proposals")
    title = models.CharField(_("title"), max_length=120)
    analysis = models.TextField(_("analysis of the risk"))
    measures = models.TextField(_("proposed measures"))
    status = models.CharField(
        _("status"), max_length=10, choices=ProposalStatus, default=ProposalStatus.DRAFT
    )
    round = models.PositiveSmallIntegerField(_("round of consultation"), default=0)
    consult_until = models.DateField(_("opinions by"), null=True, blank=True)
    letter = models.ForeignKey(IssuedDocument, models.PROTECT, null=True, related_name="+")
    drafted_by, drafted_at = actor(), models.DateTimeField(null=True)
    adopted_by, adopted_at = actor(), models.DateTimeField(null=True)
    adopted_in = models.ForeignKey(AgendaItem, models.PROTECT, null=True, related_name="+")
    signed_by, signed_at = actor(), models.DateTimeField(null=True)
    returned_by, returned_at = actor(), models.DateTimeField(null=True)
    return_reason = models.CharField(_("why it was sent back"), max_length=300, blank=True, default="")
    deployed_by, deployed_at = actor(), models.DateTimeField(null=True)
    withdrawn_by, withdrawn_at = actor(), models.DateTimeField(null=True)
    withdrawn_in = models.ForeignKey(AgendaItem, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(_("reason"), max_length=300, blank=True, default="")
    document = models.ForeignKey(IssuedDocument, models.PROTECT, null=True, related_name="+")

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposal")
        ordering = ("-id",)
        constraints = [
            *paired("proposal", "drafted", "adopted", "signed", "returned", "deployed", "withdrawn"),
            models.CheckConstraint(
                condition=Q(returned_at=None, return_reason="") | (Q(returned_at__isnull=False) & ~Q(return_reason="")),
                name="proposal_returned_with_reason",
            ),
            models.CheckConstraint(
                condition=~Q(status="returned") | Q(returned_at__isnull=False, signed_at=None),
                name="proposal_returned_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_in=None) | Q(status="withdrawn"), name="proposal_withdrawn_in_a_meeting"
            ),
            models.CheckConstraint(
                condition=~Q(status="withdrawn") | (Q(withdrawn_at__isnull=False) & ~Q(reason="")),
                name="proposal_withdrawn_with_reason",
            ),
            models.CheckConstraint(
                condition=~Q(status="deployed")
                | Q(deployed_at__isnull=False, adopted_at__isnull=False, signed_at__isnull=False),
                name="proposal_deployed_when_signed",
            ),
            # 签发人: whoever signs is not who drafted it
            models.CheckConstraint(
                condition=Q(signed_by=None) | ~Q(signed_by=F("drafted_by")), name="proposal_signer_is_another"
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("meetings:proposal", args=[self.pk])

    @property
    def meetings_with_it(self) -> list[Meeting]:
        """The meetings that have it on an agenda, in the order in which they are locked."""
        about = AgendaItem.objects.filter(target_kind=self.kind_code, target_id=self.pk)
        return list(Meeting.objects.filter(pk__in=about.values("meeting")).order_by("pk"))

    @property
    def as_topic(self) -> tuple[str, str]:
        """(title, text) on an agenda: the whole of what a meeting decides."""
        return f"审议{self.title}"[:200], f"{self.analysis}\n{self.measures}"


class ProposalText(models.Model):
    """Every text a proposal ever had: kept, so that the words of each round of consultation stay readable."""

    scope = Scope.REGION
    retention = Retention.PERMANENT

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="texts")
    number = models.PositiveSmallIntegerField(_("version"))
    title = models.CharField(_("title"), max_length=120)
    analysis = models.TextField(_("analysis of the risk"))
    measures = models.TextField(_("proposed measures"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = OpinionQuerySet.as_manager()

    class Meta:
        verbose_name = _("text of a proposal")
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(fields=["proposal", "number"], name="proposal_text_number_once")
        ]

    def __str__(self):
        return self.title


class Opinion(models.Model):
    """What a department says to a proposal in one round of consultation.

    Of a department that does not work here the office enters it (`by`), with the scan and the day of its written reply.
    """

    scope = Scope.REGION
    retention = Retention.PERMANENT

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="opinions")
    department = models.ForeignKey(Department, models.PROTECT, related_name="+")
    round = models.PositiveSmallIntegerField()
    kind = models.CharField(_("kind"), max_length=10, choices=OpinionKind)
    words = models.CharField(_("opinion"), max_length=500, blank=True, default="")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    paper_on = models.DateField(_("day of the paper"), null=True)
    name = models.CharField(_("scan of the reply"), max_length=150, blank=True, default="")
    file = models.CharField(max_length=120, blank=True, default="")
    media_type = models.CharField(max_length=100, blank=True, default="")
    sha256 = models.CharField("SHA-256", max_length=64, blank=True, default="")

    objects = OpinionQuerySet.as_manager()

    class Meta:
        ordering = ("id",)
        constraints = [
            models.CheckConstraint(
                condition=Q(name="", file="", sha256="", media_type="")
                | (~Q(name="") & ~Q(file="") & ~Q(sha256="") & ~Q(media_type="")),
                name="opinion_scan_whole",
            ),
            models.CheckConstraint(
                condition=Q(paper_on=None) | ~Q(file=""), name="opinion_paper_with_scan"
            ),
            models.UniqueConstraint(
                fields=["proposal", "round", "department"], name="opinion_once_a_department"
            ),
            models.CheckConstraint(
                condition=Q(kind="agreed", words="") | (Q(kind__in=["remarks", "objected"]) & ~Q(words="")),
                name="opinion_more_than_agreed_has_words",
            ),
        ]
