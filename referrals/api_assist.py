"""`/api/v1/assists/` and beside: 异地协查 by the same doors, rules and actions as the pages.

Proof of delivery and the answer come on paper: their scans go in as multipart, and are read on the pages.
"""

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import PermissionDenied
from rest_framework.response import Response

from core.api import InPost, NewestFirst, asked_of, unknown
from core.parsers import MultiPartParser
from referrals import rules as paper_rules
from referrals import rules_assist as rules
from referrals.actions.assist_letters import (
    close_assist,
    draft_assist,
    edit_assist,
    record_answer,
    record_delivery,
    send_assist,
    withdraw_assist,
)
from referrals.actions.assist_stays import register_stay, set_threshold, waive_stay
from referrals.api_steps import (
    PaperNothing,
    PaperReason,
    PaperSteps,
    Stepping,
    case_of,
    evidence_of,
    some_ids,
)
from referrals.models import AssistFile, AssistItem, AssistLetter, AssistThreshold, OutsideStay
from workspace.api_steps import Once


class AssistItemSerializer(serializers.ModelSerializer):
    class Meta:
        model = AssistItem
        fields = ("position", "evidence", "name", "pages", "sha256")


class AssistFileSerializer(serializers.ModelSerializer):
    class Meta:
        model = AssistFile
        fields = ("id", "kind", "name", "sha256", "at")


class AssistSerializer(serializers.ModelSerializer):
    class Meta:
        model = AssistLetter
        fields = (
            "id", "version", "status", "stage", "case", "stay", "department", "body_name", "title", "facts", "request",
            "reason", "document", "drafted_by", "drafted_at", "submitted_at", "reviewed_at", "approved_at", "sent_at",
            "sent_back_reason", "delivered_on", "delivered_how", "answer_number", "answer_on", "answer_text",
            "closed_at", "close_remark", "withdrawn_at", "withdraw_reason",
        )  # fmt: skip
        read_only_fields = fields


class AssistDetailSerializer(AssistSerializer):
    """With the files that go with it and the scans that came of it."""

    manifest = AssistItemSerializer(many=True, read_only=True)
    files = AssistFileSerializer(many=True, read_only=True)

    class Meta(AssistSerializer.Meta):
        fields = (*AssistSerializer.Meta.fields, "manifest", "files")
        read_only_fields = fields


class AssistEdit(serializers.Serializer):
    """`reason`: why it is asked, where the stay is below the threshold or there is none."""

    body_name = serializers.CharField(max_length=60)
    title = serializers.CharField(max_length=100)
    facts = serializers.CharField(max_length=4000)
    request = serializers.CharField(max_length=2000)
    reason = serializers.CharField(required=False, allow_blank=True, default="", max_length=300)
    manifest = some_ids(required=False, default=list)


class AssistDraft(AssistEdit):
    case = serializers.IntegerField()
    stay = serializers.IntegerField(required=False, allow_null=True, default=None)


class AssistDelivery(serializers.Serializer):
    delivered_on = serializers.DateField()
    how = serializers.CharField(max_length=40)
    upload = serializers.FileField()


class AssistAnswer(serializers.Serializer):
    answer_number = serializers.CharField(max_length=60)
    answer_on = serializers.DateField()
    text = serializers.CharField(max_length=4000)
    upload = serializers.FileField()


class AssistRemark(serializers.Serializer):
    remark = serializers.CharField(required=False, allow_blank=True, default="", max_length=300)


