"""Steps and lines of a transfer of suspected crime are kept as written; its amounts and clocks are filled in."""

from django.db import migrations

FORWARD = """
CREATE TRIGGER referrals_kept BEFORE DELETE ON referrals_criminaltransfer
    FOR EACH ROW EXECUTE FUNCTION referrals_kept();
CREATE TRIGGER referrals_kept BEFORE UPDATE OR DELETE ON referrals_crimestep
    FOR EACH ROW EXECUTE FUNCTION referrals_kept();
CREATE TRIGGER referrals_kept BEFORE UPDATE OR DELETE ON referrals_crimeattachment
    FOR EACH ROW EXECUTE FUNCTION referrals_kept();
CREATE TRIGGER referrals_kept BEFORE UPDATE OR DELETE ON referrals_crimeitem
    FOR EACH ROW EXECUTE FUNCTION referrals_kept();
"""
BACKWARD = """
DROP TRIGGER referrals_kept ON referrals_crimeitem;
DROP TRIGGER referrals_kept ON referrals_crimeattachment;
DROP TRIGGER referrals_kept ON referrals_crimestep;
DROP TRIGGER referrals_kept ON referrals_criminaltransfer;
"""


def fill(apps, schema_editor):
    from deadlines.seeds import load_rules
    from referrals.crime_seeds import load_thresholds

    load_thresholds(lambda name: apps.get_model("referrals", name))
    load_rules(lambda name: apps.get_model("deadlines", name))
    # 310号令 art. 5: the report goes straight to the head; a rule the county edited stays
    rules = apps.get_model("referrals", "SigningRule").objects
    rules.filter(kind="criminal", reviewer="deputy_head", signer="head").update(reviewer="")


class Migration(migrations.Migration):
    dependencies = [
        ("referrals", "0008_bodies"),
        ("deadlines", "0002_dictionaries_and_rights"),
    ]

    operations = [
        migrations.RunSQL(FORWARD, BACKWARD),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
