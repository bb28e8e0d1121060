"""Which custodians' keys for a bank file the opener holds: it alone keeps the rows, the web reads them."""

from django.conf import settings
from django.db import migrations

KEYS = "public.rewards_payeekey"


def allow(apps, schema_editor):
    quote = schema_editor.connection.ops.quote_name
    app, opener, backup = (quote(settings.DATABASE_ROLES[name]) for name in ("app", "opener", "backup"))
    for statement in (
        f"REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON {KEYS} FROM {app}",
        f"GRANT SELECT, INSERT, DELETE ON {KEYS} TO {opener}",
        f"GRANT SELECT ON {KEYS} TO {backup}",
    ):
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [
        ("rewards", "0005_additions_kept"),
        ("departments", "0004_categories_of_fraud"),
    ]

    operations = [
        migrations.RunPython(allow, migrations.RunPython.noop),
    ]