class AssistViewSet(PaperSteps, Stepping):
    """Requests to the bureaus of other places. Filter by `status`, `stage`, `case`."""

    queryset = AssistLetter.objects.none()  # door: get_queryset
    serializer_class = AssistDetailSerializer

    def get_queryset(self):
        if getattr(self, "swagger_fake_view", False):
            return AssistLetter.objects.none()  # door: the schema only
        found = AssistLetter.objects.visible_to(self.request.user).for_list()
        asked = asked_of(self)
        for name in ("status", "stage"):
            if asked.get(name):
                found = found.filter(**{name: asked[name]})
        if asked.get("case", "").isdecimal():
            found = found.filter(case=int(asked["case"]))
        return found if self.action == "list" else found.prefetch_related("manifest", "files")

    def get_serializer_class(self):
        return AssistSerializer if self.action == "list" else self.serializer_class

    @extend_schema(request=AssistDraft, responses={201: AssistDetailSerializer})
    def create(self, request):
        """Draft a request; `stay` names the stay it is about."""
        if not request.user.has_role(*paper_rules.WORKERS):
            raise PermissionDenied
        sent = AssistDraft(data=request.data)
        sent.is_valid(raise_exception=True)
        values = dict(sent.validated_data)
        case, stay = case_of(request, values.pop("case")), values.pop("stay")
        if not rules.can_ask(request.user, case):
            raise PermissionDenied
        if stay is not None:
            stay = OutsideStay.objects.visible_to(request.user).filter(case=case, pk=stay).select_related("case").first()
            if stay is None:
                raise unknown("stay")
        values["manifest"] = evidence_of(case, values["manifest"], "manifest")

        def work(at):
            if stay is not None and not rules.can_ask_about(request.user, stay):
                raise PermissionDenied
            return draft_assist(case=case, stay=stay, by=request.user, at=at, **values)

        return self._made(request, work)

    @extend_schema(request=AssistEdit, responses=AssistDetailSerializer)
    @action(detail=True, methods=["post"])
    def edit(self, request, pk=None):
        """Change a draft that is still at the version named."""

        def act(thing, values, at):
            values["manifest"] = evidence_of(thing.case, values["manifest"], "manifest")
            edit_assist(letter=thing, version=self.expected_version(), by=request.user, at=at, **values)

        return self._step(request, paper_rules.can_edit, AssistEdit, act)

    @extend_schema(request=PaperNothing, responses=AssistDetailSerializer)
    @action(detail=True, methods=["post"])
    def send(self, request, pk=None):
        """编号、发出, by the registrar; its delivery is still to be proved."""
        return self._step(request, paper_rules.can_send, PaperNothing, lambda thing, values, at: send_assist(
            letter=thing, by=request.user, at=at))  # fmt: skip

    @extend_schema(request=AssistDelivery, responses=AssistDetailSerializer)
    @action(detail=True, methods=["post"], parser_classes=[MultiPartParser])
    def deliver(self, request, pk=None):
        """送达回证: the fifteen natural days for the answer run from then."""
        return self._step(request, rules.can_record_delivery, AssistDelivery, lambda thing, values, at: record_delivery(
            letter=thing, by=request.user, at=at, **values))  # fmt: skip

    @extend_schema(request=AssistAnswer, responses=AssistDetailSerializer)
    @action(detail=True, methods=["post"], parser_classes=[MultiPartParser])
    def answer(self, request, pk=None):
        """What the other place answered, with the scan of its letter."""
        return self._step(request, rules.can_record_answer, AssistAnswer, lambda thing, values, at: record_answer(
            letter=thing, by=request.user, at=at, **values))  # fmt: skip

    @extend_schema(request=AssistRemark, responses=AssistDetailSerializer)
    @action(detail=True, methods=["post"])
    def close(self, request, pk=None):
        """The asking department is content with the answer."""
        return self._step(request, rules.can_close, AssistRemark, lambda thing, values, at: close_assist(
            letter=thing, by=request.user, at=at, **values))  # fmt: skip

    @extend_schema(request=PaperReason, responses=AssistDetailSerializer)
    @action(detail=True, methods=["post"])
    def withdraw(self, request, pk=None):
        """Take the request back before it is answered."""
        return self._step(request, rules.can_withdraw, PaperReason, lambda thing, values, at: withdraw_assist(
            letter=thing, by=request.user, at=at, **values))  # fmt: skip


class _Entered(Once, mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet):
    """Rows that are entered once and read: no version, nothing to edit."""

    matched = False

    permission_classes = [InPost]
    pagination_class = NewestFirst


class StaySerializer(serializers.ModelSerializer):
    patient_masked = serializers.CharField(read_only=True)

    class Meta:
        model = OutsideStay
        fields = (
            "id", "case", "department", "place", "hospital", "cross_province", "cost", "admitted_on", "discharged_on",
            "threshold", "proposed", "registered_at", "waived_at", "waive_reason", "patient_masked",
        )  # fmt: skip
        read_only_fields = fields


