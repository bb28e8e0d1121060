"""What a reporter added and what was answered is only ever added to: no answer is written over an earlier one."""

from django.conf import settings
from django.db import migrations

FORWARD = """
CREATE TRIGGER rewards_kept BEFORE UPDATE OR DELETE ON rewards_addition
    FOR EACH ROW EXECUTE FUNCTION rewards_kept();
"""
BACKWARD = "DROP TRIGGER rewards_kept ON rewards_addition;"


def limit_rights(apps, schema_editor):
    app = schema_editor.quote_name(settings.DATABASE_ROLES["app"])
    schema_editor.execute(f"REVOKE UPDATE, DELETE, TRUNCATE ON rewards_addition FROM {app}")


class Migration(migrations.Migration):
    dependencies = [
        ("rewards", "0004_payee_openings"),
    ]

    operations = [
        migrations.RunSQL(FORWARD, BACKWARD),
        migrations.RunPython(limit_rights, migrations.RunPython.noop),
    ]
