"""What must never happen to inspections: the office inspects, one officer alone, a record rewritten, a row lost."""

from django.conf import settings
from django.db import migrations

KEPT = ("inspection", "partner", "target", "member", "visit", "visititem", "finding", "rectification",
        "enforcementcertificate")  # fmt: skip
APPENDED = ("postponement", "visitfile", "findingfile", "summary", "summarysignature")

FORWARD = (
    """
CREATE FUNCTION inspections_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a row of % is kept as it was written', TG_TABLE_NAME USING ERRCODE = 'check_violation';
END $$;
"""
    + "".join(
        f"CREATE TRIGGER inspections_kept BEFORE DELETE ON inspections_{table} "
        "FOR EACH ROW EXECUTE FUNCTION inspections_kept();\n"
        for table in KEPT
    )
    + "".join(
        f"CREATE TRIGGER inspections_kept BEFORE UPDATE OR DELETE ON inspections_{table} "
        "FOR EACH ROW EXECUTE FUNCTION inspections_kept();\n"
        for table in APPENDED
    )
    + """
-- T4 (FACTS 2.6): a coordinating body is no inspecting body, neither as the lead nor beside it
CREATE FUNCTION inspections_office_never() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    who bigint;
BEGIN
    IF TG_TABLE_NAME = 'inspections_inspection' THEN
        who := NEW.lead_id;
    ELSIF NEW.role = 'inspecting' THEN
        who := NEW.department_id;
    END IF;
    IF EXISTS (SELECT 1 FROM departments_department WHERE id = who AND function = 'office') THEN
        RAISE EXCEPTION 'the leading group''s office never inspects' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER inspections_office_never BEFORE INSERT OR UPDATE OF lead_id ON inspections_inspection
    FOR EACH ROW EXECUTE FUNCTION inspections_office_never();
CREATE TRIGGER inspections_office_never BEFORE INSERT OR UPDATE OF department_id, role ON inspections_partner
    FOR EACH ROW EXECUTE FUNCTION inspections_office_never();

-- an inspector is of an inspecting department, with its certificate
CREATE FUNCTION inspections_certified() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM inspections_partner p WHERE p.id = NEW.partner_id AND p.inspection_id = NEW.inspection_id
    ) THEN
        RAISE EXCEPTION 'a member belongs to a department of the same inspection' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.role = 'inspector' AND NEW.left_at IS NULL AND NOT EXISTS (
        SELECT 1 FROM inspections_partner p JOIN inspections_enforcementcertificate c ON c.id = NEW.certificate_id
        WHERE p.id = NEW.partner_id AND p.role = 'inspecting' AND c.user_id = NEW.user_id
            AND c.department_id = p.department_id
    ) THEN
        RAISE EXCEPTION 'an inspector holds a certificate of the inspecting department' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER inspections_certified BEFORE INSERT OR UPDATE ON inspections_member
    FOR EACH ROW EXECUTE FUNCTION inspections_certified();

-- at the end of whatever changed it: an agreed inspection has everybody's word and two officers a department
CREATE FUNCTION inspections_two_officers() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    which bigint;
BEGIN
    IF TG_TABLE_NAME = 'inspections_inspection' THEN
        which := NEW.id;
    ELSE
        which := NEW.inspection_id;
    END IF;
    IF EXISTS (
        SELECT 1 FROM inspections_inspection i JOIN inspections_partner p ON p.inspection_id = i.id
        WHERE i.id = which AND i.status IN ('agreed', 'under_way') AND p.dropped_at IS NULL
            AND (p.answer <> 'confirmed' OR p.role = 'inspecting' AND 2 > (
                SELECT count(*) FROM inspections_member m
                WHERE m.partner_id = p.id AND m.role = 'inspector' AND m.left_at IS NULL))
    ) THEN
        RAISE EXCEPTION 'an inspecting department sends at least two certified officers, and everybody has agreed'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER inspections_two_officers AFTER INSERT OR UPDATE ON inspections_inspection
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION inspections_two_officers();
CREATE CONSTRAINT TRIGGER inspections_two_officers AFTER INSERT OR UPDATE ON inspections_partner
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION inspections_two_officers();
CREATE CONSTRAINT TRIGGER inspections_two_officers AFTER INSERT OR UPDATE ON inspections_member
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION inspections_two_officers();

-- who stands in a record as an inspector is one, of the same inspection; a printed record does not change
CREATE FUNCTION inspections_record_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    visit record;
    old_row jsonb;
BEGIN
    old_row := CASE WHEN TG_OP = 'DELETE' THEN to_jsonb(OLD) ELSE to_jsonb(NEW) END;
    SELECT v.status, v.inspection_id INTO visit FROM inspections_visit v WHERE v.id = (old_row->>'visit_id')::bigint;
    IF visit.status <> 'open' THEN
        RAISE EXCEPTION 'a printed record does not change' USING ERRCODE = 'check_violation';
    END IF;
    IF TG_TABLE_NAME = 'inspections_visitofficer' AND TG_OP <> 'DELETE' AND NOT EXISTS (
        SELECT 1 FROM inspections_member m WHERE m.id = (old_row->>'member_id')::bigint
            AND m.inspection_id = visit.inspection_id AND m.role = 'inspector'
    ) THEN
        RAISE EXCEPTION 'only a certified inspector stands in the record as one' USING ERRCODE = 'check_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER inspections_record_stays BEFORE INSERT OR UPDATE OR DELETE ON inspections_visitofficer
    FOR EACH ROW EXECUTE FUNCTION inspections_record_stays();
CREATE TRIGGER inspections_record_stays BEFORE INSERT OR UPDATE ON inspections_visititem
    FOR EACH ROW EXECUTE FUNCTION inspections_record_stays();

CREATE FUNCTION inspections_visit_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.status IN ('signed', 'refused') THEN
        RAISE EXCEPTION 'a signed or refused record does not change' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.status <> 'open' AND 2 > (
        SELECT count(*) FROM inspections_visitofficer o WHERE o.visit_id = NEW.id AND o.showed
    ) THEN
        RAISE EXCEPTION 'at least two officers show their certificates' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER inspections_visit_stays BEFORE UPDATE ON inspections_visit
    FOR EACH ROW EXECUTE FUNCTION inspections_visit_stays();

-- the day of a finding is the day of discovery: it is settled with the record, its facts once it went somewhere
CREATE FUNCTION inspections_finding_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.found_on <> NEW.found_on OR OLD.visit_id <> NEW.visit_id OR OLD.department_id <> NEW.department_id THEN
        IF (SELECT status FROM inspections_visit WHERE id = OLD.visit_id) <> 'open' THEN
            RAISE EXCEPTION 'the day of a finding stays as it was recorded' USING ERRCODE = 'check_violation';
        END IF;
    END IF;
    IF OLD.outcome <> 'open' AND (OLD.text, OLD.category_id, OLD.amount, OLD.evidence)
       IS DISTINCT FROM (NEW.text, NEW.category_id, NEW.amount, NEW.evidence) THEN
        RAISE EXCEPTION 'a finding that went somewhere stays as it was' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER inspections_finding_stays BEFORE UPDATE ON inspections_finding
    FOR EACH ROW EXECUTE FUNCTION inspections_finding_stays();

-- closed: every finding went somewhere, and every department signed the newest summary
CREATE FUNCTION inspections_closed_whole() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM inspections_finding WHERE inspection_id = NEW.id AND outcome = 'open') THEN
        RAISE EXCEPTION 'every finding goes somewhere before an inspection is closed' USING ERRCODE = 'check_violation';
    END IF;
    IF EXISTS (
        SELECT 1 FROM inspections_partner p WHERE p.inspection_id = NEW.id AND p.dropped_at IS NULL
            AND NOT EXISTS (
                SELECT 1 FROM inspections_summarysignature g JOIN inspections_summary s ON s.id = g.summary_id
                WHERE g.partner_id = p.id AND g.kind = 'signed' AND s.inspection_id = NEW.id
                    AND s.number = (SELECT max(number) FROM inspections_summary WHERE inspection_id = NEW.id))
    ) THEN
        RAISE EXCEPTION 'every department signs the summary before an inspection is closed'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER inspections_closed_whole BEFORE UPDATE ON inspections_inspection
    FOR EACH ROW WHEN (NEW.status = 'closed' AND OLD.status <> 'closed') EXECUTE FUNCTION inspections_closed_whole();
"""
)

