"""The tables of this room as they stand (ADR 0071)."""

import django.core.validators
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
                name="Series",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("mark", models.CharField(max_length=20, verbose_name="document mark")),
                    ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                    ("last", models.PositiveIntegerField(default=0, verbose_name="last number given")),
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
                    "verbose_name": "number series",
                    "constraints": [
                        models.UniqueConstraint(fields=("region", "mark", "year"), name="series_once")
                    ],
                },
            ),
            migrations.CreateModel(
                name="IssuedDocument",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("kind", models.CharField(max_length=40, verbose_name="kind")),
                    (
                        "layout",
                        models.CharField(
                            choices=[
                                ("letter", "official letter"),
                                ("form", "internal form"),
                                ("honour", "certificate"),
                                ("minutes", "minutes of a meeting"),
                            ],
                            max_length=10,
                            verbose_name="layout",
                        ),
                    ),
                    ("sequence", models.PositiveIntegerField(verbose_name="number in the series")),
                    ("number", models.CharField(max_length=40, verbose_name="document number")),
                    ("title", models.CharField(max_length=200, verbose_name="title")),
                    ("context", models.JSONField(verbose_name="content")),
                    ("template_version", models.PositiveSmallIntegerField(verbose_name="template version")),
                    ("file", models.CharField(max_length=120, verbose_name="file")),
                    (
                        "sha256",
                        models.CharField(
                            max_length=64,
                            validators=[django.core.validators.RegexValidator("^[0-9a-f]{64}$")],
                            verbose_name="SHA-256",
                        ),
                    ),
                    ("size", models.PositiveIntegerField(verbose_name="size in bytes")),
                    (
                        "verification_code",
                        models.CharField(max_length=12, unique=True, verbose_name="verification code"),
                    ),
                    ("issued_at", models.DateTimeField(verbose_name="issued")),
                    ("case_id", models.BigIntegerField(null=True)),
                    ("region_id", models.BigIntegerField()),
                    ("target_kind", models.CharField(blank=True, default="", max_length=30)),
                    ("target_id", models.BigIntegerField(null=True)),
                    (
                        "sealed_file",
                        models.CharField(
                            blank=True, default="", max_length=120, verbose_name="scan of the sealed copy"
                        ),
                    ),
                    ("sealed_type", models.CharField(blank=True, default="", max_length=40)),
                    ("sealed_sha256", models.CharField(blank=True, default="", max_length=64)),
                    ("sealed_at", models.DateTimeField(null=True, verbose_name="sealed")),
                    ("voided_at", models.DateTimeField(null=True, verbose_name="voided")),
                    (
                        "void_reason",
                        models.CharField(blank=True, default="", max_length=300, verbose_name="reason"),
                    ),
                    (
                        "department",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="departments.department",
                            verbose_name="issuing department",
                        ),
                    ),
                    (
                        "issued_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="issued by",
                        ),
                    ),
                    (
                        "sealed_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "voided_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "series",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="documents",
                            to="documents.series",
                            verbose_name="number series",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "issued document",
                    "ordering": ("pk",),
                    "indexes": [
                        models.Index(fields=["target_kind", "target_id"], name="document_by_target"),
                        models.Index(fields=["case_id"], name="document_by_case"),
                        models.Index(fields=["sha256"], name="document_by_sha"),
                    ],
                    "constraints": [
                        models.UniqueConstraint(fields=("series", "sequence"), name="document_number_once"),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("sealed_at", None),
                                    ("sealed_by", None),
                                    ("sealed_file", ""),
                                    ("sealed_sha256", ""),
                                    ("sealed_type", ""),
                                ),
                                models.Q(
                                    ("sealed_at__isnull", False),
                                    ("sealed_by__isnull", False),
                                    models.Q(("sealed_file", ""), _negated=True),
                                    models.Q(("sealed_sha256", ""), _negated=True),
                                    models.Q(("sealed_type", ""), _negated=True),
                                ),
                                _connector="OR",
                            ),
                            name="document_sealed_at_by",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("void_reason", ""), ("voided_at", None), ("voided_by", None)),
                                models.Q(
                                    ("voided_at__isnull", False),
                                    ("voided_by__isnull", False),
                                    models.Q(("void_reason", ""), _negated=True),
                                ),
                                _connector="OR",
                            ),
                            name="document_voided_at_by",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("target_id", None), ("target_kind", "")),
                                models.Q(
                                    models.Q(("target_kind", ""), _negated=True), ("target_id__isnull", False)
                                ),
                                _connector="OR",
                            ),
                            name="document_target_whole",
                        ),
                    ],
                },
            ),
        ),
    ]
