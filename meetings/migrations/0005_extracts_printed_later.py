"""Extracts take their number and their words with the minutes, and are printed by a job afterwards."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION meetings_extract_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (OLD.minutes_id, OLD.department_id, OLD.case_id, OLD.series_id, OLD.sequence, OLD.content)
       IS DISTINCT FROM (NEW.minutes_id, NEW.department_id, NEW.case_id, NEW.series_id, NEW.sequence, NEW.content) THEN
        RAISE EXCEPTION 'an extract is printed as it was numbered' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER meetings_extract_stays BEFORE UPDATE ON meetings_extract
    FOR EACH ROW EXECUTE FUNCTION meetings_extract_stays();
"""
BACKWARD = """
DROP TRIGGER meetings_extract_stays ON meetings_extract;
DROP FUNCTION meetings_extract_stays();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0004_extracts"),
        ("cases", "0002_access_copy_and_records"),
        ("departments", "0004_categories_of_fraud"),
        ("documents", "0002_frozen"),
    ]

    operations = [
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
