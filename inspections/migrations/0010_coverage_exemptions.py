"""Bodies that do not count towards full coverage, each with its reason; the application only adds and ends."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

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
        ("inspections", "0009_drawn_for_the_target"),
        ("departments", "0004_categories_of_fraud"),
    ]

    operations = [
        migrations.RunSQL(FORWARD, "DROP TRIGGER inspections_kept ON inspections_coverageexemption;"),
        migrations.RunPython(limit_rights, migrations.RunPython.noop),
    ]
