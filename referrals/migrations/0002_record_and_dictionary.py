"""What was sent is a legal record: the database keeps its lines as they were. The signing rules are filled in."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION referrals_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a row of % is kept as it was written', TG_TABLE_NAME USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER referrals_kept BEFORE UPDATE OR DELETE ON referrals_chase
    FOR EACH ROW EXECUTE FUNCTION referrals_kept();
CREATE TRIGGER referrals_kept BEFORE UPDATE OR DELETE ON referrals_deliveryproof
    FOR EACH ROW EXECUTE FUNCTION referrals_kept();
CREATE TRIGGER referrals_kept BEFORE DELETE ON referrals_dispatch
    FOR EACH ROW EXECUTE FUNCTION referrals_kept();
CREATE TRIGGER referrals_kept BEFORE DELETE ON referrals_referral
    FOR EACH ROW EXECUTE FUNCTION referrals_kept();
CREATE TRIGGER referrals_kept BEFORE DELETE ON referrals_extension
    FOR EACH ROW EXECUTE FUNCTION referrals_kept();
CREATE TRIGGER referrals_kept BEFORE DELETE ON referrals_reply
    FOR EACH ROW EXECUTE FUNCTION referrals_kept();

-- the lines of a paper change only while it is a draft
CREATE FUNCTION referrals_lines() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    paper bigint;
    state text;
BEGIN
    IF TG_OP = 'DELETE' THEN
        paper := (to_jsonb(OLD) ->> TG_ARGV[1])::bigint;
    ELSE
        paper := (to_jsonb(NEW) ->> TG_ARGV[1])::bigint;
    END IF;
    EXECUTE format('SELECT status FROM %I WHERE id = $1', TG_ARGV[0]) INTO state USING paper;
    IF state <> 'draft' THEN
        RAISE EXCEPTION 'the lines of a paper that is no draft are kept' USING ERRCODE = 'check_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER referrals_lines BEFORE INSERT OR UPDATE OR DELETE ON referrals_manifestitem
    FOR EACH ROW EXECUTE FUNCTION referrals_lines('referrals_dispatch', 'dispatch_id');
CREATE TRIGGER referrals_lines BEFORE INSERT OR UPDATE OR DELETE ON referrals_question
    FOR EACH ROW EXECUTE FUNCTION referrals_lines('referrals_dispatch', 'dispatch_id');
CREATE TRIGGER referrals_lines BEFORE INSERT OR UPDATE OR DELETE ON referrals_answeritem
    FOR EACH ROW EXECUTE FUNCTION referrals_lines('referrals_reply', 'reply_id');
"""

BACKWARD = """
DROP TRIGGER referrals_lines ON referrals_answeritem;
DROP TRIGGER referrals_lines ON referrals_question;
DROP TRIGGER referrals_lines ON referrals_manifestitem;
DROP FUNCTION referrals_lines();
DROP TRIGGER referrals_kept ON referrals_reply;
DROP TRIGGER referrals_kept ON referrals_extension;
DROP TRIGGER referrals_kept ON referrals_referral;
DROP TRIGGER referrals_kept ON referrals_dispatch;
DROP TRIGGER referrals_kept ON referrals_deliveryproof;
DROP TRIGGER referrals_kept ON referrals_chase;
DROP FUNCTION referrals_kept();
"""


def fill(apps, schema_editor):
    from referrals.seeds import SIGNING

    rule = apps.get_model("referrals", "SigningRule")
    for kind, (reviewer, signer) in SIGNING.items():
        rule.objects.get_or_create(kind=kind, defaults={"reviewer": reviewer, "signer": signer})


class Migration(migrations.Migration):
    dependencies = [
        ("referrals", "0001_tables"),
    ]

    operations = [
        migrations.RunSQL(FORWARD, BACKWARD),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
