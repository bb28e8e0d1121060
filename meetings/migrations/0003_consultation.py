"""Consulting the departments on a proposal: three kinds of opinion, every text kept, and the clocks of it."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

FORWARD = """
CREATE TRIGGER meetings_kept BEFORE UPDATE OR DELETE ON meetings_proposaltext
    FOR EACH ROW EXECUTE FUNCTION meetings_kept();
"""
BACKWARD = "DROP TRIGGER meetings_kept ON meetings_proposaltext;"


def limit_rights(apps, schema_editor):
    """Texts are only ever added to by the application."""
    app = schema_editor.quote_name(settings.DATABASE_ROLES["app"])
    schema_editor.execute(f"REVOKE UPDATE, DELETE, TRUNCATE ON meetings_proposaltext FROM {app}")


def fill(apps, schema_editor):
    from meetings import seeds

    seeds.load(apps.get_model)


class Migration(migrations.Migration):
    dependencies = [
        ("departments", "0005_bodies"),
        ("meetings", "0002_kept"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ProposalText",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="version")),
                ("title", models.CharField(max_length=120, verbose_name="title")),
                ("analysis", models.TextField(verbose_name="analysis of the risk")),
                ("measures", models.TextField(verbose_name="proposed measures")),
                ("at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "text of a proposal",
                "ordering": ("id",),
            },
        ),
        migrations.RemoveConstraint(
            model_name="opinion",
            name="opinion_objects_with_words",
        ),
        migrations.AlterField(
            model_name="opinion",
            name="kind",
            field=models.CharField(
                choices=[("agreed", "agrees"), ("remarks", "agrees, with remarks"), ("objected", "objects")],
                max_length=10,
                verbose_name="kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="opinion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "agreed"), ("words", "")),
                    models.Q(("kind__in", ["remarks", "objected"]), models.Q(("words", ""), _negated=True)),
                    _connector="OR",
                ),
                name="opinion_more_than_agreed_has_words",
            ),
        ),
        migrations.AddField(
            model_name="proposaltext",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="proposaltext",
            name="proposal",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="texts", to="meetings.proposal"
            ),
        ),
        migrations.AddConstraint(
            model_name="proposaltext",
            constraint=models.UniqueConstraint(
                fields=("proposal", "number"), name="proposal_text_number_once"
            ),
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
        migrations.RunPython(limit_rights, migrations.RunPython.noop),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
