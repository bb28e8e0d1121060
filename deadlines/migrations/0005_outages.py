"""When the house itself was not usable: noted, taken back once with a reason, never edited or lost."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

KEPT = """
CREATE FUNCTION deadlines_outage_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.taken_back_at IS NOT NULL OR (OLD.region_id, OLD.begins_at, OLD.ends_at, OLD.what, OLD.noted_by_id, OLD.noted_at)
        IS DISTINCT FROM (NEW.region_id, NEW.begins_at, NEW.ends_at, NEW.what, NEW.noted_by_id, NEW.noted_at) THEN
        RAISE EXCEPTION 'an outage is only ever taken back, once' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER outage_only_taken_back BEFORE UPDATE ON deadlines_outage
    FOR EACH ROW EXECUTE FUNCTION deadlines_outage_stays();
"""
NOT_KEPT = """
DROP TRIGGER outage_only_taken_back ON deadlines_outage;
DROP FUNCTION deadlines_outage_stays();
"""


def limit_rights(apps, schema_editor):
    """The application writes of a row that stands only that it was taken back."""
    app = schema_editor.quote_name(settings.DATABASE_ROLES["app"])
    schema_editor.execute(f"REVOKE UPDATE, DELETE, TRUNCATE ON deadlines_outage FROM {app}")
    columns = "taken_back_by_id, taken_back_at, taken_back_reason"
    schema_editor.execute(f"GRANT UPDATE ({columns}) ON deadlines_outage TO {app}")


class Migration(migrations.Migration):

    dependencies = [
        ('deadlines', '0004_clocks_after_decision'),
        ('departments', '0005_search'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Outage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('begins_at', models.DateTimeField(verbose_name='Not usable from')),
                ('ends_at', models.DateTimeField(verbose_name='Usable again from')),
                ('what', models.CharField(max_length=200, verbose_name='What happened')),
                ('noted_at', models.DateTimeField()),
                ('taken_back_at', models.DateTimeField(null=True)),
                ('taken_back_reason', models.CharField(blank=True, default='', max_length=200)),
                ('noted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('region', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='departments.region', verbose_name='Where')),
                ('taken_back_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'outage',
                'ordering': ('-begins_at', '-id'),
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('begins_at'))), name='outage_ends_after_it_begins'), models.CheckConstraint(condition=models.Q(models.Q(('taken_back_at', None), ('taken_back_by', None), ('taken_back_reason', '')), models.Q(('taken_back_at__isnull', False), ('taken_back_by__isnull', False), models.Q(('taken_back_reason', ''), _negated=True)), _connector='OR'), name='outage_taken_back_by_at'), django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('taken_back_at', None)), expressions=[(models.Func('region', 'region', models.Value('[]'), function='int8range'), '&&'), (models.Func('begins_at', 'ends_at', function='tstzrange', output_field=django.contrib.postgres.fields.ranges.DateTimeRangeField()), '&&')], name='outage_never_twice')],
            },
        ),
        migrations.RunSQL(KEPT, NOT_KEPT),
        migrations.RunPython(limit_rights, migrations.RunPython.noop),
    ]
