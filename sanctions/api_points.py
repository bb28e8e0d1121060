"""`/api/v1/points/`, `annual-scores/`, `point-lists/`, `credit-consequences/`: as on the pages."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action

from cases.actions.subjects import subject_for_lead
from cases.enums import SubjectKind
from core.parsers import MultiPartParser
from sanctions import rules_credit as rules
from sanctions.actions import consequences, imports
from sanctions.actions import points as of_points
from sanctions.actions import scores as of_scores
from sanctions.api_credit_base import CreditNothing, CreditReason, CreditRows, CreditUpload
from sanctions.enums_credit import EntryKind
from sanctions.models import AnnualScore, Consequence, PointEntry, PointImport


class PointsSerializer(serializers.ModelSerializer):
    class Meta:
        model = PointEntry
        fields = (
            "id", "version", "subject", "institution", "kind", "points", "dated_on", "year", "behaviour", "basis", "status",
            "source", "entered_at", "confirmed_at", "ended_at", "reason",
        )  # fmt: skip
        read_only_fields = fields


class PointsEntering(serializers.Serializer):
    """The person by name and identity number; found again by the number, or entered."""

    name = serializers.CharField(max_length=100)
    id_number = serializers.CharField(max_length=18)
    kind = serializers.ChoiceField(choices=EntryKind.choices, default=EntryKind.POINTS)
    points = serializers.IntegerField(min_value=1, max_value=12)
    dated_on = serializers.DateField()
    institution = serializers.IntegerField(required=False, allow_null=True, default=None)
    behaviour = serializers.CharField(max_length=300)
    basis = serializers.CharField(max_length=300)


class PointsViewSet(CreditRows):
    """Points of persons. Filter by `status`, `subject`, `year`."""

    queryset = PointEntry.objects.none()  # door: get_queryset
    serializer_class = PointsSerializer
    filters = ("status", "subject", "year")

    @extend_schema(request=PointsEntering, responses={201: PointsSerializer})
    def create(self, request):
        """Enter the points of one act, or points repaired; a second person confirms them."""
        user = request.user
        self.ask(rules.can_enter_points(user))
        given = self.given(PointsEntering)
        name, number, place = given.pop("name"), given.pop("id_number"), given.pop("institution")
        institution = None if place is None else self.subject(place, "institution")

        def work(at):
            person = subject_for_lead(
                region=user.region, kind=SubjectKind.PRACTITIONER, name=name, id_number=number, by=user, at=at
            )
            return of_points.enter_points(
                department=user.department, subject=person, institution=institution, by=user, at=at, **given
            )

        return self.shown(self.act("sanction.points_entered", None, work).pk, 201)

    @extend_schema(request=CreditNothing, responses=PointsSerializer)
    @action(detail=True, methods=["post"])
    def confirm(self, request, pk=None):
        """By another than who entered them."""
        return self.step(
            "sanction.points_confirmed", rules.can_confirm, CreditNothing,
            lambda row, at: of_points.confirm_points(entry=row, by=request.user, at=at),
        )  # fmt: skip

    @extend_schema(request=CreditReason, responses=PointsSerializer)
    @action(detail=True, methods=["post"])
    def reject(self, request, pk=None):
        """With a reason."""
        return self.step(
            "sanction.points_rejected", rules.can_reject, CreditReason,
            lambda row, at, reason: of_points.reject_points(entry=row, reason=reason, by=request.user, at=at),
        )  # fmt: skip

    @extend_schema(request=CreditReason, responses=PointsSerializer)
    @action(detail=True, methods=["post"])
    def revoke(self, request, pk=None):
        """On review, with a reason."""
        return self.step(
            "sanction.points_revoked", rules.can_revoke, CreditReason,
            lambda row, at, reason: of_points.revoke_points(entry=row, reason=reason, by=request.user, at=at),
        )  # fmt: skip


class AnnualScoreSerializer(serializers.ModelSerializer):
    class Meta:
        model = AnnualScore
        fields = (
            "id", "version", "subject", "year", "score", "basis", "status", "source", "entered_at", "confirmed_at",
            "ended_at", "reason",
        )  # fmt: skip
        read_only_fields = fields


class AnnualScoreEntering(serializers.Serializer):
    subject = serializers.IntegerField()
    year = serializers.IntegerField(min_value=2000, max_value=2100)
    score = serializers.DecimalField(max_digits=5, decimal_places=2, min_value=0, max_value=100)
    basis = serializers.CharField(max_length=300)


class AnnualScoreViewSet(CreditRows):
    """Yearly scores of institutions. Filter by `status`, `subject`, `year`."""

    queryset = AnnualScore.objects.none()  # door: get_queryset
    serializer_class = AnnualScoreSerializer
    filters = ("status", "subject", "year")

    @extend_schema(request=AnnualScoreEntering, responses={201: AnnualScoreSerializer})
    def create(self, request):
        """Enter one; a second person confirms it."""
        self.ask(rules.can_enter_points(request.user))
        given = self.given(AnnualScoreEntering)
        subject = self.subject(given.pop("subject"))
        made = self.act(
            "sanction.score_entered", None,
            lambda at: of_scores.enter_score(
                department=request.user.department, subject=subject, by=request.user, at=at, **given
            ),
        )  # fmt: skip
        return self.shown(made.pk, 201)

    @extend_schema(request=CreditNothing, responses=AnnualScoreSerializer)
    @action(detail=True, methods=["post"])
    def confirm(self, request, pk=None):
        """By another than who entered it; below 60 the agency is asked to terminate the agreement."""
        return self.step(
            "sanction.score_confirmed", rules.can_confirm, CreditNothing,
            lambda row, at: of_scores.confirm_score(row=row, by=request.user, at=at),
        )  # fmt: skip

    @extend_schema(request=CreditReason, responses=AnnualScoreSerializer)
    @action(detail=True, methods=["post"])
    def reject(self, request, pk=None):
        """With a reason."""
        return self.step(
            "sanction.score_rejected", rules.can_reject, CreditReason,
            lambda row, at, reason: of_scores.reject_score(row=row, reason=reason, by=request.user, at=at),
        )  # fmt: skip

    @extend_schema(request=CreditReason, responses=AnnualScoreSerializer)
    @action(detail=True, methods=["post"])
    def revoke(self, request, pk=None):
        """On review, with a reason."""
        return self.step(
            "sanction.score_revoked", rules.can_revoke, CreditReason,
            lambda row, at, reason: of_scores.revoke_score(row=row, reason=reason, by=request.user, at=at),
        )  # fmt: skip


class PointListSerializer(serializers.ModelSerializer):
    class Meta:
        model = PointImport
        fields = ("id", "department", "name", "sha256", "rows", "at")
        read_only_fields = fields


class PointListViewSet(CreditRows):
    """Lists of points and scores handed in as Excel."""

    queryset = PointImport.objects.none()  # door: get_queryset
    serializer_class = PointListSerializer
    joined = ("department__region", "by")
    filters = ()
    matched = False  # a list never changes: it has no version

    def _take(self, request, take, verb):
        self.ask(rules.can_enter_points(request.user))
        upload = self.given(CreditUpload)["upload"]
        made = self.act(verb, None, lambda at: take(upload=upload, by=request.user, at=at))
        return self.shown(made.pk, 201)

    @extend_schema(request={"multipart/form-data": CreditUpload}, responses={201: PointListSerializer})
    @action(detail=False, methods=["post"], url_path="points", parser_classes=[MultiPartParser])
    def take_points(self, request):
        """A list of points: all of it, or nothing."""
        return self._take(request, imports.import_points, "sanction.points_imported")

    @extend_schema(request={"multipart/form-data": CreditUpload}, responses={201: PointListSerializer})
    @action(detail=False, methods=["post"], url_path="scores", parser_classes=[MultiPartParser])
    def take_scores(self, request):
        """A list of yearly scores: all of it, or nothing."""
        return self._take(request, imports.import_scores, "sanction.scores_imported")

    @extend_schema(request=CreditNothing, responses=PointListSerializer)
    @action(detail=True, methods=["post"])
    def confirm(self, request, pk=None):
        """Everything of the list that still waits, by another than who handed it in."""
        source = self.get_object()
        self.ask(rules.can_confirm_list(request.user, source))
        confirm = of_points.confirm_import if source.entries.exists() else imports.confirm_scores
        self.act(
            "sanction.points_confirmed", source, lambda at: confirm(source=source, by=request.user, at=at)
        )
        return self.shown(source.pk)


class ConsequenceSerializer(serializers.ModelSerializer):
    class Meta:
        model = Consequence
        fields = (
            "id", "version", "department", "subject", "year", "kind", "status", "cause", "months", "number", "done_on",
            "reason", "fell_on", "lift_number", "lifted_on",
        )  # fmt: skip
        read_only_fields = fields


class ConsequenceLifting(serializers.Serializer):
    """`number`: of the decision that lifts it; it held through the day before `lifted_on`."""

    number = serializers.CharField(max_length=60)
    lifted_on = serializers.DateField()
    reason = serializers.CharField(max_length=300)


class ConsequenceSettling(serializers.Serializer):
    """`months`: 1–6 of a suspension; of an end 36 where one act brought all twelve points, else 12."""

    number = serializers.CharField(max_length=60)
    done_on = serializers.DateField()
    months = serializers.IntegerField(
        required=False, allow_null=True, default=None, min_value=1, max_value=36
    )


class ConsequenceViewSet(CreditRows):
    """What points and scores ask for. Filter by `status`, `subject`, `year`, `kind`."""

    queryset = Consequence.objects.none()  # door: get_queryset
    serializer_class = ConsequenceSerializer
    filters = ("status", "subject", "year", "kind")

    @extend_schema(request=ConsequenceSettling, responses=ConsequenceSerializer)
    @action(detail=True, methods=["post"])
    def settle(self, request, pk=None):
        """It was done."""
        return self.step(
            "sanction.consequence_done", rules.can_settle, ConsequenceSettling,
            lambda row, at, **given: consequences.settle_consequence(row=row, by=request.user, at=at, **given),
        )  # fmt: skip

    @extend_schema(request=ConsequenceLifting, responses=ConsequenceSerializer)
    @action(detail=True, methods=["post"])
    def lift(self, request, pk=None):
        """What was done is lifted on review, by another than who entered it."""
        return self.step(
            "sanction.consequence_lifted", rules.can_lift, ConsequenceLifting,
            lambda row, at, **given: consequences.lift_consequence(row=row, by=request.user, at=at, **given),
        )  # fmt: skip

    @extend_schema(request=CreditReason, responses=ConsequenceSerializer)
    @action(detail=True, methods=["post"])
    def dismiss(self, request, pk=None):
        """It is not done, with a reason."""
        return self.step(
            "sanction.consequence_dismissed", rules.can_settle, CreditReason,
            lambda row, at, reason: consequences.dismiss_consequence(row=row, reason=reason, by=request.user, at=at),
        )  # fmt: skip


router_entries = [
    ("points", PointsViewSet, "points"),
    ("annual-scores", AnnualScoreViewSet, "annualscore"),
    ("point-lists", PointListViewSet, "pointlist"),
    ("credit-consequences", ConsequenceViewSet, "consequence"),
]
