"""Forwarding, withdrawal by consent, the points of a redo, supervision by the office."""

from django.db import migrations

KEPT = """
CREATE TRIGGER referrals_kept BEFORE UPDATE OR DELETE ON referrals_redopoint
    FOR EACH ROW EXECUTE FUNCTION referrals_kept();
CREATE TRIGGER referrals_kept BEFORE DELETE ON referrals_withdrawal
    FOR EACH ROW EXECUTE FUNCTION referrals_kept();
CREATE TRIGGER referrals_kept BEFORE DELETE ON referrals_supervision
    FOR EACH ROW EXECUTE FUNCTION referrals_kept();
"""
FREE = """
DROP TRIGGER referrals_kept ON referrals_supervision;
DROP TRIGGER referrals_kept ON referrals_withdrawal;
DROP TRIGGER referrals_kept ON referrals_redopoint;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("referrals", "0006_informing_is_kept"),
        ("cases", "0002_access_copy_and_records"),
        ("departments", "0003_dictionaries"),
        ("documents", "0002_frozen"),
        ("departments", "0004_categories_of_fraud"),
    ]

    operations = [
        migrations.RunSQL(KEPT, FREE),
    ]
