"""What must never happen to a draw: repeated, rewritten, drawn on another list or with another seed than committed to."""

from django.conf import settings
from django.db import migrations

FORWARD = """
-- what is committed to is what stands there, and nobody begins with a draw that is made already
CREATE FUNCTION inspections_draw_begins() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.status <> 'committed' OR NEW.seed <> '' THEN
        RAISE EXCEPTION 'a draw begins with its commitment' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.list_digest <> encode(sha256(convert_to(NEW.listed, 'UTF8')), 'hex') THEN
        RAISE EXCEPTION 'the digest is not that of the list' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.attempt <> 1 + (SELECT count(*) FROM inspections_draw WHERE inspection_id = NEW.inspection_id) THEN
        RAISE EXCEPTION 'draws of an inspection are counted' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER inspections_draw_begins BEFORE INSERT ON inspections_draw
    FOR EACH ROW EXECUTE FUNCTION inspections_draw_begins();

-- from then on it is revealed once, with the very seed, and ended once; nothing else changes
CREATE FUNCTION inspections_draw_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    fixed constant text[] := ARRAY['status', 'version', 'seed', 'public_number', 'drawn_by_id', 'drawn_at',
                                   'drawn_for_id', 'ended_by_id', 'ended_at'];
BEGIN
    IF to_jsonb(OLD) - fixed IS DISTINCT FROM to_jsonb(NEW) - fixed THEN
        RAISE EXCEPTION 'what was committed to does not change' USING ERRCODE = 'check_violation';
    END IF;
    IF OLD.status = 'committed' AND NEW.status IN ('drawn', 'abandoned') THEN
        IF NEW.commitment <> encode(sha256(convert_to(
            'draw-commitment-1|' || NEW.seed || '|' || NEW.list_digest, 'UTF8')), 'hex') THEN
            RAISE EXCEPTION 'the seed is not the one that was committed to' USING ERRCODE = 'check_violation';
        END IF;
        IF NEW.status = 'drawn' AND NOT EXISTS (SELECT 1 FROM inspections_drawntarget WHERE draw_id = NEW.id) THEN
            RAISE EXCEPTION 'a draw comes with what was drawn' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF OLD.status = 'drawn' AND NEW.status = 'annulled'
       AND (OLD.seed, OLD.public_number, OLD.drawn_by_id, OLD.drawn_at, OLD.drawn_for_id)
           IS NOT DISTINCT FROM (NEW.seed, NEW.public_number, NEW.drawn_by_id, NEW.drawn_at, NEW.drawn_for_id) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a draw is neither made again nor taken back' USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER inspections_draw_stays BEFORE UPDATE ON inspections_draw
    FOR EACH ROW EXECUTE FUNCTION inspections_draw_stays();

-- an end is agreed to by a second person first
CREATE FUNCTION inspections_draw_ends() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM inspections_annulment WHERE draw_id = NEW.id AND status = 'agreed') THEN
        RAISE EXCEPTION 'a draw ends only with a reason and a second person' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER inspections_draw_ends BEFORE UPDATE ON inspections_draw FOR EACH ROW
    WHEN (NEW.status IN ('annulled', 'abandoned')) EXECUTE FUNCTION inspections_draw_ends();

-- what comes out is written while it is being drawn, never afterwards
CREATE FUNCTION inspections_draw_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM inspections_draw WHERE id = NEW.draw_id AND status = 'committed') THEN
        RAISE EXCEPTION 'nothing is added to a draw that was made' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER inspections_draw_only BEFORE INSERT ON inspections_drawntarget
    FOR EACH ROW EXECUTE FUNCTION inspections_draw_only();
CREATE TRIGGER inspections_draw_only BEFORE INSERT ON inspections_drawnofficer
    FOR EACH ROW EXECUTE FUNCTION inspections_draw_only();
CREATE TRIGGER inspections_draw_only BEFORE INSERT ON inspections_drawsecret
    FOR EACH ROW EXECUTE FUNCTION inspections_draw_only();

-- of a request to annul only the answer is added, once
CREATE FUNCTION inspections_annulment_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.status <> 'open' OR (OLD.draw_id, OLD.reason, OLD.asked_by_id, OLD.asked_for_id, OLD.asked_at)
       IS DISTINCT FROM (NEW.draw_id, NEW.reason, NEW.asked_by_id, NEW.asked_for_id, NEW.asked_at) THEN
        RAISE EXCEPTION 'what was asked and answered stays' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER inspections_annulment_stays BEFORE UPDATE ON inspections_annulment
    FOR EACH ROW EXECUTE FUNCTION inspections_annulment_stays();

CREATE TRIGGER inspections_kept BEFORE DELETE ON inspections_draw FOR EACH ROW EXECUTE FUNCTION inspections_kept();
CREATE TRIGGER inspections_kept BEFORE DELETE ON inspections_annulment
    FOR EACH ROW EXECUTE FUNCTION inspections_kept();
CREATE TRIGGER inspections_kept BEFORE DELETE ON inspections_pool FOR EACH ROW EXECUTE FUNCTION inspections_kept();
CREATE TRIGGER inspections_kept BEFORE UPDATE OR DELETE ON inspections_drawsecret
    FOR EACH ROW EXECUTE FUNCTION inspections_kept();
CREATE TRIGGER inspections_kept BEFORE UPDATE OR DELETE ON inspections_drawntarget
    FOR EACH ROW EXECUTE FUNCTION inspections_kept();
CREATE TRIGGER inspections_kept BEFORE UPDATE OR DELETE ON inspections_drawnofficer
    FOR EACH ROW EXECUTE FUNCTION inspections_kept();
"""

