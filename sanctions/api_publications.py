"""`/api/v1/publications/` and `/api/v1/publication-files/`: the register and the files, as on the pages."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action

from core.api import unknown
from core.parsers import MultiPartParser
from sanctions import rules_credit as rules
from sanctions.actions import publication as actions
from sanctions.actions import publication_exports as exports
from sanctions.actions import publication_withdrawal as withdrawal
from sanctions.api_credit_base import CreditNothing, CreditReason, CreditRows, CreditUpload
from sanctions.enums_credit import Execution, FileFormat, InfoKind, WithdrawalCause
from sanctions.models import ExportLine, Publication, PublicationExport
from sanctions.points_sheet import read_receipts


class PublicationSerializer(serializers.ModelSerializer):
    """`name` and `code` as they go out: a natural person's masked."""

    class Meta:
        model = Publication
        fields = (
            "id", "version", "department", "kind", "name", "code", "words", "basis", "number", "formed_on", "since", "until",
            "execution", "opinion", "status", "prepared_at", "released_at", "published_on", "receipt", "cause", "cause_on",
            "withdrawn_on", "proof_sha256", "reason",
        )  # fmt: skip
        read_only_fields = fields


class PublicationText(serializers.Serializer):
    words = serializers.CharField(max_length=500)
    basis = serializers.CharField(max_length=300)
    number = serializers.CharField(max_length=60, required=False, allow_blank=True, default="")
    since = serializers.DateField(required=False, allow_null=True, default=None)
    until = serializers.DateField(required=False, allow_null=True, default=None)
    execution = serializers.ChoiceField(choices=Execution.choices, default=Execution.RUNNING)
    opinion = serializers.CharField(max_length=300, required=False, allow_blank=True, default="")


class PublicationNew(PublicationText):
    subject = serializers.IntegerField()
    kind = serializers.ChoiceField(choices=InfoKind.choices)
    formed_on = serializers.DateField()


class PublicationWithdrawal(serializers.Serializer):
    cause = serializers.ChoiceField(choices=WithdrawalCause.choices)
    cause_on = serializers.DateField()
    reason = serializers.CharField(max_length=300, required=False, allow_blank=True, default="")


class PublicationProof(serializers.Serializer):
    withdrawn_on = serializers.DateField()
    proof = serializers.FileField()


class PublicationViewSet(CreditRows):
    """Publications one may see. Filter by `status`, `kind`, `subject`."""

    queryset = Publication.objects.none()  # door: get_queryset
    serializer_class = PublicationSerializer
    filters = ("status", "kind", "subject")

    @extend_schema(request=PublicationNew, responses={201: PublicationSerializer})
    def create(self, request):
        """Prepare one; a second person releases it."""
        self.ask(rules.can_prepare_any(request.user))
        given = self.given(PublicationNew)
        subject = self.subject(given.pop("subject"))
        made = self.act(
            "sanction.publication_prepared", None,
            lambda at: actions.prepare_publication(
                department=request.user.department, subject=subject, by=request.user, at=at, **given
            ),
        )  # fmt: skip
        return self.shown(made.pk, 201)

    @extend_schema(request=PublicationText, responses=PublicationSerializer)
    @action(detail=True, methods=["post"])
    def edit(self, request, pk=None):
        """Fill in what is owed, or mend it."""
        return self.step(
            "sanction.publication_prepared", rules.can_prepare, PublicationText,
            lambda row, at, **given: actions.edit_publication(row=row, version=None, by=request.user, at=at, **given),
        )  # fmt: skip

    @extend_schema(request=CreditNothing, responses=PublicationSerializer)
    @action(detail=True, methods=["post"])
    def release(self, request, pk=None):
        """By another than who prepared it."""
        return self.step(
            "sanction.publication_released", rules.can_release, CreditNothing,
            lambda row, at: actions.release_publication(row=row, by=request.user, at=at),
        )  # fmt: skip

    @extend_schema(request=CreditReason, responses=PublicationSerializer)
    @action(detail=True, methods=["post"], url_path="send-back")
    def send_back(self, request, pk=None):
        """To who prepared it, with a reason."""
        return self.step(
            "sanction.publication_returned", rules.can_send_back, CreditReason,
            lambda row, at, reason: actions.send_back_publication(row=row, reason=reason, by=request.user, at=at),
        )  # fmt: skip

    @extend_schema(request=CreditReason, responses=PublicationSerializer)
    @action(detail=True, methods=["post"])
    def drop(self, request, pk=None):
        """It is not published, with a reason."""
        return self.step(
            "sanction.publication_dropped", rules.can_drop, CreditReason,
            lambda row, at, reason: actions.drop_publication(row=row, reason=reason, by=request.user, at=at),
        )  # fmt: skip

    @extend_schema(request=PublicationWithdrawal, responses=PublicationSerializer)
    @action(detail=True, methods=["post"])
    def withdraw(self, request, pk=None):
        """It has fallen: it must leave the platform within three working days."""
        return self.step(
            "sanction.withdrawal_begun", rules.can_start_withdrawal, PublicationWithdrawal,
            lambda row, at, **given: withdrawal.start_withdrawal(row=row, by=request.user, at=at, **given),
        )  # fmt: skip

    @extend_schema(request={"multipart/form-data": PublicationProof}, responses=PublicationSerializer)
    @action(detail=True, methods=["post"], parser_classes=[MultiPartParser])
    def prove(self, request, pk=None):
        """It left the platform, with its proof."""
        return self.step(
            "sanction.publication_withdrawn", rules.can_prove_withdrawal, PublicationProof,
            lambda row, at, **given: withdrawal.prove_withdrawal(row=row, by=request.user, at=at, **given),
        )  # fmt: skip


