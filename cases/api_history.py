"""`/api/v1/subject-relations/` and `/api/v1/subject-changes/`: what subjects belong to, and what became of them."""

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import mixins, serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import PermissionDenied
from rest_framework.response import Response

from cases import rules
from cases.actions.changes import record_change, void_change
from cases.actions.relations import add_relation, end_relation
from cases.enums import Change, Relation
from cases.models import Subject, SubjectChange, SubjectRelation
from core.api import MATCH, InPost, NewestFirst, Versions, asked_of, unknown
from workspace.once import KEY, once

SUBJECT = OpenApiParameter("subject", int, description="of this subject only")


class SubjectRelationSerializer(serializers.ModelSerializer):
    """`other`: the parent institution, or the person who answers for the body."""

    other_name = serializers.CharField(source="other.name", read_only=True)

    class Meta:
        model = SubjectRelation
        fields = (
            "id",
            "version",
            "subject",
            "kind",
            "other",
            "other_name",
            "from_on",
            "until_on",
            "basis",
            "added_at",
        )
        read_only_fields = fields


class SubjectRelationEntering(serializers.Serializer):
    """`other`: id of a parent institution; a person is named by `name` and `id_number` instead."""

    subject = serializers.IntegerField()
    kind = serializers.ChoiceField(choices=Relation.choices)
    other = serializers.IntegerField(required=False, allow_null=True, default=None)
    name = serializers.CharField(max_length=100, required=False, allow_blank=True, default="")
    id_number = serializers.CharField(max_length=18, required=False, allow_blank=True, default="")
    from_on = serializers.DateField()
    until_on = serializers.DateField(required=False, allow_null=True, default=None)
    basis = serializers.CharField(max_length=200)


class SubjectRelationEnd(serializers.Serializer):
    until_on = serializers.DateField()


class SubjectChangeSerializer(serializers.ModelSerializer):
    class Meta:
        model = SubjectChange
        fields = (
            "id", "subject", "kind", "happened_on", "former_name", "successor", "basis", "at", "voided_at", "void_reason",
        )  # fmt: skip
        read_only_fields = fields


class SubjectChangeEntering(serializers.Serializer):
    subject = serializers.IntegerField()
    kind = serializers.ChoiceField(choices=Change.choices)
    happened_on = serializers.DateField()
    new_name = serializers.CharField(max_length=100, required=False, allow_blank=True, default="")
    successor = serializers.IntegerField(required=False, allow_null=True, default=None)
    basis = serializers.CharField(max_length=200)


class SubjectChangeVoid(serializers.Serializer):
    reason = serializers.CharField(max_length=300)


class _OfSubject(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet):
    permission_classes = [InPost]
    pagination_class = NewestFirst
    lookup_value_regex = r"\d{1,18}"

    def get_queryset(self) -> Any:
        if getattr(self, "swagger_fake_view", False):
            return self.queryset
        found = self.queryset.model.objects.visible_to(self.request.user)  # type: ignore[union-attr]
        found = found.select_related(*self.joined)  # type: ignore[attr-defined]
        asked = asked_of(self).get("subject", "")
        return found.filter(subject=int(asked)) if asked.isdecimal() and len(asked) < 19 else found

    def named(self, pk: int | None, field: str) -> Subject | None:
        """A subject the person may see.

        :raises ValidationError: there is none (under `field`)
        """
        if pk is None:
            return None
        found = (
            Subject.objects.visible_to(self.request.user).filter(pk=pk).first() if 0 < pk < 2**63 else None
        )
        if found is None:
            raise unknown(field)
        return found

    def keeper_of(self, subject: Subject) -> None:
        if not rules.can_keep_subject(self.request.user, subject):
            raise PermissionDenied

    def given(self, shape: Any) -> dict[str, Any]:
        values = shape(data=self.request.data)
        values.is_valid(raise_exception=True)
        return dict(values.validated_data)

    def made(self, work: Any) -> Response:
        pk, before = once(self.request, work)
        row = self.get_queryset().get(pk=pk)
        code = status.HTTP_200_OK if before else status.HTTP_201_CREATED
        return Response(self.get_serializer(row).data, status=code)


class SubjectRelationViewSet(Versions, _OfSubject):
    """Parent institutions and persons in charge, of subjects one may see."""

    queryset = SubjectRelation.objects.none()  # door: get_queryset
    serializer_class = SubjectRelationSerializer
    joined = ("subject", "other")

    @extend_schema(parameters=[SUBJECT])
    def list(self, request, *args, **kwargs):
        """Newest first."""
        return super().list(request, *args, **kwargs)

    @extend_schema(
        request=SubjectRelationEntering, responses={201: SubjectRelationSerializer}, parameters=[KEY]
    )
    def create(self, request):
        """Enter one; a person is found again by the number, or entered."""
        if not rules.can_register(request.user):
            raise PermissionDenied
        given = self.given(SubjectRelationEntering)
        subject = self.named(given.pop("subject"), "subject")
        other = self.named(given.pop("other"), "other")
        assert subject is not None
        self.keeper_of(subject)
        return self.made(
            lambda at: add_relation(subject=subject, other=other, by=request.user, at=at, **given)
        )

    @extend_schema(request=SubjectRelationEnd, responses=SubjectRelationSerializer, parameters=[KEY, MATCH])
    @action(detail=True, methods=["post"])
    def end(self, request, pk=None):
        """Say its last day."""
        relation = self.get_object()
        self.keeper_of(relation.subject)
        version, given = self.expected_version(), self.given(SubjectRelationEnd)
        once(
            request,
            lambda at: end_relation(relation=relation, version=version, by=request.user, at=at, **given),
        )
        return Response(self.get_serializer(self.get_queryset().get(pk=relation.pk)).data)


class SubjectChangeViewSet(_OfSubject):
    """What became of subjects one may see; an entry is taken back, never edited."""

    queryset = SubjectChange.objects.none()  # door: get_queryset
    serializer_class = SubjectChangeSerializer
    joined = ("subject", "successor")

    @extend_schema(parameters=[SUBJECT])
    def list(self, request, *args, **kwargs):
        """Newest first."""
        return super().list(request, *args, **kwargs)

    @extend_schema(request=SubjectChangeEntering, responses={201: SubjectChangeSerializer}, parameters=[KEY])
    def create(self, request):
        """Enter a change of name, a merger, a deregistration or a death."""
        if not rules.can_register(request.user):
            raise PermissionDenied
        given = self.given(SubjectChangeEntering)
        subject = self.named(given.pop("subject"), "subject")
        successor = self.named(given.pop("successor"), "successor")
        assert subject is not None
        self.keeper_of(subject)
        return self.made(
            lambda at: record_change(subject=subject, successor=successor, by=request.user, at=at, **given)
        )

    @extend_schema(request=SubjectChangeVoid, responses=SubjectChangeSerializer, parameters=[KEY])
    @action(detail=True, methods=["post"])
    def void(self, request, pk=None):
        """Take it back, with a reason."""
        change = self.get_object()
        self.keeper_of(change.subject)
        given = self.given(SubjectChangeVoid)
        once(request, lambda at: void_change(change=change, by=request.user, at=at, **given))
        return Response(self.get_serializer(self.get_queryset().get(pk=change.pk)).data)


router_entries = [("subject-relations", SubjectRelationViewSet), ("subject-changes", SubjectChangeViewSet)]
