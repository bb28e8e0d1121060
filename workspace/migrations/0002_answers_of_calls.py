"""A call of the API under a key is answered again with its first answer."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('workspace', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='formkey',
            name='answer',
            field=models.BinaryField(null=True),
        ),
        migrations.AddField(
            model_name='formkey',
            name='digest',
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AddField(
            model_name='formkey',
            name='code',
            field=models.PositiveSmallIntegerField(null=True),
        ),
    ]