BACKWARD = (
    """
DROP TRIGGER inspections_closed_whole ON inspections_inspection;
DROP FUNCTION inspections_closed_whole();
DROP TRIGGER inspections_finding_stays ON inspections_finding;
DROP FUNCTION inspections_finding_stays();
DROP TRIGGER inspections_visit_stays ON inspections_visit;
DROP FUNCTION inspections_visit_stays();
DROP TRIGGER inspections_record_stays ON inspections_visititem;
DROP TRIGGER inspections_record_stays ON inspections_visitofficer;
DROP FUNCTION inspections_record_stays();
DROP TRIGGER inspections_two_officers ON inspections_member;
DROP TRIGGER inspections_two_officers ON inspections_partner;
DROP TRIGGER inspections_two_officers ON inspections_inspection;
DROP FUNCTION inspections_two_officers();
DROP TRIGGER inspections_certified ON inspections_member;
DROP FUNCTION inspections_certified();
DROP TRIGGER inspections_office_never ON inspections_partner;
DROP TRIGGER inspections_office_never ON inspections_inspection;
DROP FUNCTION inspections_office_never();
"""
    + "".join(f"DROP TRIGGER inspections_kept ON inspections_{table};\n" for table in KEPT + APPENDED)
    + "DROP FUNCTION inspections_kept();\n"
)


def limit_rights(apps, schema_editor):
    """Files, postponements, summaries and signatures are only ever added to by the application."""
    app = schema_editor.quote_name(settings.DATABASE_ROLES["app"])
    for table in APPENDED:
        schema_editor.execute(f"REVOKE UPDATE, DELETE, TRUNCATE ON inspections_{table} FROM {app}")


class Migration(migrations.Migration):
    dependencies = [
        ("inspections", "0001_tables"),
    ]

    operations = [
        migrations.RunSQL(FORWARD, BACKWARD),
        migrations.RunPython(limit_rights, migrations.RunPython.noop),
    ]
