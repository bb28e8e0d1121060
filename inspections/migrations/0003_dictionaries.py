"""The two clocks of inspections, and the checklists that ship."""

from django.db import migrations


def fill(apps, schema_editor):
    from inspections import seeds

    seeds.load(apps.get_model)


class Migration(migrations.Migration):
    dependencies = [
        ("inspections", "0002_kept"),
        ("deadlines", "0002_dictionaries_and_rights"),
        ("departments", "0003_dictionaries"),
    ]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
