"""What goes in and out of `/api/v1/criminal-transfers/`."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers

from referrals.actions.crime_common import OnPaper
from referrals.crime_enums import MOST_ITEM_PAGES
from referrals.crime_hint import hint
from referrals.models import CrimeStep, CrimeThreshold, CriminalTransfer


class CrimeStepSerializer(serializers.ModelSerializer):
    class Meta:
        model = CrimeStep
        fields = ("kind", "happened_at", "at", "number", "text", "signed_name", "document", "sha256", "department", "by")
        read_only_fields = fields


class CriminalTransferSerializer(serializers.ModelSerializer):
    class Meta:
        model = CriminalTransfer
        fields = (
            "id", "version", "status", "case", "department", "police", "procuratorate", "crime", "article", "found_on",
            "facts", "amount", "amount_verified", "measures", "persons", "others", "report", "decision",
            "forwarded_to", "copy_served_on", "referral",
        )  # fmt: skip
        read_only_fields = fields


class CriminalTransferDetailSerializer(CriminalTransferSerializer):
    """With its dated steps, as far as one's side sees them, and the hint by amount."""

    steps = serializers.SerializerMethodField()
    hint = serializers.SerializerMethodField()

    class Meta(CriminalTransferSerializer.Meta):
        fields = (*CriminalTransferSerializer.Meta.fields, "steps", "hint")
        read_only_fields = fields

    @extend_schema(responses=CrimeStepSerializer(many=True))
    def get_steps(self, transfer) -> list[dict]:
        found = CrimeStep.objects.visible_to(self.context["request"].user).filter(transfer=transfer)
        return list(CrimeStepSerializer(found, many=True).data)

    def get_hint(self, transfer) -> str:
        shown = hint(transfer.amount, transfer.threshold)
        return shown.sentence if shown else ""


class CrimePlain(serializers.Serializer):
    late_reason = serializers.CharField(required=False, allow_blank=True, default="", max_length=300)


class CrimePaper(serializers.Serializer):
    """The paper of a body that does not work here: all three, or none where it speaks for itself."""

    number = serializers.CharField(required=False, max_length=60)
    happened_at = serializers.DateTimeField(required=False)
    upload = serializers.FileField(required=False)

    def validate(self, attrs):
        """`paper` takes the place of the three."""
        names = ("number", "happened_at", "upload")
        given = [name for name in names if name in attrs]
        if given and len(given) < len(names):
            needed = serializers.Field.default_error_messages["required"]
            raise serializers.ValidationError({name: [needed] for name in names if name not in attrs})
        paper = {name: attrs.pop(name) for name in given}
        signed_name = attrs.pop("signed_name", "")
        return attrs | {"paper": OnPaper(**paper, signed_name=signed_name) if paper else None}


class CrimeReceipt(CrimePaper, CrimePlain):
    signed_name = serializers.CharField(required=False, allow_blank=True, default="", max_length=40)


class CrimeProposal(serializers.Serializer):
    """`threshold`: a crime of the dictionary of amounts, which then gives name and article; else both are named."""

    case = serializers.IntegerField()
    threshold = serializers.IntegerField(required=False, allow_null=True, default=None)
    crime = serializers.CharField(required=False, allow_blank=True, default="", max_length=60)
    article = serializers.CharField(required=False, allow_blank=True, default="", max_length=100)
    found_on = serializers.DateField()
    facts = serializers.CharField(max_length=4000)
    measures = serializers.CharField(required=False, allow_blank=True, default="", max_length=1000)
    persons = serializers.ListField(child=serializers.IntegerField(), required=False, default=list, max_length=100)
    others = serializers.CharField(required=False, allow_blank=True, default="", max_length=300)


class CrimeCopyServed(serializers.Serializer):
    served_on = serializers.DateField()
    signed_name = serializers.CharField(max_length=40)
    upload = serializers.FileField()


class CrimeDutyNote(serializers.Serializer):
    number = serializers.CharField(max_length=60)
    sent_on = serializers.DateField()


class CrimeOfficers(serializers.Serializer):
    officers = serializers.ListField(child=serializers.IntegerField(), max_length=20)


class CrimeReason(serializers.Serializer):
    reason = serializers.CharField(max_length=1500)


class CrimeItemIn(serializers.Serializer):
    name = serializers.CharField(max_length=60)
    quantity = serializers.CharField(max_length=20)
    specification = serializers.CharField(required=False, allow_blank=True, default="", max_length=60)
    pages = serializers.IntegerField(required=False, allow_null=True, default=None, min_value=1, max_value=MOST_ITEM_PAGES)
    source = serializers.CharField(required=False, allow_blank=True, default="", max_length=60)
    remark = serializers.CharField(required=False, allow_blank=True, default="", max_length=100)


def _files() -> serializers.ListField:
    return serializers.ListField(child=serializers.IntegerField(), required=False, default=list, max_length=200)


def _why() -> serializers.CharField:
    return serializers.CharField(required=False, allow_blank=True, default="", max_length=200)


class CrimeReport(serializers.Serializer):
    """Files by their evidence id; each of items, expert and other there, or why there is none."""

    report = serializers.CharField(max_length=6000)
    report_files = _files()
    items = CrimeItemIn(many=True, required=False, default=list)
    no_items = _why()
    expert_files = _files()
    no_expert = _why()
    other_files = _files()
    no_other = _why()


class CrimeDecision(CrimePlain):
    approved = serializers.BooleanField()
    reason = serializers.CharField(max_length=1000)


class CrimeFiling(CrimePaper, CrimePlain):
    filed = serializers.BooleanField()
    reason = serializers.CharField(max_length=1500)


class CrimeRevoked(CrimePaper):
    reason = serializers.CharField(max_length=1500)


class CrimeSupervised(CrimePaper):
    filed = serializers.BooleanField()
    reason = serializers.CharField(max_length=1500)


class CrimeMissing(CrimePaper):
    missing = serializers.CharField(max_length=1000)


class CrimeForward(CrimePaper):
    to = serializers.CharField(max_length=60)
    reason = serializers.CharField(max_length=500)


class CrimeCompletion(serializers.Serializer):
    files = serializers.ListField(child=serializers.IntegerField(), max_length=200)
    remark = serializers.CharField(required=False, allow_blank=True, default="", max_length=500)


class CrimeProperty(CrimePlain):
    taken_by = serializers.CharField(max_length=40)
    none_reason = serializers.CharField(required=False, allow_blank=True, default="", max_length=300)


class CrimeThresholdSerializer(serializers.ModelSerializer):
    class Meta:
        model = CrimeThreshold
        fields = (
            "id", "version", "crime", "article", "large_from", "large_to", "huge_from", "huge_to", "enormous_from", "basis",
        )  # fmt: skip
        read_only_fields = ("id", "version")
        extra_kwargs = {"crime": {"validators": []}}  # the action says it, with its sentence
