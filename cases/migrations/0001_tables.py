"""The tables of this room as they stand (ADR 0071)."""

import django.db.models.deletion
import django.db.models.functions.comparison
from django.conf import settings
from django.db import migrations, models

from core.tables import CreateModels


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("departments", "0001_tables"),
        ("documents", "0001_tables"),
    ]

    operations = [
        CreateModels(
            migrations.CreateModel(
                name="Subject",
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
                                ("institution", "medical institution"),
                                ("pharmacy", "retail pharmacy"),
                                ("supplier", "drug maker or supplier"),
                                ("practitioner", "practitioner"),
                                ("insured", "insured person"),
                            ],
                            max_length=12,
                            verbose_name="kind",
                        ),
                    ),
                    ("name", models.CharField(max_length=100, verbose_name="name")),
                    ("pinyin", models.CharField(blank=True, editable=False, max_length=100)),
                    (
                        "uscc",
                        models.CharField(
                            blank=True, max_length=18, null=True, verbose_name="unified social credit code"
                        ),
                    ),
                    ("id_sealed", models.BinaryField(null=True)),
                    ("id_index", models.CharField(editable=False, max_length=64, null=True)),
                    ("id_masked", models.CharField(blank=True, editable=False, max_length=18)),
                    ("level", models.CharField(blank=True, max_length=20, verbose_name="level")),
                    ("public", models.BooleanField(blank=True, null=True, verbose_name="public ownership")),
                    ("address", models.CharField(blank=True, max_length=120, verbose_name="address")),
                    (
                        "agreement_number",
                        models.CharField(blank=True, max_length=40, verbose_name="agreement number"),
                    ),
                    (
                        "parent",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="members",
                            to="cases.subject",
                        ),
                    ),
                    (
                        "region",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="subjects",
                            to="departments.region",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "subject",
                    "ordering": ("name", "id"),
                    "constraints": [
                        models.UniqueConstraint(fields=("region", "id_index"), name="subject_person_once"),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("id_sealed", None), ("kind__in", ["institution", "pharmacy", "supplier"])
                                ),
                                models.Q(
                                    models.Q(
                                        ("kind__in", ["institution", "pharmacy", "supplier"]), _negated=True
                                    ),
                                    ("uscc", None),
                                ),
                                _connector="OR",
                            ),
                            name="subject_code_fits_kind",
                        ),
                        models.UniqueConstraint(fields=("region", "uscc"), name="subject_uscc_once"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Case",
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
                    ("number", models.CharField(max_length=40, verbose_name="case number")),
                    ("title", models.CharField(max_length=120, verbose_name="case name")),
                    (
                        "source",
                        models.CharField(
                            choices=[
                                ("monitoring", "intelligent monitoring"),
                                ("report", "report"),
                                ("inspection", "daily inspection"),
                                ("transferred", "transferred by a department"),
                                ("superior", "assigned from above"),
                                ("audit", "audit or discipline inspection"),
                                ("review", "settlement review"),
                                ("proposal", "proposal or petition"),
                                ("comparison", "data comparison"),
                            ],
                            max_length=12,
                            verbose_name="source",
                        ),
                    ),
                    (
                        "source_number",
                        models.CharField(blank=True, max_length=60, verbose_name="source number"),
                    ),
                    ("summary", models.TextField(verbose_name="facts")),
                    ("period_from", models.DateField(blank=True, null=True, verbose_name="period from")),
                    ("period_to", models.DateField(blank=True, null=True, verbose_name="period to")),
                    ("found_on", models.DateField(verbose_name="received on")),
                    ("major", models.BooleanField(default=False, verbose_name="major")),
                    (
                        "restricted",
                        models.BooleanField(default=False, verbose_name="restricted to named persons"),
                    ),
                    (
                        "status",
                        models.CharField(
                            choices=[
                                ("registered", "registered"),
                                ("working", "being worked"),
                                ("decided", "decided"),
                                ("closed", "closed"),
                            ],
                            default="registered",
                            max_length=12,
                            verbose_name="status",
                        ),
                    ),
                    ("filed", models.BooleanField(default=False, verbose_name="filed")),
                    ("opened_at", models.DateTimeField(verbose_name="registered")),
                    ("closed_at", models.DateTimeField(blank=True, null=True)),
                    (
                        "suspected",
                        models.DecimalField(
                            decimal_places=2, default=0, max_digits=14, verbose_name="suspected amount"
                        ),
                    ),
                    ("lamp", models.CharField(default="n", max_length=1)),
                    ("next_due_on", models.DateField(blank=True, null=True)),
                    (
                        "categories",
                        models.ManyToManyField(
                            related_name="cases", to="departments.category", verbose_name="categories"
                        ),
                    ),
                    (
                        "handler",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="handled_cases",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "owner",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="owned_cases",
                            to="departments.department",
                        ),
                    ),
                    (
                        "region",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="cases",
                            to="departments.region",
                        ),
                    ),
                    (
                        "subjects",
                        models.ManyToManyField(
                            related_name="cases", through="cases.CaseSubject", to="cases.subject"
                        ),
                    ),
                ],
                options={
                    "verbose_name": "case",
                    "ordering": ("-opened_at", "-id"),
                    "permissions": [
                        ("summary_case", "Can see metadata and status"),
                        ("work_case", "Can work the case"),
                    ],
                    "indexes": [models.Index(fields=["region", "-opened_at"], name="case_by_region")],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                ("period_to", None),
                                ("period_from__lte", models.F("period_to")),
                                _connector="OR",
                            ),
                            name="case_period_in_order",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("suspected__gte", 0)), name="case_suspected_not_negative"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("closed_at__isnull", False), ("status", "closed")),
                                models.Q(models.Q(("status", "closed"), _negated=True), ("closed_at", None)),
                                _connector="OR",
                            ),
                            name="case_closed_iff_closed_at",
                        ),
                        models.UniqueConstraint(
                            fields=("region", "number"), name="case_number_once_a_region"
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="CaseGroupPermission",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("opened_at", models.DateTimeField(editable=False)),
                    ("status", models.CharField(editable=False, max_length=12)),
                    ("owner_id", models.BigIntegerField(editable=False)),
                    ("lamp", models.CharField(editable=False, max_length=1)),
                    ("next_due_on", models.DateField(editable=False, null=True)),
                    ("restricted", models.BooleanField(editable=False)),
                    (
                        "content_object",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="group_permissions",
                            to="cases.case",
                        ),
                    ),
                    (
                        "group",
                        models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.group"),
                    ),
                    (
                        "permission",
                        models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.permission"),
                    ),
                    (
                        "suspected",
                        models.DecimalField(decimal_places=2, default=0, editable=False, max_digits=14),
                    ),
                ],
                options={
                    "abstract": False,
                    "indexes": [
                        models.Index(
                            models.F("group"),
                            models.F("permission"),
                            models.OrderBy(models.F("opened_at"), descending=True),
                            models.OrderBy(models.F("content_object"), descending=True),
                            name="case_access_newest",
                        ),
                        models.Index(
                            models.F("group"),
                            models.F("permission"),
                            models.F("status"),
                            models.OrderBy(models.F("opened_at"), descending=True),
                            models.OrderBy(models.F("content_object"), descending=True),
                            name="case_access_status",
                        ),
                        models.Index(
                            models.F("group"),
                            models.F("permission"),
                            models.F("owner_id"),
                            models.OrderBy(models.F("opened_at"), descending=True),
                            models.OrderBy(models.F("content_object"), descending=True),
                            name="case_access_owner",
                        ),
                        models.Index(
                            models.F("group"),
                            models.F("permission"),
                            models.F("lamp"),
                            models.OrderBy(models.F("opened_at"), descending=True),
                            models.OrderBy(models.F("content_object"), descending=True),
                            name="case_access_lamp",
                        ),
                        models.Index(
                            models.F("group"),
                            models.F("permission"),
                            models.OrderBy(models.F("suspected"), descending=True),
                            models.OrderBy(models.F("content_object"), descending=True),
                            name="case_access_amount",
                        ),
                        models.Index(
                            models.F("group"),
                            models.F("permission"),
                            django.db.models.functions.comparison.Coalesce(
                                "next_due_on",
                                django.db.models.functions.comparison.Cast(
                                    models.Value("9999-12-31"), models.DateField()
                                ),
                            ),
                            models.F("content_object"),
                            name="case_access_due",
                        ),
                    ],
                    "unique_together": {("group", "permission", "content_object")},
                },
            ),
            migrations.CreateModel(
                name="CaseSubject",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("principal", models.BooleanField(default=False, verbose_name="principal")),
                    (
                        "case",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="case_subjects",
                            to="cases.case",
                        ),
                    ),
                    (
                        "subject",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="case_subjects",
                            to="cases.subject",
                        ),
                    ),
                ],
                options={
                    "ordering": ("-principal", "id"),
                    "constraints": [
                        models.UniqueConstraint(fields=("case", "subject"), name="case_subject_once")
                    ],
                },
            ),
            migrations.CreateModel(
                name="CaseUserPermission",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "content_object",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="user_permissions",
                            to="cases.case",
                        ),
                    ),
                    (
                        "permission",
                        models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.permission"),
                    ),
                    (
                        "user",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL
                        ),
                    ),
                ],
                options={
                    "abstract": False,
                    "unique_together": {("user", "permission", "content_object")},
                },
            ),
            migrations.CreateModel(
                name="Evidence",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("name", models.CharField(max_length=150, verbose_name="name")),
                    ("origin", models.CharField(blank=True, max_length=100, verbose_name="origin")),
                    ("pages", models.PositiveIntegerField(blank=True, null=True, verbose_name="pages")),
                    ("file", models.FileField(max_length=200, upload_to="")),
                    ("media_type", models.CharField(max_length=100)),
                    ("size", models.PositiveBigIntegerField()),
                    ("sha256", models.CharField(max_length=64)),
                    ("added_at", models.DateTimeField()),
                    ("voided_at", models.DateTimeField(blank=True, null=True)),
                    ("void_reason", models.CharField(blank=True, max_length=200)),
                    (
                        "added_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "case",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="evidence",
                            to="cases.case",
                        ),
                    ),
                    (
                        "department",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="evidence",
                            to="departments.department",
                        ),
                    ),
                    (
                        "voided_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
                options={
                    "verbose_name": "evidence",
                    "ordering": ("id",),
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("voided_at", None)),
                            fields=("case", "sha256"),
                            name="evidence_once_a_case",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("voided_at", None), ("voided_by", None)),
                                models.Q(("voided_at__isnull", False), ("voided_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="evidence_voided_at_by",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Custody",
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
                                ("received", "received"),
                                ("viewed", "viewed"),
                                ("downloaded", "downloaded"),
                                ("handed_over", "handed over"),
                                ("verified", "verified"),
                                ("mismatch", "hash did not match"),
                            ],
                            max_length=12,
                        ),
                    ),
                    ("at", models.DateTimeField()),
                    ("sha256", models.CharField(max_length=64)),
                    ("cause_kind", models.CharField(blank=True, default="", max_length=30)),
                    ("cause_id", models.BigIntegerField(null=True)),
                    (
                        "by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
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
                            related_name="+",
                            to="departments.department",
                        ),
                    ),
                    (
                        "to_department",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="departments.department",
                        ),
                    ),
                    (
                        "evidence",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="custody",
                            to="cases.evidence",
                        ),
                    ),
                ],
                options={
                    "ordering": ("id",),
                },
            ),
            migrations.CreateModel(
                name="GrantRecord",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("permission", models.CharField(max_length=20)),
                    (
                        "cause",
                        models.CharField(
                            choices=[
                                ("owner", "owning department"),
                                ("strand", "strand"),
                                ("referral", "referral"),
                                ("office", "office of the region"),
                                ("assigned", "named handler"),
                                ("named", "named on a restricted case"),
                            ],
                            max_length=10,
                        ),
                    ),
                    ("cause_kind", models.CharField(blank=True, default="", max_length=30)),
                    ("cause_id", models.BigIntegerField(null=True)),
                    ("reason", models.CharField(blank=True, max_length=200, verbose_name="reason")),
                    ("since", models.DateTimeField()),
                    ("expires_at", models.DateTimeField(blank=True, null=True)),
                    ("ended_at", models.DateTimeField(blank=True, null=True)),
                    (
                        "case",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="grants",
                            to="cases.case",
                        ),
                    ),
                    (
                        "department",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="departments.department",
                        ),
                    ),
                    (
                        "ended_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "granted_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "user",
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
                    "ordering": ("id",),
                    "indexes": [
                        models.Index(
                            condition=models.Q(("ended_at", None)),
                            fields=["expires_at"],
                            name="grant_expiring",
                        )
                    ],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("department", None), ("user__isnull", False)),
                                models.Q(("department__isnull", False), ("user", None)),
                                _connector="OR",
                            ),
                            name="grant_to_department_or_person",
                        ),
                        models.UniqueConstraint(
                            condition=models.Q(("ended_at", None)),
                            fields=(
                                "case",
                                "department",
                                "user",
                                "permission",
                                "cause",
                                "cause_kind",
                                "cause_id",
                            ),
                            name="grant_one_live_a_cause",
                            nulls_distinct=False,
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("ended_at", None), ("ended_by", None)),
                                models.Q(("ended_at", None), _negated=True),
                                _connector="OR",
                            ),
                            name="grant_ended_by_at",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Strand",
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
                                ("verifying", "verifying"),
                                ("filed", "filed"),
                                ("not_filed", "not filed"),
                                ("investigating", "investigating"),
                                ("suspended", "suspended"),
                                ("decided", "decided"),
                                ("performed", "performed"),
                                ("terminated", "terminated"),
                                ("withdrawn", "withdrawn"),
                            ],
                            default="verifying",
                            max_length=14,
                            verbose_name="status",
                        ),
                    ),
                    ("opened_at", models.DateTimeField()),
                    ("filed_on", models.DateField(blank=True, null=True)),
                    (
                        "filing_number",
                        models.CharField(blank=True, max_length=60, verbose_name="filing number"),
                    ),
                    (
                        "disposition",
                        models.CharField(
                            choices=[
                                ("penalty", "administrative penalty"),
                                ("no_penalty", "no penalty"),
                                ("agreement", "handled under the agreement"),
                                ("judicial", "judicial transfer"),
                                ("none", "none"),
                            ],
                            default="none",
                            max_length=12,
                            verbose_name="disposition",
                        ),
                    ),
                    (
                        "decision_number",
                        models.CharField(blank=True, max_length=60, verbose_name="decision number"),
                    ),
                    (
                        "decision_basis",
                        models.TextField(blank=True, verbose_name="legal basis of the decision"),
                    ),
                    ("findings", models.TextField(blank=True, verbose_name="findings")),
                    ("reason", models.TextField(blank=True, verbose_name="reason")),
                    ("ended_at", models.DateTimeField(blank=True, null=True)),
                    (
                        "case",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="strands",
                            to="cases.case",
                        ),
                    ),
                    (
                        "department",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="strands",
                            to="departments.department",
                        ),
                    ),
                    (
                        "handler",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="strands",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "basis_documents",
                        models.ManyToManyField(
                            related_name="+",
                            to="documents.issueddocument",
                            verbose_name="documents it rests on",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "strand",
                    "ordering": ("id",),
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("case", "department"), name="strand_once_a_department"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="MoneyEntry",
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
                                ("suspected", "suspected"),
                                ("verified", "verified amount"),
                                ("recovered", "recovered"),
                                ("fined", "fined"),
                                ("fine_paid", "fine paid"),
                                ("refused_payment", "payment refused"),
                                ("deducted", "punitive deduction"),
                                ("liquidated", "liquidated damages"),
                                ("refunded", "voluntary refund"),
                                ("rewarded", "rewarded"),
                            ],
                            max_length=16,
                            verbose_name="kind",
                        ),
                    ),
                    (
                        "amount",
                        models.DecimalField(decimal_places=2, max_digits=14, verbose_name="amount, yuan"),
                    ),
                    ("happened_on", models.DateField(verbose_name="date")),
                    ("document", models.CharField(blank=True, max_length=80, verbose_name="document")),
                    ("remark", models.CharField(blank=True, max_length=200, verbose_name="remark")),
                    ("clue_kind", models.CharField(blank=True, default="", max_length=30)),
                    ("clue_id", models.BigIntegerField(null=True)),
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
                        "case",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="money", to="cases.case"
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
                        "reverses",
                        models.OneToOneField(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="reversal",
                            to="cases.moneyentry",
                        ),
                    ),
                    (
                        "strand",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="money",
                            to="cases.strand",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "money entry",
                    "ordering": ("id",),
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("amount__gt", 0), ("reverses", None)),
                                models.Q(("amount__lt", 0), ("reverses__isnull", False)),
                                _connector="OR",
                            ),
                            name="money_positive_unless_reversal",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="Note",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "audience",
                        models.CharField(
                            choices=[
                                ("shared", "all departments in the case"),
                                ("department", "own department"),
                                ("personal", "only me"),
                            ],
                            max_length=10,
                            verbose_name="who may read",
                        ),
                    ),
                    ("text", models.TextField(max_length=2000, verbose_name="text")),
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
                        "case",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="notes", to="cases.case"
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
                ],
                options={
                    "ordering": ("id",),
                },
            ),
            migrations.CreateModel(
                name="SubjectRelation",
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
                                ("parent", "parent institution"),
                                ("legal", "legal representative"),
                                ("responsible", "person in charge"),
                            ],
                            max_length=12,
                            verbose_name="kind",
                        ),
                    ),
                    ("from_on", models.DateField(verbose_name="from")),
                    ("until_on", models.DateField(blank=True, null=True, verbose_name="last day")),
                    ("basis", models.CharField(max_length=200, verbose_name="basis")),
                    ("added_at", models.DateTimeField()),
                    ("ended_at", models.DateTimeField(null=True)),
                    (
                        "added_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "ended_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "other",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="related",
                            to="cases.subject",
                        ),
                    ),
                    (
                        "subject",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="relations",
                            to="cases.subject",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "relation of a subject",
                    "ordering": ("kind", "-from_on", "id"),
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("subject", models.F("other")), _negated=True),
                            name="relation_not_to_itself",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("until_on", None), ("until_on__gte", models.F("from_on")), _connector="OR"
                            ),
                            name="relation_days_in_order",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("ended_at", None), ("ended_by", None)),
                                models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="relation_ended_paired",
                        ),
                        models.UniqueConstraint(
                            condition=models.Q(("until_on", None)),
                            fields=("subject", "kind", "other"),
                            name="relation_once_while_it_lasts",
                        ),
                        models.UniqueConstraint(
                            condition=models.Q(("kind__in", ["parent", "legal"]), ("until_on", None)),
                            fields=("subject", "kind"),
                            name="relation_one_parent_and_representative",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="SubjectChange",
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
                                ("renamed", "renamed"),
                                ("merged", "merged into another"),
                                ("succeeded", "part taken over by another"),
                                ("deregistered", "deregistered"),
                                ("died", "died"),
                            ],
                            max_length=14,
                            verbose_name="kind",
                        ),
                    ),
                    ("happened_on", models.DateField(verbose_name="happened on")),
                    (
                        "former_name",
                        models.CharField(blank=True, default="", max_length=100, verbose_name="former name"),
                    ),
                    ("basis", models.CharField(max_length=200, verbose_name="basis")),
                    ("at", models.DateTimeField()),
                    ("voided_at", models.DateTimeField(null=True)),
                    (
                        "void_reason",
                        models.CharField(
                            blank=True, default="", max_length=300, verbose_name="why it was taken back"
                        ),
                    ),
                    (
                        "by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "subject",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="changes",
                            to="cases.subject",
                        ),
                    ),
                    (
                        "successor",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="predecessors",
                            to="cases.subject",
                        ),
                    ),
                    (
                        "voided_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
                options={
                    "verbose_name": "change of a subject",
                    "ordering": ("-happened_on", "-id"),
                    "indexes": [
                        models.Index(
                            condition=models.Q(("former_name", ""), _negated=True),
                            fields=["former_name"],
                            name="change_by_former_name",
                        )
                    ],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("kind", "renamed"),
                                    ("successor", None),
                                    models.Q(("former_name", ""), _negated=True),
                                ),
                                models.Q(
                                    ("former_name", ""),
                                    ("kind__in", ["merged", "succeeded"]),
                                    ("successor__isnull", False),
                                ),
                                models.Q(
                                    ("former_name", ""),
                                    ("kind__in", ["deregistered", "died"]),
                                    ("successor", None),
                                ),
                                _connector="OR",
                            ),
                            name="change_says_what_became_of_it",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("successor", None),
                                models.Q(("subject", models.F("successor")), _negated=True),
                                _connector="OR",
                            ),
                            name="change_not_into_itself",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("void_reason", ""), ("voided_at", None), ("voided_by", None)),
                                models.Q(
                                    ("voided_at__isnull", False),
                                    ("voided_by__isnull", False),
                                    models.Q(("void_reason", ""), _negated=True),
                                ),
                                _connector="OR",
                            ),
                            name="change_voided_paired",
                        ),
                        models.UniqueConstraint(
                            condition=models.Q(
                                ("kind__in", ["merged", "deregistered", "died"]), ("voided_at", None)
                            ),
                            fields=("subject",),
                            name="change_ends_once",
                        ),
                    ],
                },
            ),
        ),
    ]
