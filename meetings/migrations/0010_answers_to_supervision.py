"""A letter of supervision wants an answer by a day; what came on paper has its day and number."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("departments", "0006_named_only_on_paper"),
        ("documents", "0004_minutes_layout"),
        ("meetings", "0009_on_paper"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="resolution",
            name="answer_by",
            field=models.DateField(blank=True, null=True, verbose_name="answer to the supervision by"),
        ),
        migrations.AddField(
            model_name="resolutionstep",
            name="paper_number",
            field=models.CharField(blank=True, default="", max_length=60, verbose_name="number of the paper"),
        ),
        migrations.AddField(
            model_name="resolutionstep",
            name="paper_on",
            field=models.DateField(null=True, verbose_name="day of the paper"),
        ),
        migrations.AlterField(
            model_name="resolutionstep",
            name="kind",
            field=models.CharField(
                choices=[
                    ("progress", "progress"),
                    ("reported", "completion reported"),
                    ("returned", "sent back by the office"),
                    ("confirmed", "completion confirmed"),
                    ("reassigned", "given to another person"),
                    ("pressed", "supervised"),
                    ("replied", "supervision answered"),
                    ("withdrawn", "withdrawn by a resolution"),
                    ("moved", "given another last day by a meeting"),
                ],
                max_length=10,
                verbose_name="kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="resolution",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("answer_by", None), models.Q(("pressed__gt", 0), ("status", "open")), _connector="OR"
                ),
                name="resolution_answer_to_a_supervision",
            ),
        ),
        migrations.AddConstraint(
            model_name="resolutionstep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("paper_number", ""), ("paper_on", None)),
                    models.Q(("paper_on__isnull", False), models.Q(("file", ""), _negated=True)),
                    _connector="OR",
                ),
                name="resolution_step_paper_with_scan",
            ),
        ),
    ]
