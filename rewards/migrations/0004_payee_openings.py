"""The opener reads a bank file itself; codes for bank files apart from those for openings; each account opened is noted."""

from django.conf import settings
from django.db import migrations

# what the opener checks: a bank file, what a line is worth and never why; which posts a custodian holds by now
READS = {
    "departments_post": "id, user_id, department_id, role, since, until",
    "departments_department": "id, function",
    "rewards_bankfile": "id, status, count, total, requested_by_id",
    "rewards_bankline": "id, file_id, position, reward_id, amount, open",
    "rewards_reward": "id, region_id, report_id, reporter_id, status, amount",
}
NOTES = "public.rewards_payeeopening"


def allow(apps, schema_editor):
    quote = schema_editor.connection.ops.quote_name
    app, opener, backup = (quote(settings.DATABASE_ROLES[name]) for name in ("app", "opener", "backup"))
    for statement in (
        "ALTER TABLE vault.private_key ADD COLUMN file_codes text[] NOT NULL DEFAULT '{}'",
        f"GRANT UPDATE (file_codes) ON vault.private_key TO {opener}",
        *(f"GRANT SELECT ({columns}) ON public.{table} TO {opener}" for table, columns in READS.items()),
        f"REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON {NOTES} FROM {app}",
        f"GRANT SELECT, INSERT ON {NOTES} TO {opener}",
        f"GRANT SELECT ON {NOTES} TO {backup}",
    ):
        schema_editor.execute(statement, params=None)


def forbid(apps, schema_editor):
    opener = schema_editor.connection.ops.quote_name(settings.DATABASE_ROLES["opener"])
    schema_editor.execute("ALTER TABLE vault.private_key DROP COLUMN file_codes", params=None)
    for table, columns in READS.items():
        schema_editor.execute(f"REVOKE SELECT ({columns}) ON public.{table} FROM {opener}", params=None)


class Migration(migrations.Migration):
    dependencies = [
        ("rewards", "0003_money_kept"),
        ("departments", "0001_tables"),
        ("departments", "0004_categories_of_fraud"),
    ]

    operations = [
        migrations.RunPython(allow, forbid),
    ]