class ExportLineSerializer(serializers.ModelSerializer):
    class Meta:
        model = ExportLine
        fields = ("position", "publication", "receipt", "number", "said_on", "message")


class PublicationFileSerializer(serializers.ModelSerializer):
    lines = ExportLineSerializer(many=True, read_only=True)

    class Meta:
        model = PublicationExport
        fields = ("id", "department", "format", "rows", "sha256", "at", "lines")
        read_only_fields = fields


class PublicationFileNew(serializers.Serializer):
    """`publications`: ids of released ones."""

    form = serializers.ChoiceField(choices=FileFormat.choices)
    publications = serializers.ListField(
        child=serializers.IntegerField(), min_length=1, max_length=exports.MOST
    )


class PublicationReceipt(serializers.Serializer):
    position = serializers.IntegerField(min_value=1)
    accepted = serializers.BooleanField()
    number = serializers.CharField(max_length=60, required=False, allow_blank=True, default="")
    on = serializers.DateField()
    message = serializers.CharField(max_length=300, required=False, allow_blank=True, default="")


class PublicationReceipts(serializers.Serializer):
    receipts = PublicationReceipt(many=True)


class PublicationFileViewSet(CreditRows):
    """Files for the platform made by one's department."""

    queryset = PublicationExport.objects.none()  # door: get_queryset
    serializer_class = PublicationFileSerializer
    joined = ("department",)
    filters = ()
    matched = False  # a file never changes: it has no version

    @extend_schema(request=PublicationFileNew, responses={201: PublicationFileSerializer})
    def create(self, request):
        """Make the file of released publications; this publishes nothing."""
        self.ask(rules.can_export(request.user))
        given = self.given(PublicationFileNew)
        wanted = set(given["publications"])
        rows = list(Publication.objects.visible_to(request.user).filter(pk__in=wanted))
        if len(rows) != len(wanted):
            raise unknown("publications")
        made = self.act(
            "sanction.publications_exported", None,
            lambda at: exports.export_publications(rows=rows, form=given["form"], by=request.user, at=at),
        )  # fmt: skip
        return self.shown(made.pk, 201)

    def _receive(self, file, said):
        self.act(
            "sanction.receipts_entered", file,
            lambda at: exports.record_receipts(export=file, said=said, by=self.request.user, at=at),
        )  # fmt: skip
        return self.shown(file.pk)

    @extend_schema(request=PublicationReceipts, responses=PublicationFileSerializer)
    @action(detail=True, methods=["post"])
    def receipts(self, request, pk=None):
        """What the platform said to rows of the file: all of it is taken, or nothing."""
        file = self.get_object()
        self.ask(rules.can_receive(request.user, file))
        return self._receive(
            file, [exports.Said(**each) for each in self.given(PublicationReceipts)["receipts"]]
        )

    @extend_schema(request={"multipart/form-data": CreditUpload}, responses=PublicationFileSerializer)
    @action(detail=True, methods=["post"], url_path="receipt-list", parser_classes=[MultiPartParser])
    def receipt_list(self, request, pk=None):
        """The same as an Excel list."""
        file = self.get_object()
        self.ask(rules.can_receive(request.user, file))
        lines = read_receipts(self.given(CreditUpload)["upload"])
        said = [
            exports.Said(each.position, each.accepted, each.number, each.on, each.message) for each in lines
        ]
        return self._receive(file, said)


router_entries = [
    ("publications", PublicationViewSet, "publication"),
    ("publication-files", PublicationFileViewSet, "publicationfile"),
]
