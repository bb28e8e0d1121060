"""An issued paper is frozen by the database itself, whoever is connected.

What it says, its number, its file and its hash never change; a seal or a voiding is written once; no row goes.
"""

from django.db import migrations

FROZEN = (
    "id, kind, layout, department_id, series_id, sequence, number, title, context, template_version, file, "
    "sha256, size, verification_code, issued_at, issued_by_id, case_id, region_id, target_kind, target_id"
)
SEAL = "sealed_file, sealed_type, sealed_sha256, sealed_at, sealed_by_id"
VOID = "voided_at, voided_by_id, void_reason"


def row(prefix, columns):
    return "(" + ", ".join(f"{prefix}.{column.strip()}" for column in columns.split(",")) + ")"


def changed(columns):
    return f"{row('OLD', columns)} IS DISTINCT FROM {row('NEW', columns)}"


FORWARD = f"""
CREATE FUNCTION documents_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'issued document % is never deleted', OLD.number USING ERRCODE = 'check_violation';
    END IF;
    IF {changed(FROZEN)}
       OR (OLD.sealed_at IS NOT NULL AND {changed(SEAL)})
       OR (OLD.voided_at IS NOT NULL AND {changed(VOID)}) THEN
        RAISE EXCEPTION 'issued document % is frozen', OLD.number USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER documents_frozen BEFORE UPDATE OR DELETE ON documents_issueddocument
    FOR EACH ROW EXECUTE FUNCTION documents_frozen();

CREATE FUNCTION documents_series_forward() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR NEW.last < OLD.last
       OR (OLD.region_id, OLD.mark, OLD.year) IS DISTINCT FROM (NEW.region_id, NEW.mark, NEW.year) THEN
        RAISE EXCEPTION 'a number series only moves forward' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER documents_series_forward BEFORE UPDATE OR DELETE ON documents_series
    FOR EACH ROW EXECUTE FUNCTION documents_series_forward();
"""

BACKWARD = """
DROP TRIGGER documents_series_forward ON documents_series;
DROP FUNCTION documents_series_forward();
DROP TRIGGER documents_frozen ON documents_issueddocument;
DROP FUNCTION documents_frozen();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0001_tables"),
    ]

    operations = [
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
