"""A joint sanction: the proposal, the hearing of the subject, the determination (认定), and the tasks it fans out to."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cases.models import Case, Strand, Subject
from core.abstract import Versioned
from core.scopes import Classification, Retention, Scope
from departments.models import Department, Region
from documents.models import IssuedDocument
from sanctions.enums import (
    HEARING_MOVES,
    LIVE,
    SANCTION_MOVES,
    TASK_MOVES,
    Ground,
    HearingStatus,
    MeasureTaskStatus,
    Said,
    SanctionStatus,
)
from sanctions.models.common import Filed, actor, filed, others, paired, person
from sanctions.models.measure import Measure
from sanctions.querysets import HearingQuerySet, SanctionQuerySet, TaskQuerySet

DETERMINED = ["decided", "in_force", "expired", "lifted"]


class Sanction(Versioned):
    """One sanction of one subject on the ground of one decision or judgment of a case.

    department: who proposes; authority: the medical-insurance department, which hears the subject and determines.
    strand: the decided strand a decision stands in. decided_on: the day of the decision or judgment, effective_on: the
    day the judgment took effect. suspended_at: what it rests on was taken up again (review, court); while it is set
    nothing that hangs on it counts.
    """

    kind_code = "sanction"
    scope = Scope.REGION
    retention = Retention.PERMANENT
    classification = {"facts": Classification.INTERNAL}
    MOVES = SANCTION_MOVES

    region = models.ForeignKey(Region, models.PROTECT, related_name="sanctions")
    case = models.ForeignKey(Case, models.PROTECT, related_name="sanctions")
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="sanctions")
    department = models.ForeignKey(Department, models.PROTECT, related_name="proposed_sanctions")
    authority = models.ForeignKey(Department, models.PROTECT, related_name="determined_sanctions")
    status = models.CharField(
        _("status"), max_length=14, choices=SanctionStatus, default=SanctionStatus.PROPOSED
    )

    ground = models.CharField(_("ground"), max_length=10, choices=Ground)
    strand = models.ForeignKey(Strand, models.PROTECT, null=True, blank=True, related_name="sanctions")
    document = models.ForeignKey(IssuedDocument, models.PROTECT, null=True, blank=True, related_name="+")
    decision_number = models.CharField(_("number of the decision or judgment"), max_length=60)
    decision_authority = models.CharField(_("who decided"), max_length=60)
    decided_on = models.DateField(_("date of the decision"))
    effective_on = models.DateField(_("took effect on"), null=True, blank=True)
    convicting = models.BooleanField(_("convicts of fraud"), default=False)

    facts = models.TextField(_("facts of the breach of trust"))
    basis = models.TextField(_("legal basis"))
    major_loss = models.BooleanField(_("major loss to the fund"), default=False)
    endangers_safety = models.BooleanField(_("endangers personal safety"), default=False)
    especially_serious = models.BooleanField(_("especially serious circumstances"), default=False)
    especially_bad = models.BooleanField(_("especially bad influence on society"), default=False)
    criteria_reason = models.TextField(_("why these criteria are met"), blank=True, default="")
    measures = models.ManyToManyField(Measure, related_name="+", verbose_name=_("measures proposed"))

    proposed_by, proposed_at = person(), models.DateTimeField()
    reviewed_by, reviewed_at = actor(), models.DateTimeField(null=True)
    returned_by, returned_at = actor(), models.DateTimeField(null=True)
    proposal_document = models.ForeignKey(IssuedDocument, models.PROTECT, null=True, related_name="+")
    determined_by, determined_at = actor(), models.DateTimeField(null=True)
    findings = models.TextField(_("what the authority found"), blank=True, default="")
    determination_document = models.ForeignKey(IssuedDocument, models.PROTECT, null=True, related_name="+")
    sent_at = models.DateTimeField(null=True)  # to the departments, by the job
    suspended_by, suspended_at = actor(), models.DateTimeField(null=True)
    ended_by, ended_at = actor(), models.DateTimeField(null=True)  # by nobody: its terms are over
    reason = models.TextField(_("reason"), blank=True, default="")

    objects = SanctionQuerySet.as_manager()

    class Meta:
        verbose_name = _("joint sanction")
        ordering = ("-id",)
        indexes = [
            models.Index(fields=["region", "status"], name="sanction_by_state"),
            models.Index(fields=["subject", "status"], name="sanction_by_subject"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "subject"], condition=Q(status__in=[each.value for each in LIVE]),
                name="sanction_one_live",
            ),
            *paired("sanction", "reviewed", "returned", "determined", "suspended"),
            *others("sanction", ("proposed", "reviewed"), ("proposed", "determined"), ("reviewed", "determined")),
            models.CheckConstraint(
                condition=~Q(decision_number="") & ~Q(decision_authority=""), name="sanction_rests_on_a_decision"
            ),
            models.CheckConstraint(
                condition=Q(ground="decision", strand__isnull=False, convicting=False)
                | Q(ground="judgment", effective_on__isnull=False),
                name="sanction_ground_whole",
            ),
            models.CheckConstraint(
                condition=Q(effective_on=None) | Q(effective_on__gte=models.F("decided_on")),
                name="sanction_ground_days_in_order",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["heard", *DETERMINED]) | Q(reviewed_at__isnull=False),
                name="sanction_reviewed_before",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=DETERMINED)
                | Q(determined_at__isnull=False, determination_document__isnull=False),
                name="sanction_determined_by_paper",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["in_force", "expired"]) | Q(sent_at__isnull=False),
                name="sanction_in_force_when_sent",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["expired", "lifted", "not_determined", "withdrawn"], ended_at__isnull=False)
                | (~Q(status__in=["expired", "lifted", "not_determined", "withdrawn"]) & Q(ended_at=None, ended_by=None)),
                name="sanction_ended_when_over",
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.subject} · {self.decision_number}"

    def get_absolute_url(self):
        return reverse("sanctions:sanction", args=[self.pk])

    @property
    def serious(self) -> bool:
        """C22's criteria of a serious breach of trust: harm of one kind, and both aggravations."""
        return (self.major_loss or self.endangers_safety) and self.especially_serious and self.especially_bad


