"""An ad-hoc meeting may be given up with its reason too."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("departments", "0006_named_only_on_paper"),
        ("documents", "0004_minutes_layout"),
        ("meetings", "0011_opinions_of_a_day"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="meeting",
            name="meeting_skipped_with_reason",
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("skipped_at__isnull", False),
                        ("status", "skipped"),
                        models.Q(("skip_reason", ""), _negated=True),
                    ),
                    models.Q(
                        models.Q(("status", "skipped"), _negated=True),
                        ("skip_reason", ""),
                        ("skipped_at", None),
                    ),
                    _connector="OR",
                ),
                name="meeting_skipped_with_reason",
            ),
        ),
    ]
