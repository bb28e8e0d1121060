"""Where officers were drawn, those drawn for a target inspect it; the reserve behind them with the reason why."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION inspections_drawn_for_target() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    draw bigint;
BEGIN
    SELECT d.id INTO draw FROM inspections_visit v JOIN inspections_draw d ON d.inspection_id = v.inspection_id
        WHERE v.id = NEW.visit_id AND d.status = 'drawn';
    IF draw IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM inspections_visit v
        JOIN inspections_target g ON g.id = v.target_id
        JOIN inspections_drawntarget t ON t.draw_id = draw AND t.subject_id = g.subject_id
        JOIN inspections_drawnofficer o ON o.target_id = t.id
        JOIN inspections_enforcementcertificate c ON c.id = o.certificate_id
        JOIN inspections_member m ON m.id = NEW.member_id AND m.user_id = c.user_id
        JOIN inspections_partner p ON p.id = m.partner_id AND p.department_id = o.department_id
        WHERE v.id = NEW.visit_id AND (NOT o.reserve OR v.reserve_reason <> '')
    ) THEN
        RAISE EXCEPTION 'only who was drawn for a target inspects it' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER inspections_drawn_for_target BEFORE INSERT OR UPDATE ON inspections_visitofficer
    FOR EACH ROW EXECUTE FUNCTION inspections_drawn_for_target();
"""

BACKWARD = """
DROP TRIGGER inspections_drawn_for_target ON inspections_visitofficer;
DROP FUNCTION inspections_drawn_for_target();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("inspections", "0008_draw_stands"),
    ]

    operations = [
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
