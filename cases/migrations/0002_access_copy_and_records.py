"""Triggers of the access copy, and of the rows that never change (ADR 0005).

Inserting a permission reads the case FOR SHARE, and every action that grants or moves locks the case first:
whoever comes second reads what the first committed, so the copy can never fall behind.
"""

from django.db import migrations

COPIED = ("opened_at", "status", "owner_id", "lamp", "next_due_on", "suspected", "restricted")

ACCESS_COPY = f"""
CREATE FUNCTION cases_access_fill() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    SELECT {", ".join(COPIED)}
    INTO {", ".join("NEW." + name for name in COPIED)}
    FROM cases_case WHERE id = NEW.content_object_id FOR SHARE;
    RETURN NEW;
END $$;
CREATE TRIGGER case_access_fill BEFORE INSERT ON cases_casegrouppermission
    FOR EACH ROW EXECUTE FUNCTION cases_access_fill();

CREATE FUNCTION cases_access_follow() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE cases_casegrouppermission
    SET {", ".join(f"{name} = NEW.{name}" for name in COPIED)}
    WHERE content_object_id = NEW.id;
    RETURN NULL;
END $$;
CREATE TRIGGER case_access_follow AFTER UPDATE ON cases_case
    FOR EACH ROW
    WHEN (({", ".join("OLD." + name for name in COPIED)})
        IS DISTINCT FROM ({", ".join("NEW." + name for name in COPIED)}))
    EXECUTE FUNCTION cases_access_follow();
"""

DROP_ACCESS_COPY = """
DROP TRIGGER case_access_follow ON cases_case;
DROP TRIGGER case_access_fill ON cases_casegrouppermission;
DROP FUNCTION cases_access_follow();
DROP FUNCTION cases_access_fill();
"""

# Statement-level so that a careless UPDATE without a WHERE is refused even where it meets no row.
APPEND_ONLY = """
CREATE FUNCTION cases_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rows of % are added, never changed: % refused', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER custody_stays BEFORE UPDATE OR DELETE ON cases_custody
    FOR EACH STATEMENT EXECUTE FUNCTION cases_append_only();
CREATE TRIGGER money_stays BEFORE UPDATE OR DELETE ON cases_moneyentry
    FOR EACH STATEMENT EXECUTE FUNCTION cases_append_only();
CREATE TRIGGER grant_stays BEFORE DELETE ON cases_grantrecord
    FOR EACH STATEMENT EXECUTE FUNCTION cases_append_only();

-- a grant is ended once; nothing else about it changes
CREATE FUNCTION cases_grant_ends() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    asked cases_grantrecord := NEW;
BEGIN
    asked.ended_at := OLD.ended_at;
    asked.ended_by_id := OLD.ended_by_id;
    IF OLD.ended_at IS NOT NULL OR NEW.ended_at IS NULL OR asked IS DISTINCT FROM OLD THEN
        RAISE EXCEPTION 'a grant record is only ever ended, once'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER grant_ends BEFORE UPDATE ON cases_grantrecord
    FOR EACH ROW EXECUTE FUNCTION cases_grant_ends();

-- of evidence only its voiding and its words may change, never the file
CREATE FUNCTION cases_evidence_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'evidence is voided, never deleted' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF (OLD.case_id, OLD.file, OLD.sha256, OLD.size, OLD.media_type, OLD.department_id, OLD.added_by_id, OLD.added_at)
        IS DISTINCT FROM
       (NEW.case_id, NEW.file, NEW.sha256, NEW.size, NEW.media_type, NEW.department_id, NEW.added_by_id, NEW.added_at)
       OR OLD.voided_at IS NOT NULL THEN
        RAISE EXCEPTION 'filed evidence never changes' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER evidence_stays BEFORE UPDATE OR DELETE ON cases_evidence
    FOR EACH ROW EXECUTE FUNCTION cases_evidence_stays();
"""

DROP_APPEND_ONLY = """
DROP TRIGGER evidence_stays ON cases_evidence;
DROP FUNCTION cases_evidence_stays();
DROP TRIGGER grant_ends ON cases_grantrecord;
DROP FUNCTION cases_grant_ends();
DROP TRIGGER grant_stays ON cases_grantrecord;
DROP TRIGGER money_stays ON cases_moneyentry;
DROP TRIGGER custody_stays ON cases_custody;
DROP FUNCTION cases_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0001_tables"),
    ]

    operations = [
        migrations.RunSQL(ACCESS_COPY, DROP_ACCESS_COPY),
        migrations.RunSQL(APPEND_ONLY, DROP_APPEND_ONLY),
    ]