BACKWARD = """
DROP TRIGGER inspections_kept ON inspections_drawnofficer;
DROP TRIGGER inspections_kept ON inspections_drawntarget;
DROP TRIGGER inspections_kept ON inspections_drawsecret;
DROP TRIGGER inspections_kept ON inspections_pool;
DROP TRIGGER inspections_kept ON inspections_annulment;
DROP TRIGGER inspections_kept ON inspections_draw;
DROP TRIGGER inspections_annulment_stays ON inspections_annulment;
DROP FUNCTION inspections_annulment_stays();
DROP TRIGGER inspections_draw_only ON inspections_drawsecret;
DROP TRIGGER inspections_draw_only ON inspections_drawnofficer;
DROP TRIGGER inspections_draw_only ON inspections_drawntarget;
DROP FUNCTION inspections_draw_only();
DROP TRIGGER inspections_draw_ends ON inspections_draw;
DROP FUNCTION inspections_draw_ends();
DROP TRIGGER inspections_draw_stays ON inspections_draw;
DROP FUNCTION inspections_draw_stays();
DROP TRIGGER inspections_draw_begins ON inspections_draw;
DROP FUNCTION inspections_draw_begins();
"""

REVEALED = "status, version, seed, public_number, drawn_by_id, drawn_at, drawn_for_id, ended_by_id, ended_at"
ANSWERED = "status, answered_by_id, answered_at, answered_for_id, words"


def limit_rights(apps, schema_editor):
    """The application commits, reveals once and answers; it rewrites nothing and removes nothing."""
    app = schema_editor.quote_name(settings.DATABASE_ROLES["app"])
    for table in ("draw", "annulment", "drawsecret", "drawntarget", "drawnofficer"):
        schema_editor.execute(f"REVOKE UPDATE, DELETE, TRUNCATE ON inspections_{table} FROM {app}")
    schema_editor.execute(f"GRANT UPDATE ({REVEALED}) ON inspections_draw TO {app}")
    schema_editor.execute(f"GRANT UPDATE ({ANSWERED}) ON inspections_annulment TO {app}")


def fill(apps, schema_editor):
    from inspections import seeds_pools

    seeds_pools.load(apps.get_model)


class Migration(migrations.Migration):
    dependencies = [
        ("inspections", "0003_dictionaries"),
    ]

    operations = [
        migrations.RunSQL(FORWARD, BACKWARD),
        migrations.RunPython(limit_rights, migrations.RunPython.noop),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
