"""What the API of sanctions gives."""

from rest_framework import serializers

from sanctions.models import AppliedMeasure, Bar, Hearing, ListEntry, Measure, MeasureTask, Repair, Sanction


class MeasureSerializer(serializers.ModelSerializer):
    class Meta:
        model = Measure
        fields = (
            "id", "code", "function", "kinds", "name", "source", "basis", "amount", "unit", "proof", "own_hearing", "effect",
            "active",
        )  # fmt: skip
        read_only_fields = fields


class SanctionSerializer(serializers.ModelSerializer):
    """`case` is the number of the case, whoever reads it; the case itself is asked of `/api/v1/cases/`."""

    case = serializers.CharField(source="case.number", read_only=True)
    subject_name = serializers.CharField(source="subject.name", read_only=True)
    serious = serializers.BooleanField(read_only=True)

    class Meta:
        model = Sanction
        fields = (
            "id", "version", "status", "case", "subject", "subject_name", "department", "authority", "ground",
            "decision_number", "decision_authority", "decided_on", "effective_on", "convicting", "facts", "basis",
            "major_loss", "endangers_safety", "especially_serious", "especially_bad", "criteria_reason", "serious",
            "measures", "proposed_at", "reviewed_at", "proposal_document", "findings", "determined_at",
            "determination_document", "sent_at", "suspended_at", "ended_at", "reason",
        )  # fmt: skip
        read_only_fields = fields


class SanctionHearingSerializer(serializers.ModelSerializer):
    class Meta:
        model = Hearing
        fields = (
            "id", "version", "status", "sanction", "task", "department", "intended", "days", "signed_at", "document",
            "served_on", "served_how", "due_on", "outcome", "said_on", "said", "final", "answer", "answered_at", "sha256",
        )  # fmt: skip
        read_only_fields = fields


class MeasureTaskSerializer(serializers.ModelSerializer):
    class Meta:
        model = MeasureTask
        fields = (
            "id", "version", "status", "sanction", "department", "person", "coordinates", "acknowledged_at", "decided_at",
            "decision_number", "decision_document", "refused_at", "executed_at", "lapsed_at", "fed_back_at", "feedback",
            "feedback_document", "reason",
        )  # fmt: skip
        read_only_fields = fields


class AppliedMeasureSerializer(serializers.ModelSerializer):
    class Meta:
        model = AppliedMeasure
        fields = (
            "id", "version", "status", "task", "sanction", "department", "measure", "subject", "extent", "basis", "since",
            "amount", "unit", "until", "decision_number", "decided_on", "executed_on", "execution", "sha256", "ended_at",
            "end_reason",
        )  # fmt: skip
        read_only_fields = fields


class BarSerializer(serializers.ModelSerializer):
    class Meta:
        model = Bar
        fields = (
            "id", "version", "status", "subject", "because_of", "sanction", "ground", "basis", "decision_number", "since",
            "amount", "unit", "until", "ended_at", "end_reason", "end_number", "reversed_on",
        )  # fmt: skip
        read_only_fields = fields


class ListEntrySerializer(serializers.ModelSerializer):
    """As the lists show it: no natural person is named in a reason."""

    reason = serializers.CharField(source="said", read_only=True)
    end_reason = serializers.CharField(source="end_said", read_only=True)

    class Meta:
        model = ListEntry
        fields = (
            "id", "version", "kind", "status", "subject", "department", "sanction", "reason", "basis", "decision_number",
            "judgment_number", "judgment_court", "judgment_effective_on", "since", "amount", "unit", "until", "approved_at",
            "ended_at", "end_reason", "end_number",
        )  # fmt: skip
        read_only_fields = fields


class CreditRepairSerializer(serializers.ModelSerializer):
    class Meta:
        model = Repair
        fields = (
            "id", "version", "status", "department", "subject", "sanction", "applied", "entry", "applied_on", "grounds",
            "commitment", "sha256", "decided_at", "fallen_at", "reason",
        )  # fmt: skip
        read_only_fields = fields
