"""督办: what a body without an account replies has its day, its number and its scan."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('departments', '0006_named_only_on_paper'),
        ('documents', '0004_minutes_layout'),
        ('referrals', '0030_list_supervision'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='listsupervision',
            name='paper_file',
            field=models.FileField(blank=True, max_length=200, upload_to=''),
        ),
        migrations.AddField(
            model_name='listsupervision',
            name='paper_name',
            field=models.CharField(blank=True, max_length=150),
        ),
        migrations.AddField(
            model_name='listsupervision',
            name='paper_number',
            field=models.CharField(blank=True, max_length=40, verbose_name='their document number'),
        ),
        migrations.AddField(
            model_name='listsupervision',
            name='paper_on',
            field=models.DateField(null=True, verbose_name='dated'),
        ),
        migrations.AddField(
            model_name='listsupervision',
            name='paper_person',
            field=models.CharField(blank=True, max_length=40, verbose_name='who signed it there'),
        ),
        migrations.AddField(
            model_name='listsupervision',
            name='paper_sha256',
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AddField(
            model_name='supervision',
            name='paper_file',
            field=models.FileField(blank=True, max_length=200, upload_to=''),
        ),
        migrations.AddField(
            model_name='supervision',
            name='paper_name',
            field=models.CharField(blank=True, max_length=150),
        ),
        migrations.AddField(
            model_name='supervision',
            name='paper_number',
            field=models.CharField(blank=True, max_length=40, verbose_name='their document number'),
        ),
        migrations.AddField(
            model_name='supervision',
            name='paper_on',
            field=models.DateField(null=True, verbose_name='dated'),
        ),
        migrations.AddField(
            model_name='supervision',
            name='paper_person',
            field=models.CharField(blank=True, max_length=40, verbose_name='who signed it there'),
        ),
        migrations.AddField(
            model_name='supervision',
            name='paper_sha256',
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AddConstraint(
            model_name='listsupervision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('paper_file', ''), ('paper_number', ''), ('paper_on', None), ('paper_person', ''), ('paper_sha256', '')), models.Q(('paper_on__isnull', False), ('replied_at__isnull', False), models.Q(('paper_person', ''), _negated=True), models.Q(('paper_file', ''), _negated=True), models.Q(('paper_sha256', ''), _negated=True)), _connector='OR'), name='list_supervision_paper_whole'),
        ),
        migrations.AddConstraint(
            model_name='supervision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('paper_file', ''), ('paper_number', ''), ('paper_on', None), ('paper_person', ''), ('paper_sha256', '')), models.Q(('paper_on__isnull', False), ('replied_at__isnull', False), models.Q(('paper_person', ''), _negated=True), models.Q(('paper_file', ''), _negated=True), models.Q(('paper_sha256', ''), _negated=True)), _connector='OR'), name='supervision_paper_whole'),
        ),
    ]
