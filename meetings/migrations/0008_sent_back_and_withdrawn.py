"""A deployment sent back by its signer, and an adopted proposal withdrawn by the office or a later meeting."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0003_source_comparison"),
        ("departments", "0006_named_only_on_paper"),
        ("documents", "0004_minutes_layout"),
        ("meetings", "0007_opinions_on_paper"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="agendaitem",
            name="agenda_item_changes_one_resolution",
        ),
        migrations.AddField(
            model_name="proposal",
            name="return_reason",
            field=models.CharField(
                blank=True, default="", max_length=300, verbose_name="why it was sent back"
            ),
        ),
        migrations.AddField(
            model_name="proposal",
            name="returned_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="proposal",
            name="returned_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="proposal",
            name="withdrawn_in",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="meetings.agendaitem",
            ),
        ),
        migrations.AlterField(
            model_name="agendaitem",
            name="withdraws",
            field=models.BooleanField(default=False, verbose_name="withdraws what it is about"),
        ),
        migrations.AlterField(
            model_name="proposal",
            name="status",
            field=models.CharField(
                choices=[
                    ("draft", "drafted"),
                    ("consulting", "being consulted on"),
                    ("adopted", "adopted"),
                    ("returned", "sent back by the signer"),
                    ("deployed", "deployed"),
                    ("withdrawn", "withdrawn"),
                ],
                default="draft",
                max_length=10,
                verbose_name="status",
            ),
        ),
        migrations.AddConstraint(
            model_name="agendaitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("new_due_on", None), ("withdraws", False)),
                    models.Q(
                        ("kind", "follow_up"),
                        ("outcome", "decided"),
                        models.Q(("withdraws", False), ("new_due_on", None), _connector="OR"),
                    ),
                    models.Q(
                        ("new_due_on", None),
                        ("outcome", "decided"),
                        ("target_kind", "proposal"),
                        ("withdraws", True),
                    ),
                    _connector="OR",
                ),
                name="agenda_item_changes_one_thing",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("returned_at", None), ("returned_by", None)),
                    models.Q(("returned_at__isnull", False), ("returned_by__isnull", False)),
                    _connector="OR",
                ),
                name="proposal_returned_paired",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("return_reason", ""), ("returned_at", None)),
                    models.Q(("returned_at__isnull", False), models.Q(("return_reason", ""), _negated=True)),
                    _connector="OR",
                ),
                name="proposal_returned_with_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "returned"), _negated=True),
                    models.Q(("returned_at__isnull", False), ("signed_at", None)),
                    _connector="OR",
                ),
                name="proposal_returned_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(("withdrawn_in", None), ("status", "withdrawn"), _connector="OR"),
                name="proposal_withdrawn_in_a_meeting",
            ),
        ),
    ]
