"""What bodies without an account say on paper or by one-time link."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

KEPT = """
CREATE TRIGGER referrals_kept BEFORE UPDATE OR DELETE ON referrals_said
    FOR EACH ROW EXECUTE FUNCTION referrals_kept();
CREATE TRIGGER referrals_kept BEFORE DELETE ON referrals_answerlink
    FOR EACH ROW EXECUTE FUNCTION referrals_kept();
"""
FREE = """
DROP TRIGGER referrals_kept ON referrals_answerlink;
DROP TRIGGER referrals_kept ON referrals_said;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0002_access_copy_and_records"),
        ("departments", "0005_bodies"),
        ("documents", "0002_frozen"),
        ("referrals", "0012_pressing"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AnswerLink",
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
                ("token_sha256", models.CharField(max_length=64, unique=True)),
                ("expires_at", models.DateTimeField(verbose_name="expires")),
                ("issued_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "issued_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "referral",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="links",
                        to="referrals.referral",
                    ),
                ),
            ],
            options={
                "verbose_name": "one-time answer link",
                "ordering": ("id",),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None), ("used_at", None)),
                        fields=("referral",),
                        name="answer_link_one_open_a_referral",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("used_at", None), ("ended_at", None), _connector="OR"),
                        name="answer_link_used_or_ended",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("expires_at__gt", models.F("issued_at"))),
                        name="answer_link_expires_later",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Said",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("accepted", "accepted"),
                            ("returned", "returned"),
                            ("answered", "answered"),
                        ],
                        max_length=8,
                        verbose_name="kind",
                    ),
                ),
                (
                    "via",
                    models.CharField(
                        choices=[
                            ("registrar", "recorded by the registrar from paper"),
                            ("link", "sent by one-time link"),
                        ],
                        max_length=9,
                        verbose_name="how it came",
                    ),
                ),
                ("person", models.CharField(max_length=40, verbose_name="who signed it there")),
                ("number", models.CharField(blank=True, max_length=40, verbose_name="their document number")),
                ("dated_on", models.DateField(verbose_name="dated")),
                ("text", models.TextField(blank=True, max_length=6000, verbose_name="what it says")),
                ("file", models.FileField(max_length=200, upload_to="")),
                ("name", models.CharField(max_length=150)),
                ("sha256", models.CharField(max_length=64)),
                ("at", models.DateTimeField()),
                (
                    "by",
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
                        related_name="sayings",
                        to="referrals.referral",
                    ),
                ),
            ],
            options={
                "verbose_name": "recorded on behalf",
                "ordering": ("id",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("by__isnull", False), ("via", "registrar")),
                            models.Q(("by", None), ("via", "link")),
                            _connector="OR",
                        ),
                        name="said_by_registrar_or_link",
                    ),
                ],
            },
        ),
        migrations.RemoveConstraint(
            model_name="referral",
            name="referral_worked_by_a_person",
        ),
        migrations.AddField(
            model_name="referral",
            name="handled_there",
            field=models.CharField(blank=True, max_length=40, verbose_name="handled there by"),
        ),
        migrations.AddConstraint(
            model_name="referral",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status__in", ["accepted", "answered"]), _negated=True),
                    models.Q(("accepted_at__isnull", False), ("handler__isnull", False)),
                    models.Q(
                        ("accepted_at__isnull", False),
                        ("handler", None),
                        models.Q(("handled_there", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="referral_worked_by_a_person",
            ),
        ),
        migrations.RunSQL(KEPT, FREE),
    ]
