"""Cases under /api/v1/cases/: the same doors, rules and actions as the pages."""

from decimal import Decimal

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import mixins, serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import PermissionDenied, ValidationError
from rest_framework.response import Response

from cases import listing, rules
from cases.actions.progress import begin_work, close_case
from cases.actions.registration import register_case
from cases.enums import CaseStatus, Source
from cases.listing import Filters
from cases.models import Case, Strand, Subject
from core.api import Versions
from core.refusals import AlreadyDone
from departments.models import Category
from workspace.actions import do_once


class StrandSerializer(serializers.ModelSerializer):
    department = serializers.CharField(source="department.short_name")
    handler = serializers.CharField(source="handler.name", default=None)

    class Meta:
        model = Strand
        fields = ("id", "department", "handler", "status", "opened_at", "filed_on", "disposition", "ended_at")


class SummarySerializer(serializers.ModelSerializer):
    """Metadata and status: all that the leading group's office sees."""

    owner = serializers.CharField(source="owner.short_name")
    summary_only = serializers.SerializerMethodField()
    url = serializers.SerializerMethodField()

    class Meta:
        model = Case
        fields = (
            "id", "number", "title", "owner", "status", "filed", "source", "found_on", "opened_at", "closed_at",
            "lamp", "next_due_on", "suspected", "version", "summary_only", "url",
        )  # fmt: skip

    def get_summary_only(self, case) -> bool:
        return True

    def get_url(self, case) -> str:
        return reverse("cases:detail", args=[case.pk])


class CaseSerializer(SummarySerializer):
    """The whole case. Amounts are decimal strings in yuan."""

    handler = serializers.CharField(source="handler.name", default=None)
    subjects = serializers.SerializerMethodField()
    categories = serializers.SlugRelatedField(slug_field="code", many=True, read_only=True)
    strands = StrandSerializer(many=True, read_only=True)

    class Meta(SummarySerializer.Meta):
        fields = (
            *SummarySerializer.Meta.fields, "handler", "source_number", "period_from", "period_to", "major",
            "restricted", "subjects", "categories", "strands", "facts",
        )  # fmt: skip

    facts = serializers.CharField(source="summary")

    def get_summary_only(self, case) -> bool:
        return False

    def get_subjects(self, case) -> list[dict]:
        return [
            {"id": link.subject_id, "kind": link.subject.kind, "name": link.subject.name, "uscc": link.subject.uscc,
             "principal": link.principal}
            for link in case.case_subjects.all()
        ]  # fmt: skip


class RegisterSerializer(serializers.Serializer):
    """A new lead. subjects: ids of known subjects, the principal one first; categories: codes."""

    source = serializers.ChoiceField(choices=Source.choices)
    source_number = serializers.CharField(max_length=60, required=False, default="", allow_blank=True)
    subjects = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=2**62), max_length=50
    )
    categories = serializers.ListField(child=serializers.CharField(max_length=30), max_length=30)
    facts = serializers.CharField(max_length=5000)
    found_on = serializers.DateField()
    title = serializers.CharField(max_length=120, required=False, default="", allow_blank=True)
    suspected = serializers.DecimalField(
        max_digits=14, decimal_places=2, required=False, default=Decimal("0.00"), min_value=Decimal("0.00")
    )
    period_from = serializers.DateField(required=False, default=None, allow_null=True)
    period_to = serializers.DateField(required=False, default=None, allow_null=True)
    major = serializers.BooleanField(required=False, default=False)
    restricted = serializers.BooleanField(required=False, default=False)
    duplicates_known = serializers.BooleanField(required=False, default=False)

    def known(self, user) -> dict:
        """The validated values with rows for ids and codes.

        :raises ValidationError: for a subject the user may not see, or an unknown category
        """
        given = dict(self.validated_data)
        given["summary"] = given.pop("facts")
        subjects = Subject.objects.visible_to(user).in_bulk(given["subjects"])
        known_codes = Category.objects.filter(code__in=given["categories"])  # door: dictionary
        categories = {row.code: row for row in known_codes}
        for name, known in (("subjects", subjects), ("categories", categories)):
            unknown = [key for key in given[name] if key not in known]
            if unknown:
                raise ValidationError(
                    {name: [_("Unknown: %(what)s") % {"what": ", ".join(map(str, unknown))}]}
                )
            given[name] = [known[key] for key in dict.fromkeys(given[name])]
        return given


class ReasonSerializer(serializers.Serializer):
    reason = serializers.CharField(max_length=500)


class FilterSerializer(serializers.Serializer):
    """What the list may be narrowed to; as in the registry's address."""

    q = serializers.CharField(required=False, max_length=60, default="")
    status = serializers.ChoiceField(choices=CaseStatus.choices, required=False, default="")
    lamp = serializers.ChoiceField(choices=["g", "y", "r", "n"], required=False, default="")
    mine = serializers.BooleanField(required=False, default=False)
    major = serializers.BooleanField(required=False, default=False)
    found_from = serializers.DateField(required=False, default=None)
    found_to = serializers.DateField(required=False, default=None)


