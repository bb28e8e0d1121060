"""时限监控: indexes for the list and for who owes whom, and reminders counted by the clock."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def limit_rights(apps, schema_editor):
    """Who was reminded stays on the record."""
    quoted = schema_editor.quote_name
    app = quoted(settings.DATABASE_ROLES["app"])
    schema_editor.execute(f"REVOKE UPDATE, DELETE, TRUNCATE ON deadlines_reminder FROM {app}")


class Migration(migrations.Migration):

    dependencies = [
        ("deadlines", "0002_dictionaries_and_rights"),
        ("departments", "0004_categories_of_fraud"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Reminder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(verbose_name='times')),
                ('on', models.DateField()),
                ('at', models.DateTimeField()),
            ],
            options={
                'verbose_name': 'reminder',
                'ordering': ('id',),
            },
        ),
        migrations.AddIndex(
            model_name='deadline',
            index=models.Index(condition=models.Q(('status__in', ['running', 'paused'])), fields=['region_id', 'due_at', 'id'], name='deadline_open_by_region'),
        ),
        migrations.AddIndex(
            model_name='deadline',
            index=models.Index(condition=models.Q(('status', 'met')), fields=['region_id', 'ended_at'], name='deadline_met_by_region'),
        ),
        migrations.AddField(
            model_name='reminder',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='reminder',
            name='deadline',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reminders', to='deadlines.deadline'),
        ),
        migrations.AddConstraint(
            model_name='reminder',
            constraint=models.UniqueConstraint(fields=('deadline', 'on'), name='reminder_once_a_working_day'),
        ),
        migrations.AddConstraint(
            model_name='reminder',
            constraint=models.UniqueConstraint(fields=('deadline', 'number'), name='reminder_counted'),
        ),
        migrations.RunPython(limit_rights, migrations.RunPython.noop),
    ]
