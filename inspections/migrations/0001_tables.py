"""The tables of this room as they stand (ADR 0071)."""

import django.db.models.deletion
import django.db.models.functions.comparison
from django.conf import settings
from django.db import migrations, models

from core.tables import CreateModels


class Migration(migrations.Migration):
    initial = True

    dependencies = [("cases", "0001_tables"), ("departments", "0001_tables"), ("documents", "0001_tables")]

    operations = [
        CreateModels(
            migrations.CreateModel(
                name="Checklist",
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
                            verbose_name="function",
                        ),
                    ),
                    ("title", models.CharField(max_length=80, verbose_name="name")),
                    ("active", models.BooleanField(default=True, verbose_name="active")),
                    (
                        "department",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="checklists",
                            to="departments.department",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "checklist",
                    "ordering": ("function", "department", "id"),
                    "constraints": [
                        models.UniqueConstraint(
                            models.F("function"),
                            django.db.models.functions.comparison.Coalesce("department", 0),
                            models.F("title"),
                            name="checklist_title_once",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("function", "office"), _negated=True),
                            name="checklist_of_who_inspects",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="ChecklistItem",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("position", models.PositiveSmallIntegerField(verbose_name="position")),
                    ("text", models.CharField(max_length=200, verbose_name="what is looked at")),
                    ("basis", models.CharField(blank=True, default="", max_length=200, verbose_name="basis")),
                    (
                        "category",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="departments.category",
                        ),
                    ),
                    (
                        "checklist",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="items",
                            to="inspections.checklist",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "line of a checklist",
                    "ordering": ("checklist", "position"),
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("checklist", "position"), name="checklist_item_position_once"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="EnforcementCertificate",
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
                    ("number", models.CharField(max_length=30, verbose_name="certificate number")),
                    ("valid_until", models.DateField(verbose_name="valid until")),
                    ("entered_at", models.DateTimeField(blank=True, null=True)),
                    ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                    (
                        "withdraw_reason",
                        models.CharField(
                            blank=True, default="", max_length=200, verbose_name="why it was withdrawn"
                        ),
                    ),
                    (
                        "department",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="enforcement_certificates",
                            to="departments.department",
                        ),
                    ),
                    (
                        "entered_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "user",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="enforcement_certificates",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "withdrawn_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
                options={
                    "verbose_name": "enforcement certificate",
                    "ordering": ("department", "user__name", "-valid_until"),
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("withdrawn_at", None)),
                            fields=("number",),
                            name="certificate_number_once",
                        ),
                        models.UniqueConstraint(
                            condition=models.Q(("withdrawn_at", None)),
                            fields=("user", "department"),
                            name="certificate_one_in_force",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("entered_at", None), ("entered_by", None)),
                                models.Q(("entered_at__isnull", False), ("entered_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="certificate_entered_paired",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("withdrawn_at", None), ("withdrawn_by", None)),
                                models.Q(("withdrawn_at__isnull", False), ("withdrawn_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="certificate_withdrawn_paired",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("withdraw_reason", ""), ("withdrawn_at", None)),
                                models.Q(
                                    ("withdrawn_at__isnull", False),
                                    models.Q(("withdraw_reason", ""), _negated=True),
                                ),
                                _connector="OR",
                            ),
                            name="certificate_withdrawn_with_reason",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Inspection",
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
                    ("number", models.CharField(max_length=40, verbose_name="number")),
                    ("title", models.CharField(max_length=120, verbose_name="name of the inspection")),
                    (
                        "kind",
                        models.CharField(
                            choices=[
                                ("joint", "joint inspection"),
                                ("special", "special inspection"),
                                ("daily", "daily inspection round"),
                                ("random", "random inspection"),
                                ("unannounced", "unannounced inspection"),
                                ("assist", "assisting a flying inspection from above"),
                            ],
                            max_length=12,
                            verbose_name="kind",
                        ),
                    ),
                    (
                        "source",
                        models.CharField(
                            choices=[
                                ("plan", "yearly plan"),
                                ("report", "triggered by a report"),
                                ("above", "task from above"),
                            ],
                            max_length=8,
                            verbose_name="set off by",
                        ),
                    ),
                    (
                        "source_number",
                        models.CharField(
                            blank=True, default="", max_length=60, verbose_name="number of the report or task"
                        ),
                    ),
                    ("basis", models.CharField(max_length=300, verbose_name="basis")),
                    (
                        "start_condition",
                        models.CharField(max_length=300, verbose_name="condition of the start"),
                    ),
                    ("starts_on", models.DateField(verbose_name="from")),
                    ("ends_on", models.DateField(verbose_name="until")),
                    ("key_areas", models.CharField(max_length=300, verbose_name="key areas")),
                    ("content", models.TextField(verbose_name="what is inspected")),
                    ("division", models.TextField(blank=True, default="", verbose_name="who does what")),
                    ("plan_version", models.PositiveIntegerField(default=1)),
                    (
                        "status",
                        models.CharField(
                            choices=[
                                ("draft", "being planned"),
                                ("agreed", "agreed"),
                                ("under_way", "under way"),
                                ("reported", "summary being signed"),
                                ("closed", "closed"),
                                ("cancelled", "cancelled"),
                            ],
                            default="draft",
                            max_length=10,
                            verbose_name="status",
                        ),
                    ),
                    ("drafted_at", models.DateTimeField(blank=True, null=True)),
                    ("asked_at", models.DateTimeField(blank=True, null=True)),
                    ("submitted_at", models.DateTimeField(blank=True, null=True)),
                    ("approved_at", models.DateTimeField(blank=True, null=True)),
                    ("returned_at", models.DateTimeField(blank=True, null=True)),
                    (
                        "return_reason",
                        models.CharField(
                            blank=True, default="", max_length=300, verbose_name="why it was sent back"
                        ),
                    ),
                    ("started_at", models.DateTimeField(blank=True, null=True)),
                    ("reported_at", models.DateTimeField(blank=True, null=True)),
                    ("closed_at", models.DateTimeField(blank=True, null=True)),
                    ("cancelled_at", models.DateTimeField(blank=True, null=True)),
                    (
                        "cancel_reason",
                        models.CharField(
                            blank=True, default="", max_length=300, verbose_name="why it was cancelled"
                        ),
                    ),
                    (
                        "approval_form",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="documents.issueddocument",
                        ),
                    ),
                    (
                        "approved_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "asked_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "cancelled_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "closed_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "drafted_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "lead",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="led_inspections",
                            to="departments.department",
                            verbose_name="lead department",
                        ),
                    ),
                    (
                        "region",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="inspections",
                            to="departments.region",
                        ),
                    ),
                    (
                        "reported_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "returned_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "started_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "submitted_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
                options={
                    "verbose_name": "joint inspection",
                    "ordering": ("-starts_on", "-id"),
                    "indexes": [
                        models.Index(fields=["region", "status", "-starts_on"], name="inspection_by_state")
                    ],
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("region", "number"), name="inspection_number_once_a_region"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("starts_on__lte", models.F("ends_on"))),
                            name="inspection_days_in_order",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("source", "plan"), ("source_number", "")),
                                models.Q(
                                    models.Q(("source", "plan"), _negated=True),
                                    models.Q(("source_number", ""), _negated=True),
                                ),
                                _connector="OR",
                            ),
                            name="inspection_exempt_says_what_by",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("drafted_at", None), ("drafted_by", None)),
                                models.Q(("drafted_at__isnull", False), ("drafted_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="inspection_drafted_paired",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("asked_at", None), ("asked_by", None)),
                                models.Q(("asked_at__isnull", False), ("asked_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="inspection_asked_paired",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("submitted_at", None), ("submitted_by", None)),
                                models.Q(("submitted_at__isnull", False), ("submitted_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="inspection_submitted_paired",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("approved_at", None), ("approved_by", None)),
                                models.Q(("approved_at__isnull", False), ("approved_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="inspection_approved_paired",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("returned_at", None), ("returned_by", None)),
                                models.Q(("returned_at__isnull", False), ("returned_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="inspection_returned_paired",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("started_at", None), ("started_by", None)),
                                models.Q(("started_at__isnull", False), ("started_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="inspection_started_paired",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("reported_at", None), ("reported_by", None)),
                                models.Q(("reported_at__isnull", False), ("reported_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="inspection_reported_paired",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("closed_at", None), ("closed_by", None)),
                                models.Q(("closed_at__isnull", False), ("closed_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="inspection_closed_paired",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("cancelled_at", None), ("cancelled_by", None)),
                                models.Q(("cancelled_at__isnull", False), ("cancelled_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="inspection_cancelled_paired",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("return_reason", ""), ("returned_at", None)),
                                models.Q(
                                    ("returned_at__isnull", False),
                                    models.Q(("return_reason", ""), _negated=True),
                                ),
                                _connector="OR",
                            ),
                            name="inspection_returned_with_reason",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("cancel_reason", ""), ("cancelled_at", None)),
                                models.Q(
                                    ("cancelled_at__isnull", False),
                                    models.Q(("cancel_reason", ""), _negated=True),
                                ),
                                _connector="OR",
                            ),
                            name="inspection_cancelled_with_reason",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("cancelled_at__isnull", False), ("status", "cancelled")),
                                models.Q(
                                    models.Q(("status", "cancelled"), _negated=True), ("cancelled_at", None)
                                ),
                                _connector="OR",
                            ),
                            name="inspection_cancelled_by_somebody",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("approved_by", None),
                                models.Q(
                                    models.Q(("approved_by", models.F("drafted_by")), _negated=True),
                                    models.Q(("approved_by", models.F("submitted_by")), _negated=True),
                                ),
                                _connector="OR",
                            ),
                            name="inspection_signer_is_another",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("status__in", ["under_way", "reported", "closed"]), _negated=True),
                                models.Q(
                                    ("approval_form__isnull", False),
                                    ("approved_at__isnull", False),
                                    ("started_at__isnull", False),
                                ),
                                _connector="OR",
                            ),
                            name="inspection_started_when_signed",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("closed_at__isnull", False),
                                    ("reported_at__isnull", False),
                                    ("status", "closed"),
                                ),
                                models.Q(models.Q(("status", "closed"), _negated=True), ("closed_at", None)),
                                _connector="OR",
                            ),
                            name="inspection_closed_when_reported",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Target",
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
                        "reason",
                        models.CharField(blank=True, default="", max_length=200, verbose_name="why this one"),
                    ),
                    ("drawn", models.BooleanField(default=False, verbose_name="drawn at random")),
                    ("added_at", models.DateTimeField(blank=True, null=True)),
                    ("dropped_at", models.DateTimeField(blank=True, null=True)),
                    (
                        "drop_reason",
                        models.CharField(
                            blank=True, default="", max_length=200, verbose_name="why it was left out"
                        ),
                    ),
                    (
                        "added_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "dropped_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "inspection",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="targets",
                            to="inspections.inspection",
                        ),
                    ),
                    (
                        "notice",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="documents.issueddocument",
                        ),
                    ),
                    (
                        "subject",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="inspection_targets",
                            to="cases.subject",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "target of an inspection",
                    "ordering": ("inspection", "id"),
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("inspection", "subject"), name="target_once_an_inspection"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("added_at", None), ("added_by", None)),
                                models.Q(("added_at__isnull", False), ("added_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="target_added_paired",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("dropped_at", None), ("dropped_by", None)),
                                models.Q(("dropped_at__isnull", False), ("dropped_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="target_dropped_paired",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("drop_reason", ""), ("dropped_at", None)),
                                models.Q(
                                    ("dropped_at__isnull", False),
                                    models.Q(("drop_reason", ""), _negated=True),
                                ),
                                _connector="OR",
                            ),
                            name="target_dropped_with_reason",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Visit",
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
                    ("visited_on", models.DateField(verbose_name="visited on")),
                    ("begins", models.TimeField(verbose_name="began at")),
                    ("ends", models.TimeField(blank=True, null=True, verbose_name="ended at")),
                    ("place", models.CharField(max_length=120, verbose_name="place")),
                    (
                        "told_recusal",
                        models.BooleanField(
                            default=False, verbose_name="told of the right to ask for recusal"
                        ),
                    ),
                    (
                        "situation",
                        models.TextField(blank=True, default="", verbose_name="what was found on site"),
                    ),
                    (
                        "party_name",
                        models.CharField(
                            blank=True, default="", max_length=40, verbose_name="who stood for the inspected"
                        ),
                    ),
                    (
                        "party_title",
                        models.CharField(blank=True, default="", max_length=40, verbose_name="job title"),
                    ),
                    (
                        "party_words",
                        models.TextField(blank=True, default="", verbose_name="what the inspected said"),
                    ),
                    (
                        "refusal",
                        models.CharField(
                            blank=True,
                            default="",
                            max_length=300,
                            verbose_name="why the signature was refused",
                        ),
                    ),
                    (
                        "witness",
                        models.CharField(blank=True, default="", max_length=60, verbose_name="witness"),
                    ),
                    (
                        "status",
                        models.CharField(
                            choices=[
                                ("open", "being recorded"),
                                ("printed", "record printed, not signed"),
                                ("signed", "record signed"),
                                ("refused", "signature refused"),
                                ("void", "void"),
                            ],
                            default="open",
                            max_length=8,
                            verbose_name="status",
                        ),
                    ),
                    ("opened_at", models.DateTimeField(blank=True, null=True)),
                    ("printed_at", models.DateTimeField(blank=True, null=True)),
                    ("ended_at", models.DateTimeField(blank=True, null=True)),
                    (
                        "ended_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "inspection",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="visits",
                            to="inspections.inspection",
                        ),
                    ),
                    (
                        "opened_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "printed_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "record",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="documents.issueddocument",
                        ),
                    ),
                    (
                        "target",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="visits",
                            to="inspections.target",
                        ),
                    ),
                    (
                        "void_reason",
                        models.CharField(
                            blank=True, default="", max_length=200, verbose_name="why the record is void"
                        ),
                    ),
                    ("voided_at", models.DateTimeField(blank=True, null=True)),
                    (
                        "voided_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "reserve_reason",
                        models.CharField(
                            blank=True,
                            default="",
                            max_length=300,
                            verbose_name="why somebody of the reserve went",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "visit",
                    "ordering": ("inspection", "visited_on", "begins", "id"),
                    "indexes": [models.Index(fields=["target", "visited_on"], name="visit_by_target")],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                ("ends", None), ("ends__gte", models.F("begins")), _connector="OR"
                            ),
                            name="visit_times_in_order",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("opened_at", None), ("opened_by", None)),
                                models.Q(("opened_at__isnull", False), ("opened_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="visit_opened_paired",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("printed_at", None), ("printed_by", None)),
                                models.Q(("printed_at__isnull", False), ("printed_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="visit_printed_paired",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("ended_at", None), ("ended_by", None)),
                                models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="visit_ended_paired",
                        ),
                        models.UniqueConstraint(
                            condition=models.Q(("status", "void"), _negated=True),
                            fields=("target", "visited_on"),
                            name="visit_once_a_day",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("voided_at", None), ("voided_by", None)),
                                models.Q(("voided_at__isnull", False), ("voided_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="visit_voided_paired",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("void_reason", ""), ("voided_at", None)),
                                models.Q(
                                    ("voided_at__isnull", False), models.Q(("void_reason", ""), _negated=True)
                                ),
                                _connector="OR",
                            ),
                            name="visit_voided_with_reason",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("printed_at", None), ("status", "void"), ("voided_at__isnull", False)
                                ),
                                models.Q(models.Q(("status", "void"), _negated=True), ("voided_at", None)),
                                _connector="OR",
                            ),
                            name="visit_voided_by_somebody",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("status__in", ["open", "void"]),
                                models.Q(("printed_at__isnull", False), ("record__isnull", False)),
                                _connector="OR",
                            ),
                            name="visit_printed_before_signed",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("ended_at__isnull", False),
                                    ("status", "refused"),
                                    models.Q(("refusal", ""), _negated=True),
                                    models.Q(("witness", ""), _negated=True),
                                ),
                                models.Q(
                                    ("ended_at__isnull", False),
                                    ("refusal", ""),
                                    ("status", "signed"),
                                    models.Q(("party_name", ""), _negated=True),
                                ),
                                models.Q(
                                    ("ended_at", None),
                                    ("refusal", ""),
                                    ("status__in", ["open", "printed", "void"]),
                                    ("witness", ""),
                                ),
                                _connector="OR",
                            ),
                            name="visit_signed_or_refused_with_witness",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Finding",
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
                    ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                    ("found_on", models.DateField(verbose_name="found on")),
                    ("text", models.TextField(verbose_name="what was found")),
                    (
                        "evidence",
                        models.CharField(
                            blank=True, default="", max_length=500, verbose_name="what shows it"
                        ),
                    ),
                    (
                        "amount",
                        models.DecimalField(
                            blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="amount"
                        ),
                    ),
                    ("added_at", models.DateTimeField(blank=True, null=True)),
                    (
                        "outcome",
                        models.CharField(
                            choices=[
                                ("open", "open"),
                                ("case", "became a case"),
                                ("joined", "joined a case"),
                                ("rectify", "to be rectified"),
                                ("remark", "remark"),
                            ],
                            default="open",
                            max_length=8,
                            verbose_name="outcome",
                        ),
                    ),
                    (
                        "outcome_text",
                        models.CharField(
                            blank=True, default="", max_length=500, verbose_name="what was decided"
                        ),
                    ),
                    ("outcome_at", models.DateTimeField(blank=True, null=True)),
                    (
                        "added_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "case",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="findings_of_inspections",
                            to="cases.case",
                        ),
                    ),
                    (
                        "category",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="departments.category",
                            verbose_name="category",
                        ),
                    ),
                    (
                        "department",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="departments.department",
                            verbose_name="found by",
                        ),
                    ),
                    (
                        "outcome_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "inspection",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="findings",
                            to="inspections.inspection",
                        ),
                    ),
                    (
                        "visit",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="findings",
                            to="inspections.visit",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "finding",
                    "ordering": ("inspection", "number"),
                    "constraints": [
                        models.UniqueConstraint(fields=("inspection", "number"), name="finding_number_once"),
                        models.CheckConstraint(
                            condition=models.Q(("amount", None), ("amount__gt", 0), _connector="OR"),
                            name="finding_amount_positive",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("added_at", None), ("added_by", None)),
                                models.Q(("added_at__isnull", False), ("added_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="finding_added_paired",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("outcome_at", None), ("outcome_by", None)),
                                models.Q(("outcome_at__isnull", False), ("outcome_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="finding_outcome_paired",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("case", None), ("outcome", "open"), ("outcome_at", None)),
                                models.Q(
                                    ("case__isnull", False),
                                    ("outcome__in", ["case", "joined"]),
                                    ("outcome_at__isnull", False),
                                ),
                                models.Q(
                                    ("case", None),
                                    ("outcome__in", ["rectify", "remark"]),
                                    ("outcome_at__isnull", False),
                                    models.Q(("outcome_text", ""), _negated=True),
                                ),
                                _connector="OR",
                            ),
                            name="finding_went_somewhere",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="FindingFile",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("name", models.CharField(max_length=150, verbose_name="name")),
                    ("file", models.CharField(max_length=120)),
                    ("media_type", models.CharField(max_length=100)),
                    ("size", models.PositiveBigIntegerField()),
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
                        "finding",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="files",
                            to="inspections.finding",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "evidence of a finding",
                    "ordering": ("id",),
                    "constraints": [
                        models.UniqueConstraint(fields=("finding", "sha256"), name="finding_file_once")
                    ],
                },
            ),
            migrations.CreateModel(
                name="Partner",
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
                        "role",
                        models.CharField(
                            choices=[
                                ("inspecting", "inspecting department"),
                                ("supporting", "supporting department"),
                            ],
                            max_length=10,
                            verbose_name="part",
                        ),
                    ),
                    ("leads", models.BooleanField(default=False, verbose_name="lead")),
                    (
                        "task",
                        models.CharField(blank=True, default="", max_length=200, verbose_name="what it does"),
                    ),
                    (
                        "answer",
                        models.CharField(
                            choices=[
                                ("none", "not answered"),
                                ("confirmed", "takes part"),
                                ("declined", "does not take part"),
                            ],
                            default="none",
                            max_length=10,
                            verbose_name="answer",
                        ),
                    ),
                    ("plan_version", models.PositiveIntegerField(blank=True, null=True)),
                    ("answered_at", models.DateTimeField(blank=True, null=True)),
                    (
                        "decline_reason",
                        models.CharField(blank=True, default="", max_length=300, verbose_name="why not"),
                    ),
                    ("dropped_at", models.DateTimeField(blank=True, null=True)),
                    (
                        "answered_by",
                        models.ForeignKey(
                            blank=True,
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
                        "dropped_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "inspection",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="partners",
                            to="inspections.inspection",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "department taking part",
                    "ordering": ("inspection", "-leads", "role", "id"),
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("inspection", "department"), name="partner_once_an_inspection"
                        ),
                        models.UniqueConstraint(
                            condition=models.Q(("leads", True)),
                            fields=("inspection",),
                            name="partner_one_leads",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("leads", False),
                                models.Q(("dropped_at", None), ("role", "inspecting")),
                                _connector="OR",
                            ),
                            name="partner_lead_inspects",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("answered_at", None), ("answered_by", None)),
                                models.Q(("answered_at__isnull", False), ("answered_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="partner_answered_paired",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("dropped_at", None), ("dropped_by", None)),
                                models.Q(("dropped_at__isnull", False), ("dropped_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="partner_dropped_paired",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("answer", "none"), ("answered_at", None), ("plan_version", None)),
                                models.Q(
                                    models.Q(("answer", "none"), _negated=True),
                                    ("answered_at__isnull", False),
                                    ("plan_version__isnull", False),
                                ),
                                _connector="OR",
                            ),
                            name="partner_answered_by_somebody",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("answer", "declined"),
                                    ("leads", False),
                                    models.Q(("decline_reason", ""), _negated=True),
                                ),
                                models.Q(
                                    models.Q(("answer", "declined"), _negated=True), ("decline_reason", "")
                                ),
                                _connector="OR",
                            ),
                            name="partner_declined_with_reason",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Member",
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
                    ("unit", models.CharField(blank=True, default="", max_length=60, verbose_name="unit")),
                    (
                        "role",
                        models.CharField(
                            choices=[
                                ("inspector", "inspector"),
                                ("assistant", "assistant"),
                                ("expert", "expert"),
                            ],
                            max_length=10,
                            verbose_name="part",
                        ),
                    ),
                    (
                        "certificate_number",
                        models.CharField(
                            blank=True, default="", max_length=30, verbose_name="certificate number"
                        ),
                    ),
                    ("named_at", models.DateTimeField(blank=True, null=True)),
                    ("declared_at", models.DateTimeField(blank=True, null=True)),
                    ("left_at", models.DateTimeField(blank=True, null=True)),
                    (
                        "left_reason",
                        models.CharField(
                            blank=True, default="", max_length=200, verbose_name="why the person left"
                        ),
                    ),
                    (
                        "certificate",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="inspections.enforcementcertificate",
                        ),
                    ),
                    (
                        "declared_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "inspection",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="members",
                            to="inspections.inspection",
                        ),
                    ),
                    (
                        "left_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "named_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "user",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "partner",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="members",
                            to="inspections.partner",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "member of an inspection",
                    "ordering": ("inspection", "partner", "id"),
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("left_at", None)),
                            fields=("inspection", "user"),
                            name="member_once_an_inspection",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("certificate__isnull", False),
                                    ("role", "inspector"),
                                    ("user__isnull", False),
                                    models.Q(("certificate_number", ""), _negated=True),
                                ),
                                models.Q(
                                    models.Q(("role", "inspector"), _negated=True),
                                    ("certificate", None),
                                    ("certificate_number", ""),
                                ),
                                _connector="OR",
                            ),
                            name="member_inspector_is_certified",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("user__isnull", False),
                                models.Q(("role", "expert"), models.Q(("unit", ""), _negated=True)),
                                _connector="OR",
                            ),
                            name="member_known_or_an_expert",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("named_at", None), ("named_by", None)),
                                models.Q(("named_at__isnull", False), ("named_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="member_named_paired",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("declared_at", None), ("declared_by", None)),
                                models.Q(("declared_at__isnull", False), ("declared_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="member_declared_paired",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("left_at", None), ("left_by", None)),
                                models.Q(("left_at__isnull", False), ("left_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="member_left_paired",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("left_at", None), ("left_reason", "")),
                                models.Q(
                                    ("left_at__isnull", False), models.Q(("left_reason", ""), _negated=True)
                                ),
                                _connector="OR",
                            ),
                            name="member_left_with_reason",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Postponement",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("old_starts_on", models.DateField(verbose_name="was to begin on")),
                    ("old_ends_on", models.DateField(verbose_name="was to end on")),
                    ("starts_on", models.DateField(verbose_name="from")),
                    ("ends_on", models.DateField(verbose_name="until")),
                    ("reason", models.CharField(max_length=300, verbose_name="reason")),
                    ("at", models.DateTimeField()),
                    (
                        "by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "inspection",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="postponements",
                            to="inspections.inspection",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "postponement",
                    "ordering": ("id",),
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("starts_on__lte", models.F("ends_on"))),
                            name="postponement_days_in_order",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("reason", ""), _negated=True), name="postponement_with_reason"
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Rectification",
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
                    ("due_on", models.DateField(verbose_name="to be rectified by")),
                    (
                        "status",
                        models.CharField(
                            choices=[
                                ("open", "to be done"),
                                ("done", "reported as done"),
                                ("confirmed", "confirmed"),
                                ("replaced", "followed up otherwise"),
                            ],
                            default="open",
                            max_length=10,
                            verbose_name="status",
                        ),
                    ),
                    ("done_at", models.DateTimeField(blank=True, null=True)),
                    (
                        "done_text",
                        models.CharField(
                            blank=True, default="", max_length=500, verbose_name="what was put right"
                        ),
                    ),
                    ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                    (
                        "confirmed_by",
                        models.ForeignKey(
                            blank=True,
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
                        "done_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "finding",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="rectification",
                            to="inspections.finding",
                        ),
                    ),
                    (
                        "person",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
                options={
                    "verbose_name": "rectification",
                    "ordering": ("due_on", "id"),
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("done_at", None), ("done_by", None)),
                                models.Q(("done_at__isnull", False), ("done_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="rectification_done_paired",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("confirmed_at", None), ("confirmed_by", None)),
                                models.Q(("confirmed_at__isnull", False), ("confirmed_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="rectification_confirmed_paired",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("status__in", ["done", "confirmed"]), _negated=True),
                                models.Q(
                                    ("done_at__isnull", False), models.Q(("done_text", ""), _negated=True)
                                ),
                                _connector="OR",
                            ),
                            name="rectification_done_says_what",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("confirmed_at__isnull", False), ("status", "confirmed")),
                                models.Q(
                                    models.Q(("status", "confirmed"), _negated=True), ("confirmed_at", None)
                                ),
                                _connector="OR",
                            ),
                            name="rectification_confirmed_by_somebody",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("confirmed_by", None),
                                models.Q(("confirmed_by", models.F("done_by")), _negated=True),
                                _connector="OR",
                            ),
                            name="rectification_confirmed_by_another",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Summary",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("number", models.PositiveSmallIntegerField(verbose_name="version")),
                    ("text", models.TextField(verbose_name="summary")),
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
                        "inspection",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="summaries",
                            to="inspections.inspection",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "summary of an inspection",
                    "ordering": ("inspection", "number"),
                    "constraints": [
                        models.UniqueConstraint(fields=("inspection", "number"), name="summary_number_once")
                    ],
                },
            ),
            migrations.CreateModel(
                name="SummarySignature",
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
                            choices=[("signed", "signed"), ("objected", "objected")],
                            max_length=8,
                            verbose_name="signature",
                        ),
                    ),
                    ("words", models.CharField(blank=True, default="", max_length=300, verbose_name="words")),
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
                        "partner",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="signatures",
                            to="inspections.partner",
                        ),
                    ),
                    (
                        "summary",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="signatures",
                            to="inspections.summary",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "signature of a summary",
                    "ordering": ("id",),
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("kind", "signed")),
                            fields=("summary", "partner"),
                            name="summary_signed_once_a_department",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("kind", "signed"), models.Q(("words", ""), _negated=True), _connector="OR"
                            ),
                            name="summary_objects_with_words",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="VisitFile",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("name", models.CharField(max_length=150, verbose_name="name")),
                    ("file", models.CharField(max_length=120)),
                    ("media_type", models.CharField(max_length=100)),
                    ("size", models.PositiveBigIntegerField()),
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
                        "visit",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="files",
                            to="inspections.visit",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "file of a visit",
                    "ordering": ("id",),
                    "constraints": [
                        models.UniqueConstraint(fields=("visit", "sha256"), name="visit_file_once")
                    ],
                },
            ),
            migrations.CreateModel(
                name="VisitItem",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("position", models.PositiveSmallIntegerField(verbose_name="position")),
                    ("text", models.CharField(max_length=200, verbose_name="what is looked at")),
                    ("basis", models.CharField(blank=True, default="", max_length=200, verbose_name="basis")),
                    (
                        "result",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("", "not checked yet"),
                                ("fine", "in order"),
                                ("problem", "problem found"),
                                ("none", "does not apply"),
                            ],
                            default="",
                            max_length=8,
                            verbose_name="result",
                        ),
                    ),
                    (
                        "remark",
                        models.CharField(blank=True, default="", max_length=200, verbose_name="remark"),
                    ),
                    ("checked_at", models.DateTimeField(blank=True, null=True)),
                    (
                        "category",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="departments.category",
                        ),
                    ),
                    (
                        "checked_by",
                        models.ForeignKey(
                            blank=True,
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
                        "visit",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="items",
                            to="inspections.visit",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "checked line",
                    "ordering": ("visit", "department", "position"),
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("visit", "department", "position"), name="visit_item_position_once"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("checked_at", None), ("checked_by", None)),
                                models.Q(("checked_at__isnull", False), ("checked_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="visit_item_checked_paired",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("checked_at", None), ("result", "")),
                                models.Q(
                                    models.Q(("result", ""), _negated=True), ("checked_at__isnull", False)
                                ),
                                _connector="OR",
                            ),
                            name="visit_item_checked_by_somebody",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="VisitOfficer",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("showed", models.BooleanField(default=False, verbose_name="showed the certificate")),
                    (
                        "member",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="visits",
                            to="inspections.member",
                        ),
                    ),
                    (
                        "visit",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="officers",
                            to="inspections.visit",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "officer at a visit",
                    "ordering": ("visit", "member"),
                    "constraints": [
                        models.UniqueConstraint(fields=("visit", "member"), name="visit_officer_once")
                    ],
                },
            ),
            migrations.CreateModel(
                name="Draw",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("number", models.CharField(max_length=24, unique=True, verbose_name="number")),
                    ("attempt", models.PositiveSmallIntegerField(verbose_name="attempt")),
                    (
                        "status",
                        models.CharField(
                            choices=[
                                ("committed", "committed, not drawn yet"),
                                ("drawn", "drawn"),
                                ("abandoned", "given up before it was drawn"),
                                ("annulled", "annulled"),
                            ],
                            default="committed",
                            max_length=10,
                            verbose_name="status",
                        ),
                    ),
                    ("listed", models.TextField()),
                    ("list_digest", models.CharField(max_length=64, verbose_name="digest of the list")),
                    ("commitment", models.CharField(max_length=64, verbose_name="commitment")),
                    ("public_what", models.CharField(max_length=120, verbose_name="public number")),
                    ("public_from", models.DateTimeField(verbose_name="published from")),
                    ("committed_at", models.DateTimeField(verbose_name="committed")),
                    ("seed", models.CharField(blank=True, default="", max_length=64, verbose_name="seed")),
                    (
                        "public_number",
                        models.CharField(
                            blank=True, default="", max_length=40, verbose_name="the number as published"
                        ),
                    ),
                    ("drawn_at", models.DateTimeField(null=True, verbose_name="drawn")),
                    ("ended_at", models.DateTimeField(null=True)),
                    ("version", models.PositiveIntegerField(default=1, editable=False)),
                    (
                        "committed_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "committed_for",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="departments.department",
                        ),
                    ),
                    (
                        "drawn_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "drawn_for",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="departments.department",
                        ),
                    ),
                    (
                        "ended_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "inspection",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="draws",
                            to="inspections.inspection",
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
                    "verbose_name": "draw",
                    "ordering": ("-id",),
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("status__in", ["committed", "drawn"])),
                            fields=("inspection",),
                            name="draw_one_stands",
                        ),
                        models.UniqueConstraint(fields=("inspection", "attempt"), name="draw_attempt_once"),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("commitment__regex", "^[0-9a-f]{64}$"),
                                ("list_digest__regex", "^[0-9a-f]{64}$"),
                            ),
                            name="draw_digests_are_digests",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("seed", ""), ("seed__regex", "^[0-9a-f]{64}$"), _connector="OR"
                            ),
                            name="draw_seed_is_a_seed",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("public_from__gt", models.F("committed_at"))),
                            name="draw_number_nobody_knows_yet",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("drawn_at", None),
                                ("drawn_at__gte", models.F("public_from")),
                                _connector="OR",
                            ),
                            name="draw_after_publication",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("drawn_at", None), ("drawn_by", None)),
                                models.Q(("drawn_at__isnull", False), ("drawn_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="draw_drawn_paired",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("ended_at", None), ("ended_by", None)),
                                models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="draw_ended_paired",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("drawn_at", None),
                                    ("ended_at", None),
                                    ("public_number", ""),
                                    ("seed", ""),
                                    ("status", "committed"),
                                ),
                                models.Q(
                                    ("drawn_at__isnull", False),
                                    ("ended_at", None),
                                    ("status", "drawn"),
                                    models.Q(("seed", ""), _negated=True),
                                    models.Q(("public_number", ""), _negated=True),
                                ),
                                models.Q(
                                    ("drawn_at__isnull", False),
                                    ("ended_at__isnull", False),
                                    ("status", "annulled"),
                                    models.Q(("seed", ""), _negated=True),
                                    models.Q(("public_number", ""), _negated=True),
                                ),
                                models.Q(
                                    ("drawn_at", None),
                                    ("ended_at__isnull", False),
                                    ("public_number", ""),
                                    ("status", "abandoned"),
                                    models.Q(("seed", ""), _negated=True),
                                ),
                                _connector="OR",
                            ),
                            name="draw_state_whole",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("drawn_by", None), ("drawn_for", None)),
                                models.Q(
                                    ("drawn_by__isnull", False),
                                    ("drawn_for__isnull", False),
                                    models.Q(("drawn_by", models.F("committed_by")), _negated=True),
                                    models.Q(("drawn_for", models.F("committed_for")), _negated=True),
                                ),
                                _connector="OR",
                            ),
                            name="draw_by_another_department",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="DrawnTarget",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("place", models.PositiveSmallIntegerField()),
                    ("code", models.CharField(max_length=18)),
                    (
                        "draw",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="drawn_targets",
                            to="inspections.draw",
                        ),
                    ),
                    (
                        "subject",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.subject"
                        ),
                    ),
                ],
                options={
                    "ordering": ("draw", "place"),
                    "constraints": [
                        models.UniqueConstraint(fields=("draw", "place"), name="drawn_target_place_once"),
                        models.UniqueConstraint(fields=("draw", "subject"), name="drawn_target_once"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Annulment",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("reason", models.CharField(max_length=300, verbose_name="reason")),
                    ("asked_at", models.DateTimeField()),
                    (
                        "status",
                        models.CharField(
                            choices=[
                                ("open", "waits for a second person"),
                                ("agreed", "agreed"),
                                ("refused", "refused"),
                            ],
                            default="open",
                            max_length=8,
                            verbose_name="status",
                        ),
                    ),
                    ("answered_at", models.DateTimeField(null=True)),
                    (
                        "words",
                        models.CharField(blank=True, default="", max_length=300, verbose_name="in words"),
                    ),
                    (
                        "answered_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "answered_for",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="departments.department",
                        ),
                    ),
                    (
                        "asked_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "asked_for",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="departments.department",
                        ),
                    ),
                    (
                        "draw",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="annulments",
                            to="inspections.draw",
                        ),
                    ),
                    (
                        "target",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="inspections.drawntarget",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "annulment of a draw",
                    "ordering": ("id",),
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("reason", ""), _negated=True), name="annulment_has_reason"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("answered_at", None), ("answered_by", None)),
                                models.Q(("answered_at__isnull", False), ("answered_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="annulment_answered_paired",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("answered_at", None), ("status", "open")),
                                models.Q(
                                    ("answered_at__isnull", False),
                                    ("answered_for__isnull", False),
                                    models.Q(("status", "open"), _negated=True),
                                    models.Q(("answered_by", models.F("asked_by")), _negated=True),
                                    models.Q(("answered_for", models.F("asked_for")), _negated=True),
                                ),
                                _connector="OR",
                            ),
                            name="annulment_by_a_second_person",
                        ),
                        models.UniqueConstraint(
                            condition=models.Q(("status", "open")),
                            fields=("draw",),
                            name="annulment_one_open",
                        ),
                        models.UniqueConstraint(
                            condition=models.Q(("status", "agreed"), ("target", None)),
                            fields=("draw",),
                            name="annulment_ends_once",
                        ),
                        models.UniqueConstraint(
                            condition=models.Q(("status", "agreed")),
                            fields=("target",),
                            name="annulment_leaves_out_once",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="DrawnOfficer",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("department_name", models.CharField(max_length=60)),
                    ("place", models.PositiveSmallIntegerField()),
                    ("code", models.CharField(max_length=40)),
                    ("reserve", models.BooleanField(default=False)),
                    (
                        "certificate",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="inspections.enforcementcertificate",
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
                        "draw",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="drawn_officers",
                            to="inspections.draw",
                        ),
                    ),
                    (
                        "target",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="officers",
                            to="inspections.drawntarget",
                        ),
                    ),
                ],
                options={
                    "ordering": ("draw", "target", "department", "place"),
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("target", "department", "place"), name="drawn_officer_place_once"
                        ),
                        models.UniqueConstraint(fields=("target", "certificate"), name="drawn_officer_once"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="DrawSecret",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("sealed", models.BinaryField()),
                    (
                        "draw",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="secret",
                            to="inspections.draw",
                        ),
                    ),
                ],
            ),
            migrations.CreateModel(
                name="Pool",
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
                            choices=[("targets", "targets"), ("officers", "officers")],
                            max_length=10,
                            verbose_name="kind",
                        ),
                    ),
                    ("name", models.CharField(max_length=60, verbose_name="name")),
                    ("made_at", models.DateTimeField(null=True)),
                    ("retired_at", models.DateTimeField(null=True)),
                    (
                        "department",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="pools",
                            to="departments.department",
                        ),
                    ),
                    (
                        "made_by",
                        models.ForeignKey(
                            blank=True,
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
                            related_name="pools",
                            to="departments.region",
                        ),
                    ),
                    (
                        "retired_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
                options={
                    "verbose_name": "pool",
                    "ordering": ("kind", "name", "id"),
                    "constraints": [
                        models.UniqueConstraint(fields=("department", "kind", "name"), name="pool_name_once"),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("made_at", None), ("made_by", None)),
                                models.Q(("made_at__isnull", False), ("made_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="pool_made_paired",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("retired_at", None), ("retired_by", None)),
                                models.Q(("retired_at__isnull", False), ("retired_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="pool_retired_paired",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="PoolOfficer",
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
                        "certificate",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="inspections.enforcementcertificate",
                        ),
                    ),
                    (
                        "pool",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="officers",
                            to="inspections.pool",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "officer of a pool",
                    "ordering": ("certificate__number", "id"),
                    "constraints": [
                        models.UniqueConstraint(fields=("pool", "certificate"), name="pool_officer_once")
                    ],
                },
            ),
            migrations.CreateModel(
                name="PoolRecusal",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "reason",
                        models.CharField(blank=True, default="", max_length=200, verbose_name="reason"),
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
                        "officer",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="recusals",
                            to="inspections.poolofficer",
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
                    (
                        "ground",
                        models.CharField(
                            choices=[
                                ("relative", "near relative"),
                                ("post", "post or interest there"),
                                ("other", "other ground"),
                            ],
                            default="other",
                            max_length=8,
                            verbose_name="kind of ground",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "recusal",
                    "ordering": ("id",),
                    "constraints": [
                        models.UniqueConstraint(
                            models.F("officer"),
                            django.db.models.functions.comparison.Coalesce("subject", 0),
                            name="pool_recusal_once",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("ground__in", ["relative", "post"]),
                                models.Q(("ground", "other"), models.Q(("reason", ""), _negated=True)),
                                _connector="OR",
                            ),
                            name="pool_recusal_has_ground",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="PoolTarget",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("area", models.CharField(blank=True, default="", max_length=40, verbose_name="area")),
                    (
                        "risk",
                        models.CharField(
                            choices=[("low", "low"), ("medium", "medium"), ("high", "high")],
                            default="low",
                            max_length=6,
                            verbose_name="risk class",
                        ),
                    ),
                    ("weight", models.PositiveSmallIntegerField(default=1, verbose_name="weight")),
                    (
                        "reason",
                        models.CharField(
                            blank=True, default="", max_length=200, verbose_name="reason of the weight"
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
                        "pool",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="targets",
                            to="inspections.pool",
                        ),
                    ),
                    (
                        "subject",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.subject"
                        ),
                    ),
                ],
                options={
                    "verbose_name": "target of a pool",
                    "ordering": ("subject__uscc", "id"),
                    "constraints": [
                        models.UniqueConstraint(fields=("pool", "subject"), name="pool_target_once"),
                        models.CheckConstraint(
                            condition=models.Q(("weight__gte", 1), ("weight__lte", 100)),
                            name="pool_target_weight_in_range",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("weight", 1), models.Q(("reason", ""), _negated=True), _connector="OR"
                            ),
                            name="pool_target_weight_has_reason",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="VisitCap",
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
                                ("institution", "medical institution"),
                                ("pharmacy", "retail pharmacy"),
                                ("supplier", "drug maker or supplier"),
                                ("practitioner", "practitioner"),
                                ("insured", "insured person"),
                            ],
                            max_length=12,
                            verbose_name="kind",
                        ),
                    ),
                    ("most", models.PositiveSmallIntegerField(verbose_name="visits a year at most")),
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
                    "verbose_name": "yearly cap of visits",
                    "ordering": ("kind",),
                    "constraints": [
                        models.UniqueConstraint(
                            django.db.models.functions.comparison.Coalesce("region", 0),
                            models.F("kind"),
                            name="visit_cap_once_a_kind",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("most__gte", 1), ("most__lte", 366)),
                            name="visit_cap_in_range",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("kind__in", ["institution", "pharmacy", "supplier"])),
                            name="visit_cap_of_bodies",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="CoverageYear",
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
                    ("covered_at", models.DateTimeField(null=True)),
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
                    "verbose_name": "year of full coverage",
                    "ordering": ("-year",),
                    "constraints": [
                        models.UniqueConstraint(fields=("region", "year"), name="coverage_year_once")
                    ],
                },
            ),
            migrations.CreateModel(
                name="CoverageExemption",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("from_year", models.PositiveSmallIntegerField(verbose_name="from the year")),
                    ("reason", models.CharField(max_length=200, verbose_name="reason")),
                    ("at", models.DateTimeField()),
                    ("ended_at", models.DateTimeField(null=True)),
                    (
                        "by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "ended_by",
                        models.ForeignKey(
                            blank=True,
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
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.subject"
                        ),
                    ),
                ],
                options={
                    "verbose_name": "exemption from full coverage",
                    "ordering": ("subject__name", "id"),
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("ended_at", None)),
                            fields=("subject",),
                            name="coverage_exemption_once",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("reason", ""), _negated=True),
                            name="coverage_exemption_has_reason",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("ended_at", None), ("ended_by", None)),
                                models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="coverage_exemption_ended_paired",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="MoreTime",
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
                                ("asked", "asked for"),
                                ("agreed", "agreed"),
                                ("refused", "not agreed"),
                                ("overtaken", "overtaken"),
                            ],
                            default="asked",
                            max_length=10,
                            verbose_name="status",
                        ),
                    ),
                    ("old_on", models.DateField(verbose_name="old day")),
                    ("new_on", models.DateField(verbose_name="new day")),
                    ("reason", models.CharField(max_length=300, verbose_name="reason")),
                    ("asked_at", models.DateTimeField()),
                    ("decided_at", models.DateTimeField(blank=True, null=True)),
                    (
                        "decision",
                        models.CharField(
                            blank=True, default="", max_length=300, verbose_name="remark on the decision"
                        ),
                    ),
                    (
                        "asked_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "decided_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "task",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="more_time",
                            to="inspections.rectification",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "more time for a rectification",
                    "ordering": ("id",),
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("decided_at", None), ("decided_by", None)),
                                models.Q(("decided_at__isnull", False), ("decided_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="more_time_decided_paired",
                        ),
                        models.UniqueConstraint(
                            condition=models.Q(("status", "asked")),
                            fields=("task",),
                            name="more_time_one_open_a_task",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("new_on__gt", models.F("old_on"))), name="more_time_is_later"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("reason", ""), _negated=True), name="more_time_has_reason"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("decided_at", None), ("status", "asked")),
                                models.Q(
                                    models.Q(("status", "asked"), _negated=True),
                                    ("decided_at__isnull", False),
                                ),
                                _connector="OR",
                            ),
                            name="more_time_decided_by_somebody",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("status__in", ["agreed", "refused"]), _negated=True),
                                models.Q(("decided_by", models.F("asked_by")), _negated=True),
                                _connector="OR",
                            ),
                            name="more_time_decided_by_another",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("status", "refused"), _negated=True),
                                models.Q(("decision", ""), _negated=True),
                                _connector="OR",
                            ),
                            name="more_time_refused_with_reason",
                        ),
                    ],
                },
            ),
        ),
    ]
