"""What subjects belong to and what became of them; names are found by a part of them or nearly (pg_trgm)."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

RELATIONS = [
    ("parent", "parent institution"),
    ("legal", "legal representative"),
    ("responsible", "person in charge"),
]
CHANGES = [
    ("renamed", "renamed"),
    ("merged", "merged into another"),
    ("succeeded", "part taken over by another"),
    ("deregistered", "deregistered"),
    ("died", "died"),
]

# Bodies are looked up by a part of the name, by its beginning, or by the initials of one that sounds the same; persons by
# number only. pg_trgm is a trusted extension: the owner of the database may make it.
BODIES = "kind IN ('institution', 'pharmacy', 'supplier')"
NAMES = f"""
CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA public;
CREATE INDEX subject_name_parts ON cases_subject USING gin (name gin_trgm_ops) WHERE {BODIES};
CREATE INDEX subject_by_name ON cases_subject (region_id, name text_pattern_ops) WHERE {BODIES};
CREATE INDEX subject_by_initials ON cases_subject (region_id, pinyin) WHERE {BODIES};
"""
NO_NAMES = """
DROP INDEX subject_by_initials;
DROP INDEX subject_by_name;
DROP INDEX subject_name_parts;
"""

# what was said of a subject is ended or taken back once, and never lost
KEPT = """
CREATE FUNCTION cases_history_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a row of % is kept', TG_TABLE_NAME USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER relation_stays BEFORE DELETE ON cases_subjectrelation FOR EACH ROW EXECUTE FUNCTION cases_history_stays();
CREATE TRIGGER change_stays BEFORE DELETE ON cases_subjectchange FOR EACH ROW EXECUTE FUNCTION cases_history_stays();
CREATE FUNCTION cases_change_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.voided_at IS NOT NULL OR (OLD.subject_id, OLD.kind, OLD.happened_on, OLD.former_name, OLD.successor_id, OLD.basis,
        OLD.by_id, OLD.at) IS DISTINCT FROM (NEW.subject_id, NEW.kind, NEW.happened_on, NEW.former_name, NEW.successor_id,
        NEW.basis, NEW.by_id, NEW.at) THEN
        RAISE EXCEPTION 'a change is only ever taken back, once' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER change_only_taken_back BEFORE UPDATE ON cases_subjectchange
    FOR EACH ROW EXECUTE FUNCTION cases_change_stays();
"""
NOT_KEPT = """
DROP TRIGGER change_only_taken_back ON cases_subjectchange;
DROP FUNCTION cases_change_stays();
DROP TRIGGER change_stays ON cases_subjectchange;
DROP TRIGGER relation_stays ON cases_subjectrelation;
DROP FUNCTION cases_history_stays();
"""


def actor(**more):
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL, **more
    )


def subject(name, **more):
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT, related_name=name, to="cases.subject", **more
    )


KEY = ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"))


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0002_access_copy_and_records"),
        ("departments", "0004_categories_of_fraud"),
    ]

    operations = [
        migrations.RunSQL(NAMES, NO_NAMES),
        migrations.RunSQL(KEPT, NOT_KEPT),
    ]
