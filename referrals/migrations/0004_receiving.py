"""Verdicts on items, completion; a matter is transferred to a receiver once at a time."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

KEPT = """
CREATE TRIGGER referrals_kept BEFORE UPDATE OR DELETE ON referrals_verdict
    FOR EACH ROW EXECUTE FUNCTION referrals_kept();
CREATE TRIGGER referrals_kept BEFORE UPDATE OR DELETE ON referrals_supplieditem
    FOR EACH ROW EXECUTE FUNCTION referrals_kept();
CREATE TRIGGER referrals_kept BEFORE DELETE ON referrals_completion
    FOR EACH ROW EXECUTE FUNCTION referrals_kept();
"""
FREE = """
DROP TRIGGER referrals_kept ON referrals_completion;
DROP TRIGGER referrals_kept ON referrals_supplieditem;
DROP TRIGGER referrals_kept ON referrals_verdict;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0002_access_copy_and_records"),
        ("departments", "0003_dictionaries"),
        ("documents", "0002_frozen"),
        ("referrals", "0003_comparison"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Completion",
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
                            ("asked", "completion asked for"),
                            ("supplied", "supplied"),
                            ("taken", "taken in"),
                            ("dropped", "no longer needed"),
                        ],
                        default="asked",
                        max_length=8,
                    ),
                ),
                ("missing", models.TextField(max_length=1000, verbose_name="what is missing")),
                ("due_on", models.DateField(verbose_name="supply by")),
                ("asked_at", models.DateTimeField()),
                ("note", models.TextField(blank=True, max_length=1000, verbose_name="explanation")),
                ("supplied_at", models.DateTimeField(null=True)),
                ("taken_at", models.DateTimeField(null=True)),
                ("dropped_at", models.DateTimeField(null=True)),
                ("drop_reason", models.CharField(blank=True, max_length=300, verbose_name="reason")),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "dropped_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "letter",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documents.issueddocument",
                    ),
                ),
                (
                    "referral",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="completions",
                        to="referrals.referral",
                    ),
                ),
                (
                    "supplied_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "supply_letter",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documents.issueddocument",
                    ),
                ),
                (
                    "taken_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "completion",
                "ordering": ("id",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("supplied_at", None), ("supplied_by", None)),
                            models.Q(("supplied_at__isnull", False), ("supplied_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="completion_supplied_paired",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("taken_at", None), ("taken_by", None)),
                            models.Q(("taken_at__isnull", False), ("taken_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="completion_taken_paired",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("dropped_at", None), ("dropped_by", None)),
                            models.Q(("dropped_at__isnull", False), ("dropped_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="completion_dropped_paired",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("status__in", ("asked", "supplied"))),
                        fields=("referral",),
                        name="completion_one_open_a_referral",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("dropped_at", None),
                                ("status", "asked"),
                                ("supplied_at", None),
                                ("taken_at", None),
                            ),
                            models.Q(
                                ("dropped_at", None),
                                ("status", "supplied"),
                                ("supplied_at__isnull", False),
                                ("taken_at", None),
                            ),
                            models.Q(
                                ("dropped_at", None),
                                ("status", "taken"),
                                ("supplied_at__isnull", False),
                                ("taken_at__isnull", False),
                            ),
                            models.Q(
                                ("dropped_at__isnull", False),
                                ("status", "dropped"),
                                ("taken_at", None),
                                models.Q(("drop_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="completion_stamps_fit_status",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Verdict",
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
                            ("line", "manifest line"),
                            ("supplied", "line supplied later"),
                            ("matter", "matter"),
                        ],
                        max_length=8,
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                ("name", models.CharField(max_length=150, verbose_name="item")),
                ("accepted", models.BooleanField(verbose_name="accepted")),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="reason")),
                (
                    "evidence",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.evidence",
                    ),
                ),
                (
                    "referral",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="verdicts",
                        to="referrals.referral",
                    ),
                ),
            ],
            options={
                "verbose_name": "verdict on an item",
                "ordering": ("id",),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("referral", "kind", "position"), name="verdict_once_an_item"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("accepted", True), ("reason", "")),
                            models.Q(("accepted", False), models.Q(("reason", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="verdict_refused_with_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SuppliedItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                ("name", models.CharField(max_length=150, verbose_name="name")),
                ("sha256", models.CharField(max_length=64)),
                ("quantity", models.PositiveSmallIntegerField(default=1, verbose_name="copies")),
                ("pages", models.PositiveIntegerField(null=True, verbose_name="pages")),
                ("remark", models.CharField(blank=True, max_length=100, verbose_name="remark")),
                (
                    "completion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="items",
                        to="referrals.completion",
                    ),
                ),
                (
                    "evidence",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="supplied_items",
                        to="cases.evidence",
                    ),
                ),
            ],
            options={
                "verbose_name": "supplied line",
                "ordering": ("position",),
                "constraints": [
                    models.UniqueConstraint(fields=("completion", "evidence"), name="supplied_evidence_once"),
                    models.UniqueConstraint(fields=("completion", "position"), name="supplied_position_once"),
                    models.CheckConstraint(condition=models.Q(("quantity__gt", 0)), name="supplied_quantity"),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="referral",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("kind", "transfer"), ("status__in", ["sent", "received", "accepted", "answered"])
                ),
                fields=("case", "kind", "receiver"),
                name="transfer_once_a_receiver",
            ),
        ),
        migrations.RunSQL(KEPT, FREE),
    ]
