"""The official calendar and the catalogue of clocks; and a record that the application only adds to."""

from django.conf import settings
from django.db import migrations

from deadlines import seeds


def fill(apps, schema_editor):
    def model(name):
        return apps.get_model("deadlines", name)

    seeds.load_calendar(model)
    seeds.load_rules(model)


def limit_rights(apps, schema_editor):
    """Old dates and firings stay on the record: no web process, clerk or worker can change or delete them."""
    quoted = schema_editor.quote_name
    app = quoted(settings.DATABASE_ROLES["app"])
    for table in ("deadlines_deadlinechange", "deadlines_firing", "deadlines_deadline"):
        schema_editor.execute(f"REVOKE DELETE, TRUNCATE ON {quoted(table)} FROM {app}")
    for table in ("deadlines_deadlinechange", "deadlines_firing"):
        schema_editor.execute(f"REVOKE UPDATE ON {quoted(table)} FROM {app}")
    schema_editor.execute(f"GRANT UPDATE (told) ON deadlines_firing TO {app}")


class Migration(migrations.Migration):
    dependencies = [
        ("deadlines", "0001_tables"),
    ]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RunPython(limit_rights, migrations.RunPython.noop),
    ]
