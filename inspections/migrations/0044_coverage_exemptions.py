"""Bodies that do not count towards full coverage, each with its reason; the application only adds and ends."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

FORWARD = """
CREATE TRIGGER inspections_kept BEFORE DELETE ON inspections_coverageexemption
    FOR EACH ROW EXECUTE FUNCTION inspections_kept();
"""


def limit_rights(apps, schema_editor):
    app = schema_editor.quote_name(settings.DATABASE_ROLES["app"])
    schema_editor.execute(f"REVOKE UPDATE, DELETE, TRUNCATE ON inspections_coverageexemption FROM {app}")
    schema_editor.execute(f"GRANT UPDATE (ended_by_id, ended_at) ON inspections_coverageexemption TO {app}")


def _to(model, **more):
    return models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=model, **more)


class Migration(migrations.Migration):
    dependencies = [
        ("inspections", "0043_ground_of_recusal"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.CreateModel(
            name="CoverageExemption",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("from_year", models.PositiveSmallIntegerField(verbose_name="from the year")),
                ("reason", models.CharField(max_length=200, verbose_name="reason")),
                ("at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("by", _to(settings.AUTH_USER_MODEL)),
                ("ended_by", _to(settings.AUTH_USER_MODEL, null=True, blank=True)),
                ("region", _to("departments.region")),
                ("subject", _to("cases.subject")),
            ],
            options={"verbose_name": "exemption from full coverage", "ordering": ("subject__name", "id")},
        ),
        migrations.AddConstraint(
            "coverageexemption",
            models.UniqueConstraint(
                condition=Q(ended_at=None), fields=("subject",), name="coverage_exemption_once"
            ),
        ),
        migrations.AddConstraint(
            "coverageexemption",
            models.CheckConstraint(condition=~Q(reason=""), name="coverage_exemption_has_reason"),
        ),
        migrations.AddConstraint(
            "coverageexemption",
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="coverage_exemption_ended_paired",
            ),
        ),
        migrations.RunSQL(FORWARD, "DROP TRIGGER inspections_kept ON inspections_coverageexemption;"),
        migrations.RunPython(limit_rights, migrations.RunPython.noop),
    ]
