"""The tables of this room as they stand (ADR 0071)."""

from decimal import Decimal

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from core.tables import CreateModels


class Migration(migrations.Migration):
    initial = True

    dependencies = [("cases", "0001_tables"), ("departments", "0001_tables"), ("documents", "0001_tables")]

    operations = [
        CreateModels(
            migrations.CreateModel(
                name="Measure",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("code", models.SlugField(max_length=40, unique=True, verbose_name="code")),
                    (
                        "function",
                        models.CharField(
                            choices=[
                                ("insurance", "medical insurance"),
                                ("health", "health"),
                                ("market", "market regulation"),
                                ("finance", "finance"),
                                ("reform", "development and reform"),
                                ("police", "police"),
                                ("office", "leading group's office"),
                                ("agency", "insurance handling agency"),
                                ("other", "other body"),
                            ],
                            max_length=12,
                            verbose_name="department",
                        ),
                    ),
                    (
                        "kinds",
                        django.contrib.postgres.fields.ArrayField(
                            base_field=models.CharField(
                                choices=[
                                    ("institution", "medical institution"),
                                    ("pharmacy", "retail pharmacy"),
                                    ("supplier", "drug maker or supplier"),
                                    ("practitioner", "practitioner"),
                                    ("insured", "insured person"),
                                ],
                                max_length=12,
                            ),
                            size=None,
                            verbose_name="against",
                        ),
                    ),
                    ("name", models.CharField(max_length=60, verbose_name="measure")),
                    (
                        "source",
                        models.CharField(blank=True, default="", max_length=120, verbose_name="named in"),
                    ),
                    ("basis", models.CharField(max_length=300, verbose_name="legal basis")),
                    (
                        "amount",
                        models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="usual term"),
                    ),
                    (
                        "unit",
                        models.CharField(
                            blank=True,
                            choices=[("day", "days"), ("month", "months"), ("year", "years")],
                            default="",
                            max_length=5,
                            verbose_name="unit",
                        ),
                    ),
                    ("proof", models.CharField(max_length=120, verbose_name="proof of execution")),
                    (
                        "own_hearing",
                        models.BooleanField(
                            default=False, verbose_name="needs the department's own notice and hearing"
                        ),
                    ),
                    (
                        "effect",
                        models.CharField(
                            choices=[
                                ("plain", "nothing follows by itself"),
                                ("bar", "cancels the designation: no new application during the bar"),
                                ("person_bar", "bars a responsible person (Regulations, article 43)"),
                                ("black", "proposes the subject for the blacklist"),
                                ("serious", "proposes the subject for the list of serious breaches of trust"),
                                ("permanent", "proposes the subject for the permanent blacklist"),
                            ],
                            default="plain",
                            max_length=10,
                            verbose_name="what follows",
                        ),
                    ),
                    ("active", models.BooleanField(default=True, verbose_name="in use")),
                    ("order", models.PositiveSmallIntegerField(default=0)),
                ],
                options={
                    "verbose_name": "sanction measure",
                    "ordering": ("order", "code"),
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("kinds__len__gte", 1)), name="measure_against_somebody"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("basis", ""), _negated=True),
                                models.Q(("name", ""), _negated=True),
                                models.Q(("proof", ""), _negated=True),
                            ),
                            name="measure_said_whole",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("amount", None), ("unit", "")),
                                models.Q(("amount__gte", 1), models.Q(("unit", ""), _negated=True)),
                                _connector="OR",
                            ),
                            name="measure_term_whole",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Sanction",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("created_at", models.DateTimeField(editable=False, verbose_name="created")),
                    ("updated_at", models.DateTimeField(editable=False, verbose_name="updated")),
                    ("version", models.PositiveIntegerField(default=1, editable=False)),
                    (
                        "status",
                        models.CharField(
                            choices=[
                                ("proposed", "proposed"),
                                ("heard", "subject heard"),
                                ("decided", "determined"),
                                ("in_force", "in force"),
                                ("expired", "over"),
                                ("lifted", "lifted"),
                                ("not_determined", "not determined"),
                                ("withdrawn", "withdrawn"),
                            ],
                            default="proposed",
                            max_length=14,
                            verbose_name="status",
                        ),
                    ),
                    (
                        "ground",
                        models.CharField(
                            choices=[
                                ("decision", "decision on the case"),
                                ("judgment", "judgment of a court"),
                            ],
                            max_length=10,
                            verbose_name="ground",
                        ),
                    ),
                    (
                        "decision_number",
                        models.CharField(max_length=60, verbose_name="number of the decision or judgment"),
                    ),
                    ("decision_authority", models.CharField(max_length=60, verbose_name="who decided")),
                    ("decided_on", models.DateField(verbose_name="date of the decision")),
                    ("effective_on", models.DateField(blank=True, null=True, verbose_name="took effect on")),
                    ("convicting", models.BooleanField(default=False, verbose_name="convicts of fraud")),
                    ("facts", models.TextField(verbose_name="facts of the breach of trust")),
                    ("basis", models.TextField(verbose_name="legal basis")),
                    ("major_loss", models.BooleanField(default=False, verbose_name="major loss to the fund")),
                    (
                        "endangers_safety",
                        models.BooleanField(default=False, verbose_name="endangers personal safety"),
                    ),
                    (
                        "especially_serious",
                        models.BooleanField(default=False, verbose_name="especially serious circumstances"),
                    ),
                    (
                        "especially_bad",
                        models.BooleanField(
                            default=False, verbose_name="especially bad influence on society"
                        ),
                    ),
                    (
                        "criteria_reason",
                        models.TextField(blank=True, default="", verbose_name="why these criteria are met"),
                    ),
                    ("proposed_at", models.DateTimeField()),
                    ("reviewed_at", models.DateTimeField(null=True)),
                    ("returned_at", models.DateTimeField(null=True)),
                    ("determined_at", models.DateTimeField(null=True)),
                    (
                        "findings",
                        models.TextField(blank=True, default="", verbose_name="what the authority found"),
                    ),
                    ("sent_at", models.DateTimeField(null=True)),
                    ("suspended_at", models.DateTimeField(null=True)),
                    ("ended_at", models.DateTimeField(null=True)),
                    ("reason", models.TextField(blank=True, default="", verbose_name="reason")),
                    (
                        "authority",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="determined_sanctions",
                            to="departments.department",
                        ),
                    ),
                    (
                        "case",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="sanctions",
                            to="cases.case",
                        ),
                    ),
                    (
                        "department",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="proposed_sanctions",
                            to="departments.department",
                        ),
                    ),
                    (
                        "determination_document",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="documents.issueddocument",
                        ),
                    ),
                    (
                        "determined_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "document",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="documents.issueddocument",
                        ),
                    ),
                    (
                        "ended_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "measures",
                        models.ManyToManyField(
                            related_name="+", to="sanctions.measure", verbose_name="measures proposed"
                        ),
                    ),
                    (
                        "proposal_document",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="documents.issueddocument",
                        ),
                    ),
                    (
                        "proposed_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "region",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="sanctions",
                            to="departments.region",
                        ),
                    ),
                    (
                        "returned_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "reviewed_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "strand",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="sanctions",
                            to="cases.strand",
                        ),
                    ),
                    (
                        "subject",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="sanctions",
                            to="cases.subject",
                        ),
                    ),
                    (
                        "suspended_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
                options={
                    "verbose_name": "joint sanction",
                    "ordering": ("-id",),
                    "indexes": [
                        models.Index(fields=["region", "status"], name="sanction_by_state"),
                        models.Index(fields=["subject", "status"], name="sanction_by_subject"),
                    ],
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("status__in", ["proposed", "heard", "decided", "in_force"])),
                            fields=("case", "subject"),
                            name="sanction_one_live",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("reviewed_at", None), ("reviewed_by", None)),
                                models.Q(("reviewed_at__isnull", False), ("reviewed_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="sanction_reviewed_paired",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("returned_at", None), ("returned_by", None)),
                                models.Q(("returned_at__isnull", False), ("returned_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="sanction_returned_paired",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("determined_at", None), ("determined_by", None)),
                                models.Q(("determined_at__isnull", False), ("determined_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="sanction_determined_paired",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("suspended_at", None), ("suspended_by", None)),
                                models.Q(("suspended_at__isnull", False), ("suspended_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="sanction_suspended_paired",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("proposed_by", None),
                                ("reviewed_by", None),
                                models.Q(("proposed_by", models.F("reviewed_by")), _negated=True),
                                _connector="OR",
                            ),
                            name="sanction_proposed_is_not_reviewed",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("proposed_by", None),
                                ("determined_by", None),
                                models.Q(("proposed_by", models.F("determined_by")), _negated=True),
                                _connector="OR",
                            ),
                            name="sanction_proposed_is_not_determined",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("reviewed_by", None),
                                ("determined_by", None),
                                models.Q(("reviewed_by", models.F("determined_by")), _negated=True),
                                _connector="OR",
                            ),
                            name="sanction_reviewed_is_not_determined",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("decision_number", ""), _negated=True),
                                models.Q(("decision_authority", ""), _negated=True),
                            ),
                            name="sanction_rests_on_a_decision",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("convicting", False), ("ground", "decision"), ("strand__isnull", False)
                                ),
                                models.Q(("effective_on__isnull", False), ("ground", "judgment")),
                                _connector="OR",
                            ),
                            name="sanction_ground_whole",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("effective_on", None),
                                ("effective_on__gte", models.F("decided_on")),
                                _connector="OR",
                            ),
                            name="sanction_ground_days_in_order",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("status__in", ["heard", "decided", "in_force", "expired", "lifted"]),
                                    _negated=True,
                                ),
                                ("reviewed_at__isnull", False),
                                _connector="OR",
                            ),
                            name="sanction_reviewed_before",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("status__in", ["decided", "in_force", "expired", "lifted"]),
                                    _negated=True,
                                ),
                                models.Q(
                                    ("determination_document__isnull", False),
                                    ("determined_at__isnull", False),
                                ),
                                _connector="OR",
                            ),
                            name="sanction_determined_by_paper",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("status__in", ["in_force", "expired"]), _negated=True),
                                ("sent_at__isnull", False),
                                _connector="OR",
                            ),
                            name="sanction_in_force_when_sent",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("ended_at__isnull", False),
                                    ("status__in", ["expired", "lifted", "not_determined", "withdrawn"]),
                                ),
                                models.Q(
                                    models.Q(
                                        ("status__in", ["expired", "lifted", "not_determined", "withdrawn"]),
                                        _negated=True,
                                    ),
                                    ("ended_at", None),
                                    ("ended_by", None),
                                ),
                                _connector="OR",
                            ),
                            name="sanction_ended_when_over",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="MeasureTask",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("created_at", models.DateTimeField(editable=False, verbose_name="created")),
                    ("updated_at", models.DateTimeField(editable=False, verbose_name="updated")),
                    ("version", models.PositiveIntegerField(default=1, editable=False)),
                    (
                        "status",
                        models.CharField(
                            choices=[
                                ("issued", "sent"),
                                ("acknowledged", "received"),
                                ("decided", "measures decided"),
                                ("refused", "no measure taken"),
                                ("executed", "measures executed"),
                                ("lapsed", "ran out unexecuted"),
                                ("fed_back", "fed back"),
                                ("cancelled", "no longer wanted"),
                            ],
                            default="issued",
                            max_length=12,
                            verbose_name="status",
                        ),
                    ),
                    (
                        "coordinates",
                        models.BooleanField(
                            default=False, verbose_name="coordinates the serious breach of trust"
                        ),
                    ),
                    ("acknowledged_at", models.DateTimeField(null=True)),
                    ("drafted_at", models.DateTimeField(null=True)),
                    ("decided_at", models.DateTimeField(null=True)),
                    (
                        "decision_number",
                        models.CharField(
                            blank=True, default="", max_length=60, verbose_name="decision number"
                        ),
                    ),
                    ("refused_at", models.DateTimeField(null=True)),
                    ("executed_at", models.DateTimeField(null=True)),
                    ("fed_back_at", models.DateTimeField(null=True)),
                    ("feedback", models.TextField(blank=True, default="", verbose_name="feedback")),
                    ("reason", models.TextField(blank=True, default="", verbose_name="reason")),
                    (
                        "acknowledged_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "decided_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "decision_document",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="documents.issueddocument",
                        ),
                    ),
                    (
                        "department",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="measure_tasks",
                            to="departments.department",
                        ),
                    ),
                    (
                        "drafted_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "executed_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "fed_back_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "feedback_document",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="documents.issueddocument",
                        ),
                    ),
                    (
                        "person",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="measure_tasks",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "refused_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "sanction",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="tasks",
                            to="sanctions.sanction",
                        ),
                    ),
                    ("lapsed_at", models.DateTimeField(null=True)),
                ],
                options={
                    "verbose_name": "task of a sanction",
                    "ordering": ("id",),
                    "indexes": [models.Index(fields=["department", "status"], name="measure_task_by_state")],
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("sanction", "department"), name="measure_task_once_a_department"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("acknowledged_at", None), ("acknowledged_by", None)),
                                models.Q(
                                    ("acknowledged_at__isnull", False), ("acknowledged_by__isnull", False)
                                ),
                                _connector="OR",
                            ),
                            name="measure_task_acknowledged_paired",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("drafted_at", None), ("drafted_by", None)),
                                models.Q(("drafted_at__isnull", False), ("drafted_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="measure_task_drafted_paired",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("decided_at", None), ("decided_by", None)),
                                models.Q(("decided_at__isnull", False), ("decided_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="measure_task_decided_paired",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("refused_at", None), ("refused_by", None)),
                                models.Q(("refused_at__isnull", False), ("refused_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="measure_task_refused_paired",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("executed_at", None), ("executed_by", None)),
                                models.Q(("executed_at__isnull", False), ("executed_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="measure_task_executed_paired",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("fed_back_at", None), ("fed_back_by", None)),
                                models.Q(("fed_back_at__isnull", False), ("fed_back_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="measure_task_fed_back_paired",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("drafted_by", None),
                                ("decided_by", None),
                                models.Q(("drafted_by", models.F("decided_by")), _negated=True),
                                _connector="OR",
                            ),
                            name="measure_task_drafted_is_not_decided",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("drafted_by", None),
                                ("refused_by", None),
                                models.Q(("drafted_by", models.F("refused_by")), _negated=True),
                                _connector="OR",
                            ),
                            name="measure_task_drafted_is_not_refused",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("status", "refused"), _negated=True),
                                models.Q(
                                    ("refused_at__isnull", False), models.Q(("reason", ""), _negated=True)
                                ),
                                _connector="OR",
                            ),
                            name="measure_task_refused_with_reason",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("status__in", ["decided", "executed", "fed_back"]), _negated=True),
                                models.Q(
                                    ("decided_at__isnull", False),
                                    models.Q(("decision_number", ""), _negated=True),
                                ),
                                _connector="OR",
                            ),
                            name="measure_task_decided_with_number",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("status", "fed_back"), _negated=True),
                                ("fed_back_at__isnull", False),
                                _connector="OR",
                            ),
                            name="measure_task_fed_back_by",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("status__in", ["executed", "lapsed", "fed_back"]), _negated=True),
                                models.Q(("executed_at__isnull", False), ("lapsed_at", None)),
                                models.Q(("executed_at", None), ("lapsed_at__isnull", False)),
                                _connector="OR",
                            ),
                            name="measure_task_executed_before",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("status", "executed"), _negated=True),
                                ("executed_at__isnull", False),
                                _connector="OR",
                            ),
                            name="measure_task_executed_by",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("status", "lapsed"), _negated=True),
                                ("lapsed_at__isnull", False),
                                _connector="OR",
                            ),
                            name="measure_task_lapsed_at",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="AppliedMeasure",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("created_at", models.DateTimeField(editable=False, verbose_name="created")),
                    ("updated_at", models.DateTimeField(editable=False, verbose_name="updated")),
                    ("version", models.PositiveIntegerField(default=1, editable=False)),
                    ("since", models.DateField(blank=True, null=True, verbose_name="from")),
                    ("amount", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="term")),
                    (
                        "unit",
                        models.CharField(
                            blank=True,
                            choices=[("day", "days"), ("month", "months"), ("year", "years")],
                            default="",
                            max_length=5,
                            verbose_name="unit",
                        ),
                    ),
                    ("until", models.DateField(blank=True, null=True, verbose_name="last day")),
                    ("name", models.CharField(blank=True, default="", max_length=150, verbose_name="file")),
                    ("file", models.CharField(blank=True, default="", max_length=120)),
                    ("media_type", models.CharField(blank=True, default="", max_length=100)),
                    (
                        "sha256",
                        models.CharField(blank=True, default="", max_length=64, verbose_name="SHA-256"),
                    ),
                    (
                        "status",
                        models.CharField(
                            choices=[
                                ("draft", "drafted"),
                                ("decided", "decided"),
                                ("executed", "executed"),
                                ("suspended", "suspended"),
                                ("expired", "expired"),
                                ("lapsed", "ran out unexecuted"),
                                ("lifted", "lifted"),
                                ("dropped", "taken out of the draft"),
                            ],
                            default="draft",
                            max_length=10,
                            verbose_name="status",
                        ),
                    ),
                    (
                        "extent",
                        models.CharField(
                            blank=True, default="", max_length=300, verbose_name="extent and conditions"
                        ),
                    ),
                    ("basis", models.CharField(max_length=300, verbose_name="legal basis")),
                    (
                        "decision_number",
                        models.CharField(
                            blank=True, default="", max_length=60, verbose_name="decision number"
                        ),
                    ),
                    ("decided_on", models.DateField(null=True, verbose_name="decided on")),
                    ("executed_on", models.DateField(null=True, verbose_name="executed on")),
                    (
                        "execution",
                        models.CharField(
                            blank=True, default="", max_length=300, verbose_name="how it was executed"
                        ),
                    ),
                    ("executed_at", models.DateTimeField(null=True)),
                    ("ended_at", models.DateTimeField(null=True)),
                    (
                        "end_reason",
                        models.CharField(blank=True, default="", max_length=300, verbose_name="why it ended"),
                    ),
                    (
                        "department",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="departments.department",
                        ),
                    ),
                    (
                        "ended_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "executed_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "subject",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="applied_measures",
                            to="cases.subject",
                        ),
                    ),
                    (
                        "measure",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="applied",
                            to="sanctions.measure",
                        ),
                    ),
                    (
                        "task",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="applied",
                            to="sanctions.measuretask",
                        ),
                    ),
                    (
                        "sanction",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="applied",
                            to="sanctions.sanction",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "measure taken",
                    "ordering": ("id",),
                    "indexes": [
                        models.Index(fields=["subject", "status"], name="applied_by_subject"),
                        models.Index(
                            condition=models.Q(
                                ("status__in", ["decided", "executed", "suspended"]), ("until__isnull", False)
                            ),
                            fields=["until"],
                            name="applied_to_expire",
                        ),
                    ],
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("status", "dropped"), _negated=True),
                            fields=("task", "measure", "subject"),
                            name="applied_once_a_task",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("amount", None), ("unit", "")),
                                models.Q(("amount__gte", 1), models.Q(("unit", ""), _negated=True)),
                                _connector="OR",
                            ),
                            name="applied_term_whole",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("until", None),
                                models.Q(("since__isnull", False), ("until__gte", models.F("since"))),
                                _connector="OR",
                            ),
                            name="applied_days_in_order",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("file", ""), ("media_type", ""), ("name", ""), ("sha256", "")),
                                models.Q(
                                    models.Q(("name", ""), _negated=True),
                                    models.Q(("file", ""), _negated=True),
                                    models.Q(("sha256", ""), _negated=True),
                                    models.Q(("media_type", ""), _negated=True),
                                ),
                                _connector="OR",
                            ),
                            name="applied_file_whole",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("executed_at", None), ("executed_by", None)),
                                models.Q(("executed_at__isnull", False), ("executed_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="applied_executed_paired",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("status__in", ["draft", "dropped"]),
                                models.Q(
                                    ("decided_on__isnull", False),
                                    ("since__isnull", False),
                                    models.Q(("decision_number", ""), _negated=True),
                                ),
                                _connector="OR",
                            ),
                            name="applied_decided_with_number",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("status", "executed"), _negated=True),
                                models.Q(
                                    ("executed_at__isnull", False),
                                    ("executed_on__isnull", False),
                                    models.Q(("file", ""), _negated=True),
                                ),
                                _connector="OR",
                            ),
                            name="applied_executed_with_proof",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("ended_at__isnull", False),
                                    ("status__in", ["expired", "lapsed", "lifted"]),
                                ),
                                models.Q(
                                    models.Q(("status__in", ["expired", "lapsed", "lifted"]), _negated=True),
                                    ("ended_at", None),
                                    ("ended_by", None),
                                ),
                                _connector="OR",
                            ),
                            name="applied_ended_when_over",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("status__in", ["lapsed", "lifted"]), _negated=True),
                                models.Q(("end_reason", ""), _negated=True),
                                _connector="OR",
                            ),
                            name="applied_lifted_with_reason",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("status", "expired"), _negated=True),
                                ("executed_at__isnull", False),
                                _connector="OR",
                            ),
                            name="applied_expired_was_executed",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("status", "lapsed"), _negated=True),
                                ("executed_at", None),
                                _connector="OR",
                            ),
                            name="applied_lapsed_was_not_executed",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="ListEntry",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("created_at", models.DateTimeField(editable=False, verbose_name="created")),
                    ("updated_at", models.DateTimeField(editable=False, verbose_name="updated")),
                    ("version", models.PositiveIntegerField(default=1, editable=False)),
                    ("since", models.DateField(blank=True, null=True, verbose_name="from")),
                    ("amount", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="term")),
                    (
                        "unit",
                        models.CharField(
                            blank=True,
                            choices=[("day", "days"), ("month", "months"), ("year", "years")],
                            default="",
                            max_length=5,
                            verbose_name="unit",
                        ),
                    ),
                    ("until", models.DateField(blank=True, null=True, verbose_name="last day")),
                    (
                        "kind",
                        models.CharField(
                            choices=[
                                ("red", "red list"),
                                ("black", "blacklist"),
                                ("serious", "serious breaches of trust"),
                                ("permanent", "permanent blacklist"),
                            ],
                            max_length=10,
                            verbose_name="list",
                        ),
                    ),
                    (
                        "status",
                        models.CharField(
                            choices=[
                                ("proposed", "proposed"),
                                ("listed", "listed"),
                                ("suspended", "suspended"),
                                ("expired", "expired"),
                                ("removed", "removed"),
                                ("refused", "not approved"),
                                ("withdrawn", "withdrawn"),
                            ],
                            default="proposed",
                            max_length=10,
                            verbose_name="status",
                        ),
                    ),
                    ("reason", models.CharField(max_length=300, verbose_name="why it is listed")),
                    ("basis", models.CharField(max_length=300, verbose_name="legal basis")),
                    (
                        "decision_number",
                        models.CharField(
                            blank=True, default="", max_length=60, verbose_name="number of the decision"
                        ),
                    ),
                    (
                        "judgment_number",
                        models.CharField(
                            blank=True, default="", max_length=60, verbose_name="number of the judgment"
                        ),
                    ),
                    (
                        "judgment_court",
                        models.CharField(blank=True, default="", max_length=60, verbose_name="court"),
                    ),
                    (
                        "judgment_effective_on",
                        models.DateField(blank=True, null=True, verbose_name="judgment took effect on"),
                    ),
                    ("convicting", models.BooleanField(default=False, verbose_name="convicts of fraud")),
                    ("proposed_at", models.DateTimeField()),
                    ("approved_at", models.DateTimeField(null=True)),
                    ("ended_at", models.DateTimeField(null=True)),
                    (
                        "end_reason",
                        models.CharField(blank=True, default="", max_length=300, verbose_name="why it ended"),
                    ),
                    (
                        "end_number",
                        models.CharField(
                            blank=True,
                            default="",
                            max_length=60,
                            verbose_name="number of the paper it ended by",
                        ),
                    ),
                    (
                        "applied",
                        models.OneToOneField(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="entry",
                            to="sanctions.appliedmeasure",
                        ),
                    ),
                    (
                        "approved_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "department",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="departments.department",
                        ),
                    ),
                    (
                        "document",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="documents.issueddocument",
                        ),
                    ),
                    (
                        "ended_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "proposed_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "region",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="departments.region",
                        ),
                    ),
                    (
                        "subject",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="list_entries",
                            to="cases.subject",
                        ),
                    ),
                    (
                        "sanction",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="entries",
                            to="sanctions.sanction",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "list entry",
                    "ordering": ("-id",),
                    "indexes": [
                        models.Index(fields=["subject", "status"], name="entry_by_subject"),
                        models.Index(fields=["region", "kind", "status"], name="entry_by_list"),
                        models.Index(
                            condition=models.Q(
                                ("status__in", ["listed", "suspended"]), ("until__isnull", False)
                            ),
                            fields=["until"],
                            name="entry_to_expire",
                        ),
                    ],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("amount", None), ("unit", "")),
                                models.Q(("amount__gte", 1), models.Q(("unit", ""), _negated=True)),
                                _connector="OR",
                            ),
                            name="list_entry_term_whole",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("until", None),
                                models.Q(("since__isnull", False), ("until__gte", models.F("since"))),
                                _connector="OR",
                            ),
                            name="list_entry_days_in_order",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("approved_at", None), ("approved_by", None)),
                                models.Q(("approved_at__isnull", False), ("approved_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="list_entry_approved_paired",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("proposed_by", None),
                                ("approved_by", None),
                                models.Q(("proposed_by", models.F("approved_by")), _negated=True),
                                _connector="OR",
                            ),
                            name="list_entry_proposed_is_not_approved",
                        ),
                        models.UniqueConstraint(
                            condition=models.Q(("status__in", ["proposed", "listed", "suspended"])),
                            fields=("subject", "kind"),
                            name="list_entry_one_live",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("kind", "permanent"), _negated=True),
                                models.Q(
                                    ("amount", None),
                                    ("convicting", True),
                                    ("judgment_effective_on__isnull", False),
                                    ("until", None),
                                    models.Q(("judgment_number", ""), _negated=True),
                                    models.Q(("judgment_court", ""), _negated=True),
                                ),
                                _connector="OR",
                            ),
                            name="list_entry_permanent_by_judgment",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("kind", "permanent"),
                                ("status__in", ["proposed", "refused", "withdrawn"]),
                                ("until__isnull", False),
                                _connector="OR",
                            ),
                            name="list_entry_others_end",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("status__in", ["listed", "suspended", "expired", "removed"]),
                                    _negated=True,
                                ),
                                models.Q(("approved_at__isnull", False), ("since__isnull", False)),
                                _connector="OR",
                            ),
                            name="list_entry_approved_before",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("ended_at__isnull", False),
                                    ("status__in", ["expired", "removed", "refused", "withdrawn"]),
                                ),
                                models.Q(
                                    models.Q(
                                        ("status__in", ["expired", "removed", "refused", "withdrawn"]),
                                        _negated=True,
                                    ),
                                    ("ended_at", None),
                                    ("ended_by", None),
                                ),
                                _connector="OR",
                            ),
                            name="list_entry_ended_when_over",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("status__in", ["removed", "refused", "withdrawn"]), _negated=True),
                                models.Q(("end_reason", ""), _negated=True),
                                _connector="OR",
                            ),
                            name="list_entry_removed_with_reason",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("kind", "permanent"), ("status", "removed"), _negated=True),
                                models.Q(("end_number", ""), _negated=True),
                                _connector="OR",
                            ),
                            name="list_entry_permanent_ends_by_judgment",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("kind__in", ["black", "serious"]), _negated=True),
                                ("sanction__isnull", False),
                                _connector="OR",
                            ),
                            name="list_entry_rests_on_a_determination",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Repair",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("created_at", models.DateTimeField(editable=False, verbose_name="created")),
                    ("updated_at", models.DateTimeField(editable=False, verbose_name="updated")),
                    ("version", models.PositiveIntegerField(default=1, editable=False)),
                    ("name", models.CharField(blank=True, default="", max_length=150, verbose_name="file")),
                    ("file", models.CharField(blank=True, default="", max_length=120)),
                    ("media_type", models.CharField(blank=True, default="", max_length=100)),
                    (
                        "sha256",
                        models.CharField(blank=True, default="", max_length=64, verbose_name="SHA-256"),
                    ),
                    (
                        "status",
                        models.CharField(
                            choices=[
                                ("applied", "applied for"),
                                ("granted", "granted"),
                                ("refused", "refused"),
                                ("fallen", "ended by itself"),
                            ],
                            default="applied",
                            max_length=10,
                            verbose_name="status",
                        ),
                    ),
                    ("applied_on", models.DateField(verbose_name="applied for on")),
                    ("grounds", models.CharField(max_length=500, verbose_name="what the subject has mended")),
                    ("commitment", models.CharField(max_length=500, verbose_name="commitment")),
                    ("recorded_at", models.DateTimeField()),
                    ("decided_at", models.DateTimeField(null=True)),
                    (
                        "reason",
                        models.CharField(
                            blank=True, default="", max_length=300, verbose_name="reason of the decision"
                        ),
                    ),
                    (
                        "applied",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="repairs",
                            to="sanctions.appliedmeasure",
                        ),
                    ),
                    (
                        "decided_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "department",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="departments.department",
                        ),
                    ),
                    (
                        "entry",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="repairs",
                            to="sanctions.listentry",
                        ),
                    ),
                    (
                        "recorded_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "region",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="departments.region",
                        ),
                    ),
                    (
                        "subject",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="repairs",
                            to="cases.subject",
                        ),
                    ),
                    (
                        "sanction",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="repairs",
                            to="sanctions.sanction",
                        ),
                    ),
                    ("fallen_at", models.DateTimeField(null=True)),
                ],
                options={
                    "verbose_name": "credit repair",
                    "ordering": ("-id",),
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("file", ""), ("media_type", ""), ("name", ""), ("sha256", "")),
                                models.Q(
                                    models.Q(("name", ""), _negated=True),
                                    models.Q(("file", ""), _negated=True),
                                    models.Q(("sha256", ""), _negated=True),
                                    models.Q(("media_type", ""), _negated=True),
                                ),
                                _connector="OR",
                            ),
                            name="repair_file_whole",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("decided_at", None), ("decided_by", None)),
                                models.Q(("decided_at__isnull", False), ("decided_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="repair_decided_paired",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("recorded_by", None),
                                ("decided_by", None),
                                models.Q(("recorded_by", models.F("decided_by")), _negated=True),
                                _connector="OR",
                            ),
                            name="repair_recorded_is_not_decided",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("applied__isnull", False), ("entry", None)),
                                models.Q(("applied", None), ("entry__isnull", False)),
                                _connector="OR",
                            ),
                            name="repair_of_one_thing",
                        ),
                        models.UniqueConstraint(
                            condition=models.Q(("applied__isnull", False), ("status", "applied")),
                            fields=("applied",),
                            name="repair_one_open_measure",
                        ),
                        models.UniqueConstraint(
                            condition=models.Q(("entry__isnull", False), ("status", "applied")),
                            fields=("entry",),
                            name="repair_one_open_entry",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("decided_at", None), ("fallen_at", None), ("status", "applied")),
                                models.Q(
                                    ("decided_at__isnull", False),
                                    ("fallen_at", None),
                                    ("status__in", ["granted", "refused"]),
                                    models.Q(("reason", ""), _negated=True),
                                ),
                                models.Q(
                                    ("decided_at", None),
                                    ("fallen_at__isnull", False),
                                    ("status", "fallen"),
                                    models.Q(("reason", ""), _negated=True),
                                ),
                                _connector="OR",
                            ),
                            name="repair_decided_with_reason",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Hearing",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("created_at", models.DateTimeField(editable=False, verbose_name="created")),
                    ("updated_at", models.DateTimeField(editable=False, verbose_name="updated")),
                    ("version", models.PositiveIntegerField(default=1, editable=False)),
                    ("name", models.CharField(blank=True, default="", max_length=150, verbose_name="file")),
                    ("file", models.CharField(blank=True, default="", max_length=120)),
                    ("media_type", models.CharField(blank=True, default="", max_length=100)),
                    (
                        "sha256",
                        models.CharField(blank=True, default="", max_length=64, verbose_name="SHA-256"),
                    ),
                    (
                        "status",
                        models.CharField(
                            choices=[
                                ("drafted", "notice drafted"),
                                ("signed", "notice signed"),
                                ("served", "notice served"),
                                ("said", "statement recorded"),
                                ("answered", "answered"),
                                ("discarded", "given up"),
                            ],
                            default="drafted",
                            max_length=10,
                            verbose_name="status",
                        ),
                    ),
                    ("intended", models.TextField(verbose_name="what is intended, and why")),
                    ("days", models.PositiveSmallIntegerField(verbose_name="working days to speak")),
                    ("drafted_at", models.DateTimeField()),
                    ("signed_at", models.DateTimeField(null=True)),
                    ("served_on", models.DateField(null=True, verbose_name="served on")),
                    (
                        "served_how",
                        models.CharField(
                            blank=True, default="", max_length=100, verbose_name="how it was served"
                        ),
                    ),
                    ("due_on", models.DateField(null=True, verbose_name="may speak until")),
                    ("served_at", models.DateTimeField(null=True)),
                    (
                        "outcome",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("statement", "made a statement or defence"),
                                ("waived", "waived it in writing"),
                                ("silent", "said nothing within the time"),
                            ],
                            default="",
                            max_length=10,
                            verbose_name="what the subject did",
                        ),
                    ),
                    ("said_on", models.DateField(null=True, verbose_name="said on")),
                    ("said", models.TextField(blank=True, default="", verbose_name="what was said")),
                    ("recorded_at", models.DateTimeField(null=True)),
                    ("answer", models.TextField(blank=True, default="", verbose_name="answer to it")),
                    ("answered_at", models.DateTimeField(null=True)),
                    (
                        "answered_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "department",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="departments.department",
                        ),
                    ),
                    (
                        "document",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="documents.issueddocument",
                        ),
                    ),
                    (
                        "drafted_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "recorded_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "served_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "signed_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "task",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="hearings",
                            to="sanctions.measuretask",
                        ),
                    ),
                    (
                        "sanction",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="hearings",
                            to="sanctions.sanction",
                        ),
                    ),
                    ("final", models.BooleanField(default=False, verbose_name="nothing more comes")),
                ],
                options={
                    "verbose_name": "hearing of the subject",
                    "ordering": ("id",),
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(
                                ("task", None), models.Q(("status", "discarded"), _negated=True)
                            ),
                            fields=("sanction",),
                            name="hearing_once_a_sanction",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("file", ""), ("media_type", ""), ("name", ""), ("sha256", "")),
                                models.Q(
                                    models.Q(("name", ""), _negated=True),
                                    models.Q(("file", ""), _negated=True),
                                    models.Q(("sha256", ""), _negated=True),
                                    models.Q(("media_type", ""), _negated=True),
                                ),
                                _connector="OR",
                            ),
                            name="hearing_file_whole",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("signed_at", None), ("signed_by", None)),
                                models.Q(("signed_at__isnull", False), ("signed_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="hearing_signed_paired",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("served_at", None), ("served_by", None)),
                                models.Q(("served_at__isnull", False), ("served_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="hearing_served_paired",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("recorded_at", None), ("recorded_by", None)),
                                models.Q(("recorded_at__isnull", False), ("recorded_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="hearing_recorded_paired",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("answered_at", None), ("answered_by", None)),
                                models.Q(("answered_at__isnull", False), ("answered_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="hearing_answered_paired",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("drafted_by", None),
                                ("signed_by", None),
                                models.Q(("drafted_by", models.F("signed_by")), _negated=True),
                                _connector="OR",
                            ),
                            name="hearing_drafted_is_not_signed",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("days__gte", 1), ("days__lte", 60)),
                            name="hearing_days_in_range",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("due_on", None), ("served_how", ""), ("served_on", None)),
                                models.Q(
                                    ("due_on__gte", models.F("served_on")),
                                    ("served_on__isnull", False),
                                    models.Q(("served_how", ""), _negated=True),
                                ),
                                _connector="OR",
                            ),
                            name="hearing_served_whole",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("status__in", ["served", "said", "answered"]), _negated=True),
                                ("served_at__isnull", False),
                                _connector="OR",
                            ),
                            name="hearing_served_before",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("status__in", ["said", "answered"]), _negated=True),
                                models.Q(
                                    ("recorded_at__isnull", False), models.Q(("outcome", ""), _negated=True)
                                ),
                                _connector="OR",
                            ),
                            name="hearing_said_before",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("outcome", "statement"), _negated=True),
                                models.Q(models.Q(("said", ""), _negated=True), ("said_on__isnull", False)),
                                _connector="OR",
                            ),
                            name="hearing_statement_in_words",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("outcome", "waived"), _negated=True),
                                models.Q(("file", ""), _negated=True),
                                _connector="OR",
                            ),
                            name="hearing_waived_in_writing",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("status", "answered"), _negated=True),
                                models.Q(
                                    ("answered_at__isnull", False), models.Q(("answer", ""), _negated=True)
                                ),
                                _connector="OR",
                            ),
                            name="hearing_answered_in_words",
                        ),
                        models.UniqueConstraint(
                            condition=models.Q(
                                ("task__isnull", False),
                                models.Q(("status__in", ["answered", "discarded"]), _negated=True),
                            ),
                            fields=("task",),
                            name="hearing_once_a_task",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("final", False), ("outcome", "statement"), _connector="OR"),
                            name="hearing_final_is_a_statement",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Bar",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("created_at", models.DateTimeField(editable=False, verbose_name="created")),
                    ("updated_at", models.DateTimeField(editable=False, verbose_name="updated")),
                    ("version", models.PositiveIntegerField(default=1, editable=False)),
                    ("since", models.DateField(blank=True, null=True, verbose_name="from")),
                    ("amount", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="term")),
                    (
                        "unit",
                        models.CharField(
                            blank=True,
                            choices=[("day", "days"), ("month", "months"), ("year", "years")],
                            default="",
                            max_length=5,
                            verbose_name="unit",
                        ),
                    ),
                    ("until", models.DateField(blank=True, null=True, verbose_name="last day")),
                    (
                        "ground",
                        models.CharField(
                            choices=[
                                ("cancellation", "the designation was cancelled (mechanism, part 3 (4))"),
                                ("responsible_person", "responsible person (Regulations, article 43)"),
                            ],
                            max_length=20,
                            verbose_name="ground",
                        ),
                    ),
                    ("basis", models.CharField(max_length=300, verbose_name="legal basis")),
                    ("decision_number", models.CharField(max_length=60, verbose_name="decision number")),
                    (
                        "status",
                        models.CharField(
                            choices=[
                                ("in_force", "in force"),
                                ("suspended", "suspended"),
                                ("expired", "expired"),
                                ("lifted", "lifted"),
                            ],
                            default="in_force",
                            max_length=10,
                            verbose_name="status",
                        ),
                    ),
                    ("ended_at", models.DateTimeField(null=True)),
                    (
                        "end_reason",
                        models.CharField(blank=True, default="", max_length=300, verbose_name="why it ended"),
                    ),
                    (
                        "applied",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="bar",
                            to="sanctions.appliedmeasure",
                        ),
                    ),
                    (
                        "because_of",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="bars_of_others",
                            to="cases.subject",
                        ),
                    ),
                    (
                        "ended_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "region",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="departments.region",
                        ),
                    ),
                    (
                        "subject",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="bars",
                            to="cases.subject",
                        ),
                    ),
                    (
                        "sanction",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="bars",
                            to="sanctions.sanction",
                        ),
                    ),
                    (
                        "end_number",
                        models.CharField(
                            blank=True,
                            default="",
                            max_length=60,
                            verbose_name="number of the paper it ended by",
                        ),
                    ),
                    ("reversed_on", models.DateField(null=True, verbose_name="reversed on")),
                ],
                options={
                    "verbose_name": "bar of application",
                    "ordering": ("-until", "-id"),
                    "indexes": [
                        models.Index(fields=["subject", "until"], name="bar_by_subject"),
                        models.Index(
                            condition=models.Q(("status__in", ["in_force", "suspended"])),
                            fields=["until"],
                            name="bar_to_expire",
                        ),
                    ],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("amount", None), ("unit", "")),
                                models.Q(("amount__gte", 1), models.Q(("unit", ""), _negated=True)),
                                _connector="OR",
                            ),
                            name="bar_term_whole",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("until", None),
                                models.Q(("since__isnull", False), ("until__gte", models.F("since"))),
                                _connector="OR",
                            ),
                            name="bar_days_in_order",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("since__isnull", False), ("until__isnull", False)),
                            name="bar_has_its_days",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("because_of", None), ("ground", "cancellation")),
                                models.Q(("because_of__isnull", False), ("ground", "responsible_person")),
                                _connector="OR",
                            ),
                            name="bar_of_a_person_names_the_body",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("ended_at__isnull", False), ("status__in", ["expired", "lifted"])),
                                models.Q(
                                    models.Q(("status__in", ["expired", "lifted"]), _negated=True),
                                    ("ended_at", None),
                                    ("ended_by", None),
                                ),
                                _connector="OR",
                            ),
                            name="bar_ended_when_over",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("status", "lifted"), _negated=True),
                                models.Q(("end_reason", ""), _negated=True),
                                _connector="OR",
                            ),
                            name="bar_lifted_with_reason",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("end_number", ""), ("reversed_on", None)),
                                models.Q(
                                    ("reversed_on__isnull", False),
                                    ("status", "lifted"),
                                    models.Q(("end_number", ""), _negated=True),
                                ),
                                _connector="OR",
                            ),
                            name="bar_reversal_has_number_and_day",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("ground", "responsible_person"), _negated=True),
                                models.Q(("amount", 5), ("unit", "year")),
                                _connector="OR",
                            ),
                            name="bar_of_a_person_five_years",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="PointImport",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("name", models.CharField(max_length=150, verbose_name="file")),
                    ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                    ("rows", models.PositiveIntegerField(verbose_name="rows")),
                    ("at", models.DateTimeField()),
                    (
                        "by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "department",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="departments.department",
                        ),
                    ),
                    (
                        "region",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="departments.region",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "import of points",
                    "ordering": ("-id",),
                    "constraints": [
                        models.UniqueConstraint(fields=("department", "sha256"), name="point_import_once")
                    ],
                },
            ),
            migrations.CreateModel(
                name="Publication",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("created_at", models.DateTimeField(editable=False, verbose_name="created")),
                    ("updated_at", models.DateTimeField(editable=False, verbose_name="updated")),
                    ("version", models.PositiveIntegerField(default=1, editable=False)),
                    (
                        "kind",
                        models.CharField(
                            choices=[
                                ("penalty", "administrative penalty"),
                                ("agreement", "service agreement"),
                                ("red", "red list"),
                                ("black", "list of breaches of trust"),
                                ("sanction", "joint sanction"),
                                ("other", "other information"),
                            ],
                            max_length=10,
                            verbose_name="kind of information",
                        ),
                    ),
                    ("source_kind", models.CharField(blank=True, default="", max_length=30)),
                    ("source_id", models.BigIntegerField(null=True)),
                    ("name", models.CharField(max_length=100, verbose_name="name as published")),
                    (
                        "code",
                        models.CharField(
                            blank=True, default="", max_length=18, verbose_name="code as published"
                        ),
                    ),
                    (
                        "words",
                        models.CharField(
                            blank=True, default="", max_length=500, verbose_name="what is published"
                        ),
                    ),
                    ("basis", models.CharField(blank=True, default="", max_length=300, verbose_name="basis")),
                    (
                        "number",
                        models.CharField(
                            blank=True, default="", max_length=60, verbose_name="number of the decision"
                        ),
                    ),
                    ("formed_on", models.DateField(verbose_name="made or changed on")),
                    ("since", models.DateField(blank=True, null=True, verbose_name="in force from")),
                    ("until", models.DateField(blank=True, null=True, verbose_name="last day")),
                    (
                        "execution",
                        models.CharField(
                            choices=[
                                ("running", "being executed"),
                                ("done", "executed"),
                                ("ended", "ended early"),
                            ],
                            default="running",
                            max_length=8,
                            verbose_name="execution",
                        ),
                    ),
                    (
                        "opinion",
                        models.CharField(
                            blank=True, default="", max_length=300, verbose_name="opinion on the execution"
                        ),
                    ),
                    (
                        "status",
                        models.CharField(
                            choices=[
                                ("owed", "to be prepared"),
                                ("prepared", "prepared"),
                                ("returned", "sent back"),
                                ("released", "released"),
                                ("rejected", "rejected by the platform"),
                                ("published", "published"),
                                ("withdrawing", "to be withdrawn"),
                                ("withdrawn", "withdrawn"),
                                ("dropped", "not published"),
                            ],
                            default="owed",
                            max_length=12,
                            verbose_name="status",
                        ),
                    ),
                    ("prepared_at", models.DateTimeField(null=True)),
                    ("released_at", models.DateTimeField(null=True)),
                    ("published_on", models.DateField(null=True, verbose_name="published on")),
                    (
                        "receipt",
                        models.CharField(
                            blank=True, default="", max_length=60, verbose_name="receipt number"
                        ),
                    ),
                    (
                        "cause",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("annulled", "decision annulled or changed"),
                                ("removed", "removed from the list or lifted"),
                                ("repaired", "credit repaired"),
                                ("expired", "term of publication over"),
                                ("wrong", "published by mistake"),
                            ],
                            default="",
                            max_length=10,
                            verbose_name="why it is withdrawn",
                        ),
                    ),
                    ("cause_on", models.DateField(null=True, verbose_name="that happened on")),
                    ("withdrawn_on", models.DateField(null=True, verbose_name="withdrawn on")),
                    ("withdrawn_at", models.DateTimeField(null=True)),
                    (
                        "proof_name",
                        models.CharField(blank=True, default="", max_length=150, verbose_name="proof"),
                    ),
                    ("proof", models.CharField(blank=True, default="", max_length=120)),
                    ("proof_type", models.CharField(blank=True, default="", max_length=100)),
                    (
                        "proof_sha256",
                        models.CharField(blank=True, default="", max_length=64, verbose_name="SHA-256"),
                    ),
                    (
                        "reason",
                        models.CharField(blank=True, default="", max_length=300, verbose_name="reason"),
                    ),
                    (
                        "case",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="cases.case",
                        ),
                    ),
                    (
                        "department",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="publications",
                            to="departments.department",
                        ),
                    ),
                    (
                        "prepared_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "region",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="departments.region",
                        ),
                    ),
                    (
                        "released_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "subject",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="publications",
                            to="cases.subject",
                        ),
                    ),
                    (
                        "withdrawn_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    ("dropped_at", models.DateTimeField(null=True)),
                    (
                        "dropped_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    ("stamp", models.CharField(blank=True, default="", max_length=160)),
                ],
                options={
                    "verbose_name": "publication",
                    "ordering": ("-id",),
                    "indexes": [
                        models.Index(fields=["region", "status"], name="publication_by_state"),
                        models.Index(fields=["subject"], name="publication_by_subject"),
                    ],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("prepared_at", None), ("prepared_by", None)),
                                models.Q(("prepared_at__isnull", False), ("prepared_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="publication_prepared_paired",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("released_at", None), ("released_by", None)),
                                models.Q(("released_at__isnull", False), ("released_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="publication_released_paired",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("withdrawn_at", None), ("withdrawn_by", None)),
                                models.Q(("withdrawn_at__isnull", False), ("withdrawn_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="publication_withdrawn_paired",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("released_by", None),
                                models.Q(("released_by", models.F("prepared_by")), _negated=True),
                                _connector="OR",
                            ),
                            name="publication_released_by_another",
                        ),
                        models.UniqueConstraint(
                            condition=models.Q(
                                ("source_id__isnull", False),
                                models.Q(("status__in", ["withdrawn", "dropped"]), _negated=True),
                            ),
                            fields=("source_kind", "source_id", "kind"),
                            name="publication_once_a_source",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("status", "owed"),
                                ("status", "dropped"),
                                models.Q(
                                    ("prepared_at__isnull", False),
                                    models.Q(("words", ""), _negated=True),
                                    models.Q(("basis", ""), _negated=True),
                                ),
                                _connector="OR",
                            ),
                            name="publication_prepared_whole",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("status__in", ["owed", "prepared", "returned", "dropped"]),
                                ("released_at__isnull", False),
                                _connector="OR",
                            ),
                            name="publication_released_before",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("status__in", ["published", "withdrawing", "withdrawn"]), _negated=True
                                ),
                                ("published_on__isnull", False),
                                _connector="OR",
                            ),
                            name="publication_published_on_a_day",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("status__in", ["withdrawing", "withdrawn"]), _negated=True),
                                models.Q(("cause_on__isnull", False), models.Q(("cause", ""), _negated=True)),
                                _connector="OR",
                            ),
                            name="publication_withdrawn_for_a_cause",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("status", "withdrawn"), _negated=True),
                                models.Q(
                                    ("withdrawn_at__isnull", False),
                                    ("withdrawn_on__isnull", False),
                                    models.Q(("proof", ""), _negated=True),
                                ),
                                _connector="OR",
                            ),
                            name="publication_withdrawn_with_proof",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("status__in", ["returned", "dropped", "rejected"]), _negated=True),
                                models.Q(("reason", ""), _negated=True),
                                _connector="OR",
                            ),
                            name="publication_not_with_reason",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("until", None),
                                models.Q(("since__isnull", False), ("until__gte", models.F("since"))),
                                _connector="OR",
                            ),
                            name="publication_days_in_order",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("dropped_at", None), ("dropped_by", None)),
                                models.Q(("dropped_at__isnull", False), ("dropped_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="publication_dropped_paired",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("withdrawn_on", None),
                                ("withdrawn_on__gte", models.F("published_on")),
                                _connector="OR",
                            ),
                            name="publication_withdrawn_after_publishing",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="PublicationExport",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "format",
                        models.CharField(
                            choices=[
                                ("csv_utf8", "CSV, UTF-8"),
                                ("csv_gb", "CSV, GB18030"),
                                ("xlsx", "Excel"),
                                ("json", "JSON"),
                            ],
                            max_length=10,
                            verbose_name="format",
                        ),
                    ),
                    ("columns", models.JSONField(default=list)),
                    ("rows", models.PositiveIntegerField(verbose_name="rows")),
                    ("file", models.CharField(max_length=120)),
                    ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                    ("at", models.DateTimeField()),
                    (
                        "by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "department",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="departments.department",
                        ),
                    ),
                    (
                        "region",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="departments.region",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "file for the credit platform",
                    "ordering": ("-id",),
                },
            ),
            migrations.CreateModel(
                name="ExportLine",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("position", models.PositiveIntegerField(verbose_name="row")),
                    (
                        "receipt",
                        models.CharField(
                            choices=[
                                ("waiting", "waiting"),
                                ("accepted", "accepted"),
                                ("rejected", "rejected"),
                            ],
                            default="waiting",
                            max_length=10,
                            verbose_name="receipt",
                        ),
                    ),
                    (
                        "number",
                        models.CharField(
                            blank=True, default="", max_length=60, verbose_name="receipt number"
                        ),
                    ),
                    ("said_on", models.DateField(null=True, verbose_name="date")),
                    (
                        "message",
                        models.CharField(blank=True, default="", max_length=300, verbose_name="message"),
                    ),
                    ("at", models.DateTimeField(null=True)),
                    (
                        "by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "publication",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="lines",
                            to="sanctions.publication",
                        ),
                    ),
                    (
                        "export",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="lines",
                            to="sanctions.publicationexport",
                        ),
                    ),
                ],
                options={
                    "ordering": ("position",),
                    "constraints": [
                        models.UniqueConstraint(fields=("export", "publication"), name="export_line_once"),
                        models.UniqueConstraint(
                            fields=("export", "position"), name="export_line_position_once"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("at", None), ("receipt", "waiting")),
                                models.Q(
                                    models.Q(("receipt", "waiting"), _negated=True),
                                    ("at__isnull", False),
                                    ("by__isnull", False),
                                ),
                                _connector="OR",
                            ),
                            name="export_line_said_by_somebody",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="PublicationMapping",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("created_at", models.DateTimeField(editable=False, verbose_name="created")),
                    ("updated_at", models.DateTimeField(editable=False, verbose_name="updated")),
                    ("version", models.PositiveIntegerField(default=1, editable=False)),
                    ("columns", models.JSONField(default=list, verbose_name="columns")),
                    (
                        "region",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="departments.region",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "mapping of the credit platform",
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("region",), name="publication_mapping_one_a_region", nulls_distinct=False
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="Consequence",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("created_at", models.DateTimeField(editable=False, verbose_name="created")),
                    ("updated_at", models.DateTimeField(editable=False, verbose_name="updated")),
                    ("version", models.PositiveIntegerField(default=1, editable=False)),
                    ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                    (
                        "kind",
                        models.CharField(
                            choices=[
                                ("talk", "talk with the person"),
                                ("suspend", "suspend the eligibility for payment"),
                                ("end", "end the eligibility for payment"),
                                ("terminate", "terminate the service agreement"),
                            ],
                            max_length=10,
                            verbose_name="kind",
                        ),
                    ),
                    (
                        "status",
                        models.CharField(
                            choices=[
                                ("proposed", "proposed"),
                                ("done", "done"),
                                ("dismissed", "dismissed"),
                                ("fallen", "no longer asked for"),
                                ("lifted", "lifted"),
                            ],
                            default="proposed",
                            max_length=10,
                            verbose_name="status",
                        ),
                    ),
                    ("cause", models.CharField(max_length=200, verbose_name="because of")),
                    (
                        "months",
                        models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="months"),
                    ),
                    (
                        "number",
                        models.CharField(
                            blank=True, default="", max_length=60, verbose_name="number of the decision"
                        ),
                    ),
                    ("done_on", models.DateField(blank=True, null=True, verbose_name="date")),
                    ("done_at", models.DateTimeField(null=True)),
                    ("dismissed_at", models.DateTimeField(null=True)),
                    (
                        "reason",
                        models.CharField(blank=True, default="", max_length=300, verbose_name="reason"),
                    ),
                    (
                        "department",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="departments.department",
                        ),
                    ),
                    (
                        "dismissed_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "done_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "region",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="departments.region",
                        ),
                    ),
                    (
                        "subject",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="consequences",
                            to="cases.subject",
                        ),
                    ),
                    ("fell_on", models.DateField(null=True, verbose_name="its ground fell on")),
                    (
                        "lift_number",
                        models.CharField(
                            blank=True,
                            default="",
                            max_length=60,
                            verbose_name="number of the decision that lifts it",
                        ),
                    ),
                    ("lifted_at", models.DateTimeField(null=True)),
                    (
                        "lifted_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    ("lifted_on", models.DateField(null=True, verbose_name="lifted on")),
                ],
                options={
                    "verbose_name": "consequence of points or a score",
                    "ordering": ("-id",),
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("done_at", None), ("done_by", None)),
                                models.Q(("done_at__isnull", False), ("done_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="consequence_done_paired",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("dismissed_at", None), ("dismissed_by", None)),
                                models.Q(("dismissed_at__isnull", False), ("dismissed_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="consequence_dismissed_paired",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("kind", "suspend"), ("status", "done"), _negated=True),
                                models.Q(("months__gte", 1), ("months__lte", 6)),
                                _connector="OR",
                            ),
                            name="consequence_suspension_in_range",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("kind", "end"), ("status", "done"), _negated=True),
                                ("months__in", [12, 36]),
                                _connector="OR",
                            ),
                            name="consequence_end_in_range",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("status", "dismissed"), _negated=True),
                                models.Q(
                                    ("dismissed_at__isnull", False), models.Q(("reason", ""), _negated=True)
                                ),
                                _connector="OR",
                            ),
                            name="consequence_dismissed_with_reason",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("lifted_at", None), ("lifted_by", None)),
                                models.Q(("lifted_at__isnull", False), ("lifted_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="consequence_lifted_paired",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("done_by", None),
                                ("lifted_by", None),
                                models.Q(("done_by", models.F("lifted_by")), _negated=True),
                                _connector="OR",
                            ),
                            name="consequence_done_is_not_lifted",
                        ),
                        models.UniqueConstraint(
                            condition=models.Q(("status", "lifted"), _negated=True),
                            fields=("subject", "year", "kind"),
                            name="consequence_once_a_year",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("status", "lifted"), _negated=True),
                                models.Q(
                                    ("lifted_at__isnull", False),
                                    ("lifted_on__gte", models.F("done_on")),
                                    models.Q(("lift_number", ""), _negated=True),
                                    models.Q(("reason", ""), _negated=True),
                                ),
                                _connector="OR",
                            ),
                            name="consequence_lifted_with_number",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("status__in", ["done", "lifted"]), _negated=True),
                                models.Q(
                                    ("done_at__isnull", False),
                                    ("done_on__isnull", False),
                                    models.Q(("number", ""), _negated=True),
                                ),
                                _connector="OR",
                            ),
                            name="consequence_done_with_number",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="EligibilityAnswer",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("asked", models.CharField(max_length=120, verbose_name="asked for")),
                    ("personal", models.BooleanField(default=False, verbose_name="natural person")),
                    (
                        "purpose",
                        models.CharField(blank=True, default="", max_length=200, verbose_name="purpose"),
                    ),
                    ("name", models.CharField(blank=True, default="", max_length=100, verbose_name="name")),
                    ("on", models.DateField(verbose_name="day asked for")),
                    ("eligible", models.BooleanField(verbose_name="may apply")),
                    ("free_from", models.DateField(null=True, verbose_name="may apply from")),
                    ("facts", models.JSONField(default=dict)),
                    ("asked_at", models.DateTimeField(verbose_name="state of the record")),
                    (
                        "asked_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "department",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="departments.department",
                        ),
                    ),
                    (
                        "region",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="departments.region",
                        ),
                    ),
                    (
                        "subject",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="cases.subject",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "eligibility look-up",
                    "ordering": ("-id",),
                    "indexes": [models.Index(fields=["department", "-id"], name="answer_by_department")],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                ("personal", False), models.Q(("purpose", ""), _negated=True), _connector="OR"
                            ),
                            name="answer_personal_has_purpose",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("eligible", False), ("free_from", None), _connector="OR"),
                            name="answer_free_from_when_kept",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="PointEntry",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("created_at", models.DateTimeField(editable=False, verbose_name="created")),
                    ("updated_at", models.DateTimeField(editable=False, verbose_name="updated")),
                    ("version", models.PositiveIntegerField(default=1, editable=False)),
                    (
                        "kind",
                        models.CharField(
                            choices=[("points", "points"), ("repair", "repair")],
                            default="points",
                            max_length=8,
                            verbose_name="kind",
                        ),
                    ),
                    ("points", models.PositiveSmallIntegerField(verbose_name="points")),
                    ("dated_on", models.DateField(verbose_name="date of the decision")),
                    ("year", models.PositiveSmallIntegerField(editable=False, verbose_name="year")),
                    (
                        "behaviour",
                        models.CharField(max_length=300, verbose_name="behaviour, or what was mended"),
                    ),
                    ("basis", models.CharField(max_length=300, verbose_name="basis")),
                    (
                        "status",
                        models.CharField(
                            choices=[
                                ("entered", "to be confirmed"),
                                ("confirmed", "confirmed"),
                                ("rejected", "rejected"),
                                ("revoked", "revoked"),
                            ],
                            default="entered",
                            max_length=10,
                            verbose_name="status",
                        ),
                    ),
                    ("entered_at", models.DateTimeField()),
                    ("confirmed_at", models.DateTimeField(null=True)),
                    ("ended_at", models.DateTimeField(null=True)),
                    (
                        "reason",
                        models.CharField(blank=True, default="", max_length=300, verbose_name="reason"),
                    ),
                    (
                        "case",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="cases.case",
                        ),
                    ),
                    (
                        "confirmed_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "department",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="departments.department",
                        ),
                    ),
                    (
                        "ended_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "entered_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "institution",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="cases.subject",
                        ),
                    ),
                    (
                        "region",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="departments.region",
                        ),
                    ),
                    (
                        "subject",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="point_entries",
                            to="cases.subject",
                        ),
                    ),
                    (
                        "source",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="entries",
                            to="sanctions.pointimport",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "points",
                    "ordering": ("-dated_on", "-id"),
                    "indexes": [models.Index(fields=["subject", "year", "status"], name="points_by_person")],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("confirmed_at", None), ("confirmed_by", None)),
                                models.Q(("confirmed_at__isnull", False), ("confirmed_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="point_entry_confirmed_paired",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("ended_at", None), ("ended_by", None)),
                                models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="point_entry_ended_paired",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("entered_by", None),
                                ("confirmed_by", None),
                                models.Q(("entered_by", models.F("confirmed_by")), _negated=True),
                                _connector="OR",
                            ),
                            name="point_entry_entered_is_not_confirmed",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("kind", "points"), ("points__gte", 1), ("points__lte", 12)),
                                models.Q(("kind", "repair"), ("points__gte", 1), ("points__lte", 4)),
                                _connector="OR",
                            ),
                            name="point_entry_in_range",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("year", models.F("dated_on__year"))),
                            name="point_entry_year_of_its_day",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("status__in", ["confirmed", "revoked"]), _negated=True),
                                ("confirmed_at__isnull", False),
                                _connector="OR",
                            ),
                            name="point_entry_confirmed_by_somebody",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("status__in", ["rejected", "revoked"]), _negated=True),
                                models.Q(("reason", ""), _negated=True),
                                _connector="OR",
                            ),
                            name="point_entry_over_with_reason",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="AnnualScore",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("created_at", models.DateTimeField(editable=False, verbose_name="created")),
                    ("updated_at", models.DateTimeField(editable=False, verbose_name="updated")),
                    ("version", models.PositiveIntegerField(default=1, editable=False)),
                    ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                    ("score", models.DecimalField(decimal_places=2, max_digits=5, verbose_name="score")),
                    ("basis", models.CharField(max_length=300, verbose_name="basis")),
                    (
                        "status",
                        models.CharField(
                            choices=[
                                ("entered", "to be confirmed"),
                                ("confirmed", "confirmed"),
                                ("rejected", "rejected"),
                                ("revoked", "revoked"),
                            ],
                            default="entered",
                            max_length=10,
                            verbose_name="status",
                        ),
                    ),
                    ("entered_at", models.DateTimeField()),
                    ("confirmed_at", models.DateTimeField(null=True)),
                    ("ended_at", models.DateTimeField(null=True)),
                    (
                        "reason",
                        models.CharField(blank=True, default="", max_length=300, verbose_name="reason"),
                    ),
                    (
                        "confirmed_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "department",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="departments.department",
                        ),
                    ),
                    (
                        "ended_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "entered_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "region",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="departments.region",
                        ),
                    ),
                    (
                        "subject",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="annual_scores",
                            to="cases.subject",
                        ),
                    ),
                    (
                        "source",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="scores",
                            to="sanctions.pointimport",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "annual score",
                    "ordering": ("-year", "score", "id"),
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("confirmed_at", None), ("confirmed_by", None)),
                                models.Q(("confirmed_at__isnull", False), ("confirmed_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="annual_score_confirmed_paired",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("ended_at", None), ("ended_by", None)),
                                models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="annual_score_ended_paired",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("entered_by", None),
                                ("confirmed_by", None),
                                models.Q(("entered_by", models.F("confirmed_by")), _negated=True),
                                _connector="OR",
                            ),
                            name="annual_score_entered_is_not_confirmed",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("score__gte", 0), ("score__lte", Decimal("100"))),
                            name="annual_score_in_range",
                        ),
                        models.UniqueConstraint(
                            condition=models.Q(("status__in", ["entered", "confirmed"])),
                            fields=("subject", "year"),
                            name="annual_score_once_a_year",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("status__in", ["confirmed", "revoked"]), _negated=True),
                                ("confirmed_at__isnull", False),
                                _connector="OR",
                            ),
                            name="annual_score_confirmed_by_somebody",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("status__in", ["rejected", "revoked"]), _negated=True),
                                models.Q(("reason", ""), _negated=True),
                                _connector="OR",
                            ),
                            name="annual_score_over_with_reason",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="PublicationStart",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("since", models.DateTimeField()),
                    (
                        "region",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="publication_start",
                            to="departments.region",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "beginning of the publication register",
                },
            ),
        ),
    ]
