"""The tables of this room as they stand (ADR 0071)."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from core.tables import CreateModels


class Migration(migrations.Migration):
    initial = True

    dependencies = [("departments", "0001_tables")]

    operations = [
        CreateModels(
            migrations.CreateModel(
                name="CalendarDay",
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
                    ("date", models.DateField(unique=True, verbose_name="date")),
                    ("working", models.BooleanField(verbose_name="working day")),
                    ("name", models.CharField(max_length=40, verbose_name="occasion")),
                    (
                        "notice_number",
                        models.CharField(blank=True, max_length=60, verbose_name="notice number"),
                    ),
                ],
                options={
                    "verbose_name": "calendar day",
                    "ordering": ("date",),
                },
            ),
            migrations.CreateModel(
                name="CalendarYear",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("year", models.PositiveSmallIntegerField(unique=True, verbose_name="year")),
                    ("published", models.BooleanField(default=False, verbose_name="published")),
                    (
                        "notice_number",
                        models.CharField(blank=True, max_length=60, verbose_name="notice number"),
                    ),
                    ("created_at", models.DateTimeField(editable=False, verbose_name="created")),
                    ("updated_at", models.DateTimeField(editable=False, verbose_name="updated")),
                    ("version", models.PositiveIntegerField(default=1, editable=False)),
                    ("edition", models.UUIDField(default=uuid.uuid4, editable=False)),
                    ("settled", models.BooleanField(default=True, editable=False)),
                ],
                options={
                    "verbose_name": "calendar year",
                    "ordering": ("year",),
                },
            ),
            migrations.CreateModel(
                name="ClockRule",
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
                    ("code", models.SlugField(max_length=40, verbose_name="code")),
                    ("name", models.CharField(max_length=60, verbose_name="name")),
                    ("amount", models.PositiveIntegerField(blank=True, null=True, verbose_name="amount")),
                    (
                        "unit",
                        models.CharField(
                            choices=[
                                ("hour", "hours"),
                                ("day", "natural days"),
                                ("working_day", "working days"),
                                ("month", "months"),
                                ("date", "fixed date"),
                            ],
                            max_length=12,
                            verbose_name="unit",
                        ),
                    ),
                    (
                        "warn_days",
                        models.PositiveSmallIntegerField(
                            default=1, verbose_name="amber before, working days"
                        ),
                    ),
                    (
                        "escalate_days",
                        models.PositiveSmallIntegerField(
                            default=1, verbose_name="escalate after, working days late"
                        ),
                    ),
                    (
                        "roll_over",
                        models.BooleanField(
                            default=True, verbose_name="a last day off moves to the next working day"
                        ),
                    ),
                    ("internal", models.BooleanField(default=False, verbose_name="internal limit")),
                    ("basis", models.CharField(blank=True, max_length=200, verbose_name="legal basis")),
                    ("start_text", models.CharField(blank=True, max_length=100, verbose_name="runs from")),
                    ("end_text", models.CharField(blank=True, max_length=100, verbose_name="runs until")),
                    ("effective_from", models.DateField(verbose_name="in force from")),
                    (
                        "asks_reason",
                        models.BooleanField(default=False, verbose_name="asks why it was done late"),
                    ),
                ],
                options={
                    "verbose_name": "clock rule",
                    "ordering": ("code", "-effective_from"),
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("code", "effective_from"), name="clock_rule_version_once"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("amount", None), ("unit", "date")),
                                models.Q(
                                    models.Q(("unit", "date"), _negated=True),
                                    ("amount__gt", 0),
                                    ("amount__isnull", False),
                                ),
                                _connector="OR",
                            ),
                            name="clock_rule_amount_unless_date",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Deadline",
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
                    ("rule_code", models.SlugField(max_length=40)),
                    ("name", models.CharField(max_length=60, verbose_name="name")),
                    ("amount", models.PositiveIntegerField(null=True)),
                    (
                        "unit",
                        models.CharField(
                            choices=[
                                ("hour", "hours"),
                                ("day", "natural days"),
                                ("working_day", "working days"),
                                ("month", "months"),
                                ("date", "fixed date"),
                            ],
                            max_length=12,
                        ),
                    ),
                    ("region_id", models.BigIntegerField()),
                    ("case_id", models.BigIntegerField(null=True)),
                    ("target_kind", models.CharField(max_length=30)),
                    ("target_id", models.BigIntegerField()),
                    ("started_at", models.DateTimeField()),
                    ("started_on", models.DateField()),
                    ("first_due_on", models.DateField()),
                    ("due_on", models.DateField()),
                    ("due_at", models.DateTimeField()),
                    ("warn_at", models.DateTimeField()),
                    ("escalate_at", models.DateTimeField()),
                    (
                        "status",
                        models.CharField(
                            choices=[
                                ("running", "running"),
                                ("paused", "paused"),
                                ("met", "met"),
                                ("cancelled", "cancelled"),
                            ],
                            default="running",
                            max_length=10,
                        ),
                    ),
                    (
                        "stage",
                        models.CharField(
                            choices=[
                                ("fresh", "on time"),
                                ("warned", "due soon"),
                                ("overdue", "overdue"),
                                ("escalated", "escalated"),
                            ],
                            default="fresh",
                            max_length=10,
                        ),
                    ),
                    ("next_at", models.DateTimeField(null=True)),
                    ("paused_at", models.DateTimeField(null=True)),
                    ("ended_at", models.DateTimeField(null=True)),
                    ("late", models.BooleanField(default=False)),
                    ("late_reason", models.TextField(blank=True, default="")),
                    ("provisional", models.BooleanField(default=False)),
                    (
                        "department",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="owed_deadlines",
                            to="departments.department",
                        ),
                    ),
                    (
                        "person",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="owed_deadlines",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "rule",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="deadlines",
                            to="deadlines.clockrule",
                        ),
                    ),
                    (
                        "to_department",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="awaited_deadlines",
                            to="departments.department",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "deadline",
                    "ordering": ("due_at", "id"),
                    "indexes": [
                        models.Index(
                            condition=models.Q(("status", "running")),
                            fields=["next_at"],
                            name="deadline_sweep",
                        ),
                        models.Index(fields=["case_id", "status"], name="deadline_by_case"),
                        models.Index(
                            condition=models.Q(("status__in", ["running", "paused"])),
                            fields=["department", "due_at"],
                            name="deadline_open_by_department",
                        ),
                        models.Index(fields=["target_kind", "target_id"], name="deadline_by_target"),
                    ],
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("status__in", ["running", "paused"])),
                            fields=("rule_code", "target_kind", "target_id", "department"),
                            name="deadline_one_open_per_duty",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("ended_at", None), ("status__in", ["running", "paused"])),
                                models.Q(("ended_at__isnull", False), ("status__in", ["met", "cancelled"])),
                                _connector="OR",
                            ),
                            name="deadline_ended_iff_over",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="DeadlineChange",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "kind",
                        models.CharField(
                            choices=[
                                ("pause", "paused"),
                                ("resume", "resumed"),
                                ("extend", "extended"),
                                ("recalculate", "recalculated"),
                            ],
                            max_length=12,
                        ),
                    ),
                    ("at", models.DateTimeField()),
                    ("by_id", models.BigIntegerField(null=True)),
                    ("reason", models.CharField(max_length=300)),
                    ("amount", models.PositiveIntegerField(null=True)),
                    ("new_date", models.DateField(null=True)),
                    ("old_due_on", models.DateField()),
                    ("new_due_on", models.DateField()),
                    (
                        "deadline",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="changes",
                            to="deadlines.deadline",
                        ),
                    ),
                ],
                options={
                    "ordering": ("id",),
                },
            ),
            migrations.CreateModel(
                name="Firing",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "stage",
                        models.CharField(
                            choices=[
                                ("fresh", "on time"),
                                ("warned", "due soon"),
                                ("overdue", "overdue"),
                                ("escalated", "escalated"),
                            ],
                            max_length=10,
                        ),
                    ),
                    ("due_on", models.DateField()),
                    ("at", models.DateTimeField()),
                    (
                        "deadline",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="firings",
                            to="deadlines.deadline",
                        ),
                    ),
                    ("told", models.BooleanField(default=False)),
                ],
                options={
                    "ordering": ("id",),
                    "indexes": [
                        models.Index(condition=models.Q(("told", False)), fields=["id"], name="firing_untold")
                    ],
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("deadline", "stage", "due_on"), name="firing_once_a_stage"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="SweepMark",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("last_at", models.DateTimeField()),
                ],
                options={
                    "constraints": [
                        models.CheckConstraint(condition=models.Q(("id", 1)), name="sweep_mark_one_row")
                    ],
                },
            ),
        ),
    ]
