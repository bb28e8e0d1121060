import datetime as dt
import uuid

from django.db import migrations, models

LONG_AGO = dt.datetime(2023, 12, 31, 16, tzinfo=dt.UTC)


class Migration(migrations.Migration):
    dependencies = [("deadlines", "0002_initial")]

    operations = [
        migrations.CreateModel(
            name="SweepMark",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("last_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("id", 1)), name="sweep_mark_one_row")
                ]
            },
        ),
        migrations.AddField(
            model_name="calendaryear",
            name="created_at",
            field=models.DateTimeField(default=LONG_AGO, editable=False, verbose_name="created"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="calendaryear",
            name="updated_at",
            field=models.DateTimeField(default=LONG_AGO, editable=False, verbose_name="updated"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="calendaryear",
            name="version",
            field=models.PositiveIntegerField(default=1, editable=False),
        ),
        migrations.AddField(
            model_name="calendaryear",
            name="edition",
            field=models.UUIDField(default=uuid.uuid4, editable=False),
        ),
        migrations.AddField(
            model_name="calendaryear",
            name="settled",
            field=models.BooleanField(default=True, editable=False),
        ),
        migrations.AddField(
            model_name="clockrule",
            name="asks_reason",
            field=models.BooleanField(default=False, verbose_name="asks why it was done late"),
        ),
        migrations.AddField(
            model_name="firing",
            name="told",
            field=models.BooleanField(default=False),
        ),
        migrations.AddIndex(
            model_name="firing",
            index=models.Index(condition=models.Q(("told", False)), fields=["id"], name="firing_untold"),
        ),
    ]
