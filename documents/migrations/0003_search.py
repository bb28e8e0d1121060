"""Papers are found by any part of number or title (ADR 0067)."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("documents", "0002_frozen"), ("departments", "0005_search")]

    operations = [
        migrations.RunSQL(
            "CREATE INDEX document_by_parts ON documents_issueddocument USING gin (find_grams(number, title));",
            "DROP INDEX document_by_parts;",
        )
    ]
