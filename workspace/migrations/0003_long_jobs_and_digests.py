"""Long jobs under a lease, and saved views told as a digest (ADR 0066)."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("departments", "0004_categories_of_fraud"),
        ("workspace", "0002_drafts_and_delegations"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="LongJob",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=40)),
                ("parameters", models.JSONField(default=dict)),
                ("language", models.CharField(max_length=10)),
                ("status", models.CharField(choices=[("queued", "waiting its turn"), ("running", "running"), ("done", "done"), ("failed", "failed"), ("cancelled", "cancelled")], default="queued", max_length=10)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("lease_until", models.DateTimeField(null=True)),
                ("done", models.PositiveIntegerField(default=0)),
                ("total", models.PositiveIntegerField(null=True)),
                ("file", models.CharField(blank=True, max_length=200)),
                ("file_name", models.CharField(blank=True, max_length=120)),
                ("media_type", models.CharField(blank=True, max_length=120)),
                ("size", models.PositiveBigIntegerField(null=True)),
                ("covers", models.BinaryField(null=True)),
                ("sentence", models.CharField(blank=True, max_length=500)),
                ("created_at", models.DateTimeField()),
                ("started_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("expires_at", models.DateTimeField(null=True)),
                ("post", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="departments.post")),
                ("user", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="long_jobs", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "indexes": [models.Index(fields=["user", "-id"], name="long_job_by_person"), models.Index(condition=models.Q(("ended_at", None)), fields=["id"], name="long_job_open")],
                "constraints": [models.CheckConstraint(condition=models.Q(models.Q(("ended_at", None), ("status__in", ("queued", "running"))), models.Q(("ended_at__isnull", False), ("status__in", ("done", "failed", "cancelled"))), _connector="OR"), name="long_job_ended_with_its_state"), models.CheckConstraint(condition=models.Q(("file", ""), models.Q(("expires_at__isnull", False), ("status", "done")), _connector="OR"), name="long_job_file_expires")],
            },
        ),
        migrations.CreateModel(
            name="Subscription",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("rhythm", models.CharField(choices=[("daily", "every working day"), ("weekly", "once a week")], max_length=10)),
                ("created_at", models.DateTimeField()),
                ("told_on", models.DateField()),
                ("told_at", models.DateTimeField()),
                ("post", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="departments.post")),
                ("user", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="subscriptions", to=settings.AUTH_USER_MODEL)),
                ("view", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="subscriptions", to="workspace.savedview")),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("user", "view"), name="subscription_once_a_view")],
            },
        ),
    ]
