"""What the API of inspections gives; what it takes is read from the pages' forms (ADR 0050)."""

from typing import Any

from rest_framework import serializers

from inspections.enums import ItemResult
from inspections.models import (
    Checklist,
    EnforcementCertificate,
    Finding,
    Inspection,
    Member,
    MoreTime,
    Partner,
    Rectification,
    Summary,
    Target,
    Visit,
)


class InspectionSerializer(serializers.ModelSerializer):
    class Meta:
        model = Inspection
        fields = (
            "id", "version", "number", "title", "lead", "kind", "source", "source_number", "exempt", "announced", "basis",
            "start_condition", "starts_on", "ends_on", "key_areas", "content", "division", "status", "plan_version",
            "asked_at", "submitted_at", "approved_by", "approved_at", "return_reason", "approval_form", "started_at",
            "reported_at", "closed_at", "cancelled_at", "cancel_reason",
        )  # fmt: skip
        read_only_fields = fields

    exempt = serializers.BooleanField(read_only=True)
    announced = serializers.BooleanField(read_only=True)


class InspectionPartnerSerializer(serializers.ModelSerializer):
    class Meta:
        model = Partner
        fields = (
            "id", "version", "inspection", "department", "role", "leads", "task", "answer", "plan_version", "answered_at",
            "decline_reason", "dropped_at",
        )  # fmt: skip
        read_only_fields = fields


class InspectionMemberSerializer(serializers.ModelSerializer):
    class Meta:
        model = Member
        fields = (
            "id", "version", "inspection", "partner", "user", "name", "unit", "role", "certificate", "certificate_number",
            "declared_at", "left_at", "left_reason",
        )  # fmt: skip
        read_only_fields = fields


class InspectionTargetSerializer(serializers.ModelSerializer):
    class Meta:
        model = Target
        fields = (
            "id", "version", "inspection", "subject", "reason", "drawn", "notice", "dropped_at", "drop_reason",
        )  # fmt: skip
        read_only_fields = fields


class InspectionVisitSerializer(serializers.ModelSerializer):
    officers = serializers.SerializerMethodField(help_text="ids of the members who showed their certificates")
    items = serializers.SerializerMethodField()
    files = serializers.SerializerMethodField()

    class Meta:
        model = Visit
        fields = (
            "id", "version", "inspection", "target", "visited_on", "begins", "ends", "place", "told_recusal", "situation",
            "party_name", "party_title", "party_words", "refusal", "witness", "status", "void_reason", "record", "ended_at",
            "officers", "items", "files",
        )  # fmt: skip
        read_only_fields = fields

    def get_officers(self, row: Visit) -> list[int]:
        return [each.member_id for each in row.officers.all()]

    def get_items(self, row: Visit) -> list[dict[str, Any]]:
        return [
            {"id": item.pk, "department": item.department_id, "position": item.position, "text": item.text,
             "basis": item.basis, "result": item.result, "remark": item.remark}
            for item in row.items.all()
        ]  # fmt: skip

    def get_files(self, row: Visit) -> list[dict[str, Any]]:
        return [{"id": file.pk, "name": file.name, "sha256": file.sha256} for file in row.files.all()]


class InspectionFindingSerializer(serializers.ModelSerializer):
    case = serializers.SerializerMethodField(
        help_text="number of the case; null of one the reader may not know of"
    )
    outcome = serializers.SerializerMethodField(
        help_text="open, case, joined, rectify or remark; `elsewhere` of a case the reader may not know of"
    )
    files = serializers.SerializerMethodField()

    class Meta:
        model = Finding
        fields = (
            "id", "version", "inspection", "visit", "number", "department", "category", "found_on", "text", "evidence",
            "amount", "outcome", "outcome_text", "outcome_at", "case", "files",
        )  # fmt: skip
        read_only_fields = fields

    def get_case(self, row: Finding) -> str | None:
        return None if row.case is None or row.case_hidden else row.case.number  # type: ignore[attr-defined]

    def get_outcome(self, row: Finding) -> str:
        return "elsewhere" if row.case_hidden else row.outcome  # type: ignore[attr-defined]

    def get_files(self, row: Finding) -> list[dict[str, Any]]:
        return [{"id": file.pk, "name": file.name, "sha256": file.sha256} for file in row.files.all()]


class MoreTimeShape(serializers.ModelSerializer):
    class Meta:
        model = MoreTime
        fields = ("id", "status", "old_on", "new_on", "reason", "asked_at", "decided_at", "decision")
        read_only_fields = fields


class RectificationSerializer(serializers.ModelSerializer):
    more_time = MoreTimeShape(many=True, read_only=True)

    class Meta:
        model = Rectification
        fields = (
            "id", "version", "finding", "department", "person", "due_on", "status", "done_at", "done_text", "confirmed_at",
            "more_time",
        )  # fmt: skip
        read_only_fields = fields


class InspectionSummarySerializer(serializers.ModelSerializer):
    signatures = serializers.SerializerMethodField()

    class Meta:
        model = Summary
        fields = ("id", "inspection", "number", "text", "at", "signatures")
        read_only_fields = fields

    def get_signatures(self, row: Summary) -> list[dict[str, Any]]:
        return [
            {"partner": each.partner_id, "kind": each.kind, "words": each.words, "at": each.at}
            for each in row.signatures.all()
        ]


class EnforcementCertificateSerializer(serializers.ModelSerializer):
    class Meta:
        model = EnforcementCertificate
        fields = (
            "id",
            "version",
            "user",
            "department",
            "number",
            "valid_until",
            "withdrawn_at",
            "withdraw_reason",
        )
        read_only_fields = fields


class ChecklistSerializer(serializers.ModelSerializer):
    items = serializers.SerializerMethodField()

    class Meta:
        model = Checklist
        fields = ("id", "version", "function", "department", "title", "active", "items")
        read_only_fields = fields

    def get_items(self, row: Checklist) -> list[dict[str, Any]]:
        return [
            {"position": item.position, "text": item.text, "basis": item.basis} for item in row.items.all()
        ]


class CheckedLine(serializers.Serializer):
    item = serializers.IntegerField()
    result = serializers.ChoiceField(choices=[(each.value, each.label) for each in ItemResult if each.value])
    remark = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")


class CheckedLines(serializers.Serializer):
    """The lines of a visit that were checked; those left out stay as they are."""

    lines = CheckedLine(many=True, allow_empty=False)
