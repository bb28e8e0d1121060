"""A county may choose by which month of a quarter it meets, and how long before it is told."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("departments", "0005_bodies"),
        ("meetings", "0004_extracts"),
    ]

    operations = [
        migrations.AddField(
            model_name="meetingrule",
            name="month",
            field=models.PositiveSmallIntegerField(
                default=3, verbose_name="held by the end of the quarter's month"
            ),
        ),
        migrations.AddField(
            model_name="meetingrule",
            name="notice_days",
            field=models.PositiveSmallIntegerField(default=0, verbose_name="working days of notice"),
        ),
        migrations.AddConstraint(
            model_name="meetingrule",
            constraint=models.CheckConstraint(
                condition=models.Q(("month__gte", 1), ("month__lte", 3)), name="meeting_rule_month_of_quarter"
            ),
        ),
    ]
