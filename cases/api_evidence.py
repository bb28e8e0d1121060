"""`/api/v1/evidence/`: files of a case, judged by their bytes, each hand that holds them written down."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.exceptions import PermissionDenied, ValidationError

from cases import rules
from cases.actions.evidence import add_evidence, download_evidence, verify_evidence, void_evidence
from cases.api_base import CASE_PREFIX, IN_CASE, InCase, OfCase
from cases.downloads import as_filed
from cases.forms.case import EvidenceForm, NameReasonForm
from cases.models import Custody, Evidence
from core.api_forms import body_of, read_form
from core.parsers import MultiPartParser
from workspace.once import KEY

EvidenceBody = body_of(EvidenceForm, "EvidenceUpload")
VoidBody = body_of(NameReasonForm, "EvidenceVoiding")


class EvidenceSerializer(serializers.ModelSerializer):
    department = serializers.CharField(source="department.short_name")
    added_by = serializers.CharField(source="added_by.name")

    class Meta:
        model = Evidence
        fields = (
            "id", "case", "name", "origin", "pages", "media_type", "size", "sha256", "department", "added_by",
            "added_at", "voided_at", "void_reason",
        )  # fmt: skip


class CustodySerializer(serializers.ModelSerializer):
    department = serializers.CharField(source="department.short_name")
    to_department = serializers.CharField(source="to_department.short_name", default=None)
    by = serializers.CharField(source="by.name")

    class Meta:
        model = Custody
        fields = ("id", "kind", "department", "to_department", "by", "at", "sha256")


class EvidenceDetailSerializer(EvidenceSerializer):
    """`sound`: the stored bytes still have the digest they were filed under. `custody`: who held it."""

    sound = serializers.SerializerMethodField()
    custody = serializers.SerializerMethodField()

    class Meta(EvidenceSerializer.Meta):
        fields = (*EvidenceSerializer.Meta.fields, "sound", "custody")

    def get_sound(self, evidence) -> bool:
        return verify_evidence(evidence)

    def get_custody(self, evidence) -> list[dict]:
        held = Custody.objects.visible_to(self.context["request"].user).filter(evidence=evidence)
        return CustodySerializer(held.select_related("department", "to_department", "by"), many=True).data


class CaseEvidenceViewSet(InCase):
    """The files of a case."""

    queryset = Evidence.objects.none()  # door: get_queryset
    serializer_class = EvidenceSerializer
    parser_classes = [MultiPartParser]

    def get_queryset(self):
        return super().get_queryset().select_related("department", "added_by")

    @extend_schema(parameters=[IN_CASE], responses=EvidenceSerializer(many=True))
    def list(self, request, case_pk=None):
        """In the order they were filed; those taken out of use say so."""
        return super().list(request)

    @extend_schema(request=EvidenceBody, responses={201: EvidenceSerializer}, parameters=[IN_CASE, KEY])
    def create(self, request, case_pk=None):
        """File one file, as multipart; judged by its bytes, filed under its SHA-256."""
        case = self.case()
        if not rules.can_work(request.user, case):
            raise PermissionDenied
        given = read_form(EvidenceForm, request.data, files=request.FILES)
        uploads = given.pop("files")
        if len(uploads) != 1:
            raise ValidationError({"files": [_("Send one file in a call.")]})
        return self.added(
            lambda at: add_evidence(case=case, upload=uploads[0], by=request.user, at=at, **given)
        )


class EvidenceViewSet(OfCase):
    """A file of a case with its custody record."""

    queryset = Evidence.objects.none()  # door: get_queryset
    serializer_class = EvidenceDetailSerializer

    def get_queryset(self):
        if getattr(self, "swagger_fake_view", False):
            return self.queryset
        return Evidence.objects.visible_to(self.request.user).select_related("department", "added_by")

    @extend_schema(request=None, responses={(200, "application/octet-stream"): bytes})
    @action(detail=True, methods=["post"])
    def download(self, request, pk=None):
        """The file as it was filed; every download is on the record."""
        evidence = self.get_object()
        download_evidence(evidence=evidence, by=request.user, at=timezone.now())
        return as_filed(evidence)

    @extend_schema(request=VoidBody, responses=EvidenceDetailSerializer, parameters=[KEY])
    @action(detail=True, methods=["post"])
    def void(self, request, pk=None):
        """Take a file that does not belong here out of use; it stays on record."""
        evidence = self.get_object()
        self.ask(rules.can_work(request.user, evidence.case))
        given = read_form(NameReasonForm, request.data)
        return self.step(
            evidence, lambda at: void_evidence(evidence=evidence, by=request.user, at=at, **given)
        )


router_entries = [
    (f"{CASE_PREFIX}/evidence", CaseEvidenceViewSet, "case-evidence"),
    ("evidence", EvidenceViewSet),
]
