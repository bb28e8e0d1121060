"""What a meeting resolved (议定事项) or the office deployed (统一部署): a department, a named person, a last day."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.abstract import Versioned
from core.scopes import Retention, Scope
from departments.models import Department, Region
from documents.models import IssuedDocument
from meetings.enums import RESOLUTION_MOVES, ResolutionStatus, StepKind
from meetings.models.agenda import AgendaItem
from meetings.models.common import actor, paired
from meetings.models.meeting import Meeting
from meetings.models.proposal import Proposal
from meetings.querysets import OfResolutionQuerySet, ResolutionQuerySet


class Resolution(Versioned):
    """One task from a meeting or a deployment. It runs by a clock, and comes back to the next agenda until it is done.

    withdrawn_in: the item of a later meeting that withdrew it. pressed: how often the office supervised (督办);
    answer_by: until when the last such letter wants its answer, None once it has it.
    person_name: who does it in a department without an account; the office enters what it reports on paper.
    """

    kind_code = "resolution"
    scope = Scope.REGION
    retention = Retention.PERMANENT
    MOVES = RESOLUTION_MOVES

    region = models.ForeignKey(Region, models.PROTECT, related_name="resolutions")
    office = models.ForeignKey(Department, models.PROTECT, related_name="+")
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, related_name="resolutions")
    item = models.ForeignKey(AgendaItem, models.PROTECT, null=True, related_name="resolutions")
    deployment = models.ForeignKey(Proposal, models.PROTECT, null=True, related_name="tasks")
    number = models.PositiveSmallIntegerField(_("number"))
    text = models.CharField(_("what is to be done"), max_length=500)
    department = models.ForeignKey(Department, models.PROTECT, related_name="resolutions")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="resolutions")
    person_name = models.CharField(_("who does it"), max_length=40, blank=True, default="")
    due_on = models.DateField(_("due on"))
    status = models.CharField(
        _("status"), max_length=10, choices=ResolutionStatus, default=ResolutionStatus.DRAFT
    )
    pressed = models.PositiveSmallIntegerField(_("supervised"), default=0)
    answer_by = models.DateField(_("answer to the supervision by"), null=True, blank=True)
    reported_by, reported_at = actor(), models.DateTimeField(null=True)
    confirmed_by, confirmed_at = actor(), models.DateTimeField(null=True)
    withdrawn_by, withdrawn_at = actor(), models.DateTimeField(null=True)
    withdrawn_in = models.ForeignKey(AgendaItem, models.PROTECT, null=True, related_name="+")

    objects = ResolutionQuerySet.as_manager()

    class Meta:
        verbose_name = _("resolution")
        ordering = ("-id",)
        indexes = [
            models.Index(fields=["region", "status", "due_on"], name="resolution_by_due"),
            models.Index(fields=["person", "status"], name="resolution_by_person"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "number"],
                condition=Q(meeting__isnull=False),
                name="resolution_number_once",
            ),
            models.UniqueConstraint(
                fields=["deployment", "number"],
                condition=Q(deployment__isnull=False),
                name="task_number_once",
            ),
            models.CheckConstraint(
                condition=Q(meeting__isnull=False, item__isnull=False, deployment=None)
                | Q(meeting=None, item=None, deployment__isnull=False),
                name="resolution_from_meeting_or_deployment",
            ),
            *paired("resolution", "reported", "confirmed", "withdrawn"),
            models.CheckConstraint(
                condition=Q(person__isnull=False, person_name="") | (Q(person=None) & ~Q(person_name="")),
                name="resolution_names_a_person",
            ),
            models.CheckConstraint(
                condition=~Q(status="done") | Q(confirmed_at__isnull=False, reported_at__isnull=False),
                name="resolution_done_when_confirmed",
            ),
            models.CheckConstraint(
                condition=Q(answer_by=None) | Q(status="open", pressed__gt=0),
                name="resolution_answer_to_a_supervision",
            ),
            # what a meeting resolved is withdrawn by a meeting
            models.CheckConstraint(
                condition=Q(status="withdrawn", withdrawn_at__isnull=False, withdrawn_in__isnull=False)
                | (~Q(status="withdrawn") & Q(withdrawn_in=None)),
                name="resolution_withdrawn_by_a_meeting",
            ),
        ]

    def __str__(self):
        return self.text[:60]

    def get_absolute_url(self):
        return reverse("meetings:resolution", args=[self.pk])

    @property
    def who(self) -> str:
        """The name of who does it."""
        return self.person.name if self.person is not None else self.person_name


class ResolutionStep(models.Model):
    """What was said and done about a resolution, with its evidence. Only ever added to.

    paper_on, paper_number: of what a department without an account wrote; `file` is its scan then.
    """

    kind_code = "resolution_step"
    scope = Scope.REGION
    retention = Retention.PERMANENT

    resolution = models.ForeignKey(Resolution, models.PROTECT, related_name="steps")
    kind = models.CharField(_("kind"), max_length=10, choices=StepKind)
    text = models.CharField(_("text"), max_length=1000, blank=True, default="")
    name = models.CharField(_("file"), max_length=150, blank=True, default="")
    file = models.CharField(max_length=120, blank=True, default="")
    media_type = models.CharField(max_length=100, blank=True, default="")
    sha256 = models.CharField("SHA-256", max_length=64, blank=True, default="")
    paper_on = models.DateField(_("day of the paper"), null=True)
    paper_number = models.CharField(_("number of the paper"), max_length=60, blank=True, default="")
    document = models.ForeignKey(IssuedDocument, models.PROTECT, null=True, related_name="+")
    by = actor()
    at = models.DateTimeField()

    objects = OfResolutionQuerySet.as_manager()

    class Meta:
        ordering = ("id",)
        constraints = [
            models.CheckConstraint(
                condition=Q(name="", file="", sha256="", media_type="")
                | (~Q(name="") & ~Q(file="") & ~Q(sha256="") & ~Q(media_type="")),
                name="resolution_step_file_whole",
            ),
            models.CheckConstraint(
                condition=Q(paper_on=None, paper_number="") | (Q(paper_on__isnull=False) & ~Q(file="")),
                name="resolution_step_paper_with_scan",
            ),
        ]
