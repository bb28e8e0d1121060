"""What must never happen to the registers: a row lost, an entry or a reviewed row rewritten, a decision undone."""

from django.conf import settings
from django.db import migrations

FORWARD = """
CREATE FUNCTION finance_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a row of % is kept as it was written', TG_TABLE_NAME USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER finance_kept BEFORE UPDATE OR DELETE ON finance_supervisionfund
    FOR EACH ROW EXECUTE FUNCTION finance_kept();
CREATE TRIGGER finance_kept BEFORE UPDATE OR DELETE ON finance_fundentry
    FOR EACH ROW EXECUTE FUNCTION finance_kept();
CREATE TRIGGER finance_kept BEFORE DELETE ON finance_budgetreview FOR EACH ROW EXECUTE FUNCTION finance_kept();
CREATE TRIGGER finance_kept BEFORE DELETE ON finance_appraisal FOR EACH ROW EXECUTE FUNCTION finance_kept();

-- a reversal takes back the very entry it names
CREATE FUNCTION finance_reversal_matches() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.reverses_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM finance_fundentry e WHERE e.id = NEW.reverses_id AND e.reverses_id IS NULL
        AND e.fund_id = NEW.fund_id AND e.kind = NEW.kind AND e.amount = -NEW.amount
    ) THEN
        RAISE EXCEPTION 'a reversal is of the same fund, kind and amount' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER finance_reversal_matches BEFORE INSERT ON finance_fundentry
    FOR EACH ROW EXECUTE FUNCTION finance_reversal_matches();

-- what was entered is never rewritten; only a waiting row is decided, and a confirmed one replaced
CREATE FUNCTION finance_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    decision text[] := ARRAY['status', 'confirmed_by_id', 'confirmed_at', 'returned_by_id', 'returned_at', 'return_reason'];
BEGIN
    IF (to_jsonb(OLD) - decision) IS DISTINCT FROM (to_jsonb(NEW) - decision) THEN
        RAISE EXCEPTION 'a row of % is corrected by a new version', TG_TABLE_NAME USING ERRCODE = 'check_violation';
    END IF;
    IF OLD.status <> 'waiting' AND NOT (
        OLD.status = 'confirmed' AND NEW.status = 'replaced' AND (to_jsonb(OLD) - 'status') = (to_jsonb(NEW) - 'status')
    ) THEN
        RAISE EXCEPTION 'what was decided in % stands', TG_TABLE_NAME USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER finance_fixed BEFORE UPDATE ON finance_budgetreview FOR EACH ROW EXECUTE FUNCTION finance_fixed();
CREATE TRIGGER finance_fixed BEFORE UPDATE ON finance_appraisal FOR EACH ROW EXECUTE FUNCTION finance_fixed();
"""

BACKWARD = """
DROP TRIGGER finance_fixed ON finance_appraisal;
DROP TRIGGER finance_fixed ON finance_budgetreview;
DROP FUNCTION finance_fixed();
DROP TRIGGER finance_reversal_matches ON finance_fundentry;
DROP FUNCTION finance_reversal_matches();
DROP TRIGGER finance_kept ON finance_appraisal;
DROP TRIGGER finance_kept ON finance_budgetreview;
DROP TRIGGER finance_kept ON finance_fundentry;
DROP TRIGGER finance_kept ON finance_supervisionfund;
DROP FUNCTION finance_kept();
"""

DECISION = "status, confirmed_by_id, confirmed_at, returned_by_id, returned_at, return_reason"


def limit_rights(apps, schema_editor):
    """The application adds rows and decides; a fund keeps the right to be locked, which its trigger makes no more of."""
    app = schema_editor.quote_name(settings.DATABASE_ROLES["app"])
    schema_editor.execute(f"REVOKE DELETE, TRUNCATE ON finance_supervisionfund FROM {app}")
    for table in ("finance_fundentry", "finance_budgetreview", "finance_appraisal"):
        schema_editor.execute(f"REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM {app}")
    for table in ("finance_budgetreview", "finance_appraisal"):
        schema_editor.execute(f"GRANT UPDATE ({DECISION}) ON {table} TO {app}")


class Migration(migrations.Migration):
    dependencies = [("finance", "0001_tables")]

    operations = [
        migrations.RunSQL(FORWARD, BACKWARD),
        migrations.RunPython(limit_rights, migrations.RunPython.noop),
    ]
