"""Letters that only named persons see go to bodies on paper; a body marked otherwise is served on paper from now on."""

from django.db import migrations, models


def on_paper(apps, schema_editor):
    apps.get_model("departments", "Department").objects.filter(named_only=True, has_account=True).update(
        has_account=False
    )


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("departments", "0005_bodies"),
    ]

    operations = [
        migrations.RunPython(on_paper, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="department",
            constraint=models.CheckConstraint(
                condition=models.Q(("named_only", False), ("has_account", False), _connector="OR"),
                name="department_named_only_on_paper",
            ),
        ),
    ]
