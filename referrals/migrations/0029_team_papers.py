"""What a body on paper says to a joint team has its scan; what was entered before the scans stays as it is."""

import django.db.models.deletion
from django.conf import settings
from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0003_source_comparison'),
        ('departments', '0006_named_only_on_paper'),
        ('referrals', '0028_team_on_paper'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='TeamPaper',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person', models.CharField(max_length=40, verbose_name='who signed it there')),
                ('number', models.CharField(blank=True, max_length=40, verbose_name='their document number')),
                ('dated_on', models.DateField(verbose_name='dated')),
                ('file', models.FileField(max_length=200, upload_to='')),
                ('name', models.CharField(max_length=150)),
                ('sha256', models.CharField(max_length=64)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('department', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='departments.department')),
                ('team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='papers', to='referrals.jointteam')),
            ],
            options={
                'verbose_name': 'paper of a body on the team',
                'ordering': ('id',),
            },
        ),
        migrations.AddField(
            model_name='teamfinding',
            name='paper',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='referrals.teampaper'),
        ),
        migrations.AddField(
            model_name='teammember',
            name='paper',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='referrals.teampaper'),
        ),
        migrations.AddField(
            model_name='teamview',
            name='paper',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='referrals.teampaper'),
        ),
        AddConstraintNotValid(
            model_name='teamfinding',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('paper', None), ('said_by', '')), models.Q(models.Q(('said_by', ''), _negated=True), ('paper__isnull', False)), _connector='OR'), name='team_finding_on_paper_has_its_scan'),
        ),
        AddConstraintNotValid(
            model_name='teamview',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('paper', None), ('said_by', '')), models.Q(models.Q(('said_by', ''), _negated=True), ('paper__isnull', False)), _connector='OR'), name='team_view_on_paper_has_its_scan'),
        ),
        migrations.AddConstraint(
            model_name='teampaper',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('file', ''), _negated=True), models.Q(('sha256', ''), _negated=True)), name='team_paper_has_its_scan'),
        ),
        migrations.RunSQL(
            "CREATE TRIGGER referrals_kept BEFORE UPDATE OR DELETE ON referrals_teampaper "
            "FOR EACH ROW EXECUTE FUNCTION referrals_kept();",
            "DROP TRIGGER referrals_kept ON referrals_teampaper;",
        ),
    ]
