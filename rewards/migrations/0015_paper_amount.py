"""A paper knows which amount it named, so that its page tells when the reward is another by now."""

from django.db import migrations, models

# numbered after the reward was last computed: it names the amount of today. Of earlier ones nobody knows: left empty
FILL = """
UPDATE rewards_rewardpaper p SET amount = r.amount FROM rewards_reward r
WHERE r.id = p.reward_id AND p.status = 'issued' AND p.issued_at >= r.computed_at;
"""


class Migration(migrations.Migration):
    dependencies = [("rewards", "0014_additions_kept")]
    operations = [
        migrations.AddField(
            model_name="rewardpaper",
            name="amount",
            field=models.DecimalField(
                decimal_places=2, max_digits=14, null=True, verbose_name="amount when it was numbered, yuan"
            ),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
