"""督办 of a data comparison: a letter of the office that is never deleted."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('departments', '0006_named_only_on_paper'),
        ('documents', '0004_minutes_layout'),
        ('referrals', '0029_team_papers'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ListSupervision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(editable=False, verbose_name='created')),
                ('updated_at', models.DateTimeField(editable=False, verbose_name='updated')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('number', models.PositiveSmallIntegerField(verbose_name='times')),
                ('status', models.CharField(choices=[('draft', 'draft'), ('discarded', 'discarded'), ('issued', 'waiting for a reply'), ('replied', 'replied'), ('lapsed', 'no longer needed')], default='draft', max_length=9)),
                ('demand', models.TextField(max_length=1000, verbose_name='what is demanded')),
                ('reply_on', models.DateField(verbose_name='reply by')),
                ('duty', models.CharField(max_length=60, verbose_name='what is overdue')),
                ('due_on', models.DateField(verbose_name='original limit')),
                ('days_late', models.PositiveSmallIntegerField(verbose_name='working days late')),
                ('drafted_at', models.DateTimeField()),
                ('issued_at', models.DateTimeField(null=True)),
                ('reply', models.TextField(blank=True, max_length=2000, verbose_name='reply')),
                ('replied_at', models.DateTimeField(null=True)),
                ('end_reason', models.CharField(blank=True, max_length=300, verbose_name='reason')),
                ('comparison', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='supervisions', to='referrals.comparison')),
                ('document', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.issueddocument')),
                ('drafted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('issued_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='departments.department')),
                ('replied_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'supervision of a data comparison',
                'ordering': ('id',),
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('issued_at', None), ('issued_by', None)), models.Q(('issued_at__isnull', False), ('issued_by__isnull', False)), _connector='OR'), name='list_supervision_issued_paired'), models.CheckConstraint(condition=models.Q(models.Q(('replied_at', None), ('replied_by', None)), models.Q(('replied_at__isnull', False), ('replied_by__isnull', False)), _connector='OR'), name='list_supervision_replied_paired'), models.UniqueConstraint(condition=models.Q(('status__in', ['draft', 'issued'])), fields=('comparison',), name='list_supervision_one_open'), models.UniqueConstraint(fields=('comparison', 'number'), name='list_supervision_counted'), models.CheckConstraint(condition=models.Q(('issued_by', None), models.Q(('issued_by', models.F('drafted_by')), _negated=True), _connector='OR'), name='list_supervision_four_eyes'), models.CheckConstraint(condition=models.Q(models.Q(('end_reason', ''), ('issued_at', None), ('replied_at', None), ('reply', ''), ('status', 'draft')), models.Q(('issued_at', None), ('replied_at', None), ('reply', ''), ('status', 'discarded'), models.Q(('end_reason', ''), _negated=True)), models.Q(('end_reason', ''), ('issued_at__isnull', False), ('replied_at', None), ('reply', ''), ('status', 'issued')), models.Q(('end_reason', ''), ('issued_at__isnull', False), ('replied_at__isnull', False), ('status', 'replied'), models.Q(('reply', ''), _negated=True)), models.Q(('replied_at', None), ('reply', ''), ('status', 'lapsed'), models.Q(('end_reason', ''), _negated=True)), _connector='OR'), name='list_supervision_stamps_fit_status')],
            },
        ),
        migrations.RunSQL(
            "CREATE TRIGGER referrals_kept BEFORE DELETE ON referrals_listsupervision "
            "FOR EACH ROW EXECUTE FUNCTION referrals_kept();",
            "DROP TRIGGER referrals_kept ON referrals_listsupervision;",
        ),
    ]
