"""Verdicts on items, completion; a matter is transferred to a receiver once at a time."""

from django.db import migrations

KEPT = """
CREATE TRIGGER referrals_kept BEFORE UPDATE OR DELETE ON referrals_verdict
    FOR EACH ROW EXECUTE FUNCTION referrals_kept();
CREATE TRIGGER referrals_kept BEFORE UPDATE OR DELETE ON referrals_supplieditem
    FOR EACH ROW EXECUTE FUNCTION referrals_kept();
CREATE TRIGGER referrals_kept BEFORE DELETE ON referrals_completion
    FOR EACH ROW EXECUTE FUNCTION referrals_kept();
"""
FREE = """
DROP TRIGGER referrals_kept ON referrals_completion;
DROP TRIGGER referrals_kept ON referrals_supplieditem;
DROP TRIGGER referrals_kept ON referrals_verdict;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("referrals", "0002_record_and_dictionary"),
        ("cases", "0002_access_copy_and_records"),
        ("departments", "0003_dictionaries"),
        ("documents", "0002_frozen"),
        ("departments", "0004_categories_of_fraud"),
    ]

    operations = [
        migrations.RunSQL(KEPT, FREE),
    ]
