"""The dictionaries a new installation starts with (departments.seeds)."""

from django.db import migrations

from departments import seeds


def load(apps, schema_editor):
    model = apps.get_model
    seeds.load_categories(model("departments", "Category"), model("departments", "Competence"))
    seeds.load_routes(model("departments", "Route"))


class Migration(migrations.Migration):
    dependencies = [
        ("departments", "0002_posts_apart"),
    ]

    operations = [
        migrations.RunPython(load, migrations.RunPython.noop),
    ]
