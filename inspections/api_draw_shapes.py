"""What the API of pools, draws and coverage takes and gives."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from inspections import pools_rules
from inspections.draw_enums import HEAVIEST, Ground, PoolKind, Risk
from inspections.draw_numbers import MOST
from inspections.models import Draw, Pool


class DrawSerializer(serializers.ModelSerializer):
    """A draw as its page heads it; the list and what came out stand in its record."""

    class Meta:
        model = Draw
        fields = (
            "id", "version", "inspection", "number", "attempt", "status", "list_digest", "commitment", "public_what",
            "public_from", "committed_by", "committed_for", "committed_at", "seed", "public_number", "drawn_by",
            "drawn_for", "drawn_at", "ended_by", "ended_at",
        )  # fmt: skip
        read_only_fields = fields


class DrawCommit(serializers.Serializer):
    inspection = serializers.IntegerField(min_value=1)
    target_pool = serializers.IntegerField(min_value=1)
    target_version = serializers.IntegerField(min_value=1)
    officer_pool = serializers.IntegerField(min_value=1)
    officer_version = serializers.IntegerField(min_value=1)
    targets_wanted = serializers.IntegerField(min_value=1, max_value=5000)
    officers_wanted = serializers.IntegerField(min_value=2, max_value=9, default=2)
    public_what = serializers.CharField(max_length=120)
    public_from = serializers.DateTimeField()
    declared = serializers.BooleanField(
        default=False, help_text="every officer was asked for grounds to stand aside"
    )


class DrawNumber(serializers.Serializer):
    public_number = serializers.CharField(max_length=3 * MOST)


class DrawReason(serializers.Serializer):
    reason = serializers.CharField(max_length=300)


class DrawLeaveOut(DrawReason):
    code = serializers.CharField(max_length=18, help_text="of a target that was drawn")


class DrawAnswer(serializers.Serializer):
    agreed = serializers.BooleanField()
    words = serializers.CharField(max_length=300, required=False, allow_blank=True, default="")


class DrawCheckShape(serializers.Serializer):
    what = serializers.CharField()
    agrees = serializers.BooleanField()
    said = serializers.CharField()


class DrawRecordShape(serializers.Serializer):
    """`record`: docs/draw.md."""

    record = serializers.DictField()
    agrees = serializers.BooleanField()
    checks = DrawCheckShape(many=True)


class PoolSerializer(serializers.ModelSerializer):
    """A pool with everything it holds."""

    targets = serializers.SerializerMethodField()
    officers = serializers.SerializerMethodField()

    class Meta:
        model = Pool
        fields = (
            "id",
            "version",
            "kind",
            "name",
            "department",
            "made_at",
            "retired_at",
            "targets",
            "officers",
        )
        read_only_fields = fields

    @extend_schema_field(serializers.ListField(child=serializers.DictField()))
    def get_targets(self, pool: Pool) -> list[dict[str, Any]]:
        return [
            {"id": each.pk, "subject": each.subject_id, "code": each.subject.uscc, "area": each.area, "risk": each.risk,
             "weight": each.weight, "reason": each.reason}
            for each in pool.targets.all()
        ]  # fmt: skip

    @extend_schema_field(serializers.ListField(child=serializers.DictField()))
    def get_officers(self, pool: Pool) -> list[dict[str, Any]]:
        user = self.context["request"].user
        may = pools_rules.can_keep(user, pool)  # the words are for who keeps the pool
        return [
            {"id": each.pk, "certificate": each.certificate_id, "user": each.certificate.user_id,
             "number": each.certificate.number,
             "recusals": [
                 {"id": r.pk, "subject": r.subject_id, "ground": r.ground, "reason": r.reason if may else ""}
                 for r in each.recusals.all()
             ]}
            for each in pool.officers.all()
        ]  # fmt: skip


class PoolNothing(serializers.Serializer):
    pass


class PoolNew(serializers.Serializer):
    kind = serializers.ChoiceField(choices=PoolKind.choices)
    name = serializers.CharField(max_length=60)


class PoolWeight(serializers.Serializer):
    area = serializers.CharField(max_length=40, required=False, allow_blank=True, default="")
    risk = serializers.ChoiceField(choices=Risk.choices, default=Risk.LOW)
    weight = serializers.IntegerField(min_value=1, max_value=HEAVIEST, default=1)
    reason = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")


class PoolTargetNew(PoolWeight):
    subject = serializers.IntegerField(min_value=1)


class PoolChange(PoolWeight):
    target = serializers.IntegerField(min_value=1)


class PoolTargetLeaves(serializers.Serializer):
    target = serializers.IntegerField(min_value=1)
    reason = serializers.CharField(max_length=200)


class PoolUpload(serializers.Serializer):
    upload = serializers.FileField()


class PoolOfficerNew(serializers.Serializer):
    certificate = serializers.IntegerField(min_value=1)


class PoolOfficerLeaves(serializers.Serializer):
    officer = serializers.IntegerField(min_value=1)
    reason = serializers.CharField(max_length=200)


class PoolRecusalNew(serializers.Serializer):
    officer = serializers.IntegerField(min_value=1)
    subject = serializers.IntegerField(min_value=1, required=False, allow_null=True, default=None)
    ground = serializers.ChoiceField(choices=Ground.choices, default=Ground.OTHER)
    reason = serializers.CharField(
        max_length=200, required=False, allow_blank=True, default="", help_text="needed with the ground `other`"
    )


class PoolRecusalEnds(serializers.Serializer):
    recusal = serializers.IntegerField(min_value=1)


class CoverageLineShape(serializers.Serializer):
    name = serializers.CharField()
    total = serializers.IntegerField()
    visited = serializers.IntegerField()
    left = serializers.IntegerField()
    share = serializers.DecimalField(max_digits=5, decimal_places=2, allow_null=True)


class CoverageShape(serializers.Serializer):
    """`share` in percent with two places, null of nothing."""

    year = serializers.IntegerField()
    lines = CoverageLineShape(many=True)
    left_ids = serializers.ListField(child=serializers.IntegerField())
    exempt = serializers.IntegerField(help_text="bodies that do not count, with the reason on record")


class FrequencyShape(serializers.Serializer):
    """counted: towards the cap; exempt: set off by a report or a task from above; inspections: those one may open."""

    subject = serializers.IntegerField()
    counted = serializers.IntegerField()
    exempt = serializers.IntegerField()
    cap = serializers.IntegerField(allow_null=True)
    reached = serializers.BooleanField()
    inspections = serializers.ListField(child=serializers.IntegerField())
