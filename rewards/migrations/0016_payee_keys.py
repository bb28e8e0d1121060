"""Which custodians' keys for a bank file the opener holds: it alone keeps the rows, the web reads them."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

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
        ("rewards", "0015_paper_amount"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PayeeKey",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("given_at", models.DateTimeField()),
                ("until", models.DateTimeField()),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="payee_keys",
                        to="rewards.bankfile",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("file", "user"), name="payee_key_once")],
            },
        ),
        migrations.RunPython(allow, migrations.RunPython.noop),
    ]
