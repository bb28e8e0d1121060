"""Consulting the departments on a proposal: three kinds of opinion, every text kept, and the clocks of it."""

from django.conf import settings
from django.db import migrations

FORWARD = """
CREATE TRIGGER meetings_kept BEFORE UPDATE OR DELETE ON meetings_proposaltext
    FOR EACH ROW EXECUTE FUNCTION meetings_kept();
"""
BACKWARD = "DROP TRIGGER meetings_kept ON meetings_proposaltext;"


def limit_rights(apps, schema_editor):
    """Texts are only ever added to by the application."""
    app = schema_editor.quote_name(settings.DATABASE_ROLES["app"])
    schema_editor.execute(f"REVOKE UPDATE, DELETE, TRUNCATE ON meetings_proposaltext FROM {app}")


def fill(apps, schema_editor):
    from meetings import seeds

    seeds.load(apps.get_model)


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0002_kept"),
        ("departments", "0004_categories_of_fraud"),
    ]

    operations = [
        migrations.RunSQL(FORWARD, BACKWARD),
        migrations.RunPython(limit_rights, migrations.RunPython.noop),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
