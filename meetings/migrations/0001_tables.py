"""The tables of this room as they stand (ADR 0071)."""

import django.db.models.deletion
import django.db.models.functions.comparison
from django.conf import settings
from django.db import migrations, models

from core.tables import CreateModels


class Migration(migrations.Migration):
    initial = True

    dependencies = [("cases", "0001_tables"), ("departments", "0001_tables"), ("documents", "0001_tables")]

    operations = [
        CreateModels(
            migrations.CreateModel(
                name="Meeting",
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
                            choices=[("quarterly", "quarterly meeting"), ("ad_hoc", "ad-hoc meeting")],
                            max_length=10,
                            verbose_name="kind",
                        ),
                    ),
                    ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                    ("quarter", models.PositiveSmallIntegerField(verbose_name="quarter")),
                    ("title", models.CharField(max_length=120, verbose_name="title")),
                    (
                        "status",
                        models.CharField(
                            choices=[
                                ("planned", "being prepared"),
                                ("called", "called"),
                                ("held", "held"),
                                ("drafted", "minutes drafted"),
                                ("circulated", "minutes being countersigned"),
                                ("issued", "minutes issued"),
                                ("skipped", "not held"),
                            ],
                            default="planned",
                            max_length=10,
                            verbose_name="status",
                        ),
                    ),
                    ("urgent", models.BooleanField(default=False, verbose_name="urgent")),
                    (
                        "occasion",
                        models.CharField(
                            blank=True, default="", max_length=300, verbose_name="why it is called"
                        ),
                    ),
                    ("caught_up", models.BooleanField(default=False, verbose_name="opened late")),
                    ("topics_by", models.DateField(blank=True, null=True, verbose_name="topics by")),
                    ("collected_on", models.DateField(null=True, verbose_name="agenda collected on")),
                    ("starts_at", models.DateTimeField(blank=True, null=True, verbose_name="begins")),
                    ("place", models.CharField(blank=True, default="", max_length=100, verbose_name="place")),
                    (
                        "chair",
                        models.CharField(blank=True, default="", max_length=40, verbose_name="chaired by"),
                    ),
                    (
                        "requirements",
                        models.CharField(
                            blank=True, default="", max_length=500, verbose_name="what to bring"
                        ),
                    ),
                    ("sequence", models.PositiveSmallIntegerField(default=0)),
                    ("figures", models.JSONField(default=list)),
                    ("called_at", models.DateTimeField(null=True)),
                    ("closed_at", models.DateTimeField(null=True)),
                    ("drafted_at", models.DateTimeField(null=True)),
                    ("circulated_at", models.DateTimeField(null=True)),
                    ("issued_at", models.DateTimeField(null=True)),
                    ("skipped_at", models.DateTimeField(null=True)),
                    (
                        "skip_reason",
                        models.CharField(
                            blank=True, default="", max_length=300, verbose_name="why there was none"
                        ),
                    ),
                    (
                        "called_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "circulated_by",
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
                        "issued_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "notice",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="documents.issueddocument",
                        ),
                    ),
                    (
                        "office",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="called_meetings",
                            to="departments.department",
                        ),
                    ),
                    (
                        "opened_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "region",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="meetings",
                            to="departments.region",
                        ),
                    ),
                    (
                        "skipped_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "topics_letter",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="documents.issueddocument",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "meeting",
                    "ordering": ("-year", "-quarter", "-id"),
                    "indexes": [models.Index(fields=["region", "status"], name="meeting_by_state")],
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("kind", "quarterly")),
                            fields=("region", "year", "quarter"),
                            name="meeting_once_a_quarter",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("quarter__gte", 1), ("quarter__lte", 4)),
                            name="meeting_quarter_in_range",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("kind", "quarterly"), ("occasion", "")),
                                models.Q(("kind", "ad_hoc"), models.Q(("occasion", ""), _negated=True)),
                                _connector="OR",
                            ),
                            name="meeting_ad_hoc_says_why",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("urgent", False), ("kind", "ad_hoc"), _connector="OR"),
                            name="meeting_urgent_is_ad_hoc",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("called_at", None), ("called_by", None)),
                                models.Q(("called_at__isnull", False), ("called_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="meeting_called_paired",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("closed_at", None), ("closed_by", None)),
                                models.Q(("closed_at__isnull", False), ("closed_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="meeting_closed_paired",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("circulated_at", None), ("circulated_by", None)),
                                models.Q(("circulated_at__isnull", False), ("circulated_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="meeting_circulated_paired",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("issued_at", None), ("issued_by", None)),
                                models.Q(("issued_at__isnull", False), ("issued_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="meeting_issued_paired",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("skipped_at", None), ("skipped_by", None)),
                                models.Q(("skipped_at__isnull", False), ("skipped_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="meeting_skipped_paired",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("status__in", ["called", "held", "drafted", "circulated", "issued"]),
                                    _negated=True,
                                ),
                                models.Q(
                                    ("called_at__isnull", False),
                                    ("starts_at__isnull", False),
                                    models.Q(("place", ""), _negated=True),
                                ),
                                _connector="OR",
                            ),
                            name="meeting_called_with_day_and_place",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("closed_at", None), ("status__in", ["planned", "called", "skipped"])
                                ),
                                models.Q(
                                    ("closed_at__isnull", False),
                                    ("status__in", ["held", "drafted", "circulated", "issued"]),
                                ),
                                _connector="OR",
                            ),
                            name="meeting_closed_iff_held",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("status", "issued"), _negated=True),
                                ("issued_at__isnull", False),
                                _connector="OR",
                            ),
                            name="meeting_issued_by_somebody",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("skipped_at__isnull", False),
                                    ("status", "skipped"),
                                    models.Q(("skip_reason", ""), _negated=True),
                                ),
                                models.Q(
                                    models.Q(("status", "skipped"), _negated=True),
                                    ("skip_reason", ""),
                                    ("skipped_at", None),
                                ),
                                _connector="OR",
                            ),
                            name="meeting_skipped_with_reason",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Attendance",
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
                    ("member", models.BooleanField(default=True, verbose_name="member")),
                    ("topics_answered_at", models.DateTimeField(null=True)),
                    ("reminded_at", models.DateTimeField(null=True)),
                    (
                        "answer",
                        models.CharField(
                            choices=[
                                ("none", "not answered"),
                                ("accepted", "will attend"),
                                ("substitute", "sends a substitute"),
                                ("leave", "asks for leave"),
                            ],
                            default="none",
                            max_length=10,
                            verbose_name="answer",
                        ),
                    ),
                    (
                        "person_name",
                        models.CharField(blank=True, default="", max_length=40, verbose_name="who comes"),
                    ),
                    (
                        "job_title",
                        models.CharField(blank=True, default="", max_length=40, verbose_name="job title"),
                    ),
                    (
                        "leave_reason",
                        models.CharField(blank=True, default="", max_length=200, verbose_name="reason"),
                    ),
                    ("answered_at", models.DateTimeField(null=True)),
                    (
                        "presence",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("", "not recorded"),
                                ("present", "attended"),
                                ("leave", "on leave"),
                                ("observing", "attended without vote"),
                                ("absent", "absent"),
                            ],
                            default="",
                            max_length=10,
                            verbose_name="attendance",
                        ),
                    ),
                    ("recorded_at", models.DateTimeField(null=True)),
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
                        "department",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="departments.department",
                        ),
                    ),
                    (
                        "person",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "recorded_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "topics_answered_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "meeting",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="attendances",
                            to="meetings.meeting",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "attendance",
                    "ordering": ("meeting", "id"),
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("meeting", "department"), name="attendance_once_a_department"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("topics_answered_at", None), ("topics_answered_by", None)),
                                models.Q(
                                    ("topics_answered_at__isnull", False),
                                    ("topics_answered_by__isnull", False),
                                ),
                                _connector="OR",
                            ),
                            name="attendance_topics_answered_paired",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("answered_at", None), ("answered_by", None)),
                                models.Q(("answered_at__isnull", False), ("answered_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="attendance_answered_paired",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("recorded_at", None), ("recorded_by", None)),
                                models.Q(("recorded_at__isnull", False), ("recorded_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="attendance_recorded_paired",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("answer", "none"), ("answered_at", None)),
                                models.Q(("answer", "none"), _negated=True),
                                _connector="OR",
                            ),
                            name="attendance_answered_by_somebody",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("answer", "leave"), _negated=True),
                                models.Q(("leave_reason", ""), _negated=True),
                                _connector="OR",
                            ),
                            name="attendance_leave_says_why",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("answer__in", ["accepted", "substitute"]), _negated=True),
                                models.Q(("person_name", ""), _negated=True),
                                _connector="OR",
                            ),
                            name="attendance_names_who_comes",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("presence", ""), ("recorded_at", None)),
                                models.Q(
                                    models.Q(("presence", ""), _negated=True), ("recorded_at__isnull", False)
                                ),
                                _connector="OR",
                            ),
                            name="attendance_recorded_by_somebody",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("member", False), ("presence", "present"), _negated=True),
                                models.Q(("member", True), ("presence", "observing"), _negated=True),
                            ),
                            name="attendance_present_are_members",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="AgendaItem",
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
                                ("follow_up", "follow-up of a resolution"),
                                ("minutes", "approval of the last minutes"),
                                ("report", "report and summary"),
                                ("problem", "problem to be studied"),
                                ("case", "major case to be consulted on"),
                                ("campaign", "joint campaign"),
                            ],
                            max_length=10,
                            verbose_name="kind",
                        ),
                    ),
                    ("first", models.BooleanField(default=False)),
                    ("position", models.PositiveIntegerField(verbose_name="position")),
                    ("key", models.CharField(blank=True, default="", max_length=80)),
                    ("title", models.CharField(max_length=200, verbose_name="topic")),
                    ("text", models.TextField(blank=True, default="", verbose_name="what it is about")),
                    ("proposed_at", models.DateTimeField(null=True)),
                    ("edited_at", models.DateTimeField(null=True)),
                    (
                        "status",
                        models.CharField(
                            choices=[
                                ("proposed", "proposed"),
                                ("listed", "on the agenda"),
                                ("merged", "merged"),
                                ("dropped", "dropped"),
                            ],
                            default="listed",
                            max_length=10,
                            verbose_name="status",
                        ),
                    ),
                    (
                        "reason",
                        models.CharField(blank=True, default="", max_length=300, verbose_name="reason"),
                    ),
                    ("late", models.BooleanField(default=False, verbose_name="added after the notice")),
                    ("target_kind", models.CharField(blank=True, default="", max_length=30)),
                    ("target_id", models.BigIntegerField(null=True)),
                    ("pinned_version", models.PositiveIntegerField(null=True)),
                    (
                        "outcome",
                        models.CharField(
                            choices=[
                                ("open", "undecided"),
                                ("decided", "decided"),
                                ("deferred", "deferred"),
                                ("noted", "noted"),
                            ],
                            default="open",
                            max_length=10,
                            verbose_name="outcome",
                        ),
                    ),
                    ("outcome_text", models.TextField(blank=True, default="", verbose_name="what was said")),
                    ("deferred_to", models.DateField(blank=True, null=True, verbose_name="deferred to")),
                    ("outcome_at", models.DateTimeField(null=True)),
                    (
                        "withdraws",
                        models.BooleanField(default=False, verbose_name="withdraws what it is about"),
                    ),
                    (
                        "new_due_on",
                        models.DateField(
                            blank=True, null=True, verbose_name="new last day of the resolution"
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
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="departments.department",
                        ),
                    ),
                    (
                        "edited_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "merged_into",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="merged",
                            to="meetings.agendaitem",
                        ),
                    ),
                    (
                        "outcome_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "proposed_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "meeting",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="items",
                            to="meetings.meeting",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "agenda item",
                    "ordering": ("meeting", "-first", "position", "id"),
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("key", ""), _negated=True),
                            fields=("meeting", "key"),
                            name="agenda_item_collected_once",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("proposed_at", None), ("proposed_by", None)),
                                models.Q(("proposed_at__isnull", False), ("proposed_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="agenda_item_proposed_paired",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("edited_at", None), ("edited_by", None)),
                                models.Q(("edited_at__isnull", False), ("edited_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="agenda_item_edited_paired",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("outcome_at", None), ("outcome_by", None)),
                                models.Q(("outcome_at__isnull", False), ("outcome_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="agenda_item_outcome_paired",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("status", "dropped"), _negated=True),
                                models.Q(("reason", ""), _negated=True),
                                _connector="OR",
                            ),
                            name="agenda_item_dropped_with_reason",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("merged_into__isnull", False),
                                    ("status", "merged"),
                                    models.Q(("merged_into", models.F("id")), _negated=True),
                                ),
                                models.Q(
                                    models.Q(("status", "merged"), _negated=True), ("merged_into", None)
                                ),
                                _connector="OR",
                            ),
                            name="agenda_item_merged_into_another",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("outcome", "open"), ("outcome_at", None)),
                                models.Q(
                                    models.Q(("outcome", "open"), _negated=True),
                                    ("outcome_at__isnull", False),
                                ),
                                _connector="OR",
                            ),
                            name="agenda_item_outcome_by_somebody",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("deferred_to__isnull", False), ("outcome", "deferred")),
                                models.Q(
                                    models.Q(("outcome", "deferred"), _negated=True), ("deferred_to", None)
                                ),
                                _connector="OR",
                            ),
                            name="agenda_item_deferred_to_a_day",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("outcome", "decided"), _negated=True),
                                models.Q(("outcome_text", ""), _negated=True),
                                _connector="OR",
                            ),
                            name="agenda_item_decided_says_what",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("target_id", None), ("target_kind", "")),
                                models.Q(
                                    models.Q(("target_kind", ""), _negated=True), ("target_id__isnull", False)
                                ),
                                _connector="OR",
                            ),
                            name="agenda_item_target_whole",
                        ),
                        models.CheckConstraint(
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
                    ],
                },
            ),
            migrations.CreateModel(
                name="MeetingRule",
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
                        "lead",
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
                            verbose_name="department that must be present",
                        ),
                    ),
                    (
                        "more_than",
                        models.PositiveSmallIntegerField(
                            default=50, verbose_name="more than, percent of the members"
                        ),
                    ),
                    (
                        "topics_days",
                        models.PositiveSmallIntegerField(
                            default=15, verbose_name="working days to name topics"
                        ),
                    ),
                    (
                        "remind_days",
                        models.PositiveSmallIntegerField(
                            default=3, verbose_name="reminded before, working days"
                        ),
                    ),
                    (
                        "sign_days",
                        models.PositiveSmallIntegerField(
                            default=5, verbose_name="working days to countersign"
                        ),
                    ),
                    (
                        "region",
                        models.OneToOneField(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="departments.region",
                        ),
                    ),
                    (
                        "month",
                        models.PositiveSmallIntegerField(
                            default=3, verbose_name="held by the end of the quarter's month"
                        ),
                    ),
                    (
                        "notice_days",
                        models.PositiveSmallIntegerField(default=0, verbose_name="working days of notice"),
                    ),
                ],
                options={
                    "verbose_name": "rule of meetings",
                    "constraints": [
                        models.UniqueConstraint(
                            django.db.models.functions.comparison.Coalesce("region", 0),
                            name="meeting_rule_once_a_region",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("more_than__lte", 99)), name="meeting_rule_share_can_be_met"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("month__gte", 1), ("month__lte", 3)),
                            name="meeting_rule_month_of_quarter",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Minutes",
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
                        "text_version",
                        models.PositiveIntegerField(default=1, verbose_name="version of the text"),
                    ),
                    ("sign_by", models.DateField(blank=True, null=True, verbose_name="countersign by")),
                    (
                        "unsigned_reason",
                        models.CharField(
                            blank=True, default="", max_length=300, verbose_name="why not all have signed"
                        ),
                    ),
                    ("approved_at", models.DateTimeField(null=True)),
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
                        "document",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="documents.issueddocument",
                        ),
                    ),
                    (
                        "meeting",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="minutes",
                            to="meetings.meeting",
                        ),
                    ),
                    (
                        "return_reason",
                        models.CharField(
                            blank=True, default="", max_length=300, verbose_name="why they were sent back"
                        ),
                    ),
                    ("returned_at", models.DateTimeField(null=True)),
                    (
                        "returned_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
                options={
                    "verbose_name": "minutes",
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("approved_at", None), ("approved_by", None)),
                                models.Q(("approved_at__isnull", False), ("approved_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="minutes_approved_paired",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("returned_at", None), ("returned_by", None)),
                                models.Q(("returned_at__isnull", False), ("returned_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="minutes_returned_paired",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("return_reason", ""), ("returned_at", None)),
                                models.Q(
                                    ("returned_at__isnull", False),
                                    models.Q(("return_reason", ""), _negated=True),
                                ),
                                _connector="OR",
                            ),
                            name="minutes_returned_with_reason",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="MinutesPart",
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
                    ("position", models.PositiveIntegerField(verbose_name="position")),
                    (
                        "heading",
                        models.CharField(blank=True, default="", max_length=200, verbose_name="heading"),
                    ),
                    ("text", models.TextField(verbose_name="text")),
                    (
                        "item",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="meetings.agendaitem",
                        ),
                    ),
                    (
                        "minutes",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="parts",
                            to="meetings.minutes",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "part of minutes",
                    "ordering": ("minutes", "position"),
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("minutes", "position"), name="minutes_part_position_once"
                        ),
                        models.UniqueConstraint(fields=("minutes", "item"), name="minutes_part_once_an_item"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="MinutesEdit",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("text_version", models.PositiveIntegerField()),
                    ("old_text", models.TextField()),
                    ("new_text", models.TextField()),
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
                        "part",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="edits",
                            to="meetings.minutespart",
                        ),
                    ),
                ],
                options={
                    "ordering": ("id",),
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("part", "text_version"), name="minutes_edit_version_once"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="Proposal",
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
                    ("title", models.CharField(max_length=120, verbose_name="title")),
                    ("analysis", models.TextField(verbose_name="analysis of the risk")),
                    ("measures", models.TextField(verbose_name="proposed measures")),
                    (
                        "status",
                        models.CharField(
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
                    (
                        "round",
                        models.PositiveSmallIntegerField(default=0, verbose_name="round of consultation"),
                    ),
                    ("consult_until", models.DateField(blank=True, null=True, verbose_name="opinions by")),
                    ("drafted_at", models.DateTimeField(null=True)),
                    ("adopted_at", models.DateTimeField(null=True)),
                    ("signed_at", models.DateTimeField(null=True)),
                    ("deployed_at", models.DateTimeField(null=True)),
                    ("withdrawn_at", models.DateTimeField(null=True)),
                    (
                        "reason",
                        models.CharField(blank=True, default="", max_length=300, verbose_name="reason"),
                    ),
                    (
                        "adopted_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "adopted_in",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="meetings.agendaitem",
                        ),
                    ),
                    (
                        "deployed_by",
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
                            related_name="proposals",
                            to="departments.department",
                        ),
                    ),
                    (
                        "region",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="proposals",
                            to="departments.region",
                        ),
                    ),
                    (
                        "signed_by",
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
                        "return_reason",
                        models.CharField(
                            blank=True, default="", max_length=300, verbose_name="why it was sent back"
                        ),
                    ),
                    ("returned_at", models.DateTimeField(null=True)),
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
                        "withdrawn_in",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="meetings.agendaitem",
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
                ],
                options={
                    "verbose_name": "proposal",
                    "ordering": ("-id",),
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("drafted_at", None), ("drafted_by", None)),
                                models.Q(("drafted_at__isnull", False), ("drafted_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="proposal_drafted_paired",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("adopted_at", None), ("adopted_by", None)),
                                models.Q(("adopted_at__isnull", False), ("adopted_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="proposal_adopted_paired",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("signed_at", None), ("signed_by", None)),
                                models.Q(("signed_at__isnull", False), ("signed_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="proposal_signed_paired",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("deployed_at", None), ("deployed_by", None)),
                                models.Q(("deployed_at__isnull", False), ("deployed_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="proposal_deployed_paired",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("withdrawn_at", None), ("withdrawn_by", None)),
                                models.Q(("withdrawn_at__isnull", False), ("withdrawn_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="proposal_withdrawn_paired",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("status", "withdrawn"), _negated=True),
                                models.Q(
                                    ("withdrawn_at__isnull", False), models.Q(("reason", ""), _negated=True)
                                ),
                                _connector="OR",
                            ),
                            name="proposal_withdrawn_with_reason",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("status", "deployed"), _negated=True),
                                models.Q(
                                    ("adopted_at__isnull", False),
                                    ("deployed_at__isnull", False),
                                    ("signed_at__isnull", False),
                                ),
                                _connector="OR",
                            ),
                            name="proposal_deployed_when_signed",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("signed_by", None),
                                models.Q(("signed_by", models.F("drafted_by")), _negated=True),
                                _connector="OR",
                            ),
                            name="proposal_signer_is_another",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("returned_at", None), ("returned_by", None)),
                                models.Q(("returned_at__isnull", False), ("returned_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="proposal_returned_paired",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("return_reason", ""), ("returned_at", None)),
                                models.Q(
                                    ("returned_at__isnull", False),
                                    models.Q(("return_reason", ""), _negated=True),
                                ),
                                _connector="OR",
                            ),
                            name="proposal_returned_with_reason",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("status", "returned"), _negated=True),
                                models.Q(("returned_at__isnull", False), ("signed_at", None)),
                                _connector="OR",
                            ),
                            name="proposal_returned_by_somebody",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("withdrawn_in", None), ("status", "withdrawn"), _connector="OR"
                            ),
                            name="proposal_withdrawn_in_a_meeting",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Opinion",
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
                                ("agreed", "agrees"),
                                ("remarks", "agrees, with remarks"),
                                ("objected", "objects"),
                            ],
                            max_length=10,
                            verbose_name="kind",
                        ),
                    ),
                    (
                        "words",
                        models.CharField(blank=True, default="", max_length=500, verbose_name="opinion"),
                    ),
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
                        "proposal",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="opinions",
                            to="meetings.proposal",
                        ),
                    ),
                    ("file", models.CharField(blank=True, default="", max_length=120)),
                    ("media_type", models.CharField(blank=True, default="", max_length=100)),
                    (
                        "name",
                        models.CharField(
                            blank=True, default="", max_length=150, verbose_name="scan of the reply"
                        ),
                    ),
                    (
                        "sha256",
                        models.CharField(blank=True, default="", max_length=64, verbose_name="SHA-256"),
                    ),
                    ("paper_on", models.DateField(null=True, verbose_name="day of the paper")),
                ],
                options={
                    "ordering": ("id",),
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("proposal", "round", "department"), name="opinion_once_a_department"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("kind", "agreed"), ("words", "")),
                                models.Q(
                                    ("kind__in", ["remarks", "objected"]),
                                    models.Q(("words", ""), _negated=True),
                                ),
                                _connector="OR",
                            ),
                            name="opinion_more_than_agreed_has_words",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("file", ""), ("media_type", ""), ("name", ""), ("sha256", "")),
                                models.Q(
                                    models.Q(("name", ""), _negated=True),
                                    models.Q(("file", ""), _negated=True),
                                    models.Q(("sha256", ""), _negated=True),
                                    models.Q(("media_type", ""), _negated=True),
                                ),
                                _connector="OR",
                            ),
                            name="opinion_scan_whole",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("paper_on", None), models.Q(("file", ""), _negated=True), _connector="OR"
                            ),
                            name="opinion_paper_with_scan",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Resolution",
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
                    ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                    ("text", models.CharField(max_length=500, verbose_name="what is to be done")),
                    ("due_on", models.DateField(verbose_name="due on")),
                    (
                        "status",
                        models.CharField(
                            choices=[
                                ("draft", "drafted at the meeting"),
                                ("open", "under way"),
                                ("reported", "completion reported"),
                                ("done", "done"),
                                ("withdrawn", "withdrawn by a meeting"),
                                ("dropped", "taken back at the meeting"),
                            ],
                            default="draft",
                            max_length=10,
                            verbose_name="status",
                        ),
                    ),
                    ("pressed", models.PositiveSmallIntegerField(default=0, verbose_name="supervised")),
                    ("reported_at", models.DateTimeField(null=True)),
                    ("confirmed_at", models.DateTimeField(null=True)),
                    ("withdrawn_at", models.DateTimeField(null=True)),
                    (
                        "confirmed_by",
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
                            related_name="resolutions",
                            to="departments.department",
                        ),
                    ),
                    (
                        "deployment",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="tasks",
                            to="meetings.proposal",
                        ),
                    ),
                    (
                        "item",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="resolutions",
                            to="meetings.agendaitem",
                        ),
                    ),
                    (
                        "meeting",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="resolutions",
                            to="meetings.meeting",
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
                        "person",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="resolutions",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "region",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="resolutions",
                            to="departments.region",
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
                        "withdrawn_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "withdrawn_in",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="meetings.agendaitem",
                        ),
                    ),
                    (
                        "person_name",
                        models.CharField(blank=True, default="", max_length=40, verbose_name="who does it"),
                    ),
                    (
                        "answer_by",
                        models.DateField(blank=True, null=True, verbose_name="answer to the supervision by"),
                    ),
                ],
                options={
                    "verbose_name": "resolution",
                    "ordering": ("-id",),
                    "indexes": [
                        models.Index(fields=["region", "status", "due_on"], name="resolution_by_due"),
                        models.Index(fields=["person", "status"], name="resolution_by_person"),
                    ],
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("meeting__isnull", False)),
                            fields=("meeting", "number"),
                            name="resolution_number_once",
                        ),
                        models.UniqueConstraint(
                            condition=models.Q(("deployment__isnull", False)),
                            fields=("deployment", "number"),
                            name="task_number_once",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("deployment", None), ("item__isnull", False), ("meeting__isnull", False)
                                ),
                                models.Q(("deployment__isnull", False), ("item", None), ("meeting", None)),
                                _connector="OR",
                            ),
                            name="resolution_from_meeting_or_deployment",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("reported_at", None), ("reported_by", None)),
                                models.Q(("reported_at__isnull", False), ("reported_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="resolution_reported_paired",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("confirmed_at", None), ("confirmed_by", None)),
                                models.Q(("confirmed_at__isnull", False), ("confirmed_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="resolution_confirmed_paired",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("withdrawn_at", None), ("withdrawn_by", None)),
                                models.Q(("withdrawn_at__isnull", False), ("withdrawn_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="resolution_withdrawn_paired",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("status", "done"), _negated=True),
                                models.Q(("confirmed_at__isnull", False), ("reported_at__isnull", False)),
                                _connector="OR",
                            ),
                            name="resolution_done_when_confirmed",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("status", "withdrawn"),
                                    ("withdrawn_at__isnull", False),
                                    ("withdrawn_in__isnull", False),
                                ),
                                models.Q(
                                    models.Q(("status", "withdrawn"), _negated=True), ("withdrawn_in", None)
                                ),
                                _connector="OR",
                            ),
                            name="resolution_withdrawn_by_a_meeting",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("person__isnull", False), ("person_name", "")),
                                models.Q(("person", None), models.Q(("person_name", ""), _negated=True)),
                                _connector="OR",
                            ),
                            name="resolution_names_a_person",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("answer_by", None),
                                models.Q(("pressed__gt", 0), ("status", "open")),
                                _connector="OR",
                            ),
                            name="resolution_answer_to_a_supervision",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="ResolutionStep",
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
                                ("progress", "progress"),
                                ("reported", "completion reported"),
                                ("returned", "sent back by the office"),
                                ("confirmed", "completion confirmed"),
                                ("reassigned", "given to another person"),
                                ("pressed", "supervised"),
                                ("replied", "supervision answered"),
                                ("withdrawn", "withdrawn by a resolution"),
                                ("moved", "given another last day by a meeting"),
                            ],
                            max_length=10,
                            verbose_name="kind",
                        ),
                    ),
                    ("text", models.CharField(blank=True, default="", max_length=1000, verbose_name="text")),
                    ("name", models.CharField(blank=True, default="", max_length=150, verbose_name="file")),
                    ("file", models.CharField(blank=True, default="", max_length=120)),
                    ("media_type", models.CharField(blank=True, default="", max_length=100)),
                    (
                        "sha256",
                        models.CharField(blank=True, default="", max_length=64, verbose_name="SHA-256"),
                    ),
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
                        "document",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="documents.issueddocument",
                        ),
                    ),
                    (
                        "resolution",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="steps",
                            to="meetings.resolution",
                        ),
                    ),
                    (
                        "paper_number",
                        models.CharField(
                            blank=True, default="", max_length=60, verbose_name="number of the paper"
                        ),
                    ),
                    ("paper_on", models.DateField(null=True, verbose_name="day of the paper")),
                ],
                options={
                    "ordering": ("id",),
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("file", ""), ("media_type", ""), ("name", ""), ("sha256", "")),
                                models.Q(
                                    models.Q(("name", ""), _negated=True),
                                    models.Q(("file", ""), _negated=True),
                                    models.Q(("sha256", ""), _negated=True),
                                    models.Q(("media_type", ""), _negated=True),
                                ),
                                _connector="OR",
                            ),
                            name="resolution_step_file_whole",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("paper_number", ""), ("paper_on", None)),
                                models.Q(("paper_on__isnull", False), models.Q(("file", ""), _negated=True)),
                                _connector="OR",
                            ),
                            name="resolution_step_paper_with_scan",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Signature",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("text_version", models.PositiveIntegerField(verbose_name="version of the text")),
                    (
                        "kind",
                        models.CharField(
                            choices=[("signed", "countersigned"), ("objected", "objected")],
                            max_length=10,
                            verbose_name="kind",
                        ),
                    ),
                    (
                        "words",
                        models.CharField(blank=True, default="", max_length=500, verbose_name="objection"),
                    ),
                    ("at", models.DateTimeField()),
                    ("voided_at", models.DateTimeField(null=True)),
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
                        "minutes",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="signatures",
                            to="meetings.minutes",
                        ),
                    ),
                    (
                        "voided_edit",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="voids",
                            to="meetings.minutesedit",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "countersignature",
                    "ordering": ("id",),
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("voided_at", None)),
                            fields=("minutes", "department"),
                            name="signature_one_in_force",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("kind", "signed"), ("words", "")),
                                models.Q(("kind", "objected"), models.Q(("words", ""), _negated=True)),
                                _connector="OR",
                            ),
                            name="signature_objects_with_words",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Material",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("name", models.CharField(max_length=150, verbose_name="name")),
                    ("number", models.PositiveSmallIntegerField(verbose_name="version")),
                    ("pinned", models.BooleanField(default=False, verbose_name="on the table")),
                    ("file", models.CharField(max_length=120)),
                    ("media_type", models.CharField(max_length=100)),
                    ("size", models.PositiveBigIntegerField()),
                    ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
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
                        "item",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="materials",
                            to="meetings.agendaitem",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "material",
                    "ordering": ("item", "name", "number"),
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("item", "name", "number"), name="material_version_once"
                        ),
                        models.UniqueConstraint(
                            condition=models.Q(("pinned", True)),
                            fields=("item", "name"),
                            name="material_one_pinned",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="ProposalText",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("number", models.PositiveSmallIntegerField(verbose_name="version")),
                    ("title", models.CharField(max_length=120, verbose_name="title")),
                    ("analysis", models.TextField(verbose_name="analysis of the risk")),
                    ("measures", models.TextField(verbose_name="proposed measures")),
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
                        "proposal",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="texts",
                            to="meetings.proposal",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "text of a proposal",
                    "ordering": ("id",),
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("proposal", "number"), name="proposal_text_number_once"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="Extract",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                            null=True,
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
                        "minutes",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="extracts",
                            to="meetings.minutes",
                        ),
                    ),
                    ("content", models.JSONField(default=dict)),
                    ("sequence", models.PositiveIntegerField(null=True, verbose_name="number in the series")),
                    (
                        "series",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="documents.series",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "extract of minutes",
                    "ordering": ("id",),
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("minutes", "department"), name="extract_once_a_department"
                        ),
                        models.UniqueConstraint(fields=("minutes", "case"), name="extract_once_a_case"),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("case__isnull", False), ("department", None)),
                                models.Q(("case", None), ("department__isnull", False)),
                                _connector="OR",
                            ),
                            name="extract_of_a_department_or_a_case",
                        ),
                        models.UniqueConstraint(fields=("series", "sequence"), name="extract_number_once"),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("sequence__isnull", False), ("series__isnull", False)),
                                models.Q(("document__isnull", False), ("sequence", None), ("series", None)),
                                _connector="OR",
                            ),
                            name="extract_is_numbered",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="PaperProof",
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
                                ("notice", "notice served"),
                                ("topics", "topics named"),
                                ("answer", "answer to the invitation"),
                                ("minutes", "word on the minutes"),
                            ],
                            max_length=10,
                            verbose_name="kind",
                        ),
                    ),
                    ("on", models.DateField(verbose_name="day of the paper")),
                    ("name", models.CharField(max_length=150, verbose_name="scan")),
                    ("file", models.CharField(max_length=120)),
                    ("media_type", models.CharField(max_length=100)),
                    ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                    ("at", models.DateTimeField()),
                    (
                        "attendance",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="proofs",
                            to="meetings.attendance",
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
                        "signature",
                        models.OneToOneField(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="proof",
                            to="meetings.signature",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "paper of a department without an account",
                    "ordering": ("id",),
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("kind", "minutes"), ("signature__isnull", False)),
                                models.Q(models.Q(("kind", "minutes"), _negated=True), ("signature", None)),
                                _connector="OR",
                            ),
                            name="paper_proof_of_a_signature",
                        )
                    ],
                },
            ),
        ),
    ]
