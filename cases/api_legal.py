"""`/api/v1/legal-reviews/` and the reviews and discussions of a case. Asking and discussing are steps of a strand."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action

from cases import rules_legal
from cases.actions.strands.legal import give_review, withdraw_review
from cases.api_base import CASE_PREFIX, IN_CASE, InCase, OfCase
from cases.forms.legal import GiveForm
from cases.models import Discussion, LegalReview
from core.api_forms import body_of, read_form
from workspace.once import KEY

GiveBody = body_of(GiveForm, "LegalReviewGiving")


class LegalReviewSerializer(serializers.ModelSerializer):
    """`round`: the how-manieth decision of the strand it was asked for; `relied_at`: when that was decided on it."""

    reviewer = serializers.CharField(source="reviewer.name")
    asked_by = serializers.CharField(source="asked_by.name")
    given_by = serializers.CharField(source="given_by.name", default=None)

    class Meta:
        model = LegalReview
        fields = (
            "id", "case", "strand", "round", "proposal", "reviewer", "asked_by", "asked_at", "result", "opinion", "given_by",
            "given_at", "withdrawn_at", "relied_at", "paper",
        )  # fmt: skip


class DiscussionSerializer(serializers.ModelSerializer):
    """The record of a discussion; it never changes."""

    by = serializers.CharField(source="by.name")

    class Meta:
        model = Discussion
        fields = (
            "id", "case", "strand", "round", "held_on", "place", "chair", "present", "recorder", "opinions", "conclusion",
            "by", "at", "paper",
        )  # fmt: skip


class CaseReviewViewSet(InCase):
    """The legal reviews of a case's decisions."""

    queryset = LegalReview.objects.none()  # door: get_queryset
    serializer_class = LegalReviewSerializer

    def get_queryset(self):
        return super().get_queryset().select_related("reviewer", "asked_by", "given_by")

    @extend_schema(parameters=[IN_CASE], responses=LegalReviewSerializer(many=True))
    def list(self, request, case_pk=None):
        """Every review, oldest first."""
        return super().list(request)


class CaseDiscussionViewSet(InCase):
    """The discussions of a case's decisions."""

    queryset = Discussion.objects.none()  # door: get_queryset
    serializer_class = DiscussionSerializer

    def get_queryset(self):
        return super().get_queryset().select_related("by")

    @extend_schema(parameters=[IN_CASE], responses=DiscussionSerializer(many=True))
    def list(self, request, case_pk=None):
        """Every discussion, oldest first."""
        return super().list(request)


class LegalReviewViewSet(OfCase):
    """One legal review, given or taken back."""

    queryset = LegalReview.objects.none()  # door: get_queryset
    serializer_class = LegalReviewSerializer

    def get_queryset(self):
        if getattr(self, "swagger_fake_view", False):
            return self.queryset
        found = LegalReview.objects.visible_to(self.request.user)
        return found.select_related("strand", "department", "reviewer", "asked_by", "given_by")

    def get_object(self):
        review = super().get_object()
        review.strand.case = review.case
        return review

    @extend_schema(request=GiveBody, responses=LegalReviewSerializer, parameters=[KEY])
    @action(detail=True, methods=["post"])
    def give(self, request, pk=None):
        """The legal reviewer's opinion; it is printed and never changes."""
        review = self.get_object()
        self.ask(rules_legal.can_give(request.user, review))
        given = read_form(GiveForm, request.data)
        return self.step(review, lambda at: give_review(review=review, by=request.user, at=at, **given))

    @extend_schema(request=None, responses=LegalReviewSerializer, parameters=[KEY])
    @action(detail=True, methods=["post"])
    def withdraw(self, request, pk=None):
        """Take the request back before the opinion is given."""
        review = self.get_object()
        self.ask(rules_legal.can_withdraw(request.user, review))
        return self.step(review, lambda at: withdraw_review(review=review, by=request.user, at=at))


router_entries = [
    (f"{CASE_PREFIX}/legal-reviews", CaseReviewViewSet, "case-legal-reviews"),
    (f"{CASE_PREFIX}/discussions", CaseDiscussionViewSet, "case-discussions"),
    ("legal-reviews", LegalReviewViewSet),
]
