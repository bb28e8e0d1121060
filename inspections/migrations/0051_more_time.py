"""More time for a rectification. A request is written once; of it the application changes the decision alone."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# who asked, why, and both days stay as they were asked
FORWARD = """
CREATE TRIGGER inspections_kept BEFORE DELETE ON inspections_moretime
    FOR EACH ROW EXECUTE FUNCTION inspections_kept();
"""
BACKWARD = "DROP TRIGGER inspections_kept ON inspections_moretime;"


def limit_rights(apps, schema_editor):
    app = schema_editor.quote_name(settings.DATABASE_ROLES["app"])
    schema_editor.execute(f"REVOKE UPDATE, DELETE, TRUNCATE ON inspections_moretime FROM {app}")
    schema_editor.execute(
        f"GRANT UPDATE (status, decided_by_id, decided_at, decision, updated_at, version) ON inspections_moretime TO {app}"
    )


class Migration(migrations.Migration):
    dependencies = [
        ("inspections", "0044_coverage_exemptions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
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
                                models.Q(("status", "asked"), _negated=True), ("decided_at__isnull", False)
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
        migrations.RunSQL(FORWARD, BACKWARD),
        migrations.RunPython(limit_rights, migrations.RunPython.noop),
    ]