class MeasureTask(Versioned):
    """What a determination asks of one department: it decides its measures by its own powers, executes and feeds back.

    person: who does it there. drafted_by wrote the draft of the measures, another signs it.
    """

    kind_code = "measure_task"
    locked_after = ("sanction.case", "sanction")
    scope = Scope.REGION
    retention = Retention.PERMANENT
    MOVES = TASK_MOVES

    sanction = models.ForeignKey(Sanction, models.PROTECT, related_name="tasks")
    department = models.ForeignKey(Department, models.PROTECT, related_name="measure_tasks")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="measure_tasks"
    )
    status = models.CharField(
        _("status"), max_length=12, choices=MeasureTaskStatus, default=MeasureTaskStatus.ISSUED
    )
    coordinates = models.BooleanField(_("coordinates the serious breach of trust"), default=False)
    acknowledged_by, acknowledged_at = actor(), models.DateTimeField(null=True)
    drafted_by, drafted_at = actor(), models.DateTimeField(null=True)
    decided_by, decided_at = actor(), models.DateTimeField(null=True)
    decision_number = models.CharField(_("decision number"), max_length=60, blank=True, default="")
    decision_document = models.ForeignKey(IssuedDocument, models.PROTECT, null=True, related_name="+")
    refused_by, refused_at = actor(), models.DateTimeField(null=True)
    executed_by, executed_at = actor(), models.DateTimeField(null=True)
    lapsed_at = models.DateTimeField(null=True)  # the job found a measure that ran out unexecuted
    fed_back_by, fed_back_at = actor(), models.DateTimeField(null=True)
    feedback = models.TextField(_("feedback"), blank=True, default="")
    feedback_document = models.ForeignKey(IssuedDocument, models.PROTECT, null=True, related_name="+")
    reason = models.TextField(_("reason"), blank=True, default="")

    objects = TaskQuerySet.as_manager()

    class Meta:
        verbose_name = _("task of a sanction")
        ordering = ("id",)
        indexes = [models.Index(fields=["department", "status"], name="measure_task_by_state")]
        constraints = [
            models.UniqueConstraint(fields=["sanction", "department"], name="measure_task_once_a_department"),
            *paired("measure_task", "acknowledged", "drafted", "decided", "refused", "executed", "fed_back"),
            *others("measure_task", ("drafted", "decided"), ("drafted", "refused")),
            models.CheckConstraint(
                condition=~Q(status="refused") | (Q(refused_at__isnull=False) & ~Q(reason="")),
                name="measure_task_refused_with_reason",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["decided", "executed", "fed_back"])
                | (Q(decided_at__isnull=False) & ~Q(decision_number="")),
                name="measure_task_decided_with_number",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["executed", "lapsed", "fed_back"])
                | Q(executed_at__isnull=False, lapsed_at=None) | Q(executed_at=None, lapsed_at__isnull=False),
                name="measure_task_executed_before",
            ),
            models.CheckConstraint(
                condition=~Q(status="executed") | Q(executed_at__isnull=False), name="measure_task_executed_by"
            ),
            models.CheckConstraint(
                condition=~Q(status="lapsed") | Q(lapsed_at__isnull=False), name="measure_task_lapsed_at"
            ),
            models.CheckConstraint(
                condition=~Q(status="fed_back") | Q(fed_back_at__isnull=False),
                name="measure_task_fed_back_by",
            ),
        ]

    def __str__(self):
        return f"{self.sanction} · {self.department}"

    def get_absolute_url(self):
        return reverse("sanctions:task", args=[self.pk])


