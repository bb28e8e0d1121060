"""The tables of this room as they stand (ADR 0071)."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from core.tables import CreateModels


class Migration(migrations.Migration):
    initial = True

    dependencies = [("auth", "0012_alter_user_first_name_max_length")]

    operations = [
        CreateModels(
            migrations.CreateModel(
                name="Category",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("code", models.SlugField(max_length=30, unique=True, verbose_name="code")),
                    ("name", models.CharField(max_length=40, verbose_name="name")),
                    ("source", models.CharField(blank=True, max_length=100, verbose_name="source")),
                    ("active", models.BooleanField(default=True, verbose_name="active")),
                    ("order", models.PositiveSmallIntegerField(default=0)),
                    (
                        "fraud",
                        models.BooleanField(
                            default=False,
                            help_text="A lead of this category about a designated institution is to be told to the departments (C10).",
                            verbose_name="suspected fraud",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "violation category",
                    "ordering": ("order", "code"),
                },
            ),
            migrations.CreateModel(
                name="User",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("password", models.CharField(max_length=128, verbose_name="password")),
                    ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                    (
                        "is_superuser",
                        models.BooleanField(
                            default=False,
                            help_text="Designates that this user has all permissions without explicitly assigning them.",
                            verbose_name="superuser status",
                        ),
                    ),
                    (
                        "staff_number",
                        models.CharField(max_length=20, unique=True, verbose_name="staff number"),
                    ),
                    ("name", models.CharField(max_length=30, verbose_name="name")),
                    ("job_title", models.CharField(blank=True, max_length=30, verbose_name="job title")),
                    ("phone", models.CharField(blank=True, max_length=30, verbose_name="office phone")),
                    ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                    ("is_active", models.BooleanField(default=True, verbose_name="active")),
                    ("must_change_password", models.BooleanField(default=False)),
                    (
                        "groups",
                        models.ManyToManyField(
                            blank=True,
                            help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                            related_name="user_set",
                            related_query_name="user",
                            to="auth.group",
                            verbose_name="groups",
                        ),
                    ),
                    (
                        "user_permissions",
                        models.ManyToManyField(
                            blank=True,
                            help_text="Specific permissions for this user.",
                            related_name="user_set",
                            related_query_name="user",
                            to="auth.permission",
                            verbose_name="user permissions",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "person",
                    "ordering": ("staff_number",),
                },
            ),
            migrations.CreateModel(
                name="Region",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("code", models.CharField(max_length=6, unique=True, verbose_name="region code")),
                    ("name", models.CharField(max_length=40, verbose_name="name")),
                    (
                        "short_name",
                        models.CharField(max_length=8, verbose_name="character in document marks"),
                    ),
                    (
                        "level",
                        models.CharField(
                            choices=[("province", "province"), ("city", "city"), ("county", "county")],
                            default="county",
                            max_length=10,
                            verbose_name="level",
                        ),
                    ),
                    (
                        "parent",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="children",
                            to="departments.region",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "region",
                    "ordering": ("code",),
                },
            ),
            migrations.CreateModel(
                name="Department",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "function",
                        models.CharField(
                            choices=[
                                ("insurance", "medical insurance"),
                                ("health", "health"),
                                ("market", "market regulation"),
                                ("finance", "finance"),
                                ("reform", "development and reform"),
                                ("police", "police"),
                                ("office", "leading group's office"),
                                ("agency", "insurance handling agency"),
                                ("other", "other body"),
                            ],
                            max_length=12,
                            verbose_name="function",
                        ),
                    ),
                    ("name", models.CharField(max_length=60, verbose_name="full name")),
                    ("short_name", models.CharField(max_length=20, verbose_name="short name")),
                    (
                        "mark",
                        models.CharField(
                            help_text="机关代字, such as 青医保", max_length=12, verbose_name="document mark"
                        ),
                    ),
                    ("hotline", models.CharField(blank=True, max_length=30, verbose_name="hotline")),
                    ("address", models.CharField(blank=True, max_length=100, verbose_name="address")),
                    ("postcode", models.CharField(blank=True, max_length=6, verbose_name="postcode")),
                    ("has_account", models.BooleanField(default=True, verbose_name="works in this system")),
                    ("active", models.BooleanField(default=True, verbose_name="active")),
                    (
                        "group",
                        models.OneToOneField(
                            editable=False,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="department",
                            to="auth.group",
                        ),
                    ),
                    (
                        "parent",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="units",
                            to="departments.department",
                        ),
                    ),
                    (
                        "region",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="departments",
                            to="departments.region",
                        ),
                    ),
                    ("version", models.PositiveIntegerField(default=1, editable=False)),
                    (
                        "answer_links",
                        models.BooleanField(
                            default=False,
                            help_text="Only for a body that does not work in this system; the office decides.",
                            verbose_name="may answer by a one-time link",
                        ),
                    ),
                    (
                        "named_only",
                        models.BooleanField(
                            default=False,
                            help_text="Such as the discipline inspection commission; others see a count.",
                            verbose_name="letters to it are seen by named persons only",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "department",
                    "ordering": ("region", "id"),
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("region", "name"), name="department_name_once_a_region"
                        ),
                        models.UniqueConstraint(
                            condition=models.Q(
                                ("active", True),
                                models.Q(("function__in", ["other", "agency"]), _negated=True),
                            ),
                            fields=("region", "function"),
                            name="department_function_once_a_region",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("named_only", False), ("has_account", False), _connector="OR"
                            ),
                            name="department_named_only_on_paper",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Route",
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
                            ],
                            max_length=12,
                            verbose_name="kind",
                        ),
                    ),
                    (
                        "sender",
                        models.CharField(
                            choices=[
                                ("insurance", "medical insurance"),
                                ("health", "health"),
                                ("market", "market regulation"),
                                ("finance", "finance"),
                                ("reform", "development and reform"),
                                ("police", "police"),
                                ("office", "leading group's office"),
                                ("agency", "insurance handling agency"),
                                ("other", "other body"),
                            ],
                            max_length=12,
                            verbose_name="from",
                        ),
                    ),
                    (
                        "receiver",
                        models.CharField(
                            choices=[
                                ("insurance", "medical insurance"),
                                ("health", "health"),
                                ("market", "market regulation"),
                                ("finance", "finance"),
                                ("reform", "development and reform"),
                                ("police", "police"),
                                ("office", "leading group's office"),
                                ("agency", "insurance handling agency"),
                                ("other", "other body"),
                            ],
                            max_length=12,
                            verbose_name="to",
                        ),
                    ),
                    ("proposed", models.BooleanField(default=False, verbose_name="proposed by default")),
                    ("basis", models.CharField(blank=True, max_length=200, verbose_name="basis")),
                ],
                options={
                    "verbose_name": "route",
                    "ordering": ("kind", "sender", "receiver"),
                    "constraints": [
                        models.UniqueConstraint(fields=("kind", "sender", "receiver"), name="route_once")
                    ],
                },
            ),
            migrations.CreateModel(
                name="Competence",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "function",
                        models.CharField(
                            choices=[
                                ("insurance", "medical insurance"),
                                ("health", "health"),
                                ("market", "market regulation"),
                                ("finance", "finance"),
                                ("reform", "development and reform"),
                                ("police", "police"),
                                ("office", "leading group's office"),
                                ("agency", "insurance handling agency"),
                                ("other", "other body"),
                            ],
                            max_length=12,
                            verbose_name="function",
                        ),
                    ),
                    ("basis", models.CharField(blank=True, max_length=200, verbose_name="basis")),
                    (
                        "category",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="competences",
                            to="departments.category",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "competence",
                    "ordering": ("category", "function"),
                    "constraints": [
                        models.UniqueConstraint(fields=("category", "function"), name="competence_once")
                    ],
                },
            ),
            migrations.CreateModel(
                name="Post",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "role",
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
                            verbose_name="post",
                        ),
                    ),
                    ("section", models.CharField(blank=True, max_length=30, verbose_name="section")),
                    (
                        "certificate",
                        models.CharField(
                            blank=True, max_length=30, verbose_name="enforcement certificate number"
                        ),
                    ),
                    ("since", models.DateField(verbose_name="since")),
                    (
                        "until",
                        models.DateField(
                            blank=True,
                            help_text="The first day on which the post is no longer held.",
                            null=True,
                            verbose_name="ends on",
                        ),
                    ),
                    (
                        "department",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="posts",
                            to="departments.department",
                        ),
                    ),
                    (
                        "user",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="posts",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
                options={
                    "verbose_name": "post",
                    "ordering": ("id",),
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("until", None)),
                            fields=("user", "department", "role"),
                            name="post_held_once",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("until", None), ("until__gte", models.F("since")), _connector="OR"
                            ),
                            name="post_until_after_since",
                        ),
                    ],
                },
            ),
        ),
    ]
