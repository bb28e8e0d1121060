"""Extracts take their number and their words with the minutes, and are printed by a job afterwards."""

import django.db.models.deletion
from django.db import migrations, models

FORWARD = """
CREATE FUNCTION meetings_extract_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (OLD.minutes_id, OLD.department_id, OLD.case_id, OLD.series_id, OLD.sequence, OLD.content)
       IS DISTINCT FROM (NEW.minutes_id, NEW.department_id, NEW.case_id, NEW.series_id, NEW.sequence, NEW.content) THEN
        RAISE EXCEPTION 'an extract is printed as it was numbered' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER meetings_extract_stays BEFORE UPDATE ON meetings_extract
    FOR EACH ROW EXECUTE FUNCTION meetings_extract_stays();
"""
BACKWARD = """
DROP TRIGGER meetings_extract_stays ON meetings_extract;
DROP FUNCTION meetings_extract_stays();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0003_source_comparison"),
        ("departments", "0006_named_only_on_paper"),
        ("documents", "0004_minutes_layout"),
        ("meetings", "0005_rule_of_notice"),
    ]

    operations = [
        migrations.AddField(
            model_name="extract",
            name="content",
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name="extract",
            name="sequence",
            field=models.PositiveIntegerField(null=True, verbose_name="number in the series"),
        ),
        migrations.AddField(
            model_name="extract",
            name="series",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="documents.series",
            ),
        ),
        migrations.AddConstraint(
            model_name="extract",
            constraint=models.UniqueConstraint(fields=("series", "sequence"), name="extract_number_once"),
        ),
        migrations.AddConstraint(
            model_name="extract",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("sequence__isnull", False), ("series__isnull", False)),
                    models.Q(("document__isnull", False), ("sequence", None), ("series", None)),
                    _connector="OR",
                ),
                name="extract_is_numbered",
            ),
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
