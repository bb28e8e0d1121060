"""The tables of this room as they stand (ADR 0071)."""

from decimal import Decimal

import django.db.models.deletion
import django.db.models.functions.comparison
from django.conf import settings
from django.db import migrations, models

import rewards.fields
from core.tables import CreateModels


class Migration(migrations.Migration):
    initial = True

    dependencies = [("cases", "0001_tables"), ("departments", "0001_tables"), ("documents", "0001_tables")]

    operations = [
        CreateModels(
            migrations.CreateModel(
                name="Report",
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
                    ("number", models.CharField(max_length=40, verbose_name="report number")),
                    ("receipt_digest", models.CharField(editable=False, max_length=64, unique=True)),
                    (
                        "channel",
                        models.CharField(
                            choices=[
                                ("web", "web form"),
                                ("phone", "telephone"),
                                ("letter", "letter"),
                                ("visit", "visit"),
                                ("hotline", "12345 hotline"),
                                ("petition", "petition"),
                                ("referred", "referred by another body"),
                                ("supervisor", "social supervisor"),
                            ],
                            max_length=12,
                            verbose_name="channel",
                        ),
                    ),
                    (
                        "naming",
                        models.CharField(
                            choices=[
                                ("real_name", "real name"),
                                ("anonymous", "anonymous"),
                                ("token", "identifying token"),
                            ],
                            max_length=12,
                            verbose_name="naming",
                        ),
                    ),
                    ("subject_name", models.CharField(max_length=120, verbose_name="who is reported")),
                    (
                        "subject_code",
                        models.CharField(
                            blank=True, max_length=18, verbose_name="unified social credit code"
                        ),
                    ),
                    ("period_from", models.DateField(blank=True, null=True, verbose_name="period from")),
                    ("period_to", models.DateField(blank=True, null=True, verbose_name="period to")),
                    ("summary", models.TextField(blank=True, verbose_name="redacted summary")),
                    ("wants_reward", models.BooleanField(default=False, verbose_name="wants a reward")),
                    ("wants_answer", models.BooleanField(default=False, verbose_name="wants an answer")),
                    (
                        "status",
                        models.CharField(
                            choices=[
                                ("received", "received"),
                                ("accepted", "accepted"),
                                ("refused", "not accepted"),
                                ("answered", "answered"),
                            ],
                            default="received",
                            max_length=10,
                            verbose_name="status",
                        ),
                    ),
                    ("reason", models.TextField(blank=True, verbose_name="reason")),
                    ("received_at", models.DateTimeField(verbose_name="received")),
                    ("decided_at", models.DateTimeField(blank=True, null=True)),
                    ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                    (
                        "case",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="reports",
                            to="cases.case",
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
                            related_name="reports",
                            to="departments.department",
                        ),
                    ),
                    (
                        "region",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="reports",
                            to="departments.region",
                        ),
                    ),
                    (
                        "registered_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    ("token_digest", models.CharField(blank=True, editable=False, max_length=64)),
                    ("told_at", models.DateTimeField(blank=True, null=True)),
                    (
                        "told_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "told_via",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("page", "on the follow-up page"),
                                ("phone", "by telephone"),
                                ("letter", "by letter"),
                                ("visit", "in person"),
                            ],
                            max_length=10,
                            verbose_name="told by",
                        ),
                    ),
                    ("facts", rewards.fields.SealedTextField(editable=True, verbose_name="facts")),
                ],
                options={
                    "verbose_name": "report",
                    "ordering": ("-received_at", "-id"),
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("region", "number"), name="report_number_once_a_region"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("decided_at", None), ("decided_by", None)),
                                models.Q(("decided_at__isnull", False), ("decided_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="report_decided_by_and_at",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("decided_at", None), ("status", "received")),
                                models.Q(
                                    models.Q(("status", "received"), _negated=True),
                                    ("decided_at__isnull", False),
                                ),
                                _connector="OR",
                            ),
                            name="report_decided_iff_moved",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("case__isnull", False), ("status__in", ["accepted", "answered"])),
                                models.Q(("case", None), ("status__in", ["received", "refused"])),
                                _connector="OR",
                            ),
                            name="report_case_iff_accepted",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("told_at", None), ("told_by", None)),
                                models.Q(("told_at__isnull", False), ("told_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="report_told_by_and_at",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Reporter",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("position", models.PositiveSmallIntegerField()),
                    (
                        "kind",
                        models.CharField(
                            choices=[
                                ("natural", "natural person"),
                                ("legal", "legal person"),
                                ("other", "other organisation"),
                            ],
                            max_length=8,
                            verbose_name="kind of reporter",
                        ),
                    ),
                    (
                        "report",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="reporters",
                            to="rewards.report",
                        ),
                    ),
                ],
                options={
                    "ordering": ("report", "position"),
                    "constraints": [
                        models.UniqueConstraint(fields=("report", "position"), name="reporter_position_once"),
                        models.CheckConstraint(
                            condition=models.Q(("position__gte", 1)), name="reporter_position_from_one"
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Addition",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("outgoing", models.BooleanField(default=False)),
                    ("text", rewards.fields.SealedTextField(editable=True, verbose_name="text")),
                    ("at", models.DateTimeField()),
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
                        "report",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="additions",
                            to="rewards.report",
                        ),
                    ),
                ],
                options={
                    "ordering": ("at", "id"),
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("outgoing", False), ("by__isnull", False), _connector="OR"),
                            name="report_answer_by_somebody",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="Custodian",
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
                    ("named_at", models.DateTimeField()),
                    ("ended_at", models.DateTimeField(null=True)),
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
                        "appointer",
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
                            related_name="custodians",
                            to="departments.region",
                        ),
                    ),
                    (
                        "user",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="custodies",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
                options={
                    "verbose_name": "custodian",
                    "ordering": ("id",),
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("ended_at", None)),
                            fields=("region", "user"),
                            name="custodian_once_in_force",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("ended_at", None), ("ended_by", None)),
                                models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="custodian_ended_by_and_at",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Opening",
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
                        "fields",
                        models.CharField(
                            choices=[("contact", "name and contact"), ("payee", "payee account")],
                            max_length=8,
                            verbose_name="what is opened",
                        ),
                    ),
                    ("reason", models.TextField(verbose_name="reason")),
                    (
                        "status",
                        models.CharField(
                            choices=[
                                ("requested", "waiting for two custodians"),
                                ("ready", "both keys given"),
                                ("shown", "shown once"),
                                ("declined", "declined"),
                                ("expired", "expired"),
                            ],
                            default="requested",
                            max_length=10,
                            verbose_name="state",
                        ),
                    ),
                    ("requested_at", models.DateTimeField()),
                    ("post_id_of_request", models.BigIntegerField()),
                    ("expires_at", models.DateTimeField()),
                    ("first_at", models.DateTimeField(null=True)),
                    ("second_at", models.DateTimeField(null=True)),
                    ("declined_at", models.DateTimeField(null=True)),
                    ("decline_reason", models.TextField(blank=True)),
                    ("shown_at", models.DateTimeField(null=True)),
                    (
                        "declined_by",
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
                        "first_by",
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
                        "report",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="openings",
                            to="rewards.report",
                        ),
                    ),
                    (
                        "reporter",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="openings",
                            to="rewards.reporter",
                        ),
                    ),
                    (
                        "requested_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "second_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
                options={
                    "verbose_name": "opening of an identity",
                    "ordering": ("-requested_at", "-id"),
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("status__in", ["requested", "ready"])),
                            fields=("reporter", "fields"),
                            name="opening_one_at_a_time",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("first_at", None), ("first_by", None)),
                                models.Q(("first_at__isnull", False), ("first_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="opening_first_by_and_at",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("second_at", None), ("second_by", None)),
                                models.Q(("second_at__isnull", False), ("second_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="opening_second_by_and_at",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("declined_at", None), ("declined_by", None)),
                                models.Q(("declined_at__isnull", False), ("declined_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="opening_declined_by_and_at",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("first_by", models.F("second_by")), _negated=True),
                                models.Q(("first_by", models.F("requested_by")), _negated=True),
                                models.Q(("second_by", models.F("requested_by")), _negated=True),
                            ),
                            name="opening_three_persons",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("second_by", None), ("first_by__isnull", False), _connector="OR"
                            ),
                            name="opening_second_after_first",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("status__in", ["ready", "shown"]), _negated=True),
                                ("second_by__isnull", False),
                                _connector="OR",
                            ),
                            name="opening_ready_by_two",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("shown_at__isnull", False), ("status", "shown")),
                                models.Q(models.Q(("status", "shown"), _negated=True), ("shown_at", None)),
                                _connector="OR",
                            ),
                            name="opening_shown_iff_at",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="ReportFile",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("name", rewards.fields.SealedTextField(editable=True, verbose_name="file name")),
                    ("place", models.CharField(max_length=120)),
                    ("media_type", models.CharField(max_length=100)),
                    ("size", models.PositiveIntegerField(verbose_name="size")),
                    ("sha256", models.CharField(max_length=64)),
                    ("added_at", models.DateTimeField()),
                    (
                        "report",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="files",
                            to="rewards.report",
                        ),
                    ),
                ],
                options={
                    "ordering": ("id",),
                    "constraints": [
                        models.UniqueConstraint(fields=("report", "sha256"), name="report_file_once")
                    ],
                },
            ),
            migrations.CreateModel(
                name="Supervisor",
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
                    ("name", models.CharField(max_length=40, verbose_name="name")),
                    ("body", models.CharField(max_length=60, verbose_name="invited as")),
                    (
                        "number",
                        models.CharField(max_length=40, verbose_name="number of the appointment letter"),
                    ),
                    ("term_from", models.DateField(verbose_name="term from")),
                    ("term_to", models.DateField(verbose_name="term to")),
                    ("added_at", models.DateTimeField()),
                    (
                        "added_by",
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
                            related_name="supervisors",
                            to="departments.region",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "social supervisor",
                    "ordering": ("-term_to", "number"),
                    "constraints": [
                        models.UniqueConstraint(fields=("region", "number"), name="supervisor_number_once"),
                        models.CheckConstraint(
                            condition=models.Q(("term_from__lte", models.F("term_to"))),
                            name="supervisor_term_in_order",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="BankFile",
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
                            choices=[("requested", "requested"), ("made", "made"), ("closed", "closed")],
                            default="requested",
                            max_length=10,
                            verbose_name="status",
                        ),
                    ),
                    ("count", models.PositiveIntegerField(verbose_name="payments")),
                    (
                        "total",
                        models.DecimalField(decimal_places=2, max_digits=14, verbose_name="amount, yuan"),
                    ),
                    ("requested_at", models.DateTimeField()),
                    ("made_at", models.DateTimeField(null=True)),
                    ("file", models.CharField(blank=True, default="", max_length=120)),
                    (
                        "sha256",
                        models.CharField(blank=True, default="", max_length=64, verbose_name="SHA-256"),
                    ),
                    ("closed_at", models.DateTimeField(null=True)),
                    (
                        "closed_by",
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
                        "requested_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
                options={
                    "verbose_name": "bank file",
                    "ordering": ("-id",),
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("file", ""), ("made_at", None), ("sha256", "")),
                                models.Q(
                                    ("made_at__isnull", False),
                                    models.Q(("file", ""), _negated=True),
                                    models.Q(("sha256", ""), _negated=True),
                                ),
                                _connector="OR",
                            ),
                            name="bank_file_made_whole",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("status", "made"), _negated=True),
                                ("made_at__isnull", False),
                                _connector="OR",
                            ),
                            name="bank_file_made_has_file",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("closed_at", None), ("closed_by", None)),
                                models.Q(("closed_at__isnull", False), ("closed_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="bank_file_closed_by_and_at",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Eligibility",
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
                    ("wants", models.BooleanField(verbose_name="wants the reward")),
                    ("known_before", models.BooleanField(verbose_name="the facts were known before")),
                    ("duty", models.BooleanField(verbose_name="had a duty to report by law or office")),
                    (
                        "staff",
                        models.BooleanField(
                            verbose_name="staff of medical insurance or of an entrusted third party"
                        ),
                    ),
                    ("identifiable", models.BooleanField(verbose_name="can be identified, by name or token")),
                    (
                        "weight",
                        models.PositiveSmallIntegerField(
                            default=1, verbose_name="agreed part among joint reporters"
                        ),
                    ),
                    (
                        "remark",
                        models.CharField(blank=True, default="", max_length=200, verbose_name="remark"),
                    ),
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
                        "reporter",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="eligibility",
                            to="rewards.reporter",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "eligibility",
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("weight__gte", 1), ("weight__lte", 100)),
                            name="eligibility_weight",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="Repetition",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
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
                        "first",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="repetitions",
                            to="rewards.report",
                        ),
                    ),
                    (
                        "report",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="repetition",
                            to="rewards.report",
                        ),
                    ),
                ],
                options={
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("report", models.F("first")), _negated=True),
                            name="repetition_of_another",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="RewardBudget",
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
                        "total",
                        models.DecimalField(
                            decimal_places=2,
                            default=Decimal("0.00"),
                            max_digits=14,
                            verbose_name="granted, yuan",
                        ),
                    ),
                    (
                        "allocated",
                        models.DecimalField(
                            decimal_places=2,
                            default=Decimal("0.00"),
                            max_digits=14,
                            verbose_name="allocated, yuan",
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
                    "verbose_name": "reward budget",
                    "ordering": ("-year",),
                    "constraints": [
                        models.UniqueConstraint(fields=("region", "year"), name="reward_budget_once_a_year"),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("allocated__gte", 0),
                                ("allocated__lte", models.F("total")),
                                ("total__gte", 0),
                            ),
                            name="reward_budget_never_below_zero",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="RewardRule",
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
                    ("code", models.SlugField(blank=True, default="", max_length=30)),
                    ("name", models.CharField(max_length=60, verbose_name="name")),
                    (
                        "basis_number",
                        models.CharField(max_length=60, verbose_name="number of the basis document"),
                    ),
                    (
                        "basis_title",
                        models.CharField(max_length=120, verbose_name="title of the basis document"),
                    ),
                    (
                        "percent",
                        models.DecimalField(
                            decimal_places=2,
                            max_digits=5,
                            verbose_name="share of the verified amount, percent",
                        ),
                    ),
                    (
                        "honorary_below",
                        models.DecimalField(
                            blank=True,
                            decimal_places=2,
                            max_digits=14,
                            null=True,
                            verbose_name="honorary below, yuan",
                        ),
                    ),
                    (
                        "floor",
                        models.DecimalField(
                            blank=True,
                            decimal_places=2,
                            max_digits=14,
                            null=True,
                            verbose_name="at least, yuan",
                        ),
                    ),
                    (
                        "cap",
                        models.DecimalField(
                            blank=True,
                            decimal_places=2,
                            max_digits=14,
                            null=True,
                            verbose_name="at most, yuan",
                        ),
                    ),
                    ("natural_only", models.BooleanField(default=False, verbose_name="natural persons only")),
                    (
                        "claim_months",
                        models.PositiveSmallIntegerField(
                            blank=True, null=True, verbose_name="claim window, months"
                        ),
                    ),
                    ("effective_from", models.DateField(blank=True, null=True, verbose_name="in force from")),
                    (
                        "effective_until",
                        models.DateField(blank=True, null=True, verbose_name="until the day before"),
                    ),
                    (
                        "region",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="departments.region",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "reward rule",
                    "ordering": ("region", "effective_from", "pk"),
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("code", ""), _negated=True),
                            fields=("code",),
                            name="reward_rule_code_once",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("percent__gt", 0), ("percent__lte", 100)),
                            name="reward_rule_percent_in_range",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("honorary_below", None), ("honorary_below__gte", 1), _connector="OR"
                                ),
                                models.Q(("floor", None), ("floor__gte", 1), _connector="OR"),
                                models.Q(
                                    ("honorary_below__isnull", False),
                                    ("floor__isnull", False),
                                    _connector="OR",
                                ),
                            ),
                            name="reward_rule_says_what_a_trifle_is_worth",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("cap", None),
                                (
                                    "cap__gte",
                                    django.db.models.functions.comparison.Greatest(
                                        django.db.models.functions.comparison.Coalesce("floor", Decimal("0")),
                                        django.db.models.functions.comparison.Coalesce(
                                            "honorary_below", Decimal("0")
                                        ),
                                        Decimal("1"),
                                    ),
                                ),
                                _connector="OR",
                            ),
                            name="reward_rule_cap_above_floor",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("effective_until", None),
                                ("effective_until__gt", models.F("effective_from")),
                                _connector="OR",
                            ),
                            name="reward_rule_days_in_order",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("claim_months", None), ("claim_months__gte", 1), _connector="OR"
                            ),
                            name="reward_rule_window_above_zero",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Reward",
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
                    ("number", models.CharField(max_length=48, verbose_name="reward number")),
                    (
                        "status",
                        models.CharField(
                            choices=[
                                ("computed", "computed"),
                                ("proposed", "proposed"),
                                ("approved", "approved"),
                                ("funded", "funded"),
                                ("paid", "paid"),
                                ("honoured", "honoured"),
                                ("waived", "waived"),
                                ("void", "void"),
                            ],
                            default="computed",
                            max_length=10,
                            verbose_name="status",
                        ),
                    ),
                    (
                        "base",
                        models.DecimalField(
                            decimal_places=2, max_digits=14, verbose_name="verified amount, yuan"
                        ),
                    ),
                    (
                        "gross",
                        models.DecimalField(
                            decimal_places=2, max_digits=14, verbose_name="share by the rule, yuan"
                        ),
                    ),
                    (
                        "total",
                        models.DecimalField(
                            decimal_places=2, max_digits=14, verbose_name="reward of the report, yuan"
                        ),
                    ),
                    (
                        "amount",
                        models.DecimalField(decimal_places=2, max_digits=14, verbose_name="reward, yuan"),
                    ),
                    (
                        "entitled",
                        models.DecimalField(
                            decimal_places=2, max_digits=14, verbose_name="due by the ledger, yuan"
                        ),
                    ),
                    (
                        "recovered",
                        models.DecimalField(
                            decimal_places=2,
                            default=Decimal("0.00"),
                            max_digits=14,
                            verbose_name="recovered, yuan",
                        ),
                    ),
                    ("honorary", models.BooleanField(default=False, verbose_name="honorary")),
                    ("computed_at", models.DateTimeField(verbose_name="computed")),
                    (
                        "effective_on",
                        models.DateField(blank=True, null=True, verbose_name="decision effective on"),
                    ),
                    ("proposed_at", models.DateTimeField(null=True)),
                    ("approved_at", models.DateTimeField(null=True)),
                    ("funded_at", models.DateTimeField(null=True)),
                    ("paid_at", models.DateTimeField(null=True)),
                    ("honoured_at", models.DateTimeField(null=True)),
                    ("waived_at", models.DateTimeField(null=True)),
                    (
                        "reason",
                        models.CharField(blank=True, default="", max_length=300, verbose_name="reason"),
                    ),
                    ("claim_digest", models.CharField(blank=True, default="", editable=False, max_length=64)),
                    ("code_issued_at", models.DateTimeField(null=True)),
                    (
                        "notified_on",
                        models.DateField(blank=True, null=True, verbose_name="notice received on"),
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
                        "case",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="rewards",
                            to="cases.case",
                        ),
                    ),
                    (
                        "code_issued_by",
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
                            related_name="rewards",
                            to="departments.department",
                        ),
                    ),
                    (
                        "funded_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "honoured_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "paid_by",
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
                        "report",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="rewards",
                            to="rewards.report",
                        ),
                    ),
                    (
                        "reporter",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="rewards",
                            to="rewards.reporter",
                        ),
                    ),
                    (
                        "waived_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "budget",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="rewards",
                            to="rewards.rewardbudget",
                        ),
                    ),
                    (
                        "rule",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="rewards.rewardrule",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "reward",
                    "ordering": ("-id",),
                    "indexes": [
                        models.Index(fields=["department", "status"], name="reward_by_state"),
                        models.Index(fields=["region", "status"], name="reward_by_region_state"),
                    ],
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("status", "void"), _negated=True),
                            fields=("case", "reporter"),
                            name="reward_one_live",
                        ),
                        models.UniqueConstraint(
                            condition=models.Q(("claim_digest", ""), _negated=True),
                            fields=("claim_digest",),
                            name="reward_claim_once",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("amount__gte", 0),
                                ("base__gte", 0),
                                ("entitled__gte", 0),
                                ("gross__gte", 0),
                                ("total__gte", 0),
                            ),
                            name="reward_never_negative",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("amount", 0), ("honorary", True)),
                                models.Q(("amount__gt", 0), ("honorary", False)),
                                ("status__in", ["void"]),
                                _connector="OR",
                            ),
                            name="reward_money_or_honour",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("recovered__gte", 0), ("recovered__lte", models.F("amount"))),
                            name="reward_recovered_in_range",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("proposed_at", None), ("proposed_by", None)),
                                models.Q(("proposed_at__isnull", False), ("proposed_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="reward_proposed_by_and_at",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("approved_at", None), ("approved_by", None)),
                                models.Q(("approved_at__isnull", False), ("approved_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="reward_approved_by_and_at",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("funded_at", None), ("funded_by", None)),
                                models.Q(("funded_at__isnull", False), ("funded_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="reward_funded_by_and_at",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("paid_at", None), ("paid_by", None)),
                                models.Q(("paid_at__isnull", False), ("paid_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="reward_paid_by_and_at",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("honoured_at", None), ("honoured_by", None)),
                                models.Q(("honoured_at__isnull", False), ("honoured_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="reward_honoured_by_and_at",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("code_issued_at", None), ("code_issued_by", None)),
                                models.Q(
                                    ("code_issued_at__isnull", False), ("code_issued_by__isnull", False)
                                ),
                                _connector="OR",
                            ),
                            name="reward_code_issued_by_and_at",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("waived_at", None), ("waived_by", None)),
                                ("waived_at__isnull", False),
                                _connector="OR",
                            ),
                            name="reward_waived_by_and_at",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("proposed_by", None),
                                ("approved_by", None),
                                models.Q(("proposed_by", models.F("approved_by")), _negated=True),
                                _connector="OR",
                            ),
                            name="reward_proposer_is_not_approver",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("paid_by", None),
                                models.Q(
                                    models.Q(("paid_by", models.F("proposed_by")), _negated=True),
                                    models.Q(("paid_by", models.F("approved_by")), _negated=True),
                                ),
                                _connector="OR",
                            ),
                            name="reward_payer_is_a_third",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("funded_by", None),
                                models.Q(
                                    models.Q(("funded_by", models.F("proposed_by")), _negated=True),
                                    models.Q(("funded_by", models.F("approved_by")), _negated=True),
                                ),
                                _connector="OR",
                            ),
                            name="reward_funder_is_a_third",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("status__in", ["proposed", "approved", "funded", "paid", "honoured"]),
                                    _negated=True,
                                ),
                                ("proposed_by__isnull", False),
                                _connector="OR",
                            ),
                            name="reward_proposed_before",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("status__in", ["approved", "funded", "paid", "honoured"]), _negated=True
                                ),
                                ("approved_by__isnull", False),
                                _connector="OR",
                            ),
                            name="reward_approved_before",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("status__in", ["funded", "paid"]), _negated=True),
                                models.Q(
                                    ("budget__isnull", False),
                                    ("funded_by__isnull", False),
                                    ("honorary", False),
                                ),
                                _connector="OR",
                            ),
                            name="reward_funded_before",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("status", "paid"), _negated=True),
                                ("paid_by__isnull", False),
                                _connector="OR",
                            ),
                            name="reward_paid_by_somebody",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("status", "waived"), _negated=True),
                                models.Q(
                                    ("waived_at__isnull", False), models.Q(("reason", ""), _negated=True)
                                ),
                                _connector="OR",
                            ),
                            name="reward_waived_with_reason",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Payment",
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
                                ("payment", "payment"),
                                ("reversal", "reversal"),
                                ("recovery", "recovery"),
                                ("return", "given back"),
                            ],
                            max_length=10,
                            verbose_name="kind",
                        ),
                    ),
                    (
                        "method",
                        models.CharField(
                            blank=True,
                            choices=[("code", "against the claim code"), ("bank", "bank file")],
                            default="",
                            max_length=8,
                            verbose_name="how paid",
                        ),
                    ),
                    ("attempt", models.PositiveSmallIntegerField(default=1)),
                    (
                        "amount",
                        models.DecimalField(decimal_places=2, max_digits=14, verbose_name="amount, yuan"),
                    ),
                    ("voucher", models.CharField(max_length=40, verbose_name="voucher number")),
                    ("paid_on", models.DateField(verbose_name="paid on")),
                    (
                        "remark",
                        models.CharField(blank=True, default="", max_length=200, verbose_name="remark"),
                    ),
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
                        "entry",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="cases.moneyentry",
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
                        "reverses",
                        models.OneToOneField(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="reversal",
                            to="rewards.payment",
                        ),
                    ),
                    (
                        "reward",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="payments",
                            to="rewards.reward",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "payment of a reward",
                    "ordering": ("id",),
                    "indexes": [models.Index(fields=["region", "paid_on"], name="payment_by_day")],
                    "constraints": [
                        models.UniqueConstraint(fields=("region", "voucher"), name="payment_voucher_once"),
                        models.UniqueConstraint(
                            condition=models.Q(("kind", "payment")),
                            fields=("reward", "attempt"),
                            name="payment_once_an_attempt",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("amount__gt", 0), ("kind", "payment"), ("reverses", None)),
                                models.Q(
                                    ("amount__lt", 0), ("kind", "reversal"), ("reverses__isnull", False)
                                ),
                                models.Q(("amount__lt", 0), ("kind", "recovery"), ("reverses", None)),
                                models.Q(("amount__gt", 0), ("kind", "return"), ("reverses", None)),
                                _connector="OR",
                            ),
                            name="payment_sign_follows_kind",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="BankLine",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("position", models.PositiveIntegerField()),
                    (
                        "amount",
                        models.DecimalField(decimal_places=2, max_digits=14, verbose_name="amount, yuan"),
                    ),
                    ("open", models.BooleanField(default=True)),
                    (
                        "file",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="lines",
                            to="rewards.bankfile",
                        ),
                    ),
                    (
                        "reward",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="bank_lines",
                            to="rewards.reward",
                        ),
                    ),
                ],
                options={
                    "ordering": ("file", "position"),
                    "constraints": [
                        models.UniqueConstraint(fields=("file", "position"), name="bank_line_position_once"),
                        models.UniqueConstraint(
                            condition=models.Q(("open", True)),
                            fields=("reward",),
                            name="bank_line_reward_in_one_file",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("amount__gt", 0)), name="bank_line_above_zero"
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="BudgetEntry",
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
                                ("granted", "granted"),
                                ("cut", "cut"),
                                ("allocated", "allocated"),
                                ("released", "released"),
                            ],
                            max_length=10,
                            verbose_name="kind",
                        ),
                    ),
                    (
                        "amount",
                        models.DecimalField(decimal_places=2, max_digits=14, verbose_name="amount, yuan"),
                    ),
                    (
                        "document",
                        models.CharField(blank=True, default="", max_length=80, verbose_name="document"),
                    ),
                    (
                        "remark",
                        models.CharField(blank=True, default="", max_length=200, verbose_name="remark"),
                    ),
                    ("at", models.DateTimeField()),
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
                        "reward",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="rewards.reward",
                        ),
                    ),
                    (
                        "budget",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="entries",
                            to="rewards.rewardbudget",
                        ),
                    ),
                ],
                options={
                    "ordering": ("id",),
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("amount__gt", 0)), name="budget_entry_above_zero"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="RewardPaper",
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
                                ("approval", "approval form of a reward"),
                                ("notice", "notice of a reward"),
                                ("voucher", "voucher of a reward"),
                                ("certificate", "certificate of honour"),
                            ],
                            max_length=12,
                            verbose_name="kind",
                        ),
                    ),
                    (
                        "status",
                        models.CharField(
                            choices=[
                                ("draft", "drafted"),
                                ("approved", "signed"),
                                ("issued", "numbered"),
                                ("discarded", "given up"),
                            ],
                            default="draft",
                            max_length=10,
                            verbose_name="status",
                        ),
                    ),
                    ("text", models.CharField(blank=True, default="", max_length=300, verbose_name="text")),
                    ("drafted_at", models.DateTimeField()),
                    ("approved_at", models.DateTimeField(null=True)),
                    ("issued_at", models.DateTimeField(null=True)),
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
                        "issued_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "reward",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="papers",
                            to="rewards.reward",
                        ),
                    ),
                    (
                        "amount",
                        models.DecimalField(
                            decimal_places=2,
                            max_digits=14,
                            null=True,
                            verbose_name="amount when it was numbered, yuan",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "paper of a reward",
                    "ordering": ("id",),
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("status__in", ["draft", "approved"])),
                            fields=("reward", "kind"),
                            name="reward_paper_one_at_a_time",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("approved_at", None), ("approved_by", None)),
                                models.Q(("approved_at__isnull", False), ("approved_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="reward_paper_approved_by_and_at",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("document", None), ("issued_at", None), ("issued_by", None)),
                                models.Q(
                                    ("document__isnull", False),
                                    ("issued_at__isnull", False),
                                    ("issued_by__isnull", False),
                                ),
                                _connector="OR",
                            ),
                            name="reward_paper_issued_by_and_at",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("approved_by", None),
                                models.Q(("approved_by", models.F("drafted_by")), _negated=True),
                                _connector="OR",
                            ),
                            name="reward_paper_signed_by_another",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("status__in", ["approved", "issued"]), _negated=True),
                                ("approved_by__isnull", False),
                                _connector="OR",
                            ),
                            name="reward_paper_signed_before",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="PayeeOpening",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("opened_at", models.DateTimeField()),
                    (
                        "file",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="payee_openings",
                            to="rewards.bankfile",
                        ),
                    ),
                    (
                        "report",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="payee_openings",
                            to="rewards.report",
                        ),
                    ),
                    (
                        "reporter",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="payee_openings",
                            to="rewards.reporter",
                        ),
                    ),
                    (
                        "first_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "second_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
                options={
                    "ordering": ("opened_at", "id"),
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("first_by", models.F("second_by")), _negated=True),
                            name="payee_opening_by_two",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="PayeeKey",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("given_at", models.DateTimeField()),
                    ("until", models.DateTimeField()),
                    (
                        "file",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="payee_keys",
                            to="rewards.bankfile",
                        ),
                    ),
                    (
                        "user",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
                options={
                    "constraints": [models.UniqueConstraint(fields=("file", "user"), name="payee_key_once")],
                },
            ),
        ),
    ]
