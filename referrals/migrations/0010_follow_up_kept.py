"""A letter about a letter is a record: no row of it is deleted."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("referrals", "0009_crime_dictionary"),
    ]

    operations = [
        migrations.RunSQL(
            "CREATE TRIGGER referrals_kept BEFORE DELETE ON referrals_followup "
            "FOR EACH ROW EXECUTE FUNCTION referrals_kept();",
            "DROP TRIGGER referrals_kept ON referrals_followup;",
        ),
    ]
