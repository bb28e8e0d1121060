"""督办 of a data comparison: a letter of the office that is never deleted."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("referrals", "0013_team_papers"),
        ("departments", "0004_categories_of_fraud"),
        ("documents", "0002_frozen"),
    ]

    operations = [
        migrations.RunSQL(
            "CREATE TRIGGER referrals_kept BEFORE DELETE ON referrals_listsupervision "
            "FOR EACH ROW EXECUTE FUNCTION referrals_kept();",
            "DROP TRIGGER referrals_kept ON referrals_listsupervision;",
        ),
    ]
