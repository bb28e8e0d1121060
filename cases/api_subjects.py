"""`/api/v1/subjects/`: institutions and other subjects. A person is entered with the lead that names them."""

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import PermissionDenied
from rest_framework.response import Response

from cases import rules
from cases.actions.subjects import add_subject, edit_subject
from cases.enums import SubjectKind
from cases.forms.subject import EditSubjectForm, SubjectFilterForm, SubjectForm
from cases.models import Subject
from core.api import MATCH, InPost, Pages, Versions
from core.api_forms import body_of, read_form
from workspace.once import KEY, once

SubjectBody = body_of(SubjectForm, "SubjectEntering")
EditBody = body_of(EditSubjectForm, "SubjectEdit", kept=True)


class SubjectSerializer(serializers.ModelSerializer):
    """`uscc`: a body's 统一社会信用代码; `id_masked`: a person's number, masked."""

    class Meta:
        model = Subject
        fields = (
            "id", "version", "kind", "name", "uscc", "id_masked", "level", "public", "address", "agreement_number",
            "parent",
        )  # fmt: skip
        read_only_fields = fields


class ByName(Pages):
    """By name."""

    ordering = ("name", "id")


class SubjectViewSet(Versions, mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet):
    """Bodies of one's county, and persons in cases one may read."""

    queryset = Subject.objects.none()  # door: get_queryset
    serializer_class = SubjectSerializer
    permission_classes = [InPost]
    pagination_class = ByName
    lookup_value_regex = r"\d{1,18}"

    def get_queryset(self):
        if getattr(self, "swagger_fake_view", False):
            return self.queryset
        found = Subject.objects.visible_to(self.request.user)
        if self.action != "list":
            return found
        asked = read_form(SubjectFilterForm, self.request.query_params)
        found = found.matching(asked["q"].strip())
        return found.filter(kind=asked["kind"]) if asked["kind"] else found

    @extend_schema(
        parameters=[
            OpenApiParameter("q", str, description="a part of the name, of the code, or pinyin initials"),
            OpenApiParameter("kind", str, enum=SubjectKind.values),
        ]
    )
    def list(self, request, *args, **kwargs):
        """By name; found by a part of the name, of the code, or by pinyin initials."""
        return super().list(request, *args, **kwargs)

    def _answer(self, pk, code=200):
        return Response(self.get_serializer(self.get_queryset().get(pk=pk)).data, status=code)

    @extend_schema(request=SubjectBody, responses={201: SubjectSerializer}, parameters=[KEY])
    def create(self, request):
        """Enter a body."""
        if not rules.can_register(request.user):
            raise PermissionDenied
        given = read_form(SubjectForm, request.data)
        pk, before = once(
            request, lambda at: add_subject(region=request.user.region, by=request.user, at=at, **given)
        )
        return self._answer(pk, 200 if before else 201)

    @extend_schema(request=EditBody, responses=SubjectSerializer, parameters=[KEY, MATCH])
    @action(detail=True, methods=["post"])
    def edit(self, request, pk=None):
        """Change what is said of a subject; what is left out stays. Codes and numbers are never edited."""
        subject = self.get_object()
        if not rules.can_register(request.user):
            raise PermissionDenied
        version = self.expected_version()
        given = read_form(EditSubjectForm, request.data, kept=True, instance=subject)
        pk, _before = once(
            request,
            lambda at: edit_subject(subject=subject, version=version, by=request.user, at=at, **given),
        )
        return self._answer(pk)


router_entries = [("subjects", SubjectViewSet)]
