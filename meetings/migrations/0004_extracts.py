"""Extracts of issued minutes: one a department and one a case, numbered, never changed afterwards."""

import django.db.models.deletion
from django.db import migrations, models

FORWARD = """
CREATE TRIGGER meetings_kept BEFORE DELETE ON meetings_extract FOR EACH ROW EXECUTE FUNCTION meetings_kept();
CREATE TRIGGER meetings_stays BEFORE UPDATE ON meetings_extract
    FOR EACH ROW WHEN (OLD.document_id IS NOT NULL) EXECUTE FUNCTION meetings_kept();
"""
BACKWARD = """
DROP TRIGGER meetings_stays ON meetings_extract;
DROP TRIGGER meetings_kept ON meetings_extract;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0003_source_comparison"),
        ("departments", "0005_bodies"),
        ("documents", "0004_minutes_layout"),
        ("meetings", "0003_consultation"),
    ]

    operations = [
        migrations.CreateModel(
            name="Extract",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.case",
                    ),
                ),
                (
                    "department",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="departments.department",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documents.issueddocument",
                    ),
                ),
                (
                    "minutes",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="extracts",
                        to="meetings.minutes",
                    ),
                ),
            ],
            options={
                "verbose_name": "extract of minutes",
                "ordering": ("id",),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("minutes", "department"), name="extract_once_a_department"
                    ),
                    models.UniqueConstraint(fields=("minutes", "case"), name="extract_once_a_case"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("case__isnull", False), ("department", None)),
                            models.Q(("case", None), ("department__isnull", False)),
                            _connector="OR",
                        ),
                        name="extract_of_a_department_or_a_case",
                    ),
                ],
            },
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
