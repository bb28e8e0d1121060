"""Tasks from above and beside: what a body outside the county asks, by when, and what is written back."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cases.models import Case, Evidence
from core.abstract import Versioned
from core.scopes import Retention, Scope
from departments.models import Department, Region
from documents.models import IssuedDocument
from referrals.enums import EXTENSION_MOVES, PAPER_OPEN, ExtensionStatus, LetterKind
from referrals.enums_above import TASK_MOVES, Handling, Outcome, Purpose, TaskFileKind, TaskKind, TaskStatus
from referrals.models.common import paired
from referrals.models.paper import Paper, paper_constraints
from referrals.querysets_above import OfTaskLetterQuerySet, OfTaskQuerySet, TaskLetterQuerySet, TaskQuerySet


def _person(null=True, name="+"):
    return models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=null, blank=null, related_name=name)


class Task(Versioned):
    """上级交办、提级、指定管辖、异地协查: asked by a body outside, with the number of its letter and its date.

    `body_name` is what the letter says; `body` stands beside it where the body is in the directory. `number` is
    the body's document number. `due_on` is the date to report back, as last agreed by the body.
    """

    kind_code = "task"
    locked_after = ("cases_under_it",)
    scope = Scope.REGION
    retention = Retention.PERMANENT
    MOVES = TASK_MOVES

    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    kind = models.CharField(_("kind"), max_length=12, choices=TaskKind)
    status = models.CharField(_("status"), max_length=12, choices=TaskStatus, default=TaskStatus.REGISTERED)
    body = models.ForeignKey(Department, models.PROTECT, null=True, blank=True, related_name="+")
    body_name = models.CharField(_("asked by"), max_length=60)
    number = models.CharField(_("its document number"), max_length=60)
    subject = models.CharField(_("subject line"), max_length=100)
    request = models.TextField(_("what is asked"), max_length=2000)
    received_on = models.DateField(_("received on"))
    due_on = models.DateField(_("report back by"))
    registered_in = models.ForeignKey(Department, models.PROTECT, related_name="+")
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, related_name="tasks_from_above", verbose_name=_("department in charge")
    )
    handler = _person(name="tasks_from_above")

    registered_by = _person(null=False)
    registered_at = models.DateTimeField()
    assigned_by = _person()
    assigned_at = models.DateTimeField(null=True)
    accepted_by = _person()
    accepted_at = models.DateTimeField(null=True)
    hand_back_reason = models.CharField(_("handed back because"), max_length=300, blank=True)
    reported_by = _person()
    reported_at = models.DateTimeField(null=True)
    redo_count = models.PositiveSmallIntegerField(default=0)
    redo_reason = models.CharField(_("what is to be reported again"), max_length=300, blank=True)
    closed_by = _person()
    closed_at = models.DateTimeField(null=True)
    close_remark = models.CharField(_("remark"), max_length=300, blank=True)
    withdrawn_by = _person()
    withdrawn_at = models.DateTimeField(null=True)
    withdraw_reason = models.CharField(_("reason"), max_length=300, blank=True)
    handling = models.CharField(_("our own handling"), max_length=10, choices=Handling, blank=True)
    handling_note = models.CharField(_("remark"), max_length=300, blank=True)

    objects = TaskQuerySet.as_manager()

    class Meta:
        verbose_name = _("task from above or beside")
        ordering = ("-id",)
        indexes = [
            models.Index(fields=["region", "status", "-id"], name="task_by_region"),
            models.Index(fields=["department", "status", "-id"], name="task_by_department"),
            models.Index(fields=["handler", "status"], name="task_by_handler"),
        ]
        constraints = [
            *paired("task", "assigned", "accepted", "reported", "closed", "withdrawn"),
            models.UniqueConstraint(fields=["region", "body_name", "number"], name="task_letter_once"),
            models.CheckConstraint(condition=Q(due_on__gte=F("received_on")), name="task_due_after_receipt"),
            models.CheckConstraint(
                condition=Q(status__in=["registered", "withdrawn"])
                | Q(department__isnull=False, handler__isnull=False, assigned_at__isnull=False),
                name="task_worked_by_a_person",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["reported", "closed"]) | Q(reported_at__isnull=False),
                name="task_closed_only_when_reported",
            ),
            models.CheckConstraint(
                condition=Q(handling="") | Q(kind=TaskKind.RAISED), name="task_handling_only_when_raised"
            ),
        ]

    def __str__(self):
        return f"{self.number} {self.subject}"

    def get_absolute_url(self):
        return reverse("referrals:task", args=[self.pk])

    @property
    def over(self) -> bool:
        return self.status in (TaskStatus.CLOSED, TaskStatus.WITHDRAWN)

    @property
    def cases_under_it(self) -> list[Case]:
        """The cases it carries, in the order in which they are locked."""
        return list(Case.objects.filter(task_links__task=self).order_by("pk"))

    @property
    def answer_purpose(self) -> Purpose:
        """The letter that answers it: a case taken up by the higher level is answered by its hand-over."""
        return Purpose.HANDOVER if self.kind == TaskKind.RAISED else Purpose.REPORT


class TaskCase(models.Model):
    """A case a task carries, and what is stated about it to the body."""

    scope = Scope.REGION
    retention = Retention.PERMANENT

    task = models.ForeignKey(Task, models.PROTECT, related_name="links")
    case = models.ForeignKey(Case, models.PROTECT, related_name="task_links")
    outcome = models.CharField(_("state of the case"), max_length=10, choices=Outcome, blank=True)
    remark = models.CharField(_("remark"), max_length=300, blank=True)
    linked_by = _person(null=False)
    linked_at = models.DateTimeField()
    stated_by = _person()
    stated_at = models.DateTimeField(null=True)

    objects = OfTaskQuerySet.as_manager()

    class Meta:
        ordering = ("id",)
        constraints = [
            *paired("task_case", "stated"),
            models.UniqueConstraint(fields=["task", "case"], name="task_case_once"),
            models.CheckConstraint(
                condition=Q(outcome="", stated_at=None) | (~Q(outcome="") & Q(stated_at__isnull=False)),
                name="task_case_stated_iff_outcome",
            ),
        ]


class TaskFile(models.Model):
    """A scan that belongs to a task: the incoming letter, an answer of the body."""

    scope = Scope.REGION
    retention = Retention.PERMANENT

    task = models.ForeignKey(Task, models.PROTECT, related_name="files")
    kind = models.CharField(_("kind"), max_length=10, choices=TaskFileKind)
    file = models.CharField(max_length=200)
    name = models.CharField(_("file name"), max_length=150)
    sha256 = models.CharField(max_length=64)
    by = _person(null=False)
    at = models.DateTimeField()

    objects = OfTaskQuerySet.as_manager()

    class Meta:
        ordering = ("id",)


class TaskChase(models.Model):
    """A reminder of the office (催办): at most one per task and working day."""

    scope = Scope.REGION
    retention = Retention.CASE_FILE

    task = models.ForeignKey(Task, models.PROTECT, related_name="chases")
    on = models.DateField()
    number = models.PositiveSmallIntegerField()
    remark = models.CharField(_("remark"), max_length=200, blank=True)
    by = _person(null=False)
    at = models.DateTimeField()

    objects = OfTaskQuerySet.as_manager()

    class Meta:
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(fields=["task", "on"], name="task_chase_once_a_working_day"),
            models.UniqueConstraint(fields=["task", "number"], name="task_chase_counted"),
        ]


class TaskLetter(Paper):
    """A letter to the body of a task: the report, a request for a later date, the hand-over of a raised case.

    It belongs to the task, not to one case: a task may carry several. `new_on` is asked by a request for a later
    date; `effect` says whether our handling is suspended or ended by a hand-over.
    """

    kind_code = "task_letter"
    locked_after = ("task.cases_under_it", "task")  # its own case is empty: a task may carry several
    scope = Scope.REGION
    retention = Retention.PERMANENT

    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="+")
    task = models.ForeignKey(Task, models.PROTECT, related_name="letters")
    purpose = models.CharField(_("kind"), max_length=10, choices=Purpose)
    title = models.CharField(_("subject line"), max_length=100)
    text = models.TextField(_("text"), max_length=6000)
    new_on = models.DateField(_("new date"), null=True, blank=True)
    effect = models.CharField(_("our own handling"), max_length=10, choices=Handling, blank=True)
    late_reason = models.CharField(_("why it is late"), max_length=300, blank=True)
    document = models.ForeignKey(IssuedDocument, models.PROTECT, null=True, related_name="+")

    objects = TaskLetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("letter to the body of a task")
        ordering = ("id",)
        constraints = [
            *paper_constraints("task_letter"),
            models.UniqueConstraint(
                fields=["task", "purpose"], condition=Q(status__in=PAPER_OPEN), name="task_letter_one_open"
            ),
            models.CheckConstraint(
                condition=Q(status="sent", document__isnull=False) | (~Q(status="sent") & Q(document=None)),
                name="task_letter_sent_iff_issued",
            ),
            models.CheckConstraint(
                condition=Q(purpose=Purpose.DELAY, new_on__isnull=False) | (~Q(purpose=Purpose.DELAY) & Q(new_on=None)),
                name="task_letter_new_on_iff_delay",
            ),
            models.CheckConstraint(
                condition=Q(purpose=Purpose.HANDOVER, effect__in=[Handling.SUSPENDED, Handling.ENDED])
                | (~Q(purpose=Purpose.HANDOVER) & Q(effect="")),
                name="task_letter_effect_iff_handover",
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("referrals:task_letter", args=[self.pk])

    @property
    def kind(self) -> LetterKind:
        return {
            Purpose.REPORT: LetterKind.TASK_REPORT,
            Purpose.DELAY: LetterKind.TASK_DELAY,
            Purpose.HANDOVER: LetterKind.TASK_HAND,
        }[Purpose(self.purpose)]


class ListedFile(models.Model):
    """A line of a list of files that go with a letter (序号/名称/数量/页数/备注), under its hash."""

    evidence = models.ForeignKey(Evidence, models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(_("name"), max_length=150)
    sha256 = models.CharField(max_length=64)
    pages = models.PositiveIntegerField(_("pages"), null=True, blank=True)

    class Meta:
        abstract = True
        ordering = ("position",)

    def __str__(self):
        return self.name


class HandoverItem(ListedFile):
    """A file handed to the higher level with the case it takes up."""

    scope = Scope.REGION
    retention = Retention.PERMANENT

    letter = models.ForeignKey(TaskLetter, models.CASCADE, related_name="manifest")

    objects = OfTaskLetterQuerySet.as_manager()

    class Meta(ListedFile.Meta):
        constraints = [
            models.UniqueConstraint(fields=["letter", "evidence"], name="handover_item_evidence_once"),
            models.UniqueConstraint(fields=["letter", "position"], name="handover_item_position_once"),
        ]


class TaskExtension(Versioned):
    """A later date asked of the body by a letter; its answer is recorded with number, date and scan."""

    kind_code = "task_extension"
    scope = Scope.REGION
    retention = Retention.CASE_FILE
    MOVES = EXTENSION_MOVES

    task = models.ForeignKey(Task, models.PROTECT, related_name="extensions")
    letter = models.OneToOneField(TaskLetter, models.PROTECT, related_name="extension")
    status = models.CharField(max_length=8, choices=ExtensionStatus, default=ExtensionStatus.ASKED)
    old_on = models.DateField(_("old date"))
    new_on = models.DateField(_("new date"))
    asked_by = _person(null=False)
    asked_at = models.DateTimeField()
    decided_by = _person()
    decided_at = models.DateTimeField(null=True)
    answer_number = models.CharField(_("number of the answer"), max_length=60, blank=True)
    answer_on = models.DateField(_("date of the answer"), null=True)
    remark = models.CharField(_("remark"), max_length=300, blank=True)

    objects = OfTaskQuerySet.as_manager()

    class Meta:
        ordering = ("id",)
        constraints = [
            *paired("task_extension", "decided"),
            models.UniqueConstraint(
                fields=["task"], condition=Q(status="asked"), name="task_extension_one_open"
            ),
            models.CheckConstraint(condition=Q(new_on__gt=F("old_on")), name="task_extension_is_longer"),
        ]
