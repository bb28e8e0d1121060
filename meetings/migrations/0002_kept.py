"""What must never happen to meetings: a row lost, an edit or a signature rewritten, issued minutes changed."""

from django.conf import settings
from django.db import migrations

FORWARD = """
CREATE FUNCTION meetings_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a row of % is kept as it was written', TG_TABLE_NAME USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER meetings_kept BEFORE DELETE ON meetings_meeting FOR EACH ROW EXECUTE FUNCTION meetings_kept();
CREATE TRIGGER meetings_kept BEFORE DELETE ON meetings_agendaitem FOR EACH ROW EXECUTE FUNCTION meetings_kept();
CREATE TRIGGER meetings_kept BEFORE DELETE ON meetings_attendance FOR EACH ROW EXECUTE FUNCTION meetings_kept();
CREATE TRIGGER meetings_kept BEFORE DELETE ON meetings_material FOR EACH ROW EXECUTE FUNCTION meetings_kept();
CREATE TRIGGER meetings_kept BEFORE DELETE ON meetings_minutes FOR EACH ROW EXECUTE FUNCTION meetings_kept();
CREATE TRIGGER meetings_kept BEFORE DELETE ON meetings_minutespart FOR EACH ROW EXECUTE FUNCTION meetings_kept();
CREATE TRIGGER meetings_kept BEFORE DELETE ON meetings_signature FOR EACH ROW EXECUTE FUNCTION meetings_kept();
CREATE TRIGGER meetings_kept BEFORE DELETE ON meetings_resolution FOR EACH ROW EXECUTE FUNCTION meetings_kept();
CREATE TRIGGER meetings_kept BEFORE DELETE ON meetings_proposal FOR EACH ROW EXECUTE FUNCTION meetings_kept();
CREATE TRIGGER meetings_kept BEFORE UPDATE OR DELETE ON meetings_minutesedit
    FOR EACH ROW EXECUTE FUNCTION meetings_kept();
CREATE TRIGGER meetings_kept BEFORE UPDATE OR DELETE ON meetings_resolutionstep
    FOR EACH ROW EXECUTE FUNCTION meetings_kept();
CREATE TRIGGER meetings_kept BEFORE UPDATE OR DELETE ON meetings_opinion
    FOR EACH ROW EXECUTE FUNCTION meetings_kept();

-- issued paper never changes, corrections are new documents
CREATE FUNCTION meetings_issued_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    issued timestamptz;
BEGIN
    SELECT m.issued_at INTO issued FROM meetings_meeting m JOIN meetings_minutes w ON w.meeting_id = m.id
    WHERE w.id = coalesce(NEW.minutes_id, OLD.minutes_id);
    IF issued IS NOT NULL THEN
        RAISE EXCEPTION 'issued minutes never change' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER meetings_issued_stays BEFORE INSERT OR UPDATE ON meetings_minutespart
    FOR EACH ROW EXECUTE FUNCTION meetings_issued_stays();

-- a signature is only ever voided, and what was said stays said
CREATE FUNCTION meetings_signature_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (OLD.minutes_id, OLD.department_id, OLD.text_version, OLD.kind, OLD.words, OLD.by_id, OLD.at)
       IS DISTINCT FROM (NEW.minutes_id, NEW.department_id, NEW.text_version, NEW.kind, NEW.words, NEW.by_id, NEW.at)
       OR OLD.voided_at IS NOT NULL THEN
        RAISE EXCEPTION 'a countersignature is kept as it was given' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER meetings_signature_stays BEFORE UPDATE ON meetings_signature
    FOR EACH ROW EXECUTE FUNCTION meetings_signature_stays();
"""

BACKWARD = """
DROP TRIGGER meetings_signature_stays ON meetings_signature;
DROP FUNCTION meetings_signature_stays();
DROP TRIGGER meetings_issued_stays ON meetings_minutespart;
DROP FUNCTION meetings_issued_stays();
DROP TRIGGER meetings_kept ON meetings_opinion;
DROP TRIGGER meetings_kept ON meetings_resolutionstep;
DROP TRIGGER meetings_kept ON meetings_minutesedit;
DROP TRIGGER meetings_kept ON meetings_proposal;
DROP TRIGGER meetings_kept ON meetings_resolution;
DROP TRIGGER meetings_kept ON meetings_signature;
DROP TRIGGER meetings_kept ON meetings_minutespart;
DROP TRIGGER meetings_kept ON meetings_minutes;
DROP TRIGGER meetings_kept ON meetings_material;
DROP TRIGGER meetings_kept ON meetings_attendance;
DROP TRIGGER meetings_kept ON meetings_agendaitem;
DROP TRIGGER meetings_kept ON meetings_meeting;
DROP FUNCTION meetings_kept();
"""

APPENDED = ("meetings_minutesedit", "meetings_resolutionstep", "meetings_opinion")


def limit_rights(apps, schema_editor):
    """Edits, steps and opinions are only ever added to by the application."""
    app = schema_editor.quote_name(settings.DATABASE_ROLES["app"])
    for table in APPENDED:
        schema_editor.execute(f"REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM {app}")


def fill(apps, schema_editor):
    from meetings import seeds

    seeds.load(apps.get_model)


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0001_tables"),
        ("deadlines", "0002_dictionaries_and_rights"),
    ]

    operations = [
        migrations.RunSQL(FORWARD, BACKWARD),
        migrations.RunPython(limit_rights, migrations.RunPython.noop),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
