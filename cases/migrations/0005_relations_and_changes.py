"""What subjects belong to and what became of them; names are found by a part of them or nearly (pg_trgm)."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q

RELATIONS = [("parent", "parent institution"), ("legal", "legal representative"), ("responsible", "person in charge")]
CHANGES = [
    ("renamed", "renamed"), ("merged", "merged into another"), ("succeeded", "part taken over by another"),
    ("deregistered", "deregistered"), ("died", "died"),
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
        ("cases", "0004_body_once_a_region"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SubjectRelation",
            fields=[
                KEY,
                ("created_at", models.DateTimeField(editable=False, verbose_name="created")),
                ("updated_at", models.DateTimeField(editable=False, verbose_name="updated")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("kind", models.CharField(choices=RELATIONS, max_length=12, verbose_name="kind")),
                ("from_on", models.DateField(verbose_name="from")),
                ("until_on", models.DateField(blank=True, null=True, verbose_name="last day")),
                ("basis", models.CharField(max_length=200, verbose_name="basis")),
                ("added_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("added_by", actor()),
                ("ended_by", actor(null=True)),
                ("other", subject("related")),
                ("subject", subject("relations")),
            ],
            options={"verbose_name": "relation of a subject", "ordering": ("kind", "-from_on", "id")},
        ),
        migrations.CreateModel(
            name="SubjectChange",
            fields=[
                KEY,
                ("kind", models.CharField(choices=CHANGES, max_length=14, verbose_name="kind")),
                ("happened_on", models.DateField(verbose_name="happened on")),
                ("former_name", models.CharField(blank=True, default="", max_length=100, verbose_name="former name")),
                ("basis", models.CharField(max_length=200, verbose_name="basis")),
                ("at", models.DateTimeField()),
                ("voided_at", models.DateTimeField(null=True)),
                ("void_reason", models.CharField(blank=True, default="", max_length=300, verbose_name="why it was taken back")),
                ("by", actor()),
                ("subject", subject("changes")),
                ("successor", subject("predecessors", blank=True, null=True)),
                ("voided_by", actor(null=True)),
            ],
            options={"verbose_name": "change of a subject", "ordering": ("-happened_on", "-id")},
        ),
        migrations.AddIndex(
            model_name="subjectchange",
            index=models.Index(condition=~Q(former_name=""), fields=["former_name"], name="change_by_former_name"),
        ),
        *(
            migrations.AddConstraint(model_name="subjectrelation", constraint=constraint)
            for constraint in (
                models.CheckConstraint(condition=~Q(subject=F("other")), name="relation_not_to_itself"),
                models.CheckConstraint(
                    condition=Q(until_on=None) | Q(until_on__gte=F("from_on")), name="relation_days_in_order"
                ),
                models.CheckConstraint(
                    condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False, ended_by__isnull=False),
                    name="relation_ended_paired",
                ),
                models.UniqueConstraint(
                    fields=["subject", "kind", "other"], condition=Q(until_on=None), name="relation_once_while_it_lasts"
                ),
                models.UniqueConstraint(
                    fields=["subject", "kind"], condition=Q(until_on=None, kind__in=["parent", "legal"]),
                    name="relation_one_parent_and_representative",
                ),
            )
        ),
        *(
            migrations.AddConstraint(model_name="subjectchange", constraint=constraint)
            for constraint in (
                models.CheckConstraint(
                    condition=Q(kind="renamed", successor=None) & ~Q(former_name="")
                    | Q(kind__in=["merged", "succeeded"], successor__isnull=False, former_name="")
                    | Q(kind__in=["deregistered", "died"], successor=None, former_name=""),
                    name="change_says_what_became_of_it",
                ),
                models.CheckConstraint(
                    condition=Q(successor=None) | ~Q(subject=F("successor")), name="change_not_into_itself"
                ),
                models.CheckConstraint(
                    condition=Q(voided_at=None, voided_by=None, void_reason="")
                    | Q(voided_at__isnull=False, voided_by__isnull=False) & ~Q(void_reason=""),
                    name="change_voided_paired",
                ),
                models.UniqueConstraint(
                    fields=["subject"], condition=Q(voided_at=None, kind__in=["merged", "deregistered", "died"]),
                    name="change_ends_once",
                ),
            )
        ),
        migrations.RunSQL(NAMES, NO_NAMES),
        migrations.RunSQL(KEPT, NOT_KEPT),
    ]
