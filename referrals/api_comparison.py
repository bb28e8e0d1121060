"""`/api/v1/comparisons/`: lists go in as JSON and come out only encrypted; same rules and actions as the pages."""

from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.exceptions import PermissionDenied

from core.api import asked_of, unknown
from core.parsers import JSONParser, MultiPartParser
from departments.models import Category, Department
from documents.downloads import attachment
from referrals import rules_comparison as rules
from referrals.actions import comparison_ends, comparison_results, comparisons
from referrals.api_receiving import OnTheirPaper
from referrals.api_scans import ScanSerializer, of_comparison
from referrals.api_steps import Stepping, some_ids
from referrals.enums import ComparisonKind
from referrals.models import Comparison
from referrals.people_list import MOST, Hit, read_hits, read_people


class ComparisonSerializer(serializers.ModelSerializer):
    """Counts, states and dates; never a person. `scans`: what is kept of paper; fetched by POST, on the record."""

    scans = serializers.SerializerMethodField()

    class Meta:
        model = Comparison
        fields = (
            "id", "version", "kind", "unasked", "status", "sender", "receiver", "purpose", "basis", "limit_on", "total",
            "hits", "list_sha256", "number", "document", "result_document", "result_note", "sent_at", "received_at",
            "answered_at", "closed_at", "ended_at", "end_reason", "paper_number", "destroy_on", "destroyed_at",
            "scans",
        )  # fmt: skip
        read_only_fields = fields

    @extend_schema_field(ScanSerializer(many=True))
    def get_scans(self, comparison):
        return of_comparison(comparison)


class ComparisonPerson(serializers.Serializer):
    name = serializers.CharField(max_length=40)
    number = serializers.CharField(max_length=18)
    finding = serializers.CharField(max_length=500, required=False, allow_blank=True, default="")


class ComparisonDraft(serializers.Serializer):
    receiver = serializers.IntegerField()
    kind = serializers.ChoiceField(choices=ComparisonKind.choices)
    people = ComparisonPerson(many=True, allow_empty=False, max_length=MOST)
    purpose = serializers.CharField(max_length=300)
    basis = serializers.CharField(max_length=300)
    limit_on = serializers.DateField(required=False, allow_null=True, default=None)
    unasked = serializers.BooleanField(required=False, default=False)


class ComparisonEdit(serializers.Serializer):
    """`people`: a new list in place of the old one; left out, it stays."""

    receiver = serializers.IntegerField()
    kind = serializers.ChoiceField(choices=ComparisonKind.choices)
    people = ComparisonPerson(many=True, required=False, default=list, max_length=MOST)
    purpose = serializers.CharField(max_length=300)
    basis = serializers.CharField(max_length=300)
    limit_on = serializers.DateField(required=False, allow_null=True, default=None)


class ComparisonStep(serializers.Serializer):
    pass


class ComparisonReason(serializers.Serializer):
    reason = serializers.CharField(max_length=300)


class ComparisonHit(serializers.Serializer):
    number = serializers.CharField(max_length=18)
    finding = serializers.CharField(max_length=500, required=False, allow_blank=True, default="")


class ComparisonReceipt(serializers.Serializer):
    """Of a body without an account: the day it was served and the proof; others sign for it with neither."""

    delivered_on = serializers.DateField(required=False, allow_null=True, default=None)
    upload = serializers.FileField(required=False, allow_null=True, default=None)


class ComparisonDownload(ComparisonReason):
    passphrase = serializers.CharField(max_length=100, trim_whitespace=False)


class ComparisonResult(serializers.Serializer):
    hits = ComparisonHit(many=True, max_length=MOST)
    note = serializers.CharField(max_length=500, required=False, allow_blank=True, default="")


class ComparisonPaperResult(serializers.Serializer):
    """`people`: hits only, one on each line, identity number and what the register says; `scan`: the answer itself."""

    people = serializers.CharField(required=False, allow_blank=True, default="", max_length=200_000)
    received_on = serializers.DateField(help_text="the day it came in; by it the clock ends")
    note = serializers.CharField(max_length=500, required=False, allow_blank=True, default="")
    number = serializers.CharField(max_length=40, required=False, allow_blank=True, default="", help_text="of their paper")
    scan = serializers.FileField()


class ComparisonReturn(OnTheirPaper, ComparisonReason):
    pass


