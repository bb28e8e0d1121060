"""`/api/v1/strands/`: each department's part in a case, opened and taken step by step as on its pages."""

from typing import Any

from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.exceptions import PermissionDenied

from cases import rules
from cases.actions.strands import open_strand
from cases.api_base import CASE_PREFIX, IN_CASE, InCase, OfCase
from cases.api_serializers import StrandSerializer
from cases.forms.strand import OpenStrandForm
from cases.models import Strand
from cases.views.strand import VERBS, Verb, verbs_for
from core.api import MATCH
from core.api_forms import body_of, read_form
from documents.models import IssuedDocument
from workspace.once import KEY

OpenBody = body_of(OpenStrandForm, "StrandOpening")


class StrandDetailSerializer(StrandSerializer):
    """With what was found and decided; `steps`: what this person may do with it now."""

    documents = serializers.SerializerMethodField(help_text="ids of the papers the decision rests on")
    steps = serializers.SerializerMethodField()

    class Meta(StrandSerializer.Meta):
        fields = (
            *StrandSerializer.Meta.fields, "case", "filing_number", "findings", "decision_number", "decision_basis",
            "reason", "documents", "steps",
        )  # fmt: skip

    @extend_schema_field(serializers.ListField(child=serializers.IntegerField()))
    def get_documents(self, strand):
        seen = IssuedDocument.objects.visible_to(self.context["request"].user)
        return list(seen.filter(pk__in=strand.basis_documents.all()).values_list("pk", flat=True))

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_steps(self, strand):
        return [code for code, _label in verbs_for(self.context["request"].user, strand)]


class CaseStrandViewSet(InCase):
    """The departments' parts in a case (一案多查)."""

    queryset = Strand.objects.none()  # door: get_queryset
    serializer_class = StrandSerializer

    def get_queryset(self):
        return super().get_queryset().select_related("department", "handler")

    @extend_schema(parameters=[IN_CASE], responses=StrandSerializer(many=True))
    def list(self, request, case_pk=None):
        """Every department's part, in the order they joined."""
        return super().list(request)

    @extend_schema(request=OpenBody, responses={201: StrandSerializer}, parameters=[IN_CASE, KEY])
    def create(self, request, case_pk=None):
        """Bring a department in; its 15 working days of verification begin."""
        case = self.case()
        if not rules.can_open_strand(request.user, case):
            raise PermissionDenied

        def work(at):  # read inside: under a key sent twice the department is no longer among those offered
            given = read_form(OpenStrandForm, request.data, case=case, user=request.user)
            return open_strand(case=case, by=request.user, at=at, **given)

        return self.added(work)


class StrandViewSet(OfCase):
    """One department's part in a case, and the steps of its procedure."""

    queryset = Strand.objects.none()  # door: get_queryset
    serializer_class = StrandDetailSerializer

    def get_queryset(self):
        if getattr(self, "swagger_fake_view", False):
            return self.queryset
        return Strand.objects.visible_to(self.request.user).select_related("case", "department", "handler")

    def _take(self, verb: Verb):
        strand, user = self.get_object(), self.request.user
        self.ask(verb.rule(user, strand))
        given = read_form(verb.form, self.request.data, strand=strand, user=user)
        values = {name: given[name] for name in verb.fields if name in given}
        if "documents" in values:
            values["documents"] = [paper.pk for paper in values["documents"]]

        def work(at):
            self.check_version(strand)
            return verb.action(strand=strand, by=user, at=at, **values)

        return self.step(strand, work)


def _step_of(code: str, verb: Verb) -> Any:
    """The address of a verb, with the body its page's form asks for."""
    name = code.replace("-", "_")
    body = body_of(verb.form, f"Strand{name.title().replace('_', '')}") if verb.fields else None

    def step(self, request, pk=None):
        return self._take(verb)

    step.__name__ = name
    step.__doc__ = verb.action.__doc__
    said = extend_schema(request=body, responses=StrandDetailSerializer, parameters=[KEY, MATCH])
    return said(action(detail=True, methods=["post"], url_path=code)(step))


for _code, _verb in VERBS.items():
    setattr(StrandViewSet, _code.replace("-", "_"), _step_of(_code, _verb))

router_entries = [
    (f"{CASE_PREFIX}/strands", CaseStrandViewSet, "case-strands"),
    ("strands", StrandViewSet),
]
