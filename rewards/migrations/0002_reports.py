import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import rewards.fields


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0003_source_comparison"),
        ("departments", "0005_bodies"),
        ("rewards", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="report",
            name="token_digest",
            field=models.CharField(blank=True, editable=False, max_length=64),
        ),
        migrations.AddField(
            model_name="report",
            name="told_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="report",
            name="told_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="report",
            name="told_via",
            field=models.CharField(
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
        migrations.RemoveField(model_name="report", name="facts"),
        migrations.AddField(
            model_name="report",
            name="facts",
            field=rewards.fields.SealedTextField(default=b"", verbose_name="facts"),
            preserve_default=False,
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="departments.region"
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="files", to="rewards.report"
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
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
                ("number", models.CharField(max_length=40, verbose_name="number of the appointment letter")),
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
            },
        ),
        migrations.AddField(
            model_name="report",
            name="supervisor",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="reports",
                to="rewards.supervisor",
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("told_at", None), ("told_by", None)),
                    models.Q(("told_at__isnull", False), ("told_by__isnull", False)),
                    _connector="OR",
                ),
                name="report_told_by_and_at",
            ),
        ),
        migrations.AddConstraint(
            model_name="addition",
            constraint=models.CheckConstraint(
                condition=models.Q(("outgoing", False), ("by__isnull", False), _connector="OR"),
                name="report_answer_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="custodian",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None)),
                fields=("region", "user"),
                name="custodian_once_in_force",
            ),
        ),
        migrations.AddConstraint(
            model_name="custodian",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at", None), ("ended_by", None)),
                    models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                    _connector="OR",
                ),
                name="custodian_ended_by_and_at",
            ),
        ),
        migrations.AddConstraint(
            model_name="opening",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status__in", ["requested", "ready"])),
                fields=("reporter", "fields"),
                name="opening_one_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="opening",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("first_at", None), ("first_by", None)),
                    models.Q(("first_at__isnull", False), ("first_by__isnull", False)),
                    _connector="OR",
                ),
                name="opening_first_by_and_at",
            ),
        ),
        migrations.AddConstraint(
            model_name="opening",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("second_at", None), ("second_by", None)),
                    models.Q(("second_at__isnull", False), ("second_by__isnull", False)),
                    _connector="OR",
                ),
                name="opening_second_by_and_at",
            ),
        ),
        migrations.AddConstraint(
            model_name="opening",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("declined_at", None), ("declined_by", None)),
                    models.Q(("declined_at__isnull", False), ("declined_by__isnull", False)),
                    _connector="OR",
                ),
                name="opening_declined_by_and_at",
            ),
        ),
        migrations.AddConstraint(
            model_name="opening",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("first_by", models.F("second_by")), _negated=True),
                    models.Q(("first_by", models.F("requested_by")), _negated=True),
                    models.Q(("second_by", models.F("requested_by")), _negated=True),
                ),
                name="opening_three_persons",
            ),
        ),
        migrations.AddConstraint(
            model_name="opening",
            constraint=models.CheckConstraint(
                condition=models.Q(("second_by", None), ("first_by__isnull", False), _connector="OR"),
                name="opening_second_after_first",
            ),
        ),
        migrations.AddConstraint(
            model_name="opening",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status__in", ["ready", "shown"]), _negated=True),
                    ("second_by__isnull", False),
                    _connector="OR",
                ),
                name="opening_ready_by_two",
            ),
        ),
        migrations.AddConstraint(
            model_name="opening",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("shown_at__isnull", False), ("status", "shown")),
                    models.Q(models.Q(("status", "shown"), _negated=True), ("shown_at", None)),
                    _connector="OR",
                ),
                name="opening_shown_iff_at",
            ),
        ),
        migrations.AddConstraint(
            model_name="reportfile",
            constraint=models.UniqueConstraint(fields=("report", "sha256"), name="report_file_once"),
        ),
        migrations.AddConstraint(
            model_name="supervisor",
            constraint=models.UniqueConstraint(fields=("region", "number"), name="supervisor_number_once"),
        ),
        migrations.AddConstraint(
            model_name="supervisor",
            constraint=models.CheckConstraint(
                condition=models.Q(("term_from__lte", models.F("term_to"))), name="supervisor_term_in_order"
            ),
        ),
    ]
