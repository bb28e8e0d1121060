"""`/api/v1/eligibility/` and `/api/v1/credit-records/`: look-ups and credit records, as on the pages."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import mixins, serializers, viewsets
from rest_framework.exceptions import PermissionDenied
from rest_framework.response import Response

from cases.models import Subject
from core.api import InPost, NewestFirst
from sanctions import eligibility_names, eligibility_words
from sanctions import rules_credit as rules
from sanctions.actions.eligibility import look_up, note_record_read
from sanctions.api_credit_base import CreditRows
from sanctions.credit_record import sections
from sanctions.models import EligibilityAnswer


class EligibilityReason(serializers.Serializer):
    """`last`: null while it has no end; `number` and `department` are empty where you may not know them."""

    what = serializers.CharField()
    whose = serializers.CharField()
    who = serializers.CharField()
    first = serializers.DateField()
    last = serializers.DateField(allow_null=True)
    number = serializers.CharField()
    department = serializers.CharField()
    basis = serializers.CharField()


class EligibilitySerializer(serializers.ModelSerializer):
    """`asked_at` is the state of the record the answer was given from."""

    verdict = serializers.SerializerMethodField()
    reasons = serializers.SerializerMethodField()
    suspended = serializers.SerializerMethodField()
    notes = serializers.SerializerMethodField()

    class Meta:
        model = EligibilityAnswer
        fields = (
            "id", "asked", "name", "personal", "purpose", "on", "eligible", "free_from", "verdict", "reasons", "suspended",
            "notes", "asked_at",
        )  # fmt: skip
        read_only_fields = fields

    def get_verdict(self, row: EligibilityAnswer) -> str:
        return eligibility_words.verdict(row)

    @extend_schema_field(EligibilityReason(many=True))
    def get_reasons(self, row: EligibilityAnswer) -> Any:
        return EligibilityReason(eligibility_words.lines(row, self.context["request"].user), many=True).data

    def get_suspended(self, row: EligibilityAnswer) -> str:
        return eligibility_words.suspended(row)

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_notes(self, row: EligibilityAnswer) -> list[str]:
        return eligibility_words.notes(row, self.context["request"].user)


class EligibilityQuestion(serializers.Serializer):
    """One of `code`, `id_number` and `subject` (a body chosen of `matches`). `purpose` is needed for a person."""

    code = serializers.CharField(max_length=18, required=False, allow_blank=True, default="")
    id_number = serializers.CharField(max_length=18, required=False, allow_blank=True, default="")
    subject = serializers.IntegerField(required=False, allow_null=True, default=None)
    on = serializers.DateField()
    purpose = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")


class EligibilityMatch(serializers.Serializer):
    """`way`: same, former or near. Nothing is judged by a name: choose one and ask again with its id."""

    id = serializers.IntegerField(source="subject.pk")
    name = serializers.CharField(source="subject.name")
    code = serializers.CharField(source="subject.uscc", allow_null=True)
    way = serializers.ChoiceField(choices=["same", "former", "near"])
    former = serializers.CharField()


class EligibilityViewSet(CreditRows):
    """Look-ups of one's department; those of persons are the asker's own."""

    queryset = EligibilityAnswer.objects.none()  # door: get_queryset
    serializer_class = EligibilitySerializer
    joined = ("subject",)
    filters = ()

    @extend_schema(request=EligibilityQuestion, responses={201: EligibilitySerializer})
    def create(self, request):
        """Ask; the answer is kept and is an event of the record."""
        self.ask(rules.can_look_up(request.user))
        given = self.given(EligibilityQuestion)
        chosen = given.pop("subject")
        subject = None if chosen is None else self.subject(chosen)
        personal = bool(given["id_number"]) or (subject is not None and not subject.is_body)
        self.ask(not personal or rules.can_look_up_person(request.user))
        made = self.act(
            "sanction.looked_up", None, lambda at: look_up(subject=subject, by=request.user, at=at, **given)
        )
        return self.shown(made.pk, 201)


class EligibilityNameViewSet(viewsets.GenericViewSet):
    """Which bodies a name may mean."""

    permission_classes = [InPost]
    serializer_class = EligibilityMatch
    pagination_class = None

    def list(self, request):
        """`q`: the name. At most 20, those of exactly that name first."""
        if not rules.can_look_up(request.user):
            raise PermissionDenied
        found = eligibility_names.find(request.user.region, request.query_params.get("q", ""))
        return Response(EligibilityMatch(found, many=True).data)


class CreditPart(serializers.Serializer):
    """`heads` name the columns of `rows`."""

    code = serializers.CharField()
    title = serializers.CharField()
    heads = serializers.ListField(child=serializers.CharField())
    rows = serializers.ListField(child=serializers.ListField(child=serializers.CharField()))


class CreditRecordSerializer(serializers.Serializer):
    id = serializers.IntegerField()
    name = serializers.CharField()
    sections = CreditPart(many=True)


class CreditRecordViewSet(mixins.RetrieveModelMixin, viewsets.GenericViewSet):
    """The credit record of a subject: what of it you may see. Reading a person's is an event of the record."""

    queryset = Subject.objects.none()  # door: get_queryset
    serializer_class = CreditRecordSerializer
    permission_classes = [InPost]
    pagination_class = NewestFirst
    lookup_value_regex = r"\d{1,18}"

    def get_queryset(self):
        if getattr(self, "swagger_fake_view", False):
            return self.queryset
        return Subject.objects.visible_to(self.request.user)

    def retrieve(self, request, pk=None):
        """Every part in its order, also those without a row."""
        subject = self.get_object()
        if not subject.is_body:
            note_record_read(subject=subject, printed=False, by=request.user, at=timezone.now())
        parts = [
            {
                "code": part.code,
                "title": part.title,
                "heads": part.heads,
                "rows": [texts for texts, _url in part.rows],
            }
            for part in sections(subject, request.user)
        ]
        return Response(
            CreditRecordSerializer({"id": subject.pk, "name": subject.name, "sections": parts}).data
        )


router_entries = [
    ("eligibility", EligibilityViewSet, "eligibility"),
    ("eligibility-names", EligibilityNameViewSet, "eligibilityname"),
    ("credit-records", CreditRecordViewSet, "creditrecord"),
]
