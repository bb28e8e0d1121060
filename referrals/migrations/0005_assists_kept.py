"""What goes out to other places stays as it was; the amount from which asking is proposed is filled in."""

from django.db import migrations

FORWARD = """
CREATE TRIGGER referrals_kept BEFORE DELETE ON referrals_assistletter
    FOR EACH ROW EXECUTE FUNCTION referrals_kept();
CREATE TRIGGER referrals_kept BEFORE DELETE ON referrals_outsidestay
    FOR EACH ROW EXECUTE FUNCTION referrals_kept();
CREATE TRIGGER referrals_kept BEFORE UPDATE OR DELETE ON referrals_assistfile
    FOR EACH ROW EXECUTE FUNCTION referrals_kept();
CREATE TRIGGER referrals_lines BEFORE INSERT OR UPDATE OR DELETE ON referrals_assistitem
    FOR EACH ROW EXECUTE FUNCTION referrals_lines('referrals_assistletter', 'letter_id');
"""
BACKWARD = """
DROP TRIGGER referrals_lines ON referrals_assistitem;
DROP TRIGGER referrals_kept ON referrals_assistfile;
DROP TRIGGER referrals_kept ON referrals_outsidestay;
DROP TRIGGER referrals_kept ON referrals_assistletter;
"""


def fill(apps, schema_editor):
    from referrals.seeds import SIGNING, assist_threshold

    rule = apps.get_model("referrals", "SigningRule")
    for kind, (reviewer, signer) in SIGNING.items():
        rule.objects.get_or_create(kind=kind, defaults={"reviewer": reviewer, "signer": signer})
    assist_threshold(apps.get_model("referrals", "AssistThreshold"))


class Migration(migrations.Migration):
    dependencies = [
        ("referrals", "0004_tasks_kept"),
    ]

    operations = [
        migrations.RunSQL(FORWARD, BACKWARD),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
