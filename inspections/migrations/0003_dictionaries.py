"""The two clocks of inspections, and the checklists that ship."""

from django.db import migrations


def fill(apps, schema_editor):
    from inspections import seeds

    seeds.load(apps.get_model)


class Migration(migrations.Migration):
    dependencies = [
        ("inspections", "0002_kept"), ("deadlines", "0005_no_clock_of_acceptance"), ("departments", "0003_dictionaries"),
    ]  # fmt: skip
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