class StayEntry(serializers.Serializer):
    """`cost` in yuan; in another province, from the amount in force on, a request is proposed."""

    case = serializers.IntegerField()
    patient_name = serializers.CharField(required=False, allow_blank=True, default="", max_length=40)
    patient_number = serializers.CharField(required=False, allow_blank=True, default="", max_length=18)
    place = serializers.CharField(max_length=40)
    hospital = serializers.CharField(max_length=100)
    cross_province = serializers.BooleanField(default=True)
    cost = serializers.DecimalField(max_digits=14, decimal_places=2)
    admitted_on = serializers.DateField()
    discharged_on = serializers.DateField(required=False, allow_null=True, default=None)


class StayViewSet(_Entered):
    """Stays in hospitals of other places. Filter by `case`."""

    queryset = OutsideStay.objects.none()  # door: get_queryset
    serializer_class = StaySerializer

    def get_queryset(self):
        if getattr(self, "swagger_fake_view", False):
            return OutsideStay.objects.none()  # door: the schema only
        found = OutsideStay.objects.visible_to(self.request.user).select_related("case", "patient")
        case = asked_of(self).get("case", "")
        return found.filter(case=int(case)) if case.isdecimal() else found

    @extend_schema(request=StayEntry, responses={201: StaySerializer})
    def create(self, request):
        """Enter a stay."""
        if not request.user.has_role(*paper_rules.WORKERS):
            raise PermissionDenied
        sent = StayEntry(data=request.data)
        sent.is_valid(raise_exception=True)
        values = dict(sent.validated_data)
        case = case_of(request, values.pop("case"))
        if not rules.can_register_stay(request.user, case):
            raise PermissionDenied
        pk = register_stay(case=case, by=request.user, at=timezone.now(), **values).pk
        return Response(StaySerializer(self.get_queryset().get(pk=pk)).data, status=201)

    @extend_schema(request=PaperReason, responses=StaySerializer)
    @action(detail=True, methods=["post"])
    def waive(self, request, pk=None):
        """No request is made although one is proposed: say why."""
        stay = self.get_object()
        if not rules.can_waive(request.user, stay):
            raise PermissionDenied
        sent = PaperReason(data=request.data)
        sent.is_valid(raise_exception=True)
        stay = waive_stay(stay=stay, by=request.user, at=timezone.now(), **sent.validated_data)
        return Response(StaySerializer(stay).data)


class AssistThresholdSerializer(serializers.ModelSerializer):
    class Meta:
        model = AssistThreshold
        fields = ("id", "amount", "basis", "effective_from")


class AssistThresholdEntry(serializers.Serializer):
    amount = serializers.DecimalField(max_digits=14, decimal_places=2)
    basis = serializers.CharField(max_length=200)
    effective_from = serializers.DateField()


class AssistThresholdViewSet(_Entered):
    """From which cost (yuan) a request is proposed, by effective date."""

    queryset = AssistThreshold.objects.none()  # door: get_queryset
    serializer_class = AssistThresholdSerializer

    def get_queryset(self):
        if getattr(self, "swagger_fake_view", False):
            return AssistThreshold.objects.none()  # door: the schema only
        return AssistThreshold.objects.visible_to(self.request.user)

    @extend_schema(request=AssistThresholdEntry, responses={201: AssistThresholdSerializer})
    def create(self, request):
        """A new amount from today or later; stays entered before keep theirs."""
        if not rules.can_set_threshold(request.user):
            raise PermissionDenied
        sent = AssistThresholdEntry(data=request.data)
        sent.is_valid(raise_exception=True)
        threshold = set_threshold(by=request.user, at=timezone.now(), **sent.validated_data)
        return Response(AssistThresholdSerializer(threshold).data, status=201)


router_entries = [
    ("assists", AssistViewSet), ("outside-stays", StayViewSet), ("assist-thresholds", AssistThresholdViewSet),
]  # fmt: skip
