"""督办函 on a data comparison: reviewed where the signing rule asks for it, its service proved."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('departments', '0006_named_only_on_paper'),
        ('documents', '0004_minutes_layout'),
        ('referrals', '0031_replied_on_paper'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='listsupervision',
            name='list_supervision_one_open',
        ),
        migrations.RemoveConstraint(
            model_name='listsupervision',
            name='list_supervision_four_eyes',
        ),
        migrations.RemoveConstraint(
            model_name='listsupervision',
            name='list_supervision_stamps_fit_status',
        ),
        migrations.AddField(
            model_name='listsupervision',
            name='delivered_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='listsupervision',
            name='delivered_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='listsupervision',
            name='delivered_on',
            field=models.DateField(null=True, verbose_name='delivered on'),
        ),
        migrations.AddField(
            model_name='listsupervision',
            name='delivery_method',
            field=models.CharField(blank=True, max_length=40, verbose_name='how'),
        ),
        migrations.AddField(
            model_name='listsupervision',
            name='proof_file',
            field=models.FileField(blank=True, max_length=200, upload_to=''),
        ),
        migrations.AddField(
            model_name='listsupervision',
            name='proof_name',
            field=models.CharField(blank=True, max_length=150),
        ),
        migrations.AddField(
            model_name='listsupervision',
            name='proof_sha256',
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AddField(
            model_name='listsupervision',
            name='received_by_name',
            field=models.CharField(blank=True, max_length=40, verbose_name='taken by'),
        ),
        migrations.AddField(
            model_name='listsupervision',
            name='reviewed_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='listsupervision',
            name='reviewed_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='listsupervision',
            name='status',
            field=models.CharField(choices=[('draft', 'draft'), ('reviewed', 'waiting for signature'), ('discarded', 'discarded'), ('issued', 'waiting for a reply'), ('replied', 'replied'), ('lapsed', 'no longer needed')], default='draft', max_length=9),
        ),
        migrations.AddConstraint(
            model_name='listsupervision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('reviewed_at', None), ('reviewed_by', None)), models.Q(('reviewed_at__isnull', False), ('reviewed_by__isnull', False)), _connector='OR'), name='list_supervision_reviewed_paired'),
        ),
        migrations.AddConstraint(
            model_name='listsupervision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('delivered_at', None), ('delivered_by', None)), models.Q(('delivered_at__isnull', False), ('delivered_by__isnull', False)), _connector='OR'), name='list_supervision_delivered_paired'),
        ),
        migrations.AddConstraint(
            model_name='listsupervision',
            constraint=models.UniqueConstraint(condition=models.Q(('status__in', ['draft', 'reviewed', 'issued'])), fields=('comparison',), name='list_supervision_one_open'),
        ),
        migrations.AddConstraint(
            model_name='listsupervision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('issued_by', None), models.Q(('issued_by', models.F('drafted_by')), _negated=True), _connector='OR'), models.Q(('reviewed_by', None), models.Q(('reviewed_by', models.F('drafted_by')), _negated=True), _connector='OR'), models.Q(('reviewed_by', None), ('issued_by', None), models.Q(('issued_by', models.F('reviewed_by')), _negated=True), _connector='OR')), name='list_supervision_four_eyes'),
        ),
        migrations.AddConstraint(
            model_name='listsupervision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('delivered_at', None), ('delivered_on', None), ('proof_file', '')), models.Q(('delivered_at__isnull', False), ('delivered_on__isnull', False), ('issued_at__isnull', False), models.Q(('proof_file', ''), _negated=True)), _connector='OR'), name='list_supervision_delivered_with_proof'),
        ),
        migrations.AddConstraint(
            model_name='listsupervision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('end_reason', ''), ('issued_at', None), ('replied_at', None), ('reply', ''), ('reviewed_at', None), ('status', 'draft')), models.Q(('end_reason', ''), ('issued_at', None), ('replied_at', None), ('reply', ''), ('reviewed_at__isnull', False), ('status', 'reviewed')), models.Q(('issued_at', None), ('replied_at', None), ('reply', ''), ('status', 'discarded'), models.Q(('end_reason', ''), _negated=True)), models.Q(('end_reason', ''), ('issued_at__isnull', False), ('replied_at', None), ('reply', ''), ('status', 'issued')), models.Q(('end_reason', ''), ('issued_at__isnull', False), ('replied_at__isnull', False), ('status', 'replied'), models.Q(('reply', ''), _negated=True)), models.Q(('replied_at', None), ('reply', ''), ('status', 'lapsed'), models.Q(('end_reason', ''), _negated=True)), _connector='OR'), name='list_supervision_stamps_fit_status'),
        ),
    ]
