"""Members without an account, minutes sent back by their signer, the letter of a consultation."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# what came on paper is only ever added to
FORWARD = """
CREATE TRIGGER meetings_kept BEFORE UPDATE OR DELETE ON meetings_paperproof
    FOR EACH ROW EXECUTE FUNCTION meetings_kept();
"""
BACKWARD = "DROP TRIGGER meetings_kept ON meetings_paperproof;"


def limit_rights(apps, schema_editor):
    app = schema_editor.quote_name(settings.DATABASE_ROLES["app"])
    schema_editor.execute(f"REVOKE UPDATE, DELETE, TRUNCATE ON meetings_paperproof FROM {app}")


class Migration(migrations.Migration):
    dependencies = [
        ("departments", "0006_named_only_on_paper"),
        ("documents", "0004_minutes_layout"),
        ("meetings", "0008_sent_back_and_withdrawn"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PaperProof",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("notice", "notice served"),
                            ("topics", "topics named"),
                            ("answer", "answer to the invitation"),
                            ("minutes", "word on the minutes"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("on", models.DateField(verbose_name="day of the paper")),
                ("name", models.CharField(max_length=150, verbose_name="scan")),
                ("file", models.CharField(max_length=120)),
                ("media_type", models.CharField(max_length=100)),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                ("at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "paper of a department without an account",
                "ordering": ("id",),
            },
        ),
        migrations.AddField(
            model_name="meeting",
            name="topics_letter",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="documents.issueddocument",
            ),
        ),
        migrations.AddField(
            model_name="minutes",
            name="return_reason",
            field=models.CharField(
                blank=True, default="", max_length=300, verbose_name="why they were sent back"
            ),
        ),
        migrations.AddField(
            model_name="minutes",
            name="returned_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="minutes",
            name="returned_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="proposal",
            name="letter",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="documents.issueddocument",
            ),
        ),
        migrations.AddField(
            model_name="resolution",
            name="person_name",
            field=models.CharField(blank=True, default="", max_length=40, verbose_name="who does it"),
        ),
        migrations.AlterField(
            model_name="resolution",
            name="person",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="resolutions",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="minutes",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("returned_at", None), ("returned_by", None)),
                    models.Q(("returned_at__isnull", False), ("returned_by__isnull", False)),
                    _connector="OR",
                ),
                name="minutes_returned_paired",
            ),
        ),
        migrations.AddConstraint(
            model_name="minutes",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("return_reason", ""), ("returned_at", None)),
                    models.Q(("returned_at__isnull", False), models.Q(("return_reason", ""), _negated=True)),
                    _connector="OR",
                ),
                name="minutes_returned_with_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="resolution",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("person__isnull", False), ("person_name", "")),
                    models.Q(("person", None), models.Q(("person_name", ""), _negated=True)),
                    _connector="OR",
                ),
                name="resolution_names_a_person",
            ),
        ),
        migrations.AddField(
            model_name="paperproof",
            name="attendance",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="proofs", to="meetings.attendance"
            ),
        ),
        migrations.AddField(
            model_name="paperproof",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="paperproof",
            name="signature",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="proof",
                to="meetings.signature",
            ),
        ),
        migrations.AddConstraint(
            model_name="paperproof",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "minutes"), ("signature__isnull", False)),
                    models.Q(models.Q(("kind", "minutes"), _negated=True), ("signature", None)),
                    _connector="OR",
                ),
                name="paper_proof_of_a_signature",
            ),
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
        migrations.RunPython(limit_rights, migrations.RunPython.noop),
    ]
