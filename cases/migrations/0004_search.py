"""Cases are found by the initials of their names, and cases and subjects by any part of a text (ADR 0067)."""

from django.db import migrations, models

from core.pinyin import initials

BY_PARTS = """
CREATE INDEX case_by_parts ON cases_case USING gin (find_grams(number, title, pinyin));
CREATE INDEX subject_by_parts ON cases_subject USING gin (find_grams(name, uscc, pinyin));
"""
NOT_BY_PARTS = "DROP INDEX subject_by_parts; DROP INDEX case_by_parts;"
AT_ONCE = 2000


def name_cases(apps, schema_editor):
    """A statement for some thousands: a trigger of the access copy looks at each row that is written."""
    cases = apps.get_model("cases", "Case").objects
    some = []
    for case in cases.only("title").iterator(AT_ONCE):
        case.pinyin = initials(case.title, 120)
        some.append(case)
        if len(some) == AT_ONCE:
            cases.bulk_update(some, ["pinyin"])
            some = []
    cases.bulk_update(some, ["pinyin"])


class Migration(migrations.Migration):
    dependencies = [("cases", "0003_relations_and_changes"), ("departments", "0005_search")]

    operations = [
        migrations.AddField(
            "case", "pinyin", models.CharField(blank=True, db_default="", default="", editable=False, max_length=120)
        ),
        migrations.RunPython(name_cases, migrations.RunPython.noop),
        migrations.RunSQL(BY_PARTS, NOT_BY_PARTS),
    ]