class ComparisonLeads(serializers.Serializer):
    """`positions`: the hits by their place on the list; `category`: a category of the leads, by id."""

    positions = some_ids(allow_empty=False)
    category = serializers.IntegerField()


class ComparisonViewSet(Stepping):
    """Data comparisons of one's department. Filter by `box` (in, out) and `status`."""

    queryset = Comparison.objects.none()  # door: get_queryset
    serializer_class = ComparisonSerializer
    not_keyed = ("download",)  # every download is one of its own

    def get_queryset(self):
        if getattr(self, "swagger_fake_view", False):
            return Comparison.objects.none()  # door: the schema only
        found = Comparison.objects.visible_to(self.request.user).for_list()
        asked = asked_of(self)
        if asked.get("box") in ("in", "out"):
            found = found.filter(**{"receiver" if asked["box"] == "in" else "sender": self.request.user.department})
        return found.filter(status=asked["status"]) if asked.get("status") else found

    @extend_schema(request=ComparisonDraft, responses={201: ComparisonSerializer})
    def create(self, request):
        """A draft with its list; every identity number is checked."""
        if not rules.can_draft(request.user):
            raise PermissionDenied
        values = ComparisonDraft(data=request.data)
        values.is_valid(raise_exception=True)
        given = dict(values.validated_data)
        receiver = self._receiver(given["receiver"])
        people = self._people(given["people"], findings=given["unasked"])
        given |= {"receiver": receiver, "people": people}
        return self._made(request, lambda at: comparisons.draft_comparison(**given, by=request.user, at=at))

    def _receiver(self, pk):
        receiver = Department.objects.visible_to(self.request.user).filter(pk=pk).first()
        if receiver is None:
            raise unknown("receiver")
        return receiver

    @staticmethod
    def _people(rows, *, findings):
        lines = "\n".join("\t".join((row["name"], row["number"], row["finding"])) for row in rows)
        return read_people(text=lines, findings=findings)

    def _step(self, request, rule, form, act):
        """`act` is the action itself: the fields of `form` are its own."""
        return super()._step(request, rule, form, lambda thing, values, at: act(
            comparison=thing, by=request.user, at=at, **values))  # fmt: skip

    @extend_schema(request=ComparisonEdit, responses=ComparisonSerializer)
    @action(detail=True, methods=["post"])
    def edit(self, request, pk=None):
        """Change a draft; the version stands in If-Match."""

        def act(*, comparison, receiver, people, **values):
            found = self._people(people, findings=comparison.unasked) if people else []
            return comparisons.edit_comparison(
                comparison=comparison, version=comparison.version, receiver=self._receiver(receiver), people=found, **values
            )

        return self._step(request, rules.can_edit, ComparisonEdit, act)

    @extend_schema(request=ComparisonReason, responses=ComparisonSerializer)
    @action(detail=True, methods=["post"])
    def withdraw(self, request, pk=None):
        """撤回 before a result; the list is destroyed."""
        return self._step(request, rules.can_withdraw, ComparisonReason, comparison_ends.withdraw_comparison)

    @extend_schema(request=ComparisonReturn, responses=ComparisonSerializer)
    @action(
        detail=True, methods=["post"], url_path="return", url_name="return", parser_classes=[JSONParser, MultiPartParser]
    )
    def send_returned(self, request, pk=None):
        """退回 by the receiver, without a result, by a body without an account on paper; the list is destroyed."""
        return self._step(request, rules.can_return, ComparisonReturn, comparison_ends.return_comparison)

    @extend_schema(request=ComparisonStep, responses=ComparisonSerializer)
    @action(detail=True, methods=["post"])
    def submit(self, request, pk=None):
        """Hand the draft to the person who signs."""
        return self._step(request, rules.can_submit, ComparisonStep, comparisons.submit_comparison)

    @extend_schema(request=ComparisonStep, responses=ComparisonSerializer)
    @action(detail=True, methods=["post"])
    def approve(self, request, pk=None):
        """签发, never by the drafter."""
        return self._step(request, rules.can_approve, ComparisonStep, comparisons.approve_comparison)

    @extend_schema(request=ComparisonReason, responses=ComparisonSerializer)
    @action(detail=True, methods=["post"], url_path="send-back")
    def send_back(self, request, pk=None):
        """Back to the drafter, with a reason."""
        return self._step(request, rules.can_send_back, ComparisonReason, comparisons.send_back_comparison)

    @extend_schema(request=ComparisonStep, responses=ComparisonSerializer)
    @action(detail=True, methods=["post"])
    def send(self, request, pk=None):
        """编号、发出, by the registrar."""
        return self._step(request, rules.can_send, ComparisonStep, comparisons.send_comparison)

    @extend_schema(request=ComparisonReceipt, responses=ComparisonSerializer)
    @action(detail=True, methods=["post"])
    def receive(self, request, pk=None):
        """签收 by the receiver's registrar; for a body without an account the sender's, with its proof."""
        return self._step(request, rules.can_receive, ComparisonReceipt, comparison_results.receive_comparison)

    @extend_schema(request=ComparisonDownload, responses={(200, "application/zip"): bytes})
    @action(detail=True, methods=["post"])
    def download(self, request, pk=None):
        """The list as an archive encrypted under the caller's own passphrase; every download is on the record."""
        comparison = self.get_object()
        if not rules.can_download(request.user, comparison):
            raise PermissionDenied
        values = ComparisonDownload(data=request.data)
        values.is_valid(raise_exception=True)
        content = comparison_results.download_list(
            comparison=comparison, by=request.user, at=timezone.now(), **values.validated_data
        )
        return attachment(content, name=f"comparison-{comparison.pk}.zip", content_type="application/zip")

    @extend_schema(request=ComparisonResult, responses=ComparisonSerializer)
    @action(detail=True, methods=["post"])
    def prepare(self, request, pk=None):
        """The hits; everybody else on the list is none."""

        def act(*, hits, **values):
            return comparison_results.prepare_result(hits=[Hit(**hit) for hit in hits], **values)

        return self._step(request, rules.can_prepare, ComparisonResult, act)

    @extend_schema(request=ComparisonStep, responses=ComparisonSerializer)
    @action(detail=True, methods=["post"])
    def answer(self, request, pk=None):
        """Sign the result, never by the person who wrote it down."""
        return self._step(request, rules.can_answer, ComparisonStep, comparison_results.answer_comparison)

    @extend_schema(request=ComparisonReason, responses=ComparisonSerializer)
    @action(detail=True, methods=["post"], url_path="send-back-result")
    def send_back_result(self, request, pk=None):
        """The signer gives the result back to be compared again."""
        act = comparison_results.send_back_result
        return self._step(request, rules.can_send_back_result, ComparisonReason, act)

    @extend_schema(request=ComparisonPaperResult, responses=ComparisonSerializer)
    @action(detail=True, methods=["post"], url_path="record-result", parser_classes=[MultiPartParser])
    def record_result(self, request, pk=None):
        """The answer of a body without an account, by the sender's registrar, with the scan of its paper."""

        def act(*, people, scan, **values):
            hits = read_hits(text=people)
            return comparison_results.record_paper_result(hits=hits, upload=scan, **values)

        return self._step(request, rules.can_record_result, ComparisonPaperResult, act)

    @extend_schema(request=ComparisonLeads, responses=ComparisonSerializer)
    @action(detail=True, methods=["post"])
    def leads(self, request, pk=None):
        """One lead for each chosen hit; who they are stays on the pages."""

        def act(*, comparison, positions, category, **values):
            found = Category.objects.filter(pk=category).first()  # door: a dictionary
            rows = list(comparison.rows.filter(hit=True, position__in=positions))
            if found is None or len(rows) != len(set(positions)):
                raise unknown("category" if found is None else "positions")
            return comparison_results.open_leads(comparison=comparison, rows=rows, category=found, **values)

        return self._step(request, rules.can_open_leads, ComparisonLeads, act)

    @extend_schema(request=ComparisonReason, responses=ComparisonSerializer)
    @action(detail=True, methods=["post"])
    def discard(self, request, pk=None):
        """Give the draft up; its list is destroyed at once."""
        return self._step(request, rules.can_discard, ComparisonReason, comparisons.discard_comparison)

    @extend_schema(request=ComparisonStep, responses=ComparisonSerializer)
    @action(detail=True, methods=["post"])
    def close(self, request, pk=None):
        """Close, and destroy the list."""
        return self._step(request, rules.can_close, ComparisonStep, comparison_results.close_comparison)


router_entries = [("comparisons", ComparisonViewSet)]
