"""`/api/v1/reports/`: for report officers, with the doors, rules and actions of the pages.

Neither who reported nor the words of a report is ever answered here: those are read on the page alone.
"""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_variables
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import PermissionDenied, ValidationError
from rest_framework.response import Response

from cases.models import Case, Subject
from core.api import InPost, Versions
from core.forms import KEY_PATTERN
from departments.models import Category
from rewards import receipts, rules_reports
from rewards.actions import report_progress
from rewards.actions.reports import ReceivedBefore, register_report, withdraw_report
from rewards.enums import Channel, Naming, ReporterKind, ToldVia
from rewards.identities import Identity
from rewards.models import Report
from rewards.reading_reports import times_opened


class WorksOnReports(InPost):
    """Report officers, and nobody else."""

    def has_permission(self, request, view):
        return super().has_permission(request, view) and rules_reports.works_on_reports(request.user)


class ReportReporter(serializers.Serializer):
    """One of those who report together, as a number."""

    id = serializers.IntegerField(read_only=True)
    position = serializers.IntegerField(read_only=True)
    kind = serializers.CharField(read_only=True)


class ReportSerializer(serializers.ModelSerializer):
    """A report without its words."""

    case_number = serializers.CharField(source="case.number", read_only=True, default=None)
    reporters = ReportReporter(many=True, read_only=True)
    files = serializers.IntegerField(source="files.count", read_only=True)
    openings = serializers.SerializerMethodField(help_text="how often an identity was opened")

    class Meta:
        model = Report
        fields = (
            "id", "number", "channel", "naming", "subject_name", "subject_code", "period_from", "period_to", "summary",
            "wants_reward", "wants_answer", "status", "reason", "case_id", "case_number", "received_at", "decided_at",
            "withdrawn_at", "told_at", "told_via", "reporters", "files", "openings", "version",
        )  # fmt: skip

    def get_openings(self, report) -> int:
        return times_opened(report)


class ReportIdentity(serializers.Serializer):
    """Sealed at once, never answered."""

    kind = serializers.ChoiceField(choices=ReporterKind.choices, default=ReporterKind.NATURAL)
    name = serializers.CharField(max_length=60, write_only=True)
    phone = serializers.CharField(max_length=20, write_only=True)
    id_number = serializers.CharField(max_length=18, default="", allow_blank=True, write_only=True)
    address = serializers.CharField(max_length=120, default="", allow_blank=True, write_only=True)
    bank = serializers.CharField(max_length=60, default="", allow_blank=True, write_only=True)
    account = serializers.CharField(max_length=40, default="", allow_blank=True, write_only=True)


class ReportEntry(serializers.Serializer):
    """A report that came by another channel than the public form."""

    channel = serializers.ChoiceField(
        choices=[one for one in Channel.choices if one[0] not in (Channel.WEB, Channel.SUPERVISOR)]
    )
    naming = serializers.ChoiceField(choices=Naming.choices)
    subject_name = serializers.CharField(max_length=120)
    subject_code = serializers.CharField(max_length=18, default="", allow_blank=True)
    facts = serializers.CharField(max_length=8000, write_only=True)
    period_from = serializers.DateField(default=None, allow_null=True)
    period_to = serializers.DateField(default=None, allow_null=True)
    received_at = serializers.DateTimeField(default=None, allow_null=True)
    reporters = ReportIdentity(many=True, default=list)
    token = serializers.CharField(max_length=32, default="", allow_blank=True, write_only=True)
    wants_reward = serializers.BooleanField(default=False)
    wants_answer = serializers.BooleanField(default=False)


class ReportReceived(ReportSerializer):
    """With the receipt code, this once."""

    receipt_code = serializers.CharField()

    class Meta(ReportSerializer.Meta):
        fields = (*ReportSerializer.Meta.fields, "receipt_code")


class ReportStep(serializers.Serializer):
    pass


class ReportReason(serializers.Serializer):
    reason = serializers.CharField(max_length=300)


class ReportText(serializers.Serializer):
    text = serializers.CharField(max_length=4000)


class ReportTold(serializers.Serializer):
    via = serializers.ChoiceField(choices=ToldVia.choices)
    text = serializers.CharField(max_length=1000, default="", allow_blank=True)
    late_reason = serializers.CharField(max_length=300, default="", allow_blank=True)


class ReportAccept(serializers.Serializer):
    """subject: an id; categories: codes."""

    summary = serializers.CharField(max_length=4000)
    subject = serializers.IntegerField(min_value=1)
    categories = serializers.ListField(
        child=serializers.CharField(max_length=30), min_length=1, max_length=30
    )
    suspected = serializers.DecimalField(max_digits=14, decimal_places=2, default=0, min_value=0)
    duplicates_known = serializers.BooleanField(default=False)


class ReportJoin(serializers.Serializer):
    summary = serializers.CharField(max_length=4000)
    case = serializers.IntegerField(min_value=1)


KEY = OpenApiParameter(
    "Idempotency-Key",
    str,
    OpenApiParameter.HEADER,
    description="sent twice it gives the same report and code",
)


