"""What weighs on a subject: measures as decided, bars of application, list entries, and their repair."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cases.models import Subject
from core.abstract import Versioned
from core.scopes import Retention, Scope
from departments.models import Department, Region
from documents.models import IssuedDocument
from sanctions.enums import (
    APPLIED_MOVES,
    BAR_MOVES,
    ENTRY_MOVES,
    REPAIR_MOVES,
    AppliedStatus,
    BarGround,
    BarStatus,
    EntryStatus,
    ListKind,
    RepairStatus,
)
from sanctions.masking import public_name
from sanctions.models.common import Filed, Term, actor, filed, others, paired, person, term
from sanctions.models.measure import Measure
from sanctions.models.sanction import MeasureTask, Sanction
from sanctions.publication_masking import scrubbed
from sanctions.querysets import BarQuerySet, EntryQuerySet, OfTaskQuerySet, RepairQuerySet


class AppliedMeasure(Versioned, Term, Filed):
    """A measure a department takes against a subject, by its own decision (`decision_number` of `decided_on`).

    subject: whom it is taken against: the sanction's, or of a bar of a responsible person that person. The file is the
    proof of execution. What was decided is never deleted: it expires, or is lifted.
    """

    kind_code = "applied_measure"
    locked_after = ("sanction.case", "sanction")
    scope = Scope.REGION
    retention = Retention.PERMANENT
    MOVES = APPLIED_MOVES

    task = models.ForeignKey(MeasureTask, models.PROTECT, related_name="applied")
    sanction = models.ForeignKey(Sanction, models.PROTECT, related_name="applied")
    department = models.ForeignKey(Department, models.PROTECT, related_name="+")
    measure = models.ForeignKey(Measure, models.PROTECT, related_name="applied")
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="applied_measures")
    status = models.CharField(_("status"), max_length=10, choices=AppliedStatus, default=AppliedStatus.DRAFT)
    extent = models.CharField(_("extent and conditions"), max_length=300, blank=True, default="")
    basis = models.CharField(_("legal basis"), max_length=300)
    decision_number = models.CharField(_("decision number"), max_length=60, blank=True, default="")
    decided_on = models.DateField(_("decided on"), null=True)
    executed_on = models.DateField(_("executed on"), null=True)
    execution = models.CharField(_("how it was executed"), max_length=300, blank=True, default="")
    executed_by, executed_at = actor(), models.DateTimeField(null=True)
    ended_by, ended_at = actor(), models.DateTimeField(null=True)  # by nobody: the last day has passed
    end_reason = models.CharField(_("why it ended"), max_length=300, blank=True, default="")

    objects = OfTaskQuerySet.as_manager()

    class Meta:
        verbose_name = _("measure taken")
        ordering = ("id",)
        indexes = [
            models.Index(fields=["subject", "status"], name="applied_by_subject"),
            models.Index(
                fields=["until"],
                condition=Q(status__in=["decided", "executed", "suspended"], until__isnull=False),
                name="applied_to_expire",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["task", "measure", "subject"], condition=~Q(status="dropped"), name="applied_once_a_task"
            ),
            *term("applied"),
            filed("applied"),
            *paired("applied", "executed"),
            models.CheckConstraint(
                condition=Q(status__in=["draft", "dropped"])
                | (Q(decided_on__isnull=False, since__isnull=False) & ~Q(decision_number="")),
                name="applied_decided_with_number",
            ),
            models.CheckConstraint(
                condition=~Q(status="executed")
                | (Q(executed_at__isnull=False, executed_on__isnull=False) & ~Q(file="")),
                name="applied_executed_with_proof",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["expired", "lapsed", "lifted"], ended_at__isnull=False)
                | (~Q(status__in=["expired", "lapsed", "lifted"]) & Q(ended_at=None, ended_by=None)),
                name="applied_ended_when_over",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["lapsed", "lifted"]) | ~Q(end_reason=""), name="applied_lifted_with_reason"
            ),
            models.CheckConstraint(
                condition=~Q(status="expired") | Q(executed_at__isnull=False), name="applied_expired_was_executed"
            ),
            models.CheckConstraint(
                condition=~Q(status="lapsed") | Q(executed_at=None), name="applied_lapsed_was_not_executed"
            ),
        ]  # fmt: skip

    def __str__(self):
        return str(self.measure)

    def get_absolute_url(self):
        return self.task.get_absolute_url()


class Bar(Versioned, Term):
    """A time in which a subject may not apply: from `since` through `until`, both counted; it may apply the day after.

    subject: who is barred; because_of: the institution a responsible person answers for (条例 art. 43), else None.
    since: the day of the cancellation or of the decision. Computed by `sanctions.terms`.
    """

    kind_code = "bar"
    scope = Scope.REGION
    retention = Retention.PERMANENT
    MOVES = BAR_MOVES

    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="bars")
    because_of = models.ForeignKey(Subject, models.PROTECT, null=True, related_name="bars_of_others")
    sanction = models.ForeignKey(Sanction, models.PROTECT, related_name="bars")
    applied = models.OneToOneField(AppliedMeasure, models.PROTECT, related_name="bar")
    ground = models.CharField(_("ground"), max_length=20, choices=BarGround)
    basis = models.CharField(_("legal basis"), max_length=300)
    decision_number = models.CharField(_("decision number"), max_length=60)
    status = models.CharField(_("status"), max_length=10, choices=BarStatus, default=BarStatus.IN_FORCE)
    ended_by, ended_at = actor(), models.DateTimeField(null=True)
    end_reason = models.CharField(_("why it ended"), max_length=300, blank=True, default="")
    end_number = models.CharField(_("number of the paper it ended by"), max_length=60, blank=True, default="")
    reversed_on = models.DateField(_("reversed on"), null=True)

    objects = BarQuerySet.as_manager()

    class Meta:
        verbose_name = _("bar of application")
        ordering = ("-until", "-id")
        indexes = [
            models.Index(fields=["subject", "until"], name="bar_by_subject"),
            models.Index(
                fields=["until"], condition=Q(status__in=["in_force", "suspended"]), name="bar_to_expire"
            ),
        ]
        constraints = [
            *term("bar"),
            models.CheckConstraint(
                condition=Q(since__isnull=False, until__isnull=False), name="bar_has_its_days"
            ),
            models.CheckConstraint(
                condition=Q(ground="cancellation", because_of=None)
                | Q(ground="responsible_person", because_of__isnull=False),
                name="bar_of_a_person_names_the_body",
            ),
            models.CheckConstraint(
                condition=~Q(ground="responsible_person") | Q(amount=5, unit="year"), name="bar_of_a_person_five_years"
            ),
            models.CheckConstraint(
                condition=Q(status__in=["expired", "lifted"], ended_at__isnull=False)
                | (~Q(status__in=["expired", "lifted"]) & Q(ended_at=None, ended_by=None)),
                name="bar_ended_when_over",
            ),
            models.CheckConstraint(
                condition=~Q(status="lifted") | ~Q(end_reason=""), name="bar_lifted_with_reason"
            ),
            models.CheckConstraint(
                condition=Q(end_number="", reversed_on=None)
                | (Q(status="lifted", reversed_on__isnull=False) & ~Q(end_number="")),
                name="bar_reversal_has_number_and_day",
            ),
        ]

    def __str__(self):
        return f"{public_name(self.subject)} · {self.decision_number}"

    def get_absolute_url(self):
        return self.sanction.get_absolute_url()


class ListEntry(Versioned, Term):
    """A subject on a list of the county, from `since` through `until` (None: without end).

    The permanent one needs an effective convicting judgment and the approval of the department's head (T5).
    sanction: the determination it rests on; None only of a red one and of a permanent one by its judgment. basis: the
    decision or rule.
    """

    kind_code = "list_entry"
    scope = Scope.REGION
    retention = Retention.PERMANENT
    MOVES = ENTRY_MOVES

    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    department = models.ForeignKey(Department, models.PROTECT, related_name="+")
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="list_entries")
    sanction = models.ForeignKey(Sanction, models.PROTECT, null=True, related_name="entries")
    applied = models.OneToOneField(AppliedMeasure, models.PROTECT, null=True, related_name="entry")
    kind = models.CharField(_("list"), max_length=10, choices=ListKind)
    status = models.CharField(_("status"), max_length=10, choices=EntryStatus, default=EntryStatus.PROPOSED)
    reason = models.CharField(_("why it is listed"), max_length=300)
    basis = models.CharField(_("legal basis"), max_length=300)
    decision_number = models.CharField(_("number of the decision"), max_length=60, blank=True, default="")
    judgment_number = models.CharField(_("number of the judgment"), max_length=60, blank=True, default="")
    judgment_court = models.CharField(_("court"), max_length=60, blank=True, default="")
    judgment_effective_on = models.DateField(_("judgment took effect on"), null=True, blank=True)
    convicting = models.BooleanField(_("convicts of fraud"), default=False)
    proposed_by, proposed_at = person(), models.DateTimeField()
    approved_by, approved_at = actor(), models.DateTimeField(null=True)
    document = models.ForeignKey(IssuedDocument, models.PROTECT, null=True, related_name="+")  # 名单公示表
    ended_by, ended_at = actor(), models.DateTimeField(null=True)
    end_reason = models.CharField(_("why it ended"), max_length=300, blank=True, default="")
    end_number = models.CharField(_("number of the paper it ended by"), max_length=60, blank=True, default="")

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("list entry")
        ordering = ("-id",)
        indexes = [
            models.Index(fields=["subject", "status"], name="entry_by_subject"),
            models.Index(fields=["region", "kind", "status"], name="entry_by_list"),
            models.Index(
                fields=["until"],
                condition=Q(status__in=["listed", "suspended"], until__isnull=False),
                name="entry_to_expire",
            ),
        ]
        constraints = [
            *term("list_entry"),
            *paired("list_entry", "approved"),
            *others("list_entry", ("proposed", "approved")),
            models.UniqueConstraint(
                fields=["subject", "kind"], condition=Q(status__in=["proposed", "listed", "suspended"]),
                name="list_entry_one_live",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=["black", "serious"]) | Q(sanction__isnull=False),
                name="list_entry_rests_on_a_determination",
            ),
            models.CheckConstraint(
                condition=~Q(kind="permanent")
                | (Q(until=None, amount=None, convicting=True, judgment_effective_on__isnull=False)
                   & ~Q(judgment_number="") & ~Q(judgment_court="")),
                name="list_entry_permanent_by_judgment",
            ),
            models.CheckConstraint(
                condition=Q(kind="permanent") | Q(status__in=["proposed", "refused", "withdrawn"])
                | Q(until__isnull=False),
                name="list_entry_others_end",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["listed", "suspended", "expired", "removed"])
                | Q(approved_at__isnull=False, since__isnull=False),
                name="list_entry_approved_before",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["expired", "removed", "refused", "withdrawn"], ended_at__isnull=False)
                | (~Q(status__in=["expired", "removed", "refused", "withdrawn"]) & Q(ended_at=None, ended_by=None)),
                name="list_entry_ended_when_over",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["removed", "refused", "withdrawn"]) | ~Q(end_reason=""),
                name="list_entry_removed_with_reason",
            ),
            models.CheckConstraint(
                condition=~Q(kind="permanent", status="removed") | ~Q(end_number=""),
                name="list_entry_permanent_ends_by_judgment",
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{public_name(self.subject)} · {self.get_kind_display()}"

    @property
    def said(self):
        """Why it is listed, with no natural person's name or number in it (T10)."""
        return scrubbed(self.reason, self.subject)

    @property
    def end_said(self):
        return scrubbed(self.end_reason, self.subject)

    def get_absolute_url(self):
        return reverse("sanctions:entry", args=[self.pk])


