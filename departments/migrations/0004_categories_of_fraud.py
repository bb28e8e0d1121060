"""Which categories are suspected fraud: a lead of them is to be told to the cooperating departments."""

from django.db import migrations, models

from departments.seeds import FRAUD


def mark(apps, schema_editor):
    apps.get_model("departments", "Category").objects.filter(code__in=FRAUD).update(fraud=True)


class Migration(migrations.Migration):
    dependencies = [("departments", "0003_dictionaries")]

    operations = [
        migrations.AddField(
            model_name="category",
            name="fraud",
            field=models.BooleanField(
                default=False,
                help_text="A lead of this category about a designated institution is to be told to the departments (C10).",
                verbose_name="suspected fraud",
            ),
        ),
        migrations.RunPython(mark, migrations.RunPython.noop),
    ]
