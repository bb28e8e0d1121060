"""Which categories are suspected fraud: a lead of them is to be told to the cooperating departments."""

from django.db import migrations

from departments.seeds import FRAUD


def mark(apps, schema_editor):
    apps.get_model("departments", "Category").objects.filter(code__in=FRAUD).update(fraud=True)


class Migration(migrations.Migration):
    dependencies = [
        ("departments", "0003_dictionaries"),
    ]

    operations = [
        migrations.RunPython(mark, migrations.RunPython.noop),
    ]
