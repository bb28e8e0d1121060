"""What the API of meetings takes and gives."""

from typing import Any

from rest_framework import serializers

from meetings.enums import Answer, Presence, SignKind
from meetings.models import AgendaItem, Attendance, Extract, Meeting, Minutes, Resolution


class MeetingSerializer(serializers.ModelSerializer):
    class Meta:
        model = Meeting
        fields = (
            "id", "version", "kind", "year", "quarter", "title", "status", "urgent", "occasion", "caught_up", "topics_by",
            "starts_at", "place", "chair", "requirements", "notice", "called_at", "closed_at", "issued_at", "skip_reason",
        )  # fmt: skip
        read_only_fields = fields


class AgendaItemSerializer(serializers.ModelSerializer):
    """`case` is the number of a case, whoever reads it; the case itself is asked of `/api/v1/cases/`."""

    case = serializers.CharField(source="case.number", default=None, read_only=True)

    class Meta:
        model = AgendaItem
        fields = (
            "id", "version", "meeting", "kind", "first", "position", "title", "text", "department", "status", "reason",
            "merged_into", "late", "case", "outcome", "outcome_text", "deferred_to", "withdraws", "new_due_on",
        )  # fmt: skip
        read_only_fields = fields


class ResolutionSerializer(serializers.ModelSerializer):
    class Meta:
        model = Resolution
        fields = (
            "id", "version", "meeting", "deployment", "item", "number", "text", "department", "person", "due_on", "status",
            "pressed", "reported_at", "confirmed_at", "withdrawn_at",
        )  # fmt: skip
        read_only_fields = fields


class MinutesSerializer(serializers.ModelSerializer):
    parts = serializers.SerializerMethodField()

    class Meta:
        model = Minutes
        fields = (
            "id",
            "version",
            "meeting",
            "text_version",
            "sign_by",
            "unsigned_reason",
            "approved_at",
            "document",
            "parts",
        )
        read_only_fields = fields

    def get_parts(self, row: Minutes) -> list[dict[str, Any]]:
        return [
            {"id": part.pk, "version": part.version, "heading": part.heading, "text": part.text}
            for part in row.parts.order_by("position")
        ]


    extracts = serializers.SerializerMethodField()
class MeetingNothing(serializers.Serializer):
    pass


class MeetingReason(serializers.Serializer):
    reason = serializers.CharField(max_length=300)


class MeetingCall(serializers.Serializer):
    starts_at = serializers.DateTimeField()
    place = serializers.CharField(max_length=100)
    chair = serializers.CharField(max_length=40, required=False, allow_blank=True, default="")
    requirements = serializers.CharField(max_length=500, required=False, allow_blank=True, default="")
            "extracts",


class MeetingTopic(serializers.Serializer):
    def get_extracts(self, row: Minutes) -> list[dict[str, Any]]:
        """Numbered papers about one's department, or a case one sees."""
        seen = Extract.objects.visible_to(self.context["request"].user).filter(minutes=row)
        return [
            {"department": each.department_id, "case": each.case.number if each.case else None,
             "document": each.document_id}
            for each in seen.select_related("case").order_by("pk")
        ]  # fmt: skip

    kind = serializers.CharField(max_length=10)
    title = serializers.CharField(max_length=200)
    text = serializers.CharField(max_length=4000, required=False, allow_blank=True, default="")


class ResolutionLine(serializers.Serializer):
    """Who does what until when; ids of the region's departments and people."""

    text = serializers.CharField(max_length=500)
    department = serializers.IntegerField()
    person = serializers.IntegerField()
    due_on = serializers.DateField()


class ItemDecision(serializers.Serializer):
    text = serializers.CharField(max_length=4000)
    lines = ResolutionLine(many=True, required=False, default=list)
    withdraws = serializers.BooleanField(required=False, default=False)
    new_due_on = serializers.DateField(required=False, allow_null=True, default=None)


class ItemDeferral(serializers.Serializer):
    until = serializers.DateField()
    reason = serializers.CharField(max_length=300)


class ItemNote(serializers.Serializer):
    text = serializers.CharField(max_length=4000, required=False, allow_blank=True, default="")


class ResolutionText(serializers.Serializer):
    text = serializers.CharField(max_length=1000)


class ResolutionPress(serializers.Serializer):
    demand = serializers.CharField(max_length=500)
    reply_on = serializers.DateField()


class ResolutionPerson(serializers.Serializer):
    person = serializers.IntegerField()
    reason = serializers.CharField(max_length=300)


class MinutesSignature(serializers.Serializer):
    """`text_version`: the version that was read."""

    kind = serializers.ChoiceField(choices=SignKind.choices)
    words = serializers.CharField(max_length=500, required=False, allow_blank=True, default="")
    text_version = serializers.IntegerField()


class MinutesApproval(serializers.Serializer):
    unsigned_reason = serializers.CharField(max_length=300, required=False, allow_blank=True, default="")
