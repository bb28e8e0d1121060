"""Members without an account, minutes sent back by their signer, the letter of a consultation."""

from django.conf import settings
from django.db import migrations

# what came on paper is only ever added to
FORWARD = """
CREATE TRIGGER meetings_kept BEFORE UPDATE OR DELETE ON meetings_paperproof
    FOR EACH ROW EXECUTE FUNCTION meetings_kept();
"""
BACKWARD = "DROP TRIGGER meetings_kept ON meetings_paperproof;"


def limit_rights(apps, schema_editor):
    app = schema_editor.quote_name(settings.DATABASE_ROLES["app"])
    schema_editor.execute(f"REVOKE UPDATE, DELETE, TRUNCATE ON meetings_paperproof FROM {app}")


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0005_extracts_printed_later"),
        ("departments", "0004_categories_of_fraud"),
        ("documents", "0002_frozen"),
    ]

    operations = [
        migrations.RunSQL(FORWARD, BACKWARD),
        migrations.RunPython(limit_rights, migrations.RunPython.noop),
    ]
