"""The clocks that run after a penalty was decided; what a county has edited stays."""

from django.db import migrations

from deadlines import seeds


def fill(apps, schema_editor):
    seeds.load_rules(lambda name: apps.get_model("deadlines", name))


class Migration(migrations.Migration):
    dependencies = [("deadlines", "0005_no_clock_of_acceptance")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
