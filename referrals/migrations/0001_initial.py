import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("cases", "0001_initial"),
        ("deadlines", "0001_initial"),
        ("departments", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("documents", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="SigningRule",
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
                            ("bulletin", "case bulletin"),
                            ("transfer", "lead transfer"),
                            ("support", "technical support"),
                            ("early", "early involvement"),
                            ("comparison", "data comparison"),
                            ("criminal", "criminal transfer"),
                            ("answer", "letter of answer"),
                            ("opinion", "written opinion"),
                        ],
                        max_length=12,
                        unique=True,
                        verbose_name="kind",
                    ),
                ),
                (
                    "reviewer",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("handler", "handler"),
                            ("section_head", "section head"),
                            ("deputy_head", "deputy head"),
                            ("head", "head"),
                            ("legal", "legal reviewer"),
                            ("registrar", "registrar"),
                            ("finance", "finance clerk"),
                            ("report_officer", "report officer"),
                            ("coordinator", "office coordinator"),
                            ("observer", "county leader"),
                            ("expert", "outside expert"),
                            ("system_admin", "system administrator"),
                            ("security_admin", "security administrator"),
                            ("audit_admin", "audit administrator"),
                        ],
                        max_length=16,
                        verbose_name="reviewed by",
                    ),
                ),
                (
                    "signer",
                    models.CharField(
                        choices=[
                            ("handler", "handler"),
                            ("section_head", "section head"),
                            ("deputy_head", "deputy head"),
                            ("head", "head"),
                            ("legal", "legal reviewer"),
                            ("registrar", "registrar"),
                            ("finance", "finance clerk"),
                            ("report_officer", "report officer"),
                            ("coordinator", "office coordinator"),
                            ("observer", "county leader"),
                            ("expert", "outside expert"),
                            ("system_admin", "system administrator"),
                            ("security_admin", "security administrator"),
                            ("audit_admin", "audit administrator"),
                        ],
                        max_length=16,
                        verbose_name="signed by",
                    ),
                ),
            ],
            options={
                "verbose_name": "signing rule",
                "ordering": ("id",),
            },
        ),
        migrations.CreateModel(
            name="Dispatch",
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
                        choices=[
                            ("draft", "draft"),
                            ("submitted", "waiting for review"),
                            ("reviewed", "waiting for signature"),
                            ("approved", "signed, waiting to be sent"),
                            ("sent", "sent"),
                            ("discarded", "discarded"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("drafted_at", models.DateTimeField()),
                ("submitted_at", models.DateTimeField(blank=True, null=True)),
                ("reviewed_at", models.DateTimeField(blank=True, null=True)),
                ("approved_at", models.DateTimeField(blank=True, null=True)),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                (
                    "sent_back_reason",
                    models.CharField(blank=True, max_length=300, verbose_name="sent back because"),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("bulletin", "case bulletin"),
                            ("transfer", "lead transfer"),
                            ("support", "technical support"),
                            ("early", "early involvement"),
                            ("comparison", "data comparison"),
                            ("criminal", "criminal transfer"),
                        ],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                ("subject", models.CharField(max_length=100, verbose_name="subject line")),
                ("facts", models.TextField(max_length=4000, verbose_name="facts")),
                (
                    "amount",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="amount involved"
                    ),
                ),
                ("request", models.TextField(blank=True, max_length=1000, verbose_name="what is asked")),
                ("limit_on", models.DateField(blank=True, null=True, verbose_name="answer by")),
                ("discovered_on", models.DateField(blank=True, null=True, verbose_name="discovered on")),
                (
                    "late_reason",
                    models.CharField(blank=True, max_length=300, verbose_name="why the notice is late"),
                ),
                (
                    "approved_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)s_papers",
                        to="cases.case",
                    ),
                ),
                (
                    "department",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)s_papers",
                        to="departments.department",
                    ),
                ),
                (
                    "drafted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "receivers",
                    models.ManyToManyField(
                        related_name="incoming_dispatches", to="departments.department", verbose_name="to"
                    ),
                ),
                (
                    "reviewed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "sent_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "submitted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "outgoing paper",
                "ordering": ("-id",),
                "indexes": [
                    models.Index(
                        condition=models.Q(("status__in", ("draft", "submitted", "reviewed", "approved"))),
                        fields=["department", "status"],
                        name="dispatch_open",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("submitted_at", None), ("submitted_by", None)),
                            models.Q(("submitted_at__isnull", False), ("submitted_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="dispatch_submitted_paired",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("reviewed_at", None), ("reviewed_by", None)),
                            models.Q(("reviewed_at__isnull", False), ("reviewed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="dispatch_reviewed_paired",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("approved_at", None), ("approved_by", None)),
                            models.Q(("approved_at__isnull", False), ("approved_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="dispatch_approved_paired",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("sent_at", None), ("sent_by", None)),
                            models.Q(("sent_at__isnull", False), ("sent_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="dispatch_sent_paired",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("reviewed_by", None),
                                models.Q(("reviewed_by", models.F("drafted_by")), _negated=True),
                                _connector="OR",
                            ),
                            models.Q(
                                ("approved_by", None),
                                models.Q(("approved_by", models.F("drafted_by")), _negated=True),
                                _connector="OR",
                            ),
                        ),
                        name="dispatch_four_eyes",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("approved_at", None),
                                ("sent_at", None),
                                ("status__in", ["draft", "discarded"]),
                                ("submitted_at", None),
                            ),
                            models.Q(
                                ("approved_at", None),
                                ("sent_at", None),
                                ("status", "submitted"),
                                ("submitted_at__isnull", False),
                            ),
                            models.Q(
                                ("approved_at", None),
                                ("reviewed_at__isnull", False),
                                ("sent_at", None),
                                ("status", "reviewed"),
                            ),
                            models.Q(
                                ("approved_at__isnull", False), ("sent_at", None), ("status", "approved")
                            ),
                            models.Q(
                                ("approved_at__isnull", False), ("sent_at__isnull", False), ("status", "sent")
                            ),
                            _connector="OR",
                        ),
                        name="dispatch_stamps_fit_status",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("discovered_on__isnull", False), ("kind", "support")),
                            models.Q(models.Q(("kind", "support"), _negated=True), ("discovered_on", None)),
                            _connector="OR",
                        ),
                        name="dispatch_discovered_iff_support",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount", None), ("amount__gte", 0), _connector="OR"),
                        name="dispatch_amount",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ManifestItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                ("name", models.CharField(max_length=150, verbose_name="name")),
                ("sha256", models.CharField(max_length=64)),
                ("quantity", models.PositiveSmallIntegerField(default=1, verbose_name="copies")),
                ("pages", models.PositiveIntegerField(blank=True, null=True, verbose_name="pages")),
                ("remark", models.CharField(blank=True, max_length=100, verbose_name="remark")),
                (
                    "dispatch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="manifest",
                        to="referrals.dispatch",
                    ),
                ),
                (
                    "evidence",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="manifest_items",
                        to="cases.evidence",
                    ),
                ),
            ],
            options={
                "verbose_name": "manifest line",
                "ordering": ("position",),
                "constraints": [
                    models.UniqueConstraint(fields=("dispatch", "evidence"), name="manifest_evidence_once"),
                    models.UniqueConstraint(fields=("dispatch", "position"), name="manifest_position_once"),
                    models.CheckConstraint(condition=models.Q(("quantity__gt", 0)), name="manifest_quantity"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Question",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                ("text", models.CharField(max_length=500, verbose_name="question")),
                (
                    "dispatch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="questions",
                        to="referrals.dispatch",
                    ),
                ),
            ],
            options={
                "verbose_name": "question",
                "ordering": ("position",),
                "constraints": [
                    models.UniqueConstraint(fields=("dispatch", "position"), name="question_position_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Referral",
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("bulletin", "case bulletin"),
                            ("transfer", "lead transfer"),
                            ("support", "technical support"),
                            ("early", "early involvement"),
                            ("comparison", "data comparison"),
                            ("criminal", "criminal transfer"),
                        ],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("sent", "waiting to be signed for"),
                            ("received", "signed for"),
                            ("accepted", "being worked"),
                            ("returned", "returned"),
                            ("answered", "answered"),
                            ("closed", "closed"),
                            ("withdrawn", "withdrawn"),
                        ],
                        default="sent",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("number", models.CharField(max_length=40, verbose_name="document number")),
                ("limit_on", models.DateField(null=True, verbose_name="answer by")),
                ("sent_at", models.DateTimeField(null=True)),
                ("received_at", models.DateTimeField(null=True)),
                ("assigned_at", models.DateTimeField(null=True)),
                ("accepted_at", models.DateTimeField(null=True)),
                ("returned_at", models.DateTimeField(null=True)),
                (
                    "return_category",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("competence", "not within our competence"),
                            ("incomplete", "materials incomplete"),
                            ("unclear", "facts or object unclear"),
                            ("duplicate", "already being handled"),
                            ("other", "other reason"),
                        ],
                        max_length=12,
                        verbose_name="category",
                    ),
                ),
                ("return_reason", models.CharField(blank=True, max_length=300, verbose_name="reason")),
                ("answered_at", models.DateTimeField(null=True)),
                ("redo_count", models.PositiveSmallIntegerField(default=0)),
                (
                    "redo_reason",
                    models.CharField(blank=True, max_length=300, verbose_name="what is to be done again"),
                ),
                ("closed_at", models.DateTimeField(null=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("withdraw_reason", models.CharField(blank=True, max_length=300, verbose_name="reason")),
                (
                    "accepted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "assigned_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="referrals", to="cases.case"
                    ),
                ),
                (
                    "closed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "dispatch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="referrals",
                        to="referrals.dispatch",
                    ),
                ),
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
                    "handler",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assigned_referrals",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "receipt",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documents.issueddocument",
                    ),
                ),
                (
                    "received_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "receiver",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="received_referrals",
                        to="departments.department",
                    ),
                ),
                (
                    "returned_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "sender",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sent_referrals",
                        to="departments.department",
                    ),
                ),
                (
                    "sent_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "referral",
                "ordering": ("-id",),
                "indexes": [
                    models.Index(fields=["receiver", "status", "-id"], name="referral_inbox"),
                    models.Index(fields=["sender", "status", "-id"], name="referral_outbox"),
                    models.Index(fields=["handler", "status"], name="referral_by_handler"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("sent_at", None), ("sent_by", None)),
                            models.Q(("sent_at__isnull", False), ("sent_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="referral_sent_paired",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("received_at", None), ("received_by", None)),
                            models.Q(("received_at__isnull", False), ("received_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="referral_received_paired",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("assigned_at", None), ("assigned_by", None)),
                            models.Q(("assigned_at__isnull", False), ("assigned_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="referral_assigned_paired",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("accepted_at", None), ("accepted_by", None)),
                            models.Q(("accepted_at__isnull", False), ("accepted_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="referral_accepted_paired",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("returned_at", None), ("returned_by", None)),
                            models.Q(("returned_at__isnull", False), ("returned_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="referral_returned_paired",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_at", None), ("answered_by", None)),
                            models.Q(("answered_at__isnull", False), ("answered_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="referral_answered_paired",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_at", None), ("closed_by", None)),
                            models.Q(("closed_at__isnull", False), ("closed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="referral_closed_paired",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("withdrawn_at", None), ("withdrawn_by", None)),
                            models.Q(("withdrawn_at__isnull", False), ("withdrawn_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="referral_withdrawn_paired",
                    ),
                    models.UniqueConstraint(fields=("dispatch", "receiver"), name="referral_once_a_receiver"),
                    models.CheckConstraint(
                        condition=models.Q(("sender", models.F("receiver")), _negated=True),
                        name="referral_not_to_oneself",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("received_at", None), ("status__in", ["sent", "withdrawn"])),
                            models.Q(
                                models.Q(("status__in", ["sent", "withdrawn"]), _negated=True),
                                ("received_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="referral_received_iff_past_sent",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("return_category", ""), ("return_reason", ""), ("returned_at", None)),
                            models.Q(
                                ("returned_at__isnull", False),
                                models.Q(("return_category", ""), _negated=True),
                                models.Q(("return_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="referral_returned_with_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status__in", ["accepted", "answered"]), _negated=True),
                            models.Q(("accepted_at__isnull", False), ("handler__isnull", False)),
                            _connector="OR",
                        ),
                        name="referral_worked_by_a_person",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Extension",
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
                ("old_on", models.DateField(verbose_name="old limit")),
                ("new_on", models.DateField(verbose_name="new limit")),
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
                        related_name="extensions",
                        to="referrals.referral",
                    ),
                ),
            ],
            options={
                "verbose_name": "extension",
                "ordering": ("id",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at", None), ("decided_by", None)),
                            models.Q(("decided_at__isnull", False), ("decided_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="extension_decided_paired",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("status", "asked")),
                        fields=("referral",),
                        name="extension_one_open_a_referral",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("new_on__gt", models.F("old_on"))), name="extension_is_longer"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DeliveryProof",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("delivered_on", models.DateField(verbose_name="delivered on")),
                ("received_by_name", models.CharField(max_length=40, verbose_name="taken by")),
                ("method", models.CharField(max_length=40, verbose_name="how")),
                ("file", models.FileField(max_length=200, upload_to="")),
                ("name", models.CharField(max_length=150)),
                ("sha256", models.CharField(max_length=64)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "referral",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="delivery_proof",
                        to="referrals.referral",
                    ),
                ),
            ],
            options={
                "verbose_name": "proof of delivery",
            },
        ),
        migrations.CreateModel(
            name="Chase",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("on", models.DateField()),
                ("number", models.PositiveSmallIntegerField()),
                ("remark", models.CharField(blank=True, max_length=200, verbose_name="remark")),
                ("at", models.DateTimeField()),
                (
                    "by",
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
                        related_name="chases",
                        to="referrals.referral",
                    ),
                ),
            ],
            options={
                "verbose_name": "reminder",
                "ordering": ("id",),
                "constraints": [
                    models.UniqueConstraint(fields=("referral", "on"), name="chase_once_a_working_day"),
                    models.UniqueConstraint(fields=("referral", "number"), name="chase_counted"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Reply",
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
                        choices=[
                            ("draft", "draft"),
                            ("submitted", "waiting for review"),
                            ("reviewed", "waiting for signature"),
                            ("approved", "signed, waiting to be sent"),
                            ("sent", "sent"),
                            ("discarded", "discarded"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("drafted_at", models.DateTimeField()),
                ("submitted_at", models.DateTimeField(blank=True, null=True)),
                ("reviewed_at", models.DateTimeField(blank=True, null=True)),
                ("approved_at", models.DateTimeField(blank=True, null=True)),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                (
                    "sent_back_reason",
                    models.CharField(blank=True, max_length=300, verbose_name="sent back because"),
                ),
                ("text", models.TextField(max_length=6000, verbose_name="result")),
                ("basis", models.CharField(blank=True, max_length=500, verbose_name="basis")),
                ("reservation", models.CharField(blank=True, max_length=500, verbose_name="reservations")),
                ("experts", models.CharField(blank=True, max_length=200, verbose_name="experts")),
                (
                    "approved_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)s_papers",
                        to="cases.case",
                    ),
                ),
                (
                    "department",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)s_papers",
                        to="departments.department",
                    ),
                ),
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
                    "drafted_by",
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
                        related_name="replies",
                        to="referrals.referral",
                    ),
                ),
                (
                    "reviewed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "sent_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "submitted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "reply",
                "ordering": ("id",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("submitted_at", None), ("submitted_by", None)),
                            models.Q(("submitted_at__isnull", False), ("submitted_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="reply_submitted_paired",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("reviewed_at", None), ("reviewed_by", None)),
                            models.Q(("reviewed_at__isnull", False), ("reviewed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="reply_reviewed_paired",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("approved_at", None), ("approved_by", None)),
                            models.Q(("approved_at__isnull", False), ("approved_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="reply_approved_paired",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("sent_at", None), ("sent_by", None)),
                            models.Q(("sent_at__isnull", False), ("sent_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="reply_sent_paired",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("reviewed_by", None),
                                models.Q(("reviewed_by", models.F("drafted_by")), _negated=True),
                                _connector="OR",
                            ),
                            models.Q(
                                ("approved_by", None),
                                models.Q(("approved_by", models.F("drafted_by")), _negated=True),
                                _connector="OR",
                            ),
                        ),
                        name="reply_four_eyes",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("approved_at", None),
                                ("sent_at", None),
                                ("status__in", ["draft", "discarded"]),
                                ("submitted_at", None),
                            ),
                            models.Q(
                                ("approved_at", None),
                                ("sent_at", None),
                                ("status", "submitted"),
                                ("submitted_at__isnull", False),
                            ),
                            models.Q(
                                ("approved_at", None),
                                ("reviewed_at__isnull", False),
                                ("sent_at", None),
                                ("status", "reviewed"),
                            ),
                            models.Q(
                                ("approved_at__isnull", False), ("sent_at", None), ("status", "approved")
                            ),
                            models.Q(
                                ("approved_at__isnull", False), ("sent_at__isnull", False), ("status", "sent")
                            ),
                            _connector="OR",
                        ),
                        name="reply_stamps_fit_status",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("status__in", ("draft", "submitted", "reviewed", "approved"))),
                        fields=("referral",),
                        name="reply_one_open_a_referral",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("document__isnull", False), ("status", "sent")),
                            models.Q(models.Q(("status", "sent"), _negated=True), ("document", None)),
                            _connector="OR",
                        ),
                        name="reply_sent_iff_issued",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AnswerItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.TextField(max_length=2000, verbose_name="answer")),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="referrals.question",
                    ),
                ),
                (
                    "reply",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="answers",
                        to="referrals.reply",
                    ),
                ),
            ],
            options={
                "ordering": ("question__position",),
                "constraints": [
                    models.UniqueConstraint(fields=("reply", "question"), name="answer_once_a_question")
                ],
            },
        ),
    ]
