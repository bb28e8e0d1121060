"""Extracts of issued minutes: one a department and one a case, numbered, never changed afterwards."""

from django.db import migrations

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
        ("meetings", "0003_consultation"),
        ("cases", "0002_access_copy_and_records"),
        ("departments", "0004_categories_of_fraud"),
        ("documents", "0002_frozen"),
    ]

    operations = [
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
