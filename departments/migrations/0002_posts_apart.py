"""An administrator's post stands alone."""

from django.db import migrations

APART = """
CREATE FUNCTION departments_post_apart() RETURNS trigger LANGUAGE plpgsql SET search_path = public AS $$
BEGIN
    -- two posts filled at once for one person wait for each other here
    PERFORM FROM departments_user WHERE id = NEW.user_id FOR UPDATE;
    IF EXISTS (
        SELECT FROM departments_post p
        WHERE p.user_id = NEW.user_id AND p.id <> NEW.id
          AND daterange(p.since, p.until) && daterange(NEW.since, NEW.until)
          AND (p.role IN ('system_admin', 'security_admin', 'audit_admin')
               OR NEW.role IN ('system_admin', 'security_admin', 'audit_admin'))
    ) THEN
        RAISE EXCEPTION 'an administrator holds no other post'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'post_administrators_apart';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER post_administrators_apart BEFORE INSERT OR UPDATE OF user_id, role, since, until
    ON departments_post FOR EACH ROW EXECUTE FUNCTION departments_post_apart();
"""
TOGETHER = """
DROP TRIGGER post_administrators_apart ON departments_post;
DROP FUNCTION departments_post_apart();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("departments", "0001_tables"),
    ]

    operations = [
        migrations.RunSQL(APART, TOGETHER),
    ]
