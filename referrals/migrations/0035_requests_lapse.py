"""A request for a longer limit or for a withdrawal lapses when the letter moves on: nobody can agree to it any more."""

from django.db import migrations, models

ASKED = [("asked", "asked"), ("agreed", "agreed"), ("refused", "not agreed"), ("lapsed", "no longer needed")]


def lapse(apps, schema_editor):
    """Those that stand on letters and tasks that have moved on."""
    asked = {"status": "asked"}
    extensions = apps.get_model("referrals", "Extension").objects.filter(**asked)
    extensions.exclude(referral__status="accepted").update(status="lapsed")
    withdrawals = apps.get_model("referrals", "Withdrawal").objects.filter(**asked)
    withdrawals.exclude(referral__status__in=("received", "accepted")).update(status="lapsed")
    later = apps.get_model("referrals", "TaskExtension").objects.filter(**asked)
    later.exclude(task__status="accepted").update(status="lapsed")


class Migration(migrations.Migration):
    dependencies = [
        ("referrals", "0034_comparison_paper_number"),
    ]

    operations = [
        migrations.AlterField(
            model_name="extension",
            name="status",
            field=models.CharField(choices=ASKED, default="asked", max_length=8),
        ),
        migrations.AlterField(
            model_name="taskextension",
            name="status",
            field=models.CharField(choices=ASKED, default="asked", max_length=8),
        ),
        migrations.AlterField(
            model_name="withdrawal",
            name="status",
            field=models.CharField(choices=ASKED, default="asked", max_length=8),
        ),
        migrations.RunPython(lapse, migrations.RunPython.noop),
    ]
