"""What the API of meetings takes and gives."""

from typing import Any

from rest_framework import serializers

from meetings.actions.common import LONGEST_NAME
from meetings.discretion import for_reader
from meetings.enums import ANSWERS, LONGEST_PART, LONGEST_TOPIC, Presence, SignKind
from meetings.models import AgendaItem, Attendance, Extract, Meeting, Minutes, MinutesPart, Resolution
from meetings.querysets import in_office


class MeetingSerializer(serializers.ModelSerializer):
    class Meta:
        model = Meeting
        fields = (
            "id", "version", "kind", "year", "quarter", "title", "status", "urgent", "occasion", "caught_up", "topics_by",
            "starts_at", "place", "chair", "requirements", "notice", "topics_letter",
            "called_at", "closed_at", "issued_at", "skip_reason",
        )  # fmt: skip
        read_only_fields = fields


class AgendaItemSerializer(serializers.ModelSerializer):
    """`case` is the number of a case, whoever reads it; the case itself is asked of `/api/v1/cases/`."""

    case = serializers.CharField(source="case.number", default=None, read_only=True)
    materials = serializers.SerializerMethodField()

    class Meta:
        model = AgendaItem
        fields = (
            "id", "version", "meeting", "kind", "first", "position", "title", "text", "department", "status", "reason",
            "merged_into", "late", "case", "outcome", "outcome_text", "deferred_to", "withdraws", "new_due_on", "materials",
        )  # fmt: skip
        read_only_fields = fields

    def get_materials(self, row: AgendaItem) -> list[dict[str, Any]]:
        return [
            {
                "id": each.pk,
                "name": each.name,
                "number": each.number,
                "pinned": each.pinned,
                "sha256": each.sha256,
            }
            for each in row.materials.all()
        ]


class AttendanceSerializer(serializers.ModelSerializer):
    """`on_paper`: the department has no account; `papers`: what it wrote, as the office entered it."""

    on_paper = serializers.SerializerMethodField()
    papers = serializers.SerializerMethodField()

    class Meta:
        model = Attendance
        fields = (
            "id", "version", "meeting", "department", "member", "on_paper", "topics_answered_at", "answer", "person",
            "person_name", "job_title", "leave_reason", "answered_at", "presence", "recorded_at", "papers",
        )  # fmt: skip
        read_only_fields = fields

    def get_on_paper(self, row: Attendance) -> bool:
        return not row.department.has_account

    def get_papers(self, row: Attendance) -> list[dict[str, Any]]:
        if not in_office(self.context["request"].user):
            return []
        return [
            {"id": each.pk, "kind": each.kind, "on": each.on, "name": each.name, "sha256": each.sha256}
            for each in row.proofs.all()
        ]  # fmt: skip


class ResolutionSerializer(serializers.ModelSerializer):
    steps = serializers.SerializerMethodField()

    class Meta:
        model = Resolution
        fields = (
            "id", "version", "meeting", "deployment", "item", "number", "text", "department", "person", "person_name",
            "due_on", "status", "pressed", "answer_by", "reported_at", "confirmed_at", "withdrawn_at", "steps",
        )  # fmt: skip
        read_only_fields = fields

    def get_steps(self, row: Resolution) -> list[dict[str, Any]]:
        """What was said and done, with the names and hashes of its evidence."""
        return [
            {"id": each.pk, "kind": each.kind, "text": each.text, "name": each.name, "sha256": each.sha256,
             "paper_on": each.paper_on, "paper_number": each.paper_number, "document": each.document_id,
             "by": each.by_id, "at": each.at}
            for each in row.steps.all()
        ]  # fmt: skip


class MinutesSerializer(serializers.ModelSerializer):
    parts = serializers.SerializerMethodField()
    extracts = serializers.SerializerMethodField()

    class Meta:
        model = Minutes
        fields = (
            "id", "version", "meeting", "text_version", "sign_by", "unsigned_reason", "approved_at", "returned_at",
            "return_reason", "document", "parts", "extracts",
        )  # fmt: skip
        read_only_fields = fields

    def get_extracts(self, row: Minutes) -> list[dict[str, Any]]:
        """Numbered papers about one's department, or a case one sees; `document` is null while one is being printed."""
        seen = Extract.objects.visible_to(self.context["request"].user).filter(minutes=row)
        return [
            {"department": each.department_id, "case": each.case.number if each.case else None,
             "number": each.number, "document": each.document_id}
            for each in seen.select_related("case", "document", "series").order_by("pk")
        ]  # fmt: skip

    def get_parts(self, row: Minutes) -> list[dict[str, Any]]:
        return [
            {"id": part.pk, "version": part.version, "item": part.item_id, "heading": part.heading, "text": part.text}
            for part in for_reader(
                self.context["request"].user, list(row.parts.select_related("item__case").order_by("position"))
            )
        ]


class MinutesPartSerializer(serializers.ModelSerializer):
    """A part about a restricted case says no more than its number to who does not see the case."""

    class Meta:
        model = MinutesPart
        fields = ("id", "version", "minutes", "item", "position", "heading", "text")
        read_only_fields = fields

    def to_representation(self, instance: MinutesPart) -> dict[str, Any]:
        return super().to_representation(for_reader(self.context["request"].user, [instance])[0])


class MinutesPartText(serializers.Serializer):
    text = serializers.CharField(max_length=LONGEST_PART)


