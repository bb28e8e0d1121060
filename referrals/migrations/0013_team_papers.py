"""What a body on paper says to a joint team has its scan; what was entered before the scans stays as it is."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("referrals", "0012_follow_up_delivery"),
        ("cases", "0002_access_copy_and_records"),
        ("departments", "0004_categories_of_fraud"),
    ]

    operations = [
        migrations.RunSQL(
            "CREATE TRIGGER referrals_kept BEFORE UPDATE OR DELETE ON referrals_teampaper "
            "FOR EACH ROW EXECUTE FUNCTION referrals_kept();",
            "DROP TRIGGER referrals_kept ON referrals_teampaper;",
        ),
    ]
