"""The tables of this room as they stand (ADR 0071)."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from core.tables import CreateModels


class Migration(migrations.Migration):
    initial = True

    dependencies = [("cases", "0001_tables"), ("departments", "0001_tables"), ("documents", "0001_tables")]

    operations = [
        CreateModels(
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
                                ("task_report", "report on a task"),
                                ("task_delay", "request for a later report date"),
                                ("assist", "request to another place"),
                                ("task_hand", "hand-over to the higher level"),
                                ("completion", "request for completion"),
                                ("supply", "supplement of material"),
                                ("supervision", "supervision letter"),
                                ("filing", "notice of filing or not filing"),
                                ("incomplete", "notice of missing material"),
                                ("complete", "letter completing the material"),
                                ("forward", "notice of forwarding"),
                                ("reconsider", "request for reconsideration"),
                                ("reconsidered", "decision on reconsideration"),
                                ("revoke", "notice that a case was revoked"),
                                ("supervise", "proposal to supervise filing"),
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
                name="JointTeam",
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
                    ("unclear", models.CharField(max_length=1000, verbose_name="what is unclear")),
                    (
                        "status",
                        models.CharField(
                            choices=[
                                ("forming", "waiting for the departments invited"),
                                ("working", "working together"),
                                ("concluded", "opinion recorded"),
                                ("dissolved", "dissolved"),
                            ],
                            default="forming",
                            max_length=10,
                            verbose_name="status",
                        ),
                    ),
                    ("formed_at", models.DateTimeField(null=True)),
                    (
                        "outcome",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("penalty", "administrative penalty"),
                                ("agreement", "handled under the agreement"),
                                ("transfer", "transfer to the competent department"),
                                ("judicial", "judicial transfer"),
                                ("none", "not established"),
                            ],
                            max_length=10,
                            verbose_name="opinion",
                        ),
                    ),
                    ("reasons", models.TextField(blank=True, max_length=4000, verbose_name="grounds")),
                    ("concluded_at", models.DateTimeField(null=True)),
                    ("dissolved_at", models.DateTimeField(null=True)),
                    ("dissolve_reason", models.CharField(blank=True, max_length=300, verbose_name="reason")),
                    (
                        "case",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="teams", to="cases.case"
                        ),
                    ),
                    (
                        "concluded_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "department",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="led_teams",
                            to="departments.department",
                        ),
                    ),
                    (
                        "dissolved_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
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
                ],
                options={
                    "verbose_name": "joint team",
                    "ordering": ("-id",),
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("concluded_at", None), ("concluded_by", None)),
                                models.Q(("concluded_at__isnull", False), ("concluded_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="team_concluded_paired",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("dissolved_at", None), ("dissolved_by", None)),
                                models.Q(("dissolved_at__isnull", False), ("dissolved_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="team_dissolved_paired",
                        ),
                        models.UniqueConstraint(
                            condition=models.Q(("status__in", ["forming", "working"])),
                            fields=("case", "department"),
                            name="team_one_open",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("concluded_at", None),
                                    ("dissolved_at", None),
                                    ("formed_at", None),
                                    ("outcome", ""),
                                    ("status", "forming"),
                                ),
                                models.Q(
                                    ("concluded_at", None),
                                    ("dissolved_at", None),
                                    ("formed_at__isnull", False),
                                    ("outcome", ""),
                                    ("status", "working"),
                                ),
                                models.Q(
                                    ("concluded_at__isnull", False),
                                    ("dissolved_at", None),
                                    ("formed_at__isnull", False),
                                    ("status", "concluded"),
                                    models.Q(("outcome", ""), _negated=True),
                                ),
                                models.Q(
                                    ("concluded_at", None),
                                    ("dissolved_at__isnull", False),
                                    ("outcome", ""),
                                    ("status", "dissolved"),
                                ),
                                _connector="OR",
                            ),
                            name="team_stamps_fit_status",
                        ),
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
                                ("forwarded", "forwarded"),
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
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="referrals",
                            to="cases.case",
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
                    (
                        "author",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    ("forwarded_at", models.DateTimeField(null=True)),
                    (
                        "forwarded_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "handled_there",
                        models.CharField(blank=True, max_length=40, verbose_name="handled there by"),
                    ),
                    (
                        "return_letter",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="documents.issueddocument",
                        ),
                    ),
                    ("beside_sealed", models.BooleanField(default=False)),
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
                        models.UniqueConstraint(
                            fields=("dispatch", "receiver"), name="referral_once_a_receiver"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("sender", models.F("receiver")), _negated=True),
                            name="referral_not_to_oneself",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("return_category", ""), ("return_reason", ""), ("returned_at", None)
                                ),
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
                                models.Q(("forwarded_at", None), ("forwarded_by", None)),
                                models.Q(("forwarded_at__isnull", False), ("forwarded_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="referral_forwarded_paired",
                        ),
                        models.CheckConstraint(
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
                        models.CheckConstraint(
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
                        models.UniqueConstraint(
                            condition=models.Q(
                                ("beside_sealed", False),
                                ("kind", "transfer"),
                                ("status__in", ["sent", "received", "accepted", "answered"]),
                            ),
                            fields=("case", "kind", "receiver"),
                            name="transfer_once_a_receiver",
                        ),
                    ],
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
                            blank=True,
                            decimal_places=2,
                            max_digits=14,
                            null=True,
                            verbose_name="amount involved",
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
                    (
                        "copied",
                        models.ManyToManyField(
                            related_name="copied_dispatches",
                            to="departments.department",
                            verbose_name="copies to",
                        ),
                    ),
                    (
                        "left_out",
                        models.CharField(
                            blank=True, max_length=300, verbose_name="why a proposed department is left out"
                        ),
                    ),
                    (
                        "unclear",
                        models.CharField(blank=True, max_length=1000, verbose_name="what is unclear"),
                    ),
                    (
                        "team",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="invitations",
                            to="referrals.jointteam",
                        ),
                    ),
                    (
                        "forwards",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="forwardings",
                            to="referrals.referral",
                        ),
                    ),
                    (
                        "circle",
                        models.CharField(blank=True, max_length=100, verbose_name="who may know of it"),
                    ),
                    (
                        "handled",
                        models.TextField(
                            blank=True, max_length=2000, verbose_name="investigated and dealt with so far"
                        ),
                    ),
                ],
                options={
                    "verbose_name": "outgoing paper",
                    "ordering": ("-id",),
                    "indexes": [
                        models.Index(
                            condition=models.Q(
                                ("status__in", ("draft", "submitted", "reviewed", "approved"))
                            ),
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
                                    ("approved_at__isnull", False),
                                    ("sent_at__isnull", False),
                                    ("status", "sent"),
                                ),
                                _connector="OR",
                            ),
                            name="dispatch_stamps_fit_status",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("discovered_on__isnull", False), ("kind", "support")),
                                models.Q(
                                    models.Q(("kind", "support"), _negated=True), ("discovered_on", None)
                                ),
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
                        models.UniqueConstraint(
                            fields=("dispatch", "evidence"), name="manifest_evidence_once"
                        ),
                        models.UniqueConstraint(
                            fields=("dispatch", "position"), name="manifest_position_once"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("quantity__gt", 0)), name="manifest_quantity"
                        ),
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
                        models.UniqueConstraint(
                            fields=("dispatch", "position"), name="question_position_once"
                        )
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
                            choices=[
                                ("asked", "asked"),
                                ("agreed", "agreed"),
                                ("refused", "not agreed"),
                                ("lapsed", "no longer needed"),
                            ],
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
                    (
                        "reservation",
                        models.CharField(blank=True, max_length=500, verbose_name="reservations"),
                    ),
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
                                    ("approved_at__isnull", False),
                                    ("sent_at__isnull", False),
                                    ("status", "sent"),
                                ),
                                _connector="OR",
                            ),
                            name="reply_stamps_fit_status",
                        ),
                        models.UniqueConstraint(
                            condition=models.Q(
                                ("status__in", ("draft", "submitted", "reviewed", "approved"))
                            ),
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
            migrations.CreateModel(
                name="Comparison",
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
                                ("household", "cancelled household registration"),
                                ("custody", "persons in custody"),
                                ("moved", "household registration moved away"),
                                ("other", "other register"),
                            ],
                            max_length=12,
                            verbose_name="what is compared",
                        ),
                    ),
                    ("unasked", models.BooleanField(default=False, verbose_name="sent without being asked")),
                    ("purpose", models.CharField(max_length=300, verbose_name="purpose")),
                    ("basis", models.CharField(max_length=300, verbose_name="legal basis")),
                    ("limit_on", models.DateField(null=True, verbose_name="answer by")),
                    (
                        "status",
                        models.CharField(
                            choices=[
                                ("draft", "draft"),
                                ("submitted", "waiting for signature"),
                                ("approved", "signed, waiting to be sent"),
                                ("discarded", "discarded"),
                                ("sent", "waiting to be signed for"),
                                ("received", "being compared"),
                                ("prepared", "result waiting for signature"),
                                ("answered", "result received"),
                                ("closed", "closed"),
                                ("withdrawn", "withdrawn"),
                                ("returned", "returned without a result"),
                                ("expired", "expired without a result"),
                            ],
                            default="draft",
                            max_length=10,
                            verbose_name="status",
                        ),
                    ),
                    ("total", models.PositiveIntegerField(verbose_name="people on the list")),
                    ("hits", models.PositiveIntegerField(null=True, verbose_name="hits")),
                    ("list_sha256", models.CharField(max_length=64)),
                    ("number", models.CharField(blank=True, max_length=40, verbose_name="document number")),
                    (
                        "result_note",
                        models.CharField(blank=True, max_length=500, verbose_name="remark on the result"),
                    ),
                    (
                        "sent_back_reason",
                        models.CharField(blank=True, max_length=300, verbose_name="sent back because"),
                    ),
                    ("scan", models.CharField(blank=True, max_length=200)),
                    ("scan_sha256", models.CharField(blank=True, max_length=64)),
                    ("drafted_at", models.DateTimeField()),
                    ("submitted_at", models.DateTimeField(null=True)),
                    ("approved_at", models.DateTimeField(null=True)),
                    ("sent_at", models.DateTimeField(null=True)),
                    ("received_at", models.DateTimeField(null=True)),
                    ("prepared_at", models.DateTimeField(null=True)),
                    ("answered_at", models.DateTimeField(null=True)),
                    ("closed_at", models.DateTimeField(null=True)),
                    ("destroy_on", models.DateField(null=True, verbose_name="list destroyed on")),
                    ("destroyed_at", models.DateTimeField(null=True)),
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
                        "approved_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
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
                        "destroyed_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
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
                        "prepared_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
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
                            related_name="received_comparisons",
                            to="departments.department",
                        ),
                    ),
                    (
                        "result_document",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="documents.issueddocument",
                        ),
                    ),
                    (
                        "sender",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="sent_comparisons",
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
                        "submitted_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "end_reason",
                        models.CharField(blank=True, max_length=300, verbose_name="ended because"),
                    ),
                    ("ended_at", models.DateTimeField(null=True)),
                    (
                        "ended_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    ("proof", models.CharField(blank=True, max_length=200)),
                    ("proof_name", models.CharField(blank=True, max_length=150)),
                    ("proof_sha256", models.CharField(blank=True, max_length=64)),
                    ("scan_name", models.CharField(blank=True, max_length=150)),
                    (
                        "paper_number",
                        models.CharField(blank=True, max_length=40, verbose_name="their document number"),
                    ),
                ],
                options={
                    "verbose_name": "data comparison",
                    "ordering": ("-id",),
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("submitted_at", None), ("submitted_by", None)),
                                models.Q(("submitted_at__isnull", False), ("submitted_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="comparison_submitted_paired",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("approved_at", None), ("approved_by", None)),
                                models.Q(("approved_at__isnull", False), ("approved_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="comparison_approved_paired",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("sent_at", None), ("sent_by", None)),
                                models.Q(("sent_at__isnull", False), ("sent_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="comparison_sent_paired",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("received_at", None), ("received_by", None)),
                                models.Q(("received_at__isnull", False), ("received_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="comparison_received_paired",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("prepared_at", None), ("prepared_by", None)),
                                models.Q(("prepared_at__isnull", False), ("prepared_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="comparison_prepared_paired",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("answered_at", None), ("answered_by", None)),
                                models.Q(("answered_at__isnull", False), ("answered_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="comparison_answered_paired",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("closed_at", None), ("closed_by", None)),
                                models.Q(("closed_at__isnull", False), ("closed_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="comparison_closed_paired",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("sender", models.F("receiver")), _negated=True),
                            name="comparison_not_to_oneself",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("approved_by", None),
                                models.Q(("approved_by", models.F("drafted_by")), _negated=True),
                                _connector="OR",
                            ),
                            name="comparison_four_eyes",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("answered_by", None),
                                ("prepared_by", None),
                                models.Q(("answered_by", models.F("prepared_by")), _negated=True),
                                models.Q(("scan", ""), _negated=True),
                                _connector="OR",
                            ),
                            name="comparison_result_four_eyes",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("hits", None), ("hits__lte", models.F("total")), _connector="OR"
                            ),
                            name="comparison_hits_on_the_list",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("destroyed_at", None), ("destroy_on__isnull", False), _connector="OR"
                            ),
                            name="comparison_destroyed_when_due",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("status__in", ["sent", "received", "prepared", "answered", "closed"]),
                                    _negated=True,
                                ),
                                models.Q(("document__isnull", False), ("sent_at__isnull", False)),
                                _connector="OR",
                            ),
                            name="comparison_sent_iff_issued",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("destroyed_at", None), ("destroyed_by", None)),
                                ("destroyed_at__isnull", False),
                                _connector="OR",
                            ),
                            name="comparison_destroyed_by_at",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("end_reason", ""),
                                    ("ended_at", None),
                                    ("ended_by", None),
                                    models.Q(
                                        ("status__in", ["withdrawn", "returned", "expired"]), _negated=True
                                    ),
                                ),
                                models.Q(
                                    ("ended_at__isnull", False),
                                    ("ended_by__isnull", False),
                                    ("status__in", ["withdrawn", "returned"]),
                                    models.Q(("end_reason", ""), _negated=True),
                                ),
                                models.Q(
                                    ("ended_at__isnull", False),
                                    ("ended_by", None),
                                    ("status", "expired"),
                                    models.Q(("end_reason", ""), _negated=True),
                                ),
                                _connector="OR",
                            ),
                            name="comparison_ended_by_at",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("sent_at", None), ("destroy_on__isnull", False), _connector="OR"
                            ),
                            name="comparison_sent_list_ends",
                        ),
                    ],
                    "indexes": [
                        models.Index(fields=["receiver", "status", "-id"], name="comparison_inbox"),
                        models.Index(fields=["sender", "status", "-id"], name="comparison_outbox"),
                        models.Index(
                            condition=models.Q(("destroyed_at", None)),
                            fields=["destroy_on"],
                            name="comparison_to_destroy",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="ComparisonRow",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("position", models.PositiveIntegerField()),
                    ("name_sealed", models.BinaryField()),
                    ("id_sealed", models.BinaryField()),
                    ("id_index", models.CharField(max_length=64)),
                    ("masked", models.CharField(max_length=40)),
                    ("hit", models.BooleanField(null=True)),
                    ("finding_sealed", models.BinaryField(null=True)),
                    (
                        "comparison",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="rows",
                            to="referrals.comparison",
                        ),
                    ),
                    (
                        "lead",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="cases.case",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "person on the list",
                    "ordering": ("position",),
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("comparison", "position"), name="comparison_row_position_once"
                        ),
                        models.UniqueConstraint(
                            fields=("comparison", "id_index"), name="comparison_person_once"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("lead", None), ("hit", True), _connector="OR"),
                            name="comparison_lead_of_a_hit",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Completion",
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
                                ("asked", "completion asked for"),
                                ("supplied", "supplied"),
                                ("taken", "taken in"),
                                ("dropped", "no longer needed"),
                            ],
                            default="asked",
                            max_length=8,
                        ),
                    ),
                    ("missing", models.TextField(max_length=1000, verbose_name="what is missing")),
                    ("due_on", models.DateField(verbose_name="supply by")),
                    ("asked_at", models.DateTimeField()),
                    ("note", models.TextField(blank=True, max_length=1000, verbose_name="explanation")),
                    ("supplied_at", models.DateTimeField(null=True)),
                    ("taken_at", models.DateTimeField(null=True)),
                    ("dropped_at", models.DateTimeField(null=True)),
                    ("drop_reason", models.CharField(blank=True, max_length=300, verbose_name="reason")),
                    (
                        "asked_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "dropped_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "letter",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="documents.issueddocument",
                        ),
                    ),
                    (
                        "referral",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="completions",
                            to="referrals.referral",
                        ),
                    ),
                    (
                        "supplied_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "supply_letter",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="documents.issueddocument",
                        ),
                    ),
                    (
                        "taken_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
                options={
                    "verbose_name": "completion",
                    "ordering": ("id",),
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("supplied_at", None), ("supplied_by", None)),
                                models.Q(("supplied_at__isnull", False), ("supplied_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="completion_supplied_paired",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("taken_at", None), ("taken_by", None)),
                                models.Q(("taken_at__isnull", False), ("taken_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="completion_taken_paired",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("dropped_at", None), ("dropped_by", None)),
                                models.Q(("dropped_at__isnull", False), ("dropped_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="completion_dropped_paired",
                        ),
                        models.UniqueConstraint(
                            condition=models.Q(("status__in", ("asked", "supplied"))),
                            fields=("referral",),
                            name="completion_one_open_a_referral",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("dropped_at", None),
                                    ("status", "asked"),
                                    ("supplied_at", None),
                                    ("taken_at", None),
                                ),
                                models.Q(
                                    ("dropped_at", None),
                                    ("status", "supplied"),
                                    ("supplied_at__isnull", False),
                                    ("taken_at", None),
                                ),
                                models.Q(
                                    ("dropped_at", None),
                                    ("status", "taken"),
                                    ("supplied_at__isnull", False),
                                    ("taken_at__isnull", False),
                                ),
                                models.Q(
                                    ("dropped_at__isnull", False),
                                    ("status", "dropped"),
                                    ("taken_at", None),
                                    models.Q(("drop_reason", ""), _negated=True),
                                ),
                                _connector="OR",
                            ),
                            name="completion_stamps_fit_status",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Verdict",
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
                                ("line", "manifest line"),
                                ("supplied", "line supplied later"),
                                ("matter", "matter"),
                            ],
                            max_length=8,
                        ),
                    ),
                    ("position", models.PositiveSmallIntegerField()),
                    ("name", models.CharField(max_length=150, verbose_name="item")),
                    ("accepted", models.BooleanField(verbose_name="accepted")),
                    ("reason", models.CharField(blank=True, max_length=200, verbose_name="reason")),
                    (
                        "evidence",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="cases.evidence",
                        ),
                    ),
                    (
                        "referral",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="verdicts",
                            to="referrals.referral",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "verdict on an item",
                    "ordering": ("id",),
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("referral", "kind", "position"), name="verdict_once_an_item"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("accepted", True), ("reason", "")),
                                models.Q(("accepted", False), models.Q(("reason", ""), _negated=True)),
                                _connector="OR",
                            ),
                            name="verdict_refused_with_reason",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="SuppliedItem",
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
                    ("pages", models.PositiveIntegerField(null=True, verbose_name="pages")),
                    ("remark", models.CharField(blank=True, max_length=100, verbose_name="remark")),
                    (
                        "completion",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="items",
                            to="referrals.completion",
                        ),
                    ),
                    (
                        "evidence",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="supplied_items",
                            to="cases.evidence",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "supplied line",
                    "ordering": ("position",),
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("completion", "evidence"), name="supplied_evidence_once"
                        ),
                        models.UniqueConstraint(
                            fields=("completion", "position"), name="supplied_position_once"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("quantity__gt", 0)), name="supplied_quantity"
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Task",
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
                                ("assigned", "assigned from above"),
                                ("raised", "taken up by the higher level"),
                                ("designated", "jurisdiction designated"),
                                ("assist", "help asked by another place"),
                            ],
                            max_length=12,
                            verbose_name="kind",
                        ),
                    ),
                    (
                        "status",
                        models.CharField(
                            choices=[
                                ("registered", "waiting to be assigned"),
                                ("assigned", "waiting to be accepted"),
                                ("accepted", "being worked"),
                                ("reported", "reported back"),
                                ("closed", "closed"),
                                ("withdrawn", "withdrawn"),
                            ],
                            default="registered",
                            max_length=12,
                            verbose_name="status",
                        ),
                    ),
                    ("body_name", models.CharField(max_length=60, verbose_name="asked by")),
                    ("number", models.CharField(max_length=60, verbose_name="its document number")),
                    ("subject", models.CharField(max_length=100, verbose_name="subject line")),
                    ("request", models.TextField(max_length=2000, verbose_name="what is asked")),
                    ("received_on", models.DateField(verbose_name="received on")),
                    ("due_on", models.DateField(verbose_name="report back by")),
                    ("registered_at", models.DateTimeField()),
                    ("assigned_at", models.DateTimeField(null=True)),
                    ("accepted_at", models.DateTimeField(null=True)),
                    (
                        "hand_back_reason",
                        models.CharField(blank=True, max_length=300, verbose_name="handed back because"),
                    ),
                    ("reported_at", models.DateTimeField(null=True)),
                    ("redo_count", models.PositiveSmallIntegerField(default=0)),
                    (
                        "redo_reason",
                        models.CharField(
                            blank=True, max_length=300, verbose_name="what is to be reported again"
                        ),
                    ),
                    ("closed_at", models.DateTimeField(null=True)),
                    ("close_remark", models.CharField(blank=True, max_length=300, verbose_name="remark")),
                    ("withdrawn_at", models.DateTimeField(null=True)),
                    ("withdraw_reason", models.CharField(blank=True, max_length=300, verbose_name="reason")),
                    (
                        "handling",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("suspended", "suspended"),
                                ("ended", "ended"),
                                ("resumed", "given back and resumed"),
                            ],
                            max_length=10,
                            verbose_name="our own handling",
                        ),
                    ),
                    ("handling_note", models.CharField(blank=True, max_length=300, verbose_name="remark")),
                    (
                        "accepted_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "assigned_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "body",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="departments.department",
                        ),
                    ),
                    (
                        "closed_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "department",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="tasks_from_above",
                            to="departments.department",
                            verbose_name="department in charge",
                        ),
                    ),
                    (
                        "handler",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="tasks_from_above",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "region",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="departments.region",
                        ),
                    ),
                    (
                        "registered_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "registered_in",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="departments.department",
                        ),
                    ),
                    (
                        "reported_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "withdrawn_by",
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
                    "verbose_name": "task from above or beside",
                    "ordering": ("-id",),
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("assigned_at", None), ("assigned_by", None)),
                                models.Q(("assigned_at__isnull", False), ("assigned_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="task_assigned_paired",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("accepted_at", None), ("accepted_by", None)),
                                models.Q(("accepted_at__isnull", False), ("accepted_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="task_accepted_paired",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("reported_at", None), ("reported_by", None)),
                                models.Q(("reported_at__isnull", False), ("reported_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="task_reported_paired",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("closed_at", None), ("closed_by", None)),
                                models.Q(("closed_at__isnull", False), ("closed_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="task_closed_paired",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("withdrawn_at", None), ("withdrawn_by", None)),
                                models.Q(("withdrawn_at__isnull", False), ("withdrawn_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="task_withdrawn_paired",
                        ),
                        models.UniqueConstraint(
                            fields=("region", "body_name", "number"), name="task_letter_once"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("due_on__gte", models.F("received_on"))),
                            name="task_due_after_receipt",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("status__in", ["registered", "withdrawn"]),
                                models.Q(
                                    ("assigned_at__isnull", False),
                                    ("department__isnull", False),
                                    ("handler__isnull", False),
                                ),
                                _connector="OR",
                            ),
                            name="task_worked_by_a_person",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("status__in", ["reported", "closed"]), _negated=True),
                                ("reported_at__isnull", False),
                                _connector="OR",
                            ),
                            name="task_closed_only_when_reported",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("handling", ""), ("kind", "raised"), _connector="OR"),
                            name="task_handling_only_when_raised",
                        ),
                    ],
                    "indexes": [
                        models.Index(fields=["region", "status", "-id"], name="task_by_region"),
                        models.Index(fields=["department", "status", "-id"], name="task_by_department"),
                        models.Index(fields=["handler", "status"], name="task_by_handler"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="TaskCase",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "outcome",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("confirmed", "confirmed"),
                                ("partly", "partly confirmed"),
                                ("unfounded", "not confirmed"),
                                ("ongoing", "still being worked"),
                                ("handed", "handed to the higher level"),
                            ],
                            max_length=10,
                            verbose_name="state of the case",
                        ),
                    ),
                    ("remark", models.CharField(blank=True, max_length=300, verbose_name="remark")),
                    ("linked_at", models.DateTimeField()),
                    ("stated_at", models.DateTimeField(null=True)),
                    (
                        "case",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="task_links",
                            to="cases.case",
                        ),
                    ),
                    (
                        "linked_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "stated_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "task",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="links",
                            to="referrals.task",
                        ),
                    ),
                ],
                options={
                    "ordering": ("id",),
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("stated_at", None), ("stated_by", None)),
                                models.Q(("stated_at__isnull", False), ("stated_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="task_case_stated_paired",
                        ),
                        models.UniqueConstraint(fields=("task", "case"), name="task_case_once"),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("outcome", ""), ("stated_at", None)),
                                models.Q(
                                    models.Q(("outcome", ""), _negated=True), ("stated_at__isnull", False)
                                ),
                                _connector="OR",
                            ),
                            name="task_case_stated_iff_outcome",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="TaskChase",
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
                        "task",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="chases",
                            to="referrals.task",
                        ),
                    ),
                ],
                options={
                    "ordering": ("id",),
                    "constraints": [
                        models.UniqueConstraint(fields=("task", "on"), name="task_chase_once_a_working_day"),
                        models.UniqueConstraint(fields=("task", "number"), name="task_chase_counted"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="TaskFile",
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
                                ("incoming", "incoming letter"),
                                ("answer", "answer of the body"),
                                ("other", "other paper"),
                            ],
                            max_length=10,
                            verbose_name="kind",
                        ),
                    ),
                    ("file", models.CharField(max_length=200)),
                    ("name", models.CharField(max_length=150, verbose_name="file name")),
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
                        "task",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="files",
                            to="referrals.task",
                        ),
                    ),
                ],
                options={
                    "ordering": ("id",),
                },
            ),
            migrations.CreateModel(
                name="TaskLetter",
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
                        "purpose",
                        models.CharField(
                            choices=[
                                ("report", "report letter"),
                                ("delay", "request for a later date"),
                                ("handover", "hand-over to the higher level"),
                            ],
                            max_length=10,
                            verbose_name="kind",
                        ),
                    ),
                    ("title", models.CharField(max_length=100, verbose_name="subject line")),
                    ("text", models.TextField(max_length=6000, verbose_name="text")),
                    ("new_on", models.DateField(blank=True, null=True, verbose_name="new date")),
                    (
                        "effect",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("suspended", "suspended"),
                                ("ended", "ended"),
                                ("resumed", "given back and resumed"),
                            ],
                            max_length=10,
                            verbose_name="our own handling",
                        ),
                    ),
                    (
                        "late_reason",
                        models.CharField(blank=True, max_length=300, verbose_name="why it is late"),
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
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
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
                    (
                        "task",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="letters",
                            to="referrals.task",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "letter to the body of a task",
                    "ordering": ("id",),
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("submitted_at", None), ("submitted_by", None)),
                                models.Q(("submitted_at__isnull", False), ("submitted_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="task_letter_submitted_paired",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("reviewed_at", None), ("reviewed_by", None)),
                                models.Q(("reviewed_at__isnull", False), ("reviewed_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="task_letter_reviewed_paired",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("approved_at", None), ("approved_by", None)),
                                models.Q(("approved_at__isnull", False), ("approved_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="task_letter_approved_paired",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("sent_at", None), ("sent_by", None)),
                                models.Q(("sent_at__isnull", False), ("sent_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="task_letter_sent_paired",
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
                            name="task_letter_four_eyes",
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
                                    ("approved_at__isnull", False),
                                    ("sent_at__isnull", False),
                                    ("status", "sent"),
                                ),
                                _connector="OR",
                            ),
                            name="task_letter_stamps_fit_status",
                        ),
                        models.UniqueConstraint(
                            condition=models.Q(
                                ("status__in", ("draft", "submitted", "reviewed", "approved"))
                            ),
                            fields=("task", "purpose"),
                            name="task_letter_one_open",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("document__isnull", False), ("status", "sent")),
                                models.Q(models.Q(("status", "sent"), _negated=True), ("document", None)),
                                _connector="OR",
                            ),
                            name="task_letter_sent_iff_issued",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("new_on__isnull", False), ("purpose", "delay")),
                                models.Q(models.Q(("purpose", "delay"), _negated=True), ("new_on", None)),
                                _connector="OR",
                            ),
                            name="task_letter_new_on_iff_delay",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("effect__in", ["suspended", "ended"]), ("purpose", "handover")),
                                models.Q(models.Q(("purpose", "handover"), _negated=True), ("effect", "")),
                                _connector="OR",
                            ),
                            name="task_letter_effect_iff_handover",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="TaskExtension",
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
                                ("asked", "asked"),
                                ("agreed", "agreed"),
                                ("refused", "not agreed"),
                                ("lapsed", "no longer needed"),
                            ],
                            default="asked",
                            max_length=8,
                        ),
                    ),
                    ("old_on", models.DateField(verbose_name="old date")),
                    ("new_on", models.DateField(verbose_name="new date")),
                    ("asked_at", models.DateTimeField()),
                    ("decided_at", models.DateTimeField(null=True)),
                    (
                        "answer_number",
                        models.CharField(blank=True, max_length=60, verbose_name="number of the answer"),
                    ),
                    ("answer_on", models.DateField(null=True, verbose_name="date of the answer")),
                    ("remark", models.CharField(blank=True, max_length=300, verbose_name="remark")),
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
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "task",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="extensions",
                            to="referrals.task",
                        ),
                    ),
                    (
                        "letter",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="extension",
                            to="referrals.taskletter",
                        ),
                    ),
                ],
                options={
                    "ordering": ("id",),
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("decided_at", None), ("decided_by", None)),
                                models.Q(("decided_at__isnull", False), ("decided_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="task_extension_decided_paired",
                        ),
                        models.UniqueConstraint(
                            condition=models.Q(("status", "asked")),
                            fields=("task",),
                            name="task_extension_one_open",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("new_on__gt", models.F("old_on"))),
                            name="task_extension_is_longer",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="HandoverItem",
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
                    ("pages", models.PositiveIntegerField(blank=True, null=True, verbose_name="pages")),
                    (
                        "evidence",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.evidence"
                        ),
                    ),
                    (
                        "letter",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="manifest",
                            to="referrals.taskletter",
                        ),
                    ),
                ],
                options={
                    "ordering": ("position",),
                    "abstract": False,
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("letter", "evidence"), name="handover_item_evidence_once"
                        ),
                        models.UniqueConstraint(
                            fields=("letter", "position"), name="handover_item_position_once"
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="AssistThreshold",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("amount", models.DecimalField(decimal_places=2, max_digits=14, verbose_name="amount")),
                    ("effective_from", models.DateField(unique=True, verbose_name="in force from")),
                    ("basis", models.CharField(max_length=200, verbose_name="basis")),
                ],
                options={
                    "verbose_name": "amount from which a request to another place is proposed",
                    "ordering": ("-effective_from",),
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("amount__gt", 0)), name="assist_threshold_positive"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="OutsideStay",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("place", models.CharField(max_length=40, verbose_name="place")),
                    ("hospital", models.CharField(max_length=100, verbose_name="hospital")),
                    ("cross_province", models.BooleanField(default=True, verbose_name="in another province")),
                    (
                        "cost",
                        models.DecimalField(decimal_places=2, max_digits=14, verbose_name="inpatient cost"),
                    ),
                    ("admitted_on", models.DateField(verbose_name="admitted on")),
                    ("discharged_on", models.DateField(blank=True, null=True, verbose_name="discharged on")),
                    ("proposed", models.BooleanField(default=False)),
                    ("registered_at", models.DateTimeField()),
                    ("waived_at", models.DateTimeField(null=True)),
                    (
                        "waive_reason",
                        models.CharField(blank=True, max_length=300, verbose_name="why no request is made"),
                    ),
                    (
                        "case",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="outside_stays",
                            to="cases.case",
                        ),
                    ),
                    (
                        "department",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="departments.department",
                        ),
                    ),
                    (
                        "registered_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "threshold",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="referrals.assistthreshold",
                        ),
                    ),
                    (
                        "waived_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "patient",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="cases.subject",
                            verbose_name="insured person",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "stay in another place",
                    "ordering": ("id",),
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("waived_at", None), ("waived_by", None)),
                                models.Q(("waived_at__isnull", False), ("waived_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="outside_stay_waived_paired",
                        ),
                        models.CheckConstraint(condition=models.Q(("cost__gt", 0)), name="outside_stay_cost"),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("discharged_on", None),
                                ("discharged_on__gte", models.F("admitted_on")),
                                _connector="OR",
                            ),
                            name="outside_stay_in_order",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("waive_reason", ""), ("waived_at", None)),
                                models.Q(
                                    ("waived_at__isnull", False),
                                    models.Q(("waive_reason", ""), _negated=True),
                                ),
                                _connector="OR",
                            ),
                            name="outside_stay_waived_with_reason",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="AssistLetter",
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
                    ("body_name", models.CharField(max_length=60, verbose_name="bureau asked")),
                    ("title", models.CharField(max_length=100, verbose_name="subject line")),
                    ("facts", models.TextField(max_length=4000, verbose_name="facts")),
                    ("request", models.TextField(max_length=2000, verbose_name="what is asked")),
                    (
                        "reason",
                        models.CharField(
                            blank=True, max_length=300, verbose_name="why it is asked below the threshold"
                        ),
                    ),
                    (
                        "stage",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("posted", "waiting for proof of delivery"),
                                ("delivered", "delivered, waiting for the answer"),
                                ("answered", "answered"),
                                ("closed", "closed"),
                                ("withdrawn", "withdrawn"),
                            ],
                            max_length=10,
                            verbose_name="state",
                        ),
                    ),
                    ("delivered_on", models.DateField(null=True, verbose_name="delivered on")),
                    ("delivered_how", models.CharField(blank=True, max_length=40, verbose_name="how")),
                    ("delivered_at", models.DateTimeField(null=True)),
                    (
                        "answer_number",
                        models.CharField(blank=True, max_length=60, verbose_name="number of the answer"),
                    ),
                    ("answer_on", models.DateField(null=True, verbose_name="date of the answer")),
                    (
                        "answer_text",
                        models.TextField(blank=True, max_length=4000, verbose_name="what the answer says"),
                    ),
                    ("answered_at", models.DateTimeField(null=True)),
                    ("closed_at", models.DateTimeField(null=True)),
                    ("close_remark", models.CharField(blank=True, max_length=300, verbose_name="remark")),
                    ("withdrawn_at", models.DateTimeField(null=True)),
                    ("withdraw_reason", models.CharField(blank=True, max_length=300, verbose_name="reason")),
                    (
                        "answered_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
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
                        "closed_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "delivered_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
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
                    (
                        "withdrawn_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "stay",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="letters",
                            to="referrals.outsidestay",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "request to another place",
                    "ordering": ("-id",),
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("submitted_at", None), ("submitted_by", None)),
                                models.Q(("submitted_at__isnull", False), ("submitted_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="assist_letter_submitted_paired",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("reviewed_at", None), ("reviewed_by", None)),
                                models.Q(("reviewed_at__isnull", False), ("reviewed_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="assist_letter_reviewed_paired",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("approved_at", None), ("approved_by", None)),
                                models.Q(("approved_at__isnull", False), ("approved_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="assist_letter_approved_paired",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("sent_at", None), ("sent_by", None)),
                                models.Q(("sent_at__isnull", False), ("sent_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="assist_letter_sent_paired",
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
                            name="assist_letter_four_eyes",
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
                                    ("approved_at__isnull", False),
                                    ("sent_at__isnull", False),
                                    ("status", "sent"),
                                ),
                                _connector="OR",
                            ),
                            name="assist_letter_stamps_fit_status",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("delivered_at", None), ("delivered_by", None)),
                                models.Q(("delivered_at__isnull", False), ("delivered_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="assist_letter_delivered_paired",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("answered_at", None), ("answered_by", None)),
                                models.Q(("answered_at__isnull", False), ("answered_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="assist_letter_answered_paired",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("closed_at", None), ("closed_by", None)),
                                models.Q(("closed_at__isnull", False), ("closed_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="assist_letter_closed_paired",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("withdrawn_at", None), ("withdrawn_by", None)),
                                models.Q(("withdrawn_at__isnull", False), ("withdrawn_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="assist_letter_withdrawn_paired",
                        ),
                        models.UniqueConstraint(
                            condition=models.Q(
                                ("status__in", ("draft", "submitted", "reviewed", "approved")),
                                ("stage__in", ["posted", "delivered"]),
                                _connector="OR",
                            ),
                            fields=("stay",),
                            name="assist_one_open_a_stay",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("document__isnull", False),
                                    ("status", "sent"),
                                    models.Q(("stage", ""), _negated=True),
                                ),
                                models.Q(
                                    models.Q(("status", "sent"), _negated=True),
                                    ("document", None),
                                    ("stage", ""),
                                ),
                                _connector="OR",
                            ),
                            name="assist_letter_stage_iff_sent",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("stage__in", ["delivered", "answered"]), _negated=True),
                                ("delivered_at__isnull", False),
                                _connector="OR",
                            ),
                            name="assist_letter_answered_only_when_delivered",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="AssistFile",
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
                            choices=[("delivery", "proof of delivery"), ("answer", "answer")], max_length=10
                        ),
                    ),
                    ("file", models.CharField(max_length=200)),
                    ("name", models.CharField(max_length=150, verbose_name="file name")),
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
                        "letter",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="files",
                            to="referrals.assistletter",
                        ),
                    ),
                ],
                options={
                    "ordering": ("id",),
                },
            ),
            migrations.CreateModel(
                name="AssistItem",
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
                    ("pages", models.PositiveIntegerField(blank=True, null=True, verbose_name="pages")),
                    (
                        "evidence",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.evidence"
                        ),
                    ),
                    (
                        "letter",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="manifest",
                            to="referrals.assistletter",
                        ),
                    ),
                ],
                options={
                    "ordering": ("position",),
                    "abstract": False,
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("letter", "evidence"), name="assist_item_evidence_once"
                        ),
                        models.UniqueConstraint(
                            fields=("letter", "position"), name="assist_item_position_once"
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="BulletinDuty",
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
                                ("due", "bulletin due"),
                                ("met", "bulletin sent"),
                                ("waived", "bulletin not needed"),
                            ],
                            default="due",
                            max_length=8,
                            verbose_name="status",
                        ),
                    ),
                    ("met_at", models.DateTimeField(null=True)),
                    ("waived_at", models.DateTimeField(null=True)),
                    ("waive_reason", models.CharField(blank=True, max_length=300, verbose_name="reason")),
                    (
                        "case",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="bulletin_duties",
                            to="cases.case",
                        ),
                    ),
                    (
                        "department",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="bulletin_duties",
                            to="departments.department",
                        ),
                    ),
                    (
                        "met_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "waived_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
                options={
                    "verbose_name": "duty to send a bulletin",
                    "ordering": ("id",),
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("met_at", None), ("met_by", None)),
                                models.Q(("met_at__isnull", False), ("met_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="bulletin_duty_met_paired",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("waived_at", None), ("waived_by", None)),
                                models.Q(("waived_at__isnull", False), ("waived_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="bulletin_duty_waived_paired",
                        ),
                        models.UniqueConstraint(fields=("case", "department"), name="bulletin_duty_once"),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("met_at", None), ("status", "due"), ("waived_at", None)),
                                models.Q(("met_at__isnull", False), ("status", "met"), ("waived_at", None)),
                                models.Q(
                                    ("met_at", None),
                                    ("status", "waived"),
                                    ("waived_at__isnull", False),
                                    models.Q(("waive_reason", ""), _negated=True),
                                ),
                                _connector="OR",
                            ),
                            name="bulletin_duty_stamps_fit_status",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Copy",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("number", models.CharField(max_length=40, verbose_name="document number")),
                    ("sent_at", models.DateTimeField()),
                    (
                        "case",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.case"
                        ),
                    ),
                    (
                        "department",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="copies",
                            to="departments.department",
                        ),
                    ),
                    (
                        "dispatch",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="copies",
                            to="referrals.dispatch",
                        ),
                    ),
                    (
                        "sender",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="departments.department",
                        ),
                    ),
                    (
                        "sent_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
                options={
                    "verbose_name": "copy",
                    "ordering": ("-id",),
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("dispatch", "department"), name="copy_once_a_department"
                        )
                    ],
                    "indexes": [models.Index(fields=["department", "-id"], name="copy_inbox")],
                },
            ),
            migrations.CreateModel(
                name="Reading",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("asked_at", models.DateTimeField()),
                    ("read_at", models.DateTimeField(null=True)),
                    (
                        "asked_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "department",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="departments.department",
                        ),
                    ),
                    (
                        "dispatch",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="readings",
                            to="referrals.dispatch",
                        ),
                    ),
                    (
                        "person",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="readings",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
                options={
                    "verbose_name": "circulation",
                    "ordering": ("id",),
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("dispatch", "department", "person"), name="reading_once_a_person"
                        )
                    ],
                    "indexes": [
                        models.Index(
                            condition=models.Q(("read_at", None)),
                            fields=["person", "department"],
                            name="reading_waits",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="DutyReceiver",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "left_out_reason",
                        models.CharField(blank=True, max_length=300, verbose_name="why left out"),
                    ),
                    ("left_out_at", models.DateTimeField(null=True)),
                    (
                        "department",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="departments.department",
                        ),
                    ),
                    (
                        "duty",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="proposed",
                            to="referrals.bulletinduty",
                        ),
                    ),
                    (
                        "left_out_by",
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
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="referrals.referral",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "proposed recipient",
                    "ordering": ("id",),
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("left_out_at", None), ("left_out_by", None)),
                                models.Q(("left_out_at__isnull", False), ("left_out_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="duty_receiver_left_out_paired",
                        ),
                        models.UniqueConstraint(fields=("duty", "department"), name="duty_receiver_once"),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("left_out_at", None), ("left_out_reason", "")),
                                models.Q(
                                    ("left_out_at__isnull", False),
                                    models.Q(("left_out_reason", ""), _negated=True),
                                ),
                                _connector="OR",
                            ),
                            name="duty_receiver_left_out_with_reason",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="TeamPaper",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("person", models.CharField(max_length=40, verbose_name="who signed it there")),
                    (
                        "number",
                        models.CharField(blank=True, max_length=40, verbose_name="their document number"),
                    ),
                    ("dated_on", models.DateField(verbose_name="dated")),
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
                        "department",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="departments.department",
                        ),
                    ),
                    (
                        "team",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="papers",
                            to="referrals.jointteam",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "paper of a body on the team",
                    "ordering": ("id",),
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("file", ""), _negated=True), models.Q(("sha256", ""), _negated=True)
                            ),
                            name="team_paper_has_its_scan",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="TeamFinding",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("text", models.TextField(max_length=4000, verbose_name="what was found")),
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
                        "department",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="departments.department",
                        ),
                    ),
                    (
                        "evidence",
                        models.ManyToManyField(
                            related_name="+", to="cases.evidence", verbose_name="evidence"
                        ),
                    ),
                    (
                        "team",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="findings",
                            to="referrals.jointteam",
                        ),
                    ),
                    ("said_by", models.CharField(blank=True, max_length=40, verbose_name="said by")),
                    (
                        "paper",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="referrals.teampaper",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "finding of the team",
                    "ordering": ("id",),
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("paper", None), ("said_by", "")),
                                models.Q(models.Q(("said_by", ""), _negated=True), ("paper__isnull", False)),
                                _connector="OR",
                            ),
                            name="team_finding_on_paper_has_its_scan",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="TeamMember",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("joined_at", models.DateTimeField()),
                    ("ended_at", models.DateTimeField(null=True)),
                    (
                        "department",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="departments.department",
                        ),
                    ),
                    (
                        "joined_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "team",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="members",
                            to="referrals.jointteam",
                        ),
                    ),
                    (
                        "user",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    ("name", models.CharField(blank=True, max_length=40, verbose_name="name")),
                    (
                        "paper",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="referrals.teampaper",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "team member",
                    "ordering": ("id",),
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("ended_at", None)),
                            fields=("team", "user"),
                            name="team_member_once",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("name", ""), ("user__isnull", False)),
                                models.Q(("user", None), models.Q(("name", ""), _negated=True)),
                                _connector="OR",
                            ),
                            name="team_member_is_somebody",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="TeamView",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "nature",
                        models.CharField(
                            choices=[
                                ("penalty", "administrative penalty"),
                                ("agreement", "handled under the agreement"),
                                ("transfer", "transfer to the competent department"),
                                ("judicial", "judicial transfer"),
                                ("none", "not established"),
                            ],
                            max_length=10,
                            verbose_name="nature",
                        ),
                    ),
                    ("text", models.TextField(max_length=2000, verbose_name="grounds")),
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
                        "department",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="departments.department",
                        ),
                    ),
                    (
                        "team",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="views",
                            to="referrals.jointteam",
                        ),
                    ),
                    ("said_by", models.CharField(blank=True, max_length=40, verbose_name="said by")),
                    (
                        "paper",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="referrals.teampaper",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "view of a department",
                    "ordering": ("id",),
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("team", "department"), name="team_view_once_a_department"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("paper", None), ("said_by", "")),
                                models.Q(models.Q(("said_by", ""), _negated=True), ("paper__isnull", False)),
                                _connector="OR",
                            ),
                            name="team_view_on_paper_has_its_scan",
                        ),
                    ],
                },
            ),
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
                        )
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
                    ("paper_file", models.FileField(blank=True, max_length=200, upload_to="")),
                    ("paper_name", models.CharField(blank=True, max_length=150)),
                    (
                        "paper_number",
                        models.CharField(blank=True, max_length=40, verbose_name="their document number"),
                    ),
                    ("paper_on", models.DateField(null=True, verbose_name="dated")),
                    (
                        "paper_person",
                        models.CharField(blank=True, max_length=40, verbose_name="who signed it there"),
                    ),
                    ("paper_sha256", models.CharField(blank=True, max_length=64)),
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
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("paper_file", ""),
                                    ("paper_number", ""),
                                    ("paper_on", None),
                                    ("paper_person", ""),
                                    ("paper_sha256", ""),
                                ),
                                models.Q(
                                    ("paper_on__isnull", False),
                                    ("replied_at__isnull", False),
                                    models.Q(("paper_person", ""), _negated=True),
                                    models.Q(("paper_file", ""), _negated=True),
                                    models.Q(("paper_sha256", ""), _negated=True),
                                ),
                                _connector="OR",
                            ),
                            name="supervision_paper_whole",
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
                            choices=[
                                ("asked", "asked"),
                                ("agreed", "agreed"),
                                ("refused", "not agreed"),
                                ("lapsed", "no longer needed"),
                            ],
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
                                ("accepted", "accepts the letter"),
                                ("returned", "returns the letter"),
                                ("answered", "answers the letter"),
                                ("missing", "asks for completion"),
                                ("longer", "asks for a longer limit"),
                                ("partly", "accepts the letter in part"),
                                ("agreed", "agrees to the withdrawal"),
                                ("refused", "does not agree to the withdrawal"),
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
                    (
                        "number",
                        models.CharField(blank=True, max_length=40, verbose_name="their document number"),
                    ),
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
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="CrimeThreshold",
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
                    ("crime", models.CharField(max_length=60, unique=True, verbose_name="suspected crime")),
                    ("article", models.CharField(max_length=100, verbose_name="article")),
                    (
                        "large_from",
                        models.DecimalField(
                            decimal_places=2, max_digits=14, verbose_name="large amount, from"
                        ),
                    ),
                    (
                        "large_to",
                        models.DecimalField(
                            decimal_places=2, max_digits=14, verbose_name="large amount, at the latest from"
                        ),
                    ),
                    (
                        "huge_from",
                        models.DecimalField(
                            decimal_places=2, max_digits=14, verbose_name="huge amount, from"
                        ),
                    ),
                    (
                        "huge_to",
                        models.DecimalField(
                            decimal_places=2, max_digits=14, verbose_name="huge amount, at the latest from"
                        ),
                    ),
                    (
                        "enormous_from",
                        models.DecimalField(
                            decimal_places=2, max_digits=14, verbose_name="enormous amount, from"
                        ),
                    ),
                    ("basis", models.CharField(max_length=300, verbose_name="basis")),
                ],
                options={
                    "verbose_name": "amount of prosecution",
                    "ordering": ("id",),
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                ("large_from__gt", 0),
                                ("large_from__lte", models.F("large_to")),
                                ("large_to__lt", models.F("huge_from")),
                                ("huge_from__lte", models.F("huge_to")),
                                ("huge_to__lt", models.F("enormous_from")),
                            ),
                            name="crime_threshold_in_order",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="CriminalTransfer",
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
                                ("proposed", "proposed, officers to be named"),
                                ("verifying", "being verified by two officers"),
                                ("discarded", "given up"),
                                ("reported", "reported to the head"),
                                ("declined", "not to be transferred"),
                                ("approved", "approved, to be handed over"),
                                ("sent", "handed over, receipt awaited"),
                                ("received", "examined by the police"),
                                ("incomplete", "materials being completed"),
                                ("forwarded", "forwarded to the body with jurisdiction"),
                                ("filed", "filed by the police"),
                                ("refused", "not filed by the police"),
                                ("reconsidering", "under reconsideration"),
                                ("upheld", "refusal upheld"),
                                ("supervising", "before the procuratorate"),
                                ("not_ordered", "not filed after supervision"),
                                ("resumed", "back to administrative handling"),
                                ("closed", "property handed over, closed"),
                                ("revoked", "case revoked by the police"),
                            ],
                            default="proposed",
                            max_length=14,
                            verbose_name="status",
                        ),
                    ),
                    ("crime", models.CharField(max_length=60, verbose_name="suspected crime")),
                    ("article", models.CharField(max_length=100, verbose_name="article")),
                    ("found_on", models.DateField(verbose_name="discovered on")),
                    ("facts", models.TextField(max_length=4000, verbose_name="facts")),
                    (
                        "amount",
                        models.DecimalField(decimal_places=2, max_digits=14, verbose_name="amount involved"),
                    ),
                    (
                        "amount_verified",
                        models.BooleanField(default=False, verbose_name="from the verified amount"),
                    ),
                    (
                        "measures",
                        models.TextField(blank=True, max_length=1000, verbose_name="measures taken"),
                    ),
                    (
                        "others",
                        models.CharField(blank=True, max_length=300, verbose_name="other persons involved"),
                    ),
                    ("report", models.TextField(blank=True, max_length=6000, verbose_name="report")),
                    (
                        "decision",
                        models.CharField(blank=True, max_length=1000, verbose_name="reasons of the decision"),
                    ),
                    (
                        "forwarded_to",
                        models.CharField(blank=True, max_length=60, verbose_name="forwarded to"),
                    ),
                    ("strand_suspended", models.BooleanField(default=False)),
                    (
                        "case",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="criminal_transfers",
                            to="cases.case",
                        ),
                    ),
                    (
                        "department",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="criminal_transfers",
                            to="departments.department",
                        ),
                    ),
                    (
                        "dispatch",
                        models.OneToOneField(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="criminal_transfer",
                            to="referrals.dispatch",
                        ),
                    ),
                    (
                        "persons",
                        models.ManyToManyField(
                            related_name="criminal_transfers", to="cases.subject", verbose_name="suspects"
                        ),
                    ),
                    (
                        "police",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="criminal_files",
                            to="departments.department",
                        ),
                    ),
                    (
                        "procuratorate",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="departments.department",
                        ),
                    ),
                    (
                        "proposed_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "referral",
                        models.OneToOneField(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="criminal_transfer",
                            to="referrals.referral",
                        ),
                    ),
                    (
                        "reported_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "threshold",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="referrals.crimethreshold",
                        ),
                    ),
                    (
                        "copy_served_on",
                        models.DateField(blank=True, null=True, verbose_name="copy served on"),
                    ),
                ],
                options={
                    "verbose_name": "transfer of suspected crime",
                    "ordering": ("-id",),
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(
                                ("status__in", ("discarded", "declined", "resumed", "closed")), _negated=True
                            ),
                            fields=("case", "department"),
                            name="crime_one_open_a_department",
                        ),
                        models.CheckConstraint(condition=models.Q(("amount__gte", 0)), name="crime_amount"),
                        models.CheckConstraint(
                            condition=models.Q(("department", models.F("police")), _negated=True),
                            name="crime_not_to_oneself",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("dispatch", None),
                                    (
                                        "status__in",
                                        ["proposed", "verifying", "discarded", "reported", "declined"],
                                    ),
                                ),
                                models.Q(
                                    ("dispatch__isnull", False), ("referral", None), ("status", "approved")
                                ),
                                models.Q(("dispatch__isnull", False), ("referral__isnull", False)),
                                _connector="OR",
                            ),
                            name="crime_papers_fit_status",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("copy_served_on", None), ("referral__isnull", False), _connector="OR"
                            ),
                            name="crime_copy_served_after_hand_over",
                        ),
                    ],
                    "indexes": [models.Index(fields=["department", "status"], name="crime_by_department")],
                },
            ),
            migrations.CreateModel(
                name="CrimeStep",
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
                                ("proposed", "transfer proposed"),
                                ("assigned", "officers named"),
                                ("reported", "written report to the head"),
                                ("approved", "transfer approved"),
                                ("declined", "transfer not approved"),
                                ("discarded", "proposal given up"),
                                ("handed_over", "handed over to the police"),
                                ("copied", "copied to the procuratorate"),
                                ("copy_served", "copy served on the procuratorate"),
                                ("received", "receipt signed by the police"),
                                ("incomplete", "completion asked for"),
                                ("completed", "materials completed"),
                                ("forwarded", "forwarded by the police"),
                                ("filed", "filed"),
                                ("refused", "not filed"),
                                ("reconsideration", "reconsideration asked for"),
                                ("overturned", "reconsidered: filed"),
                                ("upheld", "reconsidered: refusal upheld"),
                                ("supervision", "supervision of filing asked for"),
                                ("ordered", "supervision: filed"),
                                ("not_ordered", "supervision: refusal stands"),
                                ("property", "property and material handed over"),
                                ("revoked", "case revoked"),
                                ("resumed", "administrative handling resumed"),
                                ("duty", "duty crime passed to the supervisory organ"),
                            ],
                            max_length=16,
                            verbose_name="step",
                        ),
                    ),
                    ("happened_at", models.DateTimeField()),
                    ("number", models.CharField(blank=True, max_length=60, verbose_name="document number")),
                    ("text", models.CharField(blank=True, max_length=2000, verbose_name="reasons")),
                    ("signed_name", models.CharField(blank=True, max_length=40, verbose_name="signed by")),
                    ("file", models.FileField(blank=True, max_length=200, upload_to="")),
                    ("name", models.CharField(blank=True, max_length=150)),
                    ("sha256", models.CharField(blank=True, max_length=64)),
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
                        "department",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
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
                        "transfer",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="steps",
                            to="referrals.criminaltransfer",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "step of a transfer of suspected crime",
                    "ordering": ("id",),
                },
            ),
            migrations.CreateModel(
                name="CrimeOfficer",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "certificate",
                        models.CharField(max_length=30, verbose_name="enforcement certificate number"),
                    ),
                    (
                        "user",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "transfer",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="officers",
                            to="referrals.criminaltransfer",
                        ),
                    ),
                ],
                options={
                    "ordering": ("id",),
                    "constraints": [
                        models.UniqueConstraint(fields=("transfer", "user"), name="crime_officer_once")
                    ],
                },
            ),
            migrations.CreateModel(
                name="CrimeItem",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("position", models.PositiveSmallIntegerField()),
                    ("name", models.CharField(max_length=60, verbose_name="name")),
                    (
                        "specification",
                        models.CharField(blank=True, max_length=60, verbose_name="specification"),
                    ),
                    ("quantity", models.CharField(max_length=20, verbose_name="quantity")),
                    ("pages", models.PositiveIntegerField(null=True, verbose_name="pages")),
                    ("source", models.CharField(blank=True, max_length=60, verbose_name="source")),
                    ("remark", models.CharField(blank=True, max_length=100, verbose_name="remark")),
                    (
                        "transfer",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="items",
                            to="referrals.criminaltransfer",
                        ),
                    ),
                ],
                options={
                    "ordering": ("position",),
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("transfer", "position"), name="crime_item_position_once"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="CrimeAttachment",
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
                                ("letter", "letter of transfer"),
                                ("report", "investigation report"),
                                ("items", "list of items involved"),
                                ("expert", "test report or expert conclusion"),
                                ("other", "other material on the suspected crime"),
                                ("correction", "completed later"),
                            ],
                            max_length=10,
                            verbose_name="kind",
                        ),
                    ),
                    (
                        "none_reason",
                        models.CharField(blank=True, max_length=200, verbose_name="why there is none"),
                    ),
                    (
                        "evidence",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="cases.evidence",
                        ),
                    ),
                    (
                        "transfer",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="attachments",
                            to="referrals.criminaltransfer",
                        ),
                    ),
                ],
                options={
                    "ordering": ("id",),
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("evidence__isnull", False), ("none_reason", "")),
                                models.Q(("evidence", None), models.Q(("none_reason", ""), _negated=True)),
                                _connector="OR",
                            ),
                            name="crime_attachment_or_reason",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="FollowUp",
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
                                ("completion", "request for completion"),
                                ("supply", "supplement of material"),
                                ("supervision", "supervision letter"),
                                ("filing", "notice of filing or not filing"),
                                ("incomplete", "notice of missing material"),
                                ("forward", "notice of forwarding"),
                                ("reconsidered", "decision on reconsideration"),
                                ("revoke", "notice that a case was revoked"),
                                ("complete", "letter completing the material"),
                                ("reconsider", "request for reconsideration"),
                                ("supervise", "proposal to supervise filing"),
                            ],
                            max_length=12,
                            verbose_name="kind",
                        ),
                    ),
                    ("text", models.TextField(blank=True, max_length=2000, verbose_name="text")),
                    ("due_on", models.DateField(blank=True, null=True, verbose_name="until")),
                    ("filed", models.BooleanField(null=True, verbose_name="filed")),
                    (
                        "late_reason",
                        models.CharField(blank=True, max_length=300, verbose_name="why it is late"),
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
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="cases.case",
                        ),
                    ),
                    (
                        "completion",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="supplements",
                            to="referrals.completion",
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
                            related_name="follow_ups",
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
                    ("to", models.CharField(blank=True, max_length=60, verbose_name="forwarded to")),
                ],
                options={
                    "verbose_name": "letter about a letter",
                    "ordering": ("id",),
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("submitted_at", None), ("submitted_by", None)),
                                models.Q(("submitted_at__isnull", False), ("submitted_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="follow_up_submitted_paired",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("reviewed_at", None), ("reviewed_by", None)),
                                models.Q(("reviewed_at__isnull", False), ("reviewed_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="follow_up_reviewed_paired",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("approved_at", None), ("approved_by", None)),
                                models.Q(("approved_at__isnull", False), ("approved_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="follow_up_approved_paired",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("sent_at", None), ("sent_by", None)),
                                models.Q(("sent_at__isnull", False), ("sent_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="follow_up_sent_paired",
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
                            name="follow_up_four_eyes",
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
                                    ("approved_at__isnull", False),
                                    ("sent_at__isnull", False),
                                    ("status", "sent"),
                                ),
                                _connector="OR",
                            ),
                            name="follow_up_stamps_fit_status",
                        ),
                        models.UniqueConstraint(
                            condition=models.Q(
                                ("status__in", ("draft", "submitted", "reviewed", "approved"))
                            ),
                            fields=("referral", "kind"),
                            name="follow_up_one_open_a_kind",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("document__isnull", False), ("status", "sent")),
                                models.Q(models.Q(("status", "sent"), _negated=True), ("document", None)),
                                _connector="OR",
                            ),
                            name="follow_up_sent_iff_issued",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("due_on__isnull", False), ("kind__in", ["completion", "supervision"])
                                ),
                                models.Q(
                                    models.Q(("kind__in", ["completion", "supervision"]), _negated=True),
                                    ("due_on", None),
                                ),
                                _connector="OR",
                            ),
                            name="follow_up_due_on_iff_it_asks",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("completion__isnull", False), ("kind", "supply")),
                                models.Q(models.Q(("kind", "supply"), _negated=True), ("completion", None)),
                                _connector="OR",
                            ),
                            name="follow_up_completion_iff_supply",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("case", None), ("kind", "supervision")),
                                models.Q(
                                    models.Q(("kind", "supervision"), _negated=True), ("case__isnull", False)
                                ),
                                _connector="OR",
                            ),
                            name="follow_up_case_unless_office",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("filed__isnull", False), ("kind__in", ["filing", "reconsidered"])),
                                models.Q(
                                    models.Q(("kind__in", ["filing", "reconsidered"]), _negated=True),
                                    ("filed", None),
                                ),
                                _connector="OR",
                            ),
                            name="follow_up_filed_iff_decision",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("kind", "forward"), models.Q(("to", ""), _negated=True)),
                                models.Q(models.Q(("kind", "forward"), _negated=True), ("to", "")),
                                _connector="OR",
                            ),
                            name="follow_up_to_iff_forward",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("kind__in", ["supply", "complete"]),
                                models.Q(("text", ""), _negated=True),
                                _connector="OR",
                            ),
                            name="follow_up_says_something",
                        ),
                        models.UniqueConstraint(
                            condition=models.Q(
                                (
                                    "kind__in",
                                    [
                                        "filing",
                                        "incomplete",
                                        "forward",
                                        "reconsidered",
                                        "revoke",
                                        "complete",
                                        "reconsider",
                                        "supervise",
                                    ],
                                ),
                                ("status__in", ("draft", "submitted", "reviewed", "approved")),
                            ),
                            fields=("referral", "department"),
                            name="follow_up_one_open_of_a_crime",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="FollowUpItem",
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
                    ("pages", models.PositiveIntegerField(blank=True, null=True, verbose_name="pages")),
                    ("quantity", models.PositiveSmallIntegerField(default=1, verbose_name="copies")),
                    ("remark", models.CharField(blank=True, max_length=100, verbose_name="remark")),
                    (
                        "evidence",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.evidence"
                        ),
                    ),
                    (
                        "letter",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="manifest",
                            to="referrals.followup",
                        ),
                    ),
                ],
                options={
                    "ordering": ("position",),
                    "abstract": False,
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("letter", "evidence"), name="follow_up_item_evidence_once"
                        ),
                        models.UniqueConstraint(
                            fields=("letter", "position"), name="follow_up_item_position_once"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("quantity__gt", 0)), name="follow_up_item_quantity"
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="FollowUpDelivery",
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
                        "letter",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="delivery",
                            to="referrals.followup",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "proof of delivery",
                    "ordering": ("id",),
                },
            ),
            migrations.CreateModel(
                name="ListSupervision",
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
                                ("draft", "draft"),
                                ("reviewed", "waiting for signature"),
                                ("discarded", "discarded"),
                                ("issued", "waiting for a reply"),
                                ("replied", "replied"),
                                ("lapsed", "no longer needed"),
                            ],
                            default="draft",
                            max_length=9,
                        ),
                    ),
                    ("demand", models.TextField(max_length=1000, verbose_name="what is demanded")),
                    ("reply_on", models.DateField(verbose_name="reply by")),
                    ("duty", models.CharField(max_length=60, verbose_name="what is overdue")),
                    ("due_on", models.DateField(verbose_name="original limit")),
                    ("days_late", models.PositiveSmallIntegerField(verbose_name="working days late")),
                    ("drafted_at", models.DateTimeField()),
                    ("issued_at", models.DateTimeField(null=True)),
                    ("reply", models.TextField(blank=True, max_length=2000, verbose_name="reply")),
                    ("replied_at", models.DateTimeField(null=True)),
                    ("end_reason", models.CharField(blank=True, max_length=300, verbose_name="reason")),
                    (
                        "comparison",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="supervisions",
                            to="referrals.comparison",
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
                        "issued_by",
                        models.ForeignKey(
                            null=True,
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
                        "replied_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    ("paper_file", models.FileField(blank=True, max_length=200, upload_to="")),
                    ("paper_name", models.CharField(blank=True, max_length=150)),
                    (
                        "paper_number",
                        models.CharField(blank=True, max_length=40, verbose_name="their document number"),
                    ),
                    ("paper_on", models.DateField(null=True, verbose_name="dated")),
                    (
                        "paper_person",
                        models.CharField(blank=True, max_length=40, verbose_name="who signed it there"),
                    ),
                    ("paper_sha256", models.CharField(blank=True, max_length=64)),
                    ("delivered_at", models.DateTimeField(null=True)),
                    (
                        "delivered_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    ("delivered_on", models.DateField(null=True, verbose_name="delivered on")),
                    ("delivery_method", models.CharField(blank=True, max_length=40, verbose_name="how")),
                    ("proof_file", models.FileField(blank=True, max_length=200, upload_to="")),
                    ("proof_name", models.CharField(blank=True, max_length=150)),
                    ("proof_sha256", models.CharField(blank=True, max_length=64)),
                    (
                        "received_by_name",
                        models.CharField(blank=True, max_length=40, verbose_name="taken by"),
                    ),
                    ("reviewed_at", models.DateTimeField(null=True)),
                    (
                        "reviewed_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
                options={
                    "verbose_name": "supervision of a data comparison",
                    "ordering": ("id",),
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("issued_at", None), ("issued_by", None)),
                                models.Q(("issued_at__isnull", False), ("issued_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="list_supervision_issued_paired",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("replied_at", None), ("replied_by", None)),
                                models.Q(("replied_at__isnull", False), ("replied_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="list_supervision_replied_paired",
                        ),
                        models.UniqueConstraint(
                            fields=("comparison", "number"), name="list_supervision_counted"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("paper_file", ""),
                                    ("paper_number", ""),
                                    ("paper_on", None),
                                    ("paper_person", ""),
                                    ("paper_sha256", ""),
                                ),
                                models.Q(
                                    ("paper_on__isnull", False),
                                    ("replied_at__isnull", False),
                                    models.Q(("paper_person", ""), _negated=True),
                                    models.Q(("paper_file", ""), _negated=True),
                                    models.Q(("paper_sha256", ""), _negated=True),
                                ),
                                _connector="OR",
                            ),
                            name="list_supervision_paper_whole",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("reviewed_at", None), ("reviewed_by", None)),
                                models.Q(("reviewed_at__isnull", False), ("reviewed_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="list_supervision_reviewed_paired",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("delivered_at", None), ("delivered_by", None)),
                                models.Q(("delivered_at__isnull", False), ("delivered_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="list_supervision_delivered_paired",
                        ),
                        models.UniqueConstraint(
                            condition=models.Q(("status__in", ["draft", "reviewed", "issued"])),
                            fields=("comparison",),
                            name="list_supervision_one_open",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("issued_by", None),
                                    models.Q(("issued_by", models.F("drafted_by")), _negated=True),
                                    _connector="OR",
                                ),
                                models.Q(
                                    ("reviewed_by", None),
                                    models.Q(("reviewed_by", models.F("drafted_by")), _negated=True),
                                    _connector="OR",
                                ),
                                models.Q(
                                    ("reviewed_by", None),
                                    ("issued_by", None),
                                    models.Q(("issued_by", models.F("reviewed_by")), _negated=True),
                                    _connector="OR",
                                ),
                            ),
                            name="list_supervision_four_eyes",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("delivered_at", None), ("delivered_on", None), ("proof_file", "")),
                                models.Q(
                                    ("delivered_at__isnull", False),
                                    ("delivered_on__isnull", False),
                                    ("issued_at__isnull", False),
                                    models.Q(("proof_file", ""), _negated=True),
                                ),
                                _connector="OR",
                            ),
                            name="list_supervision_delivered_with_proof",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("end_reason", ""),
                                    ("issued_at", None),
                                    ("replied_at", None),
                                    ("reply", ""),
                                    ("reviewed_at", None),
                                    ("status", "draft"),
                                ),
                                models.Q(
                                    ("end_reason", ""),
                                    ("issued_at", None),
                                    ("replied_at", None),
                                    ("reply", ""),
                                    ("reviewed_at__isnull", False),
                                    ("status", "reviewed"),
                                ),
                                models.Q(
                                    ("issued_at", None),
                                    ("replied_at", None),
                                    ("reply", ""),
                                    ("status", "discarded"),
                                    models.Q(("end_reason", ""), _negated=True),
                                ),
                                models.Q(
                                    ("end_reason", ""),
                                    ("issued_at__isnull", False),
                                    ("replied_at", None),
                                    ("reply", ""),
                                    ("status", "issued"),
                                ),
                                models.Q(
                                    ("end_reason", ""),
                                    ("issued_at__isnull", False),
                                    ("replied_at__isnull", False),
                                    ("status", "replied"),
                                    models.Q(("reply", ""), _negated=True),
                                ),
                                models.Q(
                                    ("replied_at", None),
                                    ("reply", ""),
                                    ("status", "lapsed"),
                                    models.Q(("end_reason", ""), _negated=True),
                                ),
                                _connector="OR",
                            ),
                            name="list_supervision_stamps_fit_status",
                        ),
                    ],
                },
            ),
        ),
    ]
