"""What must never happen to sanctions: a row lost, a determination or a bar rewritten; and the seeded catalogue."""

from django.db import migrations

KEPT = ("sanction", "hearing", "measuretask", "appliedmeasure", "bar", "listentry", "repair", "measure")

FORWARD = (
    """
CREATE FUNCTION sanctions_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a row of % is kept', TG_TABLE_NAME USING ERRCODE = 'check_violation';
END $$;
"""
    + "".join(
        f"CREATE TRIGGER sanctions_kept BEFORE DELETE ON sanctions_{table} FOR EACH ROW EXECUTE FUNCTION sanctions_kept();\n"
        for table in KEPT
    )
    + """
-- whom a measure, a bar or an entry weighs on, and on which sanction it rests, never changes
CREATE FUNCTION sanctions_same_subject() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (OLD.subject_id, OLD.sanction_id) IS DISTINCT FROM (NEW.subject_id, NEW.sanction_id) THEN
        RAISE EXCEPTION 'whom it weighs on never changes' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER sanctions_same_subject BEFORE UPDATE ON sanctions_appliedmeasure
    FOR EACH ROW EXECUTE FUNCTION sanctions_same_subject();
CREATE TRIGGER sanctions_same_subject BEFORE UPDATE ON sanctions_bar
    FOR EACH ROW EXECUTE FUNCTION sanctions_same_subject();
CREATE TRIGGER sanctions_same_subject BEFORE UPDATE ON sanctions_listentry
    FOR EACH ROW EXECUTE FUNCTION sanctions_same_subject();
"""
)

BACKWARD = (
    """
DROP TRIGGER sanctions_same_subject ON sanctions_listentry;
DROP TRIGGER sanctions_same_subject ON sanctions_bar;
DROP TRIGGER sanctions_same_subject ON sanctions_appliedmeasure;
DROP FUNCTION sanctions_same_subject();
"""
    + "".join(f"DROP TRIGGER sanctions_kept ON sanctions_{table};\n" for table in KEPT)
    + "DROP FUNCTION sanctions_kept();"
)


def fill(apps, schema_editor):
    from sanctions import seeds

    seeds.load(apps.get_model)


class Migration(migrations.Migration):
    dependencies = [
        ("sanctions", "0001_tables"),
        ("deadlines", "0002_dictionaries_and_rights"),
    ]

    operations = [
        migrations.RunSQL(FORWARD, BACKWARD),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
