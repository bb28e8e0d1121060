"""What must never happen to publications, points and look-ups: a row lost, an answer rewritten."""

from django.conf import settings
from django.db import migrations

NEVER_LOST = (
    "publication", "publicationexport", "exportline", "pointimport", "pointentry", "annualscore", "consequence",
    "eligibilityanswer",
)  # fmt: skip
FORWARD = """
CREATE FUNCTION sanctions_credit_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a row of % is kept', TG_TABLE_NAME USING ERRCODE = 'check_violation';
END $$;
""" + "".join(
    f"CREATE TRIGGER sanctions_credit_kept BEFORE DELETE ON sanctions_{table} FOR EACH ROW"
    " EXECUTE FUNCTION sanctions_credit_kept();\n"
    for table in NEVER_LOST
)
BACKWARD = (
    "".join(f"DROP TRIGGER sanctions_credit_kept ON sanctions_{table};\n" for table in NEVER_LOST)
    + "DROP FUNCTION sanctions_credit_kept();"
)
# an answer is what the record said that moment; a list is what was handed in
APPENDED = ("sanctions_eligibilityanswer", "sanctions_pointimport")


def limit_rights(apps, schema_editor):
    app = schema_editor.quote_name(settings.DATABASE_ROLES["app"])
    for table in APPENDED:
        schema_editor.execute(f"REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM {app}")


def fill(apps, schema_editor):
    from sanctions import seeds_credit

    seeds_credit.load(apps.get_model)


class Migration(migrations.Migration):
    dependencies = [
        ("sanctions", "0002_kept"),
        ("deadlines", "0002_dictionaries_and_rights"),
    ]

    operations = [
        migrations.RunSQL(FORWARD, BACKWARD),
        migrations.RunPython(limit_rights, migrations.RunPython.noop),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