class ReportViewSet(Versions, mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet):
    """Reports of one's department."""

    queryset = Report.objects.none()  # door: get_queryset
    serializer_class = ReportSerializer
    permission_classes = (WorksOnReports,)
    lookup_value_regex = r"\d{1,18}"

    def get_queryset(self):
        if getattr(self, "swagger_fake_view", False):
            return Report.objects.none()  # door: the schema only
        found = Report.objects.visible_to(self.request.user).defer("facts")
        return found.select_related("case", "department", "region").prefetch_related(
            "reporters", "openings", "payee_openings"
        )

    @sensitive_variables()
    @extend_schema(request=ReportEntry, responses={201: ReportReceived}, parameters=[KEY])
    def create(self, request):
        """Register a report; who reports is sealed at once."""
        sent = ReportEntry(data=request.data)
        sent.is_valid(raise_exception=True)
        key = request.headers.get("Idempotency-Key", "")
        if key and not KEY_PATTERN.fullmatch(key):
            raise ValidationError({"Idempotency-Key": [_("16 to 64 characters.")]})
        given = dict(sent.validated_data)
        given["reporters"] = [Identity(**one) for one in given["reporters"]]
        user = request.user
        try:
            done = register_report(
                department=user.department, by=user, at=timezone.now(), submission=key and f"api:{user.pk}:{key}",
                **given,
            )  # fmt: skip
        except ReceivedBefore as before:
            report = self.get_queryset().get(receipt_digest=receipts.digest(before.details["code"]))
            return self._received(report, before.details["code"], 200)
        return self._received(done.report, done.code, 201)

    def _received(self, report, code, status):
        report.receipt_code = code
        return Response(ReportReceived(report).data, status=status)

    @transaction.atomic
    def _step(self, request, rule, body, act):
        report = self.get_object()
        if not rule(request.user, report):
            raise PermissionDenied
        self.check_version(report)
        sent = body(data=request.data)
        sent.is_valid(raise_exception=True)
        act(report, sent.validated_data, {"by": request.user, "at": timezone.now()})
        return Response(ReportSerializer(self.get_object()).data)

    @extend_schema(request=ReportAccept, responses=ReportSerializer)
    @action(detail=True, methods=["post"])
    def accept(self, request, pk=None):
        """Take the report on as a new lead."""

        def act(report: Report, values: dict[str, Any], who: dict[str, Any]) -> None:
            subject = Subject.objects.visible_to(request.user).filter(pk=values.pop("subject")).first()
            codes = values.pop("categories")
            found = list(Category.objects.filter(code__in=codes))  # door: a dictionary
            if subject is None or len(found) != len(set(codes)):
                raise ValidationError({"subject" if subject is None else "categories": ["unknown"]})
            report_progress.accept_report(
                report=report, subjects=[subject], categories=found, **values, **who
            )

        return self._step(request, rules_reports.can_decide, ReportAccept, act)

    @extend_schema(request=ReportJoin, responses=ReportSerializer)
    @action(detail=True, methods=["post"])
    def join(self, request, pk=None):
        """Take the report on into a case."""

        def act(report: Report, values: dict[str, Any], who: dict[str, Any]) -> None:
            case = Case.objects.visible_to(request.user).filter(pk=values["case"]).first()
            if case is None:
                raise ValidationError({"case": ["unknown"]})
            report_progress.join_report(report=report, case=case, summary=values["summary"], **who)

        return self._step(request, rules_reports.can_decide, ReportJoin, act)

    @extend_schema(request=ReportReason, responses=ReportSerializer)
    @action(detail=True, methods=["post"])
    def refuse(self, request, pk=None):
        """不予受理, with a reason the reporter reads."""
        return self._step(request, rules_reports.can_decide, ReportReason, lambda report, values, who: (
            report_progress.refuse_report(report=report, **values, **who)))  # fmt: skip

    @extend_schema(request=ReportTold, responses=ReportSerializer)
    @action(detail=True, methods=["post"])
    def tell(self, request, pk=None):
        """The reporter was told that the case was filed."""
        return self._step(request, rules_reports.can_tell, ReportTold, lambda report, values, who: (
            report_progress.tell_reporter(report=report, **values, **who)))  # fmt: skip

    @extend_schema(request=ReportText, responses=ReportSerializer)
    @action(detail=True, methods=["post"])
    def answer(self, request, pk=None):
        """Give the result back."""
        return self._step(request, rules_reports.can_answer, ReportText, lambda report, values, who: (
            report_progress.answer_report(report=report, **values, **who)))  # fmt: skip

    @extend_schema(request=ReportStep, responses=ReportSerializer)
    @action(detail=True, methods=["post"])
    def withdraw(self, request, pk=None):
        """The reporter takes it back; it is verified all the same."""
        return self._step(request, rules_reports.can_withdraw, ReportStep, lambda report, values, who: (
            withdraw_report(report=report, **who)))  # fmt: skip


router_entries = [("reports", ReportViewSet)]
