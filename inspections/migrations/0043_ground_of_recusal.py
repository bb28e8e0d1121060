"""A recusal says of which kind its ground is; the words are wanted only where the kind says nothing."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("inspections", "0042_drawn_for_the_target")]
    operations = [
        migrations.RemoveConstraint("poolrecusal", "pool_recusal_has_reason"),
        migrations.AddField(
            "poolrecusal",
            "ground",
            models.CharField(
                choices=[("relative", "near relative"), ("post", "post or interest there"), ("other", "other ground")],
                default="other", max_length=8, verbose_name="kind of ground",
            ),
        ),
        migrations.AlterField(
            "poolrecusal", "reason", models.CharField(blank=True, default="", max_length=200, verbose_name="reason")
        ),
        migrations.AddConstraint(
            "poolrecusal",
            models.CheckConstraint(
                condition=Q(ground__in=["relative", "post"]) | (Q(ground="other") & ~Q(reason="")),
                name="pool_recusal_has_ground",
            ),
        ),
    ]  # fmt: skip
