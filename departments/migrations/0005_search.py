"""People are found by the initials of their names; rooms above find a part of a Chinese text by its neighbours."""

from django.db import migrations, models

from core.pinyin import initials

# every character and every pair of neighbours of the texts, A-Z in small letters: what a GIN index is made of (ADR 0067)
GRAMS = """
CREATE FUNCTION find_grams(VARIADIC texts text[]) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 1000 AS $$
    SELECT coalesce(array_agg(DISTINCT substr(t.said, i, s.n)), '{}')
    FROM (SELECT lower(each COLLATE "C") AS said FROM unnest(texts) AS each) AS t,
        generate_series(1, length(t.said)) AS i, (VALUES (1), (2)) AS s(n)
    WHERE i + s.n - 1 <= length(t.said)
$$;
"""


def name_people(apps, schema_editor):
    people = apps.get_model("departments", "User").objects
    for person in people.only("name").iterator(2000):
        people.filter(pk=person.pk).update(pinyin=initials(person.name, 30))


class Migration(migrations.Migration):
    dependencies = [("departments", "0004_categories_of_fraud")]

    operations = [
        migrations.RunSQL(GRAMS, "DROP FUNCTION find_grams(text[]);"),
        migrations.AddField(
            "user", "pinyin", models.CharField(blank=True, db_default="", default="", editable=False, max_length=30)
        ),
        migrations.RunPython(name_people, migrations.RunPython.noop),
    ]
