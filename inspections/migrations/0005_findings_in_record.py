"""A finding that stands in a printed record is what the inspected sign: it stays as it was printed."""

from django.db import migrations

FACTS = """
    IF OLD.outcome <> 'open' AND (OLD.text, OLD.category_id, OLD.amount, OLD.evidence)
       IS DISTINCT FROM (NEW.text, NEW.category_id, NEW.amount, NEW.evidence) THEN
        RAISE EXCEPTION 'a finding that went somewhere stays as it was' USING ERRCODE = 'check_violation';
    END IF;
"""
PRINTED = """
    IF (OLD.text, OLD.category_id, OLD.amount, OLD.evidence, OLD.number, OLD.added_at)
       IS DISTINCT FROM (NEW.text, NEW.category_id, NEW.amount, NEW.evidence, NEW.number, NEW.added_at)
       AND EXISTS (SELECT 1 FROM inspections_visit v WHERE v.id = OLD.visit_id AND OLD.added_at <= v.printed_at) THEN
        RAISE EXCEPTION 'a finding in a printed record stays as it was' USING ERRCODE = 'check_violation';
    END IF;
"""


def function(*more: str) -> str:
    return f"""
CREATE OR REPLACE FUNCTION inspections_finding_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.found_on <> NEW.found_on OR OLD.visit_id <> NEW.visit_id OR OLD.department_id <> NEW.department_id THEN
        IF (SELECT status FROM inspections_visit WHERE id = OLD.visit_id) <> 'open' THEN
            RAISE EXCEPTION 'the day of a finding stays as it was recorded' USING ERRCODE = 'check_violation';
        END IF;
    END IF;
{"".join(more)}
    RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("inspections", "0004_draws_kept"),
    ]

    operations = [
        migrations.RunSQL(function(FACTS, PRINTED), function(FACTS)),
    ]