class Repair(Versioned, Filed):
    """An application to have a measure or a list entry lifted early (信用修复): the commitment, and the decision.

    The file is the written application with the commitment (信用承诺书).
    """

    kind_code = "repair"
    scope = Scope.REGION
    retention = Retention.PERMANENT
    MOVES = REPAIR_MOVES

    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    department = models.ForeignKey(Department, models.PROTECT, related_name="+")
    sanction = models.ForeignKey(Sanction, models.PROTECT, null=True, related_name="repairs")
    applied = models.ForeignKey(AppliedMeasure, models.PROTECT, null=True, related_name="repairs")
    entry = models.ForeignKey(ListEntry, models.PROTECT, null=True, related_name="repairs")
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="repairs")
    status = models.CharField(_("status"), max_length=10, choices=RepairStatus, default=RepairStatus.APPLIED)
    applied_on = models.DateField(_("applied for on"))
    grounds = models.CharField(_("what the subject has mended"), max_length=500)
    commitment = models.CharField(_("commitment"), max_length=500)
    recorded_by, recorded_at = person(), models.DateTimeField()
    decided_by, decided_at = actor(), models.DateTimeField(null=True)
    fallen_at = models.DateTimeField(null=True)  # what it is about ended first
    reason = models.CharField(_("reason of the decision"), max_length=300, blank=True, default="")

    objects = RepairQuerySet.as_manager()

    class Meta:
        verbose_name = _("credit repair")
        ordering = ("-id",)
        constraints = [
            filed("repair"),
            *paired("repair", "decided"),
            *others("repair", ("recorded", "decided")),
            models.CheckConstraint(
                condition=Q(applied__isnull=False, entry=None) | Q(applied=None, entry__isnull=False),
                name="repair_of_one_thing",
            ),
            models.UniqueConstraint(
                fields=["applied"],
                condition=Q(status="applied", applied__isnull=False),
                name="repair_one_open_measure",
            ),
            models.UniqueConstraint(
                fields=["entry"],
                condition=Q(status="applied", entry__isnull=False),
                name="repair_one_open_entry",
            ),
            models.CheckConstraint(
                condition=Q(status="applied", decided_at=None, fallen_at=None)
                | (Q(status__in=["granted", "refused"], decided_at__isnull=False, fallen_at=None) & ~Q(reason=""))
                | (Q(status="fallen", decided_at=None, fallen_at__isnull=False) & ~Q(reason="")),
                name="repair_decided_with_reason",
            ),
        ]

    def __str__(self):
        return f"{self.subject} · {self.applied_on}"

    def get_absolute_url(self):
        return reverse("sanctions:repair", args=[self.pk])
