"""What was recovered too much is given back: a kind of payment of its own, above zero."""

from django.db import migrations, models
from django.db.models import Q

KINDS = [("payment", "payment"), ("reversal", "reversal"), ("recovery", "recovery"), ("return", "given back")]


class Migration(migrations.Migration):
    dependencies = [("rewards", "0016_payee_keys")]

    operations = [
        migrations.AlterField(
            model_name="payment",
            name="kind",
            field=models.CharField(choices=KINDS, max_length=10, verbose_name="kind"),
        ),
        migrations.RemoveConstraint(model_name="payment", name="payment_sign_follows_kind"),
        migrations.AddConstraint(
            model_name="payment",
            constraint=models.CheckConstraint(
                condition=Q(kind="payment", amount__gt=0, reverses=None)
                | Q(kind="reversal", amount__lt=0, reverses__isnull=False)
                | Q(kind="recovery", amount__lt=0, reverses=None)
                | Q(kind="return", amount__gt=0, reverses=None),
                name="payment_sign_follows_kind",
            ),
        ),
    ]
