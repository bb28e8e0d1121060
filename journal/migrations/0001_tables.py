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
                name="Event",
                fields=[
                    ("id", models.BigAutoField(primary_key=True, serialize=False)),
                    ("at", models.DateTimeField()),
                    ("verb", models.CharField(max_length=60)),
                    ("actor_id", models.BigIntegerField(null=True)),
                    ("post_id", models.BigIntegerField(null=True)),
                    ("department_id", models.BigIntegerField(null=True)),
                    ("region_id", models.BigIntegerField(null=True)),
                    ("case_id", models.BigIntegerField(null=True)),
                    ("target_kind", models.CharField(blank=True, default="", max_length=30)),
                    ("target_id", models.BigIntegerField(null=True)),
                    ("params", models.JSONField(default=dict)),
                ],
                options={
                    "db_table": 'audit"."event',
                    "ordering": ("id",),
                    "managed": False,
                },
            ),
            migrations.CreateModel(
                name="Seal",
                fields=[
                    ("id", models.BigAutoField(primary_key=True, serialize=False)),
                    ("event_id", models.BigIntegerField(unique=True)),
                    ("previous", models.CharField(max_length=64)),
                    ("digest", models.CharField(max_length=64)),
                    ("sealed_at", models.DateTimeField()),
                ],
                options={
                    "db_table": 'audit"."seal',
                    "ordering": ("id",),
                    "managed": False,
                },
            ),
            migrations.CreateModel(
                name="Message",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("channel", models.CharField(max_length=20)),
                    ("payload", models.JSONField(default=dict)),
                    ("dedupe", models.CharField(max_length=120, null=True, unique=True)),
                    ("created_at", models.DateTimeField()),
                    ("available_at", models.DateTimeField()),
                    ("attempts", models.PositiveIntegerField(default=0)),
                    ("done_at", models.DateTimeField(null=True)),
                    ("failed_at", models.DateTimeField(null=True)),
                    ("error", models.TextField(blank=True, default="")),
                ],
                options={
                    "indexes": [
                        models.Index(
                            condition=models.Q(("done_at", None), ("failed_at", None)),
                            fields=["available_at"],
                            name="message_waiting",
                        )
                    ],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("done_at", None), ("failed_at", None), _connector="OR"),
                            name="message_done_or_failed",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="Notification",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "department_id",
                        models.BigIntegerField(null=True, verbose_name="department the person was told for"),
                    ),
                    ("verb", models.CharField(max_length=60)),
                    ("params", models.JSONField(default=dict)),
                    ("case_id", models.BigIntegerField(null=True)),
                    ("target_kind", models.CharField(blank=True, default="", max_length=30)),
                    ("target_id", models.BigIntegerField(null=True)),
                    ("tone", models.CharField(default="n", max_length=1)),
                    ("dedupe", models.CharField(max_length=120, null=True, unique=True)),
                    ("created_at", models.DateTimeField()),
                    ("read_at", models.DateTimeField(null=True)),
                    (
                        "recipient",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="notifications",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
                options={
                    "verbose_name": "notification",
                    "indexes": [
                        models.Index(fields=["recipient", "-id"], name="notification_by_person"),
                        models.Index(
                            condition=models.Q(("read_at", None)),
                            fields=["recipient"],
                            name="notification_unread",
                        ),
                    ],
                },
            ),
        ),
    ]
