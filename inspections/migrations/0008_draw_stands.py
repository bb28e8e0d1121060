"""What a draw named stays on the plan: out only with a second person, whether by target, by kind or by cancelling."""

from django.db import migrations

FORWARD = """
-- a plan that was drawn is that draw: its kind stays, it is agreed with what came out, and not dropped with the draw standing
CREATE FUNCTION inspections_plan_is_drawn() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.kind <> OLD.kind AND EXISTS (SELECT 1 FROM inspections_draw WHERE inspection_id = NEW.id) THEN
        RAISE EXCEPTION 'the kind of an inspection stays once a draw was committed to' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.status = 'cancelled' AND OLD.status <> 'cancelled' AND EXISTS (
        SELECT 1 FROM inspections_draw WHERE inspection_id = NEW.id AND status IN ('committed', 'drawn')
    ) THEN
        RAISE EXCEPTION 'an inspection is not cancelled while its draw stands' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.kind = 'random' AND NEW.status = 'agreed' AND OLD.status <> 'agreed' AND (
        NOT EXISTS (SELECT 1 FROM inspections_draw WHERE inspection_id = NEW.id AND status = 'drawn')
        OR EXISTS (
            SELECT 1 FROM inspections_target t WHERE t.inspection_id = NEW.id AND t.dropped_at IS NULL AND NOT EXISTS (
                SELECT 1 FROM inspections_draw d JOIN inspections_drawntarget o ON o.draw_id = d.id
                WHERE d.inspection_id = NEW.id AND d.status = 'drawn' AND o.subject_id = t.subject_id)))
    THEN
        RAISE EXCEPTION 'a random inspection is agreed with the targets that were drawn' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER inspections_plan_is_drawn BEFORE UPDATE OF kind, status ON inspections_inspection
    FOR EACH ROW EXECUTE FUNCTION inspections_plan_is_drawn();

-- a drawn target leaves with its draw, or with a second person's word about it
CREATE FUNCTION inspections_drawn_target_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM inspections_draw d JOIN inspections_drawntarget o ON o.draw_id = d.id
        WHERE d.inspection_id = OLD.inspection_id AND d.status = 'drawn' AND o.subject_id = OLD.subject_id
            AND NOT EXISTS (SELECT 1 FROM inspections_annulment a WHERE a.target_id = o.id AND a.status = 'agreed')
    ) THEN
        RAISE EXCEPTION 'a drawn target is left out only with a second person' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER inspections_drawn_target_stays BEFORE UPDATE ON inspections_target FOR EACH ROW
    WHEN (OLD.dropped_at IS NULL AND (NEW.dropped_at IS NOT NULL OR NEW.subject_id <> OLD.subject_id
          OR NEW.inspection_id <> OLD.inspection_id))
    EXECUTE FUNCTION inspections_drawn_target_stays();

CREATE FUNCTION inspections_annulment_begins() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.target_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM inspections_drawntarget WHERE id = NEW.target_id AND draw_id = NEW.draw_id
    ) THEN
        RAISE EXCEPTION 'only a target of this draw is asked about' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER inspections_annulment_begins BEFORE INSERT ON inspections_annulment
    FOR EACH ROW EXECUTE FUNCTION inspections_annulment_begins();
"""

BACKWARD = """
DROP TRIGGER inspections_annulment_begins ON inspections_annulment;
DROP FUNCTION inspections_annulment_begins();
DROP TRIGGER inspections_drawn_target_stays ON inspections_target;
DROP FUNCTION inspections_drawn_target_stays();
DROP TRIGGER inspections_plan_is_drawn ON inspections_inspection;
DROP FUNCTION inspections_plan_is_drawn();
"""

# as in 0011, which knew of no single target: {whole} narrows an end to the whole draw, {target} keeps what was asked about
ENDS = """
CREATE OR REPLACE FUNCTION inspections_draw_ends() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM inspections_annulment WHERE draw_id = NEW.id AND status = 'agreed'{whole}) THEN
        RAISE EXCEPTION 'a draw ends only with a reason and a second person' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE OR REPLACE FUNCTION inspections_annulment_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.status <> 'open' OR (OLD.draw_id, OLD.reason, OLD.asked_by_id, OLD.asked_for_id, OLD.asked_at{old_target})
       IS DISTINCT FROM (NEW.draw_id, NEW.reason, NEW.asked_by_id, NEW.asked_for_id, NEW.asked_at{new_target}) THEN
        RAISE EXCEPTION 'what was asked and answered stays' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
"""
NOW = ENDS.format(whole=" AND target_id IS NULL", old_target=", OLD.target_id", new_target=", NEW.target_id")
BEFORE = ENDS.format(whole="", old_target="", new_target="")


class Migration(migrations.Migration):
    dependencies = [
        ("inspections", "0007_office_takes_no_part"),
    ]

    operations = [
        migrations.RunSQL(NOW, BEFORE),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
