"""A written opinion has its day."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("departments", "0006_named_only_on_paper"),
        ("meetings", "0010_answers_to_supervision"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="opinion",
            name="paper_on",
            field=models.DateField(null=True, verbose_name="day of the paper"),
        ),
        migrations.AddConstraint(
            model_name="opinion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("paper_on", None), models.Q(("file", ""), _negated=True), _connector="OR"
                ),
                name="opinion_paper_with_scan",
            ),
        ),
    ]
