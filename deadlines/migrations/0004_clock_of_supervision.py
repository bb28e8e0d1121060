"""The catalogue of clocks has grown: what is missing is added, what a county has edited stays."""

from django.db import migrations

from deadlines import seeds


def fill(apps, schema_editor):
    seeds.load_rules(lambda name: apps.get_model("deadlines", name))


class Migration(migrations.Migration):
    dependencies = [("deadlines", "0003_task_clock")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