class MeetingNothing(serializers.Serializer):
    pass


class MeetingReason(serializers.Serializer):
    reason = serializers.CharField(max_length=300)


class MeetingCall(serializers.Serializer):
    starts_at = serializers.DateTimeField()
    place = serializers.CharField(max_length=100)
    chair = serializers.CharField(max_length=40, required=False, allow_blank=True, default="")
    requirements = serializers.CharField(max_length=500, required=False, allow_blank=True, default="")


class MeetingTopic(serializers.Serializer):
    kind = serializers.CharField(max_length=10)
    title = serializers.CharField(max_length=200)
    text = serializers.CharField(max_length=LONGEST_TOPIC, required=False, allow_blank=True, default="")
    case = serializers.IntegerField(required=False, allow_null=True, default=None, help_text="id of an open case one sees")


class MeetingOccasion(serializers.Serializer):
    """Why an ad-hoc meeting is called; an urgent one needs no notice of some days."""

    occasion = serializers.CharField(max_length=300)
    urgent = serializers.BooleanField(required=False, default=False)


class MeetingCallAgain(serializers.Serializer):
    starts_at = serializers.DateTimeField()
    place = serializers.CharField(max_length=100)
    reason = serializers.CharField(max_length=300)


class MeetingGuest(serializers.Serializer):
    department = serializers.IntegerField()


class MeetingTopicsBy(serializers.Serializer):
    topics_by = serializers.DateField()


class ResolutionLine(serializers.Serializer):
    """Who does what until when; ids of the region's departments and people.

    `name`: in place of `person`, who does it in a department without an account.
    """

    text = serializers.CharField(max_length=500)
    department = serializers.IntegerField()
    person = serializers.IntegerField(required=False, allow_null=True, default=None)
    name = serializers.CharField(max_length=LONGEST_NAME, required=False, allow_blank=True, default="")
    due_on = serializers.DateField()
    topic = serializers.IntegerField(
        required=False, allow_null=True, default=None, help_text="the merged topic it comes of"
    )


class MergedWords(serializers.Serializer):
    item = serializers.IntegerField()
    text = serializers.CharField(max_length=4000)


class ItemDecision(serializers.Serializer):
    """`merged`: what was decided about each topic merged into it; needed where they are about different cases."""

    text = serializers.CharField(max_length=4000)
    merged = MergedWords(many=True, required=False, default=list)
    lines = ResolutionLine(many=True, required=False, default=list)
    withdraws = serializers.BooleanField(required=False, default=False)
    new_due_on = serializers.DateField(required=False, allow_null=True, default=None)


class ItemDeferral(serializers.Serializer):
    until = serializers.DateField()
    reason = serializers.CharField(max_length=300)


class ItemNote(serializers.Serializer):
    text = serializers.CharField(max_length=4000, required=False, allow_blank=True, default="")


class ResolutionEvidence(serializers.Serializer):
    text = serializers.CharField(max_length=1000)
    upload = serializers.FileField(required=False, allow_null=True, default=None)


class ResolutionReport(ResolutionEvidence):
    """`on`, `number`: of the paper of a department without an account; `upload` is its scan then."""

    on = serializers.DateField(required=False, allow_null=True, default=None)
    number = serializers.CharField(max_length=60, required=False, allow_blank=True, default="")


class ResolutionPress(serializers.Serializer):
    demand = serializers.CharField(max_length=500)
    reply_on = serializers.DateField()


class ResolutionPerson(serializers.Serializer):
    """`name`: in place of `person`, of a department without an account."""

    person = serializers.IntegerField(required=False, allow_null=True, default=None)
    name = serializers.CharField(max_length=LONGEST_NAME, required=False, allow_blank=True, default="")
    reason = serializers.CharField(max_length=300)


class MinutesSignature(serializers.Serializer):
    """`text_version`: the version that was read."""

    kind = serializers.ChoiceField(choices=SignKind.choices)
    words = serializers.CharField(max_length=500, required=False, allow_blank=True, default="")
    text_version = serializers.IntegerField()


class MinutesApproval(serializers.Serializer):
    unsigned_reason = serializers.CharField(max_length=300, required=False, allow_blank=True, default="")


class MeetingPresence(serializers.Serializer):
    attendance = serializers.IntegerField()
    presence = serializers.ChoiceField(choices=[each for each in Presence.choices if each[0]])


class MeetingPresences(serializers.Serializer):
    presences = MeetingPresence(many=True)


class MeetingAnswer(serializers.Serializer):
    """`person`: who of one's department comes; `reason`: of leave."""

    answer = serializers.ChoiceField(choices=ANSWERS)
    person = serializers.IntegerField(required=False, allow_null=True, default=None)
    job_title = serializers.CharField(max_length=40, required=False, allow_blank=True, default="")
    reason = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")


class ItemText(serializers.Serializer):
    title = serializers.CharField(max_length=200)
    text = serializers.CharField(max_length=LONGEST_TOPIC, required=False, allow_blank=True, default="")


class ItemMove(serializers.Serializer):
    up = serializers.BooleanField()


class ItemMerge(serializers.Serializer):
    into = serializers.IntegerField()
    reason = serializers.CharField(max_length=300, required=False, allow_blank=True, default="")


class ItemMaterial(serializers.Serializer):
    upload = serializers.FileField()


class ItemPin(serializers.Serializer):
    material = serializers.IntegerField()