class Hearing(Versioned, Filed):
    """The subject's right to be heard: a notice (告知书), served, a time to speak, what was said, and the answer.

    task None: before the determination; else before a measure of that department. days: working days to speak, from
    service. final: the subject said that its statement is all. The file is the scan of the statement or of the waiver.
    """

    kind_code = "hearing"
    locked_after = ("sanction.case", "sanction")
    scope = Scope.REGION
    retention = Retention.PERMANENT
    classification = {"said": Classification.INTERNAL}
    MOVES = HEARING_MOVES

    sanction = models.ForeignKey(Sanction, models.PROTECT, related_name="hearings")
    task = models.ForeignKey(MeasureTask, models.PROTECT, null=True, related_name="hearings")
    department = models.ForeignKey(Department, models.PROTECT, related_name="+")
    status = models.CharField(
        _("status"), max_length=10, choices=HearingStatus, default=HearingStatus.DRAFTED
    )
    intended = models.TextField(_("what is intended, and why"))
    days = models.PositiveSmallIntegerField(_("working days to speak"))
    drafted_by, drafted_at = person(), models.DateTimeField()
    signed_by, signed_at = actor(), models.DateTimeField(null=True)
    document = models.ForeignKey(IssuedDocument, models.PROTECT, null=True, related_name="+")
    served_on = models.DateField(_("served on"), null=True)
    served_how = models.CharField(_("how it was served"), max_length=100, blank=True, default="")
    due_on = models.DateField(_("may speak until"), null=True)
    served_by, served_at = actor(), models.DateTimeField(null=True)
    outcome = models.CharField(_("what the subject did"), max_length=10, choices=Said, blank=True, default="")
    said_on = models.DateField(_("said on"), null=True)
    said = models.TextField(_("what was said"), blank=True, default="")
    final = models.BooleanField(_("nothing more comes"), default=False)
    recorded_by, recorded_at = actor(), models.DateTimeField(null=True)
    answer = models.TextField(_("answer to it"), blank=True, default="")
    answered_by, answered_at = actor(), models.DateTimeField(null=True)

    objects = HearingQuerySet.as_manager()

    class Meta:
        verbose_name = _("hearing of the subject")
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(
                fields=["sanction"],
                condition=Q(task=None) & ~Q(status="discarded"),
                name="hearing_once_a_sanction",
            ),
            models.UniqueConstraint(
                fields=["task"],
                condition=Q(task__isnull=False) & ~Q(status__in=["answered", "discarded"]),
                name="hearing_once_a_task",
            ),
            filed("hearing"),
            *paired("hearing", "signed", "served", "recorded", "answered"),
            *others("hearing", ("drafted", "signed")),
            models.CheckConstraint(condition=Q(days__gte=1, days__lte=60), name="hearing_days_in_range"),
            models.CheckConstraint(
                condition=Q(served_on=None, due_on=None, served_how="")
                | (Q(served_on__isnull=False, due_on__gte=models.F("served_on")) & ~Q(served_how="")),
                name="hearing_served_whole",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["served", "said", "answered"]) | Q(served_at__isnull=False),
                name="hearing_served_before",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["said", "answered"])
                | (Q(recorded_at__isnull=False) & ~Q(outcome="")),
                name="hearing_said_before",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="statement") | (~Q(said="") & Q(said_on__isnull=False)),
                name="hearing_statement_in_words",
            ),
            models.CheckConstraint(
                condition=Q(final=False) | Q(outcome="statement"), name="hearing_final_is_a_statement"
            ),
            models.CheckConstraint(
                condition=~Q(outcome="waived") | ~Q(file=""), name="hearing_waived_in_writing"
            ),
            models.CheckConstraint(
                condition=~Q(status="answered") | (Q(answered_at__isnull=False) & ~Q(answer="")),
                name="hearing_answered_in_words",
            ),
        ]

    def __str__(self):
        return f"{self.sanction} · {self.department}"

    def may_go_on(self, today):
        """Whether more may still be said: its time is not over, and the subject has not said that nothing comes."""
        return self.outcome == Said.STATEMENT and not self.final and today <= self.due_on

    def get_absolute_url(self):
        return (self.task or self.sanction).get_absolute_url()
