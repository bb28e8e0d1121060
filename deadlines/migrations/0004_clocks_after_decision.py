"""The clocks that run after a penalty was decided; what a county has edited stays."""

from django.db import migrations

from deadlines import seeds


def fill(apps, schema_editor):
    seeds.load_rules(lambda name: apps.get_model("deadlines", name))


class Migration(migrations.Migration):
    dependencies = [("deadlines", "0003_watching")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
