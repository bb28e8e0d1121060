import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from core.tables import CreateModels


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('departments', '0005_search'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModels(
            migrations.CreateModel(
                name='SupervisionFund',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='departments.region')),
                    ('year', models.PositiveSmallIntegerField(verbose_name='year')),
                    ('department', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='departments.department', verbose_name='department')),
                    ('use', models.CharField(max_length=30, verbose_name='kind of use')),
                    ('basis_number', models.CharField(max_length=60, verbose_name='basis document')),
                    ('basis_on', models.DateField(verbose_name='day of the document')),
                    ('remark', models.CharField(blank=True, default='', max_length=200, verbose_name='remark')),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('at', models.DateTimeField()),
                ],
                options={
                    'verbose_name': 'supervision fund',
                    'ordering': ('-year', 'department', 'pk'),
                    'constraints': [models.UniqueConstraint(fields=('region', 'year', 'department', 'use'), name='fund_use_once_a_year')],
                },
            ),
            migrations.CreateModel(
                name='FundEntry',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('fund', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='finance.supervisionfund')),
                    ('kind', models.CharField(choices=[('budgeted', 'budgeted'), ('granted', 'granted'), ('spent', 'spent')], max_length=10, verbose_name='kind')),
                    ('amount', models.DecimalField(decimal_places=2, max_digits=12, verbose_name='amount, yuan')),
                    ('document', models.CharField(max_length=60, verbose_name='document')),
                    ('happened_on', models.DateField(verbose_name='day')),
                    ('remark', models.CharField(blank=True, default='', max_length=200, verbose_name='remark')),
                    ('reverses', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reversal', to='finance.fundentry')),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('at', models.DateTimeField()),
                ],
                options={
                    'verbose_name': 'entry of a fund',
                    'ordering': ('id',),
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('amount__gt', 0), ('reverses', None)), models.Q(('amount__lt', 0), ('reverses__isnull', False), models.Q(('remark', ''), _negated=True)), _connector='OR'), name='fund_entry_sign')],
                },
            ),
            migrations.CreateModel(
                name='BudgetReview',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='departments.region')),
                    ('year', models.PositiveSmallIntegerField(verbose_name='year')),
                    ('number', models.PositiveSmallIntegerField(default=1, verbose_name='version')),
                    ('replaces', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='finance.budgetreview')),
                    ('remark', models.CharField(blank=True, default='', max_length=200, verbose_name='remark')),
                    ('status', models.CharField(choices=[('waiting', 'to be confirmed'), ('confirmed', 'confirmed'), ('returned', 'sent back'), ('replaced', 'replaced by a newer version')], default='waiting', max_length=10, verbose_name='status')),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('at', models.DateTimeField()),
                    ('confirmed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('confirmed_at', models.DateTimeField(null=True)),
                    ('returned_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('returned_at', models.DateTimeField(null=True)),
                    ('return_reason', models.CharField(blank=True, default='', max_length=200, verbose_name='reason')),
                    ('department', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='departments.department', verbose_name='department')),
                    ('kind', models.CharField(choices=[('budget', 'budget'), ('final', 'final accounts')], max_length=8, verbose_name='kind')),
                    ('submitted', models.DecimalField(decimal_places=2, max_digits=12, verbose_name='submitted, yuan')),
                    ('reviewed', models.DecimalField(decimal_places=2, max_digits=12, verbose_name='reviewed, yuan')),
                    ('opinion', models.CharField(max_length=500, verbose_name='opinion')),
                    ('reviewed_on', models.DateField(verbose_name='reviewed on')),
                ],
                options={
                    'verbose_name': 'review of a budget',
                    'ordering': ('-year', 'department', 'kind', '-number', '-pk'),
                    'constraints': [models.UniqueConstraint(condition=models.Q(('status', 'confirmed')), fields=('region', 'year', 'department', 'kind'), name='budget_review_one_stands'), models.UniqueConstraint(condition=models.Q(('status', 'waiting')), fields=('region', 'year', 'department', 'kind'), name='budget_review_one_waits'), models.CheckConstraint(condition=models.Q(('reviewed__gte', 0), ('submitted__gt', 0)), name='budget_review_amounts'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'waiting'), ('confirmed_at', None), ('confirmed_by', None), ('return_reason', ''), ('returned_at', None), ('returned_by', None)), models.Q(('status', 'returned'), ('confirmed_at', None), ('confirmed_by', None), ('returned_at__isnull', False), ('returned_by__isnull', False), models.Q(('return_reason', ''), _negated=True)), models.Q(('status__in', ['confirmed', 'replaced']), ('confirmed_at__isnull', False), ('confirmed_by__isnull', False), ('return_reason', ''), ('returned_at', None), ('returned_by', None)), _connector='OR'), name='budget_review_status_by_and_at'), models.CheckConstraint(condition=models.Q(('confirmed_by', None), models.Q(('confirmed_by', models.F('by')), _negated=True), _connector='OR'), name='budget_review_second_person')],
                },
            ),
            migrations.CreateModel(
                name='Appraisal',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='departments.region')),
                    ('year', models.PositiveSmallIntegerField(verbose_name='year')),
                    ('number', models.PositiveSmallIntegerField(default=1, verbose_name='version')),
                    ('replaces', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='finance.appraisal')),
                    ('remark', models.CharField(blank=True, default='', max_length=200, verbose_name='remark')),
                    ('status', models.CharField(choices=[('waiting', 'to be confirmed'), ('confirmed', 'confirmed'), ('returned', 'sent back'), ('replaced', 'replaced by a newer version')], default='waiting', max_length=10, verbose_name='status')),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('at', models.DateTimeField()),
                    ('confirmed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('confirmed_at', models.DateTimeField(null=True)),
                    ('returned_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('returned_at', models.DateTimeField(null=True)),
                    ('return_reason', models.CharField(blank=True, default='', max_length=200, verbose_name='reason')),
                    ('department', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='departments.department', verbose_name='department')),
                    ('body', models.CharField(blank=True, default='', max_length=60, verbose_name='other body')),
                    ('score', models.DecimalField(decimal_places=1, max_digits=4, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(100)], verbose_name='score')),
                    ('grade', models.CharField(choices=[('excellent', 'excellent'), ('good', 'good'), ('fair', 'fair'), ('poor', 'poor')], max_length=10, verbose_name='grade')),
                    ('basis', models.CharField(max_length=200, verbose_name='basis')),
                    ('decided_on', models.DateField(verbose_name='decided on')),
                ],
                options={
                    'verbose_name': 'performance appraisal',
                    'ordering': ('-year', 'department', 'body', '-number', '-pk'),
                    'constraints': [models.UniqueConstraint(condition=models.Q(('status', 'confirmed')), fields=('region', 'year', 'department', 'body'), name='appraisal_one_stands', nulls_distinct=False), models.UniqueConstraint(condition=models.Q(('status', 'waiting')), fields=('region', 'year', 'department', 'body'), name='appraisal_one_waits', nulls_distinct=False), models.CheckConstraint(condition=models.Q(('score__gte', 0), ('score__lte', 100)), name='appraisal_score_in_range'), models.CheckConstraint(condition=models.Q(models.Q(('body', ''), ('department__isnull', False)), models.Q(('department', None), models.Q(('body', ''), _negated=True)), _connector='OR'), name='appraisal_of_one'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'waiting'), ('confirmed_at', None), ('confirmed_by', None), ('return_reason', ''), ('returned_at', None), ('returned_by', None)), models.Q(('status', 'returned'), ('confirmed_at', None), ('confirmed_by', None), ('returned_at__isnull', False), ('returned_by__isnull', False), models.Q(('return_reason', ''), _negated=True)), models.Q(('status__in', ['confirmed', 'replaced']), ('confirmed_at__isnull', False), ('confirmed_by__isnull', False), ('return_reason', ''), ('returned_at', None), ('returned_by', None)), _connector='OR'), name='appraisal_status_by_and_at'), models.CheckConstraint(condition=models.Q(('confirmed_by', None), models.Q(('confirmed_by', models.F('by')), _negated=True), _connector='OR'), name='appraisal_second_person')],
                },
            ),
        )
    ]
