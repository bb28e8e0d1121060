"""What bodies without an account say on paper or by one-time link."""

from django.db import migrations

KEPT = """
CREATE TRIGGER referrals_kept BEFORE UPDATE OR DELETE ON referrals_said
    FOR EACH ROW EXECUTE FUNCTION referrals_kept();
CREATE TRIGGER referrals_kept BEFORE DELETE ON referrals_answerlink
    FOR EACH ROW EXECUTE FUNCTION referrals_kept();
"""
FREE = """
DROP TRIGGER referrals_kept ON referrals_answerlink;
DROP TRIGGER referrals_kept ON referrals_said;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("referrals", "0007_pressing"),
        ("cases", "0002_access_copy_and_records"),
        ("departments", "0004_categories_of_fraud"),
        ("documents", "0002_frozen"),
    ]

    operations = [
        migrations.RunSQL(KEPT, FREE),
    ]
