"""Letters are found by any part of number or subject line (ADR 0067)."""

from django.db import migrations

BY_PARTS = """
CREATE INDEX referral_by_parts ON referrals_referral USING gin (find_grams(number));
CREATE INDEX dispatch_by_parts ON referrals_dispatch USING gin (find_grams(subject));
"""


class Migration(migrations.Migration):
    dependencies = [("referrals", "0015_case_revoked"), ("departments", "0005_search")]

    operations = [
        migrations.RunSQL(BY_PARTS, "DROP INDEX dispatch_by_parts; DROP INDEX referral_by_parts;"),
    ]
