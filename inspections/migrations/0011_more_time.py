"""More time for a rectification. A request is written once; of it the application changes the decision alone."""

from django.conf import settings
from django.db import migrations

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
        ("inspections", "0010_coverage_exemptions"),
        ("departments", "0004_categories_of_fraud"),
    ]

    operations = [
        migrations.RunSQL(FORWARD, BACKWARD),
        migrations.RunPython(limit_rights, migrations.RunPython.noop),
    ]
