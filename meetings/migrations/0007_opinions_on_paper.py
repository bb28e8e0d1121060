"""A reply to a consultation that came on paper: the scan the office entered it with."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("departments", "0006_named_only_on_paper"),
        ("meetings", "0006_extracts_printed_later"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="opinion",
            name="file",
            field=models.CharField(blank=True, default="", max_length=120),
        ),
        migrations.AddField(
            model_name="opinion",
            name="media_type",
            field=models.CharField(blank=True, default="", max_length=100),
        ),
        migrations.AddField(
            model_name="opinion",
            name="name",
            field=models.CharField(blank=True, default="", max_length=150, verbose_name="scan of the reply"),
        ),
        migrations.AddField(
            model_name="opinion",
            name="sha256",
            field=models.CharField(blank=True, default="", max_length=64, verbose_name="SHA-256"),
        ),
        migrations.AddConstraint(
            model_name="opinion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("file", ""), ("media_type", ""), ("name", ""), ("sha256", "")),
                    models.Q(
                        models.Q(("name", ""), _negated=True),
                        models.Q(("file", ""), _negated=True),
                        models.Q(("sha256", ""), _negated=True),
                        models.Q(("media_type", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="opinion_scan_whole",
            ),
        ),
    ]
