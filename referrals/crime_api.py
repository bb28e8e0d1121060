"""`/api/v1/criminal-transfers/`: the steps of both sides that need no scan, by the same doors, rules and actions.

What comes on paper (a body without an account) is entered on the pages, with its scan.
"""

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import PermissionDenied
from rest_framework.response import Response

from core.api import InPost, NewestFirst, Versions
from core.dates import local_date
from referrals.actions.crime_handover import hand_over, sign_receipt
from referrals.actions.crime_police import ask_completion, complete_file, decide_filing, forward_file
from referrals.actions.crime_proposal import assign_officers, discard_transfer
from referrals.actions.crime_remedies import (
    answer_reconsideration,
    ask_reconsideration,
    ask_supervision,
    hand_over_property,
    resume_administrative,
)
from referrals.actions.crime_report import Attachments, Item, decide_transfer, report_transfer
from referrals.actions.receipt import report_mismatch
from referrals.crime_hint import hint
from referrals.crime_reading import certified
from referrals.crime_rules import CAN
from referrals.models import CrimeStep, CriminalTransfer
from referrals.refusals import HashMismatch


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
            "forwarded_to", "referral",
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


class CrimeOfficers(serializers.Serializer):
    officers = serializers.ListField(child=serializers.IntegerField(), max_length=20)


class CrimeReason(serializers.Serializer):
    reason = serializers.CharField(max_length=1500)


class CrimeLateReason(CrimeReason, CrimePlain):
    pass


class CrimeItemIn(serializers.Serializer):
    name = serializers.CharField(max_length=60)
    quantity = serializers.CharField(max_length=20)
    specification = serializers.CharField(required=False, allow_blank=True, default="", max_length=60)
    pages = serializers.IntegerField(required=False, allow_null=True, default=None, min_value=1, max_value=1_000_000)
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


class CrimeFiling(CrimePlain):
    filed = serializers.BooleanField()
    reason = serializers.CharField(max_length=1500)


class CrimeMissing(serializers.Serializer):
    missing = serializers.CharField(max_length=1000)


class CrimeForward(serializers.Serializer):
    to = serializers.CharField(max_length=60)
    reason = serializers.CharField(max_length=500)


class CrimeCompletion(CrimePlain):
    files = serializers.ListField(child=serializers.IntegerField(), max_length=200)
    remark = serializers.CharField(required=False, allow_blank=True, default="", max_length=500)


class CrimeProperty(CrimePlain):
    taken_by = serializers.CharField(max_length=40)
    none_reason = serializers.CharField(required=False, allow_blank=True, default="", max_length=300)


