"""FACTS 2.6: only a department with a statutory power of inspection inspects; the others support."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION inspections_has_power() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.role = 'inspecting' AND NOT EXISTS (
        SELECT 1 FROM departments_department
            WHERE id = NEW.department_id AND function IN ('insurance', 'health', 'market', 'police', 'office')
    ) THEN
        RAISE EXCEPTION 'only a department with a power of inspection inspects' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER inspections_has_power BEFORE INSERT OR UPDATE OF department_id, role ON inspections_partner
    FOR EACH ROW EXECUTE FUNCTION inspections_has_power();
"""  # of the office, which takes no part at all, the trigger of 0034 speaks
BACKWARD = """
DROP TRIGGER inspections_has_power ON inspections_partner;
DROP FUNCTION inspections_has_power();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("inspections", "0011_more_time"),
    ]

    operations = [
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