KEY = OpenApiParameter(
    "Idempotency-Key",
    str,
    OpenApiParameter.HEADER,
    description="16 to 64 letters, digits, - or _: works once",
)
MATCH = OpenApiParameter(
    "If-Match", str, OpenApiParameter.HEADER, required=True, description="the ETag last read"
)


class CaseViewSet(Versions, mixins.RetrieveModelMixin, viewsets.GenericViewSet):
    """Cases the user may see; an office reads metadata and status only (`summary_only`)."""

    queryset = Case.objects.none()  # door: for the schema; get_queryset scopes
    serializer_class = CaseSerializer
    lookup_value_regex = r"\d{1,18}"

    def get_queryset(self):
        return (
            Case.objects.visible_to(self.request.user)
            .for_page(self.request.user)
            .select_related("owner", "handler", "region")
            .prefetch_related(
                "strands__department", "strands__handler", "case_subjects__subject", "categories"
            )
        )

    def get_object(self):
        case = super().get_object()
        case.loaded_for = self.request.user.pk
        return case

    def _said(self, case) -> dict:
        return (CaseSerializer if case.whole else SummarySerializer)(
            case, context=self.get_serializer_context()
        ).data

    def retrieve(self, request, *args, **kwargs):
        return Response(self._said(self.get_object()))

    @extend_schema(
        parameters=[FilterSerializer, OpenApiParameter("sort", str), OpenApiParameter("at", str)],
        responses=SummarySerializer(many=True),
    )
    def list(self, request):
        """A keyset page of 50, newest first unless `sort` says otherwise; `next` and `previous` are values of `at`."""
        given = FilterSerializer(data=request.query_params)
        given.is_valid(raise_exception=True)
        sort = request.query_params.get("sort", "newest")
        if sort not in listing.SORTS:
            raise ValidationError(
                {"sort": [_("Choose one of: %(sorts)s") % {"sorts": ", ".join(listing.SORTS)}]}
            )
        cursor = listing.read_cursor(request.query_params.get("at", ""), sort)
        page = listing.page(request.user, Filters(**given.validated_data), cursor, sort)
        results = []
        for case in listing.rows(page):
            said = dict(SummarySerializer(case).data)
            said["summary_only"] = case.pk in page.summaries
            results.append(said)
        return Response(
            {
                "next": str(page.next) if page.next else None,
                "previous": str(page.previous) if page.previous else None,
                "results": results,
            }
        )

    def _once(self, work):
        """Run `work(at)` under the Idempotency-Key if one came; (the case's id, whether it was done before)."""
        key, at = self.request.headers.get("Idempotency-Key", ""), timezone.now()
        if not key:
            return work(at).pk, False
        if not 16 <= len(key) <= 64:
            raise ValidationError({"Idempotency-Key": [_("16 to 64 characters.")]})
        try:
            url = do_once(
                user=self.request.user,
                key=key,
                at=at,
                work=lambda: reverse("cases:detail", args=[work(at).pk]),
            )
        except AlreadyDone as refusal:
            if not refusal.details.get("result_url"):
                raise
            return int(refusal.details["result_url"].rstrip("/").rpartition("/")[2]), True
        return int(url.rstrip("/").rpartition("/")[2]), False

    def _answer(self, pk, code):
        self.kwargs["pk"] = pk
        return Response(self._said(self.get_object()), status=code)

    @extend_schema(request=RegisterSerializer, responses={201: CaseSerializer}, parameters=[KEY])
    def create(self, request):
        """Register a lead."""
        if not rules.can_register(request.user):
            raise PermissionDenied
        given = RegisterSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        values = given.known(request.user)
        pk, before = self._once(lambda at: register_case(by=request.user, at=at, **values))
        return self._answer(pk, status.HTTP_200_OK if before else status.HTTP_201_CREATED)

    @extend_schema(request=None, responses=CaseSerializer, parameters=[KEY, MATCH])
    @action(detail=True, methods=["post"])
    def begin(self, request, pk=None):
        """Take a registered lead up."""
        case = self.get_object()
        if not rules.can_decide(request.user, case):
            raise PermissionDenied
        return self._change(case, lambda at: begin_work(case=case, by=request.user, at=at))

    @extend_schema(request=ReasonSerializer, responses=CaseSerializer, parameters=[KEY, MATCH])
    @action(detail=True, methods=["post"])
    def close(self, request, pk=None):
        """Close a case; 409 with the list of what is `open` while anything is."""
        case = self.get_object()
        if not rules.can_close(request.user, case):
            raise PermissionDenied
        given = ReasonSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        reason = given.validated_data["reason"]
        return self._change(case, lambda at: close_case(case=case, reason=reason, by=request.user, at=at))

    def _change(self, case, work):
        def checked(at):
            self.check_version(case)
            return work(at)

        pk, _before = self._once(checked)
        return self._answer(pk, status.HTTP_200_OK)


router_entries = [("cases", CaseViewSet)]