class CriminalTransferViewSet(Versions, mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet):
    """Transfers of suspected crime. Filter by `status`, `case`."""

    queryset = CriminalTransfer.objects.none()  # door: get_queryset
    permission_classes = [InPost]
    pagination_class = NewestFirst
    serializer_class = CriminalTransferSerializer

    def get_queryset(self):
        if getattr(self, "swagger_fake_view", False):
            return CriminalTransfer.objects.none()  # door: the schema only
        found = CriminalTransfer.objects.visible_to(self.request.user).for_list().prefetch_related("persons")
        asked = self.request.query_params
        if asked.get("status"):
            found = found.filter(status=asked["status"])
        if asked.get("case", "").isdecimal():
            found = found.filter(case=int(asked["case"]))
        return found

    @extend_schema(responses=CriminalTransferDetailSerializer)
    def retrieve(self, request, *args, **kwargs):
        """The whole file with its dated steps and the hint."""
        return self._shown(self.get_object())

    def _shown(self, transfer):
        return Response(CriminalTransferDetailSerializer(transfer, context=self.get_serializer_context()).data)

    def _step(self, request, code, form, act):
        transfer = self.get_object()
        self.check_version(transfer)
        if not CAN[code](request.user, transfer):
            raise PermissionDenied
        values = form(data=request.data)
        values.is_valid(raise_exception=True)
        at = timezone.now()
        try:
            act(transfer, values.validated_data, {"transfer": transfer, "by": request.user, "at": at})
        except HashMismatch as refusal:
            report_mismatch(referral=transfer.referral, evidence=refusal.evidence, by=request.user, at=at)
            raise
        return self._shown(self.get_queryset().get(pk=transfer.pk))

    @staticmethod
    def _evidence(transfer, ids, field):
        found = list(transfer.case.evidence.filter(pk__in=ids))
        if len(found) != len(set(ids)):
            raise serializers.ValidationError({field: ["unknown"]})
        return found

    @extend_schema(request=CrimeOfficers, responses=CriminalTransferDetailSerializer)
    @action(detail=True, methods=["post"])
    def assign(self, request, pk=None):
        """指定: at least two officers with certificates, by a leader."""

        def act(transfer, values, common):
            people = certified(transfer.department, local_date(common["at"])).filter(pk__in=values["officers"])
            if people.count() != len(set(values["officers"])):
                raise serializers.ValidationError({"officers": ["unknown"]})
            assign_officers(**common, officers=list(people))

        return self._step(request, "assign", CrimeOfficers, act)

    @extend_schema(request=CrimeReason, responses=CriminalTransferDetailSerializer)
    @action(detail=True, methods=["post"])
    def discard(self, request, pk=None):
        """Give the proposal up."""
        return self._step(
            request, "discard", CrimeReason, lambda transfer, values, common: discard_transfer(**common, **values)
        )

    @extend_schema(request=CrimeReport, responses=CriminalTransferDetailSerializer)
    @action(detail=True, methods=["post"])
    def report(self, request, pk=None):
        """书面报告 by one of the officers, with the attachments of art. 6."""

        def act(transfer, values, common):
            names = ("report", "expert", "other")
            files = {name: self._evidence(transfer, values[f"{name}_files"], f"{name}_files") for name in names}
            attachments = Attachments(
                **files, items=[Item(**item) for item in values["items"]],
                **{name: values[name] for name in ("no_items", "no_expert", "no_other")},
            )  # fmt: skip
            report_transfer(**common, report=values["report"], attachments=attachments)

        return self._step(request, "report", CrimeReport, act)

    @extend_schema(request=CrimeDecision, responses=CriminalTransferDetailSerializer)
    @action(detail=True, methods=["post"])
    def decide(self, request, pk=None):
        """The head decides, with reasons."""
        return self._step(
            request, "decide", CrimeDecision, lambda transfer, values, common: decide_transfer(**common, **values)
        )

    @extend_schema(request=CrimePlain, responses=CriminalTransferDetailSerializer)
    @action(detail=True, methods=["post"], url_path="hand-over")
    def hand_over(self, request, pk=None):
        """移送 by the registrar, within 24 hours of the decision."""
        return self._step(
            request, "hand_over", CrimePlain, lambda transfer, values, common: hand_over(**common, **values)
        )

    @extend_schema(request=CrimePlain, responses=CriminalTransferDetailSerializer)
    @action(detail=True, methods=["post"])
    def sign(self, request, pk=None):
        """回执 by the registrar of police who work here; hashes are verified again."""
        return self._step(request, "sign", CrimePlain, lambda transfer, values, common: sign_receipt(**common, **values))

    @extend_schema(request=CrimeMissing, responses=CriminalTransferDetailSerializer)
    @action(detail=True, methods=["post"])
    def incomplete(self, request, pk=None):
        """材料不全: ask for completion within 24 hours."""
        return self._step(
            request, "incomplete", CrimeMissing, lambda transfer, values, common: ask_completion(**common, **values)
        )

    @extend_schema(request=CrimeCompletion, responses=CriminalTransferDetailSerializer)
    @action(detail=True, methods=["post"])
    def complete(self, request, pk=None):
        """补正 within 3 days."""

        def act(transfer, values, common):
            files = self._evidence(transfer, values.pop("files"), "files")
            complete_file(**common, files=files, **values)

        return self._step(request, "complete", CrimeCompletion, act)

    @extend_schema(request=CrimeForward, responses=CriminalTransferDetailSerializer)
    @action(detail=True, methods=["post"])
    def forward(self, request, pk=None):
        """转送 to the body with jurisdiction within 24 hours."""
        return self._step(
            request, "forward", CrimeForward, lambda transfer, values, common: forward_file(**common, **values)
        )

    @extend_schema(request=CrimeFiling, responses=CriminalTransferDetailSerializer)
    @action(detail=True, methods=["post"])
    def filing(self, request, pk=None):
        """立案 or 不予立案 within 3 days, with reasons."""
        return self._step(
            request, "filing", CrimeFiling, lambda transfer, values, common: decide_filing(**common, **values)
        )

    @extend_schema(request=CrimeReason, responses=CriminalTransferDetailSerializer)
    @action(detail=True, methods=["post"])
    def reconsider(self, request, pk=None):
        """提请复议 within 3 days."""
        return self._step(
            request, "reconsider", CrimeReason, lambda transfer, values, common: ask_reconsideration(**common, **values)
        )

    @extend_schema(request=CrimeFiling, responses=CriminalTransferDetailSerializer)
    @action(detail=True, methods=["post"])
    def reconsidered(self, request, pk=None):
        """复议决定 within 3 days."""
        return self._step(
            request, "reconsidered", CrimeFiling, lambda transfer, values, common: answer_reconsideration(**common, **values)
        )

    @extend_schema(request=CrimeLateReason, responses=CriminalTransferDetailSerializer)
    @action(detail=True, methods=["post"])
    def supervise(self, request, pk=None):
        """建议立案监督 within 3 days."""
        return self._step(
            request, "supervise", CrimeLateReason, lambda transfer, values, common: ask_supervision(**common, **values)
        )

    @extend_schema(request=CrimeProperty, responses=CriminalTransferDetailSerializer)
    @action(detail=True, methods=["post"], url_path="property", url_name="property")
    def hand_over_property(self, request, pk=None):
        """移交涉案物品 within 3 days of filing."""
        return self._step(
            request, "property", CrimeProperty, lambda transfer, values, common: hand_over_property(**common, **values)
        )

    @extend_schema(request=CrimeReason, responses=CriminalTransferDetailSerializer)
    @action(detail=True, methods=["post"])
    def resume(self, request, pk=None):
        """恢复行政处理."""
        return self._step(
            request, "resume", CrimeReason, lambda transfer, values, common: resume_administrative(**common, **values)
        )


router_entries = [("criminal-transfers", CriminalTransferViewSet)]
