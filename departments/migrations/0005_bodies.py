"""Bodies without an account: whether they may answer by link, and whose letters only named persons see."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('departments', '0004_categories_of_fraud'),
    ]

    operations = [
        migrations.AddField(
            model_name='department',
            name='answer_links',
            field=models.BooleanField(default=False, help_text='Only for a body that does not work in this system; the office decides.', verbose_name='may answer by a one-time link'),
        ),
        migrations.AddField(
            model_name='department',
            name='named_only',
            field=models.BooleanField(default=False, help_text='Such as the discipline inspection commission; others see a count.', verbose_name='letters to it are seen by named persons only'),
        ),
    ]
