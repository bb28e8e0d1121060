"""What a body on paper answers to a comparison has its number."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('referrals', '0033_case_revoked'),
    ]

    operations = [
        migrations.AddField(
            model_name='comparison',
            name='paper_number',
            field=models.CharField(blank=True, max_length=40, verbose_name='their document number'),
        ),
    ]
