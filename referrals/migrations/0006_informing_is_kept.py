"""What departments told each other is a record: no row of it is deleted, and a finding stays as it was written."""

from django.db import migrations

KEPT = {
    "referrals_bulletinduty": "DELETE",
    "referrals_dutyreceiver": "DELETE",
    "referrals_copy": "UPDATE OR DELETE",
    "referrals_reading": "DELETE",
    "referrals_jointteam": "DELETE",
    "referrals_teammember": "DELETE",
    "referrals_teamfinding": "UPDATE OR DELETE",
}


class Migration(migrations.Migration):
    dependencies = [
        ("referrals", "0005_assists_kept"),
    ]

    operations = [
        migrations.RunSQL(
            f"CREATE TRIGGER referrals_kept BEFORE {events} ON {table} FOR EACH ROW EXECUTE FUNCTION referrals_kept();",
            f"DROP TRIGGER referrals_kept ON {table};",
        )
        for table, events in KEPT.items()
    ]
