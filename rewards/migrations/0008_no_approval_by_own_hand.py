"""Whoever handles the case or entered the amounts a reward rests on does not approve it, whatever an action does."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION rewards_no_approval_by_own_hand() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.approved_by_id IS NOT DISTINCT FROM OLD.approved_by_id THEN
        RETURN NEW;
    END IF;
    IF EXISTS (SELECT FROM cases_strand WHERE case_id = NEW.case_id AND handler_id = NEW.approved_by_id)
       OR EXISTS (
        SELECT FROM cases_moneyentry m
        WHERE m.case_id = NEW.case_id AND m.clue_kind = 'report' AND m.kind = 'verified' AND m.by_id = NEW.approved_by_id
          AND m.reverses_id IS NULL AND NOT EXISTS (SELECT FROM cases_moneyentry r WHERE r.reverses_id = m.id)
          AND (m.clue_id = NEW.report_id OR EXISTS (
              SELECT FROM rewards_repetition p WHERE p.report_id = m.clue_id AND p.first_id = NEW.report_id))
    ) THEN
        RAISE EXCEPTION 'who handled the case or entered its amounts does not approve reward %', NEW.id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER rewards_no_approval_by_own_hand BEFORE INSERT OR UPDATE OF approved_by_id ON rewards_reward
    FOR EACH ROW WHEN (NEW.approved_by_id IS NOT NULL) EXECUTE FUNCTION rewards_no_approval_by_own_hand();
"""

BACKWARD = """
DROP TRIGGER rewards_no_approval_by_own_hand ON rewards_reward;
DROP FUNCTION rewards_no_approval_by_own_hand();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("rewards", "0007_payer_is_a_third"),
        ("cases", "0001_tables"),
    ]

    operations = [
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
