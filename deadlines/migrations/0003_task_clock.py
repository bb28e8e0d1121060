"""The clock of tasks from above, where the catalogue was filled before it was known."""

from django.db import migrations

from deadlines import seeds


def fill(apps, schema_editor):
    seeds.load_rules(lambda name: apps.get_model("deadlines", name))


class Migration(migrations.Migration):
    dependencies = [("deadlines", "0002_dictionaries_and_rights")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
