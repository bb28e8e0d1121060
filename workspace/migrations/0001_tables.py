"""The tables of this room as they stand (ADR 0071)."""

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
                name="Draft",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("form", models.CharField(max_length=60)),
                    ("case_id", models.BigIntegerField(null=True)),
                    ("title", models.CharField(blank=True, max_length=120)),
                    ("url", models.CharField(max_length=300)),
                    ("values", models.JSONField(default=dict)),
                    ("saved_at", models.DateTimeField()),
                    (
                        "user",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="drafts",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("user", "form", "case_id"), name="draft_once", nulls_distinct=False
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="FormKey",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("key", models.CharField(max_length=64)),
                    ("used_at", models.DateTimeField()),
                    ("result_url", models.CharField(blank=True, max_length=300)),
                    (
                        "user",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL
                        ),
                    ),
                    ("answer", models.BinaryField(null=True)),
                    ("digest", models.CharField(blank=True, max_length=64)),
                    ("code", models.PositiveSmallIntegerField(null=True)),
                ],
                options={
                    "constraints": [models.UniqueConstraint(fields=("user", "key"), name="form_key_once")],
                },
            ),
            migrations.CreateModel(
                name="Preference",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("page", models.CharField(max_length=40)),
                    ("values", models.JSONField(default=dict)),
                    ("updated_at", models.DateTimeField()),
                    (
                        "user",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="preferences",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(fields=("user", "page"), name="preference_once_a_page")
                    ],
                },
            ),
            migrations.CreateModel(
                name="SavedView",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("page", models.CharField(max_length=40)),
                    ("name", models.CharField(max_length=20, verbose_name="name")),
                    ("query", models.CharField(blank=True, max_length=1000)),
                    ("order", models.PositiveSmallIntegerField(default=0)),
                    ("created_at", models.DateTimeField()),
                    (
                        "department",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.CASCADE,
                            to="departments.department",
                        ),
                    ),
                    (
                        "user",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="saved_views",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
                options={
                    "verbose_name": "saved view",
                    "ordering": ("order", "id"),
                    "constraints": [
                        models.UniqueConstraint(fields=("user", "page", "name"), name="saved_view_name_once")
                    ],
                },
            ),
        ),
    ]
