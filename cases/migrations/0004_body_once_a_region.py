"""A body is entered once in each region: another county's entry is not to be seen, and so must not be in the way."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0003_source_comparison")]

    operations = [
        migrations.RemoveConstraint(model_name="subject", name="subject_uscc_once"),
        migrations.AddConstraint(
            model_name="subject",
            constraint=models.UniqueConstraint(fields=["region", "uscc"], name="subject_uscc_once"),
        ),
    ]
