"""Forwarding, withdrawal by consent, the points of a redo, supervision by the office."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

FILL = """
UPDATE referrals_referral r SET author_id = d.drafted_by_id
FROM referrals_dispatch d WHERE d.id = r.dispatch_id AND r.author_id IS NULL;
"""
KEPT = """
CREATE TRIGGER referrals_kept BEFORE UPDATE OR DELETE ON referrals_redopoint
    FOR EACH ROW EXECUTE FUNCTION referrals_kept();
CREATE TRIGGER referrals_kept BEFORE DELETE ON referrals_withdrawal
    FOR EACH ROW EXECUTE FUNCTION referrals_kept();
CREATE TRIGGER referrals_kept BEFORE DELETE ON referrals_supervision
    FOR EACH ROW EXECUTE FUNCTION referrals_kept();
"""
FREE = """
DROP TRIGGER referrals_kept ON referrals_supervision;
DROP TRIGGER referrals_kept ON referrals_withdrawal;
DROP TRIGGER referrals_kept ON referrals_redopoint;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0002_access_copy_and_records"),
        ("departments", "0003_dictionaries"),
        ("documents", "0002_frozen"),
        ("referrals", "0011_informing_is_kept"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="RedoPoint",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("round", models.PositiveSmallIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("line", "manifest line"),
                            ("supplied", "line supplied later"),
                            ("matter", "matter"),
                        ],
                        max_length=8,
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                ("name", models.CharField(max_length=150, verbose_name="item")),
                (
                    "referral",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="redo_points",
                        to="referrals.referral",
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("referral", "round", "kind", "position"), name="redo_point_once_a_round"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Supervision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(editable=False, verbose_name="created")),
                ("updated_at", models.DateTimeField(editable=False, verbose_name="updated")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("number", models.PositiveSmallIntegerField(verbose_name="times")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("issued", "waiting for a reply"),
                            ("replied", "replied"),
                            ("lapsed", "no longer needed"),
                        ],
                        default="issued",
                        max_length=8,
                    ),
                ),
                ("demand", models.TextField(max_length=1000, verbose_name="what is demanded")),
                ("reply_on", models.DateField(verbose_name="reply by")),
                ("duty", models.CharField(max_length=60, verbose_name="what is overdue")),
                ("due_on", models.DateField(verbose_name="original limit")),
                ("days_late", models.PositiveSmallIntegerField(verbose_name="working days late")),
                ("issued_at", models.DateTimeField()),
                ("reply", models.TextField(blank=True, max_length=2000, verbose_name="reply")),
                ("replied_at", models.DateTimeField(null=True)),
                ("lapse_reason", models.CharField(blank=True, max_length=300, verbose_name="reason")),
                (
                    "document",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documents.issueddocument",
                    ),
                ),
                (
                    "issued_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="departments.department",
                    ),
                ),
                (
                    "referral",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="supervisions",
                        to="referrals.referral",
                    ),
                ),
                (
                    "replied_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "supervision",
                "ordering": ("id",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("replied_at", None), ("replied_by", None)),
                            models.Q(("replied_at__isnull", False), ("replied_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="supervision_replied_paired",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("status", "issued")),
                        fields=("referral",),
                        name="supervision_one_open_a_referral",
                    ),
                    models.UniqueConstraint(fields=("referral", "number"), name="supervision_counted"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("replied_at__isnull", False),
                                ("status", "replied"),
                                models.Q(("reply", ""), _negated=True),
                            ),
                            models.Q(
                                ("replied_at", None), ("reply", ""), ("status__in", ["issued", "lapsed"])
                            ),
                            _connector="OR",
                        ),
                        name="supervision_replied_with_text",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Withdrawal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(editable=False, verbose_name="created")),
                ("updated_at", models.DateTimeField(editable=False, verbose_name="updated")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "status",
                    models.CharField(
                        choices=[("asked", "asked"), ("agreed", "agreed"), ("refused", "not agreed")],
                        default="asked",
                        max_length=8,
                    ),
                ),
                ("reason", models.CharField(max_length=300, verbose_name="reason")),
                ("asked_at", models.DateTimeField()),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "decision",
                    models.CharField(blank=True, max_length=300, verbose_name="remark on the decision"),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "referral",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="withdrawals",
                        to="referrals.referral",
                    ),
                ),
            ],
            options={
                "verbose_name": "request to withdraw",
                "ordering": ("id",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at", None), ("decided_by", None)),
                            models.Q(("decided_at__isnull", False), ("decided_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="withdrawal_decided_paired",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("status", "asked")),
                        fields=("referral",),
                        name="withdrawal_one_open_a_referral",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "refused"), _negated=True),
                            models.Q(("decision", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="withdrawal_refused_with_reason",
                    ),
                ],
            },
        ),
        migrations.RemoveConstraint(
            model_name="referral",
            name="referral_received_iff_past_sent",
        ),
        migrations.AddField(
            model_name="dispatch",
            name="forwards",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="forwardings",
                to="referrals.referral",
            ),
        ),
        migrations.AddField(
            model_name="referral",
            name="author",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="referral",
            name="forwarded_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="referral",
            name="forwarded_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            model_name="referral",
            name="status",
            field=models.CharField(
                choices=[
                    ("sent", "waiting to be signed for"),
                    ("received", "signed for"),
                    ("accepted", "being worked"),
                    ("returned", "returned"),
                    ("answered", "answered"),
                    ("closed", "closed"),
                    ("withdrawn", "withdrawn"),
                    ("forwarded", "forwarded"),
                ],
                default="sent",
                max_length=10,
                verbose_name="status",
            ),
        ),
        migrations.AddConstraint(
            model_name="referral",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("forwarded_at", None), ("forwarded_by", None)),
                    models.Q(("forwarded_at__isnull", False), ("forwarded_by__isnull", False)),
                    _connector="OR",
                ),
                name="referral_forwarded_paired",
            ),
        ),
        migrations.AddConstraint(
            model_name="referral",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("received_at", None), ("status", "sent")),
                    ("status", "withdrawn"),
                    models.Q(
                        models.Q(("status__in", ["sent", "withdrawn"]), _negated=True),
                        ("received_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="referral_received_iff_past_sent",
            ),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.RunSQL(KEPT, FREE),
    ]
