"""T4 (FACTS 2.6): the office takes no part, also no supporting one; a finding is of a department that inspects."""

from django.db import migrations


def function(only: str) -> str:
    return f"""
CREATE OR REPLACE FUNCTION inspections_office_never() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    who bigint;
BEGIN
    IF TG_TABLE_NAME = 'inspections_inspection' THEN
        who := NEW.lead_id;
    {only}
        who := NEW.department_id;
    END IF;
    IF EXISTS (SELECT 1 FROM departments_department WHERE id = who AND function = 'office') THEN
        RAISE EXCEPTION 'the leading group''s office never inspects' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
"""


FINDING = """
CREATE FUNCTION inspections_finding_of() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM inspections_partner p WHERE p.inspection_id = NEW.inspection_id
            AND p.department_id = NEW.department_id AND p.role = 'inspecting' AND p.dropped_at IS NULL
    ) THEN
        RAISE EXCEPTION 'a finding is of a department that inspects' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER inspections_finding_of BEFORE INSERT OR UPDATE OF department_id, inspection_id ON inspections_finding
    FOR EACH ROW EXECUTE FUNCTION inspections_finding_of();
"""
NO_FINDING = """
DROP TRIGGER inspections_finding_of ON inspections_finding;
DROP FUNCTION inspections_finding_of();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("inspections", "0006_void_visits"),
    ]

    operations = [
        migrations.RunSQL(function("ELSE"), function("ELSIF NEW.role = 'inspecting' THEN")),
        migrations.RunSQL(FINDING, NO_FINDING),
    ]
